// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node test-features.mjs FEATURES-SERVER: the reference's client and what our server can beyond echoes:
// recovery, acks of many, namespaces by a rule, middlewares of packets. Prints TAP.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

// NODE_PATH is for require() alone.
const { io } = createRequire(import.meta.url)('socket.io-client');

const child = spawn(process.argv[2], [], { stdio: ['pipe', 'pipe', 'inherit'] });
const line = await new Promise((resolve) => child.stdout.once('data', resolve));
const port = Number(String(line).trim().split(' ')[1]);
const once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));

// Resolves once the first event, "message", has come.
async function connect(transports, nsp = '/') {
  const socket = io(`http://127.0.0.1:${port}${nsp}`, {
    forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 100, transports,
  });
  await once(socket, 'message');
  return socket;
}

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
  const [all, ...answers] = await new Promise((resolve) => sockets[0].emit('ask-all', 10, (...args) => resolve(args)));
  assert.equal(all, true);
  assert.deepEqual(answers.flat().sort(), [10, 11, 12]);
  sockets[2].off('question');
  const [some, ...rest] = await new Promise((resolve) => sockets[0].emit('ask-all', 20, (...args) => resolve(args)));
  assert.equal(some, false);
  assert.deepEqual(rest.flat().sort(), [20, 21]);
  sockets.forEach((socket) => socket.disconnect());
}

async function dynamicNamespaces(transports) {
  const socket = await connect(transports, '/dyn-7');
  const [name, address] = await new Promise((resolve) => socket.emit('who', (...args) => resolve(args)));
  assert.equal(name, '/dyn-7');
  assert.equal(address, '127.0.0.1');
  socket.disconnect();
  const stranger = io(`http://127.0.0.1:${port}/dyn-x`, { forceNew: true, transports });
  const [error] = await once(stranger, 'connect_error');
  assert.equal(error.message, 'Invalid namespace');
  stranger.disconnect();
}

async function packetMiddlewares(transports) {
  const socket = await connect(transports);
  socket.emit('forbidden', 1);
  assert.equal((await once(socket, 'refused'))[0], 'forbidden');
  socket.disconnect();
}

let failed = 0;
let n = 0;
for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  for (const test of [recovery, acksOfMany, dynamicNamespaces, packetMiddlewares]) {
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
