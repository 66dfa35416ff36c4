/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-meeting-private.h"

#include "board-change-talk.h"
#include "board-dots.h"
#include "board-tally.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

typedef struct {
  char *id;
  GRefString *member;
  int64_t time;
  char *question;
  char **options;
  guint n_options;
  gboolean many, closed;
  GHashTable *votes; /* tally of choices */
  guint counts[BOARD_MAX_OPTIONS];
} Poll;

struct _BoardMeeting {
  grefcount refs;
  GPtrArray *polls; /* (element-type Poll) */
  guint n_votes;    /* of all polls */

  char *ballot; /* its id, or NULL */
  GRefString *ballot_member;
  int64_t ballot_time;
  guint each;
  gboolean ballot_closed;
  BoardDots *dots;

  GRefString *timer_member; /* NULL: there is none */
  BoardTimer timer;         /* but for the member */

  BoardHash hash; /* the sum over polls, votes, ballot and timer, each as its line of text */
};

static void
poll_free (gpointer data)
{
  Poll *poll = data;

  g_free (poll->id);
  g_ref_string_release (poll->member);
  g_free (poll->question);
  g_strfreev (poll->options);
  g_hash_table_unref (poll->votes);
  g_free (poll);
}

BoardMeeting *
board_meeting_new (void)
{
  BoardMeeting *self = g_new0 (BoardMeeting, 1);

  g_ref_count_init (&self->refs);
  self->polls = g_ptr_array_new_with_free_func (poll_free);
  self->dots = board_dots_new ();
  return self;
}

BoardMeeting *
board_meeting_ref (BoardMeeting *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
board_meeting_unref (BoardMeeting *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->polls);
  board_dots_free (self->dots);
  g_clear_pointer (&self->ballot_member, g_ref_string_release);
  g_clear_pointer (&self->timer_member, g_ref_string_release);
  g_free (self->ballot);
  g_free (self);
}

/* --- Everything as lines of text, each hashed by itself ----------------------------------------- */

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, ',');
  wire_json_append_string (out, text);
}

static void
append_int (GString *out, int64_t value)
{
  g_string_append_printf (out, ",%" G_GINT64_FORMAT, (gint64) value);
}

static void
append_bool (GString *out, gboolean value)
{
  g_string_append (out, value ? ",true" : ",false");
}

static void
append_poll (GString *out, const Poll *poll)
{
  g_string_append (out, "[\"poll\"");
  append_string (out, poll->id);
  append_string (out, poll->member);
  append_int (out, poll->time);
  append_string (out, poll->question);
  for (guint i = 0; i < poll->n_options; i++)
    {
      g_string_append (out, i > 0 ? "," : ",[");
      wire_json_append_string (out, poll->options[i]);
    }
  g_string_append_c (out, ']');
  append_bool (out, poll->many);
  append_bool (out, poll->closed);
  g_string_append_c (out, ']');
}

static void
append_vote (GString *out, const char *poll, const char *member, guint32 choices)
{
  g_string_append (out, "[\"vote\"");
  append_string (out, poll);
  append_string (out, member);
  g_string_append_c (out, ',');
  board_choices_append (out, choices);
  g_string_append_c (out, ']');
}

static void
append_ballot (GString *out, const BoardMeeting *self)
{
  g_string_append (out, "[\"ballot\"");
  append_string (out, self->ballot);
  append_string (out, self->ballot_member);
  append_int (out, self->ballot_time);
  append_int (out, self->each);
  append_bool (out, self->ballot_closed);
  g_string_append_c (out, ']');
}

static void
append_timer (GString *out, const BoardMeeting *self)
{
  g_string_append (out, "[\"timer\"");
  append_string (out, self->timer_member);
  append_int (out, self->timer.time);
  append_int (out, self->timer.duration);
  append_bool (out, self->timer.paused);
  g_string_append_c (out, ']');
}

/* line: the end of it. */
static void
count_line (BoardMeeting *self, GString *line, void (*count) (BoardHash *, BoardHash))
{
  count (&self->hash, board_hash_text ('m', line->str));
  g_string_free (line, TRUE);
}

