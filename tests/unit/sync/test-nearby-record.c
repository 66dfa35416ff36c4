/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/draw-nearby-record.h"

#include <string.h>

/* strings: separated by '|'; "\\0" stands for a zero. */
static GVariant *
make (const char *strings)
{
  g_auto (GStrv) parts = g_strsplit (strings, "|", -1);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize length = strlen (parts[i]);

      for (char *p = parts[i]; *p != '\0'; p++)
        if (*p == '^')
          *p = '\0', p++;
      g_variant_builder_add_value (
          &builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, parts[i], length, 1));
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
test_read (void)
{
  static const struct {
    const char *strings, *title, *person; /* title NULL: refused */
  } rows[] = {
    { "v=1|title=Physics|person=Ada", "Physics", "Ada" },
    { "person=Ada|TITLE=Physics|V=1", "Physics", "Ada" },
    { "v=1", "", "" },
    { "v=1|title=|person", "", "" },
    { "v=1|title=a=b", "a=b", "" },
    { "v=1|title=first|title=second", "first", "" },
    { "v=1|title=<b>x</b> & y", "<b>x</b> & y", "" },
    { "v=1|title=\u202egnp.exe\u2066\u200b", "gnp.exe", "" },
    { "v=1|title=one\ntwo\r\n\tthree\x1b[31m", "one two three[31m", "" },
    { "v=1|title=\xff\xfe|person=\xc3", "", "" },
    { "v=1|title=a^x", "", "" },
    { "v=1||title=x|=y|other=1", "x", "" },
    { "title=Physics|person=Ada", NULL, NULL },
    { "v=2|title=Physics", NULL, NULL },
    { "v=11", NULL, NULL },
    { "v", NULL, NULL },
    { "v=", NULL, NULL },
    { "", NULL, NULL },
    { "v=0|v=1", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GVariant) strings = make (rows[i].strings);
      g_autoptr (DrawNearbyRecord) record = draw_nearby_record_parse (strings);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (rows[i].title == NULL)
        {
          g_assert_null (record);
          continue;
        }
      g_assert_nonnull (record);
      g_assert_cmpstr (record->title, ==, rows[i].title);
      g_assert_cmpstr (record->person, ==, rows[i].person);
    }
}

static void
test_limits (void)
{
  g_autofree char *long_value = g_strnfill (300, 'x');
  g_autofree char *too_long = g_strconcat ("v=1|title=", long_value, NULL);
  g_autoptr (GString) many = g_string_new ("v=1");
  g_autoptr (GVariant) strings = make (too_long);
  g_autoptr (DrawNearbyRecord) record = draw_nearby_record_parse (strings);
  g_autoptr (GVariant) crowd = NULL;
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new ("(s)", "v=1"));

  g_assert_cmpstr (record->title, ==, "");
  for (guint i = 0; i < 40; i++)
    g_string_append (many, "|k=v");
  crowd = make (many->str);
  g_assert_null (draw_nearby_record_parse (crowd));
  g_assert_null (draw_nearby_record_parse (other));
}

/* What is written is read again, and each string fits. */
static void
test_build (void)
{
  g_autoptr (GString) emoji = g_string_new (NULL);
  g_autoptr (GVariant) strings = NULL;
  g_autoptr (GVariant) empty = g_variant_ref_sink (draw_nearby_record_build (NULL, NULL));
  g_autoptr (DrawNearbyRecord) record = NULL;
  g_autoptr (DrawNearbyRecord) nothing = draw_nearby_record_parse (empty);

  for (guint i = 0; i < 100; i++)
    g_string_append (emoji, "\U0001f600");
  strings = g_variant_ref_sink (draw_nearby_record_build (emoji->str, "Ada\nL."));
  for (gsize i = 0; i < g_variant_n_children (strings); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (strings, i);

      g_assert_cmpuint (g_variant_n_children (child), <=, 255);
    }
  record = draw_nearby_record_parse (strings);
  g_assert_cmpint (g_utf8_strlen (record->title, -1), ==, 62); /* 248 bytes behind "title=" */
  g_assert_cmpstr (record->person, ==, "Ada L.");
  g_assert_cmpstr (nothing->title, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearby-record/read", test_read);
  g_test_add_func ("/nearby-record/limits", test_limits);
  g_test_add_func ("/nearby-record/build", test_build);
  return g_test_run ();
}
