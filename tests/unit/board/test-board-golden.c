/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Titled scripts with the answers that are expected, tests/fixtures/board/NAME.txt: a line that
 * starts with "$ " does something, the lines after it are what came of it. BOARD_UPDATE=1 writes
 * the answers anew, to be read before they are committed. */
#include "board-world.h"

#include <inttypes.h>
#include <string.h>

static void
say_counter (GString *out, uint64_t counter, GError *error)
{
  if (error != NULL)
    g_string_append_printf (out, "error: %s\n", error->message);
  else if (counter == 0)
    g_string_append (out, "nothing to do\n");
  else
    g_string_append_printf (out, "op %" PRIu64 "\n", counter);
}

static void
run_op (GString *out, WorldMember *member, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardOp) op = board_op_from_json (text, -1, &error);
  uint64_t counter = op != NULL ? board_replica_submit (member->replica, op, &error) : 0;

  say_counter (out, counter, error);
}

static void
run_show (GString *out, WorldMember *member)
{
  g_autofree char *dump = world_dump (member->replica);

  g_string_append (out, *dump != '\0' ? dump : "empty\n");
}

static void
run_state (GString *out, WorldMember *member)
{
  BoardReplica *replica = member->replica;
  g_autofree char *confirmed = board_replica_dup_confirmed_hash (replica);
  g_autofree char *visible = board_replica_dup_visible_hash (replica);

  g_string_append_printf (out, "seq %" PRIu64 ", %u pending, next op %" PRIu64 "%s%s, %s\n",
                          board_replica_get_seq (replica), board_replica_get_n_pending (replica),
                          board_replica_get_next_counter (replica),
                          board_replica_can_undo (replica) ? ", can undo" : "",
                          board_replica_can_redo (replica) ? ", can redo" : "",
                          g_str_equal (confirmed, visible) ? "shown is confirmed"
                                                           : "shown is not confirmed yet");
}

static void
run_log (GString *out, World *world)
{
  for (guint i = 0; i < world->log->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (world->log, i);
      g_autofree char *text = board_op_to_json (entry->op);

      g_string_append_printf (out, "%u %s %" PRIu64 " %s\n", i + 1, entry->member, entry->counter,
                              text);
    }
}

static guint
run_all (World *world, WorldMember *member, gboolean (*act) (World *, WorldMember *))
{
  guint n = 0;

  while (act (world, member))
    n++;
  return n;
}

static void
run_verb (GString *out, World *world, WorldMember *member, const char *verb, const char *rest)
{
  if (g_str_equal (verb, "op"))
    run_op (out, member, rest);
  else if (g_str_equal (verb, "undo"))
    say_counter (out, board_replica_undo (member->replica), NULL);
  else if (g_str_equal (verb, "redo"))
    say_counter (out, board_replica_redo (member->replica), NULL);
  else if (g_str_equal (verb, "show"))
    run_show (out, member);
  else if (g_str_equal (verb, "state"))
    run_state (out, member);
  else if (g_str_equal (verb, "send"))
    {
      world_send (world, member);
      g_string_append_printf (out, "stored %u\n", run_all (world, member, world_store));
    }
  else if (g_str_equal (verb, "read"))
    g_string_append_printf (out, "read %u\n", run_all (world, member, world_read));
  else if (g_str_equal (verb, "refused"))
    {
      world_send (world, member);
      g_assert_true (world_refuse (world, member));
    }
  else if (g_str_equal (verb, "restart"))
    {
      world_restart (world, member);
      world_connect (world, member);
    }
  else if (g_str_equal (verb, "history"))
    {
      g_autofree char *text = board_replica_save_history (member->replica);

      g_string_append_printf (out, "%s\n", text);
    }
  else
    g_error ("unknown verb %s", verb);
}

static void
run_line (GString *out, World *world, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  WorldMember *member;

  if (g_str_equal (words[0], "log"))
    {
      run_log (out, world);
      return;
    }
  member = world_find (world, words[0]);
  if (member == NULL)
    member = world_join (world, words[0]);
  run_verb (out, world, member, words[1], words[2]);
}

/* The script with its answers made anew. A line of "== title" starts with an empty world. */
static char *
run_script (const char *script)
{
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);
  World *world = world_new ();
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "== "))
        {
          world_free (world);
          world = world_new ();
          g_string_append_printf (out, "%s%s\n", out->len > 0 ? "\n" : "", lines[i]);
        }
      else if (g_str_has_prefix (lines[i], "# "))
        g_string_append_printf (out, "%s\n", lines[i]);
      else if (g_str_has_prefix (lines[i], "$ "))
        {
          g_string_append_printf (out, "%s\n", lines[i]);
          run_line (out, world, lines[i] + 2);
        }
    }
  world_free (world);
  return g_string_free (out, FALSE);
}

/* Says the first line that differs, and the section it is in. */
static void
assert_same (const char *actual, const char *expected)
{
  g_auto (GStrv) a = g_strsplit (actual, "\n", -1);
  g_auto (GStrv) b = g_strsplit (expected, "\n", -1);

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    {
      if (a[i] != NULL && g_str_has_prefix (a[i], "== "))
        g_test_message ("%s", a[i]);
      g_assert_cmpstr (a[i], ==, b[i]);
    }
}

static void
test_script (gconstpointer name)
{
  g_autofree char *path = g_build_filename (FIXTURES, name, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *actual = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  actual = run_script (expected);
  if (g_getenv ("BOARD_UPDATE") != NULL)
    {
      g_file_set_contents (path, actual, -1, &error);
      g_assert_no_error (error);
    }
  else
    assert_same (actual, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/board/golden/document", "document.txt", test_script);
  g_test_add_data_func ("/board/golden/replica", "replica.txt", test_script);
  g_test_add_data_func ("/board/golden/talk", "talk.txt", test_script);
  g_test_add_data_func ("/board/golden/history", "history.txt", test_script);
  return g_test_run ();
}