static void
count_poll (BoardMeeting *self, const Poll *poll, void (*count) (BoardHash *, BoardHash))
{
  GString *line = g_string_new (NULL);

  append_poll (line, poll);
  count_line (self, line, count);
}

static void
count_vote (BoardMeeting *self,
            const Poll *poll,
            const char *member,
            guint32 choices,
            void (*count) (BoardHash *, BoardHash))
{
  GString *line = g_string_new (NULL);

  append_vote (line, poll->id, member, choices);
  count_line (self, line, count);
}

static void
count_ballot (BoardMeeting *self, void (*count) (BoardHash *, BoardHash))
{
  GString *line;

  if (self->ballot == NULL)
    return;
  line = g_string_new (NULL);
  append_ballot (line, self);
  count_line (self, line, count);
}

static void
count_timer (BoardMeeting *self, void (*count) (BoardHash *, BoardHash))
{
  GString *line;

  if (self->timer_member == NULL)
    return;
  line = g_string_new (NULL);
  append_timer (line, self);
  count_line (self, line, count);
}

static void
append_votes (GString *out, const Poll *poll)
{
  g_autoptr (GPtrArray) members = board_tally_list (poll->votes);

  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);

      append_vote (out, poll->id, member, board_tally_get (poll->votes, member));
      g_string_append_c (out, '\n');
    }
}

void
board_meeting_append (GString *out, BoardMeeting *self)
{
  for (guint i = 0; i < self->polls->len; i++)
    {
      append_poll (out, g_ptr_array_index (self->polls, i));
      g_string_append_c (out, '\n');
      append_votes (out, g_ptr_array_index (self->polls, i));
    }
  if (self->ballot != NULL)
    {
      append_ballot (out, self);
      g_string_append_c (out, '\n');
    }
  board_dots_append (out, self->dots);
  if (self->timer_member != NULL)
    {
      append_timer (out, self);
      g_string_append_c (out, '\n');
    }
}

BoardHash
board_meeting_get_hash (BoardMeeting *self)
{
  BoardHash hash = self->hash;

  board_hash_add (&hash, board_dots_get_hash (self->dots));
  return hash;
}

/* --- The changes that make it ------------------------------------------------------------------- */

static void
poll_foreach (const Poll *poll, BoardMeetingFunc func, GString *out)
{
  g_autoptr (GPtrArray) members = board_tally_list (poll->votes);
  BoardChange change = {
    .type = BOARD_CHANGE_POLL,
    .id = poll->id,
    .text = poll->question,
    .options = poll->options,
    .many = poll->many,
  };

  func (out, poll->member, poll->time, &change);
  change.type = BOARD_CHANGE_POLL_VOTE;
  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);

      change.choices = board_tally_get (poll->votes, member);
      func (out, member, 0, &change);
    }
  change.type = BOARD_CHANGE_POLL_CLOSE;
  if (poll->closed)
    func (out, poll->member, 0, &change);
}

static void
ballot_foreach (BoardMeeting *self, BoardMeetingFunc func, GString *out)
{
  g_autoptr (GPtrArray) elements = board_dots_list_elements (self->dots);
  BoardChange change = { .type = BOARD_CHANGE_BALLOT, .id = self->ballot, .count = self->each };

  func (out, self->ballot_member, self->ballot_time, &change);
  change.type = BOARD_CHANGE_DOT;
  for (guint i = 0; i < elements->len; i++)
    {
      g_autoptr (GPtrArray) members = NULL;

      change.target = g_ptr_array_index (elements, i);
      members = board_dots_list_members (self->dots, change.target);
      for (guint k = 0; k < members->len; k++)
        {
          const char *member = g_ptr_array_index (members, k);

          change.count = board_dots_get (self->dots, change.target, member);
          func (out, member, 0, &change);
        }
    }
  change.type = BOARD_CHANGE_BALLOT_CLOSE;
  if (self->ballot_closed)
    func (out, self->ballot_member, 0, &change);
}

