/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/draw-obstacle.h"

#include <gio/gio.h>
#include <libsoup/soup.h>

static void
test_refusals (void)
{
  static const struct {
    BoardRefusal refusal;
    DrawObstacle obstacle;
    gboolean may_pass;
    const char *title;
    const char *advice; /* a part of it: the next step */
  } rows[] = {
    { BOARD_REFUSAL_UNKNOWN_BOARD, DRAW_OBSTACLE_NO_BOARD, FALSE, "The Server Has No Such Board",
      "Ask the host for a new link." },
    { BOARD_REFUSAL_NOT_INVITED, DRAW_OBSTACLE_NOT_INVITED, FALSE, "This Invitation Is Not Valid",
      "revoked" },
    { BOARD_REFUSAL_INVITE_EXPIRED, DRAW_OBSTACLE_EXPIRED, FALSE, "This Invitation Has Expired",
      "Ask the host for a new one." },
    { BOARD_REFUSAL_INVITE_USED, DRAW_OBSTACLE_USED_UP, FALSE, "This Invitation Is Used Up",
      "Ask the host for a new one." },
    { BOARD_REFUSAL_BANNED, DRAW_OBSTACLE_BANNED, FALSE, "You Were Removed From This Board",
      "Only a host can let you in" },
    { BOARD_REFUSAL_LOCKED, DRAW_OBSTACLE_LOCKED, TRUE, "This Board Is Locked", "unlocked" },
    { BOARD_REFUSAL_FULL, DRAW_OBSTACLE_FULL, TRUE, "This Board Is Full", "somebody has left" },
    { BOARD_REFUSAL_TOO_FAST, DRAW_OBSTACLE_BUSY, TRUE, "The Server Is Busy", "in a minute" },
    { BOARD_REFUSAL_UNAVAILABLE, DRAW_OBSTACLE_BUSY, TRUE, "The Server Is Busy", "in a minute" },
    { BOARD_REFUSAL_UNSUPPORTED, DRAW_OBSTACLE_VERSION, FALSE, "The Server Speaks Another Version",
      "Update Drawbridge" },
    { BOARD_REFUSAL_BAD_REQUEST, DRAW_OBSTACLE_REFUSED, FALSE, "The Server Said No", "Update Drawbridge" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DrawObstacle obstacle = draw_obstacle_of_refusal (rows[i].refusal);

      g_assert_cmpint (obstacle, ==, rows[i].obstacle);
      g_assert_cmpint (draw_obstacle_may_pass (obstacle), ==, rows[i].may_pass);
      g_assert_cmpstr (draw_obstacle_get_title (obstacle), ==, rows[i].title);
      g_assert_nonnull (strstr (draw_obstacle_get_advice (obstacle), rows[i].advice));
    }
}

static void
test_errors (void)
{
  const struct {
    GQuark domain;
    int code;
    DrawObstacle obstacle;
  } rows[] = {
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, DRAW_OBSTACLE_NO_SUCH_NAME },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, DRAW_OBSTACLE_NO_WAY },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, DRAW_OBSTACLE_NOBODY_LISTENS },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, DRAW_OBSTACLE_NO_WAY },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, DRAW_OBSTACLE_NO_WAY },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, DRAW_OBSTACLE_NO_ANSWER },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, DRAW_OBSTACLE_CERTIFICATE },
    { G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, DRAW_OBSTACLE_NOT_DRAWBRIDGE },
    { G_FILE_ERROR, G_FILE_ERROR_IO, DRAW_OBSTACLE_NO_WAY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (rows[i].domain, rows[i].code, "x");

      g_assert_cmpint (draw_obstacle_of_error (error), ==, rows[i].obstacle);
    }
}

/* Whatever it is, a person learns what it is and what to do, in words of their own. */
static void
test_words (void)
{
  for (DrawObstacle i = DRAW_OBSTACLE_NONE + 1; i < DRAW_N_OBSTACLES; i++)
    {
      const char *title = draw_obstacle_get_title (i), *advice = draw_obstacle_get_advice (i);

      g_assert_cmpuint (strlen (title), >, 10);
      g_assert_cmpuint (strlen (title), <, 40);
      g_assert_true (g_str_has_suffix (advice, "."));
      for (DrawObstacle j = i + 1; j < DRAW_N_OBSTACLES; j++)
        g_assert_cmpstr (title, !=, draw_obstacle_get_title (j));
    }
  g_assert_cmpstr (draw_obstacle_get_title (DRAW_OBSTACLE_NONE), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/obstacle/refusals", test_refusals);
  g_test_add_func ("/obstacle/errors", test_errors);
  g_test_add_func ("/obstacle/words", test_words);
  return g_test_run ();
}
