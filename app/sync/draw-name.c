/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-name.h"

#include <string.h>

#include "board/board-limits.h"

#define MAX_MARKS 4

static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: /* bidi, zero width, byte order mark */
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
      return TRUE;
    default:
      /* Fillers that are letters by type and show nothing. */
      return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
    }
}

static gboolean
is_mark (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

static gboolean
is_blank (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_SPACE_SEPARATOR || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR || c == '\n' || c == '\t' || c == '\r';
}

char *
draw_name_clean (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean blank = FALSE;
  guint n = 0, marks = 0;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return NULL;
  for (const char *p = name; *p != '\0' && n < BOARD_MAX_NAME; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_blank (c))
        {
          blank = out->len > 0;
          continue;
        }
      marks = is_mark (c) ? marks + 1 : 0;
      /* A mark needs something to stand on. */
      if (is_invisible (c) || marks > MAX_MARKS || (marks > 0 && out->len == 0))
        continue;
      if (blank && n + 1 < BOARD_MAX_NAME)
        {
          g_string_append_c (out, ' ');
          n++;
        }
      blank = FALSE;
      g_string_append_unichar (out, c);
      n++;
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

char *
draw_name_skeleton (const char *name)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);
  return g_utf8_casefold (normal != NULL ? normal : name, -1);
}

gboolean
draw_color_is_valid (const char *color)
{
  if (color == NULL || color[0] != '#' || strlen (color) != 7)
    return FALSE;
  for (guint i = 1; i < 7; i++)
    if (!g_ascii_isxdigit (color[i]))
      return FALSE;
  return TRUE;
}

const char *
draw_color_for_member (const char *member)
{
  /* GNOME's palette at a strength that reads on white and on dark paper. */
  static const char *const palette[] = {
    "#1a5fb4", "#26a269", "#c64600", "#a51d2d", "#613583", "#986a44", "#0e8a9a", "#b5348a",
  };

  g_return_val_if_fail (member != NULL, palette[0]);

  return palette[g_str_hash (member) % G_N_ELEMENTS (palette)];
}
