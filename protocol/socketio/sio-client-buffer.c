/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-client-buffer.h"

#include "socketio/sio-args-private.h"

#define MAX_EARLY_EVENTS 4096
#define MAX_EARLY_BYTES (4 * 1024 * 1024)

static gsize
get_attachments_size (SioArgs *args)
{
  guint n = args != NULL ? sio_args_get_n_attachments (args) : 0;
  gsize size = 0;

  for (guint i = 0; i < n; i++)
    size += g_bytes_get_size (sio_args_get_attachment (args, i));
  return size;
}

SioClientEvent *
sio_client_event_new (const char *name, GBytes *text, SioArgs *args, int64_t ack_id)
{
  SioClientEvent *self = g_new (SioClientEvent, 1);

  self->name = g_strdup (name);
  self->text = text;
  self->args = args != NULL ? sio_args_ref (args) : NULL;
  self->ack_id = ack_id;
  self->size = g_bytes_get_size (text) + get_attachments_size (args);
  return self;
}

void
sio_client_event_free (SioClientEvent *self)
{
  g_free (self->name);
  g_bytes_unref (self->text);
  g_clear_pointer (&self->args, sio_args_unref);
  g_free (self);
}

void
sio_client_buffer_push (SioClientBuffer *self, SioClientEvent *event)
{
  g_queue_push_tail (&self->events, event);
  self->size += event->size;
}

SioClientEvent *
sio_client_buffer_pop (SioClientBuffer *self)
{
  SioClientEvent *event = g_queue_pop_head (&self->events);

  if (event != NULL)
    self->size -= event->size;
  return event;
}

SioClientEvent *
sio_client_buffer_pop_counted (SioClientBuffer *self)
{
  for (GList *link = self->events.head; link != NULL; link = link->next)
    {
      SioClientEvent *event = link->data;

      if (event->size == 0)
        continue;
      g_queue_delete_link (&self->events, link);
      self->size -= event->size;
      return event;
    }
  return NULL;
}

void
sio_client_buffer_drop_ack (SioClientBuffer *self, uint64_t ack_id)
{
  for (GList *link = self->events.head; link != NULL; link = link->next)
    {
      SioClientEvent *event = link->data;

      if (event->ack_id != (int64_t)ack_id)
        continue;
      self->size -= event->size;
      sio_client_event_free (event);
      g_queue_delete_link (&self->events, link);
      return;
    }
}

void
sio_client_buffer_clear (SioClientBuffer *self)
{
  g_queue_clear_full (&self->events, (GDestroyNotify)sio_client_event_free);
  self->size = 0;
}

static void
packet_free (gpointer data)
{
  sio_packet_clear (data);
  g_free (data);
}

gboolean
sio_client_early_keep (SioClientEarly *self, SioPacket *packet)
{
  gsize length;

  sio_args_get_text (packet->args, &length);
  self->size += length + get_attachments_size (packet->args);
  if (self->packets == NULL)
    self->packets = g_ptr_array_new_with_free_func (packet_free);
  if (self->packets->len >= MAX_EARLY_EVENTS || self->size > MAX_EARLY_BYTES)
    return FALSE;
  g_ptr_array_add (self->packets, g_memdup2 (packet, sizeof *packet));
  memset (packet, 0, sizeof *packet);
  return TRUE;
}

GPtrArray *
sio_client_early_take (SioClientEarly *self)
{
  GPtrArray *packets = g_steal_pointer (&self->packets);

  self->size = 0;
  return packets != NULL ? packets : g_ptr_array_new ();
}

void
sio_client_early_clear (SioClientEarly *self)
{
  g_clear_pointer (&self->packets, g_ptr_array_unref);
  self->size = 0;
}
