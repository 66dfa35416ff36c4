// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// redis-server.cjs '{"redis":PATH}': the reference's server with its Redis adapter, and its
// emitter. Clients tell it what to do in the words of tests/loop/socketio/cluster.c. Prints
// "ready PORT"; ends with its standard input.
'use strict';
const http = require('http');
const { Server } = require('socket.io');
const { createAdapter } = require('@socket.io/redis-adapter');
const { Emitter } = require('@socket.io/redis-emitter');
const { createClient } = require('redis');

const options = JSON.parse(process.argv[2]);

const to = (io, room) => (room === null ? io.of('/') : io.of('/').to(room));

const words = (io, emitter) => ({
  enter: (socket, [room]) => socket.join(room),
  tell: (socket, [room, value, plain]) => void to(io, room).compress(!plain).emit('news', value),
  'emitter-tell': (socket, [room, value]) =>
    void (room === null ? emitter : emitter.to(room)).emit('news', value),
  'emitter-gather': (socket, [room, other]) => void emitter.in(room).socketsJoin(other),
  'emitter-kick': (socket, [room]) => void emitter.in(room).disconnectSockets(),
  'emitter-server-tell': (socket, values) => void emitter.serverSideEmit('tell', ...values),
  'ask-all': (socket, [room, ms]) => new Promise((resolve) => {
    to(io, room).timeout(ms).emit('question', 'who', (error, responses) => {
      const texts = responses.map((response) => JSON.stringify([response])).sort();
      resolve(error ? [...texts, 'failed'] : texts);
    });
  }),
  list: async (socket, [room]) => {
    const sockets = await to(io, room).fetchSockets();
    return sockets.map(({ id, handshake, rooms }) => {
      if (handshake.query.EIO !== '4' || !handshake.address) throw new Error('no handshake');
      return `${id} ${rooms.size}`;
    });
  },
  gather: (socket, [room, other]) => void to(io, room).socketsJoin(other),
  scatter: (socket, [room, other]) => void to(io, room).socketsLeave(other),
  kick: (socket, [room]) => void to(io, room).disconnectSockets(),
  'all-rooms': async () => [...(await io.of('/').adapter.allRooms())].filter((room) => room.length < 20).sort(),
  'server-tell': (socket, values) => void io.serverSideEmit('tell', ...values),
  'server-ask': async (socket, values) =>
    (await io.serverSideEmitWithAck('ask', ...values)).map((answer) => JSON.stringify([answer])),
});

const serve = async () => {
  const publishing = createClient({ socket: { path: options.redis } });
  const listening = publishing.duplicate();
  await Promise.all([publishing.connect(), listening.connect()]);
  const server = http.createServer();
  const io = new Server(server, { adapter: createAdapter(publishing, listening) });
  const known = words(io, new Emitter(publishing));
  io.on('tell', (value) => io.local.emit('heard', value));
  io.on('ask', (value, answer) => answer(value));
  io.on('connection', (socket) => {
    for (const [word, run] of Object.entries(known)) {
      socket.on(word, async (...values) => {
        const answer = values.pop();
        const result = await Promise.resolve(run(socket, values)).catch(() => ['failed']);
        answer(...(Array.isArray(result) ? result : []));
      });
    }
  });
  server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
};

process.stdin.on('end', () => process.exit(0)).resume();
serve();
