/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-relations.h"

#include <math.h>

#include "board/board-element.h"
#include "board/board-index.h"
#include "board/board-schema.h"
#include "files/draw-props.h"

/* --- ids --- */

/* old id -> new id; renames are few, unless all are fresh */
static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
is_usable (const char *id)
{
  return id != NULL && board_schema_id_is_valid (id);
}

/* The second of two elements of one id is what nobody meant: references stay with the first. */
static void
rename_element (JsonObject *props, GHashTable *seen, GHashTable *names, gboolean fresh)
{
  g_autofree char *id = g_strdup (draw_props_get_text (props, "id"));
  g_autofree char *made = NULL;

  if (!fresh && is_usable (id) && g_hash_table_add (seen, g_strdup (id)))
    return;
  made = board_element_make_id ();
  json_object_set_string_member (props, "id", made);
  if (id != NULL && !g_hash_table_contains (names, id) && !g_hash_table_contains (seen, id))
    g_hash_table_insert (names, g_strdup (id), g_strdup (made));
}

static void
follow_name (JsonObject *props, const char *member, GHashTable *names)
{
  const char *id = draw_props_get_text (props, member);
  const char *name = id != NULL ? g_hash_table_lookup (names, id) : NULL;

  if (name != NULL)
    json_object_set_string_member (props, member, name);
}

static void
rename_groups (JsonObject *props, GHashTable *groups, gboolean fresh)
{
  JsonArray *old = draw_props_get_array (props, "groupIds");
  JsonArray *renamed;

  if (old == NULL || json_array_get_length (old) == 0)
    return;
  renamed = json_array_new ();
  for (guint i = 0; i < json_array_get_length (old); i++)
    {
      JsonNode *node = json_array_get_element (old, i);
      const char *id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (id == NULL)
        continue;
      if ((fresh || !is_usable (id)) && !g_hash_table_contains (groups, id))
        g_hash_table_insert (groups, g_strdup (id), board_element_make_id ());
      json_array_add_string_element (renamed, g_hash_table_contains (groups, id)
                                                  ? g_hash_table_lookup (groups, id)
                                                  : id);
    }
  json_object_set_array_member (props, "groupIds", renamed);
}

static void
follow_names (JsonObject *props, GHashTable *names)
{
  JsonArray *bound = draw_props_get_array (props, "boundElements");
  JsonObject *start = draw_props_get_object (props, "startBinding");
  JsonObject *end = draw_props_get_object (props, "endBinding");

  follow_name (props, "containerId", names);
  follow_name (props, "frameId", names);
  if (start != NULL)
    follow_name (start, "elementId", names);
  if (end != NULL)
    follow_name (end, "elementId", names);
  for (guint i = 0; bound != NULL && i < json_array_get_length (bound); i++)
    {
      JsonNode *entry = json_array_get_element (bound, i);

      if (JSON_NODE_HOLDS_OBJECT (entry))
        follow_name (json_node_get_object (entry), "id", names);
    }
}

void
draw_relations_rename (GPtrArray *elements, gboolean fresh)
{
  g_autoptr (GHashTable) names = new_names ();
  g_autoptr (GHashTable) groups = new_names ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_if_fail (elements != NULL);

  for (guint i = 0; i < elements->len; i++)
    rename_element (elements->pdata[i], seen, names, fresh);
  for (guint i = 0; i < elements->len; i++)
    {
      follow_names (elements->pdata[i], names);
      rename_groups (elements->pdata[i], groups, fresh);
    }
}

/* --- references --- */


static JsonObject *
look_up (GHashTable *by_id, const char *id)
{
  return id != NULL ? g_hash_table_lookup (by_id, id) : NULL;
}

static gboolean
is_type (JsonObject *props, const char *type)
{
  return props != NULL && g_strcmp0 (draw_props_get_text (props, "type"), type) == 0;
}

