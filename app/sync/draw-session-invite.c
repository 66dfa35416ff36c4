/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Invitations. The server knows an invitation by its public key; the seed, which makes the link, stays in
 * this board's file, so a link can be shown again only where it was made. The label is sealed like a
 * profile whose author is the invitation: bound to the board and to this key. */
#include <glib/gi18n.h>
#include <string.h>

#include "draw-name.h"
#include "draw-session-moderate.h"
#include "draw-session-private.h"
#include "json/wire-json.h"

/* More than a person makes; the list of seeds is one value of the file. */
#define MAX_SEEDS 1000

void
draw_invitation_free (DrawInvitation *invitation)
{
  if (invitation == NULL)
    return;
  g_free (invitation->key);
  g_free (invitation->label);
  g_strfreev (invitation->came);
  g_clear_pointer (&invitation->link, board_link_free);
  g_free (invitation);
}

/* --- Seeds in the file -------------------------------------------------------------------------- */

static void
remember_seed (DrawSession *self, const BoardKey *seed)
{
  const char *known = draw_journal_get_meta (self->journal, DRAW_META_INVITES);
  g_autofree char *text = board_key_to_text (seed);
  g_auto (GStrv) seeds = g_strsplit (known != NULL ? known : "", " ", MAX_SEEDS);
  g_autoptr (GString) all = g_string_new (text);

  for (guint i = 0; seeds[i] != NULL && i + 1 < MAX_SEEDS; i++)
    if (*seeds[i] != '\0' && !g_str_equal (seeds[i], text))
      g_string_append_printf (all, " %s", seeds[i]);
  draw_journal_set_meta (self->journal, DRAW_META_INVITES, all->str);
}

static gboolean
seed_fits (const BoardKey *seed, const char *key)
{
  BoardKey public_key;
  g_autofree char *text = NULL;

  board_key_public (seed, &public_key);
  text = board_key_to_text (&public_key);
  return g_str_equal (text, key);
}

static BoardLink *
make_link (DrawSession *self, const BoardKey *seed)
{
  return board_link_new (self->link->host, self->link->port, self->link->tls, self->board, seed,
                         &self->key);
}

static void
say_role (BoardLink *link, BoardRole role)
{
  link->role = role == BOARD_ROLE_VIEWER ? BOARD_LINK_ROLE_VIEWER : BOARD_LINK_ROLE_EDITOR;
}

/* The link of the invitation with that public key; NULL when its seed is not here. */
static BoardLink *
find_link (DrawSession *self, const char *key)
{
  const char *known = draw_journal_get_meta (self->journal, DRAW_META_INVITES);
  g_auto (GStrv) seeds = g_strsplit (known != NULL ? known : "", " ", MAX_SEEDS);
  BoardLink *link = NULL;
  BoardKey seed;

  if (seed_fits (&self->link->invite, key))
    return board_link_copy (self->link);
  for (guint i = 0; seeds[i] != NULL && link == NULL; i++)
    if (board_key_from_text (seeds[i], &seed, NULL) && seed_fits (&seed, key))
      link = make_link (self, &seed);
  board_key_clear (&seed);
  return link;
}

/* --- Labels ------------------------------------------------------------------------------------- */

static char *
seal_label (DrawSession *self, const char *key, const char *label)
{
  g_autofree char *clean = draw_name_clean (label);
  g_autoptr (GString) text = g_string_new ("{\"label\":");

  if (clean == NULL)
    return g_strdup ("");
  wire_json_append_string (text, clean);
  g_string_append_c (text, '}');
  return board_seal_profile (&self->key, self->board, key, text->str);
}

static char *
open_label (DrawSession *self, const char *key, const char *sealed)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonNode *label = NULL;
  char *clean = NULL;

  if (sealed != NULL && *sealed != '\0')
    text = board_open_profile (&self->key, self->board, key, sealed, NULL);
  if (text != NULL)
    node = wire_json_parse (text, strlen (text), &wire_json_limits_default, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    label = json_object_get_member (json_node_get_object (node), "label");
  if (label != NULL && json_node_get_value_type (label) == G_TYPE_STRING)
    clean = draw_name_clean (json_node_get_string (label));
  return clean != NULL ? clean : g_strdup ("");
}

