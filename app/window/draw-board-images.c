/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-images.h"

#include "sync/draw-error.h"
#include "sync/draw-session-blob.h"

struct _DrawBoardImages
{
  GObject parent_instance;

  /* owned */
  DrawSession *session;
  DrawImages *images;
  GCancellable *cancellable; /* of everything under way */
  GHashTable *missing;       /* (element-type utf8): worth another try */
  guint retry_id;            /* source of the next one */
  guint retry_s;             /* after so many seconds */
};

G_DEFINE_FINAL_TYPE (DrawBoardImages, draw_board_images, G_TYPE_OBJECT)

typedef struct
{
  DrawBoardImages *self; /* owned */
  char *id;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->self);
  g_free (fetch->id);
  g_free (fetch);
}

/* A picture is uploaded while its place on the board is known already, so it comes a little later, or, when its author went
 * away meanwhile, much later. */
#define RETRY_MIN_S 1
#define RETRY_MAX_S 60

static void
retry (DrawBoardImages *self)
{
  g_autoptr (GHashTable) missing = g_steal_pointer (&self->missing);
  GHashTableIter iter;
  gpointer id;

  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, missing);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    draw_images_retry (self->images, id);
}

static gboolean
on_retry (gpointer user_data)
{
  DrawBoardImages *self = user_data;

  self->retry_id = 0;
  retry (self);
  return G_SOURCE_REMOVE;
}

static void
note_missing (DrawBoardImages *self, const char *id)
{
  g_hash_table_add (self->missing, g_strdup (id));
  if (self->retry_id > 0 || draw_session_get_share_state (self->session) != DRAW_SHARE_ONLINE)
    return;
  self->retry_id = g_timeout_add_seconds (self->retry_s, on_retry, self);
  self->retry_s = MIN (self->retry_s * 2, RETRY_MAX_S);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  DrawBoardImages *self = fetch->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = draw_session_get_blob_finish (DRAW_SESSION (source), result, &error);

  if (bytes != NULL)
    {
      self->retry_s = RETRY_MIN_S;
      draw_images_put (self->images, fetch->id, bytes);
    }
  else
    {
      if (g_error_matches (error, DRAW_ERROR, DRAW_ERROR_SERVER))
        note_missing (self, fetch->id);
      draw_images_fail (self->images, fetch->id);
    }
  fetch_free (fetch);
}

static void
on_wanted (DrawImages *images, const char *file_id, DrawBoardImages *self)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->self = g_object_ref (self);
  fetch->id = g_strdup (file_id);
  draw_session_get_blob_async (self->session, file_id, self->cancellable, on_fetched, fetch);
}

/* A server, or the author's computer, may be there now. */
static void
on_share_state (DrawBoardImages *self)
{
  if (draw_session_get_share_state (self->session) != DRAW_SHARE_ONLINE)
    return;
  self->retry_s = RETRY_MIN_S;
  retry (self);
}

static void
draw_board_images_dispose (GObject *object)
{
  DrawBoardImages *self = DRAW_BOARD_IMAGES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  G_OBJECT_CLASS (draw_board_images_parent_class)->dispose (object);
}

static void
draw_board_images_finalize (GObject *object)
{
  DrawBoardImages *self = DRAW_BOARD_IMAGES (object);

  g_clear_object (&self->session);
  g_clear_object (&self->images);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->missing, g_hash_table_unref);
  G_OBJECT_CLASS (draw_board_images_parent_class)->finalize (object);
}

static void
draw_board_images_class_init (DrawBoardImagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_board_images_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_board_images_finalize;
}

static void
draw_board_images_init (DrawBoardImages *self)
{
  self->images = draw_images_new ();
  self->retry_s = RETRY_MIN_S;
  self->cancellable = g_cancellable_new ();
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

DrawBoardImages *
draw_board_images_new (DrawSession *session)
{
  DrawBoardImages *self;

  g_return_val_if_fail (DRAW_IS_SESSION (session), NULL);

  self = g_object_new (DRAW_TYPE_BOARD_IMAGES, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (self->images, "wanted", G_CALLBACK (on_wanted), self, 0);
  g_signal_connect_object (session, "notify::share-state", G_CALLBACK (on_share_state), self,
                           G_CONNECT_SWAPPED);
  return self;
}

DrawImages *
draw_board_images_get_images (DrawBoardImages *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_IMAGES (self), NULL);

  return self->images;
}
