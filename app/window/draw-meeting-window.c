/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-meeting-window.h"

#include <glib/gi18n.h>

#include "board/board-limits.h"
#include "dialogs/draw-row-button.h"
#include "window/draw-meeting-rows.h"
#include "window/draw-poll-page.h"

/* Polls and elements with dots that are listed; the newest, those with most. */
#define MAX_LISTED 30

struct _DrawMeetingWindow
{
  AdwWindow parent_instance;

  /* owned by the widget tree */
  GtkStack *stack;
  GtkWidget *back_button;
  AdwPreferencesPage *page;
  AdwPreferencesGroup *timer_group;
  AdwPreferencesGroup *poll_group;
  AdwPreferencesGroup *dot_group;
  DrawPollPage *poll_page;

  /* owned */
  DrawSession *session;
  GPtrArray *rows; /* what stands in the groups; borrowed */
  guint tick_id;   /* while a timer runs */
  AdwActionRow *timer_row;
};

enum
{
  SUBMIT,
  DOT,
  SHOW_ELEMENT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawMeetingWindow, draw_meeting_window, ADW_TYPE_WINDOW)

char *
draw_meeting_clock (int64_t ms)
{
  int64_t seconds = (MAX (ms, 0) + 999) / 1000;

  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                            (int)(seconds % 60));
  return g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

static BoardMeeting *
get_meeting (DrawMeetingWindow *self)
{
  return board_document_get_meeting (draw_session_get_document (self->session));
}

static void
submit (DrawMeetingWindow *self, BoardOp *op)
{
  g_signal_emit (self, signals[SUBMIT], 0, op);
  board_op_unref (op);
}

static void
add (DrawMeetingWindow *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  g_object_set_data (G_OBJECT (row), "group", group);
}

/* --- The timer --- */

static void
set_timer (DrawMeetingWindow *self, int64_t ms, gboolean paused)
{
  BoardOp *op = board_op_new ();

  board_op_set_timer (op, CLAMP (ms, 0, BOARD_MAX_TIMER), paused);
  submit (self, op);
}

static void
on_timer_start (GtkButton *button, DrawMeetingWindow *self)
{
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (button), "spin");

  set_timer (self, (int64_t)gtk_spin_button_get_value_as_int (spin) * 60 * 1000, FALSE);
}

static void
on_timer_pause (GtkButton *button, DrawMeetingWindow *self)
{
  BoardTimer timer;

  if (board_meeting_get_timer (get_meeting (self), &timer))
    set_timer (self, MAX (board_timer_get_left (&timer, draw_session_get_time (self->session)), 1),
               !timer.paused);
}

static void
on_timer_remove (GtkButton *button, DrawMeetingWindow *self)
{
  set_timer (self, 0, FALSE);
}

static void
show_clock (DrawMeetingWindow *self)
{
  BoardTimer timer;
  g_autofree char *clock = NULL;

  if (self->timer_row == NULL || !board_meeting_get_timer (get_meeting (self), &timer))
    return;
  clock = draw_meeting_clock (board_timer_get_left (&timer, draw_session_get_time (self->session)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->timer_row), clock);
}

static gboolean
on_tick (gpointer user_data)
{
  show_clock (user_data);
  return G_SOURCE_CONTINUE;
}

static void
fill_timer (DrawMeetingWindow *self)
{
  BoardTimer timer;
  gboolean set = board_meeting_get_timer (get_meeting (self), &timer);
  AdwActionRow *row = draw_meeting_row_new (set ? "" : _("No timer runs"), NULL);

  self->timer_row = set ? row : NULL;
  if (set)
    {
      draw_meeting_row_add_button (row, timer.paused ? _("_Go On") : _("_Pause"),
                                   G_CALLBACK (on_timer_pause), self);
      draw_meeting_row_add_button (row, _("_Remove"), G_CALLBACK (on_timer_remove), self);
      show_clock (self);
    }
  else
    {
      GtkWidget *spin = draw_meeting_row_add_spin (row, _("Minutes"), 1, 180, 5);
      GtkWidget *button = draw_meeting_row_add_button (row, _("_Start"),
                                                       G_CALLBACK (on_timer_start), self);

      /* For who hears one button after the other: there are two that start something. */
      draw_meeting_name (button, _("Start the timer"));
      g_object_set_data (G_OBJECT (button), "spin", spin);
    }
  add (self, self->timer_group, GTK_WIDGET (row));
  if (set && !timer.paused && self->tick_id == 0)
    self->tick_id = g_timeout_add (500, on_tick, self);
  else if (!set || timer.paused)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

/* --- Polls --- */

static void
on_row_submit (GtkWidget *row, BoardOp *op, DrawMeetingWindow *self)
{
  g_signal_emit (self, signals[SUBMIT], 0, op);
}

static void
on_new_poll (AdwActionRow *row, DrawMeetingWindow *self)
{
  draw_poll_page_reset (self->poll_page);
  gtk_stack_set_visible_child_name (self->stack, "poll");
  gtk_widget_set_visible (self->back_button, TRUE);
}

static void
show_main (DrawMeetingWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "main");
  gtk_widget_set_visible (self->back_button, FALSE);
}

