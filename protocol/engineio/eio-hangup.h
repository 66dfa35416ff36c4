/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tells, once, that the peer of a connection went away while nobody reads from it: HTTP's paused
 * messages do not notice.
 */
#pragma once

#include "engineio/eio-reactor.h"

G_BEGIN_DECLS

typedef void (*EioHangupFunc) (gpointer user_data);

/* Part of its owner's struct; all zero: it watches nothing. */
typedef struct {
  EioWatch watch; /* first: the reactor's functions get it */
  EioReactor *reactor; /* borrowed */
  EioHangupFunc func;  /* NULL: watches nothing */
  gpointer user_data;
} EioHangup;

/* @reactor outlives the watching. The descriptor stays open meanwhile. */
void
eio_hangup_start (EioHangup *self, EioReactor *reactor, int fd, EioHangupFunc func, gpointer user_data);
void eio_hangup_stop (EioHangup *self);

G_END_DECLS
