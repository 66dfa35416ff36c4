#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py MSGFMT PO ROOT: a translation is complete: formats agree, nothing is fuzzy, no string of the sources
is missing, and every source with strings is listed in POTFILES.in."""
import pathlib
import re
import subprocess
import sys
import tempfile

MARKED = re.compile(r'(?<![\w])(?:_|N_|ngettext) ?\("|translatable="yes"')


def listed_files(root):
    lines = (root / "po/POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def unlisted_files(root, listed):
    files = [p for p in (root / "app").rglob("*") if p.suffix in (".c", ".ui")]
    return [str(p.relative_to(root)) for p in files
            if MARKED.search(p.read_text(encoding="utf-8")) and str(p.relative_to(root)) not in listed]


def main(msgfmt, po, root):
    root = pathlib.Path(root)
    listed = listed_files(root)
    missing = unlisted_files(root, listed)
    if missing:
        print("not in POTFILES.in:", *missing, file=sys.stderr)
        return 1
    subprocess.run([msgfmt, "--check", "-c", "-o", "/dev/null", po], check=True)
    if "#, fuzzy" in pathlib.Path(po).read_text(encoding="utf-8"):
        print(f"{po} has fuzzy entries", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        pot = f"{folder}/drawbridge.pot"
        subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=ngettext:1,2",
                        "-o", pot, *listed], cwd=root, check=True)
        return subprocess.run(["msgcmp", po, pot], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
