/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "socketio/sio-collector.h"
#include "socketio/sio-remote-socket.h"
#include "socketio/sio-saved-session.h"
#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioSelection:
 * @rooms: (nullable) (array zero-terminated=1): whose sockets, each once; %NULL or empty: all
 * @except: (nullable) (array zero-terminated=1): whose sockets are left out
 * @is_volatile: dropped for a socket that is not writable now
 * @is_local: for the sockets of this process only
 * @is_uncompressed: not to be compressed for anybody
 * @timeout_ms: how long answers are waited for; 0 where none are wanted
 *
 * To whom, and how. Rooms may be ids of sockets. All borrowed.
 */
typedef struct
{
  const char *const *rooms;
  const char *const *except;
  gboolean is_volatile;
  gboolean is_local;
  gboolean is_uncompressed;
  guint timeout_ms;
} SioSelection;

typedef struct _SioNamespace SioNamespace;
typedef struct _SioSocket SioSocket;

/**
 * SioAdapter:
 *
 * What knows who is in which room of one namespace, and brings events to them. This class does so
 * for the sockets of this process, and remembers sessions for recovery when the server is told to.
 *
 * One that joins several servers derives from it: it overrides what concerns others as well, passes
 * the request on (unless #SioSelection.is_local), and chains up for the sockets of this process. A
 * request of another server it carries out by the parent class's function. [method@Sio.Server.set_adapter]
 * makes a server use it.
 *
 * Its signals are of rooms as the reference has them: a socket's own, which is named by its id,
 * included.
 */
#define SIO_TYPE_ADAPTER (sio_adapter_get_type ())
SIO_API
G_DECLARE_DERIVABLE_TYPE (SioAdapter, sio_adapter, SIO, ADAPTER, GObject)

/**
 * SioAdapterClass::open:
 * @self: an adapter
 *
 * The namespace uses it from now on.
 */
/**
 * SioAdapterClass::close:
 * @self: an adapter
 *
 * The namespace does not use it any more. To be chained up.
 */
/**
 * SioAdapterClass::server_count_async:
 * @self: an adapter
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when it is known
 * @user_data: for @callback
 *
 * How many servers there are, this one included.
 */
/**
 * SioAdapterClass::server_count_finish:
 * @self: an adapter
 * @result: of the call
 * @error: why it cannot be found out
 *
 * The result of server_count_async().
 *
 * Returns: the number; 0 with an error
 */
/**
 * SioAdapterClass::add:
 * @self: an adapter
 * @socket: the socket
 *
 * A socket is connected: broadcasts find it.
 */
/**
 * SioAdapterClass::add_all:
 * @self: an adapter
 * @socket: the socket
 * @rooms: (array zero-terminated=1): the rooms
 *
 * A socket, which may not be connected yet, joins rooms.
 */
/**
 * SioAdapterClass::del:
 * @self: an adapter
 * @socket: the socket
 * @room: the room
 *
 * A socket leaves a room.
 */
/**
 * SioAdapterClass::del_all:
 * @self: an adapter
 * @socket: the socket
 *
 * A socket leaves all rooms, and is not found any more.
 */
/**
 * SioAdapterClass::broadcast:
 * @self: an adapter
 * @to: whom
 * @event: its name
 * @args: (nullable): its arguments, frozen
 *
 * An event for many.
 */
/**
 * SioAdapterClass::broadcast_with_ack:
 * @self: an adapter
 * @to: whom
 * @event: its name
 * @args: (nullable): its arguments, frozen
 * @collector: where the answers go
 *
 * An event for many, to be answered. Every server, this one included, tells
 * [method@Sio.Collector.add_clients] once how many it asks, and then
 * [method@Sio.Collector.add_answer] for each answer, until the time of the selection has passed.
 */
/**
 * SioAdapterClass::fetch_sockets_async:
 * @self: an adapter
 * @to: whom
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when it is known
 * @user_data: for @callback
 *
 * Who is in these rooms.
 */
/**
 * SioAdapterClass::fetch_sockets_finish:
 * @self: an adapter
 * @result: of the call
 * @error: why it cannot be found out
 *
 * The result of fetch_sockets_async().
 *
 * Returns: (transfer container) (element-type SioRemoteSocket) (nullable): the sockets; %NULL with an
 *   error
 */
/**
 * SioAdapterClass::add_sockets:
 * @self: an adapter
 * @to: whom
 * @rooms: (array zero-terminated=1): the rooms
 *
 * Sockets join rooms.
 */
/**
 * SioAdapterClass::del_sockets:
 * @self: an adapter
 * @to: whom
 * @rooms: (array zero-terminated=1): the rooms
 *
 * Sockets leave rooms.
 */
/**
 * SioAdapterClass::disconnect_sockets:
 * @self: an adapter
 * @to: whom
 * @close: whether to end their whole connections
 *
 * Sockets leave the namespace.
 */
/**
 * SioAdapterClass::server_side_emit:
 * @self: an adapter
 * @event: its name
 * @args: (nullable): its arguments, frozen
 * @timeout_ms: how long answers are waited for
 * @collector: (nullable): where the answers go
 *
 * An event for this namespace at all other servers. With a collector,
 * [method@Sio.Collector.add_clients] is told once how many others there are, then
 * [method@Sio.Collector.add_answer] for each, until the time has passed.
 */
