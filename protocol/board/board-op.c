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

static gboolean
take_word (const char **at, const char *end, const char *word)
{
  const gsize length = strlen (word);

  if ((gsize) (end - *at) < length || memcmp (*at, word, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* An op of nothing but plain strokes, as most are; NULL: anything else. Such an op holds fewer values
 * than it may, as its text ends before. */
static BoardOp *
read_plain (const char *text, gsize length)
{
  const char *at = text, *end = text + length;
  g_autoptr (BoardOp) self = NULL;

  if (length > BOARD_MAX_OP_TEXT || !take_word (&at, end, "{\"c\":["))
    return NULL;
  self = board_op_new ();
  do
    {
      g_autoptr (BoardElement) element = NULL;
      gsize used;

      if (self->changes->len == BOARD_MAX_CHANGES || !take_word (&at, end, "[\"+\","))
        return NULL;
      element = board_element_read_plain (at, (gsize) (end - at), &used);
      if (element == NULL)
        return NULL;
      board_op_add_element (self, element);
      at += used;
    }
  while (take_word (&at, end, "],"));
  return take_word (&at, end, "]]}") && at == end ? g_steal_pointer (&self) : NULL;
}

BoardOp *
board_op_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (BoardOp) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *changes;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  self = read_plain (text, size);
  if (self != NULL)
    return g_steal_pointer (&self);
  root = board_element_parse_json (text, size, error);
  if (root == NULL)
    return NULL;
  changes = get_changes (root, error);
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
