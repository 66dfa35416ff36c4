/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-ws-extension.h"

#define NAME "permessage-deflate"
#define ANSWER NAME "; server_no_context_takeover; client_no_context_takeover"
#define ANSWER_15 ANSWER "; server_max_window_bits=15"

/* What a client offers, and what it is answered; NULL: nothing. */
static const struct {
  const char *offers;
  const char *answer;
} offers[] = {
  { NULL, NULL },
  { "", NULL },
  { NAME, ANSWER },
  { EIO_WS_DEFLATE_OFFER, ANSWER },
  { NAME "; client_max_window_bits", ANSWER },
  { NAME ";client_max_window_bits=10", ANSWER },
  { NAME " ; client_max_window_bits = \"10\"", ANSWER },
  { NAME "; server_max_window_bits=15", ANSWER_15 },
  { NAME "; server_max_window_bits=10", NULL },
  { NAME "; server_max_window_bits=10, " NAME, ANSWER },
  { NAME "; server_max_window_bits=10, " NAME "; server_max_window_bits=15", ANSWER_15 },
  { "permessage-bzip2, " NAME, ANSWER },
  { "x-webkit-deflate-frame", NULL },
  { "permessage-deflater", NULL },
  { "permessage", NULL },
  /* what is to be declined */
  { NAME "=1", NULL },
  { NAME "; unknown", NULL },
  { NAME "; unknown=1", NULL },
  { NAME "; server_no_context_takeover=1", NULL },
  { NAME "; client_no_context_takeover=\"\"", NULL },
  { NAME "; client_no_context_takeover; client_no_context_takeover", NULL },
  { NAME "; server_max_window_bits", NULL },
  { NAME "; server_max_window_bits=", NULL },
  { NAME "; server_max_window_bits=7", NULL },
  { NAME "; server_max_window_bits=16", NULL },
  { NAME "; server_max_window_bits=015", NULL },
  { NAME "; server_max_window_bits=+15", NULL },
  { NAME "; server_max_window_bits=15; server_max_window_bits=15", NULL },
  { NAME "; client_max_window_bits=0", NULL },
  { NAME "; client_max_window_bits=99999999999999999999", NULL },
  { NAME "; client_max_window_bits=1x", NULL },
  { "server_no_context_takeover; " NAME, NULL },
  { ";", NULL },
  { ",,;,", NULL },
  { "\"" NAME "\"", NULL },
  { "\xff\xfe", NULL },
};

/* What a server answers to our offer. */
static const struct {
  const char *answer;
  gboolean is_good;
} answers[] = {
  { ANSWER, TRUE },
  { NAME ";server_no_context_takeover", TRUE },
  { ANSWER_15, TRUE },
  { NAME "; server_max_window_bits=8; server_no_context_takeover", TRUE },
  { NAME, FALSE }, /* it would keep its window */
  { NAME "; client_no_context_takeover", FALSE },
  { ANSWER "; client_max_window_bits=10", FALSE },
  { ANSWER "; client_max_window_bits", FALSE },
  { ANSWER "; server_max_window_bits=7", FALSE },
  { ANSWER "; unknown", FALSE },
  { ANSWER ", " ANSWER, FALSE },
  { "permessage-bzip2", FALSE },
  { "", FALSE },
  { ",", FALSE },
};

static void
test_offers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpstr (eio_ws_extension_accept (offers[i].offers), ==, offers[i].answer);
    }
}

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("%s", answers[i].answer);
      g_assert_cmpint (eio_ws_extension_is_good_answer (answers[i].answer), ==, answers[i].is_good);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engineio/ws-extension/offers", test_offers);
  g_test_add_func ("/engineio/ws-extension/answers", test_answers);
  return g_test_run ();
}
