/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DrawHost: the companion server as a child process of this app: started, watched, started again when
 * it dies, ended with the app (SIGTERM; it also ends by itself when the app is gone).
 *
 * The program is $DRAWBRIDGE_SERVER, else the one that was installed with this app, else
 * drawbridge-server in $PATH.
 *
 * Properties (read, notify): running, origin ("http://127.0.0.1:PORT", NULL until ready).
 * Signals: "exited" (gboolean will_restart).
 */
#define DRAW_TYPE_HOST (draw_host_get_type ())
G_DECLARE_FINAL_TYPE (DrawHost, draw_host, DRAW, HOST, GObject)

/* data_dir: the server's store, made when missing. The port is kept there, so that links stay valid
 * over restarts; another one is taken only when that one is in use by somebody else. */
DrawHost *draw_host_new (const char *data_dir);
/* all_interfaces: listen on the network too, not only on loopback. Ready: TRUE. When it runs already in
 * that way it is ready at once; in the other way, it is started again. One start at a time.
 * Errors: DRAW_ERROR_SERVER (it cannot be found, started or does not get ready), G_IO_ERROR_CANCELLED,
 * G_IO_ERROR_PENDING. */
void draw_host_start_async (DrawHost *self, gboolean all_interfaces, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean draw_host_start_finish (DrawHost *self, GAsyncResult *result, GError **error);
/* Borrowed; NULL unless it is ready. */
const char *draw_host_get_origin (DrawHost *self);
gboolean draw_host_is_running (DrawHost *self);
/* SIGTERM; SIGKILL after 5 s. Does not wait; no restart follows. */
void draw_host_stop (DrawHost *self);
/* Addresses at which others can reach it (strv, transfer full): own IPv4 and IPv6, without port, and this
 * computer's name on the local network where that is known. Empty
 * while it listens on loopback only. */
char **draw_host_list_addresses (DrawHost *self);

G_END_DECLS
