/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The gate before SoupServer: an accept loop that nothing ends, counts of connections, and for each
 * connection a stream (EioGateStream) that lets only sound and bounded HTTP through, in time.
 */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-farewell.h"
#include "engineio/eio-http-guard.h"

G_BEGIN_DECLS

typedef struct _EioGate EioGate;

typedef struct {
  SoupServer *soup;      /* borrowed, until eio_gate_close() */
  EioReactor *reactor;   /* a reference is kept */
  EioTimers *timers;     /* a reference is kept */
  EioFarewell *farewell; /* borrowed, as long as a stream is read */
  EioHttpRules rules;
  guint max_connections;
  guint max_connections_per_address; /* 0 = no limit */
  guint head_timeout;                /* ms */
  /* A request from @address was refused with @status. */
  void (*refused) (const char *target, const char *address, guint status, gpointer user_data);
  /* (nullable): a connection has gone. */
  void (*left) (gpointer user_data);
  gpointer user_data;
} EioGateOptions;

/* @options: copied. */
EioGate *eio_gate_new (const EioGateOptions *options);
EioGate *eio_gate_ref (EioGate *self);
void eio_gate_unref (EioGate *self);

/* @socket: listening. @certificate: (nullable): TLS with it. */
void eio_gate_listen (EioGate *self, GSocket *socket, GTlsCertificate *certificate);
/* Stops accepting. What was let in stays. */
void eio_gate_close (EioGate *self);
/* Whoever made it goes, and is told nothing any more; connections may outlive him for a moment. */
void eio_gate_disown (EioGate *self);
guint eio_gate_get_n_connections (EioGate *self);
/* Ends the connections on which no request is under way, from now on also those that come to be so. */
void eio_gate_end_idle (EioGate *self);

/* For the streams. */
const EioGateOptions *eio_gate_get_options (EioGate *self);
void eio_gate_leave (EioGate *self, const char *address);
/* Whether connections end instead of waiting for another request. */
gboolean eio_gate_is_ending (EioGate *self);
/* The streams that HTTP has: @link's data is the stream. */
void eio_gate_enlist (EioGate *self, GList *link);
void eio_gate_delist (EioGate *self, GList *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioGate, eio_gate_unref)

G_END_DECLS
