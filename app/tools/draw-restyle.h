/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/draw-style.h"
#include "canvas/draw-selection.h"

G_BEGIN_DECLS

/* What selected elements look like, by the names of DrawStyle. */

typedef enum {
  DRAW_LOOK_NONE,  /* nothing selected has the property */
  DRAW_LOOK_SAME,  /* all that have it agree */
  DRAW_LOOK_MIXED, /* they do not */
} DrawLook;

/* @value: (out) (transfer full): the common value where there is one, else NULL. Labels count with
 * what they label. */
DrawLook
draw_restyle_get (BoardDocument *document, GPtrArray *ids, const char *name, JsonNode **value);
/* Gives it to all that have such a property; text is measured again, and shapes grow with their
 * labels. Returns: the ops, transfer full, never NULL. */
GPtrArray *
draw_restyle_set (BoardDocument *document, GPtrArray *ids, const char *name, JsonNode *value);

G_END_DECLS
