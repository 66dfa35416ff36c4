/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-shortcuts.h"

#include <glib/gi18n.h>

typedef enum
{
  ANYWHERE, /* an accelerator of the application */
  BOARD,    /* only while no text field wants the key */
  MENU,     /* a primary GtkMenuButton does it */
  REPLAY,   /* while the past of a board is shown */
} Scope;

typedef struct
{
  const char *section; /* page of the window; NULL: the one above */
  const char *group;   /* heading; NULL: the one above */
  const char *title;   /* NULL: another key of what is told already; not shown */
  const char *action;
  const char *target; /* a string, or NULL */
  Scope scope;
  const char *accels[4]; /* the first is the one to be told */
} Shortcut;

/* clang-format off: a table. */
static const Shortcut shortcuts[] = {
  { N_("Drawing"), N_("Tools"), N_("Select"), "tool.use", "select", BOARD, { "v", "1" } },
  { NULL, NULL, N_("Select with a lasso"), "tool.use", "lasso", BOARD, { "<Shift>l" } },
  { NULL, NULL, N_("Move the view"), "tool.use", "hand", BOARD, { "h" } },
  { NULL, NULL, N_("Pen"), "tool.use", "pen", BOARD, { "p", "7" } },
  { NULL, NULL, N_("Eraser"), "tool.use", "eraser", BOARD, { "e", "0" } },
  { NULL, NULL, N_("Rectangle"), "tool.use", "rectangle", BOARD, { "r", "2" } },
  { NULL, NULL, N_("Diamond"), "tool.use", "diamond", BOARD, { "d", "3" } },
  { NULL, NULL, N_("Ellipse"), "tool.use", "ellipse", BOARD, { "o", "4" } },
  { NULL, NULL, N_("Arrow"), "tool.use", "arrow", BOARD, { "a", "5" } },
  { NULL, NULL, N_("Line"), "tool.use", "line", BOARD, { "l", "6" } },
  { NULL, NULL, N_("Eraser by part"), "tool.use", "part-eraser", BOARD, { "<Shift>e" } },
  { NULL, NULL, N_("Highlighter"), "tool.use", "highlighter", BOARD, { "m" } },
  { NULL, NULL, N_("Laser pointer"), "tool.use", "laser", BOARD, { "k" } },
  { NULL, NULL, N_("Text"), "tool.use", "text", BOARD, { "t", "8" } },
  { NULL, NULL, N_("Note"), "tool.use", "note", BOARD, { "n" } },
  { NULL, NULL, N_("Frame"), "tool.use", "frame", BOARD, { "f" } },
  { NULL, NULL, N_("Properties"), "tool.properties", NULL, BOARD, { "g" } },
  { NULL, NULL, N_("Keep the tool in hand"), "tool.lock", NULL, BOARD, { "q" } },
  { NULL, NULL, N_("Colour"), "tool.color", NULL, BOARD, { "s" } },
  { NULL, NULL, N_("Width"), "tool.width", NULL, BOARD, { "w" } },

  { NULL, N_("Editing"), N_("Undo"), "win.undo", NULL, BOARD, { "<Control>z" } },
  { NULL, NULL, N_("Redo"), "win.redo", NULL, BOARD, { "<Control><Shift>z", "<Control>y" } },
  { NULL, NULL, N_("Select all"), "board.select-all", NULL, BOARD, { "<Control>a" } },
  { NULL, NULL, N_("Delete what is selected"), "board.delete-selection", NULL, BOARD,
    { "Delete", "BackSpace" } },
  { NULL, NULL, N_("Copy"), "board.copy", NULL, BOARD, { "<Control>c" } },
  { NULL, NULL, N_("Cut"), "board.cut", NULL, BOARD, { "<Control>x" } },
  { NULL, NULL, N_("Paste"), "board.paste", NULL, BOARD, { "<Control>v" } },
  { NULL, NULL, N_("Duplicate"), "board.duplicate", NULL, BOARD, { "<Control>d" } },
  { NULL, NULL, N_("Crop a picture"), "board.crop", NULL, BOARD, { "<Shift>c" } },

  { NULL, NULL, N_("Add to library"), "board.add-to-library", NULL, BOARD,
    { "<Control><Shift>b" } },

  { N_("Arranging"), N_("Groups"), N_("Group"), "board.group", NULL, BOARD, { "<Control>g" } },
  { NULL, NULL, N_("Ungroup"), "board.ungroup", NULL, BOARD, { "<Control><Shift>g" } },
  { NULL, NULL, N_("Lock"), "board.lock", NULL, BOARD, { "<Control><Shift>l" } },
  { NULL, NULL, N_("Unlock"), "board.unlock", NULL, BOARD, { "<Control><Alt>l" } },
  { NULL, N_("Order"), N_("Bring to front"), "board.to-front", NULL, BOARD,
    { "<Control><Shift>bracketright", "<Control>braceright" } },
  { NULL, NULL, N_("Bring forward"), "board.forward", NULL, BOARD, { "<Control>bracketright" } },
  { NULL, NULL, N_("Send backward"), "board.backward", NULL, BOARD, { "<Control>bracketleft" } },
  { NULL, NULL, N_("Send to back"), "board.to-back", NULL, BOARD,
    { "<Control><Shift>bracketleft", "<Control>braceleft" } },
  { NULL, N_("Alignment"), N_("Align left edges"), "board.align-left", NULL, BOARD,
    { "<Control><Shift>Left" } },
  { NULL, NULL, N_("Align right edges"), "board.align-right", NULL, BOARD,
    { "<Control><Shift>Right" } },
  { NULL, NULL, N_("Align top edges"), "board.align-top", NULL, BOARD, { "<Control><Shift>Up" } },
  { NULL, NULL, N_("Align bottom edges"), "board.align-bottom", NULL, BOARD,
    { "<Control><Shift>Down" } },
  { NULL, NULL, N_("Centre across"), "board.align-center", NULL, BOARD, { "<Alt>c" } },
  { NULL, NULL, N_("Centre up and down"), "board.align-middle", NULL, BOARD, { "<Alt>m" } },
  { NULL, NULL, N_("Distribute across"), "board.distribute-across", NULL, BOARD, { "<Alt>h" } },
  { NULL, NULL, N_("Distribute up and down"), "board.distribute-down", NULL, BOARD,
    { "<Alt>v" } },
  { NULL, NULL, N_("Flip left and right"), "board.flip-across", NULL, BOARD, { "<Shift>h" } },
  { NULL, NULL, N_("Flip top and bottom"), "board.flip-down", NULL, BOARD, { "<Shift>v" } },

  { N_("View"), N_("View"), N_("Zoom in"), "view.zoom-in", NULL, ANYWHERE,
    { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { NULL, NULL, N_("Zoom out"), "view.zoom-out", NULL, ANYWHERE,
    { "<Control>minus", "<Control>KP_Subtract" } },
  { NULL, NULL, N_("Zoom to 100 %"), "view.zoom-normal", NULL, ANYWHERE,
    { "<Control>0", "<Control>KP_0" } },
  { NULL, NULL, N_("Show everything"), "view.fit", NULL, BOARD, { "<Shift>1", "exclam" } },
  { NULL, NULL, N_("Minimap"), "app.minimap", NULL, BOARD, { "<Shift>m" } },
  { NULL, NULL, N_("Snap to grid"), "app.snap-grid", NULL, BOARD, { "<Control>apostrophe" } },

  { N_("Boards"), N_("Board"), N_("Rename"), "board.rename", NULL, ANYWHERE, { "F2" } },
  { NULL, NULL, N_("Share"), "win.share", NULL, ANYWHERE, { "<Control><Shift>s" } },
  { NULL, NULL, N_("Chat"), "win.show-chat", NULL, ANYWHERE, { "F9" } },
  { NULL, NULL, N_("Library"), "win.show-library", NULL, ANYWHERE, { "<Control>l" } },
  { NULL, NULL, N_("People"), "win.people", NULL, ANYWHERE, { "<Control><Shift>p" } },
  { NULL, NULL, N_("Polls and timer"), "board.meeting", NULL, ANYWHERE, { "<Control><Shift>m" } },
  { NULL, NULL, N_("Replay"), "board.replay", NULL, ANYWHERE, { "<Control><Shift>h" } },
  { NULL, NULL, N_("Who drew this"), "board.who", NULL, BOARD, { "<Shift>i" } },
  { NULL, NULL, N_("All boards"), "win.home", NULL, ANYWHERE, { "<Alt>Home" } },

  { NULL, N_("Replay"), N_("Play or pause"), "replay.play", NULL, REPLAY, { "space" } },
  { NULL, NULL, N_("One step back"), "replay.back", NULL, REPLAY, { "Left" } },
  { NULL, NULL, N_("One step forward"), "replay.forward", NULL, REPLAY, { "Right" } },
  { NULL, NULL, N_("To the beginning"), "replay.begin", NULL, REPLAY, { "Home" } },
  { NULL, NULL, N_("To the end"), "replay.end", NULL, REPLAY, { "End" } },
  { NULL, NULL, N_("Faster"), "replay.faster", NULL, REPLAY, { "plus", "equal", "KP_Add" } },
  { NULL, NULL, N_("Slower"), "replay.slower", NULL, REPLAY, { "minus", "KP_Subtract" } },
  { NULL, NULL, N_("Back to the board"), "replay.leave", NULL, REPLAY, { "Escape" } },

  { NULL, N_("Files"), N_("Open"), "win.open", NULL, ANYWHERE, { "<Control>o" } },
  { NULL, NULL, N_("Insert picture or drawing"), "board.insert", NULL, ANYWHERE,
    { "<Control><Shift>o" } },
  { NULL, NULL, N_("Export"), "board.export", NULL, ANYWHERE, { "<Control><Shift>e" } },
  { NULL, NULL, N_("Print"), "board.print", NULL, ANYWHERE, { "<Control>p" } },

  { NULL, N_("General"), N_("New board"), "win.new-board", NULL, ANYWHERE, { "<Control>n" } },
  { NULL, NULL, N_("Search boards"), "win.search", NULL, ANYWHERE, { "<Control>f" } },
  { NULL, NULL, N_("Join a board"), "win.join", NULL, ANYWHERE, { "<Control>j" } },
  { NULL, NULL, N_("New window"), "app.new-window", NULL, ANYWHERE, { "<Control><Shift>n" } },
  { NULL, NULL, N_("Find a command"), "win.palette", NULL, ANYWHERE, { "<Control>k" } },
  { NULL, NULL, NULL, "win.palette", NULL, BOARD, { "slash", "KP_Divide" } },
  { NULL, NULL, N_("Preferences"), "app.preferences", NULL, ANYWHERE, { "<Control>comma" } },
  { NULL, NULL, N_("Keyboard shortcuts"), "win.show-help-overlay", NULL, ANYWHERE,
    { "<Control>question", "<Control>F1" } },
  { NULL, NULL, N_("Main menu"), DRAW_SHORTCUTS_MENU, NULL, MENU, { "F10" } },
  { NULL, NULL, N_("Close window"), "window.close", NULL, ANYWHERE, { "<Control>w" } },
  { NULL, NULL, N_("Quit"), "app.quit", NULL, ANYWHERE, { "<Control>q" } },
};
/* clang-format on */

static const Shortcut *
find (const char *action, const char *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (g_strcmp0 (shortcuts[i].action, action) == 0
        && g_strcmp0 (shortcuts[i].target, target) == 0)
      return &shortcuts[i];
  return NULL;
}

void
draw_shortcuts_install (GtkApplication *app)
{
  g_return_if_fail (GTK_IS_APPLICATION (app));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const Shortcut *shortcut = &shortcuts[i];

      if (shortcut->scope != ANYWHERE)
        continue;
      g_assert (shortcut->target == NULL);
      gtk_application_set_accels_for_action (app, shortcut->action, shortcut->accels);
    }
}

static void
add_to_controller (GtkShortcutController *controller, const Shortcut *shortcut)
{
  /* Menus tell of the one that was added last. */
  for (guint i = G_N_ELEMENTS (shortcut->accels); i-- > 0;)
    {
      if (shortcut->accels[i] == NULL)
        continue;

      GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (shortcut->accels[i]);
      GtkShortcutAction *action = gtk_named_action_new (shortcut->action);
      GtkShortcut *item = gtk_shortcut_new (trigger, action);

      if (shortcut->target != NULL)
        gtk_shortcut_set_arguments (item, g_variant_new_string (shortcut->target));
      gtk_shortcut_controller_add_shortcut (controller, item);
    }
}

static GtkEventController *
make_controller (Scope scope, const char *name)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].scope == scope)
      add_to_controller (GTK_SHORTCUT_CONTROLLER (controller), &shortcuts[i]);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  gtk_event_controller_set_name (controller, name);
  return controller;
}

