/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The cases of the Autobahn test suite for servers, groups 1 to 7, 9 and 10, for the frame code: what it
 * makes of the frames (groups 12 and 13 are compression: test-eio-ws-deflate.c; 8 and 11 are empty).
 * Out come T, B, P, O with the size, X with the code, and !code for an error.
 */
#include "engineio/eio-ws-frame.h"

#include <string.h>

#define MAX_MESSAGE (16 * 1024 * 1024)

typedef struct {
  guint8 first;
  const char *data; /* NULL: @size times '*' */
  gsize size;
} Frame;

#define FIN 0x80
#define TEXT(data)                                                                                 \
  {                                                                                                \
    FIN | EIO_WS_TEXT, data, sizeof data - 1                                                       \
  }
#define TEXT_PART(data)                                                                            \
  {                                                                                                \
    EIO_WS_TEXT, data, sizeof data - 1                                                             \
  }
#define MORE(data)                                                                                 \
  {                                                                                                \
    EIO_WS_CONTINUATION, data, sizeof data - 1                                                     \
  }
#define LAST(data)                                                                                 \
  {                                                                                                \
    FIN | EIO_WS_CONTINUATION, data, sizeof data - 1                                               \
  }
#define PING(data)                                                                                 \
  {                                                                                                \
    FIN | EIO_WS_PING, data, sizeof data - 1                                                       \
  }
#define PONG(data)                                                                                 \
  {                                                                                                \
    FIN | EIO_WS_PONG, data, sizeof data - 1                                                       \
  }
#define CLOSE(data)                                                                                \
  {                                                                                                \
    FIN | EIO_WS_CLOSE, data, sizeof data - 1                                                      \
  }
#define FILLED(opcode, size)                                                                       \
  {                                                                                                \
    FIN | (opcode), NULL, size                                                                     \
  }
#define RSV(bits, opcode)                                                                          \
  {                                                                                                \
    FIN | (bits) << 4 | (opcode), "Hello", 5                                                       \
  }

#define GREEK "Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4\xc3\xbc\xc3\xa0\xc3\xa1-UTF-8!!"
#define KOSME "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"

