/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "canvas/draw-memory.h"
#include "window/draw-application.h"
#include "window/draw-resources.h"

static void
set_up_translations (void)
{
  const char *directory = g_getenv ("DRAWBRIDGE_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : DRAWBRIDGE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (DrawApplication) app = NULL;

  draw_memory_set_up ();
  set_up_translations ();
  g_set_prgname ("drawbridge");
  g_resources_register (draw_resources_get_resource ());
  app = draw_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
