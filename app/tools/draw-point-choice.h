/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/draw-reshape.h"

G_BEGIN_DECLS

/* The point of a line that was clicked, so that it can be taken away; as long as the line is the one
 * that is selected. A value: all zero for none. */
typedef struct {
  char *line; /* owned id, or NULL */
  guint index;
} DrawPointChoice;

/* The point that the gesture was on, or none. */
void draw_point_choice_set (DrawPointChoice *self, DrawToolHost *host, DrawReshape *reshape);
void draw_point_choice_clear (DrawPointChoice *self);
/* Emits what takes it away. FALSE: there is none, or the line needs it. */
gboolean draw_point_choice_remove (DrawPointChoice *self, DrawToolHost *host);
void draw_point_choice_add_mark (DrawPointChoice *self, DrawToolHost *host, GArray *marks);

G_END_DECLS
