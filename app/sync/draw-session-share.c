/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "board/board-message.h"
#include "draw-blob-store.h"
#include "draw-refusal.h"
#include "draw-server-keys.h"
#include "draw-session-private.h"
#include "json/wire-json.h"

#define CREATE_TIMEOUT_S 20
#define MAX_ANSWER 4096

typedef struct {
  SoupSession *http;
  SoupMessage *message;
  BoardLink *link; /* that it will have */
  gboolean has_key;
} Share;

static void
share_free (Share *share)
{
  g_clear_object (&share->http);
  g_clear_object (&share->message);
  board_link_free (share->link);
  g_free (share);
}

void
draw_session_choose_invite (DrawSession *self, BoardKey *invite_seed)
{
  static const BoardKey none;

  if (self->link != NULL && self->link->role != BOARD_LINK_ROLE_VIEWER && self->role != BOARD_ROLE_VIEWER)
    {
      *invite_seed = self->link->invite;
      return;
    }
  if (memcmp (&self->next_invite, &none, sizeof none) == 0)
    board_key_generate (&self->next_invite);
  *invite_seed = self->next_invite;
}

JsonNode *
draw_session_make_create (DrawSession *self, const BoardKey *invite_seed)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "" };
  BoardCreate create = { .board = self->board, .invite = &invite };

  board_key_public (&self->seed, &create.host);
  board_key_public (invite_seed, &invite.key);
  return board_create_build (&create);
}

/* A link takes fewer hosts than an address does, so that it is read like one from elsewhere. */
static char *
print_link (DrawSession *self, GUri *uri, gboolean tls, int port, const BoardKey *invite_seed)
{
  const char *host = g_uri_get_host (uri);
  gboolean brackets = strchr (host, ':') != NULL;
  g_autofree char *invite = board_key_to_text (invite_seed);
  g_autofree char *key = board_key_to_text (&self->key);

  return g_strdup_printf ("%s://%s%s%s:%d/%s#%s.%s", tls ? "drawbridges" : "drawbridge", brackets ? "[" : "",
                          host, brackets ? "]" : "", port, self->board, invite, key);
}

/* The origin's link to this board; NULL and an error when the origin is none. */
static BoardLink *
make_link (DrawSession *self, const char *origin, const BoardKey *invite_seed, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, error);
  g_autofree char *text = NULL;
  BoardLink *link;
  gboolean tls;
  int port;

  if (uri == NULL)
    return NULL;
  tls = g_str_equal (g_uri_get_scheme (uri), "https");
  port = g_uri_get_port (uri);
  if ((!tls && !g_str_equal (g_uri_get_scheme (uri), "http")) || g_uri_get_host (uri) == NULL ||
      g_uri_get_host (uri)[0] == '\0' || port > G_MAXUINT16)
    {
      g_set_error (error, DRAW_ERROR, DRAW_ERROR_SERVER, _("“%s” is not a server’s address."), origin);
      return NULL;
    }
  if (port <= 0)
    port = tls ? 443 : 80;
  text = print_link (self, uri, tls, port, invite_seed);
  link = board_link_parse (text, NULL);
  if (link == NULL)
    g_set_error (error, DRAW_ERROR, DRAW_ERROR_SERVER, _("“%s” is not a server’s address."), origin);
  if (link != NULL)
    link->role = BOARD_LINK_ROLE_EDITOR; /* as draw_session_make_create() says */
  return link;
}

static gboolean
is_shared_at (DrawSession *self, const BoardLink *link)
{
  g_autofree char *ours = self->link != NULL ? board_link_get_origin (self->link) : NULL;
  g_autofree char *theirs = board_link_get_origin (link);

  return !self->moved && g_strcmp0 (ours, theirs) == 0;
}

