/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board-change-talk.h"

#include "board-fields.h"
#include "board-schema.h"
#include "board/board-limits.h"
#include "json/wire-json.h"

static void
append_key (GString *out, const char *name)
{
  g_string_append_printf (out, "%s\"%s\":", out->str[out->len - 1] == '{' ? "" : ",", name);
}

/* One line of min..max characters. */
static gboolean
check_line (JsonNode *node, glong min, glong max, const char **text, GError **error)
{
  glong length;

  if (!board_node_string (node, text))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "A text is missing");
  length = g_utf8_strlen (*text, -1);
  if (length < min || length > max)
    return board_change_fail (error, BOARD_ERROR_LIMIT, "A text is empty or too long");
  for (const char *c = *text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return board_change_fail (error, BOARD_ERROR_SCHEMA, "A text has a control character");
  return TRUE;
}

static gboolean
parse_object (JsonArray *array, JsonObject **object, GError **error)
{
  JsonNode *node = json_array_get_element (array, 1);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return board_change_fail (error, BOARD_ERROR_SCHEMA,
                              "A change has no object where it must have one");
  *object = json_node_get_object (node);
  return TRUE;
}

static gboolean
parse_message (JsonNode *node, BoardChange *change, GError **error)
{
  const char *text;

  if (!board_node_string (node, &text))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "\"text\" is not a string");
  if (*text == '\0' || g_utf8_strlen (text, -1) > BOARD_MAX_CHAT)
    return board_change_fail (error, BOARD_ERROR_LIMIT, "The message is empty or too long");
  change->text = g_strdup (text);
  return TRUE;
}

static gboolean
parse_place (JsonObject *object, BoardChange *change, GError **error)
{
  JsonArray *place;
  double *const to[] = { &change->x, &change->y };

  if (!board_fields_has (object, "at"))
    return TRUE;
  if (!board_fields_array (object, "at", 2, &place, error))
    return FALSE;
  if (json_array_get_length (place) != 2)
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "\"at\" is not a pair of numbers");
  for (guint i = 0; i < 2; i++)
    {
      if (!board_node_number (json_array_get_element (place, i), to[i]))
        return board_change_fail (error, BOARD_ERROR_SCHEMA, "\"at\" is not a pair of numbers");
      if (*to[i] < -BOARD_COORDINATE_MAX || *to[i] > BOARD_COORDINATE_MAX)
        return board_change_fail (error, BOARD_ERROR_RANGE, "\"at\" is out of range");
    }
  change->has_place = TRUE;
  return TRUE;
}

static gboolean
parse_reply (JsonObject *object, BoardChange *change, GError **error)
{
  const char *reply;

  if (!board_fields_has (object, "reply"))
    return TRUE;
  if (!board_node_string (json_object_get_member (object, "reply"), &reply)
      || !board_schema_id_is_valid (reply))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "\"reply\" is no id");
  change->reply = g_strdup (reply);
  return TRUE;
}

static gboolean
parse_chat (JsonArray *array, BoardChange *change, GError **error)
{
  JsonObject *object = NULL;

  return parse_object (array, &object, error)
         && board_change_parse_id (json_object_get_member (object, "id"), change, error)
         && parse_message (json_object_get_member (object, "text"), change, error)
         && parse_place (object, change, error) && parse_reply (object, change, error);
}

static void
append_chat (GString *out, const BoardChange *change)
{
  g_string_append (out, ",{");
  if (change->has_place)
    {
      append_key (out, "at");
      g_string_append_c (out, '[');
      wire_json_append_double (out, change->x + 0.0);
      g_string_append_c (out, ',');
      wire_json_append_double (out, change->y + 0.0);
      g_string_append_c (out, ']');
    }
  append_key (out, "id");
  wire_json_append_string (out, change->id);
  if (change->reply != NULL)
    {
      append_key (out, "reply");
      wire_json_append_string (out, change->reply);
    }
  append_key (out, "text");
  wire_json_append_string (out, change->text);
  g_string_append_c (out, '}');
}

