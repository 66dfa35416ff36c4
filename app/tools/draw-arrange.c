/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/draw-arrange.h"

#include "board/board-index.h"
#include "board/board-transform.h"
#include "canvas/draw-box.h"
#include "canvas/draw-settle.h"

/* What is moved as one: a group, or an element by itself. */
typedef struct {
  GPtrArray *ids; /* (element-type utf8), dependents included */
  GPtrArray *elements;
  BoardRect box;
} Unit;

static void
unit_free (gpointer data)
{
  Unit *unit = data;

  g_ptr_array_unref (unit->ids);
  g_ptr_array_unref (unit->elements);
  g_free (unit);
}

static Unit *
unit_new (void)
{
  Unit *unit = g_new0 (Unit, 1);

  unit->ids = g_ptr_array_new_with_free_func (g_free);
  unit->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) board_element_unref);
  return unit;
}

static void
unit_add (Unit *unit, BoardElement *element)
{
  g_ptr_array_add (unit->ids, g_strdup (board_element_get_id (element)));
  g_ptr_array_add (unit->elements, board_element_ref (element));
}

/* Labels are not units of their own when what they label is selected, too. */
static gboolean
is_dependent (BoardDocument *document, GPtrArray *ids, BoardElement *element)
{
  JsonNode *node = board_element_get_kind (element) == BOARD_ELEMENT_TEXT
                       ? board_element_get_prop (element, "containerId")
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && draw_selection_contains (ids, json_node_get_string (node));
}

/* (element-type Unit) */
static GPtrArray *
get_units (BoardDocument *document, GPtrArray *ids)
{
  GPtrArray *units = g_ptr_array_new_with_free_func (unit_free);
  g_autoptr (GPtrArray) elements = draw_selection_get_elements (document, ids);
  g_autoptr (GHashTable) by_group = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *group = draw_selection_get_group (elements->pdata[i]);
      Unit *unit = group != NULL ? g_hash_table_lookup (by_group, group) : NULL;

      if (is_dependent (document, ids, elements->pdata[i]))
        continue;
      if (unit == NULL)
        {
          unit = unit_new ();
          g_ptr_array_add (units, unit);
          if (group != NULL)
            g_hash_table_insert (by_group, g_strdup (group), unit);
        }
      unit_add (unit, elements->pdata[i]);
    }
  for (guint i = 0; i < units->len; i++)
    {
      Unit *unit = units->pdata[i];
      GPtrArray *own = unit->ids;

      draw_box_get_all (unit->elements, &unit->box);
      unit->ids = draw_selection_with_dependents (document, own);
      g_ptr_array_unref (own);
    }
  return units;
}

static GPtrArray *
no_ops (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) board_op_unref);
}

static void
get_way (const BoardRect *all, const BoardRect *box, DrawAlign align, double *dx, double *dy)
{
  *dx = *dy = 0;
  switch (align)
    {
    case DRAW_ALIGN_LEFT:
      *dx = all->x - box->x;
      break;
    case DRAW_ALIGN_CENTER:
      *dx = all->x + all->width / 2 - box->x - box->width / 2;
      break;
    case DRAW_ALIGN_RIGHT:
      *dx = all->x + all->width - box->x - box->width;
      break;
    case DRAW_ALIGN_TOP:
      *dy = all->y - box->y;
      break;
    case DRAW_ALIGN_MIDDLE:
      *dy = all->y + all->height / 2 - box->y - box->height / 2;
      break;
    case DRAW_ALIGN_BOTTOM:
      *dy = all->y + all->height - box->y - box->height;
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The box around those of @ids that can be changed. */
static GPtrArray *
get_elements (BoardDocument *document, GPtrArray *ids, BoardRect *box)
{
  GPtrArray *elements = draw_selection_get_elements (document, ids);

  draw_box_get_all (elements, box);
  return elements;
}

static GPtrArray *
finish (DrawEdit *edit, BoardDocument *document)
{
  draw_settle (edit, document);
  return draw_edit_get_ops (edit);
}

GPtrArray *
draw_arrange_align (BoardDocument *document, GPtrArray *ids, DrawAlign align)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) units = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  BoardRect all;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  edit = draw_edit_new (document);
  units = get_units (document, ids);
  elements = get_elements (document, ids, &all);
  for (guint i = 0; i < units->len; i++)
    {
      const Unit *unit = units->pdata[i];
      double dx, dy;

      get_way (&all, &unit->box, align, &dx, &dy);
      draw_selection_move_in (edit, document, unit->ids, dx, dy);
    }
  return finish (edit, document);
}

