/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "board-hash.h"

G_BEGIN_DECLS

/* A chat message of a log: immutable, counted; shared by the confirmed and the visible state. */
typedef struct {
  char *id;
  char *member;
  char *text;
  int64_t time; /* ms since the epoch; 0 while it is pending */
  BoardHash hash;
} BoardChatLine;

BoardChatLine *board_chat_line_new (const char *id,
                                    const char *member,
                                    const char *text,
                                    int64_t time);
BoardChatLine *board_chat_line_ref (BoardChatLine *self);
void board_chat_line_unref (BoardChatLine *self);

G_END_DECLS
