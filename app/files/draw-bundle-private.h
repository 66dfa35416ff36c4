/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-schema.h"
#include "files/draw-bundle.h"
#include "files/draw-json-walk.h"

G_BEGIN_DECLS

/* Makes elements of restored, related and ordered objects (element-type JsonObject), which are
 * changed; what cannot be an element is counted. */
void draw_bundle_take_objects (DrawBundle *self, GPtrArray *objects);

/* Skips a byte order mark and judges the whole text. Errors: as draw_bundle_parse(). */
gboolean draw_bundle_check_text (const char **text, gsize *length, GError **error);
/* The restored objects of an array of elements, (element-type JsonObject), transfer full. */
GPtrArray *draw_bundle_read_objects (const DrawJsonPiece *elements, guint *n_skipped);
/* From such objects to elements. */
void draw_bundle_relate_objects (DrawBundle *self, GPtrArray *objects);
/* The other way round, as text: an array. elements: (element-type BoardElement). */
void draw_bundle_append_elements (GString *out, GPtrArray *elements);

/* The member "files" of a drawing or of a library. */
void draw_bundle_read_files (DrawBundle *self, const DrawJsonPiece *files);
/* "files":{...}: those of its pictures that its elements name. */
void draw_bundle_append_files (GString *out, DrawBundle *self);

/* @item: the object that the elements are a member of; NULL in version 1, which has none. */
typedef void (*DrawBundleStencilFunc) (const DrawJsonPiece *item,
                                       const DrawJsonPiece *elements,
                                       gpointer user_data);
/* Of a validated text of the type "excalidrawlib": each of its drawings. */
void draw_bundle_foreach_stencil (const char *text,
                                  gsize length,
                                  DrawBundleStencilFunc func,
                                  gpointer user_data);
DrawBundle *draw_bundle_read_library (const char *text, gsize length);

/* A note is what Excalidraw does not have: there it is a rectangle with a label, which both say in
 * "customData" what they were. objects: (element-type JsonObject), changed in place. */
void draw_notes_split (GPtrArray *objects);
void draw_notes_join (GPtrArray *objects);

G_END_DECLS
