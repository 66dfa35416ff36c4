/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-record.h"

#include "board-canonical.h"
#include "board-element-private.h"
#include "board-fields.h"
#include "board-schema.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

void
board_record_free (BoardRecord *self)
{
  g_free (self->id);
  g_free (self->prop);
  g_clear_pointer (&self->old, json_node_unref);
  g_clear_pointer (&self->set, json_node_unref);
  g_clear_pointer (&self->element, board_element_unref);
  g_clear_pointer (&self->taken, json_object_unref);
  g_free (self->title);
  g_free (self);
}

static BoardRecord *
record_new (BoardRecordType type, uint64_t counter, const char *id)
{
  BoardRecord *self = g_new0 (BoardRecord, 1);

  self->type = type;
  self->counter = counter;
  self->id = g_strdup (id);
  return self;
}

static void
set_element (BoardRecord *self, BoardElement *element)
{
  board_element_ref (element);
  g_clear_pointer (&self->element, board_element_unref);
  g_clear_pointer (&self->taken, json_object_unref);
  self->element = element;
}

BoardElement *
board_record_get_element (BoardRecord *self)
{
  g_autoptr (BoardElement) element = NULL;

  g_assert (self->type == BOARD_RECORD_THERE);

  if (self->taken != NULL)
    element = board_element_with (self->element, self->taken, NULL);
  if (element != NULL)
    set_element (self, element);
  return self->element;
}

static void
make_props (GPtrArray *records, BoardElement *element, uint64_t counter, JsonObject *props)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!board_element_accepts (element, props, NULL))
    return;
  json_object_iter_init (&iter, props);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autoptr (JsonNode) old = board_element_dup_prop (element, name);
      BoardRecord *record;

      if (board_canonical_equal (old, node))
        continue;
      record = record_new (BOARD_RECORD_PROP, counter, board_element_get_id (element));
      record->prop = g_strdup (name);
      record->old = g_steal_pointer (&old);
      record->set = JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_ref (node);
      g_ptr_array_add (records, record);
    }
}

static void
make_there (GPtrArray *records, BoardElement *element, uint64_t counter)
{
  BoardRecord *record = record_new (BOARD_RECORD_THERE, counter, board_element_get_id (element));

  set_element (record, element);
  g_ptr_array_add (records, record);
}

void
board_record_make (GPtrArray *records,
                   BoardDocument *document,
                   uint64_t counter,
                   BoardOp *op,
                   guint change)
{
  const char *id = board_op_get_change_id (op, change);
  BoardElement *element = id != NULL ? board_document_get_element (document, id) : NULL;
  BoardRecord *record;

  switch (board_op_get_change_type (op, change))
    {
    case BOARD_CHANGE_ADD:
      if (element == NULL)
        g_ptr_array_add (records, record_new (BOARD_RECORD_GONE, counter, id));
      else
        make_there (records, element, counter);
      break;
    case BOARD_CHANGE_SET:
      if (element != NULL)
        make_props (records, element, counter, board_op_get_change_props (op, change));
      break;
    case BOARD_CHANGE_REMOVE:
      if (element != NULL)
        make_there (records, element, counter);
      break;
    case BOARD_CHANGE_TITLE:
      record = record_new (BOARD_RECORD_TITLE, counter, "");
      record->title = g_strdup (board_document_get_title (document));
      g_ptr_array_add (records, record);
      break;
    default: /* talk is never undone */
      break;
    }
}

static gboolean
is_pending (const BoardRecord *self, BoardOverlay *overlay)
{
  return self->counter >= board_overlay_get_first_counter (overlay);
}

/* The new value comes after my confirmed change, which ends my say; or before my pending one,
 * which then replaced the new value, unless another pending op of mine stands between. */
static void
foreign_value (BoardRecord *self, BoardOverlay *overlay, JsonNode *value)
{
  if (!is_pending (self, overlay))
    self->dead = TRUE;
  else if (board_overlay_get_first_writer (overlay, self->id, self->prop) == self->counter)
    {
      g_clear_pointer (&self->old, json_node_unref);
      self->old = value != NULL ? json_node_ref (value) : NULL;
    }
}

/* What I deleted was changed by somebody who had not heard of it, or whose change came first. A
 * change of which the element cannot have a part does nothing, as anywhere. */