static gboolean
is_bound (JsonObject *container, const char *id)
{
  JsonArray *bound = draw_props_get_array (container, "boundElements");

  for (guint i = 0; bound != NULL && i < json_array_get_length (bound); i++)
    {
      JsonNode *entry = json_array_get_element (bound, i);

      if (JSON_NODE_HOLDS_OBJECT (entry)
          && g_strcmp0 (draw_props_get_text (json_node_get_object (entry), "id"), id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
bind_back (JsonObject *container, const char *id, const char *type)
{
  JsonArray *bound = draw_props_get_array (container, "boundElements");
  JsonObject *entry;

  if (is_bound (container, id))
    return;
  if (bound == NULL)
    {
      bound = json_array_new ();
      json_object_set_array_member (container, "boundElements", bound);
    }
  entry = json_object_new ();
  json_object_set_string_member (entry, "id", id);
  json_object_set_string_member (entry, "type", type);
  json_array_add_object_element (bound, entry);
}

/* Whether what is listed refers back. */
static gboolean
refers_to (JsonObject *props, const char *id)
{
  JsonObject *start = draw_props_get_object (props, "startBinding");
  JsonObject *end = draw_props_get_object (props, "endBinding");

  return g_strcmp0 (draw_props_get_text (props, "containerId"), id) == 0
         || (start != NULL && g_strcmp0 (draw_props_get_text (start, "elementId"), id) == 0)
         || (end != NULL && g_strcmp0 (draw_props_get_text (end, "elementId"), id) == 0);
}

static void
mend_bound_elements (JsonObject *props, GHashTable *by_id)
{
  JsonArray *bound = draw_props_get_array (props, "boundElements");
  const char *id = draw_props_get_text (props, "id");

  for (guint i = bound != NULL ? json_array_get_length (bound) : 0; i-- > 0;)
    {
      JsonNode *entry = json_array_get_element (bound, i);
      JsonObject *other = JSON_NODE_HOLDS_OBJECT (entry)
                              ? look_up (by_id, draw_props_get_text (json_node_get_object (entry),
                                                                     "id"))
                              : NULL;

      if (other == NULL || !refers_to (other, id))
        json_array_remove_element (bound, i);
    }
}

static void
mend_container (JsonObject *props, GHashTable *by_id)
{
  JsonObject *container = look_up (by_id, draw_props_get_text (props, "containerId"));

  if (!draw_props_has (props, "containerId"))
    return;
  if (container == NULL || container == props || is_type (container, "text"))
    json_object_remove_member (props, "containerId");
  else
    bind_back (container, draw_props_get_text (props, "id"), "text");
}

/* The place of an end of an arrow, unrotated. */
static gboolean
get_end (JsonObject *arrow, gboolean start, double *x, double *y)
{
  JsonArray *points = draw_props_get_array (arrow, "points");
  guint n = points != NULL ? json_array_get_length (points) : 0;
  JsonArray *pair;

  if (n < 2)
    return FALSE;
  pair = json_array_get_array_element (points, start ? 0 : n - 1);
  *x = draw_props_get_number (arrow, "x", 0) + json_array_get_double_element (pair, 0);
  *y = draw_props_get_number (arrow, "y", 0) + json_array_get_double_element (pair, 1);
  return TRUE;
}

static double
get_share (double place, JsonObject *shape, const char *origin, const char *size)
{
  const double width = draw_props_get_number (shape, size, 0);

  return width > 0
             ? CLAMP ((place - draw_props_get_number (shape, origin, 0)) / width, 0, 1)
             : 0.5;
}

/* Until 2025 bindings said {focus, gap}; now a point of the shape's box in shares of its sides. */
static void
renew_binding (JsonObject *arrow, JsonObject *binding, JsonObject *shape, gboolean start)
{
  JsonArray *point = draw_props_get_array (binding, "fixedPoint");
  double x, y;

  if ((point != NULL && json_array_get_length (point) == 2) || !get_end (arrow, start, &x, &y))
    return;
  point = json_array_new ();
  json_array_add_double_element (point, get_share (x, shape, "x", "width"));
  json_array_add_double_element (point, get_share (y, shape, "y", "height"));
  json_object_set_array_member (binding, "fixedPoint", point);
  draw_props_default_text (binding, "mode", "orbit");
  json_object_remove_member (binding, "focus");
  json_object_remove_member (binding, "gap");
}

static void
mend_binding (JsonObject *props, GHashTable *by_id, gboolean start)
{
  const char *name = start ? "startBinding" : "endBinding";
  JsonObject *binding = draw_props_get_object (props, name);
  JsonObject *shape
      = binding != NULL ? look_up (by_id, draw_props_get_text (binding, "elementId")) : NULL;

  if (binding == NULL || (!is_type (props, "arrow") && !is_type (props, "line")))
    return;
  if (shape == NULL || shape == props)
    {
      json_object_remove_member (props, name);
      return;
    }
  renew_binding (props, binding, shape, start);
  bind_back (shape, draw_props_get_text (props, "id"), "arrow");
}

static void
mend_frame (JsonObject *props, GHashTable *by_id)
{
  JsonObject *frame = look_up (by_id, draw_props_get_text (props, "frameId"));

  if (draw_props_has (props, "frameId") && !is_type (frame, "frame")
      && !is_type (frame, "magicframe"))
    json_object_remove_member (props, "frameId");
}

void
draw_relations_mend (GPtrArray *elements)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (elements != NULL);

  for (guint i = 0; i < elements->len; i++)
    g_hash_table_insert (by_id, (char *) draw_props_get_text (elements->pdata[i], "id"),
                         elements->pdata[i]);
  for (guint i = 0; i < elements->len; i++)
    {
      mend_container (elements->pdata[i], by_id);
      mend_binding (elements->pdata[i], by_id, TRUE);
      mend_binding (elements->pdata[i], by_id, FALSE);
      mend_frame (elements->pdata[i], by_id);
    }
  for (guint i = 0; i < elements->len; i++)
    mend_bound_elements (elements->pdata[i], by_id);
}

/* --- order --- */

static gboolean
is_ordered (GPtrArray *elements, const char *below)
{
  const char *before = below;

  for (guint i = 0; i < elements->len; i++)
    {
      const char *index = draw_props_get_text (elements->pdata[i], "index");

      if (index == NULL || !board_index_is_valid (index)
          || (before != NULL && g_strcmp0 (before, index) >= 0))
        return FALSE;
      before = index;
    }
  return TRUE;
}

void
draw_relations_order (GPtrArray *elements, const char *below)
{
  g_autofree char *before = g_strdup (below);

  g_return_if_fail (elements != NULL);

  if (is_ordered (elements, below))
    return;
  for (guint i = 0; i < elements->len; i++)
    {
      char *index = board_index_between (before, NULL);

      json_object_set_string_member (elements->pdata[i], "index", index);
      g_free (before);
      before = index;
    }
}
