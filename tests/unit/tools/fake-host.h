/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-replica.h"
#include "canvas/draw-tool.h"

G_BEGIN_DECLS

/* A canvas without a screen: applies the ops to a board of its own and writes down, as words, what
 * a tool asks for. */
#define FAKE_TYPE_HOST (fake_host_get_type ())
G_DECLARE_FINAL_TYPE (FakeHost, fake_host, FAKE, HOST, GObject)

struct _FakeHost {
  GObject parent_instance;

  BoardReplica *replica;
  DrawViewport *viewport;
  GPtrArray *selection;
  double grid;    /* board units, or 0 */
  int picture_width; /* of any picture, 100 high; 0: none is there */
  GArray *ink;    /* BoardPoint: of the wet stroke */
  GPtrArray *stand_ins; /* (element-type BoardElement) shown now, or NULL */
  GPtrArray *ops; /* (element-type BoardOp) all that were emitted */
  GString *words;
  DrawWriting *writing; /* the last one, or NULL */
};

FakeHost *fake_host_new (void);
/* A straight stroke. */
void
fake_host_add_stroke (FakeHost *self, const char *id, double x0, double y0, double x1, double y1);
/* A form: "rectangle", "ellipse", "frame", ... */
void fake_host_add_form (FakeHost *self,
                         const char *type,
                         const char *id,
                         double x,
                         double y,
                         double width,
                         double height);
/* Submits ops as a verb made them. @ops: transfer full. */
void fake_host_take_ops (FakeHost *self, GPtrArray *ops);
/* Selects the ids, one letter each. */
void fake_host_select (FakeHost *self, const char *letters);
/* All elements, bottom first, "a b c"; transfer full. */
char *fake_host_list (FakeHost *self);
/* "x,y" of an element; transfer full. */
char *fake_host_place (FakeHost *self, const char *id);
void fake_host_set_prop (FakeHost *self, const char *id, const char *name, JsonNode *value);
/* The words since the last call; transfer full. */
char *fake_host_take_words (FakeHost *self);
BoardElement *fake_host_get (FakeHost *self, const char *id);

/* Verbs of a hand; ms go on by 8 with each. */
void fake_host_press (FakeHost *self, DrawTool *tool, double x, double y, GdkModifierType state);
void fake_host_move (FakeHost *self, DrawTool *tool, double x, double y);
void fake_host_release (FakeHost *self, DrawTool *tool, double x, double y);

G_END_DECLS
