/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/bridge-http.h"

#include <string.h>

#include "bridge-resources.h"
#include "http/bridge-answer.h"
#include "json/wire-json.h"
#include "log/bridge-log.h"
#include "log/bridge-metrics.h"

#define BLOB_PATH "/blob/"
#define SNAPSHOT_PATH "/snapshot/"
#define RESOURCES "/org/drawbridge/server/"
/* A BoardCreate is some 400 bytes, its sealed label aside. */
#define MAX_CREATE_BYTES (16 * 1024)
#define BEARER "Bearer "

static const WireJsonLimits create_limits = {
  .max_bytes = MAX_CREATE_BYTES,
  .max_depth = 4,
  .max_values = 64,
  .max_members = 16,
  .unique_keys = TRUE,
};

struct _BridgeHttp {
  SoupServer *soup;      /* owned */
  BridgeStore *store;    /* owned */
  BridgeBlobHttp *blobs; /* owned */
  BridgeBlobHttp *snapshots; /* owned */
  void (*print_gauges) (GString *out, gpointer user_data);
  gpointer user_data;
  BridgeCreatePolicy create;
  char *create_key; /* owned, nullable */
  BridgeMetricsPolicy metrics;
  GResource *resources; /* borrowed */
};

/* One path, or all below it where it ends with a slash. */
typedef struct {
  const char *path;
  const char *methods; /* what Allow says */
  void (*handle) (BridgeHttp *self, SoupServerMessage *message, const char *rest);
} Route;

/* A request that waits for the store. */
typedef struct {
  SoupServerMessage *message; /* owned, paused */
  char *board;                /* owned, nullable */
} Waiting;

/* --- Waiting for the store --- */

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

  bridge_answer (waiting->message, ok ? SOUP_STATUS_OK : SOUP_STATUS_SERVICE_UNAVAILABLE,
                 "application/json", ok ? "{\"status\":\"ok\"}" : "{\"status\":\"unavailable\"}",
                 -1);
}

static void
handle_health (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  bridge_store_flush_async (self->store, on_flushed, waiting_new (message, NULL));
}

/* --- Creating boards --- */

