/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/bridge-blob-http.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "http/bridge-answer.h"
#include "log/bridge-log.h"

/* Bytes that wait in memory for the disk, or for the socket, of one request. */
#define PIECE (256 * 1024)

struct _BridgeBlobHttp {
  BridgeBlobs *blobs; /* owned */
  BridgeLimits limits;
  BridgePresenceFunc presence;
  gpointer user_data;
};

/* A blob on its way in. Held by the message and by the piece that is being written. */
typedef struct {
  BridgeUpload *upload; /* owned; NULL: ended */
  GByteArray *pending;  /* owned: not written yet */
  GError *error;        /* owned: of the disk; the rest of the body is not looked at */
} Reception;

/* A blob on its way out. Held by the message and by the piece that is being read. */
typedef struct {
  int fd; /* owned */
  int64_t size, at;
} Sending;

static G_DEFINE_QUARK (bridge-reception, reception)
static G_DEFINE_QUARK (bridge-sending, sending)

static void
reception_clear (gpointer data)
{
  Reception *reception = data;

  g_clear_pointer (&reception->upload, bridge_upload_end);
  g_byte_array_unref (reception->pending);
  g_clear_error (&reception->error);
}

static void
reception_unref (gpointer data)
{
  g_rc_box_release_full (data, reception_clear);
}

static void
sending_clear (gpointer data)
{
  g_close (((Sending *) data)->fd, NULL);
}

static void
sending_unref (gpointer data)
{
  g_rc_box_release_full (data, sending_clear);
}

/* --- Who asks --- */

static gboolean
split_rest (const char *rest, char **board, const char **hash)
{
  const char *slash = strchr (rest, '/');

  if (slash == NULL || !board_blob_id_is_valid (slash + 1))
    return FALSE;
  *board = g_strndup (rest, (gsize) (slash - rest));
  *hash = slash + 1;
  return board_id_is_valid (*board);
}

/* FALSE: nobody who is here. HEAD is proved as GET. */
static gboolean
identify (BridgeBlobHttp *self,
          SoupServerMessage *message,
          const char *board,
          const char *hash,
          BoardRole *role)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  const char *method = soup_server_message_get_method (message) == SOUP_METHOD_PUT ? "PUT" : "GET";
  g_autofree char *proof = NULL;
  g_autofree char *member = NULL;
  const char *engine_id = NULL;
  BoardKey key;

  if (header == NULL || !board_blob_authorization_parse (header, &key, &proof))
    return FALSE;
  member = board_key_to_text (&key);
  return self->presence (board, member, &engine_id, role, self->user_data)
         && board_blob_proof_verify (&key, proof, engine_id, method, board, hash);
}

/* The answer is given when FALSE. */
static gboolean
admit (BridgeBlobHttp *self,
       SoupServerMessage *message,
       const char *rest,
       char **board,
       const char **hash)
{
  gboolean put = soup_server_message_get_method (message) == SOUP_METHOD_PUT;
  BoardRole role = BOARD_ROLE_VIEWER;

  if (!split_rest (rest, board, hash))
    bridge_answer_status (message, SOUP_STATUS_NOT_FOUND);
  else if (!identify (self, message, *board, *hash, &role))
    bridge_answer_refusal (message, SOUP_STATUS_UNAUTHORIZED, BOARD_REFUSAL_NOT_INVITED,
                           "This is for members who are connected");
  else if (put && role < BOARD_ROLE_EDITOR)
    bridge_answer_refusal (message, SOUP_STATUS_FORBIDDEN, BOARD_REFUSAL_READ_ONLY,
                           "Your role does not allow this");
  else
    return TRUE;
  return FALSE;
}

/* --- In --- */

static void
refuse_upload (SoupServerMessage *message, const GError *error)
{
  if (g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_HASH))
    bridge_answer_refusal (message, SOUP_STATUS_BAD_REQUEST, BOARD_REFUSAL_BAD_REQUEST,
                           error->message);
  else if (g_error_matches (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_FULL))
    bridge_answer_refusal (message, SOUP_STATUS_INSUFFICIENT_STORAGE, BOARD_REFUSAL_FULL,
                           error->message);
  else
    bridge_answer_refusal (message, SOUP_STATUS_SERVICE_UNAVAILABLE, BOARD_REFUSAL_UNAVAILABLE,
                           error->message);
}

