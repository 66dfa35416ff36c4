/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The operator of the companion server is who runs this app, and may bring a board in: as a file of its log, named by
 * a question to the server's socket. What is written is sealed as it was, by the board's key and in the names of
 * those who said it; what was no op then is none now. */
#include "draw-session-move.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "draw-log-reader.h"
#include "draw-session-private.h"
#include "json/wire-json.h"

/* In the place of an entry that nobody could open: nobody can open this one. */
#define NO_OP "AAAA"
#define ANSWER_TIMEOUT_S 600
#define MAX_ANSWER 4096

typedef struct {
  /* constant */
  char *path;   /* of the board's file */
  char *board;
  BoardKey key;
  uint64_t end;
  char *head;   /* the first line */
  char *socket; /* the server's, for its operator */
  char *file;   /* what is written for it */

  FILE *out;
  gboolean is_new; /* there */
  GCancellable *cancellable; /* of the task, nullable */
} Move;

static void
move_free (gpointer data)
{
  Move *self = data;

  board_key_clear (&self->key);
  g_free (self->path);
  g_free (self->board);
  g_free (self->head);
  g_free (self->socket);
  g_free (self->file);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* --- What it says first -------------------------------------------------------------------------- */

/* What is known of people goes along, as their own apps would have told it. */
static JsonObject *
make_profiles (DrawSession *session)
{
  GListModel *members = G_LIST_MODEL (session->roster);
  JsonObject *profiles = json_object_new ();

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);
      g_autofree char *profile =
          draw_session_seal_profile_of (session, draw_member_get_id (member), draw_member_get_name (member),
                                        draw_member_get_color (member));

      if (profile != NULL)
        json_object_set_string_member (profiles, draw_member_get_id (member), profile);
    }
  return profiles;
}

static char *
make_head (DrawSession *session)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  BoardKey invite_seed;

  draw_session_choose_invite (session, &invite_seed);
  json_object_set_int_member (object, "v", 1);
  json_object_set_member (object, "create", draw_session_make_create (session, &invite_seed));
  board_key_clear (&invite_seed);
  json_object_set_object_member (object, "profiles", make_profiles (session));
  json_node_take_object (node, object);
  return wire_json_print (node, NULL);
}

/* --- The file, in a thread ----------------------------------------------------------------------- */

static void
begin_log (gpointer data)
{
  Move *self = data;

  rewind (self->out);
  if (ftruncate (fileno (self->out), 0) == 0)
    fprintf (self->out, "%s\n", self->head);
}

static gboolean
write_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
             gpointer data, GError **error)
{
  Move *self = data;
  g_autoptr (BoardOp) op = text != NULL ? board_op_from_json (text, -1, NULL) : NULL;
  g_autofree char *body =
      op != NULL ? board_sealed_op_build (op, &self->key, self->board, member, counter) : NULL;
  const BoardEntry entry = { member, counter, time_ms, body != NULL ? body : NO_OP };
  g_autoptr (GString) line = g_string_new (NULL);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  board_entry_append (line, &entry);
  g_string_append_c (line, '\n');
  fwrite (line->str, 1, line->len, self->out);
  return TRUE;
}

static gboolean
write_file (Move *self, GError **error)
{
  static const DrawLogTaker taker = { begin_log, write_entry };
  int fd = g_mkstemp_full (self->file, O_RDWR | O_CLOEXEC, 0600);
  gboolean ok;

  self->out = fd >= 0 ? fdopen (fd, "w+") : NULL;
  if (self->out == NULL)
    {
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The board cannot be moved: %s"), g_strerror (errno));
      return FALSE;
    }
  ok = draw_log_read_whole (self->path, self->end, &taker, self, error);
  if (ok && (fflush (self->out) != 0 || ferror (self->out)))
    {
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The board cannot be moved: %s"), g_strerror (errno));
      ok = FALSE;
    }
  fclose (self->out);
  return ok;
}

/* --- The question, in the same thread ------------------------------------------------------------ */

/* The answer; NULL when there is none. Transfer full. */
static char *
ask_server (Move *self, const char *command, const char *argument, GError **error)
{
  g_autoptr (GString) question = g_string_new (NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) reason = NULL;
  char answer[MAX_ANSWER + 1] = { 0 };
  gsize length = 0;

  g_string_printf (question, "{\"command\":\"%s\",\"arguments\":[", command);
  wire_json_append_string (question, argument);
  g_string_append (question, "]}\n");
  g_socket_client_set_timeout (client, ANSWER_TIMEOUT_S);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), self->cancellable, &reason);
  if (connection == NULL ||
      !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), question->str,
                                  question->len, NULL, self->cancellable, &reason) ||
      !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, MAX_ANSWER,
                                &length, self->cancellable, &reason))
    {
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&reason));
      else
        g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_SERVER,
                             _("The server on this computer does not answer."));
      return NULL;
    }
  return g_strndup (answer, length);
}

static gboolean
is_done (const char *answer)
{
  return answer != NULL && g_str_has_prefix (answer, "{\"rows\":");
}

static gboolean
bring (Move *self, GError **error)
{
  g_autofree char *answer = ask_server (self, "import", self->file, error);

  if (answer == NULL || is_done (answer))
    return answer != NULL;
  g_info ("the server does not take the board: %s", answer);
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_SERVER,
                       _("The server on this computer could not take the board."));
  return FALSE;
}

static void
move_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Move *self = data;
  GError *error = NULL;
  g_autofree char *known = ask_server (self, "members", self->board, &error);
  gboolean ok = known != NULL;

  self->is_new = ok && !is_done (known);
  /* Of which nothing was ever confirmed, nothing is to be brought. */
  if (self->is_new && self->end > 0)
    {
      ok = write_file (self, &error) && bring (self, &error);
      g_unlink (self->file);
    }
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- Public -------------------------------------------------------------------------------------- */

void
draw_session_move_async (DrawSession *self, const char *data_dir, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Move *move;

  g_return_if_fail (DRAW_IS_SESSION (self) && data_dir != NULL);
  g_return_if_fail (!self->closed);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_move_async);
  if (self->link == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  move = g_new0 (Move, 1);
  move->path = g_strdup (draw_journal_get_path (self->journal));
  move->board = g_strdup (self->board);
  move->key = self->key;
  move->end = board_replica_get_seq (self->replica);
  move->head = make_head (self);
  move->socket = g_build_filename (data_dir, "admin", NULL);
  move->file = g_build_filename (data_dir, "move-XXXXXX", NULL);
  move->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_task_set_task_data (task, move, move_free);
  g_task_run_in_thread (task, move_in_thread);
}

/* Everybody brings the pictures that they have. */
static void
tell_missing (DrawSession *self)
{
  guint n = draw_session_count_missing_pictures (self);

  if (n > 0)
    draw_session_take_trouble (
        self, g_error_new (DRAW_ERROR, DRAW_ERROR_SERVER,
                           ngettext ("%u picture is not on this computer. It comes back with somebody who has seen it.",
                                     "%u pictures are not on this computer. They come back with somebody who has "
                                     "seen them.",
                                     n),
                           n));
}

gboolean
draw_session_move_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  Move *move;
  gboolean ok;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  move = g_task_get_task_data (G_TASK (result));
  ok = g_task_propagate_boolean (G_TASK (result), error);
  if (ok && move != NULL && move->is_new)
    {
      self->moved = TRUE;
      tell_missing (self);
    }
  return ok;
}
