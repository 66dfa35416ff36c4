/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-member.h"

#include "draw-member-private.h"

struct _DrawMember {
  GObject parent_instance;

  char *id;
  char *name;
  char *color;
  BoardRole role;
  gboolean here;
  gboolean is_self;
  gboolean muted;
  gboolean banned;
  gboolean hand;
  gboolean presenting;
  gboolean away;

  DrawActivity activity;
  int64_t active_at; /* monotonic us: when the activity was heard of last */
  gboolean has_place;
  double x, y;
  gboolean has_view;
  BoardRect view;
};

G_DEFINE_FINAL_TYPE (DrawMember, draw_member, G_TYPE_OBJECT)

/* How long it counts: between two moves of a pen, between two keys. */
#define FADES_US (3 * G_USEC_PER_SEC)
#define IDLE_US (30 * G_USEC_PER_SEC)

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_COLOR,
  PROP_ROLE,
  PROP_HERE,
  PROP_IS_SELF,
  PROP_ACTIVITY,
  PROP_MUTED,
  PROP_BANNED,
  PROP_HAND,
  PROP_PRESENTING,
  PROP_AWAY,
  N_PROPS,
};
static GParamSpec *props[N_PROPS];

static void
draw_member_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DrawMember *self = DRAW_MEMBER (object);

  switch (id)
    {
    case PROP_ID: g_value_set_string (value, self->id); break;
    case PROP_NAME: g_value_set_string (value, self->name); break;
    case PROP_COLOR: g_value_set_string (value, self->color); break;
    case PROP_ROLE: g_value_set_int (value, self->role); break;
    case PROP_HERE: g_value_set_boolean (value, self->here); break;
    case PROP_IS_SELF: g_value_set_boolean (value, self->is_self); break;
    case PROP_ACTIVITY: g_value_set_int (value, self->activity); break;
    case PROP_MUTED: g_value_set_boolean (value, self->muted); break;
    case PROP_BANNED: g_value_set_boolean (value, self->banned); break;
    case PROP_HAND: g_value_set_boolean (value, self->hand); break;
    case PROP_PRESENTING: g_value_set_boolean (value, self->presenting); break;
    case PROP_AWAY: g_value_set_boolean (value, self->away); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
draw_member_finalize (GObject *object)
{
  DrawMember *self = DRAW_MEMBER (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->color);
  G_OBJECT_CLASS (draw_member_parent_class)->finalize (object);
}

static void
draw_member_class_init (DrawMemberClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = draw_member_get_property;
  object_class->finalize = draw_member_finalize;
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, NULL, flags);
  props[PROP_ROLE] = g_param_spec_int ("role", NULL, NULL, BOARD_ROLE_VIEWER, BOARD_ROLE_HOST,
                                       BOARD_ROLE_VIEWER, flags);
  props[PROP_HERE] = g_param_spec_boolean ("here", NULL, NULL, FALSE, flags);
  props[PROP_IS_SELF] = g_param_spec_boolean ("is-self", NULL, NULL, FALSE, flags);
  props[PROP_ACTIVITY] = g_param_spec_int ("activity", NULL, NULL, DRAW_ACTIVITY_IDLE,
                                           DRAW_ACTIVITY_DRAWING, DRAW_ACTIVITY_IDLE, flags);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, flags);
  props[PROP_BANNED] = g_param_spec_boolean ("banned", NULL, NULL, FALSE, flags);
  props[PROP_HAND] = g_param_spec_boolean ("hand", NULL, NULL, FALSE, flags);
  props[PROP_PRESENTING] = g_param_spec_boolean ("presenting", NULL, NULL, FALSE, flags);
  props[PROP_AWAY] = g_param_spec_boolean ("away", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
draw_member_init (DrawMember *self)
{
}

DrawMember *
draw_member_new (const char *id, gboolean is_self)
{
  DrawMember *self = g_object_new (DRAW_TYPE_MEMBER, NULL);

  g_assert (id != NULL);
  self->id = g_strdup (id);
  self->name = g_strdup ("");
  self->color = g_strdup ("");
  self->is_self = is_self;
  return self;
}

static void
set_string (DrawMember *self, char **field, const char *value, guint prop)
{
  g_assert (value != NULL);

  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
draw_member_set_name (DrawMember *self, const char *name)
{
  set_string (self, &self->name, name, PROP_NAME);
}

void
draw_member_set_color (DrawMember *self, const char *color)
{
  set_string (self, &self->color, color, PROP_COLOR);
}

void
draw_member_set_role (DrawMember *self, BoardRole role)
{
  if (self->role == role)
    return;
  self->role = role;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROLE]);
}

