/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "canvas/draw-color.h"
#include "canvas/draw-selection.h"

#define PEERS_CHECK 1000 /* ms */

enum {
  PROP_VIEWPORT = 1,
  PROP_TOOL,
  PROP_ERASER,
  PROP_READ_ONLY,
  PROP_DARK,
  PROP_SELECTION_EMPTY,
  PROP_PAPER,
  PROP_PREDICT,
  PROP_SNAP_GRID,
  PROP_LOST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
guint draw_canvas_signals[DRAW_CANVAS_N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawCanvas,
                               draw_canvas,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL_HOST, draw_canvas_host_init))

/* ---- helpers ---- */

static gboolean
is_same_selection (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

/* @ids: transfer full. */
void
draw_canvas_take_selection (DrawCanvas *self, GPtrArray *ids)
{
  const gboolean was_empty = self->selection->len == 0;

  if (is_same_selection (self->selection, ids))
    {
      g_ptr_array_unref (ids);
      return;
    }
  g_ptr_array_unref (self->selection);
  self->selection = ids;
  if (was_empty != (ids->len == 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION_EMPTY]);
  draw_canvas_announce (self);
  g_signal_emit (self, draw_canvas_signals[DRAW_CANVAS_SELECTION_CHANGED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What somebody else deleted is not selected any more. */
static void
prune_selection (DrawCanvas *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->selection->len; i++)
    if (board_document_get_element (self->document, self->selection->pdata[i]) != NULL)
      g_ptr_array_add (ids, g_strdup (self->selection->pdata[i]));
  draw_canvas_take_selection (self, ids);
}

/* ---- callbacks ---- */

static void
on_viewport_changed (DrawViewport *viewport, gpointer data)
{
  if (DRAW_CANVAS (data)->editor != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (data));
  gtk_widget_queue_draw (GTK_WIDGET (data));
}

static void
on_tiles_changed (DrawTileLayer *tiles, gpointer data)
{
  draw_canvas_host_dry (DRAW_CANVAS (data));
  gtk_widget_queue_draw (GTK_WIDGET (data));
}

static gboolean
on_peers_check (gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (draw_peers_expire (self->peers, g_get_monotonic_time ()))
    return G_SOURCE_CONTINUE;
  self->peers_source = 0;
  return G_SOURCE_REMOVE;
}

static void
watch_peers (DrawCanvas *self)
{
  if (self->peers_source == 0)
    self->peers_source = g_timeout_add (PEERS_CHECK, on_peers_check, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- being lost ---- */

static gboolean
on_lost_changed (gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  self->lost_source = 0;
  self->lost = !self->lost;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOST]);
  return G_SOURCE_REMOVE;
}

/* Whether nothing of a board that has something is seen: the tiles know. Told when the frame is
 * done, for nothing may change during a snapshot. */
static void
check_lost (DrawCanvas *self)
{
  gboolean lost = FALSE;

  if (self->document != NULL && board_document_get_n_elements (self->document) > 0)
    {
      if (!draw_tile_layer_is_ready (self->tiles, NULL))
        return;
      lost = !draw_canvas_shows_otherwise (self) && draw_tile_layer_is_empty (self->tiles);
    }
  if (lost == self->lost)
    g_clear_handle_id (&self->lost_source, g_source_remove);
  else if (self->lost_source == 0)
    self->lost_source = g_idle_add (on_lost_changed, self);
}

/* ---- snapshot ---- */

/* Who keeps to squares wants to see them. */
static DrawPaper
get_paper (DrawCanvas *self)
{
  return self->snap_grid && self->paper == DRAW_PAPER_PLAIN ? DRAW_PAPER_DOTS : self->paper;
}

static void
draw_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DrawCanvas *self = DRAW_CANVAS (widget);
  const float width = (float) gtk_widget_get_width (widget),
              height = (float) gtk_widget_get_height (widget);
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA sheet;
  DrawView view;

  draw_color_get_sheet (self->dark, &sheet);
  gtk_snapshot_push_clip (snapshot, &all);
  gtk_snapshot_append_color (snapshot, &sheet, &all);
  draw_canvas_get_view (self, &view);
  gtk_snapshot_save (snapshot);
  draw_canvas_align (self, snapshot, &view);
  draw_paper_snapshot (get_paper (self), DRAW_PAPER_SPACING, snapshot, &view, self->dark);
  if (self->document != NULL || self->still)
    draw_tile_layer_snapshot (self->tiles, snapshot, &view);
  draw_peers_snapshot_ink (self->peers, snapshot, &view);
  draw_canvas_host_snapshot (self, snapshot, &view);
  gtk_snapshot_restore (snapshot);
  draw_canvas_overlay_snapshot (self, snapshot);
  if (self->editor != NULL)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->editor), snapshot);
  draw_peers_snapshot_cursors (self->peers, snapshot, self->viewport);
  gtk_snapshot_pop (snapshot);
  check_lost (self);
}

