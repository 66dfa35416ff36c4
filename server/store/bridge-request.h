/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/* What a store is asked, as an immutable value that may go to another thread; and the rules that
 * all stores share. For implementations of BridgeStore only. */

typedef enum {
  BRIDGE_REQUEST_CREATE,  /* answered with boolean TRUE */
  BRIDGE_REQUEST_ADMIT,   /* BridgeAdmission, transfer full */
  BRIDGE_REQUEST_LOAD,    /* BridgeBoard, transfer full */
  BRIDGE_REQUEST_APPEND,  /* BridgeAppended, transfer full, g_free() */
  BRIDGE_REQUEST_READ,    /* BridgePage, transfer full */
  BRIDGE_REQUEST_INVITE,  /* TRUE */
  BRIDGE_REQUEST_CHANGE,  /* GPtrArray of BridgeMember, transfer full */
  BRIDGE_REQUEST_INVITES, /* GPtrArray of BridgeInvite, transfer full */
  BRIDGE_REQUEST_BOARDS,  /* GPtrArray of BridgeBoardInfo, transfer full */
  BRIDGE_REQUEST_BACKUP,  /* TRUE */
  BRIDGE_REQUEST_RESTORE, /* TRUE */
  BRIDGE_REQUEST_FLUSH,   /* TRUE */
  BRIDGE_N_REQUESTS
} BridgeRequestKind;

struct _BridgeRequest {
  BridgeRequestKind kind;
  char *board;
  char *member;         /* admit; create: the host */
  char *invite_key;     /* admit; nullable */
  char *profile;        /* admit; nullable */
  int64_t now;          /* admit */
  BridgeInvite *invite; /* invite; create: nullable */
  BridgeEntry *entry;   /* append */
  BridgeChange *change; /* change */
  char *path;           /* backup, restore */
  uint64_t from, to;    /* read */
  gsize max_bytes;      /* read */
};

void bridge_request_free (BridgeRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeRequest, bridge_request_free)
/* Bytes that the request holds: what a queue of requests counts. */
gsize bridge_request_get_cost (const BridgeRequest *request);
/* Who works on a request, where a store has several threads. */
typedef enum {
  BRIDGE_LANE_WRITE,
  BRIDGE_LANE_READ, /* changes nothing and need not wait for what writes */
  BRIDGE_LANE_COPY, /* takes long, and nobody waits for it */
  BRIDGE_N_LANES
} BridgeLane;

BridgeLane bridge_request_get_lane (const BridgeRequest *request);
/* Answers the task. result: transfer full, of the type of its kind, NULL where it is a boolean;
 * error: transfer full, NULL on success. */
void bridge_request_answer (GTask *task, gpointer result, GError *error);
/* Frees a result that answers nobody. */
void bridge_request_free_result (const BridgeRequest *request, gpointer result);

/* Whether an invitation lets somebody in at that time. invite: nullable. Errors: NOT_INVITED,
 * EXPIRED, USED. */
gboolean bridge_invite_judge (const BridgeInvite *invite, int64_t now, GError **error);

/* Whether a member may become that: hosts: of the board who are not banned. Errors: LAST_HOST. */
gboolean bridge_standing_judge (const BridgeMember *member,
                                BoardRole role,
                                gboolean banned,
                                guint hosts,
                                GError **error);

/* What becomes of an entry, before positions are known: last: the member's last counter; bytes:
 * what the board holds. REPEATED and STORED leave value to the caller. */
BridgeAppended bridge_append_judge (const BridgeEntry *entry,
                                    uint64_t last,
                                    int64_t bytes,
                                    const BridgeLimits *limits);

G_END_DECLS
