/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Joining in words. Plain text, transfer full. */

/* The host as the resolver will see it, and its port: "[::1]:3729". A name that looks like another one
 * shows its xn-- form. */
char *draw_join_place (const BoardLink *link);
/* What an invitation says that one may do there. */
char *draw_join_role (const BoardLink *link);
/* What somebody needs who chose a board that is announced near. title, person: "" where it is not said. */
char *draw_join_wanted (const char *title, const char *person);
/* How far it is: "Loading the board… 1.2 MB of 4.9 MB". */
char *draw_join_progress (DrawLoading loading, guint64 done, guint64 total);
/* What of it is done, 0 to 1; below 0: that cannot be told. */
double draw_join_fraction (DrawLoading loading, guint64 done, guint64 total);

G_END_DECLS
