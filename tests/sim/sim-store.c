/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-store.h"

#include "sim-breach.h"
#include "sim-totals.h"
#include "store/bridge-request.h"

/* Entries of one page: less than a page's bytes would allow, so that there are several. */
#define MAX_PAGE 30
/* Letters of a body before its number: as base64url three bytes, of which the first are the flags. */
#define BODY_PREFIX 4

typedef struct {
  BoardRole roles[SIM_MAX_CLIENTS];
  gboolean locked;
} Standing;

struct _SimStore {
  GObject parent_instance;

  SimDice *dice; /* borrowed */
  const char *const *names;
  guint n;
  BridgeLimits limits;

  GQueue writes, reads; /* GTask */
  GPtrArray *bodies;    /* SimEntry: body "bodyN" is the N-th, "AgAAN" if it is talk */
  GArray *forbidden;    /* gboolean, of each of them */
  GStringChunk *texts;  /* of the bodies */

  /* the file */
  SimTruth *file;
  GPtrArray *entries; /* BridgeEntry, as in the file */
  GArray *positions[SIM_MAX_CLIENTS];
  Standing standing;
  BoardSnapshot snapshot;

  Standing told; /* what the server knows of it */
};

static void iface_init (BridgeStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimStore,
                               sim_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BRIDGE_TYPE_STORE, iface_init))

static BridgeRequest *
request_of (GTask *task)
{
  return g_task_get_task_data (task);
}

static guint
find_client (SimStore *self, const char *member)
{
  for (guint i = 0; i < self->n; i++)
    if (g_str_equal (self->names[i], member))
      return i;
  g_assert_not_reached ();
}

static void
submit (BridgeStore *store, GTask *task)
{
  SimStore *self = SIM_STORE (store);

  if (bridge_request_get_lane (request_of (task)) == BRIDGE_LANE_READ)
    g_queue_push_tail (&self->reads, task);
  else
    g_queue_push_tail (&self->writes, task);
}

/* --- What changes the file ---------------------------------------------------------------------- */

static guint
index_of (const char *body)
{
  return (guint) g_ascii_strtoull (body + BODY_PREFIX, NULL, 10);
}

static void
check_entry (SimStore *self, const BridgeEntry *entry, guint expected)
{
  if (entry->counter != expected)
    sim_breach (SIM_I3_CLIENT_ORDER, "%s: counter %u is stored where %u is expected", entry->member,
                (guint) entry->counter, expected);
  if (g_array_index (self->forbidden, gboolean, index_of (entry->body)))
    sim_breach (SIM_Z1_AUTHORITY, "%s: op %u is stored, though its author may not write",
                entry->member, (guint) entry->counter);
}

static gpointer
append (SimStore *self, BridgeEntry *asked)
{
  SimEntry *entry = sim_store_find_body (self, asked->body);
  GArray *positions = self->positions[entry->author];
  BridgeAppended *appended = g_new0 (BridgeAppended, 1);
  uint64_t seq = sim_truth_get_length (self->file) + 1;

  *appended = bridge_append_judge (asked, positions->len, 0, &self->limits);
  if (appended->outcome == BRIDGE_APPEND_REPEATED)
    {
      appended->value = g_array_index (positions, uint64_t, asked->counter - 1);
      sim_totals.repeated++;
    }
  if (appended->outcome != BRIDGE_APPEND_STORED)
    return appended;

  check_entry (self, asked, positions->len + 1);
  entry->time = asked->time;
  sim_truth_append (self->file, entry);
  g_ptr_array_add (self->entries, bridge_entry_ref (asked));
  g_array_append_val (positions, seq);
  appended->value = seq;
  return appended;
}

static BridgeMember *
member_of (SimStore *self, guint client)
{
  return bridge_member_new (self->names[client], self->standing.roles[client],
                            self->positions[client]->len, NULL, FALSE);
}

static void
change_standing (SimStore *self, Standing *standing, const BridgeChange *change)
{
  if (change->kind == BRIDGE_CHANGE_ROLE)
    standing->roles[find_client (self, change->member)] = change->role;
  else if (change->kind == BRIDGE_CHANGE_LOCK)
    standing->locked = change->on;
}

static gpointer
change (SimStore *self, const BridgeChange *change)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_member_free);

  change_standing (self, &self->standing, change);
  if (change->kind == BRIDGE_CHANGE_ROLE)
    {
      g_ptr_array_add (changed, member_of (self, find_client (self, change->member)));
      sim_totals.role_changes++;
    }
  else if (change->kind == BRIDGE_CHANGE_SNAPSHOT)
    {
      if (change->snapshot.seq > self->snapshot.seq)
        self->snapshot = change->snapshot;
      sim_totals.snapshots++;
    }
  return changed;
}

static gpointer
execute (SimStore *self, const BridgeRequest *request)
{
  switch (request->kind)
    {
    case BRIDGE_REQUEST_APPEND:
      return append (self, request->entry);
    case BRIDGE_REQUEST_ADMIT:
      return bridge_admission_new (member_of (self, find_client (self, request->member)),
                                   sim_truth_get_length (self->file));
    case BRIDGE_REQUEST_CHANGE:
      return change (self, request->change);
    default:
      g_assert_not_reached ();
    }
}

static void
answer (GTask *task, gpointer result, gboolean good)
{
  GError *error = NULL;

  if (!good)
    {
      bridge_request_free_result (request_of (task), result);
      g_set_error_literal (&error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE, "the disk");
      result = NULL;
    }
  bridge_request_answer (task, result, error);
  g_object_unref (task);
}

