/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/bridge-store.h"

G_BEGIN_DECLS

/**
 * BridgeWorker: one thread with an ordered queue of requests, which it takes in batches: everything
 * that was queued while a batch was worked on is the next batch. That is what makes one commit
 * serve many. Answers of a batch reach the main context together, in order.
 */
typedef struct _BridgeWorker BridgeWorker;

/* One request of a batch. The batch function sets result or error of each. */
typedef struct
{
  GTask *task;
  const BridgeRequest *request; /* of the task */
  gpointer result;
  GError *error;
} BridgeJob;

/* In the worker's thread. jobs: (element-type BridgeJob), at least one. */
typedef void (*BridgeBatchFunc) (GPtrArray *jobs, gpointer user_data);

/* name: of the thread. max_batch: jobs in one batch. max_bytes: what the queue may hold; a request
 * beyond it is answered with UNAVAILABLE at once. Answers go to the caller's thread-default
 * context. */
BridgeWorker *bridge_worker_new (const char *name,
                                 guint max_batch,
                                 gsize max_bytes,
                                 BridgeBatchFunc func,
                                 gpointer user_data);
/* Works on what is queued, then ends the thread; blocks. */
void bridge_worker_free (BridgeWorker *self);
/* task: transfer full. */
void bridge_worker_push (BridgeWorker *self, GTask *task);

G_END_DECLS
