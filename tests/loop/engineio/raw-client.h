/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A TCP client that sends what it is told and shows what comes, in the same main loop as the server.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whatever is awaited is awaited this long. */
#define RAW_PATIENCE (120 * G_USEC_PER_SEC)

typedef struct _RawClient RawClient;

RawClient *raw_client_new (guint16 port);
void raw_client_free (RawClient *self);
/* Speaks TLS from here on, and trusts everybody. */
void raw_client_start_tls (RawClient *self);
void raw_client_send (RawClient *self, const char *text);
void raw_client_send_bytes (RawClient *self, gconstpointer data, gsize size);
/* Masked, final unless @opcode lacks 0x80; the header bits as given. */
void raw_client_send_frame (RawClient *self, guint8 first, gconstpointer data, gsize size);
void raw_client_send_text_frame (RawClient *self, const char *text);
/* Runs the loop until the server has taken and handled all that was sent: for what it does not answer. */
void raw_client_deliver (RawClient *self);
/* Runs the loop until what came holds @text; removes it and all before it. Fails when it does not come. */
void raw_client_expect (RawClient *self, const char *text);
/* Runs the loop until the server has ended the connection. */
void raw_client_expect_end (RawClient *self);
/* Runs the loop until a whole HTTP answer has come; removes and returns it, terminated. */
char *raw_client_take_answer (RawClient *self);
/* Runs the loop until a whole websocket frame has come; its payload, terminated. */
char *raw_client_take_frame (RawClient *self, guint8 *first, gsize *size);
/* What has come and was not taken. */
GByteArray *raw_client_get_input (RawClient *self);
gboolean raw_client_is_ended (RawClient *self);
void raw_client_reset (RawClient *self);
void raw_client_end_writing (RawClient *self);
/* Whether the client reads at all (it does at first). */
void raw_client_set_reading (RawClient *self, gboolean reading);

/* The request for a websocket at @target. @fields: more of its header, each with its line end. */
void raw_client_ask_switch (RawClient *self, const char *target, const char *fields);
/* The handshake of a websocket at @target, the answer expected to be 101. */
void raw_client_switch (RawClient *self, const char *target);
/* "GET target" as a browser would put it, and the other way. */
void raw_client_get (RawClient *self, const char *target);
void raw_client_post (RawClient *self, const char *target, const char *body);

typedef gboolean (*RawCondition) (gpointer data);
/* Runs the loop until @condition holds; fails when it does not come to. */
void raw_await (RawCondition condition, gpointer data);

G_END_DECLS
