/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* What a host may ask of the server. Everything here needs a connection and ends in
 * draw_session_ask_finish() unless it has a finish of its own. Errors: DRAW_ERROR_REFUSED (with the reason
 * in words), DRAW_ERROR_SERVER (not connected, no answer), G_IO_ERROR_CANCELLED. */

gboolean draw_session_ask_finish (DrawSession *self, GAsyncResult *result, GError **error);

/* @role: viewer or editor; a host is made by draw_session_hand_over_async(). */
void draw_session_set_member_role_async (DrawSession *self, const char *member, BoardRole role,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);
/* That member becomes the host, and this one an editor. */
void draw_session_hand_over_async (DrawSession *self, const char *member, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* Sent away; may come back. */
void draw_session_kick_async (DrawSession *self, const char *member, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* Sent away and kept out, by the member's key; banned FALSE: may come back. */
void draw_session_ban_async (DrawSession *self, const char *member, gboolean banned,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* While a board is locked, hosts alone may write. */
void draw_session_lock_async (DrawSession *self, gboolean locked, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* The board leaves the server for ever; everybody keeps a copy. */
void draw_session_end_async (DrawSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/* An invitation as its host sees it. */
typedef struct {
  char *key;       /* its public key, base64url: its name at the server */
  BoardRole role;
  int64_t expires; /* ms since the epoch; 0: never */
  guint uses;      /* that are left; 0: any number, unless used_up */
  gboolean used_up;
  char *label;     /* plain text, "" for none */
  char **came;     /* ids of the members who came by it */
  BoardLink *link; /* NULL: made on another computer, which alone knows its secret */
} DrawInvitation;

void draw_invitation_free (DrawInvitation *invitation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawInvitation, draw_invitation_free)

/* @expires: ms since the epoch, 0: never. @uses: 0: any number. @label: plain text up to BOARD_MAX_NAME
 * characters, sealed with the board's key. */
void draw_session_invite_async (DrawSession *self, BoardRole role, int64_t expires, guint uses,
                                const char *label, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* The link, (transfer full). */
BoardLink *draw_session_invite_finish (DrawSession *self, GAsyncResult *result, GError **error);

void draw_session_list_invitations_async (DrawSession *self, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* (element-type DrawInvitation) (transfer full) */
GPtrArray *draw_session_list_invitations_finish (DrawSession *self, GAsyncResult *result, GError **error);
/* Nobody new comes by it. too: those who came by it are banned, hosts aside. */
void draw_session_revoke_async (DrawSession *self, const char *key, gboolean too,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);

G_END_DECLS