GtkEventController *
draw_shortcuts_make_controller (void)
{
  return make_controller (BOARD, "draw-board-shortcuts");
}

GtkEventController *
draw_shortcuts_make_replay_controller (void)
{
  return make_controller (REPLAY, "draw-replay-shortcuts");
}

/* GtkShortcutsWindow of GTK 4.8 can only be filled by GtkBuilder. */
static void
append_shortcut (GString *ui, const Shortcut *shortcut)
{
  g_autofree char *text
      = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'><property "
                                 "name='title'>%s</property>"
                                 "<property name='accelerator'>%s</property></object></child>",
                                 _(shortcut->title), shortcut->accels[0]);

  g_string_append (ui, text);
}

static void
append_section (GString *ui, const char *title, guint n)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsSection'><property name='section-name'>s%u</property>"
      "<property name='max-height'>14</property><property name='title'>%s</property>",
      n, _(title));

  g_string_append (ui, text);
}

static void
append_group (GString *ui, const char *title)
{
  g_autofree char *text = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", _(title));

  g_string_append (ui, text);
}

/* Each section fits on one page. */
static char *
make_ui (void)
{
  GString *ui = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                              "<property name='modal'>1</property>");

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].group != NULL && i > 0)
        g_string_append (ui, "</object></child>");
      if (shortcuts[i].section != NULL && i > 0)
        g_string_append (ui, "</object></child>");
      if (shortcuts[i].section != NULL)
        append_section (ui, shortcuts[i].section, i);
      if (shortcuts[i].group != NULL)
        append_group (ui, shortcuts[i].group);
      if (shortcuts[i].title != NULL)
        append_shortcut (ui, &shortcuts[i]);
    }
  g_string_append (ui, "</object></child></object></child></object></interface>");
  return g_string_free (ui, FALSE);
}

