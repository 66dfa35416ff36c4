/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What the view looks at is one target of one signal group: another session, another target, and no
 * connection to the old one is left. */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>

#include "canvas/draw-memory.h"
#include "window/draw-words.h"

static void
report (DrawBoardView *self, GError *error)
{
  g_signal_emit_by_name (self, "trouble", error);
}

/* --- from the canvas to the session --- */

void
draw_board_view_submit (DrawBoardView *self, BoardOp *op)
{
  DrawSession *session = draw_board_view_get_session (self);
  g_autoptr (GError) error = NULL;

  if (session != NULL && draw_session_submit (session, op, &error) == 0)
    report (self, error);
}

static void
on_canvas_act (DrawCanvas *canvas, gboolean begins, DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);

  if (session == NULL)
    return;
  if (begins)
    draw_session_begin_act (session);
  else
    draw_session_end_act (session);
}

static void
on_canvas_op (DrawCanvas *canvas, BoardOp *op, DrawBoardView *self)
{
  draw_board_view_submit (self, op);
}

static void
on_canvas_pointer (DrawCanvas *canvas, double x, double y, DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);

  if (session != NULL)
    draw_session_send_cursor (session, x, y);
  draw_board_view_move_spotlight (self, "", x, y);
}

static void
on_canvas_pointer_left (DrawCanvas *canvas, DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);

  if (session != NULL)
    draw_session_send_cursor_left (session);
}

static void
on_canvas_ink (DrawCanvas *canvas, BoardCast *cast, DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);

  if (session != NULL)
    draw_session_send_cast (session, cast);
  if (cast->type == BOARD_CAST_LASER)
    draw_live_layer_add_laser (self->live, "", cast->color, cast);
}

/* --- from the session to the canvas --- */

static void
on_session_changed (DrawSession *session, const BoardDamage *damage, DrawBoardView *self)
{
  draw_canvas_update (self->canvas, damage);
  draw_live_layer_update (self->live);
  if (damage->chat || damage->all)
    draw_board_view_update_chat (self);
  if (damage->meeting || damage->all)
    draw_board_view_update_meeting (self);
}

static void
on_session_cast (DrawSession *session, const char *id, const BoardCast *cast, DrawBoardView *self)
{
  DrawMember *member = draw_session_find_member (session, id);

  switch (cast->type)
    {
    case BOARD_CAST_CURSOR:
      if (member == NULL || !cast->has_place)
        draw_canvas_hide_cursor (self->canvas, id);
      else
        draw_canvas_show_cursor (self->canvas, id, draw_member_get_name (member),
                                 draw_member_get_color (member), cast->x, cast->y);
      if (cast->has_place)
        draw_board_view_move_spotlight (self, id, cast->x, cast->y);
      break;
    case BOARD_CAST_INK:
    case BOARD_CAST_INK_END:
      draw_canvas_show_ink (self->canvas, id, cast);
      break;
    case BOARD_CAST_TYPING:
      if (member != NULL)
        draw_chat_panel_note_typing (self->chat, member);
      break;
    default:
      if (member != NULL)
        draw_board_view_take_cast (self, member, cast);
      break;
    }
}

static void
on_session_member_left (DrawSession *session, const char *id, DrawBoardView *self)
{
  draw_canvas_remove_member (self->canvas, id);
  draw_live_layer_remove_member (self->live, id);
  draw_board_view_set_spotlight (self, id, FALSE);
}

static void
on_session_trouble (DrawSession *session, GError *error, DrawBoardView *self)
{
  report (self, error);
}

/* --- the state --- */

