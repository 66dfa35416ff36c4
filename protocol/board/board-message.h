/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "board/board-invite.h"
#include "board/board-limits.h"
#include "board/board-server-limits.h"
#include "board/board-snapshot.h"
#include "board/board-types.h"

G_BEGIN_DECLS

/* The vocabulary between app and server, in one place: event names, payloads, limits. The server
 * uses this and board-invite.h alone: it never sees what is inside a body. */

#define BOARD_WIRE_VERSION 1

#define BOARD_EVENT_HELLO "hello"     /* to client: BoardHello */
/* to server: counter, body; ack {seq} or refusal. Of a viewer, and of an editor while the board is
 * locked, only what board_body_is_talk(). */
#define BOARD_EVENT_OP "op"
#define BOARD_EVENT_OPS "ops"         /* to client: first, [[member, counter, ms, body], ...] */
#define BOARD_EVENT_CAST "cast"       /* to server: body; to client: [[member, body], ...] */
#define BOARD_EVENT_MEMBERS "members" /* to client: {joined:[member], left:[id], changed:[member]} */
#define BOARD_EVENT_INVITE "invite"   /* to server: BoardInvite; ack {} or refusal; host only */
#define BOARD_EVENT_HISTORY "history" /* to server: from, limit; ack {first, ops} */
#define BOARD_EVENT_BYE "bye"         /* to client: {code, message} */
/* Private words, not stored. To server: member, body; ack {} when they are on their way to
 * somebody who is here. To client: member (who says it), body. The body is sealed for the two as
 * they agree. */
#define BOARD_EVENT_WHISPER "whisper"
/* The server asks an editor: snapshot (after which position a snapshot is worth having) with an
 * ack; the editor uploads the sealed state at a position it has seen as a blob, then answers
 * {seq, blob: its hash}; {} = it cannot now. A shortcut for those who join, never authority. */
#define BOARD_EVENT_SNAPSHOT "snapshot"
/* Moderation: to server, host only, with an ack: {} or a refusal. */
#define BOARD_EVENT_INVITES "invites"    /* no arguments: ack {invites:[BoardInvite + came:[member]]} */
#define BOARD_EVENT_REVOKE "revoke"      /* key, too: BOOLEAN: who came by it is banned too, hosts aside */
#define BOARD_EVENT_ROLE "role"          /* member, role: everybody is told by members */
#define BOARD_EVENT_HAND_OVER "hand-over" /* member becomes host, the asking host an editor: at once */
#define BOARD_EVENT_KICK "kick"          /* member: told bye; may come back */
#define BOARD_EVENT_BAN "ban"            /* member, BOOLEAN: told bye and kept out; FALSE: may come back */
/* To server: BOOLEAN. To client: BOOLEAN, when it changed. While locked, hosts alone may write. */
#define BOARD_EVENT_LOCK "lock"
#define BOARD_EVENT_END "end" /* the board leaves the server for ever; everybody is told bye */

/* Codes of bye beside those of BoardRefusal. */
#define BOARD_BYE_REPLACED "replaced" /* the same member connected anew: it does not come back by itself */
#define BOARD_BYE_KICKED "kicked"     /* by a host: the app does not come back by itself */
#define BOARD_BYE_ENDED "ended"       /* by a host: the board is not here any more */
#define BOARD_BYE_SHUTTING_DOWN "shutting-down" /* the server ends: come back by yourself */

/* Every parser here judges types, ranges and lengths, ignores members that it does not know (a
 * later version's), and fails with BOARD_ERROR_SCHEMA, _RANGE or _LIMIT. Counters, positions and
 * times are at most BOARD_MAX_INTEGER. What they return is (transfer full). */

/* {"code":code,"message":message}: the payload of every refusing ack and the data of
 * CONNECT_ERROR. */
JsonNode *board_refusal_to_json (BoardRefusal refusal, const char *message);
/* FALSE when the node is not a refusal; a code that this version does not know counts as
 * BOARD_REFUSAL_BAD_REQUEST. message: (out) (transfer none) borrowed from the node. */
gboolean board_refusal_from_json (JsonNode *node, BoardRefusal *refusal, const char **message);
/* BOARD_REFUSAL_GAP alone says more: {"code":"gap","message":..,"expected":counter}. */
JsonNode *board_refusal_gap_to_json (uint64_t expected, const char *message);
/* The counter that a gap wants; 0 when the node does not say. */
uint64_t board_refusal_get_expected (JsonNode *node);

/* CONNECT's auth: {v, board, invite:{key, proof}|absent, member:{key, proof}, since:seq|null,
 * profile, snapshot: TRUE|absent}. */
typedef struct {
  char *board;
  gboolean has_invite;
  BoardKey invite_key;  /* public */
  char *invite_proof;
  BoardKey member_key;  /* public */
  char *member_proof;
  int64_t since;        /* -1: null, from the start */
  char *profile;        /* sealed {"name":..,"color":..}, or NULL */
  gboolean snapshot;    /* ops may begin after the snapshot that hello names */
} BoardJoin;

