#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two real apps and a real server under virtual displays, with real pointer events (TAP).

What one draws the other has; the server is killed and comes back; an app is killed while it is
offline and its strokes are sent once. PICTURES=DIR keeps a screenshot of every step.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from desktop import PATIENCE, Desk, Failure, circle, keep, line, read_line, same_board, settled, wait_for, wave  # noqa: E402
from machine import free_port  # noqa: E402

BUILD = pathlib.Path(sys.argv[1])


class Server:
    """A drawbridge-server of our own, with a port that stays over its restarts."""

    def __init__(self):
        self.data = tempfile.mkdtemp(prefix="drawbridge-server-")
        self.port = free_port()
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [BUILD / "server" / "drawbridge-server", "--listen", f"127.0.0.1:{self.port}",
             "--data-dir", self.data], stdout=subprocess.PIPE)
        ready = read_line(self.process.stdout, PATIENCE)
        if not ready or "ready" not in ready:
            raise Failure(f"the server is not ready: {ready}")
        return self

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
        shutil.rmtree(self.data, ignore_errors=True)


def share(desk):
    return desk.state().get("share")


def both_here(ada, grace):
    wait_for("two members on both boards",
             lambda: ada.state().get("members") == 2 and grace.state().get("members") == 2)


def test_draw_and_see():
    """What one draws, the other has: strokes, an undo, an erased stroke."""
    with Desk("Ada", BUILD) as ada, Desk("Grace", BUILD, dark=True) as grace:
        ada.start("--new", "--host")
        grace.start("--join", ada.printed("link "))
        both_here(ada, grace)
        ada.key("p")
        ada.draw(circle(400, 320, 90))
        grace.key("p")
        grace.draw(wave(300, 500, 300, 25))
        wait_for("two strokes", lambda: ada.state().get("elements") == 2)
        first = same_board(ada, grace)
        keep("draw", ada, grace)
        grace.draw(line(250, 250, 600, 300))
        wait_for("a third stroke", lambda: ada.state().get("elements") == 3)
        grace.key("ctrl+z")
        wait_for("the undo", lambda: ada.state().get("elements") == 2)
        if same_board(ada, grace) != first:
            raise Failure("undo did not bring the board back")
        ada.key("e")
        ada.draw(line(380, 470, 420, 540))
        wait_for("the erased stroke", lambda: grace.state().get("elements") == 1)
        same_board(ada, grace)
        if ada.close_window() != 0 or grace.close_window() != 0:
            raise Failure("an app did not end with 0")


def test_shapes():
    """Each shape that one drags, the other has"""
    with Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        ada.start("--new", "--host")
        grace.start("--join", ada.printed("link "))
        both_here(ada, grace)
        for number, key in enumerate("rdoal", 1):
            (ada if number % 2 else grace).key(key)
            (ada if number % 2 else grace).draw(line(120 + 120 * number, 200, 200 + 120 * number, 330))
            wait_for(f"shape {number}", lambda: ada.state().get("elements") == number ==
                     grace.state().get("elements"))
        same_board(ada, grace)
        # A click makes nothing, and Escape gives a shape up.
        ada.click(300, 500)
        ada.xdotool("mousemove", "300", "500", "mousedown", "1", "mousemove", "500", "600", "sleep", "0.2",
                    "key", "Escape", "sleep", "0.1", "mouseup", "1")
        keep("shapes", ada, grace)
        ada.key("ctrl+z")
        wait_for("the undo of the line", lambda: grace.state().get("elements") == 4)
        same_board(ada, grace)


