/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An HTTP request whose answer takes its time: paused, and watched, since libsoup does not notice that its
 * client goes away meanwhile.
 */
#pragma once

#include "engineio/eio-gate-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Part of its owner's struct; all zero: nothing is paused. */
typedef struct {
  SoupServerMessage *message; /* owned; NULL: nothing is paused */
  EioGateStream *stream;      /* owned, nullable: its connection, when it came through a gate */
  EioHangup hangup;           /* of a connection that did not */
  gulong handlers[2];         /* likewise */
  EioHangupFunc gone;
  gpointer user_data;
} EioPause;

/* @gone: called once, if the client goes away; the message is to be ended then as well, if it is there. */
void eio_pause_begin (EioPause *self,
                      SoupServerMessage *message,
                      EioReactor *reactor,
                      EioHangupFunc gone,
                      gpointer user_data);
/* Watches no longer. (transfer full) (nullable): the message, to be answered and unpaused; NULL: it has gone. */
SoupServerMessage *eio_pause_end (EioPause *self);

G_END_DECLS
