/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "board-element-private.h"
#include "board-shape.h"
#include "board/board-invite.h"
#include "board/board-limits.h"

G_BEGIN_DECLS

/* How an element lies in memory: for what makes elements, and for nobody else. */

/* Excalidraw's defaults, for what a stranger's element leaves out. */
#define BOARD_DEFAULT_COLOR "#1e1e1e"
#define BOARD_DEFAULT_WIDTH 2.0

/* An element keeps its properties as one canonical text, a tenth of what a tree of JSON nodes
 * takes, and beside it what every query asks. The tree is made when somebody first asks for a
 * property. There are many: all that is its own is one piece of memory, packed points are kept once
 * (as bytes, by the path; their place in the text is empty), and bounds are worked out. */
struct _BoardElement {
  gatomicrefcount refs;
  guint32 hole;          /* where the packed points go in the text; 0: nowhere */
  BoardShape shape;      /* path: owned */
  double opacity;        /* percent */
  BoardHash hash;
  char *color;           /* GRefString, shared by all of that colour */
  char *frame;           /* GRefString, shared by all in that frame; NULL for none */
  GPtrArray *references; /* board-references.h; shared, or NULL */
  JsonObject *props;     /* atomic: NULL until somebody asks */
  guint8 index;          /* where it begins in data: an id is short */
  guint8 text;           /* the same */
  bool locked;
  bool special;
  bool bound;            /* boundElements names something */
  bool gaps;             /* there is, or was, a gap: a hint */
  char data[];           /* id, index, text, each with a NUL */
};

G_STATIC_ASSERT (BOARD_MAX_NAME_BYTES + 1 + BOARD_MAX_INDEX + 1 <= G_MAXUINT8);

/* One that holds its strings and nothing else, as wide and opaque as one that does not say. Of the
 * text, which is whole, left_out bytes from hole on are not kept. Transfer full. */
BoardElement *board_element_alloc (const char *id,
                                   const char *index,
                                   BoardElementType kind,
                                   const char *text,
                                   gsize size,
                                   gsize hole,
                                   gsize left_out);

/* The new value of a property: FALSE when the changes do not speak of it; node NULL when it is
 * taken away. */
gboolean board_element_find_change (JsonObject *changes, const char *name, JsonNode **node);
/* Takes what queries ask from the changes, all of which have been judged, but for what packed
 * points hold. */
gboolean board_element_read_changes (BoardElement *self, JsonObject *changes, GError **error);

G_END_DECLS
