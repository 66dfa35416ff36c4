/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeing each other: what this person's view, selection and hand tell the others, and what is made of
 * theirs: following, being called, reactions. */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"

/* A window that is not looked at for that long is left. */
#define AWAY_SECONDS 60

/* --- What the others are told --- */

static void
cast_lasting (DrawBoardView *self, BoardCast *cast)
{
  DrawSession *session = draw_board_view_get_session (self);

  if (session != NULL)
    draw_session_cast_lasting (session, cast);
  board_cast_free (cast);
}

static BoardCast *
make_view_cast (DrawBoardView *self)
{
  BoardCast *cast;
  BoardRect view;

  draw_viewport_get_visible (draw_canvas_get_viewport (self->canvas), &view);
  if (view.width <= 0 || view.height <= 0)
    return NULL;
  cast = board_cast_new (BOARD_CAST_VIEW);
  cast->has_place = TRUE;
  cast->x = view.x;
  cast->y = view.y;
  cast->width = view.width;
  cast->height = view.height;
  return cast;
}

static void
on_viewport_changed (DrawViewport *viewport, DrawBoardView *self)
{
  BoardCast *cast = make_view_cast (self);

  if (cast != NULL)
    cast_lasting (self, cast);
}

static void
on_selection_changed (DrawCanvas *canvas, DrawBoardView *self)
{
  GPtrArray *ids = draw_canvas_get_selection (canvas);
  BoardCast *cast = board_cast_new (BOARD_CAST_SELECTION);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MIN (ids->len, BOARD_MAX_CAST_IDS); i++)
    g_strv_builder_add (builder, g_ptr_array_index (ids, i));
  cast->ids = g_strv_builder_end (builder);
  cast_lasting (self, cast);
}

static void
cast_switch (DrawBoardView *self, BoardCastType type, gboolean on)
{
  BoardCast *cast = board_cast_new (type);

  cast->on = on;
  cast_lasting (self, cast);
}

static gboolean
on_away (gpointer user_data)
{
  DrawBoardView *self = user_data;

  self->away_id = 0;
  cast_switch (self, BOARD_CAST_AWAY, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_window_active (GtkWindow *window, GParamSpec *pspec, DrawBoardView *self)
{
  g_clear_handle_id (&self->away_id, g_source_remove);
  if (!gtk_window_is_active (window))
    {
      self->away_id = g_timeout_add_seconds (AWAY_SECONDS, on_away, self);
      return;
    }
  cast_switch (self, BOARD_CAST_AWAY, FALSE);
  if (draw_board_view_shows_side (self, DRAW_SIDE_CHAT) && draw_board_view_get_session (self) != NULL)
    draw_board_view_mark_read (self);
}

static void
on_root_changed (DrawBoardView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (on_window_active), self, 0);
}

/* --- Following --- */

/* Whether this person does that: a switch's name. */
static gboolean
is_on (DrawBoardView *self, const char *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->live_actions), name);

  return g_variant_get_boolean (state);
}

static const char *
get_own_words (DrawBoardView *self)
{
  if (is_on (self, "present"))
    return _("You present");
  return is_on (self, "spotlight") ? _("All look at your pointer") : NULL;
}

/* Transfer full; NULL: neither is this person shown something, nor are the others. */
static char *
make_follow_words (DrawBoardView *self, DrawMember *member)
{
  if (member == NULL)
    return g_strdup (get_own_words (self));
  /* Translators: %s is a person's name */
  return g_strdup_printf (draw_member_get_presenting (member) ? _("%s presents") : _("Following %s"),
                          draw_member_get_name (member));
}

static const char *
get_stop_words (DrawBoardView *self, DrawMember *member)
{
  if (member != NULL)
    return _("Stop Following");
  return is_on (self, "present") ? _("Stop Presenting") : _("Switch the Spotlight Off");
}

