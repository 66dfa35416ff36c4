/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-replay-time.h"

#include <glib/gi18n.h>

#define MAX_TICKS 6
#define DAY (24 * 60 * 60)

int64_t
draw_replay_gap (int64_t from, int64_t to)
{
  if (from <= 0 || to <= 0)
    return DRAW_REPLAY_USUAL_GAP;
  return CLAMP (to - from, 0, DRAW_REPLAY_LONGEST_GAP);
}

static void
tick_clear (gpointer data)
{
  g_free (((DrawReplayTick *)data)->label);
}

/* Seconds since the epoch as the clock on the wall shows them. */
static int64_t
get_local (int64_t ms, GTimeZone *zone)
{
  int64_t seconds = ms / 1000;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return seconds + (interval >= 0 ? g_time_zone_get_offset (zone, interval) : 0);
}

/* The first and the last that is known; FALSE when there is none. */
static gboolean
find_span (const int64_t *times, guint n, int64_t *first, int64_t *last)
{
  *first = *last = 0;
  for (guint i = 0; i < n; i++)
    if (times[i] > 0)
      {
        *first = *first == 0 ? times[i] : MIN (*first, times[i]);
        *last = MAX (*last, times[i]);
      }
  return *last > 0;
}

static int64_t
choose_unit (int64_t span)
{
  static const int64_t units[] = {
    10,       30,      60,      2 * 60,  5 * 60,   10 * 60,  30 * 60,  60 * 60,   3 * 60 * 60,
    6 * 60 * 60, DAY / 2, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 91 * DAY, 365 * DAY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (span / units[i] < MAX_TICKS)
      return units[i];
  return span / MAX_TICKS + 1;
}

static char *
make_label (int64_t ms, gboolean day, int64_t unit, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL)
    return g_strdup ("");
  if (day)
    /* Translators: a day on a time line: "14 Nov" */
    return g_date_time_format (local, _("%-d %b"));
  /* Translators: a time of day on a time line, "10:15" and "10:15:30" */
  return g_date_time_format (local, unit < 60 ? _("%H:%M:%S") : _("%H:%M"));
}

GArray *
draw_replay_make_ticks (const int64_t *times, guint n, GTimeZone *zone)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (DrawReplayTick));
  int64_t first, last, unit, period = -1, day = -1;
  guint apart = n / MAX_TICKS, next = n / 20;

  g_return_val_if_fail (times != NULL || n == 0, ticks);
  g_return_val_if_fail (zone != NULL, ticks);

  g_array_set_clear_func (ticks, tick_clear);
  if (!find_span (times, n, &first, &last))
    return ticks;
  unit = choose_unit ((last - first) / 1000);
  for (guint i = 0; i < n; i++)
    {
      int64_t local = get_local (times[i], zone);
      gboolean begins = times[i] > 0 && period >= 0 && local / unit > period;

      if (times[i] > 0 && local / unit > period)
        period = local / unit;
      if (!begins || i < next || i + n / 20 > n)
        continue;
      g_array_append_val (
          ticks, ((DrawReplayTick){ i, make_label (period * unit * 1000 - (local - times[i] / 1000) * 1000,
                                                   unit >= DAY || (day >= 0 && local / DAY > day), unit,
                                                   zone) }));
      day = local / DAY;
      next = i + apart;
    }
  return ticks;
}
