/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-op.h"

#include <string.h>

#include "board-change.h"
#include "board-element-plain.h"
#include "board-element-private.h"
#include "board-fields.h"
#include "board/board-invite.h"
#include "board/board-limits.h"

#define OPENING "{\"c\":["
#define CLOSING "]}"
/* At most so many JSON values are in the "+" of a plain stroke. */
#define PLAIN_VALUES 16

struct _BoardOp {
  gatomicrefcount refs;
  GPtrArray *changes; /* (element-type BoardChange) */
};

G_DEFINE_BOXED_TYPE (BoardOp, board_op, board_op_ref, board_op_unref)

static BoardChange *
add_change (BoardOp *self, BoardChangeType type)
{
  BoardChange *change = board_change_new (type);

  g_ptr_array_add (self->changes, change);
  return change;
}

BoardOp *
board_op_new (void)
{
  BoardOp *self = g_new0 (BoardOp, 1);

  g_atomic_ref_count_init (&self->refs);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) board_change_free);
  return self;
}

BoardOp *
board_op_ref (BoardOp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
board_op_unref (BoardOp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->changes);
  g_free (self);
}

void
board_op_add_element (BoardOp *self, BoardElement *element)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && element != NULL);

  change = add_change (self, BOARD_CHANGE_ADD);
  change->element = board_element_ref (element);
  change->id = g_strdup (board_element_get_id (element));
}

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (copy, name, json_node_copy (node));
  return copy;
}

void
board_op_set_props (BoardOp *self, const char *id, JsonObject *props)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && id != NULL && props != NULL);

  change = add_change (self, BOARD_CHANGE_SET);
  change->id = g_strdup (id);
  change->props = copy_object (props);
}

void
board_op_remove_element (BoardOp *self, const char *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_change (self, BOARD_CHANGE_REMOVE)->id = g_strdup (id);
}

/* With a fresh id. */
static BoardChange *
add_named (BoardOp *self, BoardChangeType type, const char *text)
{
  BoardChange *change = add_change (self, type);

  change->id = board_id_generate ();
  change->text = g_strdup (text);
  return change;
}

void
board_op_chat (BoardOp *self, const char *text)
{
  board_op_chat_about (self, text, NULL, NULL);
}

void
board_op_chat_about (BoardOp *self, const char *text, const char *reply, const BoardRect *place)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && text != NULL && g_utf8_validate (text, -1, NULL));

  change = add_named (self, BOARD_CHANGE_CHAT, text);
  change->reply = g_strdup (reply);
  if (place == NULL)
    return;
  change->has_place = TRUE;
  change->x = place->x + place->width / 2;
  change->y = place->y + place->height / 2;
}

void
board_op_edit_chat (BoardOp *self, const char *id, const char *text)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && id != NULL && text != NULL);
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  change = add_change (self, BOARD_CHANGE_CHAT_EDIT);
  change->id = g_strdup (id);
  change->text = g_strdup (text);
}

void
board_op_delete_chat (BoardOp *self, const char *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  add_change (self, BOARD_CHANGE_CHAT_DELETE)->id = g_strdup (id);
}

void
board_op_set_title (BoardOp *self, const char *title)
{
  g_return_if_fail (self != NULL && title != NULL && g_utf8_validate (title, -1, NULL));

  add_change (self, BOARD_CHANGE_TITLE)->text = g_strdup (title);
}

const char *
board_op_add_poll (BoardOp *self, const char *question, const char *const *options, gboolean many)
{
  BoardChange *change;

  g_return_val_if_fail (self != NULL && question != NULL && options != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (question, -1, NULL), NULL);

  change = add_named (self, BOARD_CHANGE_POLL, question);
  change->options = g_strdupv ((char **) options);
  change->many = many != FALSE;
  return change->id;
}

void
board_op_vote (BoardOp *self, const char *poll, const guint *choices, gsize n_choices)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && poll != NULL && (choices != NULL || n_choices == 0));

  change = add_change (self, BOARD_CHANGE_POLL_VOTE);
  change->id = g_strdup (poll);
  for (gsize i = 0; i < n_choices; i++)
    if (choices[i] < BOARD_MAX_OPTIONS)
      change->choices |= UINT32_C (1) << choices[i];
}

void
board_op_close_poll (BoardOp *self, const char *poll)
{
  g_return_if_fail (self != NULL && poll != NULL);

  add_change (self, BOARD_CHANGE_POLL_CLOSE)->id = g_strdup (poll);
}

