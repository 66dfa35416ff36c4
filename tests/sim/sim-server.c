/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-server.h"

#include <unistd.h>

#include "sim-breach.h"
#include "sim-clock.h"
#include "sim-plant.h"
#include "sim-socket.h"
#include "sim-totals.h"

/* Which ops are refused for good: some, and always the same ones. */
#define IS_TOO_LARGE(counter) ((counter) % 17 == 9)

/* Few, so that all of them are met. */
static void
set_limits (BridgeLimits *limits)
{
  bridge_limits_init (limits);
  limits->ops_per_second = 20;
  limits->ops_burst = 40;
  limits->waiting_ops = 12;
  limits->snapshot_ops = 15;
}

SimServer *
sim_server_new (SimDice *dice, const char *const *names, guint n_clients)
{
  SimServer *self = g_new0 (SimServer, 1);

  sim_clock_set (dice);
  set_limits (&self->limits);
  self->dice = dice;
  self->names = names;
  self->n_clients = n_clients;
  self->wires = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_wire_free);
  self->store = sim_store_new (dice, names, n_clients);
  self->file = sim_store_get_file (self->store);
  for (guint i = 0; i < n_clients; i++)
    self->positions[i] = sim_store_get_positions (self->store, i);
  self->blobs = bridge_blobs_new (NULL, &self->limits, NULL);
  self->nsp = sim_namespace_new (self);
  self->running = TRUE;
  return self;
}

void
sim_server_free (SimServer *self)
{
  sim_server_crash (self);
  g_ptr_array_unref (self->wires);
  g_object_unref (self->nsp);
  g_object_unref (self->store);
  bridge_blobs_unref (self->blobs);
  g_free (self);
}

/* All that is ready happens: what one commit answers comes in one turn of the loop, as it does from
 * the thread that writes. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
sim_server_tick (SimServer *self)
{
  sim_clock_run ();
  settle ();
}

/* --- Coming and going, as room/bridge-lobby.c does it ------------------------------------------- */

typedef struct {
  SimServer *server;
  SimSocket *socket; /* owned */
  uint64_t since;
  gboolean snapshot;
  BridgeAdmission *admission; /* owned */
  BridgeRoom *room;           /* owned */
} Visit;

static void
visit_free (Visit *visit)
{
  g_clear_pointer (&visit->admission, bridge_admission_free);
  g_clear_object (&visit->room);
  g_object_unref (visit->socket);
  g_free (visit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visit, visit_free)

static void
turn_away (Visit *visit)
{
  SimWire *wire = sim_socket_get_wire (visit->socket);

  if (wire != NULL)
    wire->server_left = TRUE;
  sim_totals.turned_away++;
}

static void
on_room_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Visit) visit = user_data;
  SimWire *wire = sim_socket_get_wire (visit->socket);

  if (!bridge_room_open_finish (visit->room, result, NULL))
    turn_away (visit);
  else if (wire != NULL && !wire->server_left)
    bridge_room_seat (visit->room, (gpointer) visit->socket, visit->admission,
                      (int64_t) visit->since, visit->snapshot);
}

static BridgeRoom *
ref_room (SimServer *self)
{
  if (self->room != NULL)
    return g_object_ref (self->room);
  self->room = bridge_room_new (SIM_BOARD, BRIDGE_STORE (self->store), self->blobs,
                                (gpointer) self->nsp, &self->limits);
  g_object_add_weak_pointer (G_OBJECT (self->room), (gpointer *) &self->room);
  sim_totals.rooms++;
  return self->room;
}

static void
on_admitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  visit->admission = bridge_store_admit_finish (BRIDGE_STORE (source), result, NULL);
  if (visit->admission == NULL)
    {
      turn_away (visit);
      visit_free (visit);
      return;
    }
  visit->room = ref_room (visit->server);
  bridge_room_open_async (visit->room, on_room_open, visit);
}

SimWire *
sim_server_accept (SimServer *self, guint client)
{
  SimWire *wire;

  if (!self->running)
    return NULL;
  wire = sim_wire_new (client);
  wire->socket = sim_socket_new (self, wire);
  g_ptr_array_add (self->wires, wire);
  return wire;
}

static void
admit (SimServer *self, SimWire *wire, const SimMessage *message)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->server = self;
  visit->socket = g_object_ref (wire->socket);
  visit->since = message->seq;
  visit->snapshot = message->wants_snapshot;
  bridge_store_admit_async (BRIDGE_STORE (self->store), SIM_BOARD, self->names[wire->client], NULL,
                            NULL, 0, on_admitted, visit);
}

