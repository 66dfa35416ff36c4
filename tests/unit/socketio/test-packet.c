/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "socketio/sio-args-private.h"
#include "socketio/sio-decoder.h"

static void
assert_text (GBytes *packet, const char *expected)
{
  g_autoptr (GBytes) owned = packet;
  gsize length;
  const char *text = g_bytes_get_data (owned, &length);
  g_autofree char *copy = g_strndup (text, length);

  g_assert_cmpstr (copy, ==, expected);
}

static void
test_events (void)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (SioArgs) none = sio_args_new ();

  assert_text (sio_packet_encode_event ("/", "a", NULL, -1), "2[\"a\"]");
  assert_text (sio_packet_encode_event ("/", "a", none, 0), "20[\"a\"]");
  sio_args_add_int (args, 1);
  sio_args_add_string (args, "\"\xc3\xa9\n");
  assert_text (sio_packet_encode_event ("/", "a\"b", args, -1),
               "2[\"a\\\"b\",1,\"\\\"\xc3\xa9\\n\"]");
  assert_text (sio_packet_encode_event ("/admin", "a", args, 456),
               "2/admin,456[\"a\",1,\"\\\"\xc3\xa9\\n\"]");
}

static void
test_acks (void)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  assert_text (sio_packet_encode_ack ("/", 0, NULL), "30[]");
  sio_args_add_null (args);
  sio_args_add_boolean (args, TRUE);
  assert_text (sio_packet_encode_ack ("/admin", SIO_PACKET_MAX_ID, args),
               "3/admin,9007199254740991[null,true]");
}

static void
test_binary (void)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  sio_args_add_bytes (args, bytes);
  json_array_add_element (array, sio_args_placeholder (args, bytes));
  sio_args_add_node (args, node);
  assert_text (sio_packet_encode_event ("/", "a", args, -1),
               "52-[\"a\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]");
  assert_text (sio_packet_encode_ack ("/n", 3, args),
               "62-/n,3[{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]");
}

static void
test_connecting (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "token", "1");
  assert_text (sio_packet_encode_connect ("/", NULL), "0");
  assert_text (sio_packet_encode_connect ("/", node), "0{\"token\":\"1\"}");
  assert_text (sio_packet_encode_connect ("/admin", NULL), "0/admin,");
  assert_text (sio_packet_encode_connected ("/", "abc_-", NULL), "0{\"sid\":\"abc_-\"}");
  assert_text (sio_packet_encode_connected ("/n", "a", "b"), "0/n,{\"sid\":\"a\",\"pid\":\"b\"}");
  assert_text (sio_packet_encode_logged_event ("/", "e", NULL, "o1"), "2[\"e\",\"o1\"]");
  assert_text (sio_packet_encode_connect_error ("/a", "Invalid namespace", NULL),
               "4/a,{\"message\":\"Invalid namespace\"}");
  assert_text (sio_packet_encode_connect_error ("/", "no", node),
               "4{\"message\":\"no\",\"data\":{\"token\":\"1\"}}");
  assert_text (sio_packet_encode_disconnect ("/"), "1");
  assert_text (sio_packet_encode_disconnect ("/admin"), "1/admin,");
}

/* What came in by one packet leaves by another as it was, attachments in their places. */
static void
test_relay (void)
{
  SioPacketLimits limits;
  g_autoptr (SioDecoder) decoder = NULL;
  const char *incoming = "51-7[\"a\", 1.50 ,{\"_placeholder\":true,\"num\":0}]";
  g_autoptr (GBytes) text = g_bytes_new_static (incoming, strlen (incoming));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_auto (SioPacket) packet = { 0 };

  sio_packet_limits_init (&limits);
  decoder = sio_decoder_new (&limits);
  g_assert_cmpint (sio_decoder_feed_text (decoder, text, &packet, NULL), ==, SIO_DECODER_MORE);
  g_assert_cmpint (sio_decoder_feed_binary (decoder, bytes, &packet, NULL), ==, SIO_DECODER_PACKET);
  assert_text (sio_packet_encode_event ("/n", "b", packet.args, -1),
               "51-/n,[\"b\",1.50 ,{\"_placeholder\":true,\"num\":0}]");
  g_assert_true (sio_args_get_attachment (packet.args, 0) == bytes);
}

static void
test_reserved (void)
{
  g_assert_true (sio_packet_is_reserved_event ("disconnecting"));
  g_assert_false (sio_packet_is_reserved_event ("error"));
  g_assert_false (sio_packet_is_reserved_event ("connection"));
  g_assert_false (sio_packet_is_reserved_event ("Connect"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet/events", test_events);
  g_test_add_func ("/packet/acks", test_acks);
  g_test_add_func ("/packet/binary", test_binary);
  g_test_add_func ("/packet/connecting", test_connecting);
  g_test_add_func ("/packet/relay", test_relay);
  g_test_add_func ("/packet/reserved", test_reserved);
  return g_test_run ();
}
