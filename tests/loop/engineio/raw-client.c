/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "raw-client.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

struct _RawClient {
  GSocket *socket;
  GIOStream *tls; /* nullable */
  GSource *source;
  GByteArray *input;
  gboolean ended;
};

static gssize
receive (RawClient *self, char *bytes, gsize size)
{
  if (self->tls != NULL)
    return g_pollable_input_stream_read_nonblocking (
        G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->tls)), bytes, size, NULL, NULL);
  return recv (g_socket_get_fd (self->socket), bytes, size, MSG_DONTWAIT);
}

static gboolean
on_readable (GObject *source, gpointer user_data)
{
  RawClient *self = user_data;
  char bytes[65536];
  gssize n;

  errno = EAGAIN;
  n = receive (self, bytes, sizeof bytes);
  if (n > 0)
    g_byte_array_append (self->input, (guint8 *) bytes, n);
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    self->ended = TRUE;
  return self->ended ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
on_socket_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  return on_readable (NULL, user_data);
}

static void
stop_reading (RawClient *self)
{
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

void
raw_client_set_reading (RawClient *self, gboolean reading)
{
  if (!reading && self->source != NULL)
    stop_reading (self);
  if (!reading || self->source != NULL)
    return;
  self->source = g_socket_create_source (self->socket, G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_socket_readable), self, NULL);
  g_source_attach (self->source, NULL);
}

RawClient *
raw_client_new (guint16 port)
{
  RawClient *self = g_new0 (RawClient, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);

  self->input = g_byte_array_new ();
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                               &error);
  g_assert_no_error (error);
  g_socket_connect (self->socket, address, NULL, &error);
  g_assert_no_error (error);
  raw_client_set_reading (self, TRUE);
  return self;
}

static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return TRUE;
}

void
raw_client_start_tls (RawClient *self)
{
  g_autoptr (GSocketConnection) base = g_socket_connection_factory_create_connection (self->socket);
  g_autoptr (GError) error = NULL;

  stop_reading (self);
  self->tls = g_tls_client_connection_new (G_IO_STREAM (base), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
  self->source = g_pollable_input_stream_create_source (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->tls)), NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, NULL);
}

void
raw_client_free (RawClient *self)
{
  if (self->source != NULL)
    stop_reading (self);
  g_clear_object (&self->tls);
  g_object_unref (self->socket);
  g_byte_array_unref (self->input);
  g_free (self);
}

