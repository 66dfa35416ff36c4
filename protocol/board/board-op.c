/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-op.h"

#include <string.h>

#include "board-canonical.h"
#include "board-element-private.h"
#include "board-fields.h"
#include "board-schema.h"
#include "board/board-invite.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

#define MAX_KIND 32

typedef struct {
  BoardChangeType type;
  char *id;
  BoardElement *element;
  JsonObject *props;
  char *text; /* of a chat or a title; of an unknown change its canonical JSON */
} Change;

struct _BoardOp {
  gatomicrefcount refs;
  GPtrArray *changes; /* (element-type Change) */
};

G_DEFINE_BOXED_TYPE (BoardOp, board_op, board_op_ref, board_op_unref)

static void
change_free (Change *change)
{
  g_free (change->id);
  g_clear_pointer (&change->element, board_element_unref);
  g_clear_pointer (&change->props, json_object_unref);
  g_free (change->text);
  g_free (change);
}

static Change *
add_change (BoardOp *self, BoardChangeType type)
{
  Change *change = g_new0 (Change, 1);

  change->type = type;
  g_ptr_array_add (self->changes, change);
  return change;
}

BoardOp *
board_op_new (void)
{
  BoardOp *self = g_new0 (BoardOp, 1);

  g_atomic_ref_count_init (&self->refs);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  return self;
}

BoardOp *
board_op_ref (BoardOp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
board_op_unref (BoardOp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->changes);
  g_free (self);
}

void
board_op_add_element (BoardOp *self, BoardElement *element)
{
  Change *change;

  g_return_if_fail (self != NULL && element != NULL);

  change = add_change (self, BOARD_CHANGE_ADD);
  change->element = board_element_ref (element);
  change->id = g_strdup (board_element_get_id (element));
}

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (copy, name, json_node_copy (node));
  return copy;
}

void
board_op_set_props (BoardOp *self, const char *id, JsonObject *props)
{
  Change *change;

  g_return_if_fail (self != NULL && id != NULL && props != NULL);

  change = add_change (self, BOARD_CHANGE_SET);
  change->id = g_strdup (id);
  change->props = copy_object (props);
}

void
board_op_remove_element (BoardOp *self, const char *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_change (self, BOARD_CHANGE_REMOVE)->id = g_strdup (id);
}

void
board_op_chat (BoardOp *self, const char *text)
{
  Change *change;

  g_return_if_fail (self != NULL && text != NULL && g_utf8_validate (text, -1, NULL));

  change = add_change (self, BOARD_CHANGE_CHAT);
  change->id = board_id_generate ();
  change->text = g_strdup (text);
}

void
board_op_set_title (BoardOp *self, const char *title)
{
  g_return_if_fail (self != NULL && title != NULL && g_utf8_validate (title, -1, NULL));

  add_change (self, BOARD_CHANGE_TITLE)->text = g_strdup (title);
}

guint
board_op_get_n_changes (BoardOp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes->len;
}

static Change *
get_change (BoardOp *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->changes->len, NULL);

  return g_ptr_array_index (self->changes, i);
}

BoardChangeType
board_op_get_change_type (BoardOp *self, guint i)
{
  Change *change = get_change (self, i);

  return change != NULL ? change->type : BOARD_CHANGE_UNKNOWN;
}

const char *
board_op_get_change_id (BoardOp *self, guint i)
{
  Change *change = get_change (self, i);

  return change != NULL ? change->id : NULL;
}

BoardElement *
board_op_get_change_element (BoardOp *self, guint i)
{
  Change *change = get_change (self, i);

  return change != NULL ? change->element : NULL;
}

JsonObject *
board_op_get_change_props (BoardOp *self, guint i)
{
  Change *change = get_change (self, i);

  return change != NULL ? change->props : NULL;
}

const char *
board_op_get_change_text (BoardOp *self, guint i)
{
  Change *change = get_change (self, i);

  return change != NULL && change->type != BOARD_CHANGE_UNKNOWN ? change->text : NULL;
}

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  board_canonical_append (out, node);
}

static void
append_change (GString *out, const Change *change)
{
  switch (change->type)
    {
    case BOARD_CHANGE_ADD:
      g_string_append (out, "[\"+\",");
      g_string_append (out, board_element_get_text (change->element));
      break;
    case BOARD_CHANGE_SET:
      g_string_append (out, "[\"=\",");
      wire_json_append_string (out, change->id);
      g_string_append_c (out, ',');
      append_object (out, change->props);
      break;
    case BOARD_CHANGE_REMOVE:
      g_string_append (out, "[\"-\",");
      wire_json_append_string (out, change->id);
      break;
    case BOARD_CHANGE_CHAT:
      g_string_append (out, "[\"chat\",{\"id\":");
      wire_json_append_string (out, change->id);
      g_string_append (out, ",\"text\":");
      wire_json_append_string (out, change->text);
      g_string_append_c (out, '}');
      break;
    case BOARD_CHANGE_TITLE:
      g_string_append (out, "[\"title\",");
      wire_json_append_string (out, change->text);
      break;
    case BOARD_CHANGE_UNKNOWN:
      g_string_append (out, change->text);
      return;
    }
  g_string_append_c (out, ']');
}

