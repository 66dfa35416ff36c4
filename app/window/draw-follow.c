/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-follow.h"

struct _DrawFollow
{
  GObject parent_instance;

  /* owned */
  DrawViewport *viewport;
  DrawMember *member;

  gboolean moving; /* it is us who move the view */
  double x, y, scale; /* where we put it */
};

enum
{
  PROP_MEMBER = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DrawFollow, draw_follow, G_TYPE_OBJECT)

static void
remember_place (DrawFollow *self)
{
  g_object_get (self->viewport, "x", &self->x, "y", &self->y, "scale", &self->scale, NULL);
}

/* A window that is resized is no reason to stop; a hand that pans is. */
static void
on_viewport_changed (DrawViewport *viewport, DrawFollow *self)
{
  double x, y, scale;

  if (self->member == NULL || self->moving)
    return;
  g_object_get (viewport, "x", &x, "y", &y, "scale", &scale, NULL);
  if (x != self->x || y != self->y || scale != self->scale)
    draw_follow_set_member (self, NULL);
}

static void
draw_follow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MEMBER)
    g_value_set_object (value, DRAW_FOLLOW (object)->member);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
draw_follow_dispose (GObject *object)
{
  DrawFollow *self = DRAW_FOLLOW (object);

  g_clear_object (&self->viewport);
  g_clear_object (&self->member);
  G_OBJECT_CLASS (draw_follow_parent_class)->dispose (object);
}

static void
draw_follow_class_init (DrawFollowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = draw_follow_get_property;
  G_OBJECT_CLASS (klass)->dispose = draw_follow_dispose;
  props[PROP_MEMBER] = g_param_spec_object ("member", NULL, NULL, DRAW_TYPE_MEMBER,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
draw_follow_init (DrawFollow *self)
{
}

DrawFollow *
draw_follow_new (DrawViewport *viewport)
{
  DrawFollow *self = g_object_new (DRAW_TYPE_FOLLOW, NULL);

  g_assert (DRAW_IS_VIEWPORT (viewport));
  self->viewport = g_object_ref (viewport);
  g_signal_connect_object (viewport, "changed", G_CALLBACK (on_viewport_changed), self, 0);
  return self;
}

/* All of what the other sees, as large as it gets here. */
static void
show (DrawViewport *viewport, const BoardRect *view)
{
  double width, height;

  g_object_get (viewport, "width", &width, "height", &height, NULL);
  if (width <= 0 || height <= 0 || view->width <= 0 || view->height <= 0)
    return;
  draw_viewport_set_scale (viewport, MIN (width / view->width, height / view->height));
  draw_viewport_center_on (viewport, view->x + view->width / 2, view->y + view->height / 2);
}

void
draw_follow_go (DrawFollow *self, const BoardRect *view)
{
  g_return_if_fail (DRAW_IS_FOLLOW (self) && view != NULL);

  draw_follow_set_member (self, NULL);
  show (self->viewport, view);
}

void
draw_follow_set_member (DrawFollow *self, DrawMember *member)
{
  g_return_if_fail (DRAW_IS_FOLLOW (self));
  g_return_if_fail (member == NULL || DRAW_IS_MEMBER (member));

  if (!g_set_object (&self->member, member))
    return;
  remember_place (self);
  draw_follow_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MEMBER]);
}

DrawMember *
draw_follow_get_member (DrawFollow *self)
{
  g_return_val_if_fail (DRAW_IS_FOLLOW (self), NULL);

  return self->member;
}

void
draw_follow_update (DrawFollow *self)
{
  BoardRect view;

  g_return_if_fail (DRAW_IS_FOLLOW (self));

  if (self->member == NULL || !draw_member_get_view (self->member, &view))
    return;
  self->moving = TRUE;
  show (self->viewport, &view);
  self->moving = FALSE;
  remember_place (self);
}
