/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-invitation-words.h"

#include <glib/gi18n.h>

char *
draw_invitation_title (const DrawInvitation *invitation)
{
  g_return_val_if_fail (invitation != NULL, NULL);

  if (*invitation->label != '\0')
    return g_strdup (invitation->label);
  return g_strdup (invitation->role == BOARD_ROLE_VIEWER ? _("Viewers") : _("Editors"));
}

gboolean
draw_invitation_is_over (const DrawInvitation *invitation, int64_t now)
{
  g_return_val_if_fail (invitation != NULL, TRUE);

  return invitation->used_up
         || (invitation->expires > 0 && invitation->expires / 1000 <= now);
}

/* Transfer full; NULL: never. */
static char *
expiry_words (const DrawInvitation *invitation, int64_t now)
{
  int64_t left = invitation->expires / 1000 - now;
  guint n;

  if (invitation->expires == 0)
    return NULL;
  if (left <= 0)
    return g_strdup (_("expired"));
  if (left < 2 * 3600)
    {
      n = (guint)MAX (left / 60, 1);
      return g_strdup_printf (ngettext ("expires in %u minute", "expires in %u minutes", n), n);
    }
  if (left < 2 * 86400)
    {
      n = (guint)(left / 3600);
      return g_strdup_printf (ngettext ("expires in %u hour", "expires in %u hours", n), n);
    }
  n = (guint)MIN (left / 86400, G_MAXINT);
  return g_strdup_printf (ngettext ("expires in %u day", "expires in %u days", n), n);
}

static char *
uses_words (const DrawInvitation *invitation)
{
  if (invitation->used_up)
    return g_strdup (_("used up"));
  if (invitation->uses == 0)
    return NULL;
  return g_strdup_printf (ngettext ("for %u more person", "for %u more people", invitation->uses),
                          invitation->uses);
}

char *
draw_invitation_terms (const DrawInvitation *invitation, int64_t now)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *uses = NULL;
  g_autofree char *expiry = NULL;

  g_return_val_if_fail (invitation != NULL, NULL);

  text = g_string_new (invitation->role == BOARD_ROLE_VIEWER ? _("can look and chat") : _("can draw"));
  uses = uses_words (invitation);
  expiry = expiry_words (invitation, now);
  if (uses != NULL)
    g_string_append_printf (text, " · %s", uses);
  if (expiry != NULL)
    g_string_append_printf (text, " · %s", expiry);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
