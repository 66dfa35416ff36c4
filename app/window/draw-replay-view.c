/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the person wants to be (target) and where the sheet is are two things: a long way over a large
 * board is gone in slices, one a frame, so that the slider never waits for it. */
#include "window/draw-replay-view.h"

#include <glib/gi18n.h>

#include "sync/draw-name.h"
#include "sync/draw-session-replay.h"
#include "tools/draw-tools.h"
#include "widgets/draw-disc.h"
#include "window/draw-replay-time.h"
#include "window/draw-shortcuts.h"

/* Changes of one slice: a few milliseconds. */
#define SLICE 1500
#define MAX_SPEED 64
/* More people than that do not fit into a menu. */
#define MAX_PEOPLE 40

struct _DrawReplayView
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *overlay;
  DrawCanvas *canvas;
  GtkStack *stack;
  GtkWidget *reading;
  GtkWidget *cancel_button;
  GtkProgressBar *progress;
  GtkWidget *playing;
  DrawDisc *disc;
  GtkLabel *who;
  GtkLabel *when;
  GtkLabel *count;
  GtkWidget *leave_button;
  GtkScale *scale;
  GtkAdjustment *adjustment;
  GtkMenuButton *person_button;
  GtkLabel *person_label;
  GtkWidget *back_button;
  GtkWidget *play_button;
  GtkWidget *forward_button;
  GtkMenuButton *speed_button;
  GtkLabel *note;

  /* owned */
  GSimpleActionGroup *actions;
  DrawSession *session;
  GCancellable *cancellable;
  BoardReplay *replay; /* NULL until it is read */
  GArray *times;       /* int64_t, of each moment */
  char *only;          /* as asked for at the start; nullable */
  char *element;
  char *pointing;      /* whose cursor is shown; nullable */
  DrawTool *hand;

  guint target;     /* position */
  gboolean arrived; /* the sheet shows it */
  guint speed;
  double credit;    /* ms that were played and not yet spent on a moment */
  int64_t last_frame; /* us, 0: the first one */
  guint tick;       /* while it plays or is on its way */
};

enum
{
  LEFT,
  TROUBLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawReplayView, draw_replay_view, GTK_TYPE_WIDGET)

/* --- Words -------------------------------------------------------------------------------------- */

static guint
get_length (DrawReplayView *self)
{
  return self->replay != NULL ? board_replay_get_length (self->replay) : 0;
}

/* Of somebody who may have left long ago. Plain text, borrowed. */
static const char *
get_name (DrawReplayView *self, const char *id)
{
  DrawMember *member = draw_session_find_member (self->session, id);

  return member != NULL ? draw_member_get_name (member) : _("Somebody");
}

static const char *
get_color (DrawReplayView *self, const char *id)
{
  DrawMember *member = draw_session_find_member (self->session, id);

  return member != NULL ? draw_member_get_color (member) : draw_color_for_member (id);
}

static char *
make_when (const BoardMoment *moment)
{
  g_autoptr (GDateTime) time
      = moment->time > 0 ? g_date_time_new_from_unix_local (moment->time / 1000) : NULL;

  if (time != NULL)
    /* Translators: when something was drawn, in a replay: see g_date_time_format() */
    return g_date_time_format (time, _("%-d %B %Y, %H:%M:%S"));
  return g_strdup (moment->seq == 0 ? _("Not shared yet") : "");
}

static void
show_words (DrawReplayView *self)
{
  BoardMoment moment = { 0 };
  g_autofree char *when = NULL;
  g_autofree char *count = NULL;

  /* Translators: moment so much of so many, in a replay */
  count = g_strdup_printf (_("%u of %u"), self->target, get_length (self));
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->disc), self->target > 0);
  if (self->target == 0)
    {
      gtk_label_set_text (self->who, _("The beginning"));
      gtk_label_set_text (self->when, "");
      return;
    }
  board_replay_get_moment (self->replay, self->target - 1, &moment);
  when = make_when (&moment);
  gtk_label_set_text (self->who, get_name (self, moment.member));
  gtk_label_set_text (self->when, when);
  draw_disc_set_color (self->disc, get_color (self, moment.member));
  draw_disc_set_text (self->disc, get_name (self, moment.member));
}

