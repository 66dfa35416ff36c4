/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bot: a person without a screen: the app's own session, driven by lines on standard input, telling
 * what happens in JSON lines on standard output.
 *
 *   draw RATE     draws RATE changes a second, until "draw 0"
 *   burst N       draws N changes at once
 *   plant WORD    makes it the title, says it, writes it on a note, and in a blob
 *   count WORD    says in how many places it is: title, messages, elements, names of others
 *   connect, disconnect, reconnect
 *   state         says where it stands: share, waiting, seq, elements, hash
 *   quit          closes the board and ends
 */
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json/wire-json.h"
#include "sync/draw-session-blob.h"
#include "sync/draw-session-past.h"
#include "sync/draw-session.h"

static char *directory, *link_text, *file, *origin, *name;
static gboolean offline;
static int seed;
static double rate;

static const GOptionEntry options[] = {
  { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "Where boards are kept", "DIR" },
  { "join", 'j', 0, G_OPTION_ARG_STRING, &link_text, "Join the board of this link", "LINK" },
  { "open", 'o', 0, G_OPTION_ARG_FILENAME, &file, "Open the board in this file", "FILE" },
  { "share", 's', 0, G_OPTION_ARG_STRING, &origin, "Share a new board at this server", "ORIGIN" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &name, "What others call the bot", "NAME" },
  { "offline", 0, 0, G_OPTION_ARG_NONE, &offline, "Do not connect", NULL },
  { "rate", 'r', 0, G_OPTION_ARG_DOUBLE, &rate, "Changes a second from the start", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of what is drawn", "N" },
  { NULL },
};

typedef struct {
  GMainLoop *loop;
  DrawSession *session;
  GRand *rand;
  GDataInputStream *input;
  guint timer;
} Bot;

/* --- Telling ------------------------------------------------------------------------------------ */

static void G_GNUC_PRINTF (1, 2)
say (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  printf ("%s\n", line);
  fflush (stdout);
}

static char *
quote (const char *text)
{
  GString *out = g_string_new (NULL);

  wire_json_append_string (out, text != NULL ? text : "");
  return g_string_free (out, FALSE);
}

static void
say_state (Bot *bot)
{
  static const char *const names[] = { "local", "connecting", "online", "offline", "refused" };
  BoardReplica *replica = draw_session_get_replica (bot->session);
  g_autofree char *hash = board_replica_dup_visible_hash (replica);

  say ("{\"event\":\"state\",\"share\":\"%s\",\"blobs\":%u,\"waiting\":%u,\"pending\":%u,\"seq\":%" G_GUINT64_FORMAT
       ",\"elements\":%u,\"hash\":\"%s\"}",
       names[draw_session_get_share_state (bot->session)],
       draw_session_get_n_blobs_waiting (bot->session), draw_session_get_n_waiting (bot->session),
       board_replica_get_n_pending (replica), (guint64) board_replica_get_seq (replica),
       board_document_get_n_elements (draw_session_get_document (bot->session)), hash);
}

static void
say_ready (Bot *bot)
{
  const BoardLink *link = draw_session_get_link (bot->session);
  g_autofree char *text = link != NULL ? board_link_to_text (link) : g_strdup ("");
  g_autofree char *path = quote (draw_session_get_path (bot->session));

  say ("{\"event\":\"ready\",\"member\":\"%s\",\"board\":\"%s\",\"link\":\"%s\",\"path\":%s}",
       draw_session_get_member (bot->session), draw_session_get_board (bot->session), text, path);
}

static void
on_acknowledged (Bot *bot, guint64 counter, guint64 seq)
{
  say ("{\"event\":\"acknowledged\",\"counter\":%" G_GUINT64_FORMAT ",\"seq\":%" G_GUINT64_FORMAT "}",
       counter, seq);
}

static void
on_trouble (Bot *bot, GError *error)
{
  g_autofree char *message = quote (error->message);

  say ("{\"event\":\"trouble\",\"message\":%s}", message);
}

/* --- Drawing ------------------------------------------------------------------------------------ */

static void
add_stroke (Bot *bot, BoardOp *op)
{
  static const char *const colors[] = { "#1a5fb4", "#26a269", "#a51d2d" };
  BoardPoint points[24] = { 0 };
  double x = g_rand_double_range (bot->rand, -2000, 2000);
  double y = g_rand_double_range (bot->rand, -2000, 2000);
  double angle = g_rand_double_range (bot->rand, 0, 2 * G_PI);
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (draw_session_get_document (bot->session));
  g_autoptr (BoardElement) element = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      points[i].x = x;
      points[i].y = y;
      points[i].pressure = 0.5f;
      points[i].time = i * 8;
      angle += g_rand_double_range (bot->rand, -0.5, 0.5);
      x += 10 * cos (angle);
      y += 10 * sin (angle);
    }
  element = board_element_new_freedraw (id, index, colors[g_rand_int_range (bot->rand, 0, 3)],
                                        g_rand_double_range (bot->rand, 1, 8), points,
                                        G_N_ELEMENTS (points));
  board_op_add_element (op, element);
}

