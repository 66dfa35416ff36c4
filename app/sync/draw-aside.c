/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-aside.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "draw-error.h"

#define MAX_ASIDE 1000

char *
draw_aside_move (const char *path, GError **error)
{
  static const char *const parts[] = { "", "-wal", "-shm" };

  g_return_val_if_fail (path != NULL, NULL);

  for (guint n = 1; n < MAX_ASIDE; n++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.damaged-%u", path, n);

      if (g_file_test (aside, G_FILE_TEST_EXISTS))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          g_autofree char *from = g_strconcat (path, parts[i], NULL);
          g_autofree char *to = g_strconcat (aside, parts[i], NULL);

          if (g_rename (from, to) != 0 && i == 0)
            {
              g_set_error (error, DRAW_ERROR, DRAW_ERROR_DISK,
                           _("The damaged board cannot be set aside: %s"), g_strerror (errno));
              return NULL;
            }
        }
      return g_steal_pointer (&aside);
    }
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DISK, _("There are too many damaged copies."));
  return NULL;
}