static void
show_follow (DrawBoardView *self)
{
  DrawMember *member = draw_follow_get_member (self->follow);
  g_autofree char *words = make_follow_words (self, member);

  gtk_widget_set_visible (self->follow_chip, words != NULL);
  gtk_label_set_text (self->follow_label, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (self->follow_stop, get_stop_words (self, member));
}

void
draw_board_view_follow (DrawBoardView *self, const char *id)
{
  DrawMember *member = draw_session_find_member (draw_board_view_get_session (self), id);
  BoardRect view;

  if (member == NULL)
    return;
  draw_follow_set_member (self->follow, member);
  if (!draw_member_get_view (member, &view))
    g_signal_emit_by_name (self, "done", _("It begins when they move their view."));
}

static void
tell (DrawBoardView *self, const char *format, DrawMember *member)
{
  g_autoptr (GString) words = g_string_new (format);

  g_string_replace (words, "%s", draw_member_get_name (member), 1);
  g_signal_emit_by_name (self, "done", words->str);
}

static void
take_view (DrawBoardView *self, DrawMember *member, const BoardCast *cast)
{
  const BoardRect view = { cast->x, cast->y, cast->width, cast->height };

  if (cast->call && draw_member_get_role (member) == BOARD_ROLE_HOST)
    {
      draw_follow_go (self->follow, &view);
      /* Translators: %s is a person's name */
      tell (self, _("%s brought everybody here."), member);
    }
  else if (draw_follow_get_member (self->follow) == member)
    draw_follow_update (self->follow);
}

static void
take_present (DrawBoardView *self, DrawMember *member, gboolean on)
{
  if (on && draw_follow_get_member (self->follow) == NULL
      && draw_member_get_role (member) != BOARD_ROLE_VIEWER)
    draw_follow_set_member (self->follow, member);
  else if (!on && draw_follow_get_member (self->follow) == member)
    draw_follow_set_member (self->follow, NULL);
  show_follow (self);
}

/* --- The spotlight --- */

/* The newest has it. It is dark from when the pointer is known: of somebody else from its next move. */
void
draw_board_view_set_spotlight (DrawBoardView *self, const char *id, gboolean on)
{
  if (on == (g_strcmp0 (self->spotlight, id) == 0))
    return;
  g_free (self->spotlight);
  self->spotlight = on ? g_strdup (id) : NULL;
  draw_live_layer_set_spotlight (self->live, FALSE, 0, 0);
}

void
draw_board_view_move_spotlight (DrawBoardView *self, const char *id, double x, double y)
{
  if (g_strcmp0 (self->spotlight, id) == 0)
    draw_live_layer_set_spotlight (self->live, TRUE, x, y);
}

static void
take_spotlight (DrawBoardView *self, DrawMember *member, gboolean on)
{
  if (!on || draw_member_get_role (member) != BOARD_ROLE_VIEWER)
    draw_board_view_set_spotlight (self, draw_member_get_id (member), on);
}

/* --- What the others do --- */

static void
take_reaction (DrawBoardView *self, const BoardCast *cast)
{
  BoardRect view;

  draw_viewport_get_visible (draw_canvas_get_viewport (self->canvas), &view);
  draw_live_layer_add_reaction (self->live, cast->text,
                                cast->has_place ? cast->x : view.x + view.width / 2,
                                cast->has_place ? cast->y : view.y + view.height * 0.8);
}

void
draw_board_view_take_cast (DrawBoardView *self, DrawMember *member, const BoardCast *cast)
{
  const char *id = draw_member_get_id (member);
  const char *color = draw_member_get_color (member);

  switch (cast->type)
    {
    case BOARD_CAST_LASER:
      draw_live_layer_add_laser (self->live, id, color, cast);
      break;
    case BOARD_CAST_REACTION:
      take_reaction (self, cast);
      break;
    case BOARD_CAST_VIEW:
      take_view (self, member, cast);
      break;
    case BOARD_CAST_SELECTION:
      draw_live_layer_set_selection (self->live, id, color, (const char *const *)cast->ids);
      break;
    case BOARD_CAST_PRESENT:
      take_present (self, member, cast->on);
      break;
    case BOARD_CAST_SPOTLIGHT:
      take_spotlight (self, member, cast->on);
      break;
    default:
      break;
    }
}

/* A hand that goes up is told once; the list of people shows it as long as it is up. */
static void
on_session_cast (DrawSession *session, const char *id, const BoardCast *cast, DrawBoardView *self)
{
  DrawMember *member = draw_session_find_member (session, id);

  if (cast->type != BOARD_CAST_HAND || member == NULL)
    return;
  if (!cast->on)
    g_hash_table_remove (self->hands, id);
  else if (g_hash_table_add (self->hands, g_strdup (id)))
    /* Translators: %s is a person's name */
    tell (self, _("%s raised a hand."), member);
}

/* --- Actions --- */

static void
on_switched (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  const gboolean on = g_variant_get_boolean (value);

  g_simple_action_set_state (action, value);
  if (g_str_equal (name, "hand"))
    cast_switch (user_data, BOARD_CAST_HAND, on);
  else if (g_str_equal (name, "present"))
    cast_switch (user_data, BOARD_CAST_PRESENT, on);
  else
    {
      cast_switch (user_data, BOARD_CAST_SPOTLIGHT, on);
      draw_board_view_set_spotlight (user_data, "", on);
    }
  show_follow (user_data);
}

static void
on_bring (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawBoardView *self = user_data;
  DrawSession *session = draw_board_view_get_session (self);
  g_autoptr (BoardCast) cast = make_view_cast (self);

  if (session == NULL || cast == NULL)
    return;
  cast->call = TRUE;
  draw_session_send_cast (session, cast);
  g_signal_emit_by_name (self, "done", _("Everybody sees what you see."));
}

static void
on_react (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawBoardView *self = user_data;
  DrawSession *session = draw_board_view_get_session (self);
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_REACTION);

  cast->text = g_variant_dup_string (parameter, NULL);
  take_reaction (self, cast);
  if (session != NULL)
    draw_session_send_cast (session, cast);
}

