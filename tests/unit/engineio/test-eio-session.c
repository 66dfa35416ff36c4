/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Scripts. What goes in: "<2" a packet by the current transport ("<" and nothing: garbage), "c<2probe" by
 * the candidate, "candidate", "cgone", "gone", "slow", "stuck" (no progress from now on), "ping!" "upgrade!"
 * "close!" the timers, "end" / "end+" close with nothing / something queued, "drained".
 * What comes out: ">2" sent, "msg:x" delivered, "probe" "adopt" "drop", "refused" a candidate,
 * "h=25" "u=10" "c=30" timers in seconds (0: disarmed), "closed:reason" with "?" when not graceful.
 */
#include "engineio/eio-session.h"

#include <string.h>

typedef struct {
  EioSession session;
  GString *log;
  gboolean stuck;
} World;

static const struct {
  const char *name;
  EioTransports transport;
  const char *in;
  const char *out;
} rows[] = {
  { "heartbeat", EIO_TRANSPORT_WEBSOCKET, "ping! <3 ping!", "h=20 >2 h=25 h=20 >2" },
  { "missed pong", EIO_TRANSPORT_WEBSOCKET, "ping! ping!", "h=20 >2 h=0 u=0 c=0 closed:ping timeout?" },
  { "pong unasked", EIO_TRANSPORT_POLLING, "<3 <3abc", "h=25 h=25" },
  { "messages are no pong", EIO_TRANSPORT_WEBSOCKET, "ping! <4a ping!",
    "h=20 >2 msg:a h=0 u=0 c=0 closed:ping timeout?" },
  { "message", EIO_TRANSPORT_POLLING, "<4abc <4", "msg:abc msg:" },
  { "client pings", EIO_TRANSPORT_POLLING, "<2", "h=0 u=0 c=0 closed:transport error" },
  { "client pings with data", EIO_TRANSPORT_WEBSOCKET, "<2probe", "h=0 u=0 c=0 closed:transport error" },
  { "client closes", EIO_TRANSPORT_WEBSOCKET, "<1 <4a", "h=0 u=0 c=0 closed:transport close" },
  { "ignored", EIO_TRANSPORT_POLLING, "<0{} <5 <6", "" },
  { "garbage", EIO_TRANSPORT_POLLING, "< <4a", "h=0 u=0 c=0 closed:parse error" },
  { "transport gone", EIO_TRANSPORT_WEBSOCKET, "gone gone", "h=0 u=0 c=0 closed:transport error?" },
  { "too slow", EIO_TRANSPORT_WEBSOCKET, "slow", "h=0 u=0 c=0 closed:too slow?" },
  { "no progress", EIO_TRANSPORT_WEBSOCKET, "stuck ping!", "h=0 u=0 c=0 closed:too slow?" },

  { "upgrade", EIO_TRANSPORT_POLLING, "candidate c<2probe <4a c<5 <4b",
    "u=10 probe msg:a u=0 adopt msg:b" },
  { "upgrade then again", EIO_TRANSPORT_POLLING, "candidate c<2probe c<5 candidate",
    "u=10 probe u=0 adopt refused" },
  { "two candidates", EIO_TRANSPORT_POLLING, "candidate candidate", "u=10 refused" },
  { "websocket session", EIO_TRANSPORT_WEBSOCKET, "candidate", "refused" },
  { "other probe", EIO_TRANSPORT_POLLING, "candidate c<2nope <4a", "u=10 u=0 drop msg:a" },
  { "empty probe", EIO_TRANSPORT_POLLING, "candidate c<2", "u=10 u=0 drop" },
  { "message before the probe", EIO_TRANSPORT_POLLING, "candidate c<4a", "u=10 u=0 drop" },
  { "garbage from the candidate", EIO_TRANSPORT_POLLING, "candidate c<", "u=10 u=0 drop" },
  { "upgrade without probe", EIO_TRANSPORT_POLLING, "candidate c<5", "u=10 u=0 drop" },
  { "probe twice", EIO_TRANSPORT_POLLING, "candidate c<2probe c<2probe", "u=10 probe u=0 drop" },
  { "message after the probe", EIO_TRANSPORT_POLLING, "candidate c<2probe c<4a",
    "u=10 probe u=0 drop" },
  { "second attempt", EIO_TRANSPORT_POLLING, "candidate c<2nope candidate c<2probe c<5",
    "u=10 u=0 drop u=10 probe u=0 adopt" },
  { "upgrade too slow", EIO_TRANSPORT_POLLING, "candidate c<2probe upgrade! <4a",
    "u=10 probe u=0 drop msg:a" },
  { "candidate gone", EIO_TRANSPORT_POLLING, "candidate c<2probe cgone cgone <4a",
    "u=10 probe u=0 drop msg:a" },
  { "closed while upgrading", EIO_TRANSPORT_POLLING, "candidate c<2probe <1",
    "u=10 probe u=0 drop h=0 u=0 c=0 closed:transport close" },
  { "end while upgrading", EIO_TRANSPORT_POLLING, "candidate end+ candidate drained",
    "u=10 u=0 drop h=0 c=30 refused h=0 u=0 c=0 closed:forced close" },
  { "end after the probe", EIO_TRANSPORT_POLLING, "candidate c<2probe end+ <4a c<5 c<5",
    "u=10 probe h=0 c=30 u=0 adopt h=0 u=0 c=0 closed:forced close" },
  { "end after the probe, candidate gone", EIO_TRANSPORT_POLLING, "candidate c<2probe end+ cgone drained",
    "u=10 probe h=0 c=30 u=0 drop h=0 u=0 c=0 closed:forced close" },

  { "end", EIO_TRANSPORT_WEBSOCKET, "end end <4a", "h=0 u=0 c=0 closed:forced close" },
  { "end with something queued", EIO_TRANSPORT_POLLING, "end+ <4a <3 drained drained",
    "h=0 c=30 h=0 u=0 c=0 closed:forced close" },
  { "end, never fetched", EIO_TRANSPORT_POLLING, "end+ close!",
    "h=0 c=30 h=0 u=0 c=0 closed:forced close?" },
  { "end, then gone", EIO_TRANSPORT_POLLING, "end+ gone",
    "h=0 c=30 h=0 u=0 c=0 closed:forced close?" },
  { "end, then the client closes", EIO_TRANSPORT_POLLING, "end+ <1",
    "h=0 c=30 h=0 u=0 c=0 closed:transport close" },
  { "drained while open", EIO_TRANSPORT_POLLING, "drained <4a", "msg:a" },
  { "timers after the end", EIO_TRANSPORT_POLLING, "end ping! upgrade! close!",
    "h=0 u=0 c=0 closed:forced close" },
};

