/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-recovery.h"

#include <string.h>

#include "json/wire-json.h"
#include "socketio/sio-id.h"

/* Of what is not its text: lists, tables, frames. */
#define OVERHEAD 256
/* Characters of an id that make the offsets of one log unlike those of another, and unlike a plain
 * string of a program that a client mistakes for one. */
#define PREFIX_LENGTH 6

typedef struct
{
  int64_t time;
  gsize size;
  SioOutgoing *outgoing;
  GStrv rooms;  /* nullable */
  GStrv except; /* nullable */
} Packet;

typedef struct
{
  int64_t time;
  gsize size;
  SioSavedSession *session;
} Saved;

struct _SioRecovery
{
  const SioRecoveryLimits *limits;
  char prefix[SIO_ID_LENGTH + 1];
  GQueue packets; /* (element-type Packet), oldest first */
  gsize packets_size;
  uint64_t position;    /* of the last packet */
  GHashTable *sessions; /* pid -> link of the next, borrowed */
  GQueue order;         /* (element-type Saved), oldest first */
  gsize sessions_size;
};

static void
packet_free (gpointer data)
{
  Packet *packet = data;

  sio_outgoing_unref (packet->outgoing);
  g_strfreev (packet->rooms);
  g_strfreev (packet->except);
  g_free (packet);
}

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  sio_saved_session_unref (saved->session);
  g_free (saved);
}

