/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/redis/sio-msgpack.h"

#include <string.h>

#include "json/wire-json.h"

typedef enum {
  KIND_NULL,
  KIND_BOOLEAN,
  KIND_INT,
  KIND_DOUBLE,
  KIND_STRING,
  KIND_BINARY,
  KIND_EXTENSION,
  KIND_ARRAY,
  KIND_MAP,
} Kind;

/* A value without what is inside of an array or a map. */
typedef struct {
  Kind kind;
  int64_t integer; /* or the boolean */
  double real;
  const uint8_t *bytes; /* of a string, binary or extension */
  uint32_t n;           /* bytes, elements or members */
  int8_t type;          /* of an extension */
  gboolean is_fixed;    /* an extension whose format has its length in it */
} Head;

/* Where inside of a container the reading is. */
typedef struct {
  gboolean is_map;
  gboolean at_key;
  uint32_t left; /* values still to come; of a map: members */
} Level;

/* Extension type of times, in the specification; and notepack's own of earlier years. */
#define TYPE_TIMESTAMP (-1)
#define TYPE_LEGACY 0

void
sio_msgpack_reader_init (SioMsgpackReader *self, GBytes *bytes)
{
  gsize size;

  self->at = g_bytes_get_data (bytes, &size);
  self->end = self->at + size;
}

static gsize
get_left (const SioMsgpackReader *self)
{
  return self->end - self->at;
}

/* Big endian. */
static gboolean
take_uint (SioMsgpackReader *self, guint n_bytes, uint64_t *value)
{
  if (get_left (self) < n_bytes)
    return FALSE;
  for (*value = 0; n_bytes > 0; n_bytes--)
    *value = *value << 8 | *self->at++;
  return TRUE;
}

static gboolean
take_bytes (SioMsgpackReader *self, Head *head, Kind kind, uint64_t n)
{
  if (get_left (self) < n)
    return FALSE;
  head->kind = kind;
  head->bytes = self->at;
  head->n = n;
  self->at += n;
  return TRUE;
}

static gboolean
take_sized_bytes (SioMsgpackReader *self, Head *head, Kind kind, guint n_bytes)
{
  uint64_t n;

  return take_uint (self, n_bytes, &n) && take_bytes (self, head, kind, n);
}

/* A value takes a byte at least, so that a count beyond what is left is a lie. */
static gboolean
begin_container (SioMsgpackReader *self, Head *head, Kind kind, uint64_t n)
{
  if (n > get_left (self) / (kind == KIND_MAP ? 2 : 1))
    return FALSE;
  head->kind = kind;
  head->n = n;
  return TRUE;
}

static gboolean
take_sized_container (SioMsgpackReader *self, Head *head, Kind kind, guint n_bytes)
{
  uint64_t n;

  return take_uint (self, n_bytes, &n) && begin_container (self, head, kind, n);
}

static gboolean
take_extension (SioMsgpackReader *self, Head *head, uint64_t n)
{
  uint64_t type;

  if (!take_uint (self, 1, &type))
    return FALSE;
  head->type = (int8_t) type;
  return take_bytes (self, head, KIND_EXTENSION, n);
}

static gboolean
take_sized_extension (SioMsgpackReader *self, Head *head, guint n_bytes)
{
  uint64_t n;

  return take_uint (self, n_bytes, &n) && take_extension (self, head, n);
}

static gboolean
take_fixed_extension (SioMsgpackReader *self, Head *head, guint n_bytes)
{
  head->is_fixed = TRUE;
  return take_extension (self, head, n_bytes);
}

static gboolean
take_unsigned (SioMsgpackReader *self, Head *head, guint n_bytes)
{
  uint64_t value;

  if (!take_uint (self, n_bytes, &value))
    return FALSE;
  head->kind = value > INT64_MAX ? KIND_DOUBLE : KIND_INT;
  head->integer = (int64_t) value;
  head->real = (double) value;
  return TRUE;
}

