// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node client.cjs ECHO-SERVER: the reference's client against our server, by polling, by websocket and
// with the upgrade. Prints TAP.
'use strict';
const assert = require('assert/strict');
const { spawn } = require('child_process');
const net = require('net');
const readline = require('readline');
const { Fetch, NodeWebSocket } = require('engine.io-client');
const { io } = require('socket.io-client');

const modes = {
  polling: { transports: ['polling'] },
  websocket: { transports: ['websocket'] },
  upgrade: { transports: ['polling', 'websocket'] },
};

// How long a case may take on a machine that is busy with others.
const PATIENCE_MS = 300000;

function startServer(env = {}) {
  const child = spawn(process.argv[2], [], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    readline.createInterface({ input: child.stdout }).once('line', (line) => {
      const [word, port] = line.split(' ');
      if (word === 'ready') resolve({ child, port: Number(port) });
      else reject(new Error(`the server said ${line}`));
    });
  });
}

function stopServer(server, signal = 'SIGKILL') {
  return new Promise((resolve) => {
    server.child.removeAllListeners('exit');
    server.child.once('exit', (code) => resolve(code));
    if (signal) server.child.kill(signal);
    else server.child.stdin.end();
  });
}

// A port that stays ours while the server behind it dies and comes again elsewhere: a port that was let
// go of may be anybody's, of the client that tries to reach it as well. port: null while nobody serves. Counts the
// bytes that clients send, and servers.
function startFront(port) {
  const front = { target: port, ofClients: 0, ofServers: 0 };
  const listener = net.createServer((socket) => {
    const server = front.target ? net.connect(front.target, '127.0.0.1') : null;
    socket.on('error', () => server?.destroy()).on('close', () => server?.destroy());
    if (!server) return socket.destroy();
    server.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('data', (bytes) => { front.ofClients += bytes.length; });
    server.on('data', (bytes) => { front.ofServers += bytes.length; });
    return socket.pipe(server).pipe(socket);
  });
  front.close = () => listener.close();
  return new Promise((resolve) => listener.listen(0, '127.0.0.1', () => {
    front.port = listener.address().port;
    resolve(front);
  }));
}

const once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));

async function connect(port, mode, options = {}, nsp = '/') {
  const socket = io(`http://127.0.0.1:${port}${nsp}`, {
    forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 100, ...modes[mode], ...options,
  });
  await once(socket, 'connect');
  if (mode === 'upgrade' && socket.io.engine.transport.name === 'polling')
    await once(socket.io.engine, 'upgrade');
  assert.equal(socket.io.engine.transport.name, mode === 'polling' ? 'polling' : 'websocket');
  return socket;
}

const values = [
  [], [1], [null, true, false, '', 0, -1, 1.5, 1e21, 123456789012],
  [{ a: [{ b: { c: [[], {}] } }] }, [[[['deep']]]]],
  ['ünïcödé 日本語 🎨 "quoted" back\\slash \n\t\u0001'],
  ['\u2028\u2029\x7f'],
];

