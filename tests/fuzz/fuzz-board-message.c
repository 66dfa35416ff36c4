/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Every payload of the wire: the first byte chooses the reader. What is accepted is built to a
 * payload that is accepted again. */
#include "board/board-message.h"

#include "json/wire-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

#define CHECK(Type, prefix, object)                                   \
  do                                                                  \
    {                                                                 \
      g_autoptr (Type) first = prefix##_parse (object, NULL);         \
      g_autoptr (Type) second = NULL;                                 \
      g_autoptr (JsonNode) built = NULL;                              \
                                                                      \
      if (first == NULL)                                              \
        break;                                                        \
      built = prefix##_build (first);                                 \
      second = prefix##_parse (json_node_get_object (built), NULL);   \
      g_assert_nonnull (second);                                      \
    }                                                                 \
  while (0)

static void
check_object (guint8 which, JsonObject *object)
{
  switch (which % 6)
    {
    case 0:
      CHECK (BoardInvite, board_invite, object);
      break;
    case 1:
      CHECK (BoardCreate, board_create, object);
      break;
    case 2:
      CHECK (BoardMember, board_member, object);
      break;
    case 3:
      CHECK (BoardHello, board_hello, object);
      break;
    case 4:
      CHECK (BoardPresence, board_presence, object);
      break;
    default:
      {
        g_autoptr (BoardJoin) join = board_join_parse (object, NULL);

        if (join != NULL)
          board_proof_verify (&join->member_key, join->member_proof, "sid", join->board);
      }
    }
}

/* A snapshot, on the wire and where a server keeps its parts. */
static void
check_snapshot (JsonObject *object)
{
  BoardSnapshot snapshot = { 0 }, again = { 0 };
  g_autoptr (JsonNode) built = NULL;
  g_autofree char *parts = NULL;

  if (!board_snapshot_parse (object, &snapshot, NULL))
    return;
  built = board_snapshot_build (&snapshot);
  g_assert_true (board_snapshot_parse (json_node_get_object (built), &again, NULL));
  g_assert_cmpmem (&snapshot, sizeof snapshot, &again, sizeof again);
  parts = board_snapshot_parts_to_text (&snapshot);
  g_assert_true (board_snapshot_parts_from_text (&again, parts));
  g_assert_cmpmem (&snapshot, sizeof snapshot, &again, sizeof again);
}

static void
check_entry (JsonNode *node)
{
  BoardEntry entry, again;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) back = NULL;

  if (!board_entry_parse (node, &entry, NULL))
    return;
  board_entry_append (text, &entry);
  back = wire_json_parse (text->str, text->len, &wire_json_limits_default, NULL);
  g_assert_nonnull (back);
  g_assert_true (board_entry_parse (back, &again, NULL));
  g_assert_cmpstr (entry.body, ==, again.body);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (JsonNode) node = NULL;
  BoardRefusal refusal;
  const char *message;

  if (size < 1)
    return 0;
  node = wire_json_parse ((const char *) data + 1, size - 1, &wire_json_limits_default, NULL);
  if (node == NULL)
    return 0;
  check_entry (node);
  board_refusal_from_json (node, &refusal, &message);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return 0;
  check_snapshot (json_node_get_object (node));
  check_object (data[0], json_node_get_object (node));
  return 0;
}