static const struct {
  const char *name;
  Frame frames[10];
  const char *out;
} cases[] = {
  /* 1: sizes */
  { "1.1.1", { TEXT ("") }, "T0" },
  { "1.1.2", { FILLED (EIO_WS_TEXT, 125) }, "T125" },
  { "1.1.3", { FILLED (EIO_WS_TEXT, 126) }, "T126" },
  { "1.1.4", { FILLED (EIO_WS_TEXT, 127) }, "T127" },
  { "1.1.5", { FILLED (EIO_WS_TEXT, 128) }, "T128" },
  { "1.1.6", { FILLED (EIO_WS_TEXT, 65535) }, "T65535" },
  { "1.1.7", { FILLED (EIO_WS_TEXT, 65536) }, "T65536" },
  { "1.2.1", { FILLED (EIO_WS_BINARY, 0) }, "B0" },
  { "1.2.2", { FILLED (EIO_WS_BINARY, 125) }, "B125" },
  { "1.2.3", { FILLED (EIO_WS_BINARY, 126) }, "B126" },
  { "1.2.4", { FILLED (EIO_WS_BINARY, 127) }, "B127" },
  { "1.2.5", { FILLED (EIO_WS_BINARY, 128) }, "B128" },
  { "1.2.6", { FILLED (EIO_WS_BINARY, 65535) }, "B65535" },
  { "1.2.7", { FILLED (EIO_WS_BINARY, 65536) }, "B65536" },
  /* 2: pings and pongs */
  { "2.1", { PING ("") }, "P0" },
  { "2.2", { PING ("Hello, world!") }, "P13" },
  { "2.3", { PING ("\x00\xff\xfe\xfd\xfc\xfb\x00\xff") }, "P8" },
  { "2.4", { FILLED (EIO_WS_PING, 125) }, "P125" },
  { "2.5", { FILLED (EIO_WS_PING, 126) }, "!1002" },
  { "2.7", { PONG ("") }, "O0" },
  { "2.8", { PONG ("unsolicited pong payload") }, "O24" },
  { "2.9", { PONG ("unsolicited"), PING ("ping") }, "O11 P4" },
  { "2.10", { PING ("1"), PING ("2"), PING ("3"), PING ("4"), PING ("5") }, "P1 P1 P1 P1 P1" },
  /* 3: reserved bits */
  { "3.1", { RSV (1, EIO_WS_TEXT) }, "!1002" },
  { "3.2", { TEXT ("Hello"), RSV (2, EIO_WS_TEXT), PING ("") }, "T5 !1002" },
  { "3.3", { TEXT ("Hello"), RSV (3, EIO_WS_TEXT), PING ("") }, "T5 !1002" },
  { "3.4", { TEXT ("Hello"), RSV (4, EIO_WS_TEXT), PING ("") }, "T5 !1002" },
  { "3.5", { RSV (5, EIO_WS_BINARY) }, "!1002" },
  { "3.6", { RSV (6, EIO_WS_PING) }, "!1002" },
  { "3.7", { RSV (7, EIO_WS_CLOSE) }, "!1002" },
  /* 4: opcodes that mean nothing */
  { "4.1.1", { FILLED (3, 0) }, "!1002" },
  { "4.1.2", { FILLED (4, 20) }, "!1002" },
  { "4.1.3", { TEXT ("Hello"), FILLED (5, 0), PING ("") }, "T5 !1002" },
  { "4.1.4", { TEXT ("Hello"), FILLED (6, 20), PING ("") }, "T5 !1002" },
  { "4.1.5", { TEXT ("Hello"), FILLED (7, 0), PING ("") }, "T5 !1002" },
  { "4.2.1", { FILLED (11, 0) }, "!1002" },
  { "4.2.2", { FILLED (12, 20) }, "!1002" },
  { "4.2.3", { TEXT ("Hello"), FILLED (13, 0), PING ("") }, "T5 !1002" },
  { "4.2.4", { TEXT ("Hello"), FILLED (14, 20), PING ("") }, "T5 !1002" },
  { "4.2.5", { TEXT ("Hello"), FILLED (15, 0), PING ("") }, "T5 !1002" },
  /* 5: fragments */
  { "5.1", { { EIO_WS_PING, "fragment1", 9 }, LAST ("fragment2") }, "!1002" },
  { "5.2", { { EIO_WS_PONG, "fragment1", 9 }, LAST ("fragment2") }, "!1002" },
  { "5.3", { TEXT_PART ("fragment1"), LAST ("fragment2") }, "T18" },
  { "5.6", { TEXT_PART ("fragment1"), PING ("ping"), LAST ("fragment2") }, "P4 T18" },
  { "5.9", { LAST ("non-continuation"), TEXT ("Hello") }, "!1002" },
  { "5.12", { MORE ("non-continuation"), TEXT ("Hello") }, "!1002" },
  { "5.15", { TEXT_PART ("1"), LAST ("2"), MORE ("3"), TEXT ("4") }, "T2 !1002" },
  { "5.18", { TEXT_PART ("fragment1"), TEXT ("fragment2") }, "!1002" },
  { "5.19",
    { TEXT_PART ("1"), MORE ("2"), PING ("ping 1"), MORE ("3"), MORE ("4"), PING ("ping 2"),
      LAST ("5") },
    "P6 P6 T5" },
  /* 6: UTF-8 */
  { "6.1.1", { TEXT ("") }, "T0" },
  { "6.1.2", { TEXT_PART (""), MORE (""), LAST ("") }, "T0" },
  { "6.1.3", { TEXT_PART (""), MORE ("middle"), LAST ("") }, "T6" },
  { "6.2.1", { TEXT (GREEK) }, "T29" },
  { "6.2.2",
    { TEXT_PART ("Hello-\xc2\xb5@\xc3\x9f\xc3\xb6\xc3\xa4"),
      LAST ("\xc3\xbc\xc3\xa0\xc3\xa1-UTF-8!!") },
    "T29" },
  { "6.2.4",
    { TEXT_PART ("\xce"), MORE ("\xba\xe1"), MORE ("\xbd\xb9"), MORE ("\xcf"),
      LAST ("\x83\xce\xbc\xce\xb5") },
    "T11" },
  { "6.3.1",
    { TEXT (KOSME "\xed\xa0\x80"
                  "edited") },
    "!1007" },
  { "6.3.2",
    { TEXT_PART (KOSME "\xed"), MORE ("\xa0"),
      LAST ("\x80"
            "edited") },
    "!1007" },
  /* at once: neither the rest of the message nor of the frame is waited for */
  { "6.4.1", { TEXT_PART (KOSME), MORE ("\xf4\x90\x80\x80"), LAST ("edited") }, "!1007" },
  { "6.4.3", { TEXT_PART (KOSME "\xf4"), MORE ("\x90") }, "!1007" },
  { "6.5.1", { TEXT (KOSME) }, "T11" },
  { "6.6.1", { TEXT ("\xce") }, "!1007" },
  { "6.6.2", { TEXT ("\xce\xba") }, "T2" },
  { "6.6.4", { TEXT ("\xce\xba\xe1\xbd") }, "!1007" },
  { "6.7.1", { { FIN | EIO_WS_TEXT, "\0", 1 } }, "T1" },
  { "6.7.2", { TEXT ("\xc2\x80") }, "T2" },
  { "6.7.3", { TEXT ("\xe0\xa0\x80") }, "T3" },
  { "6.7.4", { TEXT ("\xf0\x90\x80\x80") }, "T4" },
  { "6.8.1", { TEXT ("\xf8\x88\x80\x80\x80") }, "!1007" },
  { "6.8.2", { TEXT ("\xfc\x84\x80\x80\x80\x80") }, "!1007" },
  { "6.9.1", { TEXT ("\x7f") }, "T1" },
  { "6.9.2", { TEXT ("\xdf\xbf") }, "T2" },
  { "6.9.3", { TEXT ("\xef\xbf\xbf") }, "T3" },
  { "6.9.4", { TEXT ("\xf4\x8f\xbf\xbf") }, "T4" },
  { "6.10.1", { TEXT ("\xf7\xbf\xbf\xbf") }, "!1007" },
  { "6.10.2", { TEXT ("\xfb\xbf\xbf\xbf\xbf") }, "!1007" },
  { "6.10.3", { TEXT ("\xfd\xbf\xbf\xbf\xbf\xbf") }, "!1007" },
  { "6.11.1", { TEXT ("\xed\x9f\xbf") }, "T3" },
  { "6.11.2", { TEXT ("\xee\x80\x80") }, "T3" },
  { "6.11.3", { TEXT ("\xef\xbf\xbd") }, "T3" },
  { "6.11.5", { TEXT ("\xf4\x90\x80\x80") }, "!1007" },
  { "6.12.1", { TEXT ("\x80") }, "!1007" },
  { "6.12.2", { TEXT ("\xbf") }, "!1007" },
  { "6.12.8", { TEXT ("\x80\xbf\x80\xbf\x80\xbf\xbe") }, "!1007" },
  { "6.13.1", { TEXT ("\xc0 \xc1 \xc2 ") }, "!1007" },
  { "6.13.5", { TEXT ("\xfc \xfd ") }, "!1007" },
  { "6.14.1", { TEXT ("\xc0") }, "!1007" },
  { "6.14.3", { TEXT ("\xf0\x80\x80") }, "!1007" },
  { "6.14.6", { TEXT ("\xdf") }, "!1007" },
  { "6.15.1",
    { TEXT ("\xc0\xe0\x80\xf0\x80\x80\xf8\x80\x80\x80\xfc\x80\x80\x80\x80\xdf\xef\xbf\xf7\xbf\xbf"
            "\xfb\xbf\xbf\xbf\xfd\xbf\xbf\xbf\xbf") },
    "!1007" },
  { "6.16.1", { TEXT ("\xfe") }, "!1007" },
  { "6.16.2", { TEXT ("\xff") }, "!1007" },
  { "6.17.1", { TEXT ("\xc0\xaf") }, "!1007" },
  { "6.17.3", { TEXT ("\xf0\x80\x80\xaf") }, "!1007" },
  { "6.18.1", { TEXT ("\xc1\xbf") }, "!1007" },
  { "6.18.2", { TEXT ("\xe0\x9f\xbf") }, "!1007" },
  { "6.18.3", { TEXT ("\xf0\x8f\xbf\xbf") }, "!1007" },
  { "6.19.1", { TEXT ("\xc0\x80") }, "!1007" },
  { "6.20.1", { TEXT ("\xed\xa0\x80") }, "!1007" },
  { "6.20.7", { TEXT ("\xed\xbf\xbf") }, "!1007" },
  { "6.21.1", { TEXT ("\xed\xa0\x80\xed\xb0\x80") }, "!1007" },
  { "6.22.1", { TEXT ("\xef\xbf\xbe") }, "T3" },
  { "6.23.1", { TEXT ("\xef\xbf\xb9") }, "T3" },
  { "6.23.7", { TEXT ("\xef\xbf\xbf") }, "T3" },
  /* 7: closing */
  { "7.1.1", { TEXT ("Hello"), CLOSE ("\x03\xe8") }, "T5 X1000" },
  { "7.1.2", { CLOSE ("\x03\xe8"), CLOSE ("\x03\xe8") }, "X1000" },
  { "7.1.3", { CLOSE ("\x03\xe8"), PING ("") }, "X1000" },
  { "7.1.5", { TEXT_PART ("fragment1"), CLOSE ("\x03\xe8"), LAST ("fragment2") }, "X1000" },
  { "7.3.1", { CLOSE ("") }, "X0" },
  { "7.3.2", { CLOSE ("a") }, "!1002" },
  { "7.3.3", { CLOSE ("\x03\xe8") }, "X1000" },
  { "7.3.4",
    { CLOSE ("\x03\xe8"
             "Hello World!") },
    "X1000" },
  { "7.3.6", { FILLED (EIO_WS_CLOSE, 126) }, "!1002" },
  { "7.5.1",
    { CLOSE ("\x03\xe8" KOSME "\xed\xa0\x80"
             "edited") },
    "!1002" },
  { "7.7.1", { CLOSE ("\x03\xe8") }, "X1000" },
  { "7.7.2", { CLOSE ("\x03\xe9") }, "X1001" },
  { "7.7.3", { CLOSE ("\x03\xea") }, "X1002" },
  { "7.7.4", { CLOSE ("\x03\xeb") }, "X1003" },
  { "7.7.5", { CLOSE ("\x03\xef") }, "X1007" },
  { "7.7.6", { CLOSE ("\x03\xf0") }, "X1008" },
  { "7.7.7", { CLOSE ("\x03\xf1") }, "X1009" },
  { "7.7.8", { CLOSE ("\x03\xf2") }, "X1010" },
  { "7.7.9", { CLOSE ("\x03\xf3") }, "X1011" },
  { "7.7.10", { CLOSE ("\x0b\xb8") }, "X3000" },
  { "7.7.11", { CLOSE ("\x0f\x9f") }, "X3999" },
  { "7.7.12", { CLOSE ("\x0f\xa0") }, "X4000" },
  { "7.7.13", { CLOSE ("\x13\x87") }, "X4999" },
  { "7.9.1", { CLOSE ("\x00\x00") }, "!1002" },
  { "7.9.2", { CLOSE ("\x03\xe7") }, "!1002" },
  { "7.9.3", { CLOSE ("\x03\xec") }, "!1002" },
  { "7.9.4", { CLOSE ("\x03\xed") }, "!1002" },
  { "7.9.5", { CLOSE ("\x03\xee") }, "!1002" },
  { "7.9.6", { CLOSE ("\x03\xf8") }, "!1002" },
  { "7.9.7", { CLOSE ("\x04\x4c") }, "!1002" },
  { "7.9.8", { CLOSE ("\x07\xd0") }, "!1002" },
  { "7.9.9", { CLOSE ("\x0b\xb7") }, "!1002" },
  { "7.13.1", { CLOSE ("\x13\x88") }, "!1002" },
  { "7.13.2", { CLOSE ("\xff\xff") }, "!1002" },
  /* 9: large messages */
  { "9.1.1", { FILLED (EIO_WS_TEXT, 65536) }, "T65536" },
  { "9.1.3", { FILLED (EIO_WS_TEXT, 1048576) }, "T1048576" },
  { "9.1.6", { FILLED (EIO_WS_TEXT, 16777216) }, "T16777216" },
  { "9.2.3", { FILLED (EIO_WS_BINARY, 1048576) }, "B1048576" },
  { "9.2.6", { FILLED (EIO_WS_BINARY, 16777216) }, "B16777216" },
  /* 10.1.1 is fragments that the receiver cuts as it likes: see the pieces below */
};

