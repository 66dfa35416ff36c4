/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The HTTP surface of Engine.IO: which request means what, and which is refused with which code.
 * What is wrong with a request as HTTP has been refused at the gate.
 */
#include "engineio/eio-server-private.h"

#include "engineio/eio-address.h"
#include "engineio/eio-answer.h"
#include "engineio/eio-guest.h"
#include "engineio/eio-query.h"
#include "engineio/eio-ws-handshake.h"

/* Longest list of headers that a preflight is answered with. */
#define MAX_REQUESTED_HEADERS 1024

/* A request that was judged. */
typedef struct {
  EioServer *server;      /* borrowed */
  GHashTable *query;      /* owned */
  EioTransports transport;
  EioGateStream *stream;  /* borrowed; NULL: somebody else's HTTP server has the connection */
  char *address;          /* owned */
  EioSocket *socket;      /* borrowed; NULL: a handshake */
} Request;

#define REQUEST_INIT { NULL, NULL, 0, NULL, NULL, NULL }

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->query, g_hash_table_unref);
  g_clear_pointer (&request->address, g_free);
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

/* Of a request without a session. */
static gboolean
judge_handshake (Request *request, SoupServerMessage *message, GError **error)
{
  if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    return fail (EIO_ERROR_BAD_METHOD, NULL, error);
  if (eio_server_is_closed (request->server))
    return fail (EIO_ERROR_BAD_REQUEST, NULL, error);
  return TRUE;
}

static gboolean
judge_version (Request *request, GError **error)
{
  if (request->socket == NULL && g_strcmp0 (g_hash_table_lookup (request->query, "EIO"), "4") != 0)
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

static char *
dup_address (EioGateStream *stream, SoupServerMessage *message)
{
  return stream != NULL ? g_strdup (eio_gate_stream_get_address (stream))
                        : eio_address_dup (soup_server_message_get_remote_address (message));
}

/* The order of the reference's checks. */
static gboolean
judge (Request *request, EioServer *server, SoupServerMessage *message, GError **error)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *sid;

  request->server = server;
  request->query = eio_query_parse (g_uri_get_query (uri));
  if (request->query == NULL || g_hash_table_contains (request->query, "j"))
    return fail (EIO_ERROR_BAD_REQUEST, NULL, error);
  request->stream = eio_gate_stream_get (message);
  request->address = dup_address (request->stream, message);
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
  if (eio_server_has_credentials (server))
    soup_message_headers_replace (response, "Access-Control-Allow-Credentials", "true");
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

static void
refuse (EioServer *server, SoupServerMessage *message, const GError *error)
{
  eio_server_tell_refusal (server, message, error);
  eio_answer_error (message, error->code, error->message);
}

/* TRUE: it came to somebody else's server, and the gate would not have let it through. */
static gboolean
refuse_guest (EioServer *server, SoupServerMessage *message)
{
  const EioHttpRules *rules = eio_server_get_rules (server);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  guint status;

  if (eio_gate_stream_get (message) != NULL)
    return FALSE;
  status = eio_guest_judge (rules, message);
  eio_guest_limit_body (message, rules->get_max_body (path, rules->user_data));
  if (status == 0)
    return FALSE;
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
  if (status == 413)
    {
      g_autofree char *address = dup_address (NULL, message);
      g_autofree char *target = g_uri_to_string_partial (soup_server_message_get_uri (message),
                                                         G_URI_HIDE_AUTH_PARAMS);

      eio_endpoint_refused (server, strstr (target, path), address, status);
    }
  return TRUE;
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
  if (refuse_guest (server, message))
    return;
  /* The gate counts a body's bytes; ranges of an answer are nobody's business. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  add_cors (server, message);
  /* A GET has no body to be judged before. */
  if (answer_preflight (server, message) ||
      soup_server_message_get_method (message) == SOUP_METHOD_GET)
    return;
  if (!judge (&request, server, message, &error))
    refuse (server, message, error);
  else if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    begin_post (&request, message);
}

static void
end_post (EioSocket *socket, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) payload = NULL;

  if (!soup_message_body_get_accumulate (body))
    {
      /* A guest's, cut off for its length. */
      close_session (socket);
      eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
      return;
    }
  payload = soup_message_body_flatten (body);
  eio_socket_post_end (socket, message, payload);
}

static gboolean
is_tls (Request *request, SoupServerMessage *message)
{
  return request->stream != NULL ? eio_gate_stream_is_tls (request->stream)
                                 : eio_guest_is_tls (message);
}

static void
begin_polling (Request *request, SoupServerMessage *message)
{
  EioSocketIdentity identity = {
    .address = request->address,
    .is_secure = is_tls (request, message),
    .query = request->query,
    .headers = soup_server_message_get_request_headers (message),
  };
  EioSocket *socket = eio_server_open (request->server, &identity, NULL);

  if (socket != NULL)
    eio_server_add_cookie (request->server, socket, message);
  if (socket == NULL || !eio_socket_poll (socket, message))
    eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
}

/* What is kept until the 101 has been written. */
typedef struct {
  EioServer *server;
  GHashTable *query;
  EioGateStream *stream; /* nullable */
  char *address;
  gboolean is_secure;
  gboolean deflate;
  char *sid; /* nullable */
} Upgrade;

