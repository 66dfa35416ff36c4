/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-library.h"

G_BEGIN_DECLS

/* What Home knows of a board. */
typedef struct
{
  DrawBoardInfo *info; /* owned */
  GdkTexture *picture; /* owned, or NULL */
  char *names;         /* owned, or NULL: who was there */
} DrawBoardFact;

void draw_board_fact_free (DrawBoardFact *fact);

/**
 * DrawBoardCard: a board on Home: picture, title, when it was changed and by whom, a menu. The
 * menu's actions are "home.rename", "home.duplicate", "home.export" and "home.delete" with the
 * board's path; F2 and Delete do the same.
 */
#define DRAW_TYPE_BOARD_CARD (draw_board_card_get_type ())
G_DECLARE_FINAL_TYPE (DrawBoardCard, draw_board_card, DRAW, BOARD_CARD, GtkFlowBoxChild)

/* @now: seconds since the epoch. */
GtkWidget *draw_board_card_new (const DrawBoardFact *fact, int64_t now);
const char *draw_board_card_get_path (DrawBoardCard *self);
const char *draw_board_card_get_board (DrawBoardCard *self);
const char *draw_board_card_get_title (DrawBoardCard *self);
/* Whether title or names hold the text, whatever the case. */
gboolean draw_board_card_matches (DrawBoardCard *self, const char *text);

G_END_DECLS
