/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Elements are immutable, so a moment is a list of references: what was there before and what after. The
 * document is changed by these alone, forwards or backwards. Frames of the whole state every so many
 * entries were considered: reading one of 100,000 strokes takes as long as reading the log. */
#include "board/board-replay.h"

#include <string.h>

#include "board-document-private.h"
#include "board-element-private.h"
#include "board-state-text.h"
#include "board/board-limits.h"

/* What a version costs beside its text or its points, about. */
#define VERSION_BYTES 400
#define POINT_BYTES 8

/* before, after: owned, NULL where there was or is none. */
typedef struct {
  BoardElement *before, *after;
  guint before_author, after_author; /* numbers of members */
} Change;

typedef struct {
  uint64_t seq;
  int64_t time;
  guint member;
  guint end; /* the number of changes up to here */
} Moment;

struct _BoardReplay {
  /* while it is fed */
  BoardState *state;
  GHashTable *known; /* id -> BoardElement, that others hold */
  GArray *touched;   /* Change, of the entry that is fed */
  gsize budget, spent;

  GPtrArray *members;  /* ids */
  GArray *n_of_member; /* guint */
  GHashTable *numbers; /* id, borrowed -> number */
  GArray *moments;
  GArray *changes;
  guint n_base; /* changes that are there before the first moment */

  BoardDocument *document;
  guint at;   /* changes that the document shows */
  guint only; /* number of a member, or ALL */
};

#define ALL G_MAXUINT

static void
change_clear (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->before, board_element_unref);
  g_clear_pointer (&change->after, board_element_unref);
}

static guint
number_of (BoardReplay *self, const char *member)
{
  gpointer number;
  char *own;
  guint none = 0;

  if (g_hash_table_lookup_extended (self->numbers, member, NULL, &number))
    return GPOINTER_TO_UINT (number);
  own = g_strdup (member);
  g_ptr_array_add (self->members, own);
  g_array_append_val (self->n_of_member, none);
  g_hash_table_insert (self->numbers, own, GUINT_TO_POINTER (self->members->len - 1));
  return self->members->len - 1;
}

static guint
author_of (BoardReplay *self, const char *id)
{
  const char *author, *writer;

  return board_state_get_authors (self->state, id, &author, &writer) ? number_of (self, author) : 0;
}

/* --- Feeding ------------------------------------------------------------------------------------ */

/* What a state begins with is there from the first position on. */
static void
take_base (BoardReplay *self)
{
  g_autoptr (GPtrArray) ids = board_state_list_elements (self->state);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const Change change = { NULL, board_element_ref (board_state_get_element (self->state, id)), 0,
                              author_of (self, id) };

      g_array_append_val (self->changes, change);
    }
  self->n_base = self->changes->len;
}

BoardReplay *
board_replay_new (GBytes *state, gsize budget, GError **error)
{
  BoardState *start;
  BoardReplay *self;
  uint64_t seq;

  start = state != NULL ? board_state_load (state, &seq, error) : board_state_new ();
  if (start == NULL)
    return NULL;
  self = g_new0 (BoardReplay, 1);
  self->state = start;
  self->budget = budget > 0 ? budget : BOARD_REPLAY_BUDGET;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) board_element_unref);
  self->touched = g_array_new (FALSE, FALSE, sizeof (Change));
  self->members = g_ptr_array_new_with_free_func (g_free);
  self->n_of_member = g_array_new (FALSE, FALSE, sizeof (guint));
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, change_clear);
  self->document = board_document_new ();
  self->only = ALL;
  take_base (self);
  return self;
}

void
board_replay_free (BoardReplay *self)
{
  if (self == NULL)
    return;
  board_replay_finish (self);
  g_object_unref (self->document);
  g_array_unref (self->changes);
  g_array_unref (self->moments);
  g_hash_table_unref (self->numbers);
  g_array_unref (self->n_of_member);
  g_ptr_array_unref (self->members);
  g_free (self);
}

void
board_replay_share (BoardReplay *self, GPtrArray *elements)
{
  g_return_if_fail (self != NULL && self->state != NULL && elements != NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = g_ptr_array_index (elements, i);

      g_hash_table_replace (self->known, (gpointer) board_element_get_id (element),
                            board_element_ref (element));
    }
}

/* What the state says of the element now; the very one that others hold, if theirs is the same. Transfer
 * full, nullable. */
static BoardElement *
ref_version (BoardReplay *self, const char *id)
{
  BoardElement *element = board_state_get_element (self->state, id);
  BoardElement *known = element != NULL ? g_hash_table_lookup (self->known, id) : NULL;

  if (known != NULL && board_element_equal (known, element))
    element = known;
  return element != NULL ? board_element_ref (element) : NULL;
}

static gboolean
is_drawing (BoardChangeType type)
{
  return type == BOARD_CHANGE_ADD || type == BOARD_CHANGE_SET || type == BOARD_CHANGE_REMOVE;
}

