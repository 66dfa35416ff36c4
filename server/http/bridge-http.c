/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/bridge-http.h"

#include <string.h>

#include "bridge-resources.h"
#include "json/wire-json.h"
#include "log/bridge-log.h"

#define RESOURCES "/org/drawbridge/server/"
/* A BoardCreate is some 400 bytes, its sealed label aside. */
#define MAX_CREATE_BYTES (16 * 1024)

static const WireJsonLimits create_limits = {
  .max_bytes = MAX_CREATE_BYTES,
  .max_depth = 4,
  .max_values = 64,
  .max_members = 16,
  .unique_keys = TRUE,
};

/* Scripts and styles of this server only, no picture, no frame, no form, nobody else. */
static const char policy[]
    = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; "
      "form-action 'none'; frame-ancestors 'none'";

struct _BridgeHttp
{
  SoupServer *soup;   /* owned */
  BridgeStore *store; /* owned */
  BridgeCreatePolicy create;
  GResource *resources; /* borrowed */
};

/* One path, or all below it where it ends with a slash. */
typedef struct
{
  const char *path;
  const char *methods; /* what Allow says */
  void (*handle) (BridgeHttp *self, SoupServerMessage *message, const char *rest);
} Route;

/* A request that waits for the store. */
typedef struct
{
  SoupServerMessage *message; /* owned, paused */
  char *board;                /* owned, nullable */
} Waiting;

/* --- Answers --- */

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *body, gssize length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body,
                                    length < 0 ? strlen (body) : (gsize)length);
}

static void
answer_status (SoupServerMessage *message, guint status)
{
  answer (message, status, "text/plain; charset=utf-8", soup_status_get_phrase (status), -1);
}

static void
answer_json (SoupServerMessage *message, guint status, JsonNode *node)
{
  gsize length = 0;
  g_autofree char *text = wire_json_print (node, &length);

  answer (message, status, "application/json", text, (gssize)length);
}

static void
answer_refusal (SoupServerMessage *message, guint status, BoardRefusal refusal, const char *text)
{
  g_autoptr (JsonNode) node = board_refusal_to_json (refusal, text);

  answer_json (message, status, node);
}

static Waiting *
waiting_new (SoupServerMessage *message, const char *board)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->message = g_object_ref (message);
  waiting->board = g_strdup (board);
  soup_server_message_pause (message);
  return waiting;
}

static void
waiting_free (Waiting *waiting)
{
  soup_server_message_unpause (waiting->message);
  g_object_unref (waiting->message);
  g_free (waiting->board);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

/* --- Health --- */

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  gboolean ok = bridge_store_flush_finish (BRIDGE_STORE (source), result, NULL);

  answer (waiting->message, ok ? SOUP_STATUS_OK : SOUP_STATUS_SERVICE_UNAVAILABLE,
          "application/json", ok ? "{\"status\":\"ok\"}" : "{\"status\":\"unavailable\"}", -1);
}

static void
handle_health (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  bridge_store_flush_async (self->store, on_flushed, waiting_new (message, NULL));
}

/* --- Creating boards --- */

/* 127.0.0.0/8, ::1, and the former as a dual-stack socket shows it. */
static gboolean
is_loopback (GSocketAddress *address)
{
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127 };
  GInetAddress *inet;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return FALSE;
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  return g_inet_address_get_is_loopback (inet)
         || (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6
             && memcmp (g_inet_address_to_bytes (inet), mapped, sizeof mapped) == 0);
}

static void
refuse_create (SoupServerMessage *message, const GError *error)
{
  if (g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_TAKEN))
    answer_refusal (message, SOUP_STATUS_CONFLICT, BOARD_REFUSAL_BAD_REQUEST, error->message);
  else if (g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL))
    answer_refusal (message, SOUP_STATUS_INSUFFICIENT_STORAGE, BOARD_REFUSAL_FULL, error->message);
  else
    answer_refusal (message, SOUP_STATUS_SERVICE_UNAVAILABLE, BOARD_REFUSAL_UNAVAILABLE,
                    "The server cannot store this now");
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  if (!bridge_store_create_finish (BRIDGE_STORE (source), result, &error))
    {
      refuse_create (waiting->message, error);
      return;
    }

  bridge_log (G_LOG_LEVEL_INFO, "board-created", "board", waiting->board, NULL);
  json = g_strdup_printf ("{\"board\":\"%s\"}", waiting->board);
  answer (waiting->message, SOUP_STATUS_CREATED, "application/json", json, -1);
}

