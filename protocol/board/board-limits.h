/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Every number that bounds a board, with its source. Sizes in bytes unless said otherwise. */
#define BOARD_MAX_OP_BODY (256 * 1024)    /* sealed text of one op */
#define BOARD_BODY_DEFLATED 0x01          /* bits of a sealed body's first byte: board-seal.h */
#define BOARD_BODY_TALK 0x02              /* board-sealed-op.h */
#define BOARD_MAX_OP_TEXT (1024 * 1024)   /* of one op, opened and inflated */
#define BOARD_MAX_CAST_BODY (16 * 1024)   /* sealed text of one cast */
#define BOARD_MAX_CAST_TEXT (64 * 1024)   /* of one cast, opened and inflated */
#define BOARD_MAX_STATE (128 * 1024 * 1024) /* a saved state, deflated: all parts of a snapshot */
#define BOARD_MAX_POINTS 10000            /* of one stroke: 8,000 already take cairo 0.5 s */
#define BOARD_MAX_CHANGES 20000           /* in one op */
#define BOARD_MAX_ELEMENTS 200000         /* of one board, hidden ones counted */
#define BOARD_MAX_ELEMENT (180 * 1024)    /* text of one element: a "+" of it can be sealed */
#define BOARD_MAX_PROPS 512               /* of one element; every gap of an erased stroke is one */
#define BOARD_MAX_NAME_BYTES 64           /* of a property's name, of an element's id */
#define BOARD_MAX_DEPTH 32                /* nesting of JSON in an op */
#define BOARD_MAX_VALUES 300000           /* in an op: what 20,000 changes need, and air */
#define BOARD_MAX_CHATS 100000            /* kept of one board; the oldest go first */
#define BOARD_MAX_UNDO 1000               /* steps of a history, undone ones counted apart */
#define BOARD_MAX_HISTORY (4 * 1024 * 1024) /* text of a saved history: older steps are left out */
#define BOARD_MAX_DAMAGE 10000            /* elements that one damage lists before it says "all" */
#define BOARD_MAX_TEXT 10000              /* characters of an element's text */
#define BOARD_MAX_CHAT 4000               /* characters of a chat message */
#define BOARD_MAX_REACTION 16             /* characters: an emoji of a family of four has 11 */
#define BOARD_MAX_CAST_IDS 100            /* that a cast of a selection names */
#define BOARD_MAX_POLLS 500               /* of one board at a time */
#define BOARD_MAX_QUESTION 300            /* characters of a poll's question */
#define BOARD_MAX_OPTIONS 20              /* of one poll */
#define BOARD_MAX_OPTION 100              /* characters of one */
#define BOARD_MAX_VOTES 100000            /* members' votes on all polls of a board together */
#define BOARD_MAX_EACH 100                /* dots that a ballot gives to each member */
#define BOARD_MAX_DOTTED 100000           /* pairs of element and member in one ballot */
#define BOARD_MAX_TIMER (24 * 60 * 60 * 1000) /* ms */
#define BOARD_MAX_NAME 64                 /* characters of a member's name */
#define BOARD_MAX_TITLE 200               /* characters */
#define BOARD_MAX_PROFILE 1024            /* sealed text of a profile */
#define BOARD_MAX_PROFILE_TEXT 2048       /* of a profile, opened and inflated */
#define BOARD_MAX_LABEL 1024              /* sealed text of an invitation's label */
#define BOARD_MAX_MEMBERS 10000           /* that one hello may list */
#define BOARD_MAX_INTEGER ((INT64_C (1) << 53) - 1) /* exact in every JSON reader: RFC 8259, 6 */
#define BOARD_MAX_INDEX 128               /* of a fractional index */
#define BOARD_COORDINATE_MAX 1e6          /* absolute value of any coordinate */
#define BOARD_STROKE_WIDTH_MIN 0.1        /* board units */
#define BOARD_STROKE_WIDTH_MAX 64.0
