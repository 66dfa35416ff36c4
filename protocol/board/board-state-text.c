/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-state-text.h"

#include <inttypes.h>
#include <string.h>

#include "board-deflate.h"
#include "board-element-plain.h"
#include "board-element-private.h"
#include "board-fields.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

/* The longest change is a "+" of the longest element, with a member and a time before it. */
#define MAX_LINE (BOARD_MAX_ELEMENT + 4096)
#define MAX_HEAD (4 * 1024 * 1024)

/* --- Writing ------------------------------------------------------------------------------------ */

/* [member,ms, with the change and the bracket to follow */
static void
begin_line (GString *out, const char *member, int64_t time)
{
  g_string_append_c (out, '[');
  wire_json_append_string (out, member);
  g_string_append_printf (out, ",%" PRId64 ",", time);
}

static void
append_change (GString *out, const char *member, int64_t time, const BoardChange *change)
{
  begin_line (out, member, time);
  board_change_append (out, change);
  g_string_append (out, "]\n");
}

static void
append_element (GString *out, BoardState *self, const char *id)
{
  const char *author, *writer;

  board_state_get_authors (self, id, &author, &writer);
  begin_line (out, author, 0);
  g_string_append (out, "[\"+\",");
  board_element_append_text (board_state_get_element (self, id), out);
  g_string_append (out, "]]\n");
  if (g_str_equal (author, writer))
    return;
  begin_line (out, writer, 0);
  g_string_append (out, "[\"=\",");
  wire_json_append_string (out, id);
  g_string_append (out, ",{}]]\n");
}

/* A deleted message was something once, and an edited one is edited anew. */
static void
append_chat (GString *out, const BoardChatLine *line)
{
  BoardChange change = {
    .type = BOARD_CHANGE_CHAT,
    .id = line->id,
    .text = line->deleted ? (char *) "-" : line->text,
    .reply = line->reply,
    .has_place = line->has_place,
    .x = line->x,
    .y = line->y,
  };

  append_change (out, line->member, line->time, &change);
  if (!line->deleted && !line->edited)
    return;
  change.type = line->deleted ? BOARD_CHANGE_CHAT_DELETE : BOARD_CHANGE_CHAT_EDIT;
  append_change (out, line->member, line->time, &change);
}

static void
append_title (GString *out, const char *title)
{
  const BoardChange change = { .type = BOARD_CHANGE_TITLE, .text = (char *) title };

  if (*title != '\0')
    append_change (out, "", 0, &change);
}

static void
append_head (GString *out, BoardState *self, uint64_t seq)
{
  g_autofree char *hash = board_hash_to_text (board_state_get_hash (self));
  g_autoptr (GPtrArray) members = board_state_list_writers (self);

  g_string_append_printf (out, "{\"v\":1,\"seq\":%" PRIu64 ",\"hash\":\"%s\",\"counters\":{", seq,
                          hash);
  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);

      if (i > 0)
        g_string_append_c (out, ',');
      wire_json_append_string (out, member);
      g_string_append_printf (out, ":%" PRIu64, board_state_get_counter (self, member));
    }
  g_string_append (out, "}}\n");
}

GBytes *
board_state_save (BoardState *self, uint64_t seq)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) ids = board_state_list_elements (self);
  BoardChats *chats = board_state_get_chats (self);
  GByteArray *deflated;

  append_head (out, self, seq);
  append_title (out, board_state_get_title (self));
  for (guint i = 0; i < ids->len; i++)
    append_element (out, self, g_ptr_array_index (ids, i));
  for (guint i = 0; i < board_chats_get_length (chats); i++)
    append_chat (out, board_chats_get (chats, i));
  board_meeting_foreach (board_state_get_meeting (self), append_change, out);
  deflated = board_deflate ((const guint8 *) out->str, out->len, G_MAXSIZE);
  return g_byte_array_free_to_bytes (deflated);
}

/* --- Reading ------------------------------------------------------------------------------------ */

static gboolean
fail (GError **error, BoardError code, const char *what)
{
  g_set_error_literal (error, BOARD_ERROR, code, what);
  return FALSE;
}

static gboolean
read_counters (BoardState *self, JsonObject *head, GError **error)
{
  JsonObject *counters;
  JsonObjectIter iter;
  const char *member;

  if (!board_fields_object (head, "counters", &counters, error))
    return FALSE;
  json_object_iter_init (&iter, counters);
  while (json_object_iter_next (&iter, &member, NULL))
    {
      int64_t counter;

      if (!board_fields_int (counters, member, 1, BOARD_MAX_INTEGER, &counter, error))
        return FALSE;
      board_state_set_counter (self, member, (uint64_t) counter);
    }
  return TRUE;
}

static JsonNode *
parse_head (const char *text, gsize length, GError **error)
{
  const WireJsonLimits limits = {
    .max_bytes = MAX_HEAD,
    .max_depth = 4,
    .max_values = 200000,
    .max_members = 100000,
    .unique_keys = TRUE,
  };
  JsonNode *root = wire_json_parse (text, length, &limits, NULL);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return root;
  g_clear_pointer (&root, json_node_unref);
  fail (error, BOARD_ERROR_SYNTAX, "The state has no head");
  return NULL;
}

