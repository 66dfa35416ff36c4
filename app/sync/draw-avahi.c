/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-avahi.h"

#define TIMEOUT_MS 10000

void
draw_avahi_call (GDBusConnection *bus, const char *path, const char *interface, const char *method,
                 GVariant *parameters, const char *answer, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus) && path != NULL && interface != NULL && method != NULL);

  g_dbus_connection_call (bus, DRAW_AVAHI_NAME, path, interface, method, parameters,
                          answer != NULL ? G_VARIANT_TYPE (answer) : NULL, G_DBUS_CALL_FLAGS_NONE,
                          TIMEOUT_MS, cancellable, callback, user_data);
}

char *
draw_avahi_take_path (GObject *bus, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, error);
  char *path = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(o)", &path);
  return path;
}

void
draw_avahi_free (GDBusConnection *bus, const char *path, const char *interface)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus) && path != NULL && interface != NULL);

  draw_avahi_call (bus, path, interface, "Free", NULL, NULL, NULL, NULL, NULL);
}
