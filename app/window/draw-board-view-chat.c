/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The talk beside the board: what the panel asks for, and what of it is told when it is out of sight. */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>

#include "sync/draw-session-whisper.h"
#include "window/draw-chat-text.h"

/* --- What was said --- */

static guint
count_chats (DrawSession *session)
{
  return board_document_get_n_chats (draw_session_get_document (session));
}

static gboolean
is_window_active (DrawBoardView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

static void
show_unread (DrawBoardView *self, guint n)
{
  g_autofree char *text = n > 9 ? g_strdup ("9+") : g_strdup_printf ("%u", n);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%u new message", "%u new messages", n), n);

  gtk_label_set_text (self->unread_dot, text);
  gtk_widget_set_visible (GTK_WIDGET (self->unread_dot), n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chat_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, n > 0 ? words : "", -1);
}

void
draw_board_view_mark_read (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);

  self->n_read = session != NULL ? count_chats (session) : 0;
  self->n_told = self->n_read;
  self->n_unread_whispers = 0;
  show_unread (self, 0);
}

/* One's own words are no news, and what somebody who is muted says neither. */
static gboolean
is_news (DrawSession *session, const BoardChat *chat)
{
  DrawMember *member = draw_session_find_member (session, chat->member);

  return !chat->deleted && g_strcmp0 (chat->member, draw_session_get_member (session)) != 0
         && (member == NULL || !draw_member_get_muted (member));
}

static void
notify_person (DrawBoardView *self, const char *name, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  DrawSession *session = draw_board_view_get_session (self);
  GApplication *app = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (root)));
  g_autoptr (GNotification) notification = g_notification_new (name);

  if (app == NULL || is_window_active (self))
    return;
  /* Nothing of a stranger's text but the name: some desktops take the body for markup. */
  g_notification_set_body (notification, words);
  g_notification_set_default_action_and_target (notification, "app.show-board", "s",
                                                draw_session_get_path (session));
  g_application_send_notification (app, draw_session_get_board (session), notification);
}

static void
tell_mention (DrawBoardView *self, DrawSession *session, const BoardChat *chat)
{
  DrawMember *own = draw_session_find_member (session, draw_session_get_member (session));
  DrawMember *author = draw_session_find_member (session, chat->member);

  if (own != NULL && draw_chat_text_mentions (chat->text, draw_member_get_name (own)))
    notify_person (self, author != NULL ? draw_member_get_name (author) : _("Somebody"),
                   _("You were mentioned on a board."));
}

void
draw_board_view_update_chat (DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  guint n = count_chats (session), news = 0;

  draw_chat_panel_update (self->chat);
  if (draw_board_view_shows_side (self, DRAW_SIDE_CHAT) && is_window_active (self))
    {
      draw_board_view_mark_read (self);
      return;
    }
  for (guint i = MIN (self->n_read, n); i < n; i++)
    {
      BoardChat chat;

      board_document_get_chat (draw_session_get_document (session), i, &chat);
      if (!is_news (session, &chat))
        continue;
      news++;
      if (i >= self->n_told)
        tell_mention (self, session, &chat);
    }
  self->n_told = MAX (self->n_told, n);
  show_unread (self, news + self->n_unread_whispers);
}

/* --- Private words --- */

static void
on_session_whisper (DrawSession *session, const char *id, const char *text, DrawBoardView *self)
{
  DrawMember *member = draw_session_find_member (session, id);

  if (member == NULL)
    return;
  draw_chat_panel_add_whisper (self->chat, member, FALSE, text);
  if (draw_board_view_shows_side (self, DRAW_SIDE_CHAT) && is_window_active (self))
    return;
  self->n_unread_whispers++;
  draw_board_view_update_chat (self);
  notify_person (self, draw_member_get_name (member), _("A private message for you."));
}

typedef struct
{
  DrawBoardView *view;
  DrawMember *member;
  char *text;
} Whisper;