void
board_meeting_foreach (BoardMeeting *self, BoardMeetingFunc func, GString *out)
{
  const BoardChange timer = {
    .type = BOARD_CHANGE_TIMER,
    .ms = self->timer.duration,
    .paused = self->timer.paused,
  };

  for (guint i = 0; i < self->polls->len; i++)
    poll_foreach (g_ptr_array_index (self->polls, i), func, out);
  if (self->ballot != NULL)
    ballot_foreach (self, func, out);
  if (self->timer_member != NULL)
    func (out, self->timer_member, self->timer.time, &timer);
}

/* --- Copying ------------------------------------------------------------------------------------ */

static Poll *
poll_copy (const Poll *poll)
{
  Poll *copy = g_memdup2 (poll, sizeof *poll);

  copy->id = g_strdup (poll->id);
  copy->member = g_ref_string_acquire (poll->member);
  copy->question = g_strdup (poll->question);
  copy->options = g_strdupv (poll->options);
  copy->votes = board_tally_copy (poll->votes);
  return copy;
}

BoardMeeting *
board_meeting_copy (BoardMeeting *self)
{
  BoardMeeting *copy = board_meeting_new ();

  for (guint i = 0; i < self->polls->len; i++)
    g_ptr_array_add (copy->polls, poll_copy (g_ptr_array_index (self->polls, i)));
  copy->n_votes = self->n_votes;
  copy->ballot = g_strdup (self->ballot);
  if (self->ballot_member != NULL)
    copy->ballot_member = g_ref_string_acquire (self->ballot_member);
  copy->ballot_time = self->ballot_time;
  copy->each = self->each;
  copy->ballot_closed = self->ballot_closed;
  board_dots_free (copy->dots);
  copy->dots = board_dots_copy (self->dots);
  if (self->timer_member != NULL)
    copy->timer_member = g_ref_string_acquire (self->timer_member);
  copy->timer = self->timer;
  copy->hash = self->hash;
  return copy;
}

/* --- Changes ------------------------------------------------------------------------------------ */

static Poll *
find_poll (BoardMeeting *self, const char *id)
{
  int i = board_meeting_find_poll (self, id);

  return i >= 0 ? g_ptr_array_index (self->polls, i) : NULL;
}

static gboolean
apply_poll (BoardMeeting *self, const char *member, int64_t time, const BoardChange *change)
{
  Poll *poll;

  if (self->polls->len >= BOARD_MAX_POLLS || find_poll (self, change->id) != NULL)
    return FALSE;
  poll = g_new0 (Poll, 1);
  poll->id = g_strdup (change->id);
  poll->member = g_ref_string_new_intern (member);
  poll->time = time;
  poll->question = g_strdup (change->text);
  poll->options = g_strdupv (change->options);
  poll->n_options = g_strv_length (change->options);
  poll->many = change->many;
  poll->votes = board_tally_new ();
  g_ptr_array_add (self->polls, poll);
  count_poll (self, poll, board_hash_add);
  return TRUE;
}

/* Puts the vote in place of the one before; 0: none. */
static void
set_vote (BoardMeeting *self, Poll *poll, const char *member, guint32 choices)
{
  guint32 before = board_tally_get (poll->votes, member);

  for (guint i = 0; i < poll->n_options; i++)
    poll->counts[i] += ((choices >> i) & 1) - ((before >> i) & 1);
  if (before != 0)
    {
      count_vote (self, poll, member, before, board_hash_subtract);
      self->n_votes--;
    }
  board_tally_set (poll->votes, member, choices);
  if (choices == 0)
    return;
  count_vote (self, poll, member, choices, board_hash_add);
  self->n_votes++;
}

static gboolean
apply_vote (BoardMeeting *self, const char *member, const BoardChange *change)
{
  Poll *poll = find_poll (self, change->id);
  guint32 choices = change->choices;

  if (poll == NULL || poll->closed || choices >> poll->n_options != 0
      || (!poll->many && (choices & (choices - 1)) != 0)
      || (self->n_votes >= BOARD_MAX_VOTES && !g_hash_table_contains (poll->votes, member)))
    return FALSE;
  set_vote (self, poll, member, choices);
  return TRUE;
}

