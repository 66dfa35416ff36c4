/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioClientSocket:
 *
 * A namespace, at the client. Made by [method@Sio.Client.socket].
 *
 * Handlers may do anything, this socket's and the client's end included.
 */
#define SIO_TYPE_CLIENT_SOCKET (sio_client_socket_get_type ())
SIO_API G_DECLARE_FINAL_TYPE (SioClientSocket, sio_client_socket, SIO, CLIENT_SOCKET, GObject)

/**
 * SioClientOverflow:
 * @SIO_CLIENT_OVERFLOW_REFUSE: it is refused, so that the program can say so
 * @SIO_CLIENT_OVERFLOW_DROP_OLDEST: what has waited for the longest time, in the send buffer or in the
 *   connection, makes place for it. What a transport has taken is on its way and cannot; what is sent until it
 *   is answered does not
 *
 * What becomes of an event that finds the send buffer full. Volatile ones never wait in it.
 */
typedef enum
{
  SIO_CLIENT_OVERFLOW_REFUSE,
  SIO_CLIENT_OVERFLOW_DROP_OLDEST,
} SioClientOverflow;

#define SIO_TYPE_CLIENT_OVERFLOW (sio_client_overflow_get_type ())
SIO_API GType sio_client_overflow_get_type (void);

/**
 * SioClientSocket:connected:
 *
 * Whether the namespace is joined now.
 */
/**
 * SioClientSocket:active:
 *
 * Whether it is connected or will be by itself.
 */
/**
 * SioClientSocket:id:
 *
 * The public id; %NULL while not connected.
 */
/**
 * SioClientSocket:recovered:
 *
 * Whether it is connected, and the server has gone on with the session from before.
 */
/**
 * SioClientSocket:buffered-amount:
 *
 * Bytes that wait to be sent: [method@Sio.ClientSocket.get_buffered_amount]. Changes are not notified:
 * [signal@Sio.ClientSocket::drained] tells when there are none any more.
 */
/**
 * SioClientSocket:send-buffer-limit:
 *
 * Bytes that may wait to be sent, in the socket and below it. 1048576 unless set.
 */
/**
 * SioClientSocket:overflow-policy:
 *
 * What becomes of an event for which there is no room. %SIO_CLIENT_OVERFLOW_REFUSE unless set.
 */
/**
 * SioClientSocket:ack-timeout:
 *
 * Milliseconds that an answer is waited for when the call says nothing else. 0 unless set: for as
 * long as the connection lasts.
 */
/**
 * SioClientSocket:retries:
 *
 * How often an event is sent again when its answer has not come within
 * [property@Sio.ClientSocket:ack-timeout] or was lost with the connection. 0 unless set: events are
 * sent once. With retries events go out strictly one after the other, the next one when the server has
 * acknowledged the one before (its program has to answer each) or that was given up; so they arrive in
 * order, at least once, over reconnections as well. Each try has a new ack id. Volatile ones are left
 * out.
 */
/**
 * SioClientSocket::connected:
 * @self: the socket
 * @recovered: whether the server has gone on with the session from before
 *
 * The namespace is joined. Events that were emitted meanwhile have been sent.
 */
/**
 * SioClientSocket::connect-error:
 * @self: the socket
 * @error: why: [error@Sio.Error]
 * @data: (nullable): what the server has added
 *
 * The namespace is not joined. After %SIO_ERROR_REFUSED (the server said no) and %SIO_ERROR_PARSE
 * (it does not speak Socket.IO 5) call [method@Sio.ClientSocket.connect] again yourself. After
 * %SIO_ERROR_TRANSPORT and %SIO_ERROR_TIMEOUT (no connection, no answer) it is tried again by
 * itself.
 */
/**
 * SioClientSocket::disconnected:
 * @self: the socket
 * @reason: why
 *
 * It was connected and is not any more.
 */
/**
 * SioClientSocket::event:
 * @self: the socket
 * @name: the name of the event
 * @args: its arguments
 * @ack: (nullable): the answer that the server waits for; one after the connection was lost is
 *   dropped
 *
 * The server has sent an event. Those of [method@Sio.ClientSocket.on_any] are told before, those of
 * [method@Sio.ClientSocket.on] afterwards.
 */