/* What a worker does with a reception: writes a piece, and commits after the last. */
typedef struct {
  Reception *reception; /* a reference, dropped in the main thread */
  GBytes *piece;
  gboolean last;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_bytes_unref (writing->piece);
  reception_unref (writing->reception);
  g_free (writing);
}

static void
write_piece (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  BridgeUpload *upload = writing->reception->upload;
  GError *error = NULL;

  if (bridge_upload_write (upload, writing->piece, &error)
      && (!writing->last || bridge_upload_commit (upload, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_piece_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SoupServerMessage *message = SOUP_SERVER_MESSAGE (source);
  Writing *writing = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (writing->reception->error == NULL)
        writing->reception->error = error;
      else
        g_error_free (error);
    }
  if (writing->last)
    {
      /* Before the answer: who is told that it is there shall find it. */
      g_clear_pointer (&writing->reception->upload, bridge_upload_end);
      if (writing->reception->error != NULL)
        refuse_upload (message, writing->reception->error);
      else
        bridge_answer (message, SOUP_STATUS_CREATED, "application/json", "{}", -1);
    }
  soup_server_message_unpause (message);
}

/* The message waits meanwhile: so what is in memory is bounded, and the peer is slowed down. */
static void
start_writing (SoupServerMessage *message, Reception *reception, gboolean last)
{
  g_autoptr (GTask) task = g_task_new (message, NULL, on_piece_written, NULL);
  Writing *writing = g_new0 (Writing, 1);

  writing->reception = g_rc_box_acquire (reception);
  writing->piece = g_byte_array_free_to_bytes (reception->pending);
  writing->last = last;
  reception->pending = g_byte_array_new ();
  g_task_set_task_data (task, writing, writing_free);
  soup_server_message_pause (message);
  g_task_run_in_thread (task, write_piece);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Reception *reception = user_data;

  if (reception->error != NULL)
    return;
  g_byte_array_append (reception->pending, g_bytes_get_data (chunk, NULL),
                       (guint) g_bytes_get_size (chunk));
  if (reception->pending->len >= PIECE)
    start_writing (message, reception, FALSE);
}

static void
begin_upload (BridgeBlobHttp *self, SoupServerMessage *message, const char *board, const char *hash)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  goffset size = soup_message_headers_get_content_length (headers);
  g_autoptr (GError) error = NULL;
  BridgeUpload *upload;
  Reception *reception;

  /* A blob never changes: the same again is there already, whatever room is left. */
  if (bridge_blobs_get_size (self->blobs, board, hash) >= 0)
    {
      bridge_answer (message, SOUP_STATUS_CREATED, "application/json", "{}", -1);
      return;
    }
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    {
      bridge_answer_status (message, SOUP_STATUS_LENGTH_REQUIRED);
      return;
    }
  if (size > self->limits.blob_bytes)
    {
      bridge_answer_refusal (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, BOARD_REFUSAL_TOO_LARGE,
                             "This is larger than a blob may be");
      return;
    }
  upload = bridge_upload_begin (self->blobs, board, hash, size, &error);
  if (upload == NULL)
    {
      refuse_upload (message, error);
      return;
    }

  reception = g_rc_box_new0 (Reception);
  reception->upload = upload;
  reception->pending = g_byte_array_new ();
  g_object_set_qdata_full (G_OBJECT (message), reception_quark (), reception, reception_unref);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), reception);
}

void
bridge_blob_http_begin (BridgeBlobHttp *self, SoupServerMessage *message, const char *rest)
{
  g_autofree char *board = NULL;
  const char *hash = NULL;

  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message) && rest != NULL);

  if (soup_server_message_get_method (message) == SOUP_METHOD_PUT
      && admit (self, message, rest, &board, &hash))
    begin_upload (self, message, board, hash);
}

static void
end_upload (SoupServerMessage *message)
{
  Reception *reception = g_object_get_qdata (G_OBJECT (message), reception_quark ());

  /* Answered with a status already, or begun. */
  if (reception == NULL)
    return;
  if (reception->error != NULL)
    refuse_upload (message, reception->error);
  else
    start_writing (message, reception, TRUE);
}

/* --- Out --- */