static void
draw_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DrawCanvas *self = DRAW_CANVAS (widget);

  draw_viewport_set_size (self->viewport, width, height);
  draw_canvas_allocate_writing (self);
  if (self->fit_pending && width > 0 && height > 0)
    draw_canvas_fit (self);
  if (self->place_pending != NULL && width > 0 && height > 0)
    draw_canvas_go_to_still (self, self->place_pending);
}

static void
draw_canvas_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 480;
  *minimum_baseline = *natural_baseline = -1;
}

/* ---- object ---- */

static void
draw_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DrawCanvas *self = DRAW_CANVAS (object);

  switch (id)
    {
    case PROP_VIEWPORT:
      g_value_set_object (value, self->viewport);
      break;
    case PROP_TOOL:
      g_value_set_object (value, self->tool);
      break;
    case PROP_ERASER:
      g_value_set_object (value, self->eraser);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_DARK:
      g_value_set_boolean (value, self->dark);
      break;
    case PROP_SELECTION_EMPTY:
      g_value_set_boolean (value, self->selection->len == 0);
      break;
    case PROP_PAPER:
      g_value_set_string (value, draw_paper_get_name (self->paper));
      break;
    case PROP_PREDICT:
      g_value_set_boolean (value, self->predict);
      break;
    case PROP_SNAP_GRID:
      g_value_set_boolean (value, self->snap_grid);
      break;
    case PROP_LOST:
      g_value_set_boolean (value, self->lost);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DrawCanvas *self = DRAW_CANVAS (object);

  switch (id)
    {
    case PROP_TOOL:
      draw_canvas_set_tool (self, g_value_get_object (value));
      break;
    case PROP_ERASER:
      draw_canvas_set_eraser (self, g_value_get_object (value));
      break;
    case PROP_READ_ONLY:
      draw_canvas_set_read_only (self, g_value_get_boolean (value));
      break;
    case PROP_DARK:
      draw_canvas_set_dark (self, g_value_get_boolean (value));
      break;
    case PROP_PAPER:
      draw_canvas_set_paper (self, draw_paper_parse (g_value_get_string (value)));
      break;
    case PROP_PREDICT:
      self->predict = g_value_get_boolean (value);
      break;
    case PROP_SNAP_GRID:
      self->snap_grid = g_value_get_boolean (value);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_canvas_dispose (GObject *object)
{
  DrawCanvas *self = DRAW_CANVAS (object);

  draw_canvas_input_clear (self);
  g_clear_object (&self->writing);
  if (self->editor != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->editor)));
  draw_canvas_host_reset (self);
  g_clear_handle_id (&self->peers_source, g_source_remove);
  g_clear_handle_id (&self->lost_source, g_source_remove);
  if (self->tiles != NULL)
    draw_tile_layer_stop (self->tiles);
  g_clear_object (&self->tiles);
  g_clear_signal_handler (&self->images_handler, self->images);
  g_clear_object (&self->images);
  g_clear_object (&self->tool);
  g_clear_object (&self->eraser);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (draw_canvas_parent_class)->dispose (object);
}