/**
 * SioClientSocket::drained:
 * @self: the socket
 *
 * Nothing waits to be sent any more, after something had to: there is room again.
 */

/**
 * SioClientEventFunc:
 * @socket: the socket
 * @event: its name
 * @args: its arguments
 * @ack: (nullable): the answer that the server waits for; always %NULL for what is sent
 * @user_data: data
 *
 * Is told of an event. It may do anything, removing itself included.
 */
typedef void (*SioClientEventFunc) (SioClientSocket *socket,
                                    const char *event,
                                    SioArgs *args,
                                    SioAck *ack,
                                    gpointer user_data);
/**
 * sio_client_socket_on:
 * @self: a socket
 * @event: a name that is not reserved
 * @func: (scope notified) (closure user_data) (destroy destroy): what is told
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Listens to one event. An event may have any number of listeners, told in order.
 *
 * Returns: the listener's id for [method@Sio.ClientSocket.off]
 */
SIO_API guint sio_client_socket_on (SioClientSocket *self,
                                    const char *event,
                                    SioClientEventFunc func,
                                    gpointer user_data,
                                    GDestroyNotify destroy);
/**
 * sio_client_socket_once:
 * @self: a socket
 * @event: a name that is not reserved
 * @func: (scope notified) (closure user_data) (destroy destroy): what is told
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Listens to the next event of that name only.
 *
 * Returns: the listener's id for [method@Sio.ClientSocket.off]
 */
SIO_API guint sio_client_socket_once (SioClientSocket *self,
                                      const char *event,
                                      SioClientEventFunc func,
                                      gpointer user_data,
                                      GDestroyNotify destroy);
/**
 * sio_client_socket_on_any:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): what is told
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Listens to all events that come, after the ones that do so already.
 *
 * Returns: the listener's id for [method@Sio.ClientSocket.off]
 */
SIO_API guint sio_client_socket_on_any (SioClientSocket *self,
                                        SioClientEventFunc func,
                                        gpointer user_data,
                                        GDestroyNotify destroy);
/**
 * sio_client_socket_prepend_any:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): what is told
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Listens to all events that come, before the ones that do so already.
 *
 * Returns: the listener's id for [method@Sio.ClientSocket.off]
 */
SIO_API guint sio_client_socket_prepend_any (SioClientSocket *self,
                                             SioClientEventFunc func,
                                             gpointer user_data,
                                             GDestroyNotify destroy);
/**
 * sio_client_socket_on_any_outgoing:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): what is told
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Listens to all events that leave the send buffer, acks not, after the ones that do so already.
 *
 * Returns: the listener's id for [method@Sio.ClientSocket.off]
 */
SIO_API guint sio_client_socket_on_any_outgoing (SioClientSocket *self,
                                                 SioClientEventFunc func,
                                                 gpointer user_data,
                                                 GDestroyNotify destroy);
/**
 * sio_client_socket_prepend_any_outgoing:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): what is told
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Listens to all events that leave the send buffer, acks not, before the ones that do so already.
 *
 * Returns: the listener's id for [method@Sio.ClientSocket.off]
 */
SIO_API guint sio_client_socket_prepend_any_outgoing (SioClientSocket *self,
                                                      SioClientEventFunc func,
                                                      gpointer user_data,
                                                      GDestroyNotify destroy);
/**
 * sio_client_socket_off:
 * @self: a socket
 * @listener_id: of any of the functions above
 *
 * Removes a listener. Nothing happens when it was removed before.
 */
SIO_API void sio_client_socket_off (SioClientSocket *self, guint listener_id);

/**
 * SioAuthFunc:
 * @socket: what connects
 * @engine_id: the Engine.IO session's id: new with each connection, known to this client and
 * the server
 * @user_data: data
 *
 * Gives the CONNECT payload at once; asked at every attempt.
 *
 * Returns: (transfer full) (nullable): an object, or %NULL for none
 */
