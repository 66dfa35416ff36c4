/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each board is an entry group of the daemon's. A board whose words change gets a new group: those who
 * look around learn of new names, not of new words. */
#include "draw-announcer.h"

#include "board/board-invite.h"
#include "draw-avahi.h"
#include "draw-nearby-record.h"

/* avahi-common/defs.h: AvahiEntryGroupState */
#define GROUP_ESTABLISHED 2
#define GROUP_COLLISION 3
#define GROUP_FAILURE 4

struct _DrawAnnouncer {
  GObject parent_instance;

  GHashTable *notices; /* board -> Notice */
  guint watch;         /* of the daemon's name, while there are any */
  GDBusConnection *bus; /* while the daemon is there */
  guint subscription;
  gboolean without;    /* the daemon is not there */
  DrawAnnouncerState state;
};

G_DEFINE_FINAL_TYPE (DrawAnnouncer, draw_announcer, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, N_PROPS };
static GParamSpec *props[N_PROPS];

/* A board as it is to be announced. */
typedef struct {
  char *board;
  GVariant *record;
  guint16 port;
  DrawAnnouncerState state;

  GCancellable *calls; /* of its group */
  char *group;         /* its path, once it is known */
} Notice;

/* --- The state of all ---------------------------------------------------------------------------- */

static void
update_state (DrawAnnouncer *self)
{
  DrawAnnouncerState state =
      g_hash_table_size (self->notices) == 0 ? DRAW_ANNOUNCER_IDLE : DRAW_ANNOUNCER_ANNOUNCED;
  GHashTableIter iter;
  Notice *notice;

  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &notice))
    if (notice->state == DRAW_ANNOUNCER_UNAVAILABLE || state == DRAW_ANNOUNCER_ANNOUNCED)
      state = notice->state;
  if (self->without && state != DRAW_ANNOUNCER_IDLE)
    state = DRAW_ANNOUNCER_UNAVAILABLE;
  if (state == self->state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_notice_state (DrawAnnouncer *self, Notice *notice, DrawAnnouncerState state)
{
  notice->state = state;
  update_state (self);
}

/* --- One board ----------------------------------------------------------------------------------- */

static void
withdraw (DrawAnnouncer *self, Notice *notice)
{
  g_cancellable_cancel (notice->calls);
  g_clear_object (&notice->calls);
  if (notice->group != NULL && self->bus != NULL)
    draw_avahi_free (self->bus, notice->group, DRAW_AVAHI_GROUP);
  g_clear_pointer (&notice->group, g_free);
}

static void
notice_free (Notice *notice)
{
  g_assert (notice->group == NULL);

  g_clear_object (&notice->calls);
  g_variant_unref (notice->record);
  g_free (notice->board);
  g_free (notice);
}

/* An answer for a board that is still to be announced, in the same words. */
typedef struct {
  DrawAnnouncer *announcer;
  char *board;
  GCancellable *calls;
} Errand;

static Errand *
errand_new (DrawAnnouncer *self, Notice *notice)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->announcer = g_object_ref (self);
  errand->board = g_strdup (notice->board);
  errand->calls = g_object_ref (notice->calls);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->announcer);
  g_object_unref (errand->calls);
  g_free (errand->board);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static Notice *
errand_get_notice (Errand *errand)
{
  Notice *notice = g_hash_table_lookup (errand->announcer->notices, errand->board);

  return notice != NULL && notice->calls == errand->calls ? notice : NULL;
}

static void
fail (DrawAnnouncer *self, Notice *notice, const char *why)
{
  g_info ("a board cannot be announced: %s", why);
  withdraw (self, notice);
  set_notice_state (self, notice, DRAW_ANNOUNCER_UNAVAILABLE);
}

/* Whether it is under way any more; the others are silent. */
static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  Notice *notice = errand_get_notice (errand);

  if (answer == NULL && notice != NULL)
    fail (errand->announcer, notice, error->message);
}

static void
fill_group (DrawAnnouncer *self, Notice *notice)
{
  GVariant *service = g_variant_new ("(iiussssq@aay)", DRAW_AVAHI_ANY, DRAW_AVAHI_ANY, 0u, notice->board,
                                     DRAW_NEARBY_TYPE, "", "", notice->port, notice->record);

  draw_avahi_call (self->bus, notice->group, DRAW_AVAHI_GROUP, "AddService", service, NULL,
                   notice->calls, on_done, errand_new (self, notice));
  draw_avahi_call (self->bus, notice->group, DRAW_AVAHI_GROUP, "Commit", NULL, NULL, notice->calls, on_done,
                   errand_new (self, notice));
}

static void
on_group (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = draw_avahi_take_path (source, result, &error);
  Notice *notice = errand_get_notice (errand);

  if (path != NULL && notice != NULL)
    {
      notice->group = g_steal_pointer (&path);
      fill_group (errand->announcer, notice);
    }
  else if (path != NULL)
    draw_avahi_free (G_DBUS_CONNECTION (source), path, DRAW_AVAHI_GROUP);
  else if (notice != NULL)
    fail (errand->announcer, notice, error->message);
}

static void
announce (DrawAnnouncer *self, Notice *notice)
{
  withdraw (self, notice);
  set_notice_state (self, notice, DRAW_ANNOUNCER_WORKING);
  if (self->bus == NULL)
    return;
  notice->calls = g_cancellable_new ();
  draw_avahi_call (self->bus, "/", DRAW_AVAHI_SERVER, "EntryGroupNew", NULL, "(o)", notice->calls, on_group,
                   errand_new (self, notice));
}

