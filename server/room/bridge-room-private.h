/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "room/bridge-casts.h"
#include "room/bridge-room.h"

G_BEGIN_DECLS

/* Shared by the files of the room: bridge-room.c (who is here), bridge-room-log.c (the order),
 * bridge-room-casts.c (what is not stored), bridge-room-events.c (what members may send),
 * bridge-room-moderation.c (what hosts change), bridge-room-snapshot.c (shortcuts for who joins). */

/* CLOSED -> OPENING -> OPEN; OPENING -> CLOSED when the store failed. */
typedef enum {
  BRIDGE_ROOM_CLOSED,
  BRIDGE_ROOM_OPENING,
  BRIDGE_ROOM_OPEN,
} BridgeRoomState;

/* What there is to tell of a member since the last news; flags. */
typedef enum {
  BRIDGE_NEWS_WAS_HERE = 1 << 0, /* at the last news */
  BRIDGE_NEWS_CHANGED = 1 << 1,  /* role, ban, profile */
} BridgeNews;

/* A member who ever joined. */
typedef struct {
  BridgeMember *record; /* owned; counter: of the last operation known to be stored */
  BridgeGuest *guest;   /* owned; NULL = not here */
  BridgeBucket budgets[BRIDGE_N_BUDGETS]; /* what the connection before left; of no burst = there was none */
} BridgePerson;

struct _BridgeRoom {
  GObject parent_instance;

  /* set once */
  char *board;
  char *log_channel;  /* Socket.IO room of those who are LIVE; all are in the one named by board */
  BridgeStore *store; /* owned */
  SioNamespace *nsp;  /* owned */
  BridgeLimits limits;

  BridgeRoomState state;
  GPtrArray *opening; /* (element-type GTask), waiting for OPEN */

  /* who is here */
  gboolean locked;
  gboolean lock_known; /* a change told it before the board was loaded */
  gboolean ended;      /* the board is gone from the store */
  GHashTable *people;  /* id (of record) -> BridgePerson, owned */
  GPtrArray *roll;     /* (element-type BridgePerson), borrowed, in order of joining */
  guint n_guests;
  GHashTable *news; /* id of record, borrowed -> BridgeNews */
  guint news_source;

  /* the order: head <= tail; what is between is on disk, in batch, about to be broadcast */
  uint64_t head;     /* last position that was broadcast */
  uint64_t tail;     /* last position whose entry is in batch */
  uint64_t stored;   /* last position known to be in the store; beyond tail: fetch first */
  gboolean fetching; /* entries after tail are being read */
  GString *batch;    /* JSON of the entries head + 1 to tail, without brackets */
  GArray *acks;      /* PendingAck, answered right after the batch */
  guint flush_source;
  guint retry_source;

  /* snapshots */
  BridgeBlobs *blobs; /* owned, nullable: no snapshots then */
  BoardSnapshot snapshot;
  gboolean asking;   /* somebody was asked for one, or it is being stored */
  int64_t ask_after; /* monotonic */
  guint ask_turn;    /* so that not always the same one is asked */

  /* casts */
  BridgeCasts *casts;
  guint casts_source;
  int64_t casts_at; /* monotonic: last delivery */
};

BridgePerson *bridge_room_find (BridgeRoom *self, const char *member);

/* bridge-room-log.c */
void bridge_room_log_init (BridgeRoom *self);
void bridge_room_log_clear (BridgeRoom *self);
/* Sends a guest what it lacks, a page at a time, as far as it reads; makes it LIVE at the end. */
void bridge_room_pump (BridgeRoom *self, BridgeGuest *guest);
/* The store has entries up to there: those that the room has not heard of are fetched and
 * broadcast. */
void bridge_room_note_log (BridgeRoom *self, uint64_t seq);
/* Stores, then broadcasts, then acknowledges. ack: nullable. */
void bridge_room_append (BridgeRoom *self,
                         BridgeGuest *guest,
                         uint64_t counter,
                         const char *body,
                         SioAck *ack);
/* Answers with a page of the log. */
void bridge_room_answer_history (BridgeRoom *self,
                                 BridgeGuest *guest,
                                 uint64_t from,
                                 uint64_t limit,
                                 SioAck *ack);

/* bridge-room-casts.c */
void bridge_room_casts_init (BridgeRoom *self);
void bridge_room_casts_clear (BridgeRoom *self);
void bridge_room_cast (BridgeRoom *self, BridgeGuest *guest, const char *body);

/* What an event's row in the table calls. ack: nullable where the row says so. */
typedef void (*BridgeEventFunc) (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);

void bridge_room_on_whisper (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);

/* bridge-room-moderation.c */
void bridge_room_on_invite (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_invites (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_revoke (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_role (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_hand_over (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_kick (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_ban (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_lock (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);
void bridge_room_on_end (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack);

/* bridge-room-snapshot.c */
/* Whether somebody can fetch all of it. */
gboolean bridge_room_has_parts (BridgeRoom *self, const BoardSnapshot *snapshot);
/* Asks somebody for a snapshot where one is due. */
void bridge_room_consider_snapshot (BridgeRoom *self);

/* bridge-room.c */
/* That a member is not what it was goes out with the next news. */
void bridge_room_note_change (BridgeRoom *self, BridgePerson *person);
/* What the store says of a member; added when it is not known. */
BridgePerson *bridge_room_update_person (BridgeRoom *self, const BridgeMember *record);

/* bridge-room-events.c */
void bridge_room_connect_events (BridgeRoom *self, BridgeGuest *guest);
/* A refusal that a well-behaved client does not earn often. ack: nullable. */
void bridge_room_rebuff (BridgeRoom *self,
                         BridgeGuest *guest,
                         SioAck *ack,
                         BoardRefusal refusal,
                         const char *message);
/* {} */
void bridge_room_agree (SioAck *ack);
/* Whether one more request of the guest may be under way; it is told when not. */
gboolean bridge_room_may_ask (BridgeRoom *self, BridgeGuest *guest, SioAck *ack);
/* ack: nullable. */
void bridge_room_refuse (SioAck *ack, BoardRefusal refusal, const char *message);
/* What to tell of an error of the store. */
BoardRefusal bridge_room_refusal_of (const GError *error);

G_END_DECLS
