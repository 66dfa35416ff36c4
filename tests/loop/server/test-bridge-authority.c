/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has no role has no way in: every event from a connection that was never let in, was refused, was
 * shown out or is banned; and ten thousand links and proofs that are almost right. What each role may is
 * test-bridge-room-events.c. */

#include <string.h>

#include "board/board-link.h"
#include "guest-fixture.h"
#include "log/bridge-log.h"

#define N_LINKS 10000
#define N_PROOFS 2000

static const struct {
  const char *event, *args;
} events[] = {
  { "op", "1,\"body\"" },
  { "cast", "\"body\"" },
  { "whisper", "\"%s\",\"body\"" },
  { "history", "1,10" },
  { "invite", "{\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"role\":\"host\","
              "\"expires\":0,\"uses\":0,\"label\":\"\"}" },
  { "invites", "" },
  { "revoke", "\"%s\",true" },
  { "role", "\"%s\",\"viewer\"" },
  { "hand-over", "\"%s\"" },
  { "kick", "\"%s\"" },
  { "ban", "\"%s\",true" },
  { "lock", "true" },
  { "end", "" },
  { "snapshot", "{\"seq\":1,\"blob\":\"\"}" },
  { "hello", "{}" },
  { "ops", "1,[]" },
  { "members", "{}" },
  { "bye", "{}" },
};

/* A connection without a role. */
typedef Guest *(*Outsider) (People *people);

static Guest *
nobody (People *people)
{
  return guest_new (people->house, 'x');
}

static Guest *
refused (People *people)
{
  Guest *guest = guest_new (people->house, 'x');
  g_autoptr (JsonNode) auth = guest_auth (guest, 'z', -1);

  g_assert_false (guest_connect (guest, auth));
  g_assert_cmpstr (guest_get_refusal (guest), ==, "not-invited");
  return guest;
}

static Guest *
kicked (People *people)
{
  Guest *guest = guest_join (people->house, 'k', 'i', -1);
  g_autofree char *args = g_strdup_printf ("\"%s\"", guest->id);

  g_assert_cmpstr (guest_ask (people->host, "kick", args), ==, "ok");
  g_assert_cmpstr (guest_wait_bye (guest), ==, "kicked");
  return guest;
}

static Guest *
banned (People *people)
{
  Guest *guest = guest_new (people->house, 'b');
  g_autoptr (JsonNode) auth = guest_auth (guest, 'i', -1);
  g_autofree char *args = g_strdup_printf ("\"%s\",true", guest->id);

  /* Let in before, and then banned; from the second time on not let in at all. */
  if (guest_connect (guest, auth))
    {
      g_assert_cmpstr (guest_ask (people->host, "ban", args), ==, "ok");
      g_assert_cmpstr (guest_wait_bye (guest), ==, "banned");
    }
  else
    g_assert_cmpstr (guest_get_refusal (guest), ==, "banned");
  return guest;
}

/* With an ack that must not come. */
static void
try_event (Guest *guest, const char *event, const char *form, const char *member)
{
  const char *hole = strstr (form, "%s");
  g_autofree char *args
      = hole != NULL ? g_strdup_printf ("%.*s%s%s", (int) (hole - form), form, member, hole + 2)
                     : g_strdup (form);
  guint before = g_hash_table_size (guest->acks);

  if (soup_websocket_connection_get_state (guest->ws) == SOUP_WEBSOCKET_STATE_OPEN)
    guest_emit (guest, event, args);
  guest_wait_gone (guest);
  g_assert_cmpuint (g_hash_table_size (guest->acks), ==, before);
}

static void
test_outsider (People *people, gconstpointer data)
{
  Outsider make = (Outsider) data;

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (Guest) guest = make (people);

      g_test_message ("%s", events[i].event);
      try_event (guest, events[i].event, events[i].args, people->viewer->id);
      guest_sync (people->viewer);
      g_assert_false (people->viewer->gone || people->host->gone);
      g_assert_cmpuint (guest_count_events (people->viewer, "ops"), ==, 0);
      g_assert_cmpuint (guest_count_events (people->viewer, "cast"), ==, 0);
      g_assert_cmpuint (guest_count_events (people->viewer, "whisper"), ==, 0);
      g_assert_cmpuint (guest_count_events (people->viewer, "lock"), ==, 0);
    }
  g_assert_cmpint (guest_op (people->editor, 1, "fine", NULL), ==, 1);
}

/* --- Almost right ------------------------------------------------------------------------------- */

/* Tries what it is given on one connection after the other: few tries end one. */
typedef struct {
  House *house;
  Guest *guest; /* owned */
} Burglar;

static void
burglar_get_ready (Burglar *burglar)
{
  if (burglar->guest != NULL && !burglar->guest->gone
      && soup_websocket_connection_get_state (burglar->guest->ws) == SOUP_WEBSOCKET_STATE_OPEN)
    return;
  g_clear_pointer (&burglar->guest, guest_free);
  burglar->guest = guest_new (burglar->house, 'x');
}