static void
foreign_absorb (BoardRecord *self, BoardOverlay *overlay, JsonObject *props)
{
  g_autoptr (JsonObject) taken = json_object_new ();
  gboolean pending = is_pending (self, overlay);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!board_element_accepts (self->element, props, NULL))
    return;
  json_object_iter_init (&iter, props);
  while (json_object_iter_next (&iter, &name, &node))
    if (!pending || board_overlay_get_first_writer (overlay, self->id, name) == self->counter)
      json_object_set_member (taken, name, json_node_ref (node));
  if (self->taken == NULL)
    self->taken = json_object_new ();
  board_fields_merge (self->taken, taken, BOARD_MAX_PROPS);
}

static void
foreign_set (BoardRecord *self, BoardOverlay *overlay, JsonObject *props)
{
  if (self->type == BOARD_RECORD_THERE)
    foreign_absorb (self, overlay, props);
  else if (self->type == BOARD_RECORD_PROP && json_object_has_member (props, self->prop))
    foreign_value (self, overlay, json_object_get_member (props, self->prop));
}

static void
foreign_add (BoardRecord *self, BoardOverlay *overlay, BoardElement *element)
{
  g_autoptr (JsonNode) value = NULL;

  if (self->type == BOARD_RECORD_PROP)
    {
      value = board_element_dup_prop (element, self->prop);
      foreign_value (self, overlay, value);
    }
  else if (!is_pending (self, overlay))
    self->dead = TRUE;
  else if (board_overlay_get_first_writer (overlay, self->id, NULL) == self->counter)
    {
      self->type = BOARD_RECORD_THERE;
      set_element (self, element);
    }
}

static void
foreign_title (BoardRecord *self, BoardOverlay *overlay, const char *title)
{
  if (!is_pending (self, overlay))
    self->dead = TRUE;
  else if (board_overlay_get_first_title (overlay) == self->counter)
    {
      g_free (self->title);
      self->title = g_strdup (title);
    }
}

void
board_record_foreign (BoardRecord *self, BoardOverlay *overlay, const BoardEffect *effect)
{
  if (self->dead)
    return;
  switch (effect->type)
    {
    case BOARD_CHANGE_ADD:
      foreign_add (self, overlay, effect->element);
      break;
    case BOARD_CHANGE_SET:
      foreign_set (self, overlay, effect->props);
      break;
    case BOARD_CHANGE_REMOVE:
      if (self->type == BOARD_RECORD_THERE)
        self->dead = TRUE;
      break;
    case BOARD_CHANGE_TITLE:
      if (self->type == BOARD_RECORD_TITLE)
        foreign_title (self, overlay, effect->text);
      break;
    default:
      break;
    }
}

static void
set_old (BoardRecord *self, JsonNode *old)
{
  g_clear_pointer (&self->old, json_node_unref);
  self->old = old != NULL ? json_node_ref (old) : NULL;
}

/* A property was never changed by the rejected op. */
static gboolean
inherit_prop (BoardRecord *self, BoardRecord *rejected)
{
  g_autoptr (JsonObject) props = NULL;
  g_autoptr (BoardElement) element = NULL;

  if (self->type == BOARD_RECORD_PROP)
    {
      if (!g_str_equal (self->prop, rejected->prop))
        return FALSE;
      set_old (self, rejected->old);
    }
  else if (self->type == BOARD_RECORD_THERE)
    {
      props = json_object_new ();
      json_object_set_member (props, rejected->prop,
                              rejected->old != NULL ? json_node_ref (rejected->old)
                                                    : json_node_init_null (json_node_alloc ()));
      element = board_element_with (board_record_get_element (self), props, NULL);
      if (element != NULL)
        set_element (self, element);
    }
  return TRUE;
}

/* Without the rejected op the element was not there, so nothing of it can come back until it is
 * added again. */
static gboolean
inherit_gone (BoardRecord *self)
{
  if (self->type == BOARD_RECORD_GONE)
    return TRUE;
  self->dead = TRUE;
  return FALSE;
}

/* An element was never taken away, or exchanged, by the rejected op. */
static gboolean
inherit_there (BoardRecord *self, BoardRecord *rejected)
{
  g_autoptr (JsonNode) old = NULL;

  if (self->type == BOARD_RECORD_PROP)
    {
      old = board_element_dup_prop (board_record_get_element (rejected), self->prop);
      set_old (self, old);
    }
  else
    {
      self->type = BOARD_RECORD_THERE;
      set_element (self, board_record_get_element (rejected));
    }
  return TRUE;
}

