/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * swarm: a server of one board that means no good, with members of whom some do not either. It prints the
 * link to join by, and does what lines on standard input ask for, each answered by "done":
 *
 *   casts        every malformed cast, from everybody
 *   ops          every malformed op
 *   talk         messages that a careless program would take for markup, commands or links
 *   cursors MS   moves everybody's cursor for so long, ten thousand times a second in all
 *   ink MS       the same with wet strokes
 *   react        reactions, raised hands, lasers, selections of everybody
 *   quit
 *
 * usage: swarm PEOPLE [plain]: plain: ordinary names
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../loop/sync/fake-server.h"
#include "board/board-cast.h"
#include "board/board-op.h"
#include "board/board-seal.h"
#include "json/wire-json.h"

#define TICK_MS 10
#define CASTS_PER_TICK 100 /* ten thousand a second */

typedef struct {
  char *id;
  BoardKey seed;
  uint64_t counter;
  double x, y;
} Stranger;

typedef struct {
  GMainLoop *loop;
  FakeServer *server;
  GArray *people; /* Stranger */
  gint64 until;   /* of a flood, monotonic us */
  guint next;
  gboolean ink;
} Swarm;

static const char *const bad_names[] = {
  "<b>bold</b>",
  "&amp; <span size='2147483647'>W</span>",
  "<a href='javascript:alert(1)'>click</a>",
  "%s%n%x %1000000d",
  "\x1b[31mred\x1b[0m\r\nHost: me",
  "\u202egnp.exe\u2066",
  "\u200b\u200c\u200d",
  "\u0410da", /* a Cyrillic A */
  "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
  "_mnemonic _names",
  "",
};

static const char *const bad_casts[] = {
  "", "{}", "[]", "null", "{\"k\":1}", "{\"k\":\"\"}", "{\"k\":\"cursor\",\"x\":1}",
  "{\"k\":\"cursor\",\"x\":1e308,\"y\":0}", "{\"k\":\"cursor\",\"x\":-1e308,\"y\":1e308}",
  "{\"k\":\"cursor\",\"x\":\"1\",\"y\":0}", "{\"k\":\"cursor\",\"x\":NaN,\"y\":0}",
  "{\"k\":\"ink\"}",
  "{\"k\":\"ink\",\"id\":\"../x\",\"color\":\"red\",\"width\":1e9,\"x\":0,\"y\":0,\"from\":-1,\"points\":\"!\"}",
  "{\"k\":\"ink\",\"id\":\"a\",\"color\":\"#ff0000\",\"width\":1e308,\"x\":1e308,\"y\":0,\"from\":0,\"points\":\"AAE\"}",
  "{\"k\":\"ink-end\",\"id\":7}", "{\"k\":\"laser\"}", "{\"k\":\"laser\",\"points\":\"////////////\"}",
  "{\"k\":\"reaction\",\"text\":\"\"}", "{\"k\":\"reaction\",\"text\":\"<b>0123456789012345678901234567890</b>\"}",
  "{\"k\":\"reaction\",\"text\":\"<b>\",\"x\":1e300,\"y\":1e300}",
  "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":0,\"height\":-1}",
  "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":1e300,\"height\":1e300,\"call\":true}",
  "{\"k\":\"selection\",\"ids\":\"all\"}", "{\"k\":\"selection\",\"ids\":[1,2]}",
  "{\"k\":\"hand\",\"on\":1}", "{\"k\":\"present\"}", "{\"k\":\"away\",\"on\":\"yes\"}", "{\"k\":\"typing\",\"on\":[]}",
  "{\"k\":\"say\",\"id\":\"a\",\"text\":\"not in a cast for all\"}",
  "{\"k\":\"who-knows\",\"x\":[[[[[[[[[[]]]]]]]]]]}",
};

