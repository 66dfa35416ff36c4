/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  DRAW_CHAT_SAY,     /* something new; with a place on request */
  DRAW_CHAT_REPLY,   /* about the message of that id */
  DRAW_CHAT_EDIT,    /* in place of the own message of that id */
  DRAW_CHAT_WHISPER, /* to the member of that id alone */
} DrawChatMode;

/**
 * DrawChatComposer: where one writes a message, and what it will be.
 *
 * Signals:
 *   "submit" (const char *text)   not empty; mode, target and place are those of the message
 *   "typing" ()                   at most every two seconds while something for all is written
 *   "edit-last" ()                Up, in an empty line
 */
#define DRAW_TYPE_CHAT_COMPOSER (draw_chat_composer_get_type ())
G_DECLARE_FINAL_TYPE (DrawChatComposer, draw_chat_composer, DRAW, CHAT_COMPOSER, GtkWidget)

/* target: an id, copied; NULL for DRAW_CHAT_SAY. words: what the line above tells, plain text. text: what
 * stands there to begin with, nullable. */
void draw_chat_composer_set_mode (DrawChatComposer *self,
                                  DrawChatMode mode,
                                  const char *target,
                                  const char *words,
                                  const char *text);
DrawChatMode draw_chat_composer_get_mode (DrawChatComposer *self);
/* Borrowed; NULL for DRAW_CHAT_SAY. */
const char *draw_chat_composer_get_target (DrawChatComposer *self);
/* Whether the message speaks of what is in view now. */
gboolean draw_chat_composer_has_place (DrawChatComposer *self);
void draw_chat_composer_set_can_write (DrawChatComposer *self, gboolean can_write);
void draw_chat_composer_focus (DrawChatComposer *self);

G_END_DECLS
