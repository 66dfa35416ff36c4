/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-document.h"
#include "board/board-replica.h"

G_BEGIN_DECLS

/* An element with these members ("\"type\":\"text\",..."); id and index are given where they are
 * not said. Transfer full. */
BoardElement *canvas_fixture_element (const char *members);
/* A board with these elements, bottom first: each members as above, ended by NULL. Its document is
 * that of the replica. Transfer full. */
BoardReplica *canvas_fixture_board (const char *members, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
