/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-id.h"

#include <sys/random.h>

#define N_BYTES (SIO_ID_LENGTH * 3 / 4)

void
sio_id_make (char id[SIO_ID_LENGTH + 1])
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  guint8 bytes[N_BYTES];
  gsize n = 0;

  /* So few bytes are never given in part, and waiting for entropy ends once in a machine's life. */
  while (getrandom (bytes, N_BYTES, 0) != N_BYTES)
    ;
  for (gsize i = 0; i < N_BYTES; i += 3)
    {
      guint32 group = bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];

      for (int shift = 18; shift >= 0; shift -= 6)
        id[n++] = alphabet[group >> shift & 0x3f];
    }
  id[n] = '\0';
}
