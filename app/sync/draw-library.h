/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* How the name of a board's file ends; the rest of it is the board's id. */
#define DRAW_BOARD_SUFFIX ".drawbridge"

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
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawBoardInfo, draw_board_info_free)

/* $XDG_DATA_HOME/drawbridge/boards. Transfer full. */
char *draw_library_get_directory (void);
/* The file of the board of that id. Transfer full. */
char *draw_library_make_path (const char *directory, const char *board);
/* (element-type DrawBoardInfo), newest first; files that cannot be read are left out. Transfer full. */
GPtrArray *draw_library_list (const char *directory);
/* Removes a board with everything beside it. Errors: DRAW_ERROR_BUSY (it is open), DRAW_ERROR_DISK. */
gboolean draw_library_delete (const char *path, GError **error);

G_END_DECLS
