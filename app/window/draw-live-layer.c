/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-live-layer.h"

#include <math.h>

#include "window/draw-chat-text.h"

/* Widget pixels: what a spotlight shows, as large at any zoom; and beyond which it is only dark. */
#define SPOTLIGHT_RADIUS 120.0f
#define SPOTLIGHT_FAR 1e5
#define SPOTLIGHT_DARKNESS 0.6f
#define TRAIL_US (1200 * G_TIME_SPAN_MILLISECOND)
#define REACTION_US (2600 * G_TIME_SPAN_MILLISECOND)
#define MAX_TRAILS 32
#define MAX_TRAIL_POINTS 600
#define MAX_REACTIONS 40
#define MAX_SELECTIONS 64
/* Outlines of one member; who selects more gets one around all of it. */
#define MAX_OUTLINES 50
/* Things whose dots are shown: those with most. */
#define MAX_DOTTED 100
#define REACTION_SIZE 32 /* pixels */
#define REACTION_RISE 140.0
#define LASER_WIDTH 4.0
/* Widget pixels beyond which nothing is drawn: cairo's numbers end. */
#define FAR 20000.0

typedef struct
{
  double x, y;
  int64_t time;
} TrailPoint;

typedef struct
{
  GArray *points; /* TrailPoint, oldest first */
  GdkRGBA color;
} Trail;

typedef struct
{
  double x, y;
  int64_t born;
  GskRenderNode *node; /* around 0, 0 */
} Reaction;

typedef struct
{
  char **ids;
  GdkRGBA color;
} Selection;

struct _DrawLiveLayer
{
  GtkWidget parent_instance;

  /* owned */
  DrawViewport *viewport;
  BoardDocument *document;
  GHashTable *trails;     /* member -> Trail */
  GHashTable *selections; /* member -> Selection */
  GQueue reactions;       /* Reaction, oldest first */
  guint tick_id;
  gboolean is_lit; /* by a spotlight, at: */
  double lit_x, lit_y;
};

G_DEFINE_FINAL_TYPE (DrawLiveLayer, draw_live_layer, GTK_TYPE_WIDGET)

static void
trail_free (gpointer data)
{
  Trail *trail = data;

  g_array_unref (trail->points);
  g_free (trail);
}

static void
reaction_free (Reaction *reaction)
{
  g_clear_pointer (&reaction->node, gsk_render_node_unref);
  g_free (reaction);
}

static void
selection_free (gpointer data)
{
  Selection *selection = data;

  g_strfreev (selection->ids);
  g_free (selection);
}

static void
parse_color (const char *text, GdkRGBA *color)
{
  if (text == NULL || !gdk_rgba_parse (color, text))
    *color = (GdkRGBA){ 0.9f, 0.1f, 0.1f, 1 };
}

/* --- Time --- */

static void
forget_old (DrawLiveLayer *self, int64_t now)
{
  GHashTableIter iter;
  gpointer value;
  Reaction *oldest;

  g_hash_table_iter_init (&iter, self->trails);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GArray *points = ((Trail *)value)->points;
      guint n = 0;

      while (n < points->len && now - g_array_index (points, TrailPoint, n).time > TRAIL_US)
        n++;
      g_array_remove_range (points, 0, n);
      if (points->len == 0)
        g_hash_table_iter_remove (&iter);
    }
  while ((oldest = g_queue_peek_head (&self->reactions)) != NULL
         && now - oldest->born > REACTION_US)
    reaction_free (g_queue_pop_head (&self->reactions));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  DrawLiveLayer *self = DRAW_LIVE_LAYER (widget);

  forget_old (self, g_get_monotonic_time ());
  gtk_widget_queue_draw (widget);
  if (g_hash_table_size (self->trails) > 0 || self->reactions.length > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
start_moving (DrawLiveLayer *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* --- Painting --- */

static gboolean
to_widget (DrawLiveLayer *self, double x, double y, double *wx, double *wy)
{
  draw_viewport_to_widget (self->viewport, x, y, wx, wy);
  return fabs (*wx) < FAR && fabs (*wy) < FAR;
}

static void
paint_trail (DrawLiveLayer *self, cairo_t *cr, const Trail *trail, int64_t now)
{
  for (guint i = 1; i < trail->points->len; i++)
    {
      const TrailPoint *from = &g_array_index (trail->points, TrailPoint, i - 1);
      const TrailPoint *to = &g_array_index (trail->points, TrailPoint, i);
      double fresh = 1.0 - (double)(now - to->time) / (double)TRAIL_US;
      double x0, y0, x1, y1;

      if (fresh <= 0 || !to_widget (self, from->x, from->y, &x0, &y0)
          || !to_widget (self, to->x, to->y, &x1, &y1))
        continue;
      cairo_set_source_rgba (cr, trail->color.red, trail->color.green, trail->color.blue,
                             MIN (fresh * 1.5, 1));
      cairo_set_line_width (cr, LASER_WIDTH * (0.4 + 0.6 * fresh));
      cairo_move_to (cr, x0, y0);
      cairo_line_to (cr, x1, y1);
      cairo_stroke (cr);
    }
}

static void
snapshot_trails (DrawLiveLayer *self, GtkSnapshot *snapshot, int64_t now)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GHashTableIter iter;
  gpointer value;
  cairo_t *cr;

  if (g_hash_table_size (self->trails) == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                                       (float)gtk_widget_get_height (widget)));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  g_hash_table_iter_init (&iter, self->trails);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    paint_trail (self, cr, value, now);
  cairo_destroy (cr);
}