static int
get_seconds_until (int64_t monotonic_us)
{
  if (monotonic_us == 0)
    return -1;
  return (int)MAX ((monotonic_us - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC,
                   0);
}

static gboolean
on_countdown (gpointer user_data)
{
  draw_board_view_update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
set_countdown (DrawBoardView *self, gboolean runs)
{
  if (runs && self->countdown_id == 0)
    self->countdown_id = g_timeout_add_seconds (1, on_countdown, self);
  else if (!runs)
    g_clear_handle_id (&self->countdown_id, g_source_remove);
}

/* A server that answers at once needs no words: only what takes longer is told, else the line
 * beneath the title would change twice with every stroke. */
#define SAVING_DELAY_MS 500

static gboolean
on_saving_slowly (gpointer user_data)
{
  DrawBoardView *self = user_data;

  self->saving_id = 0;
  self->saving = TRUE;
  draw_board_view_update (self);
  return G_SOURCE_REMOVE;
}

static void
calm_saving (DrawBoardView *self, DrawShareFacts *share)
{
  if (share->state != DRAW_SHARE_ONLINE || share->n_waiting == 0)
    {
      g_clear_handle_id (&self->saving_id, g_source_remove);
      self->saving = FALSE;
      return;
    }
  if (self->saving_id == 0 && !self->saving)
    self->saving_id = g_timeout_add (SAVING_DELAY_MS, on_saving_slowly, self);
  if (!self->saving)
    share->n_waiting = 0;
}

static void
set_facts (DrawBoardView *self, DrawBoardFacts facts)
{
  if (facts == self->facts)
    return;
  self->facts = facts;
  draw_canvas_set_read_only (self->canvas, !(facts & DRAW_BOARD_WRITABLE));
  draw_tool_bar_set_read_only (self->tool_bar, !(facts & DRAW_BOARD_WRITABLE));
  draw_board_title_set_editable (self->title, (facts & DRAW_BOARD_WRITABLE) != 0);
  draw_chat_panel_set_can_write (self->chat, (facts & DRAW_BOARD_OPEN) != 0);
  g_signal_emit_by_name (self, "facts-changed");
}

static DrawBoardFacts
collect_facts (DrawBoardView *self, DrawSession *session, const DrawShareFacts *share)
{
  DrawBoardFacts facts = DRAW_BOARD_SHOWN | DRAW_BOARD_OPEN;
  gboolean can_undo, can_redo, empty;

  g_object_get (session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_object_get (self->canvas, "selection-empty", &empty, NULL);
  if (!share->read_only)
    facts |= DRAW_BOARD_WRITABLE | (can_undo ? DRAW_BOARD_CAN_UNDO : 0)
             | (can_redo ? DRAW_BOARD_CAN_REDO : 0) | (empty ? 0 : DRAW_BOARD_SELECTION);
  if (share->state == DRAW_SHARE_OFFLINE || share->state == DRAW_SHARE_REFUSED
      || share->state == DRAW_SHARE_CONNECTING)
    facts |= DRAW_BOARD_CAN_RECONNECT | (share->can_host ? DRAW_BOARD_CAN_HOST_AGAIN : 0);
  if (self->replay == NULL)
    return facts | DRAW_BOARD_LIVE;
  return facts & ~(DRAW_BOARD_WRITABLE | DRAW_BOARD_CAN_UNDO | DRAW_BOARD_CAN_REDO | DRAW_BOARD_SELECTION);
}

static void
show_share_state (DrawBoardView *self, const DrawShareFacts *share, const char *title)
{
  g_autofree char *subtitle = draw_words_subtitle (share);

  draw_board_title_set_title (self->title, title);
  draw_board_title_set_subtitle (self->title, subtitle);
  draw_state_bar_show (self->state_bar, share);
  draw_chat_panel_set_shared (self->chat, share->state != DRAW_SHARE_LOCAL);
  set_countdown (self, share->retry_in >= 0);
}

void
draw_board_view_update (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  g_autofree char *title = NULL;
  g_autofree char *refusal = NULL;
  int64_t retry_at = 0;
  DrawShareFacts share = { 0 };

  if (session == NULL)
    {
      set_countdown (self, FALSE);
      g_clear_handle_id (&self->saving_id, g_source_remove);
      set_facts (self, self->opening ? DRAW_BOARD_SHOWN : 0);
      return;
    }
  g_object_get (session, "title", &title, "refusal-message", &refusal, "retry-at", &retry_at,
                "read-only", &share.read_only, "ended", &share.ended, "last-contact",
                &share.last_contact, "silent-for", &share.silent_for, NULL);
  share.state = draw_session_get_share_state (session);
  share.n_waiting = draw_session_get_n_waiting (session);
  share.role = draw_session_get_role (session);
  share.locked = draw_session_get_locked (session);
  share.retry_in = get_seconds_until (retry_at);
  share.refusal = refusal;
  self->was_online
      = self->was_online || share.state == DRAW_SHARE_ONLINE || share.state == DRAW_SHARE_OFFLINE;
  share.was_online = self->was_online;
  share.can_host = self->hosting != NULL && share.state != DRAW_SHARE_LOCAL
                   && share.state != DRAW_SHARE_ONLINE && !draw_hosting_is_running (self->hosting)
                   && draw_hosting_owns (self->hosting, session);
  calm_saving (self, &share);
  show_share_state (self, &share, title);
  set_facts (self, collect_facts (self, session, &share));
  draw_board_view_update_live (self);
}

static void
on_session_notify (DrawSession *session, GParamSpec *pspec, DrawBoardView *self)
{
  draw_board_view_update (self);
}

static void
connect_canvas (DrawBoardView *self)
{
  g_signal_connect_object (self->canvas, "op", G_CALLBACK (on_canvas_op), self, 0);
  g_signal_connect_object (self->canvas, "act", G_CALLBACK (on_canvas_act), self, 0);
  g_signal_connect_object (self->canvas, "pointer", G_CALLBACK (on_canvas_pointer), self, 0);
  g_signal_connect_object (self->canvas, "pointer-left", G_CALLBACK (on_canvas_pointer_left), self,
                           0);
  g_signal_connect_object (self->canvas, "ink", G_CALLBACK (on_canvas_ink), self, 0);
  g_signal_connect_object (self->canvas, "notify::selection-empty",
                           G_CALLBACK (draw_board_view_update), self, G_CONNECT_SWAPPED);
}

void
draw_board_view_init_session (DrawBoardView *self)
{
  self->session = g_signal_group_new (DRAW_TYPE_SESSION);
  g_signal_group_connect_object (self->session, "changed", G_CALLBACK (on_session_changed), self,
                                 0);
  g_signal_group_connect_object (self->session, "cast", G_CALLBACK (on_session_cast), self, 0);
  g_signal_group_connect_object (self->session, "member-left", G_CALLBACK (on_session_member_left),
                                 self, 0);
  g_signal_group_connect_object (self->session, "trouble", G_CALLBACK (on_session_trouble), self,
                                 0);
  g_signal_group_connect_object (self->session, "notify", G_CALLBACK (on_session_notify), self, 0);
  draw_board_view_init_chat (self);
  connect_canvas (self);
}

void
draw_board_view_dispose_session (DrawBoardView *self)
{
  set_countdown (self, FALSE);
  g_clear_handle_id (&self->saving_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->images);
}

DrawSession *
draw_board_view_get_session (DrawBoardView *self)
{
  g_autoptr (DrawSession) session = NULL;

  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), NULL);

  /* The window, which put it there, keeps it. */
  session = self->session != NULL ? g_signal_group_dup_target (self->session) : NULL;
  return session;
}

static void
set_images (DrawBoardView *self, DrawSession *session)
{
  g_clear_object (&self->images);
  if (session != NULL)
    self->images = draw_board_images_new (session);
  draw_canvas_set_images (self->canvas, draw_board_view_get_images (self));
}

DrawImages *
draw_board_view_get_images (DrawBoardView *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), NULL);

  return self->images != NULL ? draw_board_images_get_images (self->images) : NULL;
}

