/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Whether a board that was joined gets what was not needed to show it as well, slowly and while nobody waits for it: the
 * log before the snapshot that it began with, and pictures out of sight. Then it is known that the snapshot was true, and
 * the board can go on without its server (draw-session-move.h). For
 * whoever stays for a while; not where each byte costs (a metered network). Off at first. When somebody is found to
 * have another board at the same position the log is fetched in any case, and at once. */
void draw_session_set_thorough (DrawSession *self, gboolean thorough);
/* Whether what is shown here began with a snapshot that nobody has compared with the log so far. */
gboolean draw_session_is_unproven (DrawSession *self);

G_END_DECLS
