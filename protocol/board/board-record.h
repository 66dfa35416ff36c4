/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-overlay.h"
#include "board-state.h"
#include "board/board-document.h"

G_BEGIN_DECLS

/* One thing that an own op replaced, and how it is given back: what a step of a history consists
 * of. */
typedef enum {
  BOARD_RECORD_PROP,  /* this property of a shown element was that (old NULL: absent) */
  BOARD_RECORD_GONE,  /* this element was not there */
  BOARD_RECORD_THERE, /* this element was there, like so */
  BOARD_RECORD_TITLE, /* the title was that */
} BoardRecordType;

typedef struct {
  BoardRecordType type;
  uint64_t counter; /* of the op that replaced it */
  gboolean dead;    /* somebody else has changed it since */
  char *id;         /* "" for a title */
  char *prop;
  JsonNode *old;
  JsonNode *set; /* what the op made of the property */
  BoardElement *element; /* without what is taken: board_record_get_element() */
  JsonObject *taken;     /* what others did to it meanwhile, or NULL */
  char *title;
} BoardRecord;

void board_record_free (BoardRecord *self);

/* Appends what applying the change to the document will replace. Nothing for a chat: what was
 * said is said. */
void board_record_make (GPtrArray *records,
                        BoardDocument *document,
                        uint64_t counter,
                        BoardOp *op,
                        guint change);

/* Somebody else's change of the record's element, or of the title, takes its place in the log
 * before what is pending: see board-history.h for what becomes of the record. */
void board_record_foreign (BoardRecord *self, BoardOverlay *overlay, const BoardEffect *effect);
/* What a BOARD_RECORD_THERE gives back. Borrowed. */
BoardElement *board_record_get_element (BoardRecord *self);

/* To be called for the records of the same thing after a rejected one, in order: what they say
 * they replaced may have come from the op that never was. TRUE when those after this one have
 * nothing to do with it. */
gboolean board_record_inherit (BoardRecord *self, BoardRecord *rejected);

/* [counter, kind, ...] and back. */
void board_record_append (GString *out, BoardRecord *self);
BoardRecord *board_record_parse (JsonNode *node, GError **error);

G_END_DECLS
