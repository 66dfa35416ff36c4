/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-images.h"

#include <string.h>

#include "canvas/draw-image-decoder.h"

/* Pictures that are remembered, whatever is known of them. */
#define ENTRIES_MAX 4096
/* Processes that decode at the same time. */
#define DECODERS_MAX 2
/* A picture, its half, its quarter...: 8,192 pixels become 64. */
#define LEVELS_MAX 8
#define LEVEL_SIDE_MIN 64

/* MISSING -> WANTED   somebody asked for it
 * WANTED -> DECODING  its bytes have come
 * DECODING -> READY   decoded
 * any -> FAILED       nobody has it, or it cannot be decoded
 * FAILED -> MISSING   it may be had now
 * An entry that is dropped is MISSING when it is asked for again. */
typedef enum { MISSING, WANTED, DECODING, READY, FAILED } State;

typedef struct {
  char *file_id;
  State state;
  BoardRect where; /* all places that asked for it */
  cairo_surface_t *levels[LEVELS_MAX];
  int natural_width, natural_height;
  gsize cost;
  GList link; /* in used */
} Entry;

struct _DrawImages {
  GObject parent_instance;

  /* owned */
  GMainContext *context;
  GThreadPool *decoders;

  /* owned, guarded by mutex */
  GMutex mutex;
  GHashTable *entries; /* file id (in its Entry) -> Entry */
  GQueue used;         /* Entry by its link, most recent first */
  gsize cost;
};

typedef struct {
  DrawImages *images; /* owned */
  char *file_id;
  GBytes *bytes;    /* NULL: nothing to decode */
  gboolean changed; /* that is told; else that it is wanted */
} Message;

enum { WANTED_SIGNAL, CHANGED_SIGNAL, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawImages, draw_images, G_TYPE_OBJECT)

/* ---- entries: with the mutex held ---- */

static void
clear_levels (DrawImages *self, Entry *entry)
{
  for (guint i = 0; i < LEVELS_MAX; i++)
    g_clear_pointer (&entry->levels[i], cairo_surface_destroy);
  self->cost -= entry->cost;
  entry->cost = 0;
}

static void
drop_entry (DrawImages *self, Entry *entry)
{
  clear_levels (self, entry);
  g_queue_unlink (&self->used, &entry->link);
  g_hash_table_remove (self->entries, entry->file_id);
  g_free (entry->file_id);
  g_free (entry);
}

/* The one just used stays, however large it is. */
static void
evict (DrawImages *self)
{
  while (self->used.length > 1
         && (self->cost > DRAW_IMAGES_MAX_COST || self->used.length > ENTRIES_MAX))
    drop_entry (self, self->used.tail->data);
}

static Entry *
use_entry (DrawImages *self, const char *file_id)
{
  Entry *entry = g_hash_table_lookup (self->entries, file_id);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->file_id = g_strdup (file_id);
      entry->link.data = entry;
      g_hash_table_insert (self->entries, entry->file_id, entry);
    }
  else
    g_queue_unlink (&self->used, &entry->link);
  g_queue_push_head_link (&self->used, &entry->link);
  evict (self);
  return entry;
}

/* ---- telling ---- */

static void
message_free (gpointer data)
{
  Message *message = data;

  g_object_unref (message->images);
  g_free (message->file_id);
  g_clear_pointer (&message->bytes, g_bytes_unref);
  g_free (message);
}

static void
emit_changed (DrawImages *self, const char *file_id)
{
  BoardRect where = { 0 };
  Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, file_id);
  if (entry != NULL)
    where = entry->where;
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, signals[CHANGED_SIGNAL], 0, file_id, &where);
}

static gboolean
on_message (gpointer data)
{
  Message *message = data;

  if (message->changed)
    emit_changed (message->images, message->file_id);
  else
    g_signal_emit (message->images, signals[WANTED_SIGNAL], 0, message->file_id);
  return G_SOURCE_REMOVE;
}

static Message *
message_new (DrawImages *self, const char *file_id, GBytes *bytes)
{
  Message *message = g_new0 (Message, 1);

  message->images = g_object_ref (self);
  message->file_id = g_strdup (file_id);
  message->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return message;
}

/* Takes the message, so that the last reference is never given back by a worker. */
static void
send (Message *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_message, message, message_free);
  g_source_attach (source, message->images->context);
}

static void
tell (DrawImages *self, const char *file_id, gboolean changed)
{
  Message *message = message_new (self, file_id, NULL);

  message->changed = changed;
  send (message);
}

/* ---- decoding ---- */