static void
draw_canvas_finalize (GObject *object)
{
  DrawCanvas *self = DRAW_CANVAS (object);

  g_clear_pointer (&self->place_pending, draw_still_unref);
  draw_pointers_free (self->pointers);
  draw_peers_free (self->peers);
  draw_frame_names_free (self->frame_names);
  g_ptr_array_unref (self->selection);
  g_ptr_array_unref (self->drying);
  g_object_unref (self->viewport);
  G_OBJECT_CLASS (draw_canvas_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_VIEWPORT]
      = g_param_spec_object ("viewport", NULL, NULL, DRAW_TYPE_VIEWPORT, read);
  properties[PROP_TOOL] = g_param_spec_object ("tool", NULL, NULL, DRAW_TYPE_TOOL, write);
  properties[PROP_ERASER] = g_param_spec_object ("eraser", NULL, NULL, DRAW_TYPE_TOOL, write);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, write);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, write);
  properties[PROP_SELECTION_EMPTY]
      = g_param_spec_boolean ("selection-empty", NULL, NULL, TRUE, read);
  properties[PROP_PAPER] = g_param_spec_string ("paper", NULL, NULL, "plain", write);
  properties[PROP_PREDICT] = g_param_spec_boolean ("predict", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SNAP_GRID] = g_param_spec_boolean ("snap-grid", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOST] = g_param_spec_boolean ("lost", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
draw_canvas_class_init (DrawCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_canvas_get_property;
  object_class->set_property = draw_canvas_set_property;
  object_class->dispose = draw_canvas_dispose;
  object_class->finalize = draw_canvas_finalize;
  widget_class->snapshot = draw_canvas_snapshot;
  widget_class->size_allocate = draw_canvas_size_allocate;
  widget_class->measure = draw_canvas_measure;
  install_properties (object_class);

  draw_canvas_signals[DRAW_CANVAS_OP]
      = g_signal_new ("op", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      1, BOARD_TYPE_OP);
  draw_canvas_signals[DRAW_CANVAS_POINTER]
      = g_signal_new ("pointer", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  draw_canvas_signals[DRAW_CANVAS_POINTER_LEFT]
      = g_signal_new ("pointer-left", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
  draw_canvas_signals[DRAW_CANVAS_INK]
      = g_signal_new ("ink", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      1, G_TYPE_POINTER);
  draw_canvas_signals[DRAW_CANVAS_UPDATED]
      = g_signal_new ("updated", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
  draw_canvas_signals[DRAW_CANVAS_SELECTION_CHANGED]
      = g_signal_new ("selection-changed", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
  draw_canvas_signals[DRAW_CANVAS_TOOL_DONE]
      = g_signal_new ("tool-done", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
  draw_canvas_signals[DRAW_CANVAS_MENU]
      = g_signal_new ("menu", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  draw_canvas_signals[DRAW_CANVAS_ACT]
      = g_signal_new ("act", DRAW_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
draw_canvas_init (DrawCanvas *self)
{
  self->viewport = draw_viewport_new ();
  self->tiles = draw_tile_layer_new (draw_canvas_query, self);
  self->peers = draw_peers_new (GTK_WIDGET (self));
  self->frame_names = draw_frame_names_new (GTK_WIDGET (self));
  self->selection = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_object (self->viewport, "changed", G_CALLBACK (on_viewport_changed), self, 0);
  g_signal_connect_object (self->tiles, "changed", G_CALLBACK (on_tiles_changed), self, 0);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Canvas"), -1);
  draw_canvas_host_reset (self);
  draw_canvas_input_init (self);
}

GtkWidget *
draw_canvas_new (void)
{
  return g_object_new (DRAW_TYPE_CANVAS, NULL);
}

/* ---- document ---- */

/* Something else is to be seen. */
static void
tell_updated (DrawCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, draw_canvas_signals[DRAW_CANVAS_UPDATED], 0);
}

void
draw_canvas_set_document (DrawCanvas *self, BoardDocument *document)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (document == NULL || BOARD_IS_DOCUMENT (document));

  if (self->document == document && !(document == NULL && self->still))
    return;
  draw_canvas_cancel_action (self);
  draw_canvas_end_writing (self);
  draw_canvas_host_reset (self);
  draw_canvas_clear_selection (self);
  g_set_object (&self->document, document);
  draw_frame_names_update (self->frame_names, document, NULL);
  if (!draw_canvas_end_still (self) || document == NULL)
    draw_tile_layer_clear (self->tiles);
  tell_updated (self);
}

static void
on_images_changed (DrawImages *images, const char *file_id, const BoardRect *area, gpointer data)
{
  DrawCanvas *self = DRAW_CANVAS (data);

  if (board_rect_is_empty (area))
    return;
  draw_tile_layer_invalidate (self->tiles, area);
  tell_updated (self);
}

void
draw_canvas_set_images (DrawCanvas *self, DrawImages *images)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (images == NULL || DRAW_IS_IMAGES (images));

  if (self->images == images)
    return;
  draw_canvas_cancel_action (self);
  draw_canvas_host_reset (self);
  g_clear_signal_handler (&self->images_handler, self->images);
  g_set_object (&self->images, images);
  if (images != NULL)
    self->images_handler
        = g_signal_connect (images, "changed", G_CALLBACK (on_images_changed), self);
  draw_tile_layer_invalidate (self->tiles, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
draw_canvas_update (DrawCanvas *self, const BoardDamage *damage)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (damage != NULL);

  if (self->document == NULL)
    return;
  if (damage->all)
    draw_tile_layer_invalidate (self->tiles, NULL);
  else if (!board_rect_is_empty (&damage->area))
    draw_tile_layer_invalidate (self->tiles, &damage->area);
  else
    return;
  draw_frame_names_update (self->frame_names, self->document, damage);
  draw_canvas_host_update (self);
  prune_selection (self);
  tell_updated (self);
}

DrawViewport *
draw_canvas_get_viewport (DrawCanvas *self)
{
  g_return_val_if_fail (DRAW_IS_CANVAS (self), NULL);

  return self->viewport;
}

void
draw_canvas_set_tool (DrawCanvas *self, DrawTool *tool)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (tool == NULL || DRAW_IS_TOOL (tool));

  if (self->tool == tool)
    return;
  draw_canvas_cancel_action (self);
  draw_canvas_end_writing (self);
  if (self->tool != NULL)
    draw_tool_put_away (self->tool, DRAW_TOOL_HOST (self));
  g_set_object (&self->tool, tool);
  g_clear_object (&self->lent);
  draw_canvas_update_cursor (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOOL]);
}

DrawTool *
draw_canvas_get_tool (DrawCanvas *self)
{
  g_return_val_if_fail (DRAW_IS_CANVAS (self), NULL);

  return self->tool;
}

void
draw_canvas_set_eraser (DrawCanvas *self, DrawTool *tool)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (tool == NULL || DRAW_IS_TOOL (tool));

  if (g_set_object (&self->eraser, tool))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERASER]);
}

void
draw_canvas_set_dark (DrawCanvas *self, gboolean dark)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));

  if (self->dark == !!dark)
    return;
  self->dark = !!dark;
  draw_tile_layer_set_dark (self->tiles, dark);
  draw_peers_set_dark (self->peers, dark);
  draw_canvas_host_set_dark (self);
  if (self->editor != NULL)
    draw_text_editor_restyle (self->editor, self->dark);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DARK]);
}

