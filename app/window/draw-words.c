/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-words.h"

#include <glib/gi18n.h>

static char *
waiting_words (guint n)
{
  return g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", n), n);
}

static char *
unhosted_subtitle (const DrawShareFacts *facts)
{
  g_autofree char *waiting = NULL;

  if (facts->n_waiting == 0)
    return g_strdup (_("Not hosted now"));
  waiting = waiting_words (facts->n_waiting);
  /* Translators: %s is "3 changes waiting" */
  return g_strdup_printf (_("Not hosted now · %s"), waiting);
}

static char *
offline_subtitle (const DrawShareFacts *facts)
{
  if (facts->n_waiting > 0)
    {
      g_autofree char *waiting = waiting_words (facts->n_waiting);

      /* Translators: %s is "3 changes waiting" */
      return g_strdup_printf (_("Offline · %s"), waiting);
    }
  if (facts->retry_in > 0)
    return g_strdup_printf (_("Reconnecting in %d s"), facts->retry_in);
  return g_strdup (_("Offline"));
}

static char *
online_subtitle (const DrawShareFacts *facts)
{
  if (facts->n_waiting > 0 && facts->silent_for > 0)
    {
      g_autofree char *waiting = waiting_words (facts->n_waiting);

      /* Translators: the server does not answer; %s is "3 changes waiting" */
      return g_strdup_printf (_("No answer for %u s · %s"), facts->silent_for, waiting);
    }
  if (facts->n_waiting > 0)
    return g_strdup_printf (ngettext ("Shared · saving %u change", "Shared · saving %u changes",
                                      facts->n_waiting),
                            facts->n_waiting);
  if (facts->locked)
    return g_strdup (_("Shared · locked"));
  if (facts->read_only)
    return g_strdup (_("Shared · read-only"));
  return g_strdup (_("Shared · everything saved"));
}

char *
draw_words_subtitle (const DrawShareFacts *facts)
{
  g_autofree char *waiting = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  if (facts->can_host)
    return unhosted_subtitle (facts);
  switch (facts->state)
    {
    case DRAW_SHARE_LOCAL:
      return g_strdup (facts->read_only ? _("Read-only") : _("Only on this computer"));
    case DRAW_SHARE_CONNECTING:
      if (facts->n_waiting == 0)
        return g_strdup (_("Connecting…"));
      waiting = waiting_words (facts->n_waiting);
      /* Translators: %s is "3 changes waiting" */
      return g_strdup_printf (facts->was_online ? _("Offline · %s") : _("Connecting · %s"),
                              waiting);
    case DRAW_SHARE_ONLINE:
      return online_subtitle (facts);
    case DRAW_SHARE_OFFLINE:
      return offline_subtitle (facts);
    case DRAW_SHARE_REFUSED:
      if (facts->n_waiting == 0)
        return g_strdup (_("Refused by the server"));
      waiting = waiting_words (facts->n_waiting);
      /* Translators: %s is "3 changes waiting" */
      return g_strdup_printf (_("Refused by the server · %s"), waiting);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static char *
offline_bar (const DrawShareFacts *facts, DrawRemedy *remedy)
{
  if (facts->can_host)
    {
      *remedy = DRAW_REMEDY_HOST;
      return g_strdup (_("This board is not hosted now. What you draw is kept here until it is."));
    }
  *remedy = DRAW_REMEDY_RECONNECT;
  if (facts->state == DRAW_SHARE_OFFLINE && facts->retry_in > 0)
    return g_strdup_printf (_("You are offline. What you draw is kept and sent later. Trying "
                               "again in %d s."),
                            facts->retry_in);
  if (facts->last_contact > 0)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (facts->last_contact);
      g_autofree char *clock = time != NULL ? g_date_time_format (time, _("%H:%M")) : NULL;

      if (clock != NULL)
        return g_strdup_printf (_("You are offline since %s. What you draw is kept and sent later."),
                                clock);
    }
  return g_strdup (_("You are offline. What you draw is kept and sent later."));
}

char *
draw_words_bar (const DrawShareFacts *facts, DrawRemedy *remedy)
{
  g_return_val_if_fail (facts != NULL && remedy != NULL, NULL);

  *remedy = DRAW_REMEDY_NONE;
  if (facts->state == DRAW_SHARE_REFUSED && !facts->can_host)
    {
      *remedy = facts->ended ? DRAW_REMEDY_COPY : DRAW_REMEDY_RECONNECT;
      return g_strdup (
          facts->refusal != NULL && *facts->refusal != '\0'
              ? facts->refusal
              : _("The server refused this board. Your copy stays on this computer."));
    }
  /* An attempt under way after a loss keeps the bar, else it would come and go with each. */
  if (facts->state == DRAW_SHARE_OFFLINE || facts->can_host
      || (facts->state == DRAW_SHARE_CONNECTING && facts->was_online))
    return offline_bar (facts, remedy);
  if (facts->locked && facts->role == BOARD_ROLE_HOST)
    return g_strdup (_("You locked this board: nobody but you can change it."));
  if (!facts->read_only)
    return NULL;
  if (facts->state != DRAW_SHARE_LOCAL && facts->role == BOARD_ROLE_VIEWER)
    return g_strdup (_("You can look at this board, but not change it."));
  if (facts->locked)
    return g_strdup (_("The host has locked this board for now. You can look and follow."));
  return g_strdup (_("This board’s file cannot be written: nothing can be changed."));
}

char *
draw_words_title (const char *title)
{
  return g_strdup (title != NULL && *title != '\0' ? title : _("Untitled"));
}

char *
draw_words_when (int64_t then, int64_t now)
{
  int64_t age = now - then;
  g_autoptr (GDateTime) date = NULL;
  char *text = NULL;

  if (age < 60)
    return g_strdup (_("Just now"));
  if (age < 3600)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) (age / 60)),
                            (int) (age / 60));
  if (age < 24 * 3600)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) (age / 3600)),
                            (int) (age / 3600));
  if (age < 2 * 24 * 3600)
    return g_strdup (_("Yesterday"));
  if (age < 7 * 24 * 3600)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) (age / 86400)),
                            (int) (age / 86400));

  date = g_date_time_new_from_unix_local (then);
  /* Translators: a date as g_date_time_format() writes it, as in "3 March 2026" */
  if (date != NULL)
    text = g_date_time_format (date, _("%-e %B %Y"));
  return text != NULL ? text : g_strdup ("");
}

const char *
draw_words_role (BoardRole role)
{
  switch (role)
    {
    case BOARD_ROLE_HOST:
      return _("Host");
    case BOARD_ROLE_EDITOR:
      return _("Editor");
    case BOARD_ROLE_VIEWER:
    default:
      return _("Viewer");
    }
}
