/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "socketio/sio-client.h"

G_BEGIN_DECLS

/**
 * Desk: a client and one namespace of it, and a record of all that happens to them. The record's
 * entries are lines of text, such as "connected", "disconnected io server disconnect",
 * "event echo [1,2]".
 */
typedef struct
{
  SioClient *client;       /* owned */
  SioClientSocket *socket; /* owned */
  GPtrArray *record;       /* owned: char * */
  SioArgs *last_args;      /* owned: of the last event */
  SioAck *last_ack;        /* owned: of the last event */
  JsonNode *last_data;     /* owned: of the last connect-error */
  gboolean answers;        /* whether an event's ack is answered with the event's arguments */
} Desk;

/* How the transports are used. */
typedef struct
{
  const char *name;
  EioTransports transports;
  gboolean upgrade;
} Mode;

extern const Mode modes[];
extern const guint n_modes;
/* As the property of a client has it. */
const char *const *mode_get_names (const Mode *mode);

Desk *desk_new (guint port, const Mode *mode, const char *nsp);
void desk_free (Desk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* Connects and waits for it; with the upgrade for that as well. */
void desk_connect (Desk *self, const Mode *mode);
/* Waits until the record has an entry that begins so, after the ones already found; gives the rest
 * of it. Everything before it counts as found. */
const char *desk_expect (Desk *self, const char *begin);
/* As if the record began now. */
void desk_forget (Desk *self);
guint desk_count (Desk *self, const char *begin);

/* Emits, json being the arguments with their brackets. */
void desk_emit (Desk *self, const char *event, const char *json);
/* Emits and waits for the ack: its arguments, or NULL and an error. */
SioArgs *desk_ask (Desk *self, const char *event, SioArgs *args, guint timeout_ms, GError **error);
/* The same for text: the arguments, both ways, as JSON with brackets. */
char *desk_ask_json (Desk *self, const char *event, const char *json);

SioArgs *args_from_json (const char *json);

/* Iterates the main context until the expression holds; the test ends after 60 s. */
#define wait_until(expression)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint watchdog_ = desk_watch (#expression);                                                    \
    while (!(expression))                                                                          \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (watchdog_);                                                                   \
  }                                                                                                \
  G_STMT_END
guint desk_watch (const char *what);

G_END_DECLS
