/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-client.h"

#include "sim-breach.h"
#include "sim-check.h"
#include "sim-plant.h"
#include "sim-totals.h"
#include "unit/board/board-random-op.h"

/* A few, so that windows fill and refusals meet what is in flight. */
#define WINDOW_OPS 8
#define WINDOW_BYTES (64 * 1024)
/* A person who has that many unsent changes rests, so that every step can be checked. */
#define MAX_PENDING 24

typedef enum { WRITE_PENDING, WRITE_REMOVAL, WRITE_ENTRY, WRITE_HISTORY } SimWriteType;

typedef struct {
  SimWriteType type;
  uint64_t number; /* counter or position */
  char *text;
} SimWrite;

static void
write_free (SimWrite *write)
{
  g_free (write->text);
  g_free (write);
}

static SimOwn *
own_new (uint64_t counter, const char *text)
{
  SimOwn *own = g_new0 (SimOwn, 1);

  own->counter = counter;
  own->text = g_strdup (text);
  return own;
}

static void
own_free (gpointer data)
{
  SimOwn *own = data;

  g_free (own->text);
  g_free (own);
}

static void
start (SimClient *self)
{
  self->replica = board_replica_new (self->name);
  self->outbox = draw_outbox_new (WINDOW_OPS, WINDOW_BYTES, self->index);
  self->roster = draw_roster_new (self->name);
}

static void
stop (SimClient *self)
{
  g_clear_object (&self->replica);
  g_clear_pointer (&self->outbox, draw_outbox_free);
  g_clear_object (&self->roster);
}

SimClient *
sim_client_new (SimServer *server, SimDice *dice, guint index)
{
  SimClient *self = g_new0 (SimClient, 1);

  self->server = server;
  self->dice = dice;
  self->index = index;
  self->name = server->names[index];
  self->disk = g_ptr_array_new_with_free_func (own_free);
  self->own = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, own_free);
  self->acked = g_array_new (FALSE, FALSE, sizeof (SimAcked));
  start (self);
  return self;
}

void
sim_client_free (SimClient *self)
{
  stop (self);
  g_queue_clear_full (&self->writes, (GDestroyNotify) write_free);
  g_ptr_array_unref (self->disk);
  g_free (self->disk_history);
  g_hash_table_unref (self->own);
  g_array_unref (self->acked);
  g_free (self);
}

/* --- The journal -------------------------------------------------------------------------------- */

static void
write_down (SimClient *self, SimWriteType type, uint64_t number, char *text)
{
  SimWrite *write = g_new0 (SimWrite, 1);

  write->type = type;
  write->number = number;
  write->text = text;
  g_queue_push_tail (&self->writes, write);
}

static void
disk_remove (SimClient *self, uint64_t counter)
{
  for (guint i = 0; i < self->disk->len; i++)
    if (((SimOwn *) g_ptr_array_index (self->disk, i))->counter == counter)
      {
        g_ptr_array_remove_index (self->disk, i);
        return;
      }
}

