/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "draw-refusal.h"
#include "draw-session-private.h"
#include "json/wire-json.h"
#include "socketio/sio-types.h"

#define USE_LASTS_S 60
#define USE_NOTED_US G_USEC_PER_SEC /* a pen moves often */

/* --- Profiles ----------------------------------------------------------------------------------- */

char *
draw_session_seal_profile_of (DrawSession *self, const char *member, const char *name, const char *color)
{
  g_autoptr (GString) text = NULL;

  if (name == NULL && color == NULL)
    return NULL;
  text = g_string_new ("{\"name\":");
  wire_json_append_string (text, name != NULL ? name : "");
  g_string_append (text, ",\"color\":");
  wire_json_append_string (text, color != NULL ? color : "");
  g_string_append_c (text, '}');
  return board_seal_profile (&self->key, self->board, member, text->str);
}

char *
draw_session_seal_profile (DrawSession *self)
{
  return draw_session_seal_profile_of (self, self->member, self->name, self->color);
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                          : NULL;
}

static void
take_leaving (DrawSession *self, const char *id)
{
  if (g_str_equal (id, self->member) || !draw_roster_set_away (self->roster, id))
    return;
  draw_session_forget_doings (draw_roster_lookup (self->roster, id));
  draw_session_emit_member_left (self, id);
}

static void
take_member (DrawSession *self, const BoardMember *member)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *profile = NULL;

  if (g_str_equal (member->id, self->member))
    {
      draw_session_set_role (self, member->role);
      draw_roster_set (self->roster, self->member, member->role, self->name, self->color, TRUE);
      return;
    }
  if (!member->here)
    take_leaving (self, member->id); /* who is banned is told of as changed, not as gone */
  if (member->profile != NULL)
    text = board_open_profile (&self->key, self->board, member->id, member->profile, NULL);
  if (text != NULL)
    node = wire_json_parse (text, strlen (text), &wire_json_limits_default, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    profile = json_node_get_object (node);
  draw_roster_set (self->roster, member->id, member->role,
                   profile != NULL ? get_string (profile, "name") : NULL,
                   profile != NULL ? get_string (profile, "color") : NULL, member->here);
  draw_session_remember_known (self);
  draw_roster_set_banned (self->roster, member->id, member->banned);
  draw_roster_set_muted (self->roster, member->id, draw_session_is_muted (self, member->id));
}

static void
everybody_leaves (DrawSession *self)
{
  g_autoptr (GPtrArray) ids = draw_roster_list_others_here (self->roster);

  for (guint i = 0; i < ids->len; i++)
    take_leaving (self, g_ptr_array_index (ids, i));
}

/* --- Sending ------------------------------------------------------------------------------------ */

