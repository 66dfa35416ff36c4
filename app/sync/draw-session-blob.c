/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blobs up and down. One upload at a time, each request with a proof of this connection; what fails for the
 * moment waits for a timer or for the next hello. Sealing, hashing and the disk are a thread's. */
#include "draw-session-blob.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "board/board-blob.h"
#include "draw-blob-store.h"
#include "draw-session-private.h"

#define TIMEOUT_S 60
#define AGAIN_S 20
/* What board_blob_seal() adds, and air: no answer is longer. */
#define MAX_SEALED (BOARD_MAX_BLOB + 64)
#define PIECE (64 * 1024)

/* --- Requests ----------------------------------------------------------------------------------- */

SoupSession *
draw_session_ensure_http (DrawSession *self)
{
  if (self->http == NULL)
    self->http = soup_session_new_with_options ("timeout", TIMEOUT_S, NULL);
  return self->http;
}

SoupMessage *
draw_session_new_blob_request (DrawSession *self, const char *method, const char *place, const char *id)
{
  const char *engine_id =
      self->connection != NULL ? draw_connection_get_engine_id (self->connection) : NULL;
  g_autofree char *origin = NULL, *uri = NULL, *proof = NULL;
  SoupMessage *message;

  if (engine_id == NULL)
    return NULL;
  origin = board_link_get_origin (self->link);
  uri = g_strdup_printf ("%s/%s/%s/%s", origin, place, self->board, id);
  proof = board_blob_authorization_build (&self->seed, engine_id, method, self->board, id);
  message = soup_message_new (method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", proof);
  return message;
}

/* --- Up ----------------------------------------------------------------------------------------- */

static void start_upload (DrawSession *self);

static gboolean
on_upload_timer (gpointer data)
{
  DrawSession *self = data;

  self->upload_timer = 0;
  start_upload (self);
  return G_SOURCE_REMOVE;
}

static void
upload_later (DrawSession *self)
{
  if (self->upload_timer == 0 && !self->closed)
    self->upload_timer = g_timeout_add_seconds (AGAIN_S, on_upload_timer, self);
}

typedef struct {
  DrawSession *session;
  SoupMessage *message;
  char *id;
} Upload;

static void
upload_free (Upload *upload)
{
  g_object_unref (upload->session);
  g_object_unref (upload->message);
  g_free (upload->id);
  g_free (upload);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Upload, upload_free)

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Upload) upload = data;
  DrawSession *self = upload->session;
  g_autoptr (GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  guint status = stream != NULL ? soup_message_get_status (upload->message) : 0;

  self->uploading = FALSE;
  if (self->closed)
    return;
  if (SOUP_STATUS_IS_SUCCESSFUL (status) || status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
    {
      /* What is too large for this server stays here and is asked of nobody again. */
      draw_blob_store_set_uploaded (self->blobs, upload->id);
      if (status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
        draw_session_take_trouble (self,
                                   g_error_new_literal (DRAW_ERROR, DRAW_ERROR_TOO_LARGE,
                                                        _("A picture is too large for the server: "
                                                          "others cannot see it.")));
      start_upload (self);
      return;
    }
  if (status == SOUP_STATUS_INSUFFICIENT_STORAGE)
    draw_session_take_trouble (self, g_error_new_literal (DRAW_ERROR, DRAW_ERROR_REFUSED,
                                                          _("The server has no room for more pictures "
                                                            "on this board.")));
  upload_later (self);
}

static void
start_upload (DrawSession *self)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GBytes) sealed = NULL;
  SoupMessage *message;
  const char *id;
  Upload *upload;

  if (self->uploading || self->closed || self->state != DRAW_SHARE_ONLINE ||
      self->role == BOARD_ROLE_VIEWER)
    return;
  waiting = draw_blob_store_list_waiting (self->blobs);
  if (waiting->len == 0)
    return;
  id = g_ptr_array_index (waiting, 0);
  sealed = draw_blob_store_read (self->blobs, id);
  if (sealed == NULL)
    {
      upload_later (self); /* a damaged one is gone by then */
      return;
    }
  message = draw_session_new_blob_request (self, "PUT", DRAW_PICTURES, id);
  if (message == NULL)
    return;
  soup_message_set_request_body_from_bytes (message, "application/octet-stream", sealed);
  upload = g_new0 (Upload, 1);
  upload->session = g_object_ref (self);
  upload->id = g_strdup (id);
  upload->message = message;
  self->uploading = TRUE;
  soup_session_send_async (draw_session_ensure_http (self), upload->message, G_PRIORITY_LOW, self->transfers,
                           on_uploaded, upload);
}

void
draw_session_upload_blobs (DrawSession *self)
{
  start_upload (self);
}

void
draw_session_stop_blobs (DrawSession *self)
{
  g_clear_handle_id (&self->upload_timer, g_source_remove);
  g_cancellable_cancel (self->transfers);
}

/* For a thread, which touches nothing of the session but its keys, its id and the folder: constants. */
typedef struct {
  GBytes *bytes;
  const char *place; /* a constant */
  char *id;
} Work;

static void
work_free (Work *work)
{
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work->id);
  g_free (work);
}

static Work *
work_new (GBytes *bytes, const char *place, const char *id)
{
  Work *work = g_new0 (Work, 1);

  work->place = place;
  work->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  work->id = g_strdup (id);
  return work;
}

static void
put_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  DrawSession *self = source;
  g_autoptr (GBytes) sealed = board_blob_seal (&self->key, self->board, work->bytes);
  g_autofree char *id = sealed != NULL ? board_blob_make_id (sealed) : NULL;
  g_autoptr (GError) error = NULL;

  if (sealed == NULL)
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_TOO_LARGE, "%s",
                             _("This picture is too large for a board."));
  else if (!draw_blob_store_add (self->blobs, id, sealed, &error))
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_DISK, _("The picture cannot be saved: %s"),
                             error->message);
  else
    g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

