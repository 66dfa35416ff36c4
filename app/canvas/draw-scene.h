/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"
#include "canvas/draw-images.h"
#include "canvas/draw-painter.h"

G_BEGIN_DECLS

/**
 * DrawScene: elements to be painted, bottom first, each with what else its looks depend on: the
 * frame that clips it, the label that a line makes room for, the pictures. Made by the thread that
 * owns the document; once made it does not change, and any thread may paint it. Refcounted.
 *
 * All that shows a board goes through it: tiles, exports, prints, thumbnails.
 */
typedef struct _DrawScene DrawScene;

/* @images: (nullable) (transfer none): where pictures come from; NULL: boxes stand for them. */
DrawScene *draw_scene_new (DrawImages *images);
/* What is on @document, within @area (NULL: all of it). Transfer full. */
DrawScene *
draw_scene_new_for_document (BoardDocument *document, const BoardRect *area, DrawImages *images);
/* The same for whoever sorts it: costs what the area is large, not what lies in it. Transfer full. */
DrawScene *
draw_scene_new_for_tile (BoardDocument *document, const BoardRect *area, DrawImages *images);
/* The elements of these ids that the document shows, in its order, with the labels of those that
 * have one. @ids: (element-type utf8). Transfer full. */
DrawScene *draw_scene_new_for_ids (BoardDocument *document, GPtrArray *ids, DrawImages *images);
DrawScene *draw_scene_ref (DrawScene *self);
void draw_scene_unref (DrawScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawScene, draw_scene_unref)

/* The order of the board: by (index, id), compared as bytes. */
int draw_scene_compare (BoardElement *a, BoardElement *b);
/* On top of what is there. @document: (nullable): where its frame and its label are looked up.
 * @alpha: 0..1, over the element's own opacity. */
void draw_scene_add (DrawScene *self, BoardDocument *document, BoardElement *element, double alpha);
/* Of that list (element-type BoardElement), which nobody changes any more, those within @area; their
 * looks depend on no other element. Which they are is found when the scene is sorted, by whichever
 * thread does that. */
void draw_scene_add_list (DrawScene *self, GPtrArray *elements, const BoardRect *area);
/* Brings what was added into the order of the board, bottom first. By its only owner, any thread. */
void draw_scene_sort (DrawScene *self);
/* Whether nothing was added, so that nothing needs to be sorted. */
gboolean draw_scene_is_empty (DrawScene *self);
/* Those of lists are counted when it was sorted. */
guint draw_scene_get_n_elements (DrawScene *self);
/* Borrowed. */
BoardElement *draw_scene_get_element (DrawScene *self, guint i);
DrawImages *draw_scene_get_images (DrawScene *self);
/* All that painting it may touch; FALSE when there is nothing. */
gboolean draw_scene_get_bounds (DrawScene *self, BoardRect *bounds);

/* The label of a shape or line: the text that both say is its own. NULL when there is none.
 * Borrowed. */
BoardElement *draw_scene_find_label (BoardDocument *document, BoardElement *container);

/* Paints it with a @cr whose user space is board units, on any kind of surface: image, PDF, SVG,
 * printer. Nothing outside of painting->clip is wanted. */
void draw_scene_paint (DrawScene *self, cairo_t *cr, const DrawPainting *painting);
/* Whether all pictures in it are there or have failed. Those that are not are asked for
 * (draw-images.h). */
gboolean draw_scene_has_images (DrawScene *self);

G_END_DECLS
