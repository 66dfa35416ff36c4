/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Keeps a row's choice and a setting that is a word the same. @names: the words in the order of the
 * row's items, ending with NULL, static. */
void draw_choice_bind (GSettings *settings,
                       const char *key,
                       AdwComboRow *row,
                       const char *const *names);

G_END_DECLS
