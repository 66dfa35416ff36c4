/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-replica-private.h"

#include "board-change.h"
#include "board-chat-view.h"
#include "board-damage-private.h"
#include "board-document-private.h"
#include "board-history.h"
#include "board-meeting-view.h"
#include "board-overlay.h"
#include "board-state-text.h"
#include "board/board-limits.h"
#include "board/board-seal.h"

enum {
  SIGNAL_CHANGED,
  SIGNAL_REJECTED,
  N_SIGNALS,
};

enum {
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  N_PROPS,
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BoardReplica, board_replica, G_TYPE_OBJECT)

BoardDamage *
board_replica_get_damage (BoardReplica *self)
{
  if (self->damage == NULL)
    self->damage = board_damage_new ();
  return self->damage;
}

static void
emit_changed (BoardReplica *self)
{
  g_autoptr (BoardDamage) damage = g_steal_pointer (&self->damage);

  if (damage != NULL && !board_damage_is_empty (damage))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, damage);
}

static void
notify_history (BoardReplica *self)
{
  gboolean can_undo = board_history_can_undo (self->history);
  gboolean can_redo = board_history_can_redo (self->history);

  if (self->could_undo != can_undo)
    {
      self->could_undo = can_undo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
    }
  if (self->could_redo != can_redo)
    {
      self->could_redo = can_redo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
    }
}

static void
stale_meeting (BoardReplica *self)
{
  board_meeting_view_invalidate (self->meeting_view);
  board_replica_get_damage (self)->meeting = TRUE;
}

void
board_replica_settle (BoardReplica *self)
{
  g_object_ref (self);
  if (self->frozen == 0)
    {
      board_meeting_view_ensure (self->meeting_view);
      emit_changed (self);
    }
  notify_history (self);
  g_object_unref (self);
}

static void
show_props (BoardReplica *self, const BoardChange *change)
{
  BoardElement *old = board_document_get_element (self->document, change->id);
  g_autoptr (BoardElement) changed
      = old != NULL ? board_element_with (old, change->props, NULL) : NULL;

  if (changed != NULL)
    board_document_put (self->document, changed, board_replica_get_damage (self));
}

void
board_replica_show_change (BoardReplica *self, const BoardChange *change)
{
  switch (change->type)
    {
    case BOARD_CHANGE_ADD:
      board_document_put (self->document, change->element, board_replica_get_damage (self));
      break;
    case BOARD_CHANGE_SET:
      show_props (self, change);
      break;
    case BOARD_CHANGE_REMOVE:
      board_document_take (self->document, change->id, board_replica_get_damage (self));
      break;
    case BOARD_CHANGE_TITLE:
      board_document_set_title (self->document, change->text, board_replica_get_damage (self));
      break;
    case BOARD_CHANGE_CHAT:
    case BOARD_CHANGE_CHAT_EDIT:
    case BOARD_CHANGE_CHAT_DELETE:
      board_chat_view_push (self->chat_view, change, board_replica_get_damage (self));
      break;
    default:
      if (board_change_type_is_meeting (change->type))
        {
          board_meeting_view_push (self->meeting_view, change);
          board_replica_get_damage (self)->meeting = TRUE;
        }
    }
}

uint64_t
board_replica_push_own (BoardReplica *self, BoardOp *op, gboolean record)
{
  uint64_t counter = self->next_counter++;

  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      if (record)
        board_history_record (self->history, self->document, counter, op, i);
      board_replica_show_change (self, board_op_peek_change (op, i));
    }
  board_overlay_push (self->overlay, counter, op);
  return counter;
}

static gboolean
has_room (BoardReplica *self, BoardOp *op)
{
  guint n = board_document_get_n_elements (self->document);

  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    if (board_op_get_change_type (op, i) == BOARD_CHANGE_ADD
        && board_document_get_element (self->document, board_op_get_change_id (op, i)) == NULL)
      n++;
  return n <= BOARD_MAX_ELEMENTS;
}

/* The op as everybody else will read it, or what everybody else would say against it. */
static BoardOp *
judge (BoardReplica *self, BoardOp *op, GError **error)
{
  g_autofree char *text = NULL;

  if (board_op_get_n_changes (op) == 0)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_STATE, "The op changes nothing");
      return NULL;
    }
  if (!has_room (self, op))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT, "The board is full");
      return NULL;
    }
  text = board_op_to_json (op);
  if (!board_seal_op_fits (text))
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_LIMIT, "The op is too large");
      return NULL;
    }
  return board_op_from_json (text, -1, error);
}

uint64_t
board_replica_submit (BoardReplica *self, BoardOp *op, GError **error)
{
  g_autoptr (BoardOp) judged = NULL;
  uint64_t counter;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), 0);
  g_return_val_if_fail (op != NULL, 0);

  judged = judge (self, op, error);
  if (judged == NULL)
    return 0;
  board_replica_begin_act (self);
  counter = board_replica_push_own (self, judged, TRUE);
  board_replica_end_act (self);
  return counter;
}

