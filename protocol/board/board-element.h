/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "board/board-stroke.h"
#include "board/board-types.h"

G_BEGIN_DECLS

typedef enum {
  BOARD_ELEMENT_UNKNOWN, /* kept, passed on, not drawn */
  BOARD_ELEMENT_FREEDRAW,
  BOARD_ELEMENT_RECTANGLE,
  BOARD_ELEMENT_DIAMOND,
  BOARD_ELEMENT_ELLIPSE,
  BOARD_ELEMENT_LINE,
  BOARD_ELEMENT_ARROW,
  BOARD_ELEMENT_TEXT,
  BOARD_ELEMENT_NOTE,
  BOARD_ELEMENT_IMAGE,
  BOARD_ELEMENT_FRAME,
} BoardElementType;

/**
 * BoardElement: one thing on a board; immutable, refcounted, shared between threads. Its
 * properties are JSON values under Excalidraw's names (x, y, width, height, angle, strokeColor,
 * strokeWidth, opacity, ...), checked for type and range; unknown names are kept as they came. A
 * freedraw keeps its samples in "points" as packed text (board-stroke.h); a line's or an arrow's
 * "points" are Excalidraw's [[dx, dy], ...]. null and absent are the same thing. What is known,
 * and where: board-schema.c.
 */
typedef struct _BoardElement BoardElement;

#define BOARD_TYPE_ELEMENT (board_element_get_type ())
GType board_element_get_type (void);
/* A fresh 22-character id (128 random bits, base64url). Transfer full. */
char *board_element_make_id (void);
/* props: transfer none, not kept; must hold "id" (1..64 of A-Z a-z 0-9 - _), "type" (1..32 of
 * the same) and "index" (1..BOARD_MAX_INDEX of 0-9 A-Z a-z); freedraw, line and arrow "points"
 * too. Errors: BOARD_ERROR_SCHEMA (a value of the wrong type, a property that this type cannot
 * have or lacks), _RANGE, _LIMIT (more than BOARD_MAX_PROPS properties, longer than
 * BOARD_MAX_ELEMENT), _SYNTAX (points that cannot be unpacked). */
BoardElement *board_element_new (JsonObject *props, GError **error);
/* A stroke in board coordinates: x, y become the first point's place, points relative to it.
 * color "#rrggbb", width 0.1..64 in board units; index: see board_document_index_above(). */
BoardElement *board_element_new_freedraw (const char *id,
                                          const char *index,
                                          const char *color,
                                          double width,
                                          const BoardPoint *points,
                                          gsize n_points);
/* The same with points kept as finely as that, for what is drawn from near. */
BoardElement *board_element_new_freedraw_with_precision (const char *id,
                                                         const char *index,
                                                         const char *color,
                                                         double width,
                                                         const BoardPoint *points,
                                                         gsize n_points,
                                                         BoardPrecision precision);
BoardElement *board_element_ref (BoardElement *self);
void board_element_unref (BoardElement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardElement, board_element_unref)

/* The same with those properties replaced (a null value removes one); "id" and "type" cannot be.
 * Errors: as above. Transfer full. */
BoardElement *board_element_with (BoardElement *self, JsonObject *props, GError **error);

const char *board_element_get_id (BoardElement *self);
BoardElementType board_element_get_kind (BoardElement *self);
/* Fractional index; order is by (index, id), compared as bytes. */
const char *board_element_get_index (BoardElement *self);
double board_element_get_x (BoardElement *self);
double board_element_get_y (BoardElement *self);
double board_element_get_stroke_width (BoardElement *self);
/* 0..1 */
double board_element_get_opacity (BoardElement *self);
/* Radians, about the middle of its box. */
double board_element_get_angle (BoardElement *self);
/* Whether nobody may select, move or erase it. */
gboolean board_element_get_locked (BoardElement *self);
/* The frame that it belongs to, which need not exist; NULL for none. Borrowed. */
const char *board_element_get_frame_id (BoardElement *self);
/* FALSE: it has neither filling, dashes nor customData, so a painter need not ask for them: asking
 * for a property of 100,000 strokes would make as many trees. */
gboolean board_element_get_special (BoardElement *self);
/* Whether its "boundElements" names anything: the words on it, arrows. As cheap as that. */
gboolean board_element_has_bound (BoardElement *self);
/* FALSE: nothing of it was rubbed out (board-gaps.h); TRUE: perhaps. */
gboolean board_element_has_gaps (BoardElement *self);
/* "#rgb", "#rrggbb", "#rrggbbaa" or "transparent"; "#1e1e1e" where it has none. Borrowed. */
const char *board_element_get_stroke_color (BoardElement *self);
/* Any property; NULL when absent. Borrowed. Any thread; must not be changed. */
JsonNode *board_element_get_prop (BoardElement *self, const char *name);
/* NULL unless freedraw. Borrowed. */
BoardStroke *board_element_get_stroke (BoardElement *self);
/* All that painting it may touch, stroke width included. */
void board_element_get_bounds (BoardElement *self, BoardRect *bounds);
/* Whether the ink (not the bounding box) comes within tolerance (board units) of the point. */
gboolean board_element_hit (BoardElement *self, double x, double y, double tolerance);
/* Whether the ink comes within tolerance of the segment: what an eraser's sweep asks. */
gboolean board_element_hit_segment (BoardElement *self,
                                    double x0, double y0, double x1, double y1,
                                    double tolerance);
/* A copy of all properties, the caller's to change. Transfer full. */
JsonObject *board_element_to_json (BoardElement *self);

G_END_DECLS
