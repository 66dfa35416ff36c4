/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-session.h"

G_BEGIN_DECLS

/* The honest state of a board in words. Everything here is a pure function of its arguments, so
 * that each sentence is tested without a window. All results are plain text, transfer full. */

typedef struct
{
  DrawShareState state;
  guint n_waiting; /* own changes that the server has not acknowledged */
  guint silent_for; /* seconds without an answer to these; 0: that is nothing yet */
  int retry_in;    /* seconds until the next attempt; -1: none is planned */
  BoardRole role;
  gboolean read_only;  /* a viewer, or the file cannot be written */
  gboolean locked;     /* by its host */
  gboolean ended;      /* refused: its server does not have it any more */
  int64_t last_contact; /* seconds since the epoch; 0: never since the board was opened */
  gboolean can_host;   /* shared, this computer is the board's server, and it does not run now */
  gboolean was_online; /* said hello before: an attempt under way is a reconnection */
  const char *refusal; /* the server's no in words; nullable */
} DrawShareFacts;

/* What the bar above the board offers to do about a lasting state. */
typedef enum
{
  DRAW_REMEDY_NONE,
  DRAW_REMEDY_RECONNECT,
  DRAW_REMEDY_HOST,
  DRAW_REMEDY_COPY, /* a board of one's own with what is here */
} DrawRemedy;

/* The line beneath the title. */
char *draw_words_subtitle (const DrawShareFacts *facts);
/* The bar's sentence, or NULL when there is nothing lasting to tell. */
char *draw_words_bar (const DrawShareFacts *facts, DrawRemedy *remedy);
/* The board's title, or “Untitled”. */
char *draw_words_title (const char *title);
/* "Just now", "5 minutes ago", "Yesterday", "3 March 2026". Both times in seconds since the epoch.
 */
char *draw_words_when (int64_t then, int64_t now);
/* Host, editor or viewer. */
const char *draw_words_role (BoardRole role);

G_END_DECLS
