/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-dice.h"

/* SplitMix64: every seed, 0 and neighbours too, starts a sequence of its own, and starting one costs
 * nothing, so each action has its own. */

void
sim_dice_seed (SimDice *self, guint64 seed)
{
  self->state = seed;
}

guint32
sim_dice_next (SimDice *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint32) ((z ^ (z >> 31)) >> 16);
}

guint
sim_dice_roll (SimDice *self, guint n)
{
  g_assert (n > 0);
  return sim_dice_next (self) % n;
}

int64_t
sim_dice_due (SimDice *self)
{
  gboolean slow = sim_dice_roll (self, 20) == 0;

  return self->now + sim_dice_roll (self, slow ? 30 * G_USEC_PER_SEC : G_USEC_PER_SEC / 5);
}
