/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * One line an event, for machines first: to the journal as fields where stderr is the journal, else
 * to stderr as one JSON object a line. Values are escaped, so no peer can forge a line. What proves
 * or opens anything (seeds, proofs, bodies, session ids) is never a value.
 *
 * Every event is a "name" of a fixed vocabulary and pairs of key (lower case) and text, ended by
 * NULL; a NULL text leaves its pair out. So: (level, "joined", "board", board, "member", id, NULL).
 */
void bridge_log (GLogLevelFlags level, const char *event, ...) G_GNUC_NULL_TERMINATED;

/* Makes the above the writer of all of this process's GLib logging. Call once, first. debug:
 * whether debug events are written too. */
void bridge_log_init (gboolean debug);

/* The line that would be written, without the newline: for tests. Transfer full. */
char *
bridge_log_format (GLogLevelFlags level, const GLogField *fields, gsize n_fields, int64_t time);

G_END_DECLS
