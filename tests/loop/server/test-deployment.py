#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server as an operator runs it: admin, reload, TLS, socket activation, behind nginx. TAP."""
import base64
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from machine import free_port  # noqa: E402

PROGRAM = sys.argv[1]
NGINX_SITE = pathlib.Path(sys.argv[2])
BOARD = "A" * 22
KEY = base64.urlsafe_b64encode(b"k" * 32).decode().rstrip("=")
HOST = base64.urlsafe_b64encode(b"h" * 32).decode().rstrip("=")
DEADLINE = 120


class Server:
    """A running server with its directory."""

    def __init__(self, work, *options, env=None):
        self.data = work / "data"
        self.log = open(work / "log", "ab")
        self.process = subprocess.Popen(
            [PROGRAM, "--data-dir", str(self.data), *options], stdout=subprocess.PIPE, stderr=self.log,
            env=env)
        line = self.process.stdout.readline().decode()
        assert line.startswith("drawbridge-server ready "), line
        self.uri = line.split()[-1]
        self.port = int(self.uri.rsplit(":", 1)[1])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(DEADLINE) == 0
        self.process.stdout.close()
        self.log.close()

    def admin(self, *arguments, json_line=True):
        return subprocess.run(
            [PROGRAM, "admin", "--data-dir", str(self.data), *(["--json"] if json_line else []), *arguments],
            capture_output=True, text=True, timeout=DEADLINE)

    def rows(self, *arguments):
        result = self.admin(*arguments)
        assert result.returncode == 0, (arguments, result.stdout, result.stderr)
        return json.loads(result.stdout)["rows"]

    def refused(self, *arguments):
        result = self.admin(*arguments)
        assert result.returncode == 1, (arguments, result.stdout)
        return json.loads(result.stdout)["error"]


def request(port, method, path, body=None, headers=None, context=None, host="127.0.0.1"):
    connection = (http.client.HTTPSConnection(host, port, timeout=DEADLINE, context=context) if context
                  else http.client.HTTPConnection(host, port, timeout=DEADLINE))
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


def create(port, board=BOARD, headers=None, context=None):
    body = {"v": 1, "board": board, "host": HOST,
            "invite": {"key": KEY, "role": "editor", "expires": 0, "uses": 3, "label": ""}}
    return request(port, "POST", "/api/boards", json.dumps(body),
                   {"Content-Type": "application/json", **(headers or {})}, context)[0]


def wait_for(condition):
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "waited for nothing"
        time.sleep(0.02)


def test_admin(work):
    server = Server(work, "--listen", "127.0.0.1:0")
    assert create(server.port) == 201
    (board,) = server.rows("boards")
    assert (board["board"], board["members"], board["here"], board["operations"]) == (BOARD, 1, 0, 0)
    (member,) = server.rows("members", BOARD)
    assert (member["member"], member["role"], member["banned"]) == (HOST, "host", False)
    (invitation,) = server.rows("invitations", BOARD)
    assert (invitation["invitation"], invitation["uses-left"], invitation["came"]) == (KEY, 3, 0)

    backup = work / "backup.db"
    server.rows("backup", str(backup))
    assert "already" in server.refused("backup", str(backup))
    server.rows("lock", BOARD)
    assert server.rows("boards")[0]["locked"]
    server.rows("revoke", BOARD, KEY)
    assert server.rows("invitations", BOARD) == []
    assert "host" in server.refused("ban", BOARD, HOST)
    server.rows("delete", BOARD)
    assert server.rows("boards") == []
    server.rows("restore", BOARD, str(backup))
    assert not server.rows("boards")[0]["locked"]
    assert len(server.rows("invitations", BOARD)) == 1
    assert "here" in server.refused("restore", BOARD, str(backup))

    for wrong in (["nonsense"], ["members"], ["members", "x"], ["members", "B" * 21 + "A"],
                  ["role", BOARD, HOST, "god"], ["boards", "extra"]):
        server.refused(*wrong)
    table = server.admin("boards", json_line=False).stdout.splitlines()
    assert table[0].startswith("BOARD ") and table[1].startswith(BOARD), table
    assert oct((server.data / "admin").stat().st_mode & 0o777) == "0o600"
    server.end()
    assert not (server.data / "admin").exists()
    assert server.admin("boards").returncode == 1


