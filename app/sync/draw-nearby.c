/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One state, one setter:
 *   IDLE        -> LOOKING      the first hold
 *   LOOKING     -> UNAVAILABLE  there is no daemon, or it has gone
 *   UNAVAILABLE -> LOOKING      it has come
 *   any         -> IDLE         the last release
 *
 * The daemon tells of a service once for every interface and protocol that it is seen by (a sighting);
 * each is resolved, and the board has the best of the addresses. */
#include "draw-nearby.h"

#include <string.h>

#include "board/board-invite.h"
#include "draw-avahi.h"
#include "draw-nearby-record.h"

#define MAX_BOARDS 50
#define MAX_SIGHTINGS 8 /* of one board */
#define MAX_RESOLVING 8 /* questions under way */

/* --- A board ------------------------------------------------------------------------------------ */

struct _DrawNearbyBoard {
  GObject parent_instance;

  char *id;
  char *title;
  char *person;
  char *host;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (DrawNearbyBoard, draw_nearby_board, G_TYPE_OBJECT)

static void
draw_nearby_board_finalize (GObject *object)
{
  DrawNearbyBoard *self = DRAW_NEARBY_BOARD (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->person);
  g_free (self->host);
  G_OBJECT_CLASS (draw_nearby_board_parent_class)->finalize (object);
}

static void
draw_nearby_board_class_init (DrawNearbyBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_nearby_board_finalize;
}

static void
draw_nearby_board_init (DrawNearbyBoard *self)
{
}

const char *
draw_nearby_board_get_id (DrawNearbyBoard *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY_BOARD (self), NULL);

  return self->id;
}

const char *
draw_nearby_board_get_title (DrawNearbyBoard *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY_BOARD (self), NULL);

  return self->title;
}

const char *
draw_nearby_board_get_person (DrawNearbyBoard *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY_BOARD (self), NULL);

  return self->person;
}

const char *
draw_nearby_board_get_host (DrawNearbyBoard *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY_BOARD (self), NULL);

  return self->host;
}

guint16
draw_nearby_board_get_port (DrawNearbyBoard *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY_BOARD (self), 0);

  return self->port;
}

/* --- Looking around ----------------------------------------------------------------------------- */

struct _DrawNearby {
  GObject parent_instance;

  DrawNearbyState state;
  guint n_holds;
  GListStore *boards;  /* what is shown */
  GHashTable *seen;    /* id -> GPtrArray of Sighting */
  GQueue waiting;      /* Sighting: to be resolved */
  guint n_resolving;

  guint watch;         /* of the daemon's name */
  GDBusConnection *bus; /* while the daemon is there */
  GCancellable *calls; /* of this life of it */
  guint subscription;
  char *browser;       /* its path, once it is known */
};

G_DEFINE_FINAL_TYPE (DrawNearby, draw_nearby, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, N_PROPS };
static GParamSpec *props[N_PROPS];

typedef struct {
  gatomicrefcount refs;
  char *id;
  int interface, protocol;
  gboolean gone;  /* while it was waited for */
} Sighting;

static Sighting *
sighting_new (const char *id, int interface, int protocol)
{
  Sighting *sighting = g_new0 (Sighting, 1);

  g_atomic_ref_count_init (&sighting->refs);
  sighting->id = g_strdup (id);
  sighting->interface = interface;
  sighting->protocol = protocol;
  return sighting;
}

static void
sighting_unref (Sighting *sighting)
{
  if (!g_atomic_ref_count_dec (&sighting->refs))
    return;
  g_free (sighting->id);
  g_free (sighting);
}

static Sighting *
sighting_ref (Sighting *sighting)
{
  g_atomic_ref_count_inc (&sighting->refs);
  return sighting;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sighting, sighting_unref)

static void
set_state (DrawNearby *self, DrawNearbyState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* --- What is shown --- */

static DrawNearbyBoard *
find_board (DrawNearby *self, const char *id, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->boards));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DrawNearbyBoard) board = g_list_model_get_item (G_LIST_MODEL (self->boards), i);

      if (!g_str_equal (board->id, id))
        continue;
      *position = i;
      return board; /* the store has it still */
    }
  return NULL;
}

/* A link-local address of IPv6 means nothing without the name of an interface. */
static gboolean
is_address (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL && !g_inet_address_get_is_any (address) &&
         !g_inet_address_get_is_multicast (address) &&
         (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ||
          !g_inet_address_get_is_link_local (address));
}

/* IPv4 is what most networks at home really pass on. */
static gboolean
is_better (const char *host, const char *than)
{
  return strchr (than, ':') != NULL && strchr (host, ':') == NULL;
}

