/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-invite.h"
#include "board/board-op.h"

G_BEGIN_DECLS

/* A stroke of a second, drawn with a mouse: 60 samples. */

/* The n-th of many: elsewhere, of another id. Transfer full. */
BoardOp *bench_stroke_op (guint n);
/* The n-th op of a log in which each third one is a stroke, and the two after it move it. Transfer full. */
BoardOp *bench_stroke_log_op (guint n);
/* The first one's body, sealed. Transfer full. */
char *bench_stroke_seal (const BoardKey *key, const char *board);

/* What a client sends while one is drawn. */
typedef struct {
  double bytes; /* of websocket frames, their heads included */
  double frames;
} BenchWire;

/* ours: the ink that others see growing, and the op. excalidraw's: what its collaboration code sends, an
 * encrypted update of the whole element in every frame of the screen (excalidraw-app/collab/Portal.tsx). */
void bench_stroke_wire (BenchWire *ours, BenchWire *theirs);

G_END_DECLS
