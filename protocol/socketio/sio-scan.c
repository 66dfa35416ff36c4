/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-scan.h"

#include <string.h>

const char *
sio_scan_space (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;
  return p;
}

static const char *
scan_string (const char *p, const char *end)
{
  for (p++; p < end; p++)
    {
      if (*p == '"')
        return p + 1;
      if (*p == '\\')
        p++;
    }
  return end;
}

static const char *
scan_container (const char *p, const char *end)
{
  gsize depth = 0;

  while (p < end)
    switch (*p)
      {
      case '"':
        p = scan_string (p, end);
        break;
      case '[':
      case '{':
        depth++;
        p++;
        break;
      case ']':
      case '}':
        p++;
        if (--depth == 0)
          return p;
        break;
      default:
        p++;
      }
  return end;
}

const char *
sio_scan_value (const char *p, const char *end)
{
  if (p >= end)
    return end;
  if (*p == '"')
    return scan_string (p, end);
  if (*p == '[' || *p == '{')
    return scan_container (p, end);
  while (p < end && memchr (",]} \t\n\r", *p, 7) == NULL)
    p++;
  return p;
}
