/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-chat-text.h"

#include <string.h>

#define MAX_MARKS 4
/* Longer ones are no addresses that anybody reads before they click. */
#define MAX_URI 2000

static gboolean
is_shown (gunichar letter)
{
  if (letter == '\n' || letter == 0x200c || letter == 0x200d)
    return TRUE; /* the joiners make words of some scripts, and emoji */
  switch (g_unichar_type (letter))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return TRUE;
    }
}

char *
draw_chat_text_clean (const char *text)
{
  GString *clean = NULL;
  guint marks = 0;

  g_return_val_if_fail (text != NULL, NULL);

  clean = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      marks = g_unichar_ismark (letter) ? marks + 1 : 0;
      if (is_shown (letter) && marks <= MAX_MARKS)
        g_string_append_unichar (clean, letter);
    }
  return g_string_free (clean, FALSE);
}

/* --- Links --- */

static gsize
scheme_length (const char *text)
{
  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    return 8;
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ? 7 : 0;
}

/* How long the address is that begins here; 0: none does. */
static gsize
address_length (const char *text)
{
  gsize scheme = scheme_length (text), length = scheme;
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;

  if (scheme == 0)
    return 0;
  while (text[length] != '\0' && length <= MAX_URI && (guchar)text[length] > ' '
         && strchr ("<>\"'`{}|\\^", text[length]) == NULL)
    length++;
  /* What ends a sentence is hardly part of the address. */
  while (length > scheme && strchr (".,;:!?)]", text[length - 1]) != NULL)
    length--;
  if (length > MAX_URI)
    return 0;
  address = g_strndup (text, length);
  if (!g_utf8_validate (address, -1, NULL))
    return 0;
  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' ? length : 0;
}

static void
append_plain (GString *markup, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize)length);

  g_string_append (markup, escaped);
}

static gboolean
begins_word (const char *text, const char *p)
{
  return p == text || !g_ascii_isalnum (p[-1]);
}

char *
draw_chat_text_to_markup (const char *text, gboolean *links)
{
  GString *markup = NULL;
  const char *plain = text;

  g_return_val_if_fail (text != NULL && links != NULL, NULL);

  *links = FALSE;
  markup = g_string_new (NULL);
  for (const char *p = text; *p != '\0';)
    {
      gsize length = begins_word (text, p) ? address_length (p) : 0;
      g_autofree char *escaped = NULL;

      if (length == 0)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      append_plain (markup, plain, (gsize)(p - plain));
      escaped = g_markup_escape_text (p, (gssize)length);
      g_string_append_printf (markup, "<a href=\"%s\">%s</a>", escaped, escaped);
      *links = TRUE;
      p += length;
      plain = p;
    }
  append_plain (markup, plain, strlen (plain));
  return g_string_free (markup, FALSE);
}

/* --- Mentions --- */

gboolean
draw_chat_text_mentions (const char *text, const char *name)
{
  g_autofree char *folded = NULL;
  g_autofree char *folded_name = NULL;
  g_autofree char *sought = NULL;
  const char *found;

  g_return_val_if_fail (text != NULL && name != NULL, FALSE);

  if (*name == '\0')
    return FALSE;
  folded = g_utf8_casefold (text, -1);
  folded_name = g_utf8_casefold (name, -1);
  sought = g_strconcat ("@", folded_name, NULL);
  found = folded;
  while ((found = strstr (found, sought)) != NULL)
    {
      const char *behind = found + strlen (sought);

      if (!g_unichar_isalnum (g_utf8_get_char (behind)))
        return TRUE;
      found = behind;
    }
  return FALSE;
}
