/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever is offered, or answered to what was: extensions of websockets, and codings of HTTP. */
#include "engineio/eio-encoding.h"
#include "engineio/eio-ws-extension.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *answer = eio_ws_extension_accept (text);
  gboolean needed;
  EioEncoding encoding = eio_encoding_choose (text, &needed);

  g_assert (answer == NULL || eio_ws_extension_is_good_answer (answer));
  g_assert (answer == NULL || strstr (text, "permessage-deflate") != NULL);
  eio_ws_extension_is_good_answer (text);
  g_assert (encoding == EIO_ENCODING_IDENTITY ? !needed : eio_encoding_get_name (encoding) != NULL);
  g_assert (eio_encoding_read (text) <= EIO_ENCODING_UNKNOWN);
  return 0;
}
