/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Faults that a second test program can be given, one at a time, to see that each is found. In the
 * simulator itself none is there: SIM_PLANTED() is FALSE at compile time. Those of the board, the
 * outbox and the room are put around their functions at link time (sim-plant.c): their sources know
 * nothing of it. */
typedef enum {
  SIM_PLANT_NONE,
  SIM_PLANT_ACK_EARLY,       /* the server acknowledges what is not on its disk */
  SIM_PLANT_BROADCAST_EARLY, /* it tells others of what is not on its disk */
  SIM_PLANT_STORE_TWICE,     /* it stores a counter that comes again */
  SIM_PLANT_TAKE_GAP,        /* it takes a counter that leaves a hole */
  SIM_PLANT_REUSE_POSITION,  /* it gives a position again after a commit that seemed to fail */
  SIM_PLANT_DROP_ON_GAP,     /* the client takes a gap for a refusal for good */
  SIM_PLANT_NEW_COUNTERS,    /* a client that starts again gives its pending ops new counters */
  SIM_PLANT_SKIP_FIRST,      /* the outbox starts one counter too late */
  SIM_PLANT_UNDO_OTHERS,     /* the history does not hear of what others do */
  SIM_PLANT_HIDE_PENDING,    /* what others do hides what is pending */
  SIM_PLANT_REVIVE,          /* "=" brings back what was deleted */
  SIM_PLANT_NEWEST_CLOCK,    /* the later clock wins, not the later position */
  SIM_PLANT_EQUAL_KEYS,      /* elements of one index are shown in the order of arrival */
  SIM_PLANT_KEEP_REFUSED,    /* a refused op stays in the history */
  SIM_PLANT_SKIP_ENTRY,      /* who catches up is not sent the first entry */
  SIM_PLANT_FORGET_ROLE,     /* a change of roles does not reach who is here */
  SIM_PLANT_SILENT_LEAVING,  /* nobody is told who has left */
  SIM_N_PLANTS,
} SimPlant;

#ifdef SIM_PLANTS
extern SimPlant sim_plant;
#define SIM_PLANTED(name) (sim_plant == SIM_PLANT_##name)
#else
#define SIM_PLANTED(name) FALSE
#endif

G_END_DECLS
