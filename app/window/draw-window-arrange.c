/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs for what is selected: rows of a table, each of them one function that makes ops. */
#include "window/draw-window-private.h"

#include "tools/draw-arrange.h"
#include "tools/draw-copy.h"

/* Board units by which a copy lies beside what it was made of. */
#define COPY_OFFSET 10.0

typedef GPtrArray *(*MakeOps) (BoardDocument *document, GPtrArray *ids);

#define DEFINE_VERB(name, function, value)                                                         \
  static GPtrArray *name (BoardDocument *document, GPtrArray *ids)                                 \
  {                                                                                                \
    return function (document, ids, value);                                                        \
  }

DEFINE_VERB (lock, draw_arrange_lock, TRUE)
DEFINE_VERB (unlock, draw_arrange_lock, FALSE)
DEFINE_VERB (distribute_across, draw_arrange_distribute, FALSE)
DEFINE_VERB (distribute_down, draw_arrange_distribute, TRUE)
DEFINE_VERB (flip_across, draw_arrange_flip, FALSE)
DEFINE_VERB (flip_down, draw_arrange_flip, TRUE)
DEFINE_VERB (align_left, draw_arrange_align, DRAW_ALIGN_LEFT)
DEFINE_VERB (align_center, draw_arrange_align, DRAW_ALIGN_CENTER)
DEFINE_VERB (align_right, draw_arrange_align, DRAW_ALIGN_RIGHT)
DEFINE_VERB (align_top, draw_arrange_align, DRAW_ALIGN_TOP)
DEFINE_VERB (align_middle, draw_arrange_align, DRAW_ALIGN_MIDDLE)
DEFINE_VERB (align_bottom, draw_arrange_align, DRAW_ALIGN_BOTTOM)
DEFINE_VERB (to_back, draw_arrange_order, DRAW_ORDER_BACK)
DEFINE_VERB (backward, draw_arrange_order, DRAW_ORDER_BACKWARD)
DEFINE_VERB (forward, draw_arrange_order, DRAW_ORDER_FORWARD)
DEFINE_VERB (to_front, draw_arrange_order, DRAW_ORDER_FRONT)

static const struct {
  const char *name;
  MakeOps make_ops;
} verbs[] = {
  { "board.group", draw_arrange_group },
  { "board.ungroup", draw_arrange_ungroup },
  { "board.lock", lock },
  { "board.unlock", unlock },
  { "board.align-left", align_left },
  { "board.align-center", align_center },
  { "board.align-right", align_right },
  { "board.align-top", align_top },
  { "board.align-middle", align_middle },
  { "board.align-bottom", align_bottom },
  { "board.distribute-across", distribute_across },
  { "board.distribute-down", distribute_down },
  { "board.flip-across", flip_across },
  { "board.flip-down", flip_down },
  { "board.to-back", to_back },
  { "board.backward", backward },
  { "board.forward", forward },
  { "board.to-front", to_front },
};

static DrawToolHost *
get_host (DrawWindow *self)
{
  return DRAW_TOOL_HOST (draw_board_view_get_canvas (self->view));
}

static void
on_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawToolHost *host = get_host (DRAW_WINDOW (widget));
  BoardDocument *document = draw_tool_host_get_document (host);

  for (guint i = 0; document != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      {
        g_autoptr (GPtrArray) ops
            = verbs[i].make_ops (document, draw_tool_host_get_selection (host));

        draw_tool_host_emit_ops (host, ops);
        draw_tool_host_marks_changed (host);
      }
}

static void
on_duplicate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DrawToolHost *host = get_host (DRAW_WINDOW (widget));
  BoardDocument *document = draw_tool_host_get_document (host);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) ops = NULL;

  if (document == NULL)
    return;
  ops = draw_copy_elements (document, draw_tool_host_get_selection (host), COPY_OFFSET, COPY_OFFSET,
                            &copies);
  draw_tool_host_emit_ops (host, ops);
  draw_tool_host_set_selection (host, copies);
}

void
draw_window_arrange_install (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_class_install_action (widget_class, verbs[i].name, NULL, on_verb);
  gtk_widget_class_install_action (widget_class, "board.duplicate", NULL, on_duplicate);
}

void
draw_window_arrange_update (DrawWindow *self, DrawBoardFacts facts)
{
  const DrawBoardFacts needs = DRAW_BOARD_WRITABLE | DRAW_BOARD_SELECTION;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].name, (needs & ~facts) == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.duplicate", (needs & ~facts) == 0);
}
