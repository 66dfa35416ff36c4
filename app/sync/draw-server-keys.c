/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-server-keys.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME "server-keys"
#define KEY_NAME "key"
#define KEY_MIN 16
#define KEY_MAX 256
#define ORIGIN_MAX 300
#define HOST_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:"

char *
draw_server_origin_of (const char *text)
{
  g_autofree char *bare = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *host;
  gboolean tls;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, ORIGIN_MAX) == ORIGIN_MAX)
    return NULL;
  bare = g_strstrip (g_strdup (text));
  whole = strstr (bare, "://") != NULL ? g_strdup (bare) : g_strconcat ("https://", bare, NULL);
  uri = g_uri_parse (whole, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL || strspn (g_uri_get_path (uri), "/") != strlen (g_uri_get_path (uri)))
    return NULL;
  host = g_uri_get_host (uri);
  tls = g_str_equal (g_uri_get_scheme (uri), "https");
  if ((!tls && !g_str_equal (g_uri_get_scheme (uri), "http")) || host == NULL || *host == '\0' ||
      host[strspn (host, HOST_CHARACTERS)] != '\0')
    return NULL;
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), "", NULL,
                     NULL);
}

gboolean
draw_server_key_is_valid (const char *key)
{
  gsize length = key != NULL ? strnlen (key, KEY_MAX + 1) : 0;

  if (length < KEY_MIN || length > KEY_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return FALSE;
  return TRUE;
}

static GKeyFile *
load (const char *path)
{
  GKeyFile *file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

/* Its own name as a group: origins have no brackets but those of IPv6 addresses, which groups cannot have. */
static char *
make_group (const char *origin)
{
  return g_uri_escape_string (origin, ":/.", FALSE);
}

char *
draw_server_keys_lookup (const char *directory, const char *origin)
{
  g_autofree char *path = NULL;
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (directory != NULL && origin != NULL, NULL);

  path = g_build_filename (directory, FILE_NAME, NULL);
  group = make_group (origin);
  file = load (path);
  key = g_key_file_get_string (file, group, KEY_NAME, NULL);
  return draw_server_key_is_valid (key) ? g_steal_pointer (&key) : NULL;
}

gboolean
draw_server_keys_store (const char *directory, const char *origin, const char *key)
{
  g_autofree char *path = NULL;
  g_autofree char *group = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = NULL;
  gsize length;

  g_return_val_if_fail (directory != NULL && origin != NULL, FALSE);
  g_return_val_if_fail (key == NULL || draw_server_key_is_valid (key), FALSE);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return FALSE;
  path = g_build_filename (directory, FILE_NAME, NULL);
  group = make_group (origin);
  file = load (path);
  if (key != NULL)
    g_key_file_set_string (file, group, KEY_NAME, key);
  else
    g_key_file_remove_group (file, group, NULL);
  text = g_key_file_to_data (file, &length, NULL);
  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
