/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-menu.h"

#include <glib/gi18n.h>

#include "canvas/draw-selection.h"
#include "tools/draw-pick.h"

typedef struct {
  const char *label; /* NULL: a new section begins */
  const char *action;
} Row;

static const Row selection_rows[] = {
  { N_ ("_Duplicate"), "board.duplicate" },
  { N_ ("De_lete"), "board.delete-selection" },
  { N_ ("Add to Li_brary"), "board.add-to-library" },
  { NULL, NULL },
  { N_ ("_Group"), "board.group" },
  { N_ ("_Ungroup"), "board.ungroup" },
  { N_ ("Loc_k"), "board.lock" },
  { N_ ("Unloc_k"), "board.unlock" },
  { NULL, NULL },
  { N_ ("_Who Drew This"), "board.who" },
};
static const Row order_rows[] = {
  { N_ ("Bring to _Front"), "board.to-front" },
  { N_ ("Bring F_orward"), "board.forward" },
  { N_ ("Send _Backward"), "board.backward" },
  { N_ ("Send to B_ack"), "board.to-back" },
};
static const Row align_rows[] = {
  { N_ ("_Left Edges"), "board.align-left" },
  { N_ ("_Centre Across"), "board.align-center" },
  { N_ ("_Right Edges"), "board.align-right" },
  { NULL, NULL },
  { N_ ("_Top Edges"), "board.align-top" },
  { N_ ("Centre _Up and Down"), "board.align-middle" },
  { N_ ("_Bottom Edges"), "board.align-bottom" },
  { NULL, NULL },
  { N_ ("Distribute _Across"), "board.distribute-across" },
  { N_ ("_Distribute Up and Down"), "board.distribute-down" },
  { NULL, NULL },
  { N_("_Flip Left and Right"), "board.flip-across" },
  { N_("Flip Top a_nd Bottom"), "board.flip-down" },
};
static const Row board_rows[] = {
  { N_ ("Select _All"), "board.select-all" },
  { N_ ("Show _Everything"), "view.fit" },
  { NULL, NULL },
  { N_ ("Snap to _Grid"), "app.snap-grid" },
  { N_ ("_Who Drew This"), "board.who" },
};

static GMenuModel *
make_menu (const Row *rows, guint n_rows)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  for (guint i = 0; i <= n_rows; i++)
    {
      if (i < n_rows && rows[i].label != NULL)
        {
          g_menu_append (section, _ (rows[i].label), rows[i].action);
          continue;
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
      g_object_unref (section);
      section = g_menu_new ();
    }
  g_object_unref (section);
  return G_MENU_MODEL (menu);
}

static void
append_submenu (GMenu *menu, const char *label, const Row *rows, guint n_rows)
{
  g_autoptr (GMenuModel) submenu = make_menu (rows, n_rows);

  g_menu_append_submenu (menu, label, submenu);
}

static GMenuModel *
make_selection_menu (DrawCanvas *canvas)
{
  GMenuModel *menu = make_menu (selection_rows, G_N_ELEMENTS (selection_rows));
  g_autoptr (GMenu) more = g_menu_new ();
  BoardElement *only
      = draw_selection_get_only (draw_tool_host_get_document (DRAW_TOOL_HOST (canvas)),
                                 draw_canvas_get_selection (canvas));

  if (only != NULL && board_element_get_kind (only) == BOARD_ELEMENT_IMAGE)
    g_menu_append (more, _ ("_Crop"), "board.crop");

  append_submenu (more, _ ("_Order"), order_rows, G_N_ELEMENTS (order_rows));
  append_submenu (more, _ ("_Align"), align_rows, G_N_ELEMENTS (align_rows));
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (more));
  return menu;
}

static gboolean
on_unparent (gpointer popover)
{
  gtk_widget_unparent (GTK_WIDGET (popover));
  return G_SOURCE_REMOVE;
}

/* The action of a row runs after the menu closes: it goes when that is done. */
static void
on_closed (GtkPopover *popover, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_unparent, g_object_ref (popover), g_object_unref);
}

void
draw_board_menu_popup_at (DrawCanvas *canvas, GtkWidget *popover, double x, double y)
{
  const GdkRectangle place = { (int) x, (int) y, 1, 1 };

  g_return_if_fail (DRAW_IS_CANVAS (canvas) && GTK_IS_POPOVER (popover));

  /* The overlay that the canvas fills: it knows how to place a popover. */
  gtk_widget_set_parent (popover, gtk_widget_get_parent (GTK_WIDGET (canvas)));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
popup (DrawCanvas *canvas, double x, double y)
{
  const gboolean has_selection = draw_canvas_get_selection (canvas)->len > 0;
  g_autoptr (GMenuModel) menu
      = has_selection ? make_selection_menu (canvas) : make_menu (board_rows, G_N_ELEMENTS (board_rows));
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  draw_board_menu_popup_at (canvas, popover, x, y);
}

/* What is under the pointer becomes the selection, unless it is a part of it. */
static void
select_under (DrawCanvas *canvas, double widget_x, double widget_y)
{
  DrawToolHost *host = DRAW_TOOL_HOST (canvas);
  BoardElement *element;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  double x, y;

  draw_viewport_to_board (draw_canvas_get_viewport (canvas), widget_x, widget_y, &x, &y);
  element = draw_pick_element (host, x, y);
  if (element == NULL)
    element = draw_pick_locked (host, x, y);
  if (element == NULL
      || draw_selection_contains (draw_canvas_get_selection (canvas),
                                  board_element_get_id (element)))
    return;
  ids = draw_selection_copy_ids (NULL);
  g_ptr_array_add (ids, g_strdup (board_element_get_id (element)));
  whole = draw_selection_with_groups (draw_tool_host_get_document (host), ids);
  draw_tool_host_set_selection (host, whole);
  gtk_widget_activate_action (GTK_WIDGET (canvas), "tool.use", "s", "select");
}

static void
on_menu (DrawCanvas *canvas, double x, double y, gpointer data)
{
  gboolean read_only;

  g_object_get (canvas, "read-only", &read_only, NULL);
  if (draw_tool_host_get_document (DRAW_TOOL_HOST (canvas)) == NULL)
    return;
  if (!read_only)
    select_under (canvas, x, y);
  popup (canvas, x, y);
}

/* What the buttons of a pen are for, the canvas knows. */
static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, DrawCanvas *canvas)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event != NULL && gdk_event_get_device_tool (event) != NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  on_menu (canvas, x, y, NULL);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  popup (DRAW_CANVAS (widget), gtk_widget_get_width (widget) / 2.0,
         gtk_widget_get_height (widget) / 2.0);
  return TRUE;
}

void
draw_board_menu_install (DrawCanvas *canvas)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger
      = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK),
                                     gtk_keyval_trigger_new (GDK_KEY_Menu, 0));

  g_return_if_fail (DRAW_IS_CANVAS (canvas));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), canvas);
  g_signal_connect (canvas, "menu", G_CALLBACK (on_menu), NULL);
  gtk_widget_add_controller (GTK_WIDGET (canvas), GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (trigger,
                                                          gtk_callback_action_new (on_menu_key,
                                                                                   NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (canvas), keys);
}
