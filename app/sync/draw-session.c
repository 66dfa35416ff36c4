/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One open board. An own op goes through three places, and nowhere else: the replica (visible), the
 * journal (on disk), the outbox (on its way). Sharing, reconnecting and coming back after a crash are
 * the same thing: the outbox sends what the server's hello does not count.
 *
 * Transitions of the share state, all through draw_session_set_state():
 *
 *   LOCAL      -> CONNECTING  it was shared
 *   OFFLINE    -> CONNECTING  an attempt begins
 *   REFUSED    -> CONNECTING  the person tries again
 *   CONNECTING -> ONLINE      hello came, and the log up to its position
 *   CONNECTING -> OFFLINE     the attempt failed, or disconnect
 *   CONNECTING -> REFUSED     the server said no
 *   ONLINE     -> OFFLINE     the connection is lost, or disconnect
 *   ONLINE     -> REFUSED     the server said goodbye for good
 *   OFFLINE    -> REFUSED     the same, after the connection went
 *   REFUSED    -> OFFLINE     disconnect
 *   LOCAL      -> OFFLINE     opened: the file has a link
 */
#include "draw-session.h"

#include <glib/gi18n.h>

#include "draw-blob-store.h"
#include "draw-name.h"
#include "draw-session-private.h"

#define HISTORY_DELAY_MS 1000
/* As much as a server takes without a pause, and the half of a send buffer. */
#define WINDOW_OPS 64
#define WINDOW_BYTES (512 * 1024)

G_DEFINE_FINAL_TYPE (DrawSession, draw_session, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SHARE_STATE,
  PROP_N_WAITING,
  PROP_RETRY_AT,
  PROP_ROLE,
  PROP_TITLE,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_REFUSAL_MESSAGE,
  PROP_READ_ONLY,
  PROP_LOCKED,
  PROP_ENDED,
  PROP_LAST_CONTACT,
  PROP_SILENT_FOR,
  N_PROPS,
};
static GParamSpec *props[N_PROPS];