/* What the op speaks of, each once, as it is before. ids: borrowed from the op. */
static void
note_before (BoardReplay *self, BoardOp *op, GPtrArray *ids)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < board_op_get_n_changes (op); i++)
    {
      const char *id = board_op_get_change_id (op, i);
      Change change = { 0 };

      if (!is_drawing (board_op_get_change_type (op, i)) || !g_hash_table_add (seen, (gpointer) id))
        continue;
      change.before = ref_version (self, id);
      change.before_author = author_of (self, id);
      g_array_append_val (self->touched, change);
      g_ptr_array_add (ids, (gpointer) id);
    }
}

/* About what is held only to show what was. */
static gsize
cost_of (const Change *change)
{
  BoardStroke *stroke = change->before != NULL ? board_element_get_stroke (change->before) : NULL;
  g_autofree char *text = NULL;

  if (change->before == NULL)
    return sizeof (Change);
  if (stroke != NULL)
    return sizeof (Change) + VERSION_BYTES + POINT_BYTES * board_stroke_get_n_points (stroke);
  text = board_element_dup_text (change->before);
  return sizeof (Change) + VERSION_BYTES + strlen (text);
}

/* Two that are equal are as one: nothing to be seen came of it. */
static gboolean
note_after (BoardReplay *self, Change *change, const char *id)
{
  change->after = ref_version (self, id);
  change->after_author = author_of (self, id);
  if (change->before == change->after
      || (change->before != NULL && change->after != NULL
          && board_element_equal (change->before, change->after)))
    {
      change_clear (change);
      return FALSE;
    }
  self->spent += cost_of (change);
  g_array_append_val (self->changes, *change);
  return TRUE;
}

/* --- Thinning ----------------------------------------------------------------------------------- */

typedef struct {
  GArray *changes; /* Change, the new ones */
  guint begin;     /* of the moment that is made */
  GHashTable *places; /* id, borrowed -> place in changes + 1 */
} Thinning;

static const char *
id_of (const Change *change)
{
  return board_element_get_id (change->before != NULL ? change->before : change->after);
}

/* change: taken over. */
static void
thin_change (BoardReplay *self, Thinning *thinning, Change *change)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (thinning->places, id_of (change)));
  Change *earlier;

  if (place == 0)
    {
      g_array_append_val (thinning->changes, *change);
      g_hash_table_replace (thinning->places, (gpointer) id_of (change),
                            GUINT_TO_POINTER (thinning->changes->len));
      return;
    }
  earlier = &g_array_index (thinning->changes, Change, place - 1);
  /* the key must outlive what it was borrowed from */
  if (earlier->before == NULL)
    {
      g_hash_table_remove (thinning->places, id_of (change));
      if (change->after != NULL)
        g_hash_table_insert (thinning->places, (gpointer) board_element_get_id (change->after),
                             GUINT_TO_POINTER (place));
    }
  g_clear_pointer (&earlier->after, board_element_unref);
  earlier->after = g_steal_pointer (&change->after);
  earlier->after_author = change->after_author;
  change_clear (change);
}

static void
count_spent (BoardReplay *self)
{
  self->spent = 0;
  for (guint i = self->n_base; i < self->changes->len; i++)
    self->spent += cost_of (&g_array_index (self->changes, Change, i));
}

/* Something that came and went within one moment leaves a change without either end: it is dropped. */
static void
close_moment (Thinning *thinning)
{
  guint kept = thinning->begin;

  for (guint i = thinning->begin; i < thinning->changes->len; i++)
    {
      Change *change = &g_array_index (thinning->changes, Change, i);

      if (change->before != NULL || change->after != NULL)
        g_array_index (thinning->changes, Change, kept++) = *change;
    }
  thinning->changes->len = kept;
  thinning->begin = kept;
  g_hash_table_remove_all (thinning->places);
}

/* Every two moments become one: the versions between them go. */
static void
thin (BoardReplay *self)
{
  Thinning thinning = { g_array_new (FALSE, FALSE, sizeof (Change)), 0,
                        g_hash_table_new (g_str_hash, g_str_equal) };
  guint from = 0, kept = 0;

  for (guint i = 0; i < self->n_base; i++, from++)
    g_array_append_val (thinning.changes, g_array_index (self->changes, Change, i));
  thinning.begin = from;
  for (guint i = 0; i < self->moments->len; i++)
    {
      Moment moment = g_array_index (self->moments, Moment, i);

      for (; from < moment.end; from++)
        thin_change (self, &thinning, &g_array_index (self->changes, Change, from));
      if (i % 2 == 0 && i + 1 < self->moments->len)
        continue;
      close_moment (&thinning);
      moment.end = thinning.changes->len;
      g_array_index (self->moments, Moment, kept++) = moment;
    }
  g_array_set_size (self->moments, kept);
  g_array_set_clear_func (self->changes, NULL); /* all of it was taken over */
  g_array_unref (self->changes);
  g_hash_table_unref (thinning.places);
  self->changes = thinning.changes;
  g_array_set_clear_func (self->changes, change_clear);
  count_spent (self);
}