static void
snapshot_reactions (DrawLiveLayer *self, GtkSnapshot *snapshot, int64_t now)
{
  for (GList *l = self->reactions.head; l != NULL; l = l->next)
    {
      Reaction *reaction = l->data;
      double age = CLAMP ((double)(now - reaction->born) / (double)REACTION_US, 0, 1);
      double x, y;

      if (!to_widget (self, reaction->x, reaction->y, &x, &y))
        continue;
      gtk_snapshot_push_opacity (snapshot, 1 - age * age);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT ((float)(x + 14 * sin (age * 9)),
                                                    (float)(y - age * REACTION_RISE)));
      gtk_snapshot_append_node (snapshot, reaction->node);
      gtk_snapshot_restore (snapshot);
      gtk_snapshot_pop (snapshot);
    }
}

static void
outline (DrawLiveLayer *self, GtkSnapshot *snapshot, const BoardRect *rect, const GdkRGBA *color)
{
  const float widths[] = { 1.5f, 1.5f, 1.5f, 1.5f };
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  GskRoundedRect frame;
  double x0, y0, x1, y1;

  if (!to_widget (self, rect->x, rect->y, &x0, &y0)
      || !to_widget (self, rect->x + rect->width, rect->y + rect->height, &x1, &y1))
    return;
  gsk_rounded_rect_init_from_rect (&frame,
                                   &GRAPHENE_RECT_INIT ((float)x0 - 3, (float)y0 - 3,
                                                        (float)(x1 - x0) + 6,
                                                        (float)(y1 - y0) + 6),
                                   3);
  gtk_snapshot_append_border (snapshot, &frame, widths, colors);
}

static void
snapshot_selection (DrawLiveLayer *self, GtkSnapshot *snapshot, const Selection *selection)
{
  BoardRect all = { 0 };
  guint n = g_strv_length (selection->ids), found = 0;

  for (guint i = 0; i < n; i++)
    {
      BoardElement *element = board_document_get_element (self->document, selection->ids[i]);
      BoardRect bounds;

      if (element == NULL)
        continue;
      board_element_get_bounds (element, &bounds);
      if (n <= MAX_OUTLINES)
        outline (self, snapshot, &bounds, &selection->color);
      else if (found++ == 0)
        all = bounds;
      else
        board_rect_union (&all, &bounds, &all);
    }
  if (found > 0)
    outline (self, snapshot, &all, &selection->color);
}

/* A disc with the number of dots at the corner of what has some. */
static void
snapshot_dots (DrawLiveLayer *self, GtkSnapshot *snapshot)
{
  BoardMeeting *meeting = board_document_get_meeting (self->document);
  g_autoptr (GPtrArray) ids = board_meeting_list_dotted (meeting);
  const GdkRGBA back = { 0.88f, 0.11f, 0.14f, 1 }, front = { 1, 1, 1, 1 };

  for (guint i = 0; i < MIN (ids->len, MAX_DOTTED); i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      BoardElement *element = board_document_get_element (self->document, id);
      g_autofree char *text = g_strdup_printf ("%u", board_meeting_count_dots (meeting, id));
      g_autoptr (PangoLayout) layout = NULL;
      GskRoundedRect disc;
      BoardRect bounds;
      double x, y;
      int width, height;

      if (element == NULL)
        continue;
      board_element_get_bounds (element, &bounds);
      if (!to_widget (self, bounds.x + bounds.width, bounds.y, &x, &y))
        continue;
      layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      pango_layout_get_pixel_size (layout, &width, &height);
      gsk_rounded_rect_init_from_rect (&disc,
                                       &GRAPHENE_RECT_INIT ((float)x - 8, (float)y - 12,
                                                            (float)MAX (width + 12, 24), 24),
                                       12);
      gtk_snapshot_push_rounded_clip (snapshot, &disc);
      gtk_snapshot_append_color (snapshot, &back, &disc.bounds);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (disc.bounds.origin.x
                                                                  + (disc.bounds.size.width - (float)width) / 2,
                                                              (float)y - (float)height / 2));
      gtk_snapshot_append_layout (snapshot, layout, &front);
      gtk_snapshot_restore (snapshot);
    }
}

