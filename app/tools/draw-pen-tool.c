/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/board-limits.h"
#include "tools/draw-points.h"
#include "tools/draw-pressure.h"
#include "tools/draw-recognise.h"
#include "tools/draw-simplify.h"
#include "tools/draw-smoother.h"
#include "tools/draw-styled-tool.h"
#include "tools/draw-tools.h"

#include <math.h>
#include <string.h>

/* A press begins a stroke, motion adds to it, release makes it an element. A stroke that has as
 * many points as an element may have becomes one, and the next begins where it ends. */
#define DRAW_TYPE_PEN_TOOL (draw_pen_tool_get_type ())
G_DECLARE_FINAL_TYPE (DrawPenTool, draw_pen_tool, DRAW, PEN_TOOL, DrawStyledTool)

/* All in widget pixels. */
#define MOVE_MIN 0.3 /* smaller moves are trembling (Xournal++) */
#define SIMPLIFY_TOLERANCE 0.25
#define REACH_POINTER 16.0 /* a mouse's samples lie on whole pixels */
#define REACH_PEN 2.0
/* A stroke that is held becomes the form that it was meant to be. The time is counted in short pauses: a machine
 * that was busy with something else finds one of them over, and then the samples that have come meanwhile. */
#define HOLD_PAUSE 50 /* ms */
#define HOLD_PAUSES 10
#define FORM_MIN 24.0
#define MARKER_ALPHA "80" /* of wet ink of a highlighter: it lets through what is beneath */

struct _DrawPenTool {
  DrawStyledTool parent_instance;

  /* of the stroke being drawn */
  char *id; /* NULL when there is none */
  double scale;
  uint32_t start; /* ms */
  double reach;
  DrawSmoother *smoother;
  guint hold_source;  /* the pen rests, or 0 */
  guint n_pauses;     /* so long */
  DrawToolHost *host; /* borrowed, while a stroke is drawn */
  BoardElement *form; /* what the stroke became by being held, or NULL */

  gboolean is_marker; /* a highlighter */
  DrawPressure pressure;
  double lag; /* ms, of the stabiliser */
};

static void draw_pen_tool_tool_init (DrawToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DrawPenTool,
                               draw_pen_tool,
                               DRAW_TYPE_STYLED_TOOL,
                               G_IMPLEMENT_INTERFACE (DRAW_TYPE_TOOL, draw_pen_tool_tool_init))

/* A mouse has none to be mapped. */
static double
get_pressure (DrawPenTool *self, const DrawSample *sample)
{
  return sample->has_pressure ? draw_pressure_map (&self->pressure, sample->pressure)
                              : CLAMP (sample->pressure, 0, 1);
}

static gboolean
add_sample (DrawPenTool *self, const DrawSample *sample, guint *first_changed)
{
  const BoardPoint *last = draw_smoother_get_last (self->smoother);
  const double max = BOARD_COORDINATE_MAX;
  BoardPoint point = { CLAMP (sample->x, -max, max),
                       CLAMP (sample->y, -max, max),
                       (float) get_pressure (self, sample),
                       sample->tilt_x,
                       sample->tilt_y,
                       sample->time - self->start };
  guint changed;

  if (!isfinite (sample->x) || !isfinite (sample->y))
    return FALSE;
  if (last != NULL && hypot (point.x - last->x, point.y - last->y) < MOVE_MIN / self->scale)
    return FALSE;
  /* A pen reports no pressure while it lifts: a hook at the end. */
  if (last != NULL && sample->has_pressure && sample->pressure <= 0)
    return FALSE;
  changed = draw_smoother_add (self->smoother, &point);
  *first_changed = MIN (*first_changed, changed);
  return TRUE;
}

static void
begin (DrawPenTool *self, DrawToolHost *host)
{
  const char *color = draw_styled_tool_get_color (DRAW_STYLED_TOOL (self));
  g_autofree char *faint
      = self->is_marker && strlen (color) == 7 ? g_strconcat (color, MARKER_ALPHA, NULL) : NULL;

  g_free (self->id);
  self->id = board_element_make_id ();
  draw_smoother_reset (self->smoother, self->reach, self->lag);
  draw_tool_host_ink_begin (host, self->id, faint != NULL ? faint : color,
                            draw_styled_tool_get_width (DRAW_STYLED_TOOL (self)));
}

static void
show_points (DrawPenTool *self, DrawToolHost *host, guint from)
{
  draw_tool_host_ink_set_points (host, from, draw_smoother_get_points (self->smoother) + from,
                                 draw_smoother_get_n_points (self->smoother) - from);
}

/* ---- holding ---- */