enum { SIGNAL_CHANGED, SIGNAL_CAST, SIGNAL_MEMBER_LEFT, SIGNAL_ACKNOWLEDGED, SIGNAL_TROUBLE, SIGNAL_WHISPER, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
notify (DrawSession *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* --- State -------------------------------------------------------------------------------------- */

static gboolean
may_follow (DrawShareState from, DrawShareState to)
{
  switch (to)
    {
    case DRAW_SHARE_LOCAL: return FALSE;
    case DRAW_SHARE_CONNECTING: return from != DRAW_SHARE_ONLINE;
    case DRAW_SHARE_ONLINE: return from == DRAW_SHARE_CONNECTING;
    case DRAW_SHARE_OFFLINE: return TRUE;
    case DRAW_SHARE_REFUSED: return from != DRAW_SHARE_LOCAL;
    }
  return FALSE;
}

void
draw_session_set_state (DrawSession *self, DrawShareState state)
{
  if (self->state == state)
    return;
  g_assert (may_follow (self->state, state));
  if (self->state == DRAW_SHARE_ONLINE || state == DRAW_SHARE_ONLINE)
    {
      self->last_contact = g_get_real_time () / G_USEC_PER_SEC;
      notify (self, PROP_LAST_CONTACT);
    }
  self->state = state;
  notify (self, PROP_ENDED);
  notify (self, PROP_SHARE_STATE);
}

void
draw_session_set_retry_at (DrawSession *self, int64_t retry_at)
{
  if (self->retry_at == retry_at)
    return;
  self->retry_at = retry_at;
  notify (self, PROP_RETRY_AT);
}

void
draw_session_set_silent_for (DrawSession *self, guint seconds)
{
  if (self->silent_for == seconds)
    return;
  self->silent_for = seconds;
  notify (self, PROP_SILENT_FOR);
}

void
draw_session_set_role (DrawSession *self, BoardRole role)
{
  if (self->role == role)
    return;
  self->role = role;
  draw_journal_set_meta (self->journal, DRAW_META_ROLE, board_role_to_string (role));
  notify (self, PROP_ROLE);
  notify (self, PROP_READ_ONLY);
}

void
draw_session_set_locked (DrawSession *self, gboolean locked)
{
  if (self->locked == locked)
    return;
  self->locked = locked;
  notify (self, PROP_LOCKED);
  notify (self, PROP_READ_ONLY);
}

void
draw_session_set_refusal_message (DrawSession *self, const char *message)
{
  if (g_strcmp0 (self->refusal_message, message) == 0)
    return;
  g_free (self->refusal_message);
  self->refusal_message = g_strdup (message);
  notify (self, PROP_REFUSAL_MESSAGE);
}

static gboolean
has_same_origin (const BoardLink *a, const BoardLink *b)
{
  g_autofree char *left = board_link_get_origin (a), *right = board_link_get_origin (b);

  return g_str_equal (left, right);
}

void
draw_session_set_link (DrawSession *self, const BoardLink *link)
{
  g_autofree char *text = board_link_to_text (link);
  BoardLink *copy = board_link_copy (link);

  /* Another server has none of the pictures, perhaps, and who hosts there has not all of them. */
  if (self->link != NULL && !has_same_origin (self->link, link))
    draw_blob_store_set_all_waiting (self->blobs);
  g_clear_pointer (&self->link, board_link_free);
  self->link = copy;
  draw_journal_set_meta (self->journal, DRAW_META_LINK, text);
}

void
draw_session_update_title (DrawSession *self)
{
  const char *title = board_document_get_title (draw_session_get_document (self));

  if (title == NULL)
    title = "";
  if (g_strcmp0 (self->title, title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  draw_journal_set_meta (self->journal, DRAW_META_TITLE, title);
  notify (self, PROP_TITLE);
}

void
draw_session_notify_waiting (DrawSession *self)
{
  notify (self, PROP_N_WAITING);
}

gboolean
draw_session_is_read_only (DrawSession *self)
{
  return self->closed || self->journal_failing || self->role == BOARD_ROLE_VIEWER ||
         (self->locked && self->role != BOARD_ROLE_HOST);
}

/* --- Signals ------------------------------------------------------------------------------------ */

static gboolean
on_trouble_timer (gpointer data)
{
  DrawSession *self = data;
  g_autoptr (GError) error = g_steal_pointer (&self->opening_trouble);

  self->trouble_timer = 0;
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, error);
  return G_SOURCE_REMOVE;
}

void
draw_session_take_trouble (DrawSession *self, GError *error)
{
  /* One at a time is enough for a person: the first is the reason of the others. */
  if (self->opening_trouble != NULL || self->closed)
    {
      g_error_free (error);
      return;
    }
  self->opening_trouble = error;
  self->trouble_timer = g_idle_add (on_trouble_timer, self);
}

void
draw_session_emit_cast (DrawSession *self, const char *member, BoardCast *cast)
{
  g_signal_emit (self, signals[SIGNAL_CAST], 0, member, cast);
}

void
draw_session_emit_whisper (DrawSession *self, const char *member, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_WHISPER], 0, member, text);
}

void
draw_session_emit_member_left (DrawSession *self, const char *member)
{
  g_signal_emit (self, signals[SIGNAL_MEMBER_LEFT], 0, member);
}

void
draw_session_emit_acknowledged (DrawSession *self, uint64_t counter, uint64_t seq)
{
  g_signal_emit (self, signals[SIGNAL_ACKNOWLEDGED], 0, (guint64) counter, (guint64) seq);
}

static void
on_replica_changed (DrawSession *self, BoardDamage *damage)
{
  if (damage->title)
    draw_session_update_title (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, damage);
}

static void
on_can_undo (DrawSession *self)
{
  notify (self, PROP_CAN_UNDO);
}

static void
on_can_redo (DrawSession *self)
{
  notify (self, PROP_CAN_REDO);
}

static void
on_written (DrawSession *self, guint64 counter)
{
  draw_outbox_set_durable (self->outbox, counter);
  draw_session_pump (self);
}

static void
on_failed (DrawSession *self, GError *error)
{
  self->journal_failing = TRUE;
  notify (self, PROP_READ_ONLY);
  draw_session_take_trouble (self, g_error_copy (error));
}

static void
on_recovered (DrawSession *self)
{
  self->journal_failing = FALSE;
  notify (self, PROP_READ_ONLY);
}

/* --- Own ops ------------------------------------------------------------------------------------ */

static gboolean
on_history_timer (gpointer data)
{
  DrawSession *self = data;

  self->history_timer = 0;
  draw_session_write_history (self);
  return G_SOURCE_REMOVE;
}

/* The history repeats what the ops say and may be long: it is written when the hand rests. */
static void
schedule_history (DrawSession *self)
{
  if (self->history_timer == 0)
    self->history_timer = g_timeout_add (HISTORY_DELAY_MS, on_history_timer, self);
}

void
draw_session_keep (DrawSession *self, uint64_t counter, const char *text)
{
  draw_journal_add_pending (self->journal, counter, text);
  draw_outbox_add (self->outbox, counter);
  schedule_history (self);
  notify (self, PROP_N_WAITING);
}

void
draw_session_roll_back (DrawSession *self, uint64_t counter)
{
  board_replica_withdraw (self->replica, counter);
  draw_journal_remove_pending (self->journal, counter);
  draw_outbox_remove (self->outbox, counter);
  schedule_history (self);
  notify (self, PROP_N_WAITING);
}

/* Everything that the replica has taken since that counter, as it has taken it. */
static void
keep_since (DrawSession *self, uint64_t first)
{
  guint n = board_replica_get_n_pending (self->replica);
  uint64_t counter;
  guint i = n;

  while (i > 0 && (board_replica_get_pending (self->replica, i - 1, &counter), counter >= first))
    i--;
  for (; i < n; i++)
    {
      BoardOp *op = board_replica_get_pending (self->replica, i, &counter);
      g_autofree char *text = board_op_to_json (op);

      draw_session_keep (self, counter, text);
    }
}

/* Who may only look can speak and vote all the same. */
static gboolean
may_change (DrawSession *self, BoardOp *op)
{
  return !draw_session_is_read_only (self) ||
         (!self->closed && !self->journal_failing && board_op_is_talk (op));
}

static gboolean
check_may_submit (DrawSession *self, BoardOp *op, GError **error)
{
  g_autofree char *text = NULL;

  if (!may_change (self, op))
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_READ_ONLY,
                           _("This board cannot be changed right now."));
      return FALSE;
    }
  if (draw_journal_is_behind (self->journal))
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The disk cannot keep up."));
      return FALSE;
    }
  text = board_op_to_json (op);
  if (board_seal_op_fits (text))
    return TRUE;
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_TOO_LARGE,
                       _("That is too much for one step. Try it in smaller parts."));
  return FALSE;
}

