/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "config/bridge-config.h"

static void
test_defaults (void)
{
  g_autoptr (BridgeConfig) config = bridge_config_new ();

  g_assert_cmpuint (config->listen->len, ==, 0);
  g_assert_cmpint (config->create, ==, BRIDGE_CREATE_OPEN_ON_LOOPBACK);
  g_assert_cmpuint (g_strv_length (config->allowed_origins), ==, 0);
  for (const BridgeLimitRow *row = bridge_limit_rows; row->name != NULL; row++)
    {
      int64_t value = *(int64_t *)(void *)((char *)&config->limits + row->offset);

      g_assert_cmpint (value, ==, row->value);
      g_assert_cmpint (row->min, <=, row->value);
      g_assert_cmpint (row->value, <=, row->max);
    }
}

static void
test_load (void)
{
  static const char data[] = "[server]\n"
                             "listen=0.0.0.0:1234; [::1]:5\n"
                             "data-dir=/srv/boards\n"
                             "create=off\n"
                             "allowed-hosts=draw.example.org\n"
                             "allowed-origins=https://draw.example.org;http://x\n"
                             "[limits]\n"
                             "boards = 7\n"
                             "connections-per-address=0\n";
  g_autoptr (BridgeConfig) config = bridge_config_new ();
  g_autoptr (GError) error = NULL;
  GInetSocketAddress *second;

  g_assert_true (bridge_config_load_data (config, data, sizeof data - 1, "test", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (config->listen->len, ==, 2);
  second = config->listen->pdata[1];
  g_assert_cmpuint (g_inet_socket_address_get_port (second), ==, 5);
  g_assert_true (g_inet_address_get_is_loopback (g_inet_socket_address_get_address (second)));
  g_assert_cmpstr (config->data_dir, ==, "/srv/boards");
  g_assert_cmpint (config->create, ==, BRIDGE_CREATE_OFF);
  g_assert_cmpstr (config->allowed_hosts[0], ==, "draw.example.org");
  g_assert_cmpuint (g_strv_length (config->allowed_origins), ==, 2);
  g_assert_cmpint (config->limits.boards, ==, 7);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *data;
    BridgeConfigError code;
    const char *mentions;
  } rows[] = {
    { "boards=7\n", BRIDGE_CONFIG_ERROR_FILE, "test" },
    { "[server\n", BRIDGE_CONFIG_ERROR_FILE, "test" },
    { "[serve]\n", BRIDGE_CONFIG_ERROR_KEY, "serve" },
    { "[server]\nlisen=1\n", BRIDGE_CONFIG_ERROR_KEY, "lisen" },
    { "[server]\nlisten=localhost:1\n", BRIDGE_CONFIG_ERROR_VALUE, "localhost" },
    { "[server]\ndata-dir=boards\n", BRIDGE_CONFIG_ERROR_VALUE, "absolute" },
    { "[server]\ndata-dir=\n", BRIDGE_CONFIG_ERROR_VALUE, "absolute" },
    { "[server]\ncreate=yes\n", BRIDGE_CONFIG_ERROR_VALUE, "yes" },
    { "[limits]\nbords=7\n", BRIDGE_CONFIG_ERROR_KEY, "bords" },
    { "[limits]\nboards=0\n", BRIDGE_CONFIG_ERROR_VALUE, "boards" },
    { "[limits]\nboards=-1\n", BRIDGE_CONFIG_ERROR_VALUE, "boards" },
    { "[limits]\nboards=99999999999999999999\n", BRIDGE_CONFIG_ERROR_VALUE, "boards" },
    { "[limits]\nboards=7 boards\n", BRIDGE_CONFIG_ERROR_VALUE, "whole number" },
    { "[limits]\nboards=\n", BRIDGE_CONFIG_ERROR_VALUE, "whole number" },
    { "[limits]\nboards=1e3\n", BRIDGE_CONFIG_ERROR_VALUE, "whole number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BridgeConfig) config = bridge_config_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (
          bridge_config_load_data (config, rows[i].data, strlen (rows[i].data), "test", &error));
      g_assert_error (error, BRIDGE_CONFIG_ERROR, (int)rows[i].code);
      g_assert_true (g_str_has_prefix (error->message, "test: "));
      g_assert_nonnull (strstr (error->message, rows[i].mentions));
    }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    const char *address; /* NULL: refused */
    guint port;
  } rows[] = {
    { "127.0.0.1:80", "127.0.0.1", 80 },
    { "127.0.0.1", "127.0.0.1", 3729 },
    { "127.0.0.1:0", "127.0.0.1", 0 },
    { "0.0.0.0:65535", "0.0.0.0", 65535 },
    { "[::1]:80", "::1", 80 },
    { "[::]", "::", 3729 },
    { "127.0.0.1:65536", NULL, 0 },
    { "127.0.0.1:-1", NULL, 0 },
    { "127.0.0.1:", NULL, 0 },
    { "127.0.0.1:80x", NULL, 0 },
    { "::1", NULL, 0 },
    { "::1:80", NULL, 0 },
    { "[127.0.0.1]:80", NULL, 0 },
    { "[::1", NULL, 0 },
    { "[::1]80", NULL, 0 },
    { "localhost:80", NULL, 0 },
    { "", NULL, 0 },
    { ":80", NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocketAddress) address = bridge_config_parse_address (rows[i].text, &error);
      GInetSocketAddress *inet = (GInetSocketAddress *)address;
      g_autofree char *text = NULL;

      g_assert_cmpint (address != NULL, ==, rows[i].address != NULL);
      g_assert_cmpint (error != NULL, ==, rows[i].address == NULL);
      if (address == NULL)
        continue;
      text = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
      g_assert_cmpstr (text, ==, rows[i].address);
      g_assert_cmpuint (g_inet_socket_address_get_port (inet), ==, rows[i].port);
    }
}

/* The file that is shipped documents every limit, and its values are the defaults. */
static void
test_shipped_file (void)
{
  g_autoptr (BridgeConfig) config = bridge_config_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "drawbridge-server.conf", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_true (bridge_config_load (config, path, &error));
  g_assert_no_error (error);
  for (const BridgeLimitRow *row = bridge_limit_rows; row->name != NULL; row++)
    {
      g_autofree char *line = g_strdup_printf ("\n# %s\n#%s=%" G_GINT64_FORMAT "\n", row->meaning,
                                               row->name, row->value);

      if (strstr (text, line) == NULL)
        g_error ("drawbridge-server.conf lacks%s", line);
    }
}

static void
test_missing_file (void)
{
  g_autoptr (BridgeConfig) config = bridge_config_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (bridge_config_load (config, "/nowhere/at/all.conf", &error));
  g_assert_error (error, BRIDGE_CONFIG_ERROR, BRIDGE_CONFIG_ERROR_FILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/config/defaults", test_defaults);
  g_test_add_func ("/server/config/load", test_load);
  g_test_add_func ("/server/config/refused", test_refused);
  g_test_add_func ("/server/config/addresses", test_addresses);
  g_test_add_func ("/server/config/shipped-file", test_shipped_file);
  g_test_add_func ("/server/config/missing-file", test_missing_file);
  return g_test_run ();
}
