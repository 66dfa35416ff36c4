/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whatever the frames: cut anywhere they mean the same, and no message is larger than allowed. The first
 * byte says where to cut. */
#include "engineio/eio-ws-frame.h"

#include <string.h>

#define MAX_MESSAGE 300

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
feed (EioWsDeframer *deframer, const uint8_t *data, gsize size, GString *log)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  guint8 *at = copy;
  EioWsMessage message;

  while (eio_ws_deframer_next (deframer, &at, copy + size, &message) == EIO_WS_MESSAGE)
    {
      g_assert (message.size <= MAX_MESSAGE);
      g_assert (message.opcode != EIO_WS_TEXT ||
                eio_utf8_is_valid ((const char *) message.data, message.size));
      g_string_append_printf (log, "%d %u ", message.opcode, message.code);
      g_string_append_len (log, (const char *) message.data, message.size);
    }
}

static void
check (EioWsDeframer *(*new_deframer) (gsize), const uint8_t *data, size_t size)
{
  gsize cut = 1 + data[0] % (size - 1);
  g_autoptr (EioWsDeframer) whole = new_deframer (MAX_MESSAGE);
  g_autoptr (EioWsDeframer) pieces = new_deframer (MAX_MESSAGE);
  g_autoptr (GString) whole_log = g_string_new (NULL);
  g_autoptr (GString) pieces_log = g_string_new (NULL);

  feed (whole, data + 1, size - 1, whole_log);
  feed (pieces, data + 1, cut - 1, pieces_log);
  feed (pieces, data + cut, size - cut, pieces_log);
  g_assert (g_string_equal (whole_log, pieces_log));
  g_assert (eio_ws_deframer_get_code (whole) == eio_ws_deframer_get_code (pieces));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 2)
    return 0;
  check (eio_ws_deframer_new, data, size);
  check (eio_ws_deframer_new_for_client, data, size);
  return 0;
}
