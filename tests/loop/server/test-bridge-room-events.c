/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may send what, cell by cell; and what happens to those who send too much or nonsense. */

#include <string.h>

#include "guest-fixture.h"
#include "log/bridge-log.h"

#define INVITATION                                                                                 \
  "{\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"role\":\"editor\","                  \
  "\"expires\":0,\"uses\":0,\"label\":\"\"}"

#define NOBODY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static Guest *
join_viewer (House *house, Guest *host)
{
  guest_invite (host, 'v', BOARD_ROLE_VIEWER);
  return guest_join (house, 'w', 'v', -1);
}

/* Every event in every role. Casts are not acknowledged when all is well: cast-bad is refused to
 * all alike, so that a cast gets as far as its handler in every role. */
static void
test_matrix (void)
{
  static const struct {
    const char *event, *args;
    const char *viewer, *editor, *host;
  } rows[] = {
    { "op", "1,\"body\"", "read-only", "ok", "ok" },
    { "op", "1,\"Agtalk\"", "ok", "ok", "ok" }, /* the others have a 1 already */
    { "op", "2,\"Bgtalk\"", "read-only", "ok", "ok" },
    { "cast", "5", "bad-request", "bad-request", "bad-request" },
    { "history", "1,1", "ok", "ok", "ok" },
    { "invite", INVITATION, "read-only", "read-only", "ok" },
    /* What is refused to a host here is refused for its arguments, so it got as far as its handler;
     * what each does when all is well: test-bridge-moderation.c. */
    { "whisper", "5,5", "bad-request", "bad-request", "bad-request" },
    { "invites", "", "read-only", "read-only", "ok" },
    { "revoke", "5", "read-only", "read-only", "bad-request" },
    { "role", "5", "read-only", "read-only", "bad-request" },
    { "hand-over", "5", "read-only", "read-only", "bad-request" },
    { "kick", "5", "read-only", "read-only", "bad-request" },
    { "ban", "5", "read-only", "read-only", "bad-request" },
    { "lock", "5", "read-only", "read-only", "bad-request" },
    { "end", "5", "read-only", "read-only", "bad-request" },
    { "snapshot", "1", "bad-request", "bad-request", "bad-request" },
    { "hello", "", "bad-request", "bad-request", "bad-request" },
    { "ops", "1,[]", "bad-request", "bad-request", "bad-request" },
    { "members", "{}", "bad-request", "bad-request", "bad-request" },
    { "bye", "{}", "bad-request", "bad-request", "bad-request" },
    { "join", "\"" HOUSE_BOARD "\"", "bad-request", "bad-request", "bad-request" },
    { "no-such-event", "", "bad-request", "bad-request", "bad-request" },
  };
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  g_autoptr (Guest) viewer = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  viewer = join_viewer (house, host);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].event);
      g_assert_cmpstr (guest_ask (viewer, rows[i].event, rows[i].args), ==, rows[i].viewer);
      g_assert_cmpstr (guest_ask (editor, rows[i].event, rows[i].args), ==, rows[i].editor);
      g_assert_cmpstr (guest_ask (host, rows[i].event, rows[i].args), ==, rows[i].host);
    }
  /* What was refused was not done. */
  guest_wait_log (viewer, "1:1:body 2:1:body 3:1:Agtalk 4:2:Bgtalk 5:2:Bgtalk ");
}

static void
test_casts_of_all_roles (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) viewer = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  viewer = join_viewer (house, host);
  guest_tell (viewer, "cast", "\"cursor\"");
  guest_wait_event (host, "cast", 0);
  guest_tell (host, "cast", "\"cursor\"");
  guest_wait_event (viewer, "cast", 0);
}

