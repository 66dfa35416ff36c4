/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-batch.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "files/draw-bundle.h"
#include "files/draw-export.h"
#include "files/draw-incoming.h"
#include "sync/draw-library.h"
#include "window/draw-board-images.h"
#include "window/draw-transfer.h"

/* How long a server may take to bring the whole board. */
#define JOIN_TIMEOUT_S 60

/* Where the drawing is: a session of a board, or a replica that holds what a file said. */
typedef struct
{
  DrawSession *session; /* or NULL */
  BoardReplica *replica;
  DrawBundle *bundle; /* of a file, or NULL */
  char *directory;    /* made for a board that was only joined to be exported */
} Source;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
source_clear (Source *source)
{
  if (source->session != NULL)
    draw_session_close (source->session);
  g_clear_object (&source->session);
  g_clear_object (&source->replica);
  g_clear_pointer (&source->bundle, draw_bundle_free);
  if (source->directory != NULL)
    remove_tree (source->directory);
  g_clear_pointer (&source->directory, g_free);
}

static BoardDocument *
get_document (Source *source)
{
  return source->session != NULL ? draw_session_get_document (source->session)
                                 : board_replica_get_document (source->replica);
}

static int
fail (const char *what, const GError *error)
{
  g_printerr ("%s: %s: %s\n", g_get_prgname (), what, error->message);
  return 1;
}

/* --- waiting --- */

static void
on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* --- opening --- */

static gboolean
open_drawing (Source *source, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);
  g_autoptr (GPtrArray) ops = NULL;

  if (bytes == NULL)
    return FALSE;
  source->bundle = draw_incoming_load (bytes, error);
  if (source->bundle == NULL)
    return FALSE;
  source->replica = board_replica_new ("export");
  ops = draw_bundle_make_ops (source->bundle);
  for (guint i = 0; i < ops->len; i++)
    if (board_replica_submit (source->replica, ops->pdata[i], error) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
wait_until_online (DrawSession *session, GError **error)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add_seconds (JOIN_TIMEOUT_S, on_timeout, &late);
  DrawShareState state;

  draw_session_connect (session);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      state = draw_session_get_share_state (session);
    }
  while (!late && state != DRAW_SHARE_ONLINE && state != DRAW_SHARE_REFUSED);
  if (!late)
    g_source_remove (timeout);
  if (state == DRAW_SHARE_ONLINE)
    return TRUE;
  if (state == DRAW_SHARE_REFUSED)
    {
      g_autofree char *message = NULL;

      g_object_get (session, "refusal-message", &message, NULL);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                           message != NULL ? message : _("The server refused."));
    }
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("The server does not answer."));
  return FALSE;
}

static gboolean
open_link (Source *source, const BoardLink *link, GError **error)
{
  source->directory = g_dir_make_tmp ("drawbridge-export-XXXXXX", error);
  if (source->directory == NULL)
    return FALSE;
  source->session = draw_session_join (source->directory, link, error);
  return source->session != NULL && wait_until_online (source->session, error);
}

static gboolean
open_source (Source *source, const char *name, GError **error)
{
  g_autoptr (BoardLink) link = board_link_parse (name, NULL);

  if (link != NULL)
    return open_link (source, link, error);
  if (!g_str_has_suffix (name, DRAW_BOARD_SUFFIX))
    return open_drawing (source, name, error);
  source->session = draw_session_open (name, error);
  return source->session != NULL;
}

/* --- exporting --- */

static const struct
{
  const char *suffix;
  DrawExportFormat format;
} formats[] = {
  { ".png", DRAW_EXPORT_PNG },
  { ".svg", DRAW_EXPORT_SVG },
  { ".pdf", DRAW_EXPORT_PDF },
};

gboolean
draw_batch_is_target (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (name, formats[i].suffix))
      return TRUE;
  return g_str_has_suffix (name, ".excalidraw");
}

/* With its pictures. */
static DrawBundle *
make_bundle (Source *source)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (source->session == NULL)
    return g_steal_pointer (&source->bundle);
  draw_transfer_collect_async (source->session,
                               draw_bundle_new_for_document (get_document (source), NULL), NULL,
                               on_done, &result);
  return draw_transfer_collect_finish (source->session, wait_for_result (&result), NULL);
}

static GBytes *
paint (Source *source, DrawBundle *bundle, const DrawBatchExport *options, GError **error)
{
  g_autoptr (DrawImages) images = draw_bundle_make_images (bundle);
  g_autoptr (DrawExport) export = draw_export_new (get_document (source), NULL, images);
  g_autoptr (GAsyncResult) result = NULL;
  DrawExportOptions how = { DRAW_EXPORT_PNG, options->scale > 0 ? options->scale : 1,
                            !options->clear };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (options->target, formats[i].suffix))
      how.format = formats[i].format;
  if (draw_export_is_empty (export))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The board is empty."));
      return NULL;
    }
  draw_export_set_title (export, board_document_get_title (get_document (source)));
  draw_export_run_async (export, &how, NULL, on_done, &result);
  return draw_export_run_finish (export, wait_for_result (&result), error);
}

static GBytes *
print (DrawBundle *bundle)
{
  gsize length;
  char *text = draw_bundle_print (bundle, DRAW_BUNDLE_FILE, &length);

  return g_bytes_new_take (text, length);
}

static gboolean
write_export (Source *source, const DrawBatchExport *options, GError **error)
{
  g_autoptr (DrawBundle) bundle = make_bundle (source);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->target);
  gsize length;
  const char *data;

  if (g_str_has_suffix (options->target, ".excalidraw"))
    bytes = print (bundle);
  else
    bytes = paint (source, bundle, options, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  return g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                                  error);
}

int
draw_batch_export (const DrawBatchExport *options, const char *name)
{
  Source source = { 0 };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_return_val_if_fail (options != NULL && name != NULL, 1);

  if (!open_source (&source, name, &error) || !write_export (&source, options, &error))
    status = fail (options->target, error);
  source_clear (&source);
  return status;
}

/* --- importing --- */

static char *
make_title (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_filename_display_name (base);
}

static gboolean
add_drawing (DrawSession *session, DrawBundle *bundle, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (BoardOp) op = board_op_new ();
  g_autofree char *title = make_title (name);

  draw_transfer_add_async (session, bundle, NULL, on_done, &result);
  ids = draw_transfer_add_finish (session, wait_for_result (&result), error);
  if (ids == NULL)
    return FALSE;
  board_op_set_title (op, title);
  return draw_session_submit (session, op, error) != 0;
}

int
draw_batch_import (const char *name)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DrawSession) session = NULL;
  DrawBundle *bundle = NULL;
  gboolean done;

  g_return_val_if_fail (name != NULL, 1);

  file = g_file_new_for_commandline_arg (name);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  bundle = bytes != NULL ? draw_incoming_load (bytes, &error) : NULL;
  if (bundle == NULL)
    return fail (name, error);
  session = draw_session_create (directory, &error);
  if (session == NULL)
    {
      draw_bundle_free (bundle);
      return fail (name, error);
    }
  done = add_drawing (session, bundle, name, &error);
  draw_session_close (session);
  if (!done)
    return fail (name, error);
  g_print ("board %s\n", draw_session_get_path (session));
  return 0;
}
