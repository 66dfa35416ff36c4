/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-packet.h"
#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioClientTransport: one way of carrying packets for an #EioClient. It keeps no queue of its own:
 * it takes from the client's what it can send now.
 *
 * Signals:
 *   "opened" ()                 packets can be taken; for polling nothing was exchanged yet
 *   "packet" (const EioPacket *)
 *   "writable" ()               after a time without
 *   "failed" (EioCloseReason reason, GError *error)   once, last; the peer's orderly close
 * included, then error is NULL. Not after eio_client_transport_close().
 */
#define EIO_TYPE_CLIENT_TRANSPORT (eio_client_transport_get_type ())
G_DECLARE_DERIVABLE_TYPE (EioClientTransport, eio_client_transport, EIO, CLIENT_TRANSPORT, GObject)

/**
 * EioClientTarget: where requests go: what a session's transports have in common. Owned by the
 * client, outlives its transports' use of it; the transports hold a reference.
 *
 * @session: for all requests
 * @uri: scheme, host, port, path; no query
 * @query: escaped parameters of the application, "" for none
 * @headers: (element-type utf8): name, value, name, value, ...
 * @sid: the session's id, NULL before the open packet has come
 * @base64: bytes travel as text by websocket, too
 * @max_incoming: bytes accepted in one message
 * @deflate_from: bytes of a message from which on it is compressed on a websocket that agrees; 0: not offered
 * @max_payload: what the server accepts in one body or message, 0 when it did not say
 * @accept: asked about a certificate that the session's database does not trust; nullable
 */
typedef gboolean (*EioClientAcceptFunc) (GTlsCertificate *certificate,
                                         GTlsCertificateFlags errors,
                                         gpointer user_data);

typedef struct
{
  SoupSession *session;
  GUri *uri;
  char *query;
  GPtrArray *headers;
  char *sid;
  gboolean base64;
  gsize max_incoming;
  gsize deflate_from;
  gsize max_payload;
  EioClientAcceptFunc accept;
  gpointer accept_data;
} EioClientTarget;

EioClientTarget *eio_client_target_new (void);
EioClientTarget *eio_client_target_ref (EioClientTarget *self);
void eio_client_target_unref (EioClientTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioClientTarget, eio_client_target_unref)
gboolean eio_client_target_accept_certificate (EioClientTarget *self,
                                               GTlsCertificate *certificate,
                                               GTlsCertificateFlags errors);

/* For queues: packets on the heap. data: nullable, transfer none. */
EioPacket *eio_client_packet_new (EioPacketType type, gboolean binary, GBytes *data);
void eio_client_packet_free (EioPacket *packet);
gsize eio_client_packet_get_size (const EioPacket *packet);

struct _EioClientTransportClass
{
  GObjectClass parent_class;

  void (*open) (EioClientTransport *self);
  gboolean (*is_writable) (EioClientTransport *self);
  gsize (*take) (EioClientTransport *self, GQueue *outgoing);
  gsize (*get_in_flight) (EioClientTransport *self);
  void (*close) (EioClientTransport *self);
};

void eio_client_transport_open (EioClientTransport *self);
gboolean eio_client_transport_is_writable (EioClientTransport *self);
gsize eio_client_transport_take (EioClientTransport *self, GQueue *outgoing);
gsize eio_client_transport_get_in_flight (EioClientTransport *self);
void eio_client_transport_close (EioClientTransport *self);
void eio_client_transport_abort (EioClientTransport *self);

/* For implementations. */
EioClientTarget *eio_client_transport_get_target (EioClientTransport *self);
GCancellable *eio_client_transport_get_cancellable (EioClientTransport *self);
gboolean eio_client_transport_is_closed (EioClientTransport *self);
SoupMessage *eio_client_transport_new_message (EioClientTransport *self,
                                               const char *method,
                                               const char *transport);
void eio_client_transport_emit_opened (EioClientTransport *self);
void eio_client_transport_emit_packet (EioClientTransport *self, const EioPacket *packet);
void eio_client_transport_emit_writable (EioClientTransport *self);
void eio_client_transport_fail (EioClientTransport *self, EioCloseReason reason, GError *error);

G_END_DECLS
