/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-state.h"

#define INTERVAL_MS 100

struct _DrawBoardState
{
  GObject parent_instance;

  /* owned */
  GSimpleAction *action;
  GSignalGroup *session;
  GSignalGroup *members;
  guint update_id; /* the next renewal, or 0 */
};

G_DEFINE_FINAL_TYPE (DrawBoardState, draw_board_state, G_TYPE_OBJECT)

static const char *const share_names[] = {
  [DRAW_SHARE_LOCAL] = "local",     [DRAW_SHARE_CONNECTING] = "connecting",
  [DRAW_SHARE_ONLINE] = "online",   [DRAW_SHARE_OFFLINE] = "offline",
  [DRAW_SHARE_REFUSED] = "refused",
};

static guint
count_here (DrawSession *session)
{
  GListModel *members = draw_session_get_members (session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      n += draw_member_get_here (member) ? 1 : 0;
    }
  return n;
}

/* How many of the others have raised their hand. */
static guint
count_hands (DrawSession *session)
{
  GListModel *members = draw_session_get_members (session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      n += draw_member_get_hand (member) ? 1 : 0;
    }
  return n;
}

static GVariant *
describe (DrawSession *session)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (session != NULL)
    {
      BoardReplica *replica = draw_session_get_replica (session);
      BoardDocument *document = draw_session_get_document (session);
      g_autofree char *hash = board_replica_dup_visible_hash (replica);

      g_variant_builder_add (&builder, "{sv}", "title",
                             g_variant_new_string (board_document_get_title (document)));
      g_variant_builder_add (&builder, "{sv}", "hash", g_variant_new_string (hash));
      g_variant_builder_add (&builder, "{sv}", "seq",
                             g_variant_new_uint64 (board_replica_get_seq (replica)));
      g_variant_builder_add (&builder, "{sv}", "waiting",
                             g_variant_new_uint32 (draw_session_get_n_waiting (session)));
      g_variant_builder_add (&builder, "{sv}", "share",
                             g_variant_new_string (
                                 share_names[draw_session_get_share_state (session)]));
      g_variant_builder_add (&builder, "{sv}", "role",
                             g_variant_new_string (
                                 board_role_to_string (draw_session_get_role (session))));
      g_variant_builder_add (&builder, "{sv}", "elements",
                             g_variant_new_uint32 (board_document_get_n_elements (document)));
      g_variant_builder_add (&builder, "{sv}", "members",
                             g_variant_new_uint32 (count_here (session)));
      g_variant_builder_add (&builder, "{sv}", "hands",
                             g_variant_new_uint32 (count_hands (session)));
      g_variant_builder_add (&builder, "{sv}", "locked",
                             g_variant_new_uint32 (draw_session_get_locked (session)));
      g_variant_builder_add (&builder, "{sv}", "chats",
                             g_variant_new_uint32 (board_document_get_n_chats (document)));
      g_variant_builder_add (&builder, "{sv}", "polls",
                             g_variant_new_uint32 (board_meeting_get_n_polls (
                                 board_document_get_meeting (document))));
    }
  return g_variant_builder_end (&builder);
}

static gboolean
on_update (gpointer user_data)
{
  DrawBoardState *self = user_data;
  g_autoptr (DrawSession) session = g_signal_group_dup_target (self->session);

  self->update_id = 0;
  g_simple_action_set_state (self->action, describe (session));
  return G_SOURCE_REMOVE;
}

static void
queue_update (DrawBoardState *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (INTERVAL_MS, on_update, self);
}

/* A state to be read: nobody changes a board by setting it. */
static void
on_change_state (GSimpleAction *action, GVariant *value, gpointer user_data)
{
}

static void
draw_board_state_dispose (GObject *object)
{
  DrawBoardState *self = DRAW_BOARD_STATE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->members);
  g_clear_object (&self->action);
  G_OBJECT_CLASS (draw_board_state_parent_class)->dispose (object);
}

static void
draw_board_state_class_init (DrawBoardStateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_board_state_dispose;
}

static void
draw_board_state_init (DrawBoardState *self)
{
  self->action = g_simple_action_new_stateful ("board-state", NULL, describe (NULL));
  g_signal_connect (self->action, "change-state", G_CALLBACK (on_change_state), NULL);
  self->session = g_signal_group_new (DRAW_TYPE_SESSION);
  self->members = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->session, "changed", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->session, "acknowledged", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->session, "cast", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->session, "member-left", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->session, "notify", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->members, "items-changed", G_CALLBACK (queue_update), self);
}

DrawBoardState *
draw_board_state_new (void)
{
  return g_object_new (DRAW_TYPE_BOARD_STATE, NULL);
}

GAction *
draw_board_state_get_action (DrawBoardState *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_STATE (self), NULL);

  return G_ACTION (self->action);
}

void
draw_board_state_set_session (DrawBoardState *self, DrawSession *session)
{
  g_return_if_fail (DRAW_IS_BOARD_STATE (self));

  g_signal_group_set_target (self->session, session);
  g_signal_group_set_target (self->members,
                             session != NULL ? draw_session_get_members (session) : NULL);
  g_clear_handle_id (&self->update_id, g_source_remove);
  on_update (self);
}
