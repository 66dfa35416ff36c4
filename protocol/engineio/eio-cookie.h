/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The cookie that tells a load balancer which server a session is at. We never read it.
 */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-types.h"

G_BEGIN_DECLS

/* A token (RFC 6265, 4.1.1). */
gboolean eio_cookie_is_name (const char *name);
/* What may stand behind "Path=". */
gboolean eio_cookie_is_path (const char *path);
/* All that follows the value: "; Path=/; HttpOnly; SameSite=Lax". @max_age: seconds, negative: until the
 * browser is closed. */
char *eio_cookie_format_attributes (const char *path,
                                    int max_age,
                                    EioCookieFlags flags,
                                    SoupSameSitePolicy same_site);

G_END_DECLS
