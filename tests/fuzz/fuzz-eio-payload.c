/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever the payload: what is decoded encodes to something that decodes to the same. */
#include "engineio/eio-handshake.h"
#include "engineio/eio-packet.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_packet (const EioPacket *packet)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (EioPacket) again = EIO_PACKET_INIT;

  eio_payload_append (text, packet);
  g_assert (text->len == eio_payload_packet_size (packet));
  bytes = g_bytes_new (text->str, text->len);
  g_assert (eio_packet_decode_text (bytes, &again, NULL));
  g_assert (again.type == packet->type && again.binary == packet->binary);
  g_assert (g_bytes_equal (again.data, packet->data));
  if (packet->type == EIO_PACKET_OPEN)
    {
      g_auto (EioHandshake) handshake = EIO_HANDSHAKE_INIT;

      eio_handshake_decode (packet->data, &handshake, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  EioPayloadReader reader;
  EioPacket packet = EIO_PACKET_INIT;

  eio_payload_reader_init (&reader, payload, 256);
  while (eio_payload_reader_next (&reader, &packet, NULL))
    {
      check_packet (&packet);
      eio_packet_clear (&packet);
    }
  return 0;
}
