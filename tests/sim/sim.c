/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Random histories of a server and its members, with all that can go wrong between them, from
 * seeds. See README.md.
 *
 *   sim                          the suite: 3,000 seeds (TAP)
 *   sim --seeds N --first SEED   any others; the exit status says it all
 *   sim --write FILE             the logs of these histories, and what they came to */
#include <stdlib.h>

#include "sim-plan.h"
#include "sim-totals.h"

#define SHRINK_RUNS 3000
/* From so many on everything has to happen. */
#define ENOUGH_SEEDS 1000

static int n_seeds = 3000, first_seed = 1, n_steps = 400;
static char *write_path;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT, &first_seed, "The first seed", "SEED" },
  { "steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "Of each", "N" },
  { "write", 0, 0, G_OPTION_ARG_FILENAME, &write_path, "Write the histories", "FILE" },
  G_OPTION_ENTRY_NULL,
};

static void
report (SimPlan *plan)
{
  g_autofree char *text = g_strdup (sim_breach_get_text ());
  g_autoptr (SimPlan) small = NULL;

  printf ("# seed %u breaks %s: %s\n", plan->seed, sim_invariant_to_string (sim_breach_get ()),
          text);
  small = sim_plan_shrink (plan, SHRINK_RUNS);
  printf ("# in fewer actions: %s\n", sim_breach_get_text ());
  sim_plan_print (small, stdout);
}

/* FALSE when a seed breaks something. */
static gboolean
run_seeds (FILE *history)
{
  for (int seed = first_seed; seed < first_seed + n_seeds; seed++)
    {
      g_autoptr (SimPlan) plan = sim_plan_new ((guint) seed, (guint) n_steps);

      if (sim_plan_run (plan, history) != SIM_OK)
        {
          report (plan);
          return FALSE;
        }
    }
  return TRUE;
}

/* Nothing that the proof is about may have been absent from it. */
static gboolean
check_totals (void)
{
  const struct {
    const char *name;
    guint64 count;
  } totals[] = {
    { "submitted", sim_totals.submitted },
    { "undone", sim_totals.undone },
    { "redone", sim_totals.redone },
    { "conflicts", sim_totals.conflicts },
    { "refused", sim_totals.refused },
    { "dropped", sim_totals.dropped },
    { "fillers", sim_totals.fillers },
    { "retries", sim_totals.retries },
    { "connects", sim_totals.connects },
    { "cuts", sim_totals.cuts },
    { "steps", sim_totals.steps },
    { "duplicates", sim_totals.duplicates },
    { "repeated", sim_totals.repeated },
    { "client crashes", sim_totals.client_crashes },
    { "server crashes", sim_totals.server_crashes },
    { "lied commits", sim_totals.lied_commits },
    { "failed commits", sim_totals.failed_commits },
    { "role changes", sim_totals.role_changes },
    { "viewers' words", sim_totals.spoken },
    { "snapshots", sim_totals.snapshots },
    { "shortcuts", sim_totals.shortcuts },
    { "failed reads", sim_totals.failed_reads },
    { "turned away", sim_totals.turned_away },
    { "rooms", sim_totals.rooms },
    { "rests", sim_totals.rests },
    { "elements", sim_totals.elements },
    { "deletions", sim_totals.deletions },
  };
  gboolean all = TRUE;

  printf ("# %" G_GUINT64_FORMAT " steps:", sim_totals.steps);
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      printf (" %s %" G_GUINT64_FORMAT, totals[i].name, totals[i].count);
      all = all && totals[i].count > 0;
    }
  printf (" displaced %" G_GUINT64_FORMAT "\n",
          sim_totals.displaced); /* one in thousands of seeds */
  return all || n_seeds < ENOUGH_SEEDS;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  FILE *history = NULL;
  gboolean held, lively;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (write_path != NULL)
    {
      history = fopen (write_path, "w");
      if (history == NULL)
        g_error ("%s cannot be written", write_path);
    }
  printf ("1..2\n");
  held = run_seeds (history);
  printf ("%s 1 - every invariant holds in %d seeds of %d steps\n", held ? "ok" : "not ok", n_seeds,
          n_steps);
  lively = check_totals ();
  printf ("%s 2 - all of it happened\n", lively ? "ok" : "not ok");
  if (history != NULL)
    fclose (history);
  g_free (write_path);
  return held && lively ? EXIT_SUCCESS : EXIT_FAILURE;
}