static gboolean
take_signed (SioMsgpackReader *self, Head *head, guint n_bytes)
{
  uint64_t value;
  guint unused = 64 - 8 * n_bytes;

  if (!take_uint (self, n_bytes, &value))
    return FALSE;
  head->kind = KIND_INT;
  /* The sign bit to the top and back again. */
  head->integer = (int64_t) (value << unused) >> unused;
  return TRUE;
}

static gboolean
take_float (SioMsgpackReader *self, Head *head)
{
  uint64_t bits;
  uint32_t low;
  float value;

  if (!take_uint (self, sizeof value, &bits))
    return FALSE;
  low = bits;
  memcpy (&value, &low, sizeof value);
  head->kind = KIND_DOUBLE;
  head->real = value;
  return TRUE;
}

static gboolean
take_double (SioMsgpackReader *self, Head *head)
{
  uint64_t bits;

  if (!take_uint (self, sizeof head->real, &bits))
    return FALSE;
  memcpy (&head->real, &bits, sizeof head->real);
  head->kind = KIND_DOUBLE;
  return TRUE;
}

static gboolean
take_fixed (SioMsgpackReader *self, Head *head, uint8_t first)
{
  head->kind = KIND_INT;
  head->integer = (int8_t) first;
  if (first < 0x80 || first >= 0xe0)
    return TRUE;
  if (first < 0x90)
    return begin_container (self, head, KIND_MAP, first & 0x0f);
  if (first < 0xa0)
    return begin_container (self, head, KIND_ARRAY, first & 0x0f);
  return take_bytes (self, head, KIND_STRING, first & 0x1f);
}

/* https://github.com/msgpack/msgpack/blob/master/spec.md, "Formats" */
static gboolean
take_head (SioMsgpackReader *self, Head *head)
{
  uint8_t first;

  if (self->at >= self->end)
    return FALSE;
  *head = (Head){ 0 };
  first = *self->at++;
  if (first < 0xc0 || first >= 0xe0)
    return take_fixed (self, head, first);
  switch (first)
    {
    case 0xc0:
      head->kind = KIND_NULL;
      return TRUE;
    case 0xc2:
    case 0xc3:
      head->kind = KIND_BOOLEAN;
      head->integer = first == 0xc3;
      return TRUE;
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return take_sized_bytes (self, head, KIND_BINARY, 1 << (first - 0xc4));
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return take_sized_extension (self, head, 1 << (first - 0xc7));
    case 0xca:
      return take_float (self, head);
    case 0xcb:
      return take_double (self, head);
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
      return take_unsigned (self, head, 1 << (first - 0xcc));
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return take_signed (self, head, 1 << (first - 0xd0));
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return take_fixed_extension (self, head, 1 << (first - 0xd4));
    case 0xd9:
    case 0xda:
    case 0xdb:
      return take_sized_bytes (self, head, KIND_STRING, 1 << (first - 0xd9));
    case 0xdc:
    case 0xdd:
      return take_sized_container (self, head, KIND_ARRAY, 2 << (first - 0xdc));
    case 0xde:
    case 0xdf:
      return take_sized_container (self, head, KIND_MAP, 2 << (first - 0xde));
    default: /* 0xc1 is never used */
      return FALSE;
    }
}

/* Extensions */

static void
append_time (GString *out, double seconds, uint32_t microseconds)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;

  /* Years 1 to 9999. */
  if (seconds >= -62135596800.0 && seconds < 253402300800.0)
    date = g_date_time_new_from_unix_utc ((int64_t) seconds);
  if (date == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  text = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (out, "\"%s.%03uZ\"", text, MIN (microseconds / 1000, 999));
}

static void
append_timestamp (GString *out, const Head *head)
{
  SioMsgpackReader reader = { head->bytes, head->bytes + head->n };
  uint64_t high = 0;
  uint64_t low;

  if (head->n == 4 && take_uint (&reader, 4, &low))
    append_time (out, low, 0);
  else if (head->n == 8 && take_uint (&reader, 8, &low))
    append_time (out, low & ((G_GUINT64_CONSTANT (1) << 34) - 1), (low >> 34) / 1000);
  else if (head->n == 12 && take_uint (&reader, 4, &high) && take_uint (&reader, 8, &low))
    append_time (out, (int64_t) low, high / 1000);
  else
    g_string_append (out, "null");
}

