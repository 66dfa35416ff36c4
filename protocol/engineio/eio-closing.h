/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A server's graceful end: waits until there is nobody left, but no longer than it was told.
 */
#pragma once

#include <gio/gio.h>

#include "engineio/eio-timers.h"

G_BEGIN_DECLS

typedef struct _EioClosing EioClosing;

typedef struct {
  /* Whether nobody is left. */
  gboolean (*is_over) (gpointer user_data);
  /* Time is up, or the caller is tired of waiting: drops whoever is left. */
  void (*cut) (gpointer user_data);
} EioClosingFuncs;

/* @task: taken; returns a boolean, or G_IO_ERROR_TIMED_OUT, or that it was cancelled; in the latter two
 * cases cut() has been called. */
EioClosing *eio_closing_new (GTask *task,
                             EioTimers *timers,
                             guint timeout_ms,
                             const EioClosingFuncs *funcs,
                             gpointer user_data);
/* Somebody has left: looks, in the next turn of the loop, whether that was the last. */
void eio_closing_check (EioClosing *self);
void eio_closing_free (EioClosing *self);

G_END_DECLS
