/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "files/draw-export.h"

G_BEGIN_DECLS

/* Shows the print dialog and prints the pages, each as large as its paper allows but not larger than
 * on screen. Does not wait. @title: what the job is called. */
void draw_print_run (GtkWindow *parent, DrawExport *export, const char *title);

G_END_DECLS
