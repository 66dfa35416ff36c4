/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-redis-wire.h"

#include <string.h>

#include "json/wire-json.h"
#include "socketio/sio-args-private.h"

/* Of one selection. */
#define MAX_ROOMS 65536
/* How long an answer to another server is waited for at most, whatever it says. */
#define MAX_TIMEOUT_MS (10 * 60 * 1000)
#define MAX_COUNT 1000000
/* What Socket.IO's EVENT and BINARY_EVENT are; adapters only know the first. */
#define PACKET_EVENT 2
#define PACKET_BINARY_EVENT 5

static GStrv
read_names (SioMsgpackReader *reader)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n;

  if (!sio_msgpack_read_array (reader, &n) || n > MAX_ROOMS)
    return NULL;
  for (; n > 0; n--)
    {
      g_autofree char *name = NULL;

      if (!sio_msgpack_read_name (reader, &name))
        return NULL;
      g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

static gboolean
lookup_names (const SioMsgpackReader *map, const char *key, GStrv *names)
{
  SioMsgpackReader value;

  if (!sio_msgpack_lookup (map, key, &value))
    return TRUE; /* the same as none of them */
  *names = read_names (&value);
  return *names != NULL;
}

static gboolean
lookup_boolean (const SioMsgpackReader *map, const char *key, gboolean otherwise)
{
  SioMsgpackReader value;
  gboolean is_true;

  if (sio_msgpack_lookup (map, key, &value) && sio_msgpack_read_boolean (&value, &is_true))
    return is_true;
  return otherwise;
}

static guint
lookup_count (const SioMsgpackReader *map, const char *key, guint max)
{
  SioMsgpackReader value;
  int64_t n;

  if (!sio_msgpack_lookup (map, key, &value) || !sio_msgpack_read_int (&value, &n))
    return 0;
  return CLAMP (n, 0, max);
}

static char *
lookup_name (const SioMsgpackReader *map, const char *key)
{
  SioMsgpackReader value;
  char *name;

  if (!sio_msgpack_lookup (map, key, &value) || !sio_msgpack_read_name (&value, &name))
    return NULL;
  return name;
}

/* Targets */

void
sio_redis_target_clear (SioRedisTarget *self)
{
  g_clear_pointer (&self->rooms, g_strfreev);
  g_clear_pointer (&self->except, g_strfreev);
  self->selection = (SioSelection){ 0 };
}

static gboolean
read_target (const SioMsgpackReader *map, SioRedisTarget *target)
{
  SioMsgpackReader end = *map;
  SioMsgpackReader flags;

  if (!sio_msgpack_skip (&end) || !lookup_names (map, "rooms", &target->rooms)
      || !lookup_names (map, "except", &target->except))
    return FALSE;
  target->selection.rooms = (const char *const *) target->rooms;
  target->selection.except = (const char *const *) target->except;
  /* It has crossed the border; from here on it is for this server's sockets. */
  target->selection.is_local = TRUE;
  if (!sio_msgpack_lookup (map, "flags", &flags))
    return TRUE;
  target->selection.is_volatile = lookup_boolean (&flags, "volatile", FALSE);
  target->selection.is_uncompressed = !lookup_boolean (&flags, "compress", TRUE);
  target->selection.timeout_ms = lookup_count (&flags, "timeout", MAX_TIMEOUT_MS);
  return TRUE;
}

/* Arguments */

/* The values that follow, as the strict reader accepts them: whoever asks for one later gets a tree. */
static SioArgs *
read_args (SioMsgpackReader *reader, guint n)
{
  g_autoptr (GPtrArray) attachments
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GBytes) source = NULL;
  g_autoptr (SioArgs) args = NULL;
  gsize length;

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (!sio_msgpack_read_json (reader, text, attachments))
        return NULL;
    }
  g_string_append_c (text, ']');
  if (!wire_json_validate (text->str, text->len, &wire_json_limits_default, NULL))
    return NULL;
  source = g_string_free_to_bytes (g_steal_pointer (&text));
  length = g_bytes_get_size (source);
  args = sio_args_new_received (source, (const char *) g_bytes_get_data (source, NULL) + 1,
                                length - 2, attachments->len > 0 ? attachments : NULL);
  /* Of strangers' objects that look like placeholders, in an event that has binary. */
  if (attachments->len > 0 && !sio_args_check_placeholders (args))
    return NULL;
  return g_steal_pointer (&args);
}

