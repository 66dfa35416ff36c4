/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A name as a stranger gave it, fit to be shown as plain text in one line: no controls, no bidi or other
 * invisible characters, no line breaks, single spaces, at most four combining marks in a row (more
 * paint over the lines around), at most BOARD_MAX_NAME characters. NULL when nothing is left.
 * Transfer full. */
char *draw_name_clean (const char *name);
/* What two names that look alike have in common: compatibility forms and case are folded. Transfer full. */
char *draw_name_skeleton (const char *name);
/* "#rrggbb", exactly. */
gboolean draw_color_is_valid (const char *color);
/* A colour for a member that has given none: always the same one of a palette. Borrowed. */
const char *draw_color_for_member (const char *member);

G_END_DECLS
