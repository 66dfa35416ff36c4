/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A board of one's own with all that another one shows. It has other keys, so nobody who knew the old ones
 * can read it, and its log begins anew: what is copied are the things, not their past. Pictures are sealed
 * for the new board. */
#include <string.h>

#include "board/board-blob.h"
#include "draw-blob-store.h"
#include "draw-session-copy.h"
#include "draw-session-private.h"
#include "json/wire-json.h"

/* Text of the elements of one op, far below what can be sealed. */
#define OP_BYTES (96 * 1024)

typedef struct {
  DrawSession *from, *to;
  GHashTable *pictures; /* old id -> new id */
  BoardOp *op;
  gsize bytes;
} Copy;

static gboolean
flush (Copy *copy, GError **error)
{
  g_autoptr (BoardOp) op = g_steal_pointer (&copy->op);

  copy->op = board_op_new ();
  copy->bytes = 0;
  return board_op_get_n_changes (op) == 0 || draw_session_submit (copy->to, op, error) > 0;
}

/* Its new id; NULL when its bytes are not here. Borrowed. */
static const char *
copy_picture (Copy *copy, const char *id)
{
  const char *known = g_hash_table_lookup (copy->pictures, id);
  g_autoptr (GBytes) sealed = NULL, bytes = NULL, anew = NULL;
  char *name;

  if (known != NULL)
    return known;
  sealed = draw_blob_store_read (copy->from->blobs, id);
  if (sealed != NULL)
    bytes = board_blob_open (&copy->from->key, copy->from->board, sealed, NULL);
  if (bytes != NULL)
    anew = board_blob_seal (&copy->to->key, copy->to->board, bytes);
  if (anew == NULL)
    return NULL;
  name = board_blob_make_id (anew);
  if (draw_blob_store_add (copy->to->blobs, name, anew, NULL))
    g_hash_table_insert (copy->pictures, g_strdup (id), name);
  else
    g_clear_pointer (&name, g_free);
  return name;
}

static gsize
measure (BoardElement *element)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, board_element_to_json (element));
  text = wire_json_print (node, NULL);
  return text != NULL ? strlen (text) : 0;
}

static void
copy_element (Copy *copy, BoardElement *element)
{
  const char *old = draw_session_get_picture_of (element);
  const char *picture = old != NULL ? copy_picture (copy, old) : NULL;

  board_op_add_element (copy->op, element);
  copy->bytes += measure (element);
  if (picture != NULL)
    {
      g_autoptr (JsonObject) change = json_object_new ();

      json_object_set_string_member (change, "fileId", picture);
      board_op_set_props (copy->op, board_element_get_id (element), change);
    }
}

/* Each before the one that would make it too large. */
static gboolean
copy_all (Copy *copy, GError **error)
{
  BoardDocument *document = draw_session_get_document (copy->from);
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);

  if (*board_document_get_title (document) != '\0')
    board_op_set_title (copy->op, board_document_get_title (document));
  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = g_ptr_array_index (elements, i);

      if (copy->bytes > 0 && copy->bytes + measure (element) > OP_BYTES && !flush (copy, error))
        return FALSE;
      copy_element (copy, element);
    }
  return flush (copy, error);
}

DrawSession *
draw_session_copy (DrawSession *self, const char *directory, GError **error)
{
  g_autoptr (DrawSession) to = NULL;
  Copy copy = { .from = self };
  gboolean ok;

  g_return_val_if_fail (DRAW_IS_SESSION (self) && directory != NULL, NULL);

  to = draw_session_create (directory, error);
  if (to == NULL)
    return NULL;
  copy.to = to;
  copy.pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  copy.op = board_op_new ();
  ok = copy_all (&copy, error);
  board_op_unref (copy.op);
  g_hash_table_unref (copy.pictures);
  return ok ? g_steal_pointer (&to) : NULL;
}
