/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-avahi.h"
#include "sync/draw-announcer.h"
#include "sync/draw-avahi.h"
#include "sync/draw-nearby-record.h"
#include "sync/draw-nearby.h"

#define BOARD "AAAAAAAAAAAAAAAAAAAAAA"
#define OTHER "BBBBBBBBBBBBBBBBBBBBBA"

#define AWAIT(condition) \
  while (!(condition)) \
    g_main_context_iteration (NULL, TRUE)

static guint
get_n (DrawNearby *nearby)
{
  return g_list_model_get_n_items (draw_nearby_get_boards (nearby));
}

static DrawNearbyBoard *
get_board (DrawNearby *nearby, guint i)
{
  g_autoptr (DrawNearbyBoard) board = g_list_model_get_item (draw_nearby_get_boards (nearby), i);

  return board; /* the list has it */
}

/* A valid id for each number. */
static char *
make_id (guint n)
{
  return g_strdup_printf ("%021uA", n);
}

/* --- Looking around --- */

static void
test_daemon (void)
{
  FakeAvahi *avahi = fake_avahi_new ();
  DrawNearby *nearby = draw_nearby_new ();

  g_assert_cmpint (draw_nearby_get_state (nearby), ==, DRAW_NEARBY_IDLE);
  draw_nearby_hold (nearby);
  AWAIT (draw_nearby_get_state (nearby) == DRAW_NEARBY_UNAVAILABLE);
  fake_avahi_come (avahi);
  AWAIT (draw_nearby_get_state (nearby) == DRAW_NEARBY_LOOKING && avahi->n_browsers == 1);
  fake_avahi_tell (avahi, "ItemNew", BOARD, 2, 0);
  AWAIT (get_n (nearby) == 1);
  fake_avahi_go (avahi);
  AWAIT (draw_nearby_get_state (nearby) == DRAW_NEARBY_UNAVAILABLE);
  g_assert_cmpuint (get_n (nearby), ==, 0);
  fake_avahi_come (avahi);
  AWAIT (avahi->n_browsers == 2);
  fake_avahi_tell (avahi, "ItemNew", BOARD, 2, 0);
  AWAIT (get_n (nearby) == 1);
  draw_nearby_hold (nearby);
  draw_nearby_release (nearby);
  g_assert_cmpuint (get_n (nearby), ==, 1);
  draw_nearby_release (nearby);
  g_assert_cmpint (draw_nearby_get_state (nearby), ==, DRAW_NEARBY_IDLE);
  g_assert_cmpuint (get_n (nearby), ==, 0);
  g_object_unref (nearby);
  fake_avahi_free (avahi);
}

typedef struct {
  FakeAvahi *avahi;
  DrawNearby *nearby;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->avahi = fake_avahi_new ();
  f->nearby = draw_nearby_new ();
  fake_avahi_come (f->avahi);
  draw_nearby_hold (f->nearby);
  AWAIT (f->avahi->n_browsers == 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->nearby);
  fake_avahi_free (f->avahi);
}

/* Once, by the best of its addresses, until the last of them is gone. */
static void
test_addresses (Fixture *f, gconstpointer data)
{
  f->avahi->address = "2001:db8::1";
  fake_avahi_tell (f->avahi, "ItemNew", BOARD, 2, 1);
  AWAIT (get_n (f->nearby) == 1);
  f->avahi->address = "192.168.7.1";
  fake_avahi_tell (f->avahi, "ItemNew", BOARD, 2, 0);
  AWAIT (g_str_equal (draw_nearby_board_get_host (get_board (f->nearby, 0)), "192.168.7.1"));
  f->avahi->address = "2001:db8::2";
  fake_avahi_tell (f->avahi, "ItemNew", BOARD, 3, 1);
  AWAIT (f->avahi->n_resolved == 3);
  fake_avahi_tell (f->avahi, "ItemNew", OTHER, 3, 1);
  AWAIT (get_n (f->nearby) == 2);
  g_assert_cmpstr (draw_nearby_board_get_host (get_board (f->nearby, 0)), ==, "192.168.7.1");
  g_assert_cmpstr (draw_nearby_board_get_title (get_board (f->nearby, 0)), ==, "Physics");
  g_assert_cmpuint (draw_nearby_board_get_port (get_board (f->nearby, 0)), ==, 3729);
  fake_avahi_tell (f->avahi, "ItemRemove", BOARD, 2, 1);
  fake_avahi_tell (f->avahi, "ItemRemove", BOARD, 2, 0);
  fake_avahi_tell (f->avahi, "ItemRemove", BOARD, 9, 9);
  fake_avahi_tell (f->avahi, "ItemRemove", OTHER, 3, 1);
  AWAIT (get_n (f->nearby) == 1);
  fake_avahi_tell (f->avahi, "ItemRemove", BOARD, 3, 1);
  AWAIT (get_n (f->nearby) == 0);
}

