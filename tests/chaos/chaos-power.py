#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power fails under the server's disk while people draw (needs root).

What was not synced at that moment never reaches the disk. What was acknowledged is there when it is back,
and what was not yet is sent again by those who drew it. Prints TAP and figures.
"""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import crowd as crowds  # noqa: E402
import disks  # noqa: E402


def cut(crowd, number):
    """Returns whether the disk lost what was not synced."""
    disk, chance = crowd.disk, crowd.chance
    crowd.wait_for_acks(len(crowd.bots))
    disk.put_canary(synced=True)
    time.sleep(chance.uniform(0, 0.4))
    crowd.burst(10)
    disk.put_canary(synced=False)
    time.sleep(chance.uniform(0, 0.1))
    crowd.server.freeze()
    disk.cut_power()
    crowd.server.kill()
    disk.unmount()
    disk.mount()
    crowd.expect(disk.take_canary(synced=True), "the disk lost what was synced: no server could do better")
    crowd.check_now(f"after cut {number}")
    return not disk.take_canary(synced=False)


def cut_often(crowd):
    lost = in_flight = 0
    for number in range(crowd.options.cuts):
        lost += cut(crowd, number)
        in_flight += crowd.count_in_flight()
        crowd.server.start()
        crowd.come_back()
    crowd.figures |= {"cuts": crowd.options.cuts, "cuts_that_lost_unsynced_bytes": lost,
                      "in_flight_at_cuts": in_flight}
    # Where nothing is ever lost nothing is proved.
    crowd.expect(lost > 0, "no cut lost anything that was not synced")
    crowd.expect(in_flight > 0, "no op was on its way at any cut")


def run(options, directory, log):
    return disks.play(options, directory, log, 96, cut_often)


if __name__ == "__main__":
    crowds.main(__doc__, run, "{cuts} power cuts", cuts=3)