/* --- Moving ------------------------------------------------------------------------------------- */

static void
hide_pointing (DrawReplayView *self)
{
  if (self->pointing != NULL)
    draw_canvas_remove_member (self->canvas, self->pointing);
  g_clear_pointer (&self->pointing, g_free);
}

/* The cursor of whoever did it, where it was done. */
static void
point (DrawReplayView *self)
{
  const char *only = board_replay_get_only (self->replay);
  BoardMoment moment;

  if (self->target == 0)
    {
      hide_pointing (self);
      return;
    }
  board_replay_get_moment (self->replay, self->target - 1, &moment);
  if (g_strcmp0 (self->pointing, moment.member) != 0)
    hide_pointing (self);
  if (!moment.has_place || (only != NULL && !g_str_equal (only, moment.member)))
    return;
  if (self->pointing == NULL)
    self->pointing = g_strdup (moment.member);
  draw_canvas_show_cursor (self->canvas, moment.member, get_name (self, moment.member),
                           get_color (self, moment.member), moment.x, moment.y);
}

static void
move_slice (DrawReplayView *self)
{
  g_autoptr (BoardDamage) damage = board_damage_new ();

  self->arrived = board_replay_move (self->replay, self->target, SLICE, damage);
  draw_canvas_update (self->canvas, damage);
  if (self->arrived)
    point (self);
}

static gboolean
is_playing (DrawReplayView *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "play");
  g_autoptr (GVariant) state = g_action_get_state (action);

  return g_variant_get_boolean (state);
}

static int64_t
get_time (DrawReplayView *self, guint moment)
{
  return g_array_index (self->times, int64_t, moment);
}

static void set_playing (DrawReplayView *self, gboolean playing);

/* As many moments as the time since the last frame is worth. */
static void
play (DrawReplayView *self, double ms)
{
  guint n = get_length (self), target = self->target;

  self->credit += ms * self->speed;
  while (target < n)
    {
      int64_t gap = target > 0 ? draw_replay_gap (get_time (self, target - 1), get_time (self, target))
                               : DRAW_REPLAY_USUAL_GAP;

      if (self->credit < (double)gap)
        break;
      self->credit -= (double)gap;
      target++;
    }
  if (target != self->target)
    {
      self->target = target;
      self->arrived = FALSE;
      gtk_adjustment_set_value (self->adjustment, target);
      show_words (self);
    }
  if (target == n)
    set_playing (self, FALSE);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  DrawReplayView *self = DRAW_REPLAY_VIEW (widget);
  int64_t now = gdk_frame_clock_get_frame_time (clock);
  gboolean playing = is_playing (self);

  /* What is not shown yet is waited for: a large board must not fall ever further behind. */
  if (playing && self->arrived && self->last_frame > 0)
    play (self, (double)MIN (now - self->last_frame, G_USEC_PER_SEC / 4) / 1000);
  self->last_frame = now;
  if (!self->arrived)
    move_slice (self);
  if (!self->arrived || is_playing (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
ensure_tick (DrawReplayView *self)
{
  if (self->tick != 0)
    return;
  self->last_frame = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
set_target (DrawReplayView *self, guint target)
{
  self->target = MIN (target, get_length (self));
  self->arrived = FALSE;
  self->credit = 0;
  gtk_adjustment_set_value (self->adjustment, self->target);
  show_words (self);
  move_slice (self);
  if (!self->arrived)
    ensure_tick (self);
}

static void
set_playing (DrawReplayView *self, gboolean playing)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "play");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (playing));
  gtk_button_set_icon_name (GTK_BUTTON (self->play_button), playing
                                                                ? "media-playback-pause-symbolic"
                                                                : "media-playback-start-symbolic");
  draw_shortcuts_describe (self->play_button, playing ? _("Pause") : _("Play"), "replay.play", NULL);
  self->credit = 0;
  if (playing)
    ensure_tick (self);
}

static gboolean
on_change_value (GtkRange *range, GtkScrollType type, double value, DrawReplayView *self)
{
  if (self->replay == NULL)
    return TRUE;
  set_playing (self, FALSE);
  set_target (self, (guint)CLAMP (value + 0.5, 0, get_length (self)));
  return TRUE;
}

/* --- Whose ---------------------------------------------------------------------------------------- */

static void
set_only (DrawReplayView *self, const char *member)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "only");

  if (*member == '\0')
    member = NULL;
  board_replay_set_only (self->replay, member);
  member = board_replay_get_only (self->replay);
  draw_canvas_set_document (self->canvas, board_replay_get_document (self->replay));
  hide_pointing (self);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (member != NULL ? member : ""));
  gtk_label_set_text (self->person_label, member != NULL ? get_name (self, member) : _("Everybody"));
  set_target (self, self->target);
}

