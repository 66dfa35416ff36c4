/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "room/bridge-casts.h"
#include "room/bridge-room.h"

G_BEGIN_DECLS

/* Shared by the files of the room: bridge-room.c (who is here), bridge-room-log.c (the order),
 * bridge-room-casts.c (what is not stored), bridge-room-events.c (what members may send). */

/* CLOSED -> OPENING -> OPEN; OPENING -> CLOSED when the store failed. */
typedef enum
{
  BRIDGE_ROOM_CLOSED,
  BRIDGE_ROOM_OPENING,
  BRIDGE_ROOM_OPEN,
} BridgeRoomState;

/* A member who ever joined. */
typedef struct
{
  BridgeMember *record; /* owned; counter: of the last operation known to be stored */
  BridgeGuest *guest;   /* owned; NULL = not here */
} BridgePerson;

struct _BridgeRoom
{
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
  GHashTable *people; /* id (of record) -> BridgePerson, owned */
  GPtrArray *roll;    /* (element-type BridgePerson), borrowed, in order of joining */
  guint n_guests;
  GHashTable *news; /* id of record, borrowed -> whether it was here at the last news */
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

/* bridge-room-events.c */
void bridge_room_connect_events (BridgeRoom *self, BridgeGuest *guest);
/* ack: nullable. */
void bridge_room_refuse (SioAck *ack, BoardRefusal refusal, const char *message);
/* What to tell of an error of the store. */
BoardRefusal bridge_room_refusal_of (const GError *error);

G_END_DECLS
