/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "canvas/draw-mark.h"
#include "canvas/draw-tool-host.h"

G_BEGIN_DECLS

/* One sample of a pointer or pen, in board coordinates. time: ms of the event's clock. */
typedef struct {
  double x, y;
  float pressure;       /* 0..1; 0.5 where the device has none */
  float tilt_x, tilt_y; /* -1..1 */
  uint32_t time;
  gboolean has_pressure;
} DrawSample;

/**
 * DrawTool: what happens between press and release. A tool emits ops through its host, and never
 * changes a document. Between two presses there is exactly one release or cancel.
 */
#define DRAW_TYPE_TOOL (draw_tool_get_type ())
G_DECLARE_INTERFACE (DrawTool, draw_tool, DRAW, TOOL, GObject)

struct _DrawToolInterface {
  GTypeInterface parent_iface;

  /* One action from press to release; motion gets every sample of the event's history, in order. */
  void (*press) (DrawTool *self,
                 DrawToolHost *host,
                 const DrawSample *sample,
                 GdkModifierType state);
  void (*motion) (DrawTool *self,
                  DrawToolHost *host,
                  const DrawSample *samples,
                  gsize n_samples,
                  GdkModifierType state);
  void (*release) (DrawTool *self,
                   DrawToolHost *host,
                   const DrawSample *sample,
                   GdkModifierType state);
  /* The action is given up: nothing of it stays. */
  void (*cancel) (DrawTool *self, DrawToolHost *host);
  /* CSS cursor name, or NULL for the default. */
  const char *(*get_cursor) (DrawTool *self);

  /* Optional. */
  /* The pointer is elsewhere and nothing is pressed. The cursor is asked for again afterwards. */
  void (*hover) (DrawTool *self,
                 DrawToolHost *host,
                 const DrawSample *sample,
                 GdkModifierType state);
  /* A second click at the same place, after its press and release. */
  void (*activate) (DrawTool *self,
                    DrawToolHost *host,
                    const DrawSample *sample,
                    GdkModifierType state);
  /* A key while the canvas has the focus. Returns: whether it was for the tool. */
  gboolean (*key) (DrawTool *self, DrawToolHost *host, guint keyval, GdkModifierType state);
  /* What the tool shows beside elements and ink, as it is now. Returns: (transfer full)
   * (element-type DrawMark), or NULL for nothing. */
  GArray *(*get_marks) (DrawTool *self, DrawToolHost *host);
  /* It is not in hand any more: what it has begun in several clicks ends. */
  void (*put_away) (DrawTool *self, DrawToolHost *host);
};

void draw_tool_press (DrawTool *self,
                      DrawToolHost *host,
                      const DrawSample *sample,
                      GdkModifierType state);
void draw_tool_motion (DrawTool *self,
                       DrawToolHost *host,
                       const DrawSample *samples,
                       gsize n_samples,
                       GdkModifierType state);
void draw_tool_release (DrawTool *self,
                        DrawToolHost *host,
                        const DrawSample *sample,
                        GdkModifierType state);
void draw_tool_cancel (DrawTool *self, DrawToolHost *host);
const char *draw_tool_get_cursor (DrawTool *self);
void draw_tool_hover (DrawTool *self,
                      DrawToolHost *host,
                      const DrawSample *sample,
                      GdkModifierType state);
void draw_tool_activate (DrawTool *self,
                         DrawToolHost *host,
                         const DrawSample *sample,
                         GdkModifierType state);
gboolean draw_tool_key (DrawTool *self, DrawToolHost *host, guint keyval, GdkModifierType state);
GArray *draw_tool_get_marks (DrawTool *self, DrawToolHost *host);
void draw_tool_put_away (DrawTool *self, DrawToolHost *host);

G_END_DECLS
