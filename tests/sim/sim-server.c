/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-server.h"

#include "sim-breach.h"
#include "sim-plant.h"
#include "sim-totals.h"

/* Ops of one guest that wait for the disk, as the server's limit on them. */
#define MAX_WAITING 64
/* Which ops are refused for good: some, and always the same ones. */
#define IS_TOO_LARGE(counter) ((counter) % 17 == 9)

typedef struct {
  SimWire *wire; /* borrowed; NULL when it is gone */
  guint client;
  uint64_t counter;
  SimEntry *entry; /* owned */
} SimRequest;

static void
request_free (SimRequest *request)
{
  sim_entry_unref (request->entry);
  g_free (request);
}

SimServer *
sim_server_new (SimDice *dice, const char *const *names, guint n_clients)
{
  SimServer *self = g_new0 (SimServer, 1);

  g_assert (n_clients <= SIM_MAX_CLIENTS);
  self->dice = dice;
  self->names = names;
  self->n_clients = n_clients;
  self->file = sim_truth_new ();
  self->wires = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_wire_free);
  for (guint i = 0; i < n_clients; i++)
    self->positions[i] = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  self->running = TRUE;
  return self;
}

void
sim_server_free (SimServer *self)
{
  g_queue_clear_full (&self->staged, (GDestroyNotify) request_free);
  g_ptr_array_unref (self->wires);
  for (guint i = 0; i < self->n_clients; i++)
    g_array_unref (self->positions[i]);
  sim_truth_free (self->file);
  g_free (self);
}

static void
tell (SimServer *self, SimWire *wire, SimMessage message)
{
  if (wire != NULL && !wire->server_left)
    sim_pipe_push (&wire->down, message, sim_dice_due (self->dice));
  else
    g_clear_pointer (&message.entries, g_ptr_array_unref);
}

static GPtrArray *
entries_between (SimServer *self, uint64_t first, uint64_t last)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);

  for (uint64_t seq = first; seq <= last; seq++)
    g_ptr_array_add (entries, sim_entry_ref (sim_truth_get_entry (self->file, seq)));
  return entries;
}

/* --- Members ------------------------------------------------------------------------------------ */

static guint
who_is_here (SimServer *self)
{
  guint here = 0;

  for (guint i = 0; i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      if (wire->joined && !wire->server_left)
        here |= 1u << wire->client;
    }
  return here;
}

static void
tell_members (SimServer *self)
{
  guint here = who_is_here (self);

  for (guint i = 0; i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      if (wire->joined)
        tell (self, wire, (SimMessage){ .type = SIM_MESSAGE_MEMBERS, .here = here });
    }
}

SimWire *
sim_server_accept (SimServer *self, guint client)
{
  SimWire *wire;

  if (!self->running)
    return NULL;
  wire = sim_wire_new (client);
  g_ptr_array_add (self->wires, wire);
  return wire;
}

static void
drop_wire (SimServer *self, SimWire *wire)
{
  for (GList *l = self->staged.head; l != NULL; l = l->next)
    {
      SimRequest *request = l->data;

      if (request->wire == wire)
        request->wire = NULL;
    }
  g_ptr_array_remove (self->wires, wire);
}

static void
welcome (SimServer *self, SimWire *wire, uint64_t since)
{
  uint64_t counter = 0;
  GArray *positions = self->positions[wire->client];

  /* as far as was broadcast: the room's record of a member */
  while (counter < positions->len && g_array_index (positions, uint64_t, counter) <= self->tail)
    counter++;
  wire->joined = TRUE;
  wire->next = since + 1;
  tell (self, wire,
        (SimMessage){ .type = SIM_MESSAGE_HELLO,
                      .counter = counter,
                      .seq = self->head,
                      .here = who_is_here (self) });
  tell_members (self);
}

/* --- Reading ------------------------------------------------------------------------------------ */

static void
refuse (SimServer *self, SimWire *wire, uint64_t counter, BoardRefusal refusal, uint64_t expected)
{
  tell (self, wire,
        (SimMessage){
            .type = SIM_MESSAGE_REFUSAL, .counter = counter, .refusal = refusal, .seq = expected });
}

static guint
count_waiting (SimServer *self, guint client)
{
  guint n = 0;

  for (GList *l = self->staged.head; l != NULL; l = l->next)
    if (((SimRequest *) l->data)->client == client)
      n++;
  return n;
}

