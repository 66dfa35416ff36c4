/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "socketio/sio-comeback.h"

#include <string.h>

#include "socketio/sio-packet.h"

SioComeback *
sio_comeback_new (SioRecovery *recovery)
{
  SioComeback *self = g_new0 (SioComeback, 1);

  sio_id_make (self->pid);
  self->position = sio_recovery_get_position (recovery);
  return self;
}

SioComeback *
sio_comeback_new_restored (SioSavedSession *saved)
{
  SioComeback *self;

  if (strlen (saved->sid) != SIO_ID_LENGTH || strlen (saved->pid) != SIO_ID_LENGTH)
    return NULL;
  self = g_new0 (SioComeback, 1);
  strcpy (self->pid, saved->pid);
  self->position = saved->position;
  self->restored = sio_saved_session_ref (saved);
  return self;
}

void
sio_comeback_free (SioComeback *self)
{
  g_clear_pointer (&self->restored, sio_saved_session_unref);
  g_free (self);
}

static char *
take_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  char *string = NULL;

  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    string = json_node_dup_string (node);
  json_object_remove_member (object, name);
  return string;
}

void
sio_comeback_take (JsonNode *auth, char **pid, char **offset)
{
  JsonObject *object = auth != NULL ? json_node_get_object (auth) : NULL;

  *pid = object != NULL ? take_string (object, "pid") : NULL;
  *offset = object != NULL ? take_string (object, "offset") : NULL;
}

void
sio_comeback_note_drop (SioComeback *self, uint64_t position)
{
  if (self->hole == 0)
    self->hole = position;
}

SioSavedSession *
sio_comeback_save (SioComeback *self, const char *id, const char *const *rooms, JsonNode *data)
{
  SioSavedSession *saved = sio_saved_session_new (id, self->pid);

  saved->rooms = g_strdupv ((GStrv)rooms + 1); /* without its own */
  saved->data = data != NULL ? json_node_ref (data) : NULL;
  saved->position = self->position;
  saved->hole = self->hole;
  return saved;
}

/* As the reference has it. Those who were too slow could not take what they have missed either. */
gboolean
sio_comeback_is_possible (SioDisconnectReason reason)
{
  switch (reason)
    {
    case SIO_DISCONNECT_TRANSPORT_ERROR:
    case SIO_DISCONNECT_TRANSPORT_CLOSE:
    case SIO_DISCONNECT_FORCED_CLOSE:
    case SIO_DISCONNECT_PING_TIMEOUT:
    case SIO_DISCONNECT_SERVER_SHUTTING_DOWN:
    case SIO_DISCONNECT_FORCED_SERVER_CLOSE:
      return TRUE;
    case SIO_DISCONNECT_PARSE_ERROR:
    case SIO_DISCONNECT_CLIENT_NAMESPACE:
    case SIO_DISCONNECT_SERVER_NAMESPACE:
    case SIO_DISCONNECT_TOO_SLOW:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/* Sending may end the session, and whatever its handlers do. */
void
sio_comeback_send_missed (SioComeback *self,
                          SioRecovery *recovery,
                          SioSession *session,
                          const char *nsp)
{
  g_autoptr (SioSession) used = sio_session_ref (session);
  g_autoptr (SioSavedSession) restored
      = self->restored != NULL ? sio_saved_session_ref (self->restored) : NULL;
  g_autoptr (GPtrArray) logged = NULL;

  if (restored == NULL)
    return;
  if (recovery != NULL)
    logged = sio_recovery_get_missed (recovery, restored);
  for (guint i = 0; restored->missed != NULL && i < restored->missed->len; i++)
    {
      const SioMissedEvent *missed = restored->missed->pdata[i];

      sio_session_send (used, sio_packet_encode_event (nsp, missed->event, missed->args, -1),
                        missed->args);
    }
  for (guint i = 0; logged != NULL && i < logged->len; i++)
    {
      EioSocket *engine = sio_session_get_engine (used);

      if (engine != NULL)
        sio_outgoing_send (logged->pdata[i], engine);
    }
}
