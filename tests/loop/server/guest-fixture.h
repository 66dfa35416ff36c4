/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "board/board-message.h"
#include "bridge-server.h"
#include "room/bridge-lobby.h"
#include "socketio/sio-server.h"

G_BEGIN_DECLS

/* A whole server on a free port, and people who speak to it over a bare websocket: what they send
 * is written here by hand, so that nothing of ours agrees with itself. */

#define HOUSE_BOARD "AAAAAAAAAAAAAAAAAAAAAA"

typedef struct {
  BridgeServer *server; /* NULL with a store of one's own: then these two */
  SioServer *sio;
  BridgeLobby *lobby;
  SoupSession *session;
  char *origin;
} House;

/* tweak: changes the config before the start; nullable. Memory store. */
House *house_new (void (*tweak) (BridgeConfig *config));
/* Rooms alone, over that store. */
House *house_new_with_store (BridgeStore *store, const BridgeLimits *limits);
void house_free (House *house);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)
/* Sends a request and waits. body, header, value: nullable. status: (out). The answer's body,
 * transfer full; *sent keeps the message for its headers, nullable. */
char *house_request (House *house,
                     const char *method,
                     const char *path,
                     const char *body,
                     const char *header,
                     const char *value,
                     guint *status,
                     SoupMessage **sent);
/* Creates HOUSE_BOARD with host 'h' and the invitation 'i' for editors; asserts that it was. */
void house_create_board (House *house);

/* Seeds are one character repeated. */
void seed_of (char mark, BoardKey *seed);
/* The member's id. Transfer full. */
char *member_id_of (char mark);

typedef struct {
  House *house;
  char mark;
  char *id; /* of the member */
  SoupWebsocketConnection *ws;
  char *sid;         /* of the Engine.IO session */
  GPtrArray *events; /* (element-type JsonNode): arrays, name first, in order of arrival */
  GHashTable *acks;  /* id -> JsonNode */
  GArray *questions; /* int: ids by which the server asked for an ack, in order */
  JsonNode *answer;  /* of the last CONNECT: the payload of 40 or 44 */
  gboolean refused;  /* it was 44 */
  gboolean gone;     /* the connection has ended */
  gboolean kicked;   /* 41 came */
  gint next_ack;
} Guest;

/* Connects the transport only. */
Guest *guest_new (House *house, char mark);
void guest_free (Guest *guest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Guest, guest_free)
/* One Engine.IO packet as it is. */
void guest_send (Guest *guest, const char *packet);
/* CONNECT with any payload; waits for the answer. TRUE: let in. */
gboolean guest_connect (Guest *guest, JsonNode *auth);
/* The right payload. invite: 0 = none. since: -1 = null. */
JsonNode *guest_auth (Guest *guest, char invite, int64_t since);
/* guest_new() and guest_connect() with HOUSE_BOARD; asserts that it is let in; hello is there. */
Guest *guest_join (House *house, char mark, char invite, int64_t since);
/* The code of the refusal of the last CONNECT. Borrowed. */
const char *guest_get_refusal (Guest *guest);

/* Emits with an ack; args: JSON array text without brackets. Returns the ack's id. */
gint guest_emit (Guest *guest, const char *event, const char *args);
/* Waits for it. The first argument, borrowed. */
JsonObject *guest_wait_ack (Guest *guest, gint id);
/* Without an ack. */
void guest_tell (Guest *guest, const char *event, const char *args);
/* Emits and waits: "ok" or the code of the refusal. */
const char *guest_ask (Guest *guest, const char *event, const char *args);
/* Registers an invitation of that role whose seed is mark. */
void guest_invite (Guest *guest, char mark, BoardRole role);
/* The code of bye, waited for. Borrowed. */
const char *guest_wait_bye (Guest *guest);
/* Emits op and waits: the position, or 0 and the code of the refusal. */
int64_t guest_op (Guest *guest, int64_t counter, const char *body, const char **refusal);

/* Waits for the n-th (from 0) event of that name and gives the array's elements after the name. */
JsonArray *guest_wait_event (Guest *guest, const char *event, guint n);
guint guest_count_events (Guest *guest, const char *event);
/* All entries of ops so far as "seq:counter:body " texts; asserts that they are consecutive. */
char *guest_get_log (Guest *guest);
void guest_wait_log (Guest *guest, const char *expected);
void guest_wait_gone (Guest *guest);
/* A round trip: whatever the server had to say before is here afterwards. */
void guest_sync (Guest *guest);

/* A board with everybody on it: host h, editor e by the invitation i, viewer w by the invitation v. */
typedef struct {
  House *house;
  Guest *host, *editor, *viewer;
} People;

void people_set_up (People *people, void (*tweak) (BridgeConfig *config));
void people_tear_down (People *people);

/* Removes a directory with all that is in it. */
void house_remove_tree (const char *path);

/* Runs the loop until the condition holds; the watchdog ends a test that waits for ever. */
#define WAIT_UNTIL(condition)                                                                      \
  while (!(condition))                                                                             \
  g_main_context_iteration (NULL, TRUE)

G_END_DECLS
