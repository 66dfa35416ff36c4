/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* DrawQrCode: a text as a QR code, black on white in every style, for a camera reads nothing else
 * well. It is as large as it is given place, in whole pixels for each module. */
#define DRAW_TYPE_QR_CODE (draw_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (DrawQrCode, draw_qr_code, DRAW, QR_CODE, GtkWidget)

GtkWidget *draw_qr_code_new (void);
/* FALSE when the text is too long for one, or this app was built without QR codes. */
gboolean draw_qr_code_set_text (DrawQrCode *self, const char *text);
/* Whether there are QR codes at all. */
gboolean draw_qr_code_is_possible (void);

G_END_DECLS
