/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-admin.h"

#include <gio/gunixconnection.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "json/wire-json.h"
#include "log/bridge-log.h"

#define MAX_QUESTION 8192
#define MAX_CALLS 16
#define TIMEOUT_S 10
#define MAX_ARGUMENTS 3

struct _BridgeAdmin {
  GSocketService *service; /* owned */
  char *path;              /* owned */
  BridgeStore *store;      /* owned */
  BridgeBlobs *blobs;      /* owned */
  BridgeLobby *lobby;      /* owned */
  GCancellable *ending;    /* owned: calls that are under way when it goes */
  guint n_calls;
};

typedef struct _Command Command;

/* A question and the answer that it will get. */
typedef struct {
  BridgeAdmin *admin;            /* borrowed: NULL once it has gone */
  GCancellable *ending;          /* owned */
  GSocketConnection *connection; /* owned */
  char question[MAX_QUESTION + 1];
  gsize length;
  char *answer; /* owned */
  const Command *command;
  char *arguments[MAX_ARGUMENTS + 1];
} Call;

struct _Command {
  const char *name;
  const char *form; /* its arguments */
  guint n_arguments;
  gboolean board; /* the first argument is a board's id */
  void (*handle) (Call *call);
  const char *meaning;
};

/* --- Answers --- */

static void
call_free (Call *call)
{
  if (!g_cancellable_is_cancelled (call->ending))
    call->admin->n_calls--;
  for (guint i = 0; i < MAX_ARGUMENTS; i++)
    g_free (call->arguments[i]);
  g_free (call->answer);
  g_io_stream_close (G_IO_STREAM (call->connection), NULL, NULL);
  g_object_unref (call->connection);
  g_object_unref (call->ending);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
}

/* object: transfer full. */
static void
answer (Call *call, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (call->connection));
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = wire_json_print (node, NULL);
  call->answer = g_strconcat (text, "\n", NULL);
  g_output_stream_write_all_async (out, call->answer, strlen (call->answer), G_PRIORITY_DEFAULT,
                                   call->ending, on_written, call);
}

static void
answer_error (Call *call, const char *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", message);
  answer (call, object);
}

/* rows: transfer full, NULL = none. */
static void
answer_rows (Call *call, JsonArray *rows)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "rows", rows != NULL ? rows : json_array_new ());
  answer (call, object);
}

/* Whether the server is still there; the call is over otherwise. */
static gboolean
still_there (Call *call)
{
  if (!g_cancellable_is_cancelled (call->ending))
    return TRUE;
  call_free (call);
  return FALSE;
}

static void
set_time (JsonObject *row, const char *name, int64_t seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("");

  json_object_set_string_member (row, name, text);
}

/* --- Lists --- */

static void
on_boards (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boards
      = bridge_store_list_boards_finish (BRIDGE_STORE (source), result, &error);
  JsonArray *rows;

  if (!still_there (call))
    return;
  if (boards == NULL)
    {
      answer_error (call, error->message);
      return;
    }
  rows = json_array_new ();
  for (guint i = 0; i < boards->len; i++)
    {
      const BridgeBoardInfo *info = g_ptr_array_index (boards, i);
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "board", info->id);
      json_object_set_int_member (row, "members", info->members);
      json_object_set_int_member (row, "here",
                                  bridge_lobby_get_n_guests_of (call->admin->lobby, info->id));
      json_object_set_int_member (row, "operations", (int64_t) info->seq);
      json_object_set_int_member (row, "bytes", info->bytes);
      json_object_set_int_member (row, "blob-bytes",
                                  bridge_blobs_get_usage (call->admin->blobs, info->id));
      json_object_set_boolean_member (row, "locked", info->locked);
      set_time (row, "created", info->created);
      json_array_add_object_element (rows, row);
    }
  answer_rows (call, rows);
}

static void
list_boards (Call *call)
{
  bridge_store_list_boards_async (call->admin->store, on_boards, call);
}

static void
on_members (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgeBoard) board = bridge_store_load_finish (BRIDGE_STORE (source), result, &error);
  JsonArray *rows;

  if (!still_there (call))
    return;
  if (board == NULL)
    {
      answer_error (call, error->message);
      return;
    }
  rows = json_array_new ();
  for (guint i = 0; i < board->members->len; i++)
    {
      const BridgeMember *member = g_ptr_array_index (board->members, i);
      JsonObject *row = json_object_new ();
      const char *engine_id;
      BoardRole role;

      json_object_set_string_member (row, "member", member->id);
      json_object_set_string_member (row, "role", board_role_to_string (member->role));
      json_object_set_boolean_member (row, "here",
                                      bridge_lobby_get_presence (call->admin->lobby,
                                                                 call->arguments[0], member->id,
                                                                 &engine_id, &role));
      json_object_set_int_member (row, "operations", (int64_t) member->counter);
      json_object_set_boolean_member (row, "banned", member->banned);
      json_array_add_object_element (rows, row);
    }
  answer_rows (call, rows);
}

static void
list_members (Call *call)
{
  bridge_store_load_async (call->admin->store, call->arguments[0], on_members, call);
}