/* Half as large each way: the mean of four pixels. */
static cairo_surface_t *
create_half (cairo_surface_t *whole)
{
  const int width = cairo_image_surface_get_width (whole) / 2;
  const int height = cairo_image_surface_get_height (whole) / 2;
  const int stride = cairo_image_surface_get_stride (whole);
  cairo_surface_t *half = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  const guint8 *in = cairo_image_surface_get_data (whole);
  guint8 *out = cairo_image_surface_get_data (half);

  cairo_surface_flush (half);
  for (int y = 0; y < height && out != NULL; y++)
    {
      const guint8 *row = in + (gsize) (2 * y) * (gsize) stride;
      guint8 *target = out + (gsize) y * (gsize) cairo_image_surface_get_stride (half);

      for (int x = 0; x < 4 * width; x++)
        {
          const guint8 *pixel = row + 8 * (x / 4) + x % 4;

          target[x] = (guint8) ((pixel[0] + pixel[4] + pixel[stride] + pixel[stride + 4] + 2) / 4);
        }
    }
  cairo_surface_mark_dirty (half);
  return half;
}

static gsize
create_levels (cairo_surface_t *surface, cairo_surface_t *levels[LEVELS_MAX])
{
  gsize cost = 0;

  levels[0] = surface;
  for (guint i = 0; i < LEVELS_MAX && levels[i] != NULL; i++)
    {
      const int width = cairo_image_surface_get_width (levels[i]);
      const int height = cairo_image_surface_get_height (levels[i]);

      cost += (gsize) 4 * (gsize) width * (gsize) height;
      if (i + 1 < LEVELS_MAX && MIN (width, height) >= 2 * LEVEL_SIDE_MIN)
        levels[i + 1] = create_half (levels[i]);
    }
  return cost;
}

static void
store_levels (DrawImages *self,
              const char *file_id,
              cairo_surface_t *levels[LEVELS_MAX],
              gsize cost,
              int width,
              int height)
{
  Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = use_entry (self, file_id);
  clear_levels (self, entry);
  entry->state = levels[0] != NULL ? READY : FAILED;
  memcpy (entry->levels, levels, sizeof entry->levels);
  entry->natural_width = width;
  entry->natural_height = height;
  entry->cost = cost;
  self->cost += cost;
  evict (self);
  g_mutex_unlock (&self->mutex);
}

static void
run_decoder (gpointer data, gpointer user_data)
{
  Message *message = data;
  cairo_surface_t *levels[LEVELS_MAX] = { NULL };
  g_autoptr (GError) error = NULL;
  int width = 0, height = 0;
  cairo_surface_t *surface = draw_image_decode (message->bytes, &width, &height, &error);
  gsize cost = 0;

  if (surface != NULL)
    cost = create_levels (surface, levels);
  else
    g_info ("A picture is not shown: %s", error->message);
  store_levels (message->images, message->file_id, levels, cost, width, height);
  message->changed = TRUE;
  send (message);
}

/* ---- object ---- */

static void
draw_images_finalize (GObject *object)
{
  DrawImages *self = DRAW_IMAGES (object);

  /* What is being decoded holds a reference until it was told, so nothing is. */
  g_thread_pool_free (self->decoders, FALSE, TRUE);
  while (self->used.length > 0)
    drop_entry (self, self->used.tail->data);
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (draw_images_parent_class)->finalize (object);
}

