/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-rooms.h"

typedef struct
{
  char *name;
  GPtrArray *members; /* (element-type SioMember) dense, so that a broadcast walks an array */
} Room;

struct _SioRooms
{
  GHashTable *rooms;   /* name -> Room, owned */
  GHashTable *members; /* id -> SioMember, the present ones */
  uint64_t mark;       /* of the latest selection */
};

static void
room_free (Room *room)
{
  g_free (room->name);
  g_ptr_array_unref (room->members);
  g_free (room);
}

void
sio_member_init (SioMember *member, gpointer owner, const char *id)
{
  *member = (SioMember){ .owner = owner, .id = id };
}

SioRooms *
sio_rooms_new (void)
{
  SioRooms *self = g_new0 (SioRooms, 1);

  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)room_free);
  self->members = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
sio_rooms_free (SioRooms *self)
{
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->rooms);
  g_free (self);
}

void
sio_rooms_add (SioRooms *self, SioMember *member)
{
  g_assert (!member->is_present);
  member->is_present = TRUE;
  if (!g_hash_table_insert (self->members, (gpointer)member->id, member))
    g_assert_not_reached ();
}

static Room *
ensure_room (SioRooms *self, const char *name)
{
  Room *room = g_hash_table_lookup (self->rooms, name);

  if (room != NULL)
    return room;
  room = g_new0 (Room, 1);
  room->name = g_strdup (name);
  room->members = g_ptr_array_new ();
  g_hash_table_insert (self->rooms, room->name, room);
  return room;
}

gboolean
sio_rooms_join (SioRooms *self, SioMember *member, const char *name)
{
  Room *room = ensure_room (self, name);

  if (member->rooms == NULL)
    member->rooms = g_hash_table_new (NULL, NULL);
  if (g_hash_table_contains (member->rooms, room))
    return FALSE;
  g_hash_table_insert (member->rooms, room, GUINT_TO_POINTER (room->members->len));
  g_ptr_array_add (room->members, member);
  return TRUE;
}

/* The last member takes the place of the one at index. */
static void
room_remove_index (SioRooms *self, Room *room, guint index)
{
  guint last = room->members->len - 1;

  if (index != last)
    {
      SioMember *moved = g_ptr_array_index (room->members, last);

      g_hash_table_insert (moved->rooms, room, GUINT_TO_POINTER (index));
    }
  g_ptr_array_remove_index_fast (room->members, index);
  if (room->members->len == 0)
    g_hash_table_remove (self->rooms, room->name);
}

gboolean
sio_rooms_leave (SioRooms *self, SioMember *member, const char *name)
{
  Room *room = g_hash_table_lookup (self->rooms, name);
  gpointer index;

  if (room == NULL || member->rooms == NULL
      || !g_hash_table_steal_extended (member->rooms, room, NULL, &index))
    return FALSE;
  room_remove_index (self, room, GPOINTER_TO_UINT (index));
  return TRUE;
}

void
sio_rooms_remove (SioRooms *self, SioMember *member)
{
  g_autoptr (GHashTable) rooms = g_steal_pointer (&member->rooms);
  GHashTableIter iter;
  gpointer room, index;

  if (member->is_present)
    g_hash_table_remove (self->members, member->id);
  member->is_present = FALSE;
  if (rooms == NULL)
    return;
  g_hash_table_iter_init (&iter, rooms);
  while (g_hash_table_iter_next (&iter, &room, &index))
    room_remove_index (self, room, GPOINTER_TO_UINT (index));
}

SioMember *
sio_rooms_lookup (SioRooms *self, const char *id)
{
  return g_hash_table_lookup (self->members, id);
}

guint
sio_rooms_get_n_members (SioRooms *self)
{
  return g_hash_table_size (self->members);
}

guint
sio_rooms_get_n_rooms (SioRooms *self)
{
  return g_hash_table_size (self->rooms);
}

static gboolean
has_present (Room *room)
{
  for (guint i = 0; i < room->members->len; i++)
    if (((SioMember *)g_ptr_array_index (room->members, i))->is_present)
      return TRUE;
  return FALSE;
}

gboolean
sio_rooms_has_room (SioRooms *self, const char *name)
{
  Room *room = g_hash_table_lookup (self->rooms, name);

  return (room != NULL && has_present (room)) || g_hash_table_contains (self->members, name);
}

/* A room may bear the name of an id. */
GStrv
sio_rooms_dup_rooms (SioRooms *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name, room;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_strv_builder_add (builder, name);
  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, &name, &room))
    if (has_present (room) && !g_hash_table_contains (self->members, name))
      g_strv_builder_add (builder, name);
  return g_strv_builder_end (builder);
}

GStrv
sio_rooms_dup_rooms_of (SioRooms *self, SioMember *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer room;

  g_strv_builder_add (builder, member->id);
  if (member->rooms == NULL)
    return g_strv_builder_end (builder);
  g_hash_table_iter_init (&iter, member->rooms);
  while (g_hash_table_iter_next (&iter, &room, NULL))
    if (g_strcmp0 (((Room *)room)->name, member->id) != 0)
      g_strv_builder_add (builder, ((Room *)room)->name);
  return g_strv_builder_end (builder);
}

/* A member is met once by each selection. */
static gboolean
meet (SioRooms *self, SioMember *member)
{
  if (member->mark == self->mark || !member->is_present)
    return FALSE;
  member->mark = self->mark;
  return TRUE;
}

/* The one thing that each broadcast does with each member: the array is made large enough once. */
static void
meet_all_of (SioRooms *self, GPtrArray *members, GPtrArray *owners)
{
  guint n = owners->len;

  g_ptr_array_set_size (owners, n + members->len);
  for (guint i = 0; i < members->len; i++)
    {
      SioMember *member = g_ptr_array_index (members, i);

      if (meet (self, member))
        owners->pdata[n++] = member->owner;
    }
  owners->len = n; /* the rest is NULL, and nothing to be freed */
}

static void
meet_room (SioRooms *self, const char *name, GPtrArray *owners)
{
  Room *room = g_hash_table_lookup (self->rooms, name);
  SioMember *alone = g_hash_table_lookup (self->members, name);

  if (alone != NULL && meet (self, alone))
    g_ptr_array_add (owners, alone->owner);
  if (room != NULL)
    meet_all_of (self, room->members, owners);
}

static void
leave_room_out (SioRooms *self, const char *name)
{
  Room *room = g_hash_table_lookup (self->rooms, name);
  SioMember *alone = g_hash_table_lookup (self->members, name);

  if (alone != NULL)
    meet (self, alone);
  for (guint i = 0; room != NULL && i < room->members->len; i++)
    meet (self, g_ptr_array_index (room->members, i));
}

static void
meet_all (SioRooms *self, GPtrArray *owners)
{
  GHashTableIter iter;
  gpointer member;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, &member))
    if (meet (self, member))
      g_ptr_array_add (owners, ((SioMember *)member)->owner);
}

void
sio_rooms_select (SioRooms *self,
                  const char *const *rooms,
                  const char *const *except,
                  GPtrArray *owners)
{
  self->mark++;
  for (; except != NULL && *except != NULL; except++)
    leave_room_out (self, *except);
  if (rooms == NULL || *rooms == NULL)
    meet_all (self, owners);
  for (; rooms != NULL && *rooms != NULL; rooms++)
    meet_room (self, *rooms, owners);
}
