/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "socketio/sio-args-private.h"
#include "socketio/sio-decoder.h"
#include "socketio/sio-types.h"

typedef struct
{
  SioPacketLimits limits;
  SioDecoder *decoder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer plain)
{
  sio_packet_limits_init (&fixture->limits);
  if (plain != NULL)
    {
      fixture->limits.max_attachments = 4;
      fixture->limits.max_id = 999999999;
      fixture->limits.max_nsp = 64;
      fixture->limits.max_event = 32;
      fixture->limits.plain_names = TRUE;
      fixture->limits.numeric_events = FALSE;
      fixture->limits.json.max_depth = 32;
    }
  fixture->decoder = sio_decoder_new (&fixture->limits);
}

static void
tear_down (Fixture *fixture, gconstpointer plain)
{
  g_clear_pointer (&fixture->decoder, sio_decoder_free);
}

static SioDecoderResult
feed (Fixture *fixture, const char *text, gsize length, SioPacket *packet, GError **error)
{
  g_autoptr (GBytes) message = g_bytes_new (text, length);

  return sio_decoder_feed_text (fixture->decoder, message, packet, error);
}

static SioDecoderResult
feed_binary (Fixture *fixture, const char *bytes, SioPacket *packet, GError **error)
{
  g_autoptr (GBytes) message = g_bytes_new (bytes, strlen (bytes));

  return sio_decoder_feed_binary (fixture->decoder, message, packet, error);
}

/* `type nsp id event args data` in one line. */
static char *
describe (const SioPacket *packet)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%d %s", packet->type, packet->nsp);
  if (packet->has_id)
    g_string_append_printf (out, " #%" G_GUINT64_FORMAT, packet->id);
  if (packet->event != NULL)
    g_string_append_printf (out, " <%s>", packet->event);
  if (packet->args != NULL)
    g_string_append_printf (out, " %s", sio_args_get_json (packet->args));
  if (packet->data != NULL)
    {
      g_string_append_c (out, ' ');
      wire_json_append_node (out, packet->data);
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *text;
  const char *packet;
} good[] = {
  { "0", "0 /" },
  { "0{\"token\":\"1\"}", "0 / {\"token\":\"1\"}" },
  { "0{}", "0 / {}" },
  { "0/admin,", "0 /admin" },
  { "0/admin", "0 /admin" },
  { "0/,", "0 /" },
  { "0/admin,{\"a\":1}", "0 /admin {\"a\":1}" },
  { "0/custom?x=1,", "0 /custom?x=1" },
  { "1", "1 /" },
  { "1/admin,", "1 /admin" },
  { "2[\"hello\"]", "2 / <hello> []" },
  { "2[\"hello\",1]", "2 / <hello> [1]" },
  { "2[\"hello\",1,\"x\",{\"a\":[]}]", "2 / <hello> [1,\"x\",{\"a\":[]}]" },
  { "2[ \"hello\" , 1 , 2 ] ", "2 / <hello> [1 , 2 ]" },
  { "2/admin,456[\"project:delete\",123]", "2 /admin #456 <project:delete> [123]" },
  { "20[\"a\"]", "2 / #0 <a> []" },
  { "2007[\"a\"]", "2 / #7 <a> []" },
  { "29007199254740991[\"a\"]", "2 / #9007199254740991 <a> []" },
  { "2[\"a\\\"]\",\"]\"]", "2 / <a\"]> [\"]\"]" },
  { "2[\"\\u0061\"]", "2 / <a> []" },
  { "2[\"\"]", "2 / <> []" },
  { "2[\"\xc3\xa9\xe2\x82\xac\"]", "2 / <\xc3\xa9\xe2\x82\xac> []" },
  { "2[\"error\"]", "2 / <error> []" },
  { "2[\"connection\"]", "2 / <connection> []" },
  { "2[\"__proto__\",{\"constructor\":1}]", "2 / <__proto__> [{\"constructor\":1}]" },
  { "2[1]", "2 / <1> []" },
  { "2[-1.50,2]", "2 / <-1.5> [2]" },
  { "2[\"a\",{\"_placeholder\":true,\"num\":7}]", "2 / <a> [{\"_placeholder\":true,\"num\":7}]" },
  { "2[\"a\",{\"k\":1,\"k\":2}]", "2 / <a> [{\"k\":1,\"k\":2}]" },
  { "3[1]", "3 / [1]" },
  { "3999[1,[2]]", "3 / #999 [1,[2]]" },
  { "3/admin,456[]", "3 /admin #456 []" },
  { "4{\"message\":\"no\",\"data\":{}}", "4 / {\"message\":\"no\",\"data\":{}}" },
  { "4/admin,\"no\"", "4 /admin \"no\"" },
  { "50-[\"a\"]", "2 / <a> []" },
};