def test_host_stays():
    """A hosted board outlives its window for the time that was chosen: others go on, and Quit ends it"""
    with Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        keyfile = pathlib.Path(ada.env["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        keyfile.write_text(keyfile.read_text(encoding="utf-8") + "hosting-stays=10\n", encoding="utf-8")
        ada.start("--new", "--host")
        grace.start("--join", ada.printed("link "))
        both_here(ada, grace)
        ada.key("ctrl+w")
        wait_for("Grace to be alone", lambda: grace.state().get("members") == 1)
        grace.key("p")
        grace.draw(circle(400, 320, 60))
        wait_for("a stroke that the server has", lambda: grace.state().get("seq") == 1)
        if not ada.alive():
            raise Failure("the host ended with its window")
        ada.quit()
        wait_for("the host to end", lambda: not ada.alive())
        wait_for("Grace to be offline", lambda: share(grace) == "offline")


def start_shared(server, ada, grace):
    ada.start("--new", "--host", "--server", f"http://127.0.0.1:{server.port}")
    grace.start("--join", ada.printed("link "))
    both_here(ada, grace)
    for desk in (ada, grace):
        desk.key("p")


def test_server_killed():
    """The server dies by SIGKILL: both go on drawing, and after its return both boards are equal."""
    with Server().start() as server, Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        start_shared(server, ada, grace)
        ada.draw(circle(350, 300, 60))
        settled(grace, elements=1)
        same_board(ada, grace)
        server.kill()
        wait_for("both offline", lambda: share(ada) == "offline" and share(grace) == "offline")
        ada.draw(wave(250, 450, 200, 15))
        ada.draw(wave(250, 480, 200, 15))
        grace.draw(line(500, 250, 700, 500))
        wait_for("ops that wait", lambda: ada.state().get("waiting") == 2 and grace.state().get("waiting") == 1)
        keep("offline", ada, grace)
        server.start()
        wait_for("four elements", lambda: ada.state().get("elements") == 4 and
                 grace.state().get("elements") == 4)
        same_board(ada, grace)
        keep("online-again", ada, grace)


def test_server_stops():
    """The server stops without a word: nobody is told that all is well, and when it goes on all is saved"""
    with Server().start() as server, Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        start_shared(server, ada, grace)
        server.process.send_signal(signal.SIGSTOP)
        try:
            ada.draw(wave(250, 450, 200, 15))
            wait_for("a change that waits", lambda: ada.state().get("waiting") == 1)
            wait_for("the silence to be found out", lambda: share(ada) != "online")
            keep("no-answer", ada, grace)
        finally:
            server.process.send_signal(signal.SIGCONT)
        settled(grace, elements=1)
        settled(ada, waiting=0)
        same_board(ada, grace)
        if ada.state()["seq"] != 1:
            raise Failure(f"1 op was made, the log has {ada.state()['seq']}")


def test_server_killed_within_a_stroke():
    """The server dies while the pen is down, and right after it is lifted: both strokes come to the other."""
    with Server().start() as server, Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        start_shared(server, ada, grace)
        points = [str(round(value)) for point in wave(250, 300, 300, 25) for value in point]
        moves = [["mousemove", *points[n:n + 2], "sleep", "0.005"] for n in range(0, len(points), 2)]
        half = len(moves) // 2
        ada.xdotool(*moves[0], "mousedown", "1", *sum(moves[1:half], []))
        server.kill()
        wait_for("Ada offline", lambda: share(ada) == "offline")
        ada.xdotool(*sum(moves[half:], []), "mouseup", "1")
        server.start()
        settled(grace, elements=1)
        grace.draw(line(500, 350, 700, 500))
        server.kill()
        server.start()
        settled(ada, elements=2)
        same_board(ada, grace)
        if ada.state()["seq"] != 2:
            raise Failure(f"2 ops were made, the log has {ada.state()['seq']}")


def test_app_killed_offline():
    """An app dies by SIGKILL while it is offline: its strokes are there again and are sent once."""
    with Server().start() as server, Desk("Ada", BUILD) as ada, Desk("Grace", BUILD) as grace:
        start_shared(server, ada, grace)
        grace.draw(circle(350, 300, 60))
        settled(ada, elements=1)
        same_board(ada, grace)
        server.kill()
        wait_for("Grace offline", lambda: share(grace) == "offline")
        for n in range(3):
            grace.draw(wave(250, 420 + 30 * n, 200, 12))
        wait_for("three that wait", lambda: grace.state().get("waiting") == 3)
        boards = list(pathlib.Path(grace.env["XDG_DATA_HOME"], "drawbridge", "boards").glob("*.drawbridge"))
        if len(boards) != 1:
            raise Failure(f"board files: {boards}")
        # What was drawn a second ago is on disk; on a busy machine, as soon as nothing writes any more.
        grace.settle()
        grace.kill()
        grace.start(str(boards[0]))
        wait_for("all strokes again", lambda: grace.state().get("elements") == 4)
        server.start()
        wait_for("all at Ada's", lambda: ada.state().get("elements") == 4)
        same_board(ada, grace)
        if ada.state()["seq"] != 4:
            raise Failure(f"4 ops were made, the log has {ada.state()['seq']}")


def main():
    tests = [test_draw_and_see, test_shapes, test_host_stays, test_server_stops, test_server_killed,
             test_server_killed_within_a_stroke, test_app_killed_offline]
    print(f"1..{len(tests)}", flush=True)
    bad = 0
    for number, test in enumerate(tests, 1):
        title = test.__doc__.split(":")[0].split("\n")[0]
        try:
            test()
            print(f"ok {number} - {title}", flush=True)
        except Exception:  # a test reports whatever went wrong
            bad = 1
            for text in traceback.format_exc().splitlines():
                print(f"# {text}")
            print(f"not ok {number} - {title}", flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(main())