static int
compare_busy (gconstpointer a, gconstpointer b, gpointer user_data)
{
  BoardReplay *replay = user_data;
  guint n_a = board_replay_count_of (replay, *(const char *const *)a);
  guint n_b = board_replay_count_of (replay, *(const char *const *)b);

  return n_a < n_b ? 1 : n_a > n_b ? -1 : 0;
}

/* A label of a menu has mnemonics, and names may have underlines. */
static void
add_person (GMenu *menu, const char *name, const char *id)
{
  g_autoptr (GString) label = g_string_new (name);
  g_autoptr (GMenuItem) item = NULL;

  g_string_replace (label, "_", "__", 0);
  item = g_menu_item_new (label->str, NULL);
  g_menu_item_set_action_and_target (item, "replay.only", "s", id);
  g_menu_append_item (menu, item);
}

static void
fill_people (DrawReplayView *self)
{
  GPtrArray *members = board_replay_get_members (self->replay);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) everybody = g_menu_new ();
  g_autoptr (GMenu) people = g_menu_new ();

  g_ptr_array_extend (ids, members, NULL, NULL);
  g_ptr_array_sort_with_data (ids, compare_busy, self->replay);
  add_person (everybody, _("Everybody"), "");
  for (guint i = 0; i < MIN (ids->len, MAX_PEOPLE); i++)
    add_person (people, get_name (self, g_ptr_array_index (ids, i)), g_ptr_array_index (ids, i));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (everybody));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (people));
  gtk_menu_button_set_menu_model (self->person_button, G_MENU_MODEL (menu));
}

/* --- Speed ---------------------------------------------------------------------------------------- */

static char *
make_speed (guint speed)
{
  /* Translators: how many times faster than it was */
  return g_strdup_printf (_("%u×"), speed);
}

static void
set_speed (DrawReplayView *self, guint speed)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "speed");
  g_autofree char *label = NULL;

  self->speed = CLAMP (speed, 1, MAX_SPEED);
  label = make_speed (self->speed);
  gtk_menu_button_set_label (self->speed_button, label);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_int32 ((int)self->speed));
}

static void
fill_speeds (DrawReplayView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint speed = 1; speed <= MAX_SPEED; speed *= 2)
    {
      g_autofree char *label = make_speed (speed);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "replay.speed", "i", (int)speed);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->speed_button, G_MENU_MODEL (menu));
}

/* --- Actions -------------------------------------------------------------------------------------- */

static void
on_play (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawReplayView *self = user_data;
  gboolean playing = !is_playing (self);

  if (get_length (self) == 0)
    return;
  if (playing && self->target == get_length (self))
    set_target (self, 0);
  set_playing (self, playing);
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawReplayView *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (self->replay == NULL)
    return;
  set_playing (self, FALSE);
  if (g_str_equal (name, "begin"))
    set_target (self, 0);
  else if (g_str_equal (name, "end"))
    set_target (self, get_length (self));
  else if (g_str_equal (name, "forward"))
    set_target (self, self->target + 1);
  else if (self->target > 0)
    set_target (self, self->target - 1);
}

static void
on_pace (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DrawReplayView *self = user_data;
  gboolean faster = g_str_equal (g_action_get_name (G_ACTION (action)), "faster");

  set_speed (self, faster ? self->speed * 2 : self->speed / 2);
}

static void
on_speed (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  set_speed (user_data, (guint)MAX (g_variant_get_int32 (value), 1));
}

static void
on_only (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  DrawReplayView *self = user_data;

  if (self->replay != NULL)
    set_only (self, g_variant_get_string (value, NULL));
}

static void
on_leave (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[LEFT], 0);
}

