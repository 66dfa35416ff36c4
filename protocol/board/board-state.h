/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-chats.h"
#include "board-hash.h"
#include "board-meeting-private.h"
#include "board/board-element.h"
#include "board/board-op.h"

G_BEGIN_DECLS

/**
 * BoardState: what a prefix of the log says, and nothing else: a pure function of it, without
 * clock, chance or order of arrival. The same log gives the same state, byte for byte, on every
 * machine.
 *
 * What is deleted is forgotten: a "=" on an element that is not there does nothing, and a "+"
 * sets every property, so nothing that comes later could ever ask what a deleted element was.
 */
typedef struct _BoardState BoardState;

BoardState *board_state_new (void);
void board_state_free (BoardState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardState, board_state_free)

/* What an op came to. Of the other fields those that the type has; borrowed. */
typedef struct {
  BoardChangeType type;
  const char *id;
  BoardElement *element;
  JsonObject *props; /* of all "=" of a row together */
  const char *text;
} BoardEffect;

typedef void (*BoardEffectFunc) (const BoardEffect *effect, gpointer user_data);

/* Applies the next entry of the log. All "=" of an element that nothing stands between are one
 * change of it, so that an op of thousands costs what one does. func, which may be NULL, hears
 * of everything that was not skipped, before or after it took effect. FALSE when something was
 * skipped: beyond a limit, or what an element's type cannot have. */
gboolean board_state_apply (BoardState *self,
                            const char *member,
                            int64_t time,
                            BoardOp *op,
                            BoardEffectFunc func,
                            gpointer user_data);

/* As an op of that member would that is one "+". FALSE when the board is full. */
gboolean board_state_add (BoardState *self, const char *member, BoardElement *element);

guint board_state_get_n_elements (BoardState *self);
/* Borrowed, NULL when it is not there. */
BoardElement *board_state_get_element (BoardState *self, const char *id);
const char *board_state_get_title (BoardState *self);
/* Who put the element there, and who changed it last. FALSE when it is not there. */
gboolean board_state_get_authors (BoardState *self,
                                  const char *id,
                                  const char **author,
                                  const char **writer);
/* Ids in order of their bytes, borrowed. (element-type utf8) (transfer container) */
GPtrArray *board_state_list_elements (BoardState *self);
/* Everything, in no order. (element-type BoardElement) (transfer container) */
GPtrArray *board_state_get_elements (BoardState *self);
/* Members of whom there is an entry, in order, borrowed. (element-type utf8) (transfer container) */
GPtrArray *board_state_list_writers (BoardState *self);
/* The last counter of that member, 0 when there is none. It is kept apart from applying: an entry
 * that nobody can open has one too. */
uint64_t board_state_get_counter (BoardState *self, const char *member);
void board_state_set_counter (BoardState *self, const char *member, uint64_t counter);
BoardChats *board_state_get_chats (BoardState *self);
BoardMeeting *board_state_get_meeting (BoardState *self);
BoardHash board_state_get_hash (BoardState *self);

G_END_DECLS
