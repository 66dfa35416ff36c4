/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-packet.h"

#include <string.h>

#include "socketio/sio-args-private.h"

void
sio_packet_limits_init (SioPacketLimits *limits)
{
  *limits = (SioPacketLimits){
    .max_attachments = 10,
    .max_id = SIO_PACKET_MAX_ID,
    .max_nsp = 1024,
    .max_event = 0,
    .plain_names = FALSE,
    .numeric_events = TRUE,
    .json = wire_json_limits_default,
  };
  /* The engine bounds its messages already, and its bound can be set. */
  limits->json.max_bytes = G_MAXSIZE;
}

void
sio_packet_clear (SioPacket *self)
{
  g_clear_pointer (&self->nsp, g_free);
  g_clear_pointer (&self->event, g_free);
  g_clear_pointer (&self->args, sio_args_unref);
  g_clear_pointer (&self->data, json_node_unref);
  self->has_id = FALSE;
  self->id = 0;
}

gboolean
sio_packet_is_reserved_event (const char *event)
{
  static const char *const reserved[] = { "connect",       "connect_error", "disconnect",
                                          "disconnecting", "newListener",   "removeListener" };

  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (strcmp (event, reserved[i]) == 0)
      return TRUE;
  return FALSE;
}

/* `type [attachments "-"] [nsp ","]`, with room for what is to follow. */
static GString *
begin (SioPacketType type, guint n_attachments, const char *nsp, gsize room)
{
  GString *out = g_string_sized_new (room + strlen (nsp) + 64);

  g_string_append_c (out, '0' + type);
  if (n_attachments > 0)
    g_string_append_printf (out, "%u-", n_attachments);
  if (strcmp (nsp, "/") != 0)
    {
      g_string_append (out, nsp);
      g_string_append_c (out, ',');
    }
  return out;
}

static GBytes *
encode_args (SioPacketType type,
             const char *nsp,
             int64_t id,
             const char *event,
             SioArgs *args,
             const char *offset)
{
  gsize length = 0;
  const char *text = args != NULL ? sio_args_get_text (args, &length) : "";
  guint n_attachments = args != NULL ? sio_args_get_n_attachments (args) : 0;
  GString *out;

  if (args != NULL)
    sio_args_freeze (args);
  if (n_attachments > 0)
    type = type == SIO_PACKET_EVENT ? SIO_PACKET_BINARY_EVENT : SIO_PACKET_BINARY_ACK;
  out = begin (type, n_attachments, nsp, length + (event != NULL ? strlen (event) : 0));
  if (id >= 0)
    wire_json_append_int (out, id);
  g_string_append_c (out, '[');
  if (event != NULL)
    wire_json_append_string (out, event);
  if (event != NULL && length > 0)
    g_string_append_c (out, ',');
  g_string_append_len (out, text, length);
  if (offset != NULL)
    g_string_append_printf (out, ",\"%s\"", offset);
  g_string_append_c (out, ']');
  return g_string_free_to_bytes (out);
}

GBytes *
sio_packet_encode_event (const char *nsp, const char *event, SioArgs *args, int64_t id)
{
  g_assert (event != NULL && !sio_packet_is_reserved_event (event));
  return encode_args (SIO_PACKET_EVENT, nsp, id, event, args, NULL);
}

GBytes *
sio_packet_encode_logged_event (const char *nsp,
                                const char *event,
                                SioArgs *args,
                                const char *offset)
{
  g_assert (event != NULL && !sio_packet_is_reserved_event (event));
  return encode_args (SIO_PACKET_EVENT, nsp, -1, event, args, offset);
}

GBytes *
sio_packet_encode_ack (const char *nsp, uint64_t id, SioArgs *args)
{
  g_assert (id <= SIO_PACKET_MAX_ID);
  return encode_args (SIO_PACKET_ACK, nsp, id, NULL, args, NULL);
}

GBytes *
sio_packet_encode_connect (const char *nsp, JsonNode *data)
{
  GString *out = begin (SIO_PACKET_CONNECT, 0, nsp, 0);

  if (data != NULL)
    wire_json_append_node (out, data);
  return g_string_free_to_bytes (out);
}

GBytes *
sio_packet_encode_connected (const char *nsp, const char *sid, const char *pid)
{
  GString *out = begin (SIO_PACKET_CONNECT, 0, nsp, 0);

  g_string_append_printf (out, "{\"sid\":\"%s\"", sid);
  if (pid != NULL)
    g_string_append_printf (out, ",\"pid\":\"%s\"", pid);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

GBytes *
sio_packet_encode_connect_error (const char *nsp, const char *message, JsonNode *data)
{
  GString *out = begin (SIO_PACKET_CONNECT_ERROR, 0, nsp, strlen (message));

  g_string_append (out, "{\"message\":");
  wire_json_append_string (out, message);
  if (data != NULL)
    {
      g_string_append (out, ",\"data\":");
      wire_json_append_node (out, data);
    }
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

GBytes *
sio_packet_encode_disconnect (const char *nsp)
{
  return g_string_free_to_bytes (begin (SIO_PACKET_DISCONNECT, 0, nsp, 0));
}
