/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-document-private.h"
#include "board/board-element-private.h"
#include "sim-check.h"
#include "sim-totals.h"

static void
append_talk (GString *out, BoardDocument *document)
{
  for (guint i = 0; i < board_document_get_n_chats (document); i++)
    {
      g_string_append (out, "\nchat ");
      board_chat_line_append (out, board_document_peek_chat (document, i));
    }
  g_string_append_c (out, '\n');
  board_meeting_append (out, board_document_get_meeting (document));
  g_string_truncate (out, out->len - 1);
}

char *
sim_dump (BoardReplica *replica, gboolean chats)
{
  BoardDocument *document = board_replica_get_document (replica);
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);
  GString *out = g_string_new (board_document_get_title (document));

  for (guint i = 0; i < elements->len; i++)
    {
      g_string_append_c (out, '\n');
      board_element_append_text (g_ptr_array_index (elements, i), out);
    }
  if (chats)
    append_talk (out, document);
  return g_string_free (out, FALSE);
}

/* I2, I11: the file read from its start; times: those of the entries, or others. */
BoardReplica *
sim_replay (SimTruth *file, gboolean times)
{
  BoardReplica *replica = board_replica_new ("nobody");

  for (uint64_t seq = 1; seq <= sim_truth_get_length (file); seq++)
    {
      SimEntry *entry = sim_truth_get_entry (file, seq);
      int64_t other = INT64_C (9000000000000) - (int64_t) (entry->time % 3) * (int64_t) seq * 1000;

      board_replica_apply (replica, seq, entry->member, entry->counter, times ? entry->time : other,
                           entry->op);
    }
  return replica;
}

static void
check_equal (SimClient *client, const char *plain)
{
  g_autofree char *own = sim_dump (client->replica, TRUE);

  if (board_replica_get_n_pending (client->replica) > 0)
    sim_breach (SIM_I5_NOTHING_LOST, "%s has %u ops that never arrive", client->name,
                board_replica_get_n_pending (client->replica));
  else if (!g_str_equal (own, plain))
    sim_breach (SIM_I1_CONVERGENCE, "%s and the log read from its start differ:\n%s\n---\n%s",
                client->name, own, plain);
}

/* I3, I5: every op that the client kept is in the file under its counter, once, and nothing else
 * is. */
static void
check_file (SimServer *server, SimClient *client)
{
  GArray *positions = server->positions[client->index];
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < client->acked->len; i++)
    sim_check_acked (client, &g_array_index (client->acked, SimAcked, i));
  for (uint64_t counter = 1; counter <= positions->len; counter++)
    {
      uint64_t seq = g_array_index (positions, uint64_t, counter - 1);
      SimEntry *entry = sim_truth_get_entry (server->file, seq);
      SimOwn *own = g_hash_table_lookup (client->own, &counter);

      if (entry->counter != counter)
        sim_breach (SIM_I3_CLIENT_ORDER, "%s: counter %u stands for %u", client->name,
                    (guint) counter, (guint) entry->counter);
      if (own == NULL ? !g_str_equal (entry->text, SIM_FILLER)
                      : !own->withdrawn && !g_str_equal (entry->text, own->text))
        sim_breach (SIM_I5_NOTHING_LOST, "%s: op %u is %s in the log, which is not what was kept",
                    client->name, (guint) counter, entry->text);
    }
  g_hash_table_iter_init (&iter, client->own);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimOwn *own = value;

      if (!own->withdrawn && own->counter > positions->len)
        sim_breach (SIM_I5_NOTHING_LOST, "%s: op %u was kept and is not in the log", client->name,
                    (guint) own->counter);
    }
}

/* I6, by the last "+" or "-" that names each id. */
static void
check_deleted (SimTruth *file, BoardReplica *plain)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  BoardDocument *document = board_replica_get_document (plain);
  GHashTableIter iter;
  gpointer id, added;

  for (uint64_t seq = 1; seq <= sim_truth_get_length (file); seq++)
    {
      BoardOp *op = sim_truth_get_entry (file, seq)->op;

      for (guint i = 0; i < board_op_get_n_changes (op); i++)
        {
          BoardChangeType type = board_op_get_change_type (op, i);

          if (type == BOARD_CHANGE_ADD || type == BOARD_CHANGE_REMOVE)
            g_hash_table_insert (there, (gpointer) board_op_get_change_id (op, i),
                                 GINT_TO_POINTER (type == BOARD_CHANGE_ADD));
        }
    }
  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &id, &added))
    {
      gboolean shown = board_document_get_element (document, id) != NULL;

      if (shown && !added)
        sim_breach (SIM_I6_NO_REVIVAL, "%s was deleted and is there", (const char *) id);
      else if (!shown && added)
        sim_breach (SIM_I5_NOTHING_LOST, "%s was added and is not there", (const char *) id);
      sim_totals.deletions += !added;
    }
  sim_totals.elements += board_document_get_n_elements (document);
}

void
sim_check_presence (SimClient *self, guint others)
{
  g_autoptr (GPtrArray) here = draw_roster_list_others_here (self->roster);

  if (here->len != others)
    sim_breach (SIM_I10_PRESENCE, "%s sees %u others of %u", self->name, here->len, others);
}

void
sim_check_rest (SimServer *server, GPtrArray *clients)
{
  g_autoptr (BoardReplica) plain = sim_replay (server->file, TRUE);
  g_autoptr (BoardReplica) other_times = sim_replay (server->file, FALSE);
  g_autofree char *all = sim_dump (plain, TRUE);
  g_autofree char *drawn = sim_dump (plain, FALSE);
  g_autofree char *drawn_elsewhen = sim_dump (other_times, FALSE);

  check_deleted (server->file, plain);
  if (!g_str_equal (drawn, drawn_elsewhen))
    sim_breach (SIM_I11_NO_CLOCK,
                "with other times at the entries the board is another:\n%s\n---\n%s", drawn,
                drawn_elsewhen);
  for (guint i = 0; i < clients->len; i++)
    {
      SimClient *client = g_ptr_array_index (clients, i);

      check_equal (client, all);
      check_file (server, client);
      sim_check_presence (client, clients->len - 1);
    }
}
