/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-chain.h"

struct _SioChain
{
  grefcount ref_count;
  GPtrArray *middlewares; /* (element-type SioMiddleware) rc boxes, shared with other chains */
};

/* One way through. */
typedef struct
{
  grefcount ref_count;
  SioChain *chain;
  guint i; /* who is asked */
  const SioChainFuncs *funcs;
  gpointer context;
} Run;

static void
middleware_clear (gpointer data)
{
  SioMiddleware *middleware = data;

  if (middleware->destroy != NULL)
    middleware->destroy (middleware->user_data);
}

static void
middleware_release (gpointer middleware)
{
  g_rc_box_release_full (middleware, middleware_clear);
}

static gpointer
middleware_acquire (gconstpointer middleware, gpointer unused)
{
  return g_rc_box_acquire ((gpointer)middleware);
}

SioChain *
sio_chain_new (void)
{
  SioChain *self = g_new0 (SioChain, 1);

  g_ref_count_init (&self->ref_count);
  self->middlewares = g_ptr_array_new_with_free_func (middleware_release);
  return self;
}

SioChain *
sio_chain_ref (SioChain *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_chain_unref (SioChain *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->middlewares);
  g_free (self);
}

SioChain *
sio_chain_append (SioChain *self, const SioMiddleware *middleware)
{
  SioChain *longer = sio_chain_new ();
  SioMiddleware *added = g_rc_box_new (SioMiddleware);

  g_ptr_array_unref (longer->middlewares);
  longer->middlewares = g_ptr_array_copy (self->middlewares, middleware_acquire, NULL);
  *added = *middleware;
  g_ptr_array_add (longer->middlewares, added);
  sio_chain_unref (self);
  return longer;
}

/* Running */

static void
run_unref (gpointer data)
{
  Run *run = data;

  if (!g_ref_count_dec (&run->ref_count))
    return;
  run->funcs->free (run->context);
  sio_chain_unref (run->chain);
  g_free (run);
}

static void on_answer (gboolean accepted, const char *message, JsonNode *data, gpointer user_data);

static void
step (Run *run)
{
  g_autoptr (SioNext) next = NULL;

  if (!run->funcs->is_wanted (run->context))
    return;
  if (run->i == run->chain->middlewares->len)
    {
      run->funcs->done (TRUE, NULL, NULL, run->context);
      return;
    }
  g_ref_count_inc (&run->ref_count);
  next = sio_next_new (on_answer, run, run_unref);
  run->funcs->ask (run->chain->middlewares->pdata[run->i], next, run->context);
}

static void
on_answer (gboolean accepted, const char *message, JsonNode *data, gpointer user_data)
{
  Run *run = user_data;

  if (accepted)
    {
      run->i++;
      step (run);
    }
  else if (run->funcs->is_wanted (run->context))
    run->funcs->done (FALSE, message, data, run->context);
}

void
sio_chain_run (SioChain *self, const SioChainFuncs *funcs, gpointer context)
{
  Run *run = g_new0 (Run, 1);

  g_ref_count_init (&run->ref_count);
  run->chain = sio_chain_ref (self);
  run->funcs = funcs;
  run->context = context;
  step (run);
  run_unref (run);
}
