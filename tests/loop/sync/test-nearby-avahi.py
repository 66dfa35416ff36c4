#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two computers on one network, each with a real Avahi daemon: what one announces the other finds (TAP).

test-nearby-avahi.py TOOL: both are network namespaces joined by a cable (veth), with a system bus of their own.
Needs root and avahi-daemon; without, it is skipped. Nothing leaves the machine.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

INSIDE = "DRAWBRIDGE_NEARBY_INSIDE"
BOARD = "AAAAAAAAAAAAAAAAAAAAAA"
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


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def go_inside():
    """Into namespaces of our own: the network has only us, and all that was started ends with us."""
    tools = ("unshare", "ip", "nsenter", "dbus-daemon", "avahi-daemon")
    missing = [tool for tool in tools if shutil.which(tool) is None and not os.path.exists(f"/usr/sbin/{tool}")]
    if missing:
        skip(f"without {' '.join(missing)}")
    if os.geteuid() != 0:
        skip("needs root")
    apart = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if subprocess.run([*apart, "true"], check=False, capture_output=True).returncode != 0:
        skip("no namespaces here")
    os.execvpe(apart[0], [*apart, sys.executable, *sys.argv], {**os.environ, INSIDE: "1"})


class Computer:
    """A network namespace with a bus and a daemon. The first is the namespace we are in."""

    def __init__(self, folder, name, link, enter=()):
        self.enter, self.children = list(enter), []
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
        child = subprocess.Popen([*self.enter, *command], env=self.env, stderr=subprocess.DEVNULL, **options)
        self.children.append(child)
        return child


class Tool:
    """nearby-tool on a computer."""

    def __init__(self, computer, path, *arguments):
        self.child = computer.spawn(path, *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        os.set_blocking(self.child.stdout.fileno(), False)
        self.text = ""

    def says(self, line, timeout=40):
        def look():
            self.text += (self.child.stdout.read() or b"").decode()
            return line in self.text.splitlines()
        wait_for(f"\"{line}\" in {self.text!r}", look, timeout)

    def end(self):
        self.child.stdin.close()
        self.child.wait(20)


def wait_for(what, condition, timeout=20):
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.05)


def main():
    if INSIDE not in os.environ:
        go_inside()
    tool = sys.argv[1]
    print("1..3", flush=True)
    with tempfile.TemporaryDirectory(prefix="drawbridge-nearby-") as folder:
        other = subprocess.Popen(["unshare", "--net", "sleep", "600"])
        ours = os.readlink("/proc/self/ns/net")
        wait_for("the other network", lambda: os.readlink(f"/proc/{other.pid}/ns/net") != ours)
        run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there", "netns", str(other.pid))
        enter = ["nsenter", "-t", str(other.pid), "-n"]
        for prefix, link, address in (([], "here", "10.77.0.1/24"), (enter, "there", "10.77.0.2/24")):
            run(*prefix, "ip", "address", "add", address, "dev", link)
            run(*prefix, "ip", "link", "set", link, "up")
        ada, grace = Computer(folder, "ada", "here"), Computer(folder, "grace", "there", enter)

        look = Tool(grace, tool, "look")
        announce = Tool(ada, tool, "announce", BOARD, "Physics <b>&\u202e", "Ada", "3730")
        announce.says("announced")
        look.says(f"board {BOARD}|Physics <b>&|Ada|10.77.0.1|3730")
        print("ok 1 - a board that is announced is found from another computer", flush=True)
        late = Tool(grace, tool, "look")
        late.says(f"board {BOARD}|Physics <b>&|Ada|10.77.0.1|3730")
        late.end()
        print("ok 2 - it is found by who looks later", flush=True)
        announce.end()
        look.says("gone 1")
        print("ok 3 - it is gone when it is not announced any more", flush=True)
        look.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
