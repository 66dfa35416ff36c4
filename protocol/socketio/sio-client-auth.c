/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-auth.h"

void
sio_client_auth_clear (SioClientAuth *self)
{
  GDestroyNotify destroy = g_steal_pointer (&self->destroy);
  gpointer data = g_steal_pointer (&self->data);

  self->func = NULL;
  if (destroy != NULL)
    destroy (data);
}

void
sio_client_auth_set (SioClientAuth *self,
                     SioAuthFunc func,
                     gpointer user_data,
                     GDestroyNotify destroy)
{
  sio_client_auth_clear (self);
  self->func = func;
  self->data = user_data;
  self->destroy = destroy;
}

static JsonNode *
copy_value (SioClientSocket *socket, const char *engine_id, gpointer user_data)
{
  return json_node_copy (user_data);
}

void
sio_client_auth_set_value (SioClientAuth *self, JsonNode *value)
{
  if (value == NULL)
    sio_client_auth_clear (self);
  else
    sio_client_auth_set (self, copy_value, json_node_copy (value),
                         (GDestroyNotify) json_node_unref);
}

JsonNode *
sio_client_auth_make (SioClientAuth *self, SioClientSocket *socket, const char *engine_id)
{
  JsonNode *node = self->func != NULL ? self->func (socket, engine_id, self->data) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return node;
  g_critical ("What a SioAuthFunc gives is an object");
  json_node_unref (node);
  return NULL;
}
