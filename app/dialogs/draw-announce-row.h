/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/draw-announcer.h"

G_BEGIN_DECLS

/* A row with a switch for the setting "announce", that tells what comes of it. */
GtkWidget *draw_announce_row_new (GSettings *settings, DrawAnnouncer *announcer);

G_END_DECLS
