/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DrawProperties: what things look like, a row per property: colours, fills, dashes, corners, fonts,
 * arrowheads, opacity. It knows no element: it is told which rows concern anything, and their
 * values. Signal: "chosen" (const char *name, JsonNode *value): by the person.
 */
#define DRAW_TYPE_PROPERTIES (draw_properties_get_type ())
G_DECLARE_FINAL_TYPE (DrawProperties, draw_properties, DRAW, PROPERTIES, GtkWidget)

/* The names of all rows. */
guint draw_properties_get_n_names (void);
const char *draw_properties_get_nth_name (guint i);
/* @concerns: whether the row is shown. @value: (nullable): NULL: there are several. */
void
draw_properties_show (DrawProperties *self, const char *name, gboolean concerns, JsonNode *value);
typedef char *(*DrawPropertiesShownFunc) (const char *color);
/* As draw_palette_set_shown_func(). */
void draw_properties_set_shown_func (DrawProperties *self, DrawPropertiesShownFunc func);

G_END_DECLS
