/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-host.h"
#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawHosting: the app's one companion server, and the boards that it serves. All windows share it.
 *
 * Signal: "changed" (): it runs, stopped, or listens elsewhere.
 */
#define DRAW_TYPE_HOSTING (draw_hosting_get_type ())
G_DECLARE_FINAL_TYPE (DrawHosting, draw_hosting, DRAW, HOSTING, GObject)

/* data_dir: of the server; made when missing. */
DrawHosting *draw_hosting_new (const char *data_dir);
/* Starts the server if it does not run, puts the board there and connects it. on_network: others on
 * the network may come; a server that runs for this computer only is started again for it. */
void draw_hosting_share_async (DrawHosting *self,
                               DrawSession *session,
                               gboolean on_network,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean draw_hosting_share_finish (DrawHosting *self, GAsyncResult *result, GError **error);
/* Disconnects every board that is hosted here and ends the server. */
void draw_hosting_stop (DrawHosting *self);

gboolean draw_hosting_is_running (DrawHosting *self);
/* Whether it runs, and others on the network may come. */
gboolean draw_hosting_is_on_network (DrawHosting *self);
/* Whether the running server had to take another port than the one of its last run: links from then are of no
 * use. */
gboolean draw_hosting_has_moved (DrawHosting *self);
/* The server's port, of now or of its last run; 0: it never ran. */
guint16 draw_hosting_get_port (DrawHosting *self);
/* (element-type DrawSession) Borrowed: the boards that it serves for this program. */
GPtrArray *draw_hosting_get_sessions (DrawHosting *self);
/* Whether that board's link leads to this app's server, running or not. */
gboolean draw_hosting_owns (DrawHosting *self, DrawSession *session);
/* Where else than at the link's own host the running server is reached: strv, NULL when this
 * computer is all. Transfer full. */
char **draw_hosting_list_addresses (DrawHosting *self);

G_END_DECLS