void
draw_session_put_blob_async (DrawSession *self, GBytes *bytes, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRAW_IS_SESSION (self) && bytes != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_put_blob_async);
  if (draw_session_is_read_only (self))
    {
      g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_READ_ONLY, "%s",
                               _("This board cannot be changed right now."));
      return;
    }
  g_task_set_task_data (task, work_new (bytes, NULL, NULL), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, put_in_thread);
}

char *
draw_session_put_blob_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  char *id;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  id = g_task_propagate_pointer (G_TASK (result), error);
  if (id != NULL)
    start_upload (self);
  return id;
}

guint
draw_session_get_n_blobs_waiting (DrawSession *self)
{
  g_autoptr (GPtrArray) waiting = NULL;

  g_return_val_if_fail (DRAW_IS_SESSION (self), 0);

  waiting = draw_blob_store_list_waiting (self->blobs);
  return waiting->len;
}

/* --- Down --------------------------------------------------------------------------------------- */

/* A blob on its way from the server. */
typedef struct {
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *sealed;
  char *id;
} Download;

static void
download_free (Download *download)
{
  g_clear_object (&download->message);
  g_clear_object (&download->stream);
  g_byte_array_unref (download->sealed);
  g_free (download->id);
  g_free (download);
}

static void
return_not_there (GTask *task)
{
  g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_SERVER, "%s",
                           _("The picture is not here, and cannot be fetched now."));
}

static void
return_opened (GTask *task, DrawSession *self, GBytes *sealed)
{
  GBytes *bytes = board_blob_open (&self->key, self->board, sealed, NULL);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_DAMAGED, "%s",
                             _("The picture is not one of this board."));
}

/* It came whole: is it what it should be? */
static void
take_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DrawSession *self = source;
  Download *download = data;
  g_autoptr (GBytes) sealed = g_byte_array_free_to_bytes (g_steal_pointer (&download->sealed));
  g_autofree char *actual = board_blob_make_id (sealed);

  download->sealed = g_byte_array_new ();
  if (!g_str_equal (actual, download->id))
    {
      return_not_there (task);
      return;
    }
  draw_blob_store_add_copy (self->blobs, download->id, sealed);
  return_opened (task, self, sealed);
}

/* What the server says of its length is a word of a stranger, for a bar alone. */
static void
note_progress (DrawSession *self, Download *download)
{
  goffset length = soup_message_headers_get_content_length (
      soup_message_get_response_headers (download->message));

  draw_session_note_download (self, download->id, download->sealed->len,
                              length > 0 && length <= MAX_SEALED ? (gsize) length : 0);
}

static void
on_piece (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Download *download = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (piece == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_bytes_get_size (piece) == 0)
    {
      g_task_run_in_thread (task, take_in_thread);
      return;
    }
  if (download->sealed->len + g_bytes_get_size (piece) > MAX_SEALED)
    {
      return_not_there (task);
      return;
    }
  g_byte_array_append (download->sealed, g_bytes_get_data (piece, NULL),
                       (guint) g_bytes_get_size (piece));
  note_progress (g_task_get_source_object (task), download);
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), PIECE, G_PRIORITY_LOW,
                                   g_task_get_cancellable (task), on_piece, g_object_ref (task));
}

static void
on_download (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Download *download = g_task_get_task_data (task);

  download->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  if (download->stream == NULL ||
      !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (download->message)))
    {
      return_not_there (task);
      return;
    }
  g_input_stream_read_bytes_async (download->stream, PIECE, G_PRIORITY_LOW,
                                   g_task_get_cancellable (task), on_piece, g_object_ref (task));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  DrawSession *self = source;
  g_autoptr (GBytes) sealed = draw_blob_store_read (self->blobs, work->id);

  if (sealed != NULL)
    return_opened (task, self, sealed);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/* Takes the task. */
static void
download (DrawSession *self, GTask *task, const Work *work)
{
  Download *fetch;

  fetch = g_new0 (Download, 1);
  fetch->sealed = g_byte_array_new ();
  fetch->id = g_strdup (work->id);
  fetch->message =
      self->closed ? NULL : draw_session_new_blob_request (self, "GET", work->place, work->id);
  g_task_set_task_data (task, fetch, (GDestroyNotify) download_free);
  if (fetch->message != NULL)
    {
      soup_session_send_async (draw_session_ensure_http (self), fetch->message, G_PRIORITY_LOW,
                               g_task_get_cancellable (task), on_download, task);
      return;
    }
  return_not_there (task);
  g_object_unref (task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    download (DRAW_SESSION (source), g_object_ref (task), g_task_get_task_data (task));
}

void
draw_session_get_blob_from_async (DrawSession *self, const char *place, const char *id,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) reading = NULL;
  GTask *task;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, draw_session_get_blob_async);
  if (!board_blob_id_is_valid (id))
    {
      g_task_return_new_error (task, DRAW_ERROR, DRAW_ERROR_DAMAGED, "%s",
                               _("The picture is not one of this board."));
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, work_new (NULL, place, id), (GDestroyNotify) work_free);
  reading = g_task_new (self, cancellable, on_read, task);
  g_task_set_task_data (reading, work_new (NULL, place, id), (GDestroyNotify) work_free);
  g_task_run_in_thread (reading, read_in_thread);
}

void
draw_session_get_blob_async (DrawSession *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DRAW_IS_SESSION (self) && id != NULL);

  draw_session_get_blob_from_async (self, DRAW_PICTURES, id, cancellable, callback, user_data);
}

GBytes *
draw_session_get_blob_finish (DrawSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
