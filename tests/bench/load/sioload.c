/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sioload - a load generator ("ruler") for Socket.IO v5 / Engine.IO v4 servers
 *
 *   cc -O2 -Wall -Wextra -o sioload *.c                (C11, Linux, libc only)
 *   ./sioload SCENARIO --url http://127.0.0.1:PORT [flags]     one JSON line out
 *
 * One process, one thread, one epoll set plays all clients, so that all send and
 * receive times come from one clock and so that the generator is far cheaper
 * than the server.  Run the server on one core and sioload on another
 * (taskset -c 0 server; taskset -c 1 sioload ...).  Targets outside 127.0.0.0/8
 * are refused.
 *
 * PROTOCOL
 *   Engine.IO v4, by default straight over WebSocket
 *   (GET /socket.io/?EIO=4&transport=websocket, no extensions offered), client
 *   frames masked with one constant mask.  With --transport polling: HTTP
 *   long-polling, two keep-alive connections per client (GET, POST), packets
 *   separated by 0x1e, binary as 'b'+base64.
 *   Packets: "0{..}" open -> we send "40" -> "40{..}" means connected;
 *   "2" ping -> "3" pong; "42[..]" event; "43id[..]" ack; "451-[..]" + binary
 *   frames for a binary event.  Other events are counted and ignored.
 *
 * WHAT A SERVER MUST OFFER (event names can be changed with flags)
 *   ["join", room]     with an ack id: put the socket into the room, then ack
 *                      (--no-join-ack: fire and forget, then wait one second)
 *   ["draw", payload]  relay the same event and payload to everybody else in
 *                      the sender's room, not to the sender
 *   ["echo", payload]  with an ack id: ack with the payload (scenario echo)
 *   The payload is an object {"k":"<30 hex digits>","p":[[x,y],..],"z":".."} of
 *   exactly --bytes bytes; "k" holds send time, sender and sequence number.
 *   With --binary it is one binary attachment of --bytes bytes.
 *
 * SCENARIOS
 *   fanout   --clients C in --rooms R; the first --senders S of each room emit
 *            --rate E events/s each for --secs T after --warmup W seconds.  The
 *            schedule is open loop: latency counts from the time at which an
 *            event was due, so a late generator or a blocked socket shows up as
 *            latency and is not hidden.  --poisson: random gaps, as of independent
 *            people, in place of equal ones.  --idle N adds N connected clients
 *            that take no part.
 *   fanout --max   closed loop: each sender keeps --window W events that not
 *            all receivers have got yet; finds the peak throughput.  Use it with
 *            --batch-us 200: on loopback, waking a sleeping receiver costs the
 *            SERVER 1-2 us per message, which remote clients would not.
 *   echo     each client keeps --window W emits with ack id under way.
 *   connect  connects C clients, --conc K handshakes at a time (rate, handshake
 *            time), then holds them idle: memory per connection, CPU while idle
 *            for --hold seconds, memory after all have left.  --offer-deflate
 *            offers permessage-deflate as browsers do (this scenario only).
 *   storm    connects C clients (and joins rooms if --rooms is given), drops all
 *            at once and reconnects all at once (--conc K limits it); time until
 *            all are back.
 *   polling  = fanout --transport polling
 *
 * FIGURES (JSON keys)
 *   delivered        events received by all receivers within the window
 *   delivered_per_s  the same per second; expected_per_s: what the rate asks for
 *   lat_*_us         delivery latency of events sent within the window
 *   rtt_*_us         echo round trip
 *   lost             gaps: a later event of that sender came, this one never did
 *   undelivered      sent, but neither seen nor overtaken when the drain ended
 *   duplicated, out_of_order, misrouted (foreign room or own event), altered
 *                    (length differs), unsent (client buffer full): all 0 if ok
 *   server_cpu_s     utime+stime of --server-pid (all threads; several pids with
 *                    commas) in the window.  On loopback the kernel runs the
 *                    receiving half of TCP inside the sender's write, so this
 *                    holds it, for every server alike.
 *   cpu_us_per_msg   server_cpu_s per delivered event (per ack in echo)
 *   gen_cpu_share    our own CPU; when near 1, WE were the bottleneck and the
 *                    line says "generator_bound":true: do not trust throughput
 *   other_cpu        CPUs used by everything else on the machine: noise
 *   late_p99_us      how late our own schedule ran (0.99 quantile)
 *   sent_least, sent_most   events of the least and the most served sender: far
 *                    apart in --max when a server lets one client starve others
 */
#include "sioload.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

