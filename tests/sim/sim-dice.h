/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Chance and time of a world. Nothing in it asks anybody else for either. */
typedef struct {
  guint64 state;
  int64_t now; /* virtual us */
} SimDice;

void sim_dice_seed (SimDice *self, guint64 seed);
guint32 sim_dice_next (SimDice *self);
/* 0..n-1 */
guint sim_dice_roll (SimDice *self, guint n);
/* When a message that leaves now arrives: mostly soon, sometimes 30 s later. */
int64_t sim_dice_due (SimDice *self);

G_END_DECLS
