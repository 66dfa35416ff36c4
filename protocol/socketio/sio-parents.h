/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "socketio/sio-server.h"

G_BEGIN_DECLS

/**
 * SioParents: the rules by which namespaces come into being, in order of their registration, each
 * with the parent of those that it makes.
 */
typedef struct _SioParents SioParents;

SioParents *sio_parents_new (void);
void sio_parents_free (SioParents *self);
/* parent: referenced. */
void sio_parents_add_pattern (SioParents *self, SioNamespace *parent, GRegex *pattern);
void sio_parents_add_func (SioParents *self,
                           SioNamespace *parent,
                           SioNamespaceFunc func,
                           gpointer user_data,
                           GDestroyNotify destroy);
/* By its name alone, so by patterns. NULL: none. Borrowed. */
SioNamespace *sio_parents_match (SioParents *self, const char *name);

/* parent: NULL: nobody wants that name. */
typedef void (*SioParentFoundFunc) (SioNamespace *parent, gpointer user_data);
/* auth: nullable. found: called once, now or later, or never. */
void sio_parents_search (SioParents *self,
                         const char *name,
                         JsonNode *auth,
                         SioParentFoundFunc found,
                         gpointer user_data,
                         GDestroyNotify destroy);

G_END_DECLS
