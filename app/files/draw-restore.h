/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One element of a foreign file becomes what it would be today: Excalidraw's
 * packages/excalidraw/data/restore.ts. Ids, references and order are not judged here
 * (draw-relations.h). FALSE: it is nothing that could be on a board (deleted, a selection, without
 * a type, a line wider than any screen is large). */
gboolean draw_restore_element (JsonObject *props);

G_END_DECLS
