/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "board/board-document.h"
#include "board/board-element.h"
#include "canvas/draw-images.h"

G_BEGIN_DECLS

/* What one file may be at most, and hold. */
#define DRAW_BUNDLE_MAX_BYTES (256 * 1024 * 1024)
#define DRAW_BUNDLE_MAX_FILES 2000
#define DRAW_BUNDLE_MAX_FILE (16 * 1024 * 1024)

/* A picture that elements name by its "fileId": Excalidraw takes the SHA-1 of the bytes. */
typedef struct {
  char *id;
  char *mime; /* "image/png" */
  GBytes *bytes;
  int64_t created; /* ms since the epoch */
} DrawBundleFile;

void draw_bundle_file_free (DrawBundleFile *file);

/**
 * DrawBundle: elements and the pictures that they need, on their way between boards, files and the
 * clipboard. A value with one owner; its elements are shared and never change.
 */
typedef struct {
  GPtrArray *elements; /* (element-type BoardElement), bottom first */
  GHashTable *files;   /* (element-type utf8 DrawBundleFile) */
  char *background;    /* "#rrggbb" of the sheet, or NULL */
  guint n_skipped;     /* elements of the source that could not be taken */
} DrawBundle;

DrawBundle *draw_bundle_new (void);
void draw_bundle_free (DrawBundle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawBundle, draw_bundle_free)

/* Of the elements that the document shows: all, or (ids not NULL, element-type utf8) those, with the
 * labels and the content of frames that belong to them. Without pictures: add them by
 * draw_bundle_add_file(). Transfer full. */
DrawBundle *draw_bundle_new_for_document (BoardDocument *document, GPtrArray *ids);
/* bytes: transfer none. What has this id already stays. */
void draw_bundle_add_file (DrawBundle *self,
                           const char *id,
                           const char *mime,
                           GBytes *bytes,
                           int64_t created);
/* (element-type utf8) ids of the pictures that its elements name, each once. Transfer full. */
GPtrArray *draw_bundle_get_file_ids (DrawBundle *self);
/* What image elements name becomes what the table says: old id -> new id. What it does not know stays. */
void draw_bundle_rename_files (DrawBundle *self, GHashTable *names);
/* Those that its elements name, to be decoded when somebody paints them; what it has no bytes of has
 * failed. Transfer full. */
DrawImages *draw_bundle_make_images (DrawBundle *self);
/* FALSE when there is nothing. */
gboolean draw_bundle_get_bounds (DrawBundle *self, BoardRect *bounds);

/* The same as new elements: with ids, groups and seeds of their own, moved, above everything of the
 * document, and in the frames of it that they come into. What names something else outside of the bundle does not
 * any more. Transfer full. */
DrawBundle *
draw_bundle_make_copies (DrawBundle *self, BoardDocument *document, double dx, double dy);
/* What adds its elements to a board, in ops that can be sealed. (element-type BoardOp), transfer
 * full. */
GPtrArray *draw_bundle_make_ops (DrawBundle *self);

/* --- as text --- */

/* Reads `.excalidraw`, `.excalidrawlib` (its items beside each other) and what Excalidraw puts on the clipboard, of any version, by the rules of its
 * own importer: missing properties get its defaults, old forms become new ones, references that lead
 * nowhere go. What the board cannot hold as it is (a colour by name, a width out of range) is kept
 * beside what it became, and written back as it was. Elements that cannot be taken at all are counted.
 * Errors: G_IO_ERROR_INVALID_DATA (no such text), _MESSAGE_TOO_LARGE (DRAW_BUNDLE_MAX_BYTES). */
DrawBundle *draw_bundle_parse (const char *text, gsize length, GError **error);

/* The same of a whole file: `.excalidraw`, or a PNG or SVG with the drawing in it. Errors: as above,
 * G_IO_ERROR_NOT_FOUND (a picture without a drawing). Any thread. */
DrawBundle *draw_bundle_load (GBytes *bytes, GError **error);

typedef enum {
  DRAW_BUNDLE_FILE,      /* .excalidraw */
  DRAW_BUNDLE_CLIPBOARD, /* application/vnd.excalidraw.clipboard+json */
} DrawBundleForm;

/* Terminated; transfer full. @length: (out) (optional) */
char *draw_bundle_print (DrawBundle *self, DrawBundleForm form, gsize *length);

G_END_DECLS
