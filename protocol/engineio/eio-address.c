/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-address.h"

#include <string.h>

/* A peer that came over an IPv4 address is one peer, however the socket spells it. */
char *
eio_address_dup (GSocketAddress *address)
{
  g_autofree char *text = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("local");
  text = g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  if (g_str_has_prefix (text, "::ffff:") && strchr (text, '.'))
    return g_strdup (text + strlen ("::ffff:"));
  return g_steal_pointer (&text);
}