static gboolean
is_there (const Frame *frame)
{
  return frame->first != 0 || frame->data != NULL;
}

static void
append_frame (GByteArray *out, const Frame *frame)
{
  static const guint8 key[4] = { 0x37, 0xfa, 0x21, 0x3d };
  guint8 header[EIO_WS_MAX_HEADER];
  gsize header_size = eio_ws_write_header (header, frame->first & 0xf, frame->size);
  guint at;

  header[0] = frame->first;
  header[1] |= 0x80;
  g_byte_array_append (out, header, header_size);
  g_byte_array_append (out, key, sizeof key);
  at = out->len;
  g_byte_array_set_size (out, at + frame->size);
  for (gsize i = 0; i < frame->size; i++)
    out->data[at + i] = (guint8) (frame->data != NULL ? frame->data[i] : '*') ^ key[i % 4];
}

static void
describe (GString *log, const EioWsMessage *message)
{
  static const char letters[] = { [EIO_WS_TEXT] = 'T',
                                  [EIO_WS_BINARY] = 'B',
                                  [EIO_WS_CLOSE] = 'X',
                                  [EIO_WS_PING] = 'P',
                                  [EIO_WS_PONG] = 'O' };

  g_string_append_printf (log, "%s%c%zu", log->len > 0 ? " " : "", letters[message->opcode],
                          message->opcode == EIO_WS_CLOSE ? (gsize) message->code : message->size);
}

