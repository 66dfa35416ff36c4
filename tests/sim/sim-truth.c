/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-truth.h"

#include "board/board-element-private.h"

struct _SimTruth {
  GPtrArray *entries;
  GArray *hashes;       /* BoardHash; [seq], the empty board first */
  GPtrArray *titles;    /* [seq], borrowed from the ops */
  GHashTable *elements; /* id -> GArray of SimVersion */
  SimTalk *talk;
  GArray *talk_hashes; /* BoardHash; [seq] */
  BoardHash hash;
  const char *title;
};

SimEntry *
sim_entry_new (guint author, const char *member, uint64_t counter, int64_t time, const char *text)
{
  SimEntry *self = g_new0 (SimEntry, 1);

  g_ref_count_init (&self->refs);
  self->author = author;
  self->member = g_strdup (member);
  self->counter = counter;
  self->time = time;
  self->text = g_strdup (text);
  self->op = board_op_from_json (text, -1, NULL);
  g_assert (self->op != NULL);
  return self;
}

SimEntry *
sim_entry_ref (SimEntry *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
sim_entry_unref (SimEntry *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_free (self->member);
  g_free (self->text);
  board_op_unref (self->op);
  g_free (self);
}

static void
version_clear (gpointer data)
{
  SimVersion *version = data;

  g_clear_pointer (&version->element, board_element_unref);
}

SimTruth *
sim_truth_new (void)
{
  SimTruth *self = g_new0 (SimTruth, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_entry_unref);
  self->hashes = g_array_new (FALSE, TRUE, sizeof (BoardHash));
  g_array_set_size (self->hashes, 1);
  self->titles = g_ptr_array_new ();
  self->title = "";
  g_ptr_array_add (self->titles, (gpointer) self->title);
  self->elements
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->talk = sim_talk_new ();
  self->talk_hashes = g_array_new (FALSE, TRUE, sizeof (BoardHash));
  g_array_set_size (self->talk_hashes, 1);
  return self;
}

void
sim_truth_free (SimTruth *self)
{
  g_hash_table_unref (self->elements);
  sim_talk_free (self->talk);
  g_array_unref (self->talk_hashes);
  g_ptr_array_unref (self->titles);
  g_array_unref (self->hashes);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static SimVersion *
last_version (GArray *versions)
{
  return versions->len > 0 ? &g_array_index (versions, SimVersion, versions->len - 1) : NULL;
}

static GArray *
versions_of (SimTruth *self, const char *id)
{
  GArray *versions = g_hash_table_lookup (self->elements, id);

  if (versions == NULL)
    {
      versions = g_array_new (FALSE, FALSE, sizeof (SimVersion));
      g_array_set_clear_func (versions, version_clear);
      g_hash_table_insert (self->elements, g_strdup (id), versions);
    }
  return versions;
}

static void
apply_to_element (SimTruth *self, SimEntry *entry, guint i)
{
  GArray *versions = versions_of (self, board_op_get_change_id (entry->op, i));
  SimVersion *last = last_version (versions);
  SimVersion version = { .seq = self->entries->len,
                         .author = entry->author,
                         .type = board_op_get_change_type (entry->op, i) };
  BoardElement *old = last != NULL ? last->element : NULL;

  if (version.type == BOARD_CHANGE_ADD)
    version.element = board_element_ref (board_op_get_change_element (entry->op, i));
  else if (old == NULL)
    return;
  else if (version.type == BOARD_CHANGE_SET)
    {
      version.props = board_op_get_change_props (entry->op, i);
      version.element = board_element_with (old, version.props, NULL);
      if (version.element == NULL)
        return;
    }
  if (old != NULL)
    board_hash_subtract (&self->hash, board_element_get_hash (old));
  if (version.element != NULL)
    board_hash_add (&self->hash, board_element_get_hash (version.element));
  g_array_append_val (versions, version);
}

static void
apply_title (SimTruth *self, const char *title)
{
  if (*self->title != '\0')
    board_hash_subtract (&self->hash, board_hash_text ('t', self->title));
  if (*title != '\0')
    board_hash_add (&self->hash, board_hash_text ('t', title));
  self->title = title;
}

static void
apply_talk (SimTalk *talk, SimEntry *entry)
{
  for (guint i = 0; i < board_op_get_n_changes (entry->op); i++)
    if (sim_talk_is (board_op_get_change_type (entry->op, i)))
      sim_talk_apply (talk, entry->member, entry->time, board_op_peek_change (entry->op, i));
}

void
sim_truth_append (SimTruth *self, SimEntry *entry)
{
  BoardHash talk_hash;

  g_ptr_array_add (self->entries, sim_entry_ref (entry));
  for (guint i = 0; i < board_op_get_n_changes (entry->op); i++)
    switch (board_op_get_change_type (entry->op, i))
      {
      case BOARD_CHANGE_ADD:
      case BOARD_CHANGE_SET:
      case BOARD_CHANGE_REMOVE:
        apply_to_element (self, entry, i);
        break;
      case BOARD_CHANGE_TITLE:
        apply_title (self, board_op_get_change_text (entry->op, i));
        break;
      default:
        break;
      }
  apply_talk (self->talk, entry);
  talk_hash = sim_talk_get_hash (self->talk);
  g_array_append_val (self->hashes, self->hash);
  g_array_append_val (self->talk_hashes, talk_hash);
  g_ptr_array_add (self->titles, (gpointer) self->title);
}

uint64_t
sim_truth_get_length (SimTruth *self)
{
  return self->entries->len;
}

SimEntry *
sim_truth_get_entry (SimTruth *self, uint64_t seq)
{
  g_assert (seq >= 1 && seq <= self->entries->len);
  return g_ptr_array_index (self->entries, seq - 1);
}

BoardHash
sim_truth_get_hash (SimTruth *self, uint64_t seq)
{
  BoardHash hash = sim_truth_get_plain_hash (self, seq);

  board_hash_add (&hash, sim_truth_get_talk_hash (self, seq));
  return hash;
}

BoardHash
sim_truth_get_talk_hash (SimTruth *self, uint64_t seq)
{
  g_assert (seq < self->talk_hashes->len);
  return g_array_index (self->talk_hashes, BoardHash, seq);
}

BoardHash
sim_truth_get_plain_hash (SimTruth *self, uint64_t seq)
{
  g_assert (seq < self->hashes->len);
  return g_array_index (self->hashes, BoardHash, seq);
}

SimTalk *
sim_truth_replay_talk (SimTruth *self, uint64_t seq)
{
  SimTalk *talk = sim_talk_new ();

  for (uint64_t i = 1; i <= seq; i++)
    apply_talk (talk, sim_truth_get_entry (self, i));
  return talk;
}

const char *
sim_truth_get_title (SimTruth *self, uint64_t seq)
{
  g_assert (seq < self->titles->len);
  return g_ptr_array_index (self->titles, seq);
}

/* The number of versions up to seq. */
static guint
count_versions (GArray *versions, uint64_t seq)
{
  guint n = versions != NULL ? versions->len : 0;

  while (n > 0 && g_array_index (versions, SimVersion, n - 1).seq > seq)
    n--;
  return n;
}

BoardElement *
sim_truth_get_element (SimTruth *self, const char *id, uint64_t seq)
{
  GArray *versions = g_hash_table_lookup (self->elements, id);
  guint n = count_versions (versions, seq);

  return n > 0 ? g_array_index (versions, SimVersion, n - 1).element : NULL;
}

int
sim_truth_get_writer (SimTruth *self, const char *id, const char *prop, uint64_t seq)
{
  GArray *versions = g_hash_table_lookup (self->elements, id);

  for (guint n = count_versions (versions, seq); n > 0; n--)
    {
      SimVersion *version = &g_array_index (versions, SimVersion, n - 1);

      /* What is added has every property written: one that it does not have, as absent. */
      if (version->type == BOARD_CHANGE_ADD
          || (prop == NULL && version->type == BOARD_CHANGE_REMOVE)
          || (prop != NULL && version->type == BOARD_CHANGE_SET
              && json_object_has_member (version->props, prop)))
        return (int) version->author;
    }
  return -1;
}
