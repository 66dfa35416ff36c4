/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What can be set of a server: its properties, as a struct.
 */
#pragma once

#include "engineio/eio-types.h"

G_BEGIN_DECLS

typedef struct {
  char *path;
  guint ping_interval;
  guint ping_timeout;
  guint upgrade_timeout;
  guint max_payload;
  guint max_body;
  EioTransports transports;
  gboolean allow_upgrades;
  guint max_buffered;
  guint max_connections;
  guint max_connections_per_address;
  guint head_timeout;
  guint allow_request_timeout;
  guint write_delay;
  guint http_compression;
  guint per_message_deflate;
  char **allowed_origins;
  char **allowed_hosts;
  gboolean cors_credentials;
} EioServerOptions;

/* The properties, for class_init. */
void eio_server_options_install (GObjectClass *object_class);
/* @id: of a property. */
void eio_server_options_get (EioServerOptions *self, guint id, GValue *value);
void eio_server_options_set (EioServerOptions *self, guint id, const GValue *value);
void eio_server_options_clear (EioServerOptions *self);

G_END_DECLS
