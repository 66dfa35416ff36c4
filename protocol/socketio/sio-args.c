/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A relay passes on nearly everything that it receives and reads very little of it. So the text is
 * what counts here: received arguments are a slice of the packet that brought them, sending copies
 * that slice into the next packet, and a tree exists only for an argument that somebody asked for.
 */
#include "socketio/sio-args-private.h"

#include <math.h>
#include <string.h>

#include "json/wire-json.h"
#include "socketio/sio-scan.h"

/* The last integer up to which doubles count by one: what JavaScript calls a safe integer. */
#define MAX_SAFE_INTEGER 9007199254740991.0

typedef struct
{
  gsize start;
  gsize length;
} Span;

struct _SioArgs
{
  gatomicrefcount ref_count;
  gboolean frozen;

  /* The text: inside of source when it was received, else in built. */
  GBytes *source;
  const char *received;
  gsize received_length;
  GString *built;
  GPtrArray *attachments; /* owned, nullable */

  /* Made when asked for. */
  GArray *spans;    /* of every argument in the text */
  GPtrArray *nodes; /* of the arguments that were asked for, else NULL */
  char *json;
};

G_DEFINE_BOXED_TYPE (SioArgs, sio_args, sio_args_ref, sio_args_unref)

/* The text was judged when it came in: all that a lazy reading has to bound is its recursion. */
static const WireJsonLimits lazy_limits = {
  .max_bytes = G_MAXSIZE,
  .max_depth = 1024,
  .max_values = G_MAXUINT,
  .max_members = G_MAXUINT,
  .unique_keys = FALSE,
};

static void
node_free (gpointer node)
{
  if (node != NULL)
    json_node_unref (node);
}

