/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A link comes from a stranger's mail, so it is read by a grammar that has one text for one
 * meaning: what is parsed and printed again is the same text (but for the default port, which may
 * be left out).
 */
#include "board/board-link.h"

#include <gio/gio.h>
#include <string.h>

/* RFC 1035 */
#define MAX_HOST 253
#define MAX_LABEL 63
/* The longest text that can be a link: scheme, host, port, board, two keys, and some air. */
#define MAX_LINK 512

typedef struct {
  const char *prefix;
  gboolean tls;
  gboolean web; /* the path starts with /b/ */
} Scheme;

static const Scheme schemes[] = {
  { "drawbridge://", FALSE, FALSE },
  { "drawbridges://", TRUE, FALSE },
  { "http://", FALSE, TRUE },
  { "https://", TRUE, TRUE },
};

static const char *const role_suffixes[] = {
  [BOARD_LINK_ROLE_UNSAID] = "",
  [BOARD_LINK_ROLE_VIEWER] = ".viewer",
  [BOARD_LINK_ROLE_EDITOR] = ".editor",
};

static const Scheme *
find_scheme (const char **text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_has_prefix (*text, schemes[i].prefix))
      {
        *text += strlen (schemes[i].prefix);
        return &schemes[i];
      }
  return NULL;
}

static gboolean
label_is_valid (const char *label, gsize length)
{
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;
  return TRUE;
}

/* A name of ASCII labels, or an IPv4 address in full: "127.1" and "2130706433" are names of
 * neither. */
static gboolean
name_is_valid (const char *host)
{
  const char *label = host;

  if (host[strspn (host, "0123456789.")] == '\0')
    return g_hostname_is_ip_address (host);
  for (;;)
    {
      gsize length = strcspn (label, ".");

      if (!label_is_valid (label, length))
        return FALSE;
      if (label[length] == '\0')
        return TRUE;
      label += length + 1;
    }
}

static gboolean
host_is_valid (const char *host)
{
  if (*host == '\0' || strlen (host) > MAX_HOST)
    return FALSE;
  if (strchr (host, ':') == NULL)
    return name_is_valid (host);
  return host[strspn (host, "0123456789abcdefABCDEF:.")] == '\0' && g_hostname_is_ip_address (host);
}

/* Takes the host off the text, without its brackets. */
static char *
take_host (const char **text)
{
  g_autofree char *host = NULL;
  gsize length;

  if (**text == '[')
    {
      length = strcspn (*text, "]");
      if ((*text)[length] != ']')
        return NULL;
      host = g_strndup (*text + 1, length - 1);
      if (strchr (host, ':') == NULL)
        return NULL;
      *text += length + 1;
    }
  else
    {
      length = strcspn (*text, ":/");
      host = g_strndup (*text, length);
      *text += length;
    }
  return host_is_valid (host) ? g_steal_pointer (&host) : NULL;
}

/* ":1".. ":65535" without leading zeros, or nothing. 0 when it is neither. */
static guint16
take_port (const char **text)
{
  gsize length;
  guint port = 0;

  if (**text != ':')
    return BOARD_DEFAULT_PORT;
  (*text)++;
  length = strspn (*text, "0123456789");
  if (length == 0 || length > 5 || **text == '0')
    return 0;
  for (gsize i = 0; i < length; i++)
    port = port * 10 + (guint) ((*text)[i] - '0');
  *text += length;
  return port <= G_MAXUINT16 ? (guint16) port : 0;
}

static gboolean
take_literal (const char **text, const char *literal)
{
  if (!g_str_has_prefix (*text, literal))
    return FALSE;
  *text += strlen (literal);
  return TRUE;
}

static gboolean
take_key (const char **text, const char *stop, BoardKey *key)
{
  gsize length = strcspn (*text, stop);
  g_autofree char *part = g_strndup (*text, length);
  gboolean good = board_key_from_text (part, key, NULL);

  memset (part, 0, length);
  *text += length;
  return good;
}

/* ".viewer", ".editor", or the end. */
static gboolean
take_role (const char **text, BoardLinkRole *role)
{
  *role = BOARD_LINK_ROLE_UNSAID;
  if (take_literal (text, role_suffixes[BOARD_LINK_ROLE_VIEWER]))
    *role = BOARD_LINK_ROLE_VIEWER;
  else if (take_literal (text, role_suffixes[BOARD_LINK_ROLE_EDITOR]))
    *role = BOARD_LINK_ROLE_EDITOR;
  return **text == '\0';
}

