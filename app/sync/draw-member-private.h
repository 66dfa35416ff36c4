/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-member.h"

G_BEGIN_DECLS

/* What only the roster does. name, color: not NULL. */
DrawMember *draw_member_new (const char *id, gboolean is_self);
void draw_member_set_name (DrawMember *self, const char *name);
void draw_member_set_color (DrawMember *self, const char *color);
void draw_member_set_role (DrawMember *self, BoardRole role);
void draw_member_set_here (DrawMember *self, gboolean here);
void draw_member_set_muted (DrawMember *self, gboolean muted);
void draw_member_set_banned (DrawMember *self, gboolean banned);
/* Something was heard. now: monotonic us, as in what follows. */
void draw_member_note (DrawMember *self, DrawActivity activity, int64_t now);
/* Time passes. TRUE: it will have to pass again. */
gboolean draw_member_fade (DrawMember *self, int64_t now);
void draw_member_set_hand (DrawMember *self, gboolean hand);
void draw_member_set_presenting (DrawMember *self, gboolean presenting);
void draw_member_set_away (DrawMember *self, gboolean away);
/* view: NULL: it is not known any more. */
void draw_member_set_view (DrawMember *self, const BoardRect *view);
void draw_member_set_place (DrawMember *self, double x, double y);

G_END_DECLS
