/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-reach.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* fc00::/7 of RFC 4193, which GInetAddress does not know. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
         && (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

DrawReach
draw_reach_of_address (const char *address)
{
  g_autoptr (GInetAddress) inet = NULL;

  g_return_val_if_fail (address != NULL, DRAW_REACH_UNKNOWN);

  inet = g_inet_address_new_from_string (address);
  if (inet == NULL && g_str_has_suffix (address, ".local"))
    return DRAW_REACH_NETWORK;
  if (inet == NULL)
    return g_ascii_strcasecmp (address, "localhost") == 0 ? DRAW_REACH_COMPUTER
                                                          : DRAW_REACH_UNKNOWN;
  if (g_inet_address_get_is_loopback (inet))
    return DRAW_REACH_COMPUTER;
  if (g_inet_address_get_is_site_local (inet) || g_inet_address_get_is_link_local (inet)
      || is_unique_local (inet))
    return DRAW_REACH_NETWORK;
  return DRAW_REACH_INTERNET;
}

const char *
draw_reach_to_words (DrawReach reach)
{
  switch (reach)
    {
    case DRAW_REACH_COMPUTER:
      return _("Only this computer");
    case DRAW_REACH_NETWORK:
      return _("People on the same network");
    case DRAW_REACH_INTERNET:
      return _("Anyone on the internet, if no firewall is in between");
    case DRAW_REACH_UNKNOWN:
    default:
      return _("Whoever can reach this name");
    }
}
