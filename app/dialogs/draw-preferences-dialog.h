/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DrawPreferencesDialog: how others see this person. It changes the settings (name, color) and
 * nothing else: who needs them listens to the settings.
 */
#define DRAW_TYPE_PREFERENCES_DIALOG (draw_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DrawPreferencesDialog,
                      draw_preferences_dialog,
                      DRAW,
                      PREFERENCES_DIALOG,
                      AdwPreferencesWindow)

/* settings: of the schema org.drawbridge.Drawbridge. fallback_name, fallback_color: what is in use
 * while nothing was chosen. */
DrawPreferencesDialog *draw_preferences_dialog_new (GSettings *settings,
                                                    const char *fallback_name,
                                                    const char *fallback_color);

G_END_DECLS
