/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "files/draw-shelf.h"
#include "files/draw-stencil-file.h"
#include "same-json.h"

#define LIBRARY "{\"type\":\"excalidrawlib\",\"version\":2,\"libraryItems\":["
#define BOX "{\"type\":\"rectangle\",\"width\":10,\"height\":10}"

static GPtrArray *
parse (const char *text, guint *n_skipped)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *stencils = draw_stencil_file_parse (text, strlen (text), n_skipped, &error);

  g_assert_no_error (error);
  return stencils;
}

static GPtrArray *
read_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "excalidraw", name, NULL);
  g_autofree char *text = NULL;
  guint n_skipped;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return parse (text, &n_skipped);
}

/* --- files --- */

static void
test_version_2 (void)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");
  DrawStencilFacts facts;

  g_assert_cmpuint (stencils->len, ==, 4);
  draw_stencil_get_facts (stencils->pdata[0], &facts);
  g_assert_cmpstr (facts.id, ==, "server-1");
  g_assert_cmpstr (facts.name, ==, "Server");
  g_assert_true (facts.published);
  g_assert_cmpint (facts.created, ==, 1700000000000);
  g_assert_cmpuint (draw_stencil_get_bundle (stencils->pdata[0])->elements->len, ==, 3);
  g_assert_cmpstr (draw_stencil_get_name (stencils->pdata[2]), ==, "");
}

/* Without ids: the same drawing gets the same one every time. */
static void
test_version_1 (void)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("old.excalidrawlib");
  g_autoptr (GPtrArray) again = read_fixture ("old.excalidrawlib");

  g_assert_cmpuint (stencils->len, ==, 2);
  g_assert_cmpstr (draw_stencil_get_id (stencils->pdata[1]), ==,
                   draw_stencil_get_id (again->pdata[1]));
  g_assert_cmpstr (draw_stencil_get_id (stencils->pdata[0]), !=,
                   draw_stencil_get_id (stencils->pdata[1]));
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");
  g_autoptr (GBytes) once = draw_stencil_file_print (stencils);
  guint n_skipped;
  gsize length;
  const char *text = g_bytes_get_data (once, &length);
  g_autoptr (GPtrArray) again = draw_stencil_file_parse (text, length, &n_skipped, NULL);
  g_autoptr (GBytes) twice = draw_stencil_file_print (again);

  g_assert_cmpuint (n_skipped, ==, 0);
  g_assert_true (draw_stencil_file_sniff (once));
  g_assert_true (g_bytes_equal (once, twice));
}

/* Pictures go with the stencils that need them, and with no other. */
static void
test_pictures (void)
{
  guint n_skipped;
  g_autoptr (GPtrArray) stencils = parse (
      LIBRARY "{\"id\":\"a\",\"elements\":[{\"type\":\"image\",\"width\":10,\"height\":10,\"fileId\":\"f\"}]},"
              "{\"id\":\"b\",\"elements\":[" BOX "]}],"
              "\"files\":{\"f\":{\"mimeType\":\"image/png\",\"id\":\"f\",\"dataURL\":"
              "\"data:image/png;base64,aGVsbG8=\"}}}",
      &n_skipped);
  g_autoptr (GBytes) bytes = draw_stencil_file_print (stencils);
  g_autoptr (GPtrArray) again = parse (g_bytes_get_data (bytes, NULL), &n_skipped);

  g_assert_cmpuint (again->len, ==, 2);
  g_assert_true (g_hash_table_contains (draw_stencil_get_bundle (again->pdata[0])->files, "f"));
  g_assert_cmpuint (g_hash_table_size (draw_stencil_get_bundle (again->pdata[1])->files), ==, 0);
}