static void
on_invites (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invites
      = bridge_store_list_invites_finish (BRIDGE_STORE (source), result, &error);
  JsonArray *rows;

  if (!still_there (call))
    return;
  if (invites == NULL)
    {
      answer_error (call, error->message);
      return;
    }
  rows = json_array_new ();
  for (guint i = 0; i < invites->len; i++)
    {
      const BridgeInvite *invite = g_ptr_array_index (invites, i);
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "invitation", invite->key);
      json_object_set_string_member (row, "role", board_role_to_string (invite->role));
      json_object_set_int_member (row, "uses-left", invite->uses);
      json_object_set_int_member (row, "came", invite->came->len);
      set_time (row, "expires", invite->expires / 1000);
      json_array_add_object_element (rows, row);
    }
  answer_rows (call, rows);
}

static void
list_invitations (Call *call)
{
  bridge_store_list_invites_async (call->admin->store, call->arguments[0], on_invites, call);
}

/* --- Changes --- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = bridge_lobby_change_finish (BRIDGE_LOBBY (source), result, &error);

  if (!still_there (call))
    return;
  if (ok)
    answer_rows (call, NULL);
  else
    answer_error (call, error->message);
}

static void
ask_change (Call *call, const BridgeChange *change)
{
  bridge_lobby_change_async (call->admin->lobby, call->arguments[0], change, on_changed, call);
}

static void
revoke_invitation (Call *call)
{
  ask_change (call, &(BridgeChange){ .kind = BRIDGE_CHANGE_REVOKE, .key = call->arguments[1] });
}

static void
revoke_with_members (Call *call)
{
  ask_change (call, &(BridgeChange){
                        .kind = BRIDGE_CHANGE_REVOKE, .key = call->arguments[1], .on = TRUE });
}

static void
ban_member (Call *call)
{
  ask_change (call, &(BridgeChange){
                        .kind = BRIDGE_CHANGE_BAN, .member = call->arguments[1], .on = TRUE });
}

static void
unban_member (Call *call)
{
  ask_change (call, &(BridgeChange){ .kind = BRIDGE_CHANGE_BAN, .member = call->arguments[1] });
}

static void
give_role (Call *call)
{
  BridgeChange change = { .kind = BRIDGE_CHANGE_ROLE, .member = call->arguments[1] };

  if (board_role_from_string (call->arguments[2], &change.role))
    ask_change (call, &change);
  else
    answer_error (call, "A role is viewer, editor or host");
}

static void
lock_board (Call *call)
{
  ask_change (call, &(BridgeChange){ .kind = BRIDGE_CHANGE_LOCK, .on = TRUE });
}

static void
unlock_board (Call *call)
{
  ask_change (call, &(BridgeChange){ .kind = BRIDGE_CHANGE_LOCK });
}

static void
end_board (Call *call)
{
  ask_change (call, &(BridgeChange){ .kind = BRIDGE_CHANGE_END });
}

/* --- Backups --- */

static void
answer_copy (Call *call, gboolean ok, const GError *error)
{
  if (!still_there (call))
    return;
  if (ok)
    answer_rows (call, NULL);
  else
    answer_error (call, error->message);
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = bridge_store_backup_finish (BRIDGE_STORE (source), result, &error);

  answer_copy (user_data, ok, error);
}

static void
back_up (Call *call)
{
  if (g_path_is_absolute (call->arguments[0]))
    bridge_store_backup_async (call->admin->store, call->arguments[0], on_backed_up, call);
  else
    answer_error (call, "A backup is named by an absolute path");
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = bridge_store_restore_finish (BRIDGE_STORE (source), result, &error);

  answer_copy (user_data, ok, error);
}

static void
restore_board (Call *call)
{
  if (g_path_is_absolute (call->arguments[1]))
    bridge_store_restore_async (call->admin->store, call->arguments[1], call->arguments[0],
                                on_restored, call);
  else
    answer_error (call, "A backup is named by an absolute path");
}

/* --- Questions --- */

