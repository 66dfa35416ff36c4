/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Whether text can name a blob: 64 lower-case hex digits. */
gboolean board_blob_id_is_valid (const char *text);

/* 128 MiB, when a server takes blobs of 4 MiB. */
#define BOARD_MAX_SNAPSHOT_PARTS 32

/* A snapshot: {seq, blob, more: [id, ...]|absent}: the state after position seq, cut into parts of which each
 * is sealed as a blob by itself; the first part and those that follow it, by the hashes of the sealed bytes. */
typedef struct {
  uint64_t seq;  /* 0: there is none */
  char blob[65]; /* SHA-256 of the sealed bytes, 64 lower-case hex digits */
  guint n_more;
  char more[BOARD_MAX_SNAPSHOT_PARTS - 1][65];
} BoardSnapshot;

gboolean board_snapshot_parse (JsonObject *object, BoardSnapshot *snapshot, GError **error);
JsonNode *board_snapshot_build (const BoardSnapshot *snapshot);
/* Of a snapshot that is one: at least 1. */
guint board_snapshot_get_n_parts (const BoardSnapshot *snapshot);
/* The i-th part's id, borrowed. */
const char *board_snapshot_get_part (const BoardSnapshot *snapshot, guint i);
/* FALSE: it has too many already. */
gboolean board_snapshot_add_part (BoardSnapshot *snapshot, const char *id);
/* All ids, with a space between two; for who keeps them. Transfer full. */
char *board_snapshot_parts_to_text (const BoardSnapshot *snapshot);
/* Sets the parts; FALSE when text is no such list. */
gboolean board_snapshot_parts_from_text (BoardSnapshot *snapshot, const char *text);

G_END_DECLS
