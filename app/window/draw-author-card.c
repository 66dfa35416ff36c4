/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* The board knows who at once; when is looked up in the log, and told as soon as it is found. */
#include "window/draw-author-card.h"

#include <glib/gi18n.h>

#include "sync/draw-name.h"
#include "sync/draw-session-trace.h"
#include "widgets/draw-disc.h"
#include "window/draw-words.h"

struct _DrawAuthorCard
{
  GtkPopover parent_instance;

  /* owned by the widget tree */
  GtkBox *box;
  GtkLabel *drawn;
  GtkLabel *changed;

  /* owned */
  char *element;
  char *author;
  char *writer;
  char *writer_name;
  gboolean waiting; /* it may be an own thing that is in no log yet */
  GCancellable *cancellable;
};

enum
{
  SHOW_ONLY,
  SHOW_PAST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DrawAuthorCard, draw_author_card, GTK_TYPE_POPOVER)

/* --- When --- */

static void
show_when (GtkLabel *label, const char *text, int64_t ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (ms / 1000);
  g_autofree char *exact
      = time != NULL && ms > 0 ? g_date_time_format (time, _("%-d %B %Y, %H:%M:%S")) : NULL;

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), exact);
  gtk_widget_set_visible (GTK_WIDGET (label), TRUE);
}

static char *
make_when (int64_t ms)
{
  return draw_words_when (ms / 1000, g_get_real_time () / G_USEC_PER_SEC);
}

static void
show_trace (DrawAuthorCard *self, const DrawTrace *trace)
{
  g_autofree char *drawn = make_when (trace->drawn);
  g_autofree char *changed = make_when (trace->changed);
  g_autofree char *words = NULL;

  if (trace->drawn > 0)
    words = g_strdup (drawn);
  else
    words = g_strdup (self->waiting ? _("Not shared yet") : _("When is not known on this computer"));
  show_when (self->drawn, words, trace->drawn);
  g_clear_pointer (&words, g_free);
  if (trace->changed == 0 && g_str_equal (self->writer, self->author))
    return;
  if (trace->changed > 0)
    /* Translators: a person's name and a time: "Changed by Grace · 5 minutes ago" */
    words = g_strdup_printf (_("Changed by %s · %s"), self->writer_name, changed);
  else
    /* Translators: a person's name */
    words = g_strdup_printf (_("Changed by %s"), self->writer_name);
  show_when (self->changed, words, trace->changed);
}

static void
on_traced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawAuthorCard) self = user_data;
  DrawTrace trace = { 0 };
  g_autoptr (GError) error = NULL;

  draw_session_trace_finish (DRAW_SESSION (source), result, &trace, &error);
  if (error != NULL)
    g_info ("when something was drawn cannot be looked up: %s", error->message);
  if (!g_cancellable_is_cancelled (self->cancellable))
    show_trace (self, &trace);
}

/* --- What can be done --- */

static void
on_show_only (GtkButton *button, DrawAuthorCard *self)
{
  g_autofree char *author = g_strdup (self->author);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SHOW_ONLY], 0, author);
}

static void
on_show_past (GtkButton *button, DrawAuthorCard *self)
{
  g_autofree char *element = g_strdup (self->element);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SHOW_PAST], 0, element);
}

static GtkWidget *
add_button (DrawAuthorCard *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  if (clicked != NULL)
    g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_box_append (self->box, button);
  return button;
}

static void
on_remove_clicked (GtkButton *button, DrawAuthorCard *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
add_buttons (DrawAuthorCard *self, DrawSession *session)
{
  gboolean is_self = g_str_equal (self->author, draw_session_get_member (session));
  GtkWidget *button;

  gtk_box_append (self->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_button (self, is_self ? _("_Show Only What You Drew") : _("_Show Only What They Drew"),
              G_CALLBACK (on_show_only));
  add_button (self, _("See How It _Came"), G_CALLBACK (on_show_past));
  if (is_self || draw_session_get_role (session) != BOARD_ROLE_HOST)
    return;
  button = add_button (self, _("_Undo Everything They Did…"), G_CALLBACK (on_remove_clicked));
  /* The target first: an action that needs one complains of a name alone. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->author);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "people.remove-all");
}

/* --- Who --- */

static GtkLabel *
add_label (GtkBox *box, const char *text, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (label, 30);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static GtkLabel *
add_caption (GtkBox *box)
{
  GtkLabel *label = add_label (box, NULL, "caption");

  gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  return label;
}

static const char *
get_name (DrawSession *session, const char *id)
{
  DrawMember *member = draw_session_find_member (session, id);

  return member != NULL ? draw_member_get_name (member) : _("Somebody");
}

static void
add_person (DrawAuthorCard *self, DrawSession *session)
{
  DrawMember *member = draw_session_find_member (session, self->author);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkBox *words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *disc = draw_disc_new (member != NULL ? draw_member_get_color (member)
                                                  : draw_color_for_member (self->author),
                                   get_name (session, self->author), 32);

  gtk_widget_set_valign (disc, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), disc);
  add_label (words, get_name (session, self->author), "heading");
  self->drawn = add_caption (words);
  self->changed = add_caption (words);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (words));
  gtk_box_append (self->box, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Who Drew This"), -1);
}

/* --- The widget --- */

static void
draw_author_card_dispose (GObject *object)
{
  DrawAuthorCard *self = DRAW_AUTHOR_CARD (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (draw_author_card_parent_class)->dispose (object);
}

static void
draw_author_card_finalize (GObject *object)
{
  DrawAuthorCard *self = DRAW_AUTHOR_CARD (object);

  g_object_unref (self->cancellable);
  g_free (self->element);
  g_free (self->author);
  g_free (self->writer);
  g_free (self->writer_name);
  G_OBJECT_CLASS (draw_author_card_parent_class)->finalize (object);
}

static void
draw_author_card_class_init (DrawAuthorCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = draw_author_card_dispose;
  object_class->finalize = draw_author_card_finalize;
  signals[SHOW_ONLY] = g_signal_new ("show-only", DRAW_TYPE_AUTHOR_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SHOW_PAST] = g_signal_new ("show-past", DRAW_TYPE_AUTHOR_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
draw_author_card_init (DrawAuthorCard *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self), "author-card");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->box));
}

GtkWidget *
draw_author_card_new (DrawSession *session, const char *element, GActionGroup *people)
{
  DrawAuthorCard *self;
  const char *author, *writer;

  g_return_val_if_fail (DRAW_IS_SESSION (session) && element != NULL, NULL);

  if (!board_replica_get_authors (draw_session_get_replica (session), element, &author, &writer))
    return NULL;
  self = g_object_new (DRAW_TYPE_AUTHOR_CARD, NULL);
  self->element = g_strdup (element);
  self->author = g_strdup (author);
  self->writer = g_strdup (writer);
  self->writer_name = g_strdup (get_name (session, writer));
  self->waiting = g_str_equal (author, draw_session_get_member (session))
                  && board_replica_get_n_pending (draw_session_get_replica (session)) > 0;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "people", people);
  add_person (self, session);
  add_buttons (self, session);
  draw_session_trace_async (session, element, self->cancellable, on_traced, g_object_ref (self));
  return GTK_WIDGET (self);
}