void
board_replica_begin_act (BoardReplica *self)
{
  g_return_if_fail (BOARD_IS_REPLICA (self));

  if (self->acts++ == 0)
    board_history_begin (self->history);
}

void
board_replica_end_act (BoardReplica *self)
{
  g_return_if_fail (BOARD_IS_REPLICA (self) && self->acts > 0);

  if (--self->acts > 0)
    return;
  board_history_end_act (self->history);
  board_replica_settle (self);
}

/* Submits what a step of the history comes to. */
static uint64_t
push_step (BoardReplica *self, GPtrArray *ops)
{
  uint64_t counter = 0;

  for (guint i = 0; i < ops->len; i++)
    {
      g_autoptr (BoardOp) judged = judge (self, g_ptr_array_index (ops, i), NULL);

      /* a full board is the one thing that can stand against it */
      if (judged != NULL)
        counter = board_replica_push_own (self, judged, TRUE);
    }
  return counter;
}

uint64_t
board_replica_undo (BoardReplica *self)
{
  g_autoptr (GPtrArray) ops = NULL;
  uint64_t counter = 0;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), 0);

  ops = board_history_take_undo (self->history, self->document);
  if (ops != NULL)
    {
      board_history_begin (self->history);
      counter = push_step (self, ops);
      board_history_end_undo (self->history);
    }
  board_replica_settle (self);
  return counter;
}

uint64_t
board_replica_redo (BoardReplica *self)
{
  g_autoptr (GPtrArray) ops = NULL;
  uint64_t counter = 0;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), 0);

  ops = board_history_take_redo (self->history, self->document);
  if (ops != NULL)
    {
      board_history_begin (self->history);
      counter = push_step (self, ops);
      board_history_end_redo (self->history);
    }
  board_replica_settle (self);
  return counter;
}

gboolean
board_replica_can_undo (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), FALSE);

  return board_history_can_undo (self->history);
}

gboolean
board_replica_can_redo (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), FALSE);

  return board_history_can_redo (self->history);
}

static void
refresh_element (BoardReplica *self, const char *id)
{
  BoardElement *confirmed = board_state_get_element (self->state, id);
  g_autoptr (BoardElement) shown = board_overlay_fold (self->overlay, id, confirmed);

  if (shown != NULL)
    board_document_put (self->document, shown, board_replica_get_damage (self));
  else
    board_document_take (self->document, id, board_replica_get_damage (self));
}

static void
refresh_title (BoardReplica *self)
{
  const char *title = board_overlay_get_title (self->overlay);

  board_document_set_title (self->document,
                            title != NULL ? title : board_state_get_title (self->state),
                            board_replica_get_damage (self));
}

/* Shows what the state and the overlay say of everything that the op speaks of; whole messages
 * apart. */
static void
refresh (BoardReplica *self, BoardOp *op)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      const BoardChange *change = board_op_peek_change (op, i);

      switch (change->type)
        {
        case BOARD_CHANGE_ADD:
        case BOARD_CHANGE_SET:
        case BOARD_CHANGE_REMOVE:
          if (g_hash_table_add (done, change->id))
            refresh_element (self, change->id);
          break;
        case BOARD_CHANGE_TITLE:
          refresh_title (self);
          break;
        case BOARD_CHANGE_CHAT_EDIT:
        case BOARD_CHANGE_CHAT_DELETE:
          board_chat_view_refresh (self->chat_view, change->id, board_replica_get_damage (self));
          break;
        default:
          if (board_change_type_is_meeting (change->type))
            stale_meeting (self);
        }
    }
}

static gboolean
ops_equal (BoardOp *a, BoardOp *b)
{
  g_autofree char *text_a = board_op_to_json (a);
  g_autofree char *text_b = board_op_to_json (b);

  return g_str_equal (text_a, text_b);
}

static void
on_foreign_effect (const BoardEffect *effect, gpointer user_data)
{
  BoardReplica *self = user_data;

  board_history_foreign (self->history, self->overlay, effect);
}

/* Puts the op behind the confirmed state. foreign: the history learns of it. FALSE when
 * something of it was skipped. */
static gboolean
state_apply (BoardReplica *self, const char *member, int64_t time, BoardOp *op, gboolean foreign)
{
  guint64 ever = board_chats_get_ever (board_state_get_chats (self->state));
  gboolean whole
      = board_state_apply (self->state, member, time, op, foreign ? on_foreign_effect : NULL, self);

  board_chat_view_advance (self->chat_view, ever, board_replica_get_damage (self));
  return whole;
}