static const char *const bad_ops[] = {
  "", "{}", "[]", "null", "{\"c\":1}", "{\"c\":[1]}", "{\"c\":[[]]}", "{\"c\":[[\"+\"]]}", "{\"c\":[[\"+\",{}]]}",
  "{\"c\":[[\"+\",{\"id\":\"../x\",\"type\":\"rectangle\",\"index\":\"a0\"}]]}",
  "{\"c\":[[\"+\",{\"id\":\"a\",\"type\":\"freedraw\",\"index\":\"a0\",\"x\":1e308,\"y\":0,\"points\":\"AAE\"}]]}",
  "{\"c\":[[\"+\",{\"id\":\"b\",\"type\":\"ellipse\",\"index\":\"a0\",\"x\":0,\"y\":0,\"width\":1e308,\"height\":1,\"angle\":1e18}]]}",
  "{\"c\":[[\"+\",{\"id\":\"c\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"opacity\":2e9}]]}",
  "{\"c\":[[\"+\",{\"id\":\"d\",\"type\":\"rectangle\",\"index\":\"a0\",\"x\":0,\"y\":0,\"strokeColor\":\"url(x)\"}]]}",
  "{\"c\":[[\"+\",{\"id\":\"e\",\"type\":\"text\",\"index\":\"a0\",\"x\":0,\"y\":0,\"text\":7}]]}",
  "{\"c\":[[\"=\",\"nobody\",{\"x\":1}]]}", "{\"c\":[[\"=\",\"nobody\",{\"__proto__\":1}]]}", "{\"c\":[[\"-\"]]}",
  "{\"c\":[[\"title\",\"\\u0007\"]]}", "{\"c\":[[\"title\",7]]}", "{\"c\":[[\"chat\",{\"id\":\"x\"}]]}",
  "{\"c\":[[\"chat-edit\",\"x\",\"y\"]]}", "{\"c\":[[\"poll\",{\"question\":1}]]}", "{\"c\":[[\"timer\",{\"ms\":-1}]]}",
  "{\"c\":[[\"timer\",{\"ms\":1e308}]]}", "{\"c\":[[\"who-knows\",[[[[[[]]]]]]]]}",
};

/* Sealed by nobody. */
static const char *const bad_bodies[] = { "AAAA", "AQIDBAUGBwgJ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

static const char *const bad_talk[] = {
  "<b>bold</b> & <i>", "<a href='file:///etc/passwd'>open</a>", "<span size='2147483647'>W</span>",
  "javascript:alert(1) file:///etc/passwd smb://host drawbridge://host/x",
  "https://example.org/<b>?a=1&b=2 http://user@host/ https://[::1]/", "\u202egnp.exe\u2066 \x1b[31mred",
  "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
  "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
  "%s%n%s%n", "line\nline\nline\nline\nline\nline\nline\nline\nline\nline\nline\nline\nline\nline\nline\nline",
  "@Ada @ada <b>you</b>",
};

/* --- Strangers ---------------------------------------------------------------------------------- */

static void
add_stranger (Swarm *swarm, const char *name, guint n)
{
  Stranger stranger = { .x = 100 + 60 * (n % 13), .y = 80 + 90 * (n / 13) };
  g_autoptr (GString) profile = g_string_new ("{\"name\":");
  BoardKey public_key;

  board_key_generate (&stranger.seed);
  board_key_public (&stranger.seed, &public_key);
  stranger.id = board_key_to_text (&public_key);
  wire_json_append_string (profile, name);
  g_string_append_printf (profile, ",\"color\":\"#%02x%02x%02x\"}", 40 + n * 37 % 160, 40 + n * 71 % 160,
                          40 + n * 113 % 160);
  g_hash_table_insert (swarm->server->profiles, g_strdup (stranger.id),
                       board_seal_profile (&swarm->server->link->key, swarm->server->link->board,
                                           stranger.id, profile->str));
  g_array_append_val (swarm->people, stranger);
}

static void
add_people (Swarm *swarm, guint n, gboolean plain)
{
  static const char *const first[] = { "Ada", "Alan", "Barbara", "Dennis", "Edsger", "Frances", "Grace", "Hedy",
                                       "Joan", "Katherine", "Konrad", "Margaret", "Radia" };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %c.", first[i % G_N_ELEMENTS (first)], 'A' + (int) (i / 13));

      add_stranger (swarm, plain || i >= G_N_ELEMENTS (bad_names) ? name : bad_names[i], i);
    }
}