static void
append_legacy_time (GString *out, const Head *head)
{
  SioMsgpackReader reader = { head->bytes, head->bytes + head->n };
  Head ms;
  double seconds;

  if (!take_signed (&reader, &ms, 8))
    return;
  seconds = ms.integer / 1000;
  append_time (out, seconds - (ms.integer % 1000 < 0), ((ms.integer % 1000 + 1000) % 1000) * 1000);
}

static gboolean
append_binary (GString *out, const Head *head, GPtrArray *attachments)
{
  if (attachments->len >= SIO_MSGPACK_MAX_ATTACHMENTS)
    return FALSE;
  g_string_append_printf (out, "{\"_placeholder\":true,\"num\":%u}", attachments->len);
  g_ptr_array_add (attachments, g_bytes_new (head->bytes, head->n));
  return TRUE;
}

static gboolean
append_extension (GString *out, const Head *head, GPtrArray *attachments)
{
  if (head->type == TYPE_TIMESTAMP)
    append_timestamp (out, head);
  else if (head->type == TYPE_LEGACY && !head->is_fixed) /* an ArrayBuffer */
    return append_binary (out, head, attachments);
  else if (head->type == TYPE_LEGACY && head->n == 8)
    append_legacy_time (out, head);
  else /* undefined, and what nobody knows */
    g_string_append (out, "null");
  return TRUE;
}

static void
append_string (GString *out, const Head *head)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) head->bytes, head->n);

  wire_json_append_string (out, text);
}

/* Not of containers. */
static gboolean
append_scalar (GString *out, const Head *head, GPtrArray *attachments)
{
  switch (head->kind)
    {
    case KIND_BOOLEAN:
      g_string_append (out, head->integer ? "true" : "false");
      return TRUE;
    case KIND_INT:
      wire_json_append_int (out, head->integer);
      return TRUE;
    case KIND_DOUBLE:
      wire_json_append_double (out, head->real);
      return TRUE;
    case KIND_STRING:
      append_string (out, head);
      return TRUE;
    case KIND_BINARY:
      return append_binary (out, head, attachments);
    case KIND_EXTENSION:
      return append_extension (out, head, attachments);
    default:
      g_string_append (out, "null");
      return TRUE;
    }
}

/* Any value */

typedef struct {
  Level levels[SIO_MSGPACK_MAX_DEPTH];
  guint depth;
} Stack;

static gboolean
push (Stack *stack, GString *out, const Head *head)
{
  gboolean is_map = head->kind == KIND_MAP;

  if (stack->depth == G_N_ELEMENTS (stack->levels))
    return FALSE;
  g_string_append_c (out, is_map ? '{' : '[');
  stack->levels[stack->depth++] = (Level){ is_map, is_map, head->n };
  return TRUE;
}

/* Closes what is complete. */
static void
pop (Stack *stack, GString *out)
{
  while (stack->depth > 0 && stack->levels[stack->depth - 1].left == 0)
    {
      g_string_append_c (out, stack->levels[--stack->depth].is_map ? '}' : ']');
      /* It was a value of the one around it, whose turn is over. */
      if (stack->depth > 0)
        {
          stack->levels[stack->depth - 1].at_key = stack->levels[stack->depth - 1].is_map;
          stack->levels[stack->depth - 1].left--;
        }
    }
}

static gboolean
append_key (SioMsgpackReader *self, GString *out)
{
  g_autofree char *name = NULL;

  if (!sio_msgpack_read_name (self, &name))
    return FALSE;
  wire_json_append_string (out, name);
  g_string_append_c (out, ':');
  return TRUE;
}

static void
append_comma (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '[';

  if (last != '[' && last != '{' && last != ':')
    g_string_append_c (out, ',');
}

