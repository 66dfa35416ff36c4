/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The grammar (socket.io-parser): type [attachments "-"] [nsp ","] [id] [json]. Where the reference
 * coerces as JavaScript does (`1e1-` attachments, blanks as id 0, an event without a payload), this
 * refuses: no encoder writes that.
 */
#include "socketio/sio-decoder.h"

#include <string.h>

#include "socketio/sio-args-private.h"
#include "socketio/sio-scan.h"
#include "socketio/sio-types.h"

struct _SioDecoder
{
  const SioPacketLimits *limits; /* borrowed */

  /* A packet whose attachments are outstanding. */
  SioPacket pending;
  GPtrArray *attachments; /* of pending.args; NULL when nothing is pending */
  guint n_expected;
  guint n_received;
};

/* What is left of a message while it is read. */
typedef struct
{
  const char *p;
  const char *end;
} Cursor;

SioDecoder *
sio_decoder_new (const SioPacketLimits *limits)
{
  SioDecoder *self = g_new0 (SioDecoder, 1);

  g_assert (limits != NULL && limits->max_id <= SIO_PACKET_MAX_ID);
  self->limits = limits;
  return self;
}

void
sio_decoder_free (SioDecoder *self)
{
  sio_packet_clear (&self->pending);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self);
}

gboolean
sio_decoder_is_waiting (SioDecoder *self)
{
  return self->attachments != NULL;
}

static gboolean
fail (GError **error, SioError code, const char *message)
{
  g_set_error_literal (error, SIO_ERROR, code, message);
  return FALSE;
}

static gboolean
fail_json (GError **error, GError *json_error)
{
  gboolean is_limit = g_error_matches (json_error, WIRE_JSON_ERROR, WIRE_JSON_ERROR_LIMIT);

  fail (error, is_limit ? SIO_ERROR_LIMIT : SIO_ERROR_PARSE, json_error->message);
  g_error_free (json_error);
  return FALSE;
}

/* Digits up to a number of at most max; FALSE when there are none or it is more. */
static gboolean
read_number (Cursor *cursor, uint64_t max, uint64_t *number)
{
  const char *start = cursor->p;

  *number = 0;
  for (; cursor->p < cursor->end && g_ascii_isdigit (*cursor->p); cursor->p++)
    {
      /* max is at most 2^53 - 1, so this does not wrap. */
      *number = *number * 10 + (*cursor->p - '0');
      if (*number > max)
        return FALSE;
    }
  return cursor->p > start;
}

static gboolean
read_type (Cursor *cursor, SioPacketType *type, GError **error)
{
  if (cursor->p == cursor->end || *cursor->p < '0' || *cursor->p > '6')
    return fail (error, SIO_ERROR_PARSE, "Unknown packet type");
  *type = *cursor->p++ - '0';
  return TRUE;
}

static gboolean
read_n_attachments (SioDecoder *self, Cursor *cursor, guint *n, GError **error)
{
  uint64_t number;
  gboolean good;

  if (cursor->p == cursor->end || !g_ascii_isdigit (*cursor->p))
    return fail (error, SIO_ERROR_PARSE, "Illegal attachments");
  good = read_number (cursor, self->limits->max_attachments, &number);
  if (!good)
    return fail (error, SIO_ERROR_LIMIT, "Too many attachments");
  if (cursor->p == cursor->end || *cursor->p != '-')
    return fail (error, SIO_ERROR_PARSE, "Illegal attachments");
  cursor->p++;
  *n = number;
  return TRUE;
}