/* Has the document share what the op speaks of with the state, where nothing pending is over it:
 * folding what is would cost, for many ops of one element, the square of their number. */
static void
share (BoardReplica *self, BoardOp *op)
{
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      const BoardChange *change = board_op_peek_change (op, i);

      if (change->type == BOARD_CHANGE_SET)
        {
          if (board_overlay_get_first_writer (self->overlay, change->id, NULL) == G_MAXUINT64)
            refresh_element (self, change->id);
        }
      else if (change->type == BOARD_CHANGE_CHAT_EDIT || change->type == BOARD_CHANGE_CHAT_DELETE)
        {
          if (!board_overlay_touches_chat (self->overlay, change->id))
            board_chat_view_refresh (self->chat_view, change->id, board_replica_get_damage (self));
        }
      else if (board_change_type_is_meeting (change->type)
               && board_meeting_view_confirm (self->meeting_view, change))
        board_replica_get_damage (self)->meeting = TRUE;
    }
}

/* The oldest own op has its place in the log, as it was sent: what is shown stays. */
static void
confirm_as_sent (BoardReplica *self, BoardOp *op, int64_t time)
{
  g_autoptr (BoardOp) own = board_op_ref (op);

  board_chat_view_hide (self->chat_view, own, board_replica_get_damage (self));
  board_overlay_remove (self->overlay, 0);
  if (state_apply (self, self->member, time, own, FALSE))
    share (self, own);
  else
    refresh (self, own);
}

/* An own op has its place in the log, but the log says something else than what was kept; the
 * log is right. */
static void
confirm_otherwise (BoardReplica *self, guint i, BoardOp *op, int64_t time)
{
  g_autoptr (BoardOp) own = board_op_ref (board_overlay_get (self->overlay, i)->op);

  board_chat_view_hide (self->chat_view, own, board_replica_get_damage (self));
  board_overlay_remove (self->overlay, i);
  if (op != NULL)
    {
      state_apply (self, self->member, time, op, FALSE);
      refresh (self, op);
    }
  refresh (self, own);
}

static void
apply_foreign (BoardReplica *self, const char *member, int64_t time, BoardOp *op)
{
  state_apply (self, member, time, op, TRUE);
  refresh (self, op);
}

gboolean
board_replica_apply (BoardReplica *self,
                     uint64_t seq,
                     const char *member,
                     uint64_t counter,
                     int64_t time_ms,
                     BoardOp *op)
{
  gboolean own;
  int pending;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  if (seq != self->seq + 1)
    return FALSE;
  self->seq = seq;
  board_state_set_counter (self->state, member, counter);
  own = g_str_equal (member, self->member);
  pending = own ? board_overlay_find (self->overlay, counter) : -1;
  if (own)
    self->next_counter = MAX (self->next_counter, counter + 1);
  if (pending == 0 && op != NULL && ops_equal (op, board_overlay_get (self->overlay, 0)->op))
    confirm_as_sent (self, board_overlay_get (self->overlay, 0)->op, time_ms);
  else if (pending >= 0)
    confirm_otherwise (self, (guint) pending, op, time_ms);
  else if (op != NULL)
    apply_foreign (self, member, time_ms, op);
  board_replica_settle (self);
  return TRUE;
}

/* Rolls the pending op at place i back. renumber: those behind it move up. */
static void
take_back (BoardReplica *self, guint i, gboolean renumber)
{
  g_autoptr (BoardOp) op = board_op_ref (board_overlay_get (self->overlay, i)->op);
  uint64_t counter = board_overlay_get (self->overlay, i)->counter;

  board_chat_view_hide (self->chat_view, op, board_replica_get_damage (self));
  board_history_reject (self->history, counter, renumber);
  if (renumber)
    {
      board_overlay_reject (self->overlay, i);
      self->next_counter--;
    }
  else
    board_overlay_remove (self->overlay, i);
  refresh (self, op);
  g_object_ref (self);
  board_replica_settle (self);
  g_signal_emit (self, signals[SIGNAL_REJECTED], 0, (guint64) counter);
  g_object_unref (self);
}

void
board_replica_reject (BoardReplica *self, uint64_t counter)
{
  int i;

  g_return_if_fail (BOARD_IS_REPLICA (self));

  i = board_overlay_find (self->overlay, counter);
  if (i >= 0)
    take_back (self, (guint) i, TRUE);
}

void
board_replica_withdraw (BoardReplica *self, uint64_t counter)
{
  int i;

  g_return_if_fail (BOARD_IS_REPLICA (self));

  i = board_overlay_find (self->overlay, counter);
  if (i >= 0)
    take_back (self, (guint) i, FALSE);
}

uint64_t
board_replica_get_seq (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), 0);

  return self->seq;
}

