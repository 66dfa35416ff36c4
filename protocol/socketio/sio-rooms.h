/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Who is in which room. Rooms appear with their first member and vanish with their last. Each
 * member is also alone in a room of its id, which is not stored: it is the table of ids itself.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _SioRooms SioRooms;

/* Lives inside of what it stands for. All but owner is private to SioRooms. */
typedef struct
{
  gpointer owner;
  const char *id;    /* borrowed from the owner; no other present member may have it */
  GHashTable *rooms; /* Room -> index in its members; NULL while it is in none */
  uint64_t mark;     /* the last selection that met it */
  gboolean is_present;
} SioMember;

void sio_member_init (SioMember *member, gpointer owner, const char *id);

SioRooms *sio_rooms_new (void);
void sio_rooms_free (SioRooms *self);

/* Present members are found and selected. One may join rooms before it is present. */
void sio_rooms_add (SioRooms *self, SioMember *member);
/* Leaves all rooms, and is not present any more. */
void sio_rooms_remove (SioRooms *self, SioMember *member);
/* Both return whether anything changed. */
gboolean sio_rooms_join (SioRooms *self, SioMember *member, const char *room);
gboolean sio_rooms_leave (SioRooms *self, SioMember *member, const char *room);

/* A present member, or NULL. */
SioMember *sio_rooms_lookup (SioRooms *self, const char *id);
guint sio_rooms_get_n_members (SioRooms *self);
guint sio_rooms_get_n_rooms (SioRooms *self);
/* Whether a present member is in that room, or has that id. */
gboolean sio_rooms_has_room (SioRooms *self, const char *name);
/* All rooms with a present member, and the ids. Transfer full, no order. */
GStrv sio_rooms_dup_rooms (SioRooms *self);
/* Rooms of the member, its own first. Transfer full, no order. */
GStrv sio_rooms_dup_rooms_of (SioRooms *self, SioMember *member);

/* Appends the owners of all present members that are in any of the rooms (NULL or empty: of all)
 * and in none of the excepted (nullable), each once. Rooms may be ids. */
void sio_rooms_select (SioRooms *self,
                       const char *const *rooms,
                       const char *const *except,
                       GPtrArray *owners);

G_END_DECLS
