/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "guest-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define WATCHDOG_SECONDS 500

/* --- House --- */

static SoupSession *
make_session (void)
{
  return soup_session_new_with_options ("max-conns", 1000, "max-conns-per-host", 1000, NULL);
}

House *
house_new (void (*tweak) (BridgeConfig *config))
{
  g_autoptr (BridgeConfig) config = bridge_config_new ();
  g_autoptr (GError) error = NULL;
  House *house = g_new0 (House, 1);

  alarm (WATCHDOG_SECONDS);
  config->memory = TRUE;
  g_assert_true (bridge_config_add_listen (config, "127.0.0.1:0", NULL));
  if (tweak != NULL)
    tweak (config);
  house->server = bridge_server_new (config, &error);
  g_assert_no_error (error);
  g_assert_true (bridge_server_listen (house->server, &error));
  g_assert_no_error (error);
  house->origin = g_strdup (bridge_server_get_uris (house->server)[0]);
  house->session = make_session ();
  return house;
}

House *
house_new_with_store (BridgeStore *store, const BridgeLimits *limits)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;
  House *house = g_new0 (House, 1);

  alarm (WATCHDOG_SECONDS);
  house->sio = sio_server_new ();
  house->lobby = bridge_lobby_new (sio_server_of (house->sio, "/"), store, NULL, limits);
  g_assert_true (sio_server_listen (house->sio, address, NULL, &error));
  g_assert_no_error (error);
  house->origin = g_strdup_printf ("http://127.0.0.1:%u",
                                   eio_server_get_port (sio_server_get_engine (house->sio)));
  house->session = make_session ();
  return house;
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (bridge_server_stop_finish (BRIDGE_SERVER (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
stop_server (House *house)
{
  gboolean stopped = FALSE;

  bridge_server_stop_async (house->server, on_stopped, &stopped);
  WAIT_UNTIL (stopped);
}

static void
stop_rooms (House *house)
{
  bridge_lobby_close (house->lobby);
  sio_server_close (house->sio);
  WAIT_UNTIL (eio_server_get_n_sockets (sio_server_get_engine (house->sio)) == 0);
}

void
house_free (House *house)
{
  if (house->server != NULL)
    stop_server (house);
  else
    stop_rooms (house);
  soup_session_abort (house->session);
  g_object_unref (house->session);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  if (house->server != NULL)
    g_assert_finalize_object (house->server);
  g_clear_object (&house->sio);
  g_clear_object (&house->lobby);
  g_free (house->origin);
  g_free (house);
}

typedef struct {
  GBytes *bytes;
  GError *error;
  gboolean done;
} Reply;

static void
on_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reply *reply = user_data;

  reply->bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &reply->error);
  reply->done = TRUE;
}

char *
house_request (House *house,
               const char *method,
               const char *path,
               const char *body,
               const char *header,
               const char *value,
               guint *status,
               SoupMessage **sent)
{
  g_autofree char *uri = g_strconcat (house->origin, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  Reply reply = { NULL };
  char *text;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), header, value);
  soup_session_send_and_read_async (house->session, message, G_PRIORITY_DEFAULT, NULL, on_replied,
                                    &reply);
  WAIT_UNTIL (reply.done);
  g_assert_no_error (reply.error);

  *status = soup_message_get_status (message);
  text = g_strndup (g_bytes_get_data (reply.bytes, NULL), g_bytes_get_size (reply.bytes));
  g_bytes_unref (reply.bytes);
  if (sent != NULL)
    *sent = g_steal_pointer (&message);
  return text;
}

void
seed_of (char mark, BoardKey *seed)
{
  memset (seed->bytes, mark, sizeof seed->bytes);
}

static void
public_of (char mark, BoardKey *key)
{
  BoardKey seed;

  seed_of (mark, &seed);
  board_key_public (&seed, key);
}

char *
member_id_of (char mark)
{
  BoardKey key;

  public_of (mark, &key);
  return board_key_to_text (&key);
}

void
house_create_board (House *house)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "" };
  BoardCreate create = { .board = (char *) HOUSE_BOARD, .invite = &invite };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *answer = NULL;
  guint status = 0;

  public_of ('h', &create.host);
  public_of ('i', &invite.key);
  node = board_create_build (&create);
  text = json_to_string (node, FALSE);
  answer = house_request (house, "POST", "/api/boards", text, NULL, NULL, &status, NULL);
  g_assert_cmpstr (answer, ==, "{\"board\":\"" HOUSE_BOARD "\"}");
  g_assert_cmpuint (status, ==, SOUP_STATUS_CREATED);
}