static void
show (DrawNearby *self, const char *id, const char *host, guint16 port, const DrawNearbyRecord *record)
{
  g_autoptr (DrawNearbyBoard) board = NULL;
  DrawNearbyBoard *known;
  guint position = g_list_model_get_n_items (G_LIST_MODEL (self->boards));

  known = find_board (self, id, &position);
  if (known != NULL && !is_better (host, known->host))
    return;
  board = g_object_new (DRAW_TYPE_NEARBY_BOARD, NULL);
  board->id = g_strdup (id);
  board->title = g_strdup (record->title);
  board->person = g_strdup (record->person);
  board->host = g_strdup (host);
  board->port = port;
  g_list_store_splice (self->boards, position, known != NULL ? 1 : 0, (gpointer *) &board, 1);
}

/* --- Resolving --- */

static void resolve_more (DrawNearby *self);

/* "(iissssisqaayu)": where it is and what its record says. */
static void
take_answer (DrawNearby *self, const Sighting *sighting, GVariant *answer)
{
  g_autoptr (GVariant) strings = g_variant_get_child_value (answer, 9);
  g_autoptr (DrawNearbyRecord) record = draw_nearby_record_parse (strings);
  const char *address;
  guint16 port;

  g_variant_get_child (answer, 7, "&s", &address);
  g_variant_get_child (answer, 8, "q", &port);
  if (record != NULL && port > 0 && is_address (address))
    show (self, sighting->id, address, port, record);
}

typedef struct {
  DrawNearby *nearby;
  Sighting *sighting;
} Question;

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (DrawNearby) self = question->nearby;
  g_autoptr (Sighting) sighting = question->sighting;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_free (question);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* of another life of the daemon */
  self->n_resolving--;
  if (answer != NULL && !sighting->gone)
    take_answer (self, sighting, answer);
  resolve_more (self);
}

static void
resolve (DrawNearby *self, Sighting *sighting)
{
  Question *question = g_new0 (Question, 1);

  question->nearby = g_object_ref (self);
  question->sighting = sighting_ref (sighting);
  self->n_resolving++;
  draw_avahi_call (self->bus, "/", DRAW_AVAHI_SERVER, "ResolveService",
                   g_variant_new ("(iisssiu)", sighting->interface, sighting->protocol, sighting->id,
                                  DRAW_NEARBY_TYPE, "local", DRAW_AVAHI_ANY, 0u),
                   "(iissssisqaayu)", self->calls, on_resolved, question);
}

static void
resolve_more (DrawNearby *self)
{
  while (self->n_resolving < MAX_RESOLVING && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (Sighting) sighting = g_queue_pop_head (&self->waiting);

      if (!sighting->gone)
        resolve (self, sighting);
    }
}

/* --- Sightings --- */

static void
on_item_new (DrawNearby *self, const char *id, int interface, int protocol)
{
  GPtrArray *sightings = g_hash_table_lookup (self->seen, id);
  Sighting *sighting;

  if (sightings == NULL && g_hash_table_size (self->seen) >= MAX_BOARDS)
    return;
  if (sightings == NULL)
    {
      sightings = g_ptr_array_new_with_free_func ((GDestroyNotify) sighting_unref);
      g_hash_table_insert (self->seen, g_strdup (id), sightings);
    }
  if (sightings->len >= MAX_SIGHTINGS)
    return;
  sighting = sighting_new (id, interface, protocol);
  g_ptr_array_add (sightings, sighting);
  g_queue_push_tail (&self->waiting, sighting_ref (sighting));
  resolve_more (self);
}

static void
forget (DrawNearby *self, const char *id)
{
  guint position;

  if (find_board (self, id, &position) != NULL)
    g_list_store_remove (self->boards, position);
  g_hash_table_remove (self->seen, id);
}

static void
on_item_remove (DrawNearby *self, const char *id, int interface, int protocol)
{
  GPtrArray *sightings = g_hash_table_lookup (self->seen, id);

  for (guint i = 0; sightings != NULL && i < sightings->len; i++)
    {
      Sighting *sighting = g_ptr_array_index (sightings, i);

      if (sighting->interface != interface || sighting->protocol != protocol)
        continue;
      sighting->gone = TRUE;
      g_ptr_array_remove_index_fast (sightings, i);
      break;
    }
  if (sightings != NULL && sightings->len == 0)
    forget (self, id);
}