static void
refuse_create (SoupServerMessage *message, const GError *error)
{
  if (g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_TAKEN))
    bridge_answer_refusal (message, SOUP_STATUS_CONFLICT, BOARD_REFUSAL_BAD_REQUEST,
                           error->message);
  else if (g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL))
    bridge_answer_refusal (message, SOUP_STATUS_INSUFFICIENT_STORAGE, BOARD_REFUSAL_FULL,
                           error->message);
  else
    bridge_answer_refusal (message, SOUP_STATUS_SERVICE_UNAVAILABLE, BOARD_REFUSAL_UNAVAILABLE,
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
  bridge_answer (waiting->message, SOUP_STATUS_CREATED, "application/json", json, -1);
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

/* How long it takes says nothing of where the first wrong character is. */
static gboolean
is_same_text (const char *a, const char *b)
{
  gsize length = strlen (b);
  guint8 difference = strlen (a) != length;

  for (gsize i = 0; i < length && a[i] != '\0'; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

static gboolean
has_key (BridgeHttp *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");

  return header != NULL && self->create_key != NULL && g_str_has_prefix (header, BEARER)
         && is_same_text (header + strlen (BEARER), self->create_key);
}

static gboolean
may_create (BridgeHttp *self, SoupServerMessage *message)
{
  switch (self->create)
    {
    case BRIDGE_CREATE_OPEN_ON_LOOPBACK:
      return bridge_message_is_local (message);
    case BRIDGE_CREATE_KEY:
      return has_key (self, message);
    case BRIDGE_CREATE_OFF:
      return FALSE;
    }
  g_assert_not_reached ();
}

static void
handle_create (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  g_autoptr (BoardCreate) create = NULL;

  if (!may_create (self, message))
    {
      bridge_answer_refusal (message, SOUP_STATUS_FORBIDDEN, BOARD_REFUSAL_NOT_INVITED,
                             "Boards cannot be created here");
      return;
    }
  create = read_create (message);
  if (create == NULL)
    {
      bridge_answer_refusal (message, SOUP_STATUS_BAD_REQUEST, BOARD_REFUSAL_BAD_REQUEST,
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

  bridge_answer (message, SOUP_STATUS_OK, type, g_bytes_get_data (bytes, NULL),
                 (gssize) g_bytes_get_size (bytes));
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
    bridge_answer_status (message, SOUP_STATUS_NOT_FOUND);
}

/* --- Blobs, metrics --- */

static void
handle_blob (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  bridge_blob_http_handle (self->blobs, message, rest);
}

static void
handle_snapshot (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  bridge_blob_http_handle (self->snapshots, message, rest);
}

static void
handle_metrics (BridgeHttp *self, SoupServerMessage *message, const char *rest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->metrics == BRIDGE_METRICS_OFF
      || (self->metrics == BRIDGE_METRICS_LOOPBACK && !bridge_message_is_local (message)))
    {
      bridge_answer_status (message, SOUP_STATUS_FORBIDDEN);
      return;
    }
  bridge_counts_print (text);
  self->print_gauges (text, self->user_data);
  bridge_answer (message, SOUP_STATUS_OK, "text/plain; version=0.0.4; charset=utf-8", text->str,
                 (gssize) text->len);
}

/* --- Dispatch --- */

static const Route routes[] = {
  { "/healthz", "GET, HEAD", handle_health },  { "/api/boards", "POST", handle_create },
  { "/b/", "GET, HEAD", handle_page },         { BLOB_PATH, "GET, HEAD, PUT", handle_blob },
  { "/metrics", "GET, HEAD", handle_metrics }, { SNAPSHOT_PATH, "GET, HEAD, PUT", handle_snapshot },
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

  return g_strv_contains ((const char *const *) methods, method);
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
    bridge_answer_status (message, SOUP_STATUS_NOT_FOUND);
  else if (!route_takes (route, soup_server_message_get_method (message)))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    route->methods);
      bridge_answer_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
    }
  else
    route->handle (self, message, rest);
}

/* The head has come, the body has not: what is too large is refused before it is read, since all of
 * it but a blob is gathered in memory. */
static void
on_head (SoupServer *soup,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  BridgeHttp *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);

  gboolean put = soup_server_message_get_method (message) == SOUP_METHOD_PUT;

  if (put && g_str_has_prefix (path, BLOB_PATH))
    bridge_blob_http_begin (self->blobs, message, path + strlen (BLOB_PATH));
  else if (put && g_str_has_prefix (path, SNAPSHOT_PATH))
    bridge_blob_http_begin (self->snapshots, message, path + strlen (SNAPSHOT_PATH));
  else if (encoding == SOUP_ENCODING_CHUNKED
           || (encoding == SOUP_ENCODING_CONTENT_LENGTH
               && soup_message_headers_get_content_length (headers) > MAX_CREATE_BYTES))
    bridge_answer_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
}

BridgeHttp *
bridge_http_new (const BridgeHttpOptions *options, const BridgeConfig *config)
{
  BridgeHttp *self;

  g_return_val_if_fail (options != NULL && SOUP_IS_SERVER (options->soup), NULL);
  g_return_val_if_fail (BRIDGE_IS_STORE (options->store) && config != NULL, NULL);

  self = g_new0 (BridgeHttp, 1);
  self->soup = g_object_ref (options->soup);
  self->store = g_object_ref (options->store);
  self->blobs = bridge_blob_http_new (options->blobs, &config->limits, options->presence,
                                      options->user_data);
  self->snapshots = bridge_blob_http_new (bridge_blobs_get_snapshots (options->blobs),
                                          &config->limits, options->presence, options->user_data);
  self->print_gauges = options->print_gauges;
  self->user_data = options->user_data;
  self->resources = bridge_get_resource ();
  bridge_http_configure (self, config);
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      soup_server_add_early_handler (self->soup, routes[i].path, on_head, self, NULL);
      soup_server_add_handler (self->soup, routes[i].path, on_request, self, NULL);
    }
  soup_server_add_early_handler (self->soup, NULL, on_head, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  return self;
}

void
bridge_http_configure (BridgeHttp *self, const BridgeConfig *config)
{
  g_return_if_fail (self != NULL && config != NULL);

  self->create = config->create;
  self->metrics = config->metrics;
  g_free (self->create_key);
  self->create_key = g_strdup (config->create_key);
  bridge_blob_http_set_limits (self->blobs, &config->limits);
  bridge_blob_http_set_limits (self->snapshots, &config->limits);
}

void
bridge_http_free (BridgeHttp *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    soup_server_remove_handler (self->soup, routes[i].path);
  soup_server_remove_handler (self->soup, NULL);
  bridge_blob_http_free (self->blobs);
  bridge_blob_http_free (self->snapshots);
  g_free (self->create_key);
  g_object_unref (self->store);
  g_object_unref (self->soup);
  g_free (self);
}
