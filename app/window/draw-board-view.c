/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "window/draw-board-menu.h"
#include "window/draw-pen-settings.h"
#include "window/draw-shortcuts.h"

enum
{
  PROP_TOOL = 1,
  PROP_STYLE,
  PROP_CHAT_VISIBLE,
  PROP_LIBRARY_VISIBLE,
  N_PROPS
};
enum
{
  FACTS_CHANGED,
  TROUBLE,
  DONE,
  SESSION_REPLACED,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawBoardView, draw_board_view, GTK_TYPE_WIDGET)

static const char *const tool_names[N_TOOLS] = {
  [TOOL_SELECT] = "select",
  [TOOL_LASSO] = "lasso",
  [TOOL_HAND] = "hand",
  [TOOL_PEN] = "pen",
  [TOOL_HIGHLIGHTER] = "highlighter",
  [TOOL_ERASER] = "eraser",
  [TOOL_PART_ERASER] = "part-eraser",
  [TOOL_RECTANGLE] = "rectangle",
  [TOOL_DIAMOND] = "diamond",
  [TOOL_ELLIPSE] = "ellipse",
  [TOOL_ARROW] = "arrow",
  [TOOL_LINE] = "line",
  [TOOL_TEXT] = "text",
  [TOOL_NOTE] = "note",
  [TOOL_FRAME] = "frame",
  [TOOL_LASER] = "laser",
};

static void
set_tool (DrawBoardView *self, const char *name)
{
  for (DrawToolIndex i = 0; i < N_TOOLS; i++)
    if (g_strcmp0 (tool_names[i], name) == 0 && i != self->tool)
      {
        self->tool = i;
        draw_canvas_set_tool (self->canvas, self->tools[i]);
        if (i != TOOL_SELECT && i != TOOL_LASSO && i != TOOL_HAND)
          draw_canvas_clear_selection (self->canvas);
        draw_tool_bar_set_tool (self->tool_bar, name);
        draw_board_view_update_style (self);
        g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOOL]);
      }
}

