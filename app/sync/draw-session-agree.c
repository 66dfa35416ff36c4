/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether everybody has the same board. The state is a function of the log, so two members have the same hash at the
 * same position, or one of them has believed something false: a snapshot that an editor has made up, a server that tells
 * everybody another log, a fault of this program. So who comes online tells the hash of what is there, and again once a
 * minute while the board changes; who has another one at that position says so, and whoever is not sure of theirs reads the
 * log (draw-session-past.c). Nobody takes over what somebody else says, and nobody answers more than once in a while. */
#include <string.h>

#include "draw-session-private.h"

#define TELL_AGAIN_S 60
#define ANSWER_US (5 * G_USEC_PER_SEC)

void
draw_session_note_hash (DrawSession *self)
{
  uint64_t seq = board_replica_get_seq (self->replica);
  DrawHashPoint *point = &self->agreement.known[seq % G_N_ELEMENTS (self->agreement.known)];
  g_autofree char *hash = NULL;

  /* Of a log that is still coming in only the end will be asked for. */
  if (seq + G_N_ELEMENTS (self->agreement.known) <= self->target_seq)
    return;
  hash = board_replica_dup_confirmed_hash (self->replica);
  point->seq = seq;
  g_strlcpy (point->hash, hash, sizeof point->hash);
}

const char *
draw_session_find_hash (DrawSession *self, uint64_t seq)
{
  DrawHashPoint *point = &self->agreement.known[seq % G_N_ELEMENTS (self->agreement.known)];

  return seq > 0 && point->seq == seq ? point->hash : NULL;
}

void
draw_session_forget_hashes (DrawSession *self)
{
  memset (self->agreement.known, 0, sizeof self->agreement.known);
  draw_session_note_hash (self);
}

/* --- Telling -------------------------------------------------------------------------------------- */

static void
tell (DrawSession *self, uint64_t seq)
{
  const char *hash = draw_session_find_hash (self, seq);
  g_autoptr (BoardCast) cast = NULL;
  g_autofree char *text = NULL;

  if (hash == NULL)
    return;
  cast = board_cast_new (BOARD_CAST_HASH);
  cast->seq = (int64_t) seq;
  cast->text = g_strdup (hash);
  text = board_cast_to_json (cast);
  draw_session_send_cast_text (self, text);
}

static gboolean
on_agreement_timer (gpointer data)
{
  DrawSession *self = data;
  uint64_t seq = board_replica_get_seq (self->replica);

  if (seq != self->agreement.told)
    tell (self, seq);
  self->agreement.told = seq;
  return G_SOURCE_CONTINUE;
}

void
draw_session_start_agreement (DrawSession *self)
{
  draw_session_note_hash (self);
  self->agreement.told = 0;
  on_agreement_timer (self);
  if (self->agreement.timer == 0)
    self->agreement.timer = g_timeout_add_seconds (TELL_AGAIN_S, on_agreement_timer, self);
}

void
draw_session_stop_agreement (DrawSession *self)
{
  g_clear_handle_id (&self->agreement.timer, g_source_remove);
  memset (self->agreement.ahead, 0, sizeof self->agreement.ahead);
}

/* --- Hearing -------------------------------------------------------------------------------------- */

static void
compare (DrawSession *self, const DrawHashPoint *theirs)
{
  const char *mine = draw_session_find_hash (self, theirs->seq);
  int64_t now = g_get_monotonic_time ();

  if (mine == NULL || g_str_equal (mine, theirs->hash))
    return;
  g_info ("somebody has another board at %" G_GUINT64_FORMAT, (guint64) theirs->seq);
  if (self->agreement.answered == 0 || now - self->agreement.answered > ANSWER_US)
    {
      self->agreement.answered = now;
      tell (self, theirs->seq);
    }
  draw_session_doubt (self);
}

void
draw_session_hear_hash (DrawSession *self, const BoardCast *cast)
{
  DrawHashPoint theirs = { .seq = (uint64_t) cast->seq };

  g_strlcpy (theirs.hash, cast->text, sizeof theirs.hash);
  if (theirs.seq <= board_replica_get_seq (self->replica))
    compare (self, &theirs);
  else
    self->agreement.ahead[self->agreement.n_ahead++ % G_N_ELEMENTS (self->agreement.ahead)] = theirs;
}

void
draw_session_compare_ahead (DrawSession *self)
{
  uint64_t seq = board_replica_get_seq (self->replica);

  for (guint i = 0; i < G_N_ELEMENTS (self->agreement.ahead); i++)
    if (self->agreement.ahead[i].seq > 0 && self->agreement.ahead[i].seq <= seq)
      {
        compare (self, &self->agreement.ahead[i]);
        self->agreement.ahead[i].seq = 0;
      }
}
