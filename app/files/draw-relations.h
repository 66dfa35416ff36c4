/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What holds the elements of one file together: ids, references, order. elements: (element-type
 * JsonObject), changed in place. */

/* Gives an id to each that has none that a board takes, or one that came before (fresh: to all),
 * and makes what refers to them follow. Groups that are no id become one (fresh: all do). */
void draw_relations_rename (GPtrArray *elements, gboolean fresh);
/* Takes references to what is not there away, adds those that are missing on the other side, and
 * turns bindings by focus and gap into today's. */
void draw_relations_mend (GPtrArray *elements);
/* Keeps fractional indices that rise with the place in the list; else makes all anew, above
 * @below (nullable: from the start). */
void draw_relations_order (GPtrArray *elements, const char *below);

G_END_DECLS