static gboolean
apply_poll_close (BoardMeeting *self, const BoardChange *change)
{
  Poll *poll = find_poll (self, change->id);

  if (poll == NULL || poll->closed)
    return FALSE;
  count_poll (self, poll, board_hash_subtract);
  poll->closed = TRUE;
  count_poll (self, poll, board_hash_add);
  return TRUE;
}

static gboolean
apply_poll_delete (BoardMeeting *self, const BoardChange *change)
{
  Poll *poll = find_poll (self, change->id);
  GHashTableIter iter;
  gpointer member, choices;

  if (poll == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, poll->votes);
  while (g_hash_table_iter_next (&iter, &member, &choices))
    count_vote (self, poll, member, GPOINTER_TO_UINT (choices), board_hash_subtract);
  self->n_votes -= g_hash_table_size (poll->votes);
  count_poll (self, poll, board_hash_subtract);
  g_ptr_array_remove (self->polls, poll);
  return TRUE;
}

static gboolean
apply_ballot (BoardMeeting *self, const char *member, int64_t time, const BoardChange *change)
{
  if (g_strcmp0 (self->ballot, change->id) == 0)
    return FALSE;
  board_dots_free (self->dots);
  self->dots = board_dots_new ();
  count_ballot (self, board_hash_subtract);
  g_free (self->ballot);
  g_clear_pointer (&self->ballot_member, g_ref_string_release);
  self->ballot = g_strdup (change->id);
  self->ballot_member = g_ref_string_new_intern (member);
  self->ballot_time = time;
  self->each = change->count;
  self->ballot_closed = FALSE;
  count_ballot (self, board_hash_add);
  return TRUE;
}

static gboolean
ballot_is_open (BoardMeeting *self, const char *id)
{
  return g_strcmp0 (self->ballot, id) == 0 && !self->ballot_closed;
}

static gboolean
apply_ballot_close (BoardMeeting *self, const BoardChange *change)
{
  if (!ballot_is_open (self, change->id))
    return FALSE;
  count_ballot (self, board_hash_subtract);
  self->ballot_closed = TRUE;
  count_ballot (self, board_hash_add);
  return TRUE;
}

static gboolean
apply_dot (BoardMeeting *self, const char *member, const BoardChange *change)
{
  guint before = board_dots_get (self->dots, change->target, member);
  guint spent = board_dots_get_spent (self->dots, member);

  if (!ballot_is_open (self, change->id) || spent - before + change->count > self->each
      || (before == 0 && change->count > 0 && board_dots_get_size (self->dots) >= BOARD_MAX_DOTTED))
    return FALSE;
  board_dots_set (self->dots, change->target, member, change->count);
  return TRUE;
}

static gboolean
apply_timer (BoardMeeting *self, const char *member, int64_t time, const BoardChange *change)
{
  count_timer (self, board_hash_subtract);
  g_clear_pointer (&self->timer_member, g_ref_string_release);
  if (change->ms > 0)
    self->timer_member = g_ref_string_new_intern (member);
  self->timer = (BoardTimer){ .time = time, .duration = change->ms, .paused = change->paused };
  count_timer (self, board_hash_add);
  return TRUE;
}

gboolean
board_meeting_apply (BoardMeeting *self,
                     const char *member,
                     int64_t time,
                     const BoardChange *change)
{
  switch (change->type)
    {
    case BOARD_CHANGE_POLL:
      return apply_poll (self, member, time, change);
    case BOARD_CHANGE_POLL_VOTE:
      return apply_vote (self, member, change);
    case BOARD_CHANGE_POLL_CLOSE:
      return apply_poll_close (self, change);
    case BOARD_CHANGE_POLL_DELETE:
      return apply_poll_delete (self, change);
    case BOARD_CHANGE_BALLOT:
      return apply_ballot (self, member, time, change);
    case BOARD_CHANGE_BALLOT_CLOSE:
      return apply_ballot_close (self, change);
    case BOARD_CHANGE_DOT:
      return apply_dot (self, member, change);
    case BOARD_CHANGE_TIMER:
      return apply_timer (self, member, time, change);
    default:
      g_assert_not_reached ();
    }
}

