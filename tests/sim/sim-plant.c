/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-plant.h"

#include "board/board-element-private.h"
#include "board/board-history.h"
#include "board/board-overlay.h"
#include "board/board-state.h"
#include "room/bridge-room-private.h"
#include "sim-socket.h"
#include "store/bridge-request.h"
#include "sync/draw-outbox.h"

/* The linker sends every call of these functions from another file here (--wrap). */

SimPlant sim_plant = SIM_PLANT_NONE;

#define WRAP(type, name, ...)                                                                      \
  type __real_##name (__VA_ARGS__);                                                                \
  type __wrap_##name (__VA_ARGS__);                                                                \
  type __wrap_##name (__VA_ARGS__)

WRAP (void,
      board_history_foreign,
      BoardHistory *self,
      BoardOverlay *overlay,
      const BoardEffect *effect)
{
  if (!SIM_PLANTED (UNDO_OTHERS))
    __real_board_history_foreign (self, overlay, effect);
}

WRAP (void, board_history_reject, BoardHistory *self, uint64_t counter, gboolean renumber)
{
  if (!SIM_PLANTED (KEEP_REFUSED))
    __real_board_history_reject (self, counter, renumber);
}

WRAP (BoardElement *,
      board_overlay_fold,
      BoardOverlay *self,
      const char *id,
      BoardElement *confirmed)
{
  if (SIM_PLANTED (HIDE_PENDING))
    return confirmed != NULL ? board_element_ref (confirmed) : NULL;
  return __real_board_overlay_fold (self, id, confirmed);
}

WRAP (int, board_element_compare, BoardElement *a, BoardElement *b)
{
  if (SIM_PLANTED (EQUAL_KEYS))
    return strcmp (board_element_get_index (a), board_element_get_index (b));
  return __real_board_element_compare (a, b);
}

WRAP (void, draw_outbox_start, DrawOutbox *self, uint64_t server_counter)
{
  __real_draw_outbox_start (self, server_counter + SIM_PLANTED (SKIP_FIRST));
}

/* --- The room ----------------------------------------------------------------------------------- */

/* Instead of the real ack, as if a queue were a disk. */
WRAP (void,
      bridge_room_append,
      BridgeRoom *self,
      BridgeGuest *guest,
      uint64_t counter,
      const char *body,
      SioAck *ack)
{
  SimStore *store = sim_socket_get_server ((gpointer) guest->socket)->store;
  g_autoptr (SioArgs) args = NULL;
  g_autofree char *json = NULL;

  if (!SIM_PLANTED (ACK_EARLY))
    {
      __real_bridge_room_append (self, guest, counter, body, ack);
      return;
    }
  args = sio_args_new ();
  json = g_strdup_printf (
      "{\"seq\":%u}",
      (guint) sim_truth_get_length (sim_store_get_file (store)) + sim_store_get_n_staged (store) + 1);
  sio_args_add_json (args, json, -1);
  sio_ack_send (ack, args);
  __real_bridge_room_append (self, guest, counter, body, NULL);
}

WRAP (BridgeAppended,
      bridge_append_judge,
      const BridgeEntry *entry,
      uint64_t last,
      int64_t bytes,
      const BridgeLimits *limits)
{
  BridgeAppended appended = __real_bridge_append_judge (entry, last, bytes, limits);

  if ((SIM_PLANTED (STORE_TWICE) && appended.outcome == BRIDGE_APPEND_REPEATED)
      || (SIM_PLANTED (TAKE_GAP) && appended.outcome == BRIDGE_APPEND_GAP))
    appended.outcome = BRIDGE_APPEND_STORED;
  return appended;
}

/* The last position that the room was told of. */
static uint64_t told;

WRAP (BridgeBoard *, bridge_store_load_finish, BridgeStore *self, GAsyncResult *result, GError **error)
{
  BridgeBoard *board = __real_bridge_store_load_finish (self, result, error);

  told = board != NULL ? board->seq : told;
  return board;
}