static void
draw_images_class_init (DrawImagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_images_finalize;
  signals[WANTED_SIGNAL] = g_signal_new ("wanted", DRAW_TYPE_IMAGES, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED_SIGNAL]
      = g_signal_new ("changed", DRAW_TYPE_IMAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
draw_images_init (DrawImages *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->entries = g_hash_table_new (g_str_hash, g_str_equal);
  self->decoders = g_thread_pool_new (run_decoder, NULL, DECODERS_MAX, FALSE, NULL);
}

DrawImages *
draw_images_new (void)
{
  return g_object_new (DRAW_TYPE_IMAGES, NULL);
}

void
draw_images_put (DrawImages *self, const char *file_id, GBytes *bytes)
{
  gboolean known;

  g_return_if_fail (DRAW_IS_IMAGES (self));
  g_return_if_fail (file_id != NULL && bytes != NULL);

  g_mutex_lock (&self->mutex);
  Entry *entry = use_entry (self, file_id);
  known = entry->state == DECODING || entry->state == READY;
  if (!known)
    entry->state = DECODING;
  g_mutex_unlock (&self->mutex);
  if (known)
    return;
  g_thread_pool_push (self->decoders, message_new (self, file_id, bytes), NULL);
}

void
draw_images_fail (DrawImages *self, const char *file_id)
{
  g_return_if_fail (DRAW_IS_IMAGES (self));
  g_return_if_fail (file_id != NULL);

  g_mutex_lock (&self->mutex);
  Entry *entry = use_entry (self, file_id);
  const gboolean news = entry->state == MISSING || entry->state == WANTED;
  if (news)
    entry->state = FAILED;
  g_mutex_unlock (&self->mutex);
  if (news)
    tell (self, file_id, TRUE);
}

void
draw_images_retry (DrawImages *self, const char *file_id)
{
  g_return_if_fail (DRAW_IS_IMAGES (self));
  g_return_if_fail (file_id != NULL);

  g_mutex_lock (&self->mutex);
  Entry *entry = use_entry (self, file_id);
  const gboolean news = entry->state == FAILED;
  if (news)
    entry->state = MISSING;
  g_mutex_unlock (&self->mutex);
  if (news)
    tell (self, file_id, TRUE);
}

DrawImageState
draw_images_get_state (DrawImages *self, const char *file_id)
{
  State state = MISSING;
  Entry *entry;

  g_return_val_if_fail (DRAW_IS_IMAGES (self), DRAW_IMAGE_MISSING);
  g_return_val_if_fail (file_id != NULL, DRAW_IMAGE_MISSING);

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, file_id);
  if (entry != NULL)
    state = entry->state;
  g_mutex_unlock (&self->mutex);
  return state == READY    ? DRAW_IMAGE_READY
         : state == FAILED ? DRAW_IMAGE_FAILED
                           : DRAW_IMAGE_MISSING;
}

/* With the mutex held. Returns: whether somebody must be told that it is wanted. */
static gboolean
ask (Entry *entry, const BoardRect *where)
{
  if (where != NULL)
    board_rect_union (&entry->where, where, &entry->where);
  if (entry->state != MISSING)
    return FALSE;
  entry->state = WANTED;
  return TRUE;
}

gboolean
draw_images_request (DrawImages *self, const char *file_id, const BoardRect *where)
{
  gboolean settled, news;

  g_return_val_if_fail (DRAW_IS_IMAGES (self), TRUE);
  g_return_val_if_fail (file_id != NULL, TRUE);

  g_mutex_lock (&self->mutex);
  Entry *entry = use_entry (self, file_id);
  news = ask (entry, where);
  settled = entry->state == READY || entry->state == FAILED;
  g_mutex_unlock (&self->mutex);
  if (news)
    tell (self, file_id, FALSE);
  return settled;
}

/* Pixels that several threads read, as a surface for one of them: cairo changes counters in a
 * source that no lock guards. */
static cairo_surface_t *
share_surface (cairo_surface_t *surface)
{
  static const cairo_user_data_key_t key;
  cairo_surface_t *own
      = cairo_image_surface_create_for_data (cairo_image_surface_get_data (surface),
                                             CAIRO_FORMAT_ARGB32,
                                             cairo_image_surface_get_width (surface),
                                             cairo_image_surface_get_height (surface),
                                             cairo_image_surface_get_stride (surface));

  cairo_surface_set_user_data (own, &key, cairo_surface_reference (surface),
                               (cairo_destroy_func_t) cairo_surface_destroy);
  return own;
}

/* The smallest level that is not smaller than asked. */
static cairo_surface_t *
choose_level (const Entry *entry, double width, double height)
{
  guint level = 0;

  while (level + 1 < LEVELS_MAX && entry->levels[level + 1] != NULL
         && cairo_image_surface_get_width (entry->levels[level + 1]) >= width
         && cairo_image_surface_get_height (entry->levels[level + 1]) >= height)
    level++;
  return share_surface (entry->levels[level]);
}

cairo_surface_t *
draw_images_lookup (DrawImages *self,
                    const char *file_id,
                    double width,
                    double height,
                    const BoardRect *where,
                    int *natural_width,
                    int *natural_height)
{
  cairo_surface_t *surface = NULL;
  gboolean news;

  g_return_val_if_fail (DRAW_IS_IMAGES (self), NULL);
  g_return_val_if_fail (file_id != NULL, NULL);
  g_return_val_if_fail (natural_width != NULL && natural_height != NULL, NULL);

  g_mutex_lock (&self->mutex);
  Entry *entry = use_entry (self, file_id);
  news = ask (entry, where);
  if (entry->state == READY)
    {
      surface = choose_level (entry, width, height);
      *natural_width = entry->natural_width;
      *natural_height = entry->natural_height;
    }
  g_mutex_unlock (&self->mutex);
  if (news)
    tell (self, file_id, FALSE);
  return surface;
}
