/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who was ever here, kept in the board's file, so that what was said and drawn has a name while the server
 * is not there to tell it. */
#include "draw-session-private.h"

#include <string.h>

#include "draw-name.h"
#include "json/wire-json.h"

/* Many come at once when somebody joins a crowd: they are written together. */
#define REMEMBER_SECONDS 3

static const char *
get_text (JsonArray *row, guint i)
{
  JsonNode *node = i < json_array_get_length (row) ? json_array_get_element (row, i) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                          : NULL;
}

/* row: [id, name, color] */
static void
read_row (DrawSession *self, JsonNode *node)
{
  JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *id = row != NULL ? get_text (row, 0) : NULL;

  if (id != NULL && board_member_id_is_valid (id) && !g_str_equal (id, self->member))
    draw_roster_set (self->roster, id, BOARD_ROLE_VIEWER, get_text (row, 1), get_text (row, 2), FALSE);
}

void
draw_session_read_known (DrawSession *self)
{
  const char *text = draw_journal_get_meta (self->journal, DRAW_META_PEOPLE);
  g_autoptr (JsonNode) node = NULL;

  if (text != NULL)
    node = wire_json_parse (text, strlen (text), &wire_json_limits_default, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    read_row (self, json_array_get_element (json_node_get_array (node), i));
}

static void
append_row (GString *text, DrawMember *member)
{
  g_string_append (text, text->len > 1 ? ",[" : "[");
  wire_json_append_string (text, draw_member_get_id (member));
  g_string_append_c (text, ',');
  wire_json_append_string (text, draw_member_get_name (member));
  g_string_append_c (text, ',');
  wire_json_append_string (text, draw_member_get_color (member));
  g_string_append_c (text, ']');
}

static void
write_known (DrawSession *self)
{
  GListModel *members = G_LIST_MODEL (self->roster);
  guint n = g_list_model_get_n_items (members);
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 1; i < n; i++) /* the first is oneself */
    {
      g_autoptr (DrawMember) member = g_list_model_get_item (members, i);

      append_row (text, member);
    }
  g_string_append_c (text, ']');
  if (n > 1)
    draw_journal_set_meta (self->journal, DRAW_META_PEOPLE, text->str);
}

static gboolean
on_known_timer (gpointer data)
{
  DrawSession *self = data;

  self->known_timer = 0;
  write_known (self);
  return G_SOURCE_REMOVE;
}

void
draw_session_remember_known (DrawSession *self)
{
  if (self->known_timer == 0)
    self->known_timer = g_timeout_add_seconds (REMEMBER_SECONDS, on_known_timer, self);
}

void
draw_session_stop_known (DrawSession *self)
{
  if (self->known_timer != 0)
    write_known (self);
  g_clear_handle_id (&self->known_timer, g_source_remove);
}
