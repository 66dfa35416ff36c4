/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-check.h"

#include "board/board-document-private.h"
#include "board/board-element-private.h"
#include "sim-totals.h"
#include "unit/board/board-random-op.h"

SimTotals sim_totals;

/* Of one client: staged at the server, on a wire, or waiting to be written. */
#define MAX_QUEUE 400

/* --- I9, I1: what is shown ---------------------------------------------------------------------- */

typedef struct {
  GHashTable *elements; /* id -> BoardElement (owned) or NULL: what pending ops made of it */
  BoardHash hash;
  const char *title;
  SimTalk *talk; /* NULL as long as nothing pending is talk */
} Fold;

static void
element_unref0 (gpointer element)
{
  if (element != NULL)
    board_element_unref (element);
}

static BoardElement *
fold_get (Fold *self, SimClient *client, const char *id)
{
  gpointer element;

  if (g_hash_table_lookup_extended (self->elements, id, NULL, &element))
    return element;
  return sim_truth_get_element (client->server->file, id, board_replica_get_seq (client->replica));
}

/* element: transfer full. */
static void
fold_set (Fold *self, SimClient *client, const char *id, BoardElement *element)
{
  BoardElement *old = fold_get (self, client, id);

  if (old != NULL)
    board_hash_subtract (&self->hash, board_element_get_hash (old));
  if (element != NULL)
    board_hash_add (&self->hash, board_element_get_hash (element));
  g_hash_table_insert (self->elements, g_strdup (id), element);
}

static void
fold_title (Fold *self, const char *title)
{
  if (*self->title != '\0')
    board_hash_subtract (&self->hash, board_hash_text ('t', self->title));
  if (*title != '\0')
    board_hash_add (&self->hash, board_hash_text ('t', title));
  self->title = title;
}

static void
fold_talk (Fold *self, SimClient *client, const BoardChange *change)
{
  uint64_t seq = board_replica_get_seq (client->replica);

  if (self->talk == NULL)
    self->talk = sim_truth_replay_talk (client->server->file, seq);
  sim_talk_apply (self->talk, client->name, 0, change);
}

static void
fold_change (Fold *self, SimClient *client, BoardOp *op, guint i)
{
  const BoardChange *change = board_op_peek_change (op, i);
  BoardElement *old, *element;

  switch (change->type)
    {
    case BOARD_CHANGE_ADD:
      fold_set (self, client, change->id, board_element_ref (change->element));
      break;
    case BOARD_CHANGE_REMOVE:
      fold_set (self, client, change->id, NULL);
      break;
    case BOARD_CHANGE_SET:
      old = fold_get (self, client, change->id);
      element = old != NULL ? board_element_with (old, change->props, NULL) : NULL;
      if (element != NULL)
        fold_set (self, client, change->id, element);
      break;
    case BOARD_CHANGE_TITLE:
      fold_title (self, change->text);
      break;
    default:
      if (sim_talk_is (change->type))
        fold_talk (self, client, change);
    }
}

/* The log as the client has read it, and over it its pending ops below that counter. */
static void
fold_fill (Fold *self, SimClient *client, uint64_t below)
{
  uint64_t seq = board_replica_get_seq (client->replica);
  BoardHash talk_hash;

  self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, element_unref0);
  self->hash = sim_truth_get_plain_hash (client->server->file, seq);
  self->talk = NULL;
  self->title = sim_truth_get_title (client->server->file, seq);
  for (guint i = 0; i < board_replica_get_n_pending (client->replica); i++)
    {
      uint64_t counter;
      BoardOp *op = board_replica_get_pending (client->replica, i, &counter);

      for (guint k = 0; counter < below && k < board_op_get_n_changes (op); k++)
        fold_change (self, client, op, k);
    }
  talk_hash = self->talk != NULL ? sim_talk_get_hash (self->talk)
                                 : sim_truth_get_talk_hash (client->server->file, seq);
  board_hash_add (&self->hash, talk_hash);
}

