/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-peers.h"

#include <math.h>

#include "board/board-limits.h"
#include "canvas/draw-color.h"

/* µs of silence after which a wet stroke is dropped (its op was lost, or its author was), and a
 * cursor. */
#define INK_LIFETIME (10 * G_USEC_PER_SEC)
#define CURSOR_LIFETIME (60 * G_USEC_PER_SEC)
/* Places come thirty times a second or less: a cursor glides from one to the next in about that time. One
 * that was not heard of for longer is simply there. */
#define GLIDE (60 * G_TIME_SPAN_MILLISECOND)
#define GLIDE_AFTER (500 * G_TIME_SPAN_MILLISECOND)
/* A cursor at rest steps back; in a crowd, names are shown of those who move, where no other name is. */
#define REST (5 * G_USEC_PER_SEC)
#define REST_OPACITY 0.5
#define CROWD 12
#define NAME_TIME (3 * G_USEC_PER_SEC)
/* A name tag, widget pixels. */
#define TAG_WIDTH 160
#define TAG_PADDING_X 7
#define TAG_PADDING_Y 2
#define TAG_LEFT 11
#define TAG_TOP 17
#define POINTER_SIZE 20

typedef struct {
  DrawWetStroke *ink;
  int64_t heard;
} WetInk;

typedef struct {
  gboolean has_cursor;
  double x, y;           /* board units: where it is going */
  double from_x, from_y; /* where it was seen when that was heard */
  int64_t heard;
  char *name, *color;
  GskRenderNode *node; /* pointer and tag, at the origin; made when it is first seen */
  GQueue strokes;      /* WetInk, oldest first */
} Peer;

struct _DrawPeers {
  GtkWidget *widget;
  GHashTable *peers; /* member -> Peer */
  guint n_strokes;
  gboolean dark;
  guint tick; /* while a cursor glides, or 0 */
};

static void
wet_ink_free (WetInk *wet)
{
  g_clear_pointer (&wet->ink, draw_wet_stroke_free);
  g_free (wet);
}

static void
peer_free (gpointer data)
{
  Peer *peer = data;

  g_queue_clear_full (&peer->strokes, (GDestroyNotify) wet_ink_free);
  g_clear_pointer (&peer->node, gsk_render_node_unref);
  g_free (peer->name);
  g_free (peer->color);
  g_free (peer);
}

static Peer *
ensure_peer (DrawPeers *self, const char *member)
{
  Peer *peer = g_hash_table_lookup (self->peers, member);

  if (peer != NULL || g_hash_table_size (self->peers) >= DRAW_PEERS_MAX)
    return peer;
  peer = g_new0 (Peer, 1);
  g_queue_init (&peer->strokes);
  g_hash_table_insert (self->peers, g_strdup (member), peer);
  return peer;
}

static void
drop_stroke (DrawPeers *self, Peer *peer, GList *link)
{
  wet_ink_free (link->data);
  g_queue_delete_link (&peer->strokes, link);
  self->n_strokes--;
}

/* ---- the picture of a cursor ---- */

/* One line, a bounded number of letters, nothing that is not a letter. */
static char *
clean_name (const char *name)
{
  GString *clean = g_string_new (NULL);
  guint n = 0;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return g_string_free (clean, FALSE);
  for (const char *p = name; *p != '\0' && n < BOARD_MAX_NAME; p = g_utf8_next_char (p))
    {
      const gunichar letter = g_utf8_get_char (p);

      if (g_unichar_iscntrl (letter) || g_unichar_type (letter) == G_UNICODE_FORMAT
          || g_unichar_type (letter) == G_UNICODE_LINE_SEPARATOR
          || g_unichar_type (letter) == G_UNICODE_PARAGRAPH_SEPARATOR)
        continue;
      g_string_append_unichar (clean, letter);
      n++;
    }
  return g_string_free (clean, FALSE);
}

static void
append_pointer (GtkSnapshot *snapshot, const GdkRGBA *color)
{
  static const double arrow[][2] = { { 0, 0 }, { 4.6, 15 }, { 7.6, 8.9 }, { 14.2, 7.4 } };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (-2, -2, POINTER_SIZE,
                                                                          POINTER_SIZE));

  for (guint i = 0; i < G_N_ELEMENTS (arrow); i++)
    cairo_line_to (cr, arrow[i][0], arrow[i][1]);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