/* What resolves to nonsense is not shown; what comes behind it is. */
static void
test_nonsense (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *address;
    guint16 port;
    const char *version;
  } rows[] = {
    { "fe80::1", 3729, "v=1" },   { "", 3729, "v=1" },          { "0.0.0.0", 3729, "v=1" },
    { "224.0.0.1", 3729, "v=1" }, { "example.org", 1, "v=1" },  { "192.168.7.1", 0, "v=1" },
    { "192.168.7.1", 1, "v=2" },  { "192.168.7.1", 1, "nope" }, { "1.2.3.4; rm", 1, "v=1" },
  };
  const char *const bad_ids[] = { "", "<b>", "../../etc/passwd", "AAAA", BOARD "A", "AAAAAAAAAAAAAAAAAAAA A" };
  g_autoptr (GVariant) good = g_variant_ref (f->avahi->record);

  for (guint i = 0; i < G_N_ELEMENTS (bad_ids); i++)
    fake_avahi_tell (f->avahi, "ItemNew", bad_ids[i], 2, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = make_id (i);
      const char *strings[] = { rows[i].version, NULL };

      g_variant_unref (f->avahi->record);
      f->avahi->record = g_variant_ref_sink (g_variant_new_bytestring_array (strings, -1));
      f->avahi->address = rows[i].address;
      f->avahi->port = rows[i].port;
      fake_avahi_tell (f->avahi, "ItemNew", id, 2, 0);
      AWAIT (f->avahi->n_resolved == i + 1);
    }
  g_variant_unref (f->avahi->record);
  f->avahi->record = g_variant_ref (good);
  f->avahi->address = "192.168.7.1";
  f->avahi->port = 1;
  fake_avahi_tell (f->avahi, "ItemNew", BOARD, 2, 0);
  AWAIT (get_n (f->nearby) > 0);
  g_assert_cmpuint (get_n (f->nearby), ==, 1);
  g_assert_cmpuint (f->avahi->n_resolved, ==, G_N_ELEMENTS (rows) + 1);
}

/* A network full of boards costs no more than a few. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  f->avahi->hold_answers = TRUE;
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = make_id (i % 5000);

      fake_avahi_tell (f->avahi, "ItemNew", id, (int) (i % 40), (int) (i % 2));
    }
  AWAIT (f->avahi->n_resolving == 8);
  f->avahi->hold_answers = FALSE;
  fake_avahi_answer_held (f->avahi);
  AWAIT (get_n (f->nearby) == 50);
  fake_avahi_tell (f->avahi, "ItemRemove", "000000000000000000000A", 0, 0);
  AWAIT (f->avahi->n_resolving == 0);
  g_assert_cmpuint (f->avahi->most_resolving, ==, 8);
  g_assert_cmpuint (get_n (f->nearby), <=, 50);
  g_assert_cmpuint (f->avahi->n_resolved, <=, 50 * 8);
}

/* --- Announcing --- */

static void
test_announce (void)
{
  FakeAvahi *avahi = fake_avahi_new ();
  DrawAnnouncer *announcer = draw_announcer_new ();
  g_autoptr (GVariant) record = NULL;
  g_autoptr (DrawNearbyRecord) read = NULL;
  const char *name, *type;
  guint16 port;

  draw_announcer_set (announcer, BOARD, "Physics", "Ada", 3730);
  AWAIT (draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_UNAVAILABLE);
  fake_avahi_come (avahi);
  AWAIT (draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_ANNOUNCED);
  g_variant_get_child (avahi->service, 3, "&s", &name);
  g_variant_get_child (avahi->service, 4, "&s", &type);
  g_variant_get_child (avahi->service, 7, "q", &port);
  record = g_variant_get_child_value (avahi->service, 8);
  read = draw_nearby_record_parse (record);
  g_assert_cmpstr (name, ==, BOARD);
  g_assert_cmpstr (type, ==, DRAW_NEARBY_TYPE);
  g_assert_cmpuint (port, ==, 3730);
  /* Version, title, person; nothing else, so no secret. */
  g_assert_cmpuint (g_variant_n_children (record), ==, 3);
  g_assert_cmpstr (read->title, ==, "Physics");

  draw_announcer_set (announcer, BOARD, "Physics", "Ada", 3730);
  g_assert_cmpuint (avahi->n_groups, ==, 1);
  draw_announcer_set (announcer, BOARD, "Chemistry", "Ada", 3730);
  AWAIT (avahi->n_groups == 2 && draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_ANNOUNCED);
  AWAIT (avahi->n_freed == 1);

  fake_avahi_go (avahi);
  AWAIT (draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_UNAVAILABLE);
  fake_avahi_come (avahi);
  AWAIT (draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_ANNOUNCED);
  g_assert_cmpuint (avahi->n_groups, ==, 3);

  draw_announcer_remove (announcer, OTHER);
  draw_announcer_remove (announcer, BOARD);
  g_assert_cmpint (draw_announcer_get_state (announcer), ==, DRAW_ANNOUNCER_IDLE);
  AWAIT (avahi->n_freed == 2);
  g_object_unref (announcer);
  fake_avahi_free (avahi);
}

static void
test_announce_fails (void)
{
  FakeAvahi *avahi = fake_avahi_new ();
  DrawAnnouncer *announcer = draw_announcer_new ();

  fake_avahi_come (avahi);
  avahi->group_state = 3; /* a collision */
  draw_announcer_set (announcer, BOARD, NULL, NULL, 1);
  AWAIT (draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_UNAVAILABLE);
  AWAIT (avahi->n_freed == 1);
  avahi->group_state = 2;
  draw_announcer_set (announcer, OTHER, NULL, NULL, 1);
  draw_announcer_remove (announcer, BOARD);
  AWAIT (draw_announcer_get_state (announcer) == DRAW_ANNOUNCER_ANNOUNCED);
  draw_announcer_clear (announcer);
  AWAIT (avahi->n_freed == 2);
  g_object_unref (announcer);
  fake_avahi_free (avahi);
}

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) dbus = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearby/daemon", test_daemon);
  g_test_add ("/nearby/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
  g_test_add ("/nearby/nonsense", Fixture, NULL, set_up, test_nonsense, tear_down);
  g_test_add ("/nearby/flood", Fixture, NULL, set_up, test_flood, tear_down);
  g_test_add_func ("/nearby/announce", test_announce);
  g_test_add_func ("/nearby/announce-fails", test_announce_fails);
  dbus = fake_avahi_start_bus ();
  status = g_test_run ();
  g_test_dbus_stop (dbus);
  return status;
}
