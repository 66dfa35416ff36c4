/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "socketio/sio-client-recovery.h"

#include "json/wire-json.h"
#include "socketio/sio-args-private.h"

static SioPacket
make_event (const char *args)
{
  g_autoptr (GBytes) source = g_bytes_new (args, strlen (args) + 1);
  SioPacket event = { .type = SIO_PACKET_EVENT };

  event.args = sio_args_new_received (source, g_bytes_get_data (source, NULL), strlen (args), NULL);
  return event;
}

static char *
ask (const SioClientRecovery *recovery, const char *auth)
{
  JsonNode *node = auth != NULL ? json_from_string (auth, NULL) : NULL;
  g_autoptr (JsonNode) asked = sio_client_recovery_ask (recovery, node);

  return asked != NULL ? wire_json_print (asked, NULL) : NULL;
}

static gboolean
accept (SioClientRecovery *recovery, const char *answer)
{
  g_autoptr (JsonNode) node = answer != NULL ? json_from_string (answer, NULL) : NULL;

  return sio_client_recovery_accept (recovery, node);
}

static void
test_offsets (void)
{
  static const struct {
    const char *args;
    const char *rest;
    const char *offset;
  } rows[] = {
    { "\"Q7tK16a\"", "[]", "Q7tK16a" },
    { "1,\"Q7tK16a\"", "[1]", "Q7tK16a" },
    { "{\"a\":[\",\"]} , \"Q7tK195.1\"", "[{\"a\":[\",\"]}]", "Q7tK195.1" },
    { "\"a\",\"1700000000000-12\"", "[\"a\"]", "1700000000000-12" },
    { "", "[]", NULL },
    { "1", "[1]", NULL },
    { "null", "[null]", NULL },
    { "\"Q7tK16a\",1", "[\"Q7tK16a\",1]", NULL },
    { "[\"Q7tK16a\"]", "[[\"Q7tK16a\"]]", NULL },
    { "\"\"", "[\"\"]", NULL },
    { "\"two words\"", "[\"two words\"]", NULL },
    { "\"\xc3\xa4\"", "[\"\xc3\xa4\"]", NULL },
    { "\"0123456789012345678901234567890123456789012345678901234567890123456789\"",
      "[\"0123456789012345678901234567890123456789012345678901234567890123456789\"]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SioClientRecovery recovery = { .pid = g_strdup ("pid") };
      g_auto (SioPacket) event = make_event (rows[i].args);

      g_test_message ("%s", rows[i].args);
      sio_client_recovery_take_offset (&recovery, &event);
      g_assert_cmpstr (sio_args_get_json (event.args), ==, rows[i].rest);
      g_assert_cmpstr (recovery.offset, ==, rows[i].offset);
      sio_client_recovery_clear (&recovery);
    }
}

/* Nothing is taken without a private id, nor from an event that wants an ack. */
static void
test_no_offsets (void)
{
  SioClientRecovery recovery = { 0 };
  g_auto (SioPacket) event = make_event ("\"Q7tK16a\"");

  sio_client_recovery_take_offset (&recovery, &event);
  recovery.pid = g_strdup ("pid");
  event.has_id = TRUE;
  sio_client_recovery_take_offset (&recovery, &event);
  g_assert_cmpstr (sio_args_get_json (event.args), ==, "[\"Q7tK16a\"]");
  g_assert_null (recovery.offset);
  sio_client_recovery_clear (&recovery);
}

static void
test_answers (void)
{
  static const char *const strange[] = {
    NULL, "{}", "[]", "1", "{\"pid\":1}", "{\"pid\":{}}", "{\"pid\":null}", "{\"pid\":\"other\"}"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      SioClientRecovery recovery = { 0 };

      g_assert_false (accept (&recovery, "{\"pid\":\"mine\"}"));
      recovery.offset = g_strdup ("1");
      g_assert_true (accept (&recovery, "{\"pid\":\"mine\"}"));
      g_assert_cmpstr (recovery.offset, ==, "1");
      g_assert_false (accept (&recovery, strange[i]));
      g_assert_null (recovery.offset);
      sio_client_recovery_clear (&recovery);
    }
}

static void
test_large_pid (void)
{
  SioClientRecovery recovery = { 0 };
  g_autofree char *letters = g_strnfill (300, 'x');
  g_autofree char *answer = g_strdup_printf ("{\"pid\":\"%s\"}", letters);

  g_assert_false (accept (&recovery, answer));
  g_assert_null (recovery.pid);
}

static void
test_ask (void)
{
  SioClientRecovery recovery = { 0 };
  g_autofree char *nothing = ask (&recovery, NULL);
  g_autofree char *auth = ask (&recovery, "{\"a\":1}");
  g_autofree char *both = NULL;
  g_autofree char *overridden = NULL;

  g_assert_null (nothing);
  g_assert_cmpstr (auth, ==, "{\"a\":1}");
  recovery.pid = g_strdup ("p");
  nothing = ask (&recovery, NULL);
  g_assert_null (nothing);
  recovery.offset = g_strdup ("o");
  both = ask (&recovery, "{\"a\":1}");
  g_assert_cmpstr (both, ==, "{\"pid\":\"p\",\"offset\":\"o\",\"a\":1}");
  overridden = ask (&recovery, "{\"offset\":2}");
  g_assert_cmpstr (overridden, ==, "{\"pid\":\"p\",\"offset\":2}");
  sio_client_recovery_clear (&recovery);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socketio/client-recovery/offsets", test_offsets);
  g_test_add_func ("/socketio/client-recovery/no-offsets", test_no_offsets);
  g_test_add_func ("/socketio/client-recovery/answers", test_answers);
  g_test_add_func ("/socketio/client-recovery/large-pid", test_large_pid);
  g_test_add_func ("/socketio/client-recovery/ask", test_ask);
  return g_test_run ();
}
