/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-gaps.h"
#include "canvas/draw-selection.h"
#include "tools/draw-tools.h"

/* Takes whole elements: all that the sweep touches fade while it lasts and go, as one op, when it
 * ends. By part (or with Shift: the other of the two) it takes of strokes only what it passes over;
 * anything else has no parts. */
#define DRAW_TYPE_ERASER_TOOL (draw_eraser_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawEraserTool, draw_eraser_tool, DRAW, ERASER_TOOL, GObject)

/* Widget pixels around the pointer. */
#define RADIUS 6.0

struct _DrawEraserTool {
  GObject parent_instance;

  gboolean takes_parts;

  /* of the sweep */
  GPtrArray *ids;   /* (element-type utf8) touched so far */
  GHashTable *seen; /* the same ids, borrowed from ids */
  DrawEdit *cuts;   /* of strokes, or NULL: by whole elements */
  double last_x, last_y;
};

static void draw_eraser_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawEraserTool,
                               draw_eraser_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_eraser_tool_tool_init))

static void
forget (DrawEraserTool *self)
{
  g_hash_table_remove_all (self->seen);
  g_ptr_array_set_size (self->ids, 0);
  g_clear_pointer (&self->cuts, draw_edit_free);
}

static gboolean
touch (DrawEraserTool *self, BoardElement *element, double x, double y, double radius)
{
  const char *id = board_element_get_id (element);
  char *copy;

  if (g_hash_table_contains (self->seen, id) || board_element_get_locked (element)
      || !board_element_hit_segment (element, self->last_x, self->last_y, x, y, radius))
    return FALSE;
  copy = g_strdup (id);
  g_ptr_array_add (self->ids, copy);
  g_hash_table_add (self->seen, copy);
  return TRUE;
}

/* ---- by part ---- */

static gboolean
cut (DrawEraserTool *self, BoardElement *element, double x, double y, double radius)
{
  const char *id = board_element_get_id (element);
  g_autoptr (BoardElement) now = draw_edit_get_element (self->cuts, id);
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (JsonObject) props = NULL;

  if (now == NULL || board_element_get_locked (element))
    return FALSE;
  gaps = board_gaps_cut (now, self->last_x, self->last_y, x, y, radius);
  if (gaps->len == 0)
    return FALSE;
  props = board_gaps_make_props (gaps);
  draw_edit_set (self->cuts, id, props);
  return TRUE;
}

static gboolean
is_within (const BoardGap *gap, GArray *gaps)
{
  for (guint i = 0; i < gaps->len; i++)
    if (g_array_index (gaps, BoardGap, i).from <= gap->from
        && g_array_index (gaps, BoardGap, i).to >= gap->to)
      return TRUE;
  return FALSE;
}

/* What the sweep took of a stroke, as few gaps as can be: each step of it made one. A stroke of which
 * nothing is left goes. */
static void
finish_cut (DrawEraserTool *self, DrawEdit *edit, BoardElement *before)
{
  const char *id = board_element_get_id (before);
  g_autoptr (BoardElement) after = draw_edit_get_element (self->cuts, id);
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GArray) old = NULL;
  g_autoptr (JsonObject) props = NULL;

  if (after == NULL)
    return;
  pieces = board_gaps_split (after);
  if (pieces->len == 0)
    {
      draw_edit_remove (edit, id);
      return;
    }
  gaps = board_gaps_list (after);
  old = board_gaps_list (before);
  for (guint i = gaps->len; i-- > 0;)
    if (is_within (&g_array_index (gaps, BoardGap, i), old))
      g_array_remove_index (gaps, i);
  if (gaps->len == 0)
    return;
  props = board_gaps_make_props (gaps);
  draw_edit_set (edit, id, props);
}

static void
finish_cuts (DrawEraserTool *self, BoardDocument *document, DrawEdit *edit)
{
  g_autoptr (GPtrArray) ids = self->cuts != NULL ? draw_edit_list_ids (self->cuts) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      BoardElement *before = board_document_get_element (document, ids->pdata[i]);

      if (before != NULL)
        finish_cut (self, edit, before);
    }
}

static void
show_cuts (DrawEraserTool *self, DrawToolHost *host)
{
  g_autoptr (GPtrArray) elements = draw_edit_get_elements (self->cuts);

  draw_tool_host_show_stand_ins (host, elements);
}

/* ---- the sweep ---- */

