/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server of ours and one of the reference's on one Redis, both ways; and the reference's emitter. */
#include "cluster.h"
#include "desk.h"
#include "peer.h"

typedef void (*Check) (guint first_port, guint second_port);

typedef struct {
  RedisServer *redis;
  ClusterNode *ours;
  Peer *theirs;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *options = NULL;

  fixture->redis = redis_server_new (NULL);
  fixture->ours = cluster_node_new (fixture->redis->uri);
  options = g_strdup_printf ("\"redis\":\"%s\"", fixture->redis->socket);
  fixture->theirs = peer_new_node ("redis-server.cjs", options);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  peer_free (fixture->theirs);
  cluster_node_free (fixture->ours);
  redis_server_free (fixture->redis);
}

static void
test_ours_first (Fixture *fixture, gconstpointer check)
{
  ((Check) check) (fixture->ours->port, peer_get_port (fixture->theirs));
}

static void
test_theirs_first (Fixture *fixture, gconstpointer check)
{
  ((Check) check) (peer_get_port (fixture->theirs), fixture->ours->port);
}

static void
say (Desk *desk, const char *event, const char *json)
{
  g_autofree char *unused = desk_ask_json (desk, event, json);
}

static void
test_emitter (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Desk) speaker = desk_new (peer_get_port (fixture->theirs), &modes[0], "/");
  g_autoptr (Desk) listener = desk_new (fixture->ours->port, &modes[0], "/");

  desk_connect (speaker, &modes[0]);
  desk_connect (listener, &modes[0]);
  say (listener, "enter", "[\"one\"]");
  say (speaker, "emitter-tell", "[null,1.5]");
  g_assert_cmpstr (desk_expect (listener, "event news "), ==, "[1.5]");
  say (speaker, "emitter-gather", "[\"one\",\"two\"]");
  say (speaker, "emitter-tell", "[\"two\",2]");
  g_assert_cmpstr (desk_expect (listener, "event news "), ==, "[2]");
  say (speaker, "emitter-server-tell", "[3]");
  g_assert_cmpstr (desk_expect (listener, "event heard "), ==, "[3]");
  say (speaker, "emitter-kick", "[\"two\"]");
  desk_expect (listener, "disconnected io server disconnect");
}

static void
test_all_rooms (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Desk) theirs = desk_new (peer_get_port (fixture->theirs), &modes[0], "/");
  g_autoptr (Desk) ours = desk_new (fixture->ours->port, &modes[0], "/");
  g_autofree char *rooms = NULL;

  desk_connect (theirs, &modes[0]);
  desk_connect (ours, &modes[0]);
  say (ours, "enter", "[\"ours\"]");
  say (theirs, "enter", "[\"theirs\"]");
  rooms = desk_ask_json (theirs, "all-rooms", "[]");
  g_assert_cmpstr (rooms, ==, "[\"ours\",\"theirs\"]");
}

static void
add_pair (const char *name, Check check)
{
  g_autofree char *to_them = g_strdup_printf ("/redis/to-node/%s", name);
  g_autofree char *from_them = g_strdup_printf ("/redis/from-node/%s", name);

  g_test_add (to_them, Fixture, check, set_up, test_ours_first, tear_down);
  g_test_add (from_them, Fixture, check, set_up, test_theirs_first, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!redis_server_is_there () || !peer_prepare_node ())
    return 0;
  add_pair ("broadcast", cluster_check_broadcast);
  add_pair ("compression", cluster_check_compression);
  add_pair ("binary", cluster_check_binary);
  add_pair ("acks", cluster_check_acks);
  add_pair ("fetch", cluster_check_fetch);
  add_pair ("remote-rooms", cluster_check_remote_rooms);
  add_pair ("server-events", cluster_check_server_events);
  g_test_add ("/redis/emitter", Fixture, NULL, set_up, test_emitter, tear_down);
  g_test_add ("/redis/all-rooms", Fixture, NULL, set_up, test_all_rooms, tear_down);
  return g_test_run ();
}
