/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What hosts change about their board. The store changes it first; what it answers is then told to
 * everybody concerned, in the order of the store's answers. */

#include "log/bridge-log.h"
#include "room/bridge-room-private.h"

/* An answer under way. */
typedef struct {
  BridgeGuest *guest;   /* owned, and with it the room */
  SioAck *ack;          /* owned */
  BridgeChange *change; /* owned, nullable */
  const char *event;    /* for the log */
} Question;

static Question *
question_new (BridgeGuest *guest, SioAck *ack, const BridgeChange *change, const char *event)
{
  Question *question = g_new0 (Question, 1);

  question->guest = bridge_guest_ref (guest);
  question->ack = sio_ack_ref (ack);
  question->change = change != NULL ? bridge_change_copy (change) : NULL;
  question->event = event;
  guest->waiting_requests++;
  return question;
}

static void
question_free (Question *question)
{
  question->guest->waiting_requests--;
  bridge_change_free (question->change);
  sio_ack_unref (question->ack);
  bridge_guest_unref (question->guest);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
refuse_question (Question *question, const GError *error)
{
  BoardRefusal refusal = bridge_room_refusal_of (error);

  bridge_room_refuse (question->ack, refusal,
                      refusal == BOARD_REFUSAL_UNAVAILABLE ? "The server cannot store this now"
                                                           : error->message);
}

static void
log_question (Question *question)
{
  const BridgeChange *change = question->change;

  bridge_log (G_LOG_LEVEL_INFO, "moderated", "board", question->guest->room->board, "member",
              question->guest->member, "event", question->event, "subject",
              change != NULL ? change->member : NULL, NULL);
}

/* --- Invitations --- */

static void
on_invited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;

  if (!bridge_store_invite_finish (BRIDGE_STORE (source), result, &error))
    {
      refuse_question (question, error);
      return;
    }
  log_question (question);
  bridge_room_agree (question->ack);
}

void
bridge_room_on_invite (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  JsonObject *object = sio_args_get_object (args, 0);
  g_autoptr (BoardInvite) invite = object != NULL ? board_invite_parse (object, NULL) : NULL;

  if (sio_args_get_size (args) != 1 || invite == NULL)
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST, "This is no invitation");
  else if (bridge_room_may_ask (self, guest, ack))
    bridge_store_invite_async (self->store, self->board, invite, on_invited,
                               question_new (guest, ack, NULL, BOARD_EVENT_INVITE));
}

/* uses: as on the wire, where 0 means any number and one that is used up is not listed as such. */
static JsonNode *
invite_to_wire (const BridgeInvite *invite)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *came = json_array_new ();

  json_object_set_string_member (object, "key", invite->key);
  json_object_set_string_member (object, "role", board_role_to_string (invite->role));
  json_object_set_int_member (object, "expires", invite->expires);
  json_object_set_int_member (object, "uses", MAX (invite->uses, 0));
  json_object_set_boolean_member (object, "used", invite->uses == 0);
  json_object_set_string_member (object, "label", invite->label);
  for (guint i = 0; i < invite->came->len; i++)
    json_array_add_string_element (came, g_ptr_array_index (invite->came, i));
  json_object_set_array_member (object, "came", came);
  json_node_take_object (node, object);
  return node;
}

static void
on_invites_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) invites
      = bridge_store_list_invites_finish (BRIDGE_STORE (source), result, &error);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (SioArgs) args = NULL;
  JsonObject *object;
  JsonArray *array;

  if (invites == NULL)
    {
      refuse_question (question, error);
      return;
    }

  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < invites->len; i++)
    json_array_add_element (array, invite_to_wire (g_ptr_array_index (invites, i)));
  json_object_set_array_member (object, "invites", array);
  json_node_take_object (node, object);
  args = sio_args_new ();
  sio_args_add_node (args, node);
  sio_ack_send (question->ack, args);
}

void
bridge_room_on_invites (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  if (sio_args_get_size (args) != 0)
    bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST, "This takes no arguments");
  else if (bridge_room_may_ask (self, guest, ack))
    bridge_store_list_invites_async (self->store, self->board, on_invites_listed,
                                     question_new (guest, ack, NULL, BOARD_EVENT_INVITES));
}

/* --- Changes --- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changed
      = bridge_store_change_finish (BRIDGE_STORE (source), result, &error);

  if (changed == NULL)
    {
      refuse_question (question, error);
      return;
    }
  log_question (question);
  /* First, since the change may end the connection of the one who made it. */
  bridge_room_agree (question->ack);
  bridge_room_apply_change (question->guest->room, question->change, changed);
}

