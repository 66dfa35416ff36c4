// SPDX-FileCopyrightText: 2026 The Drawbridge authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Talks in a room of chat-server: gjs -m chat-client.js URL NAME ROOM. Each line of its input is said.
import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Json from 'gi://Json?version=1.0';
import Sio from 'gi://Sio?version=1.0';
import System from 'system';

const [url, name, room] = System.programArgs;
const loop = GLib.MainLoop.new(null, false);
const client = Sio.Client.new(url);
const socket = client.socket('/');
const input = Gio.DataInputStream.new(Gio.UnixInputStream.new(0, false));
let leaving = false;
let status = 0;

function argsOf(...texts) {
    const args = Sio.Args.new();
    texts.forEach(text => args.add_string(text));
    return args;
}

function textsOf(args) {
    return Array.from({length: args.get_size()}, (_, i) => args.get_string(i) ?? '?');
}

function join() {
    socket.emit_with_ack_async('join', argsOf(room), 5000, null, (source, result) => {
        try {
            const [, people] = socket.emit_with_ack_finish(result).get_int(0);
            print(`${people} in ${room}`);
        } catch (error) {
            print(error.message);
        }
    });
}

// What was said goes out before the connection ends.
function leave() {
    leaving = true;
    if (client.get_transport() === 0)
        loop.quit();
    else
        client.close();
}

function readLine() {
    input.read_line_async(GLib.PRIORITY_DEFAULT, null, (source, result) => {
        const [line] = input.read_line_finish_utf8(result);
        if (line === null) {
            leave();
            return;
        }
        socket.emit_event('say', argsOf(line));
        readLine();
    });
}

socket.set_auth(Json.from_string(JSON.stringify({name})));
socket.connect('connected', join);
socket.connect('event', (source, event, args) => print(event, ...textsOf(args)));
socket.connect('connect-error', (source, error) => {
    print(error.message);
    if (error.matches(Sio.Error, Sio.Error.REFUSED)) {
        status = 1;
        loop.quit();
    }
});
client.connect('closed', () => {
    if (leaving)
        loop.quit();
});
socket.connect_namespace();
readLine();
loop.run();
System.exit(status);