static gboolean
sweep (DrawEraserTool *self, DrawToolHost *host, double x, double y)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  const double radius = RADIUS / draw_viewport_get_scale (draw_tool_host_get_viewport (host));
  const BoardRect area
      = { MIN (x, self->last_x) - radius, MIN (y, self->last_y) - radius,
          fabs (x - self->last_x) + 2 * radius, fabs (y - self->last_y) + 2 * radius };
  g_autoptr (GPtrArray) near = NULL;
  gboolean found = FALSE, cuts = FALSE;

  if (document == NULL)
    return FALSE;
  near = board_document_query (document, &area);
  for (guint i = 0; i < near->len; i++)
    if (self->cuts != NULL && board_element_get_stroke (near->pdata[i]) != NULL)
      cuts |= cut (self, near->pdata[i], x, y, radius);
    else
      found |= touch (self, near->pdata[i], x, y, radius);
  if (cuts)
    show_cuts (self, host);
  self->last_x = x;
  self->last_y = y;
  return found;
}

static void
sweep_samples (DrawEraserTool *self, DrawToolHost *host, const DrawSample *samples, gsize n_samples)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < n_samples; i++)
    found |= sweep (self, host, samples[i].x, samples[i].y);
  if (found)
    draw_tool_host_show_faded (host, self->ids);
}

static void
draw_eraser_tool_press (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state)
{
  DrawEraserTool *self = DRAW_ERASER_TOOL (tool);

  forget (self);
  if (draw_tool_host_get_document (host) != NULL
      && self->takes_parts != ((state & GDK_SHIFT_MASK) != 0))
    self->cuts = draw_edit_new (draw_tool_host_get_document (host));
  self->last_x = sample->x;
  self->last_y = sample->y;
  sweep_samples (self, host, sample, 1);
}

static void
draw_eraser_tool_motion (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *samples,
                         gsize n_samples,
                         GdkModifierType state)
{
  sweep_samples (DRAW_ERASER_TOOL (tool), host, samples, n_samples);
}

static void
draw_eraser_tool_release (DrawTool *tool,
                          DrawToolHost *host,
                          const DrawSample *sample,
                          GdkModifierType state)
{
  DrawEraserTool *self = DRAW_ERASER_TOOL (tool);
  BoardDocument *document = draw_tool_host_get_document (host);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (DrawEdit) edit = NULL;
  g_autoptr (GPtrArray) ops = NULL;

  if (document == NULL)
    return;
  sweep_samples (self, host, sample, 1);
  edit = draw_edit_new (document);
  all = draw_selection_with_dependents (document, self->ids);
  for (guint i = 0; i < all->len; i++)
    draw_edit_remove (edit, all->pdata[i]);
  finish_cuts (self, document, edit);
  ops = draw_edit_get_ops (edit);
  for (guint i = 0; i < ops->len; i++)
    draw_tool_host_emit_op (host, ops->pdata[i]);
  draw_tool_host_show_faded (host, NULL);
  if (self->cuts != NULL)
    draw_tool_host_show_stand_ins (host, NULL);
  forget (self);
}

static void
draw_eraser_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  draw_tool_host_show_faded (host, NULL);
  if (DRAW_ERASER_TOOL (tool)->cuts != NULL)
    draw_tool_host_show_stand_ins (host, NULL);
  forget (DRAW_ERASER_TOOL (tool));
}

static const char *
draw_eraser_tool_get_cursor (DrawTool *tool)
{
  return "cell";
}

static void
draw_eraser_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_eraser_tool_press;
  iface->motion = draw_eraser_tool_motion;
  iface->release = draw_eraser_tool_release;
  iface->cancel = draw_eraser_tool_cancel;
  iface->get_cursor = draw_eraser_tool_get_cursor;
}

static void
draw_eraser_tool_finalize (GObject *object)
{
  DrawEraserTool *self = DRAW_ERASER_TOOL (object);

  forget (self);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->ids);
  G_OBJECT_CLASS (draw_eraser_tool_parent_class)->finalize (object);
}

static void
draw_eraser_tool_class_init (DrawEraserToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_eraser_tool_finalize;
}

static void
draw_eraser_tool_init (DrawEraserTool *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
}

DrawTool *
draw_eraser_tool_new (void)
{
  return g_object_new (DRAW_TYPE_ERASER_TOOL, NULL);
}

DrawTool *
draw_part_eraser_tool_new (void)
{
  DrawEraserTool *self = g_object_new (DRAW_TYPE_ERASER_TOOL, NULL);

  self->takes_parts = TRUE;
  return DRAW_TOOL (self);
}
