/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bridge-hosts.h"

#include <gio/gio.h>
#include <ifaddrs.h>
#include <netinet/in.h>

static const char *const loopback_names[] = { "localhost", "127.0.0.1", "[::1]" };

/* NULL for what is neither IPv4 nor IPv6. Transfer full. */
static char *
address_text (const struct sockaddr *address)
{
  g_autoptr (GInetAddress) inet = NULL;
  g_autofree char *text = NULL;

  if (address == NULL || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
    return NULL;
  if (address->sa_family == AF_INET)
    {
      const struct sockaddr_in *in = (const void *)address;

      inet = g_inet_address_new_from_bytes ((const guint8 *)&in->sin_addr, G_SOCKET_FAMILY_IPV4);
      return g_inet_address_to_string (inet);
    }

  const struct sockaddr_in6 *in6 = (const void *)address;

  inet = g_inet_address_new_from_bytes ((const guint8 *)&in6->sin6_addr, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (inet);
  return g_strconcat ("[", text, "]", NULL);
}

static void
add_addresses (GStrvBuilder *builder)
{
  struct ifaddrs *list = NULL;

  if (getifaddrs (&list) != 0)
    return;
  for (struct ifaddrs *i = list; i != NULL; i = i->ifa_next)
    {
      g_autofree char *text = address_text (i->ifa_addr);

      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  freeifaddrs (list);
}

char **
bridge_hosts_list (gboolean beyond_loopback, const char *const *configured)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (configured != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (loopback_names); i++)
    g_strv_builder_add (builder, loopback_names[i]);
  if (beyond_loopback)
    {
      g_autofree char *local = g_strconcat (g_get_host_name (), ".local", NULL);

      add_addresses (builder);
      g_strv_builder_add (builder, g_get_host_name ());
      g_strv_builder_add (builder, local);
    }
  for (guint i = 0; configured[i] != NULL; i++)
    g_strv_builder_add (builder, configured[i]);
  return g_strv_builder_end (builder);
}
