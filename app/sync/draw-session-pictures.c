/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures that nobody has looked at here. A picture comes when it is to be shown; when the server goes with the rest of
 * them, the board that somebody hosts anew has holes. So who is thorough fetches them as well, one at a time, when
 * nobody waits for anything. Not without end: what others put on a board is not to fill a disk. */
#include "board/board-blob.h"
#include "draw-blob-store.h"
#include "draw-session-blob.h"
#include "draw-session-private.h"

#define BEGIN_MS 3000
#define PAUSE_MS 500
/* Between two looks for new ones. */
#define LOOK_S 120
/* Bytes, in one life of the program. */
#define MAX_FETCHED (DRAW_BLOB_STORE_MAX / 4)

static gboolean on_pictures_timer (gpointer data);

static void
schedule (DrawSession *self, guint ms)
{
  g_clear_handle_id (&self->pictures.timer, g_source_remove);
  self->pictures.timer = g_timeout_add (ms, on_pictures_timer, self);
}

const char *
draw_session_get_picture_of (BoardElement *element)
{
  JsonNode *file = board_element_get_prop (element, "fileId");
  const char *id = file != NULL && json_node_get_value_type (file) == G_TYPE_STRING ? json_node_get_string (file)
                                                                                   : NULL;

  return board_blob_id_is_valid (id) ? id : NULL;
}

/* Those that are shown and not here: a set of ids, owned. */
static GHashTable *
list_missing (DrawSession *self)
{
  GHashTable *missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) elements = board_document_query (draw_session_get_document (self), NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      BoardElement *element = g_ptr_array_index (elements, i);
      const char *id = board_element_get_kind (element) == BOARD_ELEMENT_IMAGE ? draw_session_get_picture_of (element)
                                                                               : NULL;

      if (id != NULL && !draw_blob_store_has (self->blobs, id))
        g_hash_table_add (missing, g_strdup (id));
    }
  return missing;
}

guint
draw_session_count_missing_pictures (DrawSession *self)
{
  g_autoptr (GHashTable) missing = list_missing (self);

  return g_hash_table_size (missing);
}

static void
look (DrawSession *self)
{
  g_autoptr (GHashTable) missing = list_missing (self);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, missing);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_queue_push_tail (&self->pictures.missing, g_strdup (id));
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  DrawSession *self = DRAW_SESSION (source);
  g_autoptr (GBytes) bytes = draw_session_get_blob_finish (self, result, NULL);

  if (self->pictures.cancellable == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->pictures.cancellable)
    return;
  if (bytes != NULL)
    self->pictures.fetched += g_bytes_get_size (bytes);
  schedule (self, PAUSE_MS);
}

static gboolean
on_pictures_timer (gpointer data)
{
  DrawSession *self = data;
  g_autofree char *id = NULL;

  self->pictures.timer = 0;
  if (g_queue_is_empty (&self->pictures.missing))
    look (self);
  id = g_queue_pop_head (&self->pictures.missing);
  if (id == NULL)
    schedule (self, LOOK_S * 1000);
  else if (draw_blob_store_has (self->blobs, id))
    schedule (self, 0);
  else if (self->pictures.fetched < MAX_FETCHED)
    draw_session_get_blob_async (self, id, self->pictures.cancellable, on_fetched, NULL);
  return G_SOURCE_REMOVE;
}

void
draw_session_consider_pictures (DrawSession *self)
{
  if (self->pictures.cancellable != NULL || self->state != DRAW_SHARE_ONLINE || !self->past.thorough ||
      g_network_monitor_get_network_metered (self->network))
    return;
  self->pictures.cancellable = g_cancellable_new ();
  schedule (self, BEGIN_MS);
}

void
draw_session_stop_pictures (DrawSession *self)
{
  g_cancellable_cancel (self->pictures.cancellable);
  g_clear_object (&self->pictures.cancellable);
  g_clear_handle_id (&self->pictures.timer, g_source_remove);
  g_queue_clear_full (&self->pictures.missing, g_free);
}
