/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The members of an element's object, read leniently: what has the wrong type counts as absent. */

/* NULL when it is no string. Borrowed. */
const char *draw_props_get_text (JsonObject *props, const char *name);
/* Finite, or otherwise. */
double draw_props_get_number (JsonObject *props, const char *name, double otherwise);
gboolean draw_props_get_bool (JsonObject *props, const char *name, gboolean otherwise);
/* NULL when it is none. Borrowed. */
JsonArray *draw_props_get_array (JsonObject *props, const char *name);
JsonObject *draw_props_get_object (JsonObject *props, const char *name);
/* Whether there is such a member that is not null. */
gboolean draw_props_has (JsonObject *props, const char *name);
/* Sets it only where it is absent. */
void draw_props_default_text (JsonObject *props, const char *name, const char *text);
void draw_props_default_number (JsonObject *props, const char *name, double number);
void draw_props_default_null (JsonObject *props, const char *name);

G_END_DECLS
