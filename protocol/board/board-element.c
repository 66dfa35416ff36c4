/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-element.h"

#include <string.h>

#include "board-canonical.h"
#include "board-element-layout.h"
#include "board-fields.h"
#include "board-references.h"
#include "board-schema.h"
#include "board/board-gaps.h"
#include "json/wire-json.h"

G_DEFINE_BOXED_TYPE (BoardElement, board_element, board_element_ref, board_element_unref)

static const WireJsonLimits element_limits = {
  .max_bytes = BOARD_MAX_OP_TEXT,
  .max_depth = BOARD_MAX_DEPTH,
  .max_values = BOARD_MAX_VALUES,
  .max_members = BOARD_MAX_PROPS,
  .unique_keys = TRUE,
};

JsonNode *
board_element_parse_json (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  JsonNode *node = wire_json_parse (text, length, &element_limits, &wrong);

  if (node == NULL)
    g_set_error_literal (error, BOARD_ERROR,
                         g_error_matches (wrong, WIRE_JSON_ERROR, WIRE_JSON_ERROR_LIMIT)
                             ? BOARD_ERROR_LIMIT
                             : BOARD_ERROR_SYNTAX,
                         wrong->message);
  return node;
}

char *
board_element_make_id (void)
{
  return board_id_generate ();
}

static const char *
get_text (BoardElement *self)
{
  return self->data + self->text;
}

