/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Seconds after which a person is told that the server does not answer. Far above what a server takes for a commit, and
 * below what somebody takes who closes the lid because "everything is saved". */
#define DRAW_SILENCE_TOLD 5

/**
 * DrawSilence: how long a server has said nothing to what it was sent. A value without clock: all times are
 * monotonic us, and are given to it.
 *
 * A line that drops without a word is noticed by the transport after its ping interval and time-out, 45 s. Who has
 * drawn meanwhile is not to be left in the belief that it is being saved: after DRAW_SILENCE_TOLD seconds, and the time
 * that what is on its way takes on a thin line, the server is asked for a sign of life.
 */
typedef struct {
  int64_t since;  /* when the silence began; 0: nothing is on its way */
  gboolean asked; /* for a sign of life, in this silence */
} DrawSilence;

/* on_its_way: whether something was sent that is not answered. answered: whether an answer came just now. */
void draw_silence_note (DrawSilence *self, gboolean on_its_way, gboolean answered, int64_t now);
/* How long it lasts, in seconds; 0 before there is something to tell. */
guint draw_silence_get_seconds (const DrawSilence *self, int64_t now);
/* Whether the server is to be asked, which is so once in a silence. bytes: that are on their way. */
gboolean draw_silence_is_due (DrawSilence *self, gsize bytes, int64_t now);

G_END_DECLS
