/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-tool-bar.h"

#include <glib/gi18n.h>

#include "canvas/draw-color.h"
#include "widgets/draw-disc.h"
#include "widgets/draw-palette.h"
#include "window/draw-properties.h"
#include "window/draw-shape-button.h"
#include "window/draw-shortcuts.h"
#include "window/draw-width-button.h"

struct _DrawToolBar
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkWidget *select_button;
  GtkWidget *hand_button;
  GtkWidget *pen_button;
  GtkWidget *eraser_button;
  DrawShapeButton *shape_button;
  GtkWidget *text_button;
  GtkWidget *note_button;
  GtkWidget *frame_button;
  GtkWidget *image_button;
  GtkWidget *highlighter_button;
  GtkWidget *laser_button;
  DrawShapeButton *more_button;
  GtkWidget *lock_button;
  GtkMenuButton *color_button;
  DrawDisc *color_disc;
  DrawPalette *palette;
  DrawWidthButton *width_button;
  GtkMenuButton *style_button;
  DrawProperties *properties;
  GtkWidget *history;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
};

enum
{
  COLOR_CHOSEN,
  WIDTH_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawToolBar, draw_tool_bar, GTK_TYPE_WIDGET)

/* Colours as they come out on the sheet: on a dark one, black ink is light. */
static char *
dup_shown_color (const char *color)
{
  GdkRGBA rgba;

  if (!draw_color_parse (color, adw_style_manager_get_dark (adw_style_manager_get_default ()),
                         &rgba))
    return g_strdup (color);
  return draw_palette_format_color (&rgba);
}

static void
show_color (DrawToolBar *self)
{
  g_autofree char *shown = dup_shown_color (draw_palette_get_color (self->palette));

  draw_disc_set_color (self->color_disc, shown);
}

static void
on_dark_changed (DrawToolBar *self)
{
  draw_palette_set_shown_func (self->palette, dup_shown_color);
  draw_properties_set_shown_func (self->properties, dup_shown_color);
  show_color (self);
}

static void
on_color_chosen (DrawPalette *palette, const char *color, DrawToolBar *self)
{
  show_color (self);
  gtk_menu_button_popdown (self->color_button);
  g_signal_emit (self, signals[COLOR_CHOSEN], 0, color);
}

static void
on_width_chosen (DrawWidthButton *button, double width, DrawToolBar *self)
{
  g_signal_emit (self, signals[WIDTH_CHOSEN], 0, width);
}

static void
draw_tool_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_TOOL_BAR);
  G_OBJECT_CLASS (draw_tool_bar_parent_class)->dispose (object);
}

static void
draw_tool_bar_class_init (DrawToolBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_tool_bar_dispose;
  signals[COLOR_CHOSEN] = g_signal_new ("color-chosen", DRAW_TYPE_TOOL_BAR, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WIDTH_CHOSEN] = g_signal_new ("width-chosen", DRAW_TYPE_TOOL_BAR, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  g_type_ensure (DRAW_TYPE_DISC);
  g_type_ensure (DRAW_TYPE_PALETTE);
  g_type_ensure (DRAW_TYPE_PROPERTIES);
  g_type_ensure (DRAW_TYPE_SHAPE_BUTTON);
  g_type_ensure (DRAW_TYPE_WIDTH_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-tool-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, box);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, select_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, hand_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, pen_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, eraser_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, shape_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, text_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, note_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, frame_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, image_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, highlighter_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, laser_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, more_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, style_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, properties);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, lock_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, color_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, color_disc);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, palette);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, width_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, history);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, undo_button);
  gtk_widget_class_bind_template_child (widget_class, DrawToolBar, redo_button);
  gtk_widget_class_bind_template_callback (widget_class, on_color_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_width_chosen);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "toolbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
