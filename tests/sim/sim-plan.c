/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-plan.h"

#include "sim-world.h"

/* How often each comes among all of these, and its name. */
static const struct {
  const char *name;
  guint weight;
} types[SIM_N_ACTIONS] = {
  [SIM_SUBMIT] = { "submit", 170 },
  [SIM_UNDO] = { "undo", 40 },
  [SIM_REDO] = { "redo", 25 },
  [SIM_WRITE] = { "write", 150 },
  [SIM_SAVE_HISTORY] = { "save-history", 15 },
  [SIM_SEND] = { "send", 30 },
  [SIM_SERVER_READ] = { "server-read", 160 },
  [SIM_COMMIT] = { "commit", 110 },
  [SIM_PAGE] = { "page", 90 },
  [SIM_CLIENT_READ] = { "client-read", 200 },
  [SIM_CUT] = { "cut", 20 },
  [SIM_CONNECT] = { "connect", 70 },
  [SIM_CLIENT_CRASH] = { "client-crash", 8 },
  [SIM_SERVER_CRASH] = { "server-crash", 4 },
  [SIM_SERVER_START] = { "server-start", 12 },
  [SIM_ROLE] = { "role", 6 },
  [SIM_LOCK] = { "lock", 5 },
  [SIM_PART] = { "part", 0 },
  [SIM_MEND] = { "mend", 0 },
  [SIM_REST] = { "rest", 0 },
};

/* Steps from one rest to the next. */
#define REST_EVERY 100

static SimActionType
draw_type (SimDice *dice)
{
  guint sum = 0, at;
  SimActionType type = 0;

  for (guint i = 0; i < SIM_N_ACTIONS; i++)
    sum += types[i].weight;
  at = sim_dice_roll (dice, sum);
  while (at >= types[type].weight)
    at -= types[type++].weight;
  return type;
}

static SimPlan *
plan_alloc (guint seed, guint n_clients)
{
  SimPlan *self = g_new0 (SimPlan, 1);

  self->seed = seed;
  self->n_clients = n_clients;
  self->actions = g_array_new (FALSE, FALSE, sizeof (SimAction));
  return self;
}

SimPlan *
sim_plan_new (guint seed, guint steps)
{
  SimDice dice = { 0 };
  SimPlan *self;
  gboolean parted;

  sim_dice_seed (&dice, G_GUINT64_CONSTANT (0xd1b54a32d192ed03) * (seed + 1));
  self = plan_alloc (seed, 2 + sim_dice_roll (&dice, SIM_MAX_CLIENTS - 1));
  parted = sim_dice_roll (&dice, 5) == 0;
  for (guint i = 0; i < steps; i++)
    {
      SimAction action
          = { .type = draw_type (&dice), .client = sim_dice_roll (&dice, self->n_clients) };

      action.chance = ((guint64) sim_dice_next (&dice) << 32) | sim_dice_next (&dice);
      if ((i + 1) % REST_EVERY == 0 || i + 1 == steps)
        action.type = SIM_REST;
      else if (parted && i == steps / 3)
        action.type = SIM_PART;
      else if (parted && i == steps * 2 / 3)
        action.type = SIM_MEND;
      g_array_append_val (self->actions, action);
    }
  return self;
}

void
sim_plan_free (SimPlan *self)
{
  g_array_unref (self->actions);
  g_free (self);
}

void
sim_plan_print (SimPlan *self, FILE *out)
{
  fprintf (out, "# seed %u, %u members, %u actions:\n", self->seed, self->n_clients,
           self->actions->len);
  for (guint i = 0; i < self->actions->len; i++)
    {
      SimAction *action = &g_array_index (self->actions, SimAction, i);

      fprintf (out, "#   %s %u %016" G_GINT64_MODIFIER "x\n", types[action->type].name,
               action->client, action->chance);
    }
}

SimInvariant
sim_plan_run (SimPlan *self, FILE *history)
{
  SimWorld *world = sim_world_new (self->n_clients);

  sim_breach_reset ();
  for (guint i = 0; i < self->actions->len && sim_breach_get () == SIM_OK; i++)
    sim_world_step (world, &g_array_index (self->actions, SimAction, i));
  if (history != NULL && sim_breach_get () == SIM_OK)
    sim_world_write (world, self->seed, history);
  sim_world_free (world);
  return sim_breach_get ();
}

SimPlan *
sim_plan_without (SimPlan *self, guint from, guint n)
{
  SimPlan *part = plan_alloc (self->seed, self->n_clients);

  g_array_append_vals (part->actions, self->actions->data, self->actions->len);
  g_array_remove_range (part->actions, from, n);
  return part;
}

SimPlan *
sim_plan_shrink (SimPlan *self, guint runs)
{
  SimInvariant wanted = sim_plan_run (self, NULL);
  SimPlan *best = sim_plan_without (self, 0, 0);

  g_assert (wanted != SIM_OK);
  for (guint n = best->actions->len / 2; n > 0 && runs > 0; n /= 2)
    for (guint from = 0; from + n <= best->actions->len && runs > 0; runs--)
      {
        SimPlan *part = sim_plan_without (best, from, n);

        if (sim_plan_run (part, NULL) == wanted)
          {
            sim_plan_free (best);
            best = part;
          }
        else
          {
            sim_plan_free (part);
            from += n;
          }
      }
  sim_plan_run (best, NULL);
  return best;
}
