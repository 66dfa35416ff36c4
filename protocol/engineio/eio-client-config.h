/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/**
 * EioClientConfig: how sessions are opened, for who opens one (#EioClient) and who opens them again
 * and again (SioClient). Both have the properties that are installed here, so that each is said once.
 */
typedef struct {
  char **transports; /* owned: names, in the order in which they are tried */
  gboolean upgrade;
  gboolean try_all;
  gboolean force_base64;
  char *path;           /* owned */
  guint64 max_payload;  /* bytes */
  guint per_message_deflate; /* bytes; 0: not offered */
  SoupSession *session; /* owned, nullable */
  GPtrArray *headers;   /* owned: name, value, name, value, ... */
  GPtrArray *query;     /* the same */
} EioClientConfig;

/* The ids of its properties, for both classes; their own come behind. */
enum {
  EIO_CLIENT_CONFIG_TRANSPORTS = 1,
  EIO_CLIENT_CONFIG_UPGRADE,
  EIO_CLIENT_CONFIG_TRY_ALL_TRANSPORTS,
  EIO_CLIENT_CONFIG_FORCE_BASE64,
  EIO_CLIENT_CONFIG_PATH,
  EIO_CLIENT_CONFIG_MAX_PAYLOAD,
  EIO_CLIENT_CONFIG_PER_MESSAGE_DEFLATE,
  EIO_CLIENT_CONFIG_SESSION,
  EIO_CLIENT_CONFIG_N_PROPS,
};

void eio_client_config_init (EioClientConfig *self);
void eio_client_config_clear (EioClientConfig *self);
void eio_client_config_copy (const EioClientConfig *self, EioClientConfig *copy);

/* Fills the places of its properties. path: the default one. */
void eio_client_config_fill_props (GParamSpec **props, const char *path, GParamFlags flags);
/* FALSE: a property of the class itself. */
gboolean eio_client_config_get_property (const EioClientConfig *self, guint id, GValue *value);
gboolean eio_client_config_set_property (EioClientConfig *self, guint id, const GValue *value);

/* These replace the one of the same name. What is no header is a critical. */
void eio_client_config_set_header (EioClientConfig *self, const char *name, const char *value);
void eio_client_config_set_query (EioClientConfig *self, const char *name, const char *value);
/* Escaped: what was set, and what the address says of itself but for that; never the protocol's own
 * names. */
char *eio_client_config_build_query (const EioClientConfig *self, GUri *uri);

/* The first known transport of those that are not in tried; 0 when there is none. */
EioTransports eio_client_config_next_transport (const EioClientConfig *self, EioTransports tried);
/* All known ones. */
EioTransports eio_client_config_get_transports (const EioClientConfig *self);
/* Tries the websocket first, if it is tried at all. */
void eio_client_config_prefer_websocket (EioClientConfig *self);

G_END_DECLS
