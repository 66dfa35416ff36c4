/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/wire-json.h"

#include <float.h>
#include <math.h>

/* Text up to here is exact in a double, so an integral value below it can be written as digits. */
#define MAX_EXACT 9007199254740992.0

static void
append_escaped (GString *out, guchar c)
{
  static const char names[] = "btn\0fr";

  if (c == '"' || c == '\\')
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, c);
    }
  else if (c >= '\b' && c <= '\r' && c != '\v')
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, names[c - '\b']);
    }
  else
    {
      g_string_append_printf (out, "\\u%04x", c);
    }
}

/* @utf8 is valid. */
static void
append_valid (GString *out, const char *utf8, gsize length)
{
  const char *end = utf8 + length;

  while (utf8 < end)
    {
      const char *plain = utf8;

      while (utf8 < end && (guchar) *utf8 >= 0x20 && *utf8 != '"' && *utf8 != '\\')
        utf8++;
      g_string_append_len (out, plain, utf8 - plain);
      if (utf8 < end)
        append_escaped (out, *utf8++);
    }
}

void
wire_json_append_string (GString *out, const char *utf8)
{
  gsize length;
  const char *bad;

  g_return_if_fail (out != NULL);
  g_return_if_fail (utf8 != NULL);

  length = strlen (utf8);
  g_string_append_c (out, '"');
  while (!g_utf8_validate_len (utf8, length, &bad))
    {
      append_valid (out, utf8, bad - utf8);
      g_string_append (out, "\xef\xbf\xbd");
      length -= bad + 1 - utf8;
      utf8 = bad + 1;
    }
  append_valid (out, utf8, length);
  g_string_append_c (out, '"');
}

void
wire_json_append_int (GString *out, int64_t value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  uint64_t rest = value < 0 ? 0 - (uint64_t) value : (uint64_t) value;

  g_return_if_fail (out != NULL);

  do
    *--p = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (out, p, digits + sizeof digits - p);
}

/* A decimal of at most 15 digits survives the way through a normal double, so 15 is enough wherever
 * less would be; subnormal numbers carry fewer digits. */
static void
append_shortest (GString *out, double value)
{
  char format[8];
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = fabs (value) < DBL_MIN ? 1 : 15; digits <= 17; digits++)
    {
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  g_string_append (out, text);
}

void
wire_json_append_double (GString *out, double value)
{
  g_return_if_fail (out != NULL);

  if (!isfinite (value))
    g_string_append (out, "null");
  else if (value == 0)
    g_string_append (out, signbit (value) ? "-0.0" : "0");
  else if (fabs (value) < MAX_EXACT && value == trunc (value))
    wire_json_append_int (out, (int64_t) value);
  else
    append_shortest (out, value);
}

static void
append_array (GString *out, JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      wire_json_append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_object (GString *out, JsonObject *object)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      wire_json_append_string (out, key);
      g_string_append_c (out, ':');
      wire_json_append_node (out, node);
    }
  g_string_append_c (out, '}');
}

static void
append_scalar (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      wire_json_append_int (out, json_node_get_int (node));
      break;
    case G_TYPE_DOUBLE:
      wire_json_append_double (out, json_node_get_double (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    case G_TYPE_STRING:
      if (json_node_get_string (node) != NULL)
        wire_json_append_string (out, json_node_get_string (node));
      else
        g_string_append (out, "null");
      break;
    default:
      g_string_append (out, "null");
      break;
    }
}

void
wire_json_append_node (GString *out, JsonNode *node)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (node != NULL);

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_VALUE:
      append_scalar (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

char *
wire_json_print (JsonNode *node, gsize *length)
{
  GString *out;

  g_return_val_if_fail (node != NULL, NULL);

  out = g_string_sized_new (256);
  wire_json_append_node (out, node);
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}
