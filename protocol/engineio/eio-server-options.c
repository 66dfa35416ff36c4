/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-server-options.h"

enum {
  PROP_0,
  PROP_PATH,
  PROP_PING_INTERVAL,
  PROP_PING_TIMEOUT,
  PROP_UPGRADE_TIMEOUT,
  PROP_MAX_PAYLOAD,
  PROP_MAX_BODY,
  PROP_TRANSPORTS,
  PROP_ALLOW_UPGRADES,
  PROP_MAX_BUFFERED,
  PROP_MAX_CONNECTIONS,
  PROP_MAX_CONNECTIONS_PER_ADDRESS,
  PROP_HEAD_TIMEOUT,
  PROP_ALLOW_REQUEST_TIMEOUT,
  PROP_WRITE_DELAY,
  PROP_HTTP_COMPRESSION,
  PROP_PER_MESSAGE_DEFLATE,
  PROP_ALLOWED_ORIGINS,
  PROP_ALLOWED_HOSTS,
  PROP_CORS_CREDENTIALS,
  N_PROPERTIES,
};

/* Numbers that a property holds. */
static guint *
number_of (EioServerOptions *self, guint id)
{
  switch (id)
    {
    case PROP_PING_INTERVAL: return &self->ping_interval;
    case PROP_PING_TIMEOUT: return &self->ping_timeout;
    case PROP_UPGRADE_TIMEOUT: return &self->upgrade_timeout;
    case PROP_MAX_PAYLOAD: return &self->max_payload;
    case PROP_MAX_BODY: return &self->max_body;
    case PROP_MAX_BUFFERED: return &self->max_buffered;
    case PROP_MAX_CONNECTIONS: return &self->max_connections;
    case PROP_MAX_CONNECTIONS_PER_ADDRESS: return &self->max_connections_per_address;
    case PROP_HEAD_TIMEOUT: return &self->head_timeout;
    case PROP_ALLOW_REQUEST_TIMEOUT: return &self->allow_request_timeout;
    case PROP_WRITE_DELAY: return &self->write_delay;
    case PROP_HTTP_COMPRESSION: return &self->http_compression;
    case PROP_PER_MESSAGE_DEFLATE: return &self->per_message_deflate;
    default: return NULL;
    }
}

void
eio_server_options_get (EioServerOptions *self, guint id, GValue *value)
{
  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_TRANSPORTS:
      g_value_set_flags (value, self->transports);
      break;
    case PROP_ALLOW_UPGRADES:
      g_value_set_boolean (value, self->allow_upgrades);
      break;
    case PROP_CORS_CREDENTIALS:
      g_value_set_boolean (value, self->cors_credentials);
      break;
    case PROP_ALLOWED_ORIGINS:
      g_value_set_boxed (value, self->allowed_origins);
      break;
    case PROP_ALLOWED_HOSTS:
      g_value_set_boxed (value, self->allowed_hosts);
      break;
    default:
      g_assert (number_of (self, id) != NULL);
      g_value_set_uint (value, *number_of (self, id));
      break;
    }
}

static void
set_strv (char ***slot, const GValue *value)
{
  g_strfreev (*slot);
  *slot = g_value_dup_boxed (value);
}

void
eio_server_options_set (EioServerOptions *self, guint id, const GValue *value)
{
  switch (id)
    {
    case PROP_PATH:
      g_free (self->path);
      self->path = g_value_dup_string (value);
      break;
    case PROP_TRANSPORTS:
      self->transports = g_value_get_flags (value);
      break;
    case PROP_ALLOW_UPGRADES:
      self->allow_upgrades = g_value_get_boolean (value);
      break;
    case PROP_CORS_CREDENTIALS:
      self->cors_credentials = g_value_get_boolean (value);
      break;
    case PROP_ALLOWED_ORIGINS:
      set_strv (&self->allowed_origins, value);
      break;
    case PROP_ALLOWED_HOSTS:
      set_strv (&self->allowed_hosts, value);
      break;
    default:
      g_assert (number_of (self, id) != NULL);
      *number_of (self, id) = g_value_get_uint (value);
      break;
    }
}

static void
add_number (GObjectClass *klass, guint id, const char *name, guint min, guint max, guint preset)
{
  g_object_class_install_property (klass, id,
                                   g_param_spec_uint (name, NULL, NULL, min, max, preset,
                                                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT |
                                                      G_PARAM_STATIC_STRINGS));
}

static void
add_numbers (GObjectClass *klass)
{
  const guint day = 24 * 60 * 60 * 1000;

  add_number (klass, PROP_PING_INTERVAL, "ping-interval", 1, day, 25000);
  add_number (klass, PROP_PING_TIMEOUT, "ping-timeout", 1, day, 20000);
  add_number (klass, PROP_UPGRADE_TIMEOUT, "upgrade-timeout", 1, day, 10000);
  add_number (klass, PROP_MAX_PAYLOAD, "max-payload", 1, G_MAXINT, 1000000);
  add_number (klass, PROP_MAX_BODY, "max-body", 0, G_MAXINT, 1000000);
  add_number (klass, PROP_MAX_BUFFERED, "max-buffered", 0, G_MAXINT, 4194304);
  add_number (klass, PROP_MAX_CONNECTIONS, "max-connections", 1, G_MAXINT, 10000);
  add_number (klass, PROP_MAX_CONNECTIONS_PER_ADDRESS, "max-connections-per-address", 0, G_MAXINT,
              0);
  add_number (klass, PROP_HEAD_TIMEOUT, "head-timeout", 1, day, 10000);
  add_number (klass, PROP_ALLOW_REQUEST_TIMEOUT, "allow-request-timeout", 1, day, 10000);
  add_number (klass, PROP_WRITE_DELAY, "write-delay", 0, 1000, 0);
  add_number (klass, PROP_HTTP_COMPRESSION, "http-compression", 0, G_MAXINT, 1024);
  add_number (klass, PROP_PER_MESSAGE_DEFLATE, "per-message-deflate", 0, G_MAXINT, 0);
}

void
eio_server_options_install (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  add_numbers (klass);
  g_object_class_install_property (
      klass, PROP_PATH, g_param_spec_string ("path", NULL, NULL, "/engine.io/", flags));
  g_object_class_install_property (
      klass, PROP_TRANSPORTS,
      g_param_spec_flags ("transports", NULL, NULL, EIO_TYPE_TRANSPORTS,
                          EIO_TRANSPORT_POLLING | EIO_TRANSPORT_WEBSOCKET, flags));
  g_object_class_install_property (
      klass, PROP_ALLOW_UPGRADES,
      g_param_spec_boolean ("allow-upgrades", NULL, NULL, TRUE, flags));
  g_object_class_install_property (
      klass, PROP_CORS_CREDENTIALS,
      g_param_spec_boolean ("cors-credentials", NULL, NULL, FALSE, flags));
  g_object_class_install_property (
      klass, PROP_ALLOWED_ORIGINS,
      g_param_spec_boxed ("allowed-origins", NULL, NULL, G_TYPE_STRV, flags));
  g_object_class_install_property (
      klass, PROP_ALLOWED_HOSTS,
      g_param_spec_boxed ("allowed-hosts", NULL, NULL, G_TYPE_STRV, flags));
}

void
eio_server_options_clear (EioServerOptions *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->allowed_origins, g_strfreev);
  g_clear_pointer (&self->allowed_hosts, g_strfreev);
}
