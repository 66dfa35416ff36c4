#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# prepare.sh DEST: installs the pinned JavaScript peers (package-lock.json) into DEST, once. Nothing
# is written beside the sources. Does nothing when DEST already holds what the lock asks for; may be
# called by several processes at once.
set -eu
[ $# -eq 1 ] || { echo "usage: prepare.sh DEST" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
dest=$(cd "$1" && pwd)

exec 9>"$dest/.lock"
flock 9
if cmp -s "$here/package-lock.json" "$dest/.installed"; then
  exit 0
fi
cp "$here/package.json" "$here/package-lock.json" "$dest/"
cd "$dest"
# No package of this tree needs an install script, so none may run.
npm ci --fetch-retries=5 --ignore-scripts --no-audit --no-fund --loglevel=error >&2
cp package-lock.json .installed
