/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Who drew what is selected, or what is under the pointer. */
#include "window/draw-board-view-private.h"

#include <glib/gi18n.h>

#include "canvas/draw-selection.h"
#include "tools/draw-pick.h"
#include "window/draw-author-card.h"
#include "window/draw-board-menu.h"

/* What is pointed at, unless that is not a part of what is selected. */
static BoardElement *
find_element (DrawBoardView *self, double x, double y)
{
  DrawToolHost *host = DRAW_TOOL_HOST (self->canvas);
  GPtrArray *selection = draw_canvas_get_selection (self->canvas);
  BoardElement *element = draw_pick_element (host, x, y);

  if (element == NULL)
    element = draw_pick_locked (host, x, y);
  if (selection->len == 0
      || (element != NULL
          && draw_selection_contains (selection, board_element_get_id (element))))
    return element;
  return board_document_get_element (draw_tool_host_get_document (host),
                                     g_ptr_array_index (selection, 0));
}

static void
on_show_only (DrawAuthorCard *card, const char *member, DrawBoardView *self)
{
  draw_board_view_begin_replay (self, member, NULL);
}

static void
on_show_past (DrawAuthorCard *card, const char *element, DrawBoardView *self)
{
  draw_board_view_begin_replay (self, NULL, element);
}

/* Where the card points: at the pointer if it is on the element, else at the middle of what is seen of it. */
static void
find_place (DrawBoardView *self, BoardElement *element, double *x, double *y)
{
  DrawViewport *viewport = draw_canvas_get_viewport (self->canvas);
  BoardRect bounds, seen;

  board_element_get_bounds (element, &bounds);
  if (!board_rect_contains (&bounds, *x, *y))
    {
      draw_viewport_get_visible (viewport, &seen);
      *x = CLAMP (bounds.x + bounds.width / 2, seen.x, seen.x + seen.width);
      *y = CLAMP (bounds.y + bounds.height / 2, seen.y, seen.y + seen.height);
    }
  draw_viewport_to_widget (viewport, *x, *y, x, y);
}

void
draw_board_view_popup_author (DrawBoardView *self, double x, double y)
{
  DrawSession *session = draw_board_view_get_session (self);
  BoardElement *element = session != NULL ? find_element (self, x, y) : NULL;
  GtkWidget *card = NULL;

  g_return_if_fail (DRAW_IS_BOARD_VIEW (self));

  if (element != NULL)
    card = draw_author_card_new (session, board_element_get_id (element),
                                 draw_people_actions_get_group (self->people_actions));
  if (card == NULL)
    {
      g_signal_emit_by_name (self, "done", _("Point at something, or select it, to see who drew it."));
      return;
    }
  g_signal_connect_object (card, "show-only", G_CALLBACK (on_show_only), self, 0);
  g_signal_connect_object (card, "show-past", G_CALLBACK (on_show_past), self, 0);
  find_place (self, element, &x, &y);
  draw_board_menu_popup_at (self->canvas, card, x, y);
}
