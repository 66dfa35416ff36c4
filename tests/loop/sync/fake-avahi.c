/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-avahi.h"

#include "sync/draw-avahi.h"
#include "sync/draw-nearby-record.h"

#define BROWSER_PATH "/browser/1"
#define GROUP_PATH "/group/1"

static const char description[] =
    "<node>"
    "<interface name='org.freedesktop.Avahi.Server'>"
    "<method name='ServiceBrowserNew'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<method name='ResolveService'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='i' direction='out'/><arg type='i' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='i' direction='out'/><arg type='s' direction='out'/><arg type='q' direction='out'/>"
    "<arg type='aay' direction='out'/><arg type='u' direction='out'/></method>"
    "<method name='EntryGroupNew'><arg type='o' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.Avahi.EntryGroup'>"
    "<method name='AddService'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='q' direction='in'/>"
    "<arg type='aay' direction='in'/></method>"
    "<method name='Commit'/><method name='Free'/>"
    "</interface>"
    "</node>";

static void
emit (FakeAvahi *self, const char *path, const char *interface, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->bus, NULL, path, interface, name, parameters, NULL);
}

static void
answer_resolve (FakeAvahi *self, GDBusMethodInvocation *invocation)
{
  const char *name;

  g_variant_get_child (g_dbus_method_invocation_get_parameters (invocation), 2, "&s", &name);
  self->n_resolving--;
  self->n_resolved++;
  g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(iissssisq@aayu)", 2, 0, name, DRAW_NEARBY_TYPE, "local", "h.local", 0,
                                 self->address, self->port, self->record, 0u));
}

static void
on_resolve (FakeAvahi *self, GDBusMethodInvocation *invocation)
{
  self->n_resolving++;
  self->most_resolving = MAX (self->most_resolving, self->n_resolving);
  if (self->hold_answers)
    g_ptr_array_add (self->held, invocation);
  else
    answer_resolve (self, invocation);
}

static void
on_server_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  FakeAvahi *self = user_data;

  if (g_str_equal (method, "ResolveService"))
    on_resolve (self, invocation);
  else if (g_str_equal (method, "ServiceBrowserNew"))
    {
      self->n_browsers++;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", BROWSER_PATH));
    }
  else
    {
      self->n_groups++;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", GROUP_PATH));
    }
}

static void
on_group_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
               const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
               gpointer user_data)
{
  FakeAvahi *self = user_data;

  if (g_str_equal (method, "AddService"))
    {
      g_clear_pointer (&self->service, g_variant_unref);
      self->service = g_variant_ref (parameters);
    }
  else if (g_str_equal (method, "Commit"))
    emit (self, GROUP_PATH, DRAW_AVAHI_GROUP, "StateChanged",
          g_variant_new ("(is)", self->group_state, ""));
  else
    self->n_freed++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_owned (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((FakeAvahi *) user_data)->here = TRUE;
}

GTestDBus *
fake_avahi_start_bus (void)
{
  GTestDBus *dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  GDBusConnection *system;

  g_test_dbus_up (dbus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (dbus), TRUE);
  system = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_assert_nonnull (system);
  g_dbus_connection_set_exit_on_close (system, FALSE);
  return dbus;
}

FakeAvahi *
fake_avahi_new (void)
{
  static const GDBusInterfaceVTable server = { on_server_call }, group = { on_group_call };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (description, NULL);
  FakeAvahi *self = g_new0 (FakeAvahi, 1);

  self->bus = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, NULL);
  g_assert_nonnull (self->bus);
  self->object = g_dbus_connection_register_object (self->bus, "/", info->interfaces[0], &server, self,
                                                    NULL, NULL);
  self->groups = g_dbus_connection_register_object (self->bus, GROUP_PATH, info->interfaces[1], &group,
                                                    self, NULL, NULL);
  self->held = g_ptr_array_new ();
  self->address = "192.168.7.1";
  self->port = 3729;
  self->record = g_variant_ref_sink (draw_nearby_record_build ("Physics", "Ada"));
  self->group_state = 2;
  return self;
}

void
fake_avahi_free (FakeAvahi *self)
{
  if (self->here)
    fake_avahi_go (self);
  /* Calls that are on their way still must not find us. */
  g_dbus_connection_unregister_object (self->bus, self->object);
  g_dbus_connection_unregister_object (self->bus, self->groups);
  g_ptr_array_unref (self->held);
  g_variant_unref (self->record);
  g_clear_pointer (&self->service, g_variant_unref);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_free (self);
}

void
fake_avahi_come (FakeAvahi *self)
{
  self->owner = g_bus_own_name_on_connection (self->bus, DRAW_AVAHI_NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                              on_owned, NULL, self, NULL);
  while (!self->here)
    g_main_context_iteration (NULL, TRUE);
}

void
fake_avahi_go (FakeAvahi *self)
{
  g_bus_unown_name (self->owner);
  self->here = FALSE;
}

void
fake_avahi_tell (FakeAvahi *self, const char *signal, const char *id, int interface, int protocol)
{
  emit (self, BROWSER_PATH, DRAW_AVAHI_BROWSER, signal,
        g_variant_new ("(iisssu)", interface, protocol, id, DRAW_NEARBY_TYPE, "local", 0u));
}

void
fake_avahi_answer_held (FakeAvahi *self)
{
  for (guint i = 0; i < self->held->len; i++)
    answer_resolve (self, g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}
