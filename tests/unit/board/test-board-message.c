/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-message.h"

#include <string.h>

#include "json/wire-json.h"

#define KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define BLOB "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = wire_json_parse (text, strlen (text), &wire_json_limits_default, &error);

  g_assert_no_error (error);
  return node;
}

/* Through text, as over the wire. */
static JsonNode *
travel (JsonNode *node)
{
  g_autofree char *text = wire_json_print (node, NULL);

  json_node_unref (node);
  return parse (text);
}

static void
test_refusal (void)
{
  g_autoptr (JsonNode) node = travel (board_refusal_to_json (BOARD_REFUSAL_GAP, "expected 4"));
  g_autoptr (JsonNode) seq = parse ("{\"seq\":4}");
  g_autoptr (JsonNode) later = parse ("{\"code\":\"moon-phase\"}");
  g_autoptr (JsonNode) number = parse ("{\"code\":4}");
  BoardRefusal refusal;
  const char *message;

  g_assert_true (board_refusal_from_json (node, &refusal, &message));
  g_assert_cmpint (refusal, ==, BOARD_REFUSAL_GAP);
  g_assert_cmpstr (message, ==, "expected 4");
  g_assert_false (board_refusal_from_json (seq, &refusal, &message));
  g_assert_false (board_refusal_from_json (number, &refusal, &message));
  g_assert_true (board_refusal_from_json (later, &refusal, &message));
  g_assert_cmpint (refusal, ==, BOARD_REFUSAL_BAD_REQUEST);
  g_assert_cmpstr (message, ==, "");
}

static void
test_join (void)
{
  BoardKey invite, member, public_key;
  g_autofree char *board = board_id_generate ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) old = NULL;
  g_autoptr (BoardJoin) join = NULL;
  g_autoptr (BoardJoin) back = NULL;
  g_autoptr (GError) error = NULL;

  board_key_generate (&invite);
  board_key_generate (&member);
  node = travel (board_join_build (board, "the-sid", &invite, &member, -1, "c2VhbGVk"));
  join = board_join_parse (json_node_get_object (node), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (join->board, ==, board);
  g_assert_cmpint (join->since, ==, -1);
  g_assert_true (join->has_invite);
  g_assert_cmpstr (join->profile, ==, "c2VhbGVk");
  board_key_public (&invite, &public_key);
  g_assert_cmpmem (&join->invite_key, sizeof public_key, &public_key, sizeof public_key);
  g_assert_true (board_proof_verify (&join->invite_key, join->invite_proof, "the-sid", board));
  g_assert_true (board_proof_verify (&join->member_key, join->member_proof, "the-sid", board));

  old = travel (board_join_build (board, "the-sid", NULL, &member, 42, NULL));
  back = board_join_parse (json_node_get_object (old), &error);
  g_assert_no_error (error);
  g_assert_false (back->has_invite);
  g_assert_cmpint (back->since, ==, 42);
  g_assert_null (back->profile);
}

#define CREDENTIAL "{\"key\":\"" KEY "\",\"proof\":\"abc\"}"

static void
test_bad_join (void)
{
  static const struct {
    const char *text;
    BoardError code;
  } rows[] = {
    { "{}", BOARD_ERROR_SCHEMA },
    { "{\"v\":2,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL "}", BOARD_ERROR_SCHEMA },
    { "{\"v\":\"1\",\"board\":\"" BOARD "\",\"member\":" CREDENTIAL "}", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"../../etc/passwd/////\",\"member\":" CREDENTIAL "}", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":[],\"member\":" CREDENTIAL "}", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\"}", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":[]}", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":{\"key\":\"x\",\"proof\":\"y\"}}",
      BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":{\"key\":\"" KEY "\"}}", BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL ",\"invite\":7}",
      BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL ",\"since\":-1}", BOARD_ERROR_RANGE },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL ",\"since\":1.5}",
      BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL ",\"since\":9007199254740992}",
      BOARD_ERROR_RANGE },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL ",\"profile\":\"<b>\"}",
      BOARD_ERROR_SCHEMA },
    { "{\"v\":1,\"board\":\"" BOARD "\",\"member\":" CREDENTIAL ",\"profile\":{}}",
      BOARD_ERROR_SCHEMA },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = parse (rows[i].text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_null (board_join_parse (json_node_get_object (node), &error));
      g_assert_error (error, BOARD_ERROR, (int) rows[i].code);
    }
}

