/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is kept of the request that opened a session, for as long as the session lasts: query and headers,
 * as one block of text. A hash table and libsoup's headers took more than all the rest of an idle session.
 */
#pragma once

#include <libsoup/soup.h>

#include "engineio/eio-socket.h"

G_BEGIN_DECLS

typedef struct _EioVisit EioVisit;

/* @query: decoded. Headers of one name become one, with commas in between. */
EioVisit *eio_visit_new (GHashTable *query, SoupMessageHeaders *headers);
void eio_visit_free (EioVisit *self);

/* Made anew at each call. (transfer full) */
GHashTable *eio_visit_make_query (EioVisit *self);
/* @name: of any case. NULL when there is none. */
const char *eio_visit_get_header (EioVisit *self, const char *name);
void eio_visit_foreach_header (EioVisit *self, EioHeaderFunc func, gpointer user_data);

G_END_DECLS
