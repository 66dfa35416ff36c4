/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-next.h"

G_BEGIN_DECLS

/* message, data: of a refusal. */
typedef void (*SioNextFunc) (gboolean accepted,
                             const char *message,
                             JsonNode *data,
                             gpointer user_data);

/* func: called once at most, with the first answer. */
SioNext *sio_next_new (SioNextFunc func, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
