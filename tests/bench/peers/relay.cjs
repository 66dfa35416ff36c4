/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';
/* Socket.IO relay for sioload: join / draw / echo.
 *   node relay.cjs PORT [ENGINE]     ENGINE: another wsEngine module, e.g. eiows */
const { Server } = require('socket.io');

const [port, engine] = process.argv.slice(2);
const io = new Server({
  serveClient: false,
  ...(engine ? { wsEngine: require(engine).Server } : {}),
});

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

const http = require('http').createServer();
io.attach(http);
http.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });
