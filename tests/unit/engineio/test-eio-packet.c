/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-packet.h"

/* A payload, and what it decodes to: packets as they would be written again, "!" where it breaks. */
static const struct {
  const char *payload;
  const char *packets;
} payloads[] = {
  { "4a", "4a" },
  { "0{}\x1e" "1\x1e" "2probe\x1e" "3\x1e" "4\x1e" "5\x1e" "6", "0{} 1 2probe 3 4 5 6" },
  { "bAAEC", "bAAEC" },
  { "bAAE=", "bAAE=" },
  { "bAA==", "bAA==" },
  { "b", "b" },
  { "b+/+/\x1e" "4x", "b+/+/ 4x" },
  { "4h\xc3\xa9", "4h\xc3\xa9" },
  { "", "!" },
  { "\x1e", "!" },
  { "abc", "!" },
  { "7x", "!" },
  { "9", "!" },
  { " 4a", "!" },
  { "4a\x1e", "4a !" },
  { "4a\x1e\x1e" "4b", "4a !" },
  { "42[\"a\"]\x1e" "xyz", "42[\"a\"] !" },
  { "4\xff", "!" },
  { "4\xed\xa0\x80", "!" },
  { "4\xc3\x1e\xa9", "!" },
  { "4a\x1e" "4\xc0\x80", "4a !" },
  { "b!!!", "!" },
  { "bAAA", "!" },
  { "bA", "!" },
  { "bA===", "!" },
  { "b====", "!" },
  { "bAA=A", "!" },
  { "bAA A", "!" },
  { "bAA-_", "!" },
  { "b\xff\xff\xff\xff", "!" },
};

static char *
describe (GBytes *payload, guint max_packets)
{
  EioPayloadReader reader;
  EioPacket packet = EIO_PACKET_INIT;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  eio_payload_reader_init (&reader, payload, max_packets);
  while (eio_payload_reader_next (&reader, &packet, &error))
    {
      g_autoptr (GString) one = g_string_new (NULL);

      eio_payload_append (one, &packet);
      g_assert_cmpuint (one->len, ==, eio_payload_packet_size (&packet));
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", one->str);
      eio_packet_clear (&packet);
    }
  g_assert_false (eio_payload_reader_next (&reader, &packet, NULL));
  if (error != NULL)
    g_string_append (text, text->len > 0 ? " !" : "!");
  return g_string_free (text, FALSE);
}

static void
test_payloads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new (payloads[i].payload, strlen (payloads[i].payload));
      g_autofree char *packets = describe (payload, 256);

      g_assert_cmpstr (packets, ==, payloads[i].packets);
    }
}

static void
test_max_packets (void)
{
  g_autoptr (GBytes) payload = g_bytes_new_static ("6\x1e" "6\x1e" "6", 5);
  g_autofree char *enough = describe (payload, 3);
  g_autofree char *one_short = describe (payload, 2);

  g_assert_cmpstr (enough, ==, "6 6 6");
  g_assert_cmpstr (one_short, ==, "6 6 !");
}

static void
test_nul (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("4a\0b", 4);
  g_auto (EioPacket) packet = EIO_PACKET_INIT;

  g_assert_true (eio_packet_decode_text (text, &packet, NULL));
  g_assert_cmpmem (g_bytes_get_data (packet.data, NULL), g_bytes_get_size (packet.data), "a\0b", 3);
}

static void
test_valid (void)
{
  g_auto (EioPacket) text = EIO_PACKET_INIT;
  g_auto (EioPacket) binary = EIO_PACKET_INIT;
  EioPacket packet = EIO_PACKET_INIT;

  g_assert_true (eio_packet_decode_valid ("4\0a", 3, &text, NULL));
  g_assert_cmpint (text.type, ==, EIO_PACKET_MESSAGE);
  g_assert_cmpmem (g_bytes_get_data (text.data, NULL), g_bytes_get_size (text.data), "\0a", 2);
  g_assert_true (eio_packet_decode_valid ("bYWI=", 5, &binary, NULL));
  g_assert_true (binary.binary);
  g_assert_cmpmem (g_bytes_get_data (binary.data, NULL), g_bytes_get_size (binary.data), "ab", 2);
  g_assert_false (eio_packet_decode_valid (NULL, 0, &packet, NULL));
  g_assert_false (eio_packet_decode_valid ("7", 1, &packet, NULL));
  g_assert_false (eio_packet_decode_valid ("bY", 2, &packet, NULL));
}

static void
test_encode (void)
{
  g_autoptr (GBytes) data = g_bytes_new_static ("probe", 5);
  g_autoptr (GBytes) pong = eio_packet_encode_text (EIO_PACKET_PONG, data);
  g_autoptr (GBytes) noop = eio_packet_encode_text (EIO_PACKET_NOOP, NULL);

  g_assert_cmpmem (g_bytes_get_data (pong, NULL), g_bytes_get_size (pong), "3probe", 6);
  g_assert_cmpmem (g_bytes_get_data (noop, NULL), g_bytes_get_size (noop), "6", 1);
}

/* All bytes, all lengths modulo 3. */
static void
test_binary_round_trip (void)
{
  guint8 bytes[259];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = i * 7;
  for (gsize size = 0; size <= sizeof bytes; size++)
    {
      g_autoptr (GBytes) data = g_bytes_new (bytes, size);
      EioPacket packet = { EIO_PACKET_MESSAGE, TRUE, data };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) payload = NULL;
      g_auto (EioPacket) again = EIO_PACKET_INIT;

      eio_payload_append (text, &packet);
      payload = g_bytes_new (text->str, text->len);
      g_assert_true (eio_packet_decode_text (payload, &again, NULL));
      g_assert_true (again.binary && again.type == EIO_PACKET_MESSAGE);
      g_assert_true (g_bytes_equal (again.data, data));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/packet/payloads", test_payloads);
  g_test_add_func ("/engineio/packet/max-packets", test_max_packets);
  g_test_add_func ("/engineio/packet/nul", test_nul);
  g_test_add_func ("/engineio/packet/valid", test_valid);
  g_test_add_func ("/engineio/packet/encode", test_encode);
  g_test_add_func ("/engineio/packet/binary-round-trip", test_binary_round_trip);
  return g_test_run ();
}
