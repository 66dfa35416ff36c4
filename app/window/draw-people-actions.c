/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-people-actions.h"

#include <glib/gi18n.h>

#include "sync/draw-session-moderate.h"
#include "sync/draw-session-removal.h"

struct _DrawPeopleActions
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *widget;

  /* owned */
  GSimpleActionGroup *group;
  DrawSession *session; /* nullable */
  GCancellable *asking; /* of what was asked for this session */
};

enum
{
  FOLLOW,
  LOCATE,
  WHISPER,
  SHOW_ONLY,
  DONE,
  TROUBLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawPeopleActions, draw_people_actions, G_TYPE_OBJECT)

/* A question of the person to the server, and what to say when it did. */
typedef struct
{
  DrawPeopleActions *actions;
  char *member;
  char *done; /* nullable */
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->actions);
  g_free (request->member);
  g_free (request->done);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static Request *
request_new (DrawPeopleActions *self, const char *member, const char *done)
{
  Request *request = g_new0 (Request, 1);

  request->actions = g_object_ref (self);
  request->member = g_strdup (member);
  request->done = g_strdup (done);
  return request;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;

  if (draw_session_ask_finish (DRAW_SESSION (source), result, &error))
    {
      if (request->done != NULL)
        g_signal_emit (request->actions, signals[DONE], 0, request->done);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (request->actions, signals[TROUBLE], 0, error);
}

/* --- What is asked of the server --- */

static void
kick (DrawPeopleActions *self, const char *member)
{
  draw_session_kick_async (self->session, member, self->asking, on_answered,
                           request_new (self, member, NULL));
}

static void
ban (DrawPeopleActions *self, const char *member)
{
  draw_session_ban_async (self->session, member, TRUE, self->asking, on_answered,
                          request_new (self, member, NULL));
}

static void
let_in (DrawPeopleActions *self, const char *member)
{
  draw_session_ban_async (self->session, member, FALSE, self->asking, on_answered,
                          request_new (self, member, _("They may come back with an invitation.")));
}

static void
make_editor (DrawPeopleActions *self, const char *member)
{
  draw_session_set_member_role_async (self->session, member, BOARD_ROLE_EDITOR, self->asking,
                                      on_answered, request_new (self, member, NULL));
}

static void
make_viewer (DrawPeopleActions *self, const char *member)
{
  draw_session_set_member_role_async (self->session, member, BOARD_ROLE_VIEWER, self->asking,
                                      on_answered, request_new (self, member, NULL));
}

static void
hand_over (DrawPeopleActions *self, const char *member)
{
  draw_session_hand_over_async (self->session, member, self->asking, on_answered,
                                request_new (self, member, NULL));
}

static void
mute (DrawPeopleActions *self, const char *id)
{
  DrawMember *member = draw_session_find_member (self->session, id);

  if (member != NULL)
    draw_session_set_muted (self->session, id, !draw_member_get_muted (member));
}

/* --- What needs a question first --- */

typedef void (*Deed) (DrawPeopleActions *self, const char *member);

static void
on_response (AdwMessageDialog *dialog, const char *response, Request *request)
{
  Deed deed = (Deed)g_object_get_data (G_OBJECT (dialog), "deed");

  if (g_str_equal (response, "do") && request->actions->session != NULL)
    deed (request->actions, request->member);
}

static void
free_request_closure (gpointer data, GClosure *closure)
{
  request_free (data);
}

/* @question: with the person's name for its %s. */
static void
ask_first (DrawPeopleActions *self,
           const char *id,
           const char *question,
           const char *body,
           const char *verb,
           Deed deed)
{
  DrawMember *member = draw_session_find_member (self->session, id);
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (self->widget));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));
  g_autoptr (GString) heading = g_string_new (question);

  /* A heading may hold a stranger's name: it and the body are plain text. */
  g_string_replace (heading, "%s", member != NULL ? draw_member_get_name (member) : "", 1);
  adw_message_dialog_set_heading (dialog, heading->str);
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "do", verb, NULL);
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data (G_OBJECT (dialog), "deed", (gpointer)deed);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response),
                         request_new (self, id, NULL), free_request_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_to_ban (DrawPeopleActions *self, const char *member)
{
  ask_first (self, member, _("Ban %s?"),
             _("They leave now and cannot come back until you let them in again."), _("_Ban"), ban);
}

