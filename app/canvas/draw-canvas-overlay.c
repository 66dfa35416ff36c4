/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-canvas-private.h"

#include <math.h>

#include "canvas/draw-mark.h"

static const GdkRGBA accent = { 0.208f, 0.518f, 0.894f, 1 };

static void
append_box (GtkSnapshot *snapshot, float x, float y, float width, float height, float border)
{
  const float widths[4] = { border, border, border, border };
  const GdkRGBA colors[4] = { accent, accent, accent, accent };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
snapshot_marks (DrawCanvas *self, GtkSnapshot *snapshot)
{
  const gboolean is_lent = self->lent != NULL && self->selection->len > 0;
  DrawTool *tool = self->acting != NULL ? self->acting : is_lent ? self->lent : self->tool;
  g_autoptr (GArray) marks = NULL;

  if (tool != NULL && self->document != NULL && !self->read_only)
    marks = draw_tool_get_marks (tool, DRAW_TOOL_HOST (self));
  if (marks != NULL)
    draw_mark_snapshot (marks, snapshot, self->viewport, gtk_widget_get_width (GTK_WIDGET (self)),
                        gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
snapshot_band (DrawCanvas *self, GtkSnapshot *snapshot)
{
  GdkRGBA fill = accent;
  double x0, y0, x1, y1;

  fill.alpha = 0.1f;
  draw_viewport_to_widget (self->viewport, self->band.x, self->band.y, &x0, &y0);
  draw_viewport_to_widget (self->viewport, self->band.x + self->band.width,
                           self->band.y + self->band.height, &x1, &y1);
  const float x = (float) floor (x0), y = (float) floor (y0);
  const float width = (float) ceil (x1) - x, height = (float) ceil (y1) - y;

  if (width < 1 || height < 1)
    return;
  gtk_snapshot_append_color (snapshot, &fill, &GRAPHENE_RECT_INIT (x, y, width, height));
  append_box (snapshot, x, y, width, height, 1);
}

void
draw_canvas_overlay_snapshot (DrawCanvas *self, GtkSnapshot *snapshot)
{
  if (self->document != NULL)
    draw_frame_names_snapshot (self->frame_names, snapshot, self->viewport, self->dark);
  snapshot_marks (self, snapshot);
  if (self->has_band)
    snapshot_band (self, snapshot);
}