static void
on_whispered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Whisper *whisper = user_data;
  g_autoptr (GError) error = NULL;

  if (!draw_session_whisper_finish (DRAW_SESSION (source), result, &error))
    g_signal_emit_by_name (whisper->view, "trouble", error);
  else if (draw_board_view_get_session (whisper->view) == DRAW_SESSION (source))
    draw_chat_panel_add_whisper (whisper->view->chat, whisper->member, TRUE, whisper->text);
  g_object_unref (whisper->view);
  g_object_unref (whisper->member);
  g_free (whisper->text);
  g_free (whisper);
}

static void
on_chat_whispered (DrawChatPanel *panel, const char *id, const char *text, DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  DrawMember *member = session != NULL ? draw_session_find_member (session, id) : NULL;
  Whisper *whisper;

  if (member == NULL)
    return;
  whisper = g_new0 (Whisper, 1);
  whisper->view = g_object_ref (self);
  whisper->member = g_object_ref (member);
  whisper->text = g_strdup (text);
  draw_session_whisper_async (session, id, text, NULL, on_whispered, whisper);
}

void
draw_board_view_begin_whisper (DrawBoardView *self, const char *id)
{
  DrawMember *member = draw_session_find_member (draw_board_view_get_session (self), id);

  if (member == NULL)
    return;
  g_object_set (self, "chat-visible", TRUE, NULL);
  draw_chat_panel_begin_whisper (self->chat, member);
}

/* --- What the panel asks for --- */

static void
on_chat_said (DrawChatPanel *panel,
              const char *text,
              const char *reply,
              gboolean with_place,
              DrawBoardView *self)
{
  g_autoptr (BoardOp) op = board_op_new ();
  BoardRect place;

  draw_viewport_get_visible (draw_canvas_get_viewport (self->canvas), &place);
  board_op_chat_about (op, text, reply, with_place ? &place : NULL);
  draw_board_view_submit (self, op);
}

static void
on_chat_edited (DrawChatPanel *panel, const char *id, const char *text, DrawBoardView *self)
{
  g_autoptr (BoardOp) op = board_op_new ();

  board_op_edit_chat (op, id, text);
  draw_board_view_submit (self, op);
}

static void
on_chat_deleted (DrawChatPanel *panel, const char *id, DrawBoardView *self)
{
  g_autoptr (BoardOp) op = board_op_new ();

  board_op_delete_chat (op, id);
  draw_board_view_submit (self, op);
}

static void
on_chat_typing (DrawChatPanel *panel, DrawBoardView *self)
{
  DrawSession *session = draw_board_view_get_session (self);
  g_autoptr (BoardCast) cast = board_cast_new (BOARD_CAST_TYPING);

  if (session != NULL)
    draw_session_send_cast (session, cast);
}

static void
on_chat_jumped (DrawChatPanel *panel, double x, double y, DrawBoardView *self)
{
  draw_viewport_center_on (draw_canvas_get_viewport (self->canvas), x, y);
  draw_board_view_uncover (self);
}

static void
on_link_response (AdwMessageDialog *dialog, const char *response, DrawBoardView *self)
{
  const char *uri = g_object_get_data (G_OBJECT (dialog), "uri");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (g_str_equal (response, "open"))
    gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
}

/* The whole address is shown before anything is opened: a stranger wrote it. */
static void
on_chat_link (DrawChatPanel *panel, const char *uri, DrawBoardView *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));

  adw_message_dialog_set_heading (dialog, _("Open This Address?"));
  adw_message_dialog_set_body (dialog, uri);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "open", _("_Open"), NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "uri", g_strdup (uri), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_link_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
draw_board_view_class_bind_chat (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_chat_said);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_deleted);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_whispered);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_typing);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_jumped);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_link);
}

void
draw_board_view_init_chat (DrawBoardView *self)
{
  g_signal_group_connect_object (self->session, "whisper", G_CALLBACK (on_session_whisper), self, 0);
}
