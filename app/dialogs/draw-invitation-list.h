/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-session-moderate.h"

G_BEGIN_DECLS

/**
 * DrawInvitationList: the invitations of a board: what each allows, who came by it, and what can be
 * done about it.
 *
 * Signals: "copy" (const BoardLink *link), "show-code" (const BoardLink *link), "create" (),
 *   "revoke" (const char *key, gboolean too): too: those who came by it shall go, too.
 */
#define DRAW_TYPE_INVITATION_LIST (draw_invitation_list_get_type ())
G_DECLARE_FINAL_TYPE (DrawInvitationList, draw_invitation_list, DRAW, INVITATION_LIST, GtkWidget)

/* @invitations: (element-type DrawInvitation). @members: of DrawMember: names for those who came. */
void draw_invitation_list_set (DrawInvitationList *self, GPtrArray *invitations, GListModel *members);

G_END_DECLS
