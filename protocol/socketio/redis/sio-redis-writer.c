/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every message is written as JSON text first, which is what arguments are kept as. It goes out like
 * that where the reference does so, and as MessagePack where the reference does so or where there is
 * binary in it. */
#include "socketio/redis/sio-redis-wire.h"

#include "json/wire-json.h"
#include "socketio/sio-args-private.h"
#include "socketio/sio-scan.h"

static void
append_member (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, "\"%s\":", name);
  wire_json_append_string (out, value);
  g_string_append_c (out, ',');
}

/* The last comma becomes the end. */
static void
end_object (GString *out)
{
  out->str[out->len - 1] = '}';
}

static void
append_names (GString *out, const char *const *names)
{
  g_string_append_c (out, '[');
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      wire_json_append_string (out, names[i]);
    }
  g_string_append_c (out, ']');
}

static void
append_flags (GString *out, const SioSelection *to)
{
  const char *comma = "";

  g_string_append (out, ",\"flags\":{");
  if (to->is_volatile)
    {
      g_string_append (out, "\"volatile\":true");
      comma = ",";
    }
  if (to->is_uncompressed)
    {
      g_string_append_printf (out, "%s\"compress\":false", comma);
      comma = ",";
    }
  if (to->timeout_ms > 0)
    g_string_append_printf (out, "%s\"timeout\":%u", comma, to->timeout_ms);
  g_string_append_c (out, '}');
}

static void
append_target (GString *out, const SioSelection *to, gboolean with_flags)
{
  g_string_append (out, "{\"rooms\":");
  append_names (out, to->rooms);
  g_string_append (out, ",\"except\":");
  append_names (out, to->except);
  if (with_flags)
    append_flags (out, to);
  g_string_append_c (out, '}');
}

static void
append_event (GString *out, const char *event, SioArgs *args)
{
  gsize length = 0;
  const char *text = args != NULL ? sio_args_get_text (args, &length) : NULL;

  g_string_append_c (out, '[');
  wire_json_append_string (out, event);
  if (length > 0)
    {
      g_string_append_c (out, ',');
      g_string_append_len (out, text, length);
    }
  g_string_append_c (out, ']');
}

static void
append_packet (GString *out, const char *nsp, const char *event, SioArgs *args)
{
  g_string_append (out, "{\"type\":2,\"data\":");
  append_event (out, event, args);
  g_string_append (out, ",\"nsp\":");
  wire_json_append_string (out, nsp);
  g_string_append_c (out, '}');
}

static GBytes *
pack (GString *text, SioArgs *args)
{
  guint n = args != NULL ? sio_args_get_n_attachments (args) : 0;
  g_autoptr (GPtrArray) attachments = n > 0 ? g_ptr_array_new () : NULL;
  GByteArray *packed = g_byte_array_sized_new (text->len);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (attachments, sio_args_get_attachment (args, i));
  sio_msgpack_append_json (packed, text->str, text->len, attachments);
  g_string_free (text, TRUE);
  return g_byte_array_free_to_bytes (packed);
}

static GBytes *
pack_if_binary (GString *text, SioArgs *args)
{
  if (args != NULL && sio_args_get_n_attachments (args) > 0)
    return pack (text, args);
  return g_string_free_to_bytes (text);
}

static GString *
begin_request (SioRedisType type, const char *uid, const char *request_id)
{
  GString *out = g_string_new ("{");

  append_member (out, "uid", uid);
  append_member (out, "requestId", request_id);
  g_string_append_printf (out, "\"type\":%d,", type);
  return out;
}

GBytes *
sio_redis_write_broadcast (const char *uid,
                           const char *nsp,
                           const SioSelection *to,
                           const char *event,
                           SioArgs *args)
{
  GString *out = g_string_new ("[");

  wire_json_append_string (out, uid);
  g_string_append_c (out, ',');
  append_packet (out, nsp, event, args);
  g_string_append_c (out, ',');
  append_target (out, to, TRUE);
  g_string_append_c (out, ']');
  return pack (out, args);
}