static void
set_boolean (DrawMember *self, gboolean *field, gboolean value, guint prop)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
draw_member_set_here (DrawMember *self, gboolean here)
{
  set_boolean (self, &self->here, here, PROP_HERE);
}

void
draw_member_set_muted (DrawMember *self, gboolean muted)
{
  set_boolean (self, &self->muted, muted, PROP_MUTED);
}

void
draw_member_set_banned (DrawMember *self, gboolean banned)
{
  set_boolean (self, &self->banned, banned, PROP_BANNED);
}

void
draw_member_set_hand (DrawMember *self, gboolean hand)
{
  set_boolean (self, &self->hand, hand, PROP_HAND);
}

void
draw_member_set_presenting (DrawMember *self, gboolean presenting)
{
  set_boolean (self, &self->presenting, presenting, PROP_PRESENTING);
}

void
draw_member_set_away (DrawMember *self, gboolean away)
{
  set_boolean (self, &self->away, away, PROP_AWAY);
}

void
draw_member_set_view (DrawMember *self, const BoardRect *view)
{
  self->has_view = view != NULL;
  if (view != NULL)
    self->view = *view;
}

static void
set_activity (DrawMember *self, DrawActivity activity)
{
  if (self->activity == activity)
    return;
  self->activity = activity;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVITY]);
}

void
draw_member_note (DrawMember *self, DrawActivity activity, int64_t now)
{
  draw_member_fade (self, now);
  /* Who draws moves the pointer, too. */
  if (activity < self->activity && activity != DRAW_ACTIVITY_IDLE)
    return;
  self->active_at = now;
  set_activity (self, activity);
}

gboolean
draw_member_fade (DrawMember *self, int64_t now)
{
  if (self->activity > DRAW_ACTIVITY_ACTIVE && now - self->active_at >= FADES_US)
    set_activity (self, DRAW_ACTIVITY_ACTIVE);
  if (self->activity == DRAW_ACTIVITY_ACTIVE && now - self->active_at >= IDLE_US)
    set_activity (self, DRAW_ACTIVITY_IDLE);
  return self->activity != DRAW_ACTIVITY_IDLE;
}

void
draw_member_set_place (DrawMember *self, double x, double y)
{
  self->has_place = TRUE;
  self->x = x;
  self->y = y;
}

const char *
draw_member_get_id (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), NULL);

  return self->id;
}

const char *
draw_member_get_name (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), NULL);

  return self->name;
}

const char *
draw_member_get_color (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), NULL);

  return self->color;
}

BoardRole
draw_member_get_role (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), BOARD_ROLE_VIEWER);

  return self->role;
}

gboolean
draw_member_get_here (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->here;
}

gboolean
draw_member_is_self (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->is_self;
}

DrawActivity
draw_member_get_activity (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), DRAW_ACTIVITY_IDLE);

  return self->activity;
}

gboolean
draw_member_get_muted (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->muted;
}

gboolean
draw_member_get_banned (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->banned;
}

gboolean
draw_member_get_place (DrawMember *self, double *x, double *y)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self) && x != NULL && y != NULL, FALSE);

  *x = self->x;
  *y = self->y;
  return self->has_place;
}

gboolean
draw_member_get_hand (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->hand;
}

gboolean
draw_member_get_presenting (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->presenting;
}

gboolean
draw_member_get_away (DrawMember *self)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self), FALSE);

  return self->away;
}

gboolean
draw_member_get_view (DrawMember *self, BoardRect *view)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (self) && view != NULL, FALSE);

  if (self->has_view)
    *view = self->view;
  return self->has_view;
}