append_tag (GtkSnapshot *snapshot, PangoLayout *layout, const GdkRGBA *color)
{
  GskRoundedRect outline;
  GdkRGBA text;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (TAG_LEFT, TAG_TOP,
                                                        (float) (width + 2 * TAG_PADDING_X),
                                                        (float) (height + 2 * TAG_PADDING_Y)),
                                   (float) height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  draw_color_get_contrast (color, &text);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (TAG_LEFT + TAG_PADDING_X, TAG_TOP + TAG_PADDING_Y));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);
}

static GskRenderNode *
create_node (DrawPeers *self, Peer *peer)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->widget, NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA color = { 0.21f, 0.52f, 0.89f, 1 };

  draw_color_parse (peer->color, FALSE, &color);
  color.alpha = 1;
  append_pointer (snapshot, &color);
  if (peer->name[0] != '\0')
    {
      pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
      pango_layout_set_attributes (layout, attributes);
      pango_layout_set_single_paragraph_mode (layout, TRUE);
      pango_layout_set_width (layout, TAG_WIDTH * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_text (layout, peer->name, -1);
      append_tag (snapshot, layout, &color);
    }
  return gtk_snapshot_free_to_node (snapshot);
}

/* ---- gliding ---- */

/* Where a cursor is seen now; FALSE: it has arrived. */
static gboolean
get_seen (const Peer *peer, int64_t now, double *x, double *y)
{
  const double part = CLAMP ((double) (now - peer->heard) / (double) GLIDE, 0, 1);

  *x = peer->from_x + (peer->x - peer->from_x) * part;
  *y = peer->from_y + (peer->y - peer->from_y) * part;
  return part < 1;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DrawPeers *self = data;
  const int64_t now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  gtk_widget_queue_draw (widget);
  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Peer *) value)->has_cursor && now - ((Peer *) value)->heard < GLIDE)
      return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
move_cursor (DrawPeers *self, Peer *peer, double x, double y, int64_t now)
{
  if (!peer->has_cursor || now - peer->heard > GLIDE_AFTER)
    {
      peer->from_x = x;
      peer->from_y = y;
    }
  else
    {
      get_seen (peer, now, &peer->from_x, &peer->from_y);
      if (self->tick == 0 && self->widget != NULL)
        self->tick = gtk_widget_add_tick_callback (self->widget, on_tick, self, NULL);
    }
  peer->has_cursor = TRUE;
  peer->x = x;
  peer->y = y;
  peer->heard = now;
}

/* ---- ink ---- */

static GList *
find_stroke (Peer *peer, const char *id)
{
  for (GList *l = peer->strokes.head; l != NULL; l = l->next)
    if (g_str_equal (draw_wet_stroke_get_id (((WetInk *) l->data)->ink), id))
      return l;
  return NULL;
}

static WetInk *
ensure_stroke (DrawPeers *self, Peer *peer, const BoardCast *cast)
{
  GList *link = find_stroke (peer, cast->id);
  WetInk *wet;

  if (link != NULL)
    return link->data;
  if (peer->strokes.length >= DRAW_PEERS_MAX_STROKES)
    drop_stroke (self, peer, peer->strokes.head);
  if (self->n_strokes >= DRAW_PEERS_MAX_INK)
    return NULL;
  wet = g_new0 (WetInk, 1);
  wet->ink = draw_wet_stroke_new (cast->id, cast->color, cast->width);
  draw_wet_stroke_set_dark (wet->ink, self->dark);
  g_queue_push_tail (&peer->strokes, wet);
  self->n_strokes++;
  return wet;
}

static void
add_points (WetInk *wet, const BoardCast *cast)
{
  gsize n_points;
  const BoardPoint *relative = board_stroke_get_points (cast->points, &n_points);
  g_autofree BoardPoint *points = g_memdup2 (relative, n_points * sizeof (BoardPoint));

  for (gsize i = 0; i < n_points; i++)
    {
      points[i].x += cast->x;
      points[i].y += cast->y;
    }
  draw_wet_stroke_set_points (wet->ink, cast->from, points, n_points);
}

/* ---- public ---- */

DrawPeers *
draw_peers_new (GtkWidget *widget)
{
  DrawPeers *self = g_new0 (DrawPeers, 1);

  self->widget = widget;
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, peer_free);
  return self;
}