static gboolean
read_event (SioMsgpackReader *data, char **event, SioArgs **args)
{
  g_autofree char *name = NULL;
  guint n;

  if (!sio_msgpack_read_array (data, &n) || n == 0 || !sio_msgpack_read_name (data, &name))
    return FALSE;
  *args = read_args (data, n - 1);
  if (*args == NULL)
    return FALSE;
  *event = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
read_packet (const SioMsgpackReader *packet, char **event, SioArgs **args)
{
  guint type = lookup_count (packet, "type", MAX_COUNT);
  SioMsgpackReader data;

  return (type == PACKET_EVENT || type == PACKET_BINARY_EVENT)
         && sio_msgpack_lookup (packet, "data", &data) && read_event (&data, event, args);
}

/* Broadcasts: [uid, packet, opts] */

void
sio_redis_broadcast_clear (SioRedisBroadcast *self)
{
  g_clear_pointer (&self->event, g_free);
  g_clear_pointer (&self->args, sio_args_unref);
  sio_redis_target_clear (&self->target);
}

gboolean
sio_redis_broadcast_read (SioRedisBroadcast *self,
                          GBytes *message,
                          const char *own_uid,
                          const char *nsp)
{
  g_autofree char *uid = NULL;
  g_autofree char *of = NULL;
  SioMsgpackReader reader;
  SioMsgpackReader packet;
  guint n;

  *self = (SioRedisBroadcast){ 0 };
  sio_msgpack_reader_init (&reader, message);
  if (!sio_msgpack_read_array (&reader, &n) || n < 3 || !sio_msgpack_read_name (&reader, &uid)
      || strcmp (uid, own_uid) == 0)
    return FALSE;
  packet = reader;
  if (!sio_msgpack_skip (&reader))
    return FALSE;
  of = lookup_name (&packet, "nsp");
  if (g_strcmp0 (of != NULL ? of : "/", nsp) != 0)
    return FALSE;
  if (read_target (&reader, &self->target) && read_packet (&packet, &self->event, &self->args))
    return TRUE;
  sio_redis_broadcast_clear (self);
  return FALSE;
}

/* Requests and responses */

static GBytes *
pack_json (GBytes *message)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  GByteArray *packed;

  if (!wire_json_validate (text, length, &wire_json_limits_default, NULL))
    return NULL;
  packed = g_byte_array_sized_new (length);
  sio_msgpack_append_json (packed, text, length, NULL);
  return g_byte_array_free_to_bytes (packed);
}

/* Either form is read as MessagePack, so that there is one reader. */
gboolean
sio_redis_message_read (SioRedisMessage *self, GBytes *message)
{
  gsize length;
  const uint8_t *bytes = g_bytes_get_data (message, &length);
  SioMsgpackReader end;

  *self = (SioRedisMessage){ .type = -1 };
  if (length == 0)
    return FALSE;
  self->packed = bytes[0] == '{' ? pack_json (message) : g_bytes_ref (message);
  if (self->packed == NULL)
    return FALSE;
  sio_msgpack_reader_init (&self->map, self->packed);
  end = self->map;
  if (!sio_msgpack_skip (&end) || end.at != end.end)
    {
      sio_redis_message_clear (self);
      return FALSE;
    }
  if (sio_redis_message_has (self, "type"))
    self->type = lookup_count (&self->map, "type", MAX_COUNT);
  self->uid = lookup_name (&self->map, "uid");
  self->request_id = lookup_name (&self->map, "requestId");
  return TRUE;
}

void
sio_redis_message_clear (SioRedisMessage *self)
{
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->request_id, g_free);
  g_clear_pointer (&self->packed, g_bytes_unref);
}

