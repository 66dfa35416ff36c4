/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-message.h"

#include <inttypes.h>
#include <string.h>

#include "board-fields.h"
#include "board-sodium.h"

#define MAX_MESSAGE 1024 /* bytes of a refusal's words */
#define MAX_PROOF 86     /* 64 bytes in base64url */
#define MAX_USES 1000000

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void
set_key (JsonObject *object, const char *name, const BoardKey *key)
{
  g_autofree char *text = board_key_to_text (key);

  json_object_set_string_member (object, name, text);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA, what);
  return FALSE;
}

static gboolean
parse_version (JsonObject *object, GError **error)
{
  int64_t version;

  if (!board_fields_int (object, "v", 0, G_MAXINT, &version, error))
    return FALSE;
  return version == BOARD_WIRE_VERSION || fail (error, "This version is not spoken here");
}

static gboolean
parse_board_id (JsonObject *object, char **board, GError **error)
{
  const char *text;

  if (!board_fields_string (object, "board", 64, &text, error))
    return FALSE;
  if (!board_id_is_valid (text))
    return fail (error, "\"board\" is not a board's id");
  *board = g_strdup (text);
  return TRUE;
}

static gboolean
parse_role (JsonObject *object, BoardRole *role, GError **error)
{
  const char *text;

  if (!board_fields_string (object, "role", 16, &text, error))
    return FALSE;
  return board_role_from_string (text, role) || fail (error, "\"role\" is not a role");
}

/* Sealed text that may be absent. */
static gboolean
parse_sealed (JsonObject *object, const char *name, gsize max, char **sealed, GError **error)
{
  const char *text;

  if (!board_fields_has (object, name))
    return TRUE;
  if (!board_fields_string (object, name, max, &text, error))
    return FALSE;
  if (*text != '\0' && !board_body_is_valid (text, max))
    return fail (error, "A sealed text is not base64url");
  *sealed = g_strdup (text);
  return TRUE;
}

gboolean
board_member_id_is_valid (const char *text)
{
  BoardKey key;

  return text != NULL && board_key_from_text (text, &key, NULL);
}

gboolean
board_body_is_valid (const char *text, gsize max)
{
  gsize length;

  g_return_val_if_fail (text != NULL, FALSE);

  length = strnlen (text, max + 1);
  if (length == 0 || length > max)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
      return FALSE;
  return TRUE;
}

gboolean
board_body_is_talk (const char *text)
{
  g_autofree guint8 *head = NULL;
  gsize size;

  g_return_val_if_fail (text != NULL, FALSE);

  /* four characters are three bytes, the flags first */
  head = strnlen (text, 4) == 4 ? board_base64_decode (text, 4, &size) : NULL;
  return head != NULL && (head[0] & ~BOARD_BODY_DEFLATED) == BOARD_BODY_TALK;
}

JsonNode *
board_refusal_to_json (BoardRefusal refusal, const char *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", board_refusal_to_string (refusal));
  json_object_set_string_member (object, "message", message != NULL ? message : "");
  return take_object (object);
}

gboolean
board_refusal_from_json (JsonNode *node, BoardRefusal *refusal, const char **message)
{
  JsonObject *object;
  const char *code, *words = "";

  g_return_val_if_fail (node != NULL && refusal != NULL, FALSE);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  if (!board_fields_string (object, "code", 64, &code, NULL))
    return FALSE;
  if (!board_refusal_from_string (code, refusal))
    *refusal = BOARD_REFUSAL_BAD_REQUEST;
  if (!board_fields_string (object, "message", MAX_MESSAGE, &words, NULL))
    words = "";
  if (message != NULL)
    *message = words;
  return TRUE;
}

JsonNode *
board_refusal_gap_to_json (uint64_t expected, const char *message)
{
  JsonNode *node = board_refusal_to_json (BOARD_REFUSAL_GAP, message);

  json_object_set_int_member (json_node_get_object (node), "expected", (int64_t) expected);
  return node;
}

uint64_t
board_refusal_get_expected (JsonNode *node)
{
  int64_t expected;

  g_return_val_if_fail (node != NULL, 0);

  if (!JSON_NODE_HOLDS_OBJECT (node)
      || !board_fields_has (json_node_get_object (node), "expected")
      || !board_fields_int (json_node_get_object (node), "expected", 1, BOARD_MAX_INTEGER, &expected,
                            NULL))
    return 0;
  return (uint64_t) expected;
}

