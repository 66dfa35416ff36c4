#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is public is described: check-reference.py GIR...

Every type, member, function, parameter, result, property and signal of the introspection data has a
description; and all but what C alone can use can be called from other languages. Output is TAP.
"""
import sys
import xml.etree.ElementTree

NS = {"c": "http://www.gtk.org/introspection/core/1.0", "glib": "http://www.gtk.org/introspection/glib/1.0"}
CORE = "{%s}" % NS["c"]
GLIB = "{%s}" % NS["glib"]
# What has a description of its own.
DESCRIBED = {CORE + name for name in (
    "class", "interface", "record", "enumeration", "bitfield", "member", "callback", "function", "method",
    "constructor", "virtual-method", "property", "constant", "function-macro")} | {GLIB + "signal", GLIB + "boxed"}
# For C alone: others have these by other names (sio-bindings.h) or need none.
C_ONLY = {
    "sio_client_socket_connect", "sio_client_socket_disconnect", "sio_client_socket_emit", "sio_collector_new",
    "sio_namespace_emit", "sio_socket_disconnect", "sio_socket_emit",
}


def has_description(element):
    doc = element.find("c:doc", NS)
    return doc is not None and doc.text.strip() != ""


def name_of(element, owner):
    name = element.get("{%s}identifier" % "http://www.gtk.org/introspection/c/1.0") \
        or element.get("{%s}type" % "http://www.gtk.org/introspection/c/1.0") or element.get("name")
    return f"{owner}:{name}" if element.tag in (CORE + "property", GLIB + "signal", CORE + "virtual-method") else name


def parts_without(element):
    """The parameters and the result that nothing is said about."""
    for parameter in element.findall("c:parameters/c:parameter", NS):
        if not has_description(parameter):
            yield "@" + parameter.get("name")
    result = element.find("c:return-value", NS)
    if result is not None and not has_description(result) and result.find("c:type[@name='none']", NS) is None:
        yield "Returns"


def untyped(element):
    """What bindings would see as a number: pointers without a type, but for the data of callbacks."""
    parts = element.findall("c:parameters/c:parameter", NS) + element.findall("c:return-value", NS)
    return [part.get("name", "Returns") for part in parts
            if part.find("c:type[@name='gpointer']", NS) is not None and part.get("name") != "user_data"]


def freed_twice(element):
    """Arrays that free their members themselves are handed on as containers, or bindings free those again."""
    parts = element.findall("c:parameters/c:parameter", NS) + element.findall("c:return-value", NS)
    return [part.get("name", "Returns") for part in parts
            if part.find("c:array[@name='GLib.PtrArray']", NS) is not None and part.get("transfer-ownership") == "full"]


def walk(element, owner, missing, hidden):
    for child in element:
        name = name_of(child, owner)
        if child.tag in DESCRIBED and not child.get(GLIB + "is-gtype-struct-for"):
            if not has_description(child):
                missing.append(name)
            if child.tag != CORE + "property":
                missing.extend(f"{name}: {part}" for part in parts_without(child))
            if child.get("introspectable") == "0" and name not in C_ONLY and child.tag != CORE + "function-macro":
                hidden.append(name)
            hidden.extend(f"{name}: {part} has no type" for part in untyped(child))
            hidden.extend(f"{name}: {part} is freed twice" for part in freed_twice(child))
        if child.tag in DESCRIBED:
            walk(child, child.get("name", owner), missing, hidden)


def main():
    failed = False
    print(f"1..{2 * len(sys.argv[1:])}")
    for number, path in enumerate(sys.argv[1:]):
        namespace = xml.etree.ElementTree.parse(path).getroot().find("c:namespace", NS)
        missing, hidden = [], []
        walk(namespace, "", missing, hidden)
        for offset, (what, names) in enumerate((("is described", missing), ("can be called from any language", hidden))):
            for name in names:
                print(f"# {name}")
            print(f"{'not ok' if names else 'ok'} {2 * number + offset + 1} - all of {namespace.get('name')} {what}")
            failed = failed or bool(names)
    return 1 if failed else 0


sys.exit(main())
