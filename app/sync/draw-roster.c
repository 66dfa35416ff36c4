/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-roster.h"

#include <glib/gi18n.h>

#include "draw-member-private.h"
#include "draw-name.h"

struct _DrawRoster {
  GObject parent_instance;

  GPtrArray *members;    /* DrawMember, in order of appearance, self first */
  GHashTable *by_id;     /* id -> DrawMember, borrowed from members */
  GHashTable *given;     /* id -> the cleaned name that the shown one was made of */
  GHashTable *skeletons; /* skeleton of a shown name -> id: who has it */
  GHashTable *numbers;   /* skeleton of a given name -> the last number given to it */
  guint n_guests;
};

static void draw_roster_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawRoster, draw_roster, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, draw_roster_list_model_init))

/* --- Names -------------------------------------------------------------------------------------- */

static gboolean
name_is_free (DrawRoster *self, const char *name, const char *id)
{
  g_autofree char *skeleton = draw_name_skeleton (name);
  const char *owner = g_hash_table_lookup (self->skeletons, skeleton);

  return owner == NULL || g_str_equal (owner, id);
}

/* The name, or with the next number that makes it one of a kind. Transfer full. */
static char *
make_unique (DrawRoster *self, const char *name, const char *id)
{
  g_autofree char *skeleton = draw_name_skeleton (name);
  guint n = MAX (GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, skeleton)), 1);

  if (name_is_free (self, name, id))
    return g_strdup (name);
  for (;;)
    {
      g_autofree char *numbered = g_strdup_printf ("%s (%u)", name, ++n);

      if (!name_is_free (self, numbered, id))
        continue;
      g_hash_table_replace (self->numbers, g_steal_pointer (&skeleton), GUINT_TO_POINTER (n));
      return g_steal_pointer (&numbered);
    }
}

static void
forget_name (DrawRoster *self, DrawMember *member)
{
  g_autofree char *skeleton = draw_name_skeleton (draw_member_get_name (member));
  const char *owner = g_hash_table_lookup (self->skeletons, skeleton);

  if (g_strcmp0 (owner, draw_member_get_id (member)) == 0)
    g_hash_table_remove (self->skeletons, skeleton);
}

static void
show_name (DrawRoster *self, DrawMember *member, const char *name)
{
  g_autofree char *clean = draw_name_clean (name);
  g_autofree char *unique = NULL;
  const char *id = draw_member_get_id (member);
  const char *given = g_hash_table_lookup (self->given, id);

  /* Told the same again, or nothing: it keeps the number that it has. */
  if (given != NULL && (clean == NULL || g_str_equal (given, clean)))
    return;
  if (clean == NULL)
    clean = g_strdup_printf (_("Guest %u"), ++self->n_guests);
  forget_name (self, member);
  unique = make_unique (self, clean, id);
  g_hash_table_replace (self->skeletons, draw_name_skeleton (unique), g_strdup (id));
  g_hash_table_replace (self->given, g_strdup (id), g_steal_pointer (&clean));
  draw_member_set_name (member, unique);
}

/* --- The list ----------------------------------------------------------------------------------- */

static GType
draw_roster_get_item_type (GListModel *list)
{
  return DRAW_TYPE_MEMBER;
}

static guint
draw_roster_get_n_items (GListModel *list)
{
  return DRAW_ROSTER (list)->members->len;
}

static gpointer
draw_roster_get_item (GListModel *list, guint position)
{
  DrawRoster *self = DRAW_ROSTER (list);

  return position < self->members->len
             ? g_object_ref (g_ptr_array_index (self->members, position))
             : NULL;
}

static void
draw_roster_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = draw_roster_get_item_type;
  iface->get_n_items = draw_roster_get_n_items;
  iface->get_item = draw_roster_get_item;
}

static void
draw_roster_finalize (GObject *object)
{
  DrawRoster *self = DRAW_ROSTER (object);

  g_hash_table_unref (self->given);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->skeletons);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->members);
  G_OBJECT_CLASS (draw_roster_parent_class)->finalize (object);
}

static void
draw_roster_class_init (DrawRosterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_roster_finalize;
}

static void
draw_roster_init (DrawRoster *self)
{
  self->members = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->skeletons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static DrawMember *
add_member (DrawRoster *self, const char *id, gboolean is_self)
{
  DrawMember *member = draw_member_new (id, is_self);

  draw_member_set_color (member, draw_color_for_member (id));
  g_ptr_array_add (self->members, member);
  g_hash_table_insert (self->by_id, (gpointer) draw_member_get_id (member), member);
  return member;
}

DrawRoster *
draw_roster_new (const char *self_id)
{
  DrawRoster *self;

  g_return_val_if_fail (self_id != NULL, NULL);

  self = g_object_new (DRAW_TYPE_ROSTER, NULL);
  show_name (self, add_member (self, self_id, TRUE), NULL);
  return self;
}

void
draw_roster_set (DrawRoster *self, const char *id, BoardRole role, const char *name,
                 const char *color, gboolean here)
{
  DrawMember *member;
  gboolean added;

  g_return_if_fail (DRAW_IS_ROSTER (self) && id != NULL);

  member = g_hash_table_lookup (self->by_id, id);
  added = member == NULL;
  if (added && self->members->len >= DRAW_ROSTER_MAX)
    return;
  if (added)
    member = add_member (self, id, FALSE);
  show_name (self, member, name);
  if (draw_color_is_valid (color))
    draw_member_set_color (member, color);
  draw_member_set_role (member, role);
  draw_member_set_here (member, here);
  if (added)
    g_list_model_items_changed (G_LIST_MODEL (self), self->members->len - 1, 0, 1);
}

DrawMember *
draw_roster_lookup (DrawRoster *self, const char *id)
{
  g_return_val_if_fail (DRAW_IS_ROSTER (self) && id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

DrawMember *
draw_roster_get_self (DrawRoster *self)
{
  g_return_val_if_fail (DRAW_IS_ROSTER (self), NULL);

  return g_ptr_array_index (self->members, 0);
}

gboolean
draw_roster_set_away (DrawRoster *self, const char *id)
{
  DrawMember *member;

  g_return_val_if_fail (DRAW_IS_ROSTER (self) && id != NULL, FALSE);

  member = g_hash_table_lookup (self->by_id, id);
  if (member == NULL || !draw_member_get_here (member))
    return FALSE;
  draw_member_set_here (member, FALSE);
  return TRUE;
}

void
draw_roster_set_muted (DrawRoster *self, const char *id, gboolean muted)
{
  DrawMember *member;

  g_return_if_fail (DRAW_IS_ROSTER (self) && id != NULL);

  member = g_hash_table_lookup (self->by_id, id);
  if (member != NULL)
    draw_member_set_muted (member, muted);
}

void
draw_roster_set_banned (DrawRoster *self, const char *id, gboolean banned)
{
  DrawMember *member;

  g_return_if_fail (DRAW_IS_ROSTER (self) && id != NULL);

  member = g_hash_table_lookup (self->by_id, id);
  if (member != NULL)
    draw_member_set_banned (member, banned);
}

GPtrArray *
draw_roster_list_others_here (DrawRoster *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (DRAW_IS_ROSTER (self), ids);

  for (guint i = 1; i < self->members->len; i++)
    {
      DrawMember *member = g_ptr_array_index (self->members, i);

      if (draw_member_get_here (member))
        g_ptr_array_add (ids, g_strdup (draw_member_get_id (member)));
    }
  return ids;
}