/* {key, proof} */
static gboolean
parse_credential (JsonObject *auth, const char *name, BoardKey *key, char **proof, GError **error)
{
  JsonObject *object;
  const char *text;

  if (!board_fields_object (auth, name, &object, error)
      || !board_fields_key (object, "key", key, error)
      || !board_fields_string (object, "proof", MAX_PROOF, &text, error))
    return FALSE;
  *proof = g_strdup (text);
  return TRUE;
}

static JsonObject *
build_credential (const BoardKey *seed, const char *sid, const char *board)
{
  JsonObject *object = json_object_new ();
  g_autofree char *proof = board_proof_sign (seed, sid, board);
  BoardKey public_key;

  board_key_public (seed, &public_key);
  set_key (object, "key", &public_key);
  json_object_set_string_member (object, "proof", proof);
  return object;
}

BoardJoin *
board_join_parse (JsonObject *auth, GError **error)
{
  g_autoptr (BoardJoin) join = g_new0 (BoardJoin, 1);

  g_return_val_if_fail (auth != NULL, NULL);

  if (!parse_version (auth, error) || !parse_board_id (auth, &join->board, error)
      || !parse_credential (auth, "member", &join->member_key, &join->member_proof, error)
      || !parse_sealed (auth, "profile", BOARD_MAX_PROFILE, &join->profile, error))
    return NULL;
  join->has_invite = board_fields_has (auth, "invite");
  if (join->has_invite
      && !parse_credential (auth, "invite", &join->invite_key, &join->invite_proof, error))
    return NULL;
  if (board_fields_has (auth, "snapshot")
      && !board_fields_bool (auth, "snapshot", &join->snapshot, error))
    return NULL;
  join->since = -1;
  if (board_fields_has (auth, "since")
      && !board_fields_int (auth, "since", 0, BOARD_MAX_INTEGER, &join->since, error))
    return NULL;
  return g_steal_pointer (&join);
}

void
board_join_free (BoardJoin *join)
{
  if (join == NULL)
    return;
  g_free (join->board);
  g_free (join->invite_proof);
  g_free (join->member_proof);
  g_free (join->profile);
  g_free (join);
}

JsonNode *
board_join_build (const char *board,
                  const char *sid,
                  const BoardKey *invite_seed,
                  const BoardKey *member_seed,
                  int64_t since,
                  const char *profile)
{
  JsonObject *object;

  g_return_val_if_fail (board != NULL && sid != NULL && member_seed != NULL, NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "v", BOARD_WIRE_VERSION);
  json_object_set_string_member (object, "board", board);
  if (invite_seed != NULL)
    json_object_set_object_member (object, "invite", build_credential (invite_seed, sid, board));
  json_object_set_object_member (object, "member", build_credential (member_seed, sid, board));
  if (since >= 0)
    json_object_set_int_member (object, "since", since);
  else
    json_object_set_null_member (object, "since");
  if (profile != NULL)
    json_object_set_string_member (object, "profile", profile);
  return take_object (object);
}

BoardInvite *
board_invite_parse (JsonObject *object, GError **error)
{
  g_autoptr (BoardInvite) invite = g_new0 (BoardInvite, 1);
  int64_t uses = 0;

  g_return_val_if_fail (object != NULL, NULL);

  if (!board_fields_key (object, "key", &invite->key, error)
      || !parse_role (object, &invite->role, error)
      || (board_fields_has (object, "expires")
          && !board_fields_int (object, "expires", 0, BOARD_MAX_INTEGER, &invite->expires, error))
      || (board_fields_has (object, "uses")
          && !board_fields_int (object, "uses", 0, MAX_USES, &uses, error))
      || !parse_sealed (object, "label", BOARD_MAX_LABEL, &invite->label, error))
    return NULL;
  invite->uses = (guint) uses;
  if (invite->label == NULL)
    invite->label = g_strdup ("");
  return g_steal_pointer (&invite);
}

