/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The invariants, by their names in the design. */
typedef enum {
  SIM_OK,
  SIM_I1_CONVERGENCE,  /* replicas at the same place of the log are equal, byte for byte */
  SIM_I2_TOTAL_ORDER,  /* positions are dense, and each holds one entry for everybody */
  SIM_I3_CLIENT_ORDER, /* ops of one member come in order without a hole */
  SIM_I4_IDEMPOTENCE,  /* what comes again changes nothing */
  SIM_I5_NOTHING_LOST, /* what was acknowledged, or is on a disk to be sent, is in the log, once */
  SIM_I6_NO_REVIVAL,   /* what was deleted is absent unless a later "+" names it */
  SIM_I7_OWN_UNDO,     /* undo changes only what its owner wrote last, and redo brings it back */
  SIM_I8_SOUNDNESS,    /* the z-order is strictly sorted by index and id */
  SIM_I9_OPTIMISM,     /* what is shown is the log with the pending ops on top */
  SIM_I10_PRESENCE,    /* at rest everybody sees exactly those who are here */
  SIM_I11_NO_CLOCK,    /* other times at the entries give the same elements */
  SIM_I12_BOUNDED,     /* queues stay under their limits */
  SIM_Z1_AUTHORITY,    /* who was told that they may not write does not; everybody may speak */
} SimInvariant;

/* The first breach is kept, those that follow from it are not. */
void sim_breach (SimInvariant invariant, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Which one was breached since the last reset. */
SimInvariant sim_breach_get (void);
/* To be printed behind "# ": a board is told on several lines, each of them a comment of the TAP. */
const char *sim_breach_get_text (void);
void sim_breach_reset (void);
const char *sim_invariant_to_string (SimInvariant invariant);

G_END_DECLS