static void
test_good (Fixture *fixture, gconstpointer plain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *packet_text = NULL;
      g_auto (SioPacket) packet = { 0 };
      SioDecoderResult result;

      g_test_message ("%s", good[i].text);
      result = feed (fixture, good[i].text, strlen (good[i].text), &packet, &error);
      g_assert_no_error (error);
      g_assert_cmpint (result, ==, SIO_DECODER_PACKET);
      packet_text = describe (&packet);
      g_assert_cmpstr (packet_text, ==, good[i].packet);
    }
}

static const struct
{
  const char *text;
  SioError code;
} bad[] = {
  /* no packet at all */
  { "", SIO_ERROR_PARSE },
  { "7", SIO_ERROR_PARSE },
  { "9", SIO_ERROR_PARSE },
  { "abc", SIO_ERROR_PARSE },
  { "-1", SIO_ERROR_PARSE },
  { "\xef\xbb\xbf"
    "2[\"a\"]",
    SIO_ERROR_PARSE },
  { " 2[\"a\"]", SIO_ERROR_PARSE },
  /* events without a name */
  { "2", SIO_ERROR_PARSE },
  { "21", SIO_ERROR_PARSE },
  { "2/admin,", SIO_ERROR_PARSE },
  { "2{}", SIO_ERROR_PARSE },
  { "2\"s\"", SIO_ERROR_PARSE },
  { "2[]", SIO_ERROR_PARSE },
  { "2[ ]", SIO_ERROR_PARSE },
  { "2[null]", SIO_ERROR_PARSE },
  { "2[true]", SIO_ERROR_PARSE },
  { "2[[]]", SIO_ERROR_PARSE },
  { "2[{\"toString\":1}]", SIO_ERROR_PARSE },
  /* reserved names, plain and in disguise */
  { "2[\"connect\"]", SIO_ERROR_PARSE },
  { "2[\"connect_error\"]", SIO_ERROR_PARSE },
  { "2[\"disconnect\"]", SIO_ERROR_PARSE },
  { "2[\"disconnecting\"]", SIO_ERROR_PARSE },
  { "2[\"newListener\"]", SIO_ERROR_PARSE },
  { "2[\"removeListener\"]", SIO_ERROR_PARSE },
  { "2[\"\\u0063onnect\"]", SIO_ERROR_PARSE },
  /* JSON */
  { "2[\"a\"", SIO_ERROR_PARSE },
  { "2[\"a\"]x", SIO_ERROR_PARSE },
  { "2[\"a\"]]", SIO_ERROR_PARSE },
  { "2[\"a\"][1]", SIO_ERROR_PARSE },
  { "2[\"a\",]", SIO_ERROR_PARSE },
  { "2['a']", SIO_ERROR_PARSE },
  { "2[\"a\",/**/1]", SIO_ERROR_PARSE },
  { "2[\"a\",NaN]", SIO_ERROR_PARSE },
  { "2[\"a\",010]", SIO_ERROR_PARSE },
  { "2[\"a\",1e999]", SIO_ERROR_PARSE },
  { "2[\"\\u0000\"]", SIO_ERROR_PARSE },
  { "2[\"\\ud800\"]", SIO_ERROR_PARSE },
  { "2[\"a\n\"]", SIO_ERROR_PARSE },
  /* ids */
  { "2abc[\"a\"]", SIO_ERROR_PARSE },
  { "2-1[\"a\"]", SIO_ERROR_PARSE },
  { "21.5[\"a\"]", SIO_ERROR_PARSE },
  { "2+1[\"a\"]", SIO_ERROR_PARSE },
  { "2  [\"a\"]", SIO_ERROR_PARSE },
  { "2\xef\xbb\xbf[\"a\"]", SIO_ERROR_PARSE },
  { "29007199254740992[\"a\"]", SIO_ERROR_LIMIT },
  { "218446744073709551616[\"a\"]", SIO_ERROR_LIMIT },
  { "299999999999999999999999999999999999999999999999999[\"a\"]", SIO_ERROR_LIMIT },
  /* acks */
  { "3", SIO_ERROR_PARSE },
  { "31", SIO_ERROR_PARSE },
  { "31{}", SIO_ERROR_PARSE },
  { "31\"x\"", SIO_ERROR_PARSE },
  /* connecting */
  { "0[]", SIO_ERROR_PARSE },
  { "0\"x\"", SIO_ERROR_PARSE },
  { "0null", SIO_ERROR_PARSE },
  { "01", SIO_ERROR_PARSE },
  { "0/custom,[]", SIO_ERROR_PARSE },
  { "0/custom,\"x\"", SIO_ERROR_PARSE },
  { "0{\"a\":1", SIO_ERROR_PARSE },
  { "0{\"a\":1}1", SIO_ERROR_PARSE },
  { "0/a\x01,", SIO_ERROR_PARSE },
  { "1{}", SIO_ERROR_PARSE },
  { "1/admin,{}", SIO_ERROR_PARSE },
  { "11", SIO_ERROR_PARSE },
  { "4", SIO_ERROR_PARSE },
  { "4[]", SIO_ERROR_PARSE },
  { "41", SIO_ERROR_PARSE },
  /* attachments */
  { "5", SIO_ERROR_PARSE },
  { "51", SIO_ERROR_PARSE },
  { "51[\"a\"]", SIO_ERROR_PARSE },
  { "5[\"a\"]", SIO_ERROR_PARSE },
  { "5a-[\"a\"]", SIO_ERROR_PARSE },
  { "51.5-[\"a\"]", SIO_ERROR_PARSE },
  { "5-1-[\"a\"]", SIO_ERROR_PARSE },
  { "51e1-[\"a\"]", SIO_ERROR_PARSE },
  { "50x1-[\"a\"]", SIO_ERROR_PARSE },
  { "5 1-[\"a\"]", SIO_ERROR_PARSE },
  { "511-[\"a\"]", SIO_ERROR_LIMIT },
  { "599999999999999999999999999-[\"a\"]", SIO_ERROR_LIMIT },
  { "6", SIO_ERROR_PARSE },
  { "61-1{}", SIO_ERROR_PARSE },
  /* placeholders */
  { "51-[\"a\",{\"_placeholder\":true,\"num\":5}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":1}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":0.5}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":00}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"num\":1,\"_placeholder\":true}]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"\\u005fplaceholder\":true,\"num\":1}]", SIO_ERROR_PARSE },
  { "51-[\"a\",[{\"b\":{\"_placeholder\":true,\"num\":1,\"c\":0}}]]", SIO_ERROR_PARSE },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":99999999999999999999}]", SIO_ERROR_PARSE },
  { "50-[\"a\",{\"_placeholder\":true,\"num\":0}]", SIO_ERROR_PARSE },
};

