/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-pointers.h"

struct _DrawPointers {
  DrawFingers fingers;
  gboolean pen_seen, pen_down;
  uint32_t pen_time;
  GHashTable *touches; /* sequence -> whether it is a palm; their memory is never looked at */
};

DrawFingers
draw_fingers_parse (const char *name)
{
  static const char *const names[] = { "until-pen", "always", "never" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return (DrawFingers) i;
  return DRAW_FINGERS_UNTIL_PEN;
}

DrawPointers *
draw_pointers_new (void)
{
  DrawPointers *self = g_new0 (DrawPointers, 1);

  self->touches = g_hash_table_new (NULL, NULL);
  return self;
}

void
draw_pointers_free (DrawPointers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->touches);
  g_free (self);
}

void
draw_pointers_set_fingers (DrawPointers *self, DrawFingers fingers)
{
  g_return_if_fail (self != NULL);

  self->fingers = fingers;
}

gboolean
draw_pointers_see_pen (DrawPointers *self, uint32_t time)
{
  GHashTableIter iter;
  gpointer is_palm;
  gboolean any = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  self->pen_seen = TRUE;
  self->pen_time = time;
  g_hash_table_iter_init (&iter, self->touches);
  while (g_hash_table_iter_next (&iter, NULL, &is_palm))
    {
      any |= !GPOINTER_TO_INT (is_palm);
      g_hash_table_iter_replace (&iter, GINT_TO_POINTER (TRUE));
    }
  return any;
}

void
draw_pointers_set_pen_down (DrawPointers *self, gboolean down)
{
  g_return_if_fail (self != NULL);

  self->pen_down = down;
}

/* Clocks of events wrap around after 49 days, and differ between devices at most a little. */
static gboolean
is_pen_near (DrawPointers *self, uint32_t time)
{
  const int32_t since = (int32_t) (time - self->pen_time);

  return self->pen_seen && (self->pen_down || (since < DRAW_PALM_TIME && since > -DRAW_PALM_TIME));
}

gboolean
draw_pointers_begin_touch (DrawPointers *self, gconstpointer sequence, uint32_t time)
{
  gboolean is_palm;

  g_return_val_if_fail (self != NULL, FALSE);

  is_palm = is_pen_near (self, time);
  g_hash_table_insert (self->touches, (gpointer) sequence, GINT_TO_POINTER (is_palm));
  return is_palm;
}

gboolean
draw_pointers_is_palm (DrawPointers *self, gconstpointer sequence)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->touches, sequence));
}

gboolean
draw_pointers_end_touch (DrawPointers *self, gconstpointer sequence)
{
  const gboolean was_palm = draw_pointers_is_palm (self, sequence);

  g_hash_table_remove (self->touches, sequence);
  return was_palm;
}

gboolean
draw_pointers_fingers_draw (DrawPointers *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->fingers == DRAW_FINGERS_ALWAYS
         || (self->fingers == DRAW_FINGERS_UNTIL_PEN && !self->pen_seen);
}

int
draw_pointers_get_barrel (guint button, GdkModifierType state)
{
  if (button == GDK_BUTTON_MIDDLE || (button == GDK_BUTTON_PRIMARY && (state & GDK_BUTTON2_MASK)))
    return 0;
  if (button == GDK_BUTTON_SECONDARY
      || (button == GDK_BUTTON_PRIMARY && (state & GDK_BUTTON3_MASK)))
    return 1;
  return -1;
}
