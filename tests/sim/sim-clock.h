/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-dice.h"

G_BEGIN_DECLS

/* What the server's room takes for the time: the linker sends its calls of g_get_monotonic_time(),
 * g_get_real_time(), g_timeout_add() and g_source_remove() here (--wrap). The real time jumps to and fro
 * by years, since nobody may care. */

/* dice: whose "now" is the time from now on; borrowed. Timers of before are gone. */
void sim_clock_set (SimDice *dice);
/* Runs the timers that are due, in their order. */
void sim_clock_run (void);
/* All timers are gone, as with the program that set them. */
void sim_clock_clear (void);
gboolean sim_clock_is_idle (void);

G_END_DECLS
