/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "files/draw-export.h"

G_BEGIN_DECLS

#define DRAW_OFFER_MIME "application/vnd.excalidraw.clipboard+json"

/**
 * DrawOffer: a drawing for the clipboard or to be dragged to another program: as elements
 * (DRAW_OFFER_MIME), text, PNG and SVG. Pictures are painted when somebody asks for them.
 */
#define DRAW_TYPE_OFFER (draw_offer_get_type ())
G_DECLARE_FINAL_TYPE (DrawOffer, draw_offer, DRAW, OFFER, GdkContentProvider)

/* @elements: (nullable) (transfer full): draw_bundle_print() for the clipboard; NULL: pictures only.
 * @text: (nullable) (transfer full): what text editors get; Excalidraw in a browser reads elements
 * from there. */
GdkContentProvider *draw_offer_new (DrawExport *export, char *elements, char *text);

G_END_DECLS