/* --- Guest
 * -----------------------------------------------------------------------------------------------
 */

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* A Socket.IO packet; whoever is in several namespaces tells them apart by what is in it. */
static void
take_packet (Guest *guest, char *packet)
{
  char *rest = packet[1] == '/' ? strchr (packet, ',') : NULL;
  gint64 id;

  if (rest != NULL)
    memmove (packet + 1, rest + 1, strlen (rest));

  switch (packet[0])
    {
    case '0':
    case '4':
      g_clear_pointer (&guest->answer, json_node_unref);
      guest->answer = parse (packet + 1);
      guest->refused = packet[0] == '4';
      break;
    case '1':
      guest->kicked = TRUE;
      break;
    case '2':
      id = g_ascii_strtoll (packet + 1, &rest, 10);
      if (rest != packet + 1)
        g_array_append_vals (guest->questions, &(int){ (int) id }, 1);
      g_ptr_array_add (guest->events, parse (rest));
      break;
    case '3':
      id = g_ascii_strtoll (packet + 1, &rest, 10);
      g_assert_false (g_hash_table_contains (guest->acks, GINT_TO_POINTER ((gint) id)));
      g_hash_table_insert (guest->acks, GINT_TO_POINTER ((gint) id), parse (rest));
      break;
    default:
      g_error ("unexpected packet %s", packet);
    }
}

static void
on_message (SoupWebsocketConnection *ws,
            SoupWebsocketDataType type,
            GBytes *bytes,
            gpointer user_data)
{
  Guest *guest = user_data;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (text[0] == '0')
    {
      g_autoptr (JsonNode) open = parse (text + 1);

      guest->sid = g_strdup (json_object_get_string_member (json_node_get_object (open), "sid"));
    }
  else if (text[0] == '2')
    soup_websocket_connection_send_text (ws, "3");
  else if (text[0] == '4')
    take_packet (guest, text + 1);
}

static void
on_closed (SoupWebsocketConnection *ws, gpointer user_data)
{
  ((Guest *) user_data)->gone = TRUE;
}

typedef struct {
  SoupWebsocketConnection *ws;
  gboolean done;
} Opening;

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;

  opening->ws = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  opening->done = TRUE;
}

Guest *
guest_new (House *house, char mark)
{
  g_autofree char *uri = g_strconcat ("ws", house->origin + strlen ("http"),
                                      "/socket.io/?EIO=4&transport=websocket", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  Guest *guest = g_new0 (Guest, 1);
  Opening opening = { NULL };

  soup_session_websocket_connect_async (house->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        NULL, on_opened, &opening);
  WAIT_UNTIL (opening.done);
  guest->house = house;
  guest->mark = mark;
  guest->id = member_id_of (mark);
  guest->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  guest->questions = g_array_new (FALSE, FALSE, sizeof (int));
  guest->acks = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) json_node_unref);
  guest->ws = opening.ws;
  soup_websocket_connection_set_max_incoming_payload_size (guest->ws, 4 * 1024 * 1024);
  g_signal_connect (guest->ws, "message", G_CALLBACK (on_message), guest);
  g_signal_connect (guest->ws, "closed", G_CALLBACK (on_closed), guest);
  WAIT_UNTIL (guest->sid != NULL);
  return guest;
}

