/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-encoding.h"

#define PLAIN EIO_ENCODING_IDENTITY
#define GZIP EIO_ENCODING_GZIP
#define DEFLATE EIO_ENCODING_DEFLATE

static const struct {
  const char *accepted;
  EioEncoding best;
  gboolean needed;
} rows[] = {
  { NULL, PLAIN, FALSE },
  { "", PLAIN, FALSE },
  { "gzip", GZIP, FALSE },
  { "x-gzip", GZIP, FALSE },
  { "GZip", GZIP, FALSE },
  { "deflate", DEFLATE, FALSE },
  { "gzip, deflate, br", GZIP, FALSE },
  { "deflate, gzip", GZIP, FALSE },
  { "br", PLAIN, FALSE },
  { "identity", PLAIN, FALSE },
  { "*", GZIP, FALSE },
  { "gzip;q=0", PLAIN, FALSE },
  { "gzip;q=0, *", DEFLATE, FALSE },
  { "gzip;q=0.5, deflate;q=0.7", DEFLATE, FALSE },
  { "gzip;q=0.5,deflate;q=0.499", GZIP, FALSE },
  { "gzip ;q=0.001", GZIP, FALSE },
  { "gzip;\tQ=1.000", GZIP, FALSE },
  { "gzip;q=0.000", PLAIN, FALSE },
  { "gzip;q=0.5, identity", PLAIN, FALSE },
  { "gzip;q=0.5, identity;q=0.5", GZIP, FALSE },
  { "gzip, identity;q=0", GZIP, TRUE },
  { "deflate, *;q=0", DEFLATE, TRUE },
  { "*, identity;q=0", GZIP, TRUE },
  { "identity;q=0", PLAIN, FALSE },
  { "*;q=0", PLAIN, FALSE },
  { ", ,gzip,, ", GZIP, FALSE },
  { "gzip, gzip;q=0", PLAIN, FALSE },
  /* what is no weight */
  { "gzip;q=", PLAIN, FALSE },
  { "gzip;q=2", PLAIN, FALSE },
  { "gzip;q=-1", PLAIN, FALSE },
  { "gzip;q=0,5", PLAIN, FALSE },
  { "gzip;q=0.1234", PLAIN, FALSE },
  { "gzip;q=0.x", PLAIN, FALSE },
  { "gzip;q", PLAIN, FALSE },
  { "gzip;", PLAIN, FALSE },
  { "gzip;level=9", PLAIN, FALSE },
  { "gzip\x80", PLAIN, FALSE },
  { "gzipp", PLAIN, FALSE },
  { ";q=1", PLAIN, FALSE },
};

static void
test_choose (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean needed = !rows[i].needed;

      g_test_message ("row %u", i);
      g_assert_cmpint (eio_encoding_choose (rows[i].accepted, &needed), ==, rows[i].best);
      g_assert_cmpint (needed, ==, rows[i].needed);
    }
}

static void
test_read (void)
{
  static const struct {
    const char *name;
    EioEncoding encoding;
  } names[] = {
    { NULL, PLAIN },      { "identity", PLAIN },
    { "gzip", GZIP },     { "X-GZIP", GZIP },
    { "deflate", DEFLATE }, { "br", EIO_ENCODING_UNKNOWN },
    { "", EIO_ENCODING_UNKNOWN }, { "gzip, gzip", EIO_ENCODING_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (eio_encoding_read (names[i].name), ==, names[i].encoding);
  g_assert_cmpstr (eio_encoding_get_name (GZIP), ==, "gzip");
  g_assert_cmpstr (eio_encoding_get_name (DEFLATE), ==, "deflate");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/encoding/choose", test_choose);
  g_test_add_func ("/engineio/encoding/read", test_read);
  return g_test_run ();
}
