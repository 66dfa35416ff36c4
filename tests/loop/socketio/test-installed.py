#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody has who installs the library: test-installed.py BUILD SOURCE CC

Installs into a folder of its own, then uses nothing but pkg-config and what lies there: the headers one
by one, the programs of the introduction as they are printed, the examples. Output is TAP.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

BUILD, SOURCE = (pathlib.Path(path) for path in sys.argv[1:3])
CC = sys.argv[3:]
PC = "socketio-glib-1.0"
FLAGS = ["-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror"]


def run(*command, **options):
    result = subprocess.run([str(part) for part in command], text=True, capture_output=True, timeout=600, **options)
    assert result.returncode == 0, f"{shlex.join(map(str, command))}\n{result.stdout}{result.stderr}"
    return result.stdout


class Installed:
    def __init__(self, folder):
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", folder, "--tags", "runtime,devel,typelib")
        options = {o["name"]: o["value"] for o in json.loads(run("meson", "introspect", "--buildoptions", BUILD))}
        self.prefix = pathlib.Path(f"{folder}{options['prefix']}")
        self.libdir = self.prefix / options["libdir"]
        self.headers = self.prefix / options["includedir"] / PC
        # It lies below a folder of ours rather than where it was configured for.
        pc = self.libdir / f"pkgconfig/{PC}.pc"
        pc.write_text(re.sub("^prefix=.*", f"prefix={self.prefix}", pc.read_text()))

    def pkg_config(self, *arguments):
        environment = dict(os.environ, PKG_CONFIG_PATH=str(self.libdir / "pkgconfig"))
        return run("pkg-config", *arguments, PC, env=environment)

    def flags(self, *which):
        return shlex.split(self.pkg_config(*which))

    def compile(self, program, *sources):
        run(*CC, *FLAGS, *sources, "-o", program, *self.flags("--cflags", "--libs"))
        return program

    def environment(self):
        return dict(os.environ, LD_LIBRARY_PATH=str(self.libdir), LC_ALL="C.UTF-8")


def check_requirements(installed, folder):
    required = {line.split()[0] for line in installed.pkg_config("--print-requires").splitlines()}
    assert required == {"gio-2.0", "libsoup-3.0", "json-glib-1.0"}, required
    assert installed.pkg_config("--modversion").strip() == json.loads(
        run("meson", "introspect", "--projectinfo", BUILD))["version"]


def check_headers(installed, folder):
    """Each header is enough for itself; C++ takes them all."""
    cflags = installed.flags("--cflags")
    headers = sorted(str(path.relative_to(installed.headers)) for path in installed.headers.rglob("*.h"))
    assert "socketio/sio.h" in headers and not [name for name in headers if "private" in name], headers

    def compile_alone(number_and_name):
        number, name = number_and_name
        source = folder / f"header-{number}.c"
        source.write_text(f"#include <{name}>\n#include <{name}>\n")
        run(*CC, *FLAGS, "-fsyntax-only", source, *cflags)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(compile_alone, enumerate(headers)))
    if shutil.which("g++"):
        source = folder / "all.cc"
        source.write_text("#include <socketio/sio.h>\nint main () { return sio_get_major_version () != SIO_MAJOR_VERSION; }\n")
        run("g++", *FLAGS, source, "-o", folder / "all", *installed.flags("--cflags", "--libs"))
        run(folder / "all", env=installed.environment())


def check_introduction(installed, folder):
    """The programs that the introduction prints are whole, and do what it says."""
    text = (SOURCE / "protocol/docs/introduction.md").read_text()
    programs = []
    for name, code in zip(("server", "client"), re.findall(r"```c\n(.*?)```", text, re.S), strict=True):
        (folder / f"{name}.c").write_text(code)
        programs.append(installed.compile(folder / name, folder / f"{name}.c"))
    processes = []

    def start(*command):
        processes.append(subprocess.Popen(command, text=True, stdout=subprocess.PIPE, env=installed.environment()))
        return processes[-1].stdout

    try:
        url = start(programs[0], "0").readline().strip()
        first = start(programs[1], url)
        assert first.readline() == "connected\n"
        second = start(programs[1], url)
        assert second.readline() == "connected\n"
        heard = first.readline()
        assert heard == "said hello\n", heard
    finally:
        for process in processes:
            process.kill()
            process.wait()


def check_examples(installed, folder):
    sources = SOURCE / "protocol/examples"
    server, client = (installed.compile(folder / name, *(sources / f"{part}.c" for part in parts))
                      for name, parts in (("chat-server", ("chat-server", "serve")), ("chat-client", ("chat-client",))))
    run(sys.executable, SOURCE / "tests/loop/socketio/test-examples.py", server, client, env=installed.environment())


def main():
    checks = [check_requirements, check_headers, check_introduction, check_examples]
    failed = False
    print(f"1..{len(checks)}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        installed = Installed(folder / "root")
        for number, check in enumerate(checks, 1):
            try:
                check(installed, folder)
                print(f"ok {number} - {check.__name__}")
            except (AssertionError, ValueError, subprocess.TimeoutExpired) as error:
                failed = True
                print("".join(f"# {line}\n" for line in str(error).splitlines()) + f"not ok {number} - {check.__name__}")
    return 1 if failed else 0


sys.exit(main())
