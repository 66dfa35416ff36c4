/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A client's messages into the server's side of a session: the input's lines. 'b' is a binary
 * message; 'a', 'r' and 'l' with a namespace's name are the owner, who accepts, refuses or leaves
 * where that can be. A model of the namespaces, kept beside it, has to agree with what comes out.
 */
#include <stdint.h>
#include <string.h>

#include "socketio/sio-connection.h"

#define MAX_NAMESPACES 3

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  SioPacketLimits limits;
  SioConnection *connection;
  GHashTable *undecided; /* sets of names */
  GHashTable *joined;
} Session;

static void
own (Session *session, char verb, const char *nsp)
{
  if (verb == 'a' && g_hash_table_remove (session->undecided, nsp))
    {
      sio_connection_accept (session->connection, nsp);
      g_hash_table_add (session->joined, g_strdup (nsp));
    }
  else if (verb == 'r' && g_hash_table_remove (session->undecided, nsp))
    sio_connection_refuse (session->connection, nsp);
  else if (verb == 'l' && g_hash_table_remove (session->joined, nsp))
    sio_connection_leave (session->connection, nsp);
}

static void
check (Session *session, SioConnectionAction action, const SioPacket *packet, gpointer data)
{
  g_assert_true ((packet->nsp != NULL)
                 == (action != SIO_CONNECTION_NOTHING && action != SIO_CONNECTION_BREACH));
  if (action == SIO_CONNECTION_CONNECT)
    {
      g_assert_false (g_hash_table_contains (session->joined, packet->nsp));
      g_assert_true (g_hash_table_add (session->undecided, g_strdup (packet->nsp)));
      sio_connection_set_data (session->connection, packet->nsp, session);
    }
  else if (packet->nsp != NULL)
    {
      g_assert_true (data == session);
      g_assert_true (g_hash_table_contains (session->joined, packet->nsp));
      if (action == SIO_CONNECTION_DISCONNECT)
        g_hash_table_remove (session->joined, packet->nsp);
    }
  g_assert_cmpuint (sio_connection_get_n_joined (session->connection), ==,
                    g_hash_table_size (session->joined));
  g_assert_cmpuint (g_hash_table_size (session->joined) + g_hash_table_size (session->undecided),
                    <=, MAX_NAMESPACES);
}

/* Returns FALSE when the session is over. */
static gboolean
feed (Session *session, const char *line, gsize length)
{
  g_autoptr (GBytes) message = g_bytes_new (line, length);
  g_auto (SioPacket) packet = { 0 };
  g_autoptr (GError) error = NULL;
  gpointer data = NULL;
  SioConnectionAction action;

  if (length > 1 && strchr ("arl", line[0]) != NULL)
    {
      g_autofree char *nsp = g_strndup (line + 1, length - 1);

      own (session, line[0], nsp);
      return TRUE;
    }
  action = sio_connection_receive (session->connection, message, length > 0 && line[0] == 'b',
                                   &packet, &data, &error);
  check (session, action, &packet, data);
  g_assert_true ((error != NULL) == (action == SIO_CONNECTION_BREACH));
  return action != SIO_CONNECTION_BREACH;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *p = (const char *)data;
  const char *end = p + size;
  Session session;
  gboolean lives = TRUE;

  if (!g_utf8_validate_len (p, size, NULL))
    return 0;
  sio_packet_limits_init (&session.limits);
  session.connection = sio_connection_new (&session.limits, MAX_NAMESPACES);
  session.undecided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  session.joined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (p < end && lives)
    {
      const char *line_end = memchr (p, '\n', end - p);

      line_end = line_end != NULL ? line_end : end;
      lives = feed (&session, p, line_end - p);
      p = line_end + 1;
    }
  g_ptr_array_unref (sio_connection_close (session.connection));
  sio_connection_free (session.connection);
  g_hash_table_unref (session.undecided);
  g_hash_table_unref (session.joined);
  return 0;
}
