/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SioBackoff: how long to wait before the next attempt to connect: min·2^n, moved by up to factor
 * of itself, never above max. A value; no time and no randomness of its own.
 *
 * @min_ms: before the first attempt
 * @max_ms: never longer than this
 * @factor: 0 to 1: the part of the delay by which it may be shortened or lengthened
 * @attempts: delays given since the last reset
 */
typedef struct
{
  guint min_ms;
  guint max_ms;
  double factor;
  guint attempts;
} SioBackoff;

guint sio_backoff_next (SioBackoff *self, double random);
void sio_backoff_reset (SioBackoff *self);

G_END_DECLS
