/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fractional indices: texts of the digits 0-9A-Za-z whose order as bytes is the z-order, and
 * between any two of which there is room. Ours are Excalidraw's ("a0", "a1", ... "az", "b00",
 * ...: a head that tells the length of a whole number, the number, a fraction without a zero at
 * its end), and any text of digits is accepted from others. */

/* 1..BOARD_MAX_INDEX digits. */
gboolean board_index_is_valid (const char *index);
/* An index above a and below b (NULL: no bound on that side); a < b. Where there is no room within
 * BOARD_MAX_INDEX it is a itself again, since ties are broken by ids. Transfer full. */
char *board_index_between (const char *a, const char *b);

G_END_DECLS
