/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/bridge-config.h"

#include <string.h>

G_DEFINE_QUARK (bridge - config - error - quark, bridge_config_error)

#define GROUP_SERVER "server"
#define GROUP_LIMITS "limits"

/* One key of the group [server]. */
typedef struct {
  const char *key;
  gboolean (*read) (BridgeConfig *config, const char *value, GError **error);
} ConfigRow;

BridgeConfig *
bridge_config_new (void)
{
  BridgeConfig *config = g_new0 (BridgeConfig, 1);

  config->listen = g_ptr_array_new_with_free_func (g_object_unref);
  config->allowed_hosts = g_new0 (char *, 1);
  config->allowed_origins = g_new0 (char *, 1);
  bridge_limits_init (&config->limits);
  return config;
}

void
bridge_config_free (BridgeConfig *config)
{
  if (config == NULL)
    return;

  g_ptr_array_unref (config->listen);
  g_free (config->data_dir);
  g_free (config->create_key);
  g_free (config->tls_certificate);
  g_free (config->tls_key);
  g_strfreev (config->allowed_hosts);
  g_strfreev (config->allowed_origins);
  g_free (config);
}

static gboolean
parse_port (const char *text, guint16 *port)
{
  guint64 number;

  if (text == NULL)
    {
      *port = BRIDGE_DEFAULT_PORT;
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = (guint16) number;
  return TRUE;
}

/* Splits in place: host without brackets, port text or NULL. */
static const char *
split_address (char *text, const char **port)
{
  char *end;

  *port = NULL;
  if (text[0] == '[')
    {
      end = strchr (text, ']');
      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return NULL;
      *port = end[1] == ':' ? end + 2 : NULL;
      *end = '\0';
      return text + 1;
    }

  end = strrchr (text, ':');
  if (end != NULL)
    {
      *port = end + 1;
      *end = '\0';
    }
  return text;
}

/**
 * bridge_config_parse_address:
 * @text: ADDRESS, ADDRESS:PORT, [IPv6] or [IPv6]:PORT
 * @error: %BRIDGE_CONFIG_ERROR_VALUE
 *
 * Returns: (transfer full) (nullable): port 0 means any free one
 */
GSocketAddress *
bridge_config_parse_address (const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);
  const char *port_text = NULL;
  const char *host;
  g_autoptr (GInetAddress) inet = NULL;
  guint16 port = 0;

  g_return_val_if_fail (text != NULL, NULL);

  host = split_address (copy, &port_text);
  if (host != NULL)
    inet = g_inet_address_new_from_string (host);
  if (inet == NULL || !parse_port (port_text, &port)
      || (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6) != (text[0] == '['))
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE,
                   "“%s” is no address to listen on: ADDRESS:PORT or [IPv6]:PORT", text);
      return NULL;
    }
  return g_inet_socket_address_new (inet, port);
}

gboolean
bridge_config_add_listen (BridgeConfig *config, const char *text, GError **error)
{
  GSocketAddress *address = bridge_config_parse_address (text, error);

  if (address == NULL)
    return FALSE;
  g_ptr_array_add (config->listen, address);
  return TRUE;
}

/* "a; b;c" without empty entries. */
static char **
split_list (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static gboolean
read_listen (BridgeConfig *config, const char *value, GError **error)
{
  g_auto (GStrv) list = split_list (value);

  g_ptr_array_set_size (config->listen, 0);
  for (guint i = 0; list[i] != NULL; i++)
    if (!bridge_config_add_listen (config, list[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_data_dir (BridgeConfig *config, const char *value, GError **error)
{
  if (!g_path_is_absolute (value))
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE,
                   "data-dir “%s” is not absolute", value);
      return FALSE;
    }
  g_free (config->data_dir);
  config->data_dir = g_strdup (value);
  return TRUE;
}

/* One of a few words, by its place among them. */
static gboolean
read_choice (const char *key,
             const char *value,
             const char *const *choices,
             int *choice,
             GError **error)
{
  g_autofree char *all = NULL;

  for (*choice = 0; choices[*choice] != NULL; (*choice)++)
    if (g_str_equal (value, choices[*choice]))
      return TRUE;

  all = g_strjoinv (", ", (char **) choices);
  g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE, "%s is one of %s, not “%s”",
               key, all, value);
  return FALSE;
}

static gboolean
read_create (BridgeConfig *config, const char *value, GError **error)
{
  static const char *const choices[] = { "open-on-loopback", "key", "off", NULL };
  int choice = 0;

  if (!read_choice ("create", value, choices, &choice, error))
    return FALSE;
  config->create = (BridgeCreatePolicy) choice;
  return TRUE;
}

static gboolean
read_metrics (BridgeConfig *config, const char *value, GError **error)
{
  static const char *const choices[] = { "loopback", "everybody", "off", NULL };
  int choice = 0;

  if (!read_choice ("metrics", value, choices, &choice, error))
    return FALSE;
  config->metrics = (BridgeMetricsPolicy) choice;
  return TRUE;
}

static gboolean
read_path (const char *key, const char *value, char **path, GError **error)
{
  if (!g_path_is_absolute (value))
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE,
                   "%s is an absolute path, not “%s”", key, value);
      return FALSE;
    }
  g_free (*path);
  *path = g_strdup (value);
  return TRUE;
}