void
board_replay_feed (
    BoardReplay *self, uint64_t seq, const char *member, int64_t time_ms, BoardOp *op)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint begin, n_touched;

  g_return_if_fail (self != NULL && self->state != NULL && member != NULL);

  if (op == NULL)
    return;
  begin = self->changes->len;
  g_array_set_size (self->touched, 0);
  note_before (self, op, ids);
  board_state_apply (self->state, member, time_ms, op, NULL, NULL);
  n_touched = self->touched->len;
  for (guint i = 0; i < n_touched; i++)
    note_after (self, &g_array_index (self->touched, Change, i), g_ptr_array_index (ids, i));
  if (self->changes->len > begin)
    {
      const Moment moment = { seq, time_ms, number_of (self, member), self->changes->len };

      g_array_append_val (self->moments, moment);
      g_array_index (self->n_of_member, guint, moment.member)++;
    }
  if (self->spent > self->budget && self->moments->len > 1)
    thin (self);
}

void
board_replay_finish (BoardReplay *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->state, board_state_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_array_unref);
}

/* --- What happened ------------------------------------------------------------------------------ */

guint
board_replay_get_length (BoardReplay *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->moments->len;
}

/* A stroke ends where the pen left it. */
static void
find_hand (BoardElement *element, double *x, double *y)
{
  BoardStroke *stroke = board_element_get_stroke (element);
  BoardStrokeReader reader;
  BoardPoint point = { 0 };
  BoardRect bounds;

  if (stroke == NULL)
    {
      board_element_get_bounds (element, &bounds);
      *x = bounds.x + bounds.width;
      *y = bounds.y + bounds.height;
      return;
    }
  board_stroke_reader_init (&reader, stroke);
  while (board_stroke_reader_next (&reader, &point))
    ;
  *x = board_element_get_x (element) + point.x;
  *y = board_element_get_y (element) + point.y;
}

void
board_replay_get_moment (BoardReplay *self, guint i, BoardMoment *info)
{
  const Moment *moment;
  const Change *change;

  g_return_if_fail (self != NULL && i < self->moments->len && info != NULL);

  moment = &g_array_index (self->moments, Moment, i);
  *info = (BoardMoment){ .seq = moment->seq,
                         .time = moment->time,
                         .member = g_ptr_array_index (self->members, moment->member) };
  if (moment->end == 0)
    return;
  change = &g_array_index (self->changes, Change, moment->end - 1);
  find_hand (change->after != NULL ? change->after : change->before, &info->x, &info->y);
  info->has_place = TRUE;
}

GPtrArray *
board_replay_get_members (BoardReplay *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->members;
}

guint
board_replay_count_of (BoardReplay *self, const char *member)
{
  gpointer number;

  g_return_val_if_fail (self != NULL && member != NULL, 0);

  return g_hash_table_lookup_extended (self->numbers, member, NULL, &number)
             ? g_array_index (self->n_of_member, guint, GPOINTER_TO_UINT (number))
             : 0;
}

int
board_replay_find (BoardReplay *self, const char *id)
{
  guint moment = self->moments->len;

  g_return_val_if_fail (self != NULL && id != NULL, -1);

  for (guint i = self->changes->len; i-- > self->n_base;)
    {
      const Change *change = &g_array_index (self->changes, Change, i);

      while (moment > 0 && g_array_index (self->moments, Moment, moment - 1).end > i)
        moment--;
      if (change->before == NULL && g_str_equal (id_of (change), id))
        return (int) moment;
    }
  return -1;
}

/* --- Moving ------------------------------------------------------------------------------------- */

BoardDocument *
board_replay_get_document (BoardReplay *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->document;
}

void
board_replay_set_only (BoardReplay *self, const char *member)
{
  gpointer number;

  g_return_if_fail (self != NULL);

  self->only = ALL;
  if (member != NULL && g_hash_table_lookup_extended (self->numbers, member, NULL, &number))
    self->only = GPOINTER_TO_UINT (number);
  g_object_unref (self->document);
  self->document = board_document_new ();
  self->at = 0;
}

const char *
board_replay_get_only (BoardReplay *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->only != ALL ? g_ptr_array_index (self->members, self->only) : NULL;
}

/* Shows one end of a change in place of the other. */
static void
show (BoardReplay *self, BoardElement *from, BoardElement *to, guint author, BoardDamage *damage)
{
  if (to != NULL && (self->only == ALL || self->only == author))
    board_document_put (self->document, to, damage);
  else
    board_document_take (self->document, board_element_get_id (to != NULL ? to : from), damage);
}

gboolean
board_replay_move (BoardReplay *self, guint position, guint max, BoardDamage *damage)
{
  guint end;

  g_return_val_if_fail (self != NULL && damage != NULL, TRUE);
  g_return_val_if_fail (position <= self->moments->len, TRUE);

  end = position > 0 ? g_array_index (self->moments, Moment, position - 1).end : self->n_base;
  for (; max > 0 && self->at < end; max--)
    {
      const Change *change = &g_array_index (self->changes, Change, self->at++);

      show (self, change->before, change->after, change->after_author, damage);
    }
  for (; max > 0 && self->at > end; max--)
    {
      const Change *change = &g_array_index (self->changes, Change, --self->at);

      show (self, change->after, change->before, change->before_author, damage);
    }
  return self->at == end;
}
