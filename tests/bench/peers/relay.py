#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same relay on python-socketio.   relay.py PORT aiohttp|uvicorn|eventlet"""
import sys

import socketio

port, kind = int(sys.argv[1]), sys.argv[2]
rooms = {}


def register(sio, sync):
    if sync:
        @sio.on('join')
        def join(sid, name):
            rooms[sid] = name
            sio.enter_room(sid, name)
            return 'ok'

        @sio.on('draw')
        def draw(sid, payload):
            if sid in rooms:
                sio.emit('draw', payload, room=rooms[sid], skip_sid=sid)

        @sio.on('disconnect')
        def gone(sid):
            rooms.pop(sid, None)
    else:
        @sio.on('join')
        async def join(sid, name):
            rooms[sid] = name
            sio.enter_room(sid, name)
            return 'ok'

        @sio.on('draw')
        async def draw(sid, payload):
            if sid in rooms:
                await sio.emit('draw', payload, room=rooms[sid], skip_sid=sid)

        @sio.on('disconnect')
        async def gone(sid):
            rooms.pop(sid, None)

    @sio.on('echo')
    def echo(sid, payload):
        return payload


if kind == 'eventlet':
    import eventlet
    import eventlet.wsgi
    sio = socketio.Server(async_mode='eventlet', async_handlers=False)
    register(sio, True)
    app = socketio.WSGIApp(sio)
    eventlet.wsgi.server(eventlet.listen(('127.0.0.1', port), backlog=4096), app,
                         log_output=False, max_size=30000)
elif kind == 'aiohttp':
    from aiohttp import web
    sio = socketio.AsyncServer(async_mode='aiohttp', async_handlers=False)
    register(sio, False)
    app = web.Application()
    sio.attach(app)
    web.run_app(app, host='127.0.0.1', port=port, backlog=4096, access_log=None, print=None)
else:
    import uvicorn
    sio = socketio.AsyncServer(async_mode='asgi', async_handlers=False)
    register(sio, False)
    uvicorn.run(socketio.ASGIApp(sio), host='127.0.0.1', port=port, backlog=4096,
                log_level='error', access_log=False)
