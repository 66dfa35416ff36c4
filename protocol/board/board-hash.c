/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-hash.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "board-sodium.h"

BoardHash
board_hash_text (char kind, const char *text)
{
  return board_hash_bytes (kind, text, strlen (text));
}

BoardHash
board_hash_bytes (char kind, const char *text, gsize length)
{
  crypto_generichash_state state;
  guint64 lanes[2];

  board_sodium_init ();
  crypto_generichash_init (&state, NULL, 0, sizeof lanes);
  crypto_generichash_update (&state, (const guint8 *) &kind, 1);
  crypto_generichash_update (&state, (const guint8 *) text, length);
  crypto_generichash_final (&state, (guint8 *) lanes, sizeof lanes);
  return (BoardHash){ { GUINT64_FROM_LE (lanes[0]), GUINT64_FROM_LE (lanes[1]) } };
}

void
board_hash_add (BoardHash *self, BoardHash item)
{
  self->lanes[0] += item.lanes[0];
  self->lanes[1] += item.lanes[1];
}

void
board_hash_subtract (BoardHash *self, BoardHash item)
{
  self->lanes[0] -= item.lanes[0];
  self->lanes[1] -= item.lanes[1];
}

char *
board_hash_to_text (BoardHash self)
{
  return g_strdup_printf ("%016" PRIx64 "%016" PRIx64, self.lanes[0], self.lanes[1]);
}