BoardJoin *board_join_parse (JsonObject *auth, GError **error);
void board_join_free (BoardJoin *join);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardJoin, board_join_free)
/* At the client. invite: the seed, or NULL for a member who joined before. Transfer full. */
JsonNode *board_join_build (const char *board, const char *sid, const BoardKey *invite_seed,
                            const BoardKey *member_seed, int64_t since, const char *profile);

/* What a host registers: {key, role, expires: ms since the epoch|0, uses: n|0 = any, label:
 * sealed|""}. */
typedef struct {
  BoardKey key; /* public */
  BoardRole role;
  int64_t expires;
  guint uses;
  char *label;
} BoardInvite;

BoardInvite *board_invite_parse (JsonObject *object, GError **error);
JsonNode *board_invite_build (const BoardInvite *invite);
void board_invite_free (BoardInvite *invite);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardInvite, board_invite_free)

/* POST /api/boards: {v, board, host: <member's public key>, invite: {...}}: creates the board
 * with that host and its first invitation; the same again by the same host answers the same. */
typedef struct {
  char *board;
  BoardKey host;
  BoardInvite *invite; /* nullable */
} BoardCreate;

BoardCreate *board_create_parse (JsonObject *object, GError **error);
JsonNode *board_create_build (const BoardCreate *create);
void board_create_free (BoardCreate *create);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardCreate, board_create_free)

/* A member as the wire shows one: {id, role, profile, here, banned: TRUE|absent}. */
typedef struct {
  char *id;
  BoardRole role;
  char *profile; /* sealed, nullable */
  gboolean here; /* connected now */
  gboolean banned;
} BoardMember;

BoardMember *board_member_parse (JsonObject *object, GError **error);
JsonNode *board_member_build (const BoardMember *member);
void board_member_free (BoardMember *member);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardMember, board_member_free)

/* hello: {you, role, seq, counter, snapshot: {seq, blob}|null, members, locked, now, limits}. What
 * follows are ops from since + 1 on, or, for who said snapshot at CONNECT and is named one
 * beyond since, from snapshot.seq + 1 on. */
typedef struct {
  char *you;
  BoardRole role;
  uint64_t seq;
  uint64_t counter;
  GPtrArray *members; /* BoardMember */
  gboolean locked;
  int64_t now; /* ms since the epoch by the server's clock, which times of entries are of; 0: not told */
  BoardSnapshot snapshot;
  BoardServerLimits limits;
} BoardHello;

BoardHello *board_hello_parse (JsonObject *object, GError **error);
JsonNode *board_hello_build (const BoardHello *hello);
void board_hello_free (BoardHello *hello);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardHello, board_hello_free)

/* One entry of ops: [member, counter, ms, body]. Borrowed from the node it was parsed from. */
typedef struct {
  const char *member;
  uint64_t counter;
  int64_t time;
  const char *body;
} BoardEntry;

gboolean board_entry_parse (JsonNode *node, BoardEntry *entry, GError **error);
/* For the server: appends the entry's JSON text. */
void board_entry_append (GString *out, const BoardEntry *entry);

/* One entry of cast to a client: [member, body]: counter and time are 0. Borrowed as above. */
gboolean board_cast_entry_parse (JsonNode *node, BoardEntry *entry, GError **error);
void board_cast_entry_append (GString *out, const BoardEntry *entry);

/* members: {joined:[member], left:[id], changed:[member]}; each may be absent. */
typedef struct {
  GPtrArray *joined;  /* (element-type BoardMember) */
  GPtrArray *left;    /* (element-type utf8) ids */
  GPtrArray *changed; /* (element-type BoardMember) */
} BoardPresence;

BoardPresence *board_presence_new (void);
BoardPresence *board_presence_parse (JsonObject *object, GError **error);
/* Leaves out what is empty. Transfer full. */
JsonNode *board_presence_build (const BoardPresence *presence);
void board_presence_free (BoardPresence *presence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardPresence, board_presence_free)

/* The header that opens /blob/BOARD/HASH to a member who is connected: "Drawbridge
 * <id>.<proof>", the proof by board_blob_proof_sign() (board-invite.h). */
#define BOARD_BLOB_SCHEME "Drawbridge "
/* "Drawbridge <id>.<proof>". Transfer full. */
char *board_blob_authorization_build (const BoardKey *member_seed, const char *sid, const char *method,
                                      const char *board, const char *blob);
/* FALSE when text is no such header. proof: transfer full. */
gboolean board_blob_authorization_parse (const char *text, BoardKey *member, char **proof);

/* Whether text can be a member's id: the 43 characters of a key. */
gboolean board_member_id_is_valid (const char *text);
/* Whether text is base64url of at most max characters and not empty: all that a server can and must
 * say of a sealed body, a profile, a label, before it passes one on. */
gboolean board_body_is_valid (const char *text, gsize max);
/* Whether a valid body of an op says that it holds talk alone (board-sealed-op.h): such ones viewers
 * may send, and everybody while a board is locked. */
gboolean board_body_is_talk (const char *text);

G_END_DECLS
