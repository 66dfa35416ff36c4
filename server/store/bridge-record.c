/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-record.h"

#include <string.h>

BridgeEntry *
bridge_entry_new (const char *member, uint64_t counter, int64_t time, const char *body)
{
  BridgeEntry *entry;

  g_return_val_if_fail (member != NULL && body != NULL, NULL);

  entry = g_atomic_rc_box_new0 (BridgeEntry);
  entry->member = g_strdup (member);
  entry->counter = counter;
  entry->time = time;
  entry->body = g_strdup (body);
  entry->length = strlen (body);
  return entry;
}

BridgeEntry *
bridge_entry_ref (BridgeEntry *entry)
{
  return g_atomic_rc_box_acquire (entry);
}

static void
entry_clear (gpointer data)
{
  BridgeEntry *entry = data;

  g_free (entry->member);
  g_free (entry->body);
}

void
bridge_entry_unref (BridgeEntry *entry)
{
  g_atomic_rc_box_release_full (entry, entry_clear);
}

BridgePage *
bridge_page_new (uint64_t first)
{
  BridgePage *page = g_new0 (BridgePage, 1);

  page->first = first;
  page->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_entry_unref);
  return page;
}

void
bridge_page_free (BridgePage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->entries);
  g_free (page);
}

BridgeMember *
bridge_member_new (const char *id,
                   BoardRole role,
                   uint64_t counter,
                   const char *profile,
                   gboolean banned)
{
  BridgeMember *member;

  g_return_val_if_fail (id != NULL, NULL);

  member = g_new0 (BridgeMember, 1);
  member->id = g_strdup (id);
  member->role = role;
  member->counter = counter;
  member->profile = g_strdup (profile);
  member->banned = banned;
  return member;
}

BridgeMember *
bridge_member_copy (const BridgeMember *member)
{
  g_return_val_if_fail (member != NULL, NULL);

  return bridge_member_new (member->id, member->role, member->counter, member->profile,
                            member->banned);
}

void
bridge_member_free (BridgeMember *member)
{
  if (member == NULL)
    return;
  g_free (member->id);
  g_free (member->profile);
  g_free (member);
}

BridgeAdmission *
bridge_admission_new (BridgeMember *member, uint64_t seq)
{
  BridgeAdmission *admission = g_new0 (BridgeAdmission, 1);

  admission->member = member;
  admission->seq = seq;
  return admission;
}

void
bridge_admission_free (BridgeAdmission *admission)
{
  if (admission == NULL)
    return;
  bridge_member_free (admission->member);
  g_free (admission);
}

BridgeBoard *
bridge_board_new (uint64_t seq, gboolean locked)
{
  BridgeBoard *board = g_new0 (BridgeBoard, 1);

  board->seq = seq;
  board->locked = locked;
  board->members = g_ptr_array_new_with_free_func ((GDestroyNotify) bridge_member_free);
  return board;
}

void
bridge_board_free (BridgeBoard *board)
{
  if (board == NULL)
    return;
  g_ptr_array_unref (board->members);
  g_free (board);
}

BridgeInvite *
bridge_invite_new (const char *key,
                   BoardRole role,
                   int64_t expires,
                   int64_t uses,
                   const char *label)
{
  BridgeInvite *invite = g_new0 (BridgeInvite, 1);

  invite->key = g_strdup (key);
  invite->role = role;
  invite->expires = expires;
  invite->uses = uses;
  invite->label = g_strdup (label);
  return invite;
}

void
bridge_invite_free (BridgeInvite *invite)
{
  if (invite == NULL)
    return;
  g_free (invite->key);
  g_free (invite->label);
  g_clear_pointer (&invite->came, g_ptr_array_unref);
  g_free (invite);
}

void
bridge_board_info_free (BridgeBoardInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->id);
  g_free (info);
}

BridgeChange *
bridge_change_copy (const BridgeChange *change)
{
  BridgeChange *copy = g_memdup2 (change, sizeof *change);

  copy->member = g_strdup (change->member);
  copy->by = g_strdup (change->by);
  copy->key = g_strdup (change->key);
  return copy;
}

void
bridge_change_free (BridgeChange *change)
{
  if (change == NULL)
    return;
  g_free (change->member);
  g_free (change->by);
  g_free (change->key);
  g_free (change);
}
