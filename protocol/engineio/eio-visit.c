/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-visit.h"

#include <string.h>

/* Names and values in turn, each with its NUL. */
struct _EioVisit {
  guint n_query;
  guint n_headers;
  char text[];
};

static void
append (GString *text, const char *name, const char *value)
{
  g_string_append_len (text, name, strlen (name) + 1);
  g_string_append_len (text, value, strlen (value) + 1);
}

typedef struct {
  SoupMessageHeaders *headers;
  GString *text;
  gsize begin; /* of the headers in it */
  guint n;
} Gathering;

/* The next pair after that at @at. */
static const char *
next_pair (const char *at)
{
  at += strlen (at) + 1;
  return at + strlen (at) + 1;
}

static const char *
find (const char *at, guint n, const char *name)
{
  for (guint i = 0; i < n; i++, at = next_pair (at))
    if (g_ascii_strcasecmp (at, name) == 0)
      return at + strlen (at) + 1;
  return NULL;
}

static void
gather_header (const char *name, const char *value, gpointer user_data)
{
  Gathering *self = user_data;

  if (find (self->text->str + self->begin, self->n, name) != NULL)
    return;
  append (self->text, name, soup_message_headers_get_list (self->headers, name));
  self->n++;
}

EioVisit *
eio_visit_new (GHashTable *query, SoupMessageHeaders *headers)
{
  g_autoptr (GString) text = g_string_sized_new (1024);
  Gathering gathering = { .headers = headers, .text = text };
  GHashTableIter iter;
  gpointer name, value;
  EioVisit *self;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    append (text, name, value);
  gathering.begin = text->len;
  soup_message_headers_foreach (headers, gather_header, &gathering);
  self = g_malloc (sizeof (EioVisit) + text->len);
  self->n_query = g_hash_table_size (query);
  self->n_headers = gathering.n;
  memcpy (self->text, text->str, text->len);
  return self;
}

void
eio_visit_free (EioVisit *self)
{
  g_free (self);
}

GHashTable *
eio_visit_make_query (EioVisit *self)
{
  GHashTable *query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *at = self->text;

  for (guint i = 0; i < self->n_query; i++, at = next_pair (at))
    g_hash_table_insert (query, g_strdup (at), g_strdup (at + strlen (at) + 1));
  return query;
}

static const char *
get_headers (EioVisit *self)
{
  const char *at = self->text;

  for (guint i = 0; i < self->n_query; i++)
    at = next_pair (at);
  return at;
}

const char *
eio_visit_get_header (EioVisit *self, const char *name)
{
  return find (get_headers (self), self->n_headers, name);
}

void
eio_visit_foreach_header (EioVisit *self, EioHeaderFunc func, gpointer user_data)
{
  const char *at = get_headers (self);

  for (guint i = 0; i < self->n_headers; i++, at = next_pair (at))
    func (at, at + strlen (at) + 1, user_data);
}