static gboolean
parse_title (JsonArray *array, BoardChange *change, GError **error)
{
  const char *text;

  if (!check_line (json_array_get_element (array, 1), 0, BOARD_MAX_TITLE, &text, error))
    return FALSE;
  change->text = g_strdup (text);
  return TRUE;
}

static void
append_title (GString *out, const BoardChange *change)
{
  g_string_append_c (out, ',');
  wire_json_append_string (out, change->text);
}

static gboolean
parse_chat_edit (JsonArray *array, BoardChange *change, GError **error)
{
  return board_change_parse_only_id (array, change, error)
         && parse_message (json_array_get_element (array, 2), change, error);
}

static void
append_chat_edit (GString *out, const BoardChange *change)
{
  board_change_append_id (out, change);
  append_title (out, change);
}

static gboolean
parse_options (JsonObject *object, BoardChange *change, GError **error)
{
  g_autoptr (GStrvBuilder) options = g_strv_builder_new ();
  JsonArray *array;

  if (!board_fields_array (object, "options", BOARD_MAX_OPTIONS, &array, error))
    return FALSE;
  if (json_array_get_length (array) < 2)
    return board_change_fail (error, BOARD_ERROR_LIMIT, "A poll has less than two options");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *option;

      if (!check_line (json_array_get_element (array, i), 1, BOARD_MAX_OPTION, &option, error))
        return FALSE;
      g_strv_builder_add (options, option);
    }
  change->options = g_strv_builder_end (options);
  return TRUE;
}

static gboolean
parse_poll (JsonArray *array, BoardChange *change, GError **error)
{
  JsonObject *object = NULL;
  const char *question;

  if (!parse_object (array, &object, error)
      || !board_change_parse_id (json_object_get_member (object, "id"), change, error)
      || !check_line (json_object_get_member (object, "question"), 1, BOARD_MAX_QUESTION, &question,
                      error))
    return FALSE;
  change->text = g_strdup (question);
  return parse_options (object, change, error)
         && (!board_fields_has (object, "many")
             || board_fields_bool (object, "many", &change->many, error));
}

static void
append_poll (GString *out, const BoardChange *change)
{
  g_string_append (out, ",{");
  append_key (out, "id");
  wire_json_append_string (out, change->id);
  if (change->many)
    {
      append_key (out, "many");
      g_string_append (out, "true");
    }
  append_key (out, "options");
  for (guint i = 0; change->options[i] != NULL; i++)
    {
      g_string_append_c (out, i > 0 ? ',' : '[');
      wire_json_append_string (out, change->options[i]);
    }
  g_string_append_c (out, ']');
  append_key (out, "question");
  wire_json_append_string (out, change->text);
  g_string_append_c (out, '}');
}

static gboolean
parse_poll_vote (JsonArray *array, BoardChange *change, GError **error)
{
  JsonNode *node = json_array_get_element (array, 2);
  int64_t last = -1;

  if (!board_change_parse_only_id (array, change, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) > BOARD_MAX_OPTIONS)
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "A vote is not a list of options");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      int64_t choice;

      if (!board_node_int (json_array_get_element (array, i), &choice) || choice <= last
          || choice >= BOARD_MAX_OPTIONS)
        return board_change_fail (error, BOARD_ERROR_RANGE,
                                  "A vote is not for options in their order");
      change->choices |= UINT32_C (1) << choice;
      last = choice;
    }
  return TRUE;
}

void
board_choices_append (GString *out, guint32 choices)
{
  const char *before = "[";

  for (guint i = 0; i < BOARD_MAX_OPTIONS; i++)
    if (choices & (UINT32_C (1) << i))
      {
        g_string_append_printf (out, "%s%u", before, i);
        before = ",";
      }
  g_string_append (out, choices == 0 ? "[]" : "]");
}

static void
append_poll_vote (GString *out, const BoardChange *change)
{
  board_change_append_id (out, change);
  g_string_append_c (out, ',');
  board_choices_append (out, change->choices);
}

static gboolean
parse_count (JsonNode *node, int64_t min, BoardChange *change, GError **error)
{
  int64_t count;

  if (!board_node_int (node, &count))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "A number of dots is not a whole number");
  if (count < min || count > BOARD_MAX_EACH)
    return board_change_fail (error, BOARD_ERROR_RANGE, "A number of dots is out of range");
  change->count = (guint) count;
  return TRUE;
}