/* Years before or after: nobody may care. */
static int64_t
some_time (SimServer *self)
{
  return INT64_C (1700000000000) + (int64_t) sim_dice_next (self->dice) * 75;
}

static void
stage (SimServer *self, SimWire *wire, SimMessage *message)
{
  SimRequest *request = g_new0 (SimRequest, 1);

  request->wire = wire;
  request->client = wire->client;
  request->counter = message->counter;
  request->entry = sim_entry_new (wire->client, self->names[wire->client], message->counter,
                                  some_time (self), message->text);
  g_queue_push_tail (&self->staged, request);
  if (SIM_PLANTED (ACK_EARLY))
    tell (self, wire,
          (SimMessage){ .type = SIM_MESSAGE_ACK,
                        .counter = message->counter,
                        .seq = sim_truth_get_length (self->file) + self->staged.length });
}

static void
read_op (SimServer *self, SimWire *wire, SimMessage *message)
{
  if (self->viewer[wire->client])
    refuse (self, wire, message->counter, BOARD_REFUSAL_READ_ONLY, 0);
  else if (IS_TOO_LARGE (message->counter) && !g_str_equal (message->text, SIM_FILLER))
    refuse (self, wire, message->counter, BOARD_REFUSAL_TOO_LARGE, 0);
  else if (self->locked)
    refuse (self, wire, message->counter, BOARD_REFUSAL_LOCKED, 0);
  else if (count_waiting (self, wire->client) >= MAX_WAITING || sim_dice_roll (self->dice, 40) == 0)
    refuse (self, wire, message->counter, BOARD_REFUSAL_TOO_FAST, 0);
  else
    stage (self, wire, message);
}

void
sim_server_read (SimServer *self, SimWire *wire, guint n)
{
  for (; n > 0 && self->running && !wire->server_left; n--)
    {
      g_autoptr (SimMessage) message = sim_pipe_pop (&wire->up, self->dice->now);

      if (message == NULL)
        break;
      if (message->type == SIM_MESSAGE_CONNECT)
        welcome (self, wire, message->seq);
      else
        read_op (self, wire, message);
    }
  if (!wire->client_left || (!wire->server_left && !g_queue_is_empty (&wire->up.messages)))
    return;
  drop_wire (self, wire);
  tell_members (self);
}

/* --- The file and the broadcast ----------------------------------------------------------------- */

static void
broadcast (SimServer *self)
{
  uint64_t first = self->head + 1;

  if (self->head == self->tail)
    return;
  self->head = self->tail;
  for (guint i = 0; i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      if (wire->live)
        tell (self, wire,
              (SimMessage){ .type = SIM_MESSAGE_OPS,
                            .seq = first,
                            .entries = entries_between (self, first, self->tail) });
    }
}

/* Before anything is in the file. */
static void
broadcast_early (SimServer *self, guint n)
{
  uint64_t first = sim_truth_get_length (self->file) + 1;

  for (guint i = 0; i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);
      GPtrArray *entries;
      GList *l = self->staged.head;

      if (!wire->live)
        continue;
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);
      for (guint k = 0; k < n && l != NULL; k++, l = l->next)
        g_ptr_array_add (entries, sim_entry_ref (((SimRequest *) l->data)->entry));
      tell (self, wire, (SimMessage){ .type = SIM_MESSAGE_OPS, .seq = first, .entries = entries });
    }
}

/* The store's verdict, and its deed. Position, or 0 and the counter that is expected. */
static uint64_t
append (SimServer *self, SimRequest *request, uint64_t *expected)
{
  GArray *positions = self->positions[request->client];
  uint64_t seq = sim_truth_get_length (self->file) + 1;

  *expected = positions->len + 1;
  if (request->counter < *expected && !SIM_PLANTED (STORE_TWICE))
    {
      sim_totals.repeated++;
      return g_array_index (positions, uint64_t, request->counter - 1);
    }
  if (request->counter > *expected && !SIM_PLANTED (TAKE_GAP))
    return 0;
  if (request->counter != *expected)
    sim_breach (SIM_I3_CLIENT_ORDER, "%s: counter %u at position %u, where %u is expected",
                self->names[request->client], (guint) request->counter, (guint) seq,
                (guint) *expected);
  sim_truth_append (self->file, request->entry);
  g_array_append_val (positions, seq);
  return seq;
}