static JsonObject *
parse_props (BoardElement *self)
{
  g_autofree char *text = board_element_dup_text (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = board_element_parse_json (text, strlen (text), &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* References are made of several properties: when one of them changes, all are read anew. */
static void
read_references (BoardElement *self, BoardElement *base, JsonObject *changes)
{
  g_autoptr (JsonObject) props = NULL;

  if (!board_references_are_in (changes))
    {
      if (base != NULL && base->references != NULL)
        self->references = g_ptr_array_ref (base->references);
      return;
    }
  props = parse_props (self);
  self->references = board_references_read (props);
}

BoardElement *
board_element_alloc (const char *id,
                     const char *index,
                     BoardElementType kind,
                     const char *text,
                     gsize size,
                     gsize hole,
                     gsize left_out)
{
  const gsize id_size = strlen (id) + 1, index_size = strlen (index) + 1;
  BoardElement *self = g_malloc (sizeof *self + id_size + index_size + size - left_out + 1);
  char *to;

  memset (self, 0, sizeof *self);
  g_atomic_ref_count_init (&self->refs);
  self->opacity = 100;
  self->shape.kind = kind;
  self->shape.stroke_width = BOARD_DEFAULT_WIDTH;
  self->hole = (guint32) hole;
  self->index = (guint8) id_size;
  self->text = (guint8) (id_size + index_size);
  memcpy (self->data, id, id_size);
  memcpy (self->data + self->index, index, index_size);
  to = self->data + self->text;
  memcpy (to, text, hole);
  memcpy (to + hole, text + hole + left_out, size - hole - left_out);
  to[size - left_out] = '\0';
  return self;
}

static BoardElement *
alloc_for_text (const char *id, const char *index, BoardElementType kind, const char *text)
{
  const char *points = text;
  gsize left_out = 0;

  if (kind == BOARD_ELEMENT_FREEDRAW && board_canonical_find (text, "points", &points, &left_out))
    {
      points++; /* a quote on both sides stays */
      left_out -= 2;
    }
  return board_element_alloc (id, index, kind, text, strlen (text), (gsize) (points - text),
                              left_out);
}

static void
take_over (BoardElement *self, BoardElement *base)
{
  self->shape = base->shape;
  if (self->shape.path != NULL)
    board_stroke_ref (self->shape.path);
  self->opacity = base->opacity;
  self->locked = base->locked;
  self->special = base->special;
  self->bound = base->bound;
  self->gaps = base->gaps;
  self->frame = base->frame != NULL ? g_ref_string_acquire (base->frame) : NULL;
  self->color = g_ref_string_acquire (base->color);
}

static const char *
find_index (BoardElement *base, JsonObject *changes)
{
  const char *index = base != NULL ? board_element_get_index (base) : "";
  JsonNode *node;

  if (board_element_find_change (changes, "index", &node))
    board_node_string (node, &index);
  return index;
}

static char *
merge_text (BoardElement *base, JsonObject *changes, GError **error)
{
  g_autofree char *text = base != NULL ? board_element_dup_text (base) : g_strdup ("{}");
  guint n_props;
  g_autofree char *merged = board_canonical_merge (text, changes, &n_props);

  if (n_props <= BOARD_MAX_PROPS && strlen (merged) <= BOARD_MAX_ELEMENT)
    return g_steal_pointer (&merged);
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT,
                       "The element has too many or too long properties");
  return NULL;
}

/* The element that base (NULL: one without properties, of that id and kind) becomes by the
 * changes, all of which have been judged, but for what packed points hold. */
static BoardElement *
element_change (BoardElement *base,
                const char *id,
                BoardElementType kind,
                JsonObject *changes,
                GError **error)
{
  g_autoptr (BoardElement) self = NULL;
  g_autofree char *text = merge_text (base, changes, error);

  if (text == NULL)
    return NULL;
  self = alloc_for_text (base != NULL ? base->data : id, find_index (base, changes), kind, text);
  self->hash = board_hash_text ('e', text);
  if (base != NULL)
    take_over (self, base);
  if (!board_element_read_changes (self, changes, error))
    return NULL;
  read_references (self, base, changes);
  return g_steal_pointer (&self);
}

/* Packed points need not be unpacked twice. */
static gboolean
is_packed (BoardElementType kind, const char *name, JsonNode *node)
{
  const char *text;

  return kind == BOARD_ELEMENT_FREEDRAW && g_str_equal (name, "points")
         && board_node_string (node, &text);
}

static gboolean
check_props (BoardElementType kind, JsonObject *props, gboolean unpack, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (json_object_get_size (props) > BOARD_MAX_PROPS)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT,
                           "The element has too many properties");
      return FALSE;
    }
  json_object_iter_init (&iter, props);
  while (json_object_iter_next (&iter, &name, &node))
    if ((unpack || !is_packed (kind, name, node)) && !board_schema_check (kind, name, node, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_changes (BoardElement *self, JsonObject *props, gboolean unpack, GError **error)
{
  if (json_object_has_member (props, "id") || json_object_has_member (props, "type"))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA,
                           "An element's id and type cannot change");
      return FALSE;
    }
  return check_props (self->shape.kind, props, unpack, error);
}

BoardElement *
board_element_new (JsonObject *props, GError **error)
{
  const char *id, *type;
  BoardElementType kind;

  g_return_val_if_fail (props != NULL, NULL);

  if (!board_fields_string (props, "type", BOARD_MAX_NAME_BYTES, &type, error))
    return NULL;
  kind = board_schema_find_type (type);
  if (!board_schema_check_complete (kind, props, error) || !check_props (kind, props, FALSE, error)
      || !board_fields_string (props, "id", BOARD_MAX_NAME_BYTES, &id, error))
    return NULL;
  return element_change (NULL, id, kind, props, error);
}

gboolean
board_element_accepts (BoardElement *self, JsonObject *props, GError **error)
{
  return check_changes (self, props, TRUE, error);
}

BoardElement *
board_element_with (BoardElement *self, JsonObject *props, GError **error)
{
  g_return_val_if_fail (self != NULL && props != NULL, NULL);

  if (!check_changes (self, props, FALSE, error))
    return NULL;
  return element_change (self, NULL, self->shape.kind, props, error);
}

BoardElement *
board_element_ref (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
board_element_unref (BoardElement *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->shape.path, board_stroke_unref);
  g_clear_pointer (&self->color, g_ref_string_release);
  g_clear_pointer (&self->frame, g_ref_string_release);
  g_clear_pointer (&self->props, json_object_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_free (self);
}

const char *
board_element_get_id (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}

BoardElementType
board_element_get_kind (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, BOARD_ELEMENT_UNKNOWN);

  return self->shape.kind;
}

const char *
board_element_get_index (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data + self->index;
}

double
board_element_get_x (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shape.x;
}

double
board_element_get_y (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shape.y;
}

double
board_element_get_stroke_width (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shape.stroke_width;
}

double
board_element_get_opacity (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->opacity / 100;
}

double
board_element_get_angle (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shape.angle;
}

gboolean
board_element_get_locked (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->locked;
}

const char *
board_element_get_frame_id (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->frame;
}

gboolean
board_element_get_special (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->special;
}

gboolean
board_element_has_bound (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->bound;
}

const char *
board_element_get_stroke_color (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->color;
}

/* Parsed once, by whichever thread asks first. */
static JsonObject *
get_props (BoardElement *self)
{
  JsonObject *props = g_atomic_pointer_get (&self->props);

  if (props != NULL)
    return props;
  props = parse_props (self);
  if (g_atomic_pointer_compare_and_exchange (&self->props, NULL, props))
    return props;
  json_object_unref (props);
  return g_atomic_pointer_get (&self->props);
}

JsonNode *
board_element_get_prop (BoardElement *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return json_object_get_member (get_props (self), name);
}

BoardStroke *
board_element_get_stroke (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->shape.kind == BOARD_ELEMENT_FREEDRAW ? self->shape.path : NULL;
}

void
board_element_get_bounds (BoardElement *self, BoardRect *bounds)
{
  g_return_if_fail (self != NULL && bounds != NULL);

  board_shape_get_bounds (&self->shape, bounds);
}

/* Of a stroke of which parts were rubbed out: what is left of it. */
static gboolean
hit_pieces (BoardElement *self, double x0, double y0, double x1, double y1, double tolerance)
{
  g_autoptr (GPtrArray) pieces = board_gaps_split (self);
  BoardShape shape = self->shape;

  board_shape_turn_back (&self->shape, &x0, &y0);
  board_shape_turn_back (&self->shape, &x1, &y1);
  shape.angle = 0;
  for (guint i = 0; i < pieces->len; i++)
    {
      shape.path = g_ptr_array_index (pieces, i);
      if (board_shape_hit (&shape, x0, y0, x1, y1, tolerance))
        return TRUE;
    }
  return FALSE;
}

gboolean
board_element_hit (BoardElement *self, double x, double y, double tolerance)
{
  return board_element_hit_segment (self, x, y, x, y, tolerance);
}

gboolean
board_element_hit_segment (BoardElement *self,
                           double x0,
                           double y0,
                           double x1,
                           double y1,
                           double tolerance)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->gaps && self->shape.kind == BOARD_ELEMENT_FREEDRAW)
    return hit_pieces (self, x0, y0, x1, y1, tolerance);
  return board_shape_hit (&self->shape, x0, y0, x1, y1, tolerance);
}

