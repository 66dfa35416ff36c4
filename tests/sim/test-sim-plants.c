/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the simulator sees anything at all: with each planted fault it must break an invariant
 * within 200 seeds, and without any it must not. A fault that ends the program is found as well. */
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim-plan.h"
#include "sim-plant.h"

#define SEEDS 200
#define STEPS 400
#define FOUND 3

static const char *const names[SIM_N_PLANTS] = {
  [SIM_PLANT_NONE] = "none",
  [SIM_PLANT_ACK_EARLY] = "acknowledged before it is on disk",
  [SIM_PLANT_BROADCAST_EARLY] = "broadcast before it is on disk",
  [SIM_PLANT_STORE_TWICE] = "a counter stored twice",
  [SIM_PLANT_TAKE_GAP] = "a hole in the counters taken",
  [SIM_PLANT_REUSE_POSITION] = "a position given twice",
  [SIM_PLANT_DROP_ON_GAP] = "a gap taken for a refusal",
  [SIM_PLANT_NEW_COUNTERS] = "new counters after a crash",
  [SIM_PLANT_SKIP_FIRST] = "the first unsent op skipped",
  [SIM_PLANT_UNDO_OTHERS] = "undo of what others changed",
  [SIM_PLANT_HIDE_PENDING] = "pending ops hidden by others'",
  [SIM_PLANT_REVIVE] = "deleted elements revived",
  [SIM_PLANT_NEWEST_CLOCK] = "the newest clock wins",
  [SIM_PLANT_EQUAL_KEYS] = "equal indices in order of arrival",
  [SIM_PLANT_KEEP_REFUSED] = "refused ops kept in the history",
  [SIM_PLANT_SKIP_ENTRY] = "an entry skipped in catching up",
  [SIM_PLANT_FORGET_ROLE] = "roles that change on paper alone",
  [SIM_PLANT_SILENT_LEAVING] = "nobody told of who left",
};

static int
run_child (SimPlant plant)
{
  sim_plant = plant;
  for (guint seed = 1; seed <= SEEDS; seed++)
    {
      g_autoptr (SimPlan) plan = sim_plan_new (seed, STEPS);
      SimInvariant breach = sim_plan_run (plan, NULL);

      if (breach == SIM_OK)
        continue;
      printf ("# %s: seed %u breaks %s: %.200s\n", names[plant], seed,
              sim_invariant_to_string (breach), sim_breach_get_text ());
      return FOUND;
    }
  return EXIT_SUCCESS;
}

/* In a process of its own: it may crash, and what it leaves behind is nobody's. */
static gboolean
is_found (SimPlant plant)
{
  int status = 0;
  pid_t pid;

  fflush (stdout);
  pid = fork ();
  g_assert (pid >= 0);
  if (pid == 0)
    {
      int result = run_child (plant);

      fflush (stdout);
      _exit (result);
    }
  g_assert (waitpid (pid, &status, 0) == pid);
  if (WIFSIGNALED (status))
    printf ("# %s: ends the program by signal %d\n", names[plant], WTERMSIG (status));
  return WIFSIGNALED (status) || WEXITSTATUS (status) == FOUND;
}

int
main (void)
{
  const struct rlimit no_core = { 0, 0 };
  gboolean good = TRUE;

  setrlimit (RLIMIT_CORE, &no_core);
  printf ("1..%d\n", SIM_N_PLANTS);
  for (SimPlant plant = 0; plant < SIM_N_PLANTS; plant++)
    {
      gboolean found = is_found (plant), right = found == (plant != SIM_PLANT_NONE);

      printf ("%s %d - planted: %s\n", right ? "ok" : "not ok", (int) plant + 1, names[plant]);
      good = good && right;
    }
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
