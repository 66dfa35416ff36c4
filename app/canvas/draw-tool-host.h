/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <graphene.h>

#include "board/board-cast.h"
#include "board/board-document.h"
#include "canvas/draw-viewport.h"
#include "canvas/draw-writing.h"

G_BEGIN_DECLS

/**
 * DrawToolHost: what a canvas offers to its tool. Everything that a tool shows before it is an op
 * goes through here, so that the canvas decides how it is painted, and a test can stand in for the
 * canvas.
 *
 * What is shown until an op is emitted stays until the tiles that show the op are painted: no
 * blink.
 */
#define DRAW_TYPE_TOOL_HOST (draw_tool_host_get_type ())
G_DECLARE_INTERFACE (DrawToolHost, draw_tool_host, DRAW, TOOL_HOST, GObject)

struct _DrawToolHostInterface {
  GTypeInterface parent_iface;

  BoardDocument *(*get_document) (DrawToolHost *self);
  DrawViewport *(*get_viewport) (DrawToolHost *self);
  double (*get_grid) (DrawToolHost *self);
  gboolean (*get_picture_size) (DrawToolHost *self, const char *file_id, int *width, int *height);
  GPtrArray *(*get_selection) (DrawToolHost *self);
  void (*set_selection) (DrawToolHost *self, GPtrArray *ids);
  void (*emit_op) (DrawToolHost *self, BoardOp *op);
  /* Optional: what is emitted from begin to end is one step of undo. */
  void (*act) (DrawToolHost *self, gboolean begin);
  void (*ink_begin) (DrawToolHost *self, const char *id, const char *color, double width);
  void (*ink_set_points) (DrawToolHost *self, guint from, const BoardPoint *points, gsize n_points);
  void (*ink_end) (DrawToolHost *self, gboolean keep);
  void (*show_band) (DrawToolHost *self, const BoardRect *band);
  void (*show_moved) (DrawToolHost *self, GPtrArray *ids, double dx, double dy);
  void (*show_shaped) (DrawToolHost *self, GPtrArray *ids, const graphene_matrix_t *matrix);
  void (*show_faded) (DrawToolHost *self, GPtrArray *ids);
  void (*show_element) (DrawToolHost *self, BoardElement *element);
  void (*show_stand_ins) (DrawToolHost *self, GPtrArray *elements);
  void (*marks_changed) (DrawToolHost *self);
  void (*done) (DrawToolHost *self);
  void (*cast) (DrawToolHost *self, BoardCast *cast);
  gboolean (*walk) (DrawToolHost *self, int direction);
  void (*write) (DrawToolHost *self, DrawWriting *writing);
};

/* Borrowed; NULL when the canvas shows nothing. */
BoardDocument *draw_tool_host_get_document (DrawToolHost *self);
/* Borrowed. */
DrawViewport *draw_tool_host_get_viewport (DrawToolHost *self);
/* Board units between the lines that places are to be on; 0: anywhere. */
double draw_tool_host_get_grid (DrawToolHost *self);
/* A picture's own size in pixels; FALSE while it is not there. @file_id: NULL for none. */
gboolean draw_tool_host_get_picture_size (DrawToolHost *self,
                                          const char *file_id,
                                          int *width,
                                          int *height);
/* (element-type utf8) ids. Borrowed, until it changes. */
GPtrArray *draw_tool_host_get_selection (DrawToolHost *self);
/* @ids: transfer none; NULL for none. */
void draw_tool_host_set_selection (DrawToolHost *self, GPtrArray *ids);
/* @op: transfer none. */
void draw_tool_host_emit_op (DrawToolHost *self, BoardOp *op);
/* All that one gesture comes to: one step of undo, however many ops. (element-type BoardOp), transfer
 * none. */
void draw_tool_host_emit_ops (DrawToolHost *self, GPtrArray *ops);
/* What somebody made: added to the board, and to the frame that it is in. Transfer none. */
void draw_tool_host_add (DrawToolHost *self, BoardElement *element);

/* A stroke that is being drawn; one at a time. @id: of the element that it will be. */
void draw_tool_host_ink_begin (DrawToolHost *self, const char *id, const char *color, double width);
/* Points from index @from on become @points (board coordinates). */
void draw_tool_host_ink_set_points (DrawToolHost *self,
                                    guint from,
                                    const BoardPoint *points,
                                    gsize n_points);
/* @keep: its op follows at once. Else it was given up. */
void draw_tool_host_ink_end (DrawToolHost *self, gboolean keep);

/* A rubber band; NULL: none. */
void draw_tool_host_show_band (DrawToolHost *self, const BoardRect *band);
/* Elements elsewhere than they are; NULL: none. Calls that follow with the same array change the
 * place only. */
void draw_tool_host_show_moved (DrawToolHost *self, GPtrArray *ids, double dx, double dy);
/* The same with elements that are resized or turned: @matrix takes places on the board from where
 * they are to where they will be. For many: what is shown is their picture, bent, and its lines with
 * it; made anew, they are painted as they are. NULL, NULL: none. */
void draw_tool_host_show_shaped (DrawToolHost *self,
                                 GPtrArray *ids,
                                 const graphene_matrix_t *matrix);
/* Elements about to go; NULL: none. */
void draw_tool_host_show_faded (DrawToolHost *self, GPtrArray *ids);
/* An element that is not on the board yet; NULL: none. @element: transfer none. */
void draw_tool_host_show_element (DrawToolHost *self, BoardElement *element);
/* Elements shown as they will be, each instead of the one on the board that has its id; NULL: none.
 * (element-type BoardElement), transfer none. All of them are painted in this frame: for some
 * hundred at most. */
void draw_tool_host_show_stand_ins (DrawToolHost *self, GPtrArray *elements);
/* What the tool's get_marks() gives is different now. */
void draw_tool_host_marks_changed (DrawToolHost *self);
/* One thing is made and there is no second one to be expected: the person wants to select again,
 * if the tool is not held. */
void draw_tool_host_done (DrawToolHost *self);
/* By keyboard to the object before (-1) or after (+1) the selected one, in reading order: it is
 * selected, brought into view and told to screen readers. FALSE when there is none: then nothing is
 * selected any more. */
gboolean draw_tool_host_walk (DrawToolHost *self, int direction);
/* Tells everybody something that is not kept. */
void draw_tool_host_cast (DrawToolHost *self, BoardCast *cast);
/* Lets the person write at the element's place. What was being written before is finished. At the
 * end the canvas emits the ops, selects what was written and is done(). */
void draw_tool_host_write (DrawToolHost *self, DrawWriting *writing);

G_END_DECLS
