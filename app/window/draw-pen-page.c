/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-pen-page.h"

#include "dialogs/draw-choice.h"
#include "window/draw-pen-pad.h"
#include "window/draw-pressure-editor.h"

struct _DrawPenPage {
  AdwPreferencesPage parent_instance;

  /* template */
  DrawPenPad *pad;
  DrawPressureEditor *editor;
  AdwComboRow *pressure_row;
  AdwComboRow *stabiliser_row;
  GtkSwitch *predict_switch;
  AdwComboRow *barrel2_row;
  AdwComboRow *barrel3_row;
  AdwComboRow *eraser_row;
  AdwComboRow *fingers_row;

  /* owned */
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (DrawPenPage, draw_pen_page, ADW_TYPE_PREFERENCES_PAGE)

/* In the order of the rows in the .ui. */
static const char *const stabilisers[] = { "off", "light", "medium", "strong", NULL };
static const char *const barrels[] = { "tip",   "eraser", "part-eraser", "highlighter", "select",
                                       "lasso", "laser",  "pan",         "menu",        NULL };
static const char *const erasers[] = { "eraser", "part-eraser", NULL };
static const char *const fingers[] = { "until-pen", "always", "never", NULL };

/* ---- the pressure: a setting, a curve and a choice that show the same ---- */

static void
save_curve (DrawPenPage *self, const DrawPressure *curve)
{
  g_autofree char *text = draw_pressure_save (curve);

  g_settings_set_string (self->settings, "pressure-curve", text);
}

static void
on_curve_changed (DrawPressureEditor *editor, DrawPenPage *self)
{
  save_curve (self, draw_pressure_editor_get_curve (editor));
}

static void
on_pressure_chosen (AdwComboRow *row, GParamSpec *pspec, DrawPenPage *self)
{
  const guint preset = adw_combo_row_get_selected (row);
  DrawPressure curve;

  if (self->settings == NULL || preset >= DRAW_PRESSURE_CUSTOM
      || preset == draw_pressure_get_preset (draw_pressure_editor_get_curve (self->editor)))
    return;
  draw_pressure_init (&curve, (DrawPressurePreset) preset);
  save_curve (self, &curve);
}

static void
on_curve_setting (DrawPenPage *self)
{
  g_autofree char *text = g_settings_get_string (self->settings, "pressure-curve");
  g_autofree char *shown = draw_pressure_save (draw_pressure_editor_get_curve (self->editor));
  DrawPressure curve;

  draw_pressure_load (&curve, text);
  /* What is being dragged is finer than what is kept. */
  if (!g_str_equal (text, shown))
    draw_pressure_editor_set_curve (self->editor, &curve);
  adw_combo_row_set_selected (self->pressure_row, draw_pressure_get_preset (&curve));
}

static void
on_clear_clicked (GtkButton *button, DrawPenPage *self)
{
  draw_pen_pad_clear (self->pad);
}

static void
draw_pen_page_dispose (GObject *object)
{
  DrawPenPage *self = DRAW_PEN_PAGE (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), DRAW_TYPE_PEN_PAGE);
  G_OBJECT_CLASS (draw_pen_page_parent_class)->dispose (object);
}

static void
draw_pen_page_class_init (DrawPenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_pen_page_dispose;
  g_type_ensure (DRAW_TYPE_PEN_PAD);
  g_type_ensure (DRAW_TYPE_PRESSURE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-pen-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, pad);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, editor);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, pressure_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, stabiliser_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, predict_switch);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, barrel2_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, barrel3_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, eraser_row);
  gtk_widget_class_bind_template_child (widget_class, DrawPenPage, fingers_row);
  gtk_widget_class_bind_template_callback (widget_class, on_curve_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_pressure_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
draw_pen_page_init (DrawPenPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DrawPenPage *
draw_pen_page_new (GSettings *settings)
{
  DrawPenPage *self = g_object_new (DRAW_TYPE_PEN_PAGE, NULL);

  g_return_val_if_fail (G_IS_SETTINGS (settings), self);

  self->settings = g_object_ref (settings);
  draw_choice_bind (settings, "stabiliser", self->stabiliser_row, stabilisers);
  draw_choice_bind (settings, "barrel-2", self->barrel2_row, barrels);
  draw_choice_bind (settings, "barrel-3", self->barrel3_row, barrels);
  draw_choice_bind (settings, "eraser-end", self->eraser_row, erasers);
  draw_choice_bind (settings, "fingers", self->fingers_row, fingers);
  g_settings_bind (settings, "predict", self->predict_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::pressure-curve", G_CALLBACK (on_curve_setting), self,
                           G_CONNECT_SWAPPED);
  on_curve_setting (self);
  draw_pen_pad_bind_settings (self->pad, settings);
  return self;
}
