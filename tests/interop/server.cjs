// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node server.cjs [OPTIONS]: the reference's server, with the events that test-client.c asks for.
// OPTIONS: JSON of what socket.io's Server takes. Prints "ready PORT"; ends with its standard input.
'use strict';
const http = require('http');
const { Server } = require('socket.io');

const options = JSON.parse(process.argv[2] || '{}');
const httpServer = http.createServer();
const io = new Server(httpServer, { serveClient: false, ...options });
const pushed = [];
const tried = [];
const cookies = [];

io.engine.on('headers', (headers, request) => cookies.push(request.headers.cookie ?? ''));

function serve(socket) {
  socket.on('echo', (...args) => {
    const ack = typeof args.at(-1) === 'function' ? args.pop() : null;
    if (ack) ack(...args);
    else socket.emit('echo', ...args);
  });
  socket.on('ask', (...args) => {
    socket.emit('question', ...args, (...answer) => socket.emit('answered', ...answer));
  });
  socket.on('handshake', (ack) => {
    const { auth, query, headers } = socket.handshake;
    ack({ auth, query, tested: headers['x-tested'] ?? null, sid: socket.conn.id });
  });
  socket.on('push', (value) => pushed.push(value));
  socket.on('pushed', (ack) => ack(pushed));
  // Answers the third time.
  socket.on('flaky', (value, ack) => {
    tried.push(value);
    if (tried.filter((other) => other === value).length >= 3) ack(value);
  });
  socket.on('tried', (ack) => ack(tried.filter((value, i) => value !== tried[i - 1])));
  // Of the last request, and whether the handshake's was answered with it.
  socket.on('cookie', (ack) => ack(cookies.at(-1) === `io=${socket.conn.id}`));
  socket.on('b64', (ack) => ack(socket.conn.request._query.b64 ?? null));
  socket.on('burst', (n) => {
    for (let i = 0; i < n; i++) socket.emit('tick', i);
  });
  socket.on('binary burst', (n) => {
    for (let i = 0; i < n; i++) socket.emit('tock', i, Buffer.alloc(i + 1, i));
  });
  socket.on('silence', () => {});
  // Answers when the heartbeat was answered so often.
  socket.on('heartbeats', (n, ack) => {
    let left = n;
    socket.conn.on('heartbeat', () => {
      if (--left === 0) ack(n);
    });
  });
  socket.on('late', (ms, ack) => setTimeout(ack, ms, 'late'));
  socket.on('kick', () => socket.disconnect());
  socket.on('kick all', () => socket.disconnect(true));
  // Ends the connection, then says something to those who are gone.
  socket.on('miss', (n) => {
    const { id, conn } = socket;
    conn.close(true);
    for (let i = 0; i < n; i++) io.to(id).emit('missed', i, 'word');
  });
  // By polling, the connection of the request that waits, as soon as one does.
  socket.on('cut', function cut() {
    const { socket: websocket, req } = socket.conn.transport;
    if (websocket) websocket.terminate();
    else if (req) req.socket.destroy();
    else setImmediate(cut);
  });
}

io.on('connection', serve);
io.of('/custom').on('connection', (socket) => {
  serve(socket);
  socket.emit('welcome', socket.nsp.name);
});
io.of('/guarded').use((socket, next) => {
  if (socket.handshake.auth.token === 'open sesame') return next();
  const error = new Error('not invited');
  error.data = { code: 'not-invited', retry: [1, 2] };
  next(error);
}).on('connection', serve);
io.of('/never').use(() => {});

httpServer.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready ${httpServer.address().port}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
