# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""People at desks: each has a virtual display, a session bus, a home and the real app.

A fixture that speaks in verbs: Desk("Ada").start("--new"), .draw([(x, y), ...]), .key("ctrl+z"),
.state()["hash"], .screenshot(path), .kill(). Everything a desk starts ends with it.
"""
import math
import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback

APP_ID = "org.drawbridge.Drawbridge"
APP_PATH = "/org/drawbridge/Drawbridge"
WINDOW_PATH = f"{APP_PATH}/window/1"

# What a sanitizer's report begins with, and as much of it as says what it is.
SANITIZED = re.compile(r"ERROR: \w+Sanitizer|^.*: runtime error: ", re.M)
REPORT_LETTERS = 8000


class Failure(Exception):
    pass


# A test that is ended from outside, as one that takes too long, ends what it has started.
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit("ended from outside"))


# A guard against what never comes, not a judgement of what is slow.
PATIENCE = 120.0
# Longer than the interval at which the window tells of its board, and than any pause within an animation.
QUIET_SECONDS, SAMPLES = 0.16, 4
# How long a lively desk is given to rest.
LIVELY_SECONDS = 5.0


def wait_for(what, condition, timeout=PATIENCE):
    """Polls condition until it gives something true, and returns that."""
    deadline = time.monotonic() + timeout
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Failure(f"waited {timeout:.0f} s in vain for: {what}")
        time.sleep(0.05)


def read_line(stream, timeout):
    """A line of a child's output, or None when none comes in time."""
    deadline = time.monotonic() + timeout
    line = b""
    while time.monotonic() < deadline:
        ready, _, _ = select.select([stream], [], [], 0.2)
        if not ready:
            continue
        byte = os.read(stream.fileno(), 1)
        if byte in (b"", b"\n"):
            return line.decode() if line or byte else None
        line += byte
    return None


def family(pid):
    """The process and all that it started."""
    yield pid
    try:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))
    except OSError:  # gone meanwhile
        return


def wakeups(pid):
    """How often each thread of the process has been woken; None: one has something to do right now."""
    counts = {}
    try:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            status = (task / "status").read_text()
            if not re.search(r"^State:\t[SZ]", status, re.M):
                return None
            counts[task.name] = tuple(re.findall(r"ctxt_switches:\t(\d+)", status))
    except OSError:
        return {"gone": pid}
    return counts


