/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-handshake.h"

#define GOOD                                                                                     \
  "{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"      \
  "\"pingTimeout\":20000,\"maxPayload\":1000000}"

static void
test_round_trip (void)
{
  g_autoptr (GBytes) json = g_bytes_new_static (GOOD, strlen (GOOD));
  g_auto (EioHandshake) handshake = EIO_HANDSHAKE_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_true (eio_handshake_decode (json, &handshake, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (handshake.sid, ==, "lv_VI97HAXpY6yYWAAAC");
  g_assert_cmpint (handshake.upgrades, ==, EIO_TRANSPORT_WEBSOCKET);
  g_assert_cmpuint (handshake.ping_interval, ==, 25000);
  g_assert_cmpuint (handshake.ping_timeout, ==, 20000);
  g_assert_cmpuint (handshake.max_payload, ==, 1000000);
  again = eio_handshake_encode (&handshake);
  g_assert_true (g_bytes_equal (again, json));
}

/* Unknown transports and keys are left alone; maxPayload may be missing. */
static void
test_newer (void)
{
  static const char text[] = "{\"sid\":\"a\",\"upgrades\":[\"webtransport\",7],\"pingInterval\":300,"
                             "\"pingTimeout\":200.0,\"x\":[]}";
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  g_auto (EioHandshake) handshake = EIO_HANDSHAKE_INIT;

  g_assert_true (eio_handshake_decode (json, &handshake, NULL));
  g_assert_cmpint (handshake.upgrades, ==, 0);
  g_assert_cmpuint (handshake.max_payload, ==, 0);
  g_assert_cmpuint (handshake.ping_timeout, ==, 200);
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "",
    "null",
    "[]",
    "{}",
    "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1}",
    "{\"sid\":\"\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
    "{\"sid\":7,\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
    "{\"sid\":\"a&b\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1}",
    "{\"sid\":\"a\",\"upgrades\":{},\"pingInterval\":1,\"pingTimeout\":1}",
    "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":0,\"pingTimeout\":1}",
    "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":-1,\"pingTimeout\":1}",
    "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":1,\"pingTimeout\":1e300}",
    "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":\"1\",\"pingTimeout\":1}",
    "{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":[],\"pingTimeout\":1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_auto (EioHandshake) handshake = EIO_HANDSHAKE_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (eio_handshake_decode (json, &handshake, &error));
      g_assert_error (error, EIO_ERROR, EIO_ERROR_PARSE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/handshake/round-trip", test_round_trip);
  g_test_add_func ("/engineio/handshake/newer", test_newer);
  g_test_add_func ("/engineio/handshake/bad", test_bad);
  return g_test_run ();
}
