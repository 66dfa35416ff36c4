/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
  DRAW_WRITE_META,
  DRAW_WRITE_PENDING,
  DRAW_WRITE_FORGET,
  DRAW_WRITE_ENTRY,
  DRAW_WRITE_STATE,
} DrawWriteType;

/* One thing for the disk. A value; name, text and bytes are owned by the writer once pushed. */
typedef struct {
  DrawWriteType type;
  uint64_t counter;
  uint64_t seq;
  int64_t time;
  gboolean own;
  char *name; /* of the meta value, or the member; nullable */
  char *text; /* nullable */
  GBytes *bytes; /* of a state; nullable */
} DrawWrite;

/**
 * DrawWriter: a queue with a thread behind it, that knows no database. Everything that waits is one
 * batch; a batch that fails is kept and tried again, so nothing is ever written out of order.
 *
 * Signals, in the main context of the thread that made it: as DrawJournal's.
 */
#define DRAW_TYPE_WRITER (draw_writer_get_type ())
G_DECLARE_FINAL_TYPE (DrawWriter, draw_writer, DRAW, WRITER, GObject)

/* On the writing thread: all of batch (DrawWrite) or nothing. sync: it must survive a power cut. */
typedef gboolean (*DrawWriterFunc) (GPtrArray *batch, gboolean sync, gpointer user_data, GError **error);

/* limit: bytes that may wait before draw_writer_is_behind(). */
DrawWriter *draw_writer_new (gsize limit, DrawWriterFunc func, gpointer user_data);
/* write's texts are copied. Bytes do not count as a backlog: a state comes seldom, and keeps nobody from
 * drawing. */
void draw_writer_push (DrawWriter *self, const DrawWrite *write);
gboolean draw_writer_is_started (DrawWriter *self);
gboolean draw_writer_is_behind (DrawWriter *self);
/* Writes what waits and ends the thread; FALSE when the disk still refuses. Blocks. */
gboolean draw_writer_close (DrawWriter *self, GError **error);

G_END_DECLS