static void
expect_error (Fixture *fixture, const char *text, gsize length, SioError code)
{
  g_autoptr (GError) error = NULL;
  g_auto (SioPacket) packet = { 0 };

  g_test_message ("%.40s", text);
  g_assert_cmpint (feed (fixture, text, length, &packet, &error), ==, SIO_DECODER_ERROR);
  g_assert_error (error, SIO_ERROR, (int)code);
  g_assert_null (packet.nsp);
  g_assert_null (packet.args);
}

static void
test_bad (Fixture *fixture, gconstpointer plain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      tear_down (fixture, plain);
      set_up (fixture, plain);
      expect_error (fixture, bad[i].text, strlen (bad[i].text), bad[i].code);
    }
  expect_error (fixture, "0/a\0b,", 6, SIO_ERROR_PARSE);
  expect_error (fixture, "2\0[\"a\"]", 7, SIO_ERROR_PARSE);
  expect_error (fixture, "0\0", 2, SIO_ERROR_PARSE);
}

static void
test_long (Fixture *fixture, gconstpointer plain)
{
  g_autofree char *brackets = g_strnfill (200000, '[');
  g_autofree char *deep = g_strconcat ("2[\"a\",", brackets, NULL);
  g_autofree char *letters = g_strnfill (100000, 'n');
  g_autofree char *nsp = g_strconcat ("0/", letters, ",", NULL);
  g_autofree char *event = g_strconcat ("2[\"", letters, "\"]", NULL);
  g_auto (SioPacket) packet = { 0 };

  expect_error (fixture, deep, strlen (deep), SIO_ERROR_LIMIT);
  expect_error (fixture, nsp, strlen (nsp), SIO_ERROR_LIMIT);
  g_assert_cmpint (feed (fixture, event, strlen (event), &packet, NULL), ==, SIO_DECODER_PACKET);
  g_assert_cmpuint (strlen (packet.event), ==, 100000);
}

