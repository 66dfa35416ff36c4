/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engineio/eio-ws-extension.h"

#include <libsoup/soup.h>
#include <string.h>

#define NAME "permessage-deflate"
/* Bits of the window of GIO's codec, which are all that there may be. */
#define MAX_BITS 15
#define MIN_BITS 8
#define ANSWER NAME "; server_no_context_takeover; client_no_context_takeover"

/* What stands in an offer or an answer. */
typedef struct {
  gboolean server_no_context;
  gboolean client_no_context;
  guint server_bits; /* 0: not said */
  guint client_bits; /* likewise */
  gboolean client_bits_known; /* named without a value */
} Parameters;

/* 1*2DIGIT without a zero in front; 0: out of range. */
static guint
read_bits (const char *value)
{
  guint bits;

  if (value == NULL || value[0] < '1' || value[0] > '9' || strlen (value) > 2 ||
      strspn (value, "0123456789") != strlen (value))
    return 0;
  bits = (guint) g_ascii_strtoull (value, NULL, 10);
  return bits >= MIN_BITS && bits <= MAX_BITS ? bits : 0;
}

static gboolean
read_parameter (Parameters *self, const char *name, const char *value)
{
  if (g_str_equal (name, "server_no_context_takeover"))
    return (self->server_no_context = value == NULL);
  if (g_str_equal (name, "client_no_context_takeover"))
    return (self->client_no_context = value == NULL);
  if (g_str_equal (name, "server_max_window_bits"))
    return (self->server_bits = read_bits (value)) > 0;
  if (g_str_equal (name, "client_max_window_bits") && value == NULL)
    return (self->client_bits_known = TRUE);
  if (g_str_equal (name, "client_max_window_bits"))
    return (self->client_bits = read_bits (value)) > 0;
  return g_str_equal (name, NAME) && value == NULL;
}

/* Names come first, and nothing twice, unknown or out of range may follow. */
static gboolean
read_element (Parameters *self, const char *element)
{
  GHashTable *parameters = NULL;
  GHashTableIter iter;
  gpointer name, value;
  gboolean good = strcspn (element, "; \t") == strlen (NAME) && g_str_has_prefix (element, NAME);

  *self = (Parameters) { 0 };
  if (good)
    parameters = soup_header_parse_semi_param_list_strict (element);
  if (parameters == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, parameters);
  while (good && g_hash_table_iter_next (&iter, &name, &value))
    good = read_parameter (self, name, value);
  soup_header_free_param_list (parameters);
  return good;
}

const char *
eio_ws_extension_accept (const char *offers)
{
  GSList *list = offers != NULL ? soup_header_parse_list (offers) : NULL;
  const char *answer = NULL;

  for (GSList *link = list; link != NULL && answer == NULL; link = link->next)
    {
      Parameters offer;

      if (!read_element (&offer, link->data))
        continue;
      if (offer.server_bits == 0)
        answer = ANSWER;
      else if (offer.server_bits == MAX_BITS)
        answer = ANSWER "; server_max_window_bits=15";
    }
  soup_header_free_list (list);
  return answer;
}

gboolean
eio_ws_extension_is_good_answer (const char *answer)
{
  GSList *list = soup_header_parse_list (answer);
  Parameters accepted;
  /* The client's window was not offered to be smaller. Whatever the server's is, ours can read it. */
  gboolean good = list != NULL && list->next == NULL && read_element (&accepted, list->data) &&
                  accepted.server_no_context && accepted.client_bits == 0 &&
                  !accepted.client_bits_known;

  soup_header_free_list (list);
  return good;
}