static const BoardElementType types_of_forms[] = {
  [DRAW_FORM_NONE] = BOARD_ELEMENT_UNKNOWN,    [DRAW_FORM_LINE] = BOARD_ELEMENT_LINE,
  [DRAW_FORM_ARROW] = BOARD_ELEMENT_ARROW,     [DRAW_FORM_RECTANGLE] = BOARD_ELEMENT_RECTANGLE,
  [DRAW_FORM_DIAMOND] = BOARD_ELEMENT_DIAMOND, [DRAW_FORM_ELLIPSE] = BOARD_ELEMENT_ELLIPSE,
};

/* The form of the stroke so far; NULL: it has none. */
static BoardElement *
make_form (DrawPenTool *self, BoardDocument *document)
{
  BoardRect box;
  double xy[4];
  const DrawForm form = draw_recognise (draw_smoother_get_points (self->smoother),
                                        draw_smoother_get_n_points (self->smoother),
                                        FORM_MIN / self->scale, &box, &xy[0], &xy[2]);
  g_autoptr (JsonObject) props = NULL;

  if (form == DRAW_FORM_NONE)
    return NULL;
  props = draw_styled_tool_make_props (DRAW_STYLED_TOOL (self), document, types_of_forms[form],
                                       box.x, box.y, box.width, box.height);
  json_object_set_string_member (props, "id", self->id);
  if (form == DRAW_FORM_LINE || form == DRAW_FORM_ARROW)
    draw_points_set (props, xy, 2);
  return board_element_new (props, NULL);
}

static gboolean
on_held (gpointer data)
{
  DrawPenTool *self = data;
  BoardDocument *document = draw_tool_host_get_document (self->host);

  if (++self->n_pauses < HOLD_PAUSES)
    return G_SOURCE_CONTINUE;
  self->hold_source = 0;
  if (document == NULL || self->is_marker)
    return G_SOURCE_REMOVE;
  self->form = make_form (self, document);
  if (self->form == NULL)
    return G_SOURCE_REMOVE;
  draw_tool_host_ink_end (self->host, FALSE);
  draw_tool_host_show_element (self->host, self->form);
  return G_SOURCE_REMOVE;
}

static void
stop_holding (DrawPenTool *self)
{
  g_clear_handle_id (&self->hold_source, g_source_remove);
}

/* Every sample that goes anywhere begins the time anew. */
static void
start_holding (DrawPenTool *self, DrawToolHost *host)
{
  stop_holding (self);
  self->host = host;
  self->n_pauses = 0;
  self->hold_source = g_timeout_add_full (G_PRIORITY_LOW, HOLD_PAUSE, on_held, self, NULL);
}

static void
finish_form (DrawPenTool *self, DrawToolHost *host)
{
  g_autoptr (BoardElement) form = g_steal_pointer (&self->form);

  draw_tool_host_add (host, form);
  draw_tool_host_show_element (host, NULL);
}

/* ---- the element ---- */

static BoardElement *
mark (BoardElement *stroke)
{
  g_autoptr (BoardElement) plain = stroke;
  g_autoptr (JsonObject) props = json_object_new ();
  JsonObject *custom = json_object_new ();

  json_object_set_boolean_member (custom, "highlighter", TRUE);
  json_object_set_object_member (props, "customData", custom);
  return board_element_with (plain, props, NULL);
}

/* Makes the stroke an element. */
static void
finish (DrawPenTool *self, DrawToolHost *host)
{
  BoardDocument *document = draw_tool_host_get_document (host);
  const guint n_points = draw_smoother_get_n_points (self->smoother);
  const char *color = draw_styled_tool_get_color (DRAW_STYLED_TOOL (self));
  const double width = draw_styled_tool_get_width (DRAW_STYLED_TOOL (self));
  g_autofree BoardPoint *points
      = g_memdup2 (draw_smoother_get_points (self->smoother), n_points * sizeof (BoardPoint));
  g_autofree char *index = document != NULL ? board_document_index_above (document) : NULL;
  g_autoptr (BoardElement) element = NULL;

  if (index == NULL || n_points == 0)
    {
      draw_tool_host_ink_end (host, FALSE);
      return;
    }
  const gsize n_left = draw_simplify (points, n_points, width, SIMPLIFY_TOLERANCE / self->scale);
  element = board_element_new_freedraw_with_precision (
      self->id, index, color, width, points, n_left,
      self->scale >= BOARD_FINE_SCALE ? BOARD_PRECISION_FINE : BOARD_PRECISION_USUAL);
  if (self->is_marker)
    element = mark (g_steal_pointer (&element));
  draw_tool_host_ink_end (host, TRUE);
  draw_tool_host_add (host, element);
}

