/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-retry.h"

#define FIRST_BOUND_MS 1000u
#define MAX_EXPONENT 10u
#define PATIENT_EVERY 4

guint
draw_retry_next (DrawRetry *self, double random)
{
  guint most, bound;

  g_return_val_if_fail (self != NULL, DRAW_RETRY_MAX_MS);
  g_return_val_if_fail (random >= 0 && random < 1, DRAW_RETRY_MAX_MS);

  most = self->in_use ? DRAW_RETRY_IN_USE_MAX_MS : DRAW_RETRY_MAX_MS;
  bound = MIN (FIRST_BOUND_MS << MIN (self->attempts, MAX_EXPONENT), most);
  if (self->attempts < G_MAXUINT)
    self->attempts++;
  return DRAW_RETRY_MIN_MS + (guint) (random * (bound - DRAW_RETRY_MIN_MS));
}

guint
draw_retry_get_patience (const DrawRetry *self)
{
  g_return_val_if_fail (self != NULL, DRAW_RETRY_PATIENCE_MS);

  return self->in_use && self->attempts % PATIENT_EVERY != 0 ? DRAW_RETRY_SHORT_PATIENCE_MS
                                                             : DRAW_RETRY_PATIENCE_MS;
}