/* Light in the middle, dark from the rim on, however far. */
static void
snapshot_spotlight (DrawLiveLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *all)
{
  static const GskColorStop stops[] = {
    { 0.0f, { 0, 0, 0, 0 } },
    { 0.8f, { 0, 0, 0, 0 } },
    { 1.0f, { 0, 0, 0, SPOTLIGHT_DARKNESS } },
  };
  double x, y;

  if (!self->is_lit)
    return;
  draw_viewport_to_widget (self->viewport, self->lit_x, self->lit_y, &x, &y);
  x = CLAMP (x, -SPOTLIGHT_FAR, SPOTLIGHT_FAR);
  y = CLAMP (y, -SPOTLIGHT_FAR, SPOTLIGHT_FAR);
  gtk_snapshot_append_radial_gradient (snapshot, all, &GRAPHENE_POINT_INIT ((float)x, (float)y), SPOTLIGHT_RADIUS,
                                       SPOTLIGHT_RADIUS, 0, 1, stops, G_N_ELEMENTS (stops));
}

static void
draw_live_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DrawLiveLayer *self = DRAW_LIVE_LAYER (widget);
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                                  (float)gtk_widget_get_height (widget));
  int64_t now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  if (self->viewport == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, &all);
  snapshot_spotlight (self, snapshot, &all);
  g_hash_table_iter_init (&iter, self->selections);
  while (self->document != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    snapshot_selection (self, snapshot, value);
  if (self->document != NULL)
    snapshot_dots (self, snapshot);
  snapshot_trails (self, snapshot, now);
  snapshot_reactions (self, snapshot, now);
  gtk_snapshot_pop (snapshot);
}

/* --- The object --- */

static void
forget_all (DrawLiveLayer *self)
{
  g_hash_table_remove_all (self->trails);
  g_hash_table_remove_all (self->selections);
  g_queue_clear_full (&self->reactions, (GDestroyNotify)reaction_free);
  self->is_lit = FALSE;
}

static void
draw_live_layer_dispose (GObject *object)
{
  DrawLiveLayer *self = DRAW_LIVE_LAYER (object);

  forget_all (self);
  g_clear_object (&self->viewport);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (draw_live_layer_parent_class)->dispose (object);
}

static void
draw_live_layer_finalize (GObject *object)
{
  DrawLiveLayer *self = DRAW_LIVE_LAYER (object);

  g_hash_table_unref (self->trails);
  g_hash_table_unref (self->selections);
  G_OBJECT_CLASS (draw_live_layer_parent_class)->finalize (object);
}

