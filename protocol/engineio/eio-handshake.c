/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-handshake.h"

#include "json/wire-json.h"

#define MAX_SID 128
#define MAX_PING (24 * 60 * 60 * 1000)

static const WireJsonLimits limits = {
  .max_bytes = 16 * 1024,
  .max_depth = 8,
  .max_values = 256,
  .max_members = 64,
};

void
eio_handshake_clear (EioHandshake *handshake)
{
  g_assert (handshake != NULL);

  g_clear_pointer (&handshake->sid, g_free);
}

GBytes *
eio_handshake_encode (const EioHandshake *handshake)
{
  GString *json = g_string_new ("{\"sid\":");

  wire_json_append_string (json, handshake->sid);
  g_string_append_printf (json,
                          ",\"upgrades\":[%s],\"pingInterval\":%u,\"pingTimeout\":%u"
                          ",\"maxPayload\":%" G_GSIZE_FORMAT "}",
                          (handshake->upgrades & EIO_TRANSPORT_WEBSOCKET) ? "\"websocket\"" : "",
                          handshake->ping_interval, handshake->ping_timeout,
                          handshake->max_payload);
  return g_string_free_to_bytes (json);
}

/* A number between @min and @max, or -1. */
static int64_t
read_number (JsonObject *object, const char *key, int64_t min, int64_t max)
{
  JsonNode *node = json_object_get_member (object, key);
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 &&
       json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return -1;
  value = json_node_get_double (node);
  return value >= min && value <= max ? (int64_t) value : -1;
}

static const char *
read_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* It goes into our URLs, so nothing but what the reference makes of it is let in. */
static gboolean
is_sid (const char *sid)
{
  gsize length = sid != NULL ? strlen (sid) : 0;

  if (length == 0 || length > MAX_SID)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (sid[i]) && sid[i] != '-' && sid[i] != '_')
      return FALSE;
  return TRUE;
}

static gboolean
read_upgrades (JsonObject *object, EioTransports *upgrades)
{
  JsonNode *node = json_object_get_member (object, "upgrades");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  *upgrades = 0;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *name = read_string (json_array_get_element (array, i));

      if (g_strcmp0 (name, "websocket") == 0)
        *upgrades |= EIO_TRANSPORT_WEBSOCKET;
    }
  return TRUE;
}

static gboolean
read_object (JsonObject *object, EioHandshake *handshake)
{
  const char *sid = read_string (json_object_get_member (object, "sid"));
  int64_t interval = read_number (object, "pingInterval", 1, MAX_PING);
  int64_t timeout = read_number (object, "pingTimeout", 1, MAX_PING);
  int64_t max_payload = read_number (object, "maxPayload", 0, G_MAXINT32);

  if (!is_sid (sid) || interval < 0 || timeout < 0 || !read_upgrades (object, &handshake->upgrades))
    return FALSE;
  handshake->sid = g_strdup (sid);
  handshake->ping_interval = interval;
  handshake->ping_timeout = timeout;
  handshake->max_payload = MAX (max_payload, 0);
  return TRUE;
}

gboolean
eio_handshake_decode (GBytes *json, EioHandshake *handshake, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  gsize size;
  const char *text;

  g_assert (json != NULL && handshake != NULL);

  text = g_bytes_get_data (json, &size);
  node = wire_json_parse (text, size, &limits, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      !read_object (json_node_get_object (node), handshake))
    {
      g_set_error_literal (error, EIO_ERROR, EIO_ERROR_PARSE, "Bad open packet");
      return FALSE;
    }
  return TRUE;
}