/* As if what the room was not told of had never been. */
WRAP (gboolean,
      bridge_store_append_finish,
      BridgeStore *self,
      GAsyncResult *result,
      BridgeAppended *appended,
      GError **error)
{
  gboolean good = __real_bridge_store_append_finish (self, result, appended, error);

  if (!good || appended->outcome != BRIDGE_APPEND_STORED)
    return good;
  if (SIM_PLANTED (REUSE_POSITION))
    appended->value = MIN (appended->value, told + 1);
  told = MAX (told, appended->value);
  return good;
}

WRAP (void, bridge_room_pump, BridgeRoom *self, BridgeGuest *guest)
{
  if (SIM_PLANTED (SKIP_ENTRY) && guest->state == BRIDGE_GUEST_CATCHING_UP && !guest->reading)
    guest->next++;
  __real_bridge_room_pump (self, guest);
}

WRAP (void,
      bridge_room_apply_change,
      BridgeRoom *self,
      const BridgeChange *change,
      GPtrArray *changed)
{
  if (!SIM_PLANTED (FORGET_ROLE) || change->kind != BRIDGE_CHANGE_ROLE)
    __real_bridge_room_apply_change (self, change, changed);
}

WRAP (JsonNode *, board_presence_build, const BoardPresence *presence)
{
  if (SIM_PLANTED (SILENT_LEAVING))
    g_ptr_array_set_size (presence->left, 0);
  return __real_board_presence_build (presence);
}

/* --- The meaning of the log --------------------------------------------------------------------- */

gboolean __real_board_state_apply (BoardState *self,
                                   const char *member,
                                   int64_t time,
                                   BoardOp *op,
                                   BoardEffectFunc func,
                                   gpointer user_data);

/* The last element that was deleted under each id, and when each was last set, of whatever state. */
static GHashTable *graves, *times;

static void
make_tables (void)
{
  if (graves != NULL)
    return;
  graves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) board_element_unref);
  times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
revive (BoardState *self, const char *member, int64_t time, BoardOp *op)
{
  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      const char *id = board_op_get_change_id (op, i);
      BoardChangeType type = board_op_get_change_type (op, i);
      BoardElement *there = id != NULL ? board_state_get_element (self, id) : NULL;
      BoardElement *dead = id != NULL ? g_hash_table_lookup (graves, id) : NULL;

      if (type == BOARD_CHANGE_REMOVE && there != NULL)
        g_hash_table_insert (graves, g_strdup (id), board_element_ref (there));
      else if (type == BOARD_CHANGE_SET && there == NULL && dead != NULL)
        {
          g_autoptr (BoardOp) again = board_op_new ();

          board_op_add_element (again, dead);
          __real_board_state_apply (self, member, time, again, NULL, NULL);
        }
    }
}

static gboolean
is_older (BoardState *self, int64_t time, BoardOp *op)
{
  g_autofree char *key = NULL;
  int64_t *last;

  if (board_op_get_n_changes (op) != 1 || board_op_get_change_type (op, 0) != BOARD_CHANGE_SET)
    return FALSE;
  key = g_strdup_printf ("%p %s", (void *) self, board_op_get_change_id (op, 0));
  last = g_hash_table_lookup (times, key);
  if (last != NULL && *last > time)
    return TRUE;
  g_hash_table_insert (times, g_steal_pointer (&key), g_memdup2 (&time, sizeof time));
  return FALSE;
}

WRAP (gboolean,
      board_state_apply,
      BoardState *self,
      const char *member,
      int64_t time,
      BoardOp *op,
      BoardEffectFunc func,
      gpointer user_data)
{
  make_tables ();
  if (SIM_PLANTED (REVIVE))
    revive (self, member, time, op);
  if (SIM_PLANTED (NEWEST_CLOCK) && is_older (self, time, op))
    return FALSE;
  return __real_board_state_apply (self, member, time, op, func, user_data);
}