static gssize
transmit (RawClient *self, const char *bytes, gsize size)
{
  if (self->tls != NULL)
    return g_pollable_output_stream_write_nonblocking (
        G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->tls)), bytes, size, NULL,
        NULL);
  return send (g_socket_get_fd (self->socket), bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void
raw_client_send_bytes (RawClient *self, gconstpointer data, gsize size)
{
  const char *at = data;
  int64_t deadline = g_get_monotonic_time () + RAW_PATIENCE;

  while (size > 0 && g_get_monotonic_time () < deadline)
    {
      gssize n;

      errno = EAGAIN;
      n = transmit (self, at, size);
      if (n > 0)
        {
          at += n;
          size -= n;
          continue;
        }
      /* A server that has had enough may be gone. */
      if (errno != EAGAIN && self->tls == NULL)
        return;
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (size, ==, 0);
}

void
raw_client_send (RawClient *self, const char *text)
{
  raw_client_send_bytes (self, text, strlen (text));
}

/* Nothing is on its way to the other end's kernel. */
static gboolean
is_delivered (gpointer data)
{
  RawClient *self = data;
  int n = -1;

  return ioctl (g_socket_get_fd (self->socket), SIOCOUTQ, &n) == 0 && n == 0;
}

void
raw_client_deliver (RawClient *self)
{
  while (!is_delivered (self))
    g_main_context_iteration (NULL, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
raw_client_send_frame (RawClient *self, guint8 first, gconstpointer data, gsize size)
{
  static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 header[10] = { first, 0x80 | (size < 126 ? size : size < 65536 ? 126 : 127) };
  gsize n = size < 126 ? 0 : size < 65536 ? 2 : 8;

  for (gsize i = 0; i < n; i++)
    header[2 + i] = (guint64) size >> 8 * (n - 1 - i) & 0xff;
  g_byte_array_append (frame, header, 2 + n);
  g_byte_array_append (frame, mask, sizeof mask);
  if (size > 0)
    g_byte_array_append (frame, data, size);
  for (gsize i = 0; i < size; i++)
    frame->data[6 + n + i] ^= mask[i % 4];
  raw_client_send_bytes (self, frame->data, frame->len);
}

void
raw_client_send_text_frame (RawClient *self, const char *text)
{
  raw_client_send_frame (self, 0x81, text, strlen (text));
}

static gboolean
on_impatience (gpointer user_data)
{
  g_error ("What was awaited did not come");
  return G_SOURCE_REMOVE;
}

void
raw_await (RawCondition condition, gpointer data)
{
  guint id;

  if (condition (data))
    return;
  id = g_timeout_add (RAW_PATIENCE / 1000, on_impatience, NULL);
  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

typedef struct {
  RawClient *client;
  const char *text;
  gsize end;
} Search;

static gboolean
has_text (gpointer data)
{
  Search *self = data;
  GByteArray *input = self->client->input;
  const char *at = input->len > 0
                       ? memmem (input->data, input->len, self->text, strlen (self->text)) : NULL;

  if (at != NULL)
    self->end = at - (const char *) input->data + strlen (self->text);
  else if (self->client->ended)
    g_error ("\"%s\" did not come, but this and the end: \"%.*s\"", self->text, (int) input->len,
             input->data);
  return at != NULL;
}

void
raw_client_expect (RawClient *self, const char *text)
{
  Search search = { self, text, 0 };

  raw_await (has_text, &search);
  g_byte_array_remove_range (self->input, 0, search.end);
}

static gboolean
is_ended (gpointer data)
{
  return ((RawClient *) data)->ended;
}

void
raw_client_expect_end (RawClient *self)
{
  raw_await (is_ended, self);
}

/* The length of the answer at the beginning of the input, 0 if it is not whole. */
static gsize
answer_length (RawClient *self)
{
  const char *text = (const char *) self->input->data;
  const char *end = text != NULL ? memmem (text, self->input->len, "\r\n\r\n", 4) : NULL;
  const char *length;
  gsize size;

  if (end == NULL)
    return 0;
  size = end + 4 - text;
  length = memmem (text, size, "Content-Length: ", 16);
  size += length != NULL ? g_ascii_strtoull (length + 16, NULL, 10) : 0;
  return size <= self->input->len ? size : 0;
}

static gboolean
has_answer (gpointer data)
{
  RawClient *self = data;

  if (answer_length (self) == 0 && self->ended)
    g_error ("No answer but the end: \"%.*s\"", (int) self->input->len, self->input->data);
  return answer_length (self) > 0;
}

char *
raw_client_take_answer (RawClient *self)
{
  gsize length;
  char *answer;

  raw_await (has_answer, self);
  length = answer_length (self);
  answer = g_malloc (length + 1);
  memcpy (answer, self->input->data, length);
  answer[length] = '\0';
  g_byte_array_remove_range (self->input, 0, length);
  return answer;
}

static gsize
frame_length (RawClient *self, gsize *header)
{
  const guint8 *bytes = self->input->data;
  gsize n, size = 0;

  if (self->input->len < 2)
    return 0;
  n = bytes[1] < 126 ? 0 : bytes[1] == 126 ? 2 : 8;
  if (self->input->len < 2 + n)
    return 0;
  for (gsize i = 0; i < n; i++)
    size = size << 8 | bytes[2 + i];
  *header = 2 + n;
  size = n == 0 ? bytes[1] : size;
  return *header + size <= self->input->len ? *header + size : 0;
}

static gboolean
has_frame (gpointer data)
{
  RawClient *self = data;
  gsize header;

  if (frame_length (self, &header) == 0 && self->ended)
    g_error ("No frame but the end");
  return frame_length (self, &header) > 0;
}

char *
raw_client_take_frame (RawClient *self, guint8 *first, gsize *size)
{
  gsize header = 0, length;
  char *payload;

  raw_await (has_frame, self);
  length = frame_length (self, &header);
  payload = g_malloc (length - header + 1);
  memcpy (payload, self->input->data + header, length - header);
  payload[length - header] = '\0';
  if (first != NULL)
    *first = self->input->data[0];
  if (size != NULL)
    *size = length - header;
  g_byte_array_remove_range (self->input, 0, length);
  return payload;
}

GByteArray *
raw_client_get_input (RawClient *self)
{
  return self->input;
}

gboolean
raw_client_is_ended (RawClient *self)
{
  return self->ended;
}

/* Closes with RST. */
void
raw_client_reset (RawClient *self)
{
  const struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  if (self->source != NULL)
    stop_reading (self);
  g_socket_close (self->socket, NULL);
}

void
raw_client_end_writing (RawClient *self)
{
  shutdown (g_socket_get_fd (self->socket), SHUT_WR);
}

void
raw_client_ask_switch (RawClient *self, const char *target, const char *fields)
{
  g_autofree char *head = g_strdup_printf (
      "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n", target,
      fields);

  raw_client_send (self, head);
}

void
raw_client_switch (RawClient *self, const char *target)
{
  raw_client_ask_switch (self, target, "");
  raw_client_expect (self, "HTTP/1.1 101 ");
  raw_client_expect (self, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
  raw_client_expect (self, "\r\n");
}

void
raw_client_get (RawClient *self, const char *target)
{
  g_autofree char *head = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", target);

  raw_client_send (self, head);
}

void
raw_client_post (RawClient *self, const char *target, const char *body)
{
  g_autofree char *request = g_strdup_printf (
      "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain;charset=UTF-8\r\n"
      "Content-Length: %zu\r\n\r\n%s", target, strlen (body), body);

  raw_client_send (self, request);
}
