/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-snapshot.h"

#include <string.h>

#include "board-fields.h"
#include "board/board-limits.h"
#include "board/board-types.h"

#define BLOB_ID 64 /* hex digits of SHA-256 */

gboolean
board_blob_id_is_valid (const char *text)
{
  return text != NULL && strspn (text, "0123456789abcdef") == BLOB_ID && text[BLOB_ID] == '\0';
}

/* --- Parts -------------------------------------------------------------------------------------- */

guint
board_snapshot_get_n_parts (const BoardSnapshot *snapshot)
{
  g_return_val_if_fail (snapshot != NULL, 0);

  return snapshot->blob[0] != '\0' ? snapshot->n_more + 1 : 0;
}

const char *
board_snapshot_get_part (const BoardSnapshot *snapshot, guint i)
{
  g_return_val_if_fail (snapshot != NULL && i <= snapshot->n_more, NULL);

  return i == 0 ? snapshot->blob : snapshot->more[i - 1];
}

gboolean
board_snapshot_add_part (BoardSnapshot *snapshot, const char *id)
{
  g_return_val_if_fail (snapshot != NULL && board_blob_id_is_valid (id), FALSE);

  if (snapshot->blob[0] == '\0')
    memcpy (snapshot->blob, id, BLOB_ID + 1);
  else if (snapshot->n_more < G_N_ELEMENTS (snapshot->more))
    memcpy (snapshot->more[snapshot->n_more++], id, BLOB_ID + 1);
  else
    return FALSE;
  return TRUE;
}

char *
board_snapshot_parts_to_text (const BoardSnapshot *snapshot)
{
  GString *out;

  g_return_val_if_fail (snapshot != NULL, NULL);

  out = g_string_new (snapshot->blob);
  for (guint i = 0; i < snapshot->n_more; i++)
    g_string_append_printf (out, " %s", snapshot->more[i]);
  return g_string_free (out, FALSE);
}

gboolean
board_snapshot_parts_from_text (BoardSnapshot *snapshot, const char *text)
{
  g_auto (GStrv) ids = NULL;

  g_return_val_if_fail (snapshot != NULL && text != NULL, FALSE);

  snapshot->blob[0] = '\0';
  snapshot->n_more = 0;
  ids = g_strsplit (text, " ", BOARD_MAX_SNAPSHOT_PARTS + 1);
  for (guint i = 0; ids[i] != NULL; i++)
    if (!board_blob_id_is_valid (ids[i]) || !board_snapshot_add_part (snapshot, ids[i]))
      return FALSE;
  return snapshot->blob[0] != '\0';
}

/* --- The wire ----------------------------------------------------------------------------------- */

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, BOARD_ERROR, BOARD_ERROR_SCHEMA,
                       "A snapshot has a position and the ids of its parts");
  return FALSE;
}

static gboolean
parse_more (JsonObject *object, BoardSnapshot *snapshot, GError **error)
{
  JsonArray *more = NULL;

  snapshot->n_more = 0;
  if (!board_fields_has (object, "more"))
    return TRUE;
  if (!board_fields_array (object, "more", BOARD_MAX_SNAPSHOT_PARTS - 1, &more, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (more); i++)
    {
      const char *id;

      if (!board_node_string (json_array_get_element (more, i), &id) || !board_blob_id_is_valid (id))
        return fail (error);
      board_snapshot_add_part (snapshot, id);
    }
  return TRUE;
}

gboolean
board_snapshot_parse (JsonObject *object, BoardSnapshot *snapshot, GError **error)
{
  const char *blob;
  int64_t seq;

  g_return_val_if_fail (object != NULL && snapshot != NULL, FALSE);

  if (!board_fields_int (object, "seq", 0, BOARD_MAX_INTEGER, &seq, error)
      || !board_fields_string (object, "blob", BLOB_ID, &blob, error))
    return FALSE;
  if (seq == 0 || !board_blob_id_is_valid (blob))
    return fail (error);
  snapshot->seq = (uint64_t) seq;
  memcpy (snapshot->blob, blob, BLOB_ID + 1);
  return parse_more (object, snapshot, error);
}

static JsonArray *
build_more (const BoardSnapshot *snapshot)
{
  JsonArray *more = json_array_new ();

  for (guint i = 0; i < snapshot->n_more; i++)
    json_array_add_string_element (more, snapshot->more[i]);
  return more;
}

JsonNode *
board_snapshot_build (const BoardSnapshot *snapshot)
{
  JsonNode *node;
  JsonObject *object;

  g_return_val_if_fail (snapshot != NULL, NULL);

  if (snapshot->seq == 0)
    return json_node_new (JSON_NODE_NULL);
  object = json_object_new ();
  json_object_set_int_member (object, "seq", (int64_t) snapshot->seq);
  json_object_set_string_member (object, "blob", snapshot->blob);
  if (snapshot->n_more > 0)
    json_object_set_array_member (object, "more", build_more (snapshot));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}
