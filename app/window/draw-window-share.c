/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosting and inviting from the window: the dialog asks, the app's DrawHosting does, the session
 * tells. */
#include "window/draw-window-private.h"

#include <glib/gi18n.h>

#include "sync/draw-error.h"
#include "sync/draw-library.h"
#include "sync/draw-server-keys.h"
#include "sync/draw-session-copy.h"

/* What may keep others away. NULL: nothing that is known of. */
static char *
make_note (DrawHosting *hosting, char **addresses)
{
  guint port = draw_hosting_get_port (hosting);

  if (addresses != NULL && addresses[0] == NULL)
    return g_strdup (_("This computer is on no network now, so nobody else can come. Connect it to one, then "
                       "stop hosting and host again."));
  if (draw_hosting_has_moved (hosting))
    return g_strdup_printf (_("Another program took the port of before, so links that you gave away then do not "
                              "work now. Send these, which have port %u."),
                            port);
  if (addresses != NULL)
    return g_strdup_printf (_("If others cannot come, a firewall on this computer may be in the way: let TCP port "
                              "%u in (“sudo ufw allow %u/tcp”)."),
                            port, port);
  return NULL;
}

static void
show_invitation (DrawWindow *self)
{
  DrawHosting *hosting = draw_application_get_hosting (draw_window_get_app (self));
  const BoardLink *link = draw_session_get_link (self->session);
  gboolean own = draw_hosting_owns (hosting, self->session) && draw_hosting_is_running (hosting);
  g_auto (GStrv) addresses = own ? draw_hosting_list_addresses (hosting) : NULL;

  g_autofree char *note = own ? make_note (hosting, addresses) : NULL;

  draw_share_dialog_set_shared (self->share_dialog, link, (const char *const *)addresses, own);
  draw_share_dialog_set_note (self->share_dialog, note);
}

static void host_what_is_shown (DrawWindow *self);

static void
on_shared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = draw_hosting_share_finish (DRAW_HOSTING (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->sharing);
  if (self->taking_over && g_error_matches (error, DRAW_ERROR, DRAW_ERROR_DAMAGED))
    {
      host_what_is_shown (self);
      return;
    }
  self->taking_over = FALSE;
  if (self->share_dialog != NULL && done)
    show_invitation (self);
  else if (self->share_dialog != NULL)
    draw_share_dialog_set_failed (self->share_dialog, error->message);
  else if (!done)
    draw_window_say (self, error->message);
}

void
draw_window_cancel_sharing (DrawWindow *self)
{
  g_cancellable_cancel (self->sharing);
  g_clear_object (&self->sharing);
}

void
draw_window_host (DrawWindow *self, gboolean on_network)
{
  DrawHosting *hosting = draw_application_get_hosting (draw_window_get_app (self));

  draw_window_cancel_sharing (self);
  self->sharing = g_cancellable_new ();
  if (self->share_dialog != NULL)
    draw_share_dialog_set_working (self->share_dialog);
  draw_hosting_share_async (hosting, self->session, on_network, self->sharing, on_shared,
                            g_object_ref (self));
}

static void
on_dialog_host (DrawShareDialog *dialog, gboolean on_network, DrawWindow *self)
{
  draw_window_host (self, on_network);
}

/* --- On a server that runs elsewhere --- */

typedef struct
{
  DrawWindow *window; /* owned */
  char *origin;
  char *key; /* as it was typed; NULL: none, or one that is known already */
} Departure;

static void
departure_free (Departure *departure)
{
  g_object_unref (departure->window);
  g_free (departure->origin);
  g_free (departure->key);
  g_free (departure);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Departure, departure_free)

static char *
get_key_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "drawbridge", NULL);
}

static void
on_shared_elsewhere (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Departure) departure = user_data;
  DrawWindow *self = departure->window;
  g_autofree char *directory = get_key_directory ();
  g_autoptr (GError) error = NULL;

  if (draw_session_share_finish (DRAW_SESSION (source), result, &error))
    {
      if (departure->key != NULL && !draw_server_keys_store (directory, departure->origin, departure->key))
        draw_window_say (self, _("The server’s key cannot be kept. You will be asked for it again."));
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->sharing);
  if (self->share_dialog == NULL)
    draw_window_say (self, error != NULL ? error->message : _("The board is shared now."));
  else if (error == NULL)
    show_invitation (self);
  else if (g_error_matches (error, DRAW_ERROR, DRAW_ERROR_KEY))
    draw_share_dialog_ask_for_key (self->share_dialog, error->message);
  else
    draw_share_dialog_set_failed (self->share_dialog, error->message);
}

