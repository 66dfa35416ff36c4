# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that can be killed and bots that draw: what the chaos tests are written in."""
import contextlib
import json
import os
import pathlib
import queue
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from machine import can_trace, free_port  # noqa: E402


class Failure(Exception):
    pass


class Skip(Exception):
    """What this needs is not to be had here."""


# A guard against what never comes, not a judgement of what is slow.
PATIENCE = 180.0


def wait_for(what, condition, timeout=PATIENCE):
    deadline = time.monotonic() + timeout
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Failure(f"waited {timeout:.0f} s in vain for: {what}")
        time.sleep(0.05)


def environment():
    return {**os.environ, "G_DEBUG": "fatal-criticals", "LC_ALL": "C.UTF-8"}


class Server:
    """drawbridge-server on one port and one data directory, as often as it takes.

    prefix: what it is run by (strace, another network). A server that runs under something else is
    gone when its standard output is closed, not when that something is gone.
    """

    def __init__(self, build, directory, log):
        self.program = pathlib.Path(build) / "server" / "drawbridge-server"
        self.directory, self.log = pathlib.Path(directory), log
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.prefix, self.arguments = [], ["--listen", f"127.0.0.1:{self.port}"]
        self.process = None

    def start(self):
        if not self.start_if_it_can():
            raise Failure(f"the server does not get ready, exit {self.process.poll()}")
        return self

    def start_if_it_can(self):
        """FALSE: it ended before it was ready."""
        self.process = subprocess.Popen(
            [*self.prefix, self.program, *self.arguments, "--data-dir", self.directory],
            stdout=subprocess.PIPE, stderr=self.log, env=environment(), text=True)
        if self.process.stdout.readline().startswith("drawbridge-server ready "):
            return True
        self.wait_gone()
        return False

    def is_gone(self):
        """Its standard output is closed; it says nothing more once it is ready."""
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def wait_gone(self, timeout=PATIENCE):
        """Waits until it has ended by itself, or by what was done to it. Its exit status."""
        reader = threading.Thread(target=self.process.stdout.read, daemon=True)
        reader.start()
        reader.join(timeout)
        if reader.is_alive():
            return None
        self.process.stdout.close()
        return self.process.wait(timeout)

    def send_signal(self, number):
        """To the server itself, whatever it runs under."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(children.split()[0]) if self.prefix and children else self.process.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)
        self.wait_gone()

    def freeze(self):
        """No thread of it does anything any more, as when the power of its computer fails."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED)

    def read_metric(self, name):
        with urllib.request.urlopen(f"{self.origin}/metrics", timeout=PATIENCE) as answer:
            for line in answer.read().decode().splitlines():
                if line.startswith(f"drawbridge_{name} "):
                    return int(line.split()[1])
        raise Failure(f"there is no metric {name}")

    def stop(self):
        self.send_signal(signal.SIGTERM)
        status = self.wait_gone()
        if status != 0:
            raise Failure(f"the server ended with {status} on SIGTERM")

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def read_log(self, board):
        """[(seq, member, counter)] of the board, in order; the server must be down."""
        database = sqlite3.connect(f"file:{self.directory / 'boards.db'}?mode=ro", uri=True)
        try:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Failure("the server's database is damaged")
            return database.execute(
                "SELECT seq, member, counter FROM log WHERE board = ? ORDER BY seq", (board,)).fetchall()
        finally:
            database.close()


