/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/draw-announcer.h"
#include "window/draw-hosting.h"

G_BEGIN_DECLS

/**
 * DrawAnnouncing: while the setting "announce" is on, the boards that this computer hosts for the network
 * are announced there: for as long as they are hosted, also when their window is closed.
 */
#define DRAW_TYPE_ANNOUNCING (draw_announcing_get_type ())
G_DECLARE_FINAL_TYPE (DrawAnnouncing, draw_announcing, DRAW, ANNOUNCING, GObject)

/* settings: has "announce" and "name"; fallback_name: for who has set none. */
DrawAnnouncing *draw_announcing_new (DrawHosting *hosting, GSettings *settings, const char *fallback_name);
/* Borrowed: its state tells whether it works. */
DrawAnnouncer *draw_announcing_get_announcer (DrawAnnouncing *self);

G_END_DECLS
