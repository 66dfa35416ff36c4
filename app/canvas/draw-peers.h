/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-cast.h"
#include "board/board-document.h"
#include "canvas/draw-viewport.h"
#include "canvas/draw-wet-stroke.h"

G_BEGIN_DECLS

/**
 * DrawPeers: what others do right now: their cursors and the strokes they are drawing. Strangers
 * send it, so everything is bounded: members, strokes of each, points of a stroke, letters of a
 * name; and it goes by itself when nothing more is heard.
 */
typedef struct _DrawPeers DrawPeers;

#define DRAW_PEERS_MAX 128       /* members shown */
#define DRAW_PEERS_MAX_STROKES 4 /* wet strokes of one member */
#define DRAW_PEERS_MAX_INK 48    /* wet strokes of all */

/* @widget: whose font the name tags have; borrowed. */
DrawPeers *draw_peers_new (GtkWidget *widget);
void draw_peers_free (DrawPeers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawPeers, draw_peers_free)

/* @now: µs, monotonic, as in all that follows. */
void draw_peers_show_cursor (DrawPeers *self,
                             const char *member,
                             const char *name,
                             const char *color,
                             double x,
                             double y,
                             int64_t now);
void draw_peers_hide_cursor (DrawPeers *self, const char *member);
/* INK or INK_END; everything else is ignored. */
void draw_peers_show_ink (DrawPeers *self, const char *member, const BoardCast *cast, int64_t now);
void draw_peers_remove (DrawPeers *self, const char *member);
void draw_peers_set_dark (DrawPeers *self, gboolean dark);
/* The wet strokes whose element is there now, no longer the peers' own.
 * (element-type DrawWetStroke), transfer full. */
GPtrArray *draw_peers_take_dry (DrawPeers *self, BoardDocument *document);
/* Drops what has been silent too long. TRUE while anything is left that will expire. */
gboolean draw_peers_expire (DrawPeers *self, int64_t now);

guint draw_peers_get_n_cursors (DrawPeers *self);
guint draw_peers_get_n_strokes (DrawPeers *self);
/* Pixels that were painted of the ink that is shown: what a test counts. */
uint64_t draw_peers_get_n_painted (DrawPeers *self);

void draw_peers_snapshot_ink (DrawPeers *self, GtkSnapshot *snapshot, const DrawView *view);
void draw_peers_snapshot_cursors (DrawPeers *self, GtkSnapshot *snapshot, DrawViewport *viewport);

G_END_DECLS