/* The next stroke begins where this one, which is full, ends. */
static void
continue_in_next (DrawPenTool *self, DrawToolHost *host)
{
  const BoardPoint last = *draw_smoother_get_last (self->smoother);

  finish (self, host);
  begin (self, host);
  draw_smoother_add (self->smoother, &last);
  show_points (self, host, 0);
}

static void
add_samples (DrawPenTool *self, DrawToolHost *host, const DrawSample *samples, gsize n_samples)
{
  guint first_changed = G_MAXUINT;

  for (gsize i = 0; i < n_samples; i++)
    {
      if (!add_sample (self, &samples[i], &first_changed))
        continue;
      if (draw_smoother_get_n_points (self->smoother) + draw_smoother_get_step (self->smoother)
          <= BOARD_MAX_POINTS)
        continue;
      show_points (self, host, first_changed);
      continue_in_next (self, host);
      first_changed = G_MAXUINT;
    }
  if (first_changed == G_MAXUINT)
    return;
  show_points (self, host, first_changed);
  start_holding (self, host);
}

static void
draw_pen_tool_press (DrawTool *tool,
                     DrawToolHost *host,
                     const DrawSample *sample,
                     GdkModifierType state)
{
  DrawPenTool *self = DRAW_PEN_TOOL (tool);

  self->scale = draw_viewport_get_scale (draw_tool_host_get_viewport (host));
  self->start = sample->time;
  self->reach = (sample->has_pressure ? REACH_PEN : REACH_POINTER) / self->scale;
  begin (self, host);
  add_samples (self, host, sample, 1);
}

static void
draw_pen_tool_motion (DrawTool *tool,
                      DrawToolHost *host,
                      const DrawSample *samples,
                      gsize n_samples,
                      GdkModifierType state)
{
  DrawPenTool *self = DRAW_PEN_TOOL (tool);

  if (self->id != NULL && self->form == NULL)
    add_samples (self, host, samples, n_samples);
}

static void
draw_pen_tool_release (DrawTool *tool,
                       DrawToolHost *host,
                       const DrawSample *sample,
                       GdkModifierType state)
{
  DrawPenTool *self = DRAW_PEN_TOOL (tool);

  if (self->id == NULL)
    return;
  if (self->form == NULL)
    add_samples (self, host, sample, 1);
  stop_holding (self);
  if (self->form != NULL)
    finish_form (self, host);
  else
    finish (self, host);
  g_clear_pointer (&self->id, g_free);
}

static void
draw_pen_tool_cancel (DrawTool *tool, DrawToolHost *host)
{
  DrawPenTool *self = DRAW_PEN_TOOL (tool);

  if (self->id == NULL)
    return;
  stop_holding (self);
  if (self->form != NULL)
    draw_tool_host_show_element (host, NULL);
  else
    draw_tool_host_ink_end (host, FALSE);
  g_clear_pointer (&self->form, board_element_unref);
  g_clear_pointer (&self->id, g_free);
}

static const char *
draw_pen_tool_get_cursor (DrawTool *tool)
{
  return "crosshair";
}

static void
draw_pen_tool_tool_init (DrawToolInterface *iface)
{
  iface->press = draw_pen_tool_press;
  iface->motion = draw_pen_tool_motion;
  iface->release = draw_pen_tool_release;
  iface->cancel = draw_pen_tool_cancel;
  iface->get_cursor = draw_pen_tool_get_cursor;
}

static void
draw_pen_tool_finalize (GObject *object)
{
  DrawPenTool *self = DRAW_PEN_TOOL (object);

  stop_holding (self);
  g_clear_pointer (&self->form, board_element_unref);
  g_free (self->id);
  draw_smoother_free (self->smoother);
  G_OBJECT_CLASS (draw_pen_tool_parent_class)->finalize (object);
}

static void
draw_pen_tool_class_init (DrawPenToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = draw_pen_tool_finalize;
}

static void
draw_pen_tool_init (DrawPenTool *self)
{
  self->smoother = draw_smoother_new ();
  draw_pressure_init (&self->pressure, DRAW_PRESSURE_NORMAL);
}

DrawTool *
draw_pen_tool_new (void)
{
  return g_object_new (DRAW_TYPE_PEN_TOOL, NULL);
}

DrawTool *
draw_highlighter_tool_new (void)
{
  DrawPenTool *self = g_object_new (DRAW_TYPE_PEN_TOOL, NULL);

  self->is_marker = TRUE;
  return DRAW_TOOL (self);
}

void
draw_pen_tool_set_feel (DrawTool *tool, const DrawPressure *pressure, double lag)
{
  DrawPenTool *self;

  g_return_if_fail (DRAW_IS_PEN_TOOL (tool));
  g_return_if_fail (pressure != NULL && lag >= 0);

  self = DRAW_PEN_TOOL (tool);
  self->pressure = *pressure;
  self->lag = lag;
}
