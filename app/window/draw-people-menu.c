/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-people-menu.h"

#include <glib/gi18n.h>

#include "window/draw-words.h"

static void
add (GMenu *menu, const char *label, const char *action, DrawMember *member)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", draw_member_get_id (member));
  g_menu_append_item (menu, item);
}

static void
add_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
add_looking (GMenu *menu, DrawMember *member)
{
  g_autoptr (GMenu) section = g_menu_new ();

  if (draw_member_get_here (member))
    {
      add (section, _("_Follow"), "people.follow", member);
      add (section, _("_Locate"), "people.locate", member);
      add (section, _("_Private Message"), "people.whisper", member);
    }
  add (section, _("_Show Only What They Drew"), "people.show-only", member);
  add (section, draw_member_get_muted (member) ? _("Un_mute") : _("_Mute"), "people.mute", member);
  add_section (menu, section);
}

static void
add_roles (GMenu *menu, DrawMember *member)
{
  g_autoptr (GMenu) section = g_menu_new ();
  BoardRole role = draw_member_get_role (member);

  if (role == BOARD_ROLE_VIEWER)
    add (section, _("Make _Editor"), "people.make-editor", member);
  if (role == BOARD_ROLE_EDITOR)
    add (section, _("Make _Viewer"), "people.make-viewer", member);
  if (role != BOARD_ROLE_HOST)
    add (section, _("Make _Host…"), "people.hand-over", member);
  add_section (menu, section);
}

static void
add_removal (GMenu *menu, DrawMember *member)
{
  g_autoptr (GMenu) section = g_menu_new ();

  add (section, _("_Undo Everything They Did…"), "people.remove-all", member);
  if (draw_member_get_here (member))
    add (section, _("_Send Away"), "people.kick", member);
  if (draw_member_get_banned (member))
    add (section, _("_Let Back In"), "people.let-in", member);
  else
    add (section, _("_Ban…"), "people.ban", member);
  add_section (menu, section);
}

GMenuModel *
draw_people_menu_new (DrawMember *member, BoardRole own_role)
{
  GMenu *menu = g_menu_new ();

  g_return_val_if_fail (DRAW_IS_MEMBER (member), G_MENU_MODEL (menu));

  if (draw_member_is_self (member))
    return G_MENU_MODEL (menu);
  add_looking (menu, member);
  if (own_role != BOARD_ROLE_HOST)
    return G_MENU_MODEL (menu);
  if (!draw_member_get_banned (member))
    add_roles (menu, member);
  add_removal (menu, member);
  return G_MENU_MODEL (menu);
}

static const char *
state_of (DrawMember *member)
{
  if (draw_member_is_self (member))
    return _("you");
  if (draw_member_get_banned (member))
    return _("banned");
  if (draw_member_get_muted (member))
    return _("muted");
  if (!draw_member_get_here (member))
    return _("away");
  if (draw_member_get_hand (member))
    return _("hand raised");
  if (draw_member_get_presenting (member))
    return _("presenting");
  if (draw_member_get_away (member))
    return _("away");
  switch (draw_member_get_activity (member))
    {
    case DRAW_ACTIVITY_DRAWING:
      return _("drawing");
    case DRAW_ACTIVITY_TYPING:
      return _("writing");
    case DRAW_ACTIVITY_ACTIVE:
      return _("looking around");
    case DRAW_ACTIVITY_IDLE:
    default:
      return _("idle");
    }
}

char *
draw_people_words (DrawMember *member)
{
  g_return_val_if_fail (DRAW_IS_MEMBER (member), NULL);

  /* Translators: a role and what somebody does: "Editor · drawing" */
  return g_strdup_printf (_("%s · %s"), draw_words_role (draw_member_get_role (member)),
                          state_of (member));
}
