/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-element.h"

G_BEGIN_DECLS

/**
 * BoardOp: a list of changes that are applied together. Refcounted; built by one owner, and not
 * to be changed after it was submitted. Building does not judge: submitting does, by the rules
 * of board_op_from_json().
 *
 * On the wire, inside the seal: {"c":[change, ...]}, at most BOARD_MAX_CHANGES of them:
 *   ["+",{element}]            shows the element with exactly these properties, new or again
 *   ["=",id,{prop:value,...}]  sets properties of a shown element (null: takes away); does nothing
 *                              to one that is not there, so what was deleted stays deleted
 *   ["-",id]                   takes the element away
 *   ["title",text]
 *   ["chat",{"id":..,"text":..,"reply":message id,"at":[x,y]}]  says something; the last two may be absent
 *   ["chat-edit",id,text]      by the message's author, of one that is not deleted
 *   ["chat-delete",id]         by its author: the place in the talk stays, the words go
 *   ["poll",{"id":..,"question":..,"options":[..],"many":true}]  asks; many (may be absent): each may choose several
 *   ["poll-vote",id,[option,..]]  what the author chooses, in place of what that member chose before; [] for nothing
 *   ["poll-close",id]  ["poll-delete",id]
 *   ["ballot",id,each]         begins: everybody has so many dots to put on elements; earlier dots are gone
 *   ["dot",ballot,element,n]   the author's dots on an element, in place of those before
 *   ["ballot-close",id]        the dots stay, but nobody can change them any more
 *   ["timer",{"ms":..,"paused":true}]  runs from the entry's time, or stands at ms; ["timer",null] takes it away
 * A change of an unknown kind is kept, passed on and skipped; so are a "=" that its element's
 * type cannot have, a "+" beyond BOARD_MAX_ELEMENTS, an edit of somebody else's message, a vote on
 * a closed poll, more dots than each has: what only the state can tell.
 * Everything else that is wrong makes the whole op void, on every machine alike.
 */
typedef struct _BoardOp BoardOp;

typedef enum {
  BOARD_CHANGE_ADD,          /* element */
  BOARD_CHANGE_SET,          /* id, props */
  BOARD_CHANGE_REMOVE,       /* id */
  BOARD_CHANGE_TITLE,        /* text */
  BOARD_CHANGE_CHAT,         /* id, text */
  BOARD_CHANGE_CHAT_EDIT,    /* id, text */
  BOARD_CHANGE_CHAT_DELETE,  /* id */
  BOARD_CHANGE_POLL,         /* id, text */
  BOARD_CHANGE_POLL_VOTE,    /* id */
  BOARD_CHANGE_POLL_CLOSE,   /* id */
  BOARD_CHANGE_POLL_DELETE,  /* id */
  BOARD_CHANGE_BALLOT,       /* id */
  BOARD_CHANGE_BALLOT_CLOSE, /* id */
  BOARD_CHANGE_DOT,          /* id: the ballot's */
  BOARD_CHANGE_TIMER,
  BOARD_CHANGE_UNKNOWN,
} BoardChangeType;

#define BOARD_TYPE_OP (board_op_get_type ())
GType board_op_get_type (void);
BoardOp *board_op_new (void);
BoardOp *board_op_ref (BoardOp *self);
void board_op_unref (BoardOp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardOp, board_op_unref)

void board_op_add_element (BoardOp *self, BoardElement *element);
/* props: transfer none, copied. */
void board_op_set_props (BoardOp *self, const char *id, JsonObject *props);
void board_op_remove_element (BoardOp *self, const char *id);
/* text: 1..BOARD_MAX_CHAT characters. The message gets a fresh id. */
void board_op_chat (BoardOp *self, const char *text);
/* reply: the message that it answers, or NULL. place: what it speaks of, its middle is kept; or NULL. */
void
board_op_chat_about (BoardOp *self, const char *text, const char *reply, const BoardRect *place);
/* Own messages alone: of others these do nothing, on every machine. */
void board_op_edit_chat (BoardOp *self, const char *id, const char *text);
void board_op_delete_chat (BoardOp *self, const char *id);
/* title: up to BOARD_MAX_TITLE characters without control characters; "" for none. */
void board_op_set_title (BoardOp *self, const char *title);

/* Polls, dots and timers: what they come to is in board-meeting.h. Each line has no control
 * characters. */
/* question: 1..BOARD_MAX_QUESTION characters; options: 2..BOARD_MAX_OPTIONS texts of
 * 1..BOARD_MAX_OPTION characters, terminated by NULL. many: a member may choose several.
 * Returns: (transfer none) the poll's fresh id. */
const char *
board_op_add_poll (BoardOp *self, const char *question, const char *const *options, gboolean many);
/* choices: numbers of options, from 0; none takes the vote back. */
void board_op_vote (BoardOp *self, const char *poll, const guint *choices, gsize n_choices);
void board_op_close_poll (BoardOp *self, const char *poll);
void board_op_delete_poll (BoardOp *self, const char *poll);
/* Everybody gets each (1..BOARD_MAX_EACH) dots; those of the ballot before are gone. Returns:
 * (transfer none) its fresh id. */
const char *board_op_start_ballot (BoardOp *self, guint each);
void board_op_close_ballot (BoardOp *self, const char *ballot);
/* count: 0 takes the own dots back from the element. */
void board_op_set_dots (BoardOp *self, const char *ballot, const char *element, guint count);
/* ms: 1..BOARD_MAX_TIMER, or 0 for no timer any more. paused: it stands there. */
void board_op_set_timer (BoardOp *self, int64_t ms, gboolean paused);

guint board_op_get_n_changes (BoardOp *self);
/* Whether it changes nothing that one who may only look could not change: messages, votes, dots. */
gboolean board_op_is_talk (BoardOp *self);
BoardChangeType board_op_get_change_type (BoardOp *self, guint i);
/* Borrowed; NULL where the change has none. */
const char *board_op_get_change_id (BoardOp *self, guint i);
BoardElement *board_op_get_change_element (BoardOp *self, guint i);
JsonObject *board_op_get_change_props (BoardOp *self, guint i);
const char *board_op_get_change_text (BoardOp *self, guint i);

/* Canonical text: equal ops have equal texts. Transfer full. */
char *board_op_to_json (BoardOp *self);
/* Strict: every property checked, all or nothing; the same verdict on every machine. length:
 * bytes, or -1 when terminated. Errors: BOARD_ERROR_SYNTAX, _SCHEMA, _RANGE, _LIMIT, with the
 * number of the bad change (from 0). */
BoardOp *board_op_from_json (const char *text, gssize length, GError **error);

G_END_DECLS