static const struct
{
  const char *text;
  gboolean accepted;
} plain_names[] = {
  { "0/admin_1/x-y,", TRUE },
  { "0/caf\xc3\xa9,", FALSE },
  { "0/a b,", FALSE },
  { "0/a?x=1,", FALSE },
  { "0/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,", TRUE },
  { "0/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,", FALSE },
  { "2[\"draw-it now\"]", TRUE },
  { "2[\"\"]", FALSE },
  { "2[\"caf\xc3\xa9\"]", FALSE },
  { "2[\"a\\nb\"]", FALSE },
  { "2[\"\\u007f\"]", FALSE },
  { "2[1]", FALSE },
  { "2[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]", TRUE },
  { "2[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]", FALSE },
  { "2999999999[\"a\"]", TRUE },
  { "21000000000[\"a\"]", FALSE },
  { "2[\"a\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", TRUE },
  { "2[\"a\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", FALSE },
  { "55-[\"a\"]", FALSE },
};

static void
test_plain (Fixture *fixture, gconstpointer plain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_names); i++)
    {
      const char *text = plain_names[i].text;
      g_auto (SioPacket) packet = { 0 };
      SioDecoderResult expected = plain_names[i].accepted ? SIO_DECODER_PACKET : SIO_DECODER_ERROR;

      g_test_message ("%s", text);
      g_assert_cmpint (feed (fixture, text, strlen (text), &packet, NULL), ==, expected);
    }
}

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  gsize length;
  const char *data;

  g_assert_nonnull (bytes);
  data = g_bytes_get_data (bytes, &length);
  g_assert_cmpmem (data, length, expected, strlen (expected));
}

static void
test_attachments (Fixture *fixture, gconstpointer plain)
{
  const char *text
      = "52-/"
        "nsp,7[\"a\",{\"_placeholder\":true,\"num\":1},[{\"b\":{\"num\":0,\"_placeholder\":true}}],"
        "{\"_placeholder\":1,\"num\":9},{\"_placeholder\":true,\"num\":1}]";
  g_auto (SioPacket) packet = { 0 };
  g_autoptr (GError) error = NULL;
  JsonNode *inner;

  g_assert_cmpint (feed (fixture, text, strlen (text), &packet, &error), ==, SIO_DECODER_MORE);
  g_assert_true (sio_decoder_is_waiting (fixture->decoder));
  g_assert_cmpint (feed_binary (fixture, "zero", &packet, &error), ==, SIO_DECODER_MORE);
  g_assert_null (packet.nsp);
  g_assert_cmpint (feed_binary (fixture, "one", &packet, &error), ==, SIO_DECODER_PACKET);
  g_assert_no_error (error);
  g_assert_false (sio_decoder_is_waiting (fixture->decoder));

  g_assert_cmpint (packet.type, ==, SIO_PACKET_EVENT);
  g_assert_cmpstr (packet.nsp, ==, "/nsp");
  g_assert_true (packet.has_id && packet.id == 7);
  g_assert_cmpuint (sio_args_get_size (packet.args), ==, 4);
  assert_bytes (sio_args_get_bytes (packet.args, 0), "one");
  g_assert_null (sio_args_get_bytes (packet.args, 1));
  inner
      = json_object_get_member (json_array_get_object_element (sio_args_get_array (packet.args, 1),
                                                               0),
                                "b");
  assert_bytes (sio_args_lookup_bytes (packet.args, inner), "zero");
  g_assert_null (sio_args_get_bytes (packet.args, 2));
  assert_bytes (sio_args_get_bytes (packet.args, 3), "one");
}