static void
sending_unref_task (gpointer data)
{
  sending_unref (data);
}

static void
read_piece (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sending *sending = data;
  gsize size = (gsize) MIN (sending->size - sending->at, PIECE);
  g_autofree guint8 *bytes = g_malloc (size);
  gsize got = 0;

  while (got < size)
    {
      ssize_t n = pread (sending->fd, bytes + got, size - got, sending->at + (int64_t) got);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                                   n < 0 ? g_strerror (errno) : "the file is too short");
          return;
        }
      got += (gsize) n;
    }
  g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&bytes), size),
                         (GDestroyNotify) g_bytes_unref);
}

static void
on_piece_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SoupServerMessage *message = SOUP_SERVER_MESSAGE (source);
  Sending *sending = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_task_propagate_pointer (G_TASK (result), &error);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (piece == NULL)
    {
      /* The head is out: only an early end tells the peer. */
      bridge_log (G_LOG_LEVEL_WARNING, "blob-failed", "reason", error->message, NULL);
      soup_message_body_complete (body);
    }
  else
    {
      sending->at += (int64_t) g_bytes_get_size (piece);
      soup_message_body_append_bytes (body, piece);
      if (sending->at == sending->size)
        soup_message_body_complete (body);
    }
  soup_server_message_unpause (message);
}

static void
start_reading (SoupServerMessage *message, Sending *sending)
{
  g_autoptr (GTask) task = g_task_new (message, NULL, on_piece_read, NULL);

  g_task_set_task_data (task, g_rc_box_acquire (sending), sending_unref_task);
  soup_server_message_pause (message);
  g_task_run_in_thread (task, read_piece);
}

static void
on_wrote_chunk (SoupServerMessage *message, gpointer user_data)
{
  Sending *sending = user_data;

  if (sending->at < sending->size)
    start_reading (message, sending);
}

static void
send_blob (BridgeBlobHttp *self, SoupServerMessage *message, const char *board, const char *hash)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  int64_t size = 0;
  int fd = bridge_blobs_open (self->blobs, board, hash, &size);
  Sending *sending;

  if (fd < 0)
    {
      bridge_answer_status (message, SOUP_STATUS_NOT_FOUND);
      return;
    }
  sending = g_rc_box_new0 (Sending);
  sending->fd = fd;
  sending->size = size;
  g_object_set_qdata_full (G_OBJECT (message), sending_quark (), sending, sending_unref);
  bridge_answer_headers (message, SOUP_STATUS_OK);
  soup_message_headers_replace (headers, "Content-Type", "application/octet-stream");
  soup_message_headers_set_content_length (headers, size);
  if (soup_server_message_get_method (message) == SOUP_METHOD_HEAD)
    return;

  soup_message_body_set_accumulate (body, FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), sending);
  if (size > 0)
    start_reading (message, sending);
  else
    soup_message_body_complete (body);
}

void
bridge_blob_http_handle (BridgeBlobHttp *self, SoupServerMessage *message, const char *rest)
{
  g_autofree char *board = NULL;
  const char *hash = NULL;

  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message) && rest != NULL);

  if (soup_server_message_get_method (message) == SOUP_METHOD_PUT)
    end_upload (message);
  else if (admit (self, message, rest, &board, &hash))
    send_blob (self, message, board, hash);
}

BridgeBlobHttp *
bridge_blob_http_new (BridgeBlobs *blobs,
                      const BridgeLimits *limits,
                      BridgePresenceFunc presence,
                      gpointer user_data)
{
  BridgeBlobHttp *self;

  g_return_val_if_fail (blobs != NULL && limits != NULL && presence != NULL, NULL);

  self = g_new0 (BridgeBlobHttp, 1);
  self->blobs = bridge_blobs_ref (blobs);
  self->limits = *limits;
  self->presence = presence;
  self->user_data = user_data;
  return self;
}

void
bridge_blob_http_free (BridgeBlobHttp *self)
{
  if (self == NULL)
    return;
  bridge_blobs_unref (self->blobs);
  g_free (self);
}

void
bridge_blob_http_set_limits (BridgeBlobHttp *self, const BridgeLimits *limits)
{
  g_return_if_fail (self != NULL && limits != NULL);

  self->limits = *limits;
}
