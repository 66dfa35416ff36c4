/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync/draw-member.h"

G_BEGIN_DECLS

/* What may be done about that person by somebody of that role: items of actions "people.*", whose
 * target is the member's id. Empty about oneself when there is nothing to do. Transfer full. */
GMenuModel *draw_people_menu_new (DrawMember *member, BoardRole own_role);
/* What that person is and does, in one line: "Editor · drawing". Plain text, transfer full. */
char *draw_people_words (DrawMember *member);

G_END_DECLS
