/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-history.h"

#include <string.h>

#include "board-element-private.h"
#include "board-fields.h"
#include "board-reverter.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

/* Records of one act, oldest first. */
typedef GPtrArray Step;

struct _BoardHistory {
  GPtrArray *undo;  /* (element-type Step), oldest first */
  GPtrArray *redo;
  Step *open;       /* what is being recorded, or NULL */
  GHashTable *index; /* id -> (element-type BoardRecord), of all records there are, borrowed */
};

static Step *
step_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) board_record_free);
}

BoardHistory *
board_history_new (void)
{
  BoardHistory *self = g_new0 (BoardHistory, 1);

  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
board_history_free (BoardHistory *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_free (self);
}

static gboolean
has_living_step (GPtrArray *stack)
{
  for (guint i = stack->len; i-- > 0;)
    {
      Step *step = g_ptr_array_index (stack, i);

      for (guint k = 0; k < step->len; k++)
        if (!((BoardRecord *) g_ptr_array_index (step, k))->dead)
          return TRUE;
    }
  return FALSE;
}

gboolean
board_history_can_undo (BoardHistory *self)
{
  return has_living_step (self->undo);
}

gboolean
board_history_can_redo (BoardHistory *self)
{
  return has_living_step (self->redo);
}

static void
index_record (BoardHistory *self, BoardRecord *record)
{
  GPtrArray *records = g_hash_table_lookup (self->index, record->id);

  if (records == NULL)
    {
      records = g_ptr_array_new ();
      g_hash_table_insert (self->index, g_strdup (record->id), records);
    }
  g_ptr_array_add (records, record);
}

static void
unindex_record (BoardHistory *self, BoardRecord *record)
{
  GPtrArray *records = g_hash_table_lookup (self->index, record->id);

  g_ptr_array_remove (records, record);
  if (records->len == 0)
    g_hash_table_remove (self->index, record->id);
}

static void
unindex_step (BoardHistory *self, Step *step)
{
  for (guint i = 0; i < step->len; i++)
    unindex_record (self, g_ptr_array_index (step, i));
}

static void
clear_stack (BoardHistory *self, GPtrArray *stack)
{
  for (guint i = 0; i < stack->len; i++)
    unindex_step (self, g_ptr_array_index (stack, i));
  g_ptr_array_set_size (stack, 0);
}

static void
push_open (BoardHistory *self, GPtrArray *stack)
{
  Step *step = g_steal_pointer (&self->open);

  if (step->len == 0)
    {
      g_ptr_array_unref (step);
      return;
    }
  g_ptr_array_add (stack, step);
  if (stack->len > BOARD_MAX_UNDO)
    {
      unindex_step (self, g_ptr_array_index (stack, 0));
      g_ptr_array_remove_index (stack, 0);
    }
}

void
board_history_begin (BoardHistory *self)
{
  g_assert (self->open == NULL);

  self->open = step_new ();
}

void
board_history_record (BoardHistory *self,
                      BoardDocument *document,
                      uint64_t counter,
                      BoardOp *op,
                      guint change)
{
  guint before = self->open->len;

  board_record_make (self->open, document, counter, op, change);
  for (guint i = before; i < self->open->len; i++)
    index_record (self, g_ptr_array_index (self->open, i));
}

void
board_history_end_act (BoardHistory *self)
{
  if (self->open->len > 0)
    clear_stack (self, self->redo);
  push_open (self, self->undo);
}

void
board_history_end_undo (BoardHistory *self)
{
  push_open (self, self->redo);
}

void
board_history_end_redo (BoardHistory *self)
{
  push_open (self, self->undo);
}

/* Off the stack and what reverts it; an empty array when nothing of it is left. */
static GPtrArray *
revert_newest (BoardHistory *self, GPtrArray *stack, BoardDocument *document)
{
  Step *step = g_ptr_array_steal_index (stack, stack->len - 1);
  BoardReverter *reverter = board_reverter_new (document);

  for (guint i = step->len; i-- > 0;)
    board_reverter_add (reverter, g_ptr_array_index (step, i));
  unindex_step (self, step);
  g_ptr_array_unref (step);
  return board_reverter_finish (reverter);
}

static GPtrArray *
take (BoardHistory *self, GPtrArray *stack, BoardDocument *document)
{
  while (stack->len > 0)
    {
      g_autoptr (GPtrArray) ops = revert_newest (self, stack, document);

      if (ops->len > 0)
        return g_steal_pointer (&ops);
    }
  return NULL;
}

GPtrArray *
board_history_take_undo (BoardHistory *self, BoardDocument *document)
{
  return take (self, self->undo, document);
}

GPtrArray *
board_history_take_redo (BoardHistory *self, BoardDocument *document)
{
  return take (self, self->redo, document);
}

void
board_history_foreign (BoardHistory *self, BoardOverlay *overlay, const BoardEffect *effect)
{
  const char *id = effect->type == BOARD_CHANGE_TITLE ? "" : effect->id;
  GPtrArray *records = g_hash_table_lookup (self->index, id);

  for (guint i = 0; records != NULL && i < records->len; i++)
    board_record_foreign (g_ptr_array_index (records, i), overlay, effect);
}

static int
compare_counters (gconstpointer a, gconstpointer b)
{
  const BoardRecord *record_a = *(const BoardRecord *const *) a;
  const BoardRecord *record_b = *(const BoardRecord *const *) b;

  return record_a->counter < record_b->counter ? -1 : record_a->counter > record_b->counter;
}

/* The records of the same thing by later ops, in order. */
static GPtrArray *
list_heirs (BoardHistory *self, BoardRecord *rejected)
{
  GPtrArray *records = g_hash_table_lookup (self->index, rejected->id);
  GPtrArray *heirs = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      BoardRecord *record = g_ptr_array_index (records, i);

      if (record->counter > rejected->counter)
        g_ptr_array_add (heirs, record);
    }
  g_ptr_array_sort (heirs, compare_counters); /* stable: records of one op keep their order */
  return heirs;
}

