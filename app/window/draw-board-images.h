/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-images.h"
#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawBoardImages: brings the pictures of a board from its session to whoever paints them. What cannot
 * be had now is asked for again when the connection changes. It ends with its last reference; the
 * DrawImages may live longer and fails what nobody brings any more.
 */
#define DRAW_TYPE_BOARD_IMAGES (draw_board_images_get_type ())
G_DECLARE_FINAL_TYPE (DrawBoardImages, draw_board_images, DRAW, BOARD_IMAGES, GObject)

DrawBoardImages *draw_board_images_new (DrawSession *session);
/* Borrowed. */
DrawImages *draw_board_images_get_images (DrawBoardImages *self);

G_END_DECLS