JsonObject *
board_element_to_json (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return parse_props (self);
}

void
board_element_append_text (BoardElement *self, GString *out)
{
  const char *text = get_text (self);

  g_string_append_len (out, text, self->hole);
  if (self->hole != 0)
    board_stroke_append_packed (self->shape.path, out);
  g_string_append (out, text + self->hole);
}

char *
board_element_dup_text (BoardElement *self)
{
  GString *text = g_string_sized_new (board_element_get_text_length (self) + 1);

  board_element_append_text (self, text);
  return g_string_free (text, FALSE);
}

gsize
board_element_get_text_length (BoardElement *self)
{
  return strlen (get_text (self))
         + (self->hole != 0 ? board_stroke_get_packed_length (self->shape.path) : 0);
}

JsonNode *
board_element_dup_prop (BoardElement *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  const char *value;
  JsonNode *node;
  gsize length;

  if (!board_canonical_find (get_text (self), name, &value, &length))
    return NULL;
  if (self->hole != 0 && value + 1 == get_text (self) + self->hole)
    {
      g_autofree char *points = board_stroke_pack (self->shape.path);

      return json_node_init_string (json_node_alloc (), points);
    }
  node = board_element_parse_json (value, length, &error);
  g_assert_no_error (error);
  return node;
}

BoardHash
board_element_get_hash (BoardElement *self)
{
  g_assert (self != NULL);

  return self->hash;
}

gboolean
board_element_equal (BoardElement *a, BoardElement *b)
{
  return a == b
         || (a->hash.lanes[0] == b->hash.lanes[0] && a->hash.lanes[1] == b->hash.lanes[1]
             && g_str_equal (get_text (a), get_text (b))
             && (a->hole == 0 || board_stroke_equal (a->shape.path, b->shape.path)));
}

int
board_element_compare (BoardElement *a, BoardElement *b)
{
  int order = strcmp (a->data + a->index, b->data + b->index);

  return order != 0 ? order : strcmp (a->data, b->data);
}

gboolean
board_element_has_gaps (BoardElement *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->gaps;
}

BoardStroke *
board_element_ref_path (BoardElement *self)
{
  return board_stroke_ref (self->shape.path);
}

void
board_element_turn_back (BoardElement *self, double *x, double *y)
{
  board_shape_turn_back (&self->shape, x, y);
}

GPtrArray *
board_element_get_references (BoardElement *self)
{
  return self->references;
}
