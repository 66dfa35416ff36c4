/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "canvas/draw-canvas.h"
#include "canvas/draw-frame-names.h"
#include "canvas/draw-peers.h"
#include "canvas/draw-pointers.h"
#include "canvas/draw-text-editor.h"
#include "canvas/draw-tile-layer.h"
#include "canvas/draw-wet-stroke.h"

G_BEGIN_DECLS

/* The canvas is one type in several files: draw-canvas.c (the widget and what it shows),
 * draw-canvas-overlay.c (what lies over the board), draw-canvas-host.c (what it offers to its tool, and wet things until they are dry),
 * draw-canvas-input.c (controllers), draw-canvas-pointers.c (which of them may act). */

/* NONE -> TOOL  pressed: the tool acts
 * NONE -> PAN   pressed: the sheet is dragged
 * any -> NONE   released, cancelled */
typedef enum { DRAW_ACTION_NONE, DRAW_ACTION_TOOL, DRAW_ACTION_PAN } DrawAction;

/* What an event comes from. */
typedef enum {
  DRAW_POINTER_MOUSE,
  DRAW_POINTER_FINGER,
  DRAW_POINTER_PEN,
  DRAW_POINTER_ERASER, /* the other end of a pen */
} DrawPointer;

/* Elements shown elsewhere than they are. */
typedef struct {
  GPtrArray *elements; /* (element-type BoardElement) in z-order */
  BoardDocument *document;
  DrawImages *images; /* borrowed */
  DrawTileLayer *layer;
  gulong changed_handler;
  BoardRect bounds; /* where they are */
  double dx, dy;    /* board units */
  gboolean is_shaped;
  cairo_matrix_t matrix; /* then: from where they are to where they are shown */
} DrawMoved;

/* Something wet that stays until the tiles that show it are painted. */
typedef struct {
  DrawWetStroke *ink; /* or */
  DrawMoved *moved;   /* or */
  BoardElement *element;
  BoardRect area;   /* where it is to be seen */
  gboolean landed;  /* the document has it */
  int64_t deadline; /* µs: then it goes in any case */
} DrawDrying;

struct _DrawCanvas {
  GtkWidget parent_instance;

  /* owned: what is shown */
  BoardDocument *document;
  DrawViewport *viewport;
  DrawTileLayer *tiles;
  DrawImages *images; /* or NULL */
  gulong images_handler;
  DrawPeers *peers;
  guint peers_source;
  DrawFrameNames *frame_names;
  DrawPaper paper;
  gboolean dark, read_only, fit_pending, predict, snap_grid;
  gboolean still; /* there is no document yet, and the tiles show what was seen of it last */
  DrawStill *place_pending; /* owned: to be gone to when there is a size, or NULL */
  gboolean lost;
  guint lost_source;

  /* owned: selection, (element-type utf8) */
  GPtrArray *selection;

  /* owned: what the tool shows */
  DrawTool *tool, *eraser;
  DrawWetStroke *ink; /* the stroke being drawn */
  guint ink_cast;     /* index of the first point that was not cast yet */
  guint ink_source;
  DrawMoved *moved;
  GPtrArray *moved_ids; /* the array that the tool gave */
  GHashTable *faded;    /* ids, or NULL */
  BoardElement *shape;  /* being drawn, or NULL */
  GPtrArray *stand_ins; /* (element-type BoardElement) or NULL */
  DrawWriting *writing;   /* or NULL */
  DrawTextEditor *editor; /* a child, while there is a writing */
  gboolean has_band;
  BoardRect band;
  GPtrArray *drying; /* (element-type DrawDrying) */
  guint drying_source;
  gboolean op_waits; /* an op was emitted and no update came since */

  /* input */
  DrawAction action;
  DrawTool *acting; /* owned: the tool of the action */
  DrawTool *lent;   /* owned: the tool that a button of the pen's barrel gave last, or NULL: while
                       something is selected, the marks are its */
  DrawPointers *pointers;
  struct {
    DrawBarrel act;
    DrawTool *tool; /* owned, or NULL */
  } barrels[DRAW_N_BARRELS];
  GtkGesture *drag, *zoom;
  double pan_x, pan_y; /* widget pixels */
  double pinch_scale, pinch_x, pinch_y;
  gboolean space_held;
  double click_x, click_y;       /* widget pixels */
  uint32_t click_time;           /* ms; 0: no click to be followed by a second one */
  double velocity_x, velocity_y; /* widget pixels per second */
  int64_t kinetic_time;
  guint kinetic_tick;
};

extern guint draw_canvas_signals[];
enum {
  DRAW_CANVAS_OP,
  DRAW_CANVAS_POINTER,
  DRAW_CANVAS_POINTER_LEFT,
  DRAW_CANVAS_INK,
  DRAW_CANVAS_UPDATED,
  DRAW_CANVAS_SELECTION_CHANGED,
  DRAW_CANVAS_TOOL_DONE,
  DRAW_CANVAS_MENU,
  DRAW_CANVAS_ACT,
  DRAW_CANVAS_N_SIGNALS
};

/* draw-canvas.c */
void draw_canvas_take_selection (DrawCanvas *self, GPtrArray *ids);