SioArgs *
sio_args_new (void)
{
  SioArgs *self = g_new0 (SioArgs, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SioArgs *
sio_args_new_received (GBytes *source, const char *text, gsize length, GPtrArray *attachments)
{
  SioArgs *self = sio_args_new ();

  self->frozen = TRUE;
  self->source = g_bytes_ref (source);
  self->received = text;
  self->received_length = length;
  self->attachments = attachments != NULL ? g_ptr_array_ref (attachments) : NULL;
  return self;
}

SioArgs *
sio_args_ref (SioArgs *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_args_unref (SioArgs *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->source, g_bytes_unref);
  if (self->built != NULL)
    g_string_free (self->built, TRUE);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_free (self->json);
  g_free (self);
}

void
sio_args_freeze (SioArgs *self)
{
  self->frozen = TRUE;
}

/* Building */

/* Where the next value's text goes. */
static GString *
begin_value (SioArgs *self)
{
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->json, g_free);
  if (self->built == NULL)
    self->built = g_string_new (NULL);
  else if (self->built->len > 0)
    g_string_append_c (self->built, ',');
  return self->built;
}

void
sio_args_add_null (SioArgs *self)
{
  g_return_if_fail (self != NULL && !self->frozen);
  g_string_append (begin_value (self), "null");
}

void
sio_args_add_boolean (SioArgs *self, gboolean value)
{
  g_return_if_fail (self != NULL && !self->frozen);
  g_string_append (begin_value (self), value ? "true" : "false");
}

void
sio_args_add_int (SioArgs *self, int64_t value)
{
  g_return_if_fail (self != NULL && !self->frozen);
  wire_json_append_int (begin_value (self), value);
}

void
sio_args_add_double (SioArgs *self, double value)
{
  g_return_if_fail (self != NULL && !self->frozen);
  wire_json_append_double (begin_value (self), value);
}

void
sio_args_add_string (SioArgs *self, const char *utf8)
{
  g_return_if_fail (self != NULL && !self->frozen);
  g_return_if_fail (utf8 != NULL && g_utf8_validate (utf8, -1, NULL));
  wire_json_append_string (begin_value (self), utf8);
}

/* Returns the attachment's number. */
static guint
attach (SioArgs *self, GBytes *bytes)
{
  if (self->attachments == NULL)
    self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_ptr_array_add (self->attachments, g_bytes_ref (bytes));
  return self->attachments->len - 1;
}

void
sio_args_add_bytes (SioArgs *self, GBytes *bytes)
{
  g_return_if_fail (self != NULL && !self->frozen);
  g_return_if_fail (bytes != NULL);
  g_string_append_printf (begin_value (self), "{\"_placeholder\":true,\"num\":%u}",
                          attach (self, bytes));
}

void
sio_args_add_node (SioArgs *self, JsonNode *node)
{
  g_return_if_fail (self != NULL && !self->frozen);
  g_return_if_fail (node != NULL);
  wire_json_append_node (begin_value (self), node);
}

void
sio_args_add_json (SioArgs *self, const char *text, gssize length)
{
  g_return_if_fail (self != NULL && !self->frozen);
  g_return_if_fail (text != NULL && length != 0);
  g_string_append_len (begin_value (self), text, length);
}

JsonNode *
sio_args_placeholder (SioArgs *self, GBytes *bytes)
{
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (self != NULL && !self->frozen, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  object = json_object_new ();
  json_object_set_boolean_member (object, "_placeholder", TRUE);
  json_object_set_int_member (object, "num", attach (self, bytes));
  return json_node_init_object (json_node_alloc (), object);
}

/* Reading */

const char *
sio_args_get_text (SioArgs *self, gsize *length)
{
  if (self->source != NULL)
    {
      *length = self->received_length;
      return self->received;
    }
  *length = self->built != NULL ? self->built->len : 0;
  return self->built != NULL ? self->built->str : "";
}

static GArray *
ensure_spans (SioArgs *self)
{
  gsize length;
  const char *text = sio_args_get_text (self, &length);
  const char *end = text + length;
  const char *p = sio_scan_space (text, end);

  if (self->spans != NULL)
    return self->spans;
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  while (p < end)
    {
      const char *value_end = sio_scan_value (p, end);
      Span span = { p - text, value_end - p };

      g_array_append_val (self->spans, span);
      p = sio_scan_space (value_end, end);
      if (p < end) /* the comma */
        p = sio_scan_space (p + 1, end);
    }
  return self->spans;
}

/* The text of argument i, or NULL beyond the last. */
static const char *
argument_text (SioArgs *self, guint i, gsize *length)
{
  GArray *spans = ensure_spans (self);
  gsize text_length;

  if (i >= spans->len)
    return NULL;
  *length = g_array_index (spans, Span, i).length;
  return sio_args_get_text (self, &text_length) + g_array_index (spans, Span, i).start;
}

SioArgs *
sio_args_copy_without_last (SioArgs *self)
{
  GArray *spans = ensure_spans (self);
  gsize length = 0;

  g_assert (self->source != NULL && spans->len > 0);

  if (spans->len > 1)
    length = g_array_index (spans, Span, spans->len - 2).start
             + g_array_index (spans, Span, spans->len - 2).length;
  return sio_args_new_received (self->source, self->received, length, self->attachments);
}

guint
sio_args_get_size (SioArgs *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return ensure_spans (self)->len;
}

JsonNode *
sio_args_get_node (SioArgs *self, guint i)
{
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize length;
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);
  text = argument_text (self, i, &length);
  if (text == NULL)
    return NULL;
  if (self->nodes == NULL)
    self->nodes = g_ptr_array_new_with_free_func (node_free);
  if (self->nodes->len <= i)
    g_ptr_array_set_size (self->nodes, self->spans->len);
  node = g_ptr_array_index (self->nodes, i);
  if (node != NULL)
    return node;
  node = wire_json_parse (text, length, &lazy_limits, &error);
  if (node == NULL) /* only text from sio_args_add_json() was never judged */
    g_critical ("An argument is not JSON: %s", error->message);
  self->nodes->pdata[i] = node;
  return node;
}

static JsonNode *
get_value (SioArgs *self, guint i)
{
  JsonNode *node = sio_args_get_node (self, i);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
sio_args_get_string (SioArgs *self, guint i)
{
  JsonNode *node = get_value (self, i);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

gboolean
sio_args_get_double (SioArgs *self, guint i, double *value)
{
  JsonNode *node = get_value (self, i);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  g_return_val_if_fail (value != NULL, FALSE);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
sio_args_get_int (SioArgs *self, guint i, int64_t *value)
{
  JsonNode *node = get_value (self, i);
  double number;

  g_return_val_if_fail (value != NULL, FALSE);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }
  /* 1e3 and 5.0 are the same numbers to those who write them. */
  if (!sio_args_get_double (self, i, &number) || fabs (number) > MAX_SAFE_INTEGER
      || number != floor (number))
    return FALSE;
  *value = (int64_t)number;
  return TRUE;
}

gboolean
sio_args_get_boolean (SioArgs *self, guint i, gboolean *value)
{
  JsonNode *node = get_value (self, i);

  g_return_val_if_fail (value != NULL, FALSE);
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

JsonObject *
sio_args_get_object (SioArgs *self, guint i)
{
  JsonNode *node = sio_args_get_node (self, i);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
sio_args_get_array (SioArgs *self, guint i)
{
  JsonNode *node = sio_args_get_node (self, i);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
sio_args_get_json (SioArgs *self)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  if (self->json != NULL)
    return self->json;
  text = sio_args_get_text (self, &length);
  self->json = g_malloc (length + 3);
  self->json[0] = '[';
  memcpy (self->json + 1, text, length);
  memcpy (self->json + 1 + length, "]", 2);
  return self->json;
}

/* Attachments */

guint
sio_args_get_n_attachments (SioArgs *self)
{
  return self->attachments != NULL ? self->attachments->len : 0;
}

gsize
sio_args_get_attachments_size (SioArgs *self)
{
  gsize size = 0;

  for (guint i = 0; self != NULL && i < sio_args_get_n_attachments (self); i++)
    size += g_bytes_get_size (sio_args_get_attachment (self, i));
  return size;
}

GBytes *
sio_args_get_attachment (SioArgs *self, guint i)
{
  return g_ptr_array_index (self->attachments, i);
}

/* socket.io-parser takes an object for a placeholder when its "_placeholder" is true itself. */
static gboolean
is_placeholder (JsonNode *node)
{
  JsonNode *mark;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  mark = json_object_get_member (json_node_get_object (node), "_placeholder");
  return mark != NULL && JSON_NODE_HOLDS_VALUE (mark)
         && json_node_get_value_type (mark) == G_TYPE_BOOLEAN && json_node_get_boolean (mark);
}

/* Which attachment the placeholder stands for; FALSE when there is none of that number. */
static gboolean
resolve (SioArgs *self, JsonNode *placeholder, guint *attachment)
{
  JsonNode *num = json_object_get_member (json_node_get_object (placeholder), "num");
  int64_t i;

  if (num == NULL || !JSON_NODE_HOLDS_VALUE (num) || json_node_get_value_type (num) != G_TYPE_INT64)
    return FALSE;
  i = json_node_get_int (num);
  *attachment = i;
  return i >= 0 && i < sio_args_get_n_attachments (self);
}

GBytes *
sio_args_lookup_bytes (SioArgs *self, JsonNode *placeholder)
{
  guint i;

  g_return_val_if_fail (self != NULL, NULL);
  if (placeholder == NULL || self->attachments == NULL || !is_placeholder (placeholder))
    return NULL;
  return resolve (self, placeholder, &i) ? sio_args_get_attachment (self, i) : NULL;
}

GBytes *
sio_args_get_bytes (SioArgs *self, guint i)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->attachments != NULL ? sio_args_lookup_bytes (self, sio_args_get_node (self, i))
                                   : NULL;
}

static gboolean
check_node (SioArgs *self, JsonNode *node)
{
  g_autoptr (GList) children = NULL;
  gboolean valid = TRUE;
  guint i;

  if (JSON_NODE_HOLDS_ARRAY (node))
    children = json_array_get_elements (json_node_get_array (node));
  else if (is_placeholder (node))
    return resolve (self, node, &i);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    children = json_object_get_values (json_node_get_object (node));
  for (GList *l = children; l != NULL && valid; l = l->next)
    valid = check_node (self, l->data);
  return valid;
}

static gboolean
check_trees (SioArgs *self)
{
  guint size = sio_args_get_size (self);

  for (guint i = 0; i < size; i++)
    {
      JsonNode *node = sio_args_get_node (self, i);

      if (node == NULL || !check_node (self, node))
        return FALSE;
    }
  return TRUE;
}

/* Whether the text from p on, just after the name's quote, is `:true,"num":N}` with a good N: the
 * form in which every encoder that is known writes it. */
static gboolean
check_usual_form (SioArgs *self, const char *p, const char *end)
{
  static const char form[] = ":true,\"num\":";
  guint n_attachments = sio_args_get_n_attachments (self);
  guint num = 0;

  if ((gsize)(end - p) < sizeof form || memcmp (p, form, sizeof form - 1) != 0)
    return FALSE;
  p += sizeof form - 1;
  if (!g_ascii_isdigit (*p) || (*p == '0' && p + 1 < end && p[1] != '}'))
    return FALSE;
  for (; p < end && g_ascii_isdigit (*p) && num < n_attachments; p++)
    num = num * 10 + (*p - '0');
  return p < end && *p == '}' && num < n_attachments;
}

/* Without a backslash in the text, a quoted name can be found by its bytes; when all are of the
 * usual form no tree is needed. */
gboolean
sio_args_check_placeholders (SioArgs *self)
{
  static const char name[] = "\"_placeholder\"";
  gsize length;
  const char *text = sio_args_get_text (self, &length);
  const char *end = text + length;
  const char *p = text;

  if (memchr (text, '\\', length) != NULL)
    return check_trees (self);
  while ((p = memmem (p, end - p, name, sizeof name - 1)) != NULL)
    {
      gboolean is_first_key = p > text && p[-1] == '{';

      p += sizeof name - 1;
      if (!is_first_key || !check_usual_form (self, p, end))
        return check_trees (self);
    }
  return TRUE;
}
