/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/* What a store is asked, as an immutable value that may go to another thread; and the rules that
 * all stores share. For implementations of BridgeStore only. */

typedef enum
{
  BRIDGE_REQUEST_CREATE, /* answered with boolean TRUE */
  BRIDGE_REQUEST_ADMIT,  /* BridgeAdmission, transfer full */
  BRIDGE_REQUEST_LOAD,   /* BridgeBoard, transfer full */
  BRIDGE_REQUEST_APPEND, /* BridgeAppended, transfer full, g_free() */
  BRIDGE_REQUEST_READ,   /* BridgePage, transfer full */
  BRIDGE_REQUEST_INVITE, /* TRUE */
  BRIDGE_REQUEST_FLUSH,  /* TRUE */
} BridgeRequestKind;

/* An invitation, its key as text. */
typedef struct
{
  char *key;
  BoardRole role;
  int64_t expires; /* ms since the epoch, 0 = never */
  int64_t uses;    /* how many more it lets in, -1 = any number */
  char *label;
} BridgeInvite;

struct _BridgeRequest
{
  BridgeRequestKind kind;
  char *board;
  char *member;         /* admit; create: the host */
  char *invite_key;     /* admit; nullable */
  char *profile;        /* admit; nullable */
  int64_t now;          /* admit */
  BridgeInvite *invite; /* invite; create: nullable */
  BridgeEntry *entry;   /* append */
  uint64_t from, to;    /* read */
  gsize max_bytes;      /* read */
};

void bridge_request_free (BridgeRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeRequest, bridge_request_free)
/* Bytes that the request holds: what a queue of requests counts. */
gsize bridge_request_get_cost (const BridgeRequest *request);
/* load and read change nothing and need not wait for what writes. */
gboolean bridge_request_is_read (const BridgeRequest *request);
/* Answers the task. result: transfer full, of the type of its kind, NULL where it is a boolean;
 * error: transfer full, NULL on success. */
void bridge_request_answer (GTask *task, gpointer result, GError *error);
/* Frees a result that answers nobody. */
void bridge_request_free_result (const BridgeRequest *request, gpointer result);

BridgeInvite *bridge_invite_new (const char *key,
                                 BoardRole role,
                                 int64_t expires,
                                 int64_t uses,
                                 const char *label);
void bridge_invite_free (BridgeInvite *invite);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeInvite, bridge_invite_free)

/* Whether an invitation lets somebody in at that time. invite: nullable. Errors: NOT_INVITED,
 * EXPIRED, USED. */
gboolean bridge_invite_judge (const BridgeInvite *invite, int64_t now, GError **error);

/* What becomes of an entry, before positions are known: last: the member's last counter; bytes:
 * what the board holds. REPEATED and STORED leave value to the caller. */
BridgeAppended bridge_append_judge (const BridgeEntry *entry,
                                    uint64_t last,
                                    int64_t bytes,
                                    const BridgeLimits *limits);

G_END_DECLS
