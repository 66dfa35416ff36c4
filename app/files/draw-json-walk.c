/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-json-walk.h"

#include <string.h>

static void
skip_blanks (DrawJsonWalk *walk)
{
  while (walk->at < walk->end && strchr (" \t\r\n", *walk->at) != NULL)
    walk->at++;
}

/* Behind the closing quote. */
static void
skip_string (DrawJsonWalk *walk)
{
  for (walk->at++; walk->at < walk->end && *walk->at != '"'; walk->at++)
    if (*walk->at == '\\')
      walk->at++;
  walk->at = MIN (walk->at + 1, walk->end);
}

static void
skip_value (DrawJsonWalk *walk)
{
  guint depth = 0;

  while (walk->at < walk->end)
    {
      const char c = *walk->at;

      if (depth == 0 && strchr (",]} \t\r\n", c) != NULL)
        return;
      if (c == '"')
        {
          skip_string (walk);
          continue;
        }
      if (c == '{' || c == '[')
        depth++;
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
      walk->at++;
    }
}

gboolean
draw_json_walk_init (DrawJsonWalk *walk, const char *text, gsize length)
{
  g_return_val_if_fail (walk != NULL && text != NULL, FALSE);

  *walk = (DrawJsonWalk){ text, text + length, FALSE };
  skip_blanks (walk);
  if (walk->at == walk->end || (*walk->at != '{' && *walk->at != '['))
    return FALSE;
  walk->object = *walk->at++ == '{';
  return TRUE;
}

gboolean
draw_json_walk_next (DrawJsonWalk *walk, DrawJsonPiece *key, DrawJsonPiece *value)
{
  g_return_val_if_fail (walk != NULL && key != NULL && value != NULL, FALSE);

  skip_blanks (walk);
  if (walk->at < walk->end && *walk->at == ',')
    walk->at++;
  skip_blanks (walk);
  *key = (DrawJsonPiece){ "", 0 };
  if (walk->at == walk->end || *walk->at == '}' || *walk->at == ']')
    return FALSE;
  if (walk->object)
    {
      key->text = walk->at + 1;
      skip_string (walk);
      key->length = (gsize) (walk->at - key->text) - 1;
      skip_blanks (walk);
      walk->at = MIN (walk->at + 1, walk->end); /* the colon */
      skip_blanks (walk);
    }
  value->text = walk->at;
  skip_value (walk);
  value->length = (gsize) (walk->at - value->text);
  return TRUE;
}

gboolean
draw_json_piece_equals (const DrawJsonPiece *piece, const char *text)
{
  g_return_val_if_fail (piece != NULL && text != NULL, FALSE);

  return piece->length == strlen (text) && memcmp (piece->text, text, piece->length) == 0;
}

gboolean
draw_json_find (const char *text, gsize length, const char *name, DrawJsonPiece *value)
{
  DrawJsonWalk walk;
  DrawJsonPiece key, piece;
  gboolean found = FALSE;

  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  if (!draw_json_walk_init (&walk, text, length) || !walk.object)
    return FALSE;
  while (draw_json_walk_next (&walk, &key, &piece))
    if (draw_json_piece_equals (&key, name))
      {
        *value = piece;
        found = TRUE;
      }
  return found;
}