static const GActionEntry entries[] = {
  { "play", on_play, NULL, "false" },
  { "back", on_step },
  { "forward", on_step },
  { "begin", on_step },
  { "end", on_step },
  { "slower", on_pace },
  { "faster", on_pace },
  { "speed", NULL, "i", "1", on_speed },
  { "only", NULL, "s", "''", on_only },
  { "leave", on_leave },
};

/* --- Reading -------------------------------------------------------------------------------------- */

static void
add_ticks (DrawReplayView *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GArray) ticks = NULL;

  for (guint i = 0; i < get_length (self); i++)
    {
      BoardMoment moment;

      board_replay_get_moment (self->replay, i, &moment);
      g_array_append_val (self->times, moment.time);
    }
  ticks = draw_replay_make_ticks ((const int64_t *)self->times->data, self->times->len, zone);
  for (guint i = 0; i < ticks->len; i++)
    {
      const DrawReplayTick *tick = &g_array_index (ticks, DrawReplayTick, i);
      g_autofree char *label = g_markup_printf_escaped ("<small>%s</small>", tick->label);

      gtk_scale_add_mark (self->scale, tick->position, GTK_POS_BOTTOM, label);
    }
}

static void
tell_what_is_missing (DrawReplayView *self, gboolean whole)
{
  const char *words = NULL;

  if (!whole)
    words = _("You joined later: what was drawn before is with the server alone, which does not answer "
              "now.");
  else if (get_length (self) == 0)
    words = _("Nothing was drawn here yet.");
  gtk_widget_set_visible (GTK_WIDGET (self->note), words != NULL);
  gtk_label_set_text (self->note, words != NULL ? words : "");
}

/* What was asked for: the end, or the moment before something came. */
static guint
find_start (DrawReplayView *self)
{
  int moment = self->element != NULL ? board_replay_find (self->replay, self->element) : -1;

  return moment >= 0 ? (guint)moment : get_length (self);
}

static void
show_replay (DrawReplayView *self, gboolean whole)
{
  guint n = get_length (self);

  gtk_adjustment_set_upper (self->adjustment, n);
  gtk_adjustment_set_page_increment (self->adjustment, MAX (n / 20, 1));
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), n > 0);
  add_ticks (self);
  fill_people (self);
  tell_what_is_missing (self, whole);
  self->target = find_start (self);
  gtk_stack_set_visible_child (self->stack, self->playing);
  set_only (self, self->only != NULL ? self->only : "");
  gtk_widget_grab_focus (n > 0 ? GTK_WIDGET (self->scale) : self->leave_button);
}

static void
on_progress (double fraction, gpointer user_data)
{
  gtk_progress_bar_set_fraction (DRAW_REPLAY_VIEW (user_data)->progress, fraction);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawReplayView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean whole;
  BoardReplay *replay
      = draw_session_read_replay_finish (DRAW_SESSION (source), result, &whole, &error);

  if (replay != NULL && self->cancellable != NULL)
    {
      self->replay = replay;
      show_replay (self, whole);
      return;
    }
  g_clear_pointer (&replay, board_replay_free);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_signal_emit (self, signals[TROUBLE], 0, error);
      g_signal_emit (self, signals[LEFT], 0);
    }
}

/* --- The widget ----------------------------------------------------------------------------------- */

static void
draw_replay_view_dispose (GObject *object)
{
  DrawReplayView *self = DRAW_REPLAY_VIEW (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  g_clear_object (&self->hand);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRAW_TYPE_REPLAY_VIEW);
  g_clear_pointer (&self->replay, board_replay_free);
  G_OBJECT_CLASS (draw_replay_view_parent_class)->dispose (object);
}

static void
draw_replay_view_finalize (GObject *object)
{
  DrawReplayView *self = DRAW_REPLAY_VIEW (object);

  g_array_unref (self->times);
  g_free (self->only);
  g_free (self->element);
  g_free (self->pointing);
  G_OBJECT_CLASS (draw_replay_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, overlay);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, canvas);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, reading);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, progress);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, playing);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, disc);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, who);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, when);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, count);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, leave_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, scale);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, adjustment);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, person_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, person_label);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, back_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, play_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, forward_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, speed_button);
  gtk_widget_class_bind_template_child (widget_class, DrawReplayView, note);
  gtk_widget_class_bind_template_callback (widget_class, on_change_value);
}

