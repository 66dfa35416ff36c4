/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-viewport.h"
#include "sync/draw-member.h"

G_BEGIN_DECLS

/**
 * DrawFollow: the view goes where somebody else's goes, until this person moves it.
 *
 * Property: member (DrawMember, nullable, read, notify): who is followed.
 */
#define DRAW_TYPE_FOLLOW (draw_follow_get_type ())
G_DECLARE_FINAL_TYPE (DrawFollow, draw_follow, DRAW, FOLLOW, GObject)

DrawFollow *draw_follow_new (DrawViewport *viewport);
/* NULL: nobody. */
void draw_follow_set_member (DrawFollow *self, DrawMember *member);
/* Borrowed, nullable. */
DrawMember *draw_follow_get_member (DrawFollow *self);
/* There at once, and nobody is followed any more. */
void draw_follow_go (DrawFollow *self, const BoardRect *view);
/* The member's view may have changed. */
void draw_follow_update (DrawFollow *self);

G_END_DECLS
