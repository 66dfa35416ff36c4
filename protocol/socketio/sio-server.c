/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-server-private.h"

#include <string.h>

#include "socketio/sio-namespace-private.h"
#include "socketio/sio-parent-adapter.h"

struct _SioServer
{
  GObject parent_instance;

  char *path;
  SioServerLimits limits;
  EioTimers *timers;
  EioServer *engine;
  GHashTable *namespaces; /* name -> SioNamespace, owned */
  GHashTable *sessions;   /* set of SioSession, owned */

  SioParents *parents;
  GPtrArray *parent_list; /* (element-type SioNamespace) owned */
  guint n_children;
  guint max_children;
  gboolean cleanup_empty;

  SioAdapterFunc make_adapter; /* nullable */
  gpointer adapter_data;
  GDestroyNotify adapter_destroy;
};

G_DEFINE_FINAL_TYPE (SioServer, sio_server, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PATH,
  PROP_CLEANUP_EMPTY_CHILD_NAMESPACES,
  PROP_MAX_CHILD_NAMESPACES,
  PROP_MAX_DISCONNECTION_DURATION,
  PROP_RECOVERY_SKIPS_MIDDLEWARES,
  PROP_RECOVERY_MAX_PACKETS,
  PROP_RECOVERY_MAX_BYTES,
  PROP_RECOVERY_MAX_SESSIONS,
  PROP_CONNECT_TIMEOUT,
  PROP_ATTACHMENT_TIMEOUT,
  PROP_MAX_NAMESPACES,
  PROP_MAX_ATTACHMENTS,
  PROP_MAX_ACK_ID,
  PROP_MAX_AUTH,
  PROP_MAX_NAMESPACE_NAME,
  PROP_MAX_EVENT_NAME,
  PROP_MAX_DEPTH,
  PROP_MAX_VALUES,
  PROP_MAX_MEMBERS,
  PROP_UNIQUE_KEYS,
  PROP_PLAIN_NAMES,
  PROP_NUMERIC_EVENTS,
  PROP_OVERFLOW_POLICY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_NEW_NAMESPACE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
sio_server_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SioServer *self = SIO_SERVER (object);
  const SioServerLimits *limits = &self->limits;

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_CLEANUP_EMPTY_CHILD_NAMESPACES:
      g_value_set_boolean (value, self->cleanup_empty);
      break;
    case PROP_MAX_CHILD_NAMESPACES:
      g_value_set_uint (value, self->max_children);
      break;
    case PROP_MAX_DISCONNECTION_DURATION:
      g_value_set_uint (value, limits->recovery.max_age_ms);
      break;
    case PROP_RECOVERY_SKIPS_MIDDLEWARES:
      g_value_set_boolean (value, limits->recovery_skips_middlewares);
      break;
    case PROP_RECOVERY_MAX_PACKETS:
      g_value_set_uint (value, limits->recovery.max_packets);
      break;
    case PROP_RECOVERY_MAX_BYTES:
      g_value_set_uint (value, limits->recovery.max_bytes);
      break;
    case PROP_RECOVERY_MAX_SESSIONS:
      g_value_set_uint (value, limits->recovery.max_sessions);
      break;
    case PROP_CONNECT_TIMEOUT:
      g_value_set_uint (value, limits->connect_timeout);
      break;
    case PROP_ATTACHMENT_TIMEOUT:
      g_value_set_uint (value, limits->attachment_timeout);
      break;
    case PROP_MAX_NAMESPACES:
      g_value_set_uint (value, limits->max_namespaces);
      break;
    case PROP_MAX_ATTACHMENTS:
      g_value_set_uint (value, limits->packets.max_attachments);
      break;
    case PROP_MAX_ACK_ID:
      g_value_set_uint64 (value, limits->packets.max_id);
      break;
    case PROP_MAX_AUTH:
      g_value_set_uint (value, limits->max_auth);
      break;
    case PROP_MAX_NAMESPACE_NAME:
      g_value_set_uint (value, limits->packets.max_nsp);
      break;
    case PROP_MAX_EVENT_NAME:
      g_value_set_uint (value, limits->packets.max_event);
      break;
    case PROP_MAX_DEPTH:
      g_value_set_uint (value, limits->packets.json.max_depth);
      break;
    case PROP_MAX_VALUES:
      g_value_set_uint (value, limits->packets.json.max_values);
      break;
    case PROP_MAX_MEMBERS:
      g_value_set_uint (value, limits->packets.json.max_members);
      break;
    case PROP_UNIQUE_KEYS:
      g_value_set_boolean (value, limits->packets.json.unique_keys);
      break;
    case PROP_PLAIN_NAMES:
      g_value_set_boolean (value, limits->packets.plain_names);
      break;
    case PROP_NUMERIC_EVENTS:
      g_value_set_boolean (value, limits->packets.numeric_events);
      break;
    case PROP_OVERFLOW_POLICY:
      g_value_set_enum (value, limits->overflow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sio_server_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SioServer *self = SIO_SERVER (object);
  SioServerLimits *limits = &self->limits;

  switch (prop_id)
    {
    case PROP_PATH:
      self->path = g_value_dup_string (value);
      break;
    case PROP_CLEANUP_EMPTY_CHILD_NAMESPACES:
      self->cleanup_empty = g_value_get_boolean (value);
      break;
    case PROP_MAX_CHILD_NAMESPACES:
      self->max_children = g_value_get_uint (value);
      break;
    case PROP_MAX_DISCONNECTION_DURATION:
      limits->recovery.max_age_ms = g_value_get_uint (value);
      break;
    case PROP_RECOVERY_SKIPS_MIDDLEWARES:
      limits->recovery_skips_middlewares = g_value_get_boolean (value);
      break;
    case PROP_RECOVERY_MAX_PACKETS:
      limits->recovery.max_packets = g_value_get_uint (value);
      break;
    case PROP_RECOVERY_MAX_BYTES:
      limits->recovery.max_bytes = g_value_get_uint (value);
      break;
    case PROP_RECOVERY_MAX_SESSIONS:
      limits->recovery.max_sessions = g_value_get_uint (value);
      break;
    case PROP_CONNECT_TIMEOUT:
      limits->connect_timeout = g_value_get_uint (value);
      break;
    case PROP_ATTACHMENT_TIMEOUT:
      limits->attachment_timeout = g_value_get_uint (value);
      break;
    case PROP_MAX_NAMESPACES:
      limits->max_namespaces = g_value_get_uint (value);
      break;
    case PROP_MAX_ATTACHMENTS:
      limits->packets.max_attachments = g_value_get_uint (value);
      break;
    case PROP_MAX_ACK_ID:
      limits->packets.max_id = g_value_get_uint64 (value);
      break;
    case PROP_MAX_AUTH:
      limits->max_auth = g_value_get_uint (value);
      break;
    case PROP_MAX_NAMESPACE_NAME:
      limits->packets.max_nsp = g_value_get_uint (value);
      break;
    case PROP_MAX_EVENT_NAME:
      limits->packets.max_event = g_value_get_uint (value);
      break;
    case PROP_MAX_DEPTH:
      limits->packets.json.max_depth = g_value_get_uint (value);
      break;
    case PROP_MAX_VALUES:
      limits->packets.json.max_values = g_value_get_uint (value);
      break;
    case PROP_MAX_MEMBERS:
      limits->packets.json.max_members = g_value_get_uint (value);
      break;
    case PROP_UNIQUE_KEYS:
      limits->packets.json.unique_keys = g_value_get_boolean (value);
      break;
    case PROP_PLAIN_NAMES:
      limits->packets.plain_names = g_value_get_boolean (value);
      break;
    case PROP_NUMERIC_EVENTS:
      limits->packets.numeric_events = g_value_get_boolean (value);
      break;
    case PROP_OVERFLOW_POLICY:
      limits->overflow = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
on_connection (EioServer *engine, EioSocket *socket, gpointer user_data)
{
  SioServer *self = user_data;

  g_hash_table_add (self->sessions, sio_session_new (self, socket));
}

static void
sio_server_constructed (GObject *object)
{
  SioServer *self = SIO_SERVER (object);

  G_OBJECT_CLASS (sio_server_parent_class)->constructed (object);
  self->engine = g_object_new (EIO_TYPE_SERVER, "path", self->path, NULL);
  g_signal_connect_object (self->engine, "connection", G_CALLBACK (on_connection), self, 0);
  sio_server_of (self, "/");
}

static void
sio_server_dispose (GObject *object)
{
  sio_server_close (SIO_SERVER (object));
  G_OBJECT_CLASS (sio_server_parent_class)->dispose (object);
}

static void
sio_server_finalize (GObject *object)
{
  SioServer *self = SIO_SERVER (object);

  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->namespaces);
  sio_parents_free (self->parents);
  g_ptr_array_unref (self->parent_list);
  if (self->adapter_destroy != NULL)
    self->adapter_destroy (self->adapter_data);
  g_object_unref (self->engine);
  eio_timers_unref (self->timers);
  g_free (self->path);
  G_OBJECT_CLASS (sio_server_parent_class)->finalize (object);
}

#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS)
#define UINT(name, minimum, maximum, value)                                                        \
  g_param_spec_uint (name, NULL, NULL, minimum, maximum, value, FLAGS)

static void
install_recovery (void)
{
  props[PROP_MAX_DISCONNECTION_DURATION] = UINT ("max-disconnection-duration", 0, G_MAXUINT, 0);
  props[PROP_RECOVERY_SKIPS_MIDDLEWARES]
      = g_param_spec_boolean ("recovery-skips-middlewares", NULL, NULL, TRUE, FLAGS);
  props[PROP_RECOVERY_MAX_PACKETS] = UINT ("recovery-max-packets", 0, G_MAXUINT, 10000);
  props[PROP_RECOVERY_MAX_BYTES] = UINT ("recovery-max-bytes", 0, G_MAXUINT, 4194304);
  props[PROP_RECOVERY_MAX_SESSIONS] = UINT ("recovery-max-sessions", 0, G_MAXUINT, 10000);
}

/* The defaults are those of sio_packet_limits_init() and sio_server_init(). */
static void
install_limits (const SioPacketLimits *defaults)
{
  props[PROP_CONNECT_TIMEOUT] = UINT ("connect-timeout", 1, G_MAXUINT, 45000);
  props[PROP_ATTACHMENT_TIMEOUT] = UINT ("attachment-timeout", 0, G_MAXUINT, 60000);
  props[PROP_MAX_NAMESPACES] = UINT ("max-namespaces", 1, 10000, 100);
  props[PROP_MAX_ATTACHMENTS] = UINT ("max-attachments", 0, 1000, defaults->max_attachments);
  props[PROP_MAX_ACK_ID] = g_param_spec_uint64 ("max-ack-id", NULL, NULL, 0, SIO_PACKET_MAX_ID,
                                                defaults->max_id, FLAGS);
  props[PROP_MAX_AUTH] = UINT ("max-auth", 0, G_MAXUINT, 0);
  props[PROP_MAX_NAMESPACE_NAME] = UINT ("max-namespace-name", 1, G_MAXUINT, defaults->max_nsp);
  props[PROP_MAX_EVENT_NAME] = UINT ("max-event-name", 0, G_MAXUINT, defaults->max_event);
  props[PROP_MAX_DEPTH] = UINT ("max-depth", 1, 1024, defaults->json.max_depth);
  props[PROP_MAX_VALUES] = UINT ("max-values", 1, G_MAXUINT, defaults->json.max_values);
  props[PROP_MAX_MEMBERS] = UINT ("max-members", 1, G_MAXUINT, defaults->json.max_members);
  props[PROP_UNIQUE_KEYS]
      = g_param_spec_boolean ("unique-keys", NULL, NULL, defaults->json.unique_keys, FLAGS);
  props[PROP_PLAIN_NAMES]
      = g_param_spec_boolean ("plain-names", NULL, NULL, defaults->plain_names, FLAGS);
  props[PROP_NUMERIC_EVENTS]
      = g_param_spec_boolean ("numeric-events", NULL, NULL, defaults->numeric_events, FLAGS);
  props[PROP_OVERFLOW_POLICY] = g_param_spec_enum (
      "overflow-policy", NULL, NULL, SIO_TYPE_OVERFLOW, SIO_OVERFLOW_DISCONNECT, FLAGS);
}

static void
sio_server_class_init (SioServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SioPacketLimits defaults;

  object_class->constructed = sio_server_constructed;
  object_class->dispose = sio_server_dispose;
  object_class->finalize = sio_server_finalize;
  object_class->get_property = sio_server_get_property;
  object_class->set_property = sio_server_set_property;

  sio_packet_limits_init (&defaults);
  props[PROP_PATH]
      = g_param_spec_string ("path", NULL, NULL, "/socket.io/", FLAGS | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_CLEANUP_EMPTY_CHILD_NAMESPACES]
      = g_param_spec_boolean ("cleanup-empty-child-namespaces", NULL, NULL, FALSE, FLAGS);
  props[PROP_MAX_CHILD_NAMESPACES] = UINT ("max-child-namespaces", 0, G_MAXUINT, 10000);
  install_recovery ();
  install_limits (&defaults);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * SioServer::new-namespace:
   * @self: the server
   * @nsp: the namespace
   *
   * It has its adapter; nobody is in it yet.
   */
  signals[SIGNAL_NEW_NAMESPACE]
      = g_signal_new ("new-namespace", SIO_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, SIO_TYPE_NAMESPACE);
}

static void
sio_server_init (SioServer *self)
{
  sio_packet_limits_init (&self->limits.packets);
  self->limits.max_namespaces = 100;
  self->limits.connect_timeout = 45000;
  self->limits.recovery = (SioRecoveryLimits){ 0, 10000, 4194304, 10000 };
  self->limits.recovery_skips_middlewares = TRUE;
  self->limits.attachment_timeout = 60000;
  self->max_children = 10000;
  self->parents = sio_parents_new ();
  self->parent_list = g_ptr_array_new_with_free_func (g_object_unref);
  self->timers = eio_timers_new ();
  self->namespaces = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->sessions = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)sio_session_unref, NULL);
}

