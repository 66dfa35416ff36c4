/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What hosts do to their board, seen by everybody: host h, editor e by the invitation i, viewer w by
 * the invitation v. */

#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"

static void
set_up (People *people, gconstpointer data)
{
  people_set_up (people, NULL);
}

static void
tear_down (People *people, gconstpointer data)
{
  people_tear_down (people);
}

/* Asks with a member as the first argument. */
static const char *
ask_of (Guest *guest, const char *event, const char *member, const char *more)
{
  g_autofree char *args = g_strdup_printf ("\"%s\"%s", member, more);

  return guest_ask (guest, event, args);
}

static const char *
rejoin (People *people, char mark, char invite)
{
  g_autoptr (Guest) guest = guest_new (people->house, mark);
  g_autoptr (JsonNode) auth = guest_auth (guest, invite, -1);

  return guest_connect (guest, auth) ? "ok" : g_intern_string (guest_get_refusal (guest));
}

static gboolean
lists (JsonObject *news, const char *list, const char *member, const char *role, gboolean banned)
{
  JsonArray *array
      = json_object_has_member (news, list) ? json_object_get_array_member (news, list) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *one = json_array_get_object_element (array, i);

      if (g_str_equal (json_object_get_string_member (one, "id"), member)
          && g_str_equal (json_object_get_string_member (one, "role"), role)
          && json_object_has_member (one, "banned") == banned)
        return TRUE;
    }
  return FALSE;
}

/* Waits for news that show the member with that role (and ban). Who came a moment before is news in
 * whole. */
static void
wait_news (Guest *guest, const char *member, const char *role, gboolean banned)
{
  JsonObject *news;
  guint n = 0;

  do
    news = json_array_get_object_element (guest_wait_event (guest, "members", n++), 1);
  while (!lists (news, "changed", member, role, banned)
         && !lists (news, "joined", member, role, banned));
}