struct options opt = { .name = "",
                       .path = "/socket.io/",
                       .nsp = "/",
                       .query = "",
                       .auth = "",
                       .event = "draw",
                       .join_event = "join",
                       .echo_event = "echo",
                       .room_prefix = "r",
                       .clients = 50,
                       .rooms = 0,
                       .senders = 1,
                       .bytes = 100,
                       .window = 8,
                       .attachments = 1,
                       .rate = 60,
                       .secs = 8,
                       .warmup = 2,
                       .hold = 10,
                       .drain = 3,
                       .timeout = 30 };

_Noreturn void
die (const char *fmt, ...)
{
  va_list ap;
  va_start (ap, fmt);
  fputs ("sioload: ", stderr);
  vfprintf (stderr, fmt, ap);
  fputc ('\n', stderr);
  va_end (ap);
  exit (1);
}

_Noreturn static void
usage_exit (void)
{
  fputs ("usage: sioload fanout|echo|connect|storm|polling --url http://127.0.0.1:PORT [flags]\n"
         "  --server-pid P[,P..]  --name LABEL  --path /socket.io/  --nsp /  --query a=b  --auth "
         "JSON\n"
         "  --clients N  --rooms N  --senders N  --rate EV/S  --bytes N  --binary  --attachments "
         "N\n"
         "  --idle N  --max  --window N  --secs S  --warmup S  --drain S  --hold S  --timeout S\n"
         "  --event NAME  --recv-event NAME  --join-event NAME  --echo-event NAME  --no-join-ack\n"
         "  --room-arg (room is the first argument of each event)  --room-prefix S\n"
         "  --transport websocket|polling  --conc N  --src N (source addresses 127.0.0.1..N)\n"
         "  --poisson (random gaps)  --offer-deflate  --rst (drop with RST)\n"
         "  --spin (never sleep)  --batch-us N (look for input at most every N us)\n"
         "See the comment at the top of sioload.c.\n",
         stderr);
  exit (2);
}

static void
parse_url (const char *u)
{
  char host[64];
  int port = 80, used = 0;
  if (sscanf (u, "%*[a-z]://%63[0-9.]%n:%d", host, &used, &port) < 1)
    die ("cannot read the URL %s (want http://127.0.0.1:PORT)", u);
  opt.addr.sin_family = AF_INET;
  opt.addr.sin_port = htons ((uint16_t) port);
  if (inet_pton (AF_INET, host, &opt.addr.sin_addr) != 1
      || ntohl (opt.addr.sin_addr.s_addr) >> 24 != 127)
    die ("%s: only 127.0.0.0/8 is allowed", host);
}

static void
parse_pids (const char *s)
{
  for (char *e; *s && opt.n_pids < 64; s = *e ? e + 1 : e)
    opt.pids[opt.n_pids++] = (int) strtol (s, &e, 10);
}

enum kind_of_flag {
  TEXT,
  WHOLE,
  REAL,
  SWITCH,
  OTHER, /* known to take_other() */
};

static const struct flag {
  const char *name;
  enum kind_of_flag kind;
  void *to;
} flags[] = {
  { "url", OTHER, NULL },
  { "server-pid", OTHER, NULL },
  { "name", TEXT, &opt.name },
  { "path", TEXT, &opt.path },
  { "nsp", TEXT, &opt.nsp },
  { "query", TEXT, &opt.query },
  { "auth", TEXT, &opt.auth },
  { "clients", WHOLE, &opt.clients },
  { "rooms", WHOLE, &opt.rooms },
  { "senders", WHOLE, &opt.senders },
  { "rate", REAL, &opt.rate },
  { "bytes", WHOLE, &opt.bytes },
  { "binary", SWITCH, &opt.binary },
  { "attachments", WHOLE, &opt.attachments },
  { "idle", WHOLE, &opt.idle },
  { "max", SWITCH, &opt.max },
  { "window", WHOLE, &opt.window },
  { "secs", REAL, &opt.secs },
  { "warmup", REAL, &opt.warmup },
  { "drain", REAL, &opt.drain },
  { "hold", REAL, &opt.hold },
  { "timeout", REAL, &opt.timeout },
  { "event", TEXT, &opt.event },
  { "recv-event", TEXT, &opt.recv_event },
  { "join-event", TEXT, &opt.join_event },
  { "echo-event", TEXT, &opt.echo_event },
  { "no-join-ack", SWITCH, &opt.no_join_ack },
  { "room-arg", SWITCH, &opt.room_arg },
  { "room-prefix", TEXT, &opt.room_prefix },
  { "transport", OTHER, NULL },
  { "conc", WHOLE, &opt.conc },
  { "src", WHOLE, &opt.src },
  { "offer-deflate", SWITCH, &opt.offer_deflate },
  { "rst", SWITCH, &opt.rst },
  { "spin", SWITCH, &opt.spin },
  { "batch-us", OTHER, NULL },
  { "poisson", SWITCH, &opt.poisson },
};
#define N_FLAGS (sizeof flags / sizeof flags[0])