class Desk:
    """One person: display, bus, home, app. A lively one may never rest: others draw there all the time."""

    def __init__(self, name, build, width=1000, height=720, dark=False, color="#3584e4", env=None,
                 composited=False, settings="", lively=False):
        self.name, self.build = name, pathlib.Path(build)
        self.width, self.height = width, height
        self.composited, self.settings, self.lively = composited, settings, lively
        self.home = tempfile.TemporaryDirectory(prefix=f"drawbridge-{name}-")
        self.children, self.app = [], None
        root = pathlib.Path(self.home.name)
        self.log = open(root / "app.log", "wb")
        source = pathlib.Path(__file__).resolve().parents[2]
        self.env = {
            **os.environ, **(env or {}),
            "HOME": str(root), "XDG_DATA_HOME": str(root / "data"),
            "XDG_CONFIG_HOME": str(root / "config"), "XDG_CACHE_HOME": str(root / "cache"),
            "XDG_RUNTIME_DIR": str(root / "run"), "XDG_DATA_DIRS":
                f"{source / 'data'}:/usr/local/share:/usr/share",
            "GSETTINGS_BACKEND": "keyfile", "GSETTINGS_SCHEMA_DIR": str(self.build / "data"),
            "DRAWBRIDGE_SERVER": str(self.build / "server" / "drawbridge-server"),
            "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GDK_DEBUG": "gl-disable", "GTK_A11Y": "none",
            "G_DEBUG": "fatal-criticals", "NO_AT_BRIDGE": "1", "LC_ALL": "C.UTF-8",
            "USER": name, "LOGNAME": name,
        }
        self.env.pop("WAYLAND_DISPLAY", None)
        # What the toolkit and all beneath it leave behind at exit is not the same on each computer.
        if "DRAWBRIDGE_LEAKS" not in os.environ:
            self.env["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        if dark:
            self.env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        (root / "run").mkdir(mode=0o700)
        self._write_settings(root, name, color)
        self._start_display()

    def _write_settings(self, root, name, color):
        folder = root / "config" / "glib-2.0" / "settings"
        folder.mkdir(parents=True)
        (folder / "keyfile").write_text(
            f"[org/drawbridge/Drawbridge]\nname='{name}'\ncolor='{color}'\nhint-seen=true\n", encoding="utf-8")

        # Openbox would keep Alt and a drag for itself.
        openbox = root / "config" / "openbox"
        openbox.mkdir()
        (openbox / "rc.xml").write_text(
            '<openbox_config xmlns="http://openbox.org/3.4/rc"><focus><focusNew>yes</focusNew></focus>'
            '<mouse><context name="Client"><mousebind button="Left" action="Press">'
            '<action name="Focus"/><action name="Raise"/></mousebind></context></mouse>'
            '</openbox_config>\n', encoding="utf-8")

        # As GNOME sets them; without its settings daemon the toolkit would fall back to others.
        gtk = root / "config" / "gtk-4.0"
        gtk.mkdir()
        (gtk / "settings.ini").write_text(
            "[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=appmenu:close\n"
            # It blinks by painting each frame: nothing would ever come to rest.
            "gtk-cursor-blink=false\n" + self.settings,
            encoding="utf-8")

    def _spawn(self, *command, **options):
        child = subprocess.Popen(command, env=self.env, stderr=self.log, start_new_session=True, **options)
        self.children.append(child)
        return child

    def _start_display(self):
        reading, writing = os.pipe()
        self._spawn("Xvfb", "-displayfd", str(writing), "-screen", "0",
                    f"{self.width}x{self.height}x24", "-nolisten", "tcp", "-dpi", "96",
                    pass_fds=[writing], stdout=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading, "rb") as stream:
            number = read_line(stream, PATIENCE)
        if not number:
            raise Failure("Xvfb does not start")
        self.env["DISPLAY"] = f":{number}"
        bus = self._spawn("dbus-daemon", "--session", "--nofork", "--print-address=1",
                          stdout=subprocess.PIPE)
        address = read_line(bus.stdout, PATIENCE)
        if not address:
            raise Failure("dbus-daemon does not start")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        self._spawn("openbox", "--sm-disable", stdout=subprocess.DEVNULL)
        # Shadows and round corners need it; without, the toolkit paints black around its popovers.
        if self.composited:
            self._spawn("xcompmgr", stdout=subprocess.DEVNULL)
        self.settle()

    # --- the app ---

    def start(self, *arguments, maximize=True):
        """Starts the app and waits for its window."""
        self.app = self._spawn(str(self.build / "app" / "drawbridge"), *arguments,
                               stdout=subprocess.PIPE)
        self.window = wait_for(f"{self.name}'s window", self._find_window)
        self.settle()
        if maximize:
            self.resize(self.width, self.height)
        return self

    def _find_window(self):
        if self.app.poll() is not None:
            raise Failure(f"{self.name}'s app ended with {self.app.returncode}:\n{self.read_log()}")
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.app.pid)],
                               env=self.env, capture_output=True, text=True, check=False)
        ids = found.stdout.split()
        return ids[-1] if ids else None

    def resize(self, width, height):
        self.xdotool("windowmove", "--sync", self.window, "0", "0")
        self.xdotool("windowsize", self.window, str(width), str(height))
        self.xdotool("windowfocus", self.window)
        self.settle()

    def settle(self):
        """Waits until display, app and all else at this desk have slept for a moment: what was typed and clicked
        has been taken, what opens is open, what was asked of the disk is there. On a busy machine that takes as long
        as it takes: who waits for a processor does not sleep. What paints for ever, or asks for ever, is a fault:
        it costs a battery."""
        if not self.rests(LIVELY_SECONDS if self.lively else PATIENCE) and not self.lively:
            raise Failure(f"{self.name}'s desk does not come to rest:\n{self.read_log()}")

    def rests(self, patience):
        """Whether it comes to rest within so many seconds."""
        deadline = time.monotonic() + patience
        before, still = None, 0
        while still < SAMPLES and time.monotonic() < deadline:
            time.sleep(QUIET_SECONDS / SAMPLES)
            now = [wakeups(pid) for child in self.children if child.poll() is None for pid in family(child.pid)]
            still = still + 1 if now == before and None not in now else 0
            before = now
        return still == SAMPLES

    def printed(self, prefix, timeout=PATIENCE):
        """The rest of the first line on the app's standard output that starts with prefix."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            line = read_line(self.app.stdout, deadline - time.monotonic())
            if line is None:
                break
            if line.startswith(prefix):
                return line[len(prefix):].strip()
        raise Failure(f"{self.name}'s app printed no line \"{prefix}…\":\n{self.read_log()}")

    def _actions(self, path, method, *arguments):
        """Of the app's actions on its bus; the a{sv} that is in the answer."""
        call = subprocess.run(
            ["gdbus", "call", "--session", "--dest", APP_ID, "--object-path", path,
             "--method", f"org.gtk.Actions.{method}", *arguments],
            env=self.env, capture_output=True, text=True, check=False, timeout=PATIENCE)
        pairs = re.findall(r"'([\w-]+)': <(?:\w+ )?('[^']*'|[^>]*)>", call.stdout)
        return {key: value[1:-1] if value.startswith("'") else
                (int(value) if value.lstrip("-").isdigit() else value) for key, value in pairs}

    def state(self):
        """What the window says of its board: hash, seq, waiting, share, elements, members."""
        return self._actions(WINDOW_PATH, "Describe", "board-state")

    def measured(self):
        """What the main loop's turns and the frames took since this was asked the last time, in us: see
        app/window/draw-meter.h. Nothing at first: then it begins."""
        self._actions(APP_PATH, "Activate", "measure", "[]", "{}")
        return self._actions(APP_PATH, "Describe", "measure")

    def alive(self):
        return self.app is not None and self.app.poll() is None

    def kill(self, how=signal.SIGKILL):
        os.kill(self.app.pid, how)
        self.app.wait()

    def quit(self):
        """Whatever is open there; the app may take its time."""
        self._actions(APP_PATH, "Activate", "quit", "[]", "{}")

    def close_window(self):
        self.key("ctrl+q")
        self.app.wait(timeout=PATIENCE)
        return self.app.returncode

    def read_log(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")[-4000:]

    # --- hands and eyes ---

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *arguments], env=self.env, check=True, stdout=subprocess.DEVNULL,
                       timeout=PATIENCE)

    def draw(self, points, pause=0.008):
        """Presses at the first point, moves through all, releases; window pixels."""
        steps = []
        for n, (x, y) in enumerate(points):
            steps += ["mousemove", str(round(x)), str(round(y))]
            steps += ["mousedown", "1"] if n == 0 else ["sleep", str(pause)]
        self.xdotool(*steps, "mouseup", "1")
        self.settle()

    def click(self, x, y):
        self.xdotool("mousemove", str(x), str(y), "sleep", "0.05", "click", "1")
        self.settle()

    def key(self, *keys):
        """One after the other, each when the one before has done what it does."""
        for key in keys:
            self.xdotool("key", "--delay", "30", key)
            self.settle()

    def type(self, text):
        self.xdotool("type", "--delay", "15", text)
        self.settle()

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True, timeout=PATIENCE)
        return path

    def end(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
        for child in reversed(self.children):
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.log.close()
        said = pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")
        self.home.cleanup()
        report = SANITIZED.search(said)
        if report:
            raise Failure(f"{self.name}'s app: {said[report.start():][:REPORT_LETTERS]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


# --- things to draw ---

def circle(x, y, radius, turns=1.0, steps=48):
    return [(x + radius * math.cos(2 * math.pi * turns * i / steps),
             y + radius * math.sin(2 * math.pi * turns * i / steps)) for i in range(steps + 1)]


def wave(x, y, length, height, waves=3, steps=60):
    return [(x + length * i / steps, y + height * math.sin(2 * math.pi * waves * i / steps))
            for i in range(steps + 1)]


def line(x0, y0, x1, y1, steps=24):
    return [(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps + 1)]


def same_board(*desks, timeout=PATIENCE):
    """Waits until all desks show the same board with nothing waiting, and returns its hash."""
    def check():
        states = [desk.state() for desk in desks]
        hashes = {state.get("hash") for state in states}
        done = all(state.get("waiting") == 0 for state in states)
        return hashes.pop() if len(hashes) == 1 and None not in hashes and done else None
    try:
        return wait_for("equal boards", check, timeout)
    except Failure as failure:
        raise Failure(f"{failure}: {[desk.state() for desk in desks]}") from None


def run_tests(tests):
    """Runs every test_* of a module's globals(), as TAP; returns the exit status."""
    chosen = [value for name, value in tests.items() if name.startswith("test_")]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, test in enumerate(chosen, 1):
        try:
            test()
            result = "ok"
        except Exception:
            failed += 1
            result = "not ok"
            for text in traceback.format_exc().splitlines():
                print("#", text)
        print(f"{result} {number} - {test.__doc__.splitlines()[0]}", flush=True)
    return 1 if failed else 0


def keep(step, *desks):
    """With PICTURES=DIR in the environment, a screenshot of each desk: what the test is called, the step, the person."""
    folder = os.environ.get("PICTURES")
    for desk in desks if folder else []:
        desk.rests(1.0)
        desk.screenshot(f"{folder}/{pathlib.Path(sys.argv[0]).stem.removeprefix('test-')}-{step}-{desk.name}.png")


def quiet(desk):
    """Nothing was complained about."""
    complaints = re.findall(r"^.*(?:-WARNING|-CRITICAL) \*\*.*$", desk.read_log(), re.M)
    if complaints:
        raise Failure("\n".join(complaints))


def settled(desk, **wanted):
    wait_for(f"{desk.name}'s board to show {wanted}",
             lambda: all(desk.state().get(key) == value for key, value in wanted.items()))


def windows(desk):
    """How many windows its app has: popovers and dialogs are some. One that goes while they are counted makes the
    search fail: then it is done again."""
    def count():
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(desk.app.pid)],
                               env=desk.env, capture_output=True, text=True, check=False)
        return len(found.stdout.split()) if found.returncode == 0 and not found.stderr else 0
    return wait_for(f"{desk.name}'s windows", count)


def in_front(desk, title):
    """Waits until the window of that title has the keyboard."""
    def look():
        found = subprocess.run(["xdotool", "getwindowfocus", "getwindowname"], env=desk.env, capture_output=True,
                               text=True, check=False)
        return found.stdout.strip() == title
    wait_for(f"{desk.name}'s keyboard to be in \"{title}\"", look)
