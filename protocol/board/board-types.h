/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

#define BOARD_ERROR (board_error_quark ())
GQuark board_error_quark (void);

/**
 * BoardError:
 * @BOARD_ERROR_SYNTAX: not JSON, not base64url, not a link
 * @BOARD_ERROR_SCHEMA: a value of the wrong type, a property or change that cannot be
 * @BOARD_ERROR_RANGE: a number outside of its range
 * @BOARD_ERROR_LIMIT: more or longer than the limits of board-limits.h allow
 * @BOARD_ERROR_SEAL: a body that this key, author and counter did not seal
 * @BOARD_ERROR_STATE: not possible now (nothing to undo, an unknown counter)
 */
typedef enum {
  BOARD_ERROR_SYNTAX,
  BOARD_ERROR_SCHEMA,
  BOARD_ERROR_RANGE,
  BOARD_ERROR_LIMIT,
  BOARD_ERROR_SEAL,
  BOARD_ERROR_STATE,
} BoardError;

/* In ascending order of rights. */
typedef enum {
  BOARD_ROLE_VIEWER,
  BOARD_ROLE_EDITOR,
  BOARD_ROLE_HOST,
} BoardRole;

const char *board_role_to_string (BoardRole role);
gboolean board_role_from_string (const char *text, BoardRole *role);

/* Why the server says no: `code` of every refusal on the wire. */
typedef enum {
  BOARD_REFUSAL_BAD_REQUEST,
  BOARD_REFUSAL_UNKNOWN_BOARD,
  BOARD_REFUSAL_NOT_INVITED,
  BOARD_REFUSAL_INVITE_EXPIRED,
  BOARD_REFUSAL_INVITE_USED,
  BOARD_REFUSAL_BANNED,
  BOARD_REFUSAL_LOCKED,
  BOARD_REFUSAL_READ_ONLY,
  BOARD_REFUSAL_TOO_LARGE,
  BOARD_REFUSAL_TOO_FAST,
  BOARD_REFUSAL_GAP,
  BOARD_REFUSAL_FULL,
  BOARD_REFUSAL_UNSUPPORTED,
  BOARD_REFUSAL_UNAVAILABLE,
} BoardRefusal;

/* "bad-request", "unknown-board", ... */
const char *board_refusal_to_string (BoardRefusal refusal);
gboolean board_refusal_from_string (const char *text, BoardRefusal *refusal);

/* Board coordinates: 1 unit = 1 CSS pixel at 100 % zoom, y down, finite, within +-1e6. */
typedef struct {
  double x, y, width, height;
} BoardRect;

gboolean board_rect_is_empty (const BoardRect *rect);
void board_rect_union (const BoardRect *a, const BoardRect *b, BoardRect *result);
gboolean board_rect_intersects (const BoardRect *a, const BoardRect *b);
gboolean board_rect_contains (const BoardRect *rect, double x, double y);

G_END_DECLS