JsonNode *
board_invite_build (const BoardInvite *invite)
{
  JsonObject *object;

  g_return_val_if_fail (invite != NULL, NULL);

  object = json_object_new ();
  set_key (object, "key", &invite->key);
  json_object_set_string_member (object, "role", board_role_to_string (invite->role));
  json_object_set_int_member (object, "expires", invite->expires);
  json_object_set_int_member (object, "uses", invite->uses);
  json_object_set_string_member (object, "label", invite->label != NULL ? invite->label : "");
  return take_object (object);
}

void
board_invite_free (BoardInvite *invite)
{
  if (invite == NULL)
    return;
  g_free (invite->label);
  g_free (invite);
}

BoardCreate *
board_create_parse (JsonObject *object, GError **error)
{
  g_autoptr (BoardCreate) create = g_new0 (BoardCreate, 1);
  JsonObject *invite;

  g_return_val_if_fail (object != NULL, NULL);

  if (!parse_version (object, error) || !parse_board_id (object, &create->board, error)
      || !board_fields_key (object, "host", &create->host, error))
    return NULL;
  if (board_fields_has (object, "invite"))
    {
      if (!board_fields_object (object, "invite", &invite, error))
        return NULL;
      create->invite = board_invite_parse (invite, error);
      if (create->invite == NULL)
        return NULL;
    }
  return g_steal_pointer (&create);
}

JsonNode *
board_create_build (const BoardCreate *create)
{
  JsonObject *object;

  g_return_val_if_fail (create != NULL && create->board != NULL, NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "v", BOARD_WIRE_VERSION);
  json_object_set_string_member (object, "board", create->board);
  set_key (object, "host", &create->host);
  if (create->invite != NULL)
    json_object_set_member (object, "invite", board_invite_build (create->invite));
  return take_object (object);
}

void
board_create_free (BoardCreate *create)
{
  if (create == NULL)
    return;
  g_free (create->board);
  board_invite_free (create->invite);
  g_free (create);
}

BoardMember *
board_member_parse (JsonObject *object, GError **error)
{
  g_autoptr (BoardMember) member = g_new0 (BoardMember, 1);
  BoardKey key;

  g_return_val_if_fail (object != NULL, NULL);

  if (!board_fields_key (object, "id", &key, error) || !parse_role (object, &member->role, error)
      || !board_fields_bool (object, "here", &member->here, error)
      || (board_fields_has (object, "banned")
          && !board_fields_bool (object, "banned", &member->banned, error))
      || !parse_sealed (object, "profile", BOARD_MAX_PROFILE, &member->profile, error))
    return NULL;
  member->id = board_key_to_text (&key);
  return g_steal_pointer (&member);
}

JsonNode *
board_member_build (const BoardMember *member)
{
  JsonObject *object;

  g_return_val_if_fail (member != NULL && member->id != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", member->id);
  json_object_set_string_member (object, "role", board_role_to_string (member->role));
  if (member->profile != NULL)
    json_object_set_string_member (object, "profile", member->profile);
  json_object_set_boolean_member (object, "here", member->here);
  if (member->banned)
    json_object_set_boolean_member (object, "banned", TRUE);
  return take_object (object);
}

void
board_member_free (BoardMember *member)
{
  if (member == NULL)
    return;
  g_free (member->id);
  g_free (member->profile);
  g_free (member);
}

static gboolean
parse_members (JsonObject *object, const char *name, GPtrArray *members, GError **error)
{
  JsonArray *array;

  if (!board_fields_array (object, name, BOARD_MAX_MEMBERS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      BoardMember *member;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, "A member is not an object");
      member = board_member_parse (json_node_get_object (node), error);
      if (member == NULL)
        return FALSE;
      g_ptr_array_add (members, member);
    }
  return TRUE;
}

static JsonArray *
build_members (GPtrArray *members)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; members != NULL && i < members->len; i++)
    json_array_add_element (array, board_member_build (g_ptr_array_index (members, i)));
  return array;
}

static gboolean
parse_count (JsonObject *object, const char *name, uint64_t *count, GError **error)
{
  int64_t value;

  if (!board_fields_int (object, name, 0, BOARD_MAX_INTEGER, &value, error))
    return FALSE;
  *count = (uint64_t) value;
  return TRUE;
}

static gboolean
parse_hello_snapshot (JsonObject *object, BoardSnapshot *snapshot, GError **error)
{
  JsonObject *inner;

  return !board_fields_has (object, "snapshot")
         || (board_fields_object (object, "snapshot", &inner, error)
             && board_snapshot_parse (inner, snapshot, error));
}

