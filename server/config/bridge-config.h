/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "config/bridge-limits.h"

G_BEGIN_DECLS

#define BRIDGE_CONFIG_ERROR (bridge_config_error_quark ())
GQuark bridge_config_error_quark (void);

/**
 * BridgeConfigError:
 * @BRIDGE_CONFIG_ERROR_FILE: the configuration file cannot be read or is no key file
 * @BRIDGE_CONFIG_ERROR_KEY: a group or key that is not known
 * @BRIDGE_CONFIG_ERROR_VALUE: a value of the wrong form or outside of its range
 */
typedef enum {
  BRIDGE_CONFIG_ERROR_FILE,
  BRIDGE_CONFIG_ERROR_KEY,
  BRIDGE_CONFIG_ERROR_VALUE,
} BridgeConfigError;

/* Who may create boards: whoever connects from a loopback address and through no proxy, whoever has
 * the key, or nobody. */
typedef enum {
  BRIDGE_CREATE_OPEN_ON_LOOPBACK,
  BRIDGE_CREATE_KEY,
  BRIDGE_CREATE_OFF,
} BridgeCreatePolicy;

/* Who may read /metrics; loopback as above. */
typedef enum {
  BRIDGE_METRICS_LOOPBACK,
  BRIDGE_METRICS_EVERYBODY,
  BRIDGE_METRICS_OFF,
} BridgeMetricsPolicy;

#define BRIDGE_DEFAULT_PORT 3729
#define BRIDGE_MIN_CREATE_KEY 16 /* characters */

/**
 * BridgeConfig: what the server was told to be. Filled from the configuration file, then changed by
 * the command line; read-only once the server runs.
 */
typedef struct {
  GPtrArray *listen; /* (element-type GInetSocketAddress); empty = the default */
  char *data_dir;    /* NULL = the default */
  gboolean memory;   /* no disk at all */
  BridgeCreatePolicy create;
  char *create_key; /* of BRIDGE_CREATE_KEY; secret */
  BridgeMetricsPolicy metrics;
  char *tls_certificate;  /* path of a PEM file; NULL = plain HTTP */
  char *tls_key;          /* path; NULL = in the former */
  char **allowed_hosts;   /* names beside the loopback names and own addresses; never NULL */
  char **allowed_origins; /* never NULL; empty = no request of a web page is answered */
  BridgeLimits limits;
} BridgeConfig;

BridgeConfig *bridge_config_new (void);
void bridge_config_free (BridgeConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeConfig, bridge_config_free)

/* Whether the keys that are there go together: a key policy has a key, a TLS key has a certificate. */
gboolean bridge_config_check (const BridgeConfig *config, GError **error);
/* Reads a key file over what is there. On error the config may be half changed. */
gboolean bridge_config_load (BridgeConfig *config, const char *path, GError **error);
/* The same from memory; name is for messages. */
gboolean bridge_config_load_data (BridgeConfig *config,
                                  const char *data,
                                  gsize length,
                                  const char *name,
                                  GError **error);
/* "127.0.0.1:3729", "[::1]:0", "0.0.0.0" (default port): numeric only, no name is looked up. */
GSocketAddress *bridge_config_parse_address (const char *text, GError **error);
/* Appends one address to config->listen. */
gboolean bridge_config_add_listen (BridgeConfig *config, const char *text, GError **error);

G_END_DECLS
