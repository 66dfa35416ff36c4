/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-client-queue.h"

/* What is in the queue; transports see the packet alone. */
typedef struct {
  EioPacket packet;
  EioClientMark mark;
} Marked;

void
eio_client_queue_push (EioClientQueue *self,
                       EioPacketType type,
                       gboolean binary,
                       GBytes *data,
                       const EioClientMark *mark)
{
  Marked *marked = g_new0 (Marked, 1);
  gsize size;

  marked->packet = (EioPacket){ type, binary, data != NULL ? g_bytes_ref (data) : NULL, FALSE };
  if (mark != NULL)
    marked->mark = *mark;
  marked->packet.plain = marked->mark.plain;
  size = eio_client_packet_get_size (&marked->packet);
  g_queue_push_tail (&self->packets, marked);
  self->size += size;
  self->given += size;
}

static void
drop_link (EioClientQueue *self, GList *link)
{
  gsize size = eio_client_packet_get_size (link->data);

  self->size -= size;
  self->given -= size;
  eio_client_packet_free (link->data);
  g_queue_delete_link (&self->packets, link);
}

static GList *
find_oldest (EioClientQueue *self, gconstpointer owner)
{
  for (GList *link = self->packets.head; link != NULL; link = link->next)
    if (((Marked *) link->data)->mark.owner == owner)
      return link;
  return NULL;
}

gboolean
eio_client_queue_drop_oldest (EioClientQueue *self, gconstpointer owner, int64_t *tag)
{
  GList *link = find_oldest (self, owner);
  guint n_left;

  if (link == NULL)
    return FALSE;
  *tag = ((Marked *) link->data)->mark.tag;
  n_left = 1 + ((Marked *) link->data)->mark.n_more;
  while (n_left-- > 0)
    {
      GList *next = link->next;

      drop_link (self, link);
      link = next;
    }
  return TRUE;
}

void
eio_client_queue_clear (EioClientQueue *self)
{
  g_queue_clear_full (&self->packets, (GDestroyNotify) eio_client_packet_free);
  self->size = 0;
}
