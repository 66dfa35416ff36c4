/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What Home shows of a board file without opening it for good. */
typedef struct {
  char *path;
  char *board;
  char *title;      /* "" = untitled */
  int64_t changed;  /* seconds since the epoch */
  gboolean shared;
  guint n_waiting;
} DrawBoardInfo;

void draw_board_info_free (DrawBoardInfo *info);

/* $XDG_DATA_HOME/drawbridge/boards. Transfer full. */
char *draw_library_get_directory (void);
/* (element-type DrawBoardInfo), newest first; files that cannot be read are left out. Transfer full. */
GPtrArray *draw_library_list (const char *directory);

G_END_DECLS