char *
board_op_to_json (BoardOp *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new ("{\"c\":[");
  for (guint i = 0; i < self->changes->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_change (out, g_ptr_array_index (self->changes, i));
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static gboolean
fail (GError **error, BoardError code, const char *what)
{
  g_set_error_literal (error, BOARD_ERROR, code, what);
  return FALSE;
}

static gboolean
parse_id (JsonNode *node, Change *change, GError **error)
{
  const char *id;

  if (!board_node_string (node, &id) || !board_schema_id_is_valid (id))
    return fail (error, BOARD_ERROR_SCHEMA, "\"id\" is no id");
  change->id = g_strdup (id);
  return TRUE;
}

static gboolean
parse_add (JsonArray *array, Change *change, GError **error)
{
  JsonNode *node = json_array_get_element (array, 1);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, BOARD_ERROR_SCHEMA, "The element is not an object");
  change->element = board_element_new (json_node_get_object (node), error);
  if (change->element == NULL)
    return FALSE;
  change->id = g_strdup (board_element_get_id (change->element));
  return TRUE;
}

static gboolean
parse_set (JsonArray *array, Change *change, GError **error)
{
  JsonNode *node = json_array_get_element (array, 2);
  JsonObjectIter iter;
  const char *name;

  if (!parse_id (json_array_get_element (array, 1), change, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, BOARD_ERROR_SCHEMA, "The properties are not an object");
  change->props = json_object_ref (json_node_get_object (node));
  if (json_object_get_size (change->props) > BOARD_MAX_PROPS)
    return fail (error, BOARD_ERROR_LIMIT, "Too many properties");
  json_object_iter_init (&iter, change->props);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (g_str_equal (name, "id") || g_str_equal (name, "type"))
        return fail (error, BOARD_ERROR_SCHEMA, "An element's id and type cannot change");
      if (!board_schema_check (BOARD_ELEMENT_UNKNOWN, name, node, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_remove (JsonArray *array, Change *change, GError **error)
{
  return parse_id (json_array_get_element (array, 1), change, error);
}

static gboolean
parse_chat (JsonArray *array, Change *change, GError **error)
{
  JsonNode *node = json_array_get_element (array, 1);
  JsonObject *object;
  const char *text;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, BOARD_ERROR_SCHEMA, "The message is not an object");
  object = json_node_get_object (node);
  if (!parse_id (json_object_get_member (object, "id"), change, error)
      || !board_fields_string (object, "text", BOARD_MAX_CHAT * 4, &text, error))
    return FALSE;
  if (*text == '\0' || g_utf8_strlen (text, -1) > BOARD_MAX_CHAT)
    return fail (error, BOARD_ERROR_LIMIT, "The message is empty or too long");
  change->text = g_strdup (text);
  return TRUE;
}

static gboolean
parse_title (JsonArray *array, Change *change, GError **error)
{
  const char *text;

  if (!board_node_string (json_array_get_element (array, 1), &text))
    return fail (error, BOARD_ERROR_SCHEMA, "The title is not a string");
  if (g_utf8_strlen (text, -1) > BOARD_MAX_TITLE)
    return fail (error, BOARD_ERROR_LIMIT, "The title is too long");
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return fail (error, BOARD_ERROR_SCHEMA, "The title has a control character");
  change->text = g_strdup (text);
  return TRUE;
}

static const struct {
  const char *kind;
  BoardChangeType type;
  guint length; /* of the array, the kind counted */
  gboolean (*parse) (JsonArray *array, Change *change, GError **error);
} kinds[] = {
  { "+", BOARD_CHANGE_ADD, 2, parse_add },
  { "=", BOARD_CHANGE_SET, 3, parse_set },
  { "-", BOARD_CHANGE_REMOVE, 2, parse_remove },
  { "chat", BOARD_CHANGE_CHAT, 2, parse_chat },
  { "title", BOARD_CHANGE_TITLE, 2, parse_title },
};

static gboolean
parse_unknown (JsonNode *node, Change *change)
{
  GString *out = g_string_new (NULL);

  board_canonical_append (out, node);
  change->text = g_string_free (out, FALSE);
  return TRUE;
}

static gboolean
parse_change (JsonNode *node, BoardOp *op, GError **error)
{
  JsonArray *array;
  const char *kind;
  Change *change;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, BOARD_ERROR_SCHEMA, "A change is not an array");
  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0
      || !board_node_string (json_array_get_element (array, 0), &kind)
      || strnlen (kind, MAX_KIND + 1) > MAX_KIND)
    return fail (error, BOARD_ERROR_SCHEMA, "A change has no kind");
  change = add_change (op, BOARD_CHANGE_UNKNOWN);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kind, kinds[i].kind))
      {
        change->type = kinds[i].type;
        if (json_array_get_length (array) != kinds[i].length)
          return fail (error, BOARD_ERROR_SCHEMA, "A change has too few or too many parts");
        return kinds[i].parse (array, change, error);
      }
  return parse_unknown (node, change);
}

static JsonArray *
get_changes (JsonNode *root, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, BOARD_ERROR_SCHEMA, "An op is not an object");
      return NULL;
    }
  if (!board_fields_array (json_node_get_object (root), "c", BOARD_MAX_CHANGES, &array, error))
    return NULL;
  return array;
}

BoardOp *
board_op_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (BoardOp) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *changes;

  g_return_val_if_fail (text != NULL, NULL);

  root = board_element_parse_json (text, length < 0 ? strlen (text) : (gsize) length, error);
  if (root == NULL)
    return NULL;
  changes = get_changes (root, error);
  if (changes == NULL)
    return NULL;
  self = board_op_new ();
  for (guint i = 0; i < json_array_get_length (changes); i++)
    if (!parse_change (json_array_get_element (changes, i), self, error))
      {
        g_prefix_error (error, "Change %u: ", i);
        return NULL;
      }
  return g_steal_pointer (&self);
}