static gboolean
parse_ballot (JsonArray *array, BoardChange *change, GError **error)
{
  return board_change_parse_only_id (array, change, error)
         && parse_count (json_array_get_element (array, 2), 1, change, error);
}

static void
append_ballot (GString *out, const BoardChange *change)
{
  board_change_append_id (out, change);
  g_string_append_printf (out, ",%u", change->count);
}

static gboolean
parse_dot (JsonArray *array, BoardChange *change, GError **error)
{
  const char *target;

  if (!board_change_parse_only_id (array, change, error))
    return FALSE;
  if (!board_node_string (json_array_get_element (array, 2), &target)
      || !board_schema_id_is_valid (target))
    return board_change_fail (error, BOARD_ERROR_SCHEMA, "Dots on something that has no id");
  change->target = g_strdup (target);
  return parse_count (json_array_get_element (array, 3), 0, change, error);
}

static void
append_dot (GString *out, const BoardChange *change)
{
  board_change_append_id (out, change);
  g_string_append_c (out, ',');
  wire_json_append_string (out, change->target);
  g_string_append_printf (out, ",%u", change->count);
}

static gboolean
parse_timer (JsonArray *array, BoardChange *change, GError **error)
{
  JsonObject *object = NULL;

  if (JSON_NODE_HOLDS_NULL (json_array_get_element (array, 1)))
    return TRUE;
  return parse_object (array, &object, error)
         && board_fields_int (object, "ms", 1, BOARD_MAX_TIMER, &change->ms, error)
         && (!board_fields_has (object, "paused")
             || board_fields_bool (object, "paused", &change->paused, error));
}

static void
append_timer (GString *out, const BoardChange *change)
{
  if (change->ms == 0)
    g_string_append (out, ",null");
  else
    g_string_append_printf (out, ",{\"ms\":%" G_GINT64_FORMAT "%s}", (gint64) change->ms,
                            change->paused ? ",\"paused\":true" : "");
}

static const BoardChangeKind kinds[BOARD_CHANGE_UNKNOWN] = {
  [BOARD_CHANGE_TITLE] = { "title", 2, parse_title, append_title, FALSE, FALSE },
  [BOARD_CHANGE_CHAT] = { "chat", 2, parse_chat, append_chat, TRUE, FALSE },
  [BOARD_CHANGE_CHAT_EDIT] = { "chat-edit", 3, parse_chat_edit, append_chat_edit, TRUE, FALSE },
  [BOARD_CHANGE_CHAT_DELETE]
  = { "chat-delete", 2, board_change_parse_only_id, board_change_append_id, TRUE, FALSE },
  [BOARD_CHANGE_POLL] = { "poll", 2, parse_poll, append_poll, FALSE, TRUE },
  [BOARD_CHANGE_POLL_VOTE] = { "poll-vote", 3, parse_poll_vote, append_poll_vote, TRUE, TRUE },
  [BOARD_CHANGE_POLL_CLOSE]
  = { "poll-close", 2, board_change_parse_only_id, board_change_append_id, FALSE, TRUE },
  [BOARD_CHANGE_POLL_DELETE]
  = { "poll-delete", 2, board_change_parse_only_id, board_change_append_id, FALSE, TRUE },
  [BOARD_CHANGE_BALLOT] = { "ballot", 3, parse_ballot, append_ballot, FALSE, TRUE },
  [BOARD_CHANGE_BALLOT_CLOSE]
  = { "ballot-close", 2, board_change_parse_only_id, board_change_append_id, FALSE, TRUE },
  [BOARD_CHANGE_DOT] = { "dot", 4, parse_dot, append_dot, TRUE, TRUE },
  [BOARD_CHANGE_TIMER] = { "timer", 2, parse_timer, append_timer, FALSE, TRUE },
};

const BoardChangeKind *
board_change_talk_get_kind (BoardChangeType type)
{
  g_assert (type < BOARD_CHANGE_UNKNOWN && kinds[type].name != NULL);

  return &kinds[type];
}
