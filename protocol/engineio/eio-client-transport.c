/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-transport.h"

typedef struct
{
  EioClientTarget *target;   /* owned */
  GCancellable *cancellable; /* owned; of everything this transport has under way */
  gboolean closed;           /* nothing is emitted any more */
} EioClientTransportPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EioClientTransport, eio_client_transport, G_TYPE_OBJECT)

enum
{
  PROP_TARGET = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  OPENED,
  PACKET,
  WRITABLE,
  FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define PRIVATE(self)                                                                              \
  ((EioClientTransportPrivate *)eio_client_transport_get_instance_private (self))

EioClientTarget *
eio_client_target_new (void)
{
  EioClientTarget *self = g_rc_box_new0 (EioClientTarget);

  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

EioClientTarget *
eio_client_target_ref (EioClientTarget *self)
{
  g_assert (self != NULL);

  return g_rc_box_acquire (self);
}

static void
eio_client_target_clear (gpointer data)
{
  EioClientTarget *self = data;

  g_clear_object (&self->session);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->sid, g_free);
}

void
eio_client_target_unref (EioClientTarget *self)
{
  g_assert (self != NULL);

  g_rc_box_release_full (self, eio_client_target_clear);
}

gboolean
eio_client_target_accept_certificate (EioClientTarget *self,
                                      GTlsCertificate *certificate,
                                      GTlsCertificateFlags errors)
{
  return self->accept != NULL && self->accept (certificate, errors, self->accept_data);
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer target)
{
  return eio_client_target_accept_certificate (target, certificate, errors);
}

EioPacket *
eio_client_packet_new (EioPacketType type, gboolean binary, GBytes *data)
{
  EioPacket *packet = g_new0 (EioPacket, 1);

  packet->type = type;
  packet->binary = binary;
  packet->data = data != NULL ? g_bytes_ref (data) : NULL;
  return packet;
}

void
eio_client_packet_free (EioPacket *packet)
{
  eio_packet_clear (packet);
  g_free (packet);
}

/* Bytes of its data and its type: what waits is never nothing. */
gsize
eio_client_packet_get_size (const EioPacket *packet)
{
  return 1 + (packet->data != NULL ? g_bytes_get_size (packet->data) : 0);
}

static void
eio_client_transport_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  EioClientTransport *self = EIO_CLIENT_TRANSPORT (object);