class Bot:
    """The app's session without a screen (bot.c). Remembers all that it said."""

    def __init__(self, build, directory, number, log):
        self.program = pathlib.Path(build) / "tests" / "chaos" / "bot"
        self.directory = pathlib.Path(directory) / f"bot-{number}"
        self.number, self.log = number, log
        self.prefix, self.process = [], None
        self.submitted, self.acknowledged, self.trouble = set(), {}, []
        self.path = self.member = self.link = self.board = None

    def start(self, *arguments):
        self.process = subprocess.Popen(
            [*self.prefix, self.program, "--seed", str(self.number), *arguments], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=self.log, env=environment(), text=True)
        self.answers = queue.Queue()
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self.reader.start()
        ready = self._answer("ready")
        self.path, self.member = ready["path"], ready["member"]
        self.link, self.board = ready["link"], ready["board"]
        return self

    def create(self, origin=None, *arguments):
        share = ["--share", origin] if origin else []
        return self.start("--directory", self.directory, *share, *arguments)

    def join(self, link, *arguments):
        return self.start("--directory", self.directory, "--join", link, *arguments)

    def reopen(self, *arguments):
        return self.start("--open", self.path, *arguments)

    def _read(self, stream):
        for line in stream:
            said = json.loads(line)
            if said["event"] == "submitted":
                self.submitted.add(said["counter"])
            elif said["event"] == "acknowledged":
                self.acknowledged[said["counter"]] = said["seq"]
            elif said["event"] == "trouble":
                self.trouble.append(said["message"])
            else:
                self.answers.put(said)
        self.answers.put({"event": "gone"})

    def _answer(self, event):
        said = self.answers.get(timeout=PATIENCE)
        if said["event"] != event:
            raise Failure(f"bot {self.number}: wanted {event}, got {said}; trouble: {self.trouble}")
        return said

    def tell(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise Failure(f"bot {self.number} ended by itself with {self.process.wait(PATIENCE)}") from error

    def state(self):
        self.tell("state")
        return self._answer("state")

    def count(self, word):
        self.tell(f"count {word}")
        return self._answer("count")["n"]

    def last_in_file(self):
        """The counter of its last op that its file has and no server does; 0: there is none."""
        database = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return database.execute("SELECT max(counter) FROM pending").fetchone()[0] or 0
        finally:
            database.close()

    def is_settled(self):
        state = self.state()
        waits = state["waiting"] or state["pending"] or state["blobs"]
        return state if state["share"] == "online" and not waits else None

    def settle(self, timeout=PATIENCE):
        return wait_for(f"bot {self.number} online with nothing waiting", self.is_settled, timeout)

    def kill(self):
        self.process.kill()
        self._ended()

    def quit(self):
        self.tell("quit")
        if self.process.wait(PATIENCE) != 0:
            raise Failure(f"bot {self.number} ended with {self.process.returncode}")
        self._ended()

    def _ended(self):
        self.process.wait()
        self.reader.join(PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()


def check_log(log, bots):
    """Every acknowledged op is in the log, once, where it was said to be. Returns what it counted."""
    problems = []
    if [row[0] for row in log] != list(range(1, len(log) + 1)):
        problems.append("positions are not dense")
    places = {}
    for seq, member, counter in log:
        if (member, counter) in places:
            problems.append(f"op {counter} of {member} is at {places[member, counter]} and {seq}")
        places[member, counter] = seq
    for bot in bots:
        counters = sorted(counter for member, counter in places if member == bot.member)
        if counters != list(range(1, len(counters) + 1)):
            problems.append(f"bot {bot.number}: counters have a hole")
        for counter, seq in list(bot.acknowledged.items()):
            if places.get((bot.member, counter)) != seq:
                problems.append(f"bot {bot.number}: op {counter} was acknowledged at {seq}, "
                                f"the log has it at {places.get((bot.member, counter))}")
    return {"ops": len(log), "acknowledged": sum(len(bot.acknowledged) for bot in bots)}, problems


def check_seen(log, bot):
    """What the bot was shown, as its own file has it since it came, is the log: all of it, or what is behind the
    snapshot that it began with."""
    database = sqlite3.connect(f"file:{bot.path}?mode=ro", uri=True)
    try:
        seen = database.execute("SELECT seq, member, counter FROM log JOIN author ON author.id = log.author"
                                " ORDER BY seq").fetchall()
        state = database.execute("SELECT seq FROM state").fetchone()
    finally:
        database.close()
    if state and not (seen and seen[0][0] == 1):
        log = log[seen[0][0] - 1 if seen else state[0]:]
    return [f"bot {bot.number} has seen {entry}, the log has {place}" for entry, place in zip(seen, log)
            if entry != place] + ([f"bot {bot.number} has seen {len(seen)} of {len(log)} entries"]
                                  if len(seen) != len(log) else [])


def check_equal(states):
    first = states[0]
    return [f"replica {i} differs: {state} against {first}" for i, state in enumerate(states)
            if (state["seq"], state["hash"], state["elements"]) !=
            (first["seq"], first["hash"], first["elements"])]


def report(run, options, title):
    """One TAP case: run(options, directory, log) gives figures and problems; on trouble the log's end is shown."""
    print("1..1")
    print(f"# seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-") as directory, open(
            pathlib.Path(directory) / "log", "w+", encoding="utf-8") as log:
        try:
            figures, problems = run(options, pathlib.Path(directory), log)
            print("# " + json.dumps(figures))
        except Skip as skip:
            print(f"ok 1 - {title} # SKIP {skip}")
            return 0
        except Failure as failure:
            problems = [str(failure)]
        if problems:
            log.seek(0)
            lines = log.readlines()
            # What is no event is what a program died of.
            print("".join("# log: " + line for line in [line for line in lines if line[0] != "{"][:10] + lines[-40:]))
    for problem in problems[:20]:
        print("# " + problem)
    print(("not ok" if problems else "ok") + f" 1 - {title}")
    return 1 if problems else 0
