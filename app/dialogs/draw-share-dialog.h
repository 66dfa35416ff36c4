/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "board/board-link.h"
#include "sync/draw-announcer.h"
#include "sync/draw-session-moderate.h"

G_BEGIN_DECLS

/**
 * DrawShareDialog: asks where to host a board, shows how it goes, then the invitation. It knows
 * neither session nor server: its owner answers its signals and tells it what came of them.
 *
 * Signals:
 *   "host" (gboolean on_network)  begin hosting
 *   "share" (const char *origin, const char *key)  on a server that runs elsewhere; key: "" for none
 *   "cancelled" ()                give up what is under way
 *   "stop" ()                     end hosting
 *   "invite" (int role, gint64 seconds, guint uses, const char *label)  see DrawInvitePage
 *   "revoke" (const char *key, gboolean too)                            see DrawInvitationList
 *   "end" ()                      the board leaves its server for everybody
 */
#define DRAW_TYPE_SHARE_DIALOG (draw_share_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DrawShareDialog, draw_share_dialog, DRAW, SHARE_DIALOG, AdwWindow)

/* settings: has "hosting-stays", "announce" and "server". announcer: tells what comes of the latter. */
DrawShareDialog *draw_share_dialog_new (GSettings *settings, DrawAnnouncer *announcer);
/* Not hosted: asks. */
void draw_share_dialog_set_idle (DrawShareDialog *self);
void draw_share_dialog_set_working (DrawShareDialog *self);
/* addresses: where else the board's server is reached (nullable): one invitation each. can_stop:
 * this computer hosts it. */
void draw_share_dialog_set_shared (DrawShareDialog *self,
                                   const BoardLink *link,
                                   const char *const *addresses,
                                   gboolean can_stop);
/* The person hosts the board: these are its invitations, and the board can be ended. NULL: no host. */
void draw_share_dialog_set_invitations (DrawShareDialog *self,
                                        GPtrArray *invitations,
                                        GListModel *members);
/* What the person should know about who can come; NULL: nothing. Plain text. */
void draw_share_dialog_set_note (DrawShareDialog *self, const char *words);
/* A word about what was done, or could not be. Plain text. */
void draw_share_dialog_say (DrawShareDialog *self, const char *words);
/* Asks again, and says what went wrong. */
void draw_share_dialog_set_failed (DrawShareDialog *self, const char *message);
/* The server asks for its key: asks for that. */
void draw_share_dialog_ask_for_key (DrawShareDialog *self, const char *message);

G_END_DECLS
