/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/draw-probe.h"

#include <libsoup/soup.h>

#include "../engineio/test-certificate.h"

#define SECRET "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
#define TAIL "/AAAAAAAAAAAAAAAAAAAAAA#" SECRET "." SECRET

/* --- Whoever is at the address: it says the same to everybody --- */

typedef struct {
  GSocketService *service;
  guint16 port;
  const char *answer; /* "": hangs up at once */
  GString *heard;
} Stranger;

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source,
        Stranger *self)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char bytes[2048];
  gssize n;

  if (*self->answer == '\0')
    return TRUE;
  n = g_input_stream_read (in, bytes, sizeof bytes, NULL, NULL);
  if (n > 0)
    g_string_append_len (self->heard, bytes, n);
  g_output_stream_write_all (out, self->answer, strlen (self->answer), NULL, NULL, NULL);
  return TRUE;
}

static void
stranger_init (Stranger *self, const char *answer)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  self->answer = answer;
  self->heard = g_string_new (NULL);
  self->service = g_threaded_socket_service_new (2);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
}

static void
stranger_clear (Stranger *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_string_free (self->heard, TRUE);
}

/* --- Asking --- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static DrawObstacle
probe (const char *scheme, const char *host, guint16 port, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s://%s:%u" TAIL, scheme, host, port);
  g_autoptr (BoardLink) link = board_link_parse (text, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (link);
  draw_probe_async (link, cancellable, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return draw_probe_finish (result, error);
}

#define ANSWER(status, body) "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n" body

static void
test_answers (void)
{
  static const struct {
    const char *scheme, *answer;
    DrawObstacle obstacle;
  } rows[] = {
    { "drawbridge", ANSWER ("200 OK", "{\"status\":\"ok\"}"), DRAW_OBSTACLE_NONE },
    { "drawbridge", ANSWER ("503 Busy", "{\"status\":\"unavailable\"}"), DRAW_OBSTACLE_BUSY },
    { "drawbridge", ANSWER ("200 OK", "<html>"), DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", ANSWER ("200 OK", ""), DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", ANSWER ("200 OK", "[[[[[["), DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", ANSWER ("200 OK", "[]"), DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", ANSWER ("404 Not Found", "{}"), DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", "220 mail.example.org ESMTP\r\n", DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridge", "", DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { "drawbridges", ANSWER ("200 OK", "{\"status\":\"ok\"}"), DRAW_OBSTACLE_NOT_DRAWBRIDGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      Stranger stranger;

      stranger_init (&stranger, rows[i].answer);
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (probe (rows[i].scheme, "127.0.0.1", stranger.port, NULL, &error), ==,
                       rows[i].obstacle);
      g_assert_no_error (error);
      stranger_clear (&stranger);
    }
}

/* Nothing of the link but where it leads. */
static void
test_discreet (void)
{
  Stranger stranger;

  stranger_init (&stranger, ANSWER ("200 OK", "{\"status\":\"ok\"}"));
  g_assert_cmpint (probe ("drawbridge", "127.0.0.1", stranger.port, NULL, NULL), ==,
                   DRAW_OBSTACLE_NONE);
  g_assert_true (g_str_has_prefix (stranger.heard->str, "GET /healthz HTTP/1.1\r\n"));
  g_assert_null (strstr (stranger.heard->str, "AAAAAAAA"));
  g_assert_null (strstr (stranger.heard->str, SECRET));
  stranger_clear (&stranger);
}

static void
test_nobody (void)
{
  Stranger stranger;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  stranger_init (&stranger, "");
  stranger_clear (&stranger); /* the port was free a moment ago */
  g_assert_cmpint (probe ("drawbridge", "127.0.0.1", stranger.port, NULL, NULL), ==,
                   DRAW_OBSTACLE_NOBODY_LISTENS);
  g_cancellable_cancel (cancelled);
  probe ("drawbridge", "127.0.0.1", stranger.port, cancelled, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- TLS with a certificate that nobody vouches for --- */

static gboolean
on_run_tls (GThreadedSocketService *service, GSocketConnection *connection, GObject *source,
            GTlsCertificate *certificate)
{
  g_autoptr (GIOStream) tls
      = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);

  if (tls != NULL)
    g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL);
  return TRUE;
}

static void
test_tls (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (test_certificate, -1, &error);
  Stranger stranger;

  g_assert_no_error (error);
  stranger_init (&stranger, "");
  g_signal_handlers_disconnect_by_data (stranger.service, &stranger);
  g_signal_connect (stranger.service, "run", G_CALLBACK (on_run_tls), certificate);
  g_assert_cmpint (probe ("drawbridges", "127.0.0.1", stranger.port, NULL, NULL), ==,
                   DRAW_OBSTACLE_CERTIFICATE);
  stranger_clear (&stranger);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/answers", test_answers);
  g_test_add_func ("/probe/discreet", test_discreet);
  g_test_add_func ("/probe/nobody", test_nobody);
  g_test_add_func ("/probe/tls", test_tls);
  return g_test_run ();
}
