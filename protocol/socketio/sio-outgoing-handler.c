/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-outgoing-handler.h"

#include "socketio/sio-args-private.h"

struct _SioOutgoingHandler
{
  SioOutgoingFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
};

SioOutgoingHandler *
sio_outgoing_handler_new (SioOutgoingFunc func, gpointer user_data, GDestroyNotify destroy)
{
  SioOutgoingHandler *self = g_new (SioOutgoingHandler, 1);

  *self = (SioOutgoingHandler){ func, user_data, destroy };
  return self;
}

void
sio_outgoing_handler_free (SioOutgoingHandler *self)
{
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

void
sio_outgoing_handler_call (SioOutgoingHandler *self,
                           SioSocket *socket,
                           const char *event,
                           SioArgs *args)
{
  g_autoptr (SioArgs) told = args != NULL ? sio_args_ref (args) : sio_args_new ();

  sio_args_freeze (told);
  self->func (socket, event, told, self->user_data);
}
