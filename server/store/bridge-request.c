/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/bridge-request.h"

#include <string.h>

void
bridge_request_free (BridgeRequest *request)
{
  if (request == NULL)
    return;

  g_free (request->board);
  g_free (request->member);
  g_free (request->invite_key);
  g_free (request->profile);
  g_clear_pointer (&request->invite, bridge_invite_free);
  g_clear_pointer (&request->entry, bridge_entry_unref);
  g_clear_pointer (&request->change, bridge_change_free);
  g_free (request->path);
  g_free (request);
}

static gsize
text_cost (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

gsize
bridge_request_get_cost (const BridgeRequest *request)
{
  gsize cost = sizeof *request;

  g_assert (request != NULL);

  cost += text_cost (request->board) + text_cost (request->member) + text_cost (request->invite_key)
          + text_cost (request->profile) + text_cost (request->path);
  if (request->change != NULL)
    cost += sizeof *request->change;
  if (request->entry != NULL)
    cost += sizeof *request->entry + text_cost (request->entry->member) + request->entry->length;
  return cost;
}

BridgeLane
bridge_request_get_lane (const BridgeRequest *request)
{
  switch (request->kind)
    {
    case BRIDGE_REQUEST_LOAD:
    case BRIDGE_REQUEST_READ:
    case BRIDGE_REQUEST_INVITES:
    case BRIDGE_REQUEST_BOARDS:
      return BRIDGE_LANE_READ;
    case BRIDGE_REQUEST_BACKUP:
      return BRIDGE_LANE_COPY;
    default:
      return BRIDGE_LANE_WRITE;
    }
}

static GDestroyNotify
result_destroy (BridgeRequestKind kind)
{
  switch (kind)
    {
    case BRIDGE_REQUEST_ADMIT:
      return (GDestroyNotify) bridge_admission_free;
    case BRIDGE_REQUEST_LOAD:
      return (GDestroyNotify) bridge_board_free;
    case BRIDGE_REQUEST_READ:
      return (GDestroyNotify) bridge_page_free;
    case BRIDGE_REQUEST_APPEND:
      return g_free;
    case BRIDGE_REQUEST_CHANGE:
    case BRIDGE_REQUEST_INVITES:
    case BRIDGE_REQUEST_BOARDS:
      return (GDestroyNotify) g_ptr_array_unref;
    case BRIDGE_REQUEST_CREATE:
    case BRIDGE_REQUEST_INVITE:
    case BRIDGE_REQUEST_BACKUP:
    case BRIDGE_REQUEST_RESTORE:
    case BRIDGE_REQUEST_FLUSH:
    case BRIDGE_N_REQUESTS:
      return NULL;
    }
  g_assert_not_reached ();
}

void
bridge_request_free_result (const BridgeRequest *request, gpointer result)
{
  GDestroyNotify destroy = result_destroy (request->kind);

  if (result != NULL && destroy != NULL)
    destroy (result);
}

void
bridge_request_answer (GTask *task, gpointer result, GError *error)
{
  BridgeRequest *request = g_task_get_task_data (task);
  GDestroyNotify destroy = result_destroy (request->kind);

  if (error != NULL)
    {
      g_assert (result == NULL);
      g_task_return_error (task, error);
    }
  else if (destroy == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, result, destroy);
}

gboolean
bridge_invite_judge (const BridgeInvite *invite, int64_t now, GError **error)
{
  if (invite == NULL)
    g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_NOT_INVITED,
                         "This invitation is not valid");
  else if (invite->expires != 0 && invite->expires <= now)
    g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_EXPIRED,
                         "This invitation has expired");
  else if (invite->uses == 0)
    g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_USED,
                         "This invitation was used as often as it may be");
  else
    return TRUE;
  return FALSE;
}

gboolean
bridge_standing_judge (const BridgeMember *member,
                       BoardRole role,
                       gboolean banned,
                       guint hosts,
                       GError **error)
{
  gboolean is_host = member->role == BOARD_ROLE_HOST && !member->banned;

  if (!is_host || hosts > 1 || (role == BOARD_ROLE_HOST && !banned))
    return TRUE;
  g_set_error_literal (error, BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_LAST_HOST,
                       "A board always has a host");
  return FALSE;
}

BridgeAppended
bridge_append_judge (const BridgeEntry *entry,
                     uint64_t last,
                     int64_t bytes,
                     const BridgeLimits *limits)
{
  if (entry->counter <= last)
    return (BridgeAppended){ BRIDGE_APPEND_REPEATED, 0 };
  if (entry->counter != last + 1)
    return (BridgeAppended){ BRIDGE_APPEND_GAP, last + 1 };
  if (bytes + (int64_t) entry->length > limits->bytes_per_board)
    return (BridgeAppended){ BRIDGE_APPEND_FULL, 0 };
  return (BridgeAppended){ BRIDGE_APPEND_STORED, 0 };
}