static gboolean
read_tls_certificate (BridgeConfig *config, const char *value, GError **error)
{
  return read_path ("tls-certificate", value, &config->tls_certificate, error);
}

static gboolean
read_tls_key (BridgeConfig *config, const char *value, GError **error)
{
  return read_path ("tls-key", value, &config->tls_key, error);
}

/* A secret has a file of its own, so that this one may be read by all. */
static gboolean
read_create_key (BridgeConfig *config, const char *value, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) local = NULL;

  if (!read_path ("create-key-file", value, &path, error))
    return FALSE;
  if (!g_file_get_contents (path, &key, NULL, &local))
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_FILE, "%s", local->message);
      return FALSE;
    }
  g_strstrip (key);
  if (strlen (key) < BRIDGE_MIN_CREATE_KEY)
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE,
                   "%s: a key has at least %d characters", path, BRIDGE_MIN_CREATE_KEY);
      return FALSE;
    }
  g_free (config->create_key);
  config->create_key = g_steal_pointer (&key);
  return TRUE;
}

gboolean
bridge_config_check (const BridgeConfig *config, GError **error)
{
  const char *message = NULL;

  g_return_val_if_fail (config != NULL, FALSE);

  if (config->create == BRIDGE_CREATE_KEY && config->create_key == NULL)
    message = "create=key needs create-key-file";
  else if (config->tls_key != NULL && config->tls_certificate == NULL)
    message = "tls-key needs tls-certificate";
  if (message != NULL)
    g_set_error_literal (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE, message);
  return message == NULL;
}

static gboolean
read_hosts (BridgeConfig *config, const char *value, GError **error)
{
  g_strfreev (config->allowed_hosts);
  config->allowed_hosts = split_list (value);
  return TRUE;
}

static gboolean
read_origins (BridgeConfig *config, const char *value, GError **error)
{
  g_strfreev (config->allowed_origins);
  config->allowed_origins = split_list (value);
  return TRUE;
}

static const ConfigRow config_rows[] = {
  { "listen", read_listen },
  { "data-dir", read_data_dir },
  { "create", read_create },
  { "allowed-hosts", read_hosts },
  { "allowed-origins", read_origins },
  { "metrics", read_metrics },
  { "create-key-file", read_create_key },
  { "tls-certificate", read_tls_certificate },
  { "tls-key", read_tls_key },
};

static gboolean
read_server_key (BridgeConfig *config, const char *key, const char *value, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (config_rows); i++)
    if (g_str_equal (config_rows[i].key, key))
      return config_rows[i].read (config, value, error);

  g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_KEY,
               "[" GROUP_SERVER "] has no key “%s”", key);
  return FALSE;
}

static gboolean
read_limit (BridgeConfig *config, const char *key, const char *value, GError **error)
{
  const BridgeLimitRow *row = NULL;
  int64_t number = -1;
  gboolean is_number = g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL);

  if (is_number && bridge_limits_set (&config->limits, key, number, &row))
    return TRUE;

  if (!is_number)
    g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE,
                 "%s: “%s” is no whole number", key, value);
  else if (row == NULL)
    g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_KEY,
                 "[" GROUP_LIMITS "] has no key “%s”", key);
  else
    g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_VALUE,
                 "%s: %s is not within %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT, key, value,
                 row->min, row->max);
  return FALSE;
}

static gboolean
read_group (BridgeConfig *config, GKeyFile *file, const char *group, GError **error)
{
  gboolean (*read) (BridgeConfig *, const char *, const char *, GError **);
  g_auto (GStrv) keys = NULL;

  if (g_str_equal (group, GROUP_SERVER))
    read = read_server_key;
  else if (g_str_equal (group, GROUP_LIMITS))
    read = read_limit;
  else
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_KEY, "there is no group [%s]",
                   group);
      return FALSE;
    }

  keys = g_key_file_get_keys (file, group, NULL, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_value (file, group, keys[i], NULL);

      if (!read (config, keys[i], g_strstrip (value), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * bridge_config_load_data:
 * @config: to be changed
 * @data: a key file
 * @length: of @data in bytes
 * @name: how messages call it
 * @error: #BridgeConfigError, its message beginning with @name
 *
 * A key that is not known is an error: a misspelt limit must not stay without effect.
 */
gboolean
bridge_config_load_data (BridgeConfig *config,
                         const char *data,
                         gsize length,
                         const char *name,
                         GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) groups = NULL;

  g_return_val_if_fail (config != NULL && data != NULL && name != NULL, FALSE);

  /* GKeyFile refuses to load nothing at all. */
  if (length > 0 && !g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &local))
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_FILE, "%s: %s", name,
                   local->message);
      return FALSE;
    }

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!read_group (config, file, groups[i], &local))
      {
        g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s: ", name);
        return FALSE;
      }
  return TRUE;
}

/**
 * bridge_config_load:
 * @config: to be changed
 * @path: of a key file
 * @error: #BridgeConfigError
 */
gboolean
bridge_config_load (BridgeConfig *config, const char *path, GError **error)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (config != NULL && path != NULL, FALSE);

  if (!g_file_get_contents (path, &data, &length, &local))
    {
      g_set_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_FILE, "%s", local->message);
      return FALSE;
    }
  return bridge_config_load_data (config, data, length, path, error);
}
