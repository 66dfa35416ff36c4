/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-types.h"

G_BEGIN_DECLS

/**
 * SioCollector:
 *
 * Where the answers of many go. Refcounted; whoever may still have something for it holds a
 * reference.
 */
typedef struct _SioCollector SioCollector;

/**
 * SioCollectorFuncs:
 * @add_clients: a server has asked so many
 * @add_answer: one has answered. args: frozen
 * @add_missing: (nullable): one of them is gone and will never answer
 *
 * What becomes of them. May be called in any order, and at any time before the last reference goes.
 */
typedef struct
{
  void (*add_clients) (guint n_clients, gpointer user_data);
  void (*add_answer) (SioArgs *args, gpointer user_data);
  void (*add_missing) (gpointer user_data);
} SioCollectorFuncs;

#define SIO_TYPE_COLLECTOR (sio_collector_get_type ())
SIO_API GType sio_collector_get_type (void);
/**
 * sio_collector_new: (skip)
 * @funcs: what is called, borrowed for good
 * @user_data: for them
 * @destroy: (nullable): for @user_data
 *
 * What is told about answers as they come.
 *
 * Returns: (transfer full): a collector
 */
SIO_API SioCollector *
sio_collector_new (const SioCollectorFuncs *funcs, gpointer user_data, GDestroyNotify destroy);
/**
 * sio_collector_ref:
 * @self: a collector
 *
 * One reference more.
 *
 * Returns: (transfer full): @self
 */
SIO_API SioCollector *sio_collector_ref (SioCollector *self);
/**
 * sio_collector_unref:
 * @self: (transfer full): a collector
 *
 * One reference less.
 */
SIO_API void sio_collector_unref (SioCollector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioCollector, sio_collector_unref)
/**
 * sio_collector_add_clients:
 * @self: a collector
 * @n_clients: so many were asked by one server
 *
 * Tells how many a server has asked.
 */
SIO_API void sio_collector_add_clients (SioCollector *self, guint n_clients);
/**
 * sio_collector_add_answer:
 * @self: a collector
 * @args: what one of them says; frozen by this
 *
 * Tells that one has answered.
 */
SIO_API void sio_collector_add_answer (SioCollector *self, SioArgs *args);
/**
 * sio_collector_add_missing:
 * @self: a collector
 *
 * One of them is gone, and will not answer.
 */
SIO_API void sio_collector_add_missing (SioCollector *self);

G_END_DECLS