static gboolean
on_wake (gpointer data)
{
  DrawSession *self = data;

  self->wake_timer = 0;
  draw_session_pump (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_wake (DrawSession *self)
{
  int64_t wake = draw_outbox_get_wake_time (self->outbox);
  int64_t now = g_get_monotonic_time ();

  g_clear_handle_id (&self->wake_timer, g_source_remove);
  if (wake > now)
    self->wake_timer = g_timeout_add ((guint) ((wake - now) / 1000 + 1), on_wake, self);
}

/* A pending op. They are sent in order and confirmed in order: it is near the beginning of what is
 * pending, behind what is in flight. Borrowed. */
static BoardOp *
find_pending (DrawSession *self, uint64_t counter)
{
  guint low = 0, high = board_replica_get_n_pending (self->replica);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      uint64_t found;
      BoardOp *op = board_replica_get_pending (self->replica, middle, &found);

      if (found == counter)
        return op;
      if (found < counter)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* filler: what fills the place of an op that was refused for good: it changes nothing. */
static gboolean
send_one (DrawSession *self, uint64_t counter, gboolean filler)
{
  g_autoptr (BoardOp) nothing = filler ? board_op_new () : NULL;
  BoardOp *op = filler ? nothing : find_pending (self, counter);
  g_autofree char *body = NULL;

  if (op != NULL)
    body = board_sealed_op_build (op, &self->key, self->board, self->member, counter);
  if (body == NULL)
    return FALSE;
  draw_outbox_set_size (self->outbox, counter, strlen (body));
  draw_connection_send_op (self->connection, counter, body);
  return TRUE;
}

void
draw_session_pump (DrawSession *self)
{
  uint64_t counter;
  gboolean filler;

  while (self->connection != NULL && !self->closed &&
         draw_outbox_next (self->outbox, g_get_monotonic_time (), &counter, &filler))
    if (!send_one (self, counter, filler))
      {
        /* It was measured before it was taken: a file from elsewhere, perhaps. */
        draw_outbox_refuse (self->outbox, counter, BOARD_REFUSAL_TOO_LARGE, 0, g_get_monotonic_time ());
        draw_session_roll_back (self, counter);
      }
  schedule_wake (self);
  draw_session_watch_silence (self, FALSE);
}

static void
on_acknowledged (DrawSession *self, guint64 counter, guint64 seq)
{
  if (draw_outbox_acknowledge (self->outbox, counter))
    {
      draw_session_emit_acknowledged (self, counter, seq);
      draw_session_notify_waiting (self);
    }
  draw_session_watch_silence (self, TRUE);
  draw_session_pump (self);
}

static void
roll_back_all (DrawSession *self)
{
  guint n;

  while ((n = board_replica_get_n_pending (self->replica)) > 0)
    {
      uint64_t counter;

      board_replica_get_pending (self->replica, n - 1, &counter);
      draw_session_roll_back (self, counter);
    }
}

static void
on_op_refused (DrawSession *self, guint64 counter, guint refusal, guint64 expected)
{
  DrawOutboxVerdict verdict = draw_outbox_refuse (self->outbox, counter, (BoardRefusal) refusal, expected,
                                                  g_get_monotonic_time ());

  draw_session_watch_silence (self, TRUE);
  if (verdict == DRAW_OUTBOX_RECONNECT)
    {
      draw_connection_restart (self->connection);
      return;
    }
  if (verdict == DRAW_OUTBOX_REJECT)
    draw_session_roll_back (self, counter);
  else if (verdict == DRAW_OUTBOX_REJECT_ALL)
    roll_back_all (self);
  if (verdict != DRAW_OUTBOX_RETRY)
    draw_session_take_trouble (
        self, g_error_new (DRAW_ERROR, DRAW_ERROR_REFUSED, _("Your change was taken back. %s"),
                           draw_refusal_get_message ((BoardRefusal) refusal)));
  draw_session_pump (self);
}

static void
refuse (DrawSession *self, DrawObstacle obstacle, const char *message)
{
  draw_session_hang_up (self);
  self->obstacle = obstacle;
  draw_session_set_refusal_message (self, message);
  draw_session_set_state (self, DRAW_SHARE_REFUSED);
}

/* --- The log ------------------------------------------------------------------------------------ */

/* An own entry of the log whose text is not what we have under that counter: this file is an older
 * copy of one that went on elsewhere. The log is right; what we have becomes a new op behind it. */
static BoardOp *
find_displaced (DrawSession *self, const BoardEntry *entry, const char *text)
{
  BoardOp *op = find_pending (self, entry->counter);
  g_autofree char *pending = op != NULL ? board_op_to_json (op) : NULL;

  if (pending == NULL || g_strcmp0 (pending, text) == 0)
    return NULL;
  g_info ("op %" G_GUINT64_FORMAT " was given to another change", (guint64) entry->counter);
  return board_op_ref (op);
}

void
draw_session_note_entry (DrawSession *self, uint64_t seq, const char *member, uint64_t counter,
                         int64_t time_ms)
{
  self->last_seq = seq;
  self->last_counter = counter;
  self->last_time = time_ms;
  g_strlcpy (self->last_member, member, sizeof self->last_member);
}

/* The entry before those that are new is asked for once more: a server that has another one there (restored from a
 * backup and drawn on, a board that was moved and went on here as well) has another past, whatever follows. */
static gboolean
is_last_entry (DrawSession *self, JsonNode *node)
{
  BoardEntry entry;

  return board_entry_parse (node, &entry, NULL) && g_str_equal (entry.member, self->last_member) &&
         entry.counter == self->last_counter && entry.time == self->last_time;
}

static gboolean
apply_entry (DrawSession *self, uint64_t seq, const BoardEntry *entry)
{
  gboolean own = g_str_equal (entry->member, self->member);
  g_autofree char *text = NULL;
  g_autoptr (BoardOp) op = board_sealed_op_open (&self->key, self->board, entry->member, entry->counter,
                                                 entry->body, &text, NULL);
  g_autoptr (BoardOp) displaced = own ? find_displaced (self, entry, text) : NULL;

  if (displaced != NULL)
    board_replica_withdraw (self->replica, entry->counter);
  if (!board_replica_apply (self->replica, seq, entry->member, entry->counter, entry->time, op))
    return FALSE;
  draw_session_note_entry (self, seq, entry->member, entry->counter, entry->time);
  draw_session_note_hash (self);
  draw_journal_add_entry (self->journal, seq, entry->member, entry->counter, entry->time,
                          op != NULL ? text : NULL, own);
  if (own && draw_outbox_confirm (self->outbox, entry->counter))
    {
      draw_session_notify_waiting (self);
      if (displaced == NULL)
        draw_session_emit_acknowledged (self, entry->counter, seq);
    }
  if (displaced != NULL && !self->closed)
    draw_session_submit (self, displaced, NULL);
  return TRUE;
}

/* FALSE: this page does not continue what is here. */
static gboolean
apply_page (DrawSession *self, uint64_t first, JsonArray *entries)
{
  guint n = json_array_get_length (entries);

  for (guint i = 0; i < n && !self->closed && self->connection != NULL; i++)
    {
      uint64_t seq = first + i, known = board_replica_get_seq (self->replica);
      g_autoptr (GError) error = NULL;
      BoardEntry entry;

      if (seq == self->last_seq && !is_last_entry (self, json_array_get_element (entries, i)))
        {
          refuse (self, DRAW_OBSTACLE_OLDER, _("The server has another past of this board than this computer."));
          return FALSE;
        }
      if (seq <= known)
        continue;
      if (seq > known + 1)
        return FALSE;
      if (!board_entry_parse (json_array_get_element (entries, i), &entry, &error))
        {
          g_warning ("an entry that cannot be read: %s", error->message);
          return FALSE;
        }
      if (!apply_entry (self, seq, &entry))
        return FALSE;
    }
  return TRUE;
}

static void
check_caught_up (DrawSession *self)
{
  if (self->state != DRAW_SHARE_CONNECTING || board_replica_get_seq (self->replica) < self->target_seq)
    return;
  draw_session_set_retry_at (self, 0);
  draw_session_set_refusal_message (self, NULL);
  draw_session_set_state (self, DRAW_SHARE_ONLINE);
  draw_session_upload_blobs (self);
  draw_session_repeat_lasting (self);
  draw_session_start_agreement (self);
  draw_session_consider_past (self);
  draw_session_consider_pictures (self);
}

void
draw_session_take_entries (DrawSession *self, uint64_t first, JsonArray *entries)
{
  gboolean ok;

  board_replica_freeze_changes (self->replica);
  ok = apply_page (self, first, entries);
  board_replica_thaw_changes (self->replica);
  if (self->connection == NULL)
    return;
  if (!ok)
    {
      draw_connection_restart (self->connection);
      return;
    }
  if (draw_journal_is_behind (self->journal))
    {
      /* The disk is slower than the server: it waits there, not in our memory. */
      draw_session_hang_up (self);
      self->resume_when_written = TRUE;
      return;
    }
  check_caught_up (self);
  draw_session_compare_ahead (self);
  draw_session_consider_state (self);
  draw_session_pump (self);
}

static void
on_entries (DrawSession *self, guint64 first, JsonArray *entries)
{
  if (self->shortcut != NULL)
    draw_session_hold_entries (self, first, entries);
  else
    draw_session_take_entries (self, first, entries);
}

/* --- The connection ----------------------------------------------------------------------------- */

static void
on_hello (DrawSession *self, BoardHello *hello)
{
  if (!g_str_equal (hello->you, self->member))
    {
      refuse (self, DRAW_OBSTACLE_VERSION, draw_refusal_get_message (BOARD_REFUSAL_UNSUPPORTED));
      return;
    }
  if (hello->seq < board_replica_get_seq (self->replica))
    {
      refuse (self, DRAW_OBSTACLE_OLDER, _("The server has an older copy of this board than this computer."));
      return;
    }
  self->target_seq = hello->seq;
  self->server_time = hello->now;
  self->server_time_at = g_get_monotonic_time ();
  self->first_seq = board_replica_get_seq (self->replica);
  self->max_blob = hello->limits.blob;
  draw_session_set_role (self, hello->role);
  draw_session_set_locked (self, hello->locked);
  draw_roster_set (self->roster, self->member, hello->role, self->name, self->color, TRUE);
  for (guint i = 0; i < hello->members->len; i++)
    take_member (self, g_ptr_array_index (hello->members, i));
  board_replica_raise_counter (self->replica, hello->counter);
  if (hello->snapshot.seq > 0 && self->wants_shortcut && !draw_session_take_shortcut (self, hello))
    return;
  draw_outbox_start (self->outbox, hello->counter);
  check_caught_up (self);
  draw_session_pump (self);
}

static void
on_presence (DrawSession *self, BoardPresence *presence)
{
  for (guint i = 0; i < presence->joined->len; i++)
    take_member (self, g_ptr_array_index (presence->joined, i));
  for (guint i = 0; i < presence->changed->len; i++)
    take_member (self, g_ptr_array_index (presence->changed, i));
  for (guint i = 0; i < presence->left->len; i++)
    take_leaving (self, g_ptr_array_index (presence->left, i));
  if (presence->joined->len > 0)
    draw_session_repeat_lasting (self);
}

static void
on_lost (DrawSession *self)
{
  draw_outbox_stop (self->outbox);
  draw_session_watch_silence (self, FALSE);
  draw_session_stop_shortcut (self);
  g_clear_handle_id (&self->wake_timer, g_source_remove);
  draw_session_stop_casting (self);
  draw_session_stop_people (self);
  draw_session_stop_lasting (self);
  draw_session_stop_agreement (self);
  draw_session_stop_past (self);
  draw_session_stop_pictures (self);
  self->target_seq = 0;
  draw_session_set_state (self, DRAW_SHARE_OFFLINE);
  everybody_leaves (self);
}

static void
on_attempting (DrawSession *self)
{
  g_autofree char *profile = draw_session_seal_profile (self);

  self->wants_shortcut = draw_session_may_take_shortcut (self);
  draw_connection_set_since (self->connection, self->last_seq > 0 ? self->last_seq - 1
                                                                  : board_replica_get_seq (self->replica));
  draw_connection_set_profile (self->connection, profile);
  draw_connection_set_snapshot (self->connection, self->wants_shortcut);
  draw_session_set_retry_at (self, 0);
  draw_session_set_state (self, DRAW_SHARE_CONNECTING);
}

static void
on_waiting (DrawSession *self, gint64 retry_at)
{
  draw_session_set_state (self, DRAW_SHARE_OFFLINE);
  draw_session_set_retry_at (self, retry_at);
}

static void
on_refused (DrawSession *self, guint refusal, const char *message)
{
  self->ended = refusal == BOARD_REFUSAL_UNKNOWN_BOARD;
  refuse (self, draw_connection_get_obstacle (self->connection), message);
}

static void
on_casts (DrawSession *self, JsonArray *entries)
{
  draw_session_take_casts (self, entries);
}

static void
on_locked (DrawSession *self, gboolean locked)
{
  draw_session_set_locked (self, locked);
}

static void
watch_connection (DrawSession *self)
{
  static const struct {
    const char *name;
    GCallback callback;
  } handlers[] = {
    { "attempting", G_CALLBACK (on_attempting) },   { "waiting", G_CALLBACK (on_waiting) },
    { "refused", G_CALLBACK (on_refused) },         { "hello", G_CALLBACK (on_hello) },
    { "lost", G_CALLBACK (on_lost) },               { "entries", G_CALLBACK (on_entries) },
    { "casts", G_CALLBACK (on_casts) },             { "presence", G_CALLBACK (on_presence) },
    { "acknowledged", G_CALLBACK (on_acknowledged) }, { "op-refused", G_CALLBACK (on_op_refused) },
    { "snapshot-asked", G_CALLBACK (draw_session_answer_snapshot) },
    { "locked", G_CALLBACK (on_locked) },           { "whisper", G_CALLBACK (draw_session_take_whisper) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->connection, handlers[i].name, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
}

static void
on_network_changed (DrawSession *self, gboolean available)
{
  if (available && self->connection != NULL)
    draw_connection_check (self->connection);
}

static void
watch_network (DrawSession *self)
{
  if (self->network != NULL)
    return;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network_changed), self,
                           G_CONNECT_SWAPPED);
}

/* --- Who sits in front of it -------------------------------------------------------------------- */

static gboolean
on_use_over (gpointer data)
{
  DrawSession *self = data;

  self->use_timer = 0;
  if (self->connection != NULL)
    draw_connection_set_in_use (self->connection, FALSE);
  return G_SOURCE_REMOVE;
}

void
draw_session_note_use (DrawSession *self)
{
  int64_t now = g_get_monotonic_time ();

  if (self->closed || (self->use_timer > 0 && now - self->use_noted < USE_NOTED_US))
    return;
  self->use_noted = now;
  g_clear_handle_id (&self->use_timer, g_source_remove);
  self->use_timer = g_timeout_add_seconds (USE_LASTS_S, on_use_over, self);
  if (self->connection != NULL)
    draw_connection_set_in_use (self->connection, TRUE);
}

/* Ends the connection, if there is one, without saying where the session stands now. */
void
draw_session_hang_up (DrawSession *self)
{
  DrawConnection *connection = g_steal_pointer (&self->connection);

  self->resume_when_written = FALSE;
  if (connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (connection, self);
  draw_connection_close (connection);
  g_object_unref (connection);
  on_lost (self);
  draw_session_set_retry_at (self, 0);
}

void
draw_session_resume (DrawSession *self)
{
  if (!self->resume_when_written || self->closed)
    return;
  self->resume_when_written = FALSE;
  draw_session_connect (self);
}

void
draw_session_connect (DrawSession *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self));
  g_return_if_fail (!self->closed && self->link != NULL);

  if (self->connection != NULL)
    return;
  self->connection = draw_connection_new (self->link, &self->seed, &error);
  if (self->connection == NULL)
    {
      draw_session_set_state (self, DRAW_SHARE_OFFLINE);
      draw_session_take_trouble (self, g_steal_pointer (&error));
      return;
    }
  draw_session_set_refusal_message (self, NULL);
  self->obstacle = DRAW_OBSTACLE_NONE;
  draw_connection_set_in_use (self->connection, self->use_timer > 0);
  watch_connection (self);
  watch_network (self);
  draw_connection_open (self->connection);
}

void
draw_session_reconnect_now (DrawSession *self)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  if (self->closed || self->link == NULL)
    return;
  if (self->connection != NULL)
    draw_connection_retry_now (self->connection);
  else
    draw_session_connect (self);
}

void
draw_session_disconnect (DrawSession *self)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  draw_session_hang_up (self);
  draw_session_stop_past (self);
  if (self->link != NULL && !self->closed)
    draw_session_set_state (self, DRAW_SHARE_OFFLINE);
}