void
draw_canvas_set_paper (DrawCanvas *self, DrawPaper paper)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (paper <= DRAW_PAPER_GRID);

  if (self->paper == paper)
    return;
  self->paper = paper;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAPER]);
}

gboolean
draw_canvas_is_lost (DrawCanvas *self)
{
  g_return_val_if_fail (DRAW_IS_CANVAS (self), FALSE);

  return self->lost;
}

gboolean
draw_canvas_is_complete (DrawCanvas *self)
{
  g_return_val_if_fail (DRAW_IS_CANVAS (self), TRUE);

  return self->document == NULL
         || (draw_tile_layer_is_ready (self->tiles, NULL) && self->drying->len == 0);
}

void
draw_canvas_set_read_only (DrawCanvas *self, gboolean read_only)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));

  if (self->read_only == !!read_only)
    return;
  draw_canvas_cancel_action (self);
  draw_canvas_end_writing (self);
  self->read_only = !!read_only;
  if (read_only)
    draw_canvas_clear_selection (self);
  draw_canvas_update_cursor (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ_ONLY]);
}

/* ---- selection ---- */

GPtrArray *
draw_canvas_get_selection (DrawCanvas *self)
{
  g_return_val_if_fail (DRAW_IS_CANVAS (self), NULL);

  return self->selection;
}

