/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tools/draw-pressure.h"

static DrawPressure
get_preset (DrawPressurePreset preset)
{
  DrawPressure self;

  draw_pressure_init (&self, preset);
  return self;
}

static void
test_presets (void)
{
  const DrawPressure soft = get_preset (DRAW_PRESSURE_SOFT);
  const DrawPressure normal = get_preset (DRAW_PRESSURE_NORMAL);
  const DrawPressure hard = get_preset (DRAW_PRESSURE_HARD);

  for (double p = 0; p <= 1; p += 0.01)
    g_assert_cmpfloat_with_epsilon (draw_pressure_map (&normal, p), p, 1e-9);
  for (double p = 0.05; p <= 0.95; p += 0.05)
    {
      g_assert_cmpfloat (draw_pressure_map (&soft, p), >, p);
      g_assert_cmpfloat (draw_pressure_map (&hard, p), <, p);
    }
  for (DrawPressurePreset i = DRAW_PRESSURE_SOFT; i < DRAW_PRESSURE_CUSTOM; i++)
    {
      const DrawPressure self = get_preset (i);

      g_assert_cmpint (draw_pressure_get_preset (&self), ==, i);
    }
}

/* Pressing harder never makes a line thinner, whatever the points. */
static void
test_never_falls (void)
{
  for (guint n = 0; n < 300; n++)
    {
      DrawPressure self = get_preset (DRAW_PRESSURE_NORMAL);
      double last = 0;

      for (guint i = 0; i < 6; i++)
        draw_pressure_add (&self, g_test_rand_double (), g_test_rand_double ());
      draw_pressure_move (&self, 0, 0.3, g_test_rand_double ());
      draw_pressure_move (&self, self.n - 1, 0.3, g_test_rand_double ());
      for (guint i = 0; i < self.n; i++)
        g_assert_cmpfloat_with_epsilon (draw_pressure_map (&self, self.points[i].x),
                                        self.points[i].y, 1e-9);
      for (double p = 0; p <= 1; p += 0.002)
        {
          const double y = draw_pressure_map (&self, p);

          g_assert_cmpfloat (y, >=, last - 1e-9);
          g_assert_cmpfloat (y, <=, 1);
          last = y;
        }
    }
}

static void
test_strange_pressures (void)
{
  const DrawPressure self = get_preset (DRAW_PRESSURE_SOFT);

  g_assert_cmpfloat (draw_pressure_map (&self, -1), ==, 0);
  g_assert_cmpfloat (draw_pressure_map (&self, 7), ==, 1);
  g_assert_cmpfloat (draw_pressure_map (&self, NAN), ==, 0);
}

static void
test_points (void)
{
  DrawPressure self = get_preset (DRAW_PRESSURE_NORMAL);

  g_assert_cmpuint (draw_pressure_add (&self, 0.5, 0.9), ==, 1);
  g_assert_cmpuint (draw_pressure_add (&self, 0.51, 0.9), >, 0);
  g_assert_cmpfloat (self.points[2].x - self.points[1].x, >=, DRAW_PRESSURE_GAP - 1e-9);
  g_assert_cmpuint (draw_pressure_add (&self, 0, 0.9), ==, 0);
  draw_pressure_move (&self, 1, 0.9, 0.2);
  g_assert_cmpfloat (self.points[1].x, <, self.points[2].x);
  draw_pressure_move (&self, 1, NAN, INFINITY);
  g_assert_false (isnan (self.points[1].x));
  g_assert_false (draw_pressure_remove (&self, 0));
  g_assert_false (draw_pressure_remove (&self, 3));
  g_assert_true (draw_pressure_remove (&self, 2));
  g_assert_cmpuint (self.n, ==, 3);
  while (draw_pressure_add (&self, g_test_rand_double (), 0.5) == 0 || self.n < 6)
    ;
  g_assert_cmpuint (draw_pressure_add (&self, 0.123, 0.5), ==, 0);
}

static void
test_saved (void)
{
  DrawPressure self = get_preset (DRAW_PRESSURE_HARD), again;
  g_autofree char *text = draw_pressure_save (&self);

  g_assert_cmpstr (text, ==, "0,0 0.6,0.25 1,1");
  g_assert_true (draw_pressure_load (&again, text));
  g_assert_cmpint (draw_pressure_get_preset (&again), ==, DRAW_PRESSURE_HARD);
}

static void
test_bad_texts (void)
{
  static const char *const bad[] = {
    "", "0", "0,0", "0,0 ", "0,0 1", "0,0 1,", "0,0 1,1 ", "0,0  1,1", "0,0 1,2", "0,-1 1,1",
    "0,0 0.5,0.8 1,0.2", "0,0 0.9,0.5 0.5,0.6 1,1", "0,0 0.01,0.5 1,1", "0,0 nan,0.5 1,1",
    "0,nan 1,1", "0,0 1,inf", "0.1,0 1,1", "0,0 0.9,1", "0,0 1,1x", "a,b c,d", "0;0 1;1",
    "0,0 0.2,0.1 0.3,0.2 0.4,0.3 0.5,0.4 0.6,0.5 1,1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      DrawPressure self;

      g_test_message ("%s", bad[i]);
      g_assert_false (draw_pressure_load (&self, bad[i]));
      g_assert_cmpint (draw_pressure_get_preset (&self), ==, DRAW_PRESSURE_NORMAL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pressure/presets", test_presets);
  g_test_add_func ("/pressure/never-falls", test_never_falls);
  g_test_add_func ("/pressure/strange-pressures", test_strange_pressures);
  g_test_add_func ("/pressure/points", test_points);
  g_test_add_func ("/pressure/saved", test_saved);
  g_test_add_func ("/pressure/bad-texts", test_bad_texts);
  return g_test_run ();
}
