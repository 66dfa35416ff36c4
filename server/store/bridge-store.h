/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "board/board-message.h"
#include "config/bridge-limits.h"
#include "store/bridge-record.h"

G_BEGIN_DECLS

#define BRIDGE_STORE_ERROR (bridge_store_error_quark ())
GQuark bridge_store_error_quark (void);

/**
 * BridgeStoreError:
 * @BRIDGE_STORE_ERROR_OPEN: the store cannot be opened: no such directory, damaged, used by another
 * server
 * @BRIDGE_STORE_ERROR_UNAVAILABLE: nothing was stored, the disk or the queue is full or broken;
 * later it may work again
 * @BRIDGE_STORE_ERROR_NO_BOARD: no board of that id
 * @BRIDGE_STORE_ERROR_TAKEN: the board exists and is somebody else's
 * @BRIDGE_STORE_ERROR_FULL: as many boards, members or invitations as there may be
 * @BRIDGE_STORE_ERROR_NOT_INVITED: not a member, and no invitation of this board
 * @BRIDGE_STORE_ERROR_EXPIRED: an invitation beyond its time
 * @BRIDGE_STORE_ERROR_USED: an invitation that let in as many as it could
 * @BRIDGE_STORE_ERROR_BANNED: a member who is kept out
 * @BRIDGE_STORE_ERROR_UNKNOWN: no such member or invitation
 * @BRIDGE_STORE_ERROR_LAST_HOST: a board always has a host who is not banned
 * @BRIDGE_STORE_ERROR_HASH: bytes that are not those of the blob they were said to be
 * @BRIDGE_STORE_ERROR_COPY: a backup that cannot be written or read, or holds no such board
 */
typedef enum {
  BRIDGE_STORE_ERROR_OPEN,
  BRIDGE_STORE_ERROR_UNAVAILABLE,
  BRIDGE_STORE_ERROR_NO_BOARD,
  BRIDGE_STORE_ERROR_TAKEN,
  BRIDGE_STORE_ERROR_FULL,
  BRIDGE_STORE_ERROR_NOT_INVITED,
  BRIDGE_STORE_ERROR_EXPIRED,
  BRIDGE_STORE_ERROR_USED,
  BRIDGE_STORE_ERROR_BANNED,
  BRIDGE_STORE_ERROR_UNKNOWN,
  BRIDGE_STORE_ERROR_LAST_HOST,
  BRIDGE_STORE_ERROR_HASH,
  BRIDGE_STORE_ERROR_COPY,
} BridgeStoreError;

/**
 * BridgeStore: the boards' logs, members and invitations.
 *
 * What is asked of one store is done in the order of the asking, reads (load, read) aside, which
 * see at least what was answered before they were asked. An answer of success means that it is on
 * disk (where the store has a disk) and stays there. All calls and callbacks belong to the main
 * context of the thread that made the store. Every call may fail with
 * %BRIDGE_STORE_ERROR_UNAVAILABLE, which changed nothing that was promised: asking again is safe.
 *
 * Positions and counters begin with 1 and are dense.
 */
#define BRIDGE_TYPE_STORE (bridge_store_get_type ())
G_DECLARE_INTERFACE (BridgeStore, bridge_store, BRIDGE, STORE, GObject)

typedef struct _BridgeRequest BridgeRequest;

struct _BridgeStoreInterface {
  GTypeInterface parent;

  /* task: transfer full; its data is a BridgeRequest (bridge-request.h). Answer it with what the
   * _finish function of the request's kind gives, or a BridgeStoreError. */
  void (*submit) (BridgeStore *self, GTask *task);
};

/* Makes a board with that host (and invitation). Nothing changes when it exists with the same host
 * and that very invitation (or none was given): asking twice is no error. Nobody proves to be that
 * host here, so nothing may be added to a board that exists. Errors: TAKEN, FULL. */
void bridge_store_create_async (BridgeStore *self,
                                const BoardCreate *create,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bridge_store_create_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Lets a member in: one who is known, or a new one with an invitation, which loses one use in the
 * same transaction. A known member's invitation is not looked at, so no old link undoes a change of
 * roles. invite: key of the invitation as text, or NULL. profile: NULL keeps the one that is there.
 * now: ms since the epoch. Errors: NO_BOARD, NOT_INVITED, EXPIRED, USED, BANNED, FULL. */
void bridge_store_admit_async (BridgeStore *self,
                               const char *board,
                               const char *member,
                               const char *invite,
                               const char *profile,
                               int64_t now,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* The member as it is now. Transfer full. */
BridgeAdmission *
bridge_store_admit_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Errors: NO_BOARD. */
void bridge_store_load_async (BridgeStore *self,
                              const char *board,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Transfer full. */
BridgeBoard *bridge_store_load_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Appends one entry, exactly once for each (member, counter). Errors: NO_BOARD, NOT_INVITED. */
void bridge_store_append_async (BridgeStore *self,
                                const char *board,
                                BridgeEntry *entry,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bridge_store_append_finish (BridgeStore *self,
                                     GAsyncResult *result,
                                     BridgeAppended *appended,
                                     GError **error);

/* Entries from position from to position to, both included, in one page: it ends early when its
 * bodies reach max_bytes (one entry is always given). Errors: NO_BOARD. */
void bridge_store_read_async (BridgeStore *self,
                              const char *board,
                              uint64_t from,
                              uint64_t to,
                              gsize max_bytes,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Transfer full. */
BridgePage *bridge_store_read_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Adds an invitation, or replaces the one of the same key. Errors: NO_BOARD, FULL. */
void bridge_store_invite_async (BridgeStore *self,
                                const char *board,
                                const BoardInvite *invite,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bridge_store_invite_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* change: copied. Errors: NO_BOARD, UNKNOWN, LAST_HOST. */
void bridge_store_change_async (BridgeStore *self,
                                const char *board,
                                const BridgeChange *change,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* The members who are not what they were. (element-type BridgeMember), transfer full. */
GPtrArray *bridge_store_change_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Errors: NO_BOARD. */
void bridge_store_list_invites_async (BridgeStore *self,
                                      const char *board,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (element-type BridgeInvite), transfer full. */
GPtrArray *
bridge_store_list_invites_finish (BridgeStore *self, GAsyncResult *result, GError **error);

void bridge_store_list_boards_async (BridgeStore *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* (element-type BridgeBoardInfo), in order of creation, transfer full. */
GPtrArray *
bridge_store_list_boards_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Writes everything as it is at one moment into a new file, while all else goes on. Errors: COPY. */
void bridge_store_backup_async (BridgeStore *self,
                                const char *path,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Below the directory of a store: backups by this name are what a damaged store is replaced by. */
#define BRIDGE_BACKUPS "backups"
#define BRIDGE_BACKUP_PREFIX "boards-"
#define BRIDGE_BACKUP_SUFFIX ".db"
gboolean bridge_store_backup_finish (BridgeStore *self, GAsyncResult *result, GError **error);
/* Brings one board back out of such a file. Errors: COPY, TAKEN (the board is here), FULL. */
void bridge_store_restore_async (BridgeStore *self,
                                 const char *path,
                                 const char *board,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean bridge_store_restore_finish (BridgeStore *self, GAsyncResult *result, GError **error);

/* Done when everything that was asked before is done. */
void bridge_store_flush_async (BridgeStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean bridge_store_flush_finish (BridgeStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
