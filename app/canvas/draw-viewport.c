/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-viewport.h"

#include <math.h>

#include "board/board-limits.h"

/* Share of the widget that stays free on each side when something is fitted into it. */
#define FIT_MARGIN 0.06

struct _DrawViewport {
  GObject parent_instance;

  double x, y; /* board place of the top left */
  double scale;
  double width, height; /* widget pixels */
};

enum { PROP_X = 1, PROP_Y, PROP_SCALE, PROP_WIDTH, PROP_HEIGHT, N_PROPS };

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (DrawViewport, draw_viewport, G_TYPE_OBJECT)

/* The only place where the fields change. */
static void
draw_viewport_set (DrawViewport *self,
                   double x,
                   double y,
                   double scale,
                   double width,
                   double height)
{
  if (!isfinite (x) || !isfinite (y) || !isfinite (scale) || !isfinite (width)
      || !isfinite (height))
    return;

  x = CLAMP (x + width / scale / 2, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX)
      - width / scale / 2;
  y = CLAMP (y + height / scale / 2, -BOARD_COORDINATE_MAX, BOARD_COORDINATE_MAX)
      - height / scale / 2;
  const double before[] = { self->x, self->y, self->scale, self->width, self->height };
  const double after[] = { x, y, scale, width, height };
  gboolean changed = FALSE;

  self->x = x;
  self->y = y;
  self->scale = scale;
  self->width = width;
  self->height = height;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    if (before[i] != after[i])
      {
        changed = TRUE;
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_X + i]);
      }
  g_object_thaw_notify (G_OBJECT (self));
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

static void
draw_viewport_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DrawViewport *self = DRAW_VIEWPORT (object);

  switch (id)
    {
    case PROP_X:
      g_value_set_double (value, self->x);
      break;
    case PROP_Y:
      g_value_set_double (value, self->y);
      break;
    case PROP_SCALE:
      g_value_set_double (value, self->scale);
      break;
    case PROP_WIDTH:
      g_value_set_double (value, self->width);
      break;
    case PROP_HEIGHT:
      g_value_set_double (value, self->height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_viewport_class_init (DrawViewportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const double max = G_MAXDOUBLE;

  object_class->get_property = draw_viewport_get_property;

  properties[PROP_X] = g_param_spec_double ("x", NULL, NULL, -max, max, 0, flags);
  properties[PROP_Y] = g_param_spec_double ("y", NULL, NULL, -max, max, 0, flags);
  properties[PROP_SCALE] = g_param_spec_double ("scale", NULL, NULL, DRAW_VIEWPORT_SCALE_MIN,
                                                DRAW_VIEWPORT_SCALE_MAX, 1, flags);
  properties[PROP_WIDTH] = g_param_spec_double ("width", NULL, NULL, 0, max, 0, flags);
  properties[PROP_HEIGHT] = g_param_spec_double ("height", NULL, NULL, 0, max, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", DRAW_TYPE_VIEWPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
draw_viewport_init (DrawViewport *self)
{
  self->scale = 1;
}

DrawViewport *
draw_viewport_new (void)
{
  return g_object_new (DRAW_TYPE_VIEWPORT, NULL);
}

void
draw_viewport_to_board (DrawViewport *self, double widget_x, double widget_y, double *x, double *y)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));
  g_return_if_fail (x != NULL && y != NULL);

  *x = self->x + widget_x / self->scale;
  *y = self->y + widget_y / self->scale;
}

void
draw_viewport_to_widget (DrawViewport *self, double x, double y, double *widget_x, double *widget_y)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));
  g_return_if_fail (widget_x != NULL && widget_y != NULL);

  *widget_x = (x - self->x) * self->scale;
  *widget_y = (y - self->y) * self->scale;
}

double
draw_viewport_get_scale (DrawViewport *self)
{
  g_return_val_if_fail (DRAW_IS_VIEWPORT (self), 1);

  return self->scale;
}

void
draw_viewport_get_visible (DrawViewport *self, BoardRect *rect)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));
  g_return_if_fail (rect != NULL);

  *rect = (BoardRect){ self->x, self->y, self->width / self->scale, self->height / self->scale };
}

void
draw_viewport_set_size (DrawViewport *self, double width, double height)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));
  g_return_if_fail (width >= 0 && height >= 0);

  draw_viewport_set (self, self->x, self->y, self->scale, width, height);
}

void
draw_viewport_pan (DrawViewport *self, double dx, double dy)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));

  draw_viewport_set (self, self->x - dx / self->scale, self->y - dy / self->scale, self->scale,
                     self->width, self->height);
}

void
draw_viewport_zoom_at (DrawViewport *self, double scale, double widget_x, double widget_y)
{
  double x, y;

  g_return_if_fail (DRAW_IS_VIEWPORT (self));

  if (isnan (scale))
    return;
  scale = CLAMP (scale, DRAW_VIEWPORT_SCALE_MIN, DRAW_VIEWPORT_SCALE_MAX);
  draw_viewport_to_board (self, widget_x, widget_y, &x, &y);
  draw_viewport_set (self, x - widget_x / scale, y - widget_y / scale, scale, self->width,
                     self->height);
}

void
draw_viewport_set_scale (DrawViewport *self, double scale)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));

  draw_viewport_zoom_at (self, scale, self->width / 2, self->height / 2);
}

void
draw_viewport_center_on (DrawViewport *self, double x, double y)
{
  g_return_if_fail (DRAW_IS_VIEWPORT (self));

  draw_viewport_set (self, x - self->width / self->scale / 2, y - self->height / self->scale / 2,
                     self->scale, self->width, self->height);
}

void
draw_viewport_fit (DrawViewport *self, const BoardRect *rect)
{
  double scale = 1;

  g_return_if_fail (DRAW_IS_VIEWPORT (self));
  g_return_if_fail (rect != NULL);

  if (rect->width > 0)
    scale = MIN (scale, self->width * (1 - 2 * FIT_MARGIN) / rect->width);
  if (rect->height > 0)
    scale = MIN (scale, self->height * (1 - 2 * FIT_MARGIN) / rect->height);
  scale = MAX (scale, DRAW_VIEWPORT_SCALE_MIN);
  draw_viewport_set (self, rect->x + rect->width / 2 - self->width / scale / 2,
                     rect->y + rect->height / 2 - self->height / scale / 2, scale, self->width,
                     self->height);
}