static BoardCreate *
read_create (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = NULL;

  if (length == 0 || length > MAX_CREATE_BYTES)
    return NULL;
  node = wire_json_parse (text, length, &create_limits, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return board_create_parse (json_node_get_object (node), NULL);
}

static void
handle_create (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  g_autoptr (BoardCreate) create = NULL;

  if (self->create == BRIDGE_CREATE_OFF
      || !is_loopback (soup_server_message_get_remote_address (message)))
    {
      answer_refusal (message, SOUP_STATUS_FORBIDDEN, BOARD_REFUSAL_NOT_INVITED,
                      "Boards cannot be created here");
      return;
    }
  create = read_create (message);
  if (create == NULL)
    {
      answer_refusal (message, SOUP_STATUS_BAD_REQUEST, BOARD_REFUSAL_BAD_REQUEST,
                      "This is no request for a board");
      return;
    }

  bridge_store_create_async (self->store, create, on_created, waiting_new (message, create->board));
}

/* --- The invitation page --- */

static void
answer_resource (BridgeHttp *self, SoupServerMessage *message, const char *name, const char *type)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (self->resources, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);

  answer (message, SOUP_STATUS_OK, type, g_bytes_get_data (bytes, NULL),
          (gssize)g_bytes_get_size (bytes));
}

/* The same for every board, whether it is here or not: the page tells nothing about boards. */
static void
handle_page (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  if (g_str_equal (rest, "-/page.css"))
    answer_resource (self, message, "page.css", "text/css; charset=utf-8");
  else if (g_str_equal (rest, "-/page.js"))
    answer_resource (self, message, "page.js", "text/javascript; charset=utf-8");
  else if (board_id_is_valid (rest))
    answer_resource (self, message, "page.html", "text/html; charset=utf-8");
  else
    answer_status (message, SOUP_STATUS_NOT_FOUND);
}

/* --- Dispatch --- */

static const Route routes[] = {
  { "/healthz", "GET, HEAD", handle_health },
  { "/api/boards", "POST", handle_create },
  { "/b/", "GET, HEAD", handle_page },
};

/* What comes after the route's path; NULL when it is another path. */
static const char *
route_rest (const Route *route, const char *path)
{
  gsize length = strlen (route->path);

  if (strncmp (path, route->path, length) != 0)
    return NULL;
  return route->path[length - 1] == '/' || path[length] == '\0' ? path + length : NULL;
}

static gboolean
route_takes (const Route *route, const char *method)
{
  g_auto (GStrv) methods = g_strsplit (route->methods, ", ", -1);

  return g_strv_contains ((const char *const *)methods, method);
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  BridgeHttp *self = user_data;
  const Route *route = routes;
  const char *rest = NULL;

  while (route < routes + G_N_ELEMENTS (routes) && (rest = route_rest (route, path)) == NULL)
    route++;

  if (rest == NULL)
    answer_status (message, SOUP_STATUS_NOT_FOUND);
  else if (!route_takes (route, soup_server_message_get_method (message)))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    route->methods);
      answer_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
    }
  else
    route->handle (self, message, rest);
}

BridgeHttp *
bridge_http_new (SoupServer *soup, BridgeStore *store, BridgeCreatePolicy create)
{
  BridgeHttp *self;

  g_return_val_if_fail (SOUP_IS_SERVER (soup) && BRIDGE_IS_STORE (store), NULL);

  self = g_new0 (BridgeHttp, 1);
  self->soup = g_object_ref (soup);
  self->store = g_object_ref (store);
  self->create = create;
  self->resources = bridge_get_resource ();
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    soup_server_add_handler (soup, routes[i].path, on_request, self, NULL);
  return self;
}

void
bridge_http_free (BridgeHttp *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    soup_server_remove_handler (self->soup, routes[i].path);
  g_object_unref (self->store);
  g_object_unref (self->soup);
  g_free (self);
}