def test_admin_nonsense(work):
    server = Server(work, "--listen", "127.0.0.1:0")
    for line in (b"\n", b"{}\n", b"[[[[[[[[[[\n", b'{"command":5,"arguments":[]}\n', b"x" * 9000,
                 b'{"command":"members","arguments":[5]}\n', b'{"command":"boards","arguments":{}}\n'):
        peer = socket.socket(socket.AF_UNIX)
        peer.settimeout(DEADLINE)
        peer.connect(str(server.data / "admin"))
        peer.sendall(line)
        try:
            answer = peer.recv(4096)
        except ConnectionResetError:
            answer = b""
        assert answer == b"" or b'"error"' in answer, answer
        peer.close()
    assert server.rows("boards") == []
    server.end()


def test_killed_server_leaves_no_obstacle(work):
    server = Server(work, "--listen", "127.0.0.1:0")
    server.process.kill()
    server.process.wait()
    server = Server(work, "--listen", "127.0.0.1:0")
    assert server.rows("boards") == []
    server.end()


def test_reload(work):
    config = work / "server.conf"
    key = work / "key"
    key.write_text("0123456789abcdef0123\n")
    config.write_text("[server]\ncreate=off\n")
    server = Server(work, "--listen", "127.0.0.1:0", "--config", str(config))
    bearer = {"Authorization": "Bearer 0123456789abcdef0123"}
    assert create(server.port, headers=bearer) == 403

    config.write_text(f"[server]\ncreate=key\ncreate-key-file={key}\n")
    server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: create(server.port, headers=bearer) == 201)
    assert create(server.port) == 403
    for wrong in ("Bearer 0123456789abcdef012", "Bearer 0123456789abcdef01234", "Bearer ", "x"):
        assert create(server.port, headers={"Authorization": wrong}) == 403

    # What cannot be read changes nothing.
    config.write_text("[server]\ncreate=everybody\n")
    server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: "reload-failed" in (work / "log").read_text())
    assert create(server.port, headers=bearer) == 201
    assert "0123456789abcdef" not in (work / "log").read_text()
    server.end()


def make_certificate(work):
    certificate, key = work / "cert.pem", work / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key, ssl.create_default_context(cafile=str(certificate))


