/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-world.h"

#include "board/board-document-private.h"
#include "board/board-element-private.h"

static void
entry_free (gpointer data)
{
  WorldEntry *entry = data;

  g_free (entry->member);
  g_clear_pointer (&entry->op, board_op_unref);
  g_free (entry);
}

static void
member_free (gpointer data)
{
  WorldMember *member = data;

  g_free (member->name);
  g_object_unref (member->replica);
  g_queue_clear_full (&member->wire, g_free);
  g_free (member);
}

World *
world_new (void)
{
  World *self = g_new0 (World, 1);

  self->log = g_ptr_array_new_with_free_func (entry_free);
  self->members = g_ptr_array_new_with_free_func (member_free);
  return self;
}

void
world_free (World *self)
{
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->log);
  g_free (self);
}

WorldMember *
world_join (World *self, const char *name)
{
  WorldMember *member = g_new0 (WorldMember, 1);

  member->name = g_strdup (name);
  member->replica = board_replica_new (name);
  member->connected = TRUE;
  g_queue_init (&member->wire);
  g_ptr_array_add (self->members, member);
  return member;
}

WorldMember *
world_find (World *self, const char *name)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      WorldMember *member = g_ptr_array_index (self->members, i);

      if (g_str_equal (member->name, name))
        return member;
    }
  return NULL;
}

void
world_send (World *self, WorldMember *member)
{
  guint n = board_replica_get_n_pending (member->replica);

  for (guint i = 0; member->connected && i < n; i++)
    {
      uint64_t counter;

      board_replica_get_pending (member->replica, i, &counter);
      if (counter <= member->sent)
        continue;
      g_queue_push_tail (&member->wire, g_memdup2 (&counter, sizeof counter));
      member->sent = counter;
    }
}

static BoardOp *
find_pending (BoardReplica *replica, uint64_t counter)
{
  for (guint i = 0; i < board_replica_get_n_pending (replica); i++)
    {
      uint64_t at;
      BoardOp *op = board_replica_get_pending (replica, i, &at);

      if (at == counter)
        return op;
    }
  return NULL;
}

static void
append_entry (World *self, WorldMember *member, uint64_t counter, const char *text)
{
  WorldEntry *entry = g_new0 (WorldEntry, 1);

  g_assert_cmpuint (counter, ==, member->stored + 1);
  entry->member = g_strdup (member->name);
  entry->counter = counter;
  entry->time = 1000 + self->log->len;
  entry->op = board_op_from_json (text, -1, NULL);
  g_assert_nonnull (entry->op);
  member->stored = counter;
  g_ptr_array_add (self->log, entry);
}

gboolean
world_store (World *self, WorldMember *member)
{
  g_autofree uint64_t *counter = g_queue_pop_head (&member->wire);
  g_autofree char *text = NULL;
  BoardOp *op;

  if (counter == NULL)
    return FALSE;
  if (*counter <= member->stored)
    return TRUE; /* again: acknowledged again, not stored again */
  op = find_pending (member->replica, *counter);
  g_assert_nonnull (op);
  text = board_op_to_json (op);
  append_entry (self, member, *counter, text);
  return TRUE;
}

gboolean
world_withdraw (World *self, WorldMember *member)
{
  g_autofree uint64_t *counter = g_queue_pop_head (&member->wire);

  if (counter == NULL)
    return FALSE;
  if (*counter <= member->stored)
    return TRUE;
  board_replica_withdraw (member->replica, *counter);
  append_entry (self, member, *counter, "{\"c\":[]}");
  return TRUE;
}

gboolean
world_refuse (World *self, WorldMember *member)
{
  g_autofree uint64_t *counter = g_queue_pop_head (&member->wire);

  if (counter == NULL)
    return FALSE;
  if (*counter <= member->stored)
    return TRUE;
  /* what was behind it is a gap now and comes again under new counters */
  g_queue_clear_full (&member->wire, g_free);
  member->sent = member->stored;
  board_replica_reject (member->replica, *counter);
  return TRUE;
}

