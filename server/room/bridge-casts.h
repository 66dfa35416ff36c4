/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BridgeCasts: casts on their way, gathered until the next delivery, in order of arrival. Nobody
 * gets their own back, so the text is made per audience: once for everybody who sent nothing, and
 * once for each who did.
 */
typedef struct _BridgeCasts BridgeCasts;

BridgeCasts *bridge_casts_new (void);
void bridge_casts_free (BridgeCasts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BridgeCasts, bridge_casts_free)

/* body: base64url, so that it is its own JSON text. */
void bridge_casts_add (BridgeCasts *self, const char *member, const char *body);
gboolean bridge_casts_is_empty (BridgeCasts *self);
/* Of all bodies and ids. */
gsize bridge_casts_get_bytes (BridgeCasts *self);
/* Whoever has a cast in here, each once. (element-type utf8), borrowed; transfer container. */
GPtrArray *bridge_casts_list_members (BridgeCasts *self);
/* [[member, body], ...] without those of except (nullable); NULL when none is left. Transfer full.
 */
char *bridge_casts_to_json (BridgeCasts *self, const char *except);
void bridge_casts_clear (BridgeCasts *self);

G_END_DECLS
