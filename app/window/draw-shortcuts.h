/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every key of the app stands in one table (draw-shortcuts.c): the keys themselves, the window that
 * lists them and the hints in tooltips are made from it. */

/* Stands for the main menu where the name of an action is asked for. */
#define DRAW_SHORTCUTS_MENU "menu"

/* The keys that work wherever the focus is: with Ctrl, and function keys. */
void draw_shortcuts_install (GtkApplication *app);
/* The keys that a text field needs for itself (letters, Delete, Ctrl+Z): they work in this window
 * while what has the focus leaves them. */
GtkEventController *draw_shortcuts_make_controller (void);
/* The keys of a replay, for the widget that has its actions. */
GtkEventController *draw_shortcuts_make_replay_controller (void);
/* The window that lists them all. Transfer floating. */
GtkShortcutsWindow *draw_shortcuts_make_window (void);
/* "Undo (Ctrl+Z)": for a control that triggers this action; target may be NULL. Transfer full. */
char *draw_shortcuts_make_tooltip (const char *text, const char *action, const char *target);
/* Gives a button that tooltip and, when it shows only an icon, its accessible name. text: with an
 * underscore for the mnemonic or without. */
void draw_shortcuts_describe (GtkWidget *widget,
                              const char *text,
                              const char *action,
                              const char *target);

typedef void (*DrawShortcutsFunc) (const char *title,
                                   const char *action,
                                   const char *target,
                                   const char *key,
                                   gpointer data);
/* Every verb that has a key, in the order of the shortcuts window. @title: translated. @target:
 * nullable. @key: for people ("Ctrl+Z"). */
void draw_shortcuts_foreach (DrawShortcutsFunc func, gpointer data);

G_END_DECLS