static void
ask_change (BridgeRoom *self,
            BridgeGuest *guest,
            SioAck *ack,
            const BridgeChange *change,
            const char *event)
{
  if (bridge_room_may_ask (self, guest, ack))
    bridge_store_change_async (self->store, self->board, change, on_changed,
                               question_new (guest, ack, change, event));
}

static void
rebuff_form (BridgeRoom *self, BridgeGuest *guest, SioAck *ack, const char *message)
{
  bridge_room_rebuff (self, guest, ack, BOARD_REFUSAL_BAD_REQUEST, message);
}

/* The first of n arguments as a member's id; NULL when it is none. */
static const char *
read_member (SioArgs *args, guint n)
{
  const char *member = sio_args_get_string (args, 0);

  return sio_args_get_size (args) == n && board_member_id_is_valid (member) ? member : NULL;
}

void
bridge_room_on_revoke (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  /* Keys of invitations have the form of a member's id. */
  BridgeChange change = { .kind = BRIDGE_CHANGE_REVOKE, .key = (char *) read_member (args, 2) };

  if (change.key == NULL || !sio_args_get_boolean (args, 1, &change.on))
    rebuff_form (self, guest, ack, "A key is revoked, with those who came by it or without");
  else
    ask_change (self, guest, ack, &change, BOARD_EVENT_REVOKE);
}

void
bridge_room_on_role (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  BridgeChange change = { .kind = BRIDGE_CHANGE_ROLE, .member = (char *) read_member (args, 2) };
  const char *role = sio_args_get_string (args, 1);

  if (change.member == NULL || role == NULL || !board_role_from_string (role, &change.role))
    rebuff_form (self, guest, ack, "A member is given a role");
  else
    ask_change (self, guest, ack, &change, BOARD_EVENT_ROLE);
}

void
bridge_room_on_hand_over (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  BridgeChange change = { .kind = BRIDGE_CHANGE_HAND_OVER,
                          .member = (char *) read_member (args, 1),
                          .by = guest->member };

  if (change.member == NULL || g_str_equal (change.member, guest->member))
    rebuff_form (self, guest, ack, "A board is handed over to another member");
  else
    ask_change (self, guest, ack, &change, BOARD_EVENT_HAND_OVER);
}

void
bridge_room_on_ban (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  BridgeChange change = { .kind = BRIDGE_CHANGE_BAN, .member = (char *) read_member (args, 2) };

  if (change.member == NULL || g_str_equal (change.member, guest->member)
      || !sio_args_get_boolean (args, 1, &change.on))
    rebuff_form (self, guest, ack, "Another member is banned, or not any more");
  else
    ask_change (self, guest, ack, &change, BOARD_EVENT_BAN);
}

/* Changes nothing that is stored. */
void
bridge_room_on_kick (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  const char *member = read_member (args, 1);
  BridgePerson *person = member != NULL ? bridge_room_find (self, member) : NULL;

  if (member == NULL || g_str_equal (member, guest->member))
    rebuff_form (self, guest, ack, "Another member is kicked");
  else if (person == NULL || person->guest == NULL)
    bridge_room_refuse (ack, BOARD_REFUSAL_UNAVAILABLE, "This member is not here");
  else
    {
      bridge_log (G_LOG_LEVEL_INFO, "moderated", "board", self->board, "member", guest->member,
                  "event", BOARD_EVENT_KICK, "subject", member, NULL);
      bridge_guest_dismiss (person->guest, BOARD_BYE_KICKED, "A host has shown you out", FALSE);
      bridge_room_agree (ack);
    }
}

void
bridge_room_on_lock (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  BridgeChange change = { .kind = BRIDGE_CHANGE_LOCK };

  if (sio_args_get_size (args) != 1 || !sio_args_get_boolean (args, 0, &change.on))
    rebuff_form (self, guest, ack, "A board is locked or not");
  else
    ask_change (self, guest, ack, &change, BOARD_EVENT_LOCK);
}

void
bridge_room_on_end (BridgeRoom *self, BridgeGuest *guest, SioArgs *args, SioAck *ack)
{
  const BridgeChange change = { .kind = BRIDGE_CHANGE_END };

  if (sio_args_get_size (args) != 0)
    rebuff_form (self, guest, ack, "This takes no arguments");
  else
    ask_change (self, guest, ack, &change, BOARD_EVENT_END);
}