void
draw_peers_free (DrawPeers *self)
{
  g_return_if_fail (self != NULL);

  if (self->tick > 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick);
  g_hash_table_unref (self->peers);
  g_free (self);
}

void
draw_peers_show_cursor (DrawPeers *self,
                        const char *member,
                        const char *name,
                        const char *color,
                        double x,
                        double y,
                        int64_t now)
{
  g_autofree char *clean = clean_name (name);
  Peer *peer;

  g_return_if_fail (self != NULL && member != NULL);

  if (!isfinite (x) || !isfinite (y) || fabs (x) > BOARD_COORDINATE_MAX
      || fabs (y) > BOARD_COORDINATE_MAX)
    return;
  peer = ensure_peer (self, member);
  if (peer == NULL)
    return;
  if (g_strcmp0 (peer->name, clean) != 0 || g_strcmp0 (peer->color, color) != 0)
    {
      g_free (peer->name);
      g_free (peer->color);
      peer->name = g_steal_pointer (&clean);
      peer->color = g_strdup (color);
      g_clear_pointer (&peer->node, gsk_render_node_unref);
    }
  move_cursor (self, peer, x, y, now);
}

void
draw_peers_hide_cursor (DrawPeers *self, const char *member)
{
  Peer *peer;

  g_return_if_fail (self != NULL && member != NULL);

  peer = g_hash_table_lookup (self->peers, member);
  if (peer != NULL)
    peer->has_cursor = FALSE;
}

void
draw_peers_show_ink (DrawPeers *self, const char *member, const BoardCast *cast, int64_t now)
{
  Peer *peer;
  WetInk *wet;

  g_return_if_fail (self != NULL && member != NULL && cast != NULL);

  if (cast->id == NULL)
    return;
  if (cast->type == BOARD_CAST_INK_END)
    {
      peer = g_hash_table_lookup (self->peers, member);
      GList *link = peer != NULL ? find_stroke (peer, cast->id) : NULL;

      if (link != NULL)
        drop_stroke (self, peer, link);
      return;
    }
  if (cast->type != BOARD_CAST_INK || cast->color == NULL || cast->points == NULL
      || !isfinite (cast->x) || !isfinite (cast->y))
    return;
  peer = ensure_peer (self, member);
  wet = peer != NULL ? ensure_stroke (self, peer, cast) : NULL;
  if (wet == NULL)
    return;
  wet->heard = now;
  add_points (wet, cast);
}

void
draw_peers_remove (DrawPeers *self, const char *member)
{
  Peer *peer;

  g_return_if_fail (self != NULL && member != NULL);

  peer = g_hash_table_lookup (self->peers, member);
  if (peer == NULL)
    return;
  self->n_strokes -= peer->strokes.length;
  g_hash_table_remove (self->peers, member);
}

void
draw_peers_set_dark (DrawPeers *self, gboolean dark)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  self->dark = dark;
  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (GList *l = ((Peer *) value)->strokes.head; l != NULL; l = l->next)
      draw_wet_stroke_set_dark (((WetInk *) l->data)->ink, dark);
}

GPtrArray *
draw_peers_take_dry (DrawPeers *self, BoardDocument *document)
{
  GPtrArray *dry = g_ptr_array_new_with_free_func ((GDestroyNotify) draw_wet_stroke_free);
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (self != NULL, dry);

  g_hash_table_iter_init (&iter, self->peers);
  while (document != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      Peer *peer = value;

      for (GList *l = peer->strokes.head, *next; l != NULL; l = next)
        {
          WetInk *wet = l->data;

          next = l->next;
          if (board_document_get_element (document, draw_wet_stroke_get_id (wet->ink)) == NULL)
            continue;
          g_ptr_array_add (dry, g_steal_pointer (&wet->ink));
          drop_stroke (self, peer, l);
        }
    }
  return dry;
}

gboolean
draw_peers_expire (DrawPeers *self, int64_t now)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Peer *peer = value;

      for (GList *l = peer->strokes.head, *next; l != NULL; l = next)
        {
          next = l->next;
          if (now - ((WetInk *) l->data)->heard >= INK_LIFETIME)
            drop_stroke (self, peer, l);
        }
      if (now - peer->heard >= CURSOR_LIFETIME)
        peer->has_cursor = FALSE;
      if (!peer->has_cursor && peer->strokes.length == 0)
        g_hash_table_iter_remove (&iter);
    }
  return g_hash_table_size (self->peers) > 0;
}

