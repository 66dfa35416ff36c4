/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer gets, as PDF, read by poppler. Under a virtual display: the toolkit prints only with
 * one. */
#include <glib/gstdio.h>
#include <poppler.h>

#include "files/draw-print.h"

#define FRAME(id, name, x, w, h) \
  "{\"type\":\"frame\",\"id\":\"" id "\",\"name\":\"" name "\",\"x\":" x ",\"y\":0,\"width\":" w \
  ",\"height\":" h "}"
#define WORDS(text, x, frame) \
  "{\"type\":\"text\",\"x\":" x ",\"y\":20,\"width\":60,\"height\":25,\"frameId\":" frame \
  ",\"text\":\"" text "\",\"originalText\":\"" text "\"}"

static DrawExport *
make_export (const char *elements)
{
  g_autofree char *text
      = g_strdup_printf ("{\"type\":\"excalidraw\",\"elements\":[%s]}", elements);
  g_autoptr (DrawBundle) bundle = draw_bundle_parse (text, strlen (text), NULL);

  g_assert_nonnull (bundle);
  return draw_export_new_for_bundle (bundle);
}

/* (transfer full): what came out of the printer. Only newer popplers can clean up by themselves. */
static GObject *
print (DrawExport *export, gboolean frames, gboolean fill)
{
  const DrawPrintOptions options = { frames, fill };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PopplerDocument *document;
  char *data;
  gsize length;

  g_close (g_file_open_tmp ("print-XXXXXX.pdf", &path, NULL), NULL);
  g_assert_true (draw_print_to_file (export, &options, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_unlink (path);
  bytes = g_bytes_new_take (data, length);
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  return G_OBJECT (document);
}

static char *
read_words (GObject *document, int page)
{
  g_autoptr (GObject) shown
      = G_OBJECT (poppler_document_get_page (POPPLER_DOCUMENT (document), page));

  return poppler_page_get_text (POPPLER_PAGE (shown));
}

static const char *const two_frames
    = FRAME ("f1", "One", "0", "300", "200") "," FRAME ("f2", "Two", "400", "200", "300") ","
      WORDS ("alpha", "20", "\"f1\"") "," WORDS ("beta", "420", "\"f2\"");

/* A page each, in reading order, with its own words and no other. */
static void
test_frames (void)
{
  g_autoptr (DrawExport) export = make_export (two_frames);
  g_autoptr (GObject) document = print (export, TRUE, FALSE);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpint (poppler_document_get_n_pages (POPPLER_DOCUMENT (document)), ==, 2);
  first = read_words (document, 0);
  second = read_words (document, 1);
  g_assert_nonnull (strstr (first, "alpha"));
  g_assert_null (strstr (first, "beta"));
  g_assert_nonnull (strstr (second, "beta"));
}

static void
test_one_page (void)
{
  g_autoptr (DrawExport) export = make_export (two_frames);
  g_autoptr (GObject) document = print (export, FALSE, FALSE);
  g_autofree char *words = NULL;

  g_assert_cmpint (poppler_document_get_n_pages (POPPLER_DOCUMENT (document)), ==, 1);
  words = read_words (document, 0);
  g_assert_nonnull (strstr (words, "alpha"));
  g_assert_nonnull (strstr (words, "beta"));
}

/* Points. */
static double
get_height_of_words (GObject *document)
{
  g_autoptr (GObject) page
      = G_OBJECT (poppler_document_get_page (POPPLER_DOCUMENT (document), 0));
  GList *found = poppler_page_find_text (POPPLER_PAGE (page), "alpha");
  const PopplerRectangle *rect;
  double height;

  g_assert_nonnull (found);
  rect = found->data;
  height = rect->y2 - rect->y1;
  g_list_free_full (found, (GDestroyNotify) poppler_rectangle_free);
  return height;
}

/* Small things stay small unless the paper is to be filled. */
static void
test_fill (void)
{
  g_autoptr (DrawExport) export = make_export (WORDS ("alpha", "0", "null"));
  g_autoptr (GObject) as_is = print (export, TRUE, FALSE);
  g_autoptr (GObject) filled = print (export, TRUE, TRUE);

  g_assert_cmpfloat (get_height_of_words (filled), >, 3 * get_height_of_words (as_is));
}

static void
test_no_place (void)
{
  const DrawPrintOptions options = { TRUE, FALSE };
  g_autoptr (DrawExport) export = make_export (two_frames);
  g_autoptr (GError) error = NULL;

  g_assert_false (draw_print_to_file (export, &options, "/nowhere/at/all.pdf", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/print/frames", test_frames);
  g_test_add_func ("/print/one-page", test_one_page);
  g_test_add_func ("/print/fill", test_fill);
  g_test_add_func ("/print/no-place", test_no_place);
  return g_test_run ();
}
