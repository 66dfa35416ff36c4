/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session-fixture.h"
#include "sync/draw-host.h"

/* People on a board of the real server, a child of the test. Ada hosts it. */
typedef struct {
  char *directory; /* the server's */
  DrawHost *host;
  Person ada, ben, eve;
} Real;

void real_set_up (Real *f, gconstpointer data);
/* For tests whose server is not as it is by itself: the first and the last thing that main() does, as long as
 * there is one thread. */
void real_init_configurations (void);
void real_end_configurations (void);
/* As real_set_up(), with these lines of a configuration. */
void real_set_up_with (Real *f, const char *configuration);
void real_tear_down (Real *f, gconstpointer data);
/* Joins by that link and is online. */
void real_join (Person *person, const BoardLink *link, const char *name);
/* Of somebody else as `person` sees them; borrowed. */
DrawMember *real_see (Person *person, Person *other);
/* Ada gives somebody that role, and they know. */
void real_set_role (Real *f, Person *person, BoardRole role);
/* Removes a directory with all that is in it. */
void real_remove (const char *path);
/* The position of the snapshot that the server keeps of Ada's board; 0 while there is none. n_parts: (nullable) */
int64_t real_get_snapshot (Real *f, guint *n_parts);
