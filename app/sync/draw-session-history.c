/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history on disk: a line that says of which moment it speaks, and its text. It is written when
 * the hand rests and at the end, so after a crash the log and the own ops beside it may be newer. A
 * history that does not know what came after it would undo what somebody else wrote last; such a one
 * is left out, and undo begins anew. */
#include <inttypes.h>
#include <string.h>

#include "draw-session-private.h"

/* What changes with every op that the history should know of. Transfer full. */
static char *
dup_moment (DrawSession *self)
{
  return g_strdup_printf ("%" PRIu64 " %" PRIu64 " %u\n", board_replica_get_seq (self->replica),
                          board_replica_get_next_counter (self->replica),
                          board_replica_get_n_pending (self->replica));
}

void
draw_session_write_history (DrawSession *self)
{
  g_autofree char *moment = dup_moment (self);
  g_autofree char *history = board_replica_save_history (self->replica);
  g_autofree char *text = g_strconcat (moment, history, NULL);

  draw_journal_set_meta (self->journal, DRAW_META_HISTORY, text);
}

void
draw_session_read_history (DrawSession *self)
{
  const char *text = draw_journal_get_meta (self->journal, DRAW_META_HISTORY);
  g_autofree char *moment = dup_moment (self);

  if (text == NULL)
    return;
  /* Without its history a board is still a board. */
  if (!g_str_has_prefix (text, moment))
    g_info ("the history is of another moment");
  else if (!board_replica_restore_history (self->replica, text + strlen (moment), NULL))
    g_info ("the history cannot be read");
}
