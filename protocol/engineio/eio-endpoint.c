/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The HTTP surface of Engine.IO: which request means what, and which is refused with which code.
 * What is wrong with a request as HTTP has been refused at the gate.
 */
#include "engineio/eio-server-private.h"

#include "engineio/eio-answer.h"
#include "engineio/eio-query.h"
#include "engineio/eio-ws-handshake.h"

/* Longest list of headers that a preflight is answered with. */
#define MAX_REQUESTED_HEADERS 1024

/* A request that was judged. */
typedef struct {
  EioServer *server;      /* borrowed */
  GHashTable *query;      /* owned */
  EioTransports transport;
  const char *address;    /* borrowed */
  EioSocket *socket;      /* borrowed; NULL: a handshake */
} Request;

#define REQUEST_INIT { NULL, NULL, 0, NULL, NULL }

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->query, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static gboolean
fail (EioError code, const char *text, GError **error)
{
  g_set_error_literal (error, EIO_ERROR, code, text != NULL ? text : eio_answer_text (code));
  return FALSE;
}

static EioTransports
read_transport (GHashTable *query)
{
  const char *name = g_hash_table_lookup (query, "transport");

  if (g_strcmp0 (name, "polling") == 0)
    return EIO_TRANSPORT_POLLING;
  return g_strcmp0 (name, "websocket") == 0 ? EIO_TRANSPORT_WEBSOCKET : 0;
}

/* Method and version of a request without a session. */
static gboolean
judge_handshake (Request *request, SoupServerMessage *message, GError **error)
{
  if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    return fail (EIO_ERROR_BAD_METHOD, NULL, error);
  if (!eio_server_allow (request->server, message, error))
    return FALSE;
  if (g_strcmp0 (g_hash_table_lookup (request->query, "EIO"), "4") != 0)
    return fail (EIO_ERROR_UNSUPPORTED_VERSION, NULL, error);
  return TRUE;
}

static gboolean
judge_session (Request *request, SoupServerMessage *message, GError **error)
{
  const char *method = soup_server_message_get_method (message);
  gboolean on_websocket = eio_socket_get_transport (request->socket) == EIO_TRANSPORT_WEBSOCKET;

  if (method != SOUP_METHOD_GET && method != SOUP_METHOD_POST)
    return fail (EIO_ERROR_BAD_METHOD, NULL, error);
  /* A websocket for a session on websocket is accepted and closed, as the protocol's suite wants. */
  if (on_websocket && request->transport == EIO_TRANSPORT_POLLING)
    return fail (EIO_ERROR_BAD_REQUEST, NULL, error);
  if (request->transport == EIO_TRANSPORT_WEBSOCKET &&
      !eio_server_get_allow_upgrades (request->server))
    return fail (EIO_ERROR_BAD_REQUEST, NULL, error);
  return TRUE;
}

/* The order of the reference's checks. */
static gboolean
judge (Request *request, EioServer *server, SoupServerMessage *message, GError **error)
{
  GUri *uri = soup_server_message_get_uri (message);
  EioGateStream *stream = eio_gate_stream_get (message);
  const char *sid;

  request->server = server;
  request->query = eio_query_parse (g_uri_get_query (uri));
  if (request->query == NULL || stream == NULL || g_hash_table_contains (request->query, "j"))
    return fail (EIO_ERROR_BAD_REQUEST, NULL, error);
  request->address = eio_gate_stream_get_address (stream);
  request->transport = read_transport (request->query);
  if ((request->transport & eio_server_get_transports (server)) == 0)
    return fail (EIO_ERROR_UNKNOWN_TRANSPORT, NULL, error);
  sid = g_hash_table_lookup (request->query, "sid");
  if (sid != NULL && *sid != '\0')
    {
      request->socket = eio_server_lookup (server, sid, request->address);
      if (request->socket == NULL)
        return fail (EIO_ERROR_UNKNOWN_SID, NULL, error);
    }
  if ((request->transport == EIO_TRANSPORT_WEBSOCKET) != eio_ws_handshake_is_wanted (message))
    return fail (EIO_ERROR_BAD_REQUEST, NULL, error);
  return request->socket != NULL ? judge_session (request, message, error)
                                 : judge_handshake (request, message, error);
}

/* The gate has let only allowed origins through. */
static void
add_cors (EioServer *server, SoupServerMessage *message)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *origin = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Origin");

  soup_message_headers_replace (response, "X-Content-Type-Options", "nosniff");
  if (origin == NULL || !eio_server_has_origins (server))
    return;
  soup_message_headers_replace (response, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (response, "Vary", "Origin");
}

/* TRUE: it was a preflight of an allowed origin, and is answered. */
static gboolean
answer_preflight (EioServer *server, SoupServerMessage *message)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *wanted = soup_message_headers_get_list (request, "Access-Control-Request-Headers");

  if (soup_server_message_get_method (message) != SOUP_METHOD_OPTIONS ||
      !eio_server_has_origins (server) || !soup_message_headers_get_one (request, "Origin"))
    return FALSE;
  soup_message_headers_replace (response, "Access-Control-Allow-Methods", "GET,POST");
  if (wanted != NULL && strlen (wanted) <= MAX_REQUESTED_HEADERS)
    soup_message_headers_replace (response, "Access-Control-Allow-Headers", wanted);
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  return TRUE;
}

static gboolean
is_our_path (EioServer *server, const char *path)
{
  const char *base = eio_server_get_base_path (server);
  gsize length = strlen (base);

  return strncmp (path, base, length) == 0 && (path[length] == '\0' ||
                                               g_str_equal (path + length, "/"));
}