static double
middle (const BoardRect *box, gboolean vertical)
{
  return vertical ? box->y + box->height / 2 : box->x + box->width / 2;
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const Unit *const *x = a, *const *y = b;
  const double difference = middle (&(*x)->box, FALSE) - middle (&(*y)->box, FALSE);

  return (difference > 0) - (difference < 0);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Unit *const *x = a, *const *y = b;
  const double difference = middle (&(*x)->box, TRUE) - middle (&(*y)->box, TRUE);

  return (difference > 0) - (difference < 0);
}

/* The room that is left, shared between neighbours; less than none where they overlap. */
static double
get_gap (GPtrArray *units, gboolean vertical)
{
  const Unit *first = units->pdata[0], *last = units->pdata[units->len - 1];
  double room = vertical ? last->box.y + last->box.height - first->box.y
                         : last->box.x + last->box.width - first->box.x;

  for (guint i = 0; i < units->len; i++)
    {
      const Unit *unit = units->pdata[i];

      room -= vertical ? unit->box.height : unit->box.width;
    }
  return room / (units->len - 1);
}

GPtrArray *
draw_arrange_distribute (BoardDocument *document, GPtrArray *ids, gboolean vertical)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) units = NULL;
  double gap, next;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  units = get_units (document, ids);
  if (units->len < 3)
    return no_ops ();
  edit = draw_edit_new (document);
  g_ptr_array_sort (units, vertical ? compare_rows : compare_columns);
  gap = get_gap (units, vertical);
  next = vertical ? ((Unit *) units->pdata[0])->box.y : ((Unit *) units->pdata[0])->box.x;
  for (guint i = 0; i < units->len; i++)
    {
      const Unit *unit = units->pdata[i];
      const double way = next - (vertical ? unit->box.y : unit->box.x);

      if (i > 0 && i + 1 < units->len)
        draw_selection_move_in (edit, document, unit->ids, vertical ? 0 : way, vertical ? way : 0);
      next += (vertical ? unit->box.height : unit->box.width) + gap;
    }
  return finish (edit, document);
}

GPtrArray *
draw_arrange_flip (BoardDocument *document, GPtrArray *ids, gboolean vertical)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  BoardRect box;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  edit = draw_edit_new (document);
  all = draw_selection_with_dependents (document, ids);
  elements = get_elements (document, all, &box);
  for (guint i = 0; i < elements->len; i++)
    {
      g_autoptr (JsonObject) props
          = board_transform_scale (elements->pdata[i], box.x + box.width / 2,
                                   box.y + box.height / 2, vertical ? 1 : -1, vertical ? -1 : 1);

      draw_edit_set (edit, board_element_get_id (elements->pdata[i]), props);
    }
  return finish (edit, document);
}

/* ---- order ---- */

/* Those of all elements, bottom first, that are selected (their dependents with them). */
static GPtrArray *
get_ordered (GPtrArray *all, GHashTable *chosen)
{
  GPtrArray *ordered = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (g_hash_table_contains (chosen, board_element_get_id (all->pdata[i]))
        && !board_element_get_locked (all->pdata[i]))
      g_ptr_array_add (ordered, all->pdata[i]);
  return ordered;
}

static gboolean
overlaps_any (GPtrArray *elements, BoardElement *other)
{
  BoardRect bounds, rect;

  board_element_get_bounds (other, &bounds);
  for (guint i = 0; i < elements->len; i++)
    {
      board_element_get_bounds (elements->pdata[i], &rect);
      if (board_rect_intersects (&bounds, &rect))
        return TRUE;
    }
  return FALSE;
}

/* Finds the two neighbours (NULL: none) between which the chosen are to be. FALSE: where they are
 * is right. */