const SioServerLimits *
sio_server_get_limits (SioServer *self)
{
  return &self->limits;
}

EioTimers *
sio_server_get_timers (SioServer *self)
{
  return self->timers;
}

const char *
sio_server_get_path (SioServer *self)
{
  return self->path;
}

SioParents *
sio_server_get_parents (SioServer *self)
{
  return self->parents;
}

SioNamespace *
sio_server_lookup (SioServer *self, const char *name)
{
  return g_hash_table_lookup (self->namespaces, name);
}

void
sio_server_forget (SioServer *self, SioSession *session)
{
  g_hash_table_remove (self->sessions, session);
}

SioServer *
sio_server_new (void)
{
  return g_object_new (SIO_TYPE_SERVER, NULL);
}

EioServer *
sio_server_get_engine (SioServer *self)
{
  g_return_val_if_fail (SIO_IS_SERVER (self), NULL);
  return self->engine;
}

gboolean
sio_server_listen (SioServer *self,
                   GSocketAddress *address,
                   GTlsCertificate *certificate,
                   GError **error)
{
  g_return_val_if_fail (SIO_IS_SERVER (self), FALSE);
  return eio_server_listen (self->engine, address, certificate, error);
}

gboolean
sio_server_attach (SioServer *self, SoupServer *soup, GError **error)
{
  g_return_val_if_fail (SIO_IS_SERVER (self), FALSE);
  return eio_server_attach (self->engine, soup, error);
}