/* --- The daemon ---------------------------------------------------------------------------------- */

static Notice *
find_by_group (DrawAnnouncer *self, const char *path)
{
  GHashTableIter iter;
  Notice *notice;

  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &notice))
    if (g_strcmp0 (notice->group, path) == 0)
      return notice;
  return NULL;
}

/* "(is)": the state, and an error. */
static void
on_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
           const char *name, GVariant *parameters, gpointer user_data)
{
  DrawAnnouncer *self = user_data;
  Notice *notice = find_by_group (self, path);
  int state;

  if (notice == NULL || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(is)")))
    return;
  g_variant_get_child (parameters, 0, "i", &state);
  if (state == GROUP_ESTABLISHED)
    set_notice_state (self, notice, DRAW_ANNOUNCER_ANNOUNCED);
  else if (state == GROUP_COLLISION || state == GROUP_FAILURE)
    fail (self, notice, state == GROUP_COLLISION ? "its name is taken" : "the daemon failed");
}

static void
leave_daemon (DrawAnnouncer *self)
{
  GHashTableIter iter;
  Notice *notice;

  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &notice))
    withdraw (self, notice);
  if (self->bus != NULL)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  g_clear_object (&self->bus);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  DrawAnnouncer *self = user_data;
  GHashTableIter iter;
  Notice *notice;

  leave_daemon (self);
  self->without = FALSE;
  self->bus = g_object_ref (bus);
  self->subscription = g_dbus_connection_signal_subscribe (
      bus, DRAW_AVAHI_NAME, DRAW_AVAHI_GROUP, "StateChanged", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_signal, self, NULL);
  g_hash_table_iter_init (&iter, self->notices);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &notice))
    announce (self, notice);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  DrawAnnouncer *self = user_data;

  leave_daemon (self);
  self->without = TRUE;
  update_state (self);
}

/* --- The object ---------------------------------------------------------------------------------- */

/* The daemon is of interest while there is something to announce. */
static void
watch_daemon (DrawAnnouncer *self)
{
  if (self->watch == 0)
    self->watch = g_bus_watch_name (G_BUS_TYPE_SYSTEM, DRAW_AVAHI_NAME,
                                    G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_appeared, on_vanished, self,
                                    NULL);
}

static void
unwatch_daemon (DrawAnnouncer *self)
{
  leave_daemon (self);
  if (self->watch > 0)
    g_bus_unwatch_name (self->watch);
  self->watch = 0;
  self->without = FALSE;
}

static void
draw_announcer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, DRAW_ANNOUNCER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
draw_announcer_dispose (GObject *object)
{
  unwatch_daemon (DRAW_ANNOUNCER (object));
  G_OBJECT_CLASS (draw_announcer_parent_class)->dispose (object);
}

static void
draw_announcer_finalize (GObject *object)
{
  g_hash_table_unref (DRAW_ANNOUNCER (object)->notices);
  G_OBJECT_CLASS (draw_announcer_parent_class)->finalize (object);
}

static void
draw_announcer_class_init (DrawAnnouncerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = draw_announcer_get_property;
  object_class->dispose = draw_announcer_dispose;
  object_class->finalize = draw_announcer_finalize;
  props[PROP_STATE] = g_param_spec_int (
      "state", NULL, NULL, DRAW_ANNOUNCER_IDLE, DRAW_ANNOUNCER_UNAVAILABLE, DRAW_ANNOUNCER_IDLE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
draw_announcer_init (DrawAnnouncer *self)
{
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) notice_free);
}

DrawAnnouncer *
draw_announcer_new (void)
{
  return g_object_new (DRAW_TYPE_ANNOUNCER, NULL);
}

void
draw_announcer_set (DrawAnnouncer *self, const char *board, const char *title, const char *person,
                    guint16 port)
{
  g_autoptr (GVariant) record = NULL;
  Notice *notice;

  g_return_if_fail (DRAW_IS_ANNOUNCER (self));
  g_return_if_fail (board != NULL && board_id_is_valid (board) && port > 0);

  record = g_variant_ref_sink (draw_nearby_record_build (title, person));
  notice = g_hash_table_lookup (self->notices, board);
  if (notice != NULL && notice->port == port && g_variant_equal (notice->record, record))
    return;
  if (notice == NULL)
    {
      notice = g_new0 (Notice, 1);
      notice->board = g_strdup (board);
      g_hash_table_insert (self->notices, notice->board, notice);
    }
  g_clear_pointer (&notice->record, g_variant_unref);
  notice->record = g_steal_pointer (&record);
  notice->port = port;
  announce (self, notice);
  watch_daemon (self);
}

void
draw_announcer_remove (DrawAnnouncer *self, const char *board)
{
  Notice *notice;

  g_return_if_fail (DRAW_IS_ANNOUNCER (self) && board != NULL);

  notice = g_hash_table_lookup (self->notices, board);
  if (notice == NULL)
    return;
  withdraw (self, notice);
  g_hash_table_remove (self->notices, board);
  if (g_hash_table_size (self->notices) == 0)
    unwatch_daemon (self);
  update_state (self);
}

void
draw_announcer_clear (DrawAnnouncer *self)
{
  g_return_if_fail (DRAW_IS_ANNOUNCER (self));

  unwatch_daemon (self);
  g_hash_table_remove_all (self->notices);
  update_state (self);
}

DrawAnnouncerState
draw_announcer_get_state (DrawAnnouncer *self)
{
  g_return_val_if_fail (DRAW_IS_ANNOUNCER (self), DRAW_ANNOUNCER_IDLE);

  return self->state;
}