  switch (id)
    {
    case PROP_TARGET:
      PRIVATE (self)->target = eio_client_target_ref (g_value_get_pointer (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eio_client_transport_dispose (GObject *object)
{
  eio_client_transport_abort (EIO_CLIENT_TRANSPORT (object));
  G_OBJECT_CLASS (eio_client_transport_parent_class)->dispose (object);
}

static void
eio_client_transport_finalize (GObject *object)
{
  EioClientTransportPrivate *priv = PRIVATE (EIO_CLIENT_TRANSPORT (object));

  g_object_unref (priv->cancellable);
  eio_client_target_unref (priv->target);
  G_OBJECT_CLASS (eio_client_transport_parent_class)->finalize (object);
}

static void
eio_client_transport_class_init (EioClientTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->set_property = eio_client_transport_set_property;
  object_class->dispose = eio_client_transport_dispose;
  object_class->finalize = eio_client_transport_finalize;

  props[PROP_TARGET]
      = g_param_spec_pointer ("target", NULL, NULL,
                              G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PACKET] = g_signal_new ("packet", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[WRITABLE]
      = g_signal_new ("writable", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, EIO_TYPE_CLOSE_REASON, G_TYPE_ERROR);
}

static void
eio_client_transport_init (EioClientTransport *self)
{
  PRIVATE (self)->cancellable = g_cancellable_new ();
}

void
eio_client_transport_open (EioClientTransport *self)
{
  g_assert (EIO_IS_CLIENT_TRANSPORT (self));

  EIO_CLIENT_TRANSPORT_GET_CLASS (self)->open (self);
}

gboolean
eio_client_transport_is_writable (EioClientTransport *self)
{
  g_assert (EIO_IS_CLIENT_TRANSPORT (self));

  return !PRIVATE (self)->closed && EIO_CLIENT_TRANSPORT_GET_CLASS (self)->is_writable (self);
}

/* Sends what can be sent now of the queue of EioPackets, popping it. Returns the bytes of data that
 * were taken. */
gsize
eio_client_transport_take (EioClientTransport *self, GQueue *outgoing)
{
  g_assert (EIO_IS_CLIENT_TRANSPORT (self));
  g_assert (outgoing != NULL);

  if (outgoing->length == 0 || !eio_client_transport_is_writable (self))
    return 0;
  return EIO_CLIENT_TRANSPORT_GET_CLASS (self)->take (self, outgoing);
}

/* Bytes of data taken that the kernel or the server does not have yet. */
gsize
eio_client_transport_get_in_flight (EioClientTransport *self)
{
  g_assert (EIO_IS_CLIENT_TRANSPORT (self));

  return EIO_CLIENT_TRANSPORT_GET_CLASS (self)->get_in_flight (self);
}

/* Ends it in order where that is possible, in the background. Nothing is emitted any more. */
void
eio_client_transport_close (EioClientTransport *self)
{
  g_assert (EIO_IS_CLIENT_TRANSPORT (self));

  if (PRIVATE (self)->closed)
    return;
  PRIVATE (self)->closed = TRUE;
  EIO_CLIENT_TRANSPORT_GET_CLASS (self)->close (self);
}

/* Ends it at once, without a word to the server. Nothing is emitted any more. */
void
eio_client_transport_abort (EioClientTransport *self)
{
  g_assert (EIO_IS_CLIENT_TRANSPORT (self));

  PRIVATE (self)->closed = TRUE;
  g_cancellable_cancel (PRIVATE (self)->cancellable);
}

EioClientTarget *
eio_client_transport_get_target (EioClientTransport *self)
{
  return PRIVATE (self)->target;
}

GCancellable *
eio_client_transport_get_cancellable (EioClientTransport *self)
{
  return PRIVATE (self)->cancellable;
}

gboolean
eio_client_transport_is_closed (EioClientTransport *self)
{
  return PRIVATE (self)->closed;
}

static GUri *
build_uri (EioClientTarget *target, const char *transport)
{
  g_autoptr (GString) query = g_string_new ("EIO=4&transport=");

  g_string_append (query, transport);
  if (target->base64)
    g_string_append (query, "&b64=1");
  if (target->sid != NULL)
    {
      g_string_append (query, "&sid=");
      g_string_append_uri_escaped (query, target->sid, NULL, FALSE);
    }
  if (target->query != NULL && *target->query != '\0')
    g_string_append_printf (query, "&%s", target->query);
  return g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (target->uri), NULL,
                      g_uri_get_host (target->uri), g_uri_get_port (target->uri),
                      g_uri_get_path (target->uri), query->str, NULL);
}

/* A request to the session's address. libsoup unpacks no body: it would count what arrives, not what
 * comes of it. Redirects are not followed: a session belongs to one server. */
SoupMessage *
eio_client_transport_new_message (EioClientTransport *self,
                                  const char *method,
                                  const char *transport)
{
  EioClientTarget *target = PRIVATE (self)->target;
  g_autoptr (GUri) uri = build_uri (target, transport);
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  soup_message_disable_feature (message, SOUP_TYPE_CACHE);
  for (guint i = 0; i + 1 < target->headers->len; i += 2)
    soup_message_headers_append (headers, target->headers->pdata[i], target->headers->pdata[i + 1]);
  if (target->accept != NULL)
    g_signal_connect_data (message, "accept-certificate", G_CALLBACK (on_accept_certificate),
                           eio_client_target_ref (target),
                           (GClosureNotify)(void (*) (void))eio_client_target_unref,
                           G_CONNECT_DEFAULT);
  return message;
}

void
eio_client_transport_emit_opened (EioClientTransport *self)
{
  if (!PRIVATE (self)->closed)
    g_signal_emit (self, signals[OPENED], 0);
}

void
eio_client_transport_emit_packet (EioClientTransport *self, const EioPacket *packet)
{
  if (!PRIVATE (self)->closed)
    g_signal_emit (self, signals[PACKET], 0, packet);
}

void
eio_client_transport_emit_writable (EioClientTransport *self)
{
  if (!PRIVATE (self)->closed)
    g_signal_emit (self, signals[WRITABLE], 0);
}

/* Takes the error, which may be NULL. */
void
eio_client_transport_fail (EioClientTransport *self, EioCloseReason reason, GError *error)
{
  g_autoptr (GError) owned = error;

  if (PRIVATE (self)->closed)
    return;
  g_object_ref (self);
  PRIVATE (self)->closed = TRUE;
  g_cancellable_cancel (PRIVATE (self)->cancellable);
  g_signal_emit (self, signals[FAILED], 0, reason, owned);
  g_object_unref (self);
}
