/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-join-words.h"

#include <glib/gi18n.h>
#include <string.h>

char *
draw_join_place (const BoardLink *link)
{
  g_autofree char *ascii = NULL;
  const char *host;

  g_return_val_if_fail (link != NULL, NULL);

  ascii = g_hostname_to_ascii (link->host);
  host = ascii != NULL ? ascii : link->host;
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, link->port);
}

char *
draw_join_role (const BoardLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  switch (link->role)
    {
    case BOARD_LINK_ROLE_VIEWER:
      return g_strdup (_("Look and chat"));
    case BOARD_LINK_ROLE_EDITOR:
      return g_strdup (_("Draw and chat"));
    case BOARD_LINK_ROLE_UNSAID:
    default:
      return g_strdup (_("What the host allows"));
    }
}

char *
draw_join_wanted (const char *title, const char *person)
{
  g_return_val_if_fail (title != NULL && person != NULL, NULL);

  if (*title == '\0')
    title = _("Untitled");
  if (*person == '\0')
    /* Translators: %s is the title of a board. */
    return g_strdup_printf (_("To join “%s” you need an invitation. Ask its host for the link, or for the "
                              "QR code that Share shows on the host’s screen."),
                            title);
  /* Translators: the title of a board, and its host. */
  return g_strdup_printf (_("To join “%s” you need an invitation. Ask %s for the link, or for the QR code "
                            "that Share shows on the host’s screen."),
                          title, person);
}

static char *
snapshot_words (guint64 done, guint64 total)
{
  g_autofree char *here = g_format_size (done);
  g_autofree char *all = g_format_size (total);

  if (total == 0 && done == 0)
    return g_strdup (_("Loading the board…"));
  if (total == 0)
    /* Translators: %s is a size: "1.2 MB" */
    return g_strdup_printf (_("Loading the board… %s"), here);
  if (done >= total)
    return g_strdup (_("Opening the board…"));
  /* Translators: both are sizes: "1.2 MB of 4.9 MB" */
  return g_strdup_printf (_("Loading the board… %s of %s"), here, all);
}

static char *
log_words (guint done, guint total)
{
  /* Translators: "1200 of 10000 changes" */
  return g_strdup_printf (ngettext ("Loading the board… %u of %u change",
                                    "Loading the board… %u of %u changes", total),
                          done, total);
}

char *
draw_join_progress (DrawLoading loading, guint64 done, guint64 total)
{
  switch (loading)
    {
    case DRAW_LOADING_GREETING:
      return g_strdup (_("Asking to be let in…"));
    case DRAW_LOADING_SNAPSHOT:
      return snapshot_words (done, total);
    case DRAW_LOADING_LOG:
      return log_words ((guint) MIN (done, G_MAXUINT), (guint) MIN (total, G_MAXUINT));
    case DRAW_LOADING_NOTHING:
    default:
      return g_strdup (_("Waiting for the server…"));
    }
}

double
draw_join_fraction (DrawLoading loading, guint64 done, guint64 total)
{
  if ((loading != DRAW_LOADING_SNAPSHOT && loading != DRAW_LOADING_LOG) || total == 0)
    return -1;
  return (double) MIN (done, total) / (double) total;
}
