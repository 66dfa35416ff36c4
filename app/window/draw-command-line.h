/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/draw-application.h"

G_BEGIN_DECLS

/* The command line: options, their checks, what they do. Exit status: 0 done, 1 failure, 2 wrong
 * usage. */

#define DRAW_EXIT_USAGE 2

void draw_command_line_install (GApplication *app);
/* In the process that was started. Returns -1 to go on, else the exit status. */
int draw_command_line_check (GApplication *app, GVariantDict *options);
/* In the process that has the windows. */
int draw_command_line_run (DrawApplication *app, GApplicationCommandLine *command_line);
/* A board's file, or a link, about which the person is asked always: it may come from a web page.
 */
void draw_command_line_open_file (DrawApplication *app, GFile *file);

G_END_DECLS
