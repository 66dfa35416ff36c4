/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session-moderate.h"

G_BEGIN_DECLS

/* An invitation in words. Plain text, transfer full. */

/* Its label, or whom it lets in: "Editors". */
char *draw_invitation_title (const DrawInvitation *invitation);
/* "Can draw · 2 of its uses are left · expires in 3 days". now: seconds since the epoch. */
char *draw_invitation_terms (const DrawInvitation *invitation, int64_t now);
/* Whether nobody new can come by it any more. */
gboolean draw_invitation_is_over (const DrawInvitation *invitation, int64_t now);

G_END_DECLS