static void
give_adapter (SioServer *self, SioNamespace *nsp)
{
  g_autoptr (SioAdapter) adapter = NULL;

  if (self->make_adapter != NULL)
    adapter = self->make_adapter (nsp, self->adapter_data);
  else
    adapter = g_object_new (SIO_TYPE_ADAPTER, NULL);
  sio_namespace_set_adapter (nsp, adapter);
}

void
sio_server_set_adapter (SioServer *self,
                        SioAdapterFunc func,
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  GHashTableIter iter;
  gpointer nsp;

  g_return_if_fail (SIO_IS_SERVER (self));
  g_return_if_fail (g_hash_table_size (self->sessions) == 0);
  if (self->adapter_destroy != NULL)
    self->adapter_destroy (self->adapter_data);
  self->make_adapter = func;
  self->adapter_data = user_data;
  self->adapter_destroy = destroy;
  g_hash_table_iter_init (&iter, self->namespaces);
  while (g_hash_table_iter_next (&iter, NULL, &nsp))
    give_adapter (self, nsp);
}

/* parent: nullable. */
static SioNamespace *
make_namespace (SioServer *self, SioNamespace *parent, const char *name)
{
  SioNamespace *nsp = sio_namespace_new (self, name);

  if (parent != NULL)
    {
      sio_namespace_set_parent (nsp, parent);
      self->n_children++;
    }
  give_adapter (self, nsp);
  g_hash_table_insert (self->namespaces, (gpointer)sio_namespace_get_name (nsp), nsp);
  if (!g_str_equal (name, "/"))
    g_signal_emit (self, signals[SIGNAL_NEW_NAMESPACE], 0, nsp);
  return nsp;
}