/* --- Casts -------------------------------------------------------------------------------------- */

static void
append_cast (Swarm *swarm, GString *entries, const Stranger *from, const char *text)
{
  g_autofree char *body = board_seal_cast (&swarm->server->link->key, swarm->server->link->board, from->id,
                                           text);
  BoardEntry entry = { from->id, 0, 0, body };

  if (body == NULL)
    return;
  if (entries->len > 1)
    g_string_append_c (entries, ',');
  board_cast_entry_append (entries, &entry);
}

static void
emit_casts (Swarm *swarm, GString *entries)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  g_string_append_c (entries, ']');
  sio_args_add_json (args, entries->str, (gssize) entries->len);
  fake_server_emit (swarm->server, BOARD_EVENT_CAST, args);
}

static void
send_bad_casts (Swarm *swarm)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_casts); i++)
    {
      g_autoptr (GString) entries = g_string_new ("[");

      for (guint k = 0; k < swarm->people->len; k++)
        append_cast (swarm, entries, &g_array_index (swarm->people, Stranger, k), bad_casts[i]);
      emit_casts (swarm, entries);
    }
}

/* cast: taken over. */
static void
append_good_cast (Swarm *swarm, GString *entries, const Stranger *from, BoardCast *cast)
{
  g_autofree char *text = board_cast_to_json (cast);

  append_cast (swarm, entries, from, text);
  board_cast_free (cast);
}

static BoardCast *
make_cursor (const Stranger *who)
{
  BoardCast *cast = board_cast_new (BOARD_CAST_CURSOR);

  cast->has_place = TRUE;
  cast->x = who->x;
  cast->y = who->y;
  return cast;
}

static char *
make_ink (const Stranger *who, guint n)
{
  const BoardPoint points[] = { { 0, 0, 0.5f, 0, 0, 0 }, { 12, 9, 0.5f, 0, 0, 10 } };
  g_autoptr (BoardStroke) stroke = board_stroke_new (points, G_N_ELEMENTS (points));
  g_autofree char *packed = board_stroke_pack (stroke);

  return g_strdup_printf ("{\"k\":\"ink\",\"id\":\"w%u\",\"color\":\"#aa2233\",\"width\":3,\"x\":%d,\"y\":%d,"
                          "\"from\":0,\"points\":\"%s\"}",
                          n, (int) who->x, (int) who->y, packed);
}

static gboolean
on_flood (gpointer data)
{
  Swarm *swarm = data;
  g_autoptr (GString) entries = g_string_new ("[");

  if (g_get_monotonic_time () >= swarm->until)
    {
      printf ("done\n");
      fflush (stdout);
      return G_SOURCE_REMOVE;
    }
  for (guint i = 0; i < CASTS_PER_TICK; i++)
    {
      Stranger *who = &g_array_index (swarm->people, Stranger, swarm->next++ % swarm->people->len);

      who->x += 5 * sin (swarm->next);
      who->y += 5 * cos (swarm->next);
      if (swarm->ink)
        {
          g_autofree char *text = make_ink (who, swarm->next);

          append_cast (swarm, entries, who, text);
        }
      else
        append_good_cast (swarm, entries, who, make_cursor (who));
    }
  emit_casts (swarm, entries);
  return G_SOURCE_CONTINUE;
}

static void
flood (Swarm *swarm, int ms, gboolean ink)
{
  swarm->ink = ink;
  swarm->until = g_get_monotonic_time () + (gint64) ms * 1000;
  g_timeout_add (TICK_MS, on_flood, swarm);
}

