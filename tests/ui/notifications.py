#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's notifications: prints one JSON list [app, summary, body, actions] a line for each that is sent to it, after
the word "ready"; a line on standard input is the action that a person clicks on the last one.
"""
import json
import sys

from gi.repository import Gio, GLib

INTERFACE = Gio.DBusNodeInfo.new_for_xml("""
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/></method>
  <method name="CloseNotification"><arg type="u"/></method>
  <method name="Notify">
    <arg type="s"/><arg type="u"/><arg type="s"/><arg type="s"/><arg type="s"/><arg type="as"/><arg type="a{sv}"/>
    <arg type="i"/><arg type="u" direction="out"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>""").interfaces[0]
PATH = "/org/freedesktop/Notifications"
last = 0


def on_call(_bus, _sender, _path, _interface, method, arguments, invocation):
    global last
    answer = None
    if method == "Notify":
        app, _replaces, _icon, summary, body, actions, _hints, _timeout = arguments.unpack()
        last += 1
        print(json.dumps([app, summary, body, actions]), flush=True)
        answer = GLib.Variant("(u)", (last,))
    elif method == "GetCapabilities":
        answer = GLib.Variant("(as)", (["body", "body-markup", "actions"],))
    elif method == "GetServerInformation":
        answer = GLib.Variant("(ssss)", ("a desktop", "Drawbridge", "1", "1.2"))
    invocation.return_value(answer)


def on_line(bus, channel):
    bus.emit_signal(None, PATH, INTERFACE.name, "ActionInvoked", GLib.Variant("(us)", (last, channel.readline().strip())))
    return True


def main():
    loop = GLib.MainLoop()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object(PATH, INTERFACE, on_call, None, None)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN, lambda channel, _condition: on_line(bus, channel))
    Gio.bus_own_name_on_connection(bus, INTERFACE.name, 0, lambda *_: print("ready", flush=True), None)
    loop.run()


if __name__ == "__main__":
    main()
