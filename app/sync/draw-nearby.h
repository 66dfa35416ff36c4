/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* DrawNearbyBoard: a board that somebody announces on the local network. All of it is a stranger's word. */
#define DRAW_TYPE_NEARBY_BOARD (draw_nearby_board_get_type ())
G_DECLARE_FINAL_TYPE (DrawNearbyBoard, draw_nearby_board, DRAW, NEARBY_BOARD, GObject)

const char *draw_nearby_board_get_id (DrawNearbyBoard *self);
/* Clean plain text, "" when it is not said. */
const char *draw_nearby_board_get_title (DrawNearbyBoard *self);
const char *draw_nearby_board_get_person (DrawNearbyBoard *self);
/* Where its server is: an IP address. */
const char *draw_nearby_board_get_host (DrawNearbyBoard *self);
guint16 draw_nearby_board_get_port (DrawNearbyBoard *self);

typedef enum {
  DRAW_NEARBY_IDLE,        /* nobody wants to know */
  DRAW_NEARBY_LOOKING,     /* the list is kept up to date */
  DRAW_NEARBY_UNAVAILABLE, /* no Avahi daemon is here */
} DrawNearbyState;

/**
 * DrawNearby: looks for boards on the local network, through the Avahi daemon. It asks the network only
 * while somebody holds it. It shows at most 50 boards, each once, however many addresses it has.
 *
 * Property (read, notify): state (int, DrawNearbyState).
 */
#define DRAW_TYPE_NEARBY (draw_nearby_get_type ())
G_DECLARE_FINAL_TYPE (DrawNearby, draw_nearby, DRAW, NEARBY, GObject)

DrawNearby *draw_nearby_new (void);
/* Somebody looks at the list: begin. To be released as often. */
void draw_nearby_hold (DrawNearby *self);
void draw_nearby_release (DrawNearby *self);
DrawNearbyState draw_nearby_get_state (DrawNearby *self);
/* (element-type DrawNearbyBoard) Borrowed. Empty unless it is LOOKING. */
GListModel *draw_nearby_get_boards (DrawNearby *self);

G_END_DECLS
