/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is let in. */

#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"

/* CONNECT with that payload on a connection of its own, and the refusal that must come. */
static void
assert_refused (House *house, char mark, JsonNode *(*make) (Guest *guest), const char *code)
{
  g_autoptr (Guest) guest = guest_new (house, mark);
  g_autoptr (JsonNode) auth = make (guest);

  g_assert_false (guest_connect (guest, auth));
  g_assert_cmpstr (guest_get_refusal (guest), ==, code);
}

static JsonNode *
no_auth (Guest *guest)
{
  return NULL;
}

static JsonNode *
empty_auth (Guest *guest)
{
  return json_from_string ("{}", NULL);
}

static JsonNode *
token_auth (Guest *guest)
{
  return json_from_string ("{\"token\":\"let me in\"}", NULL);
}

static JsonNode *
right_auth (Guest *guest)
{
  return guest_auth (guest, 'i', -1);
}

static JsonNode *
no_invitation (Guest *guest)
{
  return guest_auth (guest, 0, -1);
}

static JsonNode *
wrong_invitation (Guest *guest)
{
  return guest_auth (guest, 'x', -1);
}

/* Changes one string of the payload, a member of an inner object where inner is not NULL. */
static JsonNode *
changed (Guest *guest, const char *inner, const char *name, const char *value)
{
  JsonNode *auth = guest_auth (guest, 'i', -1);
  JsonObject *object = json_node_get_object (auth);

  if (inner != NULL)
    object = json_object_get_object_member (object, inner);
  json_object_set_string_member (object, name, value);
  return auth;
}

static JsonNode *
other_board (Guest *guest)
{
  return changed (guest, NULL, "board", "BBBBBBBBBBBBBBBBBBBBBA");
}

static JsonNode *
other_member (Guest *guest)
{
  g_autofree char *id = member_id_of ('h');

  return changed (guest, "member", "key", id);
}

static JsonNode *
no_key (Guest *guest)
{
  return changed (guest, "member", "key", "short");
}

static JsonNode *
signed_for_other_connection (Guest *guest)
{
  BoardKey seed, invite;

  seed_of (guest->mark, &seed);
  seed_of ('i', &invite);
  return board_join_build (HOUSE_BOARD, "another-session-id", &invite, &seed, -1, NULL);
}

static void
test_refused (void)
{
  g_autoptr (House) house = house_new (NULL);

  assert_refused (house, 'e', right_auth, "unknown-board");
  house_create_board (house);
  assert_refused (house, 'e', no_auth, "bad-request");
  assert_refused (house, 'e', empty_auth, "bad-request");
  assert_refused (house, 'e', token_auth, "bad-request");
  assert_refused (house, 'e', no_key, "bad-request");
  assert_refused (house, 'e', no_invitation, "not-invited");
  assert_refused (house, 'e', wrong_invitation, "not-invited");
  assert_refused (house, 'e', other_board, "not-invited");
  assert_refused (house, 'e', other_member, "not-invited");
  assert_refused (house, 'e', signed_for_other_connection, "not-invited");
}

/* What somebody on the wire saw is worth nothing on another connection. */
static void
test_replayed (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) thief = NULL;
  g_autoptr (JsonNode) seen = NULL;

  house_create_board (house);
  host = guest_new (house, 'h');
  seen = guest_auth (host, 0, -1);
  g_assert_true (guest_connect (host, seen));
  thief = guest_new (house, 'h');
  g_assert_false (guest_connect (thief, seen));
  g_assert_cmpstr (guest_get_refusal (thief), ==, "not-invited");
}

static void
invite (Guest *host, char mark, int64_t expires, guint uses)
{
  BoardInvite invite
      = { .role = BOARD_ROLE_EDITOR, .expires = expires, .uses = uses, .label = (char *)"" };
  BoardKey seed;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  seed_of (mark, &seed);
  board_key_public (&seed, &invite.key);
  node = board_invite_build (&invite);
  text = json_to_string (node, FALSE);
  guest_wait_ack (host, guest_emit (host, "invite", text));
}

static JsonNode *
expired_invitation (Guest *guest)
{
  return guest_auth (guest, 'p', -1);
}

static JsonNode *
single_invitation (Guest *guest)
{
  return guest_auth (guest, 's', -1);
}

static void
test_invitations (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) first = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  invite (host, 'p', 1000, 0);
  invite (host, 's', 0, 1);
  assert_refused (house, 'a', expired_invitation, "invite-expired");
  first = guest_join (house, 'a', 's', -1);
  assert_refused (house, 'b', single_invitation, "invite-used");
  /* A member comes back without it. */
  guest_free (g_steal_pointer (&first));
  first = guest_join (house, 'a', 0, -1);
}

/* Guessing on one connection ends it. */
static void
test_tries (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) guest = NULL;
  guint tries = 0;

  house_create_board (house);
  guest = guest_new (house, 'e');
  while (!guest->gone)
    {
      g_autoptr (JsonNode) auth = guest_auth (guest, 'x', -1);

      g_assert_false (guest_connect (guest, auth));
      tries++;
      g_assert_cmpuint (tries, <, 10);
    }
  g_assert_cmpuint (tries, >=, 5);
}

static void
two_places (BridgeConfig *config)
{
  config->limits.connected_per_board = 2;
}

static void
test_full (void)
{
  g_autoptr (House) house = house_new (two_places);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  g_autoptr (Guest) again = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  assert_refused (house, 'a', right_auth, "full");
  /* Somebody who is here takes their own place. */
  again = guest_join (house, 'e', 0, -1);
  guest_wait_gone (editor);
}

static void
quick_connect (BridgeConfig *config)
{
  config->limits.connect_timeout = 100;
}

static void
test_no_connect (void)
{
  g_autoptr (House) house = house_new (quick_connect);
  g_autoptr (Guest) guest = guest_new (house, 'e');

  guest_wait_gone (guest);
}

/* No other namespace, no way around the door. */
static void
test_namespaces (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) guest = NULL;

  house_create_board (house);
  guest = guest_new (house, 'e');
  guest_send (guest, "42[\"op\",1,\"body\"]");
  guest_wait_gone (guest);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  g_test_add_func ("/server/lobby/refused", test_refused);
  g_test_add_func ("/server/lobby/replayed", test_replayed);
  g_test_add_func ("/server/lobby/invitations", test_invitations);
  g_test_add_func ("/server/lobby/tries", test_tries);
  g_test_add_func ("/server/lobby/full", test_full);
  g_test_add_func ("/server/lobby/no-connect", test_no_connect);
  g_test_add_func ("/server/lobby/namespaces", test_namespaces);
  return g_test_run ();
}
