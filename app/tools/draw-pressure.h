/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of one curve, its two ends included. */
#define DRAW_PRESSURE_POINTS_MAX 6
/* Between two neighbours, across. */
#define DRAW_PRESSURE_GAP 0.05

/**
 * DrawPressure: what the pressure that a pen tells counts as: a curve through points, from 0..1 to
 * 0..1. It never falls, so pressing harder never makes a line thinner, and it overshoots no point. A
 * value.
 */
typedef struct {
  guint n; /* 2..DRAW_PRESSURE_POINTS_MAX */
  struct {
    double x, y;
  } points[DRAW_PRESSURE_POINTS_MAX]; /* x: 0 the first, 1 the last, rising; y never falling */
} DrawPressure;

typedef enum {
  DRAW_PRESSURE_SOFT, /* a light hand makes broad lines */
  DRAW_PRESSURE_NORMAL,
  DRAW_PRESSURE_HARD,
  DRAW_PRESSURE_CUSTOM, /* none of them */
} DrawPressurePreset;

/* @preset: not CUSTOM. */
void draw_pressure_init (DrawPressure *self, DrawPressurePreset preset);
DrawPressurePreset draw_pressure_get_preset (const DrawPressure *self);
/* @pressure: 0..1, as is what comes out. */
double draw_pressure_map (const DrawPressure *self, double pressure);

/* Moves a point as far as its neighbours let it. @i: below n. */
void draw_pressure_move (DrawPressure *self, guint i, double x, double y);
/* Returns the new point's place in the list; 0 when there is no room for one. */
guint draw_pressure_add (DrawPressure *self, double x, double y);
/* Ends stay. Returns whether it went. */
gboolean draw_pressure_remove (DrawPressure *self, guint i);

/* "x,y x,y ..." for the settings, transfer full. */
char *draw_pressure_save (const DrawPressure *self);
/* FALSE, and the normal curve, for what is not one. */
gboolean draw_pressure_load (DrawPressure *self, const char *text);

G_END_DECLS