static void
on_renamed (DrawBoardTitle *title, const char *text, DrawBoardView *self)
{
  g_autoptr (BoardOp) op = board_op_new ();

  board_op_set_title (op, text);
  draw_board_view_submit (self, op);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
on_narrow_changed (DrawNarrowBin *bin, GParamSpec *pspec, DrawBoardView *self)
{
  gboolean narrow = draw_narrow_bin_get_narrow (bin);

  gtk_widget_set_visible (self->history, !narrow);
  gtk_widget_set_visible (self->library_button, !narrow);
  draw_tool_bar_set_narrow (self->tool_bar, narrow);
  /* The zoom bar and the time left are beside it; beneath them there is place. */
  if (narrow)
    gtk_widget_add_css_class (self->follow_chip, "below");
  else
    gtk_widget_remove_css_class (self->follow_chip, "below");
}

static void
on_board_narrow_changed (DrawNarrowBin *bin, GParamSpec *pspec, DrawBoardView *self)
{
  /* Beside the tools there is no place for it then; above there is. */
  const GtkAlign align = draw_narrow_bin_get_narrow (bin) ? GTK_ALIGN_START : GTK_ALIGN_END;

  gtk_widget_set_valign (GTK_WIDGET (self->zoom_bar), align);
  gtk_widget_set_valign (GTK_WIDGET (self->map_corner), align);
  /* An overlay places its children itself, and is not told that one wants another place. */
  gtk_widget_queue_resize (GTK_WIDGET (self->zoom_bar));
}

static void
draw_board_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DrawBoardView *self = DRAW_BOARD_VIEW (object);

  switch (prop_id)
    {
    case PROP_TOOL:
      g_value_set_static_string (value, tool_names[self->tool]);
      break;
    case PROP_STYLE:
      g_value_take_string (value, draw_style_save (self->style));
      break;
    case PROP_CHAT_VISIBLE:
      g_value_set_boolean (value, draw_board_view_shows_side (self, DRAW_SIDE_CHAT));
      break;
    case PROP_LIBRARY_VISIBLE:
      g_value_set_boolean (value, draw_board_view_shows_side (self, DRAW_SIDE_LIBRARY));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_board_view_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  DrawBoardView *self = DRAW_BOARD_VIEW (object);

  switch (prop_id)
    {
    case PROP_TOOL:
      set_tool (self, g_value_get_string (value));
      break;
    case PROP_STYLE:
      draw_style_load (self->style, g_value_get_string (value));
      break;
    case PROP_CHAT_VISIBLE:
      draw_board_view_show_side (self, DRAW_SIDE_CHAT, g_value_get_boolean (value));
      break;
    case PROP_LIBRARY_VISIBLE:
      draw_board_view_show_side (self, DRAW_SIDE_LIBRARY, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
draw_board_view_dispose (GObject *object)
{
  DrawBoardView *self = DRAW_BOARD_VIEW (object);

  self->replay = NULL; /* it goes with the template */
  draw_board_view_dispose_session (self);
  draw_board_view_dispose_people (self);
  draw_board_view_dispose_live (self);
  for (DrawToolIndex i = 0; i < N_TOOLS; i++)
    g_clear_object (&self->tools[i]);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_BOARD_VIEW);
  G_OBJECT_CLASS (draw_board_view_parent_class)->dispose (object);
}

static void
draw_board_view_finalize (GObject *object)
{
  g_object_unref (DRAW_BOARD_VIEW (object)->style);
  g_object_unref (DRAW_BOARD_VIEW (object)->marker_style);
  G_OBJECT_CLASS (draw_board_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_TOOL] = g_param_spec_string ("tool", NULL, NULL, "pen", flags);
  props[PROP_STYLE] = g_param_spec_string ("style", NULL, NULL, NULL, flags);
  props[PROP_CHAT_VISIBLE] = g_param_spec_boolean ("chat-visible", NULL, NULL, FALSE, flags);
  props[PROP_LIBRARY_VISIBLE] = g_param_spec_boolean ("library-visible", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ensure_types (void)
{
  g_type_ensure (DRAW_TYPE_NARROW_BIN);
  g_type_ensure (DRAW_TYPE_BOARD_TITLE);
  g_type_ensure (DRAW_TYPE_PEOPLE_BUTTON);
  g_type_ensure (DRAW_TYPE_STATE_BAR);
  g_type_ensure (DRAW_TYPE_CANVAS);
  g_type_ensure (DRAW_TYPE_TOOL_BAR);
  g_type_ensure (DRAW_TYPE_ZOOM_BAR);
  g_type_ensure (DRAW_TYPE_MAP_CORNER);
  g_type_ensure (DRAW_TYPE_LIVE_LAYER);
  g_type_ensure (DRAW_TYPE_CHAT_PANEL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, bin);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, title);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, home_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, history);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, undo_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, redo_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, people);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, library_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, share_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, chat_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, unread_dot);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, state_bar);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, flap);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, canvas);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, tool_bar);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, zoom_bar);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, map_corner);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, live);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, follow_chip);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, follow_label);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, follow_stop);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, timer_label);
  gtk_widget_class_bind_template_child (widget_class, DrawBoardView, chat);
  gtk_widget_class_bind_template_callback (widget_class, on_renamed);
  draw_board_view_class_bind_chat (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_board_narrow_changed);
  draw_board_view_class_bind_side (widget_class);
}

static void
draw_board_view_class_init (DrawBoardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = draw_board_view_get_property;
  object_class->set_property = draw_board_view_set_property;
  object_class->dispose = draw_board_view_dispose;
  object_class->finalize = draw_board_view_finalize;

  install_properties (object_class);
  signals[FACTS_CHANGED] = g_signal_new ("facts-changed", DRAW_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", DRAW_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", DRAW_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SESSION_REPLACED]
      = g_signal_new ("session-replaced", DRAW_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-board-view.ui");
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* A shape is made: what comes next is to move or to restyle it. */
static void
on_tool_done (DrawBoardView *self)
{
  /* What a tool finishes while it is put away was done by choosing another one. */
  if (!self->tool_locked && draw_canvas_get_tool (self->canvas) == self->tools[self->tool])
    set_tool (self, "select");
}

static void
describe_buttons (DrawBoardView *self)
{
  draw_shortcuts_describe (self->home_button, _("All Boards"), "win.home", NULL);
  draw_shortcuts_describe (self->undo_button, _("Undo"), "win.undo", NULL);
  draw_shortcuts_describe (self->redo_button, _("Redo"), "win.redo", NULL);
  draw_shortcuts_describe (self->share_button, _("Share"), "win.share", NULL);
  draw_shortcuts_describe (self->library_button, _("Library"), "win.show-library", NULL);
  draw_shortcuts_describe (self->chat_button, _("Chat"), "win.show-chat", NULL);
  draw_shortcuts_describe (self->menu_button, _("Main Menu"), DRAW_SHORTCUTS_MENU, NULL);
}

static void
make_tools (DrawBoardView *self)
{
  self->tools[TOOL_SELECT] = draw_select_tool_new ();
  self->tools[TOOL_LASSO] = draw_lasso_tool_new ();
  self->tools[TOOL_HAND] = draw_hand_tool_new ();
  self->tools[TOOL_PEN] = draw_pen_tool_new ();
  self->tools[TOOL_HIGHLIGHTER] = draw_highlighter_tool_new ();
  self->tools[TOOL_LASER] = draw_laser_tool_new ();
  self->tools[TOOL_PART_ERASER] = draw_part_eraser_tool_new ();
  self->tools[TOOL_ERASER] = draw_eraser_tool_new ();
  self->tools[TOOL_RECTANGLE] = draw_shape_tool_new (BOARD_ELEMENT_RECTANGLE);
  self->tools[TOOL_DIAMOND] = draw_shape_tool_new (BOARD_ELEMENT_DIAMOND);
  self->tools[TOOL_ELLIPSE] = draw_shape_tool_new (BOARD_ELEMENT_ELLIPSE);
  self->tools[TOOL_ARROW] = draw_line_tool_new (BOARD_ELEMENT_ARROW);
  self->tools[TOOL_LINE] = draw_line_tool_new (BOARD_ELEMENT_LINE);
  self->tools[TOOL_TEXT] = draw_text_tool_new ();
  self->tools[TOOL_NOTE] = draw_shape_tool_new (BOARD_ELEMENT_NOTE);
  self->tools[TOOL_FRAME] = draw_shape_tool_new (BOARD_ELEMENT_FRAME);
  for (DrawToolIndex i = 0; i < N_TOOLS; i++)
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->tools[i]), "style") != NULL)
      g_object_set (self->tools[i], "style",
                    i == TOOL_HIGHLIGHTER ? self->marker_style : self->style, NULL);
  self->tool = TOOL_PEN;
  draw_canvas_set_tool (self->canvas, self->tools[TOOL_PEN]);
  draw_canvas_set_eraser (self->canvas, self->tools[TOOL_ERASER]);
}

