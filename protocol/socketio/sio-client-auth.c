/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-auth.h"

struct _SioAuthRequest {
  GWeakRef socket;
  char *engine_id; /* owned */
  guint serial;
  SioAuthReadyFunc ready; /* NULL once answered */
};

G_DEFINE_BOXED_TYPE (SioAuthRequest, sio_auth_request, sio_auth_request_ref, sio_auth_request_unref)

static SioAuthRequest *
sio_auth_request_new (SioClientSocket *socket,
                      const char *engine_id,
                      guint serial,
                      SioAuthReadyFunc ready)
{
  SioAuthRequest *self = g_rc_box_new0 (SioAuthRequest);

  g_weak_ref_init (&self->socket, socket);
  self->engine_id = g_strdup (engine_id);
  self->serial = serial;
  self->ready = ready;
  return self;
}

SioAuthRequest *
sio_auth_request_ref (SioAuthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
sio_auth_request_clear (gpointer data)
{
  SioAuthRequest *self = data;

  g_weak_ref_clear (&self->socket);
  g_free (self->engine_id);
}

void
sio_auth_request_unref (SioAuthRequest *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, sio_auth_request_clear);
}

const char *
sio_auth_request_get_engine_id (SioAuthRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->engine_id;
}

void
sio_auth_request_respond (SioAuthRequest *self, JsonNode *auth)
{
  g_autoptr (SioClientSocket) socket = NULL;
  SioAuthReadyFunc ready;

  g_return_if_fail (self != NULL);
  g_return_if_fail (auth == NULL || JSON_NODE_HOLDS_OBJECT (auth));

  socket = g_weak_ref_get (&self->socket);
  ready = g_steal_pointer (&self->ready);
  if (socket != NULL && ready != NULL)
    ready (socket, self->serial, auth != NULL ? json_node_copy (auth) : NULL);
}

void
sio_client_auth_clear (SioClientAuth *self)
{
  SioClientAuth before = *self;

  *self = (SioClientAuth){ 0 };
  if (before.destroy != NULL)
    before.destroy (before.data);
}

void
sio_client_auth_set (SioClientAuth *self,
                     SioAuthFunc func,
                     SioAuthRequestFunc request_func,
                     gpointer user_data,
                     GDestroyNotify destroy)
{
  sio_client_auth_clear (self);
  *self = (SioClientAuth){ func, request_func, user_data, destroy };
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
    sio_client_auth_set (self, copy_value, NULL, json_node_copy (value),
                         (GDestroyNotify)json_node_unref);
}

static JsonNode *
call_func (SioClientAuth *self, SioClientSocket *socket, const char *engine_id)
{
  g_autoptr (JsonNode) node
      = self->func != NULL ? self->func (socket, engine_id, self->data) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  g_critical ("What a SioAuthFunc gives is an object");
  return NULL;
}

void
sio_client_auth_ask (SioClientAuth *self,
                     SioClientSocket *socket,
                     const char *engine_id,
                     guint serial,
                     SioAuthReadyFunc ready)
{
  if (self->request_func != NULL)
    {
      g_autoptr (SioAuthRequest) request
          = sio_auth_request_new (socket, engine_id, serial, ready);

      self->request_func (socket, request, self->data);
    }
  else
    {
      ready (socket, serial, call_func (self, socket, engine_id));
    }
}
