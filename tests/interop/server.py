# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 server.py: python3-socketio's server, with the events that test-client-python.c asks for.

Prints "ready PORT"; ends with its standard input.
"""
import asyncio
import os
import sys

import socketio
from aiohttp import web

sio = socketio.AsyncServer(async_mode='aiohttp')
pushed = []


@sio.event
async def connect(sid, environ, auth):
    if auth and auth.get('token') == 'guess':
        raise socketio.exceptions.ConnectionRefusedError('not invited', {'code': 'not-invited'})


@sio.event
async def echo(sid, *args):
    await sio.emit('echo', args, to=sid)
    return args


@sio.event
async def ask(sid, *args):
    async def answered(*answer):
        await sio.emit('answered', answer, to=sid)

    await sio.emit('question', args, to=sid, callback=answered)


@sio.event
async def push(sid, value):
    pushed.append(value)


@sio.on('pushed')
async def tell_pushed(sid):
    return pushed


@sio.event
async def kick(sid):
    await sio.disconnect(sid)


@sio.on('connect', namespace='/custom')
async def connect_custom(sid, environ):
    await sio.emit('welcome', '/custom', to=sid, namespace='/custom')


async def main():
    app = web.Application()
    sio.attach(app)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, '127.0.0.1', 0)
    await site.start()
    print('ready', site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