static void
note (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (World *world, const char *format, ...)
{
  va_list args;

  if (world->log->len > 0)
    g_string_append_c (world->log, ' ');
  va_start (args, format);
  g_string_append_vprintf (world->log, format, args);
  va_end (args);
}

static void
on_send (EioPacketType type, gpointer world)
{
  note (world, ">%d", type);
}

static void
on_deliver (GBytes *data, gboolean binary, gpointer world)
{
  note (world, "msg:%.*s", (int) g_bytes_get_size (data),
        (const char *) g_bytes_get_data (data, NULL));
}

static void
on_answer_probe (gpointer world)
{
  note (world, "probe");
}

static void
on_adopt (gpointer world)
{
  note (world, "adopt");
}

static void
on_drop (gpointer world)
{
  note (world, "drop");
}

static gboolean
on_check_progress (gpointer world)
{
  return !((World *) world)->stuck;
}

static void
on_set_timer (EioSessionTimer timer, guint ms, gpointer world)
{
  note (world, "%c=%u", "huc"[timer], ms / 1000);
}

static void
on_closed (EioCloseReason reason, gboolean graceful, gpointer world)
{
  note (world, "closed:%s%s", eio_close_reason_to_string (reason), graceful ? "" : "?");
}

static const EioSessionFuncs funcs = {
  on_send, on_deliver, on_answer_probe, on_adopt, on_drop, on_check_progress, on_set_timer, on_closed,
};

static void
receive (World *world, const char *text, gboolean candidate)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_auto (EioPacket) packet = EIO_PACKET_INIT;
  gboolean good = eio_packet_decode_text (bytes, &packet, NULL);

  if (candidate)
    eio_session_receive_candidate (&world->session, good ? &packet : NULL);
  else if (good)
    eio_session_receive (&world->session, &packet);
  else
    eio_session_receive_garbage (&world->session);
}

static void
act (World *world, const char *word)
{
  EioSession *session = &world->session;

  if (word[0] == '<')
    receive (world, word + 1, FALSE);
  else if (g_str_has_prefix (word, "c<"))
    receive (world, word + 2, TRUE);
  else if (g_str_equal (word, "candidate"))
    {
      if (!eio_session_take_candidate (session))
        note (world, "refused");
    }
  else if (g_str_equal (word, "cgone"))
    eio_session_candidate_gone (session);
  else if (g_str_equal (word, "gone"))
    eio_session_transport_gone (session, EIO_CLOSE_REASON_TRANSPORT_ERROR);
  else if (g_str_equal (word, "slow"))
    eio_session_too_slow (session);
  else if (g_str_equal (word, "stuck"))
    world->stuck = TRUE;
  else if (g_str_equal (word, "ping!"))
    eio_session_expire (session, EIO_SESSION_TIMER_HEARTBEAT);
  else if (g_str_equal (word, "upgrade!"))
    eio_session_expire (session, EIO_SESSION_TIMER_UPGRADE);
  else if (g_str_equal (word, "close!"))
    eio_session_expire (session, EIO_SESSION_TIMER_CLOSE);
  else if (g_str_equal (word, "drained"))
    eio_session_drained (session);
  else if (g_str_has_prefix (word, "end"))
    eio_session_close (session, word[3] == '+');
  else
    g_error ("Unknown word %s", word);
}

static void
world_set_up (World *world, EioTransports transport, gboolean allow_upgrades)
{
  const EioSessionOptions options = {
    .ping_interval = 25000, .ping_timeout = 20000, .upgrade_timeout = 10000,
    .allow_upgrades = allow_upgrades,
  };

  *world = (World) { .log = g_string_new (NULL) };
  eio_session_init (&world->session, &funcs, world, &options, transport);
  g_assert_cmpstr (world->log->str, ==, "h=25");
  g_string_truncate (world->log, 0);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) words = g_strsplit (rows[i].in, " ", -1);
      World world;

      g_test_message ("%s", rows[i].name);
      world_set_up (&world, rows[i].transport, TRUE);
      for (guint k = 0; words[k] != NULL; k++)
        act (&world, words[k]);
      g_assert_cmpstr (world.log->str, ==, rows[i].out);
      g_string_free (world.log, TRUE);
    }
}

static void
test_no_upgrades (void)
{
  World world;

  world_set_up (&world, EIO_TRANSPORT_POLLING, FALSE);
  act (&world, "candidate");
  g_assert_cmpstr (world.log->str, ==, "refused");
  g_string_free (world.log, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/session/rows", test_rows);
  g_test_add_func ("/engineio/session/no-upgrades", test_no_upgrades);
  return g_test_run ();
}