void
guest_free (Guest *guest)
{
  g_signal_handlers_disconnect_by_data (guest->ws, guest);
  if (soup_websocket_connection_get_state (guest->ws) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (guest->ws, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  g_object_unref (guest->ws);
  g_ptr_array_unref (guest->events);
  g_array_unref (guest->questions);
  g_hash_table_unref (guest->acks);
  g_clear_pointer (&guest->answer, json_node_unref);
  g_free (guest->sid);
  g_free (guest->id);
  g_free (guest);
}

void
guest_send (Guest *guest, const char *packet)
{
  soup_websocket_connection_send_text (guest->ws, packet);
}

gboolean
guest_connect (Guest *guest, JsonNode *auth)
{
  g_autofree char *text = auth != NULL ? json_to_string (auth, FALSE) : g_strdup ("");
  g_autofree char *packet = g_strconcat ("40", text, NULL);

  g_clear_pointer (&guest->answer, json_node_unref);
  guest_send (guest, packet);
  WAIT_UNTIL (guest->answer != NULL || guest->gone);
  return guest->answer != NULL && !guest->refused;
}

JsonNode *
guest_auth (Guest *guest, char invite, int64_t since)
{
  BoardKey seed, key;

  seed_of (guest->mark, &seed);
  seed_of (invite, &key);
  return board_join_build (HOUSE_BOARD, guest->sid, invite != 0 ? &key : NULL, &seed, since, NULL);
}

Guest *
guest_join (House *house, char mark, char invite, int64_t since)
{
  Guest *guest = guest_new (house, mark);
  g_autoptr (JsonNode) auth = guest_auth (guest, invite, since);

  g_assert_true (guest_connect (guest, auth));
  guest_wait_event (guest, "hello", 0);
  return guest;
}

const char *
guest_get_refusal (Guest *guest)
{
  JsonObject *error, *data;

  g_assert_true (guest->refused && guest->answer != NULL);
  error = json_node_get_object (guest->answer);
  data = json_object_get_object_member (error, "data");
  g_assert_nonnull (json_object_get_string_member (error, "message"));
  return json_object_get_string_member (data, "code");
}

void
guest_tell (Guest *guest, const char *event, const char *args)
{
  g_autofree char *packet
      = g_strdup_printf ("42[\"%s\"%s%s]", event, *args != '\0' ? "," : "", args);

  guest_send (guest, packet);
}

gint
guest_emit (Guest *guest, const char *event, const char *args)
{
  gint id = guest->next_ack++;
  g_autofree char *packet
      = g_strdup_printf ("42%d[\"%s\"%s%s]", id, event, *args != '\0' ? "," : "", args);

  guest_send (guest, packet);
  return id;
}

JsonObject *
guest_wait_ack (Guest *guest, gint id)
{
  JsonNode *node;

  WAIT_UNTIL (g_hash_table_contains (guest->acks, GINT_TO_POINTER (id)));
  node = g_hash_table_lookup (guest->acks, GINT_TO_POINTER (id));
  return json_array_get_object_element (json_node_get_array (node), 0);
}

int64_t
guest_op (Guest *guest, int64_t counter, const char *body, const char **refusal)
{
  g_autofree char *args = g_strdup_printf ("%" G_GINT64_FORMAT ",\"%s\"", counter, body);
  JsonObject *ack = guest_wait_ack (guest, guest_emit (guest, "op", args));

  if (json_object_has_member (ack, "seq"))
    return json_object_get_int_member (ack, "seq");
  g_assert_nonnull (refusal);
  *refusal = json_object_get_string_member (ack, "code");
  return 0;
}

static JsonArray *
find_event (Guest *guest, const char *event, guint n)
{
  for (guint i = 0; i < guest->events->len; i++)
    {
      JsonArray *array = json_node_get_array (g_ptr_array_index (guest->events, i));

      if (g_str_equal (json_array_get_string_element (array, 0), event) && n-- == 0)
        return array;
    }
  return NULL;
}

JsonArray *
guest_wait_event (Guest *guest, const char *event, guint n)
{
  WAIT_UNTIL (find_event (guest, event, n) != NULL);
  return find_event (guest, event, n);
}

guint
guest_count_events (Guest *guest, const char *event)
{
  guint n = 0;

  while (find_event (guest, event, n) != NULL)
    n++;
  return n;
}

char *
guest_get_log (Guest *guest)
{
  GString *log = g_string_new (NULL);
  gint64 next = -1;
  JsonArray *event;

  for (guint n = 0; (event = find_event (guest, "ops", n)) != NULL; n++)
    {
      gint64 first = json_array_get_int_element (event, 1);
      JsonArray *entries = json_array_get_array_element (event, 2);

      g_assert_true (next == -1 || first == next);
      next = first + json_array_get_length (entries);
      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          JsonArray *entry = json_array_get_array_element (entries, i);

          g_string_append_printf (log, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%s ", first + i,
                                  json_array_get_int_element (entry, 1),
                                  json_array_get_string_element (entry, 3));
        }
    }
  return g_string_free (log, FALSE);
}

void
guest_wait_log (Guest *guest, const char *expected)
{
  g_autofree char *log = guest_get_log (guest);

  while (strlen (log) < strlen (expected))
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (log);
      log = guest_get_log (guest);
    }
  g_assert_cmpstr (log, ==, expected);
}

void
guest_wait_gone (Guest *guest)
{
  WAIT_UNTIL (guest->gone);
}

void
guest_sync (Guest *guest)
{
  guest_wait_ack (guest, guest_emit (guest, "history", "1,1"));
}

const char *
guest_ask (Guest *guest, const char *event, const char *args)
{
  JsonObject *ack = guest_wait_ack (guest, guest_emit (guest, event, args));

  return json_object_has_member (ack, "code") ? json_object_get_string_member (ack, "code") : "ok";
}

void
guest_invite (Guest *guest, char mark, BoardRole role)
{
  BoardInvite invite = { .role = role, .label = (char *) "" };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  public_of (mark, &invite.key);
  node = board_invite_build (&invite);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (guest_ask (guest, "invite", text), ==, "ok");
}

const char *
guest_wait_bye (Guest *guest)
{
  JsonArray *bye = guest_wait_event (guest, "bye", 0);

  return json_object_get_string_member (json_array_get_object_element (bye, 1), "code");
}

void
people_set_up (People *people, void (*tweak) (BridgeConfig *config))
{
  people->house = house_new (tweak);
  house_create_board (people->house);
  people->host = guest_join (people->house, 'h', 0, -1);
  people->editor = guest_join (people->house, 'e', 'i', -1);
  guest_invite (people->host, 'v', BOARD_ROLE_VIEWER);
  people->viewer = guest_join (people->house, 'w', 'v', -1);
}

void
people_tear_down (People *people)
{
  guest_free (people->viewer);
  guest_free (people->editor);
  guest_free (people->host);
  house_free (people->house);
}

void
house_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      house_remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}