guint
board_replica_get_n_pending (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), 0);

  return board_overlay_get_length (self->overlay);
}

BoardOp *
board_replica_get_pending (BoardReplica *self, guint i, uint64_t *counter)
{
  BoardPending *pending;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);
  g_return_val_if_fail (i < board_overlay_get_length (self->overlay), NULL);

  pending = board_overlay_get (self->overlay, i);
  if (counter != NULL)
    *counter = pending->counter;
  return pending->op;
}

uint64_t
board_replica_get_next_counter (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), 0);

  return self->next_counter;
}

void
board_replica_raise_counter (BoardReplica *self, uint64_t server_counter)
{
  g_return_if_fail (BOARD_IS_REPLICA (self));

  self->next_counter = MAX (self->next_counter, server_counter + 1);
}

gboolean
board_replica_restore_pending (BoardReplica *self, uint64_t counter, BoardOp *op, GError **error)
{
  g_autoptr (BoardOp) judged = NULL;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (op != NULL, FALSE);

  if (counter < self->next_counter)
    {
      g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_STATE,
                           "A pending op is older than what is known already");
      return FALSE;
    }
  judged = judge (self, op, error);
  if (judged == NULL)
    return FALSE;
  self->next_counter = counter;
  board_replica_push_own (self, judged, FALSE);
  board_replica_settle (self);
  return TRUE;
}

void
board_replica_freeze_changes (BoardReplica *self)
{
  g_return_if_fail (BOARD_IS_REPLICA (self));

  self->frozen++;
}

void
board_replica_thaw_changes (BoardReplica *self)
{
  g_return_if_fail (BOARD_IS_REPLICA (self));
  g_return_if_fail (self->frozen > 0);

  self->frozen--;
  board_replica_settle (self);
}

char *
board_replica_save_history (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);

  return board_history_save (self->history);
}

gboolean
board_replica_restore_history (BoardReplica *self, const char *text, GError **error)
{
  gboolean good;

  g_return_val_if_fail (BOARD_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  good = board_history_restore (self->history, text, error);
  board_replica_settle (self);
  return good;
}

char *
board_replica_dup_confirmed_hash (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);

  return board_hash_to_text (board_state_get_hash (self->state));
}

char *
board_replica_dup_visible_hash (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);

  board_meeting_view_ensure (self->meeting_view);
  return board_hash_to_text (board_document_get_hash (self->document));
}

const char *
board_replica_get_member (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);

  return self->member;
}

BoardDocument *
board_replica_get_document (BoardReplica *self)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self), NULL);

  return self->document;
}

gboolean
board_replica_get_authors (BoardReplica *self,
                           const char *id,
                           const char **author,
                           const char **writer)
{
  g_return_val_if_fail (BOARD_IS_REPLICA (self) && id != NULL, FALSE);
  g_return_val_if_fail (author != NULL && writer != NULL, FALSE);

  if (board_document_get_element (self->document, id) == NULL)
    return FALSE;
  *author = *writer = self->member;
  board_state_get_authors (self->state, id, author, writer);
  if (board_overlay_get_first_writer (self->overlay, id, NULL) != G_MAXUINT64)
    *writer = self->member;
  /* no "=" can write an id: a pending "+" then */
  if (board_overlay_get_first_writer (self->overlay, id, "id") != G_MAXUINT64)
    *author = self->member;
  return TRUE;
}

static void
board_replica_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BoardReplica *self = BOARD_REPLICA (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, board_replica_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, board_replica_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
board_replica_finalize (GObject *object)
{
  BoardReplica *self = BOARD_REPLICA (object);

  g_clear_pointer (&self->damage, board_damage_free);
  board_history_free (self->history);
  board_chat_view_free (self->chat_view);
  board_meeting_view_free (self->meeting_view);
  board_overlay_free (self->overlay);
  board_state_free (self->state);
  g_object_unref (self->document);
  g_free (self->member);
  G_OBJECT_CLASS (board_replica_parent_class)->finalize (object);
}

static void
board_replica_class_init (BoardReplicaClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = board_replica_get_property;
  object_class->finalize = board_replica_finalize;

  properties[PROP_CAN_UNDO]
      = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REDO]
      = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, BOARD_TYPE_DAMAGE | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_REJECTED] = g_signal_new ("rejected", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
board_replica_init (BoardReplica *self)
{
  self->next_counter = 1;
  self->state = board_state_new ();
  self->overlay = board_overlay_new ();
  self->document = board_document_new ();
  self->history = board_history_new ();
}

BoardReplica *
board_replica_new (const char *member)
{
  BoardReplica *self;

  g_return_val_if_fail (member != NULL, NULL);

  self = g_object_new (BOARD_TYPE_REPLICA, NULL);
  self->member = g_strdup (member);
  board_replica_make_views (self);
  return self;
}
