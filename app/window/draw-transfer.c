/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-transfer.h"

#include "canvas/draw-image-header.h"
#include "sync/draw-error.h"
#include "sync/draw-session-blob.h"

/* One picture after the other: what is on its way is never more than one of them. */
typedef struct
{
  DrawBundle *bundle; /* owned */
  GPtrArray *ids;     /* (element-type utf8), owned: pictures to be moved */
  guint n_done;
  GHashTable *names; /* owned: id in the bundle -> id on the board */
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  draw_bundle_free (transfer->bundle);
  g_ptr_array_unref (transfer->ids);
  g_hash_table_unref (transfer->names);
  g_free (transfer);
}

static GTask *
start (DrawSession *session,
       DrawBundle *bundle,
       gpointer tag,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->bundle = bundle;
  transfer->ids = draw_bundle_get_file_ids (bundle);
  transfer->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, transfer, (GDestroyNotify)transfer_free);
  return task;
}

/* --- from the board --- */

static void collect_next (GTask *task);

static char *
make_mime (GBytes *bytes)
{
  DrawImageHeader header;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (data == NULL || !draw_image_header_parse (data, length, &header, NULL))
    return g_strdup ("application/octet-stream");
  return g_strconcat ("image/", draw_image_type_get_name (header.type), NULL);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = draw_session_get_blob_finish (DRAW_SESSION (source), result, NULL);
  const char *id = transfer->ids->pdata[transfer->n_done];

  if (bytes != NULL)
    {
      g_autofree char *mime = make_mime (bytes);
      draw_bundle_add_file (transfer->bundle, id, mime, bytes, 0);
    }
  transfer->n_done++;
  collect_next (task);
}

static void
collect_next (GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else if (transfer->n_done == transfer->ids->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&transfer->bundle),
                             (GDestroyNotify)draw_bundle_free);
      g_object_unref (task);
    }
  else
    draw_session_get_blob_async (g_task_get_source_object (task),
                                 transfer->ids->pdata[transfer->n_done],
                                 g_task_get_cancellable (task), on_collected, task);
}

void
draw_transfer_collect_async (DrawSession *session,
                             DrawBundle *bundle,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (session));
  g_return_if_fail (bundle != NULL);

  collect_next (start (session, bundle, draw_transfer_collect_async, cancellable, callback,
                       user_data));
}

DrawBundle *
draw_transfer_collect_finish (DrawSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- to the board --- */

static void add_next (GTask *task);

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *name = draw_session_put_blob_finish (DRAW_SESSION (source), result, &error);

  /* A picture that is too large for a board leaves a box; anything else goes wrong for all. */
  if (name == NULL && !g_error_matches (error, DRAW_ERROR, DRAW_ERROR_TOO_LARGE))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  if (name != NULL)
    g_hash_table_insert (transfer->names, g_strdup (transfer->ids->pdata[transfer->n_done]), name);
  transfer->n_done++;
  add_next (task);
}

static GPtrArray *
submit (DrawSession *session, DrawBundle *bundle, GError **error)
{
  g_autoptr (GPtrArray) ops = draw_bundle_make_ops (bundle);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ops->len; i++)
    {
      BoardOp *op = ops->pdata[i];

      if (draw_session_submit (session, op, error) == 0)
        return NULL;
      for (guint k = 0; k < board_op_get_n_changes (op); k++)
        g_ptr_array_add (ids, g_strdup (board_op_get_change_id (op, k)));
    }
  return g_steal_pointer (&ids);
}

static void
finish_adding (GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *ids;

  draw_bundle_rename_files (transfer->bundle, transfer->names);
  ids = submit (g_task_get_source_object (task), transfer->bundle, &error);
  if (ids != NULL)
    g_task_return_pointer (task, ids, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
add_next (GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);
  DrawBundleFile *file = NULL;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  while (file == NULL && transfer->n_done < transfer->ids->len)
    {
      file = g_hash_table_lookup (transfer->bundle->files,
                                  transfer->ids->pdata[transfer->n_done]);
      if (file == NULL)
        transfer->n_done++;
    }
  if (file != NULL)
    draw_session_put_blob_async (g_task_get_source_object (task), file->bytes,
                                 g_task_get_cancellable (task), on_put, task);
  else
    finish_adding (task);
}

void
draw_transfer_add_async (DrawSession *session,
                         DrawBundle *bundle,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (session));
  g_return_if_fail (bundle != NULL);

  add_next (start (session, bundle, draw_transfer_add_async, cancellable, callback, user_data));
}

GPtrArray *
draw_transfer_add_finish (DrawSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
