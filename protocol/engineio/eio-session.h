/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One Engine.IO session at the server as a state machine without I/O: events go in by the functions
 * below, what has to be done comes out by EioSessionFuncs.
 *
 *   OPEN      close() with something queued, or on a polling transport that nobody asks -> CLOSING
 *             close() otherwise, any error, a close packet, a missed pong               -> CLOSED
 *   CLOSING   drained(), the transport is gone, an upgrade that was probed is done, 30 s -> CLOSED
 *   CLOSED    final
 *
 * The upgrade of an open polling session:
 *
 *   NONE       take_candidate()                                        -> CANDIDATE
 *   CANDIDATE  "2probe" from it                                        -> PROBED
 *              anything else from it, it is gone, upgrade-timeout      -> NONE
 *   PROBED     "5" from it                                             -> DONE
 *              anything else from it, it is gone, upgrade-timeout      -> NONE
 *   DONE       final; also where a session that began on websocket starts
 */
#pragma once

#include "engineio/eio-packet.h"

G_BEGIN_DECLS

typedef enum {
  EIO_SESSION_OPEN,
  EIO_SESSION_CLOSING,
  EIO_SESSION_CLOSED,
} EioSessionState;

typedef enum {
  EIO_UPGRADE_NONE,
  EIO_UPGRADE_CANDIDATE,
  EIO_UPGRADE_PROBED,
  EIO_UPGRADE_DONE,
} EioUpgradeState;

typedef enum {
  EIO_SESSION_TIMER_HEARTBEAT,
  EIO_SESSION_TIMER_UPGRADE,
  EIO_SESSION_TIMER_CLOSE,
  EIO_SESSION_N_TIMERS,
} EioSessionTimer;

/* None of them may free the session. */
typedef struct {
  /* Queue a packet on the current transport. */
  void (*send) (EioPacketType type, gpointer user_data);
  /* A message has come. */
  void (*deliver) (GBytes *data, gboolean binary, gpointer user_data);
  /* Send "3probe" on the candidate and release a waiting poll. */
  void (*answer_probe) (gpointer user_data);
  /* The candidate is the transport from now on; what is queued goes there. */
  void (*adopt_candidate) (gpointer user_data);
  /* Close the candidate only. */
  void (*drop_candidate) (gpointer user_data);
  /* Whether the peer reads what is sent; asked once per heartbeat. */
  gboolean (*check_progress) (gpointer user_data);
  /* Arm one timer anew, or disarm it with @ms == 0. */
  void (*set_timer) (EioSessionTimer timer, guint ms, gpointer user_data);
  /* The last call. @graceful: the peer may be told; otherwise it is out of reach. */
  void (*closed) (EioCloseReason reason, gboolean graceful, gpointer user_data);
} EioSessionFuncs;

typedef struct {
  guint ping_interval;   /* ms */
  guint ping_timeout;    /* ms */
  guint upgrade_timeout; /* ms */
  gboolean allow_upgrades;
} EioSessionOptions;

typedef struct {
  const EioSessionFuncs *funcs; /* borrowed */
  gpointer user_data;
  EioSessionOptions options;
  EioSessionState state;
  EioUpgradeState upgrade;
  gboolean awaits_pong;
} EioSession;

/* The open packet has been sent: the first ping is one interval away. */
void eio_session_init (EioSession *self,
                       const EioSessionFuncs *funcs,
                       gpointer user_data,
                       const EioSessionOptions *options,
                       EioTransports transport);
/* A packet by the current transport. */
void eio_session_receive (EioSession *self, const EioPacket *packet);
/* Bytes on the current transport that are no packet. */
void eio_session_receive_garbage (EioSession *self);
/* A websocket wants to become the transport. FALSE: close it. */
gboolean eio_session_take_candidate (EioSession *self);
/* @packet: NULL if it was none. */
void eio_session_receive_candidate (EioSession *self, const EioPacket *packet);
void eio_session_candidate_gone (EioSession *self);
void eio_session_transport_gone (EioSession *self, EioCloseReason reason);
void eio_session_expire (EioSession *self, EioSessionTimer timer);
/* @pending: whether something is queued that should leave first. */
void eio_session_close (EioSession *self, gboolean pending);
/* Nothing is queued any more (after a close with something pending). */
void eio_session_drained (EioSession *self);
/* The peer does not read. */
void eio_session_too_slow (EioSession *self);

G_END_DECLS
