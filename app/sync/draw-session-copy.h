/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* A new board of this person, in a new file of the directory, that shows what self shows now: elements,
 * pictures that are here, title; no messages, no votes, no past. Whoever has a copy of a board whose host
 * is gone can host it again in this way. Errors: as draw_session_create() and draw_session_submit(). */
DrawSession *draw_session_copy (DrawSession *self, const char *directory, GError **error);

G_END_DECLS