void
draw_board_view_show_opening (DrawBoardView *self, const char *title, DrawStill *still)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self) && title != NULL && still != NULL);
  g_return_if_fail (draw_board_view_get_session (self) == NULL);

  self->opening = TRUE;
  draw_board_title_set_title (self->title, title);
  draw_board_title_set_subtitle (self->title, _("Opening the board…"));
  draw_canvas_show_still (self->canvas, still);
  draw_board_view_update (self);
}

void
draw_board_view_set_session (DrawBoardView *self, DrawSession *session)
{
  BoardDocument *document = NULL;
  GListModel *members = NULL;

  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));
  g_return_if_fail (session == NULL || DRAW_IS_SESSION (session));

  if (session != NULL)
    {
      document = draw_session_get_document (session);
      members = draw_session_get_members (session);
    }
  draw_board_view_end_replay (self);
  self->was_online = FALSE;
  self->opening = FALSE;
  g_signal_group_set_target (self->session, session);
  set_images (self, session);
  draw_canvas_set_document (self->canvas, document);
  if (document != NULL)
    draw_memory_give_back (board_document_get_n_elements (document));
  draw_board_view_set_people (self, session);
  draw_board_view_set_live (self, session);
  draw_board_view_set_meeting (self);
  g_signal_emit_by_name (self, "session-replaced");
  draw_chat_panel_set_board (self->chat, document, members);
  draw_board_view_mark_read (self);
  draw_board_view_update (self);
}
