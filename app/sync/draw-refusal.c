/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-refusal.h"

#include <glib/gi18n.h>

const char *
draw_refusal_get_message (BoardRefusal refusal)
{
  switch (refusal)
    {
    case BOARD_REFUSAL_UNKNOWN_BOARD:
      return _("The server does not know this board.");
    case BOARD_REFUSAL_NOT_INVITED:
      return _("This invitation is not valid.");
    case BOARD_REFUSAL_INVITE_EXPIRED:
      return _("This invitation has expired.");
    case BOARD_REFUSAL_INVITE_USED:
      return _("This invitation has been used up.");
    case BOARD_REFUSAL_BANNED:
      return _("You were removed from this board.");
    case BOARD_REFUSAL_LOCKED:
      return _("The board is locked by its host.");
    case BOARD_REFUSAL_READ_ONLY:
      return _("You can look at this board, but not change it.");
    case BOARD_REFUSAL_TOO_LARGE:
      return _("That was too large for the server.");
    case BOARD_REFUSAL_FULL:
      return _("The board is full.");
    case BOARD_REFUSAL_UNSUPPORTED:
      return _("The server speaks another version. Please update Drawbridge.");
    case BOARD_REFUSAL_TOO_FAST:
    case BOARD_REFUSAL_UNAVAILABLE:
      return _("The server cannot take changes right now.");
    case BOARD_REFUSAL_BAD_REQUEST:
    case BOARD_REFUSAL_GAP:
    default:
      return _("The server did not accept that.");
    }
}

gboolean
draw_refusal_is_passing (BoardRefusal refusal)
{
  return refusal == BOARD_REFUSAL_TOO_FAST || refusal == BOARD_REFUSAL_UNAVAILABLE ||
         refusal == BOARD_REFUSAL_FULL || refusal == BOARD_REFUSAL_LOCKED;
}
