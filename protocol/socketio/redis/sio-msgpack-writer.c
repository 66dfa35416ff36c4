/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From text that was judged, without a tree: MessagePack wants to know how many values a container
 * has before the first, so one pass counts and another writes. */
#include "socketio/redis/sio-msgpack.h"

#include <string.h>

#include "json/wire-json-token.h"
#include "socketio/sio-scan.h"

/* First bytes of the formats for up to so many. */
typedef struct {
  uint8_t fixed; /* 0: there is none */
  uint32_t max_fixed;
  uint8_t sized[3]; /* with 1, 2, 4 bytes of length; 0: there is none */
} Formats;

static const Formats string_formats = { 0xa0, 31, { 0xd9, 0xda, 0xdb } };
static const Formats binary_formats = { 0, 0, { 0xc4, 0xc5, 0xc6 } };
static const Formats array_formats = { 0x90, 15, { 0, 0xdc, 0xdd } };
static const Formats map_formats = { 0x80, 15, { 0, 0xde, 0xdf } };

typedef struct {
  GByteArray *out;
  const char *at;
  const char *end;
  GPtrArray *attachments; /* nullable */
  GArray *counts;         /* of uint32_t: of each container in the order of their beginnings */
  guint next_count;
  GString *word; /* the string that was scanned last */
} Writer;

static void
append_byte (GByteArray *out, uint8_t byte)
{
  g_byte_array_append (out, &byte, 1);
}

/* Big endian. */
static void
append_uint (GByteArray *out, uint8_t format, uint64_t value, guint n_bytes)
{
  append_byte (out, format);
  while (n_bytes-- > 0)
    append_byte (out, value >> (8 * n_bytes));
}

static void
append_size (GByteArray *out, const Formats *formats, uint32_t n)
{
  if (formats->fixed != 0 && n <= formats->max_fixed)
    append_byte (out, formats->fixed | n);
  else if (formats->sized[0] != 0 && n <= UINT8_MAX)
    append_uint (out, formats->sized[0], n, 1);
  else if (n <= UINT16_MAX)
    append_uint (out, formats->sized[1], n, 2);
  else
    append_uint (out, formats->sized[2], n, 4);
}

static void
append_string (GByteArray *out, const GString *string)
{
  append_size (out, &string_formats, string->len);
  g_byte_array_append (out, (const guint8 *) string->str, string->len);
}

static void
append_bytes (GByteArray *out, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  append_size (out, &binary_formats, size);
  if (size > 0)
    g_byte_array_append (out, data, size);
}

static void
append_positive (GByteArray *out, uint64_t value)
{
  if (value < 0x80)
    append_byte (out, value);
  else if (value <= UINT8_MAX)
    append_uint (out, 0xcc, value, 1);
  else if (value <= UINT16_MAX)
    append_uint (out, 0xcd, value, 2);
  else if (value <= UINT32_MAX)
    append_uint (out, 0xce, value, 4);
  else
    append_uint (out, 0xcf, value, 8);
}

static void
append_int (GByteArray *out, int64_t value)
{
  if (value >= 0)
    append_positive (out, value);
  else if (value >= -0x20)
    append_byte (out, value);
  else if (value >= INT8_MIN)
    append_uint (out, 0xd0, value, 1);
  else if (value >= INT16_MIN)
    append_uint (out, 0xd1, value, 2);
  else if (value >= INT32_MIN)
    append_uint (out, 0xd2, value, 4);
  else
    append_uint (out, 0xd3, value, 8);
}

static void
append_double (GByteArray *out, double value)
{
  uint64_t bits;

  memcpy (&bits, &value, sizeof bits);
  append_uint (out, 0xcb, bits, 8);
}

/* First pass */

static void
count_values (Writer *self)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *p = self->at;
  gboolean empty = TRUE;

  while (p < self->end)
    {
      const char *here = p;

      p = *p == '"' ? sio_scan_value (p, self->end) : p + 1;
      if (*here == '[' || *here == '{')
        {
          uint32_t none = 0;

          g_array_append_val (open, self->counts->len);
          g_array_append_val (self->counts, none);
        }
      else if (open->len > 0 && (*here == ',' || ((*here == ']' || *here == '}') && !empty)))
        g_array_index (self->counts, uint32_t, g_array_index (open, guint, open->len - 1))++;
      if (open->len > 0 && (*here == ']' || *here == '}'))
        g_array_set_size (open, open->len - 1);
      if (!g_ascii_isspace (*here))
        empty = *here == '[' || *here == '{';
    }
}