/* draw-canvas-view.c: the pixels. */
void draw_canvas_get_view (DrawCanvas *self, DrawView *view);
/* Moves what is to come by less than a device pixel, so that it lies on whole ones. */
void draw_canvas_align (DrawCanvas *self, GtkSnapshot *snapshot, const DrawView *view);
/* Whether GSK draws the window of that widget with cairo. */
gboolean draw_canvas_is_software (GtkWidget *widget);
/* Device pixels for each of the widget's. */
double draw_canvas_get_device_scale (GtkWidget *widget);

/* draw-canvas-walk.c: by keyboard from object to object. */
gboolean draw_canvas_walk (DrawCanvas *self, int direction);
/* Tells screen readers what is selected. */
void draw_canvas_announce (DrawCanvas *self);

/* draw-canvas-overlay.c: names, the selection, the band. */
void draw_canvas_overlay_snapshot (DrawCanvas *self, GtkSnapshot *snapshot);

/* draw-canvas-host.c */
void draw_canvas_host_init (DrawToolHostInterface *iface);
/* Whether something is not shown as the document has it: it is moved, faded, being changed or written.
 * Then each element has to be asked about, and tiles alone do not tell what is seen. */
gboolean draw_canvas_shows_otherwise (DrawCanvas *self);
/* What tiles show of @area, unsorted: the document without what is moved, faded what is faded. */
DrawScene *draw_canvas_query (gpointer data, const BoardRect *area);
void draw_canvas_host_snapshot (DrawCanvas *self, GtkSnapshot *snapshot, const DrawView *view);
/* The document changed. */
void draw_canvas_host_update (DrawCanvas *self);
/* Drops what is dry. */
void draw_canvas_host_dry (DrawCanvas *self);
void draw_canvas_host_set_dark (DrawCanvas *self);
/* Forgets all that is wet. */
void draw_canvas_host_reset (DrawCanvas *self);
/* Keeps what is shown of an element until the tiles show it. */
void draw_canvas_host_dry_element (DrawCanvas *self, BoardElement *element);
/* One element, painted in this frame. */
void draw_canvas_element_snapshot (DrawCanvas *self,
                                   BoardElement *element,
                                   GtkSnapshot *snapshot,
                                   const DrawView *view);

/* draw-canvas-moved.c */
DrawMoved *draw_canvas_moved_new (DrawCanvas *self, GPtrArray *ids);
void draw_canvas_moved_free (DrawMoved *moved);
void draw_canvas_moved_shape (DrawMoved *moved, const graphene_matrix_t *matrix);
/* Where they are shown. */
void draw_canvas_moved_get_bounds (const DrawMoved *moved, BoardRect *bounds);
void draw_canvas_moved_snapshot (const DrawMoved *moved,
                                 GtkSnapshot *snapshot,
                                 const DrawView *view);
gboolean draw_canvas_moved_contains (const DrawMoved *moved, BoardElement *element);

/* draw-canvas-writing.c: text being written */
void draw_canvas_begin_writing (DrawCanvas *self, DrawWriting *writing);
/* Returns: whether there was one. */
gboolean draw_canvas_end_writing (DrawCanvas *self);
/* Whether the text field shows this element. */
gboolean draw_canvas_is_written (DrawCanvas *self, BoardElement *element);
void draw_canvas_allocate_writing (DrawCanvas *self);

/* draw-canvas-still.c: FALSE: none was shown. Its tiles stay until those of the document are painted. */
gboolean draw_canvas_end_still (DrawCanvas *self);

/* draw-canvas-stand-ins.c: elements shown as they will be, instead of as they are. */
void draw_canvas_set_stand_ins (DrawCanvas *self, GPtrArray *elements);
gboolean draw_canvas_has_stand_in (DrawCanvas *self, BoardElement *element);
void draw_canvas_stand_ins_snapshot (DrawCanvas *self, GtkSnapshot *snapshot, const DrawView *view);

/* draw-canvas-pointers.c: pen, fingers, palms, buttons on the barrel. */
void draw_canvas_pointers_init (DrawCanvas *self);
void draw_canvas_pointers_clear (DrawCanvas *self);
/* The tool for such a press; NULL: it drags the sheet. Borrowed. */
DrawTool *draw_canvas_choose_tool (DrawCanvas *self,
                                   DrawPointer pointer,
                                   guint button,
                                   GdkModifierType state);

/* draw-canvas-input.c */
/* Where the surface's origin is in the widget. */
gboolean draw_canvas_get_surface_offset (DrawCanvas *self, double *dx, double *dy);
void draw_canvas_input_init (DrawCanvas *self);
void draw_canvas_input_clear (DrawCanvas *self);
void draw_canvas_update_cursor (DrawCanvas *self);
/* The steps of an action, also for tests: samples in board coordinates. */
void draw_canvas_begin_tool (DrawCanvas *self,
                             DrawTool *tool,
                             const DrawSample *sample,
                             GdkModifierType state);
void draw_canvas_move_tool (DrawCanvas *self,
                            const DrawSample *samples,
                            gsize n_samples,
                            GdkModifierType state);
void draw_canvas_end_tool (DrawCanvas *self, const DrawSample *sample, GdkModifierType state);
/* Returns: whether there was an action. */
gboolean draw_canvas_cancel_action (DrawCanvas *self);

G_END_DECLS
