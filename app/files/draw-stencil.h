/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "files/draw-bundle.h"

G_BEGIN_DECLS

/* What one may be: its text and its pictures together. */
#define DRAW_STENCIL_MAX_BYTES (8 * 1024 * 1024)
#define DRAW_STENCIL_MAX_NAME 100 /* characters */

/**
 * DrawStencil: a small drawing that is kept to be used again: an item of an Excalidraw library, of
 * one's own or of somebody else. Never changes; any thread.
 */
#define DRAW_TYPE_STENCIL (draw_stencil_get_type ())
G_DECLARE_FINAL_TYPE (DrawStencil, draw_stencil, DRAW, STENCIL, GObject)

typedef struct {
  const char *id;   /* NULL: made of what is in it */
  const char *name; /* nullable; shortened to DRAW_STENCIL_MAX_NAME */
  int64_t created;  /* ms since the epoch */
  int64_t order;    /* on the shelf: the largest comes first */
  gboolean published;
} DrawStencilFacts;

/* @bundle: (transfer full). NULL when there is nothing in it or more than DRAW_STENCIL_MAX_BYTES. */
DrawStencil *draw_stencil_new (DrawBundle *bundle, const DrawStencilFacts *facts);
/* The same under another name, or in another place. @name: nullable. Transfer full. */
DrawStencil *draw_stencil_with (DrawStencil *self, const char *name, int64_t order);

/* All borrowed. */
const char *draw_stencil_get_id (DrawStencil *self);
/* "" when it has none. */
const char *draw_stencil_get_name (DrawStencil *self);
DrawBundle *draw_stencil_get_bundle (DrawStencil *self);
void draw_stencil_get_facts (DrawStencil *self, DrawStencilFacts *facts);
/* What is in it, for somebody who takes it. Transfer full. */
DrawBundle *draw_stencil_copy_bundle (DrawStencil *self);
/* Text and pictures, bytes. */
gsize draw_stencil_get_size (DrawStencil *self);
/* Its name, else the words that are written in it, on one line; "" for none. Transfer full. */
char *draw_stencil_dup_words (DrawStencil *self);
/* Whether each of the words that were typed is in its name or in what is written in it. */
gboolean draw_stencil_matches (DrawStencil *self, const char *typed);

G_END_DECLS