static gboolean
find_place (GPtrArray *all,
            GHashTable *chosen,
            GPtrArray *ordered,
            DrawOrder order,
            const char **below,
            const char **above)
{
  const gboolean up = order == DRAW_ORDER_FORWARD || order == DRAW_ORDER_FRONT;
  const gboolean to_end = order == DRAW_ORDER_FRONT || order == DRAW_ORDER_BACK;
  BoardElement *edge = ordered->pdata[up ? ordered->len - 1 : 0];
  BoardElement *passed = NULL, *next = NULL;
  guint at;

  g_ptr_array_find (all, edge, &at);
  for (guint i = at; passed == NULL || to_end || next == NULL;)
    {
      if (up ? ++i >= all->len : i-- == 0)
        break;
      if (g_hash_table_contains (chosen, board_element_get_id (all->pdata[i])))
        continue;
      if (passed != NULL && !to_end)
        next = all->pdata[i];
      else if (to_end || overlaps_any (ordered, all->pdata[i]))
        passed = all->pdata[i];
    }
  *below = up ? (passed != NULL ? board_element_get_index (passed) : NULL)
              : (next != NULL ? board_element_get_index (next) : NULL);
  *above = up ? (next != NULL ? board_element_get_index (next) : NULL)
              : (passed != NULL ? board_element_get_index (passed) : NULL);
  return passed != NULL;
}

GPtrArray *
draw_arrange_order (BoardDocument *document, GPtrArray *ids, DrawOrder order)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) with_labels = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) ordered = NULL;
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *last = NULL;
  const char *below, *above;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  with_labels = draw_selection_with_dependents (document, ids);
  for (guint i = 0; i < with_labels->len; i++)
    g_hash_table_add (chosen, with_labels->pdata[i]);
  all = board_document_query (document, NULL);
  ordered = get_ordered (all, chosen);
  if (ordered->len == 0 || !find_place (all, chosen, ordered, order, &below, &above))
    return no_ops ();
  edit = draw_edit_new (document);
  last = g_strdup (below);
  for (guint i = 0; i < ordered->len; i++)
    {
      char *index = board_index_between (last, above);

      draw_edit_set_member (edit, board_element_get_id (ordered->pdata[i]), "index",
                            json_node_init_string (json_node_alloc (), index));
      g_free (last);
      last = index;
    }
  return draw_edit_get_ops (edit);
}

/* ---- groups and locks ---- */

static JsonArray *
copy_groups (BoardElement *element)
{
  JsonNode *node = board_element_get_prop (element, "groupIds");
  JsonArray *copy = json_array_new ();

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return copy;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    json_array_add_element (copy, json_node_copy (
                                      json_array_get_element (json_node_get_array (node), i)));
  return copy;
}

static void
set_groups (DrawEdit *edit, BoardElement *element, JsonArray *groups)
{
  JsonNode *node = json_node_alloc ();

  draw_edit_set_member (edit, board_element_get_id (element), "groupIds",
                        json_node_init_array (node, groups));
}

GPtrArray *
draw_arrange_group (BoardDocument *document, GPtrArray *ids)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) with_labels = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GPtrArray) units = NULL;
  g_autofree char *group = board_element_make_id ();

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  units = get_units (document, ids);
  if (units->len < 2)
    return no_ops ();
  edit = draw_edit_new (document);
  with_labels = draw_selection_with_dependents (document, ids);
  elements = draw_selection_get_elements (document, with_labels);
  for (guint i = 0; i < elements->len; i++)
    {
      g_autoptr (JsonArray) groups = copy_groups (elements->pdata[i]);

      json_array_add_string_element (groups, group);
      set_groups (edit, elements->pdata[i], groups);
    }
  return draw_edit_get_ops (edit);
}

GPtrArray *
draw_arrange_ungroup (BoardDocument *document, GPtrArray *ids)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) elements = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  edit = draw_edit_new (document);
  all = draw_selection_with_groups (document, ids);
  elements = draw_selection_get_elements (document, all);
  for (guint i = 0; i < elements->len; i++)
    {
      g_autoptr (JsonArray) groups = copy_groups (elements->pdata[i]);

      if (json_array_get_length (groups) == 0)
        continue;
      json_array_remove_element (groups, json_array_get_length (groups) - 1);
      set_groups (edit, elements->pdata[i], groups);
    }
  return draw_edit_get_ops (edit);
}

GPtrArray *
draw_arrange_lock (BoardDocument *document, GPtrArray *ids, gboolean locked)
{
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (BOARD_IS_DOCUMENT (document), no_ops ());

  edit = draw_edit_new (document);
  all = draw_selection_with_dependents (document, ids);
  for (guint i = 0; i < all->len; i++)
    {
      BoardElement *element = board_document_get_element (document, all->pdata[i]);

      if (element != NULL && board_element_get_locked (element) != !!locked)
        draw_edit_set_member (edit, all->pdata[i], "locked",
                              json_node_init_boolean (json_node_alloc (), !!locked));
    }
  return draw_edit_get_ops (edit);
}