static void
on_poll_submit (DrawPollPage *page, BoardOp *op, DrawMeetingWindow *self)
{
  show_main (self);
  g_signal_emit (self, signals[SUBMIT], 0, op);
}

static void
fill_polls (DrawMeetingWindow *self)
{
  BoardMeeting *meeting = get_meeting (self);
  guint n = board_meeting_get_n_polls (meeting);
  AdwActionRow *create = draw_meeting_row_new (_("_New Poll…"), NULL);

  for (guint i = n; i > 0 && n - i < MAX_LISTED; i--)
    {
      GtkWidget *row = draw_poll_row_new (self->session, i - 1);

      g_signal_connect_object (row, "submit", G_CALLBACK (on_row_submit), self, 0);
      add (self, self->poll_group, row);
    }
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (create), TRUE);
  adw_action_row_add_prefix (create, gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (create), TRUE);
  g_signal_connect (create, "activated", G_CALLBACK (on_new_poll), self);
  gtk_widget_set_sensitive (GTK_WIDGET (create),
                            draw_session_get_role (self->session) != BOARD_ROLE_VIEWER);
  add (self, self->poll_group, GTK_WIDGET (create));
}

/* --- Dots --- */

static void
on_ballot_start (GtkButton *button, DrawMeetingWindow *self)
{
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (button), "spin");
  BoardOp *op = board_op_new ();

  board_op_start_ballot (op, (guint)gtk_spin_button_get_value_as_int (spin));
  submit (self, op);
}

static void
on_ballot_close (GtkButton *button, DrawMeetingWindow *self)
{
  BoardBallot ballot;
  BoardOp *op;

  if (!board_meeting_get_ballot (get_meeting (self), &ballot))
    return;
  op = board_op_new ();
  board_op_close_ballot (op, ballot.id);
  submit (self, op);
}

static void
on_dot_put (GtkButton *button, DrawMeetingWindow *self)
{
  g_signal_emit (self, signals[DOT], 0, 1);
}

static void
on_dot_back (GtkButton *button, DrawMeetingWindow *self)
{
  g_signal_emit (self, signals[DOT], 0, -1);
}

static void
on_dotted_activated (AdwActionRow *row, DrawMeetingWindow *self)
{
  g_signal_emit (self, signals[SHOW_ELEMENT], 0, g_object_get_data (G_OBJECT (row), "id"));
}

static void
fill_ballot_start (DrawMeetingWindow *self, const BoardBallot *ballot)
{
  AdwActionRow *row
      = draw_meeting_row_new (_("Everybody Gets Dots to Put on Things"),
                              ballot != NULL ? _("A new round takes the dots of the last away") : NULL);
  GtkWidget *spin = draw_meeting_row_add_spin (row, _("Dots each"), 1, BOARD_MAX_EACH, 3);
  GtkWidget *button
      = draw_meeting_row_add_button (row, _("_Start"), G_CALLBACK (on_ballot_start), self);

  draw_meeting_name (button, _("Start with the dots"));
  g_object_set_data (G_OBJECT (button), "spin", spin);
  gtk_widget_set_sensitive (GTK_WIDGET (row),
                            draw_session_get_role (self->session) != BOARD_ROLE_VIEWER);
  add (self, self->dot_group, GTK_WIDGET (row));
}

