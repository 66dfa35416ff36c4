/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-narrow-bin.h"

struct _DrawNarrowBin
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *child;
  int threshold;
  int minimum_width;
  int minimum_height;
  gboolean narrow;
  guint update_id; /* tick callback that tells of a change, or 0 */
};

enum
{
  PROP_CHILD = 1,
  PROP_THRESHOLD,
  PROP_MINIMUM_WIDTH,
  PROP_MINIMUM_HEIGHT,
  PROP_NARROW,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static GtkBuildableIface *parent_buildable;

static void draw_narrow_bin_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawNarrowBin,
                               draw_narrow_bin,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      draw_narrow_bin_buildable_init))

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  DrawNarrowBin *self = DRAW_NARROW_BIN (widget);
  gboolean narrow = gtk_widget_get_width (widget) < self->threshold;

  self->update_id = 0;
  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
    }
  return G_SOURCE_REMOVE;
}

static void
set_child (DrawNarrowBin *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
draw_narrow_bin_add_child (GtkBuildable *buildable,
                           GtkBuilder *builder,
                           GObject *child,
                           const char *type)
{
  if (GTK_IS_WIDGET (child))
    set_child (DRAW_NARROW_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
draw_narrow_bin_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = draw_narrow_bin_add_child;
}

static void
draw_narrow_bin_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  DrawNarrowBin *self = DRAW_NARROW_BIN (widget);
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;
  int child_min = 0, child_nat = 0;

  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, -1, &child_min, &child_nat, NULL, NULL);
  *minimum = horizontal ? self->minimum_width : self->minimum_height;
  *natural = MAX (*minimum, child_nat);
}

static void
draw_narrow_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DrawNarrowBin *self = DRAW_NARROW_BIN (widget);
  int child_width = 0, child_height = 0;

  if (self->child != NULL)
    {
      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL,
                          NULL);
      child_width = MAX (child_width, width);
      gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, child_width, &child_height, NULL,
                          NULL, NULL);
      gtk_widget_allocate (self->child, child_width, MAX (child_height, height), baseline, NULL);
    }
  /* Children must not be shown or hidden while sizes are given out: at the next frame. */
  if ((width < self->threshold) != self->narrow && self->update_id == 0)
    self->update_id = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
}

static void
draw_narrow_bin_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DrawNarrowBin *self = DRAW_NARROW_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_MINIMUM_WIDTH:
      g_value_set_int (value, self->minimum_width);
      break;
    case PROP_MINIMUM_HEIGHT:
      g_value_set_int (value, self->minimum_height);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_narrow_bin_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  DrawNarrowBin *self = DRAW_NARROW_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_MINIMUM_WIDTH:
      self->minimum_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_MINIMUM_HEIGHT:
      self->minimum_height = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_narrow_bin_dispose (GObject *object)
{
  set_child (DRAW_NARROW_BIN (object), NULL);
  G_OBJECT_CLASS (draw_narrow_bin_parent_class)->dispose (object);
}

static void
draw_narrow_bin_class_init (DrawNarrowBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_narrow_bin_get_property;
  object_class->set_property = draw_narrow_bin_set_property;
  object_class->dispose = draw_narrow_bin_dispose;
  widget_class->measure = draw_narrow_bin_measure;
  widget_class->size_allocate = draw_narrow_bin_size_allocate;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MINIMUM_WIDTH] = g_param_spec_int ("minimum-width", NULL, NULL, 0, G_MAXINT, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MINIMUM_HEIGHT] = g_param_spec_int ("minimum-height", NULL, NULL, 0, G_MAXINT, 0,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
draw_narrow_bin_init (DrawNarrowBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

gboolean
draw_narrow_bin_get_narrow (DrawNarrowBin *self)
{
  g_return_val_if_fail (DRAW_IS_NARROW_BIN (self), FALSE);

  return self->narrow;
}
