/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-error.h"

G_DEFINE_QUARK (draw-error-quark, draw_error)
