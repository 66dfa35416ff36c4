/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-recovery.h"

#include <string.h>

#include "socketio/sio-args-private.h"

/* The reference's private ids have 20 characters, its offsets 7 to 30. */
#define MAX_PID 256
#define MAX_OFFSET 64

void
sio_client_recovery_clear (SioClientRecovery *self)
{
  g_clear_pointer (&self->pid, g_free);
  g_clear_pointer (&self->offset, g_free);
}

const char *
sio_client_get_member_string (JsonNode *node, const char *name)
{
  JsonNode *member = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    member = json_object_get_member (json_node_get_object (node), name);
  if (member == NULL || json_node_get_value_type (member) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (member);
}

static void
copy_member (JsonObject *object, const char *name, JsonNode *value, gpointer target)
{
  json_object_set_member (target, name, json_node_copy (value));
}

JsonNode *
sio_client_recovery_ask (const SioClientRecovery *self, JsonNode *auth)
{
  g_autoptr (JsonNode) owned = auth;
  JsonObject *object;
  JsonNode *node;

  /* Without an offset the server does not try. */
  if (self->pid == NULL || self->offset == NULL)
    return g_steal_pointer (&owned);
  object = json_object_new ();
  json_object_set_string_member (object, "pid", self->pid);
  json_object_set_string_member (object, "offset", self->offset);
  if (auth != NULL)
    json_object_foreach_member (json_node_get_object (auth), copy_member, object);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

gboolean
sio_client_recovery_accept (SioClientRecovery *self, JsonNode *answer)
{
  const char *pid = sio_client_get_member_string (answer, "pid");

  if (pid != NULL && self->pid != NULL && strcmp (pid, self->pid) == 0)
    return TRUE;
  sio_client_recovery_clear (self);
  if (pid != NULL && strlen (pid) <= MAX_PID)
    self->pid = g_strdup (pid);
  return FALSE;
}

static gboolean
is_offset (const char *text)
{
  gsize length
      = strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.:");

  return length > 0 && length <= MAX_OFFSET && text[length] == '\0';
}

/* Events that want an ack never carry one. */
void
sio_client_recovery_take_offset (SioClientRecovery *self, SioPacket *event)
{
  guint n = sio_args_get_size (event->args);
  const char *last;
  SioArgs *rest;

  if (self->pid == NULL || event->has_id || n == 0)
    return;
  last = sio_args_get_string (event->args, n - 1);
  if (last == NULL || !is_offset (last))
    return;
  g_free (self->offset);
  self->offset = g_strdup (last);
  rest = sio_args_copy_without_last (event->args);
  sio_args_unref (event->args);
  event->args = rest;
}