uint64_t
draw_session_submit (DrawSession *self, BoardOp *op, GError **error)
{
  uint64_t counter;

  g_return_val_if_fail (DRAW_IS_SESSION (self) && op != NULL, 0);

  draw_session_note_use (self);
  if (!check_may_submit (self, op, error))
    return 0;
  counter = board_replica_submit (self->replica, op, error);
  if (counter > 0)
    keep_since (self, counter);
  return counter;
}

void
draw_session_begin_act (DrawSession *self)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  board_replica_begin_act (self->replica);
}

void
draw_session_end_act (DrawSession *self)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  board_replica_end_act (self->replica);
}

/* The replica makes as many ops of it as it needs. */
static void
undo_or_redo (DrawSession *self, uint64_t (*step) (BoardReplica *replica))
{
  uint64_t first = board_replica_get_next_counter (self->replica);

  draw_session_note_use (self);
  if (!draw_session_is_read_only (self) && !draw_journal_is_behind (self->journal) &&
      step (self->replica) > 0)
    keep_since (self, first);
}

void
draw_session_undo (DrawSession *self)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  undo_or_redo (self, board_replica_undo);
}

void
draw_session_redo (DrawSession *self)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  undo_or_redo (self, board_replica_redo);
}

/* --- The object --------------------------------------------------------------------------------- */

static void
draw_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DrawSession *self = DRAW_SESSION (object);

  switch (id)
    {
    case PROP_SHARE_STATE: g_value_set_int (value, self->state); break;
    case PROP_N_WAITING: g_value_set_uint (value, draw_session_get_n_waiting (self)); break;
    case PROP_RETRY_AT: g_value_set_int64 (value, self->retry_at); break;
    case PROP_ROLE: g_value_set_int (value, self->role); break;
    case PROP_TITLE: g_value_set_string (value, self->title); break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, board_replica_can_undo (self->replica));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, board_replica_can_redo (self->replica));
      break;
    case PROP_REFUSAL_MESSAGE: g_value_set_string (value, self->refusal_message); break;
    case PROP_READ_ONLY: g_value_set_boolean (value, draw_session_is_read_only (self)); break;
    case PROP_LOCKED: g_value_set_boolean (value, self->locked); break;
    case PROP_ENDED:
      g_value_set_boolean (value, self->ended && self->state == DRAW_SHARE_REFUSED);
      break;
    case PROP_SILENT_FOR: g_value_set_uint (value, self->silent_for); break;
    case PROP_LAST_CONTACT: g_value_set_int64 (value, self->last_contact); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_session_dispose (GObject *object)
{
  draw_session_close (DRAW_SESSION (object));
  G_OBJECT_CLASS (draw_session_parent_class)->dispose (object);
}

