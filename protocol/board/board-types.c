/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-types.h"

G_DEFINE_QUARK (board-error-quark, board_error)

static const char *const role_names[] = {
  [BOARD_ROLE_VIEWER] = "viewer",
  [BOARD_ROLE_EDITOR] = "editor",
  [BOARD_ROLE_HOST] = "host",
};

static const char *const refusal_names[] = {
  [BOARD_REFUSAL_BAD_REQUEST] = "bad-request",
  [BOARD_REFUSAL_UNKNOWN_BOARD] = "unknown-board",
  [BOARD_REFUSAL_NOT_INVITED] = "not-invited",
  [BOARD_REFUSAL_INVITE_EXPIRED] = "invite-expired",
  [BOARD_REFUSAL_INVITE_USED] = "invite-used",
  [BOARD_REFUSAL_BANNED] = "banned",
  [BOARD_REFUSAL_LOCKED] = "locked",
  [BOARD_REFUSAL_READ_ONLY] = "read-only",
  [BOARD_REFUSAL_TOO_LARGE] = "too-large",
  [BOARD_REFUSAL_TOO_FAST] = "too-fast",
  [BOARD_REFUSAL_GAP] = "gap",
  [BOARD_REFUSAL_FULL] = "full",
  [BOARD_REFUSAL_UNSUPPORTED] = "unsupported",
  [BOARD_REFUSAL_UNAVAILABLE] = "unavailable",
};

static int
find_name (const char *const *names, gsize n_names, const char *text)
{
  for (gsize i = 0; text != NULL && i < n_names; i++)
    if (g_str_equal (names[i], text))
      return (int) i;
  return -1;
}

const char *
board_role_to_string (BoardRole role)
{
  g_return_val_if_fail ((gsize) role < G_N_ELEMENTS (role_names), NULL);

  return role_names[role];
}

gboolean
board_role_from_string (const char *text, BoardRole *role)
{
  int i = find_name (role_names, G_N_ELEMENTS (role_names), text);

  g_return_val_if_fail (role != NULL, FALSE);

  if (i < 0)
    return FALSE;
  *role = (BoardRole) i;
  return TRUE;
}

const char *
board_refusal_to_string (BoardRefusal refusal)
{
  g_return_val_if_fail ((gsize) refusal < G_N_ELEMENTS (refusal_names), NULL);

  return refusal_names[refusal];
}

gboolean
board_refusal_from_string (const char *text, BoardRefusal *refusal)
{
  int i = find_name (refusal_names, G_N_ELEMENTS (refusal_names), text);

  g_return_val_if_fail (refusal != NULL, FALSE);

  if (i < 0)
    return FALSE;
  *refusal = (BoardRefusal) i;
  return TRUE;
}

gboolean
board_rect_is_empty (const BoardRect *rect)
{
  g_return_val_if_fail (rect != NULL, TRUE);

  return !(rect->width > 0 && rect->height > 0);
}

void
board_rect_union (const BoardRect *a, const BoardRect *b, BoardRect *result)
{
  double x, y, right, bottom;

  g_return_if_fail (a != NULL && b != NULL && result != NULL);

  if (board_rect_is_empty (a))
    {
      *result = *b;
      return;
    }
  if (board_rect_is_empty (b))
    {
      *result = *a;
      return;
    }
  x = MIN (a->x, b->x);
  y = MIN (a->y, b->y);
  right = MAX (a->x + a->width, b->x + b->width);
  bottom = MAX (a->y + a->height, b->y + b->height);
  *result = (BoardRect){ x, y, right - x, bottom - y };
}

gboolean
board_rect_intersects (const BoardRect *a, const BoardRect *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return !board_rect_is_empty (a) && !board_rect_is_empty (b)
         && a->x < b->x + b->width && b->x < a->x + a->width
         && a->y < b->y + b->height && b->y < a->y + a->height;
}

gboolean
board_rect_contains (const BoardRect *rect, double x, double y)
{
  g_return_val_if_fail (rect != NULL, FALSE);

  return x >= rect->x && x <= rect->x + rect->width
         && y >= rect->y && y <= rect->y + rect->height;
}
