/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Whether a finger draws or drags the sheet. */
typedef enum {
  DRAW_FINGERS_UNTIL_PEN, /* it draws as long as no pen was seen */
  DRAW_FINGERS_ALWAYS,
  DRAW_FINGERS_NEVER,
} DrawFingers;

/* "until-pen", "always", "never"; anything else is the first. */
DrawFingers draw_fingers_parse (const char *name);

/* What a button on the barrel of a pen is for: with it held, the tip does that. */
typedef enum {
  DRAW_BARREL_TIP,  /* what it does without the button */
  DRAW_BARREL_TOOL, /* another tool */
  DRAW_BARREL_PAN,  /* drags the sheet */
  DRAW_BARREL_MENU, /* opens the menu, at once */
} DrawBarrel;

/* The buttons of a barrel are GDK_BUTTON_MIDDLE and GDK_BUTTON_SECONDARY. */
#define DRAW_N_BARRELS 2

/* ms after a pen was last near: touches that begin until then are the hand that holds it. Xournal++
 * has the same number. */
#define DRAW_PALM_TIME 500

/**
 * DrawPointers: who of pen, fingers and palm may draw. Palms are told from fingers by the pen: a
 * pen that is near tells of itself all the time, and nobody drags the sheet with the hand that
 * draws. Knows events by their times and sequences only.
 */
typedef struct _DrawPointers DrawPointers;

DrawPointers *draw_pointers_new (void);
void draw_pointers_free (DrawPointers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawPointers, draw_pointers_free)

void draw_pointers_set_fingers (DrawPointers *self, DrawFingers fingers);
/* A pen was near, or drew, at that time (ms of its event). Returns: whether there are touches that
 * were taken for fingers, and are palms now: what they have begun is to be given up. */
gboolean draw_pointers_see_pen (DrawPointers *self, uint32_t time);
/* The tip is on the sheet, or was lifted. */
void draw_pointers_set_pen_down (DrawPointers *self, gboolean down);

/* A touch begins. @sequence: names it until it ends. Returns: whether it is a palm: nothing of it is
 * for anybody. */
gboolean draw_pointers_begin_touch (DrawPointers *self, gconstpointer sequence, uint32_t time);
gboolean draw_pointers_is_palm (DrawPointers *self, gconstpointer sequence);
/* Returns: whether it was a palm. */
gboolean draw_pointers_end_touch (DrawPointers *self, gconstpointer sequence);

/* Whether a finger draws now. */
gboolean draw_pointers_fingers_draw (DrawPointers *self);

/* Which button of the barrel a press of a pen is with: the pressed one, or that which is held while
 * the tip is pressed. Returns: its number from 0; -1: none. */
int draw_pointers_get_barrel (guint button, GdkModifierType state);

G_END_DECLS