static void
draw_session_finalize (GObject *object)
{
  DrawSession *self = DRAW_SESSION (object);

  g_clear_object (&self->journal);
  g_clear_object (&self->replica);
  g_clear_object (&self->roster);
  g_clear_object (&self->network);
  g_clear_object (&self->http);
  g_clear_object (&self->transfers);
  g_clear_pointer (&self->outbox, draw_outbox_free);
  g_clear_pointer (&self->question, sio_ack_unref);
  g_clear_pointer (&self->link, board_link_free);
  g_clear_pointer (&self->former_link, board_link_free);
  g_clear_error (&self->opening_trouble);
  board_key_clear (&self->seed);
  board_key_clear (&self->next_invite);
  board_key_clear (&self->key);
  g_free (self->board);
  g_free (self->blobs);
  g_free (self->member);
  g_free (self->name);
  g_free (self->color);
  g_free (self->title);
  g_free (self->refusal_message);
  for (guint i = 0; i < G_N_ELEMENTS (self->lasting); i++)
    g_free (self->lasting[i]);
  G_OBJECT_CLASS (draw_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_SHARE_STATE] = g_param_spec_int ("share-state", NULL, NULL, DRAW_SHARE_LOCAL,
                                              DRAW_SHARE_REFUSED, DRAW_SHARE_LOCAL, flags);
  props[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_ROLE] = g_param_spec_int ("role", NULL, NULL, BOARD_ROLE_VIEWER, BOARD_ROLE_HOST,
                                       BOARD_ROLE_EDITOR, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_REFUSAL_MESSAGE] = g_param_spec_string ("refusal-message", NULL, NULL, NULL, flags);
  props[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  props[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, flags);
  props[PROP_ENDED] = g_param_spec_boolean ("ended", NULL, NULL, FALSE, flags);
  props[PROP_LAST_CONTACT] = g_param_spec_int64 ("last-contact", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_SILENT_FOR] = g_param_spec_uint ("silent-for", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
draw_session_class_init (DrawSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = DRAW_TYPE_SESSION;

  object_class->get_property = draw_session_get_property;
  object_class->dispose = draw_session_dispose;
  object_class->finalize = draw_session_finalize;
  install_properties (object_class);
#define SIGNAL(name, n, ...) \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, __VA_ARGS__)
  signals[SIGNAL_CHANGED] = SIGNAL ("changed", 1, BOARD_TYPE_DAMAGE | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_CAST] = SIGNAL ("cast", 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[SIGNAL_MEMBER_LEFT] = SIGNAL ("member-left", 1, G_TYPE_STRING);
  signals[SIGNAL_ACKNOWLEDGED] = SIGNAL ("acknowledged", 2, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[SIGNAL_TROUBLE] = SIGNAL ("trouble", 1, G_TYPE_ERROR);
  signals[SIGNAL_WHISPER] = SIGNAL ("whisper", 2, G_TYPE_STRING, G_TYPE_STRING);
#undef SIGNAL
}

static void
draw_session_init (DrawSession *self)
{
  self->transfers = g_cancellable_new ();
  self->outbox = draw_outbox_new (WINDOW_OPS, WINDOW_BYTES, g_random_int ());
  self->title = g_strdup ("");
  self->role = BOARD_ROLE_EDITOR;
}

static gboolean
read_identity (DrawSession *self, GError **error)
{
  const char *board = draw_journal_get_meta (self->journal, DRAW_META_BOARD);
  const char *seed = draw_journal_get_meta (self->journal, DRAW_META_SEED);
  const char *key = draw_journal_get_meta (self->journal, DRAW_META_KEY);
  const char *link = draw_journal_get_meta (self->journal, DRAW_META_LINK);
  const char *role = draw_journal_get_meta (self->journal, DRAW_META_ROLE);
  BoardKey public_key;

  if (board == NULL || !board_id_is_valid (board) || seed == NULL || key == NULL ||
      !board_key_from_text (seed, &self->seed, NULL) || !board_key_from_text (key, &self->key, NULL) ||
      (link != NULL && (self->link = board_link_parse (link, NULL)) == NULL))
    {
      g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DAMAGED,
                           _("The board’s file is damaged: it does not say what it is."));
      return FALSE;
    }
  if (role != NULL)
    board_role_from_string (role, &self->role);
  else if (link == NULL)
    self->role = BOARD_ROLE_HOST;
  board_key_public (&self->seed, &public_key);
  self->board = g_strdup (board);
  self->member = board_key_to_text (&public_key);
  return TRUE;
}

static void
watch_parts (DrawSession *self)
{
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  g_signal_connect_object (self->replica, "changed", G_CALLBACK (on_replica_changed), self, swapped);
  g_signal_connect_object (self->replica, "notify::can-undo", G_CALLBACK (on_can_undo), self, swapped);
  g_signal_connect_object (self->replica, "notify::can-redo", G_CALLBACK (on_can_redo), self, swapped);
  g_signal_connect_object (self->journal, "written", G_CALLBACK (on_written), self, swapped);
  g_signal_connect_object (self->journal, "failed", G_CALLBACK (on_failed), self, swapped);
  g_signal_connect_object (self->journal, "recovered", G_CALLBACK (on_recovered), self, swapped);
  g_signal_connect_object (self->journal, "caught-up", G_CALLBACK (draw_session_resume), self, swapped);
}

DrawSession *
draw_session_new (DrawJournal *journal, GError **error)
{
  g_autoptr (DrawSession) self = g_object_new (DRAW_TYPE_SESSION, NULL);

  g_assert (DRAW_IS_JOURNAL (journal));

  self->journal = journal;
  if (!read_identity (self, error))
    return NULL;
  if (self->link != NULL)
    self->state = DRAW_SHARE_OFFLINE;
  self->blobs = draw_blob_store_get_directory (draw_journal_get_path (journal));
  self->replica = board_replica_new (self->member);
  self->roster = draw_roster_new (self->member);
  draw_session_read_known (self);
  draw_roster_set (self->roster, self->member, self->role, NULL, NULL, TRUE);
  watch_parts (self);
  return g_steal_pointer (&self);
}

const char *
draw_session_get_path (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return draw_journal_get_path (self->journal);
}

const char *
draw_session_get_board (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return self->board;
}

const char *
draw_session_get_member (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return self->member;
}

BoardReplica *
draw_session_get_replica (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return self->replica;
}

BoardDocument *
draw_session_get_document (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return board_replica_get_document (self->replica);
}

DrawShareState
draw_session_get_share_state (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), DRAW_SHARE_LOCAL);

  return self->state;
}

guint
draw_session_get_n_waiting (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), 0);

  return draw_outbox_get_n_waiting (self->outbox);
}

