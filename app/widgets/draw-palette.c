/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/draw-palette.h"

#include <glib/gi18n.h>

#include "widgets/draw-disc.h"

struct _DrawPalette
{
  GtkWidget parent_instance;

  /* owned by the widget tree */
  GtkGrid *grid;
  GPtrArray *buttons; /* GtkToggleButton, borrowed; the last one is the own colour */
  DrawDisc *custom;

  DrawPaletteShownFunc shown;

  /* owned */
  char *color;
  GtkWidget *dialog; /* weak: the colour chooser while it is open */
  gboolean updating;
};

enum
{
  PROP_COLOR = 1,
  N_PROPS
};
enum
{
  CHOSEN,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawPalette, draw_palette, GTK_TYPE_WIDGET)

/* GNOME's palette, at the step that reads well on paper. */
static const struct
{
  const char *color;
  const char *name;
} colors[] = {
  { "#241f31", N_("Black") },  { "#c01c28", N_("Red") },   { "#e66100", N_("Orange") },
  { "#e5a50a", N_("Yellow") }, { "#26a269", N_("Green") }, { "#1c71d8", N_("Blue") },
  { "#813d9c", N_("Purple") }, { "#865e3c", N_("Brown") },
};

#define COLUMNS 3
#define SWATCH 24

static void
show_color (DrawPalette *self, DrawDisc *disc, const char *color)
{
  g_autofree char *shown = self->shown != NULL ? self->shown (color) : g_strdup (color);

  draw_disc_set_color (disc, shown);
}

static void
update_buttons (DrawPalette *self)
{
  gboolean found = FALSE;

  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      gboolean active = g_ascii_strcasecmp (colors[i].color, self->color) == 0;

      found = found || active;
      gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i), active);
    }
  found = found || *self->color == '\0';
  gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, G_N_ELEMENTS (colors)), !found);
  if (!found)
    show_color (self, self->custom, self->color);
  self->updating = FALSE;
}

static void
choose (DrawPalette *self, const char *color)
{
  g_autofree char *copy = g_strdup (color);

  draw_palette_set_color (self, copy);
  update_buttons (self);
  g_signal_emit (self, signals[CHOSEN], 0, copy);
}

static void
on_swatch_toggled (GtkToggleButton *button, DrawPalette *self)
{
  guint i;

  if (self->updating || !g_ptr_array_find (self->buttons, button, &i))
    return;
  g_assert (i < G_N_ELEMENTS (colors));
  choose (self, colors[i].color);
}

static void
on_dialog_response (GtkDialog *dialog, int response, DrawPalette *self)
{
  if (response == GTK_RESPONSE_OK)
    {
      GdkRGBA rgba;
      g_autofree char *color = NULL;

      gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (dialog), &rgba);
      color = draw_palette_format_color (&rgba);
      choose (self, color);
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
on_custom_toggled (GtkToggleButton *button, DrawPalette *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkRGBA rgba;

  if (self->updating)
    return;
  update_buttons (self);
  if (self->dialog != NULL)
    return;

  g_set_weak_pointer (&self->dialog, gtk_color_chooser_dialog_new (_("Choose a Colour"), NULL));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self->dialog), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (self->dialog), TRUE);
  gtk_color_chooser_set_use_alpha (GTK_COLOR_CHOOSER (self->dialog), FALSE);
  if (gdk_rgba_parse (&rgba, self->color))
    gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->dialog), &rgba);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_dialog_response), self, 0);
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static GtkWidget *
add_button (DrawPalette *self, guint i, const char *color, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *disc = draw_disc_new (color, NULL, SWATCH);

  gtk_button_set_child (GTK_BUTTON (button), disc);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "swatch");
  gtk_grid_attach (self->grid, button, i % COLUMNS, i / COLUMNS, 1, 1);
  g_ptr_array_add (self->buttons, button);
  return disc;
}

static void
draw_palette_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, DRAW_PALETTE (object)->color);
}