/* Feeds pieces of @piece bytes, and nothing behind a close frame, as a connection does. */
static char *
run (const GByteArray *bytes, gsize piece)
{
  g_autoptr (EioWsDeframer) deframer = eio_ws_deframer_new (MAX_MESSAGE);
  g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);
  GString *log = g_string_new (NULL);
  EioWsResult result = EIO_WS_NEED_MORE;
  gboolean closed = FALSE;

  for (gsize at = 0; at < bytes->len && result != EIO_WS_ERROR && !closed; at += piece)
    {
      guint8 *p = copy + at;
      EioWsMessage message;

      while (!closed
             && (result = eio_ws_deframer_next (deframer, &p, copy + MIN (at + piece, bytes->len),
                                                &message))
                    == EIO_WS_MESSAGE)
        {
          describe (log, &message);
          closed = message.opcode == EIO_WS_CLOSE;
        }
    }
  if (result == EIO_WS_ERROR)
    g_string_append_printf (log, "%s!%u", log->len > 0 ? " " : "",
                            eio_ws_deframer_get_code (deframer));
  return g_string_free (log, FALSE);
}

/* Whole, in chops of a few bytes, and byte by byte: 2.6, 5.4, 5.7, 6.2.3, 9.7 and their like. */
static void
test_case (gconstpointer data)
{
  const Frame *frames = cases[GPOINTER_TO_UINT (data)].frames;
  const gsize pieces[] = { G_MAXUINT32, 64, 997, 1 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases[0].frames) && is_there (&frames[i]); i++)
    append_frame (bytes, &frames[i]);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    if (pieces[i] > 64 || bytes->len < 100000)
      {
        g_autofree char *got = run (bytes, pieces[i]);

        g_assert_cmpstr (got, ==, cases[GPOINTER_TO_UINT (data)].out);
      }
}

/* 9.3 and 9.4: 4 MiB in fragments of one size; 9.5: chops on the way. */
static void
test_fragments (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  guint n = 4194304 / size;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *got = NULL;

  for (guint i = 0; i < n; i++)
    {
      const Frame frame
          = { (i == 0 ? EIO_WS_TEXT : EIO_WS_CONTINUATION) | (i == n - 1 ? FIN : 0), NULL, size };

      append_frame (bytes, &frame);
    }
  got = run (bytes, 1024);
  g_assert_cmpstr (got, ==, n <= EIO_WS_MAX_FRAGMENTS ? "T4194304" : "!1009");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engineio/ws-conformance/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  /* Small fragments are refused where Autobahn would like them to be taken: 64 are enough. */
  g_test_add_data_func ("/engineio/ws-conformance/9.3.1", GSIZE_TO_POINTER (64), test_fragments);
  g_test_add_data_func ("/engineio/ws-conformance/9.3.6", GSIZE_TO_POINTER (65536), test_fragments);
  g_test_add_data_func ("/engineio/ws-conformance/9.3.9", GSIZE_TO_POINTER (4194304),
                        test_fragments);
  return g_test_run ();
}