SioNamespace *
sio_server_of (SioServer *self, const char *name)
{
  g_autofree char *full = NULL;
  SioNamespace *nsp;

  g_return_val_if_fail (SIO_IS_SERVER (self), NULL);
  g_return_val_if_fail (name != NULL && strchr (name, ',') == NULL, NULL);
  full = g_strconcat (*name == '/' ? "" : "/", name, NULL);
  nsp = sio_server_lookup (self, full);
  return nsp != NULL ? nsp : make_namespace (self, sio_parents_match (self->parents, full), full);
}

/* Names that no client can ask for. */
static SioNamespace *
make_parent (SioServer *self)
{
  g_autofree char *name = g_strdup_printf (",%u", self->parent_list->len);
  g_autoptr (SioAdapter) adapter = g_object_new (SIO_TYPE_PARENT_ADAPTER, NULL);
  SioNamespace *parent = sio_namespace_new (self, name);

  sio_namespace_set_adapter (parent, adapter);
  g_ptr_array_add (self->parent_list, parent);
  return parent;
}

SioNamespace *
sio_server_of_pattern (SioServer *self, GRegex *pattern)
{
  SioNamespace *parent;

  g_return_val_if_fail (SIO_IS_SERVER (self), NULL);
  g_return_val_if_fail (pattern != NULL, NULL);
  parent = make_parent (self);
  sio_parents_add_pattern (self->parents, parent, pattern);
  return parent;
}

