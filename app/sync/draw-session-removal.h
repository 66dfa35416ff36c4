/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* The ops that take away all that a member put on the board, each small enough to be sent:
 * (element-type BoardOp) (transfer full), for draw_session_submit(). n: (out): of how many elements. */
GPtrArray *draw_session_make_removal (DrawSession *self, const char *member, guint *n);

G_END_DECLS
