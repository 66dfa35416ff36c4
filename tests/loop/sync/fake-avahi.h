/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What an Avahi daemon looks like on the bus, saying what a test wants. */
typedef struct {
  GDBusConnection *bus;
  guint owner, object, groups;
  gboolean here;         /* it has its name */

  guint n_browsers;      /* that were made */
  guint n_resolving, most_resolving, n_resolved;
  gboolean hold_answers; /* questions are not answered */
  GPtrArray *held;       /* GDBusMethodInvocation */
  const char *address;   /* what every service resolves to */
  guint16 port;
  GVariant *record;      /* "aay" */

  guint n_groups, n_freed;
  GVariant *service;     /* the parameters of the last AddService */
  int group_state;       /* told at Commit */
} FakeAvahi;

/* A bus that is the system bus of this process, for all of its tests: a process has one for life. */
GTestDBus *fake_avahi_start_bus (void);
FakeAvahi *fake_avahi_new (void);
void fake_avahi_free (FakeAvahi *self);
/* The daemon is started, or dies. Waits until it is so. */
void fake_avahi_come (FakeAvahi *self);
void fake_avahi_go (FakeAvahi *self);
/* signal: "ItemNew", "ItemRemove". */
void fake_avahi_tell (FakeAvahi *self, const char *signal, const char *id, int interface, int protocol);
void fake_avahi_answer_held (FakeAvahi *self);

G_END_DECLS
