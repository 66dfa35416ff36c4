/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-outbox.h"

#define PAUSE_FIRST (100 * G_TIME_SPAN_MILLISECOND)
/* Long enough that a server's budget holds a good part of a window again: a window that is refused
 * costs as many refusals as it has ops, and servers count these. */
#define PAUSE_TOO_FAST (500 * G_TIME_SPAN_MILLISECOND)
/* However long the server's trouble has lasted, people draw on within 5 s after it is over: this is
 * the longest that is waited, and an answer may take a second. It costs the server little, since only
 * one op asks whether it is over. */
#define PAUSE_MAX (4 * G_TIME_SPAN_SECOND)

struct _DrawOutbox {
  guint max_ops;
  gsize max_bytes;

  GArray *waiting; /* uint64_t, ascending; those before `first` are gone */
  guint first;
  uint64_t durable;

  gboolean running;
  uint64_t next; /* to be sent; while draining the lowest to be sent again */
  GHashTable *in_flight; /* counter -> bytes */
  gsize bytes;
  gboolean draining;
  gboolean probing; /* one at a time, until something is taken again */
  GRand *chance;
  int64_t pause; /* how long the next refusal holds us back, at most */
  int64_t resume_at;
};

/* Counters are kept as pointers: the app runs where these have 64 bits or a person draws for years. */
#define KEY(counter) GSIZE_TO_POINTER ((gsize) (counter))

DrawOutbox *
draw_outbox_new (guint max_ops, gsize max_bytes, guint32 seed)
{
  DrawOutbox *self;

  g_return_val_if_fail (max_ops > 0 && max_bytes > 0, NULL);

  self = g_new0 (DrawOutbox, 1);
  self->max_ops = max_ops;
  self->max_bytes = max_bytes;
  self->waiting = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  self->in_flight = g_hash_table_new (NULL, NULL);
  self->chance = g_rand_new_with_seed (seed);
  return self;
}

void
draw_outbox_free (DrawOutbox *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->waiting);
  g_hash_table_unref (self->in_flight);
  g_rand_free (self->chance);
  g_free (self);
}

/* --- What waits --------------------------------------------------------------------------------- */

static uint64_t
waiting_at (DrawOutbox *self, guint i)
{
  return g_array_index (self->waiting, uint64_t, i);
}

/* The place of counter, or of the first one above it. */
static guint
waiting_search (DrawOutbox *self, uint64_t counter)
{
  guint low = self->first, high = self->waiting->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (waiting_at (self, middle) < counter)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
waiting_has (DrawOutbox *self, uint64_t counter)
{
  guint i = waiting_search (self, counter);

  return i < self->waiting->len && waiting_at (self, i) == counter;
}

/* Nearly always it is the first: that costs nothing, and the array moves up when half of it is gone. */
static gboolean
waiting_remove (DrawOutbox *self, uint64_t counter)
{
  guint i = waiting_search (self, counter);

  if (i == self->waiting->len || waiting_at (self, i) != counter)
    return FALSE;
  if (i > self->first)
    g_array_remove_index (self->waiting, i);
  else
    self->first++;
  if (self->first > self->waiting->len / 2)
    {
      g_array_remove_range (self->waiting, 0, self->first);
      self->first = 0;
    }
  return TRUE;
}

/* --- In flight ---------------------------------------------------------------------------------- */

static gboolean
land (DrawOutbox *self, uint64_t counter)
{
  gpointer bytes;

  if (!g_hash_table_steal_extended (self->in_flight, KEY (counter), NULL, &bytes))
    return FALSE;
  self->bytes -= GPOINTER_TO_SIZE (bytes);
  if (g_hash_table_size (self->in_flight) == 0)
    self->draining = FALSE;
  return TRUE;
}

/* Half of a pause is chance: those whom one server refused at once do not ask again at once. */
static int64_t
spread (DrawOutbox *self)
{
  return self->pause / 2 + g_rand_int_range (self->chance, 0, (gint32) (self->pause / 2) + 1);
}

/* Sends again from that counter on, when the window is empty and the pause is over. again: it is not
 * the first refusal of this window, and the others only follow from that one. */
static void
hold_back (DrawOutbox *self, uint64_t counter, gboolean again, int64_t now)
{
  self->next = MIN (self->next, counter);
  self->draining = g_hash_table_size (self->in_flight) > 0;
  if (again)
    return;
  self->resume_at = now + spread (self);
  self->pause = CLAMP (self->pause * 2, PAUSE_FIRST, PAUSE_MAX);
}

/* --- Public ------------------------------------------------------------------------------------- */

void
draw_outbox_add (DrawOutbox *self, uint64_t counter)
{
  g_return_if_fail (self != NULL && counter > 0);
  g_return_if_fail (self->first == self->waiting->len ||
                    waiting_at (self, self->waiting->len - 1) < counter);

  g_array_append_val (self->waiting, counter);
}

void
draw_outbox_set_durable (DrawOutbox *self, uint64_t counter)
{
  g_return_if_fail (self != NULL);

  self->durable = MAX (self->durable, counter);
}

void
draw_outbox_start (DrawOutbox *self, uint64_t server_counter)
{
  g_return_if_fail (self != NULL);

  draw_outbox_stop (self);
  self->running = TRUE;
  self->next = server_counter + 1;
}

void
draw_outbox_stop (DrawOutbox *self)
{
  g_return_if_fail (self != NULL);

  self->running = FALSE;
  self->draining = FALSE;
  self->probing = FALSE;
  self->resume_at = 0;
  self->pause = 0;
  self->bytes = 0;
  g_hash_table_remove_all (self->in_flight);
}

/* Whether there is something to send at all, window and time aside. */
static gboolean
has_next (DrawOutbox *self)
{
  guint i = waiting_search (self, self->next);

  /* A filler goes only when what follows it can follow at once. */
  return self->running && !self->draining && i < self->waiting->len &&
         waiting_at (self, i) <= self->durable;
}

static gboolean
window_is_full (DrawOutbox *self)
{
  return self->bytes >= self->max_bytes ||
         g_hash_table_size (self->in_flight) >= (self->probing ? 1 : self->max_ops);
}

gboolean
draw_outbox_next (DrawOutbox *self, int64_t now, uint64_t *counter, gboolean *filler)
{
  g_return_val_if_fail (self != NULL && counter != NULL && filler != NULL, FALSE);

  if (!has_next (self) || now < self->resume_at || window_is_full (self))
    return FALSE;
  *counter = self->next;
  *filler = !waiting_has (self, self->next);
  self->next++;
  g_hash_table_insert (self->in_flight, KEY (*counter), GSIZE_TO_POINTER (0));
  return TRUE;
}

void
draw_outbox_set_size (DrawOutbox *self, uint64_t counter, gsize bytes)
{
  g_return_if_fail (self != NULL && g_hash_table_contains (self->in_flight, KEY (counter)));

  self->bytes -= GPOINTER_TO_SIZE (g_hash_table_lookup (self->in_flight, KEY (counter)));
  self->bytes += bytes;
  g_hash_table_insert (self->in_flight, KEY (counter), GSIZE_TO_POINTER (bytes));
}

int64_t
draw_outbox_get_wake_time (DrawOutbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return has_next (self) ? self->resume_at : 0;
}

gboolean
draw_outbox_acknowledge (DrawOutbox *self, uint64_t counter)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (land (self, counter))
    {
      self->pause = 0;
      self->probing = FALSE;
    }
  return waiting_remove (self, counter);
}