static void
close_session (gpointer socket)
{
  if (eio_socket_is_open (socket))
    eio_socket_transport_error (socket);
}

static void
begin_post (Request *request, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  /* Version 4 carries binary as base64 within text; 6.6.7 of the reference refuses the same. */
  if (g_strcmp0 (type, "application/octet-stream") == 0)
    {
      close_session (request->socket);
      eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
    }
  else if (!eio_socket_post_begin (request->socket, message))
    {
      eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
    }
}

/* The head has come; a body may follow. */
static void
on_head (SoupServer *soup,
         SoupServerMessage *message,
         const char *path,
         GHashTable *soup_query,
         gpointer user_data)
{
  EioServer *server = user_data;
  g_auto (Request) request = REQUEST_INIT;
  g_autoptr (GError) error = NULL;

  if (!is_our_path (server, path))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  /* The gate counts a body's bytes; ranges of an answer are nobody's business. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  add_cors (server, message);
  /* A GET has no body to be judged before; it is judged once, with allow-request. */
  if (answer_preflight (server, message) ||
      soup_server_message_get_method (message) == SOUP_METHOD_GET)
    return;
  if (!judge (&request, server, message, &error))
    eio_answer_error (message, error->code, error->message);
  else if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    begin_post (&request, message);
}

static void
end_post (EioSocket *socket, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) payload = soup_message_body_flatten (body);

  eio_socket_post_end (socket, message, payload);
}

static void
begin_polling (Request *request, SoupServerMessage *message)
{
  EioSocket *socket = eio_server_open (request->server, message, request->query,
                                       eio_gate_stream_get (message), NULL);

  if (socket == NULL || !eio_socket_poll (socket, message))
    eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
}

/* What is kept until the 101 has been written. */
typedef struct {
  EioServer *server;
  GHashTable *query;
  EioGateStream *stream;
  char *sid;
} Upgrade;

static void
upgrade_free (gpointer data, GClosure *closure)
{
  Upgrade *self = data;

  g_object_unref (self->server);
  g_hash_table_unref (self->query);
  g_object_unref (self->stream);
  g_free (self->sid);
  g_free (self);
}

static EioWebsocket *
take_over (Upgrade *self, SoupServerMessage *message)
{
  g_autoptr (GIOStream) stolen = soup_server_message_steal_connection (message);
  g_autoptr (GBytes) early = NULL;
  EioPipe *pipe = eio_gate_stream_take (self->stream, &early);

  return eio_websocket_new (eio_server_get_websocket_house (self->server), pipe, early);
}

static void
on_switched (SoupServerMessage *message, gpointer user_data)
{
  Upgrade *self = user_data;
  const char *address = eio_gate_stream_get_address (self->stream);
  g_autoptr (SoupServerMessage) hold = g_object_ref (message);
  EioWebsocket *websocket = take_over (self, message);
  EioSocket *socket = NULL;

  if (self->sid == NULL)
    eio_server_open (self->server, message, self->query, self->stream, websocket);
  else if ((socket = eio_server_lookup (self->server, self->sid, address)) != NULL)
    eio_socket_attach (socket, websocket);
  else
    eio_websocket_free (websocket);
}

static void
begin_websocket (Request *request, SoupServerMessage *message)
{
  Upgrade *upgrade;

  if (!eio_ws_handshake_answer (message))
    return;
  upgrade = g_new0 (Upgrade, 1);
  upgrade->server = g_object_ref (request->server);
  upgrade->query = g_hash_table_ref (request->query);
  upgrade->stream = g_object_ref (eio_gate_stream_get (message));
  upgrade->sid = request->socket != NULL ? g_strdup (eio_socket_get_id (request->socket)) : NULL;
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_switched), upgrade,
                         upgrade_free, 0);
}

/* The request has come whole. */
static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *soup_query,
            gpointer user_data)
{
  g_auto (Request) request = REQUEST_INIT;
  g_autoptr (GError) error = NULL;

  /* The session may have ended while the body came. */
  if (!judge (&request, user_data, message, &error))
    eio_answer_error (message, error->code, error->message);
  else if (request.transport == EIO_TRANSPORT_WEBSOCKET)
    begin_websocket (&request, message);
  else if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    end_post (request.socket, message);
  else if (request.socket == NULL)
    begin_polling (&request, message);
  else if (!eio_socket_poll (request.socket, message))
    eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
}

void
eio_endpoint_attach (EioServer *server, SoupServer *soup)
{
  const char *base = eio_server_get_base_path (server);

  soup_server_add_early_handler (soup, *base != '\0' ? base : "/", on_head, server, NULL);
  soup_server_add_handler (soup, *base != '\0' ? base : "/", on_request, server, NULL);
}

void
eio_endpoint_refused (EioServer *server, const char *target, const char *address, guint status)
{
  const char *mark = target != NULL ? strchr (target, '?') : NULL;
  g_autofree char *path = mark != NULL ? g_strndup (target, mark - target) : NULL;
  g_autoptr (GHashTable) query = NULL;
  const char *sid;
  EioSocket *socket;

  /* Of what the gate refuses, only a body that is too long speaks for a real client of a session. */
  if (status != 413 || path == NULL || !is_our_path (server, path))
    return;
  query = eio_query_parse (mark + 1);
  sid = query != NULL ? g_hash_table_lookup (query, "sid") : NULL;
  socket = sid != NULL ? eio_server_lookup (server, sid, address) : NULL;
  if (socket != NULL)
    close_session (socket);
}
