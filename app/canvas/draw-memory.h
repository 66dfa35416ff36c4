/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this program asks of malloc(), for the whole process. */

/* Before any thread: what threads paint and read with is short-lived, and what they free should
 * serve whoever comes next. With an arena for each of them a board of 100,000 strokes takes 22 MiB
 * more. */
void draw_memory_set_up (void);
/* When a board of that many elements was opened: reading a large one takes half as much again as it
 * is large, which malloc() would keep. */
void draw_memory_give_back (guint n_elements);

G_END_DECLS
