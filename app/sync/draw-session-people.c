/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others do, as far as their casts tell; and whom this person does not want to hear. */
#include <string.h>

#include "draw-member-private.h"
#include "draw-session-private.h"

#define FADE_INTERVAL_MS 1000
/* Words of the file: more than that is nobody's list. */
#define MAX_MUTED 1000

/* --- Activity ----------------------------------------------------------------------------------- */

static gboolean
on_people_timer (gpointer data)
{
  DrawSession *self = data;
  GListModel *members = G_LIST_MODEL (self->roster);
  gboolean again = FALSE;

  for (guint i = 1; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      again = draw_member_fade (member, g_get_monotonic_time ()) || again;
    }
  if (again)
    return G_SOURCE_CONTINUE;
  self->people_timer = 0;
  return G_SOURCE_REMOVE;
}

static DrawActivity
activity_of (const BoardCast *cast)
{
  switch (cast->type)
    {
    case BOARD_CAST_INK:
      return DRAW_ACTIVITY_DRAWING;
    case BOARD_CAST_TYPING:
      return DRAW_ACTIVITY_TYPING;
    default:
      return DRAW_ACTIVITY_ACTIVE;
    }
}

/* What stays true of somebody; TRUE: it was of that sort, and is no sign of life by itself. */
static gboolean
note_lasting (DrawMember *member, const BoardCast *cast)
{
  const BoardRect view = { cast->x, cast->y, cast->width, cast->height };

  switch (cast->type)
    {
    case BOARD_CAST_VIEW:
      draw_member_set_view (member, &view);
      return TRUE;
    case BOARD_CAST_HAND:
      draw_member_set_hand (member, cast->on);
      return TRUE;
    case BOARD_CAST_PRESENT:
      draw_member_set_presenting (member, cast->on);
      return TRUE;
    case BOARD_CAST_SPOTLIGHT:
      return TRUE;
    case BOARD_CAST_AWAY:
      draw_member_set_away (member, cast->on);
      return TRUE;
    case BOARD_CAST_SELECTION:
      return TRUE;
    default:
      return FALSE;
    }
}

void
draw_session_note_cast (DrawSession *self, const char *id, const BoardCast *cast)
{
  DrawMember *member = draw_roster_lookup (self->roster, id);

  if (member == NULL || note_lasting (member, cast))
    return;
  draw_member_note (member, activity_of (cast), g_get_monotonic_time ());
  if (cast->type == BOARD_CAST_INK || (cast->type == BOARD_CAST_CURSOR && cast->has_place))
    draw_member_set_place (member, cast->x, cast->y);
  if (self->people_timer == 0)
    self->people_timer = g_timeout_add (FADE_INTERVAL_MS, on_people_timer, self);
}

/* Who is gone holds up no hand. */
void
draw_session_forget_doings (DrawMember *member)
{
  draw_member_note (member, DRAW_ACTIVITY_IDLE, 0);
  draw_member_set_hand (member, FALSE);
  draw_member_set_presenting (member, FALSE);
  draw_member_set_away (member, FALSE);
  draw_member_set_view (member, NULL);
}

void
draw_session_stop_people (DrawSession *self)
{
  GListModel *members = G_LIST_MODEL (self->roster);

  g_clear_handle_id (&self->people_timer, g_source_remove);
  for (guint i = 1; members != NULL && i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      draw_session_forget_doings (member);
    }
}

/* --- Muting ------------------------------------------------------------------------------------- */

/* A list of ids of one length, apart by spaces: an id in it is a part of the text. */
gboolean
draw_session_is_muted (DrawSession *self, const char *member)
{
  const char *muted = draw_journal_get_meta (self->journal, DRAW_META_MUTED);

  return muted != NULL && strstr (muted, member) != NULL;
}

void
draw_session_set_muted (DrawSession *self, const char *member, gboolean muted)
{
  const char *known;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GString) all = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self) && member != NULL && board_member_id_is_valid (member));

  if (self->closed || draw_session_is_muted (self, member) == muted)
    return;
  known = draw_journal_get_meta (self->journal, DRAW_META_MUTED);
  ids = g_strsplit (known != NULL ? known : "", " ", MAX_MUTED);
  all = g_string_new (muted ? member : "");
  for (guint i = 0; ids[i] != NULL && i + 1 < MAX_MUTED; i++)
    if (board_member_id_is_valid (ids[i]) && !g_str_equal (ids[i], member))
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", ids[i]);
  draw_journal_set_meta (self->journal, DRAW_META_MUTED, all->len > 0 ? all->str : NULL);
  draw_roster_set_muted (self->roster, member, muted);
  if (muted)
    draw_session_emit_member_left (self, member); /* what is shown of that member goes */
}

DrawMember *
draw_session_find_member (DrawSession *self, const char *id)
{
  g_return_val_if_fail (DRAW_IS_SESSION (self) && id != NULL, NULL);

  return draw_roster_lookup (self->roster, id);
}
