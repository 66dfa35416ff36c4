/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "board/board-element.h"

G_BEGIN_DECLS

/* How text is set: what an element of type text or note says, or what a tool is about to make of
 * it. A value; any thread. Sizes are board units. */
typedef struct {
  const char *text;     /* as typed, lines broken by line feeds only; borrowed; NULL for none */
  int family;           /* Excalidraw's number of a font: 1..10 */
  double size;          /* of the font */
  double line_height;   /* distance of two lines, as a factor of size */
  double width;         /* lines break there; 0: at line feeds only */
  PangoAlignment align; /* of lines to each other, and of the text in its box */
} DrawText;

/* Free space around a label within its shape (Excalidraw: BOUND_TEXT_PADDING), and around the text
 * of a note. */
#define DRAW_TEXT_LABEL_PADDING 5.0
#define DRAW_TEXT_NOTE_PADDING 12.0
/* What an element without "fontSize" has, and how large one can be. */
#define DRAW_TEXT_SIZE_DEFAULT 20.0
#define DRAW_TEXT_SIZE_MAX 1000.0

/* Text of strangers cut to what can be laid out in bounded time: at most BOARD_MAX_TEXT characters,
 * no run of more than 500 without a place to break (Pango needs 28 s for one word of 100,000
 * letters), at most four combining marks in a row, no control character but line feed and tab.
 * Transfer full. */
char *draw_text_tame (const char *text);

/* The font families of that number, the wanted one first, then what looks like it, as Pango takes
 * it ("Helvetica, Sans"). */
const char *draw_text_get_families (int family);
/* The line height that belongs to a font (Excalidraw's FONT_METADATA). */
double draw_text_get_line_height (int family);

/* What @element says of itself; borrows its text, so use it while you hold the element. A text that
 * has its own width (autoResize false) or sits in a container breaks at its width, a note within
 * its padding; others break where "text" has line feeds. */
void draw_text_init (DrawText *self, BoardElement *element);
/* How much room it takes. An empty text is one line high. Never 0. */
void draw_text_measure (const DrawText *self, double *width, double *height);
/* The text with a line feed at each place where it breaks: Excalidraw's "text" beside
 * "originalText". Transfer full. */
char *draw_text_wrap (const DrawText *self);

/* A layout at @size device pixels for the font, whatever self->size is; its width is in proportion.
 * For any target, unhinted, so that letters keep their places at any zoom. Transfer full. */
PangoLayout *draw_text_create_layout (const DrawText *self, double size);

/* Where a label may be within its container (a rectangle, ellipse, diamond, note or frame; of a
 * line or arrow: around the middle of its path), board units, not rotated. Never empty. */
void draw_text_get_label_area (BoardElement *container, BoardRect *area);
/* Where the label of a container goes: the place ("x", "y", "width", "height") of a text element
 * with that text, at the top, in the middle or at the bottom (@vertical: "top", "middle", "bottom",
 * NULL for the middle). @text breaks at the width of the container, whatever text->width is.
 * Returns: the height that the container must have for the label to fit (board units). */
double draw_text_place_label (BoardElement *container,
                              const DrawText *text,
                              const char *vertical,
                              BoardRect *place);
/* The height that a note of that width needs for its text, at least 2 paddings and a line. */
double draw_text_get_note_height (const DrawText *text, double note_width);

G_END_DECLS