static void
move_element (Bot *bot, BoardOp *op, BoardElement *element)
{
  g_autoptr (JsonObject) props = json_object_new ();

  json_object_set_double_member (props, "x",
                                 board_element_get_x (element) + g_rand_int_range (bot->rand, -50, 50));
  json_object_set_double_member (props, "y",
                                 board_element_get_y (element) + g_rand_int_range (bot->rand, -50, 50));
  board_op_set_props (op, board_element_get_id (element), props);
}

static BoardElement *
pick (Bot *bot)
{
  double x = g_rand_double_range (bot->rand, -2000, 2000), y = g_rand_double_range (bot->rand, -2000, 2000);

  return board_document_pick (draw_session_get_document (bot->session), x, y, 200);
}

static uint64_t
submit (Bot *bot, BoardOp *op)
{
  g_autoptr (GError) error = NULL;
  uint64_t counter = draw_session_submit (bot->session, op, &error);

  if (counter == 0)
    on_trouble (bot, error);
  return counter;
}

static void
draw_once (Bot *bot)
{
  guint64 next = board_replica_get_next_counter (draw_session_get_replica (bot->session));
  int kind = g_rand_int_range (bot->rand, 0, 20);
  BoardElement *element = kind < 5 ? pick (bot) : NULL;
  g_autoptr (BoardOp) op = board_op_new ();

  if (kind == 19)
    {
      draw_session_undo (bot->session);
      if (board_replica_get_next_counter (draw_session_get_replica (bot->session)) == next)
        return;
    }
  else
    {
      if (element == NULL)
        add_stroke (bot, op);
      else if (kind < 2)
        board_op_remove_element (op, board_element_get_id (element));
      else
        move_element (bot, op, element);
      if (submit (bot, op) == 0)
        return;
    }
  say ("{\"event\":\"submitted\",\"counter\":%" G_GUINT64_FORMAT "}", next);
}

static gboolean
on_draw_timer (gpointer data)
{
  Bot *bot = data;

  draw_session_send_cursor (bot->session, g_rand_double_range (bot->rand, -500, 500), 0);
  draw_once (bot);
  return G_SOURCE_CONTINUE;
}

static void
set_rate (Bot *bot, double per_second)
{
  g_clear_handle_id (&bot->timer, g_source_remove);
  if (per_second > 0)
    bot->timer = g_timeout_add ((guint) (1000 / per_second), on_draw_timer, bot);
}

/* --- Planting ----------------------------------------------------------------------------------- */

static void
on_blob (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = draw_session_put_blob_finish (DRAW_SESSION (source), result, &error);

  if (id == NULL)
    on_trouble (data, error);
}

static BoardElement *
new_note (Bot *bot, const char *text)
{
  g_autoptr (JsonObject) props = json_object_new ();
  g_autofree char *id = board_element_make_id ();
  g_autofree char *index = board_document_index_above (draw_session_get_document (bot->session));

  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "index", index);
  json_object_set_string_member (props, "type", "note");
  json_object_set_string_member (props, "text", text);
  json_object_set_int_member (props, "x", 0);
  json_object_set_int_member (props, "y", 0);
  json_object_set_int_member (props, "width", 200);
  json_object_set_int_member (props, "height", 100);
  return board_element_new (props, NULL);
}

static void
plant (Bot *bot, const char *word)
{
  guint64 next = board_replica_get_next_counter (draw_session_get_replica (bot->session));
  g_autoptr (BoardElement) note = new_note (bot, word);
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (word, strlen (word));

  board_op_set_title (op, word);
  board_op_chat (op, word);
  board_op_add_element (op, note);
  draw_session_put_blob_async (bot->session, bytes, NULL, on_blob, bot);
  if (submit (bot, op) > 0)
    say ("{\"event\":\"submitted\",\"counter\":%" G_GUINT64_FORMAT "}", next);
}

static gboolean
is_in_element (BoardElement *element, const char *word)
{
  JsonNode *text = board_element_get_prop (element, "text");

  return text != NULL && JSON_NODE_HOLDS_VALUE (text)
         && g_strcmp0 (json_node_get_string (text), word) == 0;
}