guint
draw_peers_get_n_cursors (DrawPeers *self)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += ((Peer *) value)->has_cursor != FALSE;
  return n;
}

guint
draw_peers_get_n_strokes (DrawPeers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_strokes;
}

uint64_t
draw_peers_get_n_painted (DrawPeers *self)
{
  uint64_t n_painted = 0;
  GHashTableIter iter;
  gpointer peer;

  g_return_val_if_fail (self != NULL, 0);

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &peer))
    for (GList *l = ((Peer *) peer)->strokes.head; l != NULL; l = l->next)
      n_painted += draw_wet_stroke_get_n_painted (((WetInk *) l->data)->ink);
  return n_painted;
}

void
draw_peers_snapshot_ink (DrawPeers *self, GtkSnapshot *snapshot, const DrawView *view)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (GList *l = ((Peer *) value)->strokes.head; l != NULL; l = l->next)
      draw_wet_stroke_snapshot (((WetInk *) l->data)->ink, snapshot, view);
}

/* ---- names in a crowd ---- */

/* Where names are already, so that none lies over another: a bit for each cell of what is seen. */
#define CELL_WIDTH 16
#define CELL_HEIGHT 8
#define N_CELLS 512 /* each way: what is beyond is not seen */

typedef struct {
  guint8 taken[N_CELLS * N_CELLS / 8];
} Places;

static int
get_cell (double position, int size)
{
  return (int) CLAMP (floor (position / size), 0, N_CELLS - 1);
}

static gboolean
is_taken (const Places *places, int column, int row)
{
  const int cell = row * N_CELLS + column;

  return (places->taken[cell / 8] & (1 << cell % 8)) != 0;
}

/* FALSE: a part of it is taken. */
static gboolean
claim (Places *places, double x, double y, const graphene_rect_t *tag)
{
  const int left = get_cell (x + TAG_LEFT, CELL_WIDTH);
  const int right = get_cell (x + tag->origin.x + tag->size.width, CELL_WIDTH);
  const int top = get_cell (y + TAG_TOP, CELL_HEIGHT);
  const int bottom = get_cell (y + tag->origin.y + tag->size.height, CELL_HEIGHT);

  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      if (is_taken (places, column, row))
        return FALSE;
  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      places->taken[(row * N_CELLS + column) / 8] |= (guint8) (1 << column % 8);
  return TRUE;
}

/* Whether it has its name: of those who move, as far as there is room. */
static gboolean
is_named (const Peer *peer, Places *crowd, double x, double y, int64_t now)
{
  graphene_rect_t bounds;

  if (crowd == NULL)
    return TRUE;
  gsk_render_node_get_bounds (peer->node, &bounds);
  return now - peer->heard <= NAME_TIME && claim (crowd, x, y, &bounds);
}

/* crowd: NULL while there are so few that each has its name. */
static void
snapshot_cursor (DrawPeers *self,
                 GtkSnapshot *snapshot,
                 DrawViewport *viewport,
                 Peer *peer,
                 Places *crowd,
                 int64_t now)
{
  gboolean bare;
  double x, y;

  get_seen (peer, now, &x, &y);
  draw_viewport_to_widget (viewport, x, y, &x, &y);
  if (fabs (x) > 1e5 || fabs (y) > 1e5)
    return;
  if (peer->node == NULL)
    peer->node = create_node (self, peer);
  bare = !is_named (peer, crowd, x, y, now);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_snapshot_push_opacity (snapshot, now - peer->heard > REST ? REST_OPACITY : 1);
  if (bare)
    gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-2, -2, POINTER_SIZE, TAG_TOP + 1));
  gtk_snapshot_append_node (snapshot, peer->node);
  if (bare)
    gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

void
draw_peers_snapshot_cursors (DrawPeers *self, GtkSnapshot *snapshot, DrawViewport *viewport)
{
  const int64_t now = g_get_monotonic_time ();
  g_autofree Places *crowd = draw_peers_get_n_cursors (self) > CROWD ? g_new0 (Places, 1) : NULL;
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Peer *) value)->has_cursor)
      snapshot_cursor (self, snapshot, viewport, value, crowd, now);
}