SioNamespace *
sio_server_of_func (SioServer *self,
                    SioNamespaceFunc func,
                    gpointer user_data,
                    GDestroyNotify destroy)
{
  SioNamespace *parent;

  g_return_val_if_fail (SIO_IS_SERVER (self), NULL);
  g_return_val_if_fail (func != NULL, NULL);
  parent = make_parent (self);
  sio_parents_add_func (self->parents, parent, func, user_data, destroy);
  return parent;
}

SioNamespace *
sio_server_ensure_child (SioServer *self, SioNamespace *parent, const char *name)
{
  SioNamespace *child = sio_server_lookup (self, name);

  if (child != NULL)
    return child;
  if (self->n_children >= self->max_children)
    return NULL;
  return make_namespace (self, parent, name);
}

void
sio_server_child_emptied (SioServer *self, SioNamespace *child)
{
  g_autoptr (SioNamespace) alive = g_object_ref (child);

  if (!self->cleanup_empty)
    return;
  g_hash_table_remove (self->namespaces, sio_namespace_get_name (child));
  self->n_children--;
  sio_namespace_close (child);
}

/* The engine is left to the caller. */
static void
end_sessions (SioServer *self)
{
  g_autoptr (GPtrArray) sessions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sio_session_unref);
  GHashTableIter iter;
  gpointer session, nsp;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    g_ptr_array_add (sessions, sio_session_ref (session));
  for (guint i = 0; i < sessions->len; i++)
    sio_session_end (sessions->pdata[i], SIO_DISCONNECT_SERVER_SHUTTING_DOWN);
  g_hash_table_iter_init (&iter, self->namespaces);
  while (g_hash_table_iter_next (&iter, NULL, &nsp))
    sio_namespace_close (nsp);
  for (guint i = 0; i < self->parent_list->len; i++)
    sio_namespace_close (self->parent_list->pdata[i]);
}

void
sio_server_close (SioServer *self)
{
  g_return_if_fail (SIO_IS_SERVER (self));
  end_sessions (self);
  eio_server_close (self->engine);
}

static void
on_engine_closed (GObject *engine, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (eio_server_close_finish (EIO_SERVER (engine), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sio_server_close_async (SioServer *self,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SIO_IS_SERVER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, sio_server_close_async);
  end_sessions (self);
  eio_server_close_async (self->engine, timeout_ms, cancellable, on_engine_closed, task);
}

gboolean
sio_server_close_finish (SioServer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SIO_IS_SERVER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
