/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Judges the bytes of an HTTP/1.1 connection before the HTTP library sees them, without I/O. What two
 * parsers could read differently (two lengths, two hosts, bare line feeds, blanks before a colon) is
 * refused, and so is what is too long. Requests are let through one at a time: no answer mixes the end
 * of one with the beginning of the next.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define EIO_HTTP_MAX_HEAD (16 * 1024)
#define EIO_HTTP_MAX_HEADERS 64
#define EIO_HTTP_MAX_TARGET 2048

typedef struct _EioHttpGuard EioHttpGuard;

typedef struct {
  const char *const *allowed_hosts;   /* NULL = any; names without port */
  const char *const *allowed_origins; /* NULL = any; entries are compared whole, "*": any */
  /* Bytes of body that a request for @path may bring. */
  uint64_t (*get_max_body) (const char *path, gpointer user_data);
  gpointer user_data;
} EioHttpRules;

/* Of one header: 0, or the status to refuse with. @origin: (nullable) */
guint eio_http_rules_judge_host (const EioHttpRules *rules, const char *host);
guint eio_http_rules_judge_origin (const EioHttpRules *rules, const char *origin);

typedef enum {
  EIO_HTTP_IDLE,  /* between requests: not a byte of the next one has come */
  EIO_HTTP_HEAD,  /* a head has begun */
  EIO_HTTP_BODY,  /* the head was let through, the body has not come whole */
  EIO_HTTP_REFUSED,
} EioHttpPhase;

/* @rules: borrowed. */
EioHttpGuard *eio_http_guard_new (const EioHttpRules *rules);
void eio_http_guard_free (EioHttpGuard *self);

/* @bytes: all that has come and has not been let through yet.
 * Returns how many of them may pass now: a whole head, or some of a body, never beyond a request's end.
 * 0: more is needed, or the phase is EIO_HTTP_REFUSED. */
gsize eio_http_guard_judge (EioHttpGuard *self, const char *bytes, gsize size);

EioHttpPhase eio_http_guard_get_phase (EioHttpGuard *self);
/* Whether the last thing that passed ended a request, so that what follows waits for the answer. */
gboolean eio_http_guard_is_at_end (EioHttpGuard *self);
/* When refused: the status to answer with, and 0 if nothing should be said at all. */
guint eio_http_guard_get_status (EioHttpGuard *self);
/* The target of the last request whose request line was good, or NULL. */
const char *eio_http_guard_get_target (EioHttpGuard *self);
/* A whole answer for that status. */
char *eio_http_guard_dup_refusal (EioHttpGuard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EioHttpGuard, eio_http_guard_free)

G_END_DECLS