static void
draw_palette_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  draw_palette_set_color (DRAW_PALETTE (object), g_value_get_string (value));
}

static void
draw_palette_dispose (GObject *object)
{
  DrawPalette *self = DRAW_PALETTE (object);

  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (draw_palette_parent_class)->dispose (object);
}

static void
draw_palette_finalize (GObject *object)
{
  DrawPalette *self = DRAW_PALETTE (object);

  g_ptr_array_unref (self->buttons);
  g_free (self->color);
  G_OBJECT_CLASS (draw_palette_parent_class)->finalize (object);
}

static void
draw_palette_class_init (DrawPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_palette_get_property;
  object_class->set_property = draw_palette_set_property;
  object_class->dispose = draw_palette_dispose;
  object_class->finalize = draw_palette_finalize;

  props[PROP_COLOR]
      = g_param_spec_string ("color", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHOSEN] = g_signal_new ("chosen", DRAW_TYPE_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "palette");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
draw_palette_init (DrawPalette *self)
{
  guint n = G_N_ELEMENTS (colors);

  self->buttons = g_ptr_array_new ();
  self->color = g_strdup (colors[0].color);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_grid_set_column_spacing (self->grid, 3);
  gtk_widget_set_halign (GTK_WIDGET (self->grid), GTK_ALIGN_CENTER);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  for (guint i = 0; i < n; i++)
    add_button (self, i, colors[i].color, _(colors[i].name));
  self->custom = DRAW_DISC (add_button (self, n, "#77767b", _("Another Colour…")));
  draw_disc_set_text (self->custom, NULL);
  update_buttons (self);
  for (guint i = 0; i < n; i++)
    g_signal_connect (g_ptr_array_index (self->buttons, i), "toggled",
                      G_CALLBACK (on_swatch_toggled), self);
  g_signal_connect (g_ptr_array_index (self->buttons, n), "toggled", G_CALLBACK (on_custom_toggled),
                    self);
}

GtkWidget *
draw_palette_new (void)
{
  return g_object_new (DRAW_TYPE_PALETTE, NULL);
}

const char *
draw_palette_get_color (DrawPalette *self)
{
  g_return_val_if_fail (DRAW_IS_PALETTE (self), NULL);

  return self->color;
}

void
draw_palette_set_color (DrawPalette *self, const char *color)
{
  GdkRGBA rgba;

  g_return_if_fail (DRAW_IS_PALETTE (self));

  if (color == NULL || !gdk_rgba_parse (&rgba, color)
      || g_ascii_strcasecmp (self->color, color) == 0)
    return;
  g_free (self->color);
  self->color = g_strdup (color);
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COLOR]);
}

void
draw_palette_set_shown_func (DrawPalette *self, DrawPaletteShownFunc func)
{
  g_return_if_fail (DRAW_IS_PALETTE (self));

  self->shown = func;
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      GtkButton *button = g_ptr_array_index (self->buttons, i);
      show_color (self, DRAW_DISC (gtk_button_get_child (button)), colors[i].color);
    }
  update_buttons (self);
}

char *
draw_palette_format_color (const GdkRGBA *rgba)
{
  g_return_val_if_fail (rgba != NULL, NULL);

  return g_strdup_printf ("#%02x%02x%02x", (guint) (CLAMP (rgba->red, 0, 1) * 255 + 0.5),
                          (guint) (CLAMP (rgba->green, 0, 1) * 255 + 0.5),
                          (guint) (CLAMP (rgba->blue, 0, 1) * 255 + 0.5));
}

void
draw_palette_clear (DrawPalette *self)
{
  g_return_if_fail (DRAW_IS_PALETTE (self));

  if (*self->color == '\0')
    return;
  g_free (self->color);
  self->color = g_strdup ("");
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COLOR]);
}

guint
draw_palette_get_n_colors (void)
{
  return G_N_ELEMENTS (colors);
}

const char *
draw_palette_get_nth_color (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (colors), NULL);

  return colors[i].color;
}