static void
test_role (People *people, gconstpointer data)
{
  const char *refusal = NULL;

  g_assert_cmpint (guest_op (people->viewer, 1, "no", &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "read-only");
  g_assert_cmpstr (ask_of (people->host, "role", people->viewer->id, ",\"editor\""), ==, "ok");
  g_assert_cmpint (guest_op (people->viewer, 1, "yes", &refusal), ==, 1);
  g_assert_cmpstr (ask_of (people->host, "role", people->editor->id, ",\"viewer\""), ==, "ok");
  g_assert_cmpint (guest_op (people->editor, 1, "no", &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "read-only");
  wait_news (people->editor, people->viewer->id, "editor", FALSE);
  wait_news (people->viewer, people->editor->id, "viewer", FALSE);
  wait_news (people->editor, people->editor->id, "viewer", FALSE);
  /* A new connection is what the store says, and the old invitation undoes nothing. */
  g_assert_cmpstr (rejoin (people, 'e', 'i'), ==, "ok");
}

static void
test_last_host (People *people, gconstpointer data)
{
  g_assert_cmpstr (ask_of (people->host, "role", people->host->id, ",\"viewer\""), ==,
                   "bad-request");
  g_assert_cmpstr (ask_of (people->host, "ban", people->host->id, ",true"), ==, "bad-request");
  g_assert_cmpstr (ask_of (people->host, "role", people->editor->id, ",\"host\""), ==, "ok");
  g_assert_cmpstr (ask_of (people->host, "role", people->host->id, ",\"viewer\""), ==, "ok");
  g_assert_cmpstr (guest_ask (people->host, "lock", "true"), ==, "read-only");
  g_assert_cmpstr (guest_ask (people->editor, "lock", "true"), ==, "ok");
}

static void
test_hand_over (People *people, gconstpointer data)
{
  g_assert_cmpstr (ask_of (people->host, "hand-over", people->host->id, ""), ==, "bad-request");
  g_assert_cmpstr (ask_of (people->host, "hand-over", people->viewer->id, ""), ==, "ok");
  g_assert_cmpstr (ask_of (people->host, "kick", people->editor->id, ""), ==, "read-only");
  g_assert_cmpint (guest_op (people->host, 1, "as-editor", NULL), ==, 1);
  g_assert_cmpstr (ask_of (people->viewer, "kick", people->editor->id, ""), ==, "ok");
  wait_news (people->host, people->viewer->id, "host", FALSE);
  wait_news (people->host, people->host->id, "editor", FALSE);
}

static void
test_kick (People *people, gconstpointer data)
{
  g_assert_cmpstr (ask_of (people->host, "kick", people->host->id, ""), ==, "bad-request");
  g_assert_cmpstr (ask_of (people->host, "kick", people->editor->id, ""), ==, "ok");
  g_assert_cmpstr (guest_wait_bye (people->editor), ==, "kicked");
  guest_wait_gone (people->editor);
  /* Told in the way after which a client does not come back by itself; a person may. */
  g_assert_true (people->editor->kicked);
  g_assert_cmpstr (ask_of (people->host, "kick", people->editor->id, ""), ==, "unavailable");
  g_assert_cmpstr (rejoin (people, 'e', 0), ==, "ok");
}

static void
test_ban (People *people, gconstpointer data)
{
  g_assert_cmpstr (ask_of (people->host, "ban", people->editor->id, ",true"), ==, "ok");
  g_assert_cmpstr (guest_wait_bye (people->editor), ==, "banned");
  guest_wait_gone (people->editor);
  wait_news (people->viewer, people->editor->id, "editor", TRUE);
  g_assert_cmpstr (rejoin (people, 'e', 0), ==, "banned");
  g_assert_cmpstr (rejoin (people, 'e', 'i'), ==, "banned");
  g_assert_cmpstr (ask_of (people->host, "ban", people->editor->id, ",false"), ==, "ok");
  g_assert_cmpstr (rejoin (people, 'e', 0), ==, "ok");
}

static void
test_revoke (People *people, gconstpointer data)
{
  BoardKey seed, key;
  g_autofree char *invitation = NULL;

  seed_of ('i', &seed);
  board_key_public (&seed, &key);
  invitation = board_key_to_text (&key);
  g_assert_cmpstr (ask_of (people->host, "revoke", invitation, ",false"), ==, "ok");
  g_assert_cmpstr (ask_of (people->host, "revoke", invitation, ",false"), ==, "bad-request");
  g_assert_cmpstr (rejoin (people, 'n', 'i'), ==, "not-invited");
  g_assert_cmpint (guest_op (people->editor, 1, "still-here", NULL), ==, 1);

  seed_of ('v', &seed);
  board_key_public (&seed, &key);
  g_free (invitation);
  invitation = board_key_to_text (&key);
  g_assert_cmpstr (ask_of (people->host, "revoke", invitation, ",true"), ==, "ok");
  g_assert_cmpstr (guest_wait_bye (people->viewer), ==, "banned");
  guest_wait_gone (people->viewer);
  g_assert_cmpstr (rejoin (people, 'w', 'v'), ==, "banned");
}

static void
test_invites (People *people, gconstpointer data)
{
  JsonObject *ack = guest_wait_ack (people->host, guest_emit (people->host, "invites", ""));
  JsonArray *invites = json_object_get_array_member (ack, "invites");

  g_assert_cmpuint (json_array_get_length (invites), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *invite = json_array_get_object_element (invites, i);
      gboolean editor = g_str_equal (json_object_get_string_member (invite, "role"), "editor");
      JsonArray *came = json_object_get_array_member (invite, "came");

      g_assert_cmpuint (json_array_get_length (came), ==, 1);
      g_assert_cmpstr (json_array_get_string_element (came, 0), ==,
                       editor ? people->editor->id : people->viewer->id);
    }
}

static void
test_lock (People *people, gconstpointer data)
{
  const char *refusal = NULL;
  g_autoptr (Guest) late = NULL;
  JsonObject *hello;

  g_assert_cmpstr (guest_ask (people->host, "lock", "true"), ==, "ok");
  g_assert_cmpstr (guest_ask (people->host, "lock", "true"), ==, "ok");
  guest_wait_event (people->editor, "lock", 0);
  g_assert_cmpint (guest_op (people->editor, 1, "no", &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "locked");
  g_assert_cmpint (guest_op (people->editor, 1, "Agtalk", &refusal), ==, 1);
  g_assert_cmpint (guest_op (people->host, 1, "host", &refusal), ==, 2);
  late = guest_join (people->house, 'l', 'i', -1);
  hello = json_array_get_object_element (guest_wait_event (late, "hello", 0), 1);
  g_assert_true (json_object_get_boolean_member (hello, "locked"));
  g_assert_cmpstr (guest_ask (people->host, "lock", "false"), ==, "ok");
  g_assert_cmpint (guest_op (people->editor, 2, "yes", &refusal), ==, 3);
  guest_sync (people->editor);
  g_assert_cmpuint (guest_count_events (people->editor, "lock"), ==, 2);
}

static void
test_end (People *people, gconstpointer data)
{
  g_assert_cmpstr (guest_ask (people->host, "end", ""), ==, "ok");
  g_assert_cmpstr (guest_wait_bye (people->editor), ==, "ended");
  g_assert_cmpstr (guest_wait_bye (people->viewer), ==, "ended");
  g_assert_cmpstr (guest_wait_bye (people->host), ==, "ended");
  guest_wait_gone (people->host);
  g_assert_cmpstr (rejoin (people, 'h', 0), ==, "unknown-board");
  /* Hosted again, it is another board under the same id. */
  house_create_board (people->house);
  g_assert_cmpstr (rejoin (people, 'e', 0), ==, "not-invited");
  g_assert_cmpstr (rejoin (people, 'h', 0), ==, "ok");
}

static void
test_whisper (People *people, gconstpointer data)
{
  JsonArray *whisper;

  g_assert_cmpstr (ask_of (people->viewer, "whisper", people->editor->id, ",\"secret\""), ==, "ok");
  whisper = guest_wait_event (people->editor, "whisper", 0);
  g_assert_cmpstr (json_array_get_string_element (whisper, 1), ==, people->viewer->id);
  g_assert_cmpstr (json_array_get_string_element (whisper, 2), ==, "secret");
  g_assert_cmpstr (ask_of (people->viewer, "whisper", people->viewer->id, ",\"self\""), ==,
                   "bad-request");
  guest_sync (people->host);
  guest_sync (people->viewer);
  g_assert_cmpuint (guest_count_events (people->host, "whisper"), ==, 0);
  g_assert_cmpuint (guest_count_events (people->viewer, "whisper"), ==, 0);
}

static void
add (const char *name, void (*test) (People *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/server/moderation/", name, NULL);

  g_test_add (path, People, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  add ("role", test_role);
  add ("last-host", test_last_host);
  add ("hand-over", test_hand_over);
  add ("kick", test_kick);
  add ("ban", test_ban);
  add ("revoke", test_revoke);
  add ("invites", test_invites);
  add ("lock", test_lock);
  add ("end", test_end);
  add ("whisper", test_whisper);
  return g_test_run ();
}
