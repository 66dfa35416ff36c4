/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-parents.h"

#include "socketio/sio-next-private.h"

typedef struct
{
  SioNamespace *parent; /* owned */
  GRegex *pattern;      /* owned; or */
  SioNamespaceFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Rule;

struct _SioParents
{
  GPtrArray *rules; /* (element-type Rule) only ever appended to */
};

typedef struct
{
  grefcount ref_count;
  GPtrArray *rules; /* owned */
  guint i;
  char *name;
  JsonNode *auth; /* nullable */
  SioParentFoundFunc found;
  gpointer user_data;
  GDestroyNotify destroy;
} Search;

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_object_unref (rule->parent);
  g_clear_pointer (&rule->pattern, g_regex_unref);
  if (rule->destroy != NULL)
    rule->destroy (rule->user_data);
  g_free (rule);
}

SioParents *
sio_parents_new (void)
{
  SioParents *self = g_new0 (SioParents, 1);

  self->rules = g_ptr_array_new_with_free_func (rule_free);
  return self;
}

void
sio_parents_free (SioParents *self)
{
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static Rule *
add (SioParents *self, SioNamespace *parent)
{
  Rule *rule = g_new0 (Rule, 1);

  rule->parent = g_object_ref (parent);
  g_ptr_array_add (self->rules, rule);
  return rule;
}

void
sio_parents_add_pattern (SioParents *self, SioNamespace *parent, GRegex *pattern)
{
  add (self, parent)->pattern = g_regex_ref (pattern);
}

void
sio_parents_add_func (SioParents *self,
                      SioNamespace *parent,
                      SioNamespaceFunc func,
                      gpointer user_data,
                      GDestroyNotify destroy)
{
  Rule *rule = add (self, parent);

  rule->func = func;
  rule->user_data = user_data;
  rule->destroy = destroy;
}

static gboolean
matches (const Rule *rule, const char *name)
{
  return rule->pattern != NULL && g_regex_match (rule->pattern, name, 0, NULL);
}

SioNamespace *
sio_parents_match (SioParents *self, const char *name)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = self->rules->pdata[i];

      if (matches (rule, name))
        return rule->parent;
    }
  return NULL;
}

/* Searching */

static void
search_unref (gpointer data)
{
  Search *search = data;

  if (!g_ref_count_dec (&search->ref_count))
    return;
  search->destroy (search->user_data);
  g_ptr_array_unref (search->rules);
  g_clear_pointer (&search->auth, json_node_unref);
  g_free (search->name);
  g_free (search);
}

static void step (Search *search);

static void
on_answer (gboolean accepted, const char *message, JsonNode *data, gpointer user_data)
{
  Search *search = user_data;
  const Rule *rule = search->rules->pdata[search->i++];

  if (accepted)
    search->found (rule->parent, search->user_data);
  else
    step (search);
}

static void
step (Search *search)
{
  for (; search->i < search->rules->len; search->i++)
    {
      const Rule *rule = search->rules->pdata[search->i];
      g_autoptr (SioNext) next = NULL;

      if (matches (rule, search->name))
        {
          search->found (rule->parent, search->user_data);
          return;
        }
      if (rule->func == NULL)
        continue;
      g_ref_count_inc (&search->ref_count);
      next = sio_next_new (on_answer, search, search_unref);
      rule->func (search->name, search->auth, next, rule->user_data);
      return;
    }
  search->found (NULL, search->user_data);
}

void
sio_parents_search (SioParents *self,
                    const char *name,
                    JsonNode *auth,
                    SioParentFoundFunc found,
                    gpointer user_data,
                    GDestroyNotify destroy)
{
  Search *search = g_new0 (Search, 1);

  g_ref_count_init (&search->ref_count);
  search->rules = g_ptr_array_ref (self->rules);
  search->name = g_strdup (name);
  search->auth = auth != NULL ? json_node_ref (auth) : NULL;
  search->found = found;
  search->user_data = user_data;
  search->destroy = destroy;
  step (search);
  search_unref (search);
}
