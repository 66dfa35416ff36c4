/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrawPenPage: the page of the preferences about pens and fingers. What is changed there is so at
 * once, on every board and on the sheet of the page.
 */
#define DRAW_TYPE_PEN_PAGE (draw_pen_page_get_type ())
G_DECLARE_FINAL_TYPE (DrawPenPage, draw_pen_page, DRAW, PEN_PAGE, AdwPreferencesPage)

/* settings: of the schema org.drawbridge.Drawbridge. */
DrawPenPage *draw_pen_page_new (GSettings *settings);

G_END_DECLS
