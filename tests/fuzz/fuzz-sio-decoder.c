/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stream of messages into one decoder: the input's lines, those that begin with 'b' as binary
 * ones. What is accepted is read in every way and encoded again, and the decoder has to take that
 * for the same packet. */
#include <stdint.h>
#include <string.h>

#include "socketio/sio-args-private.h"
#include "socketio/sio-decoder.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_everything (SioArgs *args)
{
  guint size = sio_args_get_size (args);

  for (guint i = 0; i < size; i++)
    {
      double number;

      g_assert_nonnull (sio_args_get_node (args, i));
      sio_args_get_string (args, i);
      sio_args_get_double (args, i, &number);
      sio_args_get_bytes (args, i);
    }
  g_assert_null (sio_args_get_node (args, size));
}

static void
check_round_trip (const SioPacketLimits *limits, const SioPacket *packet)
{
  g_autoptr (SioDecoder) decoder = sio_decoder_new (limits);
  g_autoptr (GBytes) text = NULL;
  g_auto (SioPacket) again = { 0 };
  SioDecoderResult result;

  text = packet->event != NULL ? sio_packet_encode_event (packet->nsp, packet->event, packet->args,
                                                          packet->has_id ? (int64_t)packet->id : -1)
                               : sio_packet_encode_ack (packet->nsp, packet->id, packet->args);
  result = sio_decoder_feed_text (decoder, text, &again, NULL);
  for (guint i = 0; i < sio_args_get_n_attachments (packet->args); i++)
    result = sio_decoder_feed_binary (decoder, sio_args_get_attachment (packet->args, i), &again,
                                      NULL);
  g_assert_cmpint (result, ==, SIO_DECODER_PACKET);
  g_assert_cmpstr (again.nsp, ==, packet->nsp);
  g_assert_cmpstr (again.event, ==, packet->event);
  g_assert_cmpstr (sio_args_get_json (again.args), ==, sio_args_get_json (packet->args));
}

static SioDecoderResult
feed_line (SioDecoder *decoder, const char *line, gsize length, SioPacket *packet)
{
  gboolean binary = length > 0 && line[0] == 'b';
  g_autoptr (GBytes) message = g_bytes_new (line, length);

  if (binary)
    return sio_decoder_feed_binary (decoder, message, packet, NULL);
  return sio_decoder_feed_text (decoder, message, packet, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *p = (const char *)data;
  const char *end = p + size;
  SioPacketLimits limits;
  g_autoptr (SioDecoder) decoder = NULL;
  SioDecoderResult result = SIO_DECODER_MORE;

  /* The engine hands over valid UTF-8 only. */
  if (!g_utf8_validate_len (p, size, NULL))
    return 0;
  sio_packet_limits_init (&limits);
  decoder = sio_decoder_new (&limits);
  while (p < end && result != SIO_DECODER_ERROR)
    {
      const char *line_end = memchr (p, '\n', end - p);
      g_auto (SioPacket) packet = { 0 };

      line_end = line_end != NULL ? line_end : end;
      result = feed_line (decoder, p, line_end - p, &packet);
      if (result == SIO_DECODER_PACKET && packet.args != NULL)
        {
          read_everything (packet.args);
          check_round_trip (&limits, &packet);
        }
      p = line_end + 1;
    }
  return 0;
}