/* --- Making one --------------------------------------------------------------------------------- */

static void
on_invited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  DrawSession *self = DRAW_SESSION (source);
  BoardLink *link = g_task_get_task_data (task);
  GError *error = NULL;

  if (!draw_session_ask_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!self->closed)
    remember_seed (self, &link->invite);
  g_task_return_pointer (task, board_link_copy (link), (GDestroyNotify) board_link_free);
}

void
draw_session_invite_async (DrawSession *self, BoardRole role, int64_t expires, guint uses,
                           const char *label, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  BoardInvite invite = { .role = role, .expires = expires, .uses = uses };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *key = NULL;
  g_autofree char *sealed = NULL;
  BoardLink *link;
  SioArgs *args;
  BoardKey seed;
  GTask *task;

  g_return_if_fail (DRAW_IS_SESSION (self) && label != NULL && expires >= 0);
  g_return_if_fail (self->link != NULL && role != BOARD_ROLE_HOST);

  board_key_generate (&seed);
  board_key_public (&seed, &invite.key);
  key = board_key_to_text (&invite.key);
  sealed = seal_label (self, key, label);
  invite.label = sealed;
  node = board_invite_build (&invite);
  args = sio_args_new ();
  sio_args_add_node (args, node);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_invite_async);
  link = make_link (self, &seed);
  say_role (link, role);
  g_task_set_task_data (task, link, (GDestroyNotify) board_link_free);
  board_key_clear (&seed);
  draw_session_ask (self, BOARD_EVENT_INVITE, args, cancellable, on_invited, task);
}

BoardLink *
draw_session_invite_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Listing them ------------------------------------------------------------------------------- */

static char **
read_came (JsonObject *object)
{
  g_autoptr (GStrvBuilder) came = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (object, "came");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *id = json_array_get_element (array, i);

      if (json_node_get_value_type (id) == G_TYPE_STRING &&
          board_member_id_is_valid (json_node_get_string (id)))
        g_strv_builder_add (came, json_node_get_string (id));
    }
  return g_strv_builder_end (came);
}

/* NULL when the server talks nonsense. */
static DrawInvitation *
read_invitation (DrawSession *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (BoardInvite) invite = object != NULL ? board_invite_parse (object, NULL) : NULL;
  DrawInvitation *invitation;
  JsonNode *used;

  if (invite == NULL)
    return NULL;
  used = json_object_get_member (object, "used");
  invitation = g_new0 (DrawInvitation, 1);
  invitation->key = board_key_to_text (&invite->key);
  invitation->role = invite->role;
  invitation->expires = invite->expires;
  invitation->uses = invite->uses;
  invitation->used_up = used != NULL && json_node_get_value_type (used) == G_TYPE_BOOLEAN &&
                        json_node_get_boolean (used);
  invitation->label = open_label (self, invitation->key, invite->label);
  invitation->came = read_came (object);
  invitation->link = find_link (self, invitation->key);
  if (invitation->link != NULL)
    say_role (invitation->link, invite->role);
  return invitation;
}

void
draw_session_list_invitations_async (DrawSession *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (self));

  draw_session_ask (self, BOARD_EVENT_INVITES, sio_args_new (), cancellable, callback, user_data);
}

GPtrArray *
draw_session_list_invitations_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (SioArgs) answer = NULL;
  GPtrArray *list;
  JsonObject *object;
  JsonNode *node = NULL;
  guint n = 0;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  answer = draw_session_ask_take (self, result, error);
  if (answer == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) draw_invitation_free);
  object = sio_args_get_object (answer, 0);
  if (object != NULL)
    node = json_object_get_member (object, "invites");
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && self->link != NULL && !self->closed)
    n = json_array_get_length (json_node_get_array (node));
  for (guint i = 0; i < n; i++)
    {
      DrawInvitation *invitation =
          read_invitation (self, json_array_get_element (json_node_get_array (node), i));

      if (invitation != NULL)
        g_ptr_array_add (list, invitation);
    }
  return list;
}
