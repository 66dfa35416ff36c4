# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests ask of the machine that they run on."""
import random
import shutil
import socket
import subprocess

# Below the range from which the kernel takes the ports of clients: while the server is down no client gets its
# port, not even the one that tries to reach it and would be connected to itself.
FIRST, LAST = 10000, 32000


def free_port():
    """For a server that comes back on the port that it had."""
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", random.randint(FIRST, LAST)))
            except OSError:
                continue
            return probe.getsockname()[1]


def can_trace():
    """Whether strace is there and may do what it is for."""
    return shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"],
                                                     stderr=subprocess.DEVNULL, check=False).returncode == 0