gboolean
world_read (World *self, WorldMember *member)
{
  uint64_t seq = board_replica_get_seq (member->replica);
  WorldEntry *entry;

  if (!member->connected || seq >= self->log->len)
    return FALSE;
  entry = g_ptr_array_index (self->log, seq);
  g_assert_true (board_replica_apply (member->replica, seq + 1, entry->member, entry->counter,
                                      entry->time, entry->op));
  return TRUE;
}

void
world_cut (World *self, WorldMember *member)
{
  member->connected = FALSE;
  g_queue_clear_full (&member->wire, g_free);
}

void
world_connect (World *self, WorldMember *member)
{
  member->connected = TRUE;
  board_replica_raise_counter (member->replica, member->stored);
  member->sent = member->stored;
  world_send (self, member);
}

static void
replay_into (World *self, BoardReplica *replica, uint64_t seq)
{
  for (uint64_t i = 0; i < seq; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->log, i);

      g_assert_true (board_replica_apply (replica, i + 1, entry->member, entry->counter,
                                          entry->time, entry->op));
    }
}

BoardReplica *
world_replay (World *self, const char *name, uint64_t seq)
{
  BoardReplica *replica = board_replica_new (name);

  replay_into (self, replica, seq);
  return replica;
}

static BoardReplica *
load_state (BoardReplica *old)
{
  BoardReplica *replica = board_replica_new (board_replica_get_member (old));
  g_autoptr (GBytes) state = board_replica_save_state (old);
  g_autoptr (GError) error = NULL;

  board_replica_load_state (replica, state, &error);
  g_assert_no_error (error);
  return replica;
}

void
world_restart (World *self, WorldMember *member)
{
  g_autoptr (BoardReplica) old = member->replica;
  g_autofree char *history = board_replica_save_history (old);
  g_autoptr (GError) error = NULL;

  world_cut (self, member);
  if (board_replica_get_seq (old) % 2 == 0)
    member->replica = world_replay (self, member->name, board_replica_get_seq (old));
  else
    member->replica = load_state (old);
  for (guint i = 0; i < board_replica_get_n_pending (old); i++)
    {
      uint64_t counter;
      BoardOp *op = board_replica_get_pending (old, i, &counter);

      board_replica_restore_pending (member->replica, counter, op, &error);
      g_assert_no_error (error);
    }
  board_replica_restore_history (member->replica, history, &error);
  g_assert_no_error (error);
}

void
world_settle (World *self)
{
  gboolean moved = TRUE;

  for (guint i = 0; i < self->members->len; i++)
    world_connect (self, g_ptr_array_index (self->members, i));
  while (moved)
    {
      moved = FALSE;
      for (guint i = 0; i < self->members->len; i++)
        {
          WorldMember *member = g_ptr_array_index (self->members, i);

          world_send (self, member);
          while (world_store (self, member))
            moved = TRUE;
        }
      for (guint i = 0; i < self->members->len; i++)
        while (world_read (self, g_ptr_array_index (self->members, i)))
          moved = TRUE;
    }
}

char *
world_dump (BoardReplica *replica)
{
  BoardDocument *document = board_replica_get_document (replica);
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);
  GString *out = g_string_new (NULL);

  if (*board_document_get_title (document) != '\0')
    g_string_append_printf (out, "title %s\n", board_document_get_title (document));
  for (guint i = 0; i < elements->len; i++)
    {
      board_element_append_text (g_ptr_array_index (elements, i), out);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < board_document_get_n_chats (document); i++)
    {
      g_string_append (out, "chat ");
      board_chat_line_append (out, board_document_peek_chat (document, i));
      g_string_append_c (out, '\n');
    }
  board_meeting_append (out, board_document_get_meeting (document));
  return g_string_free (out, FALSE);
}