/* Appends one head of a value inside of the innermost container. */
static gboolean
step (SioMsgpackReader *self, Stack *stack, GString *out, GPtrArray *attachments)
{
  Level *level = &stack->levels[stack->depth - 1];
  Head head;

  append_comma (out);
  if (level->at_key)
    {
      level->at_key = FALSE;
      return append_key (self, out);
    }
  if (!take_head (self, &head))
    return FALSE;
  if (head.kind == KIND_ARRAY || head.kind == KIND_MAP)
    return push (stack, out, &head);
  if (!append_scalar (out, &head, attachments))
    return FALSE;
  level->at_key = level->is_map;
  level->left--;
  return TRUE;
}

gboolean
sio_msgpack_read_json (SioMsgpackReader *self, GString *out, GPtrArray *attachments)
{
  Stack stack;
  Head head;

  stack.depth = 0;
  if (!take_head (self, &head))
    return FALSE;
  if (head.kind != KIND_ARRAY && head.kind != KIND_MAP)
    return append_scalar (out, &head, attachments);
  push (&stack, out, &head);
  for (pop (&stack, out); stack.depth > 0; pop (&stack, out))
    if (!step (self, &stack, out, attachments))
      return FALSE;
  return TRUE;
}

gboolean
sio_msgpack_skip (SioMsgpackReader *self)
{
  uint64_t left = 1;
  Head head;

  for (; left > 0; left--)
    {
      if (!take_head (self, &head))
        return FALSE;
      if (head.kind == KIND_ARRAY)
        left += head.n;
      else if (head.kind == KIND_MAP)
        left += 2 * (uint64_t) head.n;
      /* What is announced has to be there, too. */
      if (left - 1 > get_left (self))
        return FALSE;
    }
  return TRUE;
}

/* Single values */

gboolean
sio_msgpack_read_array (SioMsgpackReader *self, guint *n)
{
  Head head;

  if (!take_head (self, &head) || head.kind != KIND_ARRAY)
    return FALSE;
  *n = head.n;
  return TRUE;
}

gboolean
sio_msgpack_read_name (SioMsgpackReader *self, char **name)
{
  g_autoptr (GString) number = NULL;
  Head head;

  if (!take_head (self, &head))
    return FALSE;
  if (head.kind == KIND_STRING)
    {
      *name = g_utf8_make_valid ((const char *) head.bytes, head.n);
      return TRUE;
    }
  if (head.kind != KIND_INT && head.kind != KIND_DOUBLE)
    return FALSE;
  number = g_string_new (NULL);
  append_scalar (number, &head, NULL);
  *name = g_string_free (g_steal_pointer (&number), FALSE);
  return TRUE;
}

gboolean
sio_msgpack_read_int (SioMsgpackReader *self, int64_t *value)
{
  Head head;

  if (!take_head (self, &head) || head.kind != KIND_INT)
    return FALSE;
  *value = head.integer;
  return TRUE;
}

gboolean
sio_msgpack_read_boolean (SioMsgpackReader *self, gboolean *value)
{
  Head head;

  if (!take_head (self, &head) || head.kind != KIND_BOOLEAN)
    return FALSE;
  *value = head.integer != 0;
  return TRUE;
}

static gboolean
is_name (const Head *head, const char *name)
{
  return head->kind == KIND_STRING && head->n == strlen (name)
         && memcmp (head->bytes, name, head->n) == 0;
}

gboolean
sio_msgpack_lookup (const SioMsgpackReader *self, const char *name, SioMsgpackReader *value)
{
  SioMsgpackReader reader = *self;
  gboolean found = FALSE;
  Head map;
  Head key;

  if (!take_head (&reader, &map) || map.kind != KIND_MAP)
    return FALSE;
  for (uint32_t i = 0; i < map.n; i++)
    {
      SioMsgpackReader place = reader;

      if (!sio_msgpack_skip (&reader))
        return FALSE;
      if (take_head (&place, &key) && is_name (&key, name))
        {
          *value = reader;
          found = TRUE;
        }
      if (!sio_msgpack_skip (&reader))
        return FALSE;
    }
  return found;
}
