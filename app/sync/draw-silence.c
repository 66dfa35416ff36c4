/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-silence.h"

/* Of the thinnest line that is waited for: what is on its way may keep the sign of life behind it. */
#define BYTES_PER_SECOND (16 * 1024)

void
draw_silence_note (DrawSilence *self, gboolean on_its_way, gboolean answered, int64_t now)
{
  g_return_if_fail (self != NULL && now > 0);

  if (on_its_way && !answered && self->since > 0)
    return;
  self->since = on_its_way ? now : 0;
  self->asked = FALSE;
}

guint
draw_silence_get_seconds (const DrawSilence *self, int64_t now)
{
  int64_t seconds;

  g_return_val_if_fail (self != NULL, 0);

  seconds = self->since > 0 ? (now - self->since) / G_USEC_PER_SEC : 0;
  return seconds >= DRAW_SILENCE_TOLD ? (guint) seconds : 0;
}

gboolean
draw_silence_is_due (DrawSilence *self, gsize bytes, int64_t now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->asked || draw_silence_get_seconds (self, now) < DRAW_SILENCE_TOLD + bytes / BYTES_PER_SECOND)
    return FALSE;
  self->asked = TRUE;
  return TRUE;
}