static void
drop_wire (SimServer *self, SimWire *wire)
{
  sim_socket_end (wire->socket);
  g_ptr_array_remove (self->wires, wire);
}

/* --- Snapshots ---------------------------------------------------------------------------------- */

/* What the client uploads, here its position. hash: 65 bytes. */
static void
put_blob (SimServer *self, uint64_t seq, char *hash)
{
  g_autofree char *text = g_strdup_printf ("%u", (guint) seq);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  BridgeBlobs *parts = bridge_blobs_get_snapshots (self->blobs);
  BridgeUpload *upload;

  g_strlcpy (hash, sum, 65);
  if (bridge_blobs_get_size (parts, SIM_BOARD, hash) >= 0)
    return;
  upload = bridge_upload_begin (parts, SIM_BOARD, hash, (int64_t) strlen (text), NULL);
  g_assert_true (bridge_upload_write (upload, bytes, NULL));
  g_assert_true (bridge_upload_commit (upload, NULL));
  bridge_upload_end (upload);
}

uint64_t
sim_server_read_blob (SimServer *self, const char *blob)
{
  char text[24] = { 0 };
  int64_t size = 0;
  int fd = bridge_blobs_open (bridge_blobs_get_snapshots (self->blobs), SIM_BOARD, blob, &size);

  if (fd < 0)
    return 0;
  g_assert_cmpint (pread (fd, text, sizeof text - 1, 0), ==, size);
  close (fd);
  return g_ascii_strtoull (text, NULL, 10);
}

static void
take_snapshot (SimServer *self, SimWire *wire, uint64_t seq)
{
  BoardSnapshot snapshot = { .seq = seq };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (seq == 0)
    {
      sim_socket_receive_answer (wire->socket, "{}");
      return;
    }
  put_blob (self, seq, snapshot.blob);
  node = board_snapshot_build (&snapshot);
  text = json_to_string (node, FALSE);
  sim_socket_receive_answer (wire->socket, text);
}

/* --- Reading ------------------------------------------------------------------------------------ */

static const char *
too_large_body (void)
{
  static char *body;

  if (body == NULL)
    body = g_strnfill (BOARD_MAX_OP_BODY + 1, 'b');
  return body;
}

static void
read_op (SimServer *self, SimWire *wire, SimMessage *message)
{
  SimEntry *entry;
  gboolean forbidden;

  if (IS_TOO_LARGE (message->counter) && !g_str_equal (message->text, SIM_FILLER))
    {
      sim_socket_receive_op (wire->socket, message->counter, too_large_body ());
      return;
    }
  entry
      = sim_entry_new (wire->client, self->names[wire->client], message->counter, 0, message->text);
  /* Everybody may speak. */
  forbidden = !sim_store_may_write (self->store, wire->client);
  sim_totals.spoken += forbidden && board_op_is_talk (entry->op);
  forbidden = forbidden && !board_op_is_talk (entry->op);
  sim_socket_receive_op (wire->socket, message->counter,
                         sim_store_add_body (self->store, entry, forbidden));
}

static void
read_message (SimServer *self, SimWire *wire, SimMessage *message)
{
  if (message->type == SIM_MESSAGE_CONNECT)
    admit (self, wire, message);
  else if (message->type == SIM_MESSAGE_OP)
    read_op (self, wire, message);
  else if (message->type == SIM_MESSAGE_SNAPSHOT)
    take_snapshot (self, wire, message->seq);
  else
    sim_socket_receive (wire->socket, message->event, message->text);
}

void
sim_server_read (SimServer *self, SimWire *wire, guint n)
{
  sim_server_tick (self);
  for (; n > 0 && self->running && !wire->server_left; n--)
    {
      g_autoptr (SimMessage) message = sim_pipe_pop (&wire->up, self->dice->now);

      if (message == NULL)
        break;
      read_message (self, wire, message);
    }
  if (wire->server_left)
    sim_socket_end (wire->socket);
  else if (!wire->client_left)
    sim_socket_drain (wire->socket);
  if (wire->client_left && (wire->server_left || g_queue_is_empty (&wire->up.messages)))
    drop_wire (self, wire);
  settle ();
}

/* --- The disk ----------------------------------------------------------------------------------- */