static void
draw_board_view_init (DrawBoardView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  draw_board_view_init_style (self);
  make_tools (self);
  describe_buttons (self);
  draw_zoom_bar_set_viewport (self->zoom_bar, draw_canvas_get_viewport (self->canvas));
  draw_map_corner_set_canvas (self->map_corner, self->canvas);
  g_object_bind_property (adw_style_manager_get_default (), "dark", self->canvas, "dark",
                          G_BINDING_SYNC_CREATE);
  draw_board_view_init_session (self);
  draw_board_view_init_people (self);
  draw_board_view_init_live (self);
  draw_board_menu_install (self->canvas);
  g_signal_connect_object (self->canvas, "tool-done", G_CALLBACK (on_tool_done), self,
                           G_CONNECT_SWAPPED);
}

void
draw_board_view_set_hosting (DrawBoardView *self, DrawHosting *hosting)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));
  g_return_if_fail (DRAW_IS_HOSTING (hosting) && self->hosting == NULL);

  self->hosting = hosting;
  g_signal_connect_object (hosting, "changed", G_CALLBACK (draw_board_view_update), self,
                           G_CONNECT_SWAPPED);
}

DrawCanvas *
draw_board_view_get_canvas (DrawBoardView *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), NULL);

  return self->canvas;
}

DrawBoardFacts
draw_board_view_get_facts (DrawBoardView *self)
{
  g_return_val_if_fail (DRAW_IS_BOARD_VIEW (self), 0);

  return self->facts;
}

void
draw_board_view_toggle_tool_lock (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  self->tool_locked = !self->tool_locked;
  draw_tool_bar_set_locked (self->tool_bar, self->tool_locked);
}

void
draw_board_view_edit_title (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  draw_board_title_edit (self->title);
}

void
draw_board_view_popup_people (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  draw_people_button_popup (self->people);
}

void
draw_board_view_popup_color (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  draw_tool_bar_popup_color (self->tool_bar);
}

void
draw_board_view_popup_width (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  draw_tool_bar_popup_width (self->tool_bar);
}

static DrawTool *
find_tool (gpointer data, const char *name)
{
  for (DrawToolIndex i = 0; i < N_TOOLS; i++)
    if (g_str_equal (tool_names[i], name))
      return DRAW_BOARD_VIEW (data)->tools[i];
  return NULL;
}

void
draw_board_view_bind_settings (DrawBoardView *self, GSettings *settings)
{
  const GSettingsBindFlags flags = G_SETTINGS_BIND_GET;

  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_settings_bind (settings, "paper", self->canvas, "paper", flags);
  g_settings_bind (settings, "snap-grid", self->canvas, "snap-grid", flags);
  draw_pen_settings_bind (settings, self->canvas, find_tool, self);
  g_settings_bind (settings, "minimap", self->map_corner, "show-map", flags);
}

void
draw_board_view_popup_properties (DrawBoardView *self)
{
  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  draw_tool_bar_popup_properties (self->tool_bar);
}