static void
test_create (void)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .expires = 1700000000000, .uses = 5 };
  BoardCreate create = { .board = (char *) BOARD, .invite = &invite };
  g_autoptr (BoardCreate) parsed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) bad = NULL;
  g_autoptr (GError) error = NULL;

  board_key_generate (&invite.key);
  board_key_generate (&create.host);
  node = travel (board_create_build (&create));
  parsed = board_create_parse (json_node_get_object (node), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parsed->board, ==, BOARD);
  g_assert_cmpmem (&parsed->host, BOARD_KEY_BYTES, &create.host, BOARD_KEY_BYTES);
  g_assert_cmpint (parsed->invite->role, ==, BOARD_ROLE_EDITOR);
  g_assert_cmpint (parsed->invite->expires, ==, 1700000000000);
  g_assert_cmpuint (parsed->invite->uses, ==, 5);
  g_assert_cmpstr (parsed->invite->label, ==, "");

  bad = parse ("{\"v\":1,\"board\":\"" BOARD "\",\"host\":\"" KEY "\",\"invite\":{\"key\":\"" KEY
               "\",\"role\":\"god\"}}");
  g_assert_null (board_create_parse (json_node_get_object (bad), &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SCHEMA);
}

static BoardMember *
member_new (BoardRole role, const char *profile)
{
  BoardMember *member = g_new0 (BoardMember, 1);
  BoardKey key;

  board_key_generate (&key);
  member->id = board_key_to_text (&key);
  member->role = role;
  member->profile = g_strdup (profile);
  member->here = TRUE;
  return member;
}

static void
test_hello (void)
{
  BoardHello hello = { .you = (char *) KEY, .role = BOARD_ROLE_HOST, .seq = 12, .counter = 3, .now = 1700000000123 };
  g_autoptr (BoardHello) parsed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  BoardMember *bob;

  hello.members = g_ptr_array_new_with_free_func ((GDestroyNotify) board_member_free);
  g_ptr_array_add (hello.members, member_new (BOARD_ROLE_HOST, NULL));
  g_ptr_array_add (hello.members, member_new (BOARD_ROLE_VIEWER, "abc"));
  hello.limits = (BoardServerLimits){ .blob = 5, .ops_burst = 7 };
  node = travel (board_hello_build (&hello));
  parsed = board_hello_parse (json_node_get_object (node), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parsed->you, ==, KEY);
  g_assert_cmpint (parsed->role, ==, BOARD_ROLE_HOST);
  g_assert_cmpuint (parsed->seq, ==, 12);
  g_assert_cmpuint (parsed->counter, ==, 3);
  g_assert_false (parsed->locked);
  g_assert_cmpint (parsed->now, ==, 1700000000123);
  g_assert_cmpuint (parsed->members->len, ==, 2);
  bob = g_ptr_array_index (parsed->members, 1);
  g_assert_cmpint (bob->role, ==, BOARD_ROLE_VIEWER);
  g_assert_cmpstr (bob->profile, ==, "abc");
  g_assert_true (bob->here);
  g_assert_cmpint (parsed->limits.blob, ==, 5);
  g_assert_cmpint (parsed->limits.ops_burst, ==, 7);
  g_assert_cmpint (parsed->limits.op, ==, 0);
  g_ptr_array_unref (hello.members);
}

/* They are hints: whatever stands there, nothing fails and nothing wild comes of it. */
static void
test_odd_limits (void)
{
  g_autoptr (JsonNode) node = parse ("{\"op\":-1,\"cast\":\"x\",\"blob\":1e300,\"members\":2.5,"
                                     "\"ops-burst\":null,\"waiting-ops\":9007199254740991}");
  BoardServerLimits limits;

  board_server_limits_parse (json_node_get_object (node), &limits);
  g_assert_cmpint (limits.op, ==, 0);
  g_assert_cmpint (limits.cast, ==, 0);
  g_assert_cmpint (limits.blob, ==, 0);
  g_assert_cmpint (limits.members, ==, 0);
  g_assert_cmpint (limits.ops_burst, ==, 0);
  g_assert_cmpint (limits.waiting_ops, ==, 9007199254740991);
}

static void
test_presence (void)
{
  g_autoptr (BoardPresence) presence = board_presence_new ();
  g_autoptr (BoardPresence) parsed = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) bad = parse ("{\"left\":[\"bob\"]}");
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (presence->joined, member_new (BOARD_ROLE_EDITOR, NULL));
  g_ptr_array_add (presence->left, g_strdup (KEY));
  node = travel (board_presence_build (presence));
  g_assert_false (json_object_has_member (json_node_get_object (node), "changed"));
  parsed = board_presence_parse (json_node_get_object (node), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parsed->joined->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (parsed->left, 0), ==, KEY);
  g_assert_cmpuint (parsed->changed->len, ==, 0);
  g_assert_null (board_presence_parse (json_node_get_object (bad), &error));
  g_assert_error (error, BOARD_ERROR, BOARD_ERROR_SCHEMA);
}