static void
note_stored (SimServer *self, uint64_t seq)
{
  self->stored = MAX (self->stored, seq);
  if (seq == self->tail + 1)
    self->tail = seq;
}

typedef struct {
  SimRequest *request; /* owned */
  uint64_t seq;
} Verdict;

static void
answer (SimServer *self, GArray *verdicts)
{
  broadcast (self);
  for (guint i = 0; i < verdicts->len; i++)
    {
      Verdict *verdict = &g_array_index (verdicts, Verdict, i);

      if (verdict->seq > 0 && !SIM_PLANTED (ACK_EARLY))
        tell (self, verdict->request->wire,
              (SimMessage){ .type = SIM_MESSAGE_ACK,
                            .counter = verdict->request->counter,
                            .seq = verdict->seq });
    }
}

/* As if what is behind tail had never been. */
static void
reuse_position (SimServer *self, SimRequest *request)
{
  GPtrArray *entries;

  if (sim_truth_get_length (self->file) <= self->tail + 1)
    return;
  for (guint i = 0; i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      if (!wire->live)
        continue;
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);
      g_ptr_array_add (entries, sim_entry_ref (request->entry));
      tell (self, wire,
            (SimMessage){ .type = SIM_MESSAGE_OPS, .seq = self->tail + 1, .entries = entries });
    }
}

static void
verdict_clear (gpointer data)
{
  request_free (((Verdict *) data)->request);
}

void
sim_server_commit (SimServer *self, guint n, SimCommit commit)
{
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (Verdict));

  if (!self->running)
    return;
  g_array_set_clear_func (verdicts, verdict_clear);
  if (SIM_PLANTED (BROADCAST_EARLY))
    broadcast_early (self, n);
  for (; n > 0 && !g_queue_is_empty (&self->staged); n--)
    {
      Verdict verdict = { g_queue_pop_head (&self->staged), 0 };
      uint64_t counter = verdict.request->counter, expected = 0;

      if (commit != SIM_COMMIT_FAILED)
        verdict.seq = append (self, verdict.request, &expected);
      if (commit == SIM_COMMIT_GOOD && verdict.seq == 0)
        refuse (self, verdict.request->wire, counter, BOARD_REFUSAL_GAP, expected);
      else if (commit == SIM_COMMIT_GOOD)
        {
          if (SIM_PLANTED (REUSE_POSITION))
            reuse_position (self, verdict.request);
          note_stored (self, verdict.seq);
        }
      else if (commit != SIM_COMMIT_CRASHED)
        refuse (self, verdict.request->wire, counter, BOARD_REFUSAL_UNAVAILABLE, 0);
      g_array_append_val (verdicts, verdict);
    }
  if (commit == SIM_COMMIT_GOOD)
    answer (self, verdicts);
  else if (commit == SIM_COMMIT_CRASHED)
    sim_server_crash (self);
}

gboolean
sim_server_fetch (SimServer *self)
{
  if (!self->running || self->tail >= self->stored)
    return FALSE;
  self->tail = self->stored;
  broadcast (self);
  return TRUE;
}

gboolean
sim_server_page (SimServer *self, SimWire *wire, guint n)
{
  uint64_t last;

  if (!self->running || !wire->joined || wire->server_left || wire->live)
    return FALSE;
  if (wire->next > self->head)
    {
      wire->live = TRUE;
      return TRUE;
    }
  last = MIN (self->head, wire->next + n - 1);
  tell (self, wire,
        (SimMessage){ .type = SIM_MESSAGE_OPS,
                      .seq = wire->next,
                      .entries = entries_between (self, wire->next, last) });
  wire->next = last + 1;
  return TRUE;
}

/* --- Its life ----------------------------------------------------------------------------------- */

void
sim_server_crash (SimServer *self)
{
  self->running = FALSE;
  g_queue_clear_full (&self->staged, (GDestroyNotify) request_free);
  for (guint i = self->wires->len; i-- > 0;)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      wire->server_left = TRUE;
      wire->live = FALSE;
      sim_pipe_truncate (&wire->up, 0);
      sim_pipe_truncate (&wire->down,
                         sim_dice_roll (self->dice, g_queue_get_length (&wire->down.messages) + 1));
      if (wire->client_left)
        drop_wire (self, wire);
    }
}

void
sim_server_start (SimServer *self)
{
  if (self->running)
    return;
  self->running = TRUE;
  self->head = self->tail = self->stored = sim_truth_get_length (self->file);
}