const cases = {
  async events(mode, server) {
    const socket = await connect(server.port, mode);
    for (const value of values) {
      socket.emit('echo', ...value);
      assert.deepEqual(await once(socket, 'echo'), value);
    }
    return socket;
  },

  async acks(mode, server) {
    const socket = await connect(server.port, mode);
    for (const value of values) {
      const answer = await new Promise((resolve) => socket.emit('echo', ...value, (...args) => resolve(args)));
      assert.deepEqual(answer, value);
    }
    socket.once('question', (what, more, ack) => ack(what, more, Buffer.from('answer')));
    socket.emit('ask', 'what?', { x: 1 });
    const [what, more, bytes] = await once(socket, 'answered');
    assert.deepEqual([what, more, Buffer.from(bytes)], ['what?', { x: 1 }, Buffer.from('answer')]);
    await assert.rejects(socket.timeout(50).emitWithAck('silence'), /timed out/);
    return socket;
  },

  async 'unanswered question'(mode, server) {
    const socket = await connect(server.port, mode);
    socket.emit('ask');
    const [message] = await once(socket, 'answered');
    assert.match(message, /timed out/);
    return socket;
  },

  async binary(mode, server) {
    const socket = await connect(server.port, mode);
    for (const size of [0, 1, 125, 126, 65535, 65536, 500000]) {
      const bytes = Buffer.alloc(size, (i) => i * 7);
      const small = Buffer.from([0, 0x1e, 0xff]);
      socket.emit('echo', bytes, { name: 'ä', inside: [small] });
      const [first, second] = await once(socket, 'echo');
      assert.ok(bytes.equals(Buffer.from(first)));
      assert.equal(second.name, 'ä');
      assert.ok(small.equals(Buffer.from(second.inside[0])));
      const answer = await socket.emitWithAck('echo', bytes);
      assert.ok(bytes.equals(Buffer.from(answer)));
    }
    return socket;
  },

  async handshake(mode, server) {
    const socket = await connect(server.port, mode, {
      auth: { token: 'ß' }, query: { colour: 'dark blue' }, extraHeaders: { 'X-Tested': 'yes' },
    });
    const answer = await new Promise((resolve) => socket.emit('handshake', (...args) => resolve(args)));
    assert.deepEqual(answer, [{ token: 'ß' }, 'dark blue', 'yes', socket.io.engine.id, '127.0.0.1']);
    assert.notEqual(socket.id, socket.io.engine.id);
    return socket;
  },

  async refused(mode, server) {
    const socket = io(`http://127.0.0.1:${server.port}/guarded`, { forceNew: true, ...modes[mode], auth: { token: 'guess' } });
    const [error] = await once(socket, 'connect_error');
    assert.equal(error.message, 'not invited');
    assert.deepEqual(error.data, { code: 'not-invited', retry: [1, 2] });
    assert.equal(socket.active, false);
    socket.auth = { token: 'open sesame' };
    socket.connect();
    await once(socket, 'connect');
    return socket;
  },

  async 'unknown namespace'(mode, server) {
    const socket = io(`http://127.0.0.1:${server.port}/nowhere`, { forceNew: true, ...modes[mode] });
    const [error] = await once(socket, 'connect_error');
    assert.equal(error.message, 'Invalid namespace');
    return socket;
  },

  async namespaces(mode, server) {
    const custom = io(`http://127.0.0.1:${server.port}/custom`, { forceNew: true, ...modes[mode] });
    assert.deepEqual(await once(custom, 'welcome'), ['/custom']);
    const main = custom.io.socket('/');
    await once(main, 'connect');
    assert.equal(custom.io.engine, main.io.engine);
    assert.notEqual(custom.id, main.id);
    const engine = custom.io.engine.id;
    main.disconnect();
    assert.deepEqual(await custom.emitWithAck('echo', 1), 1);
    main.connect();
    await once(main, 'connect');
    assert.equal(custom.io.engine.id, engine);
    main.disconnect();
    return custom;
  },

  async rooms(mode, server) {
    const people = await Promise.all([1, 2, 3].map(() => connect(server.port, mode)));
    const heard = people.map(() => []);
    people.forEach((socket, i) => socket.on('relayed', (value) => heard[i].push(value)));
    await people[0].emitWithAck('join', 'a');
    await people[1].emitWithAck('join', 'a');
    // Each has a connection of its own: only an answer tells what the server has done first.
    await people[0].emitWithAck('relay', 'a', 'to the room');
    await people[1].emitWithAck('relay', 'a', { n: 1 });
    await people[1].emitWithAck('leave', 'a');
    await people[0].emitWithAck('relay', 'a', 'to nobody');
    people[2].emit('relay', null, Buffer.from('to all'));
    while (heard.some((list) => !list.some((value) => value instanceof Buffer || value instanceof ArrayBuffer)))
      await new Promise((resolve) => setTimeout(resolve, 5));
    const plain = heard.map((list) => list.map((value) => (value.n ? value.n : String(Buffer.isBuffer(value) ? value : typeof value === 'string' ? value : Buffer.from(value)))));
    assert.deepEqual(plain, [[1, 'to all'], ['to the room', 'to all'], ['to all']]);
    people[1].disconnect();
    people[2].disconnect();
    return people[0];
  },

  async 'server disconnects'(mode, server) {
    const socket = await connect(server.port, mode);
    socket.emit('kick');
    assert.deepEqual(await once(socket, 'disconnect').then(([reason]) => reason), 'io server disconnect');
    socket.connect();
    await once(socket, 'connect');
    socket.emit('kick all');
    assert.deepEqual(await once(socket, 'disconnect').then(([reason]) => reason), 'io server disconnect');
    socket.connect();
    await once(socket, 'connect');
    return socket;
  },

  async farewells(mode, server) {
    const socket = await connect(server.port, mode);
    for (const [leave, reason] of [
      [(other) => other.disconnect(), 'client namespace disconnect'],
      [(other) => other.io.engine.close(), 'transport close'],
    ]) {
      const other = await connect(server.port, mode, { reconnection: false });
      const { id } = other;
      leave(other);
      let told = '';
      while (!told) told = await socket.emitWithAck('farewell', id);
      assert.equal(told, reason);
    }
    return socket;
  },

  async many(mode, server) {
    const socket = await connect(server.port, mode);
    const ticks = [];
    socket.on('tick', (i) => ticks.push(i));
    socket.emit('burst', 1000);
    while (ticks.length < 1000) await once(socket, 'tick').then(() => {});
    assert.deepEqual(ticks, [...Array(1000).keys()]);
    let n = 0;
    socket.on('tock', (i, bytes) => {
      assert.equal(i, n++);
      assert.equal(bytes.byteLength ?? bytes.length, i + 1);
    });
    socket.emit('binary burst', 50);
    while (n < 50) await once(socket, 'tock');
    return socket;
  },

  async order(mode, server) {
    const socket = io(`http://127.0.0.1:${server.port}`, { forceNew: true, ...modes[mode] });
    const sent = [];
    const upgraded = () => socket.connected && (mode !== 'upgrade' || socket.io.engine.transport.name === 'websocket');
    while (sent.length < 500 || !upgraded()) {
      socket.emit('push', sent.length);
      sent.push(sent.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await socket.emitWithAck('pushed'), sent);
    return socket;
  },

  async heartbeat(mode) {
    // The next ping goes out when the last was answered; how soon is the machine's affair.
    const server = await startServer({ PING_INTERVAL: '20', PING_TIMEOUT: '60000' });
    const socket = await connect(server.port, mode);
    const { id } = socket.io.engine;
    let pings = 0;
    socket.io.on('ping', () => pings++);
    while (pings < 10) await once(socket.io, 'ping');
    assert.equal(await socket.emitWithAck('echo', 1), 1);
    assert.equal(socket.io.engine.id, id);
    socket.disconnect();
    await stopServer(server);
  },

  // Binary as text on every transport.
  async base64(mode, server) {
    const socket = await connect(server.port, mode, { forceBase64: true });
    assert.equal(socket.io.engine.transport.supportsBinary, false);
    let frames = 0;
    socket.io.engine.on('packet', (packet) => { if (typeof packet.data !== 'string' && packet.data) frames++; });
    for (const size of [0, 1, 65536]) {
      const bytes = Buffer.alloc(size, (i) => i * 7);
      socket.emit('echo', bytes);
      const [answer] = await once(socket, 'echo');
      assert.ok(bytes.equals(Buffer.from(answer)));
    }
    assert.equal(frames, 3);
    return socket;
  },

  // Text and bytes, counted on the wire: by polling what the server answers, by websocket both ways, once both want
  // it; and what is emitted with compress(false) as it is. The client polls by fetch(), as browsers do.
  async compression(mode) {
    const text = 'lorem ipsum '.repeat(5000);
    const bytes = Buffer.alloc(50000, 'dolor sit amet ');
    const transports = { polling: [Fetch], websocket: [NodeWebSocket], upgrade: [Fetch, NodeWebSocket] }[mode];
    for (const threshold of ['0', '1024']) {
      const server = await startServer({ HTTP_COMPRESSION: threshold, PER_MESSAGE_DEFLATE: threshold });
      const front = await startFront(server.port);
      const socket = await connect(front.port, mode, { transports, perMessageDeflate: { threshold: 1024 } });
      const check = async (byClient, byServer, compress = true) => {
        front.ofClients = 0;
        front.ofServers = 0;
        socket.compress(compress).emit('echo', text, bytes);
        const [answer, data] = await once(socket, 'echo');
        assert.equal(answer, text);
        assert.ok(bytes.equals(Buffer.from(data)));
        for (const [count, packed] of [[front.ofClients, byClient], [front.ofServers, byServer]])
          assert.ok(packed ? count < 5000 : count > 100000, `${count} bytes`);
      };
      const packs = threshold !== '0';
      for (let i = 0; i < 3; i++) await check(packs && mode !== 'polling', packs);
      await check(false, packs, false);
      socket.disconnect();
      front.close();
      await stopServer(server);
    }
  },

  // What a balancer would go by: the id of the session, in the first answer of polling alone.
  async cookie(mode) {
    const server = await startServer({ COOKIE: 'io' });
    const answer = await fetch(`http://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=polling`);
    const { sid } = JSON.parse((await answer.text()).slice(1));
    assert.equal(answer.headers.get('set-cookie'), `io=${sid}; Path=/; HttpOnly; SameSite=Lax`);
    const socket = await connect(server.port, mode, { withCredentials: true });
    assert.equal(await socket.emitWithAck('echo', 1), 1);
    socket.disconnect();
    await stopServer(server);
  },

  // On an HTTP server of libsoup that is somebody else's.
  async guest(mode) {
    const server = await startServer({ HOST: '1' });
    for (const name of ['events', 'acks', 'binary', 'namespaces', 'many', 'order', 'server disconnects'])
      (await cases[name](mode, server)).disconnect();
    await stopServer(server);
  },

  async 'max payload'(mode) {
    const server = await startServer({ MAX_PAYLOAD: '2000' });
    const socket = await connect(server.port, mode);
    for (let i = 0; i < 300; i++) socket.emit('push', '0123456789');
    for (let i = 0; i < 3; i++) socket.emit('silence', 'x'.repeat(1900));
    assert.equal((await socket.emitWithAck('pushed')).length, 300);
    socket.emit('silence', 'x'.repeat(2000));
    const [reason] = await once(socket, 'disconnect');
    assert.match(reason, /^transport (close|error)$/);
    socket.disconnect();
    await stopServer(server);
  },

  async restart(mode) {
    let server = await startServer();
    const front = await startFront(server.port);
    const socket = await connect(front.port, mode);
    front.target = null;
    await stopServer(server);
    if (socket.connected) await once(socket, 'disconnect');
    for (let i = 0; i < 100; i++) socket.emit('push', i);
    server = await startServer();
    front.target = server.port;
    assert.deepEqual(await socket.emitWithAck('pushed'), [...Array(100).keys()]);
    socket.disconnect();
    front.close();
    await stopServer(server);
  },

  async 'clean end'(mode) {
    const server = await startServer();
    const socket = await connect(server.port, mode, { reconnection: false });
    const gone = once(socket, 'disconnect');
    assert.equal(await stopServer(server, null), 0);
    const [reason] = await gone;
    assert.match(reason, /^(transport (close|error)|io server disconnect)$/);
  },
};

async function run(mode, name, server) {
  const limit = new Promise((_, reject) => setTimeout(() => reject(new Error('took too long')), PATIENCE_MS).unref());
  const socket = await Promise.race([cases[name](mode, server), limit]);
  if (socket) socket.disconnect();
}

async function main() {
  const names = Object.keys(modes).flatMap((mode) => Object.keys(cases).map((name) => [mode, name]));
  const server = await startServer();
  let n = 0;
  console.log(`1..${names.length}`);
  for (const [mode, name] of names) {
    if (process.argv[3] && !`${mode}/${name}`.startsWith(process.argv[3])) continue;
    n++;
    try {
      await run(mode, name, server);
      console.log(`ok ${n} ${mode}/${name}`);
    } catch (error) {
      console.log(`not ok ${n} ${mode}/${name}`);
      console.log(String(error.stack).replace(/^/gm, '# '));
      process.exitCode = 1;
    }
  }
  await stopServer(server, null);
}

main().then(() => process.exit()).catch((error) => {
  console.log(`Bail out! ${error.stack}`);
  process.exit(1);
});
