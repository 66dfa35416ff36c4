/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "board/board-replica.h"
#include "files/draw-bundle.h"
#include "files/draw-export.h"
#include "files/draw-payload.h"

/* A red square of 100 at the origin, a text, and two frames side by side, the right one first. */
static const char board[]
    = "{\"type\":\"excalidraw\",\"elements\":["
      "{\"id\":\"r\",\"type\":\"rectangle\",\"x\":0,\"y\":0,\"width\":100,\"height\":100,"
      "\"strokeColor\":\"#ff0000\",\"backgroundColor\":\"#ff0000\",\"roughness\":0},"
      "{\"id\":\"t\",\"type\":\"text\",\"x\":0,\"y\":150,\"width\":200,\"height\":25,\"text\":"
      "\"Drawbridge\",\"fontFamily\":2},"
      "{\"id\":\"f2\",\"type\":\"frame\",\"x\":500,\"y\":10,\"width\":200,\"height\":100},"
      "{\"id\":\"f1\",\"type\":\"frame\",\"x\":200,\"y\":0,\"width\":200,\"height\":100},"
      "{\"id\":\"in\",\"type\":\"text\",\"x\":210,\"y\":10,\"width\":100,\"height\":25,\"text\":"
      "\"first\",\"frameId\":\"f1\",\"fontFamily\":2}]}";

typedef struct {
  BoardReplica *replica;
  DrawExport *export;
} Fixture;

static void
fill (BoardReplica *replica, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawBundle) bundle = draw_bundle_parse (text, strlen (text), &error);
  g_autoptr (GPtrArray) ops = NULL;

  g_assert_no_error (error);
  ops = draw_bundle_make_ops (bundle);
  for (guint i = 0; i < ops->len; i++)
    board_replica_submit (replica, ops->pdata[i], &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer ids)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new ();

  fixture->replica = board_replica_new ("ann");
  fill (fixture->replica, board);
  g_ptr_array_add (array, (char *) ids);
  fixture->export = draw_export_new (board_replica_get_document (fixture->replica),
                                     ids != NULL ? array : NULL, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer ids)
{
  draw_export_unref (fixture->export);
  g_object_unref (fixture->replica);
}

static GBytes *
run (Fixture *fixture, DrawExportFormat format, double scale, gboolean background)
{
  const DrawExportOptions options = { format, scale, background };
  g_autoptr (GError) error = NULL;
  GBytes *bytes = draw_export_run (fixture->export, &options, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

/* What a program of others makes of the file; NULL when it is not installed. */
static char *
ask (GBytes *bytes, const char *program, const char *option)
{
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status, fd;

  if (found == NULL)
    {
      g_test_message ("%s is not installed", program);
      return NULL;
    }
  fd = g_file_open_tmp ("drawbridge-test-XXXXXX", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  {
    const char *const argv[] = { program, path, option, NULL };

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status,
                  &error);
  }
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_unlink (path);
  return out;
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

static void
assert_pixel (GdkPixbuf *pixbuf, int x, int y, guint32 rgba)
{
  const guint8 *at = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                     + x * gdk_pixbuf_get_n_channels (pixbuf);
  const guint alpha = gdk_pixbuf_get_n_channels (pixbuf) == 4 ? at[3] : 255;

  g_assert_cmphex ((guint) at[0] << 24 | (guint) at[1] << 16 | (guint) at[2] << 8 | alpha, ==, rgba);
}

static void
test_png (Fixture *fixture, gconstpointer ids)
{
  g_autoptr (GBytes) white = run (fixture, DRAW_EXPORT_PNG, 2, TRUE);
  g_autoptr (GBytes) clear = run (fixture, DRAW_EXPORT_PNG, 1, FALSE);
  g_autoptr (GdkPixbuf) large = decode (white);
  g_autoptr (GdkPixbuf) small = decode (clear);
  const int margin = (int) DRAW_EXPORT_MARGIN + 1;

  assert_pixel (large, 2, 2, 0xffffffff);
  assert_pixel (large, 2 * margin + 100, 2 * margin + 100, 0xff0000ff);
  assert_pixel (small, 2, 2, 0);
  assert_pixel (small, margin + 50, margin + 50, 0xff0000ff);
  g_assert_cmpint (gdk_pixbuf_get_width (large), >=, 2 * gdk_pixbuf_get_width (small) - 2);
  g_assert_cmpfloat (draw_export_get_progress (fixture->export), ==, 1);
}

static void
test_selection (Fixture *fixture, gconstpointer ids)
{
  g_autoptr (GBytes) bytes = run (fixture, DRAW_EXPORT_PNG, 1, TRUE);
  g_autoptr (GdkPixbuf) pixbuf = decode (bytes);

  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), <, 150);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), <, 150);
}