static void
test_nonsense (void)
{
  static const struct {
    const char *event, *args, *code;
  } rows[] = {
    { "op", "", "bad-request" },
    { "op", "1", "bad-request" },
    { "op", "1,\"b\",2", "bad-request" },
    { "op", "\"1\",\"b\"", "bad-request" },
    { "op", "0,\"b\"", "bad-request" },
    { "op", "-1,\"b\"", "bad-request" },
    { "op", "1.5,\"b\"", "bad-request" },
    { "op", "9007199254740992,\"b\"", "bad-request" },
    { "op", "1e300,\"b\"", "bad-request" },
    { "op", "1,null", "bad-request" },
    { "op", "1,{\"b\":1}", "bad-request" },
    { "op", "1,\"\"", "bad-request" },
    { "op", "1,\"a b\"", "bad-request" },
    { "op", "1,\"a=\"", "bad-request" },
    { "op", "1,\"\\\"\\\"\"", "bad-request" },
    { "op", "1,\"\xc3\xa4\"", "bad-request" },
    { "op", "1,\"\\n\"", "bad-request" },
    { "cast", "", "bad-request" },
    { "cast", "\"\"", "bad-request" },
    { "cast", "\"<b>\"", "bad-request" },
    { "cast", "[\"a\"]", "bad-request" },
    { "history", "", "bad-request" },
    { "history", "0,1", "bad-request" },
    { "history", "1,0", "bad-request" },
    { "history", "1,-1", "bad-request" },
    { "history", "\"1\",1", "bad-request" },
    { "invite", "", "bad-request" },
    { "invite", "{}", "bad-request" },
    { "invite", "[]", "bad-request" },
    { "invite", INVITATION ",1", "bad-request" },
    { "whisper", "", "bad-request" },
    { "whisper", "\"" NOBODY "\"", "bad-request" },
    { "whisper", "\"" NOBODY "\",\"a b\"", "bad-request" },
    { "whisper", "\"" NOBODY "\",\"body\"", "unavailable" },
    { "whisper", "\"" NOBODY "\",\"body\",1", "bad-request" },
    { "revoke", "\"" NOBODY "\"", "bad-request" },
    { "revoke", "\"" NOBODY "\",1", "bad-request" },
    { "revoke", "\"short\",true", "bad-request" },
    { "revoke", "\"" NOBODY "\",true", "bad-request" },
    { "role", "\"" NOBODY "\"", "bad-request" },
    { "role", "\"" NOBODY "\",\"god\"", "bad-request" },
    { "role", "\"" NOBODY "\",2", "bad-request" },
    { "role", "\"" NOBODY "\",\"viewer\"", "bad-request" },
    { "hand-over", "\"" NOBODY "\"", "bad-request" },
    { "kick", "\"" NOBODY "\"", "unavailable" },
    { "kick", "\"" NOBODY "\",true", "bad-request" },
    { "ban", "\"" NOBODY "\",1", "bad-request" },
    { "ban", "\"" NOBODY "\",true", "bad-request" },
    { "lock", "", "bad-request" },
    { "lock", "1", "bad-request" },
    { "lock", "null", "bad-request" },
    { "invites", "1", "bad-request" },
    { "end", "true", "bad-request" },
  };
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s %s", rows[i].event, rows[i].args);
      g_assert_cmpstr (guest_ask (host, rows[i].event, rows[i].args), ==, rows[i].code);
    }
  g_assert_cmpuint (guest_count_events (host, "ops"), ==, 0);
  g_assert_cmpint (guest_op (host, 1, "fine", NULL), ==, 1);
}