static void
bequeath (BoardHistory *self, BoardRecord *rejected)
{
  g_autoptr (GPtrArray) heirs = list_heirs (self, rejected);

  for (guint i = 0; i < heirs->len; i++)
    if (board_record_inherit (g_ptr_array_index (heirs, i), rejected))
      break;
}

static void
reject_in_step (BoardHistory *self, Step *step, uint64_t counter)
{
  for (guint i = step->len; i-- > 0;)
    {
      BoardRecord *record = g_ptr_array_index (step, i);

      if (record->counter != counter)
        continue;
      bequeath (self, record);
      unindex_record (self, record);
      g_ptr_array_remove_index (step, i);
    }
}

static void
reject_in_stack (BoardHistory *self, GPtrArray *stack, uint64_t counter)
{
  for (guint i = stack->len; i-- > 0;)
    {
      Step *step = g_ptr_array_index (stack, i);

      reject_in_step (self, step, counter);
      if (step->len == 0)
        g_ptr_array_remove_index (stack, i);
    }
}

static void
count_lower (GPtrArray *stack, uint64_t counter)
{
  for (guint i = 0; i < stack->len; i++)
    {
      Step *step = g_ptr_array_index (stack, i);

      for (guint k = 0; k < step->len; k++)
        {
          BoardRecord *record = g_ptr_array_index (step, k);

          if (record->counter > counter)
            record->counter--;
        }
    }
}

void
board_history_reject (BoardHistory *self, uint64_t counter, gboolean renumber)
{
  g_assert (self->open == NULL);

  reject_in_stack (self, self->undo, counter);
  reject_in_stack (self, self->redo, counter);
  if (!renumber)
    return;
  count_lower (self->undo, counter);
  count_lower (self->redo, counter);
}

