/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "board/board-cast.h"
#include "board/board-limits.h"
#include "tools/draw-tools.h"

/* Points at things: a trail that everybody sees and that fades. Nothing of it stays on the board. */
#define DRAW_TYPE_LASER_TOOL (draw_laser_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawLaserTool, draw_laser_tool, DRAW, LASER_TOOL, GObject)

#define COLOR "#e01b24"
/* Widget pixels. */
#define WIDTH 4.0
/* ms between two casts. */
#define INTERVAL 25
#define POINTS_MAX 400

struct _DrawLaserTool {
  GObject parent_instance;

  char *id;                    /* of the trail, or NULL */
  GArray *points;              /* (element-type BoardPoint) not cast yet, board coordinates */
  double x, y;                 /* where the trail began */
  guint n_cast;                /* points that were */
  uint32_t started, cast_time; /* ms */
};

static void draw_laser_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawLaserTool,
                               draw_laser_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_laser_tool_tool_init))

static void
cast_points (DrawLaserTool *self, DrawToolHost *host)
{
  g_autoptr (BoardCast) cast = NULL;

  if (self->points->len == 0)
    return;
  cast = board_cast_new (BOARD_CAST_LASER);
  cast->id = g_strdup (self->id);
  cast->color = g_strdup (COLOR);
  cast->width = CLAMP (WIDTH / draw_viewport_get_scale (draw_tool_host_get_viewport (host)),
                       BOARD_STROKE_WIDTH_MIN, BOARD_STROKE_WIDTH_MAX);
  cast->has_place = TRUE;
  cast->x = self->x;
  cast->y = self->y;
  cast->from = self->n_cast;
  cast->points = board_stroke_new ((const BoardPoint *) self->points->data, self->points->len);
  self->n_cast += self->points->len;
  g_array_set_size (self->points, 0);
  draw_tool_host_cast (host, cast);
}

static void
add_sample (DrawLaserTool *self, DrawToolHost *host, const DrawSample *sample)
{
  const double max = BOARD_COORDINATE_MAX;
  BoardPoint point = { .pressure = 0.5f };

  if (!isfinite (sample->x) || !isfinite (sample->y)
      || self->n_cast + self->points->len >= BOARD_MAX_POINTS)
    return;
  if (self->n_cast == 0 && self->points->len == 0)
    {
      self->x = CLAMP (sample->x, -max, max);
      self->y = CLAMP (sample->y, -max, max);
    }
  point.x = CLAMP (sample->x, -max, max) - self->x;
  point.y = CLAMP (sample->y, -max, max) - self->y;
  point.time = sample->time - self->started;
  g_array_append_val (self->points, point);
  if (sample->time - self->cast_time < INTERVAL && self->points->len < POINTS_MAX)
    return;
  self->cast_time = sample->time;
  cast_points (self, host);
}

static void
draw_laser_tool_press (DrawTool *tool,
                       DrawToolHost *host,
                       const DrawSample *sample,
                       GdkModifierType state)
{
  DrawLaserTool *self = DRAW_LASER_TOOL (tool);

  g_free (self->id);
  self->id = board_element_make_id ();
  g_array_set_size (self->points, 0);
  self->n_cast = 0;
  self->started = sample->time;
  self->cast_time = sample->time;
  add_sample (self, host, sample);
}

static void
draw_laser_tool_motion (DrawTool *tool,
                        DrawToolHost *host,
                        const DrawSample *samples,
                        gsize n_samples,
                        GdkModifierType state)
{
  for (gsize i = 0; i < n_samples; i++)
    add_sample (DRAW_LASER_TOOL (tool), host, &samples[i]);
}

static void
draw_laser_tool_release (DrawTool *tool,
                         DrawToolHost *host,
                         const DrawSample *sample,
                         GdkModifierType state)
{
  add_sample (DRAW_LASER_TOOL (tool), host, sample);
  cast_points (DRAW_LASER_TOOL (tool), host);
}

static void
draw_laser_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  cast_points (DRAW_LASER_TOOL (tool), host);
}

static const char *
draw_laser_tool_get_cursor (DrawTool *tool)
{
  return "crosshair";
}

static void
draw_laser_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_laser_tool_press;
  iface->motion = draw_laser_tool_motion;
  iface->release = draw_laser_tool_release;
  iface->cancel = draw_laser_tool_cancel;
  iface->get_cursor = draw_laser_tool_get_cursor;
}

static void
draw_laser_tool_finalize (GObject *object)
{
  DrawLaserTool *self = DRAW_LASER_TOOL (object);

  g_free (self->id);
  g_array_unref (self->points);
  G_OBJECT_CLASS (draw_laser_tool_parent_class)->finalize (object);
}

static void
draw_laser_tool_class_init (DrawLaserToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_laser_tool_finalize;
}

static void
draw_laser_tool_init (DrawLaserTool *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (BoardPoint));
}

DrawTool *
draw_laser_tool_new (void)
{
  return g_object_new (DRAW_TYPE_LASER_TOOL, NULL);
}