static void
test_too_large (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autofree char *just = g_strnfill (BOARD_MAX_OP_BODY, 'b');
  g_autofree char *over = g_strnfill (BOARD_MAX_OP_BODY + 1, 'b');
  g_autofree char *cast = g_strnfill (BOARD_MAX_CAST_BODY + 1, 'b');
  g_autofree char *args = g_strdup_printf ("\"%s\"", cast);
  const char *refusal = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  g_assert_cmpint (guest_op (host, 1, over, &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "too-large");
  g_assert_cmpint (guest_op (host, 1, just, &refusal), ==, 1);
  g_assert_cmpstr (guest_ask (host, "cast", args), ==, "bad-request");
}

static void
few_ops (BridgeConfig *config)
{
  config->limits.ops_per_second = 1;
  config->limits.ops_burst = 3;
}

/* Too fast is refused, one by one, and later it goes on with the very counter that was refused. On a slow
 * machine more than the first three are slow enough. */
static void
test_too_fast (void)
{
  g_autoptr (House) house = house_new (few_ops);
  g_autoptr (Guest) host = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  const char *refusal = NULL;
  gint n = 0, acks[100];

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  for (guint i = 0; i < G_N_ELEMENTS (acks); i++)
    {
      g_autofree char *args = g_strdup_printf ("%u,\"b\"", i + 1);

      acks[i] = guest_emit (host, "op", args);
    }
  while (json_object_has_member (guest_wait_ack (host, acks[n]), "seq"))
    {
      n++;
      g_assert_cmpint (n, <, (gint) G_N_ELEMENTS (acks));
      g_string_append_printf (log, "%d:%d:b ", n, n);
    }
  g_assert_cmpint (n, >=, 3);
  g_assert_cmpstr (json_object_get_string_member (guest_wait_ack (host, acks[n]), "code"), ==,
                   "too-fast");
  guest_wait_ack (host, acks[G_N_ELEMENTS (acks) - 1]);

  while (guest_op (host, n + 1, "b", &refusal) == 0)
    {
      g_assert_cmpstr (refusal, ==, "too-fast");
      g_usleep (50000);
    }
  g_string_append_printf (log, "%d:%d:b ", n + 1, n + 1);
  guest_wait_log (host, log->str);
}

static void
few_bytes (BridgeConfig *config)
{
  config->limits.op_bytes_per_second = 1024;
  config->limits.op_bytes_burst = 256 * 1024;
}

static void
test_too_many_bytes (void)
{
  g_autoptr (House) house = house_new (few_bytes);
  g_autoptr (Guest) host = NULL;
  g_autofree char *body = g_strnfill (200 * 1024, 'b');
  const char *refusal = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  g_assert_cmpint (guest_op (host, 1, body, &refusal), ==, 1);
  g_assert_cmpint (guest_op (host, 2, body, &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "too-fast");
  g_assert_cmpint (guest_op (host, 2, "small", &refusal), ==, 2);
}

/* Coming anew gives nothing anew. */
static void
test_budget_of_member (void)
{
  g_autoptr (House) house = house_new (few_bytes);
  g_autoptr (Guest) host = NULL; /* as long as somebody is here, the room stands */
  g_autoptr (Guest) editor = NULL;
  g_autoptr (Guest) again = NULL;
  g_autoptr (Guest) once_more = NULL;
  g_autofree char *body = g_strnfill (200 * 1024, 'b');
  const char *refusal = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  g_assert_cmpint (guest_op (editor, 1, body, &refusal), ==, 1);
  again = guest_join (house, 'e', 0, -1); /* takes the place over */
  g_assert_cmpint (guest_op (again, 2, body, &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "too-fast");
  g_clear_pointer (&again, guest_free);
  once_more = guest_join (house, 'e', 0, -1);
  g_assert_cmpint (guest_op (once_more, 2, body, &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "too-fast");
  g_assert_cmpint (guest_op (once_more, 2, "small", &refusal), ==, 2);
}

#define WEEK 10000
#define WINDOW 256

/* Who was away for a week has 10,000 operations: they are taken as fast as the disk takes them. */
static void
test_week (void)
{
  g_autoptr (House) house = house_new (NULL);
  g_autoptr (Guest) host = NULL;
  g_autofree char *body = g_strnfill (700, 'b');
  g_autofree gint *acks = g_new (gint, WEEK);
  int64_t start;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < WEEK + WINDOW; i++)
    {
      if (i < WEEK)
        {
          g_autofree char *args = g_strdup_printf ("%u,\"%s\"", i + 1, body);

          acks[i] = guest_emit (host, "op", args);
        }
      if (i >= WINDOW)
        g_assert_cmpint (json_object_get_int_member (
                             guest_wait_ack (host, acks[i - WINDOW]), "seq"), ==, i - WINDOW + 1);
    }
  g_test_message ("%u operations of %u bytes in %.2f s", WEEK, 700,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static void
few_casts (BridgeConfig *config)
{
  config->limits.casts_per_second = 1;
  config->limits.casts_burst = 5;
}

/* What is over the limit is dropped, and the others see nothing of it. */
static void
test_casts_dropped (void)
{
  g_autoptr (House) house = house_new (few_casts);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  const int64_t start = g_get_monotonic_time ();
  const char *said;
  guint n = 0;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  for (guint i = 0; i < 100; i++)
    guest_tell (editor, "cast", "\"cursor\"");
  do
    said = guest_ask (editor, "cast", "\"cursor\"");
  while (g_str_equal (said, "ok"));
  g_assert_cmpstr (said, ==, "too-fast");
  guest_op (editor, 1, "after", NULL);
  guest_wait_log (host, "1:1:after ");
  WAIT_UNTIL (guest_count_events (host, "cast") > 0);
  for (guint i = 0; i < guest_count_events (host, "cast"); i++)
    n += json_array_get_length (
        json_array_get_array_element (guest_wait_event (host, "cast", i), 1));
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 5 + 1 + (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static void
few_strikes (BridgeConfig *config)
{
  config->limits.strikes = 20;
}

static void
test_abuse (void)
{
  g_autoptr (House) house = house_new (few_strikes);
  g_autoptr (Guest) host = NULL;
  g_autoptr (Guest) editor = NULL;
  JsonObject *bye;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  editor = guest_join (house, 'e', 'i', -1);
  for (guint i = 0; i < 50; i++)
    guest_tell (editor, "nonsense", "");
  guest_wait_gone (editor);
  bye = json_array_get_object_element (guest_wait_event (editor, "bye", 0), 1);
  g_assert_cmpstr (json_object_get_string_member (bye, "code"), ==, "too-fast");
  g_assert_cmpint (guest_op (host, 1, "untouched", NULL), ==, 1);
}

static void
small_board (BridgeConfig *config)
{
  config->limits.bytes_per_board = 1024 * 1024;
}

static void
test_board_full (void)
{
  g_autoptr (House) house = house_new (small_board);
  g_autoptr (Guest) host = NULL;
  g_autofree char *body = g_strnfill (250 * 1024, 'b');
  const char *refusal = NULL;

  house_create_board (house);
  host = guest_join (house, 'h', 0, -1);
  for (gint i = 1; i <= 4; i++)
    g_assert_cmpint (guest_op (host, i, body, &refusal), ==, i);
  g_assert_cmpint (guest_op (host, 5, body, &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "full");
  g_assert_cmpint (guest_op (host, 5, "small", &refusal), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  g_test_add_func ("/server/events/matrix", test_matrix);
  g_test_add_func ("/server/events/casts-of-all-roles", test_casts_of_all_roles);
  g_test_add_func ("/server/events/nonsense", test_nonsense);
  g_test_add_func ("/server/events/too-large", test_too_large);
  g_test_add_func ("/server/events/too-fast", test_too_fast);
  g_test_add_func ("/server/events/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/server/events/budget-of-member", test_budget_of_member);
  g_test_add_func ("/server/events/week", test_week);
  g_test_add_func ("/server/events/casts-dropped", test_casts_dropped);
  g_test_add_func ("/server/events/abuse", test_abuse);
  g_test_add_func ("/server/events/board-full", test_board_full);
  return g_test_run ();
}