static void
reach_disk (SimClient *self, SimWrite *write)
{
  SimEntry *entry;

  self->disk_history_is_last = write->type == WRITE_HISTORY;
  switch (write->type)
    {
    case WRITE_PENDING:
      g_ptr_array_add (self->disk, own_new (write->number, write->text));
      draw_outbox_set_durable (self->outbox, write->number);
      break;
    case WRITE_REMOVAL:
      disk_remove (self, write->number);
      break;
    case WRITE_ENTRY:
      self->disk_seq = write->number;
      entry = sim_truth_get_entry (self->server->file, write->number);
      if (entry->author == self->index)
        disk_remove (self, entry->counter);
      break;
    case WRITE_HISTORY:
      g_free (self->disk_history);
      self->disk_history = g_strdup (write->text);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
sim_client_write (SimClient *self, guint n)
{
  for (; n > 0 && !g_queue_is_empty (&self->writes); n--)
    {
      SimWrite *write = g_queue_pop_head (&self->writes);

      reach_disk (self, write);
      write_free (write);
    }
  sim_client_pump (self);
}

void
sim_client_save_history (SimClient *self)
{
  write_down (self, WRITE_HISTORY, 0, board_replica_save_history (self->replica));
}

/* What was not on disk was never sent. */
static void
lose_writes (SimClient *self)
{
  for (GList *l = self->writes.head; l != NULL; l = l->next)
    {
      SimWrite *write = l->data;

      if (write->type == WRITE_PENDING)
        g_hash_table_remove (self->own, &write->number);
    }
  g_queue_clear_full (&self->writes, (GDestroyNotify) write_free);
}

/* The last first, or two would meet. */
static void
rename_all (SimClient *self)
{
  for (guint i = self->disk->len; i-- > 0;)
    {
      SimOwn *own = g_ptr_array_index (self->disk, i);
      SimOwn *named = own_new (own->counter + 2, own->text);

      g_hash_table_remove (self->own, &own->counter);
      g_hash_table_replace (self->own, &named->counter, named);
      own->counter += 2;
    }
}

static void
load (SimClient *self)
{
  g_autoptr (GError) error = NULL;

  for (uint64_t seq = 1; seq <= self->disk_seq; seq++)
    {
      SimEntry *entry = sim_truth_get_entry (self->server->file, seq);

      board_replica_apply (self->replica, seq, entry->member, entry->counter, entry->time,
                           entry->op);
    }
  if (SIM_PLANTED (NEW_COUNTERS))
    rename_all (self);
  for (guint i = 0; i < self->disk->len; i++)
    {
      SimOwn *own = g_ptr_array_index (self->disk, i);
      g_autoptr (BoardOp) op = board_op_from_json (own->text, -1, NULL);

      if (!board_replica_restore_pending (self->replica, own->counter, op, &error))
        {
          sim_breach (SIM_I5_NOTHING_LOST, "%s: op %u on disk is not taken back: %s", self->name,
                      (guint) own->counter, error->message);
          return;
        }
      draw_outbox_add (self->outbox, own->counter);
      draw_outbox_set_durable (self->outbox, own->counter);
    }
  /* One that does not know what came after it is left out, as draw-session-history.c does. */
  if (self->disk_history != NULL && self->disk_history_is_last
      && !board_replica_restore_history (self->replica, self->disk_history, &error))
    sim_breach (SIM_I7_OWN_UNDO, "%s: the history on disk is not taken back: %s", self->name,
                error->message);
}

void
sim_client_crash (SimClient *self)
{
  sim_client_cut (self);
  lose_writes (self);
  stop (self);
  start (self);
  load (self);
  sim_totals.client_crashes++;
}

/* --- Own ops ------------------------------------------------------------------------------------ */

static void
keep (SimClient *self, uint64_t counter, BoardOp *op)
{
  char *text = board_op_to_json (op);
  SimOwn *own = own_new (counter, text);

  g_hash_table_replace (self->own, &own->counter, own);
  write_down (self, WRITE_PENDING, counter, text);
  draw_outbox_add (self->outbox, counter);
}

static void
keep_since (SimClient *self, uint64_t first)
{
  for (guint i = 0; i < board_replica_get_n_pending (self->replica); i++)
    {
      uint64_t counter;
      BoardOp *op = board_replica_get_pending (self->replica, i, &counter);

      if (counter >= first)
        keep (self, counter, op);
    }
}

gboolean
sim_client_submit (SimClient *self)
{
  g_autoptr (GRand) rand = NULL;
  g_autoptr (BoardOp) op = NULL;
  uint64_t counter;

  if (board_replica_get_n_pending (self->replica) >= MAX_PENDING)
    return FALSE;
  rand = g_rand_new_with_seed (sim_dice_next (self->dice));
  op = board_random_op (board_replica_get_document (self->replica), self->name, rand);
  counter = board_replica_submit (self->replica, op, NULL);
  if (counter > 0)
    keep_since (self, counter);
  sim_totals.submitted++;
  return TRUE;
}

static gboolean
step_history (SimClient *self, uint64_t (*act) (BoardReplica *), guint64 *total)
{
  uint64_t first = board_replica_get_next_counter (self->replica);

  if (board_replica_get_n_pending (self->replica) >= MAX_PENDING || act (self->replica) == 0)
    return FALSE;
  keep_since (self, first);
  sim_check_undo (self, first);
  (*total)++;
  return TRUE;
}

gboolean
sim_client_undo (SimClient *self)
{
  return step_history (self, board_replica_undo, &sim_totals.undone);
}

gboolean
sim_client_redo (SimClient *self)
{
  return step_history (self, board_replica_redo, &sim_totals.redone);
}

static void
roll_back (SimClient *self, uint64_t counter)
{
  SimOwn *own = g_hash_table_lookup (self->own, &counter);

  board_replica_withdraw (self->replica, counter);
  write_down (self, WRITE_REMOVAL, counter, NULL);
  draw_outbox_remove (self->outbox, counter);
  if (own != NULL)
    own->withdrawn = TRUE;
  sim_totals.refused++;
}

static void
roll_back_all (SimClient *self)
{
  guint n;

  while ((n = board_replica_get_n_pending (self->replica)) > 0)
    {
      uint64_t counter;

      board_replica_get_pending (self->replica, n - 1, &counter);
      roll_back (self, counter);
    }
}

/* --- The connection ----------------------------------------------------------------------------- */

void
sim_client_connect (SimClient *self)
{
  if (self->wire != NULL)
    return;
  self->wire = sim_server_accept (self->server, self->index);
  if (self->wire == NULL)
    return;
  sim_pipe_push (&self->wire->up,
                 (SimMessage){ .type = SIM_MESSAGE_CONNECT,
                               .seq = board_replica_get_seq (self->replica),
                               .wants_snapshot = sim_dice_roll (self->dice, 2) == 0 },
                 sim_dice_due (self->dice));
  sim_totals.connects++;
}

static void
everybody_leaves (SimClient *self)
{
  g_autoptr (GPtrArray) ids = draw_roster_list_others_here (self->roster);

  for (guint i = 0; i < ids->len; i++)
    draw_roster_set_away (self->roster, g_ptr_array_index (ids, i));
}

void
sim_client_cut (SimClient *self)
{
  SimWire *wire = g_steal_pointer (&self->wire);

  if (wire == NULL)
    return;
  wire->client_left = TRUE;
  sim_pipe_truncate (&wire->up,
                     sim_dice_roll (self->dice, g_queue_get_length (&wire->up.messages) + 1));
  sim_totals.dropped += wire->down.messages.length;
  sim_pipe_truncate (&wire->down, 0);
  draw_outbox_stop (self->outbox);
  everybody_leaves (self);
  sim_totals.cuts++;
}

void
sim_client_pump (SimClient *self)
{
  uint64_t counter;
  gboolean filler;

  while (self->wire != NULL && draw_outbox_next (self->outbox, self->dice->now, &counter, &filler))
    {
      SimOwn *own = g_hash_table_lookup (self->own, &counter);
      const char *text = filler ? SIM_FILLER : own->text;

      draw_outbox_set_size (self->outbox, counter, strlen (text));
      sim_pipe_push (&self->wire->up,
                     (SimMessage){
                         .type = SIM_MESSAGE_OP, .counter = counter, .text = g_strdup (text) },
                     sim_dice_due (self->dice));
      sim_totals.fillers += filler;
    }
}

/* --- Reading ------------------------------------------------------------------------------------ */

/* here, gone: bits. */
static void
take_members (SimClient *self, guint here, guint gone)
{
  for (guint i = 0; i < self->server->n_clients; i++)
    {
      if (i == self->index)
        continue;
      if (here & (1u << i))
        draw_roster_set (self->roster, self->server->names[i], BOARD_ROLE_EDITOR, NULL, NULL, TRUE);
      else if (gone & (1u << i))
        draw_roster_set_away (self->roster, self->server->names[i]);
    }
}

static void take_entry (SimClient *self, uint64_t seq, SimEntry *entry);

/* What the log was up to there comes in one piece, unless the blob has been replaced meanwhile. */
static void
take_shortcut (SimClient *self, const BoardSnapshot *snapshot)
{
  uint64_t seq = sim_server_read_blob (self->server, snapshot->blob);

  if (seq == 0)
    {
      sim_client_cut (self);
      return;
    }
  if (seq != snapshot->seq || seq > sim_truth_get_length (self->server->file))
    {
      sim_breach (SIM_I2_TOTAL_ORDER, "%s is given a snapshot of %u for one of %u", self->name,
                  (guint) seq, (guint) snapshot->seq);
      return;
    }
  while (board_replica_get_seq (self->replica) < seq && sim_breach_get () == SIM_OK)
    {
      uint64_t next = board_replica_get_seq (self->replica) + 1;

      take_entry (self, next, sim_truth_get_entry (self->server->file, next));
    }
  sim_totals.shortcuts++;
}

static void
answer_ask (SimClient *self)
{
  gboolean ready = sim_dice_roll (self->dice, 4) > 0;

  sim_pipe_push (&self->wire->up,
                 (SimMessage){ .type = SIM_MESSAGE_SNAPSHOT,
                               .seq = ready ? board_replica_get_seq (self->replica) : 0 },
                 sim_dice_due (self->dice));
}

static void
take_hello (SimClient *self, SimMessage *hello)
{
  if (hello->seq < board_replica_get_seq (self->replica))
    {
      sim_breach (SIM_I5_NOTHING_LOST, "%s: the server has %u entries, we have read %u", self->name,
                  (guint) hello->seq, (guint) board_replica_get_seq (self->replica));
      return;
    }
  take_members (self, hello->here, ~hello->here);
  board_replica_raise_counter (self->replica, hello->counter);
  if (hello->snapshot.seq > board_replica_get_seq (self->replica))
    take_shortcut (self, &hello->snapshot);
  if (self->wire != NULL)
    draw_outbox_start (self->outbox, hello->counter);
}

/* The log has something else under a counter that was given again after a crash: what we have
 * becomes a new op behind it. */
static BoardOp *
find_displaced (SimClient *self, SimEntry *entry)
{
  SimOwn *own = g_hash_table_lookup (self->own, &entry->counter);

  for (guint i = 0; i < board_replica_get_n_pending (self->replica); i++)
    {
      uint64_t counter;
      BoardOp *op = board_replica_get_pending (self->replica, i, &counter);

      if (counter > entry->counter)
        break;
      if (counter == entry->counter && !g_str_equal (own->text, entry->text))
        {
          own->withdrawn = TRUE;
          sim_totals.displaced++;
          return board_op_ref (op);
        }
    }
  return NULL;
}

static void
submit_displaced (SimClient *self, BoardOp *op)
{
  uint64_t counter = board_replica_submit (self->replica, op, NULL);

  if (counter > 0)
    keep_since (self, counter);
}

static void
take_entry (SimClient *self, uint64_t seq, SimEntry *entry)
{
  gboolean own = entry->author == self->index;
  g_autoptr (BoardOp) displaced = own ? find_displaced (self, entry) : NULL;

  if (seq > sim_truth_get_length (self->server->file)
      || sim_truth_get_entry (self->server->file, seq) != entry)
    {
      sim_breach (SIM_I2_TOTAL_ORDER, "%s was given another entry at %u than the file has",
                  self->name, (guint) seq);
      return;
    }
  if (displaced != NULL)
    board_replica_withdraw (self->replica, entry->counter);
  else if (!own && board_replica_get_n_pending (self->replica) > 0)
    sim_totals.conflicts++;
  board_replica_apply (self->replica, seq, entry->member, entry->counter, entry->time, entry->op);
  write_down (self, WRITE_ENTRY, seq, NULL);
  if (own)
    draw_outbox_confirm (self->outbox, entry->counter);
  if (displaced != NULL)
    submit_displaced (self, displaced);
  sim_check_again (self, seq, entry);
}

static void
take_page (SimClient *self, SimMessage *page)
{
  for (guint i = 0; i < page->entries->len; i++)
    {
      uint64_t seq = page->seq + i, known = board_replica_get_seq (self->replica);

      if (seq <= known)
        continue;
      if (seq > known + 1)
        {
          sim_totals.gaps++;
          sim_client_cut (self);
          return;
        }
      take_entry (self, seq, g_ptr_array_index (page->entries, i));
      if (sim_breach_get () != SIM_OK)
        return;
    }
}

static void
take_ack (SimClient *self, SimMessage *ack)
{
  SimAcked acked = { ack->counter, ack->seq };

  draw_outbox_acknowledge (self->outbox, ack->counter);
  if (draw_outbox_acknowledge (self->outbox, ack->counter))
    sim_breach (SIM_I4_IDEMPOTENCE, "%s: a second ack of %u counts", self->name,
                (guint) ack->counter);
  g_array_append_val (self->acked, acked);
  sim_check_acked (self, &acked);
}

static void
take_refusal (SimClient *self, SimMessage *refusal)
{
  DrawOutboxVerdict verdict = draw_outbox_refuse (self->outbox, refusal->counter, refusal->refusal,
                                                  refusal->seq, self->dice->now);

  if (SIM_PLANTED (DROP_ON_GAP) && refusal->refusal == BOARD_REFUSAL_GAP
      && board_replica_get_n_pending (self->replica) > 0)
    {
      board_replica_withdraw (self->replica, refusal->counter);
      draw_outbox_remove (self->outbox, refusal->counter);
    }
  if (verdict == DRAW_OUTBOX_RECONNECT)
    sim_client_cut (self);
  else if (verdict == DRAW_OUTBOX_REJECT)
    roll_back (self, refusal->counter);
  else if (verdict == DRAW_OUTBOX_REJECT_ALL)
    roll_back_all (self);
  else
    sim_totals.retries++;
}

static void
take_message (SimClient *self, SimMessage *message)
{
  switch (message->type)
    {
    case SIM_MESSAGE_HELLO:
      take_hello (self, message);
      break;
    case SIM_MESSAGE_OPS:
      take_page (self, message);
      if (self->wire != NULL && sim_dice_roll (self->dice, 10) == 0)
        {
          take_page (self, message);
          sim_totals.duplicates++;
        }
      break;
    case SIM_MESSAGE_ACK:
      take_ack (self, message);
      break;
    case SIM_MESSAGE_REFUSAL:
      take_refusal (self, message);
      break;
    case SIM_MESSAGE_MEMBERS:
      take_members (self, message->here, message->gone);
      break;
    case SIM_MESSAGE_ASK:
      answer_ask (self);
      break;
    case SIM_MESSAGE_CONNECT:
    case SIM_MESSAGE_OP:
    case SIM_MESSAGE_SNAPSHOT:
    case SIM_MESSAGE_EVENT:
    default:
      g_assert_not_reached ();
    }
}

guint
sim_client_read (SimClient *self, guint n)
{
  guint done = 0;

  for (; done < n && self->wire != NULL && sim_breach_get () == SIM_OK; done++)
    {
      g_autoptr (SimMessage) message = sim_pipe_pop (&self->wire->down, self->dice->now);

      if (message == NULL)
        break;
      take_message (self, message);
      sim_client_pump (self);
    }
  if (self->wire != NULL && self->wire->server_left
      && g_queue_is_empty (&self->wire->down.messages))
    sim_client_cut (self);
  return done;
}
