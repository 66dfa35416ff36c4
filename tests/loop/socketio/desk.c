/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "json/wire-json.h"

const Mode modes[] = {
  { "polling", EIO_TRANSPORT_POLLING, FALSE },
  { "websocket", EIO_TRANSPORT_WEBSOCKET, FALSE },
  { "upgrade", EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, TRUE },
};
const guint n_modes = G_N_ELEMENTS (modes);

static gboolean
on_watchdog (gpointer user_data)
{
  g_error ("Waited too long for: %s", (const char *)user_data);
  return G_SOURCE_REMOVE;
}

guint
desk_watch (const char *what)
{
  return g_timeout_add_seconds (120, on_watchdog, (gpointer)what);
}

static void G_GNUC_PRINTF (2, 3) note (Desk *self, const char *format, ...)
{
  va_list list;

  va_start (list, format);
  g_ptr_array_add (self->record, g_strdup_vprintf (format, list));
  va_end (list);
  g_debug ("%s", (char *)self->record->pdata[self->record->len - 1]);
}

static void
on_connected (Desk *self, gboolean recovered)
{
  note (self, recovered ? "connected again" : "connected");
}

static void
on_connect_error (Desk *self, GError *error, JsonNode *data)
{
  g_clear_pointer (&self->last_data, json_node_unref);
  if (data != NULL)
    self->last_data = json_node_copy (data);
  note (self, "connect-error %d %s", error->code, error->message);
}

static void
on_disconnected (Desk *self, SioDisconnectReason reason)
{
  note (self, "disconnected %s", sio_disconnect_reason_to_string (reason, TRUE));
}

static void
on_event (Desk *self, const char *name, SioArgs *args, SioAck *ack)
{
  g_clear_pointer (&self->last_args, sio_args_unref);
  g_clear_pointer (&self->last_ack, sio_ack_unref);
  self->last_args = sio_args_ref (args);
  if (ack != NULL)
    self->last_ack = sio_ack_ref (ack);
  note (self, "event %s %s", name, sio_args_get_json (args));
  if (ack != NULL && self->answers)
    sio_ack_send (ack, args);
}

static void
on_drained (Desk *self)
{
  note (self, "drained");
}

static void
on_open (Desk *self)
{
  note (self, "open");
}

static void
on_closed (Desk *self, SioDisconnectReason reason, GError *error)
{
  note (self, "closed %s%s%s", sio_disconnect_reason_to_string (reason, TRUE),
        error != NULL ? ": " : "", error != NULL ? error->message : "");
}

static void
on_reconnect_scheduled (Desk *self, guint attempt, guint delay_ms)
{
  note (self, "reconnect-scheduled %u", attempt);
}

static void
on_reconnect_attempt (Desk *self, guint attempt)
{
  note (self, "reconnect-attempt %u", attempt);
}

static void
on_reconnect_error (Desk *self, GError *error)
{
  note (self, "reconnect-error %s", error->message);
}

static void
on_reconnected (Desk *self, guint attempt)
{
  note (self, "reconnected %u", attempt);
}

static void
on_reconnect_failed (Desk *self)
{
  note (self, "reconnect-failed");
}

static void
listen_to (Desk *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } client_rows[] = {
    { "open", G_CALLBACK (on_open) },
    { "closed", G_CALLBACK (on_closed) },
    { "reconnect-scheduled", G_CALLBACK (on_reconnect_scheduled) },
    { "reconnect-attempt", G_CALLBACK (on_reconnect_attempt) },
    { "reconnect-error", G_CALLBACK (on_reconnect_error) },
    { "reconnected", G_CALLBACK (on_reconnected) },
    { "reconnect-failed", G_CALLBACK (on_reconnect_failed) },
  }, socket_rows[] = {
    { "connected", G_CALLBACK (on_connected) },
    { "connect-error", G_CALLBACK (on_connect_error) },
    { "disconnected", G_CALLBACK (on_disconnected) },
    { "event", G_CALLBACK (on_event) },
    { "drained", G_CALLBACK (on_drained) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (client_rows); i++)
    g_signal_connect_swapped (self->client, client_rows[i].signal, client_rows[i].handler, self);
  for (gsize i = 0; i < G_N_ELEMENTS (socket_rows); i++)
    g_signal_connect_swapped (self->socket, socket_rows[i].signal, socket_rows[i].handler, self);
}