static void
draw_replay_view_class_init (DrawReplayViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = draw_replay_view_dispose;
  object_class->finalize = draw_replay_view_finalize;
  signals[LEFT] = g_signal_new ("left", DRAW_TYPE_REPLAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", DRAW_TYPE_REPLAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  g_type_ensure (DRAW_TYPE_CANVAS);
  g_type_ensure (DRAW_TYPE_DISC);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/drawbridge/Drawbridge/ui/draw-replay-view.ui");
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "replayview");
}

static void
describe (DrawReplayView *self)
{
  draw_shortcuts_describe (self->back_button, _("One Step Back"), "replay.back", NULL);
  draw_shortcuts_describe (self->forward_button, _("One Step Forward"), "replay.forward", NULL);
  draw_shortcuts_describe (self->leave_button, _("Back to the Board"), "replay.leave", NULL);
  draw_shortcuts_describe (GTK_WIDGET (self->speed_button), _("Speed"), "replay.faster", NULL);
  draw_shortcuts_describe (GTK_WIDGET (self->person_button), _("Whose Things to Show"), "replay.only",
                           NULL);
  draw_shortcuts_describe (GTK_WIDGET (self->scale), _("Time"), NULL, NULL);
}

static void
draw_replay_view_init (DrawReplayView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->times = g_array_new (FALSE, FALSE, sizeof (int64_t));
  self->arrived = TRUE;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "replay", G_ACTION_GROUP (self->actions));
  gtk_widget_add_controller (GTK_WIDGET (self), draw_shortcuts_make_replay_controller ());
  describe (self);
  fill_speeds (self);
  set_speed (self, 1);
  set_playing (self, FALSE);
  self->hand = draw_hand_tool_new ();
  draw_canvas_set_tool (self->canvas, self->hand);
  draw_canvas_set_read_only (self->canvas, TRUE);
}

/* --- Public --------------------------------------------------------------------------------------- */

DrawReplayView *
draw_replay_view_new (void)
{
  return g_object_new (DRAW_TYPE_REPLAY_VIEW, NULL);
}

/* The same place, as large. */
static void
take_view (DrawReplayView *self, DrawCanvas *canvas)
{
  DrawViewport *from = draw_canvas_get_viewport (canvas);
  DrawViewport *to = draw_canvas_get_viewport (self->canvas);
  double width, height;
  BoardRect visible;

  g_object_get (from, "width", &width, "height", &height, NULL);
  draw_viewport_get_visible (from, &visible);
  draw_viewport_set_size (to, width, height);
  draw_viewport_set_scale (to, draw_viewport_get_scale (from));
  draw_viewport_center_on (to, visible.x + visible.width / 2, visible.y + visible.height / 2);
  g_object_bind_property (canvas, "dark", self->canvas, "dark", G_BINDING_SYNC_CREATE);
  g_object_bind_property (canvas, "paper", self->canvas, "paper", G_BINDING_SYNC_CREATE);
}

void
draw_replay_view_start (DrawReplayView *self,
                        DrawSession *session,
                        DrawCanvas *canvas,
                        DrawImages *images,
                        const char *only,
                        const char *element)
{
  g_return_if_fail (DRAW_IS_REPLAY_VIEW (self) && self->session == NULL);
  g_return_if_fail (DRAW_IS_SESSION (session) && DRAW_IS_CANVAS (canvas));

  self->session = g_object_ref (session);
  self->only = g_strdup (only);
  self->element = g_strdup (element);
  self->cancellable = g_cancellable_new ();
  take_view (self, canvas);
  draw_canvas_set_images (self->canvas, images);
  draw_canvas_set_document (self->canvas, draw_session_get_document (session));
  gtk_widget_grab_focus (self->cancel_button);
  draw_session_read_replay_async (session, self->cancellable, on_progress, on_read,
                                  g_object_ref (self));
}

DrawCanvas *
draw_replay_view_get_canvas (DrawReplayView *self)
{
  g_return_val_if_fail (DRAW_IS_REPLAY_VIEW (self), NULL);

  return self->canvas;
}
