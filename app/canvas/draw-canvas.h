/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "board/board-cast.h"
#include "board/board-document.h"
#include "canvas/draw-images.h"
#include "canvas/draw-paper.h"
#include "canvas/draw-pointers.h"
#include "canvas/draw-still.h"
#include "canvas/draw-tool.h"
#include "canvas/draw-viewport.h"

G_BEGIN_DECLS

/**
 * DrawCanvas: an endless sheet: shows a document through a viewport, gives pointer and pen samples
 * to the tool, and shows what others do right now. It knows no session and no network.
 *
 * Properties: viewport (read), tool, eraser (the tool for the other end of a pen; NULL: as tool),
 * read-only (dragging moves the sheet), dark (a dark sheet, colours turned to be readable; follow
 * AdwStyleManager), selection-empty (read, notify), paper ("plain", "dots", "lines", "grid"), predict
 * (ink runs ahead of the pen by one frame at most), snap-grid (what is made and moved keeps to the
 * squares of the paper; a plain sheet has dots then), lost
 * (read, notify: nothing is seen of a board that has something).
 *
 * Signals:
 * - "op" (BoardOp *op): a tool or an action changed something: to be submitted.
 * - "act" (gboolean begins): the ops until it ends are one act of the person: one step of undo.
 * - "pointer" (double x, double y), "pointer-left" (): board coordinates: to be cast as a cursor.
 * - "ink" (BoardCast *cast): points of the own wet stroke, every 25 ms while there are new ones, or
 *   its end when it was given up: to be cast. Valid during the emission.
 * - "updated" (): the document or a picture on it changed.
 * - "selection-changed" (): other elements are selected than before.
 * - "tool-done" (): the tool made its one thing: the person may want to select again.
 * - "menu" (double x, double y): a button of the pen's barrel asks for a menu there, widget pixels.
 *
 * Keys while it has the focus: Escape gives an action up or clears the selection; arrows move the
 * selection by 1 unit (10 with Shift), or the view when nothing is selected; Space held drags the
 * sheet.
 */
#define DRAW_TYPE_CANVAS (draw_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DrawCanvas, draw_canvas, DRAW, CANVAS, GtkWidget)

GtkWidget *draw_canvas_new (void);
/* NULL: shows nothing. */
void draw_canvas_set_document (DrawCanvas *self, BoardDocument *document);
/* What is seen now, to be shown when the board is opened again; without a picture where not all of it is
 * painted. Transfer full. */
DrawStill *draw_canvas_take_still (DrawCanvas *self);
/* Goes to where that was seen. */
void draw_canvas_go_to_still (DrawCanvas *self, DrawStill *still);
/* The board is on its way: until its document is set the canvas shows that, where it was seen, and is busy.
 * NULL: no more. Only while it has no document. */
void draw_canvas_show_still (DrawCanvas *self, DrawStill *still);
/* Where the pictures of its image elements come from; NULL: boxes stand for them. */
void draw_canvas_set_images (DrawCanvas *self, DrawImages *images);
/* To be called when the document changed. */
void draw_canvas_update (DrawCanvas *self, const BoardDamage *damage);
DrawViewport *draw_canvas_get_viewport (DrawCanvas *self);
void draw_canvas_set_tool (DrawCanvas *self, DrawTool *tool);
DrawTool *draw_canvas_get_tool (DrawCanvas *self);
/* @tool: (nullable): for the eraser end of a pen. */
void draw_canvas_set_eraser (DrawCanvas *self, DrawTool *tool);
/* Whether fingers draw; DRAW_FINGERS_UNTIL_PEN at first. */
void draw_canvas_set_fingers (DrawCanvas *self, DrawFingers fingers);
/* What the tip does while a button of the barrel is held. @barrel: below DRAW_N_BARRELS. @tool: for
 * DRAW_BARREL_TOOL, else NULL. At first the one pans, the other opens the menu. */
void
draw_canvas_set_barrel (DrawCanvas *self, guint barrel, DrawBarrel act, DrawTool *tool);
void draw_canvas_set_dark (DrawCanvas *self, gboolean dark);
/* Whether all that is visible is painted as the document is: nothing is on its way. */
gboolean draw_canvas_is_complete (DrawCanvas *self);
/* What is printed on the sheet. */
void draw_canvas_set_paper (DrawCanvas *self, DrawPaper paper);
/* Whether nothing is seen of a board that has something. */
gboolean draw_canvas_is_lost (DrawCanvas *self);
void draw_canvas_set_read_only (DrawCanvas *self, gboolean read_only);

/* Moves the view so that the element is seen, if it is not. */
void draw_canvas_show_element (DrawCanvas *self, BoardElement *element);

/* The selection, (element-type utf8) ids. Borrowed. */
GPtrArray *draw_canvas_get_selection (DrawCanvas *self);
void draw_canvas_select_all (DrawCanvas *self);
void draw_canvas_clear_selection (DrawCanvas *self);
/* Emits "op" with what deletes the selection. */
void draw_canvas_delete_selection (DrawCanvas *self);
/* Emits "op" with the property changed on everything selected: "strokeColor", "strokeWidth". */
void draw_canvas_set_selection_props (DrawCanvas *self, JsonObject *props);
/* Shows everything, or the middle of nothing at 100 %. */
void draw_canvas_fit (DrawCanvas *self);

/* Others, live. color "#rrggbb". name: plain text from a stranger, never markup. */
void draw_canvas_show_cursor (DrawCanvas *self,
                              const char *member,
                              const char *name,
                              const char *color,
                              double x,
                              double y);
void draw_canvas_hide_cursor (DrawCanvas *self, const char *member);
/* A cast of kind INK or INK_END. The wet stroke goes when its op comes (same element id) or after
 * 10 s of silence. */
void draw_canvas_show_ink (DrawCanvas *self, const char *member, const BoardCast *cast);
/* Forgets cursor and ink of somebody who left. */
void draw_canvas_remove_member (DrawCanvas *self, const char *member);

G_END_DECLS