/* Control characters never: a NUL would make another name of it. */
static gboolean
is_name (const char *text, gsize length, gboolean plain, const char *plain_marks)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = text[i];

      if (c < 0x20 || c == 0x7f)
        return FALSE;
      if (plain && !g_ascii_isalnum (c) && strchr (plain_marks, c) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_nsp (SioDecoder *self, Cursor *cursor, char **nsp, GError **error)
{
  const char *comma;
  gsize length;

  if (cursor->p == cursor->end || *cursor->p != '/')
    {
      *nsp = g_strdup ("/");
      return TRUE;
    }
  comma = memchr (cursor->p, ',', cursor->end - cursor->p);
  length = (comma != NULL ? comma : cursor->end) - cursor->p;
  if (length > self->limits->max_nsp)
    return fail (error, SIO_ERROR_LIMIT, "Namespace too long");
  if (!is_name (cursor->p, length, self->limits->plain_names, "/_-"))
    return fail (error, SIO_ERROR_PARSE, "Illegal namespace");
  *nsp = g_strndup (cursor->p, length);
  cursor->p = comma != NULL ? comma + 1 : cursor->end;
  return TRUE;
}

static gboolean
read_id (SioDecoder *self, Cursor *cursor, SioPacket *packet, GError **error)
{
  if (packet->type != SIO_PACKET_EVENT && packet->type != SIO_PACKET_ACK)
    return TRUE;
  packet->has_id = cursor->p < cursor->end && g_ascii_isdigit (*cursor->p);
  if (packet->has_id && !read_number (cursor, self->limits->max_id, &packet->id))
    return fail (error, SIO_ERROR_LIMIT, "Ack id too large");
  return TRUE;
}

/* JSON that begins at once: blanks and byte order marks are nobody's. */
static gboolean
begins_with (const Cursor *cursor, const char *first)
{
  return cursor->p < cursor->end && strchr (first, *cursor->p) != NULL && *cursor->p != '\0';
}

/* CONNECT's and CONNECT_ERROR's payload. */
static gboolean
read_data (SioDecoder *self, Cursor *cursor, SioPacket *packet, GError **error)
{
  GError *json_error = NULL;
  gsize length = cursor->end - cursor->p;
  gboolean is_connect = packet->type == SIO_PACKET_CONNECT;

  if (is_connect && length == 0)
    return TRUE;
  if (!begins_with (cursor, is_connect ? "{" : "{\""))
    return fail (error, SIO_ERROR_PARSE, "Invalid payload");
  packet->data = wire_json_parse (cursor->p, length, &self->limits->json, &json_error);
  if (packet->data == NULL)
    return fail_json (error, json_error);
  return TRUE;
}

static char *
unescape (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = wire_json_parse (text, length, &wire_json_limits_default, NULL);

  return node != NULL ? json_node_dup_string (node) : NULL;
}

/* The key under which JavaScript would look up a handler for that number. */
static char *
number_to_name (const char *text, gsize length)
{
  g_autoptr (JsonNode) node = wire_json_parse (text, length, &wire_json_limits_default, NULL);

  return node != NULL ? wire_json_print (node, NULL) : NULL;
}

static gboolean
check_event (SioDecoder *self, const char *event, GError **error)
{
  gsize length = strlen (event);

  if (self->limits->max_event != 0 && length > self->limits->max_event)
    return fail (error, SIO_ERROR_LIMIT, "Event's name too long");
  if (self->limits->plain_names
      && (length == 0 || !g_str_is_ascii (event) || !is_name (event, length, FALSE, "")))
    return fail (error, SIO_ERROR_PARSE, "Illegal event's name");
  if (sio_packet_is_reserved_event (event))
    return fail (error, SIO_ERROR_PARSE, "Reserved event's name");
  return TRUE;
}

/* The first value of the array, up to and with the comma behind it. */
static gboolean
read_event (SioDecoder *self, Cursor *cursor, SioPacket *packet, GError **error)
{
  const char *token = sio_scan_space (cursor->p, cursor->end);
  const char *token_end = sio_scan_value (token, cursor->end);

  if (token < token_end && *token == '"')
    {
      if (memchr (token, '\\', token_end - token) == NULL)
        packet->event = g_strndup (token + 1, token_end - token - 2);
      else
        packet->event = unescape (token, token_end - token);
    }
  else if (token < token_end && self->limits->numeric_events
           && (g_ascii_isdigit (*token) || *token == '-'))
    packet->event = number_to_name (token, token_end - token);
  if (packet->event == NULL)
    return fail (error, SIO_ERROR_PARSE, "Event without a name");
  cursor->p = sio_scan_space (token_end, cursor->end);
  if (cursor->p < cursor->end) /* the comma */
    cursor->p++;
  return check_event (self, packet->event, error);
}

/* An EVENT's or an ACK's payload: an array. */
static gboolean
read_args (SioDecoder *self, Cursor *cursor, GBytes *message, SioPacket *packet, GError **error)
{
  GError *json_error = NULL;

  if (!begins_with (cursor, "["))
    return fail (error, SIO_ERROR_PARSE, "Invalid payload");
  if (!wire_json_validate (cursor->p, cursor->end - cursor->p, &self->limits->json, &json_error))
    return fail_json (error, json_error);
  cursor->p++;
  while (cursor->end[-1] != ']')
    cursor->end--;
  cursor->end--;
  if (packet->type == SIO_PACKET_EVENT && !read_event (self, cursor, packet, error))
    return FALSE;
  cursor->p = sio_scan_space (cursor->p, cursor->end);
  packet->args
      = sio_args_new_received (message, cursor->p, cursor->end - cursor->p, self->attachments);
  return TRUE;
}

static gboolean
read_payload (SioDecoder *self, Cursor *cursor, GBytes *message, SioPacket *packet, GError **error)
{
  switch (packet->type)
    {
    case SIO_PACKET_CONNECT:
    case SIO_PACKET_CONNECT_ERROR:
      return read_data (self, cursor, packet, error);
    case SIO_PACKET_EVENT:
    case SIO_PACKET_ACK:
      return read_args (self, cursor, message, packet, error);
    case SIO_PACKET_DISCONNECT:
      return cursor->p == cursor->end || fail (error, SIO_ERROR_PARSE, "Invalid payload");
    case SIO_PACKET_BINARY_EVENT:
    case SIO_PACKET_BINARY_ACK:
      break;
    }
  g_assert_not_reached ();
}

/* The type, and how many attachments are to come. */
static gboolean
read_head (SioDecoder *self, Cursor *cursor, SioPacket *packet, GError **error)
{
  self->n_expected = 0;
  if (!read_type (cursor, &packet->type, error))
    return FALSE;
  if (packet->type != SIO_PACKET_BINARY_EVENT && packet->type != SIO_PACKET_BINARY_ACK)
    return TRUE;
  packet->type = packet->type == SIO_PACKET_BINARY_EVENT ? SIO_PACKET_EVENT : SIO_PACKET_ACK;
  if (!read_n_attachments (self, cursor, &self->n_expected, error))
    return FALSE;
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_ptr_array_set_size (self->attachments, self->n_expected);
  self->n_received = 0;
  return TRUE;
}

static gboolean
read_packet (SioDecoder *self, GBytes *message, SioPacket *packet, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  Cursor cursor;

  if (text == NULL) /* as GBytes has it when it is empty */
    text = "";
  cursor = (Cursor){ text, text + length };
  if (self->attachments != NULL)
    return fail (error, SIO_ERROR_PARSE, "Text where an attachment was expected");
  if (!read_head (self, &cursor, packet, error) || !read_nsp (self, &cursor, &packet->nsp, error)
      || !read_id (self, &cursor, packet, error)
      || !read_payload (self, &cursor, message, packet, error))
    return FALSE;
  /* Judged before the attachments have come: nothing waits for bytes that have no place. */
  if (self->attachments != NULL && !sio_args_check_placeholders (packet->args))
    return fail (error, SIO_ERROR_PARSE, "Illegal attachments");
  return TRUE;
}

SioDecoderResult
sio_decoder_feed_text (SioDecoder *self, GBytes *message, SioPacket *packet, GError **error)
{
  g_assert (packet->nsp == NULL);
  if (!read_packet (self, message, packet, error))
    {
      sio_packet_clear (packet);
      return SIO_DECODER_ERROR;
    }
  if (self->attachments == NULL)
    return SIO_DECODER_PACKET;
  /* No encoder writes a binary packet without attachments; early decoders let it in and then hung.
   */
  if (self->n_expected == 0)
    {
      g_clear_pointer (&self->attachments, g_ptr_array_unref);
      return SIO_DECODER_PACKET;
    }
  self->pending = *packet;
  *packet = (SioPacket){ 0 };
  return SIO_DECODER_MORE;
}

SioDecoderResult
sio_decoder_feed_binary (SioDecoder *self, GBytes *message, SioPacket *packet, GError **error)
{
  g_assert (packet->nsp == NULL);
  if (self->attachments == NULL)
    {
      fail (error, SIO_ERROR_PARSE, "Attachment that nobody announced");
      return SIO_DECODER_ERROR;
    }
  self->attachments->pdata[self->n_received++] = g_bytes_ref (message);
  if (self->n_received < self->n_expected)
    return SIO_DECODER_MORE;
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  *packet = self->pending;
  self->pending = (SioPacket){ 0 };
  return SIO_DECODER_PACKET;
}