gboolean
sio_redis_message_has (const SioRedisMessage *self, const char *key)
{
  SioMsgpackReader value;

  return sio_msgpack_lookup (&self->map, key, &value);
}

char *
sio_redis_message_dup_name (const SioRedisMessage *self, const char *key)
{
  return lookup_name (&self->map, key);
}

GStrv
sio_redis_message_dup_names (const SioRedisMessage *self, const char *key)
{
  SioMsgpackReader value;

  return sio_msgpack_lookup (&self->map, key, &value) ? read_names (&value) : NULL;
}

gboolean
sio_redis_message_get_boolean (const SioRedisMessage *self, const char *key)
{
  return lookup_boolean (&self->map, key, FALSE);
}

guint
sio_redis_message_get_count (const SioRedisMessage *self, const char *key)
{
  return lookup_count (&self->map, key, MAX_COUNT);
}

gboolean
sio_redis_message_get_target (const SioRedisMessage *self, SioRedisTarget *target)
{
  SioMsgpackReader opts;

  *target = (SioRedisTarget){ 0 };
  if (!sio_msgpack_lookup (&self->map, "opts", &opts))
    return FALSE;
  if (read_target (&opts, target))
    return TRUE;
  sio_redis_target_clear (target);
  return FALSE;
}

gboolean
sio_redis_message_get_event (const SioRedisMessage *self,
                             gboolean in_packet,
                             char **event,
                             SioArgs **args)
{
  SioMsgpackReader value;

  if (!sio_msgpack_lookup (&self->map, in_packet ? "packet" : "data", &value))
    return FALSE;
  return in_packet ? read_packet (&value, event, args) : read_event (&value, event, args);
}

SioArgs *
sio_redis_message_get_value (const SioRedisMessage *self, const char *key)
{
  SioArgs *args = NULL;
  SioMsgpackReader value;

  if (sio_msgpack_lookup (&self->map, key, &value))
    args = read_args (&value, 1);
  if (args == NULL)
    {
      args = sio_args_new ();
      sio_args_add_null (args);
    }
  return args;
}

/* Sockets: {id, handshake, rooms, data} */

static JsonNode *
read_node (const SioMsgpackReader *map, const char *key)
{
  g_autoptr (GPtrArray) attachments
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  SioMsgpackReader value;

  if (!sio_msgpack_lookup (map, key, &value) || !sio_msgpack_read_json (&value, text, attachments))
    return NULL;
  return wire_json_parse (text->str, text->len, &wire_json_limits_default, NULL);
}

static SioRemoteSocket *
read_socket (const SioMsgpackReader *map, SioAdapter *adapter)
{
  g_autofree char *id = lookup_name (map, "id");
  g_autoptr (JsonNode) handshake = read_node (map, "handshake");
  g_autoptr (JsonNode) data = read_node (map, "data");
  g_autoptr (SioHandshake) how = NULL;
  g_auto (GStrv) rooms = NULL;
  static const char *const none[] = { NULL };

  if (id == NULL || !lookup_names (map, "rooms", &rooms))
    return NULL;
  if (handshake != NULL && JSON_NODE_HOLDS_OBJECT (handshake))
    how = sio_handshake_new (json_node_get_object (handshake));
  return sio_remote_socket_new (adapter, id, how,
                                rooms != NULL ? (const char *const *) rooms : none, data);
}

gboolean
sio_redis_message_get_sockets (const SioRedisMessage *self, SioAdapter *adapter, GPtrArray *sockets)
{
  SioMsgpackReader reader;
  guint n;

  if (!sio_msgpack_lookup (&self->map, "sockets", &reader) || !sio_msgpack_read_array (&reader, &n))
    return FALSE;
  for (; n > 0; n--)
    {
      SioRemoteSocket *socket = read_socket (&reader, adapter);

      if (socket != NULL)
        g_ptr_array_add (sockets, socket);
      if (!sio_msgpack_skip (&reader))
        return FALSE;
    }
  return TRUE;
}