typedef JsonNode *(*SioAuthFunc) (SioClientSocket *socket,
                                  const char *engine_id,
                                  gpointer user_data);
/**
 * sio_client_socket_set_auth_func:
 * @self: a socket
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): asked at every attempt
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Sets who gives the CONNECT payload, in place of what was set before.
 */
SIO_API void sio_client_socket_set_auth_func (SioClientSocket *self,
                                              SioAuthFunc func,
                                              gpointer user_data,
                                              GDestroyNotify destroy);
/**
 * SioAuthRequest:
 *
 * The CONNECT payload of one attempt, that somebody is asked for and may give later. All in the main
 * context of the client.
 */
typedef struct _SioAuthRequest SioAuthRequest;

#define SIO_TYPE_AUTH_REQUEST (sio_auth_request_get_type ())
SIO_API GType sio_auth_request_get_type (void);
/**
 * sio_auth_request_ref:
 * @self: a request
 *
 * Keeps it.
 *
 * Returns: (transfer full): the same
 */
SIO_API SioAuthRequest *sio_auth_request_ref (SioAuthRequest *self);
/**
 * sio_auth_request_unref:
 * @self: (transfer full): a request
 *
 * Lets go of it.
 */
SIO_API void sio_auth_request_unref (SioAuthRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioAuthRequest, sio_auth_request_unref)
/**
 * sio_auth_request_get_engine_id:
 * @self: a request
 *
 * The Engine.IO session's id: new with each connection, known to this client and the server.
 *
 * Returns: (transfer none): the id
 */
SIO_API const char *sio_auth_request_get_engine_id (SioAuthRequest *self);
/**
 * sio_auth_request_respond:
 * @self: a request
 * @auth: (nullable): an object, or %NULL for none
 *
 * Gives the payload: CONNECT is sent. Nothing happens when it was given before, or when the connection
 * that it was for is gone.
 */
SIO_API void sio_auth_request_respond (SioAuthRequest *self, JsonNode *auth);
/**
 * SioAuthRequestFunc:
 * @socket: what connects
 * @request: to be answered, now or later
 * @user_data: data
 *
 * Is asked for the CONNECT payload at every attempt. An attempt that gets no answer within the client's
 * time-out has failed.
 */
typedef void (*SioAuthRequestFunc) (SioClientSocket *socket,
                                    SioAuthRequest *request,
                                    gpointer user_data);
/**
 * sio_client_socket_set_auth_request_func:
 * @self: a socket
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): asked at every attempt
 * @user_data: for @func
 * @destroy: (nullable): for @user_data
 *
 * Sets who gives the CONNECT payload when that takes time, in place of what was set before.
 */
SIO_API void sio_client_socket_set_auth_request_func (SioClientSocket *self,
                                                      SioAuthRequestFunc func,
                                                      gpointer user_data,
                                                      GDestroyNotify destroy);
/**
 * sio_client_socket_set_auth:
 * @self: a socket
 * @auth: (nullable): an object, the CONNECT payload of every attempt
 *
 * Sets the CONNECT payload.
 */
SIO_API void sio_client_socket_set_auth (SioClientSocket *self, JsonNode *auth);

/**
 * sio_client_socket_connect: (skip)
 * @self: a socket
 *
 * Joins the namespace as soon as there is a connection, and again after each loss. Nothing happens
 * when it is active.
 */
SIO_API void sio_client_socket_connect (SioClientSocket *self);
/**
 * sio_client_socket_disconnect: (skip)
 * @self: a socket
 *
 * Leaves the namespace; events that wait in the send buffer stay there. Nothing happens when it is
 * not active.
 */
SIO_API void sio_client_socket_disconnect (SioClientSocket *self);
/**
 * sio_client_socket_is_connected:
 * @self: a socket
 *
 * Whether the namespace is joined now.
 *
 * Returns: whether it is
 */
SIO_API gboolean sio_client_socket_is_connected (SioClientSocket *self);
/**
 * sio_client_socket_is_active:
 * @self: a socket
 *
 * Whether it is connected or will be by itself.
 *
 * Returns: whether it is
 */
