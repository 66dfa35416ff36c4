/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/* A server's no in the person's words: ours, translated. What the server itself says is a stranger's
 * text and goes to the log only. Static. */
const char *draw_refusal_get_message (BoardRefusal refusal);
/* Whether it makes sense to ask again by itself. */
gboolean draw_refusal_is_passing (BoardRefusal refusal);

G_END_DECLS