static void
draw_live_layer_class_init (DrawLiveLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_live_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_live_layer_finalize;
  widget_class->snapshot = draw_live_layer_snapshot;
  gtk_widget_class_set_css_name (widget_class, "livelayer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
draw_live_layer_init (DrawLiveLayer *self)
{
  self->trails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, trail_free);
  self->selections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, selection_free);
  g_queue_init (&self->reactions);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

void
draw_live_layer_set_viewport (DrawLiveLayer *self, DrawViewport *viewport)
{
  g_return_if_fail (DRAW_IS_LIVE_LAYER (self) && DRAW_IS_VIEWPORT (viewport));

  g_set_object (&self->viewport, viewport);
  g_signal_connect_object (viewport, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

void
draw_live_layer_set_document (DrawLiveLayer *self, BoardDocument *document)
{
  g_return_if_fail (DRAW_IS_LIVE_LAYER (self));

  forget_all (self);
  g_set_object (&self->document, document);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static Trail *
ensure_trail (DrawLiveLayer *self, const char *member, const char *color)
{
  Trail *trail = g_hash_table_lookup (self->trails, member);

  if (trail != NULL || g_hash_table_size (self->trails) >= MAX_TRAILS)
    return trail;
  trail = g_new0 (Trail, 1);
  trail->points = g_array_new (FALSE, FALSE, sizeof (TrailPoint));
  parse_color (color, &trail->color);
  g_hash_table_insert (self->trails, g_strdup (member), trail);
  return trail;
}

void
draw_live_layer_add_laser (DrawLiveLayer *self,
                           const char *member,
                           const char *color,
                           const BoardCast *cast)
{
  const BoardPoint *points;
  Trail *trail;
  gsize n;

  g_return_if_fail (DRAW_IS_LIVE_LAYER (self) && member != NULL && cast != NULL);

  if (cast->points == NULL || (trail = ensure_trail (self, member, color)) == NULL)
    return;
  points = board_stroke_get_points (cast->points, &n);
  for (gsize i = 0; i < n; i++)
    {
      const TrailPoint point = { cast->x + points[i].x, cast->y + points[i].y,
                                 g_get_monotonic_time () };

      g_array_append_val (trail->points, point);
    }
  if (trail->points->len > MAX_TRAIL_POINTS)
    g_array_remove_range (trail->points, 0, trail->points->len - MAX_TRAIL_POINTS);
  start_moving (self);
}

static GskRenderNode *
make_reaction_node (DrawLiveLayer *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *clean = draw_chat_text_clean (text);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA color;
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (REACTION_SIZE * PANGO_SCALE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_width (layout, 6 * REACTION_SIZE * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, clean, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)(-width / 2), (float)(-height / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  return gtk_snapshot_free_to_node (snapshot);
}

void
draw_live_layer_add_reaction (DrawLiveLayer *self, const char *text, double x, double y)
{
  Reaction *reaction;
  GskRenderNode *node;

  g_return_if_fail (DRAW_IS_LIVE_LAYER (self) && text != NULL);

  node = make_reaction_node (self, text);
  if (node == NULL)
    return; /* nothing of it can be seen */
  reaction = g_new0 (Reaction, 1);
  reaction->x = x;
  reaction->y = y;
  reaction->born = g_get_monotonic_time ();
  reaction->node = node;
  g_queue_push_tail (&self->reactions, reaction);
  if (self->reactions.length > MAX_REACTIONS)
    reaction_free (g_queue_pop_head (&self->reactions));
  start_moving (self);
}

void
draw_live_layer_set_selection (DrawLiveLayer *self,
                               const char *member,
                               const char *color,
                               const char *const *ids)
{
  Selection *selection;

  g_return_if_fail (DRAW_IS_LIVE_LAYER (self) && member != NULL);

  g_hash_table_remove (self->selections, member);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (ids == NULL || ids[0] == NULL || g_hash_table_size (self->selections) >= MAX_SELECTIONS)
    return;
  selection = g_new0 (Selection, 1);
  selection->ids = g_strdupv ((char **)ids);
  parse_color (color, &selection->color);
  g_hash_table_insert (self->selections, g_strdup (member), selection);
}

void
draw_live_layer_set_spotlight (DrawLiveLayer *self, gboolean on, double x, double y)
{
  g_return_if_fail (DRAW_IS_LIVE_LAYER (self));

  if (!on && !self->is_lit)
    return;
  self->is_lit = on;
  self->lit_x = x;
  self->lit_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
draw_live_layer_remove_member (DrawLiveLayer *self, const char *member)
{
  g_return_if_fail (DRAW_IS_LIVE_LAYER (self) && member != NULL);

  g_hash_table_remove (self->trails, member);
  g_hash_table_remove (self->selections, member);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
has_dots (DrawLiveLayer *self)
{
  BoardBallot ballot;

  return self->document != NULL
         && board_meeting_get_ballot (board_document_get_meeting (self->document), &ballot);
}

void
draw_live_layer_update (DrawLiveLayer *self)
{
  g_return_if_fail (DRAW_IS_LIVE_LAYER (self));

  if (g_hash_table_size (self->selections) > 0 || has_dots (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
draw_live_layer_get_n_trails (DrawLiveLayer *self)
{
  g_return_val_if_fail (DRAW_IS_LIVE_LAYER (self), 0);

  return g_hash_table_size (self->trails);
}

guint
draw_live_layer_get_n_reactions (DrawLiveLayer *self)
{
  g_return_val_if_fail (DRAW_IS_LIVE_LAYER (self), 0);

  return self->reactions.length;
}

guint
draw_live_layer_get_n_selections (DrawLiveLayer *self)
{
  g_return_val_if_fail (DRAW_IS_LIVE_LAYER (self), 0);

  return g_hash_table_size (self->selections);
}