draw_tool_bar_init (DrawToolBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  draw_shortcuts_describe (self->select_button, _("Select"), "tool.use", "select");
  draw_shortcuts_describe (self->hand_button, _("Move the View"), "tool.use", "hand");
  draw_shortcuts_describe (self->pen_button, _("Pen"), "tool.use", "pen");
  draw_shortcuts_describe (self->eraser_button, _("Eraser"), "tool.use", "eraser");
  draw_shortcuts_describe (self->image_button, _("Picture"), "board.insert", NULL);
  draw_shortcuts_describe (self->highlighter_button, _("Highlighter"), "tool.use", "highlighter");
  draw_shortcuts_describe (self->laser_button, _("Laser Pointer"), "tool.use", "laser");
  draw_shortcuts_describe (self->text_button, _("Text"), "tool.use", "text");
  draw_shortcuts_describe (self->note_button, _("Note"), "tool.use", "note");
  draw_shortcuts_describe (self->frame_button, _("Frame"), "tool.use", "frame");
  draw_shortcuts_describe (GTK_WIDGET (self->style_button), _("Properties"), "tool.properties",
                           NULL);
  draw_shortcuts_describe (self->lock_button, _("Keep the Tool in Hand"), "tool.lock", NULL);
  draw_shortcuts_describe (GTK_WIDGET (self->color_button), _("Colour"), "tool.color", NULL);
  draw_shortcuts_describe (self->undo_button, _("Undo"), "win.undo", NULL);
  draw_shortcuts_describe (self->redo_button, _("Redo"), "win.redo", NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (on_dark_changed), self, G_CONNECT_SWAPPED);
  on_dark_changed (self);
}

void
draw_tool_bar_set_color (DrawToolBar *self, const char *color)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  draw_palette_set_color (self->palette, color);
  show_color (self);
}

void
draw_tool_bar_set_tool (DrawToolBar *self, const char *tool)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  draw_shape_button_set_tool (self->shape_button, tool);
  draw_shape_button_set_tool (self->more_button, tool);
}

void
draw_tool_bar_set_width (DrawToolBar *self, double width)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  draw_width_button_set_width (self->width_button, width);
}

void
draw_tool_bar_set_locked (DrawToolBar *self, gboolean locked)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->lock_button),
                            locked ? "changes-prevent-symbolic" : "changes-allow-symbolic");
  if (locked)
    gtk_widget_add_css_class (self->lock_button, "in-hand");
  else
    gtk_widget_remove_css_class (self->lock_button, "in-hand");
}

void
draw_tool_bar_set_read_only (DrawToolBar *self, gboolean read_only)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  gtk_widget_set_sensitive (self->pen_button, !read_only);
  gtk_widget_set_sensitive (self->eraser_button, !read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->shape_button), !read_only);
  gtk_widget_set_sensitive (self->text_button, !read_only);
  gtk_widget_set_sensitive (self->highlighter_button, !read_only);
  gtk_widget_set_sensitive (self->note_button, !read_only);
  gtk_widget_set_sensitive (self->frame_button, !read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->style_button), !read_only);
  gtk_widget_set_sensitive (self->lock_button, !read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->color_button), !read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->width_button), !read_only);
}

void
draw_tool_bar_set_narrow (DrawToolBar *self, gboolean narrow)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  draw_shape_button_set_narrow (self->more_button, narrow);
  gtk_widget_set_visible (self->history, narrow);
  /* Two fingers, the space bar and H move the view as well. */
  gtk_widget_set_visible (self->hand_button, !narrow);
  gtk_widget_set_visible (self->lock_button, !narrow);
  gtk_widget_set_visible (self->note_button, !narrow);
  gtk_widget_set_visible (self->image_button, !narrow);
  gtk_widget_set_visible (self->highlighter_button, !narrow);
  gtk_widget_set_visible (self->laser_button, !narrow);
  gtk_widget_set_visible (self->frame_button, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->width_button), !narrow);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

void
draw_tool_bar_popup_color (DrawToolBar *self)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  gtk_menu_button_popup (self->color_button);
}

void
draw_tool_bar_popup_width (DrawToolBar *self)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  draw_width_button_popup (self->width_button);
}

DrawProperties *
draw_tool_bar_get_properties (DrawToolBar *self)
{
  g_return_val_if_fail (DRAW_IS_TOOL_BAR (self), NULL);

  return self->properties;
}

void
draw_tool_bar_popup_properties (DrawToolBar *self)
{
  g_return_if_fail (DRAW_IS_TOOL_BAR (self));

  gtk_menu_button_popup (self->style_button);
}
