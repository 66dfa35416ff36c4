/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-admin-namespace.h"

#include <gio/gio.h>
#include <string.h>

#include "json/wire-json.h"
#include "log/bridge-log.h"
#include "socketio/sio-handshake.h"

#define EVENT_ASK "ask"
#define MAX_CALLS 16

struct _BridgeAdminNamespace {
  grefcount refs;     /* the owner's, and one for each call under way */
  SioNamespace *nsp;  /* owned */
  BridgeAdmin *admin; /* borrowed; NULL once the owner has gone */
  BoardKey key;
  guint n_calls;
};

typedef struct {
  BridgeAdminNamespace *parent; /* a reference */
  SioAck *ack;                  /* owned */
} Call;

static void
namespace_unref (gpointer data)
{
  BridgeAdminNamespace *self = data;

  if (!g_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->nsp);
  g_free (self);
}

/* --- Who may ------------------------------------------------------------------------------------ */

static gboolean
is_from_here (SioSocket *socket)
{
  SioHandshake *handshake = sio_socket_get_handshake (socket);
  const char *text = sio_handshake_get_address (handshake);
  g_autoptr (GInetAddress) address = text != NULL ? g_inet_address_new_from_string (text) : NULL;

  return address != NULL && g_inet_address_get_is_loopback (address)
         && sio_handshake_get_header (handshake, "x-forwarded-for") == NULL
         && sio_handshake_get_header (handshake, "forwarded") == NULL;
}

static gboolean
is_operator (BridgeAdminNamespace *self, SioSocket *socket)
{
  JsonObject *auth = sio_socket_get_auth (socket);
  JsonNode *node = auth != NULL ? json_object_get_member (auth, "proof") : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING
         && board_proof_verify (&self->key, json_node_get_string (node),
                                sio_socket_get_engine_id (socket), BRIDGE_ADMIN_PLACE);
}

static void
judge_connect (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer user_data)
{
  BridgeAdminNamespace *self = user_data;
  g_autoptr (JsonNode) data = NULL;

  if (self->admin != NULL && is_from_here (socket) && is_operator (self, socket))
    {
      sio_next_accept (next);
      return;
    }
  bridge_log (G_LOG_LEVEL_MESSAGE, "admin-refused", "address",
              sio_handshake_get_address (sio_socket_get_handshake (socket)), NULL);
  data = board_refusal_to_json (BOARD_REFUSAL_NOT_INVITED, "This is not for you");
  sio_next_reject (next, "This is not for you", data);
}

/* --- Questions ---------------------------------------------------------------------------------- */

static void
on_answered (const char *answer, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_json (args, answer != NULL ? answer : "{\"error\":\"The server is ending\"}", -1);
  sio_ack_send (call->ack, args);
  sio_ack_unref (call->ack);
  call->parent->n_calls--;
  namespace_unref (call->parent);
  g_free (call);
}

static void
on_socket_event (SioSocket *socket,
                 const char *name,
                 SioArgs *args,
                 SioAck *ack,
                 gpointer user_data)
{
  BridgeAdminNamespace *self = user_data;
  g_autofree char *question = NULL;
  gsize length;
  Call *call;

  if (self->admin == NULL || ack == NULL || !g_str_equal (name, EVENT_ASK)
      || sio_args_get_size (args) != 1 || self->n_calls >= MAX_CALLS)
    return;
  question = wire_json_print (sio_args_get_node (args, 0), &length);
  call = g_new0 (Call, 1);
  call->parent = self;
  call->ack = sio_ack_ref (ack);
  g_ref_count_inc (&self->refs);
  self->n_calls++;
  bridge_admin_ask (self->admin, question, length, on_answered, call);
}

static void
drop_reference (gpointer data, GClosure *closure)
{
  namespace_unref (data);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, gpointer user_data)
{
  BridgeAdminNamespace *self = user_data;

  g_ref_count_inc (&self->refs);
  g_signal_connect_data (socket, "event", G_CALLBACK (on_socket_event), self, drop_reference, 0);
}

BridgeAdminNamespace *
bridge_admin_namespace_new (SioNamespace *nsp, BridgeAdmin *admin, const BoardKey *key)
{
  BridgeAdminNamespace *self;

  g_return_val_if_fail (SIO_IS_NAMESPACE (nsp) && admin != NULL && key != NULL, NULL);

  self = g_new0 (BridgeAdminNamespace, 1);
  g_ref_count_init (&self->refs);
  self->nsp = g_object_ref (nsp);
  self->admin = admin;
  self->key = *key;
  g_ref_count_inc (&self->refs);
  sio_namespace_use (nsp, judge_connect, self, namespace_unref);
  g_signal_connect (nsp, "connection", G_CALLBACK (on_connection), self);
  return self;
}

void
bridge_admin_namespace_free (BridgeAdminNamespace *self)
{
  if (self == NULL)
    return;

  g_signal_handlers_disconnect_by_func (self->nsp, on_connection, self);
  self->admin = NULL;
  namespace_unref (self);
}

/* --- The key ------------------------------------------------------------------------------------ */

static gboolean
make_key (const char *path, BoardKey *seed, GError **error)
{
  g_autofree char *text = NULL;

  board_key_generate (seed);
  text = board_key_to_text (seed);
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
bridge_admin_namespace_load_key (const char *data_dir, BoardKey *key, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  BoardKey seed;
  gboolean good;

  g_return_val_if_fail (data_dir != NULL && key != NULL, FALSE);

  path = g_build_filename (data_dir, "admin-key", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    good = make_key (path, &seed, error);
  else
    good = g_file_get_contents (path, &text, NULL, error)
           && board_key_from_text (g_strchomp (text), &seed, error);
  if (good)
    board_key_public (&seed, key);
  board_key_clear (&seed);
  return good;
}
