/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-shelf.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "files/draw-stencil-file.h"

#define SUFFIX ".excalidrawlib"
/* Of one file in the directory: a stencil with its pictures in base64. */
#define FILE_MAX (2 * DRAW_STENCIL_MAX_BYTES)

struct _DrawShelf {
  GObject parent_instance;

  /* owned */
  char *directory;
  GListStore *stencils;
  GHashTable *ids;          /* (element-type utf8), of the stencils */
  GThreadPool *writer;      /* one thread: what is written and removed stays in order */
  GCancellable *reading;    /* NULL: not asked for yet */
  gsize n_bytes;
  gboolean loaded;
};

enum
{
  PROP_LOADED = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static guint trouble_signal;

static void draw_shelf_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawShelf, draw_shelf, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      draw_shelf_list_model_init))

/* --- writing, in its thread --- */

typedef struct {
  GWeakRef shelf;       /* who is told when it fails */
  char *path;           /* owned */
  DrawStencil *stencil; /* owned; NULL: the file goes */
  GError *error;
} Job;

static void
job_free (Job *job)
{
  g_weak_ref_clear (&job->shelf);
  g_clear_object (&job->stencil);
  g_clear_error (&job->error);
  g_free (job->path);
  g_free (job);
}

static gboolean
on_failed (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (DrawShelf) self = g_weak_ref_get (&job->shelf);

  if (self != NULL)
    g_signal_emit (self, trouble_signal, 0, job->error);
  return G_SOURCE_REMOVE;
}

static void
write_stencil (Job *job)
{
  g_autofree char *directory = g_path_get_dirname (job->path);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  g_ptr_array_add (one, job->stencil);
  bytes = draw_stencil_file_print (one);
  text = g_bytes_get_data (bytes, &length);
  g_mkdir_with_parents (directory, 0700);
  g_file_set_contents_full (job->path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            &job->error);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;

  if (job->stencil != NULL)
    write_stencil (job);
  else if (g_unlink (job->path) != 0 && errno != ENOENT)
    g_set_error_literal (&job->error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                         g_strerror (errno));
  if (job->error != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_failed, job, (GDestroyNotify) job_free);
  else
    job_free (job);
}

/* Ids are the words of strangers: names of files are made of them. */
static char *
make_name (const char *id)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA1, id, -1);

  return g_strconcat (checksum, SUFFIX, NULL);
}

static void
write_later (DrawShelf *self, const char *id, DrawStencil *stencil)
{
  Job *job = g_new0 (Job, 1);
  g_autofree char *name = make_name (id);

  g_weak_ref_init (&job->shelf, self);
  job->path = g_build_filename (self->directory, name, NULL);
  g_set_object (&job->stencil, stencil);
  if (self->writer == NULL)
    self->writer = g_thread_pool_new (run_job, NULL, 1, FALSE, NULL);
  g_thread_pool_push (self->writer, job, NULL);
}

/* --- reading, in a thread --- */

/* What has another name than we would give it was not put there by us: it could not be removed. */
static gboolean
is_ours (const char *path, DrawStencil *stencil)
{
  g_autofree char *name = make_name (draw_stencil_get_id (stencil));

  return g_str_has_suffix (path, name);
}

static void
read_file (const char *path, GPtrArray *stencils)
{
  g_autoptr (GPtrArray) read = NULL;
  g_autofree char *text = NULL;
  gsize length;
  GStatBuf info;
  guint n_skipped;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > FILE_MAX
      || !g_file_get_contents (path, &text, &length, NULL))
    return;
  read = draw_stencil_file_parse (text, length, &n_skipped, NULL);
  for (guint i = 0; read != NULL && i < read->len; i++)
    if (is_ours (path, read->pdata[i]))
      g_ptr_array_add (stencils, g_object_ref (read->pdata[i]));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *stencils = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL
         && stencils->len < DRAW_SHELF_MAX_STENCILS && !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *path = g_build_filename (data, name, NULL);

      if (g_str_has_suffix (name, SUFFIX))
        read_file (path, stencils);
    }
  g_task_return_pointer (task, stencils, (GDestroyNotify) g_ptr_array_unref);
}

/* What was added last comes first; ties by id, that it is the same every time. */
static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  DrawStencilFacts left, right;

  draw_stencil_get_facts ((DrawStencil *) a, &left);
  draw_stencil_get_facts ((DrawStencil *) b, &right);
  if (left.order != right.order)
    return left.order > right.order ? -1 : 1;
  return g_strcmp0 (left.id, right.id);
}

static gboolean
has_room (DrawShelf *self, DrawStencil *stencil)
{
  return g_hash_table_size (self->ids) < DRAW_SHELF_MAX_STENCILS
         && self->n_bytes + draw_stencil_get_size (stencil) <= DRAW_SHELF_MAX_BYTES;
}

/* FALSE when it is there already, or has no room. */
static gboolean
take (DrawShelf *self, DrawStencil *stencil)
{
  const char *id = draw_stencil_get_id (stencil);

  if (g_hash_table_contains (self->ids, id) || !has_room (self, stencil))
    return FALSE;
  g_hash_table_add (self->ids, g_strdup (id));
  self->n_bytes += draw_stencil_get_size (stencil);
  g_list_store_insert_sorted (self->stencils, stencil, compare, NULL);
  return TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawShelf) self = user_data;
  g_autoptr (GPtrArray) stencils = g_task_propagate_pointer (G_TASK (result), NULL);

  for (guint i = 0; stencils != NULL && i < stencils->len; i++)
    take (self, stencils->pdata[i]);
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
}

/* --- the list --- */

static GType
draw_shelf_get_item_type (GListModel *model)
{
  return DRAW_TYPE_STENCIL;
}

