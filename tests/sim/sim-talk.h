/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/board-chats.h"
#include "board/board-meeting-private.h"

G_BEGIN_DECLS

/**
 * SimTalk: messages, polls, dots and the timer, by plain replay. What they mean is checked by the
 * slow model; here it is whether replicas come to the same by all the ways that ops can travel.
 */
typedef struct _SimTalk SimTalk;

SimTalk *sim_talk_new (void);
void sim_talk_free (SimTalk *self);

gboolean sim_talk_is (BoardChangeType type);
void sim_talk_apply (SimTalk *self, const char *member, int64_t time, const BoardChange *change);
BoardHash sim_talk_get_hash (SimTalk *self);

G_END_DECLS