void
board_op_delete_poll (BoardOp *self, const char *poll)
{
  g_return_if_fail (self != NULL && poll != NULL);

  add_change (self, BOARD_CHANGE_POLL_DELETE)->id = g_strdup (poll);
}

const char *
board_op_start_ballot (BoardOp *self, guint each)
{
  BoardChange *change;

  g_return_val_if_fail (self != NULL, NULL);

  change = add_named (self, BOARD_CHANGE_BALLOT, NULL);
  change->count = each;
  return change->id;
}

void
board_op_close_ballot (BoardOp *self, const char *ballot)
{
  g_return_if_fail (self != NULL && ballot != NULL);

  add_change (self, BOARD_CHANGE_BALLOT_CLOSE)->id = g_strdup (ballot);
}

void
board_op_set_dots (BoardOp *self, const char *ballot, const char *element, guint count)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && ballot != NULL && element != NULL);

  change = add_change (self, BOARD_CHANGE_DOT);
  change->id = g_strdup (ballot);
  change->target = g_strdup (element);
  change->count = count;
}

void
board_op_set_timer (BoardOp *self, int64_t ms, gboolean paused)
{
  BoardChange *change;

  g_return_if_fail (self != NULL && ms >= 0);

  change = add_change (self, BOARD_CHANGE_TIMER);
  change->ms = ms;
  change->paused = ms > 0 && paused;
}

guint
board_op_get_n_changes (BoardOp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes->len;
}

static BoardChange *
get_change (BoardOp *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->changes->len, NULL);

  return g_ptr_array_index (self->changes, i);
}

const BoardChange *
board_op_peek_change (BoardOp *op, guint i)
{
  return get_change (op, i);
}

gboolean
board_op_is_talk (BoardOp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->changes->len; i++)
    if (!board_change_type_is_talk (get_change (self, i)->type))
      return FALSE;
  return TRUE;
}

BoardChangeType
board_op_get_change_type (BoardOp *self, guint i)
{
  BoardChange *change = get_change (self, i);

  return change != NULL ? change->type : BOARD_CHANGE_UNKNOWN;
}

const char *
board_op_get_change_id (BoardOp *self, guint i)
{
  BoardChange *change = get_change (self, i);

  return change != NULL ? change->id : NULL;
}

BoardElement *
board_op_get_change_element (BoardOp *self, guint i)
{
  BoardChange *change = get_change (self, i);

  return change != NULL ? change->element : NULL;
}

JsonObject *
board_op_get_change_props (BoardOp *self, guint i)
{
  BoardChange *change = get_change (self, i);

  return change != NULL ? change->props : NULL;
}

const char *
board_op_get_change_text (BoardOp *self, guint i)
{
  BoardChange *change = get_change (self, i);

  return change != NULL && change->type != BOARD_CHANGE_UNKNOWN ? change->text : NULL;
}

char *
board_op_to_json (BoardOp *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new ("{\"c\":[");
  for (guint i = 0; i < self->changes->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      board_change_append (out, g_ptr_array_index (self->changes, i));
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

BoardOp *
board_op_from_node (JsonNode *node, GError **error)
{
  BoardChange *change = board_change_parse (node, error);
  BoardOp *self;

  if (change == NULL)
    return NULL;
  self = board_op_new ();
  g_ptr_array_add (self->changes, change);
  return self;
}

static JsonArray *
get_changes (JsonNode *root, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA, "An op is not an object");
      return NULL;
    }
  if (!board_fields_array (json_node_get_object (root), "c", BOARD_MAX_CHANGES, &array, error))
    return NULL;
  return array;
}

static BoardOp *
read_strictly (const char *text, gsize length, GError **error)
{
  g_autoptr (BoardOp) self = NULL;
  g_autoptr (JsonNode) root = board_element_parse_json (text, length, error);
  JsonArray *changes = root != NULL ? get_changes (root, error) : NULL;

  if (changes == NULL)
    return NULL;
  self = board_op_new ();
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      BoardChange *change = board_change_parse (json_array_get_element (changes, i), error);

      if (change == NULL)
        {
          g_prefix_error (error, "Change %u: ", i);
          return NULL;
        }
      g_ptr_array_add (self->changes, change);
    }
  return g_steal_pointer (&self);
}