static void
return_refused (GTask *task, guint status, gboolean has_key, GBytes *answer)
{
  gsize length = 0;
  const char *text = answer != NULL ? g_bytes_get_data (answer, &length) : NULL;
  g_autoptr (JsonNode) node =
      length > 0 ? wire_json_parse (text, length, &wire_json_limits_default, NULL) : NULL;
  BoardRefusal refusal;

  if (node == NULL || !board_refusal_from_json (node, &refusal, NULL))
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER,
                             _("That is not a Drawbridge server (it answers %u)."), status);
  else if (refusal == BOARD_REFUSAL_NOT_INVITED)
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_KEY, "%s",
                             has_key ? _("The server does not take this key. Ask whoever runs it.")
                                     : _("This server takes new boards only with its key. Ask whoever runs "
                                         "it, and enter the key."));
  else
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_REFUSED, "%s",
                             draw_refusal_get_message (refusal));
}

/* Takes the error: of the way there, in words that say what to do. */
static void
return_unreached (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;
  DrawObstacle obstacle = draw_obstacle_of_error (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == DRAW_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s. %s", draw_obstacle_get_title (obstacle),
                             draw_obstacle_get_advice (obstacle));
}

static void
on_refusal_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Share *share = g_task_get_task_data (task);
  g_autoptr (GBytes) answer =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  return_refused (task, soup_message_get_status (share->message), share->has_key, answer);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  DrawSession *self = g_task_get_source_object (task);
  Share *share = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (share->http, result, &error);

  if (stream != NULL && !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (share->message)))
    {
      /* One read: a refusal is short, and a stranger's answer is not waited for to its end. */
      g_input_stream_read_bytes_async (stream, MAX_ANSWER, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), on_refusal_read,
                                       g_object_ref (task));
      return;
    }
  if (error == NULL && self->closed)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, _("The board was closed."));
  if (error != NULL)
    {
      return_unreached (task, error);
      return;
    }
  self->moved = FALSE;
  draw_session_hang_up (self);
  draw_blob_store_set_all_waiting (self->blobs);
  draw_session_set_link (self, share->link);
  draw_session_set_role (self, BOARD_ROLE_HOST);
  draw_session_connect (self);
  g_task_return_boolean (task, TRUE);
}

/* Takes the task. */
static void
send_request (DrawSession *self, GTask *task, const BoardKey *invite_seed, const char *key)
{
  Share *share = g_task_get_task_data (task);
  g_autofree char *origin = board_link_get_origin (share->link);
  g_autofree char *uri = g_strconcat (origin, "/api/boards", NULL);
  g_autoptr (JsonNode) create = draw_session_make_create (self, invite_seed);
  g_autofree char *text = wire_json_print (create, NULL);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  share->http = soup_session_new_with_options ("timeout", CREATE_TIMEOUT_S, NULL);
  share->message = soup_message_new (SOUP_METHOD_POST, uri);
  soup_message_add_flags (share->message, SOUP_MESSAGE_NO_REDIRECT);
  share->has_key = key != NULL;
  if (key != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", key, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (share->message), "Authorization",
                                    bearer);
    }
  soup_message_set_request_body_from_bytes (share->message, "application/json", body);
  soup_session_send_async (share->http, share->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), on_created, task);
}

void
draw_session_share_with_key_async (DrawSession *self, const char *origin, const char *key,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  BoardLink *link;
  BoardKey invite_seed;

  g_return_if_fail (DRAW_IS_SESSION (self) && origin != NULL);
  g_return_if_fail (!self->closed);
  g_return_if_fail (key == NULL || draw_server_key_is_valid (key));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_share_async);
  draw_session_choose_invite (self, &invite_seed);
  link = make_link (self, origin, &invite_seed, &error);
  if (link == NULL)
    g_task_return_error (task, error);
  else if (is_shared_at (self, link))
    {
      board_link_free (link);
      draw_session_connect (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      Share *share = g_new0 (Share, 1);

      share->link = link;
      g_task_set_task_data (task, share, (GDestroyNotify) share_free);
      send_request (self, g_steal_pointer (&task), &invite_seed, key);
    }
  board_key_clear (&invite_seed);
}

void
draw_session_share_async (DrawSession *self, const char *origin, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  draw_session_share_with_key_async (self, origin, NULL, cancellable, callback, user_data);
}

gboolean
draw_session_share_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
