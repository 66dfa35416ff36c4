# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports for servers that come back on the port that they had."""
import random
import socket

# Below the range from which the kernel takes the ports of clients: while the server is down no client gets its
# port, not even the one that tries to reach it and would be connected to itself.
FIRST, LAST = 10000, 32000


def free_port():
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", random.randint(FIRST, LAST)))
            except OSError:
                continue
            return probe.getsockname()[1]