static void
take_other (const char *name, const char *value)
{
  if (strcmp (name, "url") == 0)
    parse_url (value);
  else if (strcmp (name, "server-pid") == 0)
    parse_pids (value);
  else if (strcmp (name, "transport") == 0)
    opt.polling = strcmp (value, "polling") == 0;
  else if (strcmp (name, "batch-us") == 0)
    opt.batch_us = atoi (value) < 100000 ? atoi (value) : 100000;
}

static void
take_flag (const struct flag *flag, char *value)
{
  switch (flag->kind)
    {
    case TEXT:
      *(const char **) flag->to = value;
      break;
    case WHOLE:
      *(int *) flag->to = atoi (value);
      break;
    case REAL:
      *(double *) flag->to = atof (value);
      break;
    case SWITCH:
      *(bool *) flag->to = true;
      break;
    case OTHER:
      take_other (flag->name, value);
      break;
    }
}

static void
parse_options (int argc, char **argv)
{
  struct option longopts[N_FLAGS + 1] = { 0 };

  for (size_t i = 0; i < N_FLAGS; i++)
    longopts[i] = (struct option){ flags[i].name, flags[i].kind != SWITCH, NULL, (int) i + 1 };
  if (argc < 2 || argv[1][0] == '-')
    usage_exit ();
  opt.scenario = argv[1];
  optind = 2;
  for (int o; (o = getopt_long (argc, argv, "", longopts, NULL)) != -1;)
    {
      if (o == '?')
        usage_exit ();
      take_flag (&flags[o - 1], optarg);
    }
  if (!opt.addr.sin_port)
    usage_exit ();
  if (opt.clients < 1 || opt.idle < 0 || opt.window < 1 || opt.rate <= 0 || opt.senders < 1
      || opt.attachments < 1 || opt.attachments > 8)
    die ("a flag is out of range");
}

/* What follows from other options, where nothing was said. */
static void
complete_options (void)
{
  if (strcmp (opt.scenario, "polling") == 0)
    opt.polling = true;
  if (opt.conc <= 0)
    opt.conc = strcmp (opt.scenario, "storm") == 0 ? opt.clients : 64;
  conc_limit = opt.conc;
  n_clients = opt.clients + opt.idle;
  if (opt.src <= 0)
    opt.src = 1 + n_clients / 4000;
}

static void
prepare_process (void)
{
  struct rlimit rl;

  getrlimit (RLIMIT_NOFILE, &rl);
  rl.rlim_cur = rl.rlim_max;
  setrlimit (RLIMIT_NOFILE, &rl);
  if (rl.rlim_cur < (rlim_t) n_clients * (opt.polling ? 2 : 1) + 16)
    die ("the file descriptor limit of %lu is too small", (unsigned long) rl.rlim_cur);
  prctl (PR_SET_TIMERSLACK, 1000ul);
  signal (SIGPIPE, SIG_IGN);
  setvbuf (stdout, NULL, _IOFBF, 1 << 16);
}

static void
prepare_clients (void)
{
  epfd = epoll_create1 (EPOLL_CLOEXEC);
  rbuf = malloc (RBUF_SIZE + 1);
  clients = xcalloc ((size_t) n_clients, sizeof *clients);
  dirty = xcalloc ((size_t) n_clients * 2 + 16, sizeof *dirty);
  if (epfd < 0 || !rbuf)
    die ("cannot set up");
  for (int i = 0; i < n_clients; i++)
    {
      struct client *c = &clients[i];
      c->id = (uint32_t) i;
      c->room = UINT32_MAX;
      c->sender = NO_SENDER;
      c->a = (struct conn){ .c = c, .fd = -1, .kind = opt.polling ? K_GET : K_WS };
      c->b = (struct conn){ .c = c, .fd = -1, .kind = K_POST };
    }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    int (*play) (void);
  } scenarios[] = {
    { "fanout", scenario_fanout },   { "polling", scenario_fanout }, { "echo", scenario_echo },
    { "connect", scenario_connect }, { "storm", scenario_storm },
  };

  parse_options (argc, argv);
  complete_options ();
  prepare_process ();
  prepare_clients ();
  build_templates ();
  for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++)
    if (strcmp (opt.scenario, scenarios[i].name) == 0)
      return scenarios[i].play ();
  usage_exit ();
}