void
sim_store_commit (SimStore *self, guint n, SimCommit commit)
{
  for (; n > 0 && !g_queue_is_empty (&self->writes); n--)
    {
      GTask *task = g_queue_pop_head (&self->writes);
      gpointer result = commit != SIM_COMMIT_FAILED ? execute (self, request_of (task)) : NULL;

      if (commit == SIM_COMMIT_GOOD && request_of (task)->kind == BRIDGE_REQUEST_CHANGE)
        change_standing (self, &self->told, request_of (task)->change);
      answer (task, result, commit == SIM_COMMIT_GOOD);
    }
}

/* --- What reads it ------------------------------------------------------------------------------ */

static BridgeBoard *
load (SimStore *self)
{
  BridgeBoard *board = bridge_board_new (sim_truth_get_length (self->file), self->standing.locked);

  board->snapshot = self->snapshot;
  for (guint i = 0; i < self->n; i++)
    g_ptr_array_add (board->members, member_of (self, i));
  self->told = self->standing;
  return board;
}

static BridgePage *
read_page (SimStore *self, uint64_t from, uint64_t to)
{
  BridgePage *page = bridge_page_new (from);
  uint64_t n = 1 + sim_dice_roll (self->dice, MAX_PAGE);

  for (uint64_t seq = from; seq <= MIN (to, self->entries->len) && seq < from + n; seq++)
    g_ptr_array_add (page->entries, bridge_entry_ref (g_ptr_array_index (self->entries, seq - 1)));
  return page;
}

void
sim_store_read (SimStore *self, guint n, gboolean fail)
{
  for (; n > 0 && !g_queue_is_empty (&self->reads); n--)
    {
      GTask *task = g_queue_pop_head (&self->reads);
      const BridgeRequest *request = request_of (task);
      gpointer result = NULL;

      if (!fail && request->kind == BRIDGE_REQUEST_LOAD)
        result = load (self);
      else if (!fail)
        result = read_page (self, request->from, request->to);
      sim_totals.failed_reads += fail;
      answer (task, result, !fail);
    }
}

void
sim_store_forget (SimStore *self)
{
  sim_store_commit (self, G_MAXUINT, SIM_COMMIT_FAILED);
  sim_store_read (self, G_MAXUINT, TRUE);
}

/* --- The object --------------------------------------------------------------------------------- */

static void
iface_init (BridgeStoreInterface *iface)
{
  iface->submit = submit;
}

static void
sim_store_finalize (GObject *object)
{
  SimStore *self = SIM_STORE (object);

  g_assert (sim_store_is_idle (self));
  g_ptr_array_unref (self->bodies);
  g_array_unref (self->forbidden);
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->entries);
  for (guint i = 0; i < self->n; i++)
    g_array_unref (self->positions[i]);
  sim_truth_free (self->file);
  G_OBJECT_CLASS (sim_store_parent_class)->finalize (object);
}

static void
sim_store_class_init (SimStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_store_finalize;
}

static void
sim_store_init (SimStore *self)
{
  self->file = sim_truth_new ();
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);
  self->forbidden = g_array_new (FALSE, FALSE, sizeof (gboolean));
  self->texts = g_string_chunk_new (4096);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_entry_unref);
  bridge_limits_init (&self->limits);
}

SimStore *
sim_store_new (SimDice *dice, const char *const *names, guint n)
{
  SimStore *self = g_object_new (SIM_TYPE_STORE, NULL);

  g_assert (n <= SIM_MAX_CLIENTS);
  self->dice = dice;
  self->names = names;
  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      self->positions[i] = g_array_new (FALSE, FALSE, sizeof (uint64_t));
      self->standing.roles[i] = i == 0 ? BOARD_ROLE_HOST : BOARD_ROLE_EDITOR;
    }
  self->told = self->standing;
  return self;
}

const char *
sim_store_add_body (SimStore *self, SimEntry *entry, gboolean forbidden)
{
  g_autofree char *text = g_strdup_printf ("%s%u", board_op_is_talk (entry->op) ? "AgAA" : "body",
                                           self->bodies->len);

  g_ptr_array_add (self->bodies, entry);
  g_array_append_val (self->forbidden, forbidden);
  return g_string_chunk_insert (self->texts, text);
}

SimEntry *
sim_store_find_body (SimStore *self, const char *body)
{
  g_assert (strlen (body) > BODY_PREFIX && index_of (body) < self->bodies->len);
  return g_ptr_array_index (self->bodies, index_of (body));
}

gboolean
sim_store_is_idle (SimStore *self)
{
  return g_queue_is_empty (&self->writes) && g_queue_is_empty (&self->reads);
}

guint
sim_store_get_n_staged (SimStore *self)
{
  return g_queue_get_length (&self->writes);
}

SimEntry *
sim_store_peek_staged (SimStore *self, guint i)
{
  GTask *task = g_queue_peek_nth (&self->writes, i);

  if (task == NULL || request_of (task)->kind != BRIDGE_REQUEST_APPEND)
    return NULL;
  return sim_store_find_body (self, request_of (task)->entry->body);
}

SimTruth *
sim_store_get_file (SimStore *self)
{
  return self->file;
}

GArray *
sim_store_get_positions (SimStore *self, guint client)
{
  return self->positions[client];
}

gboolean
sim_store_may_write (SimStore *self, guint client)
{
  return self->told.roles[client] >= (self->told.locked ? BOARD_ROLE_HOST : BOARD_ROLE_EDITOR);
}

static gboolean
is_open (SimStore *self, const Standing *standing)
{
  gboolean open = !standing->locked;

  for (guint i = 0; open && i < self->n; i++)
    open = standing->roles[i] >= BOARD_ROLE_EDITOR;
  return open;
}

gboolean
sim_store_is_open (SimStore *self)
{
  return is_open (self, &self->standing) && is_open (self, &self->told);
}
