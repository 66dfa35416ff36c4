/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever a server answers to a websocket's handshake: nobody guesses the right one. */
#include "engineio/eio-client-handshake.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, "http://localhost/");
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_autofree char *key = eio_client_handshake_new_key ();
  gsize end = eio_client_handshake_find_end ((const char *)data, size);

  gboolean deflate = size % 2 == 0;

  if (end > 0 && end <= EIO_CLIENT_HANDSHAKE_MAX_HEAD)
    g_assert (!eio_client_handshake_check ((const char *)data, end, message, key, jar, &deflate, NULL));
  return 0;
}
