/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-probe.h"

#include <libsoup/soup.h>
#include <string.h>

#include "json/wire-json.h"

#define TIMEOUT_S 8
#define MAX_ANSWER 1024

static void
probe_return (GTask *task, DrawObstacle obstacle)
{
  g_task_return_int (task, (gssize) obstacle);
}

/* What a health check says: {"status":"ok"}, or anything else in its place. */
static DrawObstacle
judge (guint status, GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node =
      length > 0 ? wire_json_parse (text, length, &wire_json_limits_default, NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      !json_object_has_member (json_node_get_object (node), "status"))
    return DRAW_OBSTACLE_NOT_DRAWBRIDGE;
  return SOUP_STATUS_IS_SUCCESSFUL (status) ? DRAW_OBSTACLE_NONE : DRAW_OBSTACLE_BUSY;
}

static void
return_error (GTask *task, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_info ("the server cannot be reached: %s", error->message);
  probe_return (task, draw_obstacle_of_error (error));
  g_error_free (error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SoupMessage *message = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    return_error (task, error);
  else
    probe_return (task, judge (soup_message_get_status (message), bytes));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      return_error (task, error);
      return;
    }
  /* One read: the right answer is short, and a stranger's is not waited for to its end. */
  g_input_stream_read_bytes_async (stream, MAX_ANSWER, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_read, g_object_ref (task));
}

/* A network that is not there fails in many ways; this computer alone is always in reach. */
static gboolean
is_out_of_reach (const BoardLink *link)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (link->host);

  if ((address != NULL && g_inet_address_get_is_loopback (address)) ||
      g_str_equal (link->host, "localhost"))
    return FALSE;
  return !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

void
draw_probe_async (const BoardLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *uri = NULL;
  SoupMessage *message;

  g_return_if_fail (link != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_probe_async);
  origin = board_link_get_origin (link);
  uri = g_strconcat (origin, "/healthz", NULL);
  session = soup_session_new_with_options ("timeout", TIMEOUT_S, NULL);
  message = soup_message_new (SOUP_METHOD_GET, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_task_set_task_data (task, message, g_object_unref);
  if (is_out_of_reach (link))
    probe_return (task, DRAW_OBSTACLE_NO_NETWORK);
  else
    soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, on_answered,
                             g_object_ref (task));
}

DrawObstacle
draw_probe_finish (GAsyncResult *result, GError **error)
{
  gssize obstacle;

  g_return_val_if_fail (g_task_is_valid (result, NULL), DRAW_OBSTACLE_NONE);

  obstacle = g_task_propagate_int (G_TASK (result), error);
  return obstacle >= 0 ? (DrawObstacle) obstacle : DRAW_OBSTACLE_NONE;
}