/* "(iisssu)": interface, protocol, name, type, domain, flags. */
static void
on_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
           const char *name, GVariant *parameters, gpointer user_data)
{
  DrawNearby *self = user_data;
  int on_interface, protocol;
  const char *id;

  /* The first may come before the answer that tells the path. */
  if ((self->browser != NULL && !g_str_equal (path, self->browser)) ||
      !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(iisssu)")))
    return;
  g_variant_get_child (parameters, 0, "i", &on_interface);
  g_variant_get_child (parameters, 1, "i", &protocol);
  g_variant_get_child (parameters, 2, "&s", &id);
  if (!board_id_is_valid (id))
    return;
  if (g_str_equal (name, "ItemNew"))
    on_item_new (self, id, on_interface, protocol);
  else if (g_str_equal (name, "ItemRemove"))
    on_item_remove (self, id, on_interface, protocol);
}

/* --- The daemon --- */

static void
on_browser (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawNearby) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = draw_avahi_take_path (source, result, &error);

  if (path != NULL && self->bus != NULL && self->browser == NULL)
    self->browser = g_steal_pointer (&path);
  else if (path != NULL)
    draw_avahi_free (G_DBUS_CONNECTION (source), path, DRAW_AVAHI_BROWSER);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_info ("boards nearby cannot be found: %s", error->message);
      set_state (self, DRAW_NEARBY_UNAVAILABLE);
    }
}

static void
leave_daemon (DrawNearby *self)
{
  if (self->bus == NULL)
    return;
  g_cancellable_cancel (self->calls);
  g_clear_object (&self->calls);
  g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  if (self->browser != NULL)
    draw_avahi_free (self->bus, self->browser, DRAW_AVAHI_BROWSER);
  g_clear_pointer (&self->browser, g_free);
  g_clear_object (&self->bus);
  self->n_resolving = 0;
  g_queue_clear_full (&self->waiting, (GDestroyNotify) sighting_unref);
  g_hash_table_remove_all (self->seen);
  g_list_store_remove_all (self->boards);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  DrawNearby *self = user_data;

  leave_daemon (self);
  self->bus = g_object_ref (bus);
  self->calls = g_cancellable_new ();
  self->subscription = g_dbus_connection_signal_subscribe (
      bus, DRAW_AVAHI_NAME, DRAW_AVAHI_BROWSER, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal,
      self, NULL);
  set_state (self, DRAW_NEARBY_LOOKING);
  draw_avahi_call (bus, "/", DRAW_AVAHI_SERVER, "ServiceBrowserNew",
                   g_variant_new ("(iissu)", DRAW_AVAHI_ANY, DRAW_AVAHI_ANY, DRAW_NEARBY_TYPE, "local", 0u),
                   "(o)", self->calls, on_browser, g_object_ref (self));
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  DrawNearby *self = user_data;

  g_clear_pointer (&self->browser, g_free); /* it went with the daemon */
  leave_daemon (self);
  set_state (self, DRAW_NEARBY_UNAVAILABLE);
}

/* --- The object --- */

static void
stop (DrawNearby *self)
{
  if (self->watch > 0)
    g_bus_unwatch_name (self->watch);
  self->watch = 0;
  leave_daemon (self);
  set_state (self, DRAW_NEARBY_IDLE);
}

static void
draw_nearby_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, DRAW_NEARBY (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
draw_nearby_dispose (GObject *object)
{
  stop (DRAW_NEARBY (object));
  G_OBJECT_CLASS (draw_nearby_parent_class)->dispose (object);
}

static void
draw_nearby_finalize (GObject *object)
{
  DrawNearby *self = DRAW_NEARBY (object);

  g_hash_table_unref (self->seen);
  g_object_unref (self->boards);
  G_OBJECT_CLASS (draw_nearby_parent_class)->finalize (object);
}

static void
draw_nearby_class_init (DrawNearbyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = draw_nearby_get_property;
  object_class->dispose = draw_nearby_dispose;
  object_class->finalize = draw_nearby_finalize;
  props[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, DRAW_NEARBY_IDLE, DRAW_NEARBY_UNAVAILABLE, DRAW_NEARBY_IDLE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
draw_nearby_init (DrawNearby *self)
{
  self->boards = g_list_store_new (DRAW_TYPE_NEARBY_BOARD);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->waiting);
}

DrawNearby *
draw_nearby_new (void)
{
  return g_object_new (DRAW_TYPE_NEARBY, NULL);
}

void
draw_nearby_hold (DrawNearby *self)
{
  g_return_if_fail (DRAW_IS_NEARBY (self));

  if (self->n_holds++ > 0)
    return;
  set_state (self, DRAW_NEARBY_LOOKING);
  self->watch = g_bus_watch_name (G_BUS_TYPE_SYSTEM, DRAW_AVAHI_NAME, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                  on_appeared, on_vanished, self, NULL);
}

void
draw_nearby_release (DrawNearby *self)
{
  g_return_if_fail (DRAW_IS_NEARBY (self) && self->n_holds > 0);

  if (--self->n_holds == 0)
    stop (self);
}

DrawNearbyState
draw_nearby_get_state (DrawNearby *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY (self), DRAW_NEARBY_IDLE);

  return self->state;
}

GListModel *
draw_nearby_get_boards (DrawNearby *self)
{
  g_return_val_if_fail (DRAW_IS_NEARBY (self), NULL);

  return G_LIST_MODEL (self->boards);
}