/* clang-format off */
static const Command commands[] = {
  { "boards", "", 0, FALSE, list_boards, "all boards, with their sizes" },
  { "members", "BOARD", 1, TRUE, list_members, "who ever joined a board" },
  { "invitations", "BOARD", 1, TRUE, list_invitations, "by which keys one joins it" },
  { "revoke", "BOARD INVITATION", 2, TRUE, revoke_invitation, "nobody comes by it any more" },
  { "revoke-all", "BOARD INVITATION", 2, TRUE, revoke_with_members, "and who came by it is banned, hosts aside" },
  { "role", "BOARD MEMBER ROLE", 3, TRUE, give_role, "viewer, editor or host" },
  { "ban", "BOARD MEMBER", 2, TRUE, ban_member, "keeps somebody out" },
  { "unban", "BOARD MEMBER", 2, TRUE, unban_member, "not any more" },
  { "lock", "BOARD", 1, TRUE, lock_board, "hosts alone may draw" },
  { "unlock", "BOARD", 1, TRUE, unlock_board, "everybody may again" },
  { "end", "BOARD", 1, TRUE, end_board, "shows everybody out and deletes the board" },
  { "delete", "BOARD", 1, TRUE, end_board, "the same" },
  { "backup", "FILE", 1, FALSE, back_up, "writes all boards, blobs aside, into a new file" },
  { "restore", "BOARD FILE", 2, TRUE, restore_board, "brings a deleted board back out of one" },
};
/* clang-format on */

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static const char *
element_text (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* What is wrong with the question, or NULL. */
static const char *
read_question (Call *call)
{
  static const WireJsonLimits limits = {
    .max_bytes = MAX_QUESTION,
    .max_depth = 4,
    .max_values = 16,
    .max_members = 4,
    .unique_keys = TRUE,
  };
  g_autoptr (JsonNode) node = wire_json_parse (call->question, call->length, &limits, NULL);
  JsonObject *object
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *name = object != NULL ? json_object_get_member (object, "command") : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "arguments") : NULL;
  JsonArray *arguments;

  if (name == NULL || list == NULL || !JSON_NODE_HOLDS_ARRAY (list)
      || json_node_get_value_type (name) != G_TYPE_STRING)
    return "This is no question";
  call->command = find_command (json_node_get_string (name));
  if (call->command == NULL)
    return "There is no such command";
  arguments = json_node_get_array (list);
  if (json_array_get_length (arguments) != call->command->n_arguments)
    return "The command has other arguments";
  for (guint i = 0; i < call->command->n_arguments; i++)
    {
      if (element_text (arguments, i) == NULL)
        return "Arguments are texts";
      call->arguments[i] = g_strdup (element_text (arguments, i));
    }
  return call->command->board && !board_id_is_valid (call->arguments[0]) ? "There is no such board"
                                                                         : NULL;
}

static void
take_question (Call *call)
{
  const char *wrong = read_question (call);

  if (wrong != NULL)
    {
      answer_error (call, wrong);
      return;
    }
  bridge_log (G_LOG_LEVEL_MESSAGE, "admin", "command", call->command->name, "argument",
              call->arguments[0], "subject", call->arguments[1], NULL);
  call->command->handle (call);
}

static void read_more (Call *call);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      call_free (call);
      return;
    }
  call->length += (gsize) n;
  if (memchr (call->question, '\n', call->length) != NULL)
    take_question (call);
  else if (call->length < MAX_QUESTION)
    read_more (call);
  else
    call_free (call);
}

static void
read_more (Call *call)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (call->connection));

  g_input_stream_read_async (in, call->question + call->length, MAX_QUESTION - call->length,
                             G_PRIORITY_DEFAULT, call->ending, on_read, call);
}

/* The directory keeps others out; this says so once more. */
static gboolean
is_operator (GSocketConnection *connection)
{
  g_autoptr (GCredentials) credentials
      = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t user = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return user == 0 || user == geteuid ();
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  BridgeAdmin *self = user_data;
  Call *call;

  if (self->n_calls >= MAX_CALLS || !is_operator (connection))
    return TRUE;

  self->n_calls++;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), TIMEOUT_S);
  call = g_new0 (Call, 1);
  call->admin = self;
  call->ending = g_object_ref (self->ending);
  call->connection = g_object_ref (connection);
  read_more (call);
  return TRUE;
}

BridgeAdmin *
bridge_admin_new (const char *path,
                  BridgeStore *store,
                  BridgeBlobs *blobs,
                  BridgeLobby *lobby,
                  GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = NULL;
  BridgeAdmin *self;
  mode_t mask;
  gboolean ok;

  g_return_val_if_fail (path != NULL && BRIDGE_IS_STORE (store), NULL);
  g_return_val_if_fail (blobs != NULL && BRIDGE_IS_LOBBY (lobby), NULL);

  if (strlen (path) >= G_SIZEOF_MEMBER (struct sockaddr_un, sun_path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, "%s is too long for a socket",
                   path);
      return NULL;
    }
  g_unlink (path);
  address = g_unix_socket_address_new (path);
  mask = umask (0177);
  ok = g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  umask (mask);
  if (!ok)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  self = g_new0 (BridgeAdmin, 1);
  self->service = g_steal_pointer (&service);
  self->path = g_strdup (path);
  self->store = g_object_ref (store);
  self->blobs = bridge_blobs_ref (blobs);
  self->lobby = g_object_ref (lobby);
  self->ending = g_cancellable_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
bridge_admin_free (BridgeAdmin *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->ending);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_unlink (self->path);
  g_free (self->path);
  g_object_unref (self->ending);
  g_object_unref (self->lobby);
  bridge_blobs_unref (self->blobs);
  g_object_unref (self->store);
  g_free (self);
}

char *
bridge_admin_dup_path (const char *data_dir)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  return g_build_filename (data_dir, "admin", NULL);
}

char *
bridge_admin_dup_help (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-12s %-18s %s\n", commands[i].name, commands[i].form,
                            commands[i].meaning);
  return g_string_free (text, FALSE);
}
