/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Connections that only have to end well. Closing a socket with unread input resets it, and the peer
 * may never see what was written last; so each is written out, ended at our side, and read and thrown
 * away for a moment until the peer has ended its own.
 */
#pragma once

#include "engineio/eio-outbox.h"
#include "engineio/eio-timers.h"

G_BEGIN_DECLS

typedef struct _EioFarewell EioFarewell;

EioFarewell *eio_farewell_new (EioTimers *timers);
/* @left: (nullable): called whenever one has ended. */
void eio_farewell_set_left (EioFarewell *self, void (*left) (gpointer user_data), gpointer user_data);
/* How many have not ended yet. */
guint eio_farewell_get_n_leavers (EioFarewell *self);
/* Closes at once what has not ended yet. */
void eio_farewell_clear (EioFarewell *self);
/* Clears it first. */
void eio_farewell_free (EioFarewell *self);
/* @pipe is taken and given new functions, @outbox is moved out of. @patience: ms to write it. */
void eio_farewell_add (EioFarewell *self, EioPipe *pipe, EioOutbox *outbox, guint patience);

G_END_DECLS
