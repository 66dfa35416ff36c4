/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "board/board-types.h"

G_BEGIN_DECLS

/* What somebody does, as far as casts tell: newest wins, and it fades by itself. */
typedef enum {
  DRAW_ACTIVITY_IDLE,   /* nothing was heard for half a minute */
  DRAW_ACTIVITY_ACTIVE, /* the pointer moves */
  DRAW_ACTIVITY_TYPING,
  DRAW_ACTIVITY_DRAWING,
} DrawActivity;

/* DrawMember: somebody on the board. Properties (read, notify): id, name (never empty: "Guest n" when it
 * has none; plain text from a stranger), color "#rrggbb", role (BoardRole), here, is-self,
 * activity (DrawActivity), muted (here, by this person), banned, hand (raised), presenting, away (nobody
 * sits there now). */
#define DRAW_TYPE_MEMBER (draw_member_get_type ())
G_DECLARE_FINAL_TYPE (DrawMember, draw_member, DRAW, MEMBER, GObject)

const char *draw_member_get_id (DrawMember *self);
const char *draw_member_get_name (DrawMember *self);
const char *draw_member_get_color (DrawMember *self);
BoardRole draw_member_get_role (DrawMember *self);
gboolean draw_member_get_here (DrawMember *self);
gboolean draw_member_is_self (DrawMember *self);
DrawActivity draw_member_get_activity (DrawMember *self);
gboolean draw_member_get_muted (DrawMember *self);
gboolean draw_member_get_banned (DrawMember *self);
gboolean draw_member_get_hand (DrawMember *self);
gboolean draw_member_get_presenting (DrawMember *self);
gboolean draw_member_get_away (DrawMember *self);
/* What this member sees; FALSE when nothing was heard of it. */
gboolean draw_member_get_view (DrawMember *self, BoardRect *view);
/* Where on the board this member's pointer or pen was last; FALSE when nothing was heard of it. */
gboolean draw_member_get_place (DrawMember *self, double *x, double *y);

G_END_DECLS
