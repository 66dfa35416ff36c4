/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas-fixture.h"

#include <string.h>

static BoardElement *
create (const char *members, const char *id, const char *index)
{
  g_autofree char *json
      = g_strdup_printf ("{%s%s%s%s%s%s%s}", strstr (members, "\"id\"") == NULL ? "\"id\":\"" : "",
                         strstr (members, "\"id\"") == NULL ? id : "",
                         strstr (members, "\"id\"") == NULL ? "\"," : "", "\"index\":\"", index,
                         "\",", members);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);
  BoardElement *element;

  g_assert_no_error (error);
  element = board_element_new (json_node_get_object (node), &error);
  g_assert_no_error (error);
  return element;
}

BoardElement *
canvas_fixture_element (const char *members)
{
  return create (members, "a", "a0");
}

BoardReplica *
canvas_fixture_board (const char *members, ...)
{
  BoardReplica *replica = board_replica_new ("me");
  g_autoptr (BoardOp) op = board_op_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;
  va_list args;

  va_start (args, members);
  for (; members != NULL; members = va_arg (args, const char *), n++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", n);
      g_autofree char *index = g_strdup_printf ("b%02u", n + 1);
      g_autoptr (BoardElement) element = create (members, id, index);

      board_op_add_element (op, element);
    }
  va_end (args);
  board_replica_submit (replica, op, &error);
  g_assert_no_error (error);
  return replica;
}