static void
test_attachment_order (Fixture *fixture, gconstpointer plain)
{
  const char *text = "51-[\"a\",{\"_placeholder\":true,\"num\":0}]";
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unannounced = NULL;
  g_auto (SioPacket) packet = { 0 };

  g_assert_cmpint (feed (fixture, text, strlen (text), &packet, NULL), ==, SIO_DECODER_MORE);
  g_assert_cmpint (feed (fixture, "2[\"a\"]", 6, &packet, &error), ==, SIO_DECODER_ERROR);
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);

  tear_down (fixture, plain);
  set_up (fixture, plain);
  g_assert_cmpint (feed_binary (fixture, "x", &packet, &unannounced), ==, SIO_DECODER_ERROR);
  g_assert_error (unannounced, SIO_ERROR, SIO_ERROR_PARSE);
}

/* A binary packet without attachments is delivered, and what follows it is not disturbed. */
static void
test_no_attachments (Fixture *fixture, gconstpointer plain)
{
  g_auto (SioPacket) first = { 0 };
  g_auto (SioPacket) second = { 0 };
  g_auto (SioPacket) third = { 0 };

  g_assert_cmpint (feed (fixture, "50-[\"a\"]", 8, &first, NULL), ==, SIO_DECODER_PACKET);
  g_assert_cmpint (feed (fixture, "2[\"b\"]", 6, &second, NULL), ==, SIO_DECODER_PACKET);
  g_assert_cmpint (feed (fixture, "60-3[]", 6, &third, NULL), ==, SIO_DECODER_PACKET);
  g_assert_cmpint (third.type, ==, SIO_PACKET_ACK);
}

/* Attachments that nothing stands for are taken and dropped with the packet. */
static void
test_no_placeholder (Fixture *fixture, gconstpointer plain)
{
  g_auto (SioPacket) packet = { 0 };

  g_assert_cmpint (feed (fixture, "51-[\"a\"]", 8, &packet, NULL), ==, SIO_DECODER_MORE);
  g_assert_cmpint (feed_binary (fixture, "x", &packet, NULL), ==, SIO_DECODER_PACKET);
  g_assert_cmpuint (sio_args_get_size (packet.args), ==, 0);
}

static void
test_freed_while_waiting (Fixture *fixture, gconstpointer plain)
{
  g_auto (SioPacket) packet = { 0 };

  g_assert_cmpint (feed (fixture, "52-[\"a\"]", 8, &packet, NULL), ==, SIO_DECODER_MORE);
  g_assert_cmpint (feed_binary (fixture, "x", &packet, NULL), ==, SIO_DECODER_MORE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, plain, test)                                                                     \
  g_test_add ("/decoder/" path, Fixture, plain, set_up, test, tear_down)
  ADD ("good", NULL, test_good);
  ADD ("bad", NULL, test_bad);
  ADD ("long", NULL, test_long);
  ADD ("plain", "plain", test_plain);
  ADD ("attachments", NULL, test_attachments);
  ADD ("attachment-order", NULL, test_attachment_order);
  ADD ("no-attachments", NULL, test_no_attachments);
  ADD ("no-placeholder", NULL, test_no_placeholder);
  ADD ("freed-while-waiting", NULL, test_freed_while_waiting);
  return g_test_run ();
}