GBytes *
sio_redis_write_broadcast_request (const char *uid,
                                   const char *request_id,
                                   const char *nsp,
                                   const SioSelection *to,
                                   const char *event,
                                   SioArgs *args)
{
  GString *out = begin_request (SIO_REDIS_BROADCAST, uid, request_id);

  g_string_append (out, "\"packet\":");
  append_packet (out, nsp, event, args);
  g_string_append (out, ",\"opts\":");
  append_target (out, to, TRUE);
  g_string_append_c (out, '}');
  return pack (out, args);
}

GBytes *
sio_redis_write_request (SioRedisType type,
                         const char *uid,
                         const char *request_id,
                         const SioSelection *to,
                         const char *const *rooms,
                         int close)
{
  GString *out = begin_request (type, uid, request_id);

  g_string_append (out, "\"opts\":");
  append_target (out, to, FALSE);
  if (rooms != NULL)
    {
      g_string_append (out, ",\"rooms\":");
      append_names (out, rooms);
    }
  if (close >= 0)
    g_string_append_printf (out, ",\"close\":%s", close ? "true" : "false");
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

GBytes *
sio_redis_write_server_event (const char *uid,
                              const char *request_id,
                              const char *event,
                              SioArgs *args)
{
  GString *out = begin_request (SIO_REDIS_SERVER_SIDE_EMIT, uid, request_id);

  g_string_append (out, "\"data\":");
  append_event (out, event, args);
  g_string_append_c (out, '}');
  return pack_if_binary (out, args);
}

GBytes *
sio_redis_write_response (const char *request_id, const char *key, const char *const *names)
{
  GString *out = g_string_new ("{");

  append_member (out, "requestId", request_id);
  if (key != NULL)
    {
      g_string_append_printf (out, "\"%s\":", key);
      append_names (out, names);
      g_string_append_c (out, ',');
    }
  end_object (out);
  return g_string_free_to_bytes (out);
}

static void
append_socket (GString *out, SioRemoteSocket *socket)
{
  SioHandshake *handshake = sio_remote_socket_get_handshake (socket);
  JsonNode *data = sio_remote_socket_get_data (socket);
  g_autoptr (JsonNode) how = NULL;

  if (handshake != NULL)
    {
      how = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (how, sio_handshake_get_object (handshake));
    }
  g_string_append_c (out, '{');
  append_member (out, "id", sio_remote_socket_get_id (socket));
  g_string_append (out, "\"handshake\":");
  if (how != NULL)
    wire_json_append_node (out, how);
  else
    g_string_append (out, "{}");
  g_string_append (out, ",\"rooms\":");
  append_names (out, sio_remote_socket_get_rooms (socket));
  g_string_append (out, ",\"data\":");
  if (data != NULL)
    wire_json_append_node (out, data);
  else
    g_string_append (out, "{}"); /* what the reference begins with */
  g_string_append_c (out, '}');
}

GBytes *
sio_redis_write_sockets (const char *request_id, GPtrArray *sockets)
{
  GString *out = g_string_new ("{");

  append_member (out, "requestId", request_id);
  g_string_append (out, "\"sockets\":[");
  for (guint i = 0; i < sockets->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_socket (out, sockets->pdata[i]);
    }
  g_string_append (out, "]}");
  return g_string_free_to_bytes (out);
}

GBytes *
sio_redis_write_client_count (const char *request_id, guint n_clients)
{
  GString *out = begin_request (SIO_REDIS_BROADCAST_CLIENT_COUNT, NULL, request_id);

  g_string_append_printf (out, "\"clientCount\":%u}", n_clients);
  return g_string_free_to_bytes (out);
}

GBytes *
sio_redis_write_answer (SioRedisType type, const char *request_id, SioArgs *args)
{
  GString *out = begin_request (type, NULL, request_id);
  gsize length = 0;
  const char *text = sio_args_get_text (args, &length);

  g_string_append_printf (out, "\"%s\":", type == SIO_REDIS_BROADCAST_ACK ? "packet" : "data");
  if (length > 0)
    g_string_append_len (out, text, sio_scan_value (text, text + length) - text);
  else
    g_string_append (out, "null");
  g_string_append_c (out, '}');
  return type == SIO_REDIS_BROADCAST_ACK ? pack (out, args) : pack_if_binary (out, args);
}
