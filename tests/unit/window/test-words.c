/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-words.h"

static void
assert_subtitle (DrawShareFacts facts, const char *expected)
{
  g_autofree char *text = draw_words_subtitle (&facts);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_subtitle (void)
{
  DrawShareFacts none = { .state = DRAW_SHARE_LOCAL, .retry_in = -1 };
  DrawShareFacts facts = none;

  assert_subtitle (facts, "Only on this computer");
  facts.n_waiting = 5; /* of no server's concern */
  assert_subtitle (facts, "Only on this computer");
  facts = none;
  facts.read_only = TRUE;
  assert_subtitle (facts, "Read-only");

  facts = none;
  facts.state = DRAW_SHARE_CONNECTING;
  assert_subtitle (facts, "Connecting…");
  facts.n_waiting = 1;
  assert_subtitle (facts, "Connecting · 1 change waiting");
  facts.was_online = TRUE;
  assert_subtitle (facts, "Offline · 1 change waiting");

  facts = none;
  facts.state = DRAW_SHARE_ONLINE;
  assert_subtitle (facts, "Shared · everything saved");
  facts.n_waiting = 1;
  assert_subtitle (facts, "Shared · saving 1 change");
  facts.n_waiting = 2;
  assert_subtitle (facts, "Shared · saving 2 changes");
  facts.silent_for = 7;
  assert_subtitle (facts, "No answer for 7 s · 2 changes waiting");
  facts.n_waiting = 0; /* what it is silent about is nothing that anybody waits for */
  assert_subtitle (facts, "Shared · everything saved");
  facts.read_only = TRUE;
  assert_subtitle (facts, "Shared · read-only");

  facts = none;
  facts.state = DRAW_SHARE_OFFLINE;
  assert_subtitle (facts, "Offline");
  facts.retry_in = 3;
  assert_subtitle (facts, "Reconnecting in 3 s");
  facts.n_waiting = 3;
  assert_subtitle (facts, "Offline · 3 changes waiting");

  facts.can_host = TRUE;
  assert_subtitle (facts, "Not hosted now · 3 changes waiting");
  facts.n_waiting = 0;
  assert_subtitle (facts, "Not hosted now");

  facts = none;
  facts.state = DRAW_SHARE_REFUSED;
  assert_subtitle (facts, "Refused by the server");
  facts.n_waiting = 3;
  assert_subtitle (facts, "Refused by the server · 3 changes waiting");
}

static void
assert_bar (DrawShareFacts facts, const char *part, DrawRemedy expected)
{
  DrawRemedy remedy;
  g_autofree char *text = draw_words_bar (&facts, &remedy);

  g_assert_cmpint (remedy, ==, expected);
  if (part == NULL)
    g_assert_null (text);
  else
    {
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (text, part));
    }
}

static void
test_bar (void)
{
  DrawShareFacts none = { .state = DRAW_SHARE_LOCAL, .retry_in = -1, .role = BOARD_ROLE_HOST };
  DrawShareFacts facts = none;

  assert_bar (facts, NULL, DRAW_REMEDY_NONE);
  facts.read_only = TRUE;
  assert_bar (facts, "cannot be written", DRAW_REMEDY_NONE);

  facts = none;
  facts.state = DRAW_SHARE_ONLINE;
  assert_bar (facts, NULL, DRAW_REMEDY_NONE);
  facts.read_only = TRUE;
  facts.role = BOARD_ROLE_VIEWER;
  assert_bar (facts, "look at this board", DRAW_REMEDY_NONE);

  facts = none;
  facts.state = DRAW_SHARE_OFFLINE;
  assert_bar (facts, "kept and sent later", DRAW_REMEDY_RECONNECT);
  facts.retry_in = 12;
  assert_bar (facts, "again in 12 s", DRAW_REMEDY_RECONNECT);
  facts.can_host = TRUE;
  assert_bar (facts, "not hosted now", DRAW_REMEDY_HOST);

  /* The first attempt is no trouble; one after a loss keeps the bar. */
  facts = none;
  facts.state = DRAW_SHARE_CONNECTING;
  assert_bar (facts, NULL, DRAW_REMEDY_NONE);
  facts.was_online = TRUE;
  assert_bar (facts, "offline", DRAW_REMEDY_RECONNECT);

  facts = none;
  facts.state = DRAW_SHARE_REFUSED;
  assert_bar (facts, "refused this board", DRAW_REMEDY_RECONNECT);
  facts.refusal = "This invitation has expired.";
  assert_bar (facts, "has expired", DRAW_REMEDY_RECONNECT);
  /* Another server at the place of ours knows nothing of the board: that is no answer. */
  facts.can_host = TRUE;
  assert_bar (facts, "not hosted now", DRAW_REMEDY_HOST);
}

static void
test_when (void)
{
  static const struct
  {
    int64_t age;
    const char *text;
  } cases[] = {
    { -5, "Just now" }, /* a clock that was set back */
    { 0, "Just now" },          { 59, "Just now" },          { 60, "1 minute ago" },
    { 3599, "59 minutes ago" }, { 3600, "1 hour ago" },      { 86399, "23 hours ago" },
    { 86400, "Yesterday" },     { 2 * 86400, "2 days ago" }, { 7 * 86400 - 1, "6 days ago" },
  };
  int64_t now = 1800000000;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = draw_words_when (now - cases[i].age, now);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  {
    g_autofree char *old = draw_words_when (0, now);
    g_autofree char *absurd = draw_words_when (INT64_MIN / 2, now);
    g_assert_nonnull (strstr (old, "19"));
    g_assert_nonnull (absurd);
  }
}

static void
test_title (void)
{
  g_autofree char *none = draw_words_title (NULL);
  g_autofree char *empty = draw_words_title ("");
  g_autofree char *some = draw_words_title ("<b>Fair</b>");

  g_assert_cmpstr (none, ==, "Untitled");
  g_assert_cmpstr (empty, ==, "Untitled");
  g_assert_cmpstr (some, ==, "<b>Fair</b>");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/words/subtitle", test_subtitle);
  g_test_add_func ("/window/words/bar", test_bar);
  g_test_add_func ("/window/words/when", test_when);
  g_test_add_func ("/window/words/title", test_title);
  return g_test_run ();
}
