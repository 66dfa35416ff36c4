/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "real-fixture.h"

/* Bytes that nothing else has. Transfer full. */
GBytes *make_bytes (gsize size, guint8 seed);
/* Its id, once it is on that person's disk. Transfer full. */
char *put (Person *person, GBytes *bytes);
/* NULL and an error when it is not to be had. Transfer full. */
GBytes *get (Person *person, const char *id, GError **error);
void assert_gets (Person *person, const char *id, GBytes *bytes);
