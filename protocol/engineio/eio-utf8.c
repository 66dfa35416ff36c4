/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-utf8.h"

#include <stdint.h>
#include <string.h>

/* RFC 3629 section 4: overlong forms, surrogates and what lies beyond U+10FFFF differ from the rest in
 * the second byte only. */
static gboolean
begin_character (EioUtf8 *self, guint8 byte)
{
  self->lower = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0;
  self->upper = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0;
  if (byte < 0x80)
    self->needed = 0;
  else if (byte >= 0xc2 && byte <= 0xdf)
    self->needed = 1;
  else if (byte >= 0xe0 && byte <= 0xef)
    self->needed = 2;
  else if (byte >= 0xf0 && byte <= 0xf4)
    self->needed = 3;
  else
    return FALSE;
  return TRUE;
}

static gboolean
continue_character (EioUtf8 *self, guint8 byte)
{
  if (byte < (self->lower > 0 ? self->lower : 0x80) ||
      byte > (self->upper > 0 ? self->upper : 0xbf))
    return FALSE;
  self->lower = self->upper = 0;
  self->needed--;
  return TRUE;
}

/* Most traffic is ASCII: eight bytes at a time. */
static const char *
skip_ascii (const char *at, const char *end)
{
  while (end - at >= 8)
    {
      uint64_t word;

      memcpy (&word, at, sizeof word);
      if ((word & UINT64_C (0x8080808080808080)) != 0)
        break;
      at += 8;
    }
  return at;
}

gboolean
eio_utf8_feed (EioUtf8 *self, const char *bytes, gsize size)
{
  const char *end = bytes + size;

  while (bytes < end)
    {
      if (self->needed == 0 && (bytes = skip_ascii (bytes, end)) == end)
        break;
      if (!(self->needed > 0 ? continue_character (self, *bytes) : begin_character (self, *bytes)))
        return FALSE;
      bytes++;
    }
  return TRUE;
}

gboolean
eio_utf8_is_complete (const EioUtf8 *self)
{
  return self->needed == 0;
}

gboolean
eio_utf8_is_valid (const char *bytes, gsize size)
{
  EioUtf8 self = { 0 };

  return eio_utf8_feed (&self, bytes, size) && eio_utf8_is_complete (&self);
}