const char *const *
mode_get_names (const Mode *mode)
{
  static const char *const polling[] = { "polling", NULL };
  static const char *const websocket[] = { "websocket", NULL };

  if (mode->transports == EIO_TRANSPORT_POLLING)
    return polling;
  return mode->transports == EIO_TRANSPORT_WEBSOCKET ? websocket : NULL;
}

Desk *
desk_new (guint port, const Mode *mode, const char *nsp)
{
  Desk *self = g_new0 (Desk, 1);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/?colour=dark%%20blue&EIO=3", port);
  g_autoptr (GError) error = NULL;

  self->client = sio_client_new (uri, &error);
  g_assert_no_error (error);
  g_object_set (self->client, "transports", mode_get_names (mode), "upgrade", mode->upgrade,
                "reconnection-delay", 20, "reconnection-delay-max", 100, NULL);
  self->socket = g_object_ref (sio_client_socket (self->client, nsp));
  self->record = g_ptr_array_new_with_free_func (g_free);
  self->answers = TRUE;
  listen_to (self);
  return self;
}

void
desk_free (Desk *self)
{
  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_object_unref (self->client);
  g_object_unref (self->socket);
  g_ptr_array_unref (self->record);
  g_clear_pointer (&self->last_args, sio_args_unref);
  g_clear_pointer (&self->last_ack, sio_ack_unref);
  g_clear_pointer (&self->last_data, json_node_unref);
  g_free (self);
}

void
desk_connect (Desk *self, const Mode *mode)
{
  sio_client_socket_connect (self->socket);
  desk_expect (self, "connected");
  if (mode->upgrade)
    wait_until (sio_client_get_transport (self->client) == EIO_TRANSPORT_WEBSOCKET);
  else
    g_assert_cmpuint (sio_client_get_transport (self->client), ==, mode->transports);
}

static int
find (Desk *self, const char *begin)
{
  for (guint i = 0; i < self->record->len; i++)
    if (g_str_has_prefix (self->record->pdata[i], begin))
      return (int)i;
  return -1;
}

const char *
desk_expect (Desk *self, const char *begin)
{
  static char *found;
  int i;

  wait_until (find (self, begin) >= 0);
  i = find (self, begin);
  g_free (found);
  found = g_strdup ((const char *)self->record->pdata[i] + strlen (begin));
  g_ptr_array_remove_range (self->record, 0, (guint)i + 1);
  return found;
}

void
desk_forget (Desk *self)
{
  g_ptr_array_set_size (self->record, 0);
}

guint
desk_count (Desk *self, const char *begin)
{
  guint n = 0;

  for (guint i = 0; i < self->record->len; i++)
    n += g_str_has_prefix (self->record->pdata[i], begin);
  return n;
}

SioArgs *
args_from_json (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root
      = wire_json_parse (json, strlen (json), &wire_json_limits_default, &error);
  SioArgs *args = sio_args_new ();
  JsonArray *array;

  g_assert_no_error (error);
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    sio_args_add_node (args, json_array_get_element (array, i));
  return args;
}

void
desk_emit (Desk *self, const char *event, const char *json)
{
  g_autoptr (SioArgs) args = args_from_json (json);

  g_assert_true (sio_client_socket_emit (self->socket, event, args));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

SioArgs *
desk_ask (Desk *self, const char *event, SioArgs *args, guint timeout_ms, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sio_client_socket_emit_with_ack_async (self->socket, event, args, timeout_ms, NULL, on_answer,
                                         &result);
  wait_until (result != NULL);
  return sio_client_socket_emit_with_ack_finish (self->socket, result, error);
}

char *
desk_ask_json (Desk *self, const char *event, const char *json)
{
  g_autoptr (SioArgs) args = args_from_json (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (SioArgs) answer = desk_ask (self, event, args, 0, &error);

  g_assert_no_error (error);
  return g_strdup (sio_args_get_json (answer));
}
