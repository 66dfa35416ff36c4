/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-disc.h"

struct _DrawDisc
{
  GtkWidget parent_instance;

  /* owned */
  char *color;
  char *text;
  PangoLayout *layout; /* of the letter; NULL until needed */
  int size;
};

enum
{
  PROP_COLOR = 1,
  PROP_TEXT,
  PROP_SIZE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (DrawDisc, draw_disc, GTK_TYPE_WIDGET)

#define SIZE_DEFAULT 24

static void
parse_color (DrawDisc *self, GdkRGBA *rgba)
{
  if (self->color == NULL || !gdk_rgba_parse (rgba, self->color))
    *rgba = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 1.0f };
}

/* Relative luminance as WCAG 2 defines it, with its gamma taken as 2.2: is white or black more
 * readable? */
static gboolean
is_light (const GdkRGBA *rgba)
{
  double r = rgba->red * rgba->red, g = rgba->green * rgba->green, b = rgba->blue * rgba->blue;

  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.32;
}

static PangoLayout *
ensure_layout (DrawDisc *self)
{
  if (self->layout == NULL)
    {
      g_autofree char *initial = draw_disc_make_initial (self->text);
      g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), initial);
      pango_attr_list_insert (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_attr_list_insert (attrs,
                              pango_attr_size_new_absolute (self->size * PANGO_SCALE * 11 / 20));
      pango_layout_set_attributes (self->layout, attrs);
    }
  return self->layout;
}

static void
snapshot_letter (DrawDisc *self, GtkSnapshot *snapshot, const GdkRGBA *background)
{
  PangoLayout *layout = ensure_layout (self);
  GdkRGBA ink = is_light (background) ? (GdkRGBA){ 0, 0, 0, 0.8f } : (GdkRGBA){ 1, 1, 1, 1 };
  PangoRectangle rect;

  pango_layout_get_pixel_extents (layout, NULL, &rect);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((self->size - rect.width) / 2.0f - rect.x,
                                                (self->size - rect.height) / 2.0f - rect.y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_disc_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DrawDisc *self = DRAW_DISC (widget);
  float x = (gtk_widget_get_width (widget) - self->size) / 2.0f;
  float y = (gtk_widget_get_height (widget) - self->size) / 2.0f;
  GskRoundedRect disc;
  GdkRGBA rgba, rim = { 0.5f, 0.5f, 0.5f, 0.35f };

  parse_color (self, &rgba);
  gsk_rounded_rect_init_from_rect (&disc, &GRAPHENE_RECT_INIT (0, 0, self->size, self->size),
                                   self->size / 2.0f);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, &rgba, &disc.bounds);
  if (self->text != NULL)
    snapshot_letter (self, snapshot, &rgba);
  gtk_snapshot_pop (snapshot);
  /* A rim, so that black on black and white on white are seen. */
  gtk_snapshot_append_border (snapshot, &disc, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ rim, rim, rim, rim });
  gtk_snapshot_restore (snapshot);
}

static void
draw_disc_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = DRAW_DISC (widget)->size;
}

static void
draw_disc_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (draw_disc_parent_class)->css_changed (widget, change);
  g_clear_object (&DRAW_DISC (widget)->layout);
}

static void
draw_disc_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DrawDisc *self = DRAW_DISC (object);

  switch (prop_id)
    {
    case PROP_COLOR:
      g_value_set_string (value, self->color);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_disc_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  DrawDisc *self = DRAW_DISC (object);

  switch (prop_id)
    {
    case PROP_COLOR:
      draw_disc_set_color (self, g_value_get_string (value));
      break;
    case PROP_TEXT:
      draw_disc_set_text (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      g_clear_object (&self->layout);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_disc_finalize (GObject *object)
{
  DrawDisc *self = DRAW_DISC (object);

  g_clear_object (&self->layout);
  g_free (self->color);
  g_free (self->text);
  G_OBJECT_CLASS (draw_disc_parent_class)->finalize (object);
}

static void
draw_disc_class_init (DrawDiscClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_disc_get_property;
  object_class->set_property = draw_disc_set_property;
  object_class->finalize = draw_disc_finalize;
  widget_class->snapshot = draw_disc_snapshot;
  widget_class->measure = draw_disc_measure;
  widget_class->css_changed = draw_disc_css_changed;

  props[PROP_COLOR]
      = g_param_spec_string ("color", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 256, SIZE_DEFAULT,
                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "disc");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
draw_disc_init (DrawDisc *self)
{
  self->size = SIZE_DEFAULT;
}

GtkWidget *
draw_disc_new (const char *color, const char *text, int size)
{
  return g_object_new (DRAW_TYPE_DISC, "color", color, "text", text, "size", size, NULL);
}

void
draw_disc_set_color (DrawDisc *self, const char *color)
{
  g_return_if_fail (DRAW_IS_DISC (self));

  if (g_strcmp0 (self->color, color) == 0)
    return;
  g_free (self->color);
  self->color = g_strdup (color);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COLOR]);
}

void
draw_disc_set_text (DrawDisc *self, const char *text)
{
  g_return_if_fail (DRAW_IS_DISC (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

char *
draw_disc_make_initial (const char *name)
{
  char initial[7] = "?";

  for (const char *p = name; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c))
        continue;
      initial[g_unichar_to_utf8 (g_unichar_toupper (c), initial)] = '\0';
      break;
    }
  return g_strdup (initial);
}