/* Second pass */

static gboolean
take (Writer *self, char wanted)
{
  wire_json_skip_blanks (&self->at, self->end);
  if (self->at == self->end || *self->at != wanted)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
take_string (Writer *self)
{
  wire_json_skip_blanks (&self->at, self->end);
  g_string_truncate (self->word, 0);
  return self->at < self->end && *self->at == '"'
         && wire_json_scan_string (&self->at, self->end, self->word, NULL);
}

/* One member of a placeholder. */
static gboolean
take_placeholder_member (Writer *self, gboolean *marked, int64_t *num)
{
  WireJsonNumber number;

  if (!take_string (self) || !take (self, ':'))
    return FALSE;
  wire_json_skip_blanks (&self->at, self->end);
  if (strcmp (self->word->str, "_placeholder") == 0)
    return *marked = wire_json_scan_word (&self->at, self->end, "true");
  if (strcmp (self->word->str, "num") != 0
      || !wire_json_scan_number (&self->at, self->end, &number, NULL) || !number.is_int)
    return FALSE;
  *num = number.integer;
  return TRUE;
}

/* The object at this place, if it is {"_placeholder":true,"num":n}; in its place otherwise. */
static gboolean
write_placeholder (Writer *self)
{
  const char *start = self->at;
  gboolean marked = FALSE;
  int64_t num = -1;

  if (self->attachments != NULL && take (self, '{') && take_placeholder_member (self, &marked, &num)
      && take (self, ',') && take_placeholder_member (self, &marked, &num) && take (self, '}')
      && marked && num >= 0 && num < self->attachments->len)
    {
      append_bytes (self->out, g_ptr_array_index (self->attachments, num));
      self->next_count++;
      return TRUE;
    }
  self->at = start;
  return FALSE;
}

static void
begin_container (Writer *self, gboolean is_map)
{
  uint32_t n = g_array_index (self->counts, uint32_t, self->next_count++);

  self->at++;
  append_size (self->out, is_map ? &map_formats : &array_formats, n);
}

static void
write_number (Writer *self)
{
  WireJsonNumber number;

  if (!wire_json_scan_number (&self->at, self->end, &number, NULL))
    self->at = self->end; /* it was not judged */
  else if (number.is_int)
    append_int (self->out, number.integer);
  else
    append_double (self->out, number.real);
}

static void
write_word (Writer *self)
{
  if (wire_json_scan_word (&self->at, self->end, "true"))
    append_byte (self->out, 0xc3);
  else if (wire_json_scan_word (&self->at, self->end, "false"))
    append_byte (self->out, 0xc2);
  else if (wire_json_scan_word (&self->at, self->end, "null"))
    append_byte (self->out, 0xc0);
  else
    write_number (self);
}

/* One token. A key is written as the string that it is, so that nothing has to know which is which. */
static void
write_token (Writer *self)
{
  switch (*self->at)
    {
    case '{':
      if (!write_placeholder (self))
        begin_container (self, TRUE);
      break;
    case '[':
      begin_container (self, FALSE);
      break;
    case ']':
    case '}':
    case ',':
    case ':':
      self->at++;
      break;
    case '"':
      if (take_string (self))
        append_string (self->out, self->word);
      else
        self->at = self->end;
      break;
    default:
      write_word (self);
    }
}

void
sio_msgpack_append_json (GByteArray *out, const char *text, gsize length, GPtrArray *attachments)
{
  Writer self = { out, text, text + length, attachments };

  self.counts = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self.word = g_string_new (NULL);
  count_values (&self);
  for (;;)
    {
      wire_json_skip_blanks (&self.at, self.end);
      if (self.at == self.end)
        break;
      write_token (&self);
    }
  g_string_free (self.word, TRUE);
  g_array_unref (self.counts);
}