static void
fold_clear (Fold *self)
{
  g_hash_table_unref (self->elements);
  g_clear_pointer (&self->talk, sim_talk_free);
}

static void
check_shown (SimClient *self)
{
  BoardHash shown = board_document_get_hash (board_replica_get_document (self->replica));
  Fold fold;

  fold_fill (&fold, self, G_MAXUINT64);
  if (memcmp (&shown, &fold.hash, sizeof shown) != 0)
    sim_breach (SIM_I9_OPTIMISM, "%s at %u with %u pending shows something else", self->name,
                (guint) board_replica_get_seq (self->replica),
                board_replica_get_n_pending (self->replica));
  fold_clear (&fold);
}

static void
check_confirmed (SimClient *self)
{
  uint64_t seq = board_replica_get_seq (self->replica);
  g_autofree char *hash = board_replica_dup_confirmed_hash (self->replica);
  g_autofree char *truth = board_hash_to_text (sim_truth_get_hash (self->server->file, seq));

  if (!g_str_equal (hash, truth))
    sim_breach (SIM_I1_CONVERGENCE, "%s at %u is not what the log says", self->name, (guint) seq);
}

/* --- I8 ----------------------------------------------------------------------------------------- */

static void
check_order (SimClient *self)
{
  BoardDocument *document = board_replica_get_document (self->replica);
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);

  if (elements->len != board_document_get_n_elements (document))
    sim_breach (SIM_I8_SOUNDNESS, "%s shows %u of %u elements", self->name, elements->len,
                board_document_get_n_elements (document));
  for (guint i = 1; i < elements->len; i++)
    {
      BoardElement *a = g_ptr_array_index (elements, i - 1), *b = g_ptr_array_index (elements, i);
      int order = strcmp (board_element_get_index (a), board_element_get_index (b));

      if (order > 0
          || (order == 0 && strcmp (board_element_get_id (a), board_element_get_id (b)) >= 0))
        sim_breach (SIM_I8_SOUNDNESS, "%s shows %s before %s", self->name, board_element_get_id (a),
                    board_element_get_id (b));
    }
}

/* --- I12 ---------------------------------------------------------------------------------------- */

static void
check_bounds (SimClient *self)
{
  if (self->wire != NULL
      && self->wire->up.messages.length + self->wire->down.messages.length > MAX_QUEUE)
    sim_breach (SIM_I12_BOUNDED, "%s has too much on its wire", self->name);
  if (self->writes.length > MAX_QUEUE * 4)
    sim_breach (SIM_I12_BOUNDED, "%s has too much to write", self->name);
  if (draw_outbox_get_n_waiting (self->outbox) > board_replica_get_n_pending (self->replica))
    sim_breach (SIM_I12_BOUNDED, "%s: more is to be sent than is pending", self->name);
}

void
sim_check_client (SimClient *self)
{
  check_confirmed (self);
  check_shown (self);
  check_order (self);
  check_bounds (self);
}

/* --- I4, I5 ------------------------------------------------------------------------------------- */

void
sim_check_again (SimClient *self, uint64_t seq, SimEntry *entry)
{
  BoardHash after, before = board_document_get_hash (board_replica_get_document (self->replica));
  gboolean taken = board_replica_apply (self->replica, seq, entry->member, entry->counter,
                                        entry->time, entry->op);

  after = board_document_get_hash (board_replica_get_document (self->replica));
  if (taken || memcmp (&before, &after, sizeof after) != 0)
    sim_breach (SIM_I4_IDEMPOTENCE, "%s took entry %u again", self->name, (guint) seq);
}

void
sim_check_acked (SimClient *self, const SimAcked *acked)
{
  SimTruth *file = self->server->file;
  SimEntry *entry = acked->seq >= 1 && acked->seq <= sim_truth_get_length (file)
                        ? sim_truth_get_entry (file, acked->seq)
                        : NULL;

  if (entry == NULL || entry->author != self->index || entry->counter != acked->counter)
    sim_breach (SIM_I5_NOTHING_LOST, "%s: op %u was acknowledged at %u and is not there",
                self->name, (guint) acked->counter, (guint) acked->seq);
}

