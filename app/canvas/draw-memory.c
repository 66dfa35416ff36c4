/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define LARGE_BOARD 5000 /* elements: from there on it takes megabytes */

void
draw_memory_set_up (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 1);
#endif
}

void
draw_memory_give_back (guint n_elements)
{
#ifdef __GLIBC__
  if (n_elements >= LARGE_BOARD)
    malloc_trim (0);
#endif
}
