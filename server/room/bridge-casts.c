/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "room/bridge-casts.h"

#include <string.h>

#include "board/board-message.h"

typedef struct
{
  char *member;
  char *body;
} Cast;

struct _BridgeCasts
{
  GArray *casts; /* Cast */
  gsize bytes;
};

static void
cast_clear (gpointer data)
{
  Cast *cast = data;

  g_free (cast->member);
  g_free (cast->body);
}

BridgeCasts *
bridge_casts_new (void)
{
  BridgeCasts *self = g_new0 (BridgeCasts, 1);

  self->casts = g_array_new (FALSE, FALSE, sizeof (Cast));
  g_array_set_clear_func (self->casts, cast_clear);
  return self;
}

void
bridge_casts_free (BridgeCasts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->casts);
  g_free (self);
}

void
bridge_casts_add (BridgeCasts *self, const char *member, const char *body)
{
  Cast cast = { g_strdup (member), g_strdup (body) };

  g_return_if_fail (self != NULL && member != NULL && body != NULL);

  g_array_append_val (self->casts, cast);
  self->bytes += strlen (member) + strlen (body);
}

gboolean
bridge_casts_is_empty (BridgeCasts *self)
{
  return self->casts->len == 0;
}

gsize
bridge_casts_get_bytes (BridgeCasts *self)
{
  return self->bytes;
}

GPtrArray *
bridge_casts_list_members (BridgeCasts *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < self->casts->len; i++)
    {
      char *member = g_array_index (self->casts, Cast, i).member;

      if (g_hash_table_add (seen, member))
        g_ptr_array_add (members, member);
    }
  return members;
}

char *
bridge_casts_to_json (BridgeCasts *self, const char *except)
{
  GString *out = g_string_sized_new (self->bytes + 16 * self->casts->len + 2);
  gboolean any = FALSE;

  g_string_append_c (out, '[');
  for (guint i = 0; i < self->casts->len; i++)
    {
      const Cast *cast = &g_array_index (self->casts, Cast, i);

      if (g_strcmp0 (cast->member, except) == 0)
        continue;
      if (any)
        g_string_append_c (out, ',');
      board_cast_entry_append (out, &(BoardEntry){ .member = cast->member, .body = cast->body });
      any = TRUE;
    }
  g_string_append_c (out, ']');
  return g_string_free (out, !any);
}

void
bridge_casts_clear (BridgeCasts *self)
{
  g_array_set_size (self->casts, 0);
  self->bytes = 0;
}
