/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DrawRetry: when to try again to reach a server, and how long one attempt may take. A value, without
 * clock, chance or I/O.
 *
 * Whoever sits in front of the board is back within 5 s after the server is: the pause ends at 3 s, and a busy
 * computer has the rest for the connection. A board that nobody touches asks less and less often, up to every 30 s.
 * The pause is any between half a second and its bound, so that those who lost one server together do not come back
 * in step.
 */
typedef struct {
  guint attempts;  /* that failed since a connection that lasted */
  gboolean in_use; /* by a person, now */
} DrawRetry;

#define DRAW_RETRY_MIN_MS 500
#define DRAW_RETRY_MAX_MS 30000
#define DRAW_RETRY_IN_USE_MAX_MS 3000
#define DRAW_RETRY_PATIENCE_MS 20000
#define DRAW_RETRY_SHORT_PATIENCE_MS 5000

/* Counts a failed attempt. random: in [0, 1), new for every call. Returns: ms before the next one. */
guint draw_retry_next (DrawRetry *self, double random);
/* ms that the next attempt may take until the connection is open. Packets into a network that is gone are
 * repeated by the kernel after ever longer times: where somebody waits, a new attempt finds it sooner. Every
 * fourth is patient all the same, for networks on which everything takes long. */
guint draw_retry_get_patience (const DrawRetry *self);

G_END_DECLS
