/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRAW_ERROR (draw_error_quark ())
GQuark draw_error_quark (void);

/**
 * DrawError: what can go wrong with an open board. The messages are for the person, translated.
 * @DRAW_ERROR_BUSY: the board is open in another window or another program
 * @DRAW_ERROR_DAMAGED: the board's file is damaged; it was set aside, as the message says
 * @DRAW_ERROR_VERSION: the file was written by a newer Drawbridge
 * @DRAW_ERROR_DISK: the file cannot be read or written
 * @DRAW_ERROR_READ_ONLY: nothing can be drawn now (a viewer, or the disk is full)
 * @DRAW_ERROR_TOO_LARGE: one step that is larger than a server takes
 * @DRAW_ERROR_REFUSED: the server said no
 * @DRAW_ERROR_KEY: the server takes a new board only with its key, or not with this one
 * @DRAW_ERROR_UNTRUE: what was shown was not what the log says, and is now
 * @DRAW_ERROR_SERVER: the server cannot be reached or talks nonsense
 */
typedef enum {
  DRAW_ERROR_BUSY,
  DRAW_ERROR_DAMAGED,
  DRAW_ERROR_VERSION,
  DRAW_ERROR_DISK,
  DRAW_ERROR_READ_ONLY,
  DRAW_ERROR_TOO_LARGE,
  DRAW_ERROR_REFUSED,
  DRAW_ERROR_SERVER,
  DRAW_ERROR_KEY,
  DRAW_ERROR_UNTRUE,
} DrawError;

G_END_DECLS
