/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-replica.h"

G_BEGIN_DECLS

/* A world of one ordered log and the replicas of some members, without a network: what a member
 * has pending is sent over a wire that keeps its order and may be cut, and the log is read back
 * at each member's own pace. */

typedef struct {
  char *member;
  uint64_t counter;
  int64_t time;
  BoardOp *op; /* NULL: an entry that does not open */
} WorldEntry;

typedef struct {
  char *name;
  BoardReplica *replica;
  gboolean connected;
  uint64_t sent;   /* the highest counter on the wire or stored */
  uint64_t stored; /* the server's last counter of this member */
  GQueue wire;     /* counters under way to the server */
} WorldMember;

typedef struct {
  GPtrArray *log;     /* (element-type WorldEntry) */
  GPtrArray *members; /* (element-type WorldMember) */
} World;

World *world_new (void);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

WorldMember *world_join (World *self, const char *name);
WorldMember *world_find (World *self, const char *name);
/* What is pending and not on the wire goes there. */
void world_send (World *self, WorldMember *member);
/* The server takes one op off the member's wire; FALSE when there is none. */
gboolean world_store (World *self, WorldMember *member);
/* The same, but the server refuses it for good, and what was behind it comes again under new
 * counters. */
gboolean world_refuse (World *self, WorldMember *member);
/* The same, but an empty op is sent in its place and what is behind it stays. */
gboolean world_withdraw (World *self, WorldMember *member);
/* The member reads the next entry of the log; FALSE when there is none. */
gboolean world_read (World *self, WorldMember *member);
/* Everything on the wire is lost. */
void world_cut (World *self, WorldMember *member);
/* The server says how far it knows the member; the rest is sent again. */
void world_connect (World *self, WorldMember *member);
/* The member's program ends and starts again from what it kept. */
void world_restart (World *self, WorldMember *member);
/* Everybody connects, sends, stores and reads until nothing moves. */
void world_settle (World *self);
/* A replica made of the first entries of the log alone. Transfer full. */
BoardReplica *world_replay (World *self, const char *name, uint64_t seq);
/* Elements in z-order, title, chats. Transfer full. */
char *world_dump (BoardReplica *replica);

G_END_DECLS
