/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-tool.h"

G_DEFINE_INTERFACE (DrawTool, draw_tool, G_TYPE_OBJECT)

static const char *
draw_tool_default_get_cursor (DrawTool *self)
{
  return NULL;
}

static void
draw_tool_default_init (DrawToolInterface *iface)
{
  iface->get_cursor = draw_tool_default_get_cursor;
}

/* What a tool does with one sample; nothing where it does not care. */
#define DEFINE_SAMPLE_VERB(verb)                                                                   \
  void draw_tool_##verb (DrawTool *self, DrawToolHost *host, const DrawSample *sample,             \
                         GdkModifierType state)                                                    \
  {                                                                                                \
    g_return_if_fail (DRAW_IS_TOOL (self));                                                        \
    g_return_if_fail (DRAW_IS_TOOL_HOST (host));                                                   \
    g_return_if_fail (sample != NULL);                                                             \
                                                                                                   \
    if (DRAW_TOOL_GET_IFACE (self)->verb != NULL)                                                  \
      DRAW_TOOL_GET_IFACE (self)->verb (self, host, sample, state);                                \
  }

DEFINE_SAMPLE_VERB (press)
DEFINE_SAMPLE_VERB (release)
DEFINE_SAMPLE_VERB (hover)
DEFINE_SAMPLE_VERB (activate)

void
draw_tool_motion (DrawTool *self,
                  DrawToolHost *host,
                  const DrawSample *samples,
                  gsize n_samples,
                  GdkModifierType state)
{
  g_return_if_fail (DRAW_IS_TOOL (self));
  g_return_if_fail (DRAW_IS_TOOL_HOST (host));
  g_return_if_fail (samples != NULL || n_samples == 0);

  if (n_samples > 0)
    DRAW_TOOL_GET_IFACE (self)->motion (self, host, samples, n_samples, state);
}

void
draw_tool_cancel (DrawTool *self, DrawToolHost *host)
{
  g_return_if_fail (DRAW_IS_TOOL (self));
  g_return_if_fail (DRAW_IS_TOOL_HOST (host));

  DRAW_TOOL_GET_IFACE (self)->cancel (self, host);
}

const char *
draw_tool_get_cursor (DrawTool *self)
{
  g_return_val_if_fail (DRAW_IS_TOOL (self), NULL);

  return DRAW_TOOL_GET_IFACE (self)->get_cursor (self);
}

gboolean
draw_tool_key (DrawTool *self, DrawToolHost *host, guint keyval, GdkModifierType state)
{
  g_return_val_if_fail (DRAW_IS_TOOL (self), FALSE);
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (host), FALSE);

  return DRAW_TOOL_GET_IFACE (self)->key != NULL
         && DRAW_TOOL_GET_IFACE (self)->key (self, host, keyval, state);
}

GArray *
draw_tool_get_marks (DrawTool *self, DrawToolHost *host)
{
  g_return_val_if_fail (DRAW_IS_TOOL (self), NULL);
  g_return_val_if_fail (DRAW_IS_TOOL_HOST (host), NULL);

  if (DRAW_TOOL_GET_IFACE (self)->get_marks == NULL)
    return NULL;
  return DRAW_TOOL_GET_IFACE (self)->get_marks (self, host);
}

void
draw_tool_put_away (DrawTool *self, DrawToolHost *host)
{
  g_return_if_fail (DRAW_IS_TOOL (self));
  g_return_if_fail (DRAW_IS_TOOL_HOST (host));

  if (DRAW_TOOL_GET_IFACE (self)->put_away != NULL)
    DRAW_TOOL_GET_IFACE (self)->put_away (self, host);
}
