/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/draw-share-dialog.h"
#include "window/draw-board-state.h"
#include "window/draw-board-view.h"
#include "window/draw-home.h"
#include "window/draw-window.h"

G_BEGIN_DECLS

/* Shared by draw-window.c (the widget), draw-window-actions.c (its verbs) and draw-window-share.c
 * (hosting). */
struct _DrawWindow
{
  AdwApplicationWindow parent_instance;

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  DrawHome *home;
  DrawBoardView *view;

  /* owned */
  DrawSession *session;
  DrawBoardState *board_state;
  GCancellable *sharing;         /* of the hosting under way, or NULL */
  DrawShareDialog *share_dialog; /* weak: while it is open */
};

/* draw-window-actions.c */
void draw_window_install_actions (GtkWidgetClass *widget_class);
void draw_window_update_actions (DrawWindow *self);
DrawApplication *draw_window_get_app (DrawWindow *self);

/* draw-window-arrange.c: verbs for what is selected */
void draw_window_arrange_install (GtkWidgetClass *widget_class);
void draw_window_arrange_update (DrawWindow *self, DrawBoardFacts facts);

/* draw-window-share.c */
void draw_window_share (DrawWindow *self);
void draw_window_host (DrawWindow *self, gboolean on_network);
void draw_window_cancel_sharing (DrawWindow *self);

/* draw-window-invite.c */
void draw_window_connect_invitations (DrawWindow *self, DrawShareDialog *dialog);

G_END_DECLS
