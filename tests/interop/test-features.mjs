// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node test-features.mjs FEATURES-SERVER: the reference's client and what our server can beyond echoes:
// recovery, acks of many, namespaces by a rule and their parents, middlewares of packets, handshakes that
// somebody decides about later. Prints TAP.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

// NODE_PATH is for require() alone.
const { io } = createRequire(import.meta.url)('socket.io-client');

const child = spawn(process.argv[2], [], { stdio: ['pipe', 'pipe', 'inherit'] });
const line = await new Promise((resolve) => child.stdout.once('data', resolve));
const port = Number(String(line).trim().split(' ')[1]);
const once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));

function open(transports, nsp, options) {
  return io(`http://127.0.0.1:${port}${nsp}`, {
    forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 100, transports, ...options,
  });
}

// Resolves once the first event, "message", has come.
async function connect(transports, nsp = '/', options = {}) {
  const socket = open(transports, nsp, options);
  await once(socket, 'message');
  return socket;
}

// Resolves with the error that it is refused with; the client forgets the answer's body right after.
function beRefused(transports, nsp, options = {}) {
  const socket = open(transports, nsp, options);
  return new Promise((resolve) => socket.once('connect_error', (error) => {
    error.body = error.context?.responseText;
    socket.disconnect();
    resolve(error);
  }));
}

const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer)));

async function recovery(transports) {
  const socket = await connect(transports);
  const { id } = socket;
  assert.equal(socket.recovered, false);
  const missed = once(socket, 'missed');
  const again = once(socket, 'connect');
  socket.emit('break');
  assert.equal((await missed)[0], 'while away');
  await again;
  assert.equal(socket.recovered, true);
  assert.equal(socket.id, id);
  socket.disconnect();
}

async function acksOfMany(transports) {
  const sockets = [];
  for (let i = 0; i < 3; i++) {
    sockets.push(await connect(transports));
    sockets[i].on('question', (value, answer) => answer(value + i));
  }
  const [all, ...answers] = await ask(sockets[0], 'ask-all', 10);
  assert.equal(all, true);
  assert.deepEqual(answers.flat().sort(), [10, 11, 12]);
  sockets[2].off('question');
  const [some, ...rest] = await ask(sockets[0], 'ask-all', 20);
  assert.equal(some, false);
  assert.deepEqual(rest.flat().sort(), [20, 21]);
  sockets.forEach((socket) => socket.disconnect());
}

async function dynamicNamespaces(transports) {
  const socket = await connect(transports, '/dyn-7');
  const [name, address] = await ask(socket, 'who');
  assert.equal(name, '/dyn-7');
  assert.equal(address, '127.0.0.1');
  socket.disconnect();
  assert.equal((await beRefused(transports, '/dyn-x')).message, 'Invalid namespace');
}

// What is emitted to the parent reaches each child once; its middlewares are theirs; its acks are of all.
async function parentNamespaces(transports) {
  const family = [await connect(transports, '/dyn-1'), await connect(transports, '/dyn-2'), await connect(transports, '/dyn-2')];
  const stranger = await connect(transports, '/');
  const heard = family.map((socket) => once(socket, 'news'));
  stranger.onAny((name) => assert.notEqual(name, 'news'));
  family.forEach((socket, i) => socket.on('question', (value, answer) => answer(value + i)));
  family[0].emit('tell-family', 'a birth', new Uint8Array([7]));
  for (const [text, bytes] of await Promise.all(heard)) {
    assert.equal(text, 'a birth');
    assert.deepEqual([...bytes], [7]);
  }
  const [all, ...answers] = await ask(family[1], 'ask-family', 10);
  assert.equal(all, true);
  assert.deepEqual(answers.flat().sort(), [10, 11, 12]);
  assert.equal((await beRefused(transports, '/dyn-3', { auth: { rude: true } })).message, 'rude');
  [...family, stranger].forEach((socket) => socket.disconnect());
}

// A function that takes its time decides whether there is such a namespace.
async function namespacesByFunction(transports) {
  const guests = await Promise.all([1, 2].map(() => connect(transports, '/party-1', { auth: { invited: true } })));
  assert.equal((await ask(guests[0], 'who'))[0], '/party-1');
  assert.equal((await beRefused(transports, '/party-2', { auth: { invited: false } })).message, 'Invalid namespace');
  assert.equal((await beRefused(transports, '/wedding', { auth: { invited: true } })).message, 'Invalid namespace');
  guests.forEach((socket) => socket.disconnect());
}

// allow-request answers later; the client sees the status and the words.
async function allowRequest(transports) {
  const socket = await connect(transports, '/', { query: { door: 'open' } });
  socket.disconnect();
  const error = await beRefused(transports, '/', { query: { door: 'shut' } });
  assert.equal(error.type, 'TransportError');
  if (transports[0] === 'polling') {
    assert.equal(error.description, 429);
    assert.deepEqual(JSON.parse(error.body), { code: 4, message: 'Too many today' });
  } else {
    assert.equal(error.description.message, 'Unexpected server response: 429');
  }
}

async function packetMiddlewares(transports) {
  const socket = await connect(transports);
  socket.emit('forbidden', 1);
  assert.equal((await once(socket, 'refused'))[0], 'forbidden');
  socket.disconnect();
}

const tests = [
  recovery, acksOfMany, dynamicNamespaces, parentNamespaces, namespacesByFunction, allowRequest, packetMiddlewares,
];
let failed = 0;
let n = 0;
for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  for (const test of tests) {
    n++;
    const late = setTimeout(() => { console.log(`Bail out! ${test.name} takes too long`); child.kill(); process.exit(1); }, 300000);
    try {
      await test(transports);
      console.log(`ok ${n} - ${test.name} by ${transports}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${n} - ${test.name} by ${transports}\n# ${String(error.stack).replace(/\n/g, '\n# ')}`);
    }
    clearTimeout(late);
  }
}
console.log(`1..${n}`);
child.stdin.end();
process.exitCode = failed ? 1 : 0;
