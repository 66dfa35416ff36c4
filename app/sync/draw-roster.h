/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "board/board-types.h"
#include "sync/draw-member.h"

G_BEGIN_DECLS

/* More members than that are not shown: a board of strangers must not fill our memory. */
#define DRAW_ROSTER_MAX 4096

/**
 * DrawRoster: everybody on the board, here or not, self first: a GListModel of DrawMember. It makes
 * names presentable: cleaned, "Guest n" for none, "Ana (2)" for the second Ana.
 */
#define DRAW_TYPE_ROSTER (draw_roster_get_type ())
G_DECLARE_FINAL_TYPE (DrawRoster, draw_roster, DRAW, ROSTER, GObject)

DrawRoster *draw_roster_new (const char *self_id);
/* Joins or changes. name, color: as the stranger gave them, nullable. */
void draw_roster_set (DrawRoster *self, const char *id, BoardRole role, const char *name,
                      const char *color, gboolean here);
/* Borrowed; NULL when unknown. */
DrawMember *draw_roster_lookup (DrawRoster *self, const char *id);
DrawMember *draw_roster_get_self (DrawRoster *self);
/* FALSE when nobody of that id was here. */
gboolean draw_roster_set_away (DrawRoster *self, const char *id);
void draw_roster_set_muted (DrawRoster *self, const char *id, gboolean muted);
void draw_roster_set_banned (DrawRoster *self, const char *id, gboolean banned);
/* Ids of all others who are here. (element-type utf8) (transfer full) */
GPtrArray *draw_roster_list_others_here (DrawRoster *self);

G_END_DECLS
