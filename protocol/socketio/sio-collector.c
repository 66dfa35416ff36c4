/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-collector.h"

#include "socketio/sio-args-private.h"

struct _SioCollector
{
  gatomicrefcount ref_count;
  const SioCollectorFuncs *funcs;
  gpointer user_data;
  GDestroyNotify destroy;
};

G_DEFINE_BOXED_TYPE (SioCollector, sio_collector, sio_collector_ref, sio_collector_unref)

SioCollector *
sio_collector_new (const SioCollectorFuncs *funcs, gpointer user_data, GDestroyNotify destroy)
{
  SioCollector *self;

  g_return_val_if_fail (funcs != NULL, NULL);
  g_return_val_if_fail (funcs->add_clients != NULL && funcs->add_answer != NULL, NULL);
  self = g_new0 (SioCollector, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->funcs = funcs;
  self->user_data = user_data;
  self->destroy = destroy;
  return self;
}

SioCollector *
sio_collector_ref (SioCollector *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sio_collector_unref (SioCollector *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

void
sio_collector_add_clients (SioCollector *self, guint n_clients)
{
  g_return_if_fail (self != NULL);
  self->funcs->add_clients (n_clients, self->user_data);
}

void
sio_collector_add_answer (SioCollector *self, SioArgs *args)
{
  g_return_if_fail (self != NULL && args != NULL);
  sio_args_freeze (args);
  self->funcs->add_answer (args, self->user_data);
}

void
sio_collector_add_missing (SioCollector *self)
{
  g_return_if_fail (self != NULL);
  if (self->funcs->add_missing != NULL)
    self->funcs->add_missing (self->user_data);
}