/* --- I7 ----------------------------------------------------------------------------------------- */

/* Whether the client has a pending op below that counter that writes the property. */
static gboolean
writes_pending (SimClient *self, uint64_t below, const char *id, const char *prop)
{
  for (guint i = 0; i < board_replica_get_n_pending (self->replica); i++)
    {
      uint64_t counter;
      BoardOp *op = board_replica_get_pending (self->replica, i, &counter);

      for (guint k = 0; counter < below && k < board_op_get_n_changes (op); k++)
        {
          BoardChangeType type = board_op_get_change_type (op, k);

          if (g_strcmp0 (board_op_get_change_id (op, k), id) != 0)
            continue;
          if (type == BOARD_CHANGE_ADD || (type == BOARD_CHANGE_REMOVE && prop == NULL)
              || (type == BOARD_CHANGE_SET && prop != NULL
                  && json_object_has_member (board_op_get_change_props (op, k), prop)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
check_own (SimClient *self, uint64_t first, const char *id, const char *prop)
{
  int writer
      = sim_truth_get_writer (self->server->file, id, prop, board_replica_get_seq (self->replica));

  /* Nobody at all: what was undone before it was refused can be done again. */
  if (writer < 0 || writer == (int) self->index || writes_pending (self, first, id, prop))
    return;
  sim_breach (SIM_I7_OWN_UNDO, "%s undid %s of %s, which %s wrote last", self->name,
              prop != NULL ? prop : "the being there", id, self->server->names[writer]);
}

static void
check_changed (SimClient *self, uint64_t first, BoardElement *before, BoardElement *after)
{
  if (board_element_get_kind (before) != board_element_get_kind (after))
    return; /* one of another type in its place is another element */
  for (guint i = 0; board_random_props[i] != NULL; i++)
    {
      g_autoptr (JsonNode) a = board_element_dup_prop (before, board_random_props[i]);
      g_autoptr (JsonNode) b = board_element_dup_prop (after, board_random_props[i]);

      if ((a != NULL) != (b != NULL) || (a != NULL && !json_node_equal (a, b)))
        check_own (self, first, board_element_get_id (before), board_random_props[i]);
    }
}

static void
check_op (SimClient *self, uint64_t first, Fold *before, BoardOp *op)
{
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      const char *id = board_op_get_change_id (op, i);
      BoardElement *was, *is;

      if (id == NULL || sim_talk_is (board_op_get_change_type (op, i)))
        continue;
      was = fold_get (before, self, id);
      is = board_document_get_element (board_replica_get_document (self->replica), id);
      if ((was != NULL) != (is != NULL))
        check_own (self, first, id, NULL);
      else if (was != NULL && was != is)
        check_changed (self, first, was, is);
    }
}

void
sim_check_undo (SimClient *self, uint64_t first)
{
  Fold before;

  fold_fill (&before, self, first);
  for (guint i = 0; i < board_replica_get_n_pending (self->replica); i++)
    {
      uint64_t counter;
      BoardOp *op = board_replica_get_pending (self->replica, i, &counter);

      if (counter >= first)
        check_op (self, first, &before, op);
    }
  fold_clear (&before);
}

void
sim_check_there_and_back (SimClient *self)
{
  BoardHash after, before = board_document_get_hash (board_replica_get_document (self->replica));
  guint n = 0, redone = 0;

  while (n < 5 && sim_client_undo (self))
    n++;
  while (redone < n && sim_client_redo (self))
    redone++;
  after = board_document_get_hash (board_replica_get_document (self->replica));
  if (redone < n)
    sim_breach (SIM_I7_OWN_UNDO, "%s redoes %u of %u", self->name, redone, n);
  else if (memcmp (&before, &after, sizeof after) != 0)
    sim_breach (SIM_I7_OWN_UNDO, "%s: %u times there and back is elsewhere", self->name, n);
}