void
draw_canvas_select_all (DrawCanvas *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (DRAW_IS_CANVAS (self));

  if (self->document != NULL && !self->read_only)
    {
      g_autoptr (GPtrArray) elements = board_document_query (self->document, NULL);

      for (guint i = 0; i < elements->len; i++)
        if (!board_element_get_locked (elements->pdata[i]))
          g_ptr_array_add (ids, g_strdup (board_element_get_id (elements->pdata[i])));
    }
  draw_canvas_take_selection (self, ids);
}

void
draw_canvas_clear_selection (DrawCanvas *self)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));

  draw_canvas_take_selection (self, g_ptr_array_new_with_free_func (g_free));
}

void
draw_canvas_delete_selection (DrawCanvas *self)
{
  g_autoptr (GPtrArray) ops = NULL;

  g_return_if_fail (DRAW_IS_CANVAS (self));

  draw_canvas_cancel_action (self);
  ops = draw_selection_delete (self->document, self->selection);
  draw_tool_host_emit_ops (DRAW_TOOL_HOST (self), ops);
  draw_canvas_clear_selection (self);
}

void
draw_canvas_set_selection_props (DrawCanvas *self, JsonObject *props)
{
  g_autoptr (GPtrArray) ops = NULL;

  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (props != NULL);

  ops = draw_selection_set_props (self->document, self->selection, props);
  draw_tool_host_emit_ops (DRAW_TOOL_HOST (self), ops);
}

void
draw_canvas_fit (DrawCanvas *self)
{
  BoardRect extents = { 0, 0, 0, 0 };

  g_return_if_fail (DRAW_IS_CANVAS (self));

  self->fit_pending = gtk_widget_get_width (GTK_WIDGET (self)) == 0;
  if (self->fit_pending)
    return;
  if (self->document != NULL)
    board_document_get_extents (self->document, &extents);
  draw_viewport_fit (self->viewport, &extents);
}

/* ---- others ---- */

void
draw_canvas_show_cursor (DrawCanvas *self,
                         const char *member,
                         const char *name,
                         const char *color,
                         double x,
                         double y)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (member != NULL);

  draw_peers_show_cursor (self->peers, member, name, color, x, y, g_get_monotonic_time ());
  watch_peers (self);
}

void
draw_canvas_hide_cursor (DrawCanvas *self, const char *member)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (member != NULL);

  draw_peers_hide_cursor (self->peers, member);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
draw_canvas_show_ink (DrawCanvas *self, const char *member, const BoardCast *cast)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (member != NULL && cast != NULL);

  /* The op may be faster than the last cast before it. */
  if (cast->id != NULL && self->document != NULL
      && board_document_get_element (self->document, cast->id) != NULL)
    return;
  draw_peers_show_ink (self->peers, member, cast, g_get_monotonic_time ());
  watch_peers (self);
}

void
draw_canvas_remove_member (DrawCanvas *self, const char *member)
{
  g_return_if_fail (DRAW_IS_CANVAS (self));
  g_return_if_fail (member != NULL);

  draw_peers_remove (self->peers, member);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
