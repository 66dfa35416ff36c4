/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-cookie.h"

#include <string.h>

gboolean
eio_cookie_is_name (const char *name)
{
  if (*name == '\0')
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isgraph (*name) || strchr ("()<>@,;:\\\"/[]?={}", *name) != NULL)
      return FALSE;
  return TRUE;
}

gboolean
eio_cookie_is_path (const char *path)
{
  if (*path != '/')
    return FALSE;
  for (; *path != '\0'; path++)
    if (!g_ascii_isprint (*path) || *path == ';')
      return FALSE;
  return TRUE;
}

static const char *
get_same_site (SoupSameSitePolicy policy)
{
  switch (policy)
    {
    case SOUP_SAME_SITE_POLICY_STRICT: return "Strict";
    case SOUP_SAME_SITE_POLICY_LAX: return "Lax";
    case SOUP_SAME_SITE_POLICY_NONE:
    default: return "None";
    }
}

char *
eio_cookie_format_attributes (const char *path,
                              int max_age,
                              EioCookieFlags flags,
                              SoupSameSitePolicy same_site)
{
  GString *text = g_string_new (NULL);

  if (max_age >= 0)
    g_string_append_printf (text, "; Max-Age=%d", max_age);
  g_string_append_printf (text, "; Path=%s", path);
  if ((flags & EIO_COOKIE_HTTP_ONLY) != 0)
    g_string_append (text, "; HttpOnly");
  if ((flags & EIO_COOKIE_SECURE) != 0)
    g_string_append (text, "; Secure");
  g_string_append_printf (text, "; SameSite=%s", get_same_site (same_site));
  return g_string_free (text, FALSE);
}
