/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The same relay on Bun's own HTTP and WebSocket server (which is built on
 * uWebSockets).   bun relay-bun.mjs PORT */
import { Server as Engine } from '@socket.io/bun-engine';
import { Server } from 'socket.io';

const io = new Server();
const engine = new Engine({ path: '/socket.io/' });
io.bind(engine);

io.on('connection', (socket) => {
  let room = null;
  socket.on('join', (name, ack) => {
    room = name;
    socket.join(name);
    if (ack) ack('ok');
  });
  socket.on('draw', (payload) => {
    if (room !== null) socket.to(room).emit('draw', payload);
  });
  socket.on('echo', (payload, ack) => {
    if (ack) ack(payload);
  });
});

export default { port: Number(process.argv[2]), hostname: '127.0.0.1', ...engine.handler() };