SIO_API gboolean sio_client_socket_is_active (SioClientSocket *self);
/**
 * sio_client_socket_get_id:
 * @self: a socket
 *
 * The id by which the server knows this socket.
 *
 * Returns: (transfer none) (nullable): the public id, a new one at each connect
 */
SIO_API const char *sio_client_socket_get_id (SioClientSocket *self);
/**
 * sio_client_socket_get_buffered_amount:
 * @self: a socket
 *
 * What waits in the send buffer and in the connection, and with
 * [property@Sio.ClientSocket:retries] what waits for its answer.
 *
 * Returns: bytes that wait to be sent
 */
SIO_API gsize sio_client_socket_get_buffered_amount (SioClientSocket *self);

/**
 * sio_client_socket_emit: (skip)
 * @self: a socket
 * @event: any name but the reserved ones: connect, connect_error, disconnect, disconnecting,
 *   newListener, removeListener
 * @args: (nullable): frozen by this
 *
 * Sends an event. While disconnected it waits in the send buffer and goes out, in order, at the
 * next connect.
 *
 * Returns: %FALSE, and nothing is sent, when the send buffer is full (with %SIO_CLIENT_OVERFLOW_REFUSE),
 *   when it has more than max-attachments, or when the server has said that it accepts no message of
 *   that size
 */
SIO_API gboolean sio_client_socket_emit (SioClientSocket *self, const char *event, SioArgs *args);
/**
 * sio_client_socket_send:
 * @self: a socket
 * @args: (nullable): frozen by this
 *
 * Emits "message".
 *
 * Returns: as [method@Sio.ClientSocket.emit] does
 */
SIO_API gboolean sio_client_socket_send (SioClientSocket *self, SioArgs *args);
/**
 * sio_client_socket_set_compress:
 * @self: a socket
 * @compress: %TRUE unless set
 *
 * Whether what is emitted from now on may be compressed if the connection has agreed to that:
 * [property@Sio.Client:per-message-deflate]. What holds a secret beside words of a stranger should not be: its
 * length would tell of it.
 */
SIO_API void sio_client_socket_set_compress (SioClientSocket *self, gboolean compress);
/**
 * sio_client_socket_emit_volatile:
 * @self: a socket
 * @event: as of [method@Sio.ClientSocket.emit]
 * @args: (nullable): frozen by this
 *
 * The same, but dropped unless it can leave at once.
 */
SIO_API void
sio_client_socket_emit_volatile (SioClientSocket *self, const char *event, SioArgs *args);
/**
 * sio_client_socket_emit_with_ack_async:
 * @self: a socket
 * @event: as of [method@Sio.ClientSocket.emit]
 * @args: (nullable): frozen by this
 * @timeout_ms: of each try; 0 for [property@Sio.ClientSocket:ack-timeout]
 * @cancellable: (nullable): ends the waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends an event and waits for the server's answer. Errors: SIO_ERROR_TIMEOUT and
 * G_IO_ERROR_CANCELLED (an event that still waits in the send buffer is not sent then),
 * SIO_ERROR_DISCONNECTED (the connection went away after it was sent: it may have arrived),
 * SIO_ERROR_LIMIT (as emit returns %FALSE; or newer events have taken its place before it left).
 * With [property@Sio.ClientSocket:retries] the first and the third of them come after the last try.
 */
SIO_API void sio_client_socket_emit_with_ack_async (SioClientSocket *self,
                                                    const char *event,
                                                    SioArgs *args,
                                                    guint timeout_ms,
                                                    GCancellable *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data);
/**
 * sio_client_socket_emit_with_ack_finish:
 * @self: a socket
 * @result: of the async call
 * @error: return location
 *
 * The result of [method@Sio.ClientSocket.emit_with_ack_async].
 *
 * Returns: (transfer full) (nullable): the answer's arguments
 */
SIO_API SioArgs *sio_client_socket_emit_with_ack_finish (SioClientSocket *self,
                                                         GAsyncResult *result,
                                                         GError **error);

G_END_DECLS
