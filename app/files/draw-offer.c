/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-offer.h"

#include <string.h>

/* A pasted picture is sharp on most screens. */
#define SCALE 2.0

struct _DrawOffer {
  GdkContentProvider parent_instance;

  /* owned */
  DrawExport *export;
  char *elements;
  char *text;
};

G_DEFINE_FINAL_TYPE (DrawOffer, draw_offer, GDK_TYPE_CONTENT_PROVIDER)

static const struct {
  const char *mime;
  DrawExportFormat format;
} pictures[] = {
  { "image/png", DRAW_EXPORT_PNG },
  { "image/svg+xml", DRAW_EXPORT_SVG },
};

static const char *const text_mimes[] = { "text/plain;charset=utf-8", "text/plain" };

static GdkContentFormats *
draw_offer_ref_formats (GdkContentProvider *provider)
{
  DrawOffer *self = DRAW_OFFER (provider);
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  if (self->elements != NULL)
    gdk_content_formats_builder_add_mime_type (builder, DRAW_OFFER_MIME);
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    gdk_content_formats_builder_add_mime_type (builder, pictures[i].mime);
  for (gsize i = 0; self->text != NULL && i < G_N_ELEMENTS (text_mimes); i++)
    gdk_content_formats_builder_add_mime_type (builder, text_mimes[i]);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes the task; the bytes live as long as it does. */
static void
write_bytes (GTask *task, GOutputStream *stream, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  g_object_set_data_full (G_OBJECT (task), "bytes", bytes, (GDestroyNotify) g_bytes_unref);
  g_output_stream_write_all_async (stream, data, length, g_task_get_priority (task),
                                   g_task_get_cancellable (task), on_written, task);
}

static void
on_painted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  DrawOffer *self = g_task_get_source_object (task);
  GError *error = NULL;
  GBytes *bytes = draw_export_run_finish (self->export, result, &error);

  if (bytes != NULL)
    {
      write_bytes (task, g_task_get_task_data (task), bytes);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
paint (DrawOffer *self, const char *mime, GTask *task)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (g_str_equal (pictures[i].mime, mime))
      {
        const DrawExportOptions options = { pictures[i].format, SCALE, TRUE };

        draw_export_run_async (self->export, &options, g_task_get_cancellable (task), on_painted,
                               task);
        return TRUE;
      }
  return FALSE;
}

static void
draw_offer_write_mime_type_async (GdkContentProvider *provider,
                                  const char *mime,
                                  GOutputStream *stream,
                                  int io_priority,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  DrawOffer *self = DRAW_OFFER (provider);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *text = g_str_equal (mime, DRAW_OFFER_MIME) ? self->elements : NULL;

  g_task_set_source_tag (task, draw_offer_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  if (g_str_has_prefix (mime, "text/plain"))
    text = self->text;
  if (text != NULL)
    write_bytes (task, stream, g_bytes_new (text, strlen (text)));
  else if (!paint (self, mime, task))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No %s here", mime);
      g_object_unref (task);
    }
}

static gboolean
draw_offer_write_mime_type_finish (GdkContentProvider *provider,
                                   GAsyncResult *result,
                                   GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
draw_offer_finalize (GObject *object)
{
  DrawOffer *self = DRAW_OFFER (object);

  draw_export_unref (self->export);
  g_free (self->elements);
  g_free (self->text);
  G_OBJECT_CLASS (draw_offer_parent_class)->finalize (object);
}

static void
draw_offer_class_init (DrawOfferClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = draw_offer_finalize;
  provider_class->ref_formats = draw_offer_ref_formats;
  provider_class->write_mime_type_async = draw_offer_write_mime_type_async;
  provider_class->write_mime_type_finish = draw_offer_write_mime_type_finish;
}

static void
draw_offer_init (DrawOffer *self)
{
}

GdkContentProvider *
draw_offer_new (DrawExport *export, char *elements, char *text)
{
  DrawOffer *self;

  g_return_val_if_fail (export != NULL, NULL);

  self = g_object_new (DRAW_TYPE_OFFER, NULL);
  self->export = draw_export_ref (export);
  self->elements = elements;
  self->text = text;
  return GDK_CONTENT_PROVIDER (self);
}
