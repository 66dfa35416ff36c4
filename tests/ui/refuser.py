#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that lets nobody in: refuser.py prints its port, then answers each CONNECT with the refusal whose code
stands on the last line of its standard input ("drip": says hello and never sends the log that it promises).
"""
import asyncio
import json
import sys

import socketio
from aiohttp import web

code = "unavailable"


async def read_codes(server):
    """Each line is the next answer."""
    global code
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            return
        code = line.strip()
        print("now", code, flush=True)


async def main():
    server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[])
    app = web.Application()
    server.attach(app)

    @server.event
    async def connect(sid, _environ, auth):
        if code != "drip":
            raise socketio.exceptions.ConnectionRefusedError("no", {"code": code, "message": "<b>no</b>"})
        limits = {}
        await server.emit("hello", {"you": auth["member"]["key"], "role": "editor", "seq": 4000, "counter": 0,
                                    "snapshot": None, "members": [], "locked": False, "limits": limits}, to=sid)

    async def health(_request):
        return web.Response(text=json.dumps({"status": "ok"}), content_type="application/json")

    app.router.add_get("/healthz", health)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await read_codes(server)


if __name__ == "__main__":
    asyncio.run(main())
