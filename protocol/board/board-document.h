/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"
#include "board/board-meeting.h"
#include "board/board-op.h"

G_BEGIN_DECLS

/* What a change touched: elements by id with the union of their old and new bounds. A value.
 * More than BOARD_MAX_DAMAGE elements are not listed any more: then all is TRUE. */
typedef struct {
  BoardRect area;       /* empty when nothing visible changed */
  GPtrArray *ids;       /* (element-type utf8) touched elements, owned; each once */
  GArray *rects;        /* (element-type BoardRect) where they were and are, one by one */
  gboolean all;         /* everything may have changed (a reload) */
  gboolean chat, title;
  gboolean meeting;     /* polls, votes, dots or the timer */
  /*< private >*/
  GHashTable *seen;     /* the ids, borrowed */
} BoardDamage;

BoardDamage *board_damage_new (void);
BoardDamage *board_damage_copy (const BoardDamage *damage);
void board_damage_free (BoardDamage *damage);
#define BOARD_TYPE_DAMAGE (board_damage_get_type ())
GType board_damage_get_type (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardDamage, board_damage_free)

/* A chat message. Borrowed from the document. */
typedef struct {
  const char *id;
  const char *member; /* member id (board-message.h) */
  const char *text;   /* "" when it was deleted */
  int64_t time;       /* ms since the epoch by the server's clock; 0 while it is pending */
  gboolean edited;    /* the text is not what was said at that time */
  gboolean deleted;
  const char *reply;  /* the message that this one answers, perhaps not here any more; or NULL */
  gboolean has_place; /* it speaks of the place x, y */
  double x, y;
} BoardChat;

/**
 * BoardDocument: what a board shows: elements in z-order, chat, title. Owned by one thread;
 * elements handed out are immutable and may be kept.
 */
#define BOARD_TYPE_DOCUMENT (board_document_get_type ())
G_DECLARE_FINAL_TYPE (BoardDocument, board_document, BOARD, DOCUMENT, GObject)

BoardDocument *board_document_new (void);
guint board_document_get_n_elements (BoardDocument *self);
/* NULL when nothing of that id is shown. Borrowed. */
BoardElement *board_document_get_element (BoardDocument *self, const char *id);
/* In z-order, bottom first, all whose bounds intersect area (NULL: all).
 * Returns: (transfer full) (element-type BoardElement) */
GPtrArray *board_document_query (BoardDocument *self, const BoardRect *area);
/* How an element can refer to something. What it refers to need not be there: nothing that is shown
 * depends on it, and it holds again when what was deleted comes back. */
typedef enum {
  BOARD_REFERENCE_GROUP,     /* "groupIds": of that group, at any depth */
  BOARD_REFERENCE_FRAME,     /* "frameId": inside of that frame */
  BOARD_REFERENCE_CONTAINER, /* "containerId": the words in or on it */
  BOARD_REFERENCE_BINDING,   /* "startBinding", "endBinding": arrows and lines bound to it */
} BoardReference;

/* All shown elements that refer to the id in that way, in z-order, without looking at any other
 * element. Returns: (transfer full) (element-type BoardElement) */
GPtrArray *board_document_list_referring (BoardDocument *self,
                                          BoardReference how,
                                          const char *id);
typedef void (*BoardElementFunc) (BoardElement *element, gpointer user_data);
/* Calls func for all whose bounds intersect area, in no order: for who sorts them elsewhere, since
 * that is most of what a query of thousands costs. func must not change the document. */
void board_document_foreach (BoardDocument *self,
                             const BoardRect *area,
                             BoardElementFunc func,
                             gpointer user_data);
/* (element-type BoardElement), which does not change any more: any thread may read and keep it. */
typedef void (*BoardElementsFunc) (GPtrArray *elements, gpointer user_data);
/* The same at the cost of the places that area covers rather than of what lies there: many is called
 * with whole lists of elements near area, whose bounds need not intersect it. Their looks depend on
 * no other element; those of the elements that func is called with may. */
void board_document_foreach_shared (BoardDocument *self,
                                    const BoardRect *area,
                                    BoardElementsFunc many,
                                    BoardElementFunc func,
                                    gpointer user_data);
/* The topmost element whose ink is within tolerance of the point, or NULL. Borrowed. */
BoardElement *board_document_pick (BoardDocument *self, double x, double y, double tolerance);
/* A fractional index above all (transfer full). */
char *board_document_index_above (BoardDocument *self);
/* The union of all bounds; FALSE when the board is empty. */
gboolean board_document_get_extents (BoardDocument *self, BoardRect *extents);
/* Never NULL; "" for none. */
const char *board_document_get_title (BoardDocument *self);
/* Oldest first; those that the server has not ordered yet come last. */
guint board_document_get_n_chats (BoardDocument *self);
void board_document_get_chat (BoardDocument *self, guint i, BoardChat *chat);
/* The number of that message, or -1; the newest are found first. */
int board_document_find_chat (BoardDocument *self, const char *id);
/* Borrowed; another one when the board changed. */
BoardMeeting *board_document_get_meeting (BoardDocument *self);

G_END_DECLS
