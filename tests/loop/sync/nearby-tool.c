/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nearby-tool announce BOARD TITLE PERSON PORT | look: for tests with a real Avahi daemon. Prints what becomes of
 * it, a line each, until its standard input ends. */
#include <stdio.h>
#include <string.h>

#include "sync/draw-announcer.h"
#include "sync/draw-nearby.h"

static void
on_announcer (DrawAnnouncer *announcer)
{
  static const char *const states[] = { "idle", "working", "announced", "unavailable" };

  g_print ("%s\n", states[draw_announcer_get_state (announcer)]);
}

static void
on_state (DrawNearby *nearby)
{
  static const char *const states[] = { "idle", "looking", "unavailable" };

  g_print ("%s\n", states[draw_nearby_get_state (nearby)]);
}

static void
on_items (GListModel *boards, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_print ("gone %u\n", removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (DrawNearbyBoard) board = g_list_model_get_item (boards, position + i);

      g_print ("board %s|%s|%s|%s|%u\n", draw_nearby_board_get_id (board),
               draw_nearby_board_get_title (board), draw_nearby_board_get_person (board),
               draw_nearby_board_get_host (board), draw_nearby_board_get_port (board));
    }
}

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (DrawAnnouncer) announcer = draw_announcer_new ();
  g_autoptr (DrawNearby) nearby = draw_nearby_new ();

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, loop);
  g_signal_connect (announcer, "notify::state", G_CALLBACK (on_announcer), NULL);
  g_signal_connect (nearby, "notify::state", G_CALLBACK (on_state), NULL);
  g_signal_connect (draw_nearby_get_boards (nearby), "items-changed", G_CALLBACK (on_items), NULL);
  if (argc == 6 && g_str_equal (argv[1], "announce"))
    draw_announcer_set (announcer, argv[2], argv[3], argv[4], (guint16) g_ascii_strtoull (argv[5], NULL, 10));
  else if (argc == 2 && g_str_equal (argv[1], "look"))
    draw_nearby_hold (nearby);
  else
    return 2;
  g_main_loop_run (loop);
  draw_announcer_clear (announcer);
  g_signal_handlers_disconnect_by_func (nearby, on_state, NULL);
  g_signal_handlers_disconnect_by_func (draw_nearby_get_boards (nearby), on_items, NULL);
  return 0;
}