static const struct {
  const char *title;
  const char *text;
  int code; /* of G_IO_ERROR; -1: it is taken */
  guint n_stencils, n_skipped;
} bad_inputs[] = {
  { "nothing", "", G_IO_ERROR_INVALID_DATA, 0, 0 },
  { "no JSON", "library", G_IO_ERROR_INVALID_DATA, 0, 0 },
  { "cut off", LIBRARY "{\"id\":\"a\"", G_IO_ERROR_INVALID_DATA, 0, 0 },
  { "not UTF-8", LIBRARY "{\"id\":\"\xff\"}]}", G_IO_ERROR_INVALID_DATA, 0, 0 },
  { "a drawing", "{\"type\":\"excalidraw\",\"elements\":[]}", G_IO_ERROR_NOT_FOUND, 0, 0 },
  { "an array", "[]", G_IO_ERROR_NOT_FOUND, 0, 0 },
  { "the type is a number", "{\"type\":2}", G_IO_ERROR_NOT_FOUND, 0, 0 },
  { "no items", "{\"type\":\"excalidrawlib\"}", -1, 0, 0 },
  { "items are an object", "{\"type\":\"excalidrawlib\",\"libraryItems\":{}}", -1, 0, 0 },
  { "items are text", "{\"type\":\"excalidrawlib\",\"libraryItems\":\"x\"}", -1, 0, 0 },
  { "an item is a number", LIBRARY "7,null,\"x\"]}", -1, 0, 0 },
  { "an item without elements", LIBRARY "{\"id\":\"a\"}]}", -1, 0, 0 },
  { "elements are an object", LIBRARY "{\"id\":\"a\",\"elements\":{}}]}", -1, 0, 1 },
  { "an empty item", LIBRARY "{\"id\":\"a\",\"elements\":[]}]}", -1, 0, 1 },
  { "no element at all", LIBRARY "{\"id\":\"a\",\"elements\":[3]}]}", -1, 0, 2 },
  { "the same id twice",
    LIBRARY "{\"id\":\"a\",\"elements\":[" BOX "]},{\"id\":\"a\",\"elements\":[" BOX "]}]}", -1, 1, 1 },
  { "the id is an object", LIBRARY "{\"id\":{},\"elements\":[" BOX "]}]}", -1, 1, 0 },
  { "the id is a path", LIBRARY "{\"id\":\"../../x\",\"elements\":[" BOX "]}]}", -1, 1, 0 },
  { "the name is a list", LIBRARY "{\"name\":[],\"elements\":[" BOX "]}]}", -1, 1, 0 },
  { "a time below zero", LIBRARY "{\"created\":-5,\"elements\":[" BOX "]}]}", -1, 1, 0 },
  { "a time that is none", LIBRARY "{\"created\":1e300,\"elements\":[" BOX "]}]}", -1, 1, 0 },
};

static void
test_bad_inputs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_inputs); i++)
    {
      g_autoptr (GError) error = NULL;
      guint n_skipped;
      g_autoptr (GPtrArray) stencils = draw_stencil_file_parse (
          bad_inputs[i].text, strlen (bad_inputs[i].text), &n_skipped, &error);

      g_test_message ("%s", bad_inputs[i].title);
      if (bad_inputs[i].code >= 0)
        {
          g_assert_error (error, G_IO_ERROR, bad_inputs[i].code);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (stencils->len, ==, bad_inputs[i].n_stencils);
      g_assert_cmpuint (n_skipped, ==, bad_inputs[i].n_skipped);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new (LIBRARY);
  g_autoptr (GPtrArray) stencils = NULL;
  guint n_skipped;

  for (guint i = 0; i < DRAW_STENCIL_FILE_MAX + 3; i++)
    g_string_append_printf (text, "%s{\"id\":\"i%u\",\"elements\":[" BOX "]}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  stencils = parse (text->str, &n_skipped);
  g_assert_cmpuint (stencils->len, ==, DRAW_STENCIL_FILE_MAX);
  g_assert_cmpuint (n_skipped, ==, 3);
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (5000, 'n');
  g_autofree char *text
      = g_strconcat (LIBRARY "{\"name\":\"a\\nb", name, "\",\"elements\":[" BOX "]}]}", NULL);
  guint n_skipped;
  g_autoptr (GPtrArray) stencils = parse (text, &n_skipped);

  g_assert_cmpint (g_utf8_strlen (draw_stencil_get_name (stencils->pdata[0]), -1), ==,
                   DRAW_STENCIL_MAX_NAME);
  g_assert_true (g_str_has_prefix (draw_stencil_get_name (stencils->pdata[0]), "a b"));
}

static void
test_search (void)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");

  g_assert_true (draw_stencil_matches (stencils->pdata[0], ""));
  g_assert_true (draw_stencil_matches (stencils->pdata[0], "SERV"));
  g_assert_true (draw_stencil_matches (stencils->pdata[0], "db server"));
  g_assert_false (draw_stencil_matches (stencils->pdata[0], "cloud"));
  g_assert_false (draw_stencil_matches (stencils->pdata[2], "diamond"));
}

/* --- the shelf --- */

typedef struct {
  char *directory;
  DrawShelf *shelf;
} Fixture;

static void
open_shelf (Fixture *fixture)
{
  fixture->shelf = draw_shelf_new (fixture->directory);
  draw_shelf_load (fixture->shelf);
  while (!draw_shelf_is_loaded (fixture->shelf))
    g_main_context_iteration (NULL, TRUE);
}

static void
reopen (Fixture *fixture)
{
  draw_shelf_flush (fixture->shelf);
  g_clear_object (&fixture->shelf);
  open_shelf (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("shelf-XXXXXX", NULL);

  fixture->directory = g_build_filename (parent, "library", NULL);
  open_shelf (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->directory);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  draw_shelf_flush (fixture->shelf);
  g_clear_object (&fixture->shelf);
  dir = g_dir_open (fixture->directory, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_rmdir (parent);
  g_free (fixture->directory);
}

static DrawStencil *
get (Fixture *fixture, guint position)
{
  g_autoptr (DrawStencil) stencil
      = g_list_model_get_item (G_LIST_MODEL (fixture->shelf), position);

  return stencil;
}

static void
assert_ids (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->shelf)); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", draw_stencil_get_id (get (fixture, i)));
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");

  g_assert_cmpuint (draw_shelf_add (fixture->shelf, stencils), ==, 4);
  g_assert_cmpuint (draw_shelf_add (fixture->shelf, stencils), ==, 0);
  assert_ids (fixture, "server-1 cloud-1 decision arrow");
  reopen (fixture);
  assert_ids (fixture, "server-1 cloud-1 decision arrow");
  g_assert_cmpuint (draw_stencil_get_bundle (get (fixture, 0))->elements->len, ==, 3);
}

static void
test_newest_first (Fixture *fixture, gconstpointer data)
{
  guint n_skipped;
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");
  g_autoptr (GPtrArray) mine = parse (LIBRARY "{\"id\":\"mine\",\"elements\":[" BOX "]}]}", &n_skipped);

  draw_shelf_add (fixture->shelf, stencils);
  draw_shelf_add (fixture->shelf, mine);
  reopen (fixture);
  assert_ids (fixture, "mine server-1 cloud-1 decision arrow");
}

static void
test_remove_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");
  g_autoptr (DrawStencil) gone = NULL;

  draw_shelf_add (fixture->shelf, stencils);
  gone = g_object_ref (get (fixture, 1));
  draw_shelf_remove (fixture->shelf, gone);
  reopen (fixture);
  assert_ids (fixture, "server-1 decision arrow");
  draw_shelf_put_back (fixture->shelf, gone);
  assert_ids (fixture, "server-1 cloud-1 decision arrow");
  reopen (fixture);
  assert_ids (fixture, "server-1 cloud-1 decision arrow");
}