static void
fill_ballot (DrawMeetingWindow *self, BoardMeeting *meeting, const BoardBallot *ballot)
{
  guint used = board_meeting_get_dots (meeting, NULL, draw_session_get_member (self->session));
  guint left = ballot->each - MIN (used, ballot->each);
  g_autofree char *words
      = g_strdup_printf (ngettext ("You have %u dot left", "You have %u dots left", left), left);
  AdwActionRow *row = draw_meeting_row_new (words, _("Select something on the board first"));

  draw_row_button_add (row, "list-remove-symbolic", _("Take a Dot Back"), G_CALLBACK (on_dot_back), self);
  draw_row_button_add (row, "list-add-symbolic", _("Put a Dot"), G_CALLBACK (on_dot_put), self);
  draw_meeting_row_add_button (row, _("_End"), G_CALLBACK (on_ballot_close), self);
  add (self, self->dot_group, GTK_WIDGET (row));
}

static void
fill_dotted (DrawMeetingWindow *self, BoardMeeting *meeting)
{
  BoardDocument *document = draw_session_get_document (self->session);
  g_autoptr (GPtrArray) ids = board_meeting_list_dotted (meeting);

  for (guint i = 0, listed = 0; i < ids->len && listed < MAX_LISTED; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      guint n = board_meeting_count_dots (meeting, id);
      g_autofree char *words = g_strdup_printf (ngettext ("%u dot", "%u dots", n), n);
      AdwActionRow *row;

      if (board_document_get_element (document, id) == NULL)
        continue;
      row = draw_meeting_row_new (words, _("Show where it is"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
      g_signal_connect (row, "activated", G_CALLBACK (on_dotted_activated), self);
      add (self, self->dot_group, GTK_WIDGET (row));
      listed++;
    }
}

static void
fill_dots (DrawMeetingWindow *self)
{
  BoardMeeting *meeting = get_meeting (self);
  BoardBallot ballot;
  gboolean some = board_meeting_get_ballot (meeting, &ballot);

  if (some && !ballot.closed)
    fill_ballot (self, meeting, &ballot);
  else
    fill_ballot_start (self, some ? &ballot : NULL);
  if (some)
    fill_dotted (self, meeting);
}

/* --- The window --- */

static void
update (DrawMeetingWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  self->timer_row = NULL;
  fill_timer (self);
  fill_polls (self);
  fill_dots (self);
}

static void
on_session_changed (DrawSession *session, const BoardDamage *damage, DrawMeetingWindow *self)
{
  if (damage->meeting || damage->all)
    update (self);
}

static void
draw_meeting_window_dispose (GObject *object)
{
  DrawMeetingWindow *self = DRAW_MEETING_WINDOW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (draw_meeting_window_parent_class)->dispose (object);
}

static void
draw_meeting_window_finalize (GObject *object)
{
  g_ptr_array_unref (DRAW_MEETING_WINDOW (object)->rows);
  G_OBJECT_CLASS (draw_meeting_window_parent_class)->finalize (object);
}

static void
draw_meeting_window_class_init (DrawMeetingWindowClass *klass)
{
  const GType type = DRAW_TYPE_MEETING_WINDOW;

  G_OBJECT_CLASS (klass)->dispose = draw_meeting_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_meeting_window_finalize;
#define SIGNAL(name, param) \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, param)
  signals[SUBMIT] = SIGNAL ("submit", BOARD_TYPE_OP);
  signals[DOT] = SIGNAL ("dot", G_TYPE_INT);
  signals[SHOW_ELEMENT] = SIGNAL ("show-element", G_TYPE_STRING);
#undef SIGNAL
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static AdwPreferencesGroup *
add_group (DrawMeetingWindow *self, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (self->page, group);
  return group;
}

static GtkWidget *
make_header (DrawMeetingWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->back_button = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back_button, _("Back"));
  gtk_widget_set_visible (self->back_button, FALSE);
  g_signal_connect_swapped (self->back_button, "clicked", G_CALLBACK (show_main), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back_button);
  gtk_widget_add_css_class (header, "flat");
  return header;
}

static void
draw_meeting_window_init (DrawMeetingWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->rows = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->timer_group = add_group (self, _("Timer"));
  self->poll_group = add_group (self, _("Polls"));
  self->dot_group = add_group (self, _("Dots"));
  self->poll_page = DRAW_POLL_PAGE (draw_poll_page_new ());
  g_signal_connect_object (self->poll_page, "submit", G_CALLBACK (on_poll_submit), self, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->page), "main");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->poll_page), "poll");
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Polls and Timer"));
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 560);
}

DrawMeetingWindow *
draw_meeting_window_new (DrawSession *session)
{
  DrawMeetingWindow *self = g_object_new (DRAW_TYPE_MEETING_WINDOW, NULL);

  g_assert (DRAW_IS_SESSION (session));
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self, 0);
  update (self);
  return self;
}
