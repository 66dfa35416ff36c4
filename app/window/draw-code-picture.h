/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An invitation from a picture of its QR code: a file that the person chooses, or what is on the clipboard. Both
 * end in draw_code_picture_finish(), on the main thread. */
void draw_code_picture_choose_async (GtkWindow *parent, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
void draw_code_picture_paste_async (GdkClipboard *clipboard, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/* The text of a link (transfer full). NULL: errors in words for the person, or G_IO_ERROR_CANCELLED when they
 * changed their mind. */
char *draw_code_picture_finish (GAsyncResult *result, GError **error);

G_END_DECLS