def shake_hands(port, context=None, host="127.0.0.1"):
    """Long polling's first answer, then a websocket's: the Engine.IO open packet both times."""
    status, text = request(port, "GET", "/socket.io/?EIO=4&transport=polling", context=context)
    assert status == 200 and text.startswith('0{"sid"'), (status, text)
    peer = socket.create_connection((host, port), DEADLINE)
    if context:
        peer = context.wrap_socket(peer, server_hostname="localhost")
    peer.sendall(f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\n"
                 "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode())
    got = b""
    while b'0{"sid"' not in got:
        piece = peer.recv(4096)
        assert piece, got
        got += piece
    assert got.startswith(b"HTTP/1.1 101 "), got
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in got, got
    peer.close()


def test_tls(work):
    certificate, key, context = make_certificate(work)
    config = work / "server.conf"
    config.write_text(f"[server]\ntls-certificate={certificate}\ntls-key={key}\n")
    # gcc's leak checker itself faults, now and then, on GIO's TLS module; valgrind does not.
    server = Server(work, "--listen", "127.0.0.1:0", "--config", str(config),
                    env={**os.environ, "LSAN_OPTIONS": "detect_leaks=0"})
    assert server.uri.startswith("https://"), server.uri
    assert request(server.port, "GET", "/healthz", context=context)[0] == 200
    shake_hands(server.port, context)
    server.end()
    config.write_text(f"[server]\ntls-certificate={key}x\n")
    result = subprocess.run([PROGRAM, "--memory", "--config", str(config)], capture_output=True, text=True,
                            timeout=DEADLINE)
    assert result.returncode == 1 and "key.pemx" in result.stderr, result


def test_socket_activation(work):
    listener = socket.create_server(("127.0.0.1", 0))
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(str(work / "notify"))
    notify.settimeout(DEADLINE)
    port = listener.getsockname()[1]
    # As a service manager does it: the socket is descriptor 3, the variables are the child's own.
    script = f'exec env LISTEN_FDS=1 LISTEN_PID=$$ "$0" "$@" 3<&{listener.fileno()}'
    for _ in range(2):
        process = subprocess.Popen(["sh", "-c", script, PROGRAM, "--data-dir", str(work / "data")],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   pass_fds=[listener.fileno()],
                                   env={**os.environ, "NOTIFY_SOCKET": str(work / "notify")})
        # Who connects before it is ready waits and is served.
        assert request(port, "GET", "/healthz")[0] == 200
        assert process.stdout.readline().decode() == f"drawbridge-server ready http://127.0.0.1:{port}\n"
        assert notify.recv(64) == b"READY=1"
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
        process.stdout.close()
    listener.close()
    notify.close()


def test_behind_nginx(work):
    certificate, key, context = make_certificate(work)
    port = free_port()
    config = work / "server.conf"
    secret = work / "key"
    secret.write_text("0123456789abcdef0123")
    config.write_text(f"[server]\nallowed-hosts=board.example.org\ncreate=key\ncreate-key-file={secret}\n"
                      "[limits]\nblob-bytes=8388608\n")
    server = Server(work, "--listen", "127.0.0.1:0", "--config", str(config))
    # The file that is shipped, with nothing changed but addresses and paths.
    site = NGINX_SITE.read_text()
    for old, new in (("127.0.0.1:3729", f"127.0.0.1:{server.port}"), ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
                     ("  listen [::]:443 ssl;\n", ""),
                     ("/etc/ssl/board.example.org/fullchain.pem", str(certificate)),
                     ("/etc/ssl/board.example.org/privkey.pem", str(key))):
        assert old in site, old
        site = site.replace(old, new)
    (work / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {work}/pid; error_log {work}/error.log;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; client_body_temp_path {work}/b; proxy_temp_path {work}/p;\n"
        f"fastcgi_temp_path {work}/f; uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;\n{site}\n}}\n")
    nginx = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(work), "-c",
                              str(work / "nginx.conf"), "-e", str(work / "error.log")], stderr=subprocess.DEVNULL)

    def is_up():
        try:
            return request(port, "GET", "/healthz", context=context)[0] == 200
        except OSError:
            return False

    try:
        wait_for(is_up)
        shake_hands(port, context)
        # Through the proxy nobody is local.
        assert create(port, context=context) == 403
        assert request(port, "GET", "/metrics", context=context)[0] == 404
        assert create(port, headers={"Authorization": "Bearer 0123456789abcdef0123"}, context=context) == 201
        # A body of some megabytes reaches the server, which wants a proof.
        status, _ = request(port, "PUT", f"/blob/{BOARD}/{'0' * 64}", b"", {"Content-Length": "0"}, context)
        assert status == 401, status
        assert request(port, "GET", f"/b/{BOARD}", context=context)[0] == 200
        assert request(port, "GET", "/healthz", headers={"Host": "evil.example"}, context=context)[0] == 421
    finally:
        nginx.terminate()
        nginx.wait(DEADLINE)
    server.end()


TESTS = [test_admin, test_admin_nonsense, test_killed_server_leaves_no_obstacle, test_reload, test_tls,
         test_socket_activation, test_behind_nginx]


def missing(test):
    """What this machine lacks for a test; it is skipped then, and says so."""
    if test in (test_tls, test_behind_nginx) and not shutil.which("openssl"):
        return "openssl"
    if test is test_behind_nginx and not (shutil.which("nginx") or os.path.exists("/usr/sbin/nginx")):
        return "nginx"
    return None


def main():
    print(f"1..{len(TESTS)}")
    failed = 0
    for number, test in enumerate(TESTS, 1):
        lacks = missing(test)
        if lacks:
            print(f"ok {number} {test.__name__} # SKIP no {lacks}", flush=True)
            continue
        work = pathlib.Path(tempfile.mkdtemp(prefix="bridge-"))
        try:
            test(work)
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception as error:  # noqa: BLE001: whatever it was, the next test runs
            failed += 1
            print(f"# {type(error).__name__}: {error}")
            print(f"not ok {number} {test.__name__}", flush=True)
            if os.environ.get("BRIDGE_TEST_TRACE"):
                raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    sys.exit(failed != 0)


signal.alarm(700)
main()
