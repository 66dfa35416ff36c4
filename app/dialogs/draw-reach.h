/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who can come to an address, as far as the address itself tells. */
typedef enum
{
  DRAW_REACH_COMPUTER, /* loopback */
  DRAW_REACH_NETWORK,  /* private or link-local: the same network */
  DRAW_REACH_INTERNET, /* public, where no firewall stands in between */
  DRAW_REACH_UNKNOWN,  /* a name */
} DrawReach;

/* address: IPv4 or IPv6 as text, without brackets and port; or a name. */
DrawReach draw_reach_of_address (const char *address);
/* "People on the same network", ... */
const char *draw_reach_to_words (DrawReach reach);

G_END_DECLS
