// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";

// The invitation is in the fragment, which browsers never send: only this script can put it into the
// link that the app understands.
const secure = location.protocol === "https:";
const port = location.port || (secure ? "443" : "80");
const board = location.pathname.slice("/b/".length);
const complete = /^#[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}(\.(viewer|editor))?$/.test(location.hash);

if (complete) {
  const link = document.getElementById("open");
  link.href = `${secure ? "drawbridges" : "drawbridge"}://${location.hostname}:${port}/${board}${location.hash}`;
  link.hidden = false;
} else {
  document.getElementById("incomplete").hidden = false;
}
