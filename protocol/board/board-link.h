/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-invite.h"

G_BEGIN_DECLS

/* What a link says of the role that it gives. */
typedef enum {
  BOARD_LINK_ROLE_UNSAID,
  BOARD_LINK_ROLE_VIEWER,
  BOARD_LINK_ROLE_EDITOR,
} BoardLinkRole;

/**
 * BoardLink: an invitation: where the board is, the invitation's seed, the board's key.
 *   drawbridge://host:port/<board>#<seed>.<key>[.<role>]    (drawbridges:// with TLS)
 *   http://host:port/b/<board>#<seed>.<key>[.<role>]        (https:// with TLS)
 * role: "viewer" or "editor": what its maker says that it lets one do, so that it can be told before
 * anything is joined. The server decides, whatever stands there. Parsed strictly: no user info, no query, one fragment, port 1..65535 (absent: 3729), host a
 * name, IPv4 or [IPv6], no control characters.
 */
typedef struct {
  char *host;      /* without brackets */
  guint16 port;
  gboolean tls;
  char *board;
  BoardKey invite; /* Ed25519 seed */
  BoardKey key;    /* board key */
  BoardLinkRole role;
} BoardLink;

#define BOARD_DEFAULT_PORT 3729

/* role: unsaid. */
BoardLink *board_link_new (const char *host, guint16 port, gboolean tls, const char *board,
                           const BoardKey *invite, const BoardKey *key);
BoardLink *board_link_parse (const char *text, GError **error);
BoardLink *board_link_copy (const BoardLink *link);
/* The same invitation by another address of its server. NULL when host is none. */
BoardLink *board_link_copy_with_host (const BoardLink *link, const char *host);
void board_link_free (BoardLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardLink, board_link_free)
/* drawbridge[s]://... */
char *board_link_to_text (const BoardLink *link);
/* http[s]://.../b/... */
char *board_link_to_web (const BoardLink *link);
/* http[s]://host:port, without the rest: where the Socket.IO server is. */
char *board_link_get_origin (const BoardLink *link);

G_END_DECLS
