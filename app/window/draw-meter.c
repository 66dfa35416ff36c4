/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/draw-meter.h"

#include <time.h>

#include "widgets/draw-spans.h"

/* What one kind of thing took, and where the one that goes on began; began 0: none does. */
typedef struct
{
  const char *name;
  DrawSpans wall, cpu;
  int64_t began, cpu_began;
} Gauge;

struct _DrawMeter
{
  GObject parent_instance;

  GtkApplication *app; /* borrowed */
  GSimpleAction *action; /* owned */
  gboolean measures;
  Gauge turns, frames;
  GPtrArray *clocks; /* GdkFrameClock */
};

G_DEFINE_FINAL_TYPE (DrawMeter, draw_meter, G_TYPE_OBJECT)

/* A poll function is given no data. Set while one measures. */
static DrawMeter *measuring;

/* Microseconds for which this thread had a processor. */
static int64_t
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
gauge_begin (Gauge *gauge)
{
  gauge->began = g_get_monotonic_time ();
  gauge->cpu_began = get_cpu_time ();
}

static void
gauge_end (Gauge *gauge)
{
  if (gauge->began == 0)
    return;
  draw_spans_add (&gauge->wall, g_get_monotonic_time () - gauge->began);
  draw_spans_add (&gauge->cpu, get_cpu_time () - gauge->cpu_began);
  gauge->began = 0;
}

/* The main loop's, instead of g_poll(): between two of them is a turn. */
static int
poll_between_turns (GPollFD *fds, guint n, int timeout)
{
  int ready;

  gauge_end (&measuring->turns);
  ready = g_poll (fds, n, timeout);
  gauge_begin (&measuring->turns);
  return ready;
}

static void
on_before_paint (DrawMeter *self)
{
  gauge_begin (&self->frames);
}

static void
on_after_paint (DrawMeter *self)
{
  gauge_end (&self->frames);
}

/* The clocks of the windows that are open now. */
static void
watch_frames (DrawMeter *self)
{
  for (GList *l = gtk_application_get_windows (self->app); l != NULL; l = l->next)
    {
      GdkFrameClock *clock = gtk_widget_get_frame_clock (l->data);

      if (clock == NULL || g_ptr_array_find (self->clocks, clock, NULL))
        continue;
      g_ptr_array_add (self->clocks, g_object_ref (clock));
      g_signal_connect_object (clock, "before-paint", G_CALLBACK (on_before_paint), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_after_paint), self, G_CONNECT_SWAPPED);
    }
}

static void
add_spans (GVariantBuilder *builder, const char *name, const char *of, const DrawSpans *spans)
{
  const struct
  {
    const char *name;
    int64_t us;
  } facts[] = { { "p50", draw_spans_get (spans, 500) },
                { "p99", draw_spans_get (spans, 990) },
                { "max", spans->longest } };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *key = g_strdup_printf ("%s%s-%s", name, of, facts[i].name);

      g_variant_builder_add (builder, "{sv}", key, g_variant_new_int64 (facts[i].us));
    }
}

static void
add_gauge (GVariantBuilder *builder, const Gauge *gauge)
{
  g_autofree char *number = g_strconcat (gauge->name, "s", NULL);

  g_variant_builder_add (builder, "{sv}", number, g_variant_new_uint64 (gauge->wall.n));
  add_spans (builder, gauge->name, "", &gauge->wall);
  add_spans (builder, gauge->name, "-cpu", &gauge->cpu);
}

static GVariant *
describe (DrawMeter *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (self->measures)
    {
      add_gauge (&builder, &self->turns);
      add_gauge (&builder, &self->frames);
    }
  return g_variant_builder_end (&builder);
}

/* Nothing was measured yet. */
static void
clear (Gauge *gauge)
{
  memset (&gauge->wall, 0, sizeof gauge->wall);
  memset (&gauge->cpu, 0, sizeof gauge->cpu);
}

static void
on_activate (DrawMeter *self)
{
  g_simple_action_set_state (self->action, describe (self));
  clear (&self->turns);
  clear (&self->frames);
  watch_frames (self);
  if (self->measures)
    return;
  self->measures = TRUE;
  measuring = self;
  g_main_context_set_poll_func (NULL, poll_between_turns);
}

/* A state to be read. */
static void
on_change_state (void)
{
}

static void
draw_meter_dispose (GObject *object)
{
  DrawMeter *self = DRAW_METER (object);

  if (self->measures)
    g_main_context_set_poll_func (NULL, NULL);
  if (measuring == self)
    measuring = NULL;
  self->measures = FALSE;
  g_ptr_array_set_size (self->clocks, 0);
  g_clear_object (&self->action);
  G_OBJECT_CLASS (draw_meter_parent_class)->dispose (object);
}

static void
draw_meter_finalize (GObject *object)
{
  g_ptr_array_unref (DRAW_METER (object)->clocks);
  G_OBJECT_CLASS (draw_meter_parent_class)->finalize (object);
}

static void
draw_meter_class_init (DrawMeterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = draw_meter_dispose;
  G_OBJECT_CLASS (klass)->finalize = draw_meter_finalize;
}

static void
draw_meter_init (DrawMeter *self)
{
  self->turns.name = "turn";
  self->frames.name = "frame";
  self->clocks = g_ptr_array_new_with_free_func (g_object_unref);
}

DrawMeter *
draw_meter_new (GtkApplication *app)
{
  DrawMeter *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (app), NULL);

  self = g_object_new (DRAW_TYPE_METER, NULL);
  self->app = app;
  self->action = g_simple_action_new_stateful ("measure", NULL, describe (self));
  g_signal_connect_object (self->action, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  g_signal_connect (self->action, "change-state", G_CALLBACK (on_change_state), NULL);
  return self;
}

GAction *
draw_meter_get_action (DrawMeter *self)
{
  g_return_val_if_fail (DRAW_IS_METER (self), NULL);

  return G_ACTION (self->action);
}