static void
on_dialog_share (DrawShareDialog *dialog, const char *origin, const char *key, DrawWindow *self)
{
  g_autofree char *directory = get_key_directory ();
  g_autofree char *known = *key == '\0' ? draw_server_keys_lookup (directory, origin) : NULL;
  Departure *departure = g_new0 (Departure, 1);

  departure->window = g_object_ref (self);
  departure->origin = g_strdup (origin);
  departure->key = *key != '\0' ? g_strdup (key) : NULL;
  draw_window_cancel_sharing (self);
  self->sharing = g_cancellable_new ();
  draw_share_dialog_set_working (dialog);
  draw_session_share_with_key_async (self->session, origin, *key != '\0' ? key : known, self->sharing,
                                     on_shared_elsewhere, departure);
}

static void
on_dialog_cancelled (DrawShareDialog *dialog, DrawWindow *self)
{
  draw_window_cancel_sharing (self);
  draw_share_dialog_set_idle (dialog);
}

static void
on_dialog_stop (DrawShareDialog *dialog, DrawWindow *self)
{
  draw_hosting_stop (draw_application_get_hosting (draw_window_get_app (self)));
  gtk_window_close (GTK_WINDOW (dialog));
  draw_window_say (self, _("Hosting stopped. The board stays here."));
}

/* A board that is hosted here and does not run, or was never shared, may be hosted; any other has
 * its place. */
static gboolean
is_to_be_hosted (DrawWindow *self)
{
  DrawHosting *hosting = draw_application_get_hosting (draw_window_get_app (self));

  if (self->taking_over)
    return TRUE;
  if (draw_session_get_link (self->session) == NULL)
    return TRUE;
  return draw_hosting_owns (hosting, self->session) && !draw_hosting_is_running (hosting);
}

static void
open_dialog (DrawWindow *self)
{
  DrawShareDialog *dialog;

  if (self->session == NULL)
    return;
  dialog = draw_share_dialog_new (draw_application_get_settings (draw_window_get_app (self)),
                                  draw_application_get_announcer (draw_window_get_app (self)));
  g_set_weak_pointer (&self->share_dialog, dialog);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_object (dialog, "host", G_CALLBACK (on_dialog_host), self, 0);
  g_signal_connect_object (dialog, "share", G_CALLBACK (on_dialog_share), self, 0);
  g_signal_connect_object (dialog, "cancelled", G_CALLBACK (on_dialog_cancelled), self, 0);
  g_signal_connect_object (dialog, "stop", G_CALLBACK (on_dialog_stop), self, 0);
  if (self->sharing != NULL)
    draw_share_dialog_set_working (dialog);
  else if (is_to_be_hosted (self))
    draw_share_dialog_set_idle (dialog);
  else
    show_invitation (self);
  draw_window_connect_invitations (self, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
draw_window_share (DrawWindow *self)
{
  /* What was not confirmed then is not meant now. */
  if (self->share_dialog == NULL && self->sharing == NULL)
    self->taking_over = FALSE;
  open_dialog (self);
}

/* A board of its own, with what can be seen: messages, votes and who drew what do not come along. */
static void
host_what_is_shown (DrawWindow *self)
{
  g_autofree char *directory = draw_library_get_directory ();
  g_autoptr (DrawSession) copy = NULL;
  g_autoptr (GError) error = NULL;

  self->taking_over = FALSE;
  if (self->share_dialog != NULL)
    gtk_window_close (GTK_WINDOW (self->share_dialog));
  copy = draw_session_copy (self->session, directory, &error);
  if (copy == NULL)
    {
      draw_window_say (self, error->message);
      return;
    }
  draw_application_show_session (draw_window_get_app (self), self, copy);
  draw_window_share (self);
}

void
draw_window_host_copy (DrawWindow *self)
{
  DrawShareState state;

  if (self->session == NULL)
    return;
  state = draw_session_get_share_state (self->session);
  if (state != DRAW_SHARE_OFFLINE && state != DRAW_SHARE_REFUSED && state != DRAW_SHARE_CONNECTING)
    {
      host_what_is_shown (self);
      return;
    }
  /* Nobody else serves it: it goes on here, as the same board. */
  self->taking_over = TRUE;
  draw_session_disconnect (self->session);
  open_dialog (self);
}
