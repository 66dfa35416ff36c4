/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-upgrade.h"

#include "engineio/eio-websocket-client.h"

/* CONNECTING -> PROBING ("2probe" sent) -> PAUSING ("3probe" has come, polling finishes what is
 * under way) -> DONE ("5" sent). Every state -> DONE when the try fails. */
typedef enum
{
  STATE_CONNECTING,
  STATE_PROBING,
  STATE_PAUSING,
  STATE_DONE,
} State;

struct _EioClientUpgrade
{
  GObject parent_instance;

  EioPollingClient *polling;     /* owned */
  EioClientTransport *websocket; /* owned until it is handed over */
  GSource *timer;                /* owned */
  State state;
};

G_DEFINE_FINAL_TYPE (EioClientUpgrade, eio_client_upgrade, G_TYPE_OBJECT)

enum
{
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
send_control (EioClientUpgrade *self, EioPacketType type, const char *data)
{
  GQueue queue = G_QUEUE_INIT;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, strlen (data));

  g_queue_push_tail (&queue, eio_client_packet_new (type, FALSE, bytes));
  eio_client_transport_take (self->websocket, &queue);
  g_queue_clear_full (&queue, (GDestroyNotify)eio_client_packet_free);
}

/* Lets go of everything; polling is left as it is. */
static void
set_done (EioClientUpgrade *self)
{
  self->state = STATE_DONE;
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_signal_handlers_disconnect_by_data (self->polling, self);
  if (self->websocket != NULL)
    g_signal_handlers_disconnect_by_data (self->websocket, self);
}

static void
give_up (EioClientUpgrade *self)
{
  gboolean resume = self->state == STATE_PAUSING;

  if (self->state == STATE_DONE)
    return;
  set_done (self);
  eio_client_transport_close (self->websocket);
  g_clear_object (&self->websocket);
  if (resume)
    eio_polling_client_resume (self->polling);
}

static void
fail (EioClientUpgrade *self)
{
  g_object_ref (self);
  give_up (self);
  g_signal_emit (self, signals[DONE], 0, NULL);
  g_object_unref (self);
}

static void
on_polling_paused (EioClientUpgrade *self)
{
  g_autoptr (EioClientTransport) websocket = NULL;

  send_control (self, EIO_PACKET_UPGRADE, "");
  /* Sending may have found it broken. */
  if (self->state != STATE_PAUSING)
    return;
  set_done (self);
  websocket = g_steal_pointer (&self->websocket);
  g_signal_emit (self, signals[DONE], 0, websocket);
}

static void
on_packet (EioClientUpgrade *self, const EioPacket *packet)
{
  static const char probe[] = "probe";
  gsize length;
  const void *data = g_bytes_get_data (packet->data, &length);

  if (self->state != STATE_PROBING || packet->type != EIO_PACKET_PONG || length != strlen (probe)
      || memcmp (data, probe, length) != 0)
    {
      fail (self);
      return;
    }
  self->state = STATE_PAUSING;
  g_signal_connect_object (self->polling, "paused", G_CALLBACK (on_polling_paused), self,
                           G_CONNECT_SWAPPED);
  eio_polling_client_pause (self->polling);
}

static void
on_opened (EioClientUpgrade *self)
{
  self->state = STATE_PROBING;
  send_control (self, EIO_PACKET_PING, "probe");
}

static gboolean
on_timeout (gpointer user_data)
{
  fail (user_data);
  return G_SOURCE_REMOVE;
}

static void
eio_client_upgrade_dispose (GObject *object)
{
  EioClientUpgrade *self = EIO_CLIENT_UPGRADE (object);

  if (self->state != STATE_DONE && self->websocket != NULL)
    {
      set_done (self);
      eio_client_transport_close (self->websocket);
    }
  g_clear_object (&self->websocket);
  g_clear_object (&self->polling);
  G_OBJECT_CLASS (eio_client_upgrade_parent_class)->dispose (object);
}

static void
eio_client_upgrade_class_init (EioClientUpgradeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eio_client_upgrade_dispose;

  signals[DONE] = g_signal_new ("done", EIO_TYPE_CLIENT_UPGRADE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, EIO_TYPE_CLIENT_TRANSPORT);
}

static void
eio_client_upgrade_init (EioClientUpgrade *self)
{
}

EioClientUpgrade *
eio_client_upgrade_new (EioPollingClient *polling)
{
  EioClientUpgrade *self = g_object_new (EIO_TYPE_CLIENT_UPGRADE, NULL);
  EioClientTransport *transport = EIO_CLIENT_TRANSPORT (polling);

  self->polling = g_object_ref (polling);
  self->websocket = eio_websocket_client_new (eio_client_transport_get_target (transport));
  return self;
}

void
eio_client_upgrade_start (EioClientUpgrade *self, guint timeout_ms)
{
  g_assert (EIO_IS_CLIENT_UPGRADE (self));
  g_assert (self->timer == NULL);

  self->timer = g_timeout_source_new (timeout_ms);
  g_source_set_static_name (self->timer, "EioClientUpgrade");
  g_source_set_callback (self->timer, on_timeout, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  g_signal_connect_object (self->websocket, "opened", G_CALLBACK (on_opened), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->websocket, "packet", G_CALLBACK (on_packet), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->websocket, "failed", G_CALLBACK (fail), self, G_CONNECT_SWAPPED);
  eio_client_transport_open (self->websocket);
}

/* Gives up the try without "done"; polling goes on. */
void
eio_client_upgrade_cancel (EioClientUpgrade *self)
{
  g_assert (EIO_IS_CLIENT_UPGRADE (self));

  give_up (self);
}
