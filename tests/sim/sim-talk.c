/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-talk.h"

struct _SimTalk {
  BoardChats *chats;
  BoardMeeting *meeting;
};

SimTalk *
sim_talk_new (void)
{
  SimTalk *self = g_new0 (SimTalk, 1);

  self->chats = board_chats_new ();
  self->meeting = board_meeting_new ();
  return self;
}

void
sim_talk_free (SimTalk *self)
{
  board_chats_free (self->chats);
  board_meeting_unref (self->meeting);
  g_free (self);
}

static gboolean
is_message (BoardChangeType type)
{
  return type == BOARD_CHANGE_CHAT || type == BOARD_CHANGE_CHAT_EDIT
         || type == BOARD_CHANGE_CHAT_DELETE;
}

gboolean
sim_talk_is (BoardChangeType type)
{
  return is_message (type) || board_change_type_is_meeting (type);
}

void
sim_talk_apply (SimTalk *self, const char *member, int64_t time, const BoardChange *change)
{
  if (is_message (change->type))
    board_chats_apply (self->chats, member, time, change);
  else
    board_meeting_apply (self->meeting, member, time, change);
}

BoardHash
sim_talk_get_hash (SimTalk *self)
{
  BoardHash hash = board_chats_get_hash (self->chats);

  board_hash_add (&hash, board_meeting_get_hash (self->meeting));
  return hash;
}