static gboolean
take_word (const char **at, const char *end, const char *word)
{
  const gsize length = strlen (word);

  if ((gsize) (end - *at) < length || memcmp (*at, word, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* Behind the array that begins there, whatever is in it; NULL: it does not end. */
static const char *
skip_array (const char *at, const char *end)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (; at < end; at++)
    {
      if (in_string && *at == '\\')
        at++;
      else if (*at == '"')
        in_string = !in_string;
      else if (!in_string && (*at == '[' || *at == '{'))
        depth++;
      else if (!in_string && (*at == ']' || *at == '}') && --depth == 0)
        return at + 1;
    }
  return NULL;
}

/* A text of changes on its way to an op. */
typedef struct {
  const char *at, *end;
  GPtrArray *changes; /* (element-type BoardChange): NULL for those in rest */
  GString *rest;      /* as if the others were not there */
  guint n_plain;
} Reading;

static BoardChange *
read_plain_change (Reading *reading)
{
  const char *at = reading->at;
  BoardElement *element;
  BoardChange *change;
  gsize used;

  if (!take_word (&at, reading->end, "[\"+\","))
    return NULL;
  element = board_element_read_plain (at, (gsize) (reading->end - at), &used);
  if (element == NULL)
    return NULL;
  change = board_change_new (BOARD_CHANGE_ADD);
  change->element = element;
  change->id = g_strdup (board_element_get_id (element));
  at += used;
  if (take_word (&at, reading->end, "]"))
    {
      reading->at = at;
      return change;
    }
  board_change_free (change);
  return NULL;
}

static gboolean
read_change (Reading *reading)
{
  const char *from = reading->at, *to;
  BoardChange *change = read_plain_change (reading);

  g_ptr_array_add (reading->changes, change);
  reading->n_plain += change != NULL;
  if (change != NULL)
    return TRUE;
  to = from < reading->end && *from == '[' ? skip_array (from, reading->end) : NULL;
  if (to == NULL)
    return FALSE;
  if (reading->rest->len > strlen (OPENING))
    g_string_append_c (reading->rest, ',');
  g_string_append_len (reading->rest, from, to - from);
  reading->at = to;
  return TRUE;
}

/* All the limits of an op hold for the rest with what plain strokes add to it: the number of values
 * is less than that of the bytes. */
static gboolean
is_within_limits (const Reading *reading)
{
  return reading->changes->len <= BOARD_MAX_CHANGES
         && reading->rest->len + (gsize) reading->n_plain * PLAIN_VALUES <= BOARD_MAX_VALUES;
}

/* Puts what the strict reader makes of the rest where it belongs. */
static gboolean
read_rest (Reading *reading)
{
  g_autoptr (BoardOp) rest = NULL;
  const guint n_rest = reading->changes->len - reading->n_plain;
  guint n = 0;

  if (n_rest == 0)
    return TRUE;
  g_string_append (reading->rest, CLOSING);
  rest = read_strictly (reading->rest->str, reading->rest->len, NULL);
  if (rest == NULL || rest->changes->len != n_rest)
    return FALSE;
  for (guint i = 0; i < reading->changes->len; i++)
    if (reading->changes->pdata[i] == NULL)
      reading->changes->pdata[i] = g_steal_pointer (&rest->changes->pdata[n++]);
  return TRUE;
}

/* An op in which there are plain strokes: these are read in the short way, and the rest as if they
 * were not there. NULL: there are none, or something is wrong, or all of it has to be counted. */
static BoardOp *
read_in_part (const char *text, gsize length)
{
  g_autoptr (BoardOp) self = board_op_new ();
  g_autoptr (GString) rest = g_string_new (OPENING);
  Reading reading = { text, text + length, self->changes, rest, 0 };

  if (length > BOARD_MAX_OP_TEXT || !take_word (&reading.at, reading.end, OPENING))
    return NULL;
  do
    if (!read_change (&reading))
      return NULL;
  while (take_word (&reading.at, reading.end, ","));
  if (!take_word (&reading.at, reading.end, CLOSING) || reading.at != reading.end
      || reading.n_plain == 0 || !is_within_limits (&reading) || !read_rest (&reading))
    return NULL;
  return g_steal_pointer (&self);
}

BoardOp *
board_op_from_json (const char *text, gssize length, GError **error)
{
  BoardOp *self;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  self = read_in_part (text, size);
  return self != NULL ? self : read_strictly (text, size, error);
}
