/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the command line does without a window, a display or another instance: --export and --import.
 * They block, and return an exit status after they have said on stderr what went wrong. */

typedef struct
{
  const char *target; /* ends in .png, .svg, .pdf or .excalidraw */
  double scale;       /* of a PNG; 0: 1 */
  gboolean clear;     /* no white sheet */
} DrawBatchExport;

/* @source: a board's file, a drawing, or an invitation link. */
int draw_batch_export (const DrawBatchExport *options, const char *source);
/* Makes a board of the drawing and prints "board PATH". */
int draw_batch_import (const char *source);
/* Whether that is a name that --export knows what to do with. */
gboolean draw_batch_is_target (const char *name);

G_END_DECLS