static void
test_entry (void)
{
  const BoardEntry entry = { KEY, 9007199254740991, 1700000000000, "c2VhbGVk" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  BoardEntry back;

  board_entry_append (text, &entry);
  g_assert_cmpstr (text->str, ==, "[\"" KEY "\",9007199254740991,1700000000000,\"c2VhbGVk\"]");
  node = parse (text->str);
  g_assert_true (board_entry_parse (node, &back, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (back.member, ==, KEY);
  g_assert_cmpuint (back.counter, ==, 9007199254740991);
  g_assert_cmpint (back.time, ==, 1700000000000);
  g_assert_cmpstr (back.body, ==, "c2VhbGVk");
}

static void
test_cast_entry (void)
{
  const BoardEntry entry = { KEY, 0, 0, "c2VhbGVk" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  BoardEntry back;

  board_cast_entry_append (text, &entry);
  g_assert_cmpstr (text->str, ==, "[\"" KEY "\",\"c2VhbGVk\"]");
  node = parse (text->str);
  g_assert_true (board_cast_entry_parse (node, &back, NULL));
  g_assert_cmpstr (back.body, ==, "c2VhbGVk");
  g_assert_false (board_entry_parse (node, &back, NULL));
}

static void
test_bad_entry (void)
{
  static const char *const rows[] = {
    "{}", "[]", "7", "null", "[\"" KEY "\",1,2]", "[\"" KEY "\",1,2,\"a\",3]",
    "[\"bob\",1,2,\"abc\"]", "[7,1,2,\"abc\"]", "[\"" KEY "\",0,2,\"abc\"]",
    "[\"" KEY "\",-1,2,\"abc\"]", "[\"" KEY "\",1.5,2,\"abc\"]", "[\"" KEY "\",\"1\",2,\"abc\"]",
    "[\"" KEY "\",9007199254740992,2,\"abc\"]", "[\"" KEY "\",1,-2,\"abc\"]",
    "[\"" KEY "\",1,2,\"\"]", "[\"" KEY "\",1,2,\"a b\"]", "[\"" KEY "\",1,2,null]",
    "[\"" KEY "\",1,2,\"\\\"\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = parse (rows[i]);
      g_autoptr (GError) error = NULL;
      BoardEntry entry;

      g_test_message ("%s", rows[i]);
      g_assert_false (board_entry_parse (node, &entry, &error));
      g_assert_cmpint (error->domain, ==, BOARD_ERROR);
    }
}

static void
test_body_text (void)
{
  g_autofree char *longest = g_strnfill (16, 'a');

  g_assert_true (board_body_is_valid (longest, 16));
  g_assert_false (board_body_is_valid (longest, 15));
  g_assert_false (board_body_is_valid ("", 16));
  g_assert_false (board_body_is_valid ("a=", 16));
  g_assert_false (board_body_is_valid ("a\"", 16));
  g_assert_true (board_member_id_is_valid (KEY));
  g_assert_false (board_member_id_is_valid ("me"));
}

static void
test_gap (void)
{
  g_autoptr (JsonNode) node = travel (board_refusal_gap_to_json (4, "a hole"));
  g_autoptr (JsonNode) other = travel (board_refusal_to_json (BOARD_REFUSAL_GAP, "a hole"));
  BoardRefusal refusal;
  const char *message;

  g_assert_true (board_refusal_from_json (node, &refusal, &message));
  g_assert_cmpint (refusal, ==, BOARD_REFUSAL_GAP);
  g_assert_cmpuint (board_refusal_get_expected (node), ==, 4);
  g_assert_cmpuint (board_refusal_get_expected (other), ==, 0);
}

static void
test_snapshot (void)
{
  static const char *const bad[] = {
    "{}", "{\"seq\":0,\"blob\":\"" BLOB "\"}", "{\"seq\":5}", "{\"seq\":5,\"blob\":\"abc\"}",
    "{\"seq\":-1,\"blob\":\"" BLOB "\"}", "{\"seq\":5,\"blob\":\"" BLOB "0\"}",
    "{\"seq\":\"5\",\"blob\":\"" BLOB "\"}", "{\"seq\":5,\"blob\":7}",
    "{\"seq\":5,\"blob\":\"" BLOB "\",\"more\":\"" BLOB "\"}",
    "{\"seq\":5,\"blob\":\"" BLOB "\",\"more\":[7]}",
    "{\"seq\":5,\"blob\":\"" BLOB "\",\"more\":[\"" BLOB "\",\"abc\"]}",
    "{\"seq\":5,\"more\":[\"" BLOB "\"]}",
  };
  BoardSnapshot snapshot = { 5, BLOB }, back = { 0 };
  BoardSnapshot none = { 0 };
  g_autoptr (JsonNode) node = travel (board_snapshot_build (&snapshot));
  g_autoptr (JsonNode) null = travel (board_snapshot_build (&none));

  g_assert_true (JSON_NODE_HOLDS_NULL (null));
  g_assert_true (board_snapshot_parse (json_node_get_object (node), &back, NULL));
  g_assert_cmpuint (back.seq, ==, 5);
  g_assert_cmpstr (back.blob, ==, BLOB);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) wrong = parse (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (board_snapshot_parse (json_node_get_object (wrong), &back, &error));
      g_assert_cmpint (error->domain, ==, BOARD_ERROR);
    }
}

/* A large state: as many parts as may be, and not one more, on the wire and where they are kept. */
static void
test_snapshot_parts (void)
{
  static const char *const bad[] = { "", " ", "abc", BLOB " ", BLOB "  " BLOB, " " BLOB, BLOB "," BLOB, BLOB "0" };
  BoardSnapshot snapshot = { .seq = 5 }, back = { .n_more = 3 }, kept = { .seq = 5 };
  g_autofree char *text = NULL, *longer = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpuint (board_snapshot_get_n_parts (&snapshot), ==, 0);
  for (guint i = 0; i < BOARD_MAX_SNAPSHOT_PARTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%064x", i);

      g_assert_true (board_snapshot_add_part (&snapshot, id));
      g_assert_cmpstr (board_snapshot_get_part (&snapshot, i), ==, id);
    }
  g_assert_false (board_snapshot_add_part (&snapshot, BLOB));
  g_assert_cmpuint (board_snapshot_get_n_parts (&snapshot), ==, BOARD_MAX_SNAPSHOT_PARTS);
  node = travel (board_snapshot_build (&snapshot));
  g_assert_true (board_snapshot_parse (json_node_get_object (node), &back, NULL));
  g_assert_cmpmem (&back, sizeof back, &snapshot, sizeof snapshot);
  json_array_add_string_element (
      json_object_get_array_member (json_node_get_object (node), "more"), BLOB);
  g_assert_false (board_snapshot_parse (json_node_get_object (node), &back, NULL));

  text = board_snapshot_parts_to_text (&snapshot);
  g_assert_true (board_snapshot_parts_from_text (&kept, text));
  g_assert_cmpmem (&kept, sizeof kept, &snapshot, sizeof snapshot);
  longer = g_strconcat (text, " " BLOB, NULL);
  g_assert_false (board_snapshot_parts_from_text (&kept, longer));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (board_snapshot_parts_from_text (&kept, bad[i]));
}

static void
test_blob_authorization (void)
{
  static const char *const bad[] = {
    "", "Drawbridge ", "Drawbridge .", "Drawbridge x.y", "Bearer " KEY ".abc", KEY ".abc",
    "Drawbridge " KEY, "drawbridge " KEY ".abc",
  };
  BoardKey seed, key, member;
  g_autofree char *text = NULL;
  g_autofree char *proof = NULL;
  char *none = NULL;

  board_key_generate (&seed);
  board_key_public (&seed, &key);
  text = board_blob_authorization_build (&seed, "sid", "PUT", BOARD, BLOB);
  g_assert_true (board_blob_authorization_parse (text, &member, &proof));
  g_assert_cmpmem (member.bytes, sizeof member.bytes, key.bytes, sizeof key.bytes);
  g_assert_true (board_blob_proof_verify (&key, proof, "sid", "PUT", BOARD, BLOB));
  g_assert_false (board_blob_proof_verify (&key, proof, "sid", "GET", BOARD, BLOB));
  g_assert_false (board_blob_proof_verify (&key, proof, "dis", "PUT", BOARD, BLOB));
  g_assert_false (board_blob_proof_verify (&key, proof, "sid", "PUT", BOARD, BLOB "0"));
  g_assert_false (board_proof_verify (&key, proof, "sid", BOARD));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (board_blob_authorization_parse (bad[i], &member, &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/message/refusal", test_refusal);
  g_test_add_func ("/board/message/gap", test_gap);
  g_test_add_func ("/board/message/join", test_join);
  g_test_add_func ("/board/message/bad-join", test_bad_join);
  g_test_add_func ("/board/message/create", test_create);
  g_test_add_func ("/board/message/hello", test_hello);
  g_test_add_func ("/board/message/odd-limits", test_odd_limits);
  g_test_add_func ("/board/message/presence", test_presence);
  g_test_add_func ("/board/message/entry", test_entry);
  g_test_add_func ("/board/message/cast-entry", test_cast_entry);
  g_test_add_func ("/board/message/bad-entry", test_bad_entry);
  g_test_add_func ("/board/message/body-text", test_body_text);
  g_test_add_func ("/board/message/snapshot", test_snapshot);
  g_test_add_func ("/board/message/snapshot-parts", test_snapshot_parts);
  g_test_add_func ("/board/message/blob-authorization", test_blob_authorization);
  return g_test_run ();
}
