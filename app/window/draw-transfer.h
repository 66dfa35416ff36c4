/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-bundle.h"
#include "sync/draw-session.h"

G_BEGIN_DECLS

/* Drawings between a board and a bundle, with the pictures in them. @bundle: transfer full. */

/* Brings the pictures that its elements name into the bundle; those that cannot be had are left out. */
void draw_transfer_collect_async (DrawSession *session,
                                  DrawBundle *bundle,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* The bundle; NULL only when cancelled. Transfer full. */
DrawBundle *
draw_transfer_collect_finish (DrawSession *session, GAsyncResult *result, GError **error);

/* Puts its pictures where the board keeps them, then its elements on the board. */
void draw_transfer_add_async (DrawSession *session,
                              DrawBundle *bundle,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Ids of what is on the board now, (element-type utf8), transfer full. NULL and an error where
 * nothing was added: those of draw_session_put_blob_async() and draw_session_submit(). */
GPtrArray *draw_transfer_add_finish (DrawSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
