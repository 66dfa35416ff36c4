/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas/draw-text-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "canvas/draw-box.h"
#include "canvas/draw-color.h"
#include "canvas/draw-shape.h"
#include "canvas/draw-text.h"

/* Room for the cursor behind the last letter, board units. */
#define CURSOR_ROOM 3.0

struct _DrawTextEditor {
  GtkWidget parent_instance;

  GtkWidget *view;
  GtkTextTag *tag; /* of all text: what CSS cannot say */
  GtkCssProvider *css;
  DrawWriting *writing; /* owned */
};

enum { ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawTextEditor, draw_text_editor, GTK_TYPE_WIDGET)

static GtkTextBuffer *
get_buffer (DrawTextEditor *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static void
tag_all (DrawTextEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_apply_tag (get_buffer (self), self->tag, &start, &end);
}

static void
on_changed (GtkTextBuffer *buffer, DrawTextEditor *self)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  tag_all (self);
  draw_writing_set_text (self->writing, text);
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_widget_queue_allocate (gtk_widget_get_parent (GTK_WIDGET (self)));
}

static gboolean
is_note (DrawTextEditor *self)
{
  return board_element_get_kind (draw_writing_get_element (self->writing)) == BOARD_ELEMENT_NOTE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                DrawTextEditor *self)
{
  const gboolean control = (state & GDK_CONTROL_MASK) != 0;
  const gboolean next = keyval == GDK_KEY_Tab && is_note (self);

  if (keyval != GDK_KEY_Escape && !next
      && !(control && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)))
    return GDK_EVENT_PROPAGATE;
  /* What an input method holds back belongs to the text. */
  gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self->view));
  g_signal_emit (self, signals[ENDED], 0, next);
  return GDK_EVENT_STOP;
}

static void
draw_text_editor_dispose (GObject *object)
{
  DrawTextEditor *self = DRAW_TEXT_EDITOR (object);

  g_clear_pointer (&self->view, gtk_widget_unparent);
  g_clear_object (&self->css);
  g_clear_object (&self->writing);
  G_OBJECT_CLASS (draw_text_editor_parent_class)->dispose (object);
}

static gboolean
draw_text_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DRAW_TEXT_EDITOR (widget)->view);
}

static void
draw_text_editor_class_init (DrawTextEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_text_editor_dispose;
  widget_class->grab_focus = draw_text_editor_grab_focus;
  signals[ENDED] = g_signal_new ("ended", DRAW_TYPE_TEXT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "texteditor");
}

static void
draw_text_editor_init (DrawTextEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = gtk_text_view_new ();
  self->css = gtk_css_provider_new ();
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self->view), GTK_INPUT_HINT_NO_EMOJI);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text"), -1);
  gtk_style_context_add_provider (gtk_widget_get_style_context (self->view),
                                  GTK_STYLE_PROVIDER (self->css),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  self->tag = gtk_text_buffer_create_tag (get_buffer (self), NULL, NULL);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (self->view, keys);
}

GtkWidget *
draw_text_editor_new (DrawWriting *writing)
{
  DrawTextEditor *self = g_object_new (DRAW_TYPE_TEXT_EDITOR, NULL);

  g_return_val_if_fail (DRAW_IS_WRITING (writing), NULL);

  self->writing = g_object_ref (writing);
  gtk_text_buffer_set_enable_undo (get_buffer (self), FALSE);
  gtk_text_buffer_set_text (get_buffer (self), draw_writing_get_text (writing), -1);
  gtk_text_buffer_set_enable_undo (get_buffer (self), TRUE);
  tag_all (self);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed), self, 0);
  draw_text_editor_restyle (self, FALSE);
  return GTK_WIDGET (self);
}

/* How much higher than the font's own are the lines. */
static double
get_line_factor (DrawTextEditor *self, const DrawText *text)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  PangoFontMetrics *metrics;
  int height;

  pango_font_description_set_family (font, draw_text_get_families (text->family));
  pango_font_description_set_absolute_size (font, text->size * PANGO_SCALE);
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (self->view), font, NULL);
  height = pango_font_metrics_get_height (metrics);
  pango_font_metrics_unref (metrics);
  return height > 0 ? text->size * text->line_height * PANGO_SCALE / height : 1;
}

void
draw_text_editor_restyle (DrawTextEditor *self, gboolean dark)
{
  BoardElement *element;
  g_autofree char *color_text = NULL;
  g_autofree char *css = NULL;
  char size[G_ASCII_DTOSTR_BUF_SIZE];
  DrawText text;
  GdkRGBA color;

  g_return_if_fail (DRAW_IS_TEXT_EDITOR (self));

  element = draw_writing_get_element (self->writing);
  draw_text_init (&text, element);
  if (!draw_color_parse (board_element_get_stroke_color (element), dark, &color))
    draw_color_parse ("#1e1e1e", dark, &color);
  color_text = gdk_rgba_to_string (&color);
  g_ascii_dtostr (size, sizeof size, text.size);
  css = g_strdup_printf ("textview, textview text { background: none; padding: 0; border: none; "
                         "font-family: %s; font-size: %spx; color: %s; caret-color: %s; }",
                         draw_text_get_families (text.family), size, color_text, color_text);
  gtk_css_provider_load_from_data (self->css, css, -1);
  g_object_set (self->tag, "line-height", (float) get_line_factor (self, &text), NULL);
  gtk_text_view_set_justification (GTK_TEXT_VIEW (self->view),
                                   text.align == PANGO_ALIGN_CENTER  ? GTK_JUSTIFY_CENTER
                                   : text.align == PANGO_ALIGN_RIGHT ? GTK_JUSTIFY_RIGHT
                                                                     : GTK_JUSTIFY_LEFT);
}

/* The room for a label is what its shape leaves; free text has what it needs and the cursor. */
void
draw_text_editor_get_box (DrawTextEditor *self, BoardRect *box)
{
  BoardElement *element;
  DrawText text;
  gboolean wraps;

  g_return_if_fail (DRAW_IS_TEXT_EDITOR (self) && box != NULL);

  element = draw_writing_get_element (self->writing);
  draw_text_init (&text, element);
  draw_box_get (element, box);
  wraps = text.width > 0;
  if (is_note (self))
    *box = (BoardRect){ box->x + DRAW_TEXT_NOTE_PADDING, box->y + DRAW_TEXT_NOTE_PADDING,
                        box->width - 2 * DRAW_TEXT_NOTE_PADDING,
                        box->height - 2 * DRAW_TEXT_NOTE_PADDING };
  else if (!wraps || draw_writing_get_container (self->writing) != NULL)
    {
      const double share = text.align == PANGO_ALIGN_CENTER  ? 0.5
                           : text.align == PANGO_ALIGN_RIGHT ? 1
                                                             : 0;

      box->x -= CURSOR_ROOM * share;
      box->width += CURSOR_ROOM;
      wraps = draw_shape_get_text (element, "containerId") != NULL;
    }
  box->width = MAX (box->width, 2);
  box->height = MAX (box->height, text.size);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view),
                               wraps ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
}

void
draw_text_editor_select_all (DrawTextEditor *self)
{
  GtkTextIter start, end;

  g_return_if_fail (DRAW_IS_TEXT_EDITOR (self));

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_select_range (get_buffer (self), &start, &end);
}