/* --- What others ask ---------------------------------------------------------------------------- */

guint
board_meeting_get_n_polls (BoardMeeting *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->polls->len;
}

static Poll *
get_poll (BoardMeeting *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->polls->len, NULL);

  return g_ptr_array_index (self->polls, i);
}

void
board_meeting_get_poll (BoardMeeting *self, guint i, BoardPoll *result)
{
  Poll *poll = get_poll (self, i);

  g_return_if_fail (poll != NULL && result != NULL);

  *result = (BoardPoll){
    .id = poll->id,
    .member = poll->member,
    .time = poll->time,
    .question = poll->question,
    .options = (const char *const *) poll->options,
    .n_options = poll->n_options,
    .many = poll->many,
    .closed = poll->closed,
    .n_voters = g_hash_table_size (poll->votes),
  };
}

int
board_meeting_find_poll (BoardMeeting *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, -1);

  for (guint i = 0; i < self->polls->len; i++)
    if (g_str_equal (((Poll *) g_ptr_array_index (self->polls, i))->id, id))
      return (int) i;
  return -1;
}

guint
board_meeting_count_votes (BoardMeeting *self, guint poll, guint option)
{
  Poll *found = get_poll (self, poll);

  g_return_val_if_fail (found != NULL && option < found->n_options, 0);

  return found->counts[option];
}

static gboolean
poll_has_vote (const Poll *poll, const char *member, guint option)
{
  return (board_tally_get (poll->votes, member) >> option) & 1;
}

gboolean
board_meeting_has_vote (BoardMeeting *self, guint poll, const char *member, guint option)
{
  Poll *found = get_poll (self, poll);

  g_return_val_if_fail (found != NULL && member != NULL && option < found->n_options, FALSE);

  return poll_has_vote (found, member, option);
}

GPtrArray *
board_meeting_list_voters (BoardMeeting *self, guint poll, guint option)
{
  Poll *found = get_poll (self, poll);
  GPtrArray *voters;

  g_return_val_if_fail (found != NULL && option < found->n_options, NULL);

  voters = board_tally_list (found->votes);
  for (guint i = voters->len; i-- > 0;)
    if (!poll_has_vote (found, g_ptr_array_index (voters, i), option))
      g_ptr_array_remove_index (voters, i);
  return voters;
}

gboolean
board_meeting_get_ballot (BoardMeeting *self, BoardBallot *ballot)
{
  g_return_val_if_fail (self != NULL && ballot != NULL, FALSE);

  *ballot = (BoardBallot){ self->ballot, self->ballot_member, self->ballot_time, self->each,
                           self->ballot_closed };
  return self->ballot != NULL;
}

guint
board_meeting_count_dots (BoardMeeting *self, const char *element)
{
  g_return_val_if_fail (self != NULL && element != NULL, 0);

  return board_dots_count (self->dots, element);
}

guint
board_meeting_get_dots (BoardMeeting *self, const char *element, const char *member)
{
  g_return_val_if_fail (self != NULL && member != NULL, 0);

  return element != NULL ? board_dots_get (self->dots, element, member)
                         : board_dots_get_spent (self->dots, member);
}

GPtrArray *
board_meeting_list_dotted (BoardMeeting *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return board_dots_list (self->dots);
}

gboolean
board_meeting_get_timer (BoardMeeting *self, BoardTimer *timer)
{
  g_return_val_if_fail (self != NULL && timer != NULL, FALSE);

  *timer = self->timer;
  timer->member = self->timer_member;
  return self->timer_member != NULL;
}

int64_t
board_timer_get_left (const BoardTimer *timer, int64_t now)
{
  g_return_val_if_fail (timer != NULL, 0);

  if (timer->paused || timer->time == 0)
    return timer->duration;
  return CLAMP (timer->time + timer->duration - now, 0, timer->duration);
}