static char *
take_board (const char **text)
{
  gsize length = strcspn (*text, "#");
  g_autofree char *board = g_strndup (*text, length);

  *text += length;
  return board_id_is_valid (board) ? g_steal_pointer (&board) : NULL;
}

/* What is wrong is said without the text itself: it may hold a key. */
static const char *
parse_parts (const char *text, BoardLink *link)
{
  const Scheme *scheme;

  if (strnlen (text, MAX_LINK + 1) > MAX_LINK)
    return "The link is too long";
  scheme = find_scheme (&text);
  if (scheme == NULL)
    return "A link starts with drawbridge:// or http://";
  link->tls = scheme->tls;
  link->host = take_host (&text);
  if (link->host == NULL)
    return "The link names no host";
  link->port = take_port (&text);
  if (link->port == 0)
    return "The link's port is not a port";
  if (!take_literal (&text, scheme->web ? "/b/" : "/"))
    return "The link names no board";
  link->board = take_board (&text);
  if (link->board == NULL)
    return "The link's board is not a board";
  if (!take_literal (&text, "#") || !take_key (&text, ".", &link->invite)
      || !take_literal (&text, ".") || !take_key (&text, ".", &link->key)
      || !take_role (&text, &link->role))
    return "The link's invitation is damaged or cut off";
  return NULL;
}

BoardLink *
board_link_parse (const char *text, GError **error)
{
  g_autoptr (BoardLink) link = g_new0 (BoardLink, 1);
  const char *wrong;

  g_return_val_if_fail (text != NULL, NULL);

  wrong = parse_parts (text, link);
  if (wrong == NULL)
    return g_steal_pointer (&link);
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SYNTAX, wrong);
  return NULL;
}

BoardLink *
board_link_new (const char *host,
                guint16 port,
                gboolean tls,
                const char *board,
                const BoardKey *invite,
                const BoardKey *key)
{
  BoardLink *link;

  g_return_val_if_fail (host != NULL && host_is_valid (host), NULL);
  g_return_val_if_fail (port != 0, NULL);
  g_return_val_if_fail (board != NULL && board_id_is_valid (board), NULL);
  g_return_val_if_fail (invite != NULL && key != NULL, NULL);

  link = g_new0 (BoardLink, 1);
  link->host = g_strdup (host);
  link->port = port;
  link->tls = tls;
  link->board = g_strdup (board);
  link->invite = *invite;
  link->key = *key;
  return link;
}

BoardLink *
board_link_copy (const BoardLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return board_link_copy_with_host (link, link->host);
}

BoardLink *
board_link_copy_with_host (const BoardLink *link, const char *host)
{
  BoardLink *copy;

  g_return_val_if_fail (link != NULL && host != NULL, NULL);

  if (!host_is_valid (host))
    return NULL;
  copy = board_link_new (host, link->port, link->tls, link->board, &link->invite, &link->key);
  copy->role = link->role;
  return copy;
}

void
board_link_free (BoardLink *link)
{
  if (link == NULL)
    return;
  g_free (link->host);
  g_free (link->board);
  board_key_clear (&link->invite);
  board_key_clear (&link->key);
  g_free (link);
}

/* scheme://host:port/path<board>#<seed>.<key><role> */
static char *
print_link (const BoardLink *link, const char *scheme, const char *path)
{
  gboolean brackets = strchr (link->host, ':') != NULL;
  g_autofree char *invite = board_key_to_text (&link->invite);
  g_autofree char *key = board_key_to_text (&link->key);

  return g_strdup_printf ("%s://%s%s%s:%u%s%s#%s.%s%s", scheme, brackets ? "[" : "", link->host,
                          brackets ? "]" : "", link->port, path, link->board, invite, key,
                          role_suffixes[link->role]);
}

char *
board_link_to_text (const BoardLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return print_link (link, link->tls ? "drawbridges" : "drawbridge", "/");
}

char *
board_link_to_web (const BoardLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return print_link (link, link->tls ? "https" : "http", "/b/");
}

char *
board_link_get_origin (const BoardLink *link)
{
  gboolean brackets;

  g_return_val_if_fail (link != NULL, NULL);

  brackets = strchr (link->host, ':') != NULL;
  return g_strdup_printf ("%s://%s%s%s:%u", link->tls ? "https" : "http", brackets ? "[" : "",
                          link->host, brackets ? "]" : "", link->port);
}
