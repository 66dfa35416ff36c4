/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "board/board-message.h"

G_BEGIN_DECLS

/* The values that go in and out of a store. */

/**
 * BridgeEntry: one operation of a board's log, its position aside. Immutable, atomically
 * refcounted: the thread that writes it to disk and the room that broadcasts it share it.
 */
typedef struct {
  char *member;
  uint64_t counter;
  int64_t time; /* ms since the epoch, of this server's clock when the operation came in */
  char *body;   /* sealed text */
  gsize length; /* of body in bytes */
} BridgeEntry;

BridgeEntry *
bridge_entry_new (const char *member, uint64_t counter, int64_t time, const char *body);
BridgeEntry *bridge_entry_ref (BridgeEntry *entry);
void bridge_entry_unref (BridgeEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeEntry, bridge_entry_unref)

/* Consecutive entries of a log; n_entries 0: there is nothing in the range. */
typedef struct {
  uint64_t first;
  GPtrArray *entries; /* (element-type BridgeEntry) */
} BridgePage;

BridgePage *bridge_page_new (uint64_t first);
void bridge_page_free (BridgePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgePage, bridge_page_free)

/* A member as the store knows one. */
typedef struct {
  char *id;
  BoardRole role;
  uint64_t counter; /* of the last operation stored, 0 = none */
  char *profile;    /* sealed, nullable */
  gboolean banned;
} BridgeMember;

BridgeMember *bridge_member_new (const char *id,
                                 BoardRole role,
                                 uint64_t counter,
                                 const char *profile,
                                 gboolean banned);
BridgeMember *bridge_member_copy (const BridgeMember *member);
void bridge_member_free (BridgeMember *member);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeMember, bridge_member_free)

/* Somebody who was let in. */
typedef struct {
  BridgeMember *member;
  uint64_t seq; /* position of the log's last entry at that moment */
} BridgeAdmission;

/* member: transfer full. */
BridgeAdmission *bridge_admission_new (BridgeMember *member, uint64_t seq);
void bridge_admission_free (BridgeAdmission *admission);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeAdmission, bridge_admission_free)

/* What a room needs to know of its board before anything happens in it. */
typedef struct {
  uint64_t seq; /* position of the last entry, 0 = the log is empty */
  gboolean locked;
  BoardSnapshot snapshot;
  GPtrArray *members; /* (element-type BridgeMember), in order of joining */
} BridgeBoard;

BridgeBoard *bridge_board_new (uint64_t seq, gboolean locked);
void bridge_board_free (BridgeBoard *board);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeBoard, bridge_board_free)

/* An invitation, its key as text. */
typedef struct {
  char *key;
  BoardRole role;
  int64_t expires; /* ms since the epoch, 0 = never */
  int64_t uses;    /* how many more it lets in, -1 = any number */
  char *label;
  GPtrArray *came; /* (element-type utf8) ids of members who came by it; when listed, else NULL */
} BridgeInvite;

BridgeInvite *bridge_invite_new (const char *key,
                                 BoardRole role,
                                 int64_t expires,
                                 int64_t uses,
                                 const char *label);
void bridge_invite_free (BridgeInvite *invite);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeInvite, bridge_invite_free)

/* A board as a list shows it. */
typedef struct {
  char *id;
  uint64_t seq;
  int64_t bytes; /* of all bodies */
  int64_t members;
  int64_t created; /* seconds since the epoch */
  gboolean locked;
} BridgeBoardInfo;

void bridge_board_info_free (BridgeBoardInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeBoardInfo, bridge_board_info_free)

/* What may be changed about a board, the log and the coming of members aside. */
typedef enum {
  BRIDGE_CHANGE_ROLE,      /* member, role */
  BRIDGE_CHANGE_HAND_OVER, /* member becomes host; by, a host, becomes an editor */
  BRIDGE_CHANGE_BAN,       /* member, on */
  BRIDGE_CHANGE_LOCK,      /* on */
  BRIDGE_CHANGE_REVOKE,    /* key; on: who came by it is banned, hosts aside */
  BRIDGE_CHANGE_SNAPSHOT, /* snapshot; one that is older than the one that is there changes nothing */
  BRIDGE_CHANGE_FORGET, /* before: members who have not come since, never wrote, and whom the invitation
                         * by which they came would let in again as what they are: it stands, for
                         * any number of people and for ever. Hosts and who is banned stay. */
  BRIDGE_CHANGE_END,      /* board, log, members, invitations: all gone */
} BridgeChangeKind;

/* Fields that its kind does not name are not looked at. */
typedef struct {
  BridgeChangeKind kind;
  char *member;
  char *by;
  char *key; /* of an invitation */
  BoardRole role;
  gboolean on;
  int64_t before; /* ms since the epoch */
  BoardSnapshot snapshot;
} BridgeChange;

BridgeChange *bridge_change_copy (const BridgeChange *change);
void bridge_change_free (BridgeChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeChange, bridge_change_free)

/* What became of an entry that was appended. */
typedef enum {
  BRIDGE_APPEND_STORED,   /* value: its new position */
  BRIDGE_APPEND_REPEATED, /* it was stored before; value: its position */
  BRIDGE_APPEND_GAP,      /* not stored; value: the counter that is expected */
  BRIDGE_APPEND_FULL,     /* not stored: the board holds as many bytes as it may */
} BridgeAppendOutcome;

typedef struct {
  BridgeAppendOutcome outcome;
  uint64_t value;
} BridgeAppended;

G_END_DECLS
