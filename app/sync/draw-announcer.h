/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  DRAW_ANNOUNCER_IDLE,        /* nothing is to be announced */
  DRAW_ANNOUNCER_WORKING,     /* on its way */
  DRAW_ANNOUNCER_ANNOUNCED,   /* all of it */
  DRAW_ANNOUNCER_UNAVAILABLE, /* no Avahi daemon is here, or it cannot */
} DrawAnnouncerState;

/**
 * DrawAnnouncer: tells the local network of boards that this computer hosts, through the Avahi daemon; again
 * when that one was started anew. What is told stands in draw-nearby-record.h.
 *
 * Property (read, notify): state (int, DrawAnnouncerState).
 */
#define DRAW_TYPE_ANNOUNCER (draw_announcer_get_type ())
G_DECLARE_FINAL_TYPE (DrawAnnouncer, draw_announcer, DRAW, ANNOUNCER, GObject)

DrawAnnouncer *draw_announcer_new (void);
/* That board is announced from now on, with these words (nullable). Telling the same again changes nothing. */
void draw_announcer_set (DrawAnnouncer *self, const char *board, const char *title, const char *person,
                         guint16 port);
/* Not any more. */
void draw_announcer_remove (DrawAnnouncer *self, const char *board);
void draw_announcer_clear (DrawAnnouncer *self);
DrawAnnouncerState draw_announcer_get_state (DrawAnnouncer *self);

G_END_DECLS
