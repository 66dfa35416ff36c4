/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-handshake-private.h"

#include <libsoup/soup.h>

struct _SioHandshake
{
  gatomicrefcount ref_count;
  JsonObject *object; /* owned */
};

G_DEFINE_BOXED_TYPE (SioHandshake, sio_handshake, sio_handshake_ref, sio_handshake_unref)

SioHandshake *
sio_handshake_new (JsonObject *object)
{
  SioHandshake *self;

  g_return_val_if_fail (object != NULL, NULL);
  self = g_new0 (SioHandshake, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->object = json_object_ref (object);
  return self;
}

SioHandshake *
sio_handshake_ref (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_handshake_unref (SioHandshake *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  json_object_unref (self->object);
  g_free (self);
}

/* Bytes of a stranger, that need not be UTF-8. */
static void
set_string (JsonObject *object, const char *name, const char *value)
{
  g_autofree char *valid_name = g_utf8_make_valid (name, -1);
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  json_object_set_string_member (object, valid_name, valid);
}

static void
add_header (const char *name, const char *value, gpointer object)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  set_string (object, lower, value);
}

static void
add_query (JsonObject *object, EioSocket *engine, const char *path)
{
  GHashTable *table = eio_socket_get_query (engine);
  JsonObject *query = json_object_new ();
  g_autofree char *encoded = soup_form_encode_hash (table);
  g_autofree char *url = g_strconcat (path, "?", encoded, NULL);
  GHashTableIter iter;
  gpointer name, value;

  set_string (object, "url", url);
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &name, &value))
    set_string (query, name, value);
  json_object_set_object_member (object, "query", query);
}

static char *
format_time (int64_t issued)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (issued / 1000);

  return g_date_time_format_iso8601 (time);
}

SioHandshake *
sio_handshake_new_for_engine (EioSocket *engine,
                              const char *path,
                              JsonNode *auth,
                              int64_t issued)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *headers = json_object_new ();
  g_autofree char *time = format_time (issued);

  eio_socket_foreach_header (engine, add_header, headers);
  json_object_set_object_member (object, "headers", headers);
  json_object_set_string_member (object, "time", time);
  set_string (object, "address", eio_socket_get_remote_address (engine));
  json_object_set_boolean_member (object, "xdomain", json_object_has_member (headers, "origin"));
  json_object_set_boolean_member (object, "secure", eio_socket_is_secure (engine));
  json_object_set_int_member (object, "issued", issued);
  add_query (object, engine, path);
  if (auth != NULL)
    json_object_set_member (object, "auth", json_node_ref (auth));
  else
    json_object_set_object_member (object, "auth", json_object_new ());
  return sio_handshake_new (object);
}

/* Reading: what another server says need not have the types that it should. */

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
get_object (SioHandshake *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
get_boolean (SioHandshake *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

JsonObject *
sio_handshake_get_object (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->object;
}

const char *
sio_handshake_get_header (SioHandshake *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  return get_string (get_object (self, "headers"), name);
}

const char *
sio_handshake_get_query (SioHandshake *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  return get_string (get_object (self, "query"), name);
}

JsonObject *
sio_handshake_get_auth (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return get_object (self, "auth");
}

const char *
sio_handshake_get_address (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return get_string (self->object, "address");
}

const char *
sio_handshake_get_url (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return get_string (self->object, "url");
}

const char *
sio_handshake_get_time (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return get_string (self->object, "time");
}

int64_t
sio_handshake_get_issued (SioHandshake *self)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, 0);
  node = json_object_get_member (self->object, "issued");
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

gboolean
sio_handshake_is_secure (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return get_boolean (self, "secure");
}

gboolean
sio_handshake_is_cross_domain (SioHandshake *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return get_boolean (self, "xdomain");
}
