/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "board/board-cast.h"
#include "board/board-document.h"
#include "canvas/draw-viewport.h"

G_BEGIN_DECLS

/**
 * DrawLiveLayer: what people do over the board for a moment: a spotlight, trails of lasers, reactions that float
 * up, outlines of what others have selected. It lies over the canvas, takes no input, and redraws only
 * while something moves. Strangers send what it shows, so all of it is bounded.
 */
#define DRAW_TYPE_LIVE_LAYER (draw_live_layer_get_type ())
G_DECLARE_FINAL_TYPE (DrawLiveLayer, draw_live_layer, DRAW, LIVE_LAYER, GtkWidget)

/* To be called once. */
void draw_live_layer_set_viewport (DrawLiveLayer *self, DrawViewport *viewport);
/* Whose elements are selected; forgets everything that was shown. NULL: none. */
void draw_live_layer_set_document (DrawLiveLayer *self, BoardDocument *document);
/* cast: of kind LASER. color: "#rrggbb". */
void draw_live_layer_add_laser (DrawLiveLayer *self,
                                const char *member,
                                const char *color,
                                const BoardCast *cast);
/* x, y: board coordinates. text: a stranger's; a few characters of it are shown. */
void draw_live_layer_add_reaction (DrawLiveLayer *self, const char *text, double x, double y);
/* ids: strv, nullable: nothing is selected any more. */
void draw_live_layer_set_selection (DrawLiveLayer *self,
                                    const char *member,
                                    const char *color,
                                    const char *const *ids);
/* Everything but what is around that place, board coordinates, is darkened; on FALSE: no longer, x and y do not matter. */
void draw_live_layer_set_spotlight (DrawLiveLayer *self, gboolean on, double x, double y);
/* Forgets all of somebody who left. */
void draw_live_layer_remove_member (DrawLiveLayer *self, const char *member);
/* The board changed: outlines follow. */
void draw_live_layer_update (DrawLiveLayer *self);
/* For tests and scripts. */
guint draw_live_layer_get_n_trails (DrawLiveLayer *self);
guint draw_live_layer_get_n_reactions (DrawLiveLayer *self);
guint draw_live_layer_get_n_selections (DrawLiveLayer *self);

G_END_DECLS
