/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-log-reader.h"

#include <glib/gi18n.h>

#include "draw-error.h"

/* What is shown is written by another thread, a moment later. */
#define PAUSE_US (50 * 1000)
#define PATIENCE 100

typedef struct {
  const DrawLogTaker *taker;
  gpointer user_data;
  uint64_t seq; /* of the last entry */
} Reading;

static gboolean
take_entry (uint64_t seq, const char *member, uint64_t counter, int64_t time_ms, const char *text,
            gpointer data, GError **error)
{
  Reading *self = data;

  self->seq = seq;
  return self->taker->entry (seq, member, counter, time_ms, text, self->user_data, error);
}

static gboolean
read_once (const char *path, Reading *self, GError **error)
{
  const DrawJournalLoader loader = { NULL, take_entry, NULL }; /* no state: the whole log */

  self->seq = 0;
  self->taker->begin (self->user_data);
  return draw_journal_read_log (path, &loader, self, error);
}

gboolean
draw_log_read_whole (const char *path, uint64_t end, const DrawLogTaker *taker, gpointer user_data,
                     GError **error)
{
  Reading self = { taker, user_data, 0 };

  g_return_val_if_fail (path != NULL && taker != NULL, FALSE);

  for (guint i = 0; i < PATIENCE; i++)
    {
      if (!read_once (path, &self, error))
        return FALSE;
      if (self.seq >= end)
        return TRUE;
      g_usleep (PAUSE_US);
    }
  g_set_error_literal (error, DRAW_ERROR, DRAW_ERROR_DISK, _("The disk cannot keep up."));
  return FALSE;
}
