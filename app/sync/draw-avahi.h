/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The D-Bus interface of the Avahi daemon, as far as both who announces and who looks around need it. It is
 * spoken to without Avahi's own client library, whose calls block until the daemon has answered. */
#define DRAW_AVAHI_NAME "org.freedesktop.Avahi"
#define DRAW_AVAHI_SERVER "org.freedesktop.Avahi.Server"
#define DRAW_AVAHI_BROWSER "org.freedesktop.Avahi.ServiceBrowser"
#define DRAW_AVAHI_GROUP "org.freedesktop.Avahi.EntryGroup"

#define DRAW_AVAHI_ANY (-1) /* any interface, any protocol */

/* Calls a method and waits for its answer no longer than 10 s. parameters: floating. */
void draw_avahi_call (GDBusConnection *bus, const char *path, const char *interface, const char *method,
                      GVariant *parameters, const char *answer, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
/* The only result of a ...New method: where the new object is. NULL and an error. Transfer full. */
char *draw_avahi_take_path (GObject *bus, GAsyncResult *result, GError **error);
/* Has the daemon forget an object. */
void draw_avahi_free (GDBusConnection *bus, const char *path, const char *interface);

G_END_DECLS
