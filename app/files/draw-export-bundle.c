/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on no board, to be painted: a stencil, something that is dragged. */
#include "board/board-replica.h"
#include "files/draw-export.h"

DrawImages *
draw_bundle_make_images (DrawBundle *self)
{
  DrawImages *images = draw_images_new ();
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (self != NULL, images);

  ids = draw_bundle_get_file_ids (self);
  for (guint i = 0; i < ids->len; i++)
    {
      DrawBundleFile *file = g_hash_table_lookup (self->files, ids->pdata[i]);

      if (file != NULL)
        draw_images_put (images, file->id, file->bytes);
      else
        draw_images_fail (images, ids->pdata[i]);
    }
  return images;
}

DrawExport *
draw_export_new_for_bundle (DrawBundle *bundle)
{
  g_autoptr (BoardReplica) replica = NULL;
  g_autoptr (DrawImages) images = NULL;
  g_autoptr (GPtrArray) ops = NULL;

  g_return_val_if_fail (bundle != NULL, NULL);

  replica = board_replica_new ("export");
  images = draw_bundle_make_images (bundle);
  ops = draw_bundle_make_ops (bundle);
  for (guint i = 0; i < ops->len; i++)
    board_replica_submit (replica, ops->pdata[i], NULL);
  return draw_export_new (board_replica_get_document (replica), NULL, images);
}
