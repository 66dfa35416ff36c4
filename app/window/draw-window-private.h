/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/draw-share-dialog.h"
#include "files/draw-bundle.h"
#include "files/draw-export.h"
#include "files/draw-shelf.h"
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
  char *opening;                 /* the file that is being read, or NULL */
  DrawShelf *shelf;
  GCancellable *transfers;       /* of what is on its way to the board */
  GCancellable *sharing;         /* of the hosting under way, or NULL */
  gboolean taking_over;          /* it is to be hosted here, as its server is gone */
  DrawShareDialog *share_dialog; /* weak: while it is open */
  guint calm_id;       /* until nothing was drawn for a while, or 0 */
  gboolean drawn;      /* something was, since the picture for Home was made */
  GHashTable *doomed;            /* paths of boards whose deletion can still be undone, or NULL */
  GQueue said;                   /* AdwToast: words that are shown or wait to be, borrowed */
  double pointer[2];             /* board units, while it is over the canvas */
  gboolean has_pointer;
};

/* draw-window-actions.c */
void draw_window_install_actions (GtkWidgetClass *widget_class);
void draw_window_update_actions (DrawWindow *self);
DrawApplication *draw_window_get_app (DrawWindow *self);

/* draw-window-arrange.c: verbs for what is selected */
void draw_window_arrange_install (GtkWidgetClass *widget_class);
void draw_window_arrange_update (DrawWindow *self, DrawBoardFacts facts);

/* draw-window-incoming.c: the middle of what comes is at (x, y), board units */
void draw_window_incoming_install (GtkWidgetClass *widget_class);
void draw_window_incoming_update (DrawWindow *self, DrawBoardFacts facts);
/* bundle: transfer full */
void draw_window_add_bundle (DrawWindow *self, DrawBundle *bundle, double x, double y);
void draw_window_add_bytes (DrawWindow *self, GBytes *bytes, double x, double y);
void draw_window_add_file (DrawWindow *self, GFile *file, double x, double y);
/* Of a chooser, which goes: what was chosen is opened as by draw_window_open_file(). */
void draw_window_on_open_response (GtkNativeDialog *chooser, int response, DrawWindow *self);
/* Some objects could not be read. */
void draw_window_say_skipped (DrawWindow *self, guint n_skipped);

/* draw-window-clipboard.c */
void draw_window_clipboard_install (GtkWidgetClass *widget_class);
void draw_window_clipboard_update (DrawWindow *self, DrawBoardFacts facts);
void draw_window_clipboard_init (DrawWindow *self);
/* The words of a drawing of nothing but words, top to bottom as they lie in the document; else NULL.
 * Transfer full. */
char *draw_window_make_words (DrawBundle *bundle);
/* Kinds of what another program can give, that which says most first; ends with NULL. */
extern const char *const draw_window_mimes[];
/* Files that are taken at once. */
#define DRAW_WINDOW_MAX_FILES 100
/* Reads what another program gives, with a bound, and adds it to the board. */
void draw_window_take_stream (
    DrawWindow *self, GInputStream *in, const char *mime, double x, double y);
/* Where something new goes: at the pointer, else in the middle of what is seen. */
void draw_window_get_place (DrawWindow *self, double place[2]);

/* draw-window-drop.c */
void draw_window_drop_init (DrawWindow *self);

/* draw-window-export.c */
void draw_window_export_install (GtkWidgetClass *widget_class);
void draw_window_export_update (DrawWindow *self, DrawBoardFacts facts);
/* What is on the board now, or what is selected. */
DrawExport *draw_window_make_export (DrawWindow *self, gboolean selection);
/* NULL when nothing is. Borrowed. */
GPtrArray *draw_window_get_selection (DrawWindow *self);

/* draw-window-library.c */
void draw_window_library_install (GtkWidgetClass *widget_class);
void draw_window_library_update (DrawWindow *self, DrawBoardFacts facts);
void draw_window_library_init (DrawWindow *self, DrawShelf *shelf);
/* What a library has goes on the shelf, and is shown. stencils: (element-type DrawStencil) */
void draw_window_add_stencils (DrawWindow *self, GPtrArray *stencils, guint n_skipped);

/* draw-window-home.c */
/* name: of DrawHome::verb */
void draw_window_do_home_verb (DrawWindow *self, const char *name, const char *path, const char *title);
/* Home will show the board as it is now. */
void draw_window_remember (DrawWindow *self);
void draw_window_delete_doomed (DrawWindow *self);

/* draw-window.c: what the stack shows, with the focus on its canvas. */
void draw_window_show_board (DrawWindow *self);

/* draw-window-opening.c: the person goes elsewhere */
void draw_window_end_opening (DrawWindow *self);

/* draw-window-picture.c: the picture on Home is renewed while the board is open, too */
void draw_window_watch_drawing (DrawWindow *self);
void draw_window_unwatch_drawing (DrawWindow *self);

/* draw-window-share.c */
void draw_window_share (DrawWindow *self);
void draw_window_host (DrawWindow *self, gboolean on_network);
void draw_window_cancel_sharing (DrawWindow *self);
/* A board of one's own with what this one shows, in this window, and the question where to host it. */
void draw_window_host_copy (DrawWindow *self);

/* draw-window-invite.c */
void draw_window_connect_invitations (DrawWindow *self, DrawShareDialog *dialog);

G_END_DECLS