static gboolean
read_head (BoardState *self,
           const char *text,
           gsize length,
           uint64_t *seq,
           char **hash,
           GError **error)
{
  g_autoptr (JsonNode) root = parse_head (text, length, error);
  int64_t version, position;
  const char *said;

  if (root == NULL || !board_fields_int (json_node_get_object (root), "v", 1, 1, &version, error)
      || !board_fields_int (json_node_get_object (root), "seq", 0, BOARD_MAX_INTEGER, &position,
                            error)
      || !board_fields_string (json_node_get_object (root), "hash", 32, &said, error)
      || !read_counters (self, json_node_get_object (root), error))
    return FALSE;
  *seq = (uint64_t) position;
  *hash = g_strdup (said);
  return TRUE;
}

/* Where the element of a line that adds one begins, written as append_element() does, by a member
 * whose name needs no escapes; NULL: another line. */
static const char *
skip_to_element (const char *text, gsize length, char *member)
{
  static const char middle[] = "\",0,[\"+\",";
  const char *at = text + 2;
  gsize size = 0;

  if (length < 2 || memcmp (text, "[\"", 2) != 0)
    return NULL;
  while (size < length - 2 && size < BOARD_MAX_NAME_BYTES
         && (g_ascii_isalnum (at[size]) || at[size] == '-' || at[size] == '_'))
    size++;
  if (length - 2 - size < strlen (middle) || memcmp (at + size, middle, strlen (middle)) != 0)
    return NULL;
  memcpy (member, at, size);
  member[size] = '\0';
  return at + size + strlen (middle);
}

/* A line that adds a plain stroke, as most do. FALSE: another line, and nothing has changed. */
static gboolean
read_plain_line (BoardState *self, const char *text, gsize length)
{
  char member[BOARD_MAX_NAME_BYTES + 1];
  const char *end = text + length, *at = skip_to_element (text, length, member);
  g_autoptr (BoardElement) element = NULL;
  gsize used;

  element = at != NULL ? board_element_read_plain (at, (gsize) (end - at), &used) : NULL;
  return element != NULL && end - at - (gssize) used == 2 && memcmp (at + used, "]]", 2) == 0
         && board_state_add (self, member, element);
}

static gboolean
read_line (BoardState *self, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (BoardOp) op = NULL;
  const char *member;
  JsonArray *array;
  int64_t time;

  if (length > MAX_LINE)
    return fail (error, BOARD_ERROR_LIMIT, "A line of the state is too long");
  if (read_plain_line (self, text, length))
    return TRUE;
  root = board_element_parse_json (text, length, error);
  if (root == NULL)
    return FALSE;
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  if (array == NULL || json_array_get_length (array) != 3
      || !board_node_string (json_array_get_element (array, 0), &member)
      || strnlen (member, BOARD_MAX_NAME_BYTES + 1) > BOARD_MAX_NAME_BYTES
      || !board_node_int (json_array_get_element (array, 1), &time) || time < 0
      || time > BOARD_MAX_INTEGER)
    return fail (error, BOARD_ERROR_SCHEMA, "A line of the state is no change");
  op = board_op_from_node (json_array_get_element (array, 2), error);
  if (op == NULL)
    return FALSE;
  return board_state_apply (self, member, time, op, NULL, NULL)
         || fail (error, BOARD_ERROR_SCHEMA, "A line of the state does nothing");
}

static gboolean
read_lines (BoardState *self, const char *text, gsize size, GError **error)
{
  while (size > 0)
    {
      const char *end = memchr (text, '\n', size);
      gsize length = end != NULL ? (gsize) (end - text) : size;

      if (end == NULL)
        return fail (error, BOARD_ERROR_SYNTAX, "The state ends within a line");
      if (!read_line (self, text, length, error))
        return FALSE;
      text += length + 1;
      size -= length + 1;
    }
  return TRUE;
}

BoardState *
board_state_load (GBytes *bytes, uint64_t *seq, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GByteArray) text = board_inflate (data, size, BOARD_MAX_STATE_TEXT);
  g_autoptr (BoardState) self = board_state_new ();
  g_autofree char *said = NULL;
  g_autofree char *hash = NULL;
  const char *lines;
  gsize head;

  lines = text != NULL && text->len > 0 ? memchr (text->data, '\n', text->len) : NULL;
  if (lines == NULL)
    {
      fail (error, BOARD_ERROR_SYNTAX, "Not a state");
      return NULL;
    }
  head = (gsize) (lines - (const char *) text->data);
  if (!read_head (self, (const char *) text->data, head, seq, &said, error)
      || !read_lines (self, lines + 1, text->len - head - 1, error))
    return NULL;
  hash = board_hash_to_text (board_state_get_hash (self));
  if (!g_str_equal (hash, said))
    {
      fail (error, BOARD_ERROR_SEAL, "The state is not what it says it is");
      return NULL;
    }
  return g_steal_pointer (&self);
}