static void
test_rename (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");

  draw_shelf_add (fixture->shelf, stencils);
  draw_shelf_rename (fixture->shelf, get (fixture, 2), "Choice");
  reopen (fixture);
  assert_ids (fixture, "server-1 cloud-1 decision arrow");
  g_assert_cmpstr (draw_stencil_get_name (get (fixture, 2)), ==, "Choice");
}

/* What somebody else put there is neither read nor touched; what is broken takes nothing with it. */
static void
test_strange_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("shapes.excalidrawlib");
  g_autofree char *broken = g_build_filename (fixture->directory, "broken.excalidrawlib", NULL);
  g_autofree char *other = g_build_filename (fixture->directory, "other.excalidrawlib", NULL);

  draw_shelf_add (fixture->shelf, stencils);
  draw_shelf_flush (fixture->shelf);
  g_assert_true (g_file_set_contents (broken, LIBRARY, -1, NULL));
  g_assert_true (g_file_set_contents (
      other, LIBRARY "{\"id\":\"other\",\"elements\":[" BOX "]}]}", -1, NULL));
  reopen (fixture);
  assert_ids (fixture, "server-1 cloud-1 decision arrow");
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
}

static void
on_trouble (DrawShelf *shelf, const GError *error, guint *n)
{
  (*n)++;
}

static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stencils = read_fixture ("old.excalidrawlib");
  guint n = 0;

  /* A file is where the directory should be. */
  g_assert_true (g_file_set_contents (fixture->directory, "", -1, NULL));
  g_signal_connect (fixture->shelf, "trouble", G_CALLBACK (on_trouble), &n);
  draw_shelf_add (fixture->shelf, stencils);
  while (n < 2)
    g_main_context_iteration (NULL, TRUE);
  g_unlink (fixture->directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stencil-file/version-2", test_version_2);
  g_test_add_func ("/stencil-file/version-1", test_version_1);
  g_test_add_func ("/stencil-file/round-trip", test_round_trip);
  g_test_add_func ("/stencil-file/pictures", test_pictures);
  g_test_add_func ("/stencil-file/bad-inputs", test_bad_inputs);
  g_test_add_func ("/stencil-file/too-many", test_too_many);
  g_test_add_func ("/stencil-file/long-name", test_long_name);
  g_test_add_func ("/stencil/search", test_search);
  g_test_add ("/shelf/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/shelf/newest-first", Fixture, NULL, set_up, test_newest_first, tear_down);
  g_test_add ("/shelf/remove-and-undo", Fixture, NULL, set_up, test_remove_and_undo, tear_down);
  g_test_add ("/shelf/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/shelf/strange-files", Fixture, NULL, set_up, test_strange_files, tear_down);
  g_test_add ("/shelf/trouble", Fixture, NULL, set_up, test_trouble, tear_down);
  return g_test_run ();
}
