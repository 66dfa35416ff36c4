/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-stencil.h"

G_BEGIN_DECLS

#define DRAW_SHELF_MAX_STENCILS 2000
#define DRAW_SHELF_MAX_BYTES (64 * 1024 * 1024)

/**
 * DrawShelf: the stencils of this person, each kept as a library of one in a directory: what one
 * program adds, no other overwrites, and a file that is broken takes no other with it. Files that
 * are no library are left alone.
 *
 * A GListModel of DrawStencil, what was added last first. Reading and writing is done by threads:
 * what is added is seen at once, and on disk soon. Owned by the main thread.
 *
 * Properties (read-only, notify): loaded (boolean): what is on disk is in the list.
 * Signals: "trouble" (GError *error): something could not be kept.
 */
#define DRAW_TYPE_SHELF (draw_shelf_get_type ())
G_DECLARE_FINAL_TYPE (DrawShelf, draw_shelf, DRAW, SHELF, GObject)

/* $XDG_DATA_HOME/drawbridge/library. Transfer full. */
char *draw_shelf_get_directory (void);
/* Does not touch the directory before it is needed. */
DrawShelf *draw_shelf_new (const char *directory);
/* Starts to read what is on disk, once. */
void draw_shelf_load (DrawShelf *self);
gboolean draw_shelf_is_loaded (DrawShelf *self);

/* @stencils: (element-type DrawStencil); the first comes first. Those that are there already are
 * left out. Returns how many were added: less than all others when it is full. */
guint draw_shelf_add (DrawShelf *self, GPtrArray *stencils);
/* Puts back what was removed, where it was. */
void draw_shelf_put_back (DrawShelf *self, DrawStencil *stencil);
void draw_shelf_remove (DrawShelf *self, DrawStencil *stencil);
void draw_shelf_rename (DrawShelf *self, DrawStencil *stencil, const char *name);
gboolean draw_shelf_contains (DrawShelf *self, DrawStencil *stencil);
/* (element-type DrawStencil), transfer full. */
GPtrArray *draw_shelf_list (DrawShelf *self);
/* Blocks until everything is on disk. */
void draw_shelf_flush (DrawShelf *self);

G_END_DECLS
