/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A member who sends anything as casts: what is no cast is nothing, and what is one is bounded.
 */
#include <string.h>

#include "board/board-seal.h"
#include "session-fixture.h"

/* What a member with the board's key may seal; none of these says anything. */
static const char *const bad[] = {
  "",
  "{}",
  "[]",
  "null",
  "{\"k\":1}",
  "{\"k\":\"\"}",
  "{\"k\":\"cursor\",\"x\":1}",
  "{\"k\":\"cursor\",\"x\":1e308,\"y\":0}",
  "{\"k\":\"cursor\",\"x\":\"1\",\"y\":0}",
  "{\"k\":\"cursor\",\"x\":NaN,\"y\":0}",
  "{\"k\":\"ink\",\"id\":\"../x\",\"color\":\"red\",\"width\":1e9,\"x\":0,\"y\":0,\"from\":-1,\"points\":\"!\"}",
  "{\"k\":\"laser\"}",
  "{\"k\":\"reaction\",\"text\":\"\"}",
  "{\"k\":\"reaction\",\"text\":\"0123456789012345678901234567890123456789\"}",
  "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":0,\"height\":-1}",
  "{\"k\":\"view\",\"x\":0,\"y\":0,\"width\":1e300,\"height\":1e300}",
  "{\"k\":\"selection\",\"ids\":\"all\"}",
  "{\"k\":\"selection\",\"ids\":[1,2]}",
  "{\"k\":\"hand\",\"on\":1}",
  "{\"k\":\"present\"}",
  "{\"k\":\"away\",\"on\":\"yes\"}",
  "{\"k\":\"say\",\"id\":\"a\",\"text\":\"not in a cast for all\"}",
  "{\"k\":\"who-knows\",\"x\":[[[[[[[[[[]]]]]]]]]]}",
};

static void
emit_cast (Fixture *f, const char *member, const char *text, guint times)
{
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *body =
      board_seal_cast (&f->server->link->key, f->server->link->board, member, text);
  JsonArray *entries = json_array_new ();

  for (guint i = 0; i < times; i++)
    {
      JsonArray *entry = json_array_new ();

      json_array_add_string_element (entry, member);
      json_array_add_string_element (entry, body != NULL ? body : text);
      json_array_add_array_element (entries, entry);
    }
  json_node_take_array (node, entries);
  sio_args_add_node (args, node);
  fake_server_emit (f->server, BOARD_EVENT_CAST, args);
}

static void
test_casts (Fixture *f, gconstpointer data)
{
  const char *ben;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  ben = draw_session_get_member (f->ben.session);
  AWAIT (g_list_model_get_n_items (draw_session_get_members (f->ana.session)) == 2);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    emit_cast (f, ben, bad[i], 1);
  emit_cast (f, "nobody of that name", "{\"k\":\"hand\",\"on\":true}", 1);
  emit_cast (f, ben, "{\"k\":\"cursor\",\"x\":7,\"y\":8}", 1);
  AWAIT (f->ana.n_casts > 0);
  g_assert_cmpuint (f->ana.n_casts, ==, 1);
  g_assert_cmpfloat (f->ana.last_cast.x, ==, 7);
  g_assert_true (person_is_online (&f->ana));
}

/* Ten thousand cursors at once: all are read, the board goes on, and nothing is kept of them. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  const char *ben;

  person_join (&f->ana, f->server, "Ana");
  person_join (&f->ben, f->server, "Ben");
  ben = draw_session_get_member (f->ben.session);
  for (guint i = 0; i < 20; i++)
    emit_cast (f, ben, "{\"k\":\"cursor\",\"x\":1,\"y\":2}", 500);
  person_draw (&f->ben);
  AWAIT (person_count (&f->ana) == 1);
  AWAIT (f->ana.n_casts == 10000);
  g_assert_true (person_is_online (&f->ana));
  g_assert_cmpuint (g_list_model_get_n_items (draw_session_get_members (f->ana.session)), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("/hostile/casts", test_casts);
  ADD ("/hostile/flood", test_flood);
#undef ADD
  return g_test_run ();
}
