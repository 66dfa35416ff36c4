/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-breach.h"

static struct {
  SimInvariant invariant;
  char *text;
} first;

void
sim_breach (SimInvariant invariant, const char *format, ...)
{
  g_autoptr (GString) text = NULL;
  va_list args;

  g_assert (invariant != SIM_OK);
  if (first.invariant != SIM_OK)
    return;
  first.invariant = invariant;
  va_start (args, format);
  text = g_string_new (NULL);
  g_string_vprintf (text, format, args);
  va_end (args);
  g_string_replace (text, "\n", "\n# ", 0);
  first.text = g_string_free (g_steal_pointer (&text), FALSE);
}

SimInvariant
sim_breach_get (void)
{
  return first.invariant;
}

const char *
sim_breach_get_text (void)
{
  return first.text != NULL ? first.text : "";
}

void
sim_breach_reset (void)
{
  first.invariant = SIM_OK;
  g_clear_pointer (&first.text, g_free);
}

const char *
sim_invariant_to_string (SimInvariant invariant)
{
  static const char *const names[] = {
    "none",           "I1 convergence",  "I2 total order", "I3 client order",
    "I4 idempotence", "I5 nothing lost", "I6 no revival",  "I7 own undo",
    "I8 soundness",   "I9 optimism",     "I10 presence",   "I11 no clock",
    "I12 bounded",     "Z1 authority",
  };

  g_assert ((gsize) invariant < G_N_ELEMENTS (names));
  return names[invariant];
}
