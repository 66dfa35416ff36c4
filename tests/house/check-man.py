#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-man.py PAGE PROGRAM [ARGUMENT...]: the manual page has every option that --help lists, and no other (TAP)."""
import os
import re
import subprocess
import sys

OPTION = re.compile(r"--[a-z][a-z-]*")


def main(page, *command):
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    text = subprocess.run([*command, "--help"], env=env, capture_output=True, text=True, check=True, timeout=300).stdout
    if os.path.basename(command[0]) == "drawbridge-server" and len(command) == 1:
        text += subprocess.run([*command, "admin", "--help"], env=env, capture_output=True, text=True, check=True,
                               timeout=300).stdout
    with open(page, encoding="utf-8") as file:
        manual = file.read().replace("\\-", "-")
    wanted, written = set(OPTION.findall(text)), set(OPTION.findall(manual))
    print("1..2")
    for number, (what, rest) in enumerate((("every option has its place", wanted - written),
                                           ("no option is made up", written - wanted)), 1):
        for option in sorted(rest):
            print("#", option)
        print(f"{'not ok' if rest else 'ok'} {number} - {what}")
    return 1 if wanted ^ written else 0


sys.exit(main(*sys.argv[1:]))