SioRecovery *
sio_recovery_new (const SioRecoveryLimits *limits)
{
  SioRecovery *self = g_new0 (SioRecovery, 1);

  self->limits = limits;
  sio_id_make (self->prefix);
  self->prefix[PREFIX_LENGTH] = '\0';
  g_queue_init (&self->packets);
  g_queue_init (&self->order);
  self->sessions = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
sio_recovery_free (SioRecovery *self)
{
  g_hash_table_unref (self->sessions);
  g_queue_clear_full (&self->packets, packet_free);
  g_queue_clear_full (&self->order, saved_free);
  g_free (self);
}

/* Dropping */

static void
drop_packet (SioRecovery *self)
{
  Packet *packet = g_queue_pop_head (&self->packets);

  self->packets_size -= packet->size;
  packet_free (packet);
}

/* Out of the store; the session is the caller's. */
static SioSavedSession *
take_link (SioRecovery *self, GList *link)
{
  Saved *saved = link->data;
  SioSavedSession *session = sio_saved_session_ref (saved->session);

  self->sessions_size -= saved->size;
  g_hash_table_remove (self->sessions, session->pid);
  g_queue_delete_link (&self->order, link);
  saved_free (saved);
  return session;
}

static void
drop_session (SioRecovery *self)
{
  sio_saved_session_unref (take_link (self, self->order.head));
}

static gboolean
is_old (SioRecovery *self, int64_t time, int64_t now)
{
  return now - time > self->limits->max_age_ms;
}

void
sio_recovery_expire (SioRecovery *self, int64_t now)
{
  while (self->packets.head != NULL
         && is_old (self, ((Packet *)self->packets.head->data)->time, now))
    drop_packet (self);
  while (self->order.head != NULL && is_old (self, ((Saved *)self->order.head->data)->time, now))
    drop_session (self);
}

/* Events */

char *
sio_recovery_dup_next_offset (SioRecovery *self)
{
  return g_strdup_printf ("%s%" G_GINT64_MODIFIER "x", self->prefix, self->position + 1);
}

static gsize
get_strv_size (const char *const *strv)
{
  gsize size = 0;

  for (; strv != NULL && *strv != NULL; strv++)
    size += strlen (*strv) + sizeof (char *);
  return size;
}

void
sio_recovery_add (SioRecovery *self,
                  SioOutgoing *outgoing,
                  const char *const *rooms,
                  const char *const *except,
                  int64_t now)
{
  Packet *packet = g_new0 (Packet, 1);

  packet->time = now;
  packet->size
      = OVERHEAD + sio_outgoing_get_size (outgoing) + get_strv_size (rooms) + get_strv_size (except);
  packet->outgoing = sio_outgoing_ref (outgoing);
  packet->rooms = g_strdupv ((GStrv)rooms);
  packet->except = g_strdupv ((GStrv)except);
  g_queue_push_tail (&self->packets, packet);
  self->packets_size += packet->size;
  self->position++;
  sio_recovery_expire (self, now);
  while (self->packets.length > self->limits->max_packets
         || self->packets_size > self->limits->max_bytes)
    drop_packet (self);
}

uint64_t
sio_recovery_get_position (SioRecovery *self)
{
  return self->position;
}

/* Sessions */

static gsize
get_session_size (SioSavedSession *session)
{
  gsize size = 0;
  g_autofree char *data = session->data != NULL ? wire_json_print (session->data, &size) : NULL;

  return OVERHEAD + size + get_strv_size ((const char *const *)session->rooms);
}

void
sio_recovery_save (SioRecovery *self, SioSavedSession *session, int64_t now)
{
  GList *old = g_hash_table_lookup (self->sessions, session->pid);
  Saved *saved = g_new0 (Saved, 1);

  if (old != NULL)
    sio_saved_session_unref (take_link (self, old));
  saved->time = now;
  saved->size = get_session_size (session);
  saved->session = sio_saved_session_ref (session);
  g_queue_push_tail (&self->order, saved);
  g_hash_table_insert (self->sessions, session->pid, self->order.tail);
  self->sessions_size += saved->size;
  sio_recovery_expire (self, now);
  while (self->order.length > self->limits->max_sessions
         || self->sessions_size > self->limits->max_bytes)
    drop_session (self);
}

/* Whether all that follows it is still there. */
static gboolean
is_position (SioRecovery *self, uint64_t position)
{
  return position <= self->position && self->position - position <= self->packets.length;
}

static gboolean
parse_offset (SioRecovery *self, const char *offset, uint64_t *position)
{
  char *end = NULL;

  if (strncmp (offset, self->prefix, PREFIX_LENGTH) != 0
      || !g_ascii_isxdigit (offset[PREFIX_LENGTH]))
    return FALSE;
  *position = g_ascii_strtoull (offset + PREFIX_LENGTH, &end, 16);
  return *end == '\0';
}

SioSavedSession *
sio_recovery_take (SioRecovery *self, const char *pid, const char *offset, int64_t now)
{
  GList *link;
  g_autoptr (SioSavedSession) session = NULL;

  sio_recovery_expire (self, now);
  link = g_hash_table_lookup (self->sessions, pid);
  if (link == NULL)
    return NULL;
  session = take_link (self, link);
  if (offset != NULL && !parse_offset (self, offset, &session->position))
    return NULL;
  if (session->hole > 0 && session->position >= session->hole)
    return NULL;
  return is_position (self, session->position) ? g_steal_pointer (&session) : NULL;
}

static gboolean
is_in_any (SioSavedSession *session, GStrv rooms)
{
  for (; *rooms != NULL; rooms++)
    if (g_str_equal (*rooms, session->sid)
        || (session->rooms != NULL
            && g_strv_contains ((const char *const *)session->rooms, *rooms)))
      return TRUE;
  return FALSE;
}

static gboolean
is_for (const Packet *packet, SioSavedSession *session)
{
  if (packet->except != NULL && is_in_any (session, packet->except))
    return FALSE;
  return packet->rooms == NULL || *packet->rooms == NULL || is_in_any (session, packet->rooms);
}

GPtrArray *
sio_recovery_get_missed (SioRecovery *self, SioSavedSession *session)
{
  GPtrArray *missed = NULL;
  guint n;
  GList *link;

  if (!is_position (self, session->position))
    return NULL;
  missed = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_outgoing_unref);
  n = self->position - session->position;
  /* From the tail: who comes back soon has missed little. */
  link = n > 0 ? g_queue_peek_nth_link (&self->packets, self->packets.length - n) : NULL;
  for (; link != NULL; link = link->next)
    if (is_for (link->data, session))
      g_ptr_array_add (missed, sio_outgoing_ref (((Packet *)link->data)->outgoing));
  return missed;
}

guint
sio_recovery_get_max_age (SioRecovery *self)
{
  return self->limits->max_age_ms;
}

guint
sio_recovery_get_n_sessions (SioRecovery *self)
{
  return self->order.length;
}

guint
sio_recovery_get_n_packets (SioRecovery *self)
{
  return self->packets.length;
}