/**
 * SioAdapterClass::persist_session:
 * @self: an adapter
 * @session: what it needs then
 *
 * A socket has gone that may come back.
 */
/**
 * SioAdapterClass::restore_session_async:
 * @self: an adapter
 * @pid: its private id
 * @offset: (nullable): of the last event that it has
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): when it is known
 * @user_data: for @callback
 *
 * A socket comes back. A session is given out once.
 */
/**
 * SioAdapterClass::restore_session_finish:
 * @self: an adapter
 * @result: of the call
 * @error: why it cannot be found out
 *
 * The result of restore_session_async().
 *
 * Returns: (transfer full) (nullable): the session; %NULL, with or without an error: it starts anew
 */
/**
 * SioAdapterClass:
 *
 * What an adapter overrides.
 */
struct _SioAdapterClass
{
  GObjectClass parent_class;

  void (*open) (SioAdapter *self);
  void (*close) (SioAdapter *self);
  void (*server_count_async) (SioAdapter *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  guint (*server_count_finish) (SioAdapter *self, GAsyncResult *result, GError **error);

  void (*add) (SioAdapter *self, SioSocket *socket);
  void (*add_all) (SioAdapter *self, SioSocket *socket, const char *const *rooms);
  void (*del) (SioAdapter *self, SioSocket *socket, const char *room);
  void (*del_all) (SioAdapter *self, SioSocket *socket);

  void (*broadcast) (SioAdapter *self, const SioSelection *to, const char *event, SioArgs *args);
  void (*broadcast_with_ack) (SioAdapter *self,
                              const SioSelection *to,
                              const char *event,
                              SioArgs *args,
                              SioCollector *collector);

  void (*fetch_sockets_async) (SioAdapter *self,
                               const SioSelection *to,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  GPtrArray *(*fetch_sockets_finish) (SioAdapter *self, GAsyncResult *result, GError **error);
  void (*add_sockets) (SioAdapter *self, const SioSelection *to, const char *const *rooms);
  void (*del_sockets) (SioAdapter *self, const SioSelection *to, const char *const *rooms);
  void (*disconnect_sockets) (SioAdapter *self, const SioSelection *to, gboolean close);

  void (*server_side_emit) (SioAdapter *self,
                            const char *event,
                            SioArgs *args,
                            guint timeout_ms,
                            SioCollector *collector);

  void (*persist_session) (SioAdapter *self, SioSavedSession *session);
  void (*restore_session_async) (SioAdapter *self,
                                 const char *pid,
                                 const char *offset,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
  SioSavedSession *(*restore_session_finish) (SioAdapter *self,
                                              GAsyncResult *result,
                                              GError **error);

  /*< private >*/
  gpointer padding[8];
};

/**
 * sio_adapter_get_namespace:
 * @self: an adapter
 *
 * The namespace that it serves.
 *
 * Returns: (transfer none) (nullable): whose it is; %NULL once closed
 */
SIO_API SioNamespace *sio_adapter_get_namespace (SioAdapter *self);
/**
 * sio_adapter_get_name:
 * @self: an adapter
 *
 * The name of the namespace that it serves.
 *
 * Returns: (transfer none): the namespace's name, also after closing
 */
SIO_API const char *sio_adapter_get_name (SioAdapter *self);
/**
 * sio_adapter_has_room:
 * @self: an adapter
 * @room: a room, or a socket's id
 *
 * Whether anybody here would get what goes to a room.
 *
 * Returns: whether a connected socket of this process is in it
 */
SIO_API gboolean sio_adapter_has_room (SioAdapter *self, const char *room);
/**
 * sio_adapter_dup_rooms:
 * @self: an adapter
 *
 * All rooms that there are here.
 *
 * Returns: (transfer full): the rooms of this process and its sockets' ids, in no order
 */
SIO_API GStrv sio_adapter_dup_rooms (SioAdapter *self);
/**
 * sio_adapter_dup_socket_rooms:
 * @self: an adapter
 * @id: of a socket of this process
 *
 * The rooms of one socket.
 *
 * Returns: (transfer full) (nullable): its rooms, its id first; %NULL when it is not connected here
 */
SIO_API GStrv sio_adapter_dup_socket_rooms (SioAdapter *self, const char *id);
/**
 * sio_adapter_get_sockets:
 * @self: an adapter
 * @to: whom
 *
 * The sockets here that are selected.
 *
 * Returns: (transfer container) (element-type SioSocket): the connected sockets of this process
 */
SIO_API GPtrArray *sio_adapter_get_sockets (SioAdapter *self, const SioSelection *to);
/**
 * sio_adapter_fetch_local_sockets:
 * @self: an adapter
 * @to: whom
 *
 * The sockets here that are selected, as other servers see them.
 *
 * Returns: (transfer container) (element-type SioRemoteSocket): the sockets of this process
 */
SIO_API GPtrArray *sio_adapter_fetch_local_sockets (SioAdapter *self, const SioSelection *to);
/**
 * sio_adapter_deliver_server_event:
 * @self: an adapter
 * @event: what another server has emitted
 * @args: its arguments, frozen
 * @ack: (nullable): the answer that it waits for
 *
 * Emits the namespace's "server-side-event".
 */
SIO_API void sio_adapter_deliver_server_event (SioAdapter *self,
                                               const char *event,
                                               SioArgs *args,
                                               SioAck *ack);

G_END_DECLS
