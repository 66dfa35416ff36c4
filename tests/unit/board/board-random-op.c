/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-random-op.h"

const char *const board_random_props[] = {
  "x", "y", "strokeColor", "gap:1", "points", "index", "depth", NULL,
};
static const char *const colors[] = { "#ff0000", "#00ff00", "#0000ff", "#123456" };

/* One of the lowest few, so that members meet. */
static char *
random_shown (BoardDocument *document, GRand *rand)
{
  g_autoptr (GPtrArray) elements = board_document_query (document, NULL);
  guint i;

  if (elements->len == 0)
    return NULL;
  i = (guint) g_rand_int_range (rand, 0, (int) MIN (elements->len, 4));
  return g_strdup (board_element_get_id (g_ptr_array_index (elements, i)));
}

static BoardElement *
random_element (BoardDocument *document, GRand *rand, const char *id)
{
  static const char *const types[] = { "rectangle", "hologram", "note" };
  g_autofree char *index = board_document_index_above (document);
  g_autoptr (JsonObject) props = NULL;

  if (g_rand_int_range (rand, 0, 2) == 0)
    {
      BoardPoint points[5];

      for (int i = 0; i < 5; i++)
        points[i] = (BoardPoint){ .x = g_rand_double_range (rand, -500, 500),
                                  .y = g_rand_double_range (rand, -500, 500),
                                  .pressure = (float) g_rand_double (rand) };
      return board_element_new_freedraw (id, index, colors[g_rand_int_range (rand, 0, 4)], 3,
                                         points, 5);
    }
  props = json_object_new ();
  json_object_set_string_member (props, "id", id);
  json_object_set_string_member (props, "index", index);
  json_object_set_string_member (props, "type", types[g_rand_int_range (rand, 0, 3)]);
  json_object_set_int_member (props, "x", g_rand_int_range (rand, -100, 100));
  json_object_set_int_member (props, "depth", g_rand_int_range (rand, 0, 5));
  return board_element_new (props, NULL);
}

static JsonObject *
random_props (GRand *rand)
{
  JsonObject *props = json_object_new ();
  int n = g_rand_int_range (rand, 1, 4);

  for (int i = 0; i < n; i++)
    switch (g_rand_int_range (rand, 0, 9))
      {
      case 0:
        json_object_set_int_member (props, "x", g_rand_int_range (rand, -100, 100));
        break;
      case 1:
        json_object_set_int_member (props, "y", g_rand_int_range (rand, -100, 100));
        break;
      case 2:
        json_object_set_string_member (props, "strokeColor", colors[g_rand_int_range (rand, 0, 4)]);
        break;
      case 3:
        json_object_set_null_member (props, "strokeColor");
        break;
      case 4:
        json_object_set_double_member (props, "gap:1", g_rand_double (rand));
        break;
      case 5: /* freedraw and lines alone can have it: skipped on others */
        json_object_set_string_member (props, "points", "AAEAAA");
        break;
      case 6:
        json_object_set_string_member (props, "index", i % 2 ? "Zz" : "a9");
        break;
      default:
        json_object_set_int_member (props, "x", g_rand_int_range (rand, -100, 100));
      }
  return props;
}

/* A message of anybody's: of others' nothing comes. NULL when nothing was said. */
static char *
random_chat (BoardDocument *document, GRand *rand)
{
  guint n = board_document_get_n_chats (document);
  BoardChat chat;

  if (n == 0)
    return NULL;
  board_document_get_chat (document, (guint) g_rand_int_range (rand, 0, (int) n), &chat);
  return g_strdup (chat.id);
}

static void
add_chat (BoardDocument *document, GRand *rand, BoardOp *op)
{
  const BoardRect place = { 10, 20, 2, 4 };
  g_autofree char *id = random_chat (document, rand);
  int kind = g_rand_int_range (rand, 0, 6);

  if (id == NULL || kind < 2)
    board_op_chat (op, "hello");
  else if (kind == 2)
    board_op_chat_about (op, "there", id, &place);
  else if (kind < 5)
    board_op_edit_chat (op, id, kind == 3 ? "hello!" : "well");
  else
    board_op_delete_chat (op, id);
}

static void
add_poll (BoardDocument *document, GRand *rand, BoardOp *op)
{
  static const char *const options[] = { "tea", "coffee", "water", NULL };
  BoardMeeting *meeting = board_document_get_meeting (document);
  guint n = board_meeting_get_n_polls (meeting), choices[2];
  BoardPoll poll;
  int kind = g_rand_int_range (rand, 0, 8);

  if (n == 0 || kind == 0)
    {
      board_op_add_poll (op, "What?", options, g_rand_boolean (rand));
      return;
    }
  board_meeting_get_poll (meeting, (guint) g_rand_int_range (rand, 0, (int) n), &poll);
  choices[0] = (guint) g_rand_int_range (rand, 0, 4);
  choices[1] = (guint) g_rand_int_range (rand, 0, 3);
  if (kind == 1)
    board_op_close_poll (op, poll.id);
  else if (kind == 2)
    board_op_delete_poll (op, poll.id);
  else
    board_op_vote (op, poll.id, choices, (gsize) g_rand_int_range (rand, 0, 3));
}

static void
add_ballot (BoardDocument *document, const char *shown, GRand *rand, BoardOp *op)
{
  BoardBallot ballot;
  int kind = g_rand_int_range (rand, 0, 8);

  if (!board_meeting_get_ballot (board_document_get_meeting (document), &ballot) || kind == 0)
    board_op_start_ballot (op, 3);
  else if (kind == 1)
    board_op_close_ballot (op, ballot.id);
  else
    board_op_set_dots (op, ballot.id, shown, (guint) g_rand_int_range (rand, 0, 4));
}

static void
add_talk (BoardDocument *document, const char *shown, GRand *rand, BoardOp *op)
{
  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      board_op_set_timer (op, g_rand_int_range (rand, 0, 3) * 1000, g_rand_boolean (rand));
      break;
    case 1:
    case 2:
      add_poll (document, rand, op);
      break;
    case 3:
    case 4:
      add_ballot (document, shown, rand, op);
      break;
    default:
      add_chat (document, rand, op);
    }
}

static void
add_change (BoardDocument *document, const char *name, GRand *rand, BoardOp *op)
{
  g_autofree char *shown = random_shown (document, rand);
  g_autofree char *fresh = g_strdup_printf ("%s-%u", name, g_rand_int (rand));
  g_autoptr (BoardElement) element = NULL;
  g_autoptr (JsonObject) props = NULL;
  int kind = g_rand_int_range (rand, 0, 100);

  if (shown == NULL || kind < 20)
    {
      element = random_element (document, rand, fresh);
      board_op_add_element (op, element);
    }
  else if (kind < 75)
    {
      props = random_props (rand);
      board_op_set_props (op, shown, props);
    }
  else if (kind < 88)
    board_op_remove_element (op, shown);
  else if (kind < 91) /* in place of one that is there */
    {
      element = random_element (document, rand, shown);
      board_op_add_element (op, element);
    }
  else if (kind < 97)
    add_talk (document, shown, rand, op);
  else
    board_op_set_title (op, kind % 2 ? "One" : "Two");
}

BoardOp *
board_random_op (BoardDocument *document, const char *name, GRand *rand)
{
  BoardOp *op = board_op_new ();
  int n = g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 2, 6) : 1;

  for (int i = 0; i < n; i++)
    add_change (document, name, rand, op);
  return op;
}