gboolean
board_record_inherit (BoardRecord *self, BoardRecord *rejected)
{
  switch (rejected->type)
    {
    case BOARD_RECORD_PROP:
      return inherit_prop (self, rejected);
    case BOARD_RECORD_GONE:
      return inherit_gone (self);
    case BOARD_RECORD_THERE:
      /* Dead while it was pending: somebody had deleted the element before, there was nothing. */
      return rejected->dead ? inherit_gone (self) : inherit_there (self, rejected);
    case BOARD_RECORD_TITLE:
    default:
      g_free (self->title);
      self->title = g_strdup (rejected->title);
      return TRUE;
    }
}

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, ',');
  wire_json_append_string (out, text);
}

static void
append_value (GString *out, JsonNode *value)
{
  g_string_append_c (out, ',');
  if (value != NULL)
    board_canonical_append (out, value);
  else
    g_string_append (out, "null");
}

void
board_record_append (GString *out, BoardRecord *self)
{
  g_string_append_c (out, '[');
  wire_json_append_int (out, (int64_t) self->counter);
  switch (self->type)
    {
    case BOARD_RECORD_PROP:
      append_string (out, "=");
      append_string (out, self->id);
      append_string (out, self->prop);
      append_value (out, self->old);
      append_value (out, self->set);
      break;
    case BOARD_RECORD_GONE:
      append_string (out, "-");
      append_string (out, self->id);
      break;
    case BOARD_RECORD_THERE:
      append_string (out, "+");
      g_string_append_c (out, ',');
      board_element_append_text (board_record_get_element (self), out);
      break;
    case BOARD_RECORD_TITLE:
      append_string (out, "title");
      append_string (out, self->title);
      break;
    }
  g_string_append_c (out, ']');
}

static gboolean
parse_id (JsonArray *array, guint length, char **id)
{
  const char *text;

  if (json_array_get_length (array) != length
      || !board_node_string (json_array_get_element (array, 2), &text)
      || !board_schema_id_is_valid (text))
    return FALSE;
  *id = g_strdup (text);
  return TRUE;
}

/* A property's value, judged; null is NULL. */
static gboolean
parse_value (JsonArray *array, guint i, const char *name, JsonNode **value)
{
  JsonNode *node = json_array_get_element (array, i);

  *value = JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_ref (node);
  return board_schema_check (BOARD_ELEMENT_UNKNOWN, name, node, NULL);
}

static gboolean
parse_prop (BoardRecord *self, JsonArray *array)
{
  const char *name;

  if (!parse_id (array, 6, &self->id)
      || !board_node_string (json_array_get_element (array, 3), &name))
    return FALSE;
  self->type = BOARD_RECORD_PROP;
  self->prop = g_strdup (name);
  return parse_value (array, 4, name, &self->old) && parse_value (array, 5, name, &self->set);
}

static gboolean
parse_there (BoardRecord *self, JsonArray *array)
{
  JsonNode *node = json_array_get_length (array) == 3 ? json_array_get_element (array, 2) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  self->type = BOARD_RECORD_THERE;
  self->element = board_element_new (json_node_get_object (node), NULL);
  if (self->element == NULL)
    return FALSE;
  self->id = g_strdup (board_element_get_id (self->element));
  return TRUE;
}

static gboolean
parse_title (BoardRecord *self, JsonArray *array)
{
  const char *title;

  if (json_array_get_length (array) != 3
      || !board_node_string (json_array_get_element (array, 2), &title)
      || g_utf8_strlen (title, -1) > BOARD_MAX_TITLE)
    return FALSE;
  self->type = BOARD_RECORD_TITLE;
  self->id = g_strdup ("");
  self->title = g_strdup (title);
  return TRUE;
}

static gboolean
parse_record (BoardRecord *self, JsonArray *array)
{
  const char *kind;
  int64_t counter;

  if (json_array_get_length (array) < 3
      || !board_node_int (json_array_get_element (array, 0), &counter) || counter < 1
      || counter > BOARD_MAX_INTEGER
      || !board_node_string (json_array_get_element (array, 1), &kind))
    return FALSE;
  self->counter = (uint64_t) counter;
  if (g_str_equal (kind, "="))
    return parse_prop (self, array);
  if (g_str_equal (kind, "+"))
    return parse_there (self, array);
  if (g_str_equal (kind, "title"))
    return parse_title (self, array);
  self->type = BOARD_RECORD_GONE;
  return g_str_equal (kind, "-") && parse_id (array, 3, &self->id);
}

BoardRecord *
board_record_parse (JsonNode *node, GError **error)
{
  BoardRecord *self = g_new0 (BoardRecord, 1);

  if (JSON_NODE_HOLDS_ARRAY (node) && parse_record (self, json_node_get_array (node)))
    return self;
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA,
                       "A record of the history is damaged");
  board_record_free (self);
  return NULL;
}
