/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-world.h"

#include "board/board-element-private.h"
#include "sim-check.h"
#include "sim-totals.h"

/* Rounds until everybody is at rest: far more than any history needs. */
#define MAX_ROUNDS 1000
/* That one round reads, one after the other. */
#define MAX_PAGES 20

struct _SimWorld {
  SimDice dice;
  SimServer *server;
  GPtrArray *clients;
  guint unreachable; /* bits */
};

/* Keys, as members' ids are. */
static const char *const names[] = {
  "annAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "bobAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  "cemAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "deeAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  "eveAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "fayAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
};

SimWorld *
sim_world_new (guint n_clients)
{
  SimWorld *self = g_new0 (SimWorld, 1);

  self->server = sim_server_new (&self->dice, names, n_clients);
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_client_free);
  for (guint i = 0; i < n_clients; i++)
    {
      SimClient *client = sim_client_new (self->server, &self->dice, i);

      g_ptr_array_add (self->clients, client);
      sim_client_connect (client);
    }
  return self;
}

void
sim_world_free (SimWorld *self)
{
  g_ptr_array_unref (self->clients);
  sim_server_free (self->server);
  g_free (self);
}

/* --- Rest --------------------------------------------------------------------------------------- */

static void
serve (SimServer *server, guint n)
{
  for (guint i = server->wires->len; i-- > 0;)
    if (i < server->wires->len)
      sim_server_read (server, g_ptr_array_index (server->wires, i), n);
}

static gboolean
client_rests (SimWorld *self, SimClient *client)
{
  return client->wire != NULL && client->wire->live && g_queue_is_empty (&client->wire->up.messages)
         && g_queue_is_empty (&client->wire->down.messages)
         && board_replica_get_n_pending (client->replica) == 0
         && board_replica_get_seq (client->replica) == sim_truth_get_length (self->server->file);
}

static gboolean
world_rests (SimWorld *self)
{
  gboolean rests
      = sim_server_is_idle (self->server) && self->server->wires->len == self->clients->len;

  for (guint i = 0; rests && i < self->clients->len; i++)
    rests = client_rests (self, g_ptr_array_index (self->clients, i));
  return rests;
}

static void
play_round (SimWorld *self)
{
  self->dice.now += 31 * G_USEC_PER_SEC;
  for (guint i = 0; i < self->clients->len; i++)
    {
      SimClient *client = g_ptr_array_index (self->clients, i);

      sim_client_connect (client);
      sim_client_write (client, G_MAXUINT);
      sim_client_pump (client);
    }
  self->dice.now += 31 * G_USEC_PER_SEC;
  serve (self->server, G_MAXUINT);
  sim_server_open_up (self->server);
  sim_server_commit (self->server, G_MAXUINT, SIM_COMMIT_GOOD);
  for (guint i = 0; i < MAX_PAGES; i++)
    sim_server_page (self->server, G_MAXUINT, FALSE);
  self->dice.now += 31 * G_USEC_PER_SEC;
  for (guint i = 0; i < self->clients->len && sim_breach_get () == SIM_OK; i++)
    {
      sim_client_read (g_ptr_array_index (self->clients, i), G_MAXUINT);
      sim_check_client (g_ptr_array_index (self->clients, i));
    }
}

static void
come_to_rest (SimWorld *self)
{
  guint rounds = 0;

  self->unreachable = 0;
  sim_server_start (self->server);
  while (!world_rests (self) && rounds++ < MAX_ROUNDS && sim_breach_get () == SIM_OK)
    play_round (self);
  if (rounds > MAX_ROUNDS)
    sim_breach (SIM_I5_NOTHING_LOST, "there is no rest: something is never sent or never read");
}

/* Somebody goes, and everybody else gets to know. */
static void
go_away (SimWorld *self, SimClient *who)
{
  sim_client_cut (who);
  for (guint i = 0; i < 2; i++) /* the news comes a little after the end of the connection */
    {
      self->dice.now += 31 * G_USEC_PER_SEC;
      serve (self->server, G_MAXUINT);
    }
  self->dice.now += 31 * G_USEC_PER_SEC;
  for (guint i = 0; i < self->clients->len; i++)
    {
      SimClient *client = g_ptr_array_index (self->clients, i);

      if (client == who)
        continue;
      sim_client_read (client, G_MAXUINT);
      sim_check_presence (client, self->clients->len - 2);
      sim_check_client (client);
    }
}

static void
rest (SimWorld *self)
{
  SimClient *client;

  come_to_rest (self);
  if (sim_breach_get () != SIM_OK)
    return;
  sim_check_rest (self->server, self->clients);
  client = g_ptr_array_index (self->clients, sim_dice_roll (&self->dice, self->clients->len));
  sim_check_there_and_back (client);
  sim_check_client (client);
  if (sim_breach_get () == SIM_OK)
    go_away (self, client);
  sim_totals.rests++;
}

/* --- Steps -------------------------------------------------------------------------------------- */

