/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "files/draw-stencil.h"

#include <string.h>

#include "files/draw-bundle-private.h"

/* Of the words in a drawing that are looked through. */
#define WORDS_MAX 2000

struct _DrawStencil {
  GObject parent_instance;

  /* owned */
  DrawBundle *bundle;
  char *id;
  char *name;
  char *words; /* casefolded: what is searched */

  int64_t created;
  int64_t order;
  gsize size;
  gboolean published;
};

G_DEFINE_FINAL_TYPE (DrawStencil, draw_stencil, G_TYPE_OBJECT)

/* What is written in it, pieces separated by blanks. */
static char *
collect_words (DrawBundle *bundle)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < bundle->elements->len && out->len < WORDS_MAX; i++)
    {
      JsonNode *text = board_element_get_prop (bundle->elements->pdata[i], "text");
      const char *words = text != NULL && JSON_NODE_HOLDS_VALUE (text)
                              ? json_node_get_string (text)
                              : NULL;

      if (words == NULL || *words == '\0')
        continue;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
make_one_line (const char *text)
{
  g_autofree char *cut = g_utf8_substring (
      text, 0, MIN (g_utf8_strlen (text, -1), (glong) DRAW_STENCIL_MAX_NAME));

  return g_strstrip (g_strdelimit (g_steal_pointer (&cut), "\n\r\t", ' '));
}

static gsize
measure (DrawBundle *bundle, char **checksum)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  DrawBundleFile *file;
  gsize size;

  draw_bundle_append_elements (text, bundle->elements);
  *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA1, text->str, (gssize) text->len);
  size = text->len;
  g_hash_table_iter_init (&iter, bundle->files);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &file))
    size += g_bytes_get_size (file->bytes);
  return size;
}

static void
draw_stencil_finalize (GObject *object)
{
  DrawStencil *self = DRAW_STENCIL (object);

  g_clear_pointer (&self->bundle, draw_bundle_free);
  g_free (self->id);
  g_free (self->name);
  g_free (self->words);
  G_OBJECT_CLASS (draw_stencil_parent_class)->finalize (object);
}

static void
draw_stencil_class_init (DrawStencilClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_stencil_finalize;
}

static void
draw_stencil_init (DrawStencil *self)
{
}

/* @checksum: what it is called when it has no id. */
static void
set_facts (DrawStencil *self, const DrawStencilFacts *facts, const char *checksum)
{
  g_autofree char *written = collect_words (self->bundle);
  g_autofree char *all = NULL;

  self->id = g_strdup (facts->id != NULL ? facts->id : checksum);
  self->name = make_one_line (facts->name != NULL ? facts->name : "");
  all = g_strconcat (self->name, " ", written, NULL);
  self->words = g_utf8_casefold (all, -1);
  self->created = facts->created;
  self->order = facts->order;
  self->published = facts->published;
}

DrawStencil *
draw_stencil_new (DrawBundle *bundle, const DrawStencilFacts *facts)
{
  DrawStencil *self;
  g_autofree char *checksum = NULL;
  gsize size;

  g_return_val_if_fail (bundle != NULL && facts != NULL, NULL);

  size = measure (bundle, &checksum);
  if (bundle->elements->len == 0 || size > DRAW_STENCIL_MAX_BYTES)
    {
      draw_bundle_free (bundle);
      return NULL;
    }
  self = g_object_new (DRAW_TYPE_STENCIL, NULL);
  self->bundle = bundle;
  self->size = size;
  set_facts (self, facts, checksum);
  return self;
}

DrawBundle *
draw_stencil_copy_bundle (DrawStencil *self)
{
  DrawBundle *copy = draw_bundle_new ();
  DrawBundle *bundle;
  GHashTableIter iter;
  DrawBundleFile *file;

  g_return_val_if_fail (DRAW_IS_STENCIL (self), copy);

  /* Elements and bytes never change: they are shared. */
  bundle = self->bundle;
  for (guint i = 0; i < bundle->elements->len; i++)
    g_ptr_array_add (copy->elements, board_element_ref (bundle->elements->pdata[i]));
  g_hash_table_iter_init (&iter, bundle->files);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &file))
    draw_bundle_add_file (copy, file->id, file->mime, file->bytes, file->created);
  return copy;
}

DrawStencil *
draw_stencil_with (DrawStencil *self, const char *name, int64_t order)
{
  DrawStencilFacts facts;
  DrawStencil *other;

  g_return_val_if_fail (DRAW_IS_STENCIL (self), NULL);

  draw_stencil_get_facts (self, &facts);
  facts.name = name;
  facts.order = order;
  other = g_object_new (DRAW_TYPE_STENCIL, NULL);
  other->bundle = draw_stencil_copy_bundle (self);
  other->size = self->size;
  set_facts (other, &facts, NULL);
  return other;
}

const char *
draw_stencil_get_id (DrawStencil *self)
{
  g_return_val_if_fail (DRAW_IS_STENCIL (self), NULL);

  return self->id;
}

const char *
draw_stencil_get_name (DrawStencil *self)
{
  g_return_val_if_fail (DRAW_IS_STENCIL (self), NULL);

  return self->name;
}

DrawBundle *
draw_stencil_get_bundle (DrawStencil *self)
{
  g_return_val_if_fail (DRAW_IS_STENCIL (self), NULL);

  return self->bundle;
}

void
draw_stencil_get_facts (DrawStencil *self, DrawStencilFacts *facts)
{
  g_return_if_fail (DRAW_IS_STENCIL (self) && facts != NULL);

  *facts = (DrawStencilFacts){ self->id, self->name, self->created, self->order, self->published };
}

gsize
draw_stencil_get_size (DrawStencil *self)
{
  g_return_val_if_fail (DRAW_IS_STENCIL (self), 0);

  return self->size;
}

char *
draw_stencil_dup_words (DrawStencil *self)
{
  g_autofree char *written = NULL;

  g_return_val_if_fail (DRAW_IS_STENCIL (self), NULL);

  if (*self->name != '\0')
    return g_strdup (self->name);
  written = collect_words (self->bundle);
  return make_one_line (written);
}

gboolean
draw_stencil_matches (DrawStencil *self, const char *typed)
{
  g_autofree char *needles = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (DRAW_IS_STENCIL (self) && typed != NULL, FALSE);

  needles = g_utf8_casefold (typed, -1);
  words = g_strsplit (needles, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->words, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