static guint
count_in_document (BoardDocument *document, const char *word)
{
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);
  guint n = strstr (board_document_get_title (document), word) != NULL;

  for (guint i = 0; i < elements->len; i++)
    n += is_in_element (g_ptr_array_index (elements, i), word);
  for (guint i = 0; i < board_document_get_n_chats (document); i++)
    {
      BoardChat chat;

      board_document_get_chat (document, i, &chat);
      n += strstr (chat.text, word) != NULL;
    }
  return n;
}

static void
say_count (Bot *bot, const char *word)
{
  GListModel *members = draw_session_get_members (bot->session);
  guint n = count_in_document (draw_session_get_document (bot->session), word);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      n += strstr (draw_member_get_name (member), word) != NULL;
    }
  say ("{\"event\":\"count\",\"n\":%u}", n);
}

/* --- Listening ---------------------------------------------------------------------------------- */

static gboolean
do_command (Bot *bot, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  double number = words[0] != NULL && words[1] != NULL ? g_ascii_strtod (words[1], NULL) : 0;

  if (g_strcmp0 (words[0], "draw") == 0)
    set_rate (bot, number);
  else if (g_strcmp0 (words[0], "burst") == 0)
    for (guint i = 0; i < (guint) number; i++)
      draw_once (bot);
  else if (g_strcmp0 (words[0], "plant") == 0 && words[1] != NULL)
    plant (bot, words[1]);
  else if (g_strcmp0 (words[0], "count") == 0 && words[1] != NULL)
    say_count (bot, words[1]);
  else if (g_strcmp0 (words[0], "connect") == 0)
    draw_session_connect (bot->session);
  else if (g_strcmp0 (words[0], "disconnect") == 0)
    draw_session_disconnect (bot->session);
  else if (g_strcmp0 (words[0], "reconnect") == 0)
    draw_session_reconnect_now (bot->session);
  else if (g_strcmp0 (words[0], "state") == 0)
    say_state (bot);
  else
    return FALSE;
  return TRUE;
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Bot *bot = data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (bot->input, result, NULL, NULL);

  if (line == NULL || !do_command (bot, line))
    g_main_loop_quit (bot->loop);
  else
    g_data_input_stream_read_line_async (bot->input, G_PRIORITY_DEFAULT, NULL, on_line, bot);
}

static void
on_shared (GObject *source, GAsyncResult *result, gpointer data)
{
  Bot *bot = data;
  g_autoptr (GError) error = NULL;

  if (draw_session_share_finish (bot->session, result, &error))
    {
      say_ready (bot);
      return;
    }
  on_trouble (bot, error);
  g_main_loop_quit (bot->loop);
}

static DrawSession *
open_session (GError **error)
{
  g_autoptr (BoardLink) link = NULL;

  if (file != NULL)
    return draw_session_open (file, error);
  if (link_text == NULL)
    return draw_session_create (directory, error);
  link = board_link_parse (link_text, error);
  return link != NULL ? draw_session_join (directory, link, error) : NULL;
}

static void
start (Bot *bot)
{
  if (name == NULL)
    name = g_strdup_printf ("Bot %d", seed);
  draw_session_set_profile (bot->session, name, NULL);
  draw_session_set_thorough (bot->session, TRUE);
  g_signal_connect_swapped (bot->session, "acknowledged", G_CALLBACK (on_acknowledged), bot);
  g_signal_connect_swapped (bot->session, "trouble", G_CALLBACK (on_trouble), bot);
  set_rate (bot, rate);
  g_data_input_stream_read_line_async (bot->input, G_PRIORITY_DEFAULT, NULL, on_line, bot);
  if (origin != NULL)
    {
      draw_session_share_async (bot->session, origin, NULL, on_shared, bot);
      return;
    }
  if (!offline && draw_session_get_link (bot->session) != NULL)
    draw_session_connect (bot->session);
  say_ready (bot);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  Bot bot = { 0 };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (directory == NULL && file == NULL))
    {
      g_printerr ("bot: %s\n", error != NULL ? error->message : "--directory or --open is needed");
      return 2;
    }
  bot.session = open_session (&error);
  if (bot.session == NULL)
    {
      g_printerr ("bot: %s\n", error->message);
      return 1;
    }
  bot.loop = g_main_loop_new (NULL, FALSE);
  bot.rand = g_rand_new_with_seed ((guint32) seed);
  bot.input = g_data_input_stream_new (in);
  start (&bot);
  g_main_loop_run (bot.loop);
  set_rate (&bot, 0);
  draw_session_close (bot.session);
  g_object_unref (bot.session);
  g_object_unref (bot.input);
  g_rand_free (bot.rand);
  g_main_loop_unref (bot.loop);
  return 0;
}
