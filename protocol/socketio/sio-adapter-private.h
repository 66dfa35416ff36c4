/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-adapter.h"
#include "socketio/sio-recovery.h"
#include "socketio/sio-rooms.h"

G_BEGIN_DECLS

/* Of this process. Borrowed. */
SioRooms *sio_adapter_get_rooms (SioAdapter *self);
/* For a packet that wants to be answered. One counter for all sockets of the namespace, so that a
 * packet for many is the same for each. */
uint64_t sio_adapter_next_ack_id (SioAdapter *self);

/* What is remembered; NULL where there is no recovery. Borrowed. */
SioRecovery *sio_adapter_get_recovery (SioAdapter *self);
/* nsp: borrowed until closed. */
void sio_adapter_open (SioAdapter *self, SioNamespace *nsp);
/* Nothing happens the second time. */
void sio_adapter_close (SioAdapter *self);

/* The class's functions. */
void sio_adapter_server_count_async (SioAdapter *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
guint sio_adapter_server_count_finish (SioAdapter *self, GAsyncResult *result, GError **error);
void sio_adapter_add (SioAdapter *self, SioSocket *socket);
void sio_adapter_add_all (SioAdapter *self, SioSocket *socket, const char *const *rooms);
void sio_adapter_del (SioAdapter *self, SioSocket *socket, const char *room);
void sio_adapter_del_all (SioAdapter *self, SioSocket *socket);
void
sio_adapter_broadcast (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args);
void sio_adapter_broadcast_with_ack (SioAdapter *self,
                                     const SioSelection *to,
                                     const char *event,
                                     SioArgs *args,
                                     SioCollector *collector);
void sio_adapter_fetch_sockets_async (SioAdapter *self,
                                      const SioSelection *to,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
sio_adapter_fetch_sockets_finish (SioAdapter *self, GAsyncResult *result, GError **error);
void
sio_adapter_add_sockets (SioAdapter *self, const SioSelection *to, const char *const *rooms);
void
sio_adapter_del_sockets (SioAdapter *self, const SioSelection *to, const char *const *rooms);
void sio_adapter_disconnect_sockets (SioAdapter *self, const SioSelection *to, gboolean close);
void sio_adapter_server_side_emit (SioAdapter *self,
                                   const char *event,
                                   SioArgs *args,
                                   guint timeout_ms,
                                   SioCollector *collector);
void sio_adapter_persist_session (SioAdapter *self, SioSavedSession *session);
void sio_adapter_restore_session_async (SioAdapter *self,
                                        const char *pid,
                                        const char *offset,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
SioSavedSession *
sio_adapter_restore_session_finish (SioAdapter *self, GAsyncResult *result, GError **error);

G_END_DECLS
