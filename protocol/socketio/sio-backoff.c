/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The reference's formula (socket.io-client, contrib/backo2): one random number gives both the size
 * of the deviation and, by its first decimal digit, the direction. The bound is applied after the
 * deviation, so an attempt never comes later than max_ms. One difference: the reference's power
 * overflows after about 1,000 attempts and its delay falls to 0; here the exponent stops growing.
 */
#include "socketio/sio-backoff.h"

#include <math.h>

/* 1 ms · 2^32 is longer than any max_ms. */
#define MAX_EXPONENT 32

/**
 * sio_backoff_next:
 * @self: the back-off
 * @random: a number in [0, 1), new for every call
 *
 * Counts an attempt. Returns: the delay before it, in milliseconds.
 */
guint
sio_backoff_next (SioBackoff *self, double random)
{
  double delay;
  double deviation;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (random >= 0 && random < 1, 0);

  delay = ldexp (self->min_ms, (int)MIN (self->attempts, MAX_EXPONENT));
  deviation = floor (random * self->factor * delay);
  delay += ((int)(random * 10) & 1) == 0 ? -deviation : deviation;
  if (self->attempts < G_MAXUINT)
    self->attempts++;
  return (guint)MIN (delay, (double)self->max_ms);
}

/**
 * sio_backoff_reset:
 * @self: the back-off
 *
 * The next delay is the first one again.
 */
void
sio_backoff_reset (SioBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->attempts = 0;
}
