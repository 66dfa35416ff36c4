# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small filesystem in a file, that can be filled, made read-only and cut off from its power."""
import contextlib
import errno
import fcntl
import os
import pathlib
import struct
import subprocess

import crowd as crowds
import people

# EXT4_IOC_SHUTDOWN, without writing the journal out first: what was not synced never reaches the disk.
SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)


def _run(*command):
    subprocess.run(command, check=True, capture_output=True)


class Disk:
    """ext4 on a loop device; raises people.Skip where that is not to be had."""

    def __init__(self, directory, megabytes):
        self.image, self.path = pathlib.Path(directory) / "disk.img", pathlib.Path(directory) / "disk"
        self.megabytes = megabytes

    def __enter__(self):
        if os.geteuid() != 0:
            raise people.Skip("mounting a disk needs root")
        self.path.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(self.megabytes << 20)
        _run("mkfs.ext4", "-qF", str(self.image))
        try:
            self.mount()
        except subprocess.CalledProcessError as error:
            raise people.Skip(f"no disk can be mounted here: {error.stderr.decode().strip()}") from error
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", str(self.path)], capture_output=True)

    def mount(self):
        _run("mount", "-o", "loop", str(self.image), str(self.path))

    def unmount(self):
        _run("umount", str(self.path))

    def set_read_only(self, read_only):
        _run("mount", "-o", f"remount,{'ro' if read_only else 'rw'}", str(self.path))

    def fill(self):
        """To the last block, and keeps it so full that nothing fits any more."""
        with open(self.path / "filler", "ab", buffering=0) as filler, contextlib.suppress(OSError):
            for size in (1 << 20, 1 << 16, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while True:
                        filler.write(bytes(size))
            os.fsync(filler.fileno())

    def empty(self):
        os.unlink(self.path / "filler")

    def cut_power(self):
        """All that was not synced is gone; everything on it fails until it is mounted again.

        Whoever writes to it must stand still by then: this is the disk's power alone, and a sync that is under way
        in that moment returns as if it had reached the disk (seen with 6.18)."""
        fd = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(fd, SHUTDOWN, NO_LOG_FLUSH)
        except OSError as error:
            if error.errno in (errno.ENOTTY, errno.EOPNOTSUPP, errno.EPERM):
                raise people.Skip("the kernel cannot cut a disk off") from error
            raise
        finally:
            os.close(fd)

    def put_canary(self, synced):
        """A file whose bytes were synced, or were not, at the moment of a cut."""
        with open(self.path / f"canary-{synced}", "wb", buffering=0) as canary:
            canary.write(b"alive" * 1000)
            if synced:
                os.fsync(canary.fileno())
        if synced:
            directory = os.open(self.path, os.O_RDONLY)
            os.fsync(directory)
            os.close(directory)

    def take_canary(self, synced):
        """Whether it is whole."""
        path = self.path / f"canary-{synced}"
        alive = path.exists() and path.read_bytes() == b"alive" * 1000
        path.unlink(missing_ok=True)
        return alive


def play(options, directory, log, megabytes, trouble):
    """crowd.play() with the server's files on a disk of that size, which is the crowd's "disk"."""
    with Disk(directory, megabytes) as disk:
        server = people.Server(options.build, disk.path / "server", log)
        with crowds.gathered(options, directory, log, server) as crowd:
            crowd.disk = disk
            return crowds.play(crowd, trouble)
