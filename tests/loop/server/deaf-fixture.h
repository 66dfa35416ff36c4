/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guest-fixture.h"

G_BEGIN_DECLS

/* Somebody who joins HOUSE_BOARD over a socket of their own and never reads again after that. */
GSocket *deaf_join (House *house, char mark, char invite);

G_END_DECLS