static void
on_stop_following (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawBoardView *self = user_data;

  if (draw_follow_get_member (self->follow) != NULL)
    draw_follow_set_member (self->follow, NULL);
  else
    g_action_group_change_action_state (G_ACTION_GROUP (self->live_actions),
                                        is_on (self, "present") ? "present" : "spotlight",
                                        g_variant_new_boolean (FALSE));
}

/* That many come first. */
#define N_SWITCHES 3

static const GActionEntry live_entries[] = {
  { "hand", NULL, NULL, "false", on_switched },
  { "present", NULL, NULL, "false", on_switched },
  { "spotlight", NULL, NULL, "false", on_switched },
  { "bring", on_bring },
  { "react", on_react, "s" },
  { "stop-following", on_stop_following },
};

static void
set_enabled (DrawBoardView *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->live_actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
draw_board_view_update_live (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  gboolean online = session != NULL && draw_session_get_share_state (session) == DRAW_SHARE_ONLINE;
  BoardRole role = session != NULL ? draw_session_get_role (session) : BOARD_ROLE_VIEWER;

  set_enabled (self, "hand", online);
  set_enabled (self, "present", online && role != BOARD_ROLE_VIEWER);
  set_enabled (self, "spotlight", online && role != BOARD_ROLE_VIEWER);
  set_enabled (self, "bring", online && role == BOARD_ROLE_HOST);
  set_enabled (self, "react", online);
}

/* --- The view --- */

void
draw_board_view_init_live (DrawBoardView *self)
{
  DrawViewport *viewport = draw_canvas_get_viewport (self->canvas);

  self->live_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->live_actions), live_entries,
                                   G_N_ELEMENTS (live_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "live", G_ACTION_GROUP (self->live_actions));
  self->follow = draw_follow_new (viewport);
  self->hands = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  draw_live_layer_set_viewport (self->live, viewport);
  g_signal_connect_object (self->follow, "notify::member", G_CALLBACK (show_follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (viewport, "changed", G_CALLBACK (on_viewport_changed), self, 0);
  g_signal_connect_object (self->canvas, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, 0);
  g_signal_group_connect_object (self->session, "cast", G_CALLBACK (on_session_cast), self, 0);
  g_signal_connect (self, "notify::root", G_CALLBACK (on_root_changed), NULL);
  draw_board_view_update_live (self);
}

void
draw_board_view_dispose_live (DrawBoardView *self)
{
  g_clear_handle_id (&self->away_id, g_source_remove);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->follow);
  g_clear_object (&self->live_actions);
  g_clear_pointer (&self->hands, g_hash_table_unref);
  g_clear_pointer (&self->spotlight, g_free);
}

void
draw_board_view_set_live (DrawBoardView *self, DrawSession *session)
{
  g_hash_table_remove_all (self->hands);
  g_clear_pointer (&self->spotlight, g_free);
  draw_follow_set_member (self->follow, NULL);
  draw_live_layer_set_document (self->live,
                                session != NULL ? draw_session_get_document (session) : NULL);
  for (guint i = 0; i < N_SWITCHES; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->live_actions),
                                                    live_entries[i].name);

      g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (FALSE));
    }
  show_follow (self);
  if (session != NULL)
    on_viewport_changed (draw_canvas_get_viewport (self->canvas), self);
}