/* Before anything is in the file. */
static void
broadcast_early (SimServer *self)
{
  uint64_t first = sim_truth_get_length (self->file) + 1;
  SimEntry *entry = sim_store_peek_staged (self->store, 0);

  for (guint i = 0; entry != NULL && i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);
      GPtrArray *entries;

      if (!wire->live)
        continue;
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);
      g_ptr_array_add (entries, sim_entry_ref (entry));
      sim_pipe_push (&wire->down,
                     (SimMessage){ .type = SIM_MESSAGE_OPS, .seq = first, .entries = entries },
                     sim_dice_due (self->dice));
    }
}

void
sim_server_commit (SimServer *self, guint n, SimCommit commit)
{
  if (!self->running)
    return;
  sim_server_tick (self);
  if (SIM_PLANTED (BROADCAST_EARLY))
    broadcast_early (self);
  sim_store_commit (self->store, n, commit);
  if (commit == SIM_COMMIT_CRASHED)
    sim_server_crash (self);
  settle ();
}

void
sim_server_page (SimServer *self, guint n, gboolean fail)
{
  if (!self->running)
    return;
  sim_server_tick (self);
  sim_store_read (self->store, n, fail);
  settle ();
}

/* --- Moderation --------------------------------------------------------------------------------- */

typedef struct {
  SimServer *server;
  BridgeChange change;
} Operation;

static void
on_operated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Operation *operation = user_data;
  g_autoptr (GPtrArray) changed = bridge_store_change_finish (BRIDGE_STORE (source), result, NULL);

  if (changed != NULL && operation->server->room != NULL)
    bridge_room_apply_change (operation->server->room, &operation->change, changed);
}

static void
operate (SimServer *self, BridgeChange change)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->server = self;
  operation->change = change;
  bridge_store_change_async (BRIDGE_STORE (self->store), SIM_BOARD, &operation->change, on_operated,
                             operation);
}

void
sim_server_open_up (SimServer *self)
{
  if (!self->running || sim_store_is_open (self->store))
    return;
  for (guint i = 1; i < self->n_clients; i++)
    operate (self, (BridgeChange){ .kind = BRIDGE_CHANGE_ROLE,
                                   .member = (char *) self->names[i],
                                   .role = BOARD_ROLE_EDITOR });
  operate (self, (BridgeChange){ .kind = BRIDGE_CHANGE_LOCK, .on = FALSE });
}

/* What the host says, if the host is here. */
static void
moderate (SimServer *self, const char *event, char *text)
{
  for (guint i = 0; i < self->wires->len; i++)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      if (wire->client == 0 && wire->joined && !wire->client_left && !wire->server_left)
        {
          sim_pipe_push (&wire->up,
                         (SimMessage){ .type = SIM_MESSAGE_EVENT, .event = event, .text = text },
                         sim_dice_due (self->dice));
          return;
        }
    }
  g_free (text);
}

void
sim_server_toggle_role (SimServer *self, guint client)
{
  const char *role = sim_dice_roll (self->dice, 2) == 0 ? "viewer" : "editor";

  if (client != 0)
    moderate (self, BOARD_EVENT_ROLE, g_strdup_printf ("\"%s\" \"%s\"", self->names[client], role));
}

void
sim_server_toggle_lock (SimServer *self)
{
  moderate (self, BOARD_EVENT_LOCK,
            g_strdup (sim_dice_roll (self->dice, 2) == 0 ? "true" : "false"));
}

/* --- Its life ----------------------------------------------------------------------------------- */

void
sim_server_crash (SimServer *self)
{
  self->running = FALSE;
  for (guint i = self->wires->len; i-- > 0;)
    {
      SimWire *wire = g_ptr_array_index (self->wires, i);

      wire->server_left = TRUE;
      sim_pipe_truncate (&wire->up, 0);
      sim_pipe_truncate (&wire->down,
                         sim_dice_roll (self->dice, g_queue_get_length (&wire->down.messages) + 1));
      sim_socket_end (wire->socket);
      if (wire->client_left)
        drop_wire (self, wire);
    }
  /* Whoever still waits for the disk is told, so that memory is given back; nobody hears of it. */
  while (self->room != NULL || !sim_store_is_idle (self->store))
    {
      sim_store_forget (self->store);
      sim_clock_clear ();
      settle ();
    }
  sim_clock_clear ();
}

void
sim_server_start (SimServer *self)
{
  self->running = TRUE;
}

gboolean
sim_server_is_idle (SimServer *self)
{
  return sim_store_is_idle (self->store) && sim_clock_is_idle () && sim_store_is_open (self->store);
}