/* auth: transfer full. */
static void
burglar_try (Burglar *burglar, JsonNode *auth)
{
  gboolean in = guest_connect (burglar->guest, auth);

  if (in)
    {
      g_autofree char *text = json_to_string (auth, FALSE);

      g_error ("let in with %s", text);
    }
  json_node_unref (auth);
}

static char
other_character (GRand *rand, char there)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  char other;

  do
    other = alphabet[g_rand_int_range (rand, 0, 64)];
  while (other == there);
  return other;
}

/* One to three characters of the board's id and the invitation's seed are others. The board's key stays: the
 * server has never heard of it. */
static char *
mutate_link (GRand *rand, const char *text)
{
  char *mutated = g_strdup (text);
  gsize from = (gsize) (strstr (text, HOUSE_BOARD) - text);
  gsize to = (gsize) (strrchr (text, '.') - text);

  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    {
      gsize at = (gsize) g_rand_int_range (rand, (gint32) from, (gint32) to);

      if (mutated[at] != '#')
        mutated[at] = other_character (rand, text[at]);
    }
  return mutated;
}

static void
test_links (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  Burglar burglar = { house, NULL };
  BoardKey invite, key, member;
  g_autoptr (BoardLink) link = NULL;
  g_autofree char *right = NULL;
  guint tried = 0;

  house_create_board (house);
  seed_of ('i', &invite);
  seed_of ('x', &member);
  board_key_generate (&key);
  link = board_link_new ("127.0.0.1", 3729, FALSE, HOUSE_BOARD, &invite, &key);
  right = board_link_to_text (link);
  for (guint i = 0; i < N_LINKS; i++)
    {
      g_autofree char *text = mutate_link (rand, right);
      g_autoptr (BoardLink) wrong = board_link_parse (text, NULL);

      if (wrong == NULL || g_str_equal (text, right))
        continue;
      burglar_get_ready (&burglar);
      burglar_try (&burglar, board_join_build (wrong->board, burglar.guest->sid, &wrong->invite,
                                               &member, -1, NULL));
      tried++;
    }
  g_test_message ("%u of %u could be read and were refused", tried, N_LINKS);
  g_assert_cmpuint (tried, >, N_LINKS / 2);
  guest_free (burglar.guest);
}

/* A key or a proof of a right CONNECT in which one character is another. */
static void
mutate_auth (GRand *rand, JsonNode *auth)
{
  static const char *const holders[] = { "invite", "member" };
  static const char *const names[] = { "key", "proof" };
  JsonObject *object = json_object_get_object_member (json_node_get_object (auth),
                                                      holders[g_rand_int_range (rand, 0, 2)]);
  const char *name = names[g_rand_int_range (rand, 0, 2)];
  g_autofree char *text = g_strdup (json_object_get_string_member (object, name));
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) strlen (text));

  text[at] = other_character (rand, text[at]);
  json_object_set_string_member (object, name, text);
}

static void
test_proofs (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4712);
  Burglar burglar = { house, NULL };

  house_create_board (house);
  for (guint i = 0; i < N_PROOFS; i++)
    {
      JsonNode *auth;

      burglar_get_ready (&burglar);
      auth = guest_auth (burglar.guest, 'i', -1);
      mutate_auth (rand, auth);
      burglar_try (&burglar, auth);
    }
  guest_free (burglar.guest);
}

/* What was heard on one connection, the proof of a new member's invitation included, is worth nothing on
 * another one, before and after its owner has used it. */
static void
test_stolen (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) owner = NULL;
  g_autoptr (Guest) early = NULL;
  g_autoptr (Guest) late = NULL;
  g_autoptr (JsonNode) heard = NULL;

  house_create_board (house);
  owner = guest_new (house, 'e');
  heard = guest_auth (owner, 'i', -1);
  early = guest_new (house, 'e');
  g_assert_false (guest_connect (early, heard));
  g_assert_cmpstr (guest_get_refusal (early), ==, "not-invited");
  g_assert_true (guest_connect (owner, heard));
  late = guest_new (house, 'e');
  g_assert_false (guest_connect (late, heard));
  g_assert_cmpstr (guest_get_refusal (late), ==, "not-invited");
}

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

static void
add_outsider (const char *name, Outsider make)
{
  g_autofree char *path = g_strconcat ("/server/authority/", name, NULL);

  g_test_add (path, People, (gconstpointer) make, set_up, test_outsider, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  add_outsider ("nobody", nobody);
  add_outsider ("refused", refused);
  add_outsider ("kicked", kicked);
  add_outsider ("banned", banned);
  g_test_add_func ("/server/authority/stolen", test_stolen);
  g_test_add_func ("/server/authority/proofs", test_proofs);
  g_test_add_func ("/server/authority/links", test_links);
  return g_test_run ();
}