static guint
draw_shelf_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DRAW_SHELF (model)->stencils));
}

static gpointer
draw_shelf_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (DRAW_SHELF (model)->stencils), position);
}

static void
draw_shelf_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = draw_shelf_get_item_type;
  iface->get_n_items = draw_shelf_get_n_items;
  iface->get_item = draw_shelf_get_item;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, DrawShelf *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* --- the object --- */

static void
draw_shelf_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_LOADED)
    g_value_set_boolean (value, DRAW_SHELF (object)->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
draw_shelf_finalize (GObject *object)
{
  DrawShelf *self = DRAW_SHELF (object);

  draw_shelf_flush (self);
  g_clear_object (&self->reading);
  g_object_unref (self->stencils);
  g_hash_table_unref (self->ids);
  g_free (self->directory);
  G_OBJECT_CLASS (draw_shelf_parent_class)->finalize (object);
}

static void
draw_shelf_class_init (DrawShelfClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = draw_shelf_get_property;
  object_class->finalize = draw_shelf_finalize;
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  trouble_signal = g_signal_new ("trouble", DRAW_TYPE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
draw_shelf_init (DrawShelf *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stencils = g_list_store_new (DRAW_TYPE_STENCIL);
  g_signal_connect (self->stencils, "items-changed", G_CALLBACK (on_items_changed), self);
}

char *
draw_shelf_get_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "drawbridge", "library", NULL);
}

DrawShelf *
draw_shelf_new (const char *directory)
{
  DrawShelf *self;

  g_return_val_if_fail (directory != NULL, NULL);

  self = g_object_new (DRAW_TYPE_SHELF, NULL);
  self->directory = g_strdup (directory);
  return self;
}

void
draw_shelf_load (DrawShelf *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DRAW_IS_SHELF (self));

  if (self->reading != NULL)
    return;
  self->reading = g_cancellable_new ();
  /* Not as its source: the last to hold it must be this thread. */
  task = g_task_new (NULL, self->reading, on_read, g_object_ref (self));
  g_task_set_source_tag (task, draw_shelf_load);
  g_task_set_task_data (task, g_strdup (self->directory), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

gboolean
draw_shelf_is_loaded (DrawShelf *self)
{
  g_return_val_if_fail (DRAW_IS_SHELF (self), FALSE);

  return self->loaded;
}

guint
draw_shelf_add (DrawShelf *self, GPtrArray *stencils)
{
  const int64_t now = g_get_real_time ();
  guint n_added = 0;

  g_return_val_if_fail (DRAW_IS_SHELF (self) && stencils != NULL, 0);

  for (guint i = 0; i < stencils->len; i++)
    {
      const char *name = draw_stencil_get_name (stencils->pdata[i]);
      g_autoptr (DrawStencil) placed
          = draw_stencil_with (stencils->pdata[i], name, now + stencils->len - i);

      if (!take (self, placed))
        continue;
      write_later (self, draw_stencil_get_id (placed), placed);
      n_added++;
    }
  return n_added;
}

void
draw_shelf_put_back (DrawShelf *self, DrawStencil *stencil)
{
  g_return_if_fail (DRAW_IS_SHELF (self) && DRAW_IS_STENCIL (stencil));

  if (take (self, stencil))
    write_later (self, draw_stencil_get_id (stencil), stencil);
}

/* FALSE when it is not here. */
static gboolean
drop (DrawShelf *self, DrawStencil *stencil)
{
  guint position;

  if (!g_list_store_find (self->stencils, stencil, &position))
    return FALSE;
  g_hash_table_remove (self->ids, draw_stencil_get_id (stencil));
  self->n_bytes -= draw_stencil_get_size (stencil);
  g_list_store_remove (self->stencils, position);
  return TRUE;
}

void
draw_shelf_remove (DrawShelf *self, DrawStencil *stencil)
{
  g_autoptr (DrawStencil) held = NULL;

  g_return_if_fail (DRAW_IS_SHELF (self) && DRAW_IS_STENCIL (stencil));

  held = g_object_ref (stencil);
  if (drop (self, held))
    write_later (self, draw_stencil_get_id (held), NULL);
}

void
draw_shelf_rename (DrawShelf *self, DrawStencil *stencil, const char *name)
{
  g_autoptr (DrawStencil) renamed = NULL;
  DrawStencilFacts facts;

  g_return_if_fail (DRAW_IS_SHELF (self) && DRAW_IS_STENCIL (stencil));

  draw_stencil_get_facts (stencil, &facts);
  renamed = draw_stencil_with (stencil, name, facts.order);
  if (renamed == NULL || !drop (self, stencil))
    return;
  draw_shelf_put_back (self, renamed);
}

gboolean
draw_shelf_contains (DrawShelf *self, DrawStencil *stencil)
{
  g_return_val_if_fail (DRAW_IS_SHELF (self) && DRAW_IS_STENCIL (stencil), FALSE);

  return g_hash_table_contains (self->ids, draw_stencil_get_id (stencil));
}

GPtrArray *
draw_shelf_list (DrawShelf *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (DRAW_IS_SHELF (self), all);

  for (guint i = 0; i < draw_shelf_get_n_items (G_LIST_MODEL (self)); i++)
    g_ptr_array_add (all, draw_shelf_get_item (G_LIST_MODEL (self), i));
  return all;
}

void
draw_shelf_flush (DrawShelf *self)
{
  GThreadPool *writer;

  g_return_if_fail (DRAW_IS_SHELF (self));

  writer = g_steal_pointer (&self->writer);
  if (writer != NULL)
    g_thread_pool_free (writer, FALSE, TRUE);
}
