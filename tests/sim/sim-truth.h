/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-hash.h"
#include "board/board-replica.h"
#include "sim-talk.h"

G_BEGIN_DECLS

/* The op that fills the place of one that was refused: it changes nothing. */
#define SIM_FILLER "{\"c\":[]}"

/* An entry of the log. Immutable and counted, as everybody holds it: the file, the wires, the checks. */
typedef struct {
  grefcount refs;
  guint author;
  char *member;
  uint64_t counter;
  int64_t time; /* ms, by a clock that nobody can trust */
  char *text;
  BoardOp *op;
} SimEntry;

SimEntry *
sim_entry_new (guint author, const char *member, uint64_t counter, int64_t time, const char *text);
SimEntry *sim_entry_ref (SimEntry *self);
void sim_entry_unref (SimEntry *self);

/* What one change of the log made of an element. */
typedef struct {
  uint64_t seq;
  guint author;
  BoardChangeType type;  /* ADD, SET or REMOVE; none that had no effect */
  JsonObject *props;     /* of a SET; borrowed from the op */
  BoardElement *element; /* as it is from here on; NULL: gone. Owned */
} SimVersion;

/**
 * SimTruth: the log and what it means, by plain replay: each change alone, in order, every version
 * of every element kept. It shares the element's type and what talk means with the board library and
 * nothing else: no state, no overlay, no document, no history. What replicas have is compared with
 * it.
 */
typedef struct _SimTruth SimTruth;

SimTruth *sim_truth_new (void);
void sim_truth_free (SimTruth *self);

void sim_truth_append (SimTruth *self, SimEntry *entry);
uint64_t sim_truth_get_length (SimTruth *self);
/* seq from 1. Borrowed. */
SimEntry *sim_truth_get_entry (SimTruth *self, uint64_t seq);
/* Of the state behind the first seq entries: elements, chats and title; borrowed, NULL when gone. */
BoardHash sim_truth_get_hash (SimTruth *self, uint64_t seq);
/* Its two parts: elements and title; messages, polls, dots and the timer. And the latter
 * themselves, transfer full. */
BoardHash sim_truth_get_plain_hash (SimTruth *self, uint64_t seq);
BoardHash sim_truth_get_talk_hash (SimTruth *self, uint64_t seq);
SimTalk *sim_truth_replay_talk (SimTruth *self, uint64_t seq);
const char *sim_truth_get_title (SimTruth *self, uint64_t seq);
BoardElement *sim_truth_get_element (SimTruth *self, const char *id, uint64_t seq);
/* Who wrote the property (NULL: who added or removed the element) last; -1: nobody. */
int sim_truth_get_writer (SimTruth *self, const char *id, const char *prop, uint64_t seq);

G_END_DECLS