BoardRole
draw_session_get_role (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), BOARD_ROLE_VIEWER);

  return self->role;
}

GListModel *
draw_session_get_members (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->roster);
}

int64_t
draw_session_get_time (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), 0);

  if (self->server_time == 0)
    return g_get_real_time () / 1000;
  return self->server_time + (g_get_monotonic_time () - self->server_time_at) / 1000;
}

gboolean
draw_session_get_locked (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), FALSE);

  return self->locked;
}

const BoardLink *
draw_session_get_link (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), NULL);

  return self->link;
}

void
draw_session_set_profile (DrawSession *self, const char *name, const char *color)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  g_free (self->name);
  g_free (self->color);
  self->name = draw_name_clean (name);
  self->color = draw_color_is_valid (color) ? g_strdup (color) : NULL;
  draw_roster_set (self->roster, self->member, self->role, self->name, self->color, TRUE);
}

void
draw_session_close (DrawSession *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self));

  if (self->closed)
    return;
  draw_session_hang_up (self);
  self->closed = TRUE;
  draw_session_stop_casting (self);
  draw_session_stop_people (self);
  draw_session_stop_known (self);
  draw_session_stop_lasting (self);
  draw_session_stop_blobs (self);
  draw_session_stop_past (self);
  draw_session_stop_pictures (self);
  g_clear_handle_id (&self->wake_timer, g_source_remove);
  g_clear_handle_id (&self->use_timer, g_source_remove);
  g_clear_handle_id (&self->silence_timer, g_source_remove);
  g_clear_handle_id (&self->trouble_timer, g_source_remove);
  /* Others may have changed something since the hand rested. */
  if (self->journal != NULL && self->replica != NULL)
    draw_session_write_history (self);
  g_clear_handle_id (&self->history_timer, g_source_remove);
  if (self->journal != NULL && !draw_journal_close (self->journal, &error))
    g_warning ("the board could not be saved: %s", error->message);
}

gboolean
draw_session_is_closed (DrawSession *self)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self), TRUE);

  return self->closed;
}