static char *
step_text (Step *step)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < step->len; i++)
    {
      BoardRecord *record = g_ptr_array_index (step, i);

      if (record->dead)
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      board_record_append (out, record);
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

/* Half of the budget for each stack; the newest steps come first. */
static void
append_stack (GString *out, GPtrArray *stack)
{
  gsize start = out->len;

  g_string_append_c (out, '[');
  for (guint i = stack->len; i-- > 0;)
    {
      g_autofree char *text = step_text (g_ptr_array_index (stack, i));

      if (out->len - start + strlen (text) > BOARD_MAX_HISTORY / 2 - 64)
        break;
      if (out->len - start > 1)
        g_string_append_c (out, ',');
      g_string_append (out, text);
    }
  g_string_append_c (out, ']');
}

char *
board_history_save (BoardHistory *self)
{
  GString *out = g_string_new ("{\"v\":1,\"undo\":");

  append_stack (out, self->undo);
  g_string_append (out, ",\"redo\":");
  append_stack (out, self->redo);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static Step *
parse_step (JsonNode *node, GError **error)
{
  g_autoptr (GPtrArray) step = step_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA, "A step is not an array");
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      BoardRecord *record = board_record_parse (json_array_get_element (array, i), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (step, record);
    }
  return g_steal_pointer (&step);
}

/* Newest first in the text, oldest first in the stack. */
static gboolean
parse_stack (JsonObject *object, const char *name, GPtrArray *stack, GError **error)
{
  JsonArray *array;

  if (!board_fields_array (object, name, BOARD_MAX_UNDO, &array, error))
    return FALSE;
  for (guint i = json_array_get_length (array); i-- > 0;)
    {
      Step *step = parse_step (json_array_get_element (array, i), error);

      if (step == NULL)
        return FALSE;
      if (step->len > 0)
        g_ptr_array_add (stack, step);
      else
        g_ptr_array_unref (step);
    }
  return TRUE;
}

static JsonNode *
parse_text (const char *text, GError **error)
{
  const WireJsonLimits limits = {
    .max_bytes = BOARD_MAX_HISTORY,
    .max_depth = BOARD_MAX_DEPTH + 8,
    .max_values = BOARD_MAX_HISTORY / 2,
    .max_members = BOARD_MAX_PROPS,
    .unique_keys = TRUE,
  };
  g_autoptr (GError) wrong = NULL;
  JsonNode *root = wire_json_parse (text, strlen (text), &limits, &wrong);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return root;
  g_set_error (error, BOARD_ERROR, BOARD_ERROR_SYNTAX, "Not a history: %s",
               wrong != NULL ? wrong->message : "not an object");
  g_clear_pointer (&root, json_node_unref);
  return NULL;
}

static void
index_stack (BoardHistory *self, GPtrArray *stack)
{
  for (guint i = 0; i < stack->len; i++)
    {
      Step *step = g_ptr_array_index (stack, i);

      for (guint k = 0; k < step->len; k++)
        index_record (self, g_ptr_array_index (step, k));
    }
}

gboolean
board_history_restore (BoardHistory *self, const char *text, GError **error)
{
  g_autoptr (JsonNode) root = parse_text (text, error);
  g_autoptr (BoardHistory) read = NULL;
  JsonObject *object;
  int64_t version;

  if (root == NULL)
    return FALSE;
  object = json_node_get_object (root);
  read = board_history_new ();
  if (!board_fields_int (object, "v", 1, 1, &version, error)
      || !parse_stack (object, "undo", read->undo, error)
      || !parse_stack (object, "redo", read->redo, error))
    return FALSE;
  clear_stack (self, self->undo);
  clear_stack (self, self->redo);
  index_stack (self, read->undo);
  index_stack (self, read->redo);
  g_ptr_array_extend_and_steal (self->undo, g_steal_pointer (&read->undo));
  g_ptr_array_extend_and_steal (self->redo, g_steal_pointer (&read->redo));
  read->undo = g_ptr_array_new ();
  read->redo = g_ptr_array_new ();
  return TRUE;
}