BoardHello *
board_hello_parse (JsonObject *object, GError **error)
{
  JsonObject *limits;
  g_autoptr (BoardHello) hello = g_new0 (BoardHello, 1);
  BoardKey you;

  g_return_val_if_fail (object != NULL, NULL);

  hello->members = g_ptr_array_new_with_free_func ((GDestroyNotify) board_member_free);
  if (!board_fields_key (object, "you", &you, error) || !parse_role (object, &hello->role, error)
      || !parse_count (object, "seq", &hello->seq, error)
      || !parse_count (object, "counter", &hello->counter, error)
      || !parse_members (object, "members", hello->members, error)
      || !parse_hello_snapshot (object, &hello->snapshot, error)
      || (board_fields_has (object, "locked")
          && !board_fields_bool (object, "locked", &hello->locked, error))
      || (board_fields_has (object, "now")
          && !board_fields_int (object, "now", 0, BOARD_MAX_INTEGER, &hello->now, error)))
    return NULL;
  hello->you = board_key_to_text (&you);
  if (board_fields_object (object, "limits", &limits, NULL))
    board_server_limits_parse (limits, &hello->limits);
  return g_steal_pointer (&hello);
}

JsonNode *
board_hello_build (const BoardHello *hello)
{
  JsonObject *object;

  g_return_val_if_fail (hello != NULL && hello->you != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "you", hello->you);
  json_object_set_string_member (object, "role", board_role_to_string (hello->role));
  json_object_set_int_member (object, "seq", (int64_t) hello->seq);
  json_object_set_int_member (object, "counter", (int64_t) hello->counter);
  json_object_set_member (object, "snapshot", board_snapshot_build (&hello->snapshot));
  json_object_set_array_member (object, "members", build_members (hello->members));
  json_object_set_boolean_member (object, "locked", hello->locked);
  if (hello->now > 0)
    json_object_set_int_member (object, "now", hello->now);
  json_object_set_object_member (object, "limits", board_server_limits_build (&hello->limits));
  return take_object (object);
}

void
board_hello_free (BoardHello *hello)
{
  if (hello == NULL)
    return;
  g_free (hello->you);
  g_clear_pointer (&hello->members, g_ptr_array_unref);
  g_free (hello);
}

BoardPresence *
board_presence_new (void)
{
  BoardPresence *presence = g_new0 (BoardPresence, 1);

  presence->joined = g_ptr_array_new_with_free_func ((GDestroyNotify) board_member_free);
  presence->left = g_ptr_array_new_with_free_func (g_free);
  presence->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) board_member_free);
  return presence;
}

static gboolean
parse_left (JsonObject *object, GPtrArray *left, GError **error)
{
  JsonArray *array;

  if (!board_fields_array (object, "left", BOARD_MAX_MEMBERS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *id;

      if (!board_node_string (json_array_get_element (array, i), &id)
          || !board_member_id_is_valid (id))
        return fail (error, "Who left is not a member's id");
      g_ptr_array_add (left, g_strdup (id));
    }
  return TRUE;
}

BoardPresence *
board_presence_parse (JsonObject *object, GError **error)
{
  g_autoptr (BoardPresence) presence = board_presence_new ();

  g_return_val_if_fail (object != NULL, NULL);

  if ((board_fields_has (object, "joined")
       && !parse_members (object, "joined", presence->joined, error))
      || (board_fields_has (object, "left") && !parse_left (object, presence->left, error))
      || (board_fields_has (object, "changed")
          && !parse_members (object, "changed", presence->changed, error)))
    return NULL;
  return g_steal_pointer (&presence);
}

JsonNode *
board_presence_build (const BoardPresence *presence)
{
  JsonObject *object;

  g_return_val_if_fail (presence != NULL, NULL);

  object = json_object_new ();
  if (presence->joined->len > 0)
    json_object_set_array_member (object, "joined", build_members (presence->joined));
  if (presence->left->len > 0)
    {
      JsonArray *left = json_array_new ();

      for (guint i = 0; i < presence->left->len; i++)
        json_array_add_string_element (left, g_ptr_array_index (presence->left, i));
      json_object_set_array_member (object, "left", left);
    }
  if (presence->changed->len > 0)
    json_object_set_array_member (object, "changed", build_members (presence->changed));
  return take_object (object);
}

void
board_presence_free (BoardPresence *presence)
{
  if (presence == NULL)
    return;
  g_ptr_array_unref (presence->joined);
  g_ptr_array_unref (presence->left);
  g_ptr_array_unref (presence->changed);
  g_free (presence);
}

/* The array of exactly that many values, its first a member, its last a body. */
static JsonArray *
parse_entry_array (JsonNode *node, guint length, gsize max_body, BoardEntry *entry)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  if (json_array_get_length (array) != length
      || !board_node_string (json_array_get_element (array, 0), &entry->member)
      || !board_member_id_is_valid (entry->member)
      || !board_node_string (json_array_get_element (array, length - 1), &entry->body)
      || !board_body_is_valid (entry->body, max_body))
    return NULL;
  return array;
}

