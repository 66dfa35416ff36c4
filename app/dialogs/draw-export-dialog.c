/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogs/draw-export-dialog.h"

#include <glib/gi18n.h>

/* Less is not worth a bar that comes and goes. */
#define PATIENCE_MS 500

struct _DrawExportDialog
{
  AdwWindow parent_instance;

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkPicture *preview;
  AdwComboRow *format_row;
  AdwComboRow *scale_row;
  GtkWidget *background_row;
  GtkSwitch *background;
  GtkWidget *selection_row;
  GtkSwitch *selection;
  GtkWidget *embed_row;
  GtkSwitch *embed;
  GtkWidget *export_button;
  GtkProgressBar *progress;
  GtkWidget *cancel_button;

  /* owned */
  GCancellable *cancellable;
  GdkContentProvider *offer;
  guint patience_id;
};

enum
{
  EXPORT,
  CHOICE_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawExportDialog, draw_export_dialog, ADW_TYPE_WINDOW)

/* In the order of the rows in the .ui. */
static const double scales[] = { 1, 2, 3, 4 };
static const char *const suffixes[] = { ".png", ".svg", ".pdf", ".excalidraw" };

const char *
draw_export_choice_get_suffix (const DrawExportChoice *choice)
{
  g_return_val_if_fail (choice != NULL, NULL);

  return suffixes[choice->format];
}

void
draw_export_dialog_get_choice (DrawExportDialog *self, DrawExportChoice *choice)
{
  g_return_if_fail (DRAW_IS_EXPORT_DIALOG (self) && choice != NULL);

  choice->format = (DrawExportChoiceFormat)adw_combo_row_get_selected (self->format_row);
  choice->scale = scales[MIN (adw_combo_row_get_selected (self->scale_row), 3)];
  choice->background = gtk_switch_get_active (self->background);
  choice->selection = gtk_switch_get_active (self->selection);
  choice->embed = gtk_switch_get_active (self->embed);
}

static void
on_format_changed (DrawExportDialog *self)
{
  DrawExportChoice choice;
  gboolean picture;

  draw_export_dialog_get_choice (self, &choice);
  picture = choice.format == DRAW_EXPORT_CHOICE_PNG || choice.format == DRAW_EXPORT_CHOICE_SVG;
  gtk_widget_set_visible (GTK_WIDGET (self->scale_row), choice.format == DRAW_EXPORT_CHOICE_PNG);
  gtk_widget_set_visible (self->background_row, picture);
  gtk_widget_set_visible (self->embed_row, picture);
}

static void
on_choice_changed (DrawExportDialog *self)
{
  g_signal_emit (self, signals[CHOICE_CHANGED], 0);
}

static void
on_export_clicked (GtkButton *button, DrawExportDialog *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
}

static void
on_cancel_clicked (GtkButton *button, DrawExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, DrawExportDialog *self)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (self->preview);

  if (self->offer == NULL || paintable == NULL)
    return NULL;
  gtk_drag_source_set_icon (source, paintable, (int)x, (int)y);
  return g_object_ref (self->offer);
}

static gboolean
on_patience_ended (gpointer user_data)
{
  DrawExportDialog *self = user_data;

  self->patience_id = 0;
  gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_widget_grab_focus (self->cancel_button);
  return G_SOURCE_REMOVE;
}

static gboolean
draw_export_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (DRAW_EXPORT_DIALOG (window)->cancellable);
  return GTK_WINDOW_CLASS (draw_export_dialog_parent_class)->close_request (window);
}

static void
draw_export_dialog_dispose (GObject *object)
{
  DrawExportDialog *self = DRAW_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->offer);
  G_OBJECT_CLASS (draw_export_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, scale_row);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, background_row);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, background);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, selection_row);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, embed_row);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, embed);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DrawExportDialog, cancel_button);
}

static void
draw_export_dialog_class_init (DrawExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = draw_export_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = draw_export_dialog_close_request;
  signals[EXPORT] = g_signal_new ("export", DRAW_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOICE_CHANGED] = g_signal_new ("choice-changed", DRAW_TYPE_EXPORT_DIALOG,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/drawbridge/Drawbridge/ui/draw-export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
draw_export_dialog_init (DrawExportDialog *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  adw_combo_row_set_selected (self->scale_row, 1);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (GTK_WIDGET (self->preview), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->preview), "grab");
  on_format_changed (self);
}

DrawExportDialog *
draw_export_dialog_new (gboolean has_selection)
{
  DrawExportDialog *self = g_object_new (DRAW_TYPE_EXPORT_DIALOG, NULL);

  gtk_widget_set_visible (self->selection_row, has_selection);
  gtk_switch_set_active (self->selection, has_selection);
  return self;
}

void
draw_export_dialog_set_preview (DrawExportDialog *self,
                                GdkPaintable *preview,
                                GdkContentProvider *offer)
{
  g_return_if_fail (DRAW_IS_EXPORT_DIALOG (self));

  gtk_picture_set_paintable (self->preview, preview);
  g_set_object (&self->offer, offer);
}

void
draw_export_dialog_begin (DrawExportDialog *self)
{
  g_return_if_fail (DRAW_IS_EXPORT_DIALOG (self));

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->export_button, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  self->patience_id = g_timeout_add (PATIENCE_MS, on_patience_ended, self);
}

GCancellable *
draw_export_dialog_get_cancellable (DrawExportDialog *self)
{
  g_return_val_if_fail (DRAW_IS_EXPORT_DIALOG (self), NULL);

  return self->cancellable;
}

void
draw_export_dialog_set_progress (DrawExportDialog *self, double fraction)
{
  g_return_if_fail (DRAW_IS_EXPORT_DIALOG (self));

  if (self->progress != NULL)
    gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
}

void
draw_export_dialog_finish (DrawExportDialog *self, gboolean done)
{
  g_return_if_fail (DRAW_IS_EXPORT_DIALOG (self));

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (done)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->export_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "choice");
}

void
draw_export_dialog_say (DrawExportDialog *self, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (DRAW_IS_EXPORT_DIALOG (self) && text != NULL);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}
