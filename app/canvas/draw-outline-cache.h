/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"
#include "canvas/draw-outline.h"

G_BEGIN_DECLS

/**
 * DrawOutlineCache: outlines of elements, so that the tiles that one stroke crosses compute it
 * once. What was asked for least recently goes first when it grows over its limit. Any thread.
 */
typedef struct _DrawOutlineCache DrawOutlineCache;

/* @max_cost: bytes of outlines to keep. */
DrawOutlineCache *draw_outline_cache_new (gsize max_cost);
void draw_outline_cache_free (DrawOutlineCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawOutlineCache, draw_outline_cache_free)

/* The outline of the stroke of a freedraw element, relative to the element's place, fine enough
 * for @scale device pixels per unit. Transfer full. */
DrawOutline *draw_outline_cache_get (DrawOutlineCache *self, BoardElement *element, double scale);
gsize draw_outline_cache_get_cost (DrawOutlineCache *self);
guint draw_outline_cache_get_n_outlines (DrawOutlineCache *self);

G_END_DECLS
