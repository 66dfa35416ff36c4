# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 client.py ECHO-SERVER: python3-socketio's client against our server. Prints TAP."""
import asyncio
import sys
import traceback

import socketio
from engineio.payload import Payload

# By default this client ends the session when a poll brings more than 16 packets, as that of a burst does.
Payload.max_decode_packets = 1000

# Seconds that anything may take on a machine that is busy with others.
PATIENCE = 300
MODES = {'polling': ['polling'], 'websocket': ['websocket'], 'upgrade': ['polling', 'websocket']}
VALUES = [
    [], [1], [None, True, False, '', 0, -1, 1.5, 123456789012],
    [{'a': [{'b': {'c': [[], {}]}}]}, [[[['deep']]]]],
    ['ünïcödé 日本語 🎨 "quoted" back\\slash \n\t\u0001'],
]


class Desk:
    """A client and a queue of what it has heard."""

    def __init__(self, port, mode, namespace='/'):
        self.url = f'http://127.0.0.1:{port}'
        self.mode = mode
        self.namespace = namespace
        self.heard = asyncio.Queue()
        self.client = socketio.AsyncClient(reconnection=False)
        for name in ('echo', 'answered', 'welcome', 'relayed', 'tick'):
            self.client.on(name, self.listen(name), namespace=namespace)
        self.client.on('connect_error', self.listen('connect_error'), namespace=namespace)
        self.client.on('disconnect', self.listen('disconnect'), namespace=namespace)
        self.client.on('question', self.answer, namespace=namespace)

    def listen(self, name):
        async def handler(*args):
            await self.heard.put((name, list(args)))
        return handler

    async def answer(self, *args):
        return args

    async def connect(self, auth=None):
        await self.client.connect(self.url, transports=MODES[self.mode], namespaces=[self.namespace],
                                  auth=auth, wait_timeout=PATIENCE)
        expected = 'polling' if self.mode == 'polling' else 'websocket'
        assert self.client.transport() == expected, self.client.transport()

    async def emit(self, event, *args):
        await self.client.emit(event, args, namespace=self.namespace)

    async def ask(self, event, *args):
        return await self.client.call(event, args, namespace=self.namespace, timeout=PATIENCE)

    async def expect(self, name):
        while True:
            heard, args = await asyncio.wait_for(self.heard.get(), PATIENCE)
            if heard == name:
                return args


async def events(port, mode):
    desk = Desk(port, mode)
    await desk.connect()
    for value in VALUES:
        await desk.emit('echo', *value)
        got = await desk.expect('echo')
        assert got == value, got
    await desk.client.disconnect()


async def acks(port, mode):
    desk = Desk(port, mode)
    await desk.connect()
    assert await desk.ask('echo', {'x': [1]}) == {'x': [1]}
    assert list(await desk.ask('echo', 1, 'two')) == [1, 'two']
    await desk.emit('ask', 'what?', {'x': 1})
    assert await desk.expect('answered') == ['what?', {'x': 1}]
    await desk.client.disconnect()


async def binary(port, mode):
    desk = Desk(port, mode)
    await desk.connect()
    for size in (0, 1, 125, 126, 65536, 300000):
        data = bytes(i * 7 % 256 for i in range(size))
        await desk.emit('echo', data, {'name': 'ä', 'inside': [b'\x00\x1e\xff']})
        assert await desk.expect('echo') == [data, {'name': 'ä', 'inside': [b'\x00\x1e\xff']}]
        assert await desk.ask('echo', data) == data
    await desk.client.disconnect()


async def refused(port, mode):
    desk = Desk(port, mode, '/guarded')
    # Not waited for in connect(): that waits for as long as it may before it looks at the refusal.
    await desk.client.connect(desk.url, transports=MODES[mode], namespaces=['/guarded'],
                              auth={'token': 'guess'}, wait=False)
    error, = await desk.expect('connect_error')
    assert error == {'message': 'not invited', 'data': {'code': 'not-invited', 'retry': [1, 2]}}, error
    await desk.client.disconnect()
    desk = Desk(port, mode, '/guarded')
    await desk.connect({'token': 'open sesame'})
    assert await desk.ask('echo', 1) == 1
    await desk.client.disconnect()


async def namespace(port, mode):
    desk = Desk(port, mode, '/custom')
    await desk.connect()
    assert await desk.expect('welcome') == ['/custom']
    await desk.client.disconnect()


async def rooms(port, mode):
    desks = [Desk(port, mode) for _ in range(3)]
    for desk in desks:
        await desk.connect()
    for desk in desks[:2]:
        await desk.ask('join', f'python {mode}')
    await desks[0].emit('relay', f'python {mode}', {'n': 1})
    assert await desks[1].expect('relayed') == [{'n': 1}]
    await desks[1].emit('relay', f'python {mode}', b'bytes')
    assert await desks[0].expect('relayed') == [b'bytes']
    assert desks[2].heard.empty()
    for desk in desks:
        await desk.client.disconnect()


async def many(port, mode):
    desk = Desk(port, mode)
    await desk.connect()
    await desk.emit('burst', 300)
    assert [(await desk.expect('tick'))[0] for _ in range(300)] == list(range(300))
    for i in range(200):
        await desk.emit('push', i)
    assert await desk.ask('pushed') == list(range(200))
    await desk.client.disconnect()


async def kicked(port, mode):
    desk = Desk(port, mode)
    await desk.connect()
    await desk.emit('kick')
    await desk.expect('disconnect')
    await desk.client.disconnect()


CASES = [events, acks, binary, refused, namespace, rooms, many, kicked]


async def main():
    server = await asyncio.create_subprocess_exec(
        sys.argv[1], stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    word, port = (await server.stdout.readline()).decode().split()
    assert word == 'ready'
    print(f'1..{len(MODES) * len(CASES)}', flush=True)
    n = failed = 0
    for mode in MODES:
        for case in CASES:
            n += 1
            try:
                await asyncio.wait_for(case(int(port), mode), PATIENCE)
                print(f'ok {n} {mode}/{case.__name__}', flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f'not ok {n} {mode}/{case.__name__}')
                print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
    server.stdin.close()
    assert await server.wait() == 0
    sys.exit(1 if failed else 0)


asyncio.run(main())
