/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A step over the members of an object, or the entries of an array, in a text that
 * wire_json_validate() took: whole drawings are judged as text and only one element at a time
 * becomes a tree, which needs thirty times the room. On the stack; the text must outlive it. */
typedef struct {
  /*< private >*/
  const char *at;
  const char *end;
  gboolean object;
} DrawJsonWalk;

/* A piece of the text, borrowed and not terminated. */
typedef struct {
  const char *text;
  gsize length;
} DrawJsonPiece;

/* FALSE when the text is neither an object nor an array. */
gboolean draw_json_walk_init (DrawJsonWalk *walk, const char *text, gsize length);
/* @key: (out): what stands between the quotes, escapes as they are; empty in an array. FALSE after
 * the last. */
gboolean draw_json_walk_next (DrawJsonWalk *walk, DrawJsonPiece *key, DrawJsonPiece *value);
/* The last member of that name of an object, as JavaScript takes it; FALSE when there is none. */
gboolean draw_json_find (const char *text, gsize length, const char *name, DrawJsonPiece *value);
gboolean draw_json_piece_equals (const DrawJsonPiece *piece, const char *text);

G_END_DECLS