static void
react (Swarm *swarm)
{
  static const char *const signs[] = { "👍", "❤️", "😂", "🎉", "<b>" };
  g_autoptr (GString) entries = g_string_new ("[");

  for (guint i = 0; i < swarm->people->len; i++)
    {
      const Stranger *who = &g_array_index (swarm->people, Stranger, i);
      BoardCast *cast = board_cast_new (i % 4 == 0 ? BOARD_CAST_HAND : BOARD_CAST_REACTION);

      cast->on = TRUE;
      cast->has_place = cast->type == BOARD_CAST_REACTION;
      cast->x = who->x;
      cast->y = who->y;
      if (cast->type == BOARD_CAST_REACTION)
        cast->text = g_strdup (signs[i % G_N_ELEMENTS (signs)]);
      append_good_cast (swarm, entries, who, cast);
    }
  emit_casts (swarm, entries);
}

/* --- Ops ---------------------------------------------------------------------------------------- */

static Stranger *
pick (Swarm *swarm, guint i)
{
  return &g_array_index (swarm->people, Stranger, i % swarm->people->len);
}

static void
send_bad_ops (Swarm *swarm)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_ops); i++)
    {
      Stranger *who = pick (swarm, i);

      fake_server_add_op (swarm->server, &who->seed, ++who->counter, bad_ops[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_bodies); i++)
    {
      Stranger *who = pick (swarm, i);

      fake_server_add_body (swarm->server, who->id, ++who->counter, bad_bodies[i]);
    }
}

static void
send_talk (Swarm *swarm)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_talk); i++)
    {
      Stranger *who = pick (swarm, i);
      g_autoptr (BoardOp) op = board_op_new ();
      g_autofree char *text = NULL;

      board_op_chat (op, bad_talk[i]);
      text = board_op_to_json (op);
      fake_server_add_op (swarm->server, &who->seed, ++who->counter, text);
    }
}

/* --- Asked -------------------------------------------------------------------------------------- */

static gboolean
do_line (Swarm *swarm, const char *line)
{
  int ms = 0;

  if (sscanf (line, "cursors %d", &ms) == 1 || sscanf (line, "ink %d", &ms) == 1)
    {
      flood (swarm, ms, g_str_has_prefix (line, "ink"));
      return TRUE; /* done later */
    }
  if (g_str_equal (line, "quit"))
    g_main_loop_quit (swarm->loop);
  else if (g_str_equal (line, "casts"))
    send_bad_casts (swarm);
  else if (g_str_equal (line, "ops"))
    send_bad_ops (swarm);
  else if (g_str_equal (line, "talk"))
    send_talk (swarm);
  else if (g_str_equal (line, "react"))
    react (swarm);
  else
    g_printerr ("what is \"%s\"?\n", line);
  printf ("done\n");
  fflush (stdout);
  return TRUE;
}

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  Swarm *swarm = data;
  g_autofree char *line = NULL;
  gsize end;

  if (g_io_channel_read_line (channel, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (swarm->loop);
      return G_SOURCE_REMOVE;
    }
  line[end] = '\0';
  return do_line (swarm, line);
}

static void
stranger_clear (gpointer data)
{
  g_free (((Stranger *) data)->id);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) CLAMP (atoi (argv[1]), 1, 1000) : 20;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autofree char *link = NULL;
  Swarm swarm = { 0 };

  swarm.loop = g_main_loop_new (NULL, FALSE);
  swarm.server = fake_server_new ();
  swarm.people = g_array_new (FALSE, FALSE, sizeof (Stranger));
  g_array_set_clear_func (swarm.people, stranger_clear);
  add_people (&swarm, n, argc > 2 && g_str_equal (argv[2], "plain"));
  link = board_link_to_text (swarm.server->link);
  printf ("link %s\n", link);
  fflush (stdout);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, &swarm);
  g_main_loop_run (swarm.loop);
  g_array_unref (swarm.people);
  fake_server_free (swarm.server);
  g_main_loop_unref (swarm.loop);
  return 0;
}