GtkShortcutsWindow *
draw_shortcuts_make_window (void)
{
  g_autofree char *ui = make_ui ();
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui, -1);

  return GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "window"));
}

char *
draw_shortcuts_make_tooltip (const char *text, const char *action, const char *target)
{
  const Shortcut *shortcut = find (action, target);
  g_autofree char *label = NULL;
  guint key;
  GdkModifierType modifiers;

  g_return_val_if_fail (text != NULL, NULL);

  if (shortcut == NULL || !gtk_accelerator_parse (shortcut->accels[0], &key, &modifiers))
    return g_strdup (text);
  label = gtk_accelerator_get_label (key, modifiers);
  return g_strdup_printf ("%s (%s)", text, label);
}

void
draw_shortcuts_describe (GtkWidget *widget,
                         const char *text,
                         const char *action,
                         const char *target)
{
  g_autofree char *tooltip = draw_shortcuts_make_tooltip (text, action, target);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_tooltip_text (widget, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
draw_shortcuts_foreach (DrawShortcutsFunc func, gpointer data)
{
  g_return_if_fail (func != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const Shortcut *shortcut = &shortcuts[i];
      g_autofree char *label = NULL;
      GdkModifierType modifiers;
      guint key;

      if (shortcut->scope == MENU || shortcut->scope == REPLAY || shortcut->title == NULL
          || !gtk_accelerator_parse (shortcut->accels[0], &key, &modifiers))
        continue;
      label = gtk_accelerator_get_label (key, modifiers);
      func (_(shortcut->title), shortcut->action, shortcut->target, label, data);
    }
}
