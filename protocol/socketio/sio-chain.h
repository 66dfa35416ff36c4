/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-next-private.h"

G_BEGIN_DECLS

/**
 * SioChain: middlewares that are asked one after the other, each when the one before has accepted.
 * Never changed once made: those that run share it. Refcounted.
 */
typedef struct _SioChain SioChain;

typedef struct
{
  GCallback func;
  gpointer user_data;
  GDestroyNotify destroy;
} SioMiddleware;

typedef struct
{
  /* Whether the answer is still of interest. */
  gboolean (*is_wanted) (gpointer context);
  void (*ask) (const SioMiddleware *middleware, SioNext *next, gpointer context);
  /* All have accepted, or one has not. Not called when nobody is interested any more. */
  void (*done) (gboolean accepted, const char *message, JsonNode *data, gpointer context);
  void (*free) (gpointer context);
} SioChainFuncs;

SioChain *sio_chain_new (void);
SioChain *sio_chain_ref (SioChain *self);
void sio_chain_unref (SioChain *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioChain, sio_chain_unref)
/* The same chain with one more; consumes the old one. */
SioChain *sio_chain_append (SioChain *self, const SioMiddleware *middleware);

/* context: owned. */
void sio_chain_run (SioChain *self, const SioChainFuncs *funcs, gpointer context);

G_END_DECLS