static void
upgrade_free (gpointer data, GClosure *closure)
{
  Upgrade *self = data;

  g_object_unref (self->server);
  g_hash_table_unref (self->query);
  g_clear_object (&self->stream);
  g_free (self->address);
  g_free (self->sid);
  g_free (self);
}

static EioPipe *
take_pipe (Upgrade *self, SoupServerMessage *message, GBytes **early)
{
  g_autoptr (GIOStream) stolen = NULL;

  if (self->stream == NULL)
    return eio_guest_take (message, eio_server_get_websocket_house (self->server)->reactor, early);
  /* A new session's first packet follows in this turn. */
  if (self->sid != NULL)
    eio_gate_stream_uncork (self->stream);
  stolen = soup_server_message_steal_connection (message);
  return eio_gate_stream_take (self->stream, early);
}

static void
open_on_websocket (Upgrade *self, SoupServerMessage *message, EioWebsocket *websocket)
{
  EioSocketIdentity identity = {
    .address = self->address,
    .is_secure = self->is_secure,
    .query = self->query,
    .headers = soup_server_message_get_request_headers (message),
  };

  eio_server_open (self->server, &identity, websocket);
}

static void
on_switched (SoupServerMessage *message, gpointer user_data)
{
  Upgrade *self = user_data;
  g_autoptr (SoupServerMessage) hold = g_object_ref (message);
  g_autoptr (GBytes) early = NULL;
  EioPipe *pipe = take_pipe (self, message, &early);
  EioWebsocket *websocket =
      eio_websocket_new (eio_server_get_websocket_house (self->server), pipe, early);
  EioSocket *socket = NULL;

  if (self->deflate)
    eio_websocket_use_deflate (websocket);
  if (self->sid == NULL)
    open_on_websocket (self, message, websocket);
  else if ((socket = eio_server_lookup (self->server, self->sid, self->address)) != NULL)
    eio_socket_attach (socket, websocket, eio_query_wants_base64 (self->query));
  else
    eio_websocket_free (websocket);
}

static void
begin_websocket (Request *request, SoupServerMessage *message)
{
  gboolean deflate = eio_server_get_websocket_house (request->server)->deflate_from > 0;
  Upgrade *upgrade;

  if (!eio_ws_handshake_answer (message, &deflate))
    return;
  upgrade = g_new0 (Upgrade, 1);
  upgrade->server = g_object_ref (request->server);
  upgrade->query = g_hash_table_ref (request->query);
  upgrade->stream = request->stream != NULL ? g_object_ref (request->stream) : NULL;
  upgrade->address = g_strdup (request->address);
  upgrade->is_secure = is_tls (request, message);
  upgrade->deflate = deflate;
  upgrade->sid = request->socket != NULL ? g_strdup (eio_socket_get_id (request->socket)) : NULL;
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_switched), upgrade,
                         upgrade_free, 0);
}

/* The program may do anything when it is told of the headers, ending the session included. */
static gboolean
tell_headers (Request *request, SoupServerMessage *message, GError **error)
{
  gboolean is_handshake = request->socket == NULL;
  const char *sid = g_hash_table_lookup (request->query, "sid");

  if (!eio_server_tell_headers (request->server, message, is_handshake) || is_handshake)
    return TRUE;
  request->socket = eio_server_lookup (request->server, sid, request->address);
  return request->socket != NULL || fail (EIO_ERROR_UNKNOWN_SID, NULL, error);
}

static void
proceed (Request *request, SoupServerMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (!judge_version (request, &error) || !tell_headers (request, message, &error))
    refuse (request->server, message, error);
  else if (request->transport == EIO_TRANSPORT_WEBSOCKET)
    begin_websocket (request, message);
  else if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    end_post (request->socket, message);
  else if (request->socket == NULL)
    begin_polling (request, message);
  else if (!eio_socket_poll (request->socket, message))
    eio_answer_error (message, EIO_ERROR_BAD_REQUEST, NULL);
}

void
eio_endpoint_decided (EioServer *server,
                      SoupServerMessage *message,
                      const GError *refusal,
                      guint status)
{
  g_auto (Request) request = REQUEST_INIT;
  g_autoptr (GError) error = NULL;

  if (refusal != NULL)
    {
      eio_server_tell_refusal (server, message, refusal);
      eio_answer_refusal (message, status, refusal->message);
    }
  /* The server may have been closed meanwhile. */
  else if (!judge (&request, server, message, &error))
    {
      refuse (server, message, error);
    }
  else
    {
      proceed (&request, message);
    }
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
    refuse (user_data, message, error);
  else if (request.socket == NULL && eio_server_has_allow (user_data))
    eio_server_ask (user_data, message);
  else
    proceed (&request, message);
}

static const char *
get_handled_path (EioServer *server)
{
  const char *base = eio_server_get_base_path (server);

  return *base != '\0' ? base : "/";
}

void
eio_endpoint_attach (EioServer *server, SoupServer *soup)
{
  soup_server_add_early_handler (soup, get_handled_path (server), on_head, server, NULL);
  soup_server_add_handler (soup, get_handled_path (server), on_request, server, NULL);
}

void
eio_endpoint_detach (EioServer *server, SoupServer *soup)
{
  soup_server_remove_handler (soup, get_handled_path (server));
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
