/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dialogs/draw-nearby-list.h"
#include "sync/draw-session.h"

G_BEGIN_DECLS

/**
 * DrawJoinDialog: an invitation is pasted or was opened from elsewhere; the dialog names where it
 * leads, and asks. Nothing is joined without the person's click here. From then on it shows how it
 * goes, until its owner closes it or tells what stands in the way.
 *
 * Signals:
 *   "join" (gpointer link)  a const BoardLink *, borrowed for the time of the emission
 *   "cancelled" ()          give up what is under way
 *   "open-copy" ()          what is on this computer, instead
 *   "open-picture" (), "paste-picture" ()  the invitation is a QR code in a picture
 *   "near" (DrawNearbyBoard *board)  chosen from those that are announced
 */
#define DRAW_TYPE_JOIN_DIALOG (draw_join_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DrawJoinDialog, draw_join_dialog, DRAW, JOIN_DIALOG, AdwWindow)

DrawJoinDialog *draw_join_dialog_new (void);
/* The text of a link; also one that does not parse: the dialog then says why. A dialog that was
 * given none looks for an invitation on the clipboard. */
void draw_join_dialog_set_text (DrawJoinDialog *self, const char *text);

/* Whether pictures of QR codes can be read; not at first. */
void draw_join_dialog_set_reads_pictures (DrawJoinDialog *self, gboolean reads);
/* What was wrong with what was tried. Plain text. */
void draw_join_dialog_say (DrawJoinDialog *self, const char *words);
/* Once: see draw_nearby_list_set_nearby(). */
void draw_join_dialog_set_nearby (DrawJoinDialog *self, DrawNearby *nearby, DrawNearbyFilter is_own,
                                  gpointer user_data);
/* Asks for an invitation to that board, or, with the text of one, whether to join it by that. */
void draw_join_dialog_set_wanted (DrawJoinDialog *self, DrawNearbyBoard *board, const char *text);

/* It is under way: how far. done, total: as draw_session_get_loading() says them. */
void draw_join_dialog_set_progress (DrawJoinDialog *self, DrawLoading loading, guint64 done, guint64 total);
/* It came to nothing. title, advice: plain text. again: the same link may be tried again. has_copy: the
 * board can be opened as it is on this computer. */
void draw_join_dialog_set_failed (DrawJoinDialog *self, const char *title, const char *advice,
                                  gboolean again, gboolean has_copy);
/* Asks again. */
void draw_join_dialog_set_asking (DrawJoinDialog *self);

G_END_DECLS