static void
test_svg (Fixture *fixture, gconstpointer ids)
{
  g_autoptr (GBytes) plain = run (fixture, DRAW_EXPORT_SVG, 1, TRUE);
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (DrawBundle) bundle = NULL;
  const int margin = (int) DRAW_EXPORT_MARGIN + 1;

  draw_export_take_payload (fixture->export, g_strdup (board), strlen (board));
  svg = run (fixture, DRAW_EXPORT_SVG, 1, TRUE);
  g_assert_true (draw_payload_is_svg (svg));
  bundle = draw_bundle_load (svg, NULL);
  g_assert_cmpuint (bundle->elements->len, ==, 5);
  /* Read by librsvg; it stays a vector. */
  pixbuf = decode (svg);
  assert_pixel (pixbuf, margin + 50, margin + 50, 0xff0000ff);
  g_assert_null (g_strstr_len (g_bytes_get_data (plain, NULL), (gssize) g_bytes_get_size (plain),
                               "<image"));
}

static void
test_pdf (Fixture *fixture, gconstpointer ids)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_autofree char *facts = NULL;
  BoardRect first, second;

  g_assert_cmpuint (draw_export_get_n_pages (fixture->export), ==, 3);
  draw_export_get_page (fixture->export, 1, &first);
  draw_export_get_page (fixture->export, 2, &second);
  g_assert_cmpfloat (first.x, ==, 200);
  g_assert_cmpfloat (second.x, ==, 500);
  draw_export_set_title (fixture->export, "Über <Brücken>");
  pdf = run (fixture, DRAW_EXPORT_PDF, 1, TRUE);
  words = ask (pdf, "pdftotext", "-");
  facts = ask (pdf, "pdfinfo", NULL);
  if (words == NULL || facts == NULL)
    {
      g_test_skip ("poppler-utils is not installed");
      return;
    }
  /* Text stays text. */
  g_assert_nonnull (strstr (words, "Drawbridge"));
  g_assert_nonnull (strstr (facts, "Pages:           3"));
  g_assert_nonnull (strstr (facts, "Über <Brücken>"));
}

static void
test_too_large (Fixture *fixture, gconstpointer ids)
{
  const DrawExportOptions options = { DRAW_EXPORT_PNG, 8, TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (DrawExport) export = NULL;

  fill (fixture->replica, "{\"type\":\"excalidraw\",\"elements\":[{\"id\":\"far\",\"type\":"
                          "\"ellipse\",\"x\":900000,\"y\":900000,\"width\":5,\"height\":5}]}");
  export = draw_export_new (board_replica_get_document (fixture->replica), NULL, NULL);
  g_assert_null (draw_export_run (export, &options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer ids)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint format = DRAW_EXPORT_PNG; format <= DRAW_EXPORT_PDF; format++)
    {
      const DrawExportOptions options = { format, 1, TRUE };
      g_autoptr (GError) error = NULL;

      g_assert_null (draw_export_run (fixture->export, &options, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Waits for pictures; those that fail are boxes. */
static void
test_images (Fixture *fixture, gconstpointer ids)
{
  const DrawExportOptions options = { DRAW_EXPORT_PNG, 1, TRUE };
  g_autoptr (DrawImages) images = draw_images_new ();
  g_autoptr (DrawExport) export = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture->replica, "{\"type\":\"excalidraw\",\"elements\":[{\"id\":\"i\",\"type\":\"image\","
                          "\"fileId\":\"pic\",\"width\":50,\"height\":50}]}");
  export = draw_export_new (board_replica_get_document (fixture->replica), NULL, images);
  draw_export_run_async (export, &options, NULL, on_done, &result);
  g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  draw_images_fail (images, "pic");
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  bytes = draw_export_run_finish (export, result, &error);
  g_assert_no_error (error);
  g_assert_true (draw_payload_is_png (bytes));
}

static void
test_thumbnail (Fixture *fixture, gconstpointer ids)
{
  cairo_surface_t *surface = draw_export_make_thumbnail (fixture->export, 64, 48);
  g_autoptr (BoardReplica) nothing = board_replica_new ("ann");
  g_autoptr (DrawExport) empty
      = draw_export_new (board_replica_get_document (nothing), NULL, NULL);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 64);
  cairo_surface_destroy (surface);
  g_assert_true (draw_export_is_empty (empty));
  g_assert_null (draw_export_make_thumbnail (empty, 64, 48));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/files/export/png", Fixture, NULL, set_up, test_png, tear_down);
  g_test_add ("/files/export/selection", Fixture, "r", set_up, test_selection, tear_down);
  g_test_add ("/files/export/svg", Fixture, NULL, set_up, test_svg, tear_down);
  g_test_add ("/files/export/pdf", Fixture, NULL, set_up, test_pdf, tear_down);
  g_test_add ("/files/export/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/files/export/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/files/export/images", Fixture, NULL, set_up, test_images, tear_down);
  g_test_add ("/files/export/thumbnail", Fixture, NULL, set_up, test_thumbnail, tear_down);
  return g_test_run ();
}