static void
ask_to_hand_over (DrawPeopleActions *self, const char *member)
{
  ask_first (self, member, _("Make %s the Host?"),
             _("They decide about people and invitations then. You stay as an editor and cannot "
               "take it back yourself."),
             _("_Hand Over"), hand_over);
}

static void
on_rolled_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (!draw_session_roll_back_member_finish (DRAW_SESSION (source), result, &n, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (request->actions, signals[TROUBLE], 0, error);
    }
  else if (n == 0)
    g_signal_emit (request->actions, signals[DONE], 0, _("There is nothing to take back."));
  else
    g_signal_emit (request->actions, signals[DONE], 0, _("All of it is taken back. Undo brings it back."));
}

/* As own acts, which this person's undo brings back. */
static void
roll_back (DrawPeopleActions *self, const char *member)
{
  draw_session_roll_back_member_async (self->session, member, self->asking, on_rolled_back,
                                       request_new (self, member, NULL));
}

static void
ask_to_roll_back (DrawPeopleActions *self, const char *member)
{
  ask_first (self, member, _("Undo Everything %s Did?"),
             _("What they drew goes, what they deleted comes back, and what they changed is as it was, for "
               "everybody. What others have changed since stays, and so does what was said."),
             _("_Undo It All"), roll_back);
}

/* --- Actions --- */

static void
follow (DrawPeopleActions *self, const char *member)
{
  g_signal_emit (self, signals[FOLLOW], 0, member);
}

static void
locate (DrawPeopleActions *self, const char *member)
{
  g_signal_emit (self, signals[LOCATE], 0, member);
}

static void
whisper (DrawPeopleActions *self, const char *member)
{
  g_signal_emit (self, signals[WHISPER], 0, member);
}

static void
show_only (DrawPeopleActions *self, const char *member)
{
  g_signal_emit (self, signals[SHOW_ONLY], 0, member);
}

static const struct
{
  const char *name;
  Deed deed;
} verbs[] = {
  { "follow", follow },
  { "locate", locate },
  { "whisper", whisper },
  { "show-only", show_only },
  { "mute", mute },
  { "make-editor", make_editor },
  { "make-viewer", make_viewer },
  { "hand-over", ask_to_hand_over },
  { "remove-all", ask_to_roll_back },
  { "kick", kick },
  { "ban", ask_to_ban },
  { "let-in", let_in },
};

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawPeopleActions *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (self->session == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      verbs[i].deed (self, g_variant_get_string (parameter, NULL));
}

static void
draw_people_actions_dispose (GObject *object)
{
  DrawPeopleActions *self = DRAW_PEOPLE_ACTIONS (object);

  draw_people_actions_set_session (self, NULL);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (draw_people_actions_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, GType param)
{
  return g_signal_new (name, DRAW_TYPE_PEOPLE_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, param);
}

static void
draw_people_actions_class_init (DrawPeopleActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_people_actions_dispose;
  signals[FOLLOW] = new_signal ("follow", G_TYPE_STRING);
  signals[LOCATE] = new_signal ("locate", G_TYPE_STRING);
  signals[WHISPER] = new_signal ("whisper", G_TYPE_STRING);
  signals[SHOW_ONLY] = new_signal ("show-only", G_TYPE_STRING);
  signals[DONE] = new_signal ("done", G_TYPE_STRING);
  signals[TROUBLE] = new_signal ("trouble", G_TYPE_ERROR);
}

static void
draw_people_actions_init (DrawPeopleActions *self)
{
  self->group = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (GSimpleAction) action
          = g_simple_action_new (verbs[i].name, G_VARIANT_TYPE_STRING);

      g_signal_connect_object (action, "activate", G_CALLBACK (on_activate), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
    }
}

DrawPeopleActions *
draw_people_actions_new (GtkWidget *widget)
{
  DrawPeopleActions *self = g_object_new (DRAW_TYPE_PEOPLE_ACTIONS, NULL);

  self->widget = widget;
  gtk_widget_insert_action_group (widget, "people", G_ACTION_GROUP (self->group));
  return self;
}

void
draw_people_actions_set_session (DrawPeopleActions *self, DrawSession *session)
{
  g_return_if_fail (DRAW_IS_PEOPLE_ACTIONS (self));

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_set_object (&self->session, session);
  if (session != NULL)
    self->asking = g_cancellable_new ();
}

GActionGroup *
draw_people_actions_get_group (DrawPeopleActions *self)
{
  g_return_val_if_fail (DRAW_IS_PEOPLE_ACTIONS (self), NULL);

  return G_ACTION_GROUP (self->group);
}
