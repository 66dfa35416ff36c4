/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-pen-settings.h"

#include "tools/draw-tools.h"

/* What the handler of one canvas knows. */
typedef struct {
  DrawCanvas *canvas; /* borrowed: the handler ends with it */
  DrawPenSettingsFind find;
  gpointer data;
} Binding;

static const struct {
  const char *name;
  double lag; /* ms */
} stabilisers[] = { { "light", 15 }, { "medium", 40 }, { "strong", 90 } };

static void
apply_feel (GSettings *settings, const Binding *binding)
{
  static const char *const pens[] = { "pen", "highlighter" };
  g_autofree char *curve = g_settings_get_string (settings, "pressure-curve");
  g_autofree char *stabiliser = g_settings_get_string (settings, "stabiliser");
  DrawPressure pressure;
  double lag = 0;

  draw_pressure_load (&pressure, curve);
  for (guint i = 0; i < G_N_ELEMENTS (stabilisers); i++)
    if (g_str_equal (stabilisers[i].name, stabiliser))
      lag = stabilisers[i].lag;
  for (guint i = 0; i < G_N_ELEMENTS (pens); i++)
    {
      DrawTool *pen = binding->find (binding->data, pens[i]);

      if (pen != NULL)
        draw_pen_tool_set_feel (pen, &pressure, lag);
    }
}

static void
apply_barrel (GSettings *settings, const Binding *binding, const char *key, guint barrel)
{
  g_autofree char *name = g_settings_get_string (settings, key);
  DrawTool *tool = binding->find (binding->data, name);
  DrawBarrel act = tool != NULL ? DRAW_BARREL_TOOL : DRAW_BARREL_TIP;

  if (g_str_equal (name, "pan"))
    act = DRAW_BARREL_PAN;
  else if (g_str_equal (name, "menu"))
    act = DRAW_BARREL_MENU;
  draw_canvas_set_barrel (binding->canvas, barrel, act, act == DRAW_BARREL_TOOL ? tool : NULL);
}

static void
apply (GSettings *settings, const Binding *binding)
{
  g_autofree char *fingers = g_settings_get_string (settings, "fingers");
  g_autofree char *eraser = g_settings_get_string (settings, "eraser-end");

  apply_feel (settings, binding);
  apply_barrel (settings, binding, "barrel-2", 0);
  apply_barrel (settings, binding, "barrel-3", 1);
  draw_canvas_set_eraser (binding->canvas, binding->find (binding->data, eraser));
  draw_canvas_set_fingers (binding->canvas, draw_fingers_parse (fingers));
}

static void
on_changed (DrawCanvas *canvas, const char *key, GSettings *settings)
{
  apply (settings, g_object_get_data (G_OBJECT (canvas), "draw-pen-settings"));
}

void
draw_pen_settings_bind (GSettings *settings,
                        DrawCanvas *canvas,
                        DrawPenSettingsFind find,
                        gpointer data)
{
  Binding *binding;

  g_return_if_fail (G_IS_SETTINGS (settings) && DRAW_IS_CANVAS (canvas));
  g_return_if_fail (find != NULL);

  binding = g_new0 (Binding, 1);
  *binding = (Binding){ canvas, find, data };
  g_object_set_data_full (G_OBJECT (canvas), "draw-pen-settings", binding, g_free);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_changed), canvas, G_CONNECT_SWAPPED);
  g_settings_bind (settings, "predict", canvas, "predict", G_SETTINGS_BIND_GET);
  apply (settings, binding);
}
