/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-people.h"

#include <libsoup/soup.h>

#define ACK_TIMEOUT_MS 60000

/* --- HTTP --- */

static GBytes *
request (SoupMessage *message, GBytes *body, const char *type)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, type, body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  if (answer == NULL || soup_message_get_status (message) / 100 != 2)
    g_error ("%s: %u %s", soup_message_get_method (message), soup_message_get_status (message),
             error != NULL ? error->message : soup_message_get_reason_phrase (message));
  return answer;
}

BenchBoard *
bench_board_create (const char *origin)
{
  BenchBoard *self = g_new0 (BenchBoard, 1);
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "" };
  BoardCreate create = { .invite = &invite };
  g_autofree char *uri = g_strconcat (origin, "/api/boards", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  char *text;

  self->origin = g_strdup (origin);
  self->board = create.board = board_id_generate ();
  board_key_generate (&self->host);
  board_key_generate (&self->invite);
  board_key_generate (&self->key);
  board_key_public (&self->host, &create.host);
  board_key_public (&self->invite, &invite.key);
  node = board_create_build (&create);
  text = json_to_string (node, FALSE);
  body = g_bytes_new_take (text, strlen (text));
  answer = request (message, body, "application/json");
  return self;
}

void
bench_board_free (BenchBoard *self)
{
  g_free (self->origin);
  g_free (self->board);
  g_free (self);
}

GBytes *
bench_person_part (BenchPerson *self, const char *id, GBytes *bytes)
{
  const char *method = bytes != NULL ? "PUT" : "GET";
  g_autofree char *uri
      = g_strdup_printf ("%s/snapshot/%s/%s", self->board->origin, self->board->board, id);
  g_autofree char *header
      = board_blob_authorization_build (&self->seed, sio_client_get_engine_id (self->client),
                                        method, self->board->board, id);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                header);
  return request (message, bytes, "application/octet-stream");
}

/* --- Listening --- */

static void
take_hello (BenchPerson *self, SioArgs *args)
{
  self->hello = board_hello_parse (sio_args_get_object (args, 0), NULL);
  g_assert (self->hello != NULL);
  self->counter = self->hello->counter;
  self->seq = self->with_snapshot ? self->hello->snapshot.seq : 0;
}

static void
hear (BenchPerson *self, const BoardEntry *entry, gboolean cast)
{
  if (self->heard != NULL && !g_str_equal (entry->member, self->id))
    self->heard (self, entry->body, cast, self->heard_data);
}

static void
take_ops (BenchPerson *self, SioArgs *args)
{
  JsonArray *entries = sio_args_get_array (args, 1);
  int64_t first = 0;

  if (!sio_args_get_int (args, 0, &first) || (uint64_t) first != self->seq + 1)
    g_error ("%s: entries from %d on, %d was the last", self->id, (int) first, (int) self->seq);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      BoardEntry entry;

      g_assert_true (board_entry_parse (json_array_get_element (entries, i), &entry, NULL));
      hear (self, &entry, FALSE);
      self->seq++;
    }
}

static void
take_casts (BenchPerson *self, SioArgs *args)
{
  JsonArray *entries = sio_args_get_array (args, 0);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      BoardEntry entry;

      g_assert_true (board_cast_entry_parse (json_array_get_element (entries, i), &entry, NULL));
      hear (self, &entry, TRUE);
    }
}

static void
on_event (BenchPerson *self, const char *name, SioArgs *args, SioAck *ack)
{
  if (g_str_equal (name, BOARD_EVENT_HELLO))
    take_hello (self, args);
  else if (g_str_equal (name, BOARD_EVENT_OPS))
    take_ops (self, args);
  else if (g_str_equal (name, BOARD_EVENT_CAST))
    take_casts (self, args);
  else if (g_str_equal (name, BOARD_EVENT_SNAPSHOT) && ack != NULL)
    {
      g_clear_pointer (&self->question, sio_ack_unref);
      self->question = sio_ack_ref (ack);
    }
  else if (g_str_equal (name, BOARD_EVENT_BYE))
    g_error ("bye: %s", sio_args_get_json (args));
}

static void
on_connect_error (BenchPerson *self, const char *message, JsonNode *data)
{
  g_error ("refused: %s", message);
}

static JsonNode *
on_auth (SioClientSocket *socket, const char *engine_id, gpointer data)
{
  BenchPerson *self = data;
  JsonNode *auth = board_join_build (self->board->board, engine_id, &self->board->invite,
                                     &self->seed, -1, NULL);

  if (self->with_snapshot)
    json_object_set_boolean_member (json_node_get_object (auth), "snapshot", TRUE);
  return auth;
}

BenchPerson *
bench_person_new (BenchBoard *board, gboolean host, gboolean with_snapshot)
{
  static const char *const transports[] = { "websocket", NULL };
  BenchPerson *self = g_new0 (BenchPerson, 1);
  BoardKey id;

  self->board = board;
  self->with_snapshot = with_snapshot;
  if (host)
    self->seed = board->host;
  else
    board_key_generate (&self->seed);
  board_key_public (&self->seed, &id);
  self->id = board_key_to_text (&id);
  self->client = sio_client_new (board->origin, NULL);
  /* The transport that everybody ends on, at once. */
  g_object_set (self->client, "transports", transports, NULL);
  self->socket = sio_client_socket (self->client, "/");
  g_signal_connect_swapped (self->socket, "event", G_CALLBACK (on_event), self);
  g_signal_connect_swapped (self->socket, "connect-error", G_CALLBACK (on_connect_error), self);
  sio_client_socket_set_auth_func (self->socket, on_auth, self, NULL);
  sio_client_socket_connect (self->socket);
  return self;
}

void
bench_person_free (BenchPerson *self)
{
  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_pointer (&self->question, sio_ack_unref);
  sio_client_close (self->client);
  g_object_unref (self->client);
  g_clear_pointer (&self->hello, board_hello_free);
  g_free (self->id);
  g_free (self);
}

/* --- Speaking --- */

static void
on_op_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  BenchPerson *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) args
      = sio_client_socket_emit_with_ack_finish (SIO_CLIENT_SOCKET (source), result, &error);

  if (args == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_printerr ("an op without an answer: %s\n", error->message);
      return;
    }
  if (!json_object_has_member (sio_args_get_object (args, 0), "seq"))
    g_error ("an op is refused: %s", sio_args_get_json (args));
  self->in_flight--;
  self->acknowledged++;
}

void
bench_person_send_op (BenchPerson *self, const char *body)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_int (args, (int64_t) ++self->counter);
  sio_args_add_string (args, body);
  self->in_flight++;
  sio_client_socket_emit_with_ack_async (self->socket, BOARD_EVENT_OP, args, ACK_TIMEOUT_MS, NULL,
                                         on_op_answered, self);
}

void
bench_person_send_cast (BenchPerson *self, const char *body)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_string (args, body);
  sio_client_socket_emit_volatile (self->socket, BOARD_EVENT_CAST, args);
}
