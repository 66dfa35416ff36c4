/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-replica.h"

/* A seeded board for benches: strokes of about 60 points as a wandering pen makes them and, for
 * every twenty, one other thing; 40 % of all wholly within 1280x800 at the origin, the rest around
 * it on a field of 5120x3200. */

/* The ops that make it, as texts. (element-type utf8), transfer full. */
GPtrArray *bench_board_create_ops (guint n_strokes, guint seed);
/* Applies them as a log. */
BoardReplica *bench_board_load (GPtrArray *ops);