/* About half of them, so that members get ahead of each other. A wire may end while it is read. */
static void
serve_some (SimWorld *self)
{
  GPtrArray *wires = self->server->wires;

  for (guint i = wires->len; i-- > 0;)
    if (i < wires->len && sim_dice_roll (&self->dice, 2) == 0)
      sim_server_read (self->server, g_ptr_array_index (wires, i),
                       1 + sim_dice_roll (&self->dice, 8));
}

static void
commit (SimWorld *self)
{
  guint n = 1 + sim_dice_roll (&self->dice, 12), fate = sim_dice_roll (&self->dice, 40);
  SimCommit outcome = SIM_COMMIT_GOOD;

  if (sim_store_get_n_staged (self->server->store) == 0 || !self->server->running)
    return;
  if (fate == 0)
    outcome = SIM_COMMIT_CRASHED;
  else if (fate < 3)
    outcome = SIM_COMMIT_LIED;
  else if (fate < 6)
    outcome = SIM_COMMIT_FAILED;
  sim_totals.server_crashes += outcome == SIM_COMMIT_CRASHED;
  sim_totals.lied_commits += outcome == SIM_COMMIT_LIED;
  sim_totals.failed_commits += outcome == SIM_COMMIT_FAILED;
  sim_server_commit (self->server, n, outcome);
}

static void
server_step (SimWorld *self, SimAction *action)
{
  SimServer *server = self->server;

  switch (action->type)
    {
    case SIM_SERVER_READ:
      serve_some (self);
      break;
    case SIM_COMMIT:
      commit (self);
      break;
    case SIM_PAGE:
      sim_server_page (server, 1 + sim_dice_roll (&self->dice, 6),
                       sim_dice_roll (&self->dice, 30) == 0);
      break;
    case SIM_SERVER_CRASH:
      sim_totals.server_crashes += server->running;
      sim_server_crash (server);
      break;
    case SIM_SERVER_START:
      sim_server_start (server);
      break;
    case SIM_ROLE:
      sim_server_toggle_role (server, action->client);
      break;
    case SIM_LOCK:
      sim_server_toggle_lock (server);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
reach (SimWorld *self, SimClient *client)
{
  if (!(self->unreachable & (1u << client->index)))
    sim_client_connect (client);
}

static void
part (SimWorld *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (sim_dice_roll (&self->dice, 2) == 0)
      {
        self->unreachable |= 1u << i;
        sim_client_cut (g_ptr_array_index (self->clients, i));
      }
}

static void
client_step (SimWorld *self, SimAction *action)
{
  SimClient *client = g_ptr_array_index (self->clients, action->client);

  switch (action->type)
    {
    case SIM_SUBMIT:
      sim_client_submit (client);
      break;
    case SIM_UNDO:
      sim_client_undo (client);
      break;
    case SIM_REDO:
      sim_client_redo (client);
      break;
    case SIM_WRITE:
      sim_client_write (client, 1 + sim_dice_roll (&self->dice, 20));
      break;
    case SIM_SAVE_HISTORY:
      sim_client_save_history (client);
      break;
    case SIM_SEND:
      sim_client_pump (client);
      break;
    case SIM_CLIENT_READ:
      sim_client_read (client, 1 + sim_dice_roll (&self->dice, 12));
      break;
    case SIM_CUT:
      sim_client_cut (client);
      break;
    case SIM_CONNECT:
      reach (self, client);
      break;
    case SIM_CLIENT_CRASH:
      sim_client_crash (client);
      break;
    default:
      g_assert_not_reached ();
    }
  if (sim_breach_get () == SIM_OK)
    sim_check_client (client);
}

void
sim_world_step (SimWorld *self, SimAction *action)
{
  sim_dice_seed (&self->dice, action->chance);
  self->dice.now += sim_dice_roll (&self->dice, 100 * 1000);
  sim_totals.steps++;
  switch (action->type)
    {
    case SIM_SERVER_READ:
    case SIM_COMMIT:
    case SIM_PAGE:
    case SIM_SERVER_CRASH:
    case SIM_SERVER_START:
    case SIM_ROLE:
    case SIM_LOCK:
      server_step (self, action);
      break;
    case SIM_PART:
      part (self);
      break;
    case SIM_MEND:
      self->unreachable = 0;
      break;
    case SIM_REST:
      rest (self);
      break;
    default:
      client_step (self, action);
    }
}

/* --- Histories ---------------------------------------------------------------------------------- */

void
sim_world_write (SimWorld *self, guint seed, FILE *out)
{
  SimTruth *file = self->server->file;
  g_autoptr (BoardReplica) plain = sim_replay (file, TRUE);
  g_autofree char *dump = sim_dump (plain, TRUE);

  fprintf (out, "history %u\n", seed);
  for (uint64_t seq = 1; seq <= sim_truth_get_length (file); seq++)
    {
      SimEntry *entry = sim_truth_get_entry (file, seq);

      fprintf (out, "entry %s %u %" G_GINT64_FORMAT " %s\n", entry->member, (guint) entry->counter,
               (gint64) entry->time, entry->text);
    }
  fprintf (out, "board\n%s\nend\n", dump);
}