gboolean
board_entry_parse (JsonNode *node, BoardEntry *entry, GError **error)
{
  JsonArray *array;
  int64_t counter, time;

  g_return_val_if_fail (node != NULL && entry != NULL, FALSE);

  array = parse_entry_array (node, 4, BOARD_MAX_OP_BODY, entry);
  if (array == NULL || !board_node_int (json_array_get_element (array, 1), &counter)
      || !board_node_int (json_array_get_element (array, 2), &time))
    return fail (error, "An entry is [member, counter, ms, body]");
  if (counter < 1 || counter > BOARD_MAX_INTEGER || time < 0 || time > BOARD_MAX_INTEGER)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_RANGE,
                           "An entry's counter or time is out of range");
      return FALSE;
    }
  entry->counter = (uint64_t) counter;
  entry->time = time;
  return TRUE;
}

/* Member and body are base64url, so they need no escaping. */
void
board_entry_append (GString *out, const BoardEntry *entry)
{
  g_return_if_fail (out != NULL && entry != NULL);

  g_string_append_printf (out, "[\"%s\",%" PRIu64 ",%" PRId64 ",\"", entry->member, entry->counter,
                          entry->time);
  g_string_append (out, entry->body);
  g_string_append (out, "\"]");
}

gboolean
board_cast_entry_parse (JsonNode *node, BoardEntry *entry, GError **error)
{
  g_return_val_if_fail (node != NULL && entry != NULL, FALSE);

  entry->counter = 0;
  entry->time = 0;
  return parse_entry_array (node, 2, BOARD_MAX_CAST_BODY, entry) != NULL
         || fail (error, "A cast is [member, body]");
}

void
board_cast_entry_append (GString *out, const BoardEntry *entry)
{
  g_return_if_fail (out != NULL && entry != NULL);

  g_string_append (out, "[\"");
  g_string_append (out, entry->member);
  g_string_append (out, "\",\"");
  g_string_append (out, entry->body);
  g_string_append (out, "\"]");
}

char *
board_blob_authorization_build (const BoardKey *member_seed,
                                const char *sid,
                                const char *method,
                                const char *board,
                                const char *blob)
{
  g_autofree char *proof = NULL;
  g_autofree char *id = NULL;
  BoardKey key;

  g_return_val_if_fail (member_seed != NULL, NULL);

  proof = board_blob_proof_sign (member_seed, sid, method, board, blob);
  board_key_public (member_seed, &key);
  id = board_key_to_text (&key);
  return g_strconcat (BOARD_BLOB_SCHEME, id, ".", proof, NULL);
}

gboolean
board_blob_authorization_parse (const char *text, BoardKey *member, char **proof)
{
  g_autofree char *id = NULL;
  const char *dot;

  g_return_val_if_fail (text != NULL && member != NULL && proof != NULL, FALSE);

  if (!g_str_has_prefix (text, BOARD_BLOB_SCHEME))
    return FALSE;
  text += strlen (BOARD_BLOB_SCHEME);
  dot = strchr (text, '.');
  if (dot == NULL || strnlen (dot + 1, MAX_PROOF + 1) > MAX_PROOF)
    return FALSE;
  id = g_strndup (text, (gsize) (dot - text));
  if (!board_key_from_text (id, member, NULL))
    return FALSE;
  *proof = g_strdup (dot + 1);
  return TRUE;
}
