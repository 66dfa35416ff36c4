/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-admin.h"

#include "bridge-import.h"
#include "json/wire-json.h"
#include "log/bridge-log.h"

#define MAX_ARGUMENTS 3

struct _BridgeAdmin {
  BridgeStore *store;   /* owned */
  BridgeBlobs *blobs;   /* owned */
  BridgeLobby *lobby;   /* owned */
  GCancellable *ending; /* owned: calls that are under way when it goes */
};

typedef struct _Command Command;

/* A question and the answer that it will get. */
typedef struct {
  BridgeAdmin *admin;   /* borrowed: gone once ending is cancelled */
  GCancellable *ending; /* owned */
  BridgeAdminFunc func;
  gpointer user_data;
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

/* text: NULL = the server ended before there was an answer. The end of the call. */
static void
finish (Call *call, const char *text)
{
  call->func (text, call->user_data);
  for (guint i = 0; i < MAX_ARGUMENTS; i++)
    g_free (call->arguments[i]);
  g_object_unref (call->ending);
  g_free (call);
}

/* object: transfer full. */
static void
answer (Call *call, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = wire_json_print (node, NULL);
  finish (call, text);
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
  finish (call, NULL);
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

typedef void (*DescribeFunc) (BridgeAdmin *admin, const char *board, gconstpointer item,
                              JsonObject *row);

/* What the store said: items: NULL with its error. */
static void
answer_items (Call *call, GPtrArray *items, const GError *error, DescribeFunc describe)
{
  JsonArray *rows;

  if (!still_there (call))
    return;
  if (items == NULL)
    {
      answer_error (call, error->message);
      return;
    }
  rows = json_array_new ();
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *row = json_object_new ();

      describe (call->admin, call->arguments[0], g_ptr_array_index (items, i), row);
      json_array_add_object_element (rows, row);
    }
  answer_rows (call, rows);
}

static void
describe_board (BridgeAdmin *admin, const char *board, gconstpointer item, JsonObject *row)
{
  const BridgeBoardInfo *info = item;

  json_object_set_string_member (row, "board", info->id);
  json_object_set_int_member (row, "members", info->members);
  json_object_set_int_member (row, "here", bridge_lobby_get_n_guests_of (admin->lobby, info->id));
  json_object_set_int_member (row, "operations", (int64_t) info->seq);
  json_object_set_int_member (row, "bytes", info->bytes);
  json_object_set_int_member (row, "blob-bytes", bridge_blobs_get_usage (admin->blobs, info->id));
  json_object_set_boolean_member (row, "locked", info->locked);
  set_time (row, "created", info->created);
}

static void
on_boards (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boards
      = bridge_store_list_boards_finish (BRIDGE_STORE (source), result, &error);

  answer_items (user_data, boards, error, describe_board);
}

static void
list_boards (Call *call)
{
  bridge_store_list_boards_async (call->admin->store, on_boards, call);
}

static void
describe_member (BridgeAdmin *admin, const char *board, gconstpointer item, JsonObject *row)
{
  const BridgeMember *member = item;
  const char *engine_id;
  BoardRole role;

  json_object_set_string_member (row, "member", member->id);
  json_object_set_string_member (row, "role", board_role_to_string (member->role));
  json_object_set_boolean_member (row, "here",
                                  bridge_lobby_get_presence (admin->lobby, board, member->id,
                                                             &engine_id, &role));
  json_object_set_int_member (row, "operations", (int64_t) member->counter);
  json_object_set_boolean_member (row, "banned", member->banned);
}

static void
on_members (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BridgeBoard) board = bridge_store_load_finish (BRIDGE_STORE (source), result, &error);

  answer_items (user_data, board != NULL ? board->members : NULL, error, describe_member);
}

static void
list_members (Call *call)
{
  bridge_store_load_async (call->admin->store, call->arguments[0], on_members, call);
}

static void
describe_invitation (BridgeAdmin *admin, const char *board, gconstpointer item, JsonObject *row)
{
  const BridgeInvite *invite = item;

  json_object_set_string_member (row, "invitation", invite->key);
  json_object_set_string_member (row, "role", board_role_to_string (invite->role));
  json_object_set_int_member (row, "uses-left", invite->uses);
  json_object_set_int_member (row, "came", invite->came->len);
  set_time (row, "expires", invite->expires / 1000);
}

static void
on_invites (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invites
      = bridge_store_list_invites_finish (BRIDGE_STORE (source), result, &error);

  answer_items (user_data, invites, error, describe_invitation);
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

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = bridge_import_finish (BRIDGE_STORE (source), result, &error);

  answer_copy (user_data, ok, error);
}

static void
import_board (Call *call)
{
  if (g_path_is_absolute (call->arguments[0]))
    bridge_import_async (call->admin->store, call->arguments[0], on_imported, call);
  else
    answer_error (call, "A file is named by an absolute path");
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
  { "import", "FILE", 1, FALSE, import_board, "brings in a board that an app has written" },
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
read_question (Call *call, const char *text, gsize length)
{
  static const WireJsonLimits limits = {
    .max_bytes = BRIDGE_ADMIN_MAX_QUESTION,
    .max_depth = 4,
    .max_values = 16,
    .max_members = 4,
    .unique_keys = TRUE,
  };
  g_autoptr (JsonNode) node = wire_json_parse (text, length, &limits, NULL);
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

void
bridge_admin_ask (BridgeAdmin *self,
                  const char *text,
                  gsize length,
                  BridgeAdminFunc func,
                  gpointer user_data)
{
  const char *wrong;
  Call *call;

  g_return_if_fail (self != NULL && text != NULL && func != NULL);

  call = g_new0 (Call, 1);
  call->admin = self;
  call->ending = g_object_ref (self->ending);
  call->func = func;
  call->user_data = user_data;
  wrong = read_question (call, text, length);
  if (wrong != NULL)
    {
      answer_error (call, wrong);
      return;
    }
  bridge_log (G_LOG_LEVEL_MESSAGE, "admin", "command", call->command->name, "argument",
              call->arguments[0], "subject", call->arguments[1], NULL);
  call->command->handle (call);
}

BridgeAdmin *
bridge_admin_new (BridgeStore *store, BridgeBlobs *blobs, BridgeLobby *lobby)
{
  BridgeAdmin *self;

  g_return_val_if_fail (BRIDGE_IS_STORE (store), NULL);
  g_return_val_if_fail (blobs != NULL && BRIDGE_IS_LOBBY (lobby), NULL);

  self = g_new0 (BridgeAdmin, 1);
  self->store = g_object_ref (store);
  self->blobs = bridge_blobs_ref (blobs);
  self->lobby = g_object_ref (lobby);
  self->ending = g_cancellable_new ();
  return self;
}

void
bridge_admin_free (BridgeAdmin *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->ending);
  g_object_unref (self->ending);
  g_object_unref (self->lobby);
  bridge_blobs_unref (self->blobs);
  g_object_unref (self->store);
  g_free (self);
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
