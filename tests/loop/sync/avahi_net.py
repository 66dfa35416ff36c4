# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computers with a real Avahi daemon each, on a network that has only them: namespaces joined by a cable (veth), with
a system bus of their own. Needs root and avahi-daemon; without, go_inside() says that the test is skipped. Nothing
leaves the machine.
"""
import atexit
import os
import pathlib
import shutil
import subprocess
import sys
import time

PATIENCE = 120


def wait_for(what, condition, timeout=PATIENCE):
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.05)


INSIDE = "DRAWBRIDGE_NEARBY_INSIDE"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>custom</type><listen>unix:path={path}</listen>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/>
<allow receive_sender="*"/></policy></busconfig>
"""
AVAHI = """[server]
host-name={name}
use-ipv4=yes
use-ipv6=no
allow-interfaces={link}
[publish]
publish-hinfo=no
publish-workstation=no
"""


def start(command, **options):
    """A process that ends with us."""
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    atexit.register(end, child)
    return child


def end(child):
    child.terminate()
    try:
        child.wait(20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def go_inside():
    """Into namespaces of our own: the network has only us."""
    if INSIDE in os.environ:
        return
    tools = ("unshare", "ip", "nsenter", "dbus-daemon", "avahi-daemon")
    missing = [tool for tool in tools if shutil.which(tool) is None and not os.path.exists(f"/usr/sbin/{tool}")]
    if missing:
        skip(f"without {' '.join(missing)}")
    if os.geteuid() != 0:
        skip("needs root")
    apart = ["unshare", "--net", "--mount"]
    cable = ["ip", "link", "add", "here", "type", "veth", "peer", "name", "there"]
    if subprocess.run([*apart, *cable], check=False, capture_output=True).returncode != 0:
        skip("no namespaces or cables here")
    os.execvpe(apart[0], [*apart, sys.executable, *sys.argv], {**os.environ, INSIDE: "1"})


class Computer:
    """A network namespace with a bus and a daemon. The first is the namespace we are in."""

    def __init__(self, folder, name, link, enter=()):
        self.enter = list(enter)
        root = pathlib.Path(folder) / name
        root.mkdir()
        (root / "bus.conf").write_text(BUS.format(path=root / "bus"), encoding="utf-8")
        (root / "avahi.conf").write_text(AVAHI.format(name=name, link=link), encoding="utf-8")
        self.env = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={root / 'bus'}"}
        # Each daemon writes its pid there.
        (root / "run").mkdir()
        self.spawn("dbus-daemon", f"--config-file={root / 'bus.conf'}", "--nofork")
        wait_for("the bus", (root / "bus").exists)
        self.spawn("unshare", "--mount", "sh", "-c",
                   f"mount --bind {root / 'run'} /run && mkdir -p /run/avahi-daemon && exec avahi-daemon"
                   f" --no-drop-root --no-chroot --no-rlimits -f {root / 'avahi.conf'}")

    def spawn(self, *command, **options):
        return start([*self.enter, *command], env=self.env, **options)


def join_by_cable(other, here="here", there="there"):
    """A cable between this namespace (10.77.0.1) and that of the process (10.77.0.2)."""
    run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", str(other))
    for prefix, link, address in (([], here, "10.77.0.1/24"), (enter(other), there, "10.77.0.2/24")):
        run(*prefix, "ip", "address", "add", address, "dev", link)
        run(*prefix, "ip", "link", "set", link, "up")
        run(*prefix, "ip", "link", "set", "lo", "up")


def enter(process):
    return ["nsenter", "-t", str(process), "-n"]


def other_network():
    """A process that does nothing but live in a network namespace of its own."""
    ours = os.readlink("/proc/self/ns/net")
    process = start(["unshare", "--net", "sleep", "3600"])
    wait_for("the other network", lambda: os.readlink(f"/proc/{process.pid}/ns/net") != ours)
    return process