gboolean
draw_outbox_confirm (DrawOutbox *self, uint64_t counter)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return waiting_remove (self, counter);
}

DrawOutboxVerdict
draw_outbox_refuse (DrawOutbox *self, uint64_t counter, BoardRefusal refusal, uint64_t expected,
                    int64_t now)
{
  gboolean again;

  g_return_val_if_fail (self != NULL, DRAW_OUTBOX_RECONNECT);

  again = self->draining;
  if (!land (self, counter))
    return DRAW_OUTBOX_RETRY; /* of an earlier life */
  switch (refusal)
    {
    case BOARD_REFUSAL_GAP:
      if (expected == 0 || expected > counter)
        return DRAW_OUTBOX_RECONNECT;
      hold_back (self, expected, again, now);
      return DRAW_OUTBOX_RETRY;

    case BOARD_REFUSAL_TOO_FAST:
    case BOARD_REFUSAL_UNAVAILABLE:
    case BOARD_REFUSAL_FULL:
    case BOARD_REFUSAL_LOCKED:
      self->pause = MAX (self->pause, PAUSE_TOO_FAST);
      self->probing = TRUE;
      hold_back (self, counter, again, now);
      return DRAW_OUTBOX_RETRY;

    case BOARD_REFUSAL_READ_ONLY:
      return DRAW_OUTBOX_REJECT_ALL;

    case BOARD_REFUSAL_BAD_REQUEST:
    case BOARD_REFUSAL_TOO_LARGE:
    case BOARD_REFUSAL_UNSUPPORTED:
      hold_back (self, counter, again, now);
      return waiting_remove (self, counter) ? DRAW_OUTBOX_REJECT : DRAW_OUTBOX_RECONNECT;

    case BOARD_REFUSAL_UNKNOWN_BOARD:
    case BOARD_REFUSAL_NOT_INVITED:
    case BOARD_REFUSAL_INVITE_EXPIRED:
    case BOARD_REFUSAL_INVITE_USED:
    case BOARD_REFUSAL_BANNED:
    default:
      return DRAW_OUTBOX_RECONNECT;
    }
}

void
draw_outbox_remove (DrawOutbox *self, uint64_t counter)
{
  g_return_if_fail (self != NULL);

  waiting_remove (self, counter);
}

guint
draw_outbox_get_n_waiting (DrawOutbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->waiting->len - self->first;
}

guint
draw_outbox_get_n_in_flight (DrawOutbox *self, gsize *bytes)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, 0);

  *bytes = self->bytes;
  return g_hash_table_size (self->in_flight);
}
