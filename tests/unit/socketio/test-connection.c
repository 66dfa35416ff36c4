/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "socketio/sio-connection.h"
#include "socketio/sio-types.h"

/* A script is steps with blanks between them, what is expected behind '='. Steps:
 *   TEXT=action     a text message; b:DATA is a binary one
 *   +nsp -nsp !nsp  the owner accepts, refuses, leaves
 *   #n              so many are joined
 *   x               the owner closes
 * Actions: C connect, D disconnect, E event, A ack, . nothing, ! breach. */
static const struct
{
  const char *name;
  const char *script;
} scripts[] = {
  { "hello", "0=C +/ #1 2[\"a\"]=E 3[]=. 30[]=A 1=D #0" },
  { "two namespaces", "0=C +/ 0/n,=C +/n #2 2/n,[\"a\"]=E 1/n,=D #1 2[\"a\"]=E" },
  { "auth", "0{\"token\":1}=C" },
  { "main namespace by name", "0/,=C +/ 2[\"a\"]=E" },
  { "without a comma", "0/n=C +/n 2/n,[\"a\"]=E" },
  { "again after leaving", "0=C +/ 1=D 0=C +/ #1" },
  { "again after a refusal", "0=C -/ #0 0=C +/ #1" },
  { "twice", "0=C +/ 0=!" },
  { "twice in another namespace", "0=C +/ 0/n,=C +/n 0/n,=!" },
  { "twice while it is decided", "0=C 0=!" },
  { "event while it is decided", "0=C 2[\"a\"]=!" },
  { "disconnect while it is decided", "0=C 1=!" },
  { "event before", "2[\"a\"]=!" },
  { "ack before", "31[]=!" },
  { "disconnect before", "1=!" },
  { "event elsewhere", "0=C +/ 2/n,[\"a\"]=!" },
  { "disconnect elsewhere", "0=C +/ 1/n,=!" },
  { "event after disconnect", "0=C +/ 1=D 2[\"a\"]=!" },
  { "event after a refusal", "0=C -/ 2[\"a\"]=!" },
  { "connect error", "0=C +/ 4{\"message\":\"x\"}=!" },
  { "connect error first", "4{\"message\":\"x\"}=!" },
  { "no packet", "0=C +/ hello=!" },
  { "attachment", "0=C +/ 51-[\"a\"]=. b:x=E 61-1[]=. b:x=A" },
  { "attachment unannounced", "0=C +/ b:x=!" },
  { "attachment missing", "0=C +/ 51-[\"a\"]=. 2[\"a\"]=!" },
  { "server leaves", "0=C +/ !/ #0 2[\"late\"]=. 31[]=. 1=. 2[\"a\"]=!" },
  { "server leaves one", "0=C +/ 0/n,=C +/n !/n 2/n,[\"late\"]=. 2[\"a\"]=E" },
  { "server leaves, client returns", "0=C +/ !/ 0=C +/ 2[\"a\"]=E 0=!" },
  { "server leaves, attachments under way", "0=C +/ 51-[\"a\"]=. !/ b:x=." },
  { "too many", "0=C +/ 0/a,=C +/a 0/b,=C +/b 0/c,=!" },
  { "too many undecided", "0/a,=C 0/b,=C 0/c,=C 0/d,=!" },
  { "left ones make room", "0/a,=C +/a 0/b,=C +/b 0/c,=C +/c !/a 0/d,=C +/d #3 2/a,[\"x\"]=!" },
  { "too many refused", "0/a,=C -/a 0/a,=C -/a 0/b,=C -/b 0/c,=!" },
  { "refused with success between",
    "0/a,=C -/a 0/a,=C -/a 0/b,=C +/b 0/a,=C -/a 0/a,=C -/a 2/b,[\"x\"]=E" },
  { "after the end", "0=C +/ x 2[\"a\"]=. nonsense=. b:x=. 0=." },
};

static void
receive (SioConnection *connection, const char *text, char expected)
{
  static const char letters[]
      = { [SIO_CONNECTION_NOTHING] = '.',    [SIO_CONNECTION_CONNECT] = 'C',
          [SIO_CONNECTION_DISCONNECT] = 'D', [SIO_CONNECTION_EVENT] = 'E',
          [SIO_CONNECTION_ACK] = 'A',        [SIO_CONNECTION_BREACH] = '!' };
  gboolean binary = g_str_has_prefix (text, "b:");
  const char *content = binary ? text + 2 : text;
  g_autoptr (GBytes) message = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  g_auto (SioPacket) packet = { 0 };
  gpointer data = NULL;
  SioConnectionAction action;

  action = sio_connection_receive (connection, message, binary, &packet, &data, &error);
  g_assert_cmpint (letters[action], ==, expected);
  g_assert_true ((error != NULL) == (action == SIO_CONNECTION_BREACH));
  g_assert_true ((packet.nsp != NULL)
                 == (action != SIO_CONNECTION_NOTHING && action != SIO_CONNECTION_BREACH));
  if (action == SIO_CONNECTION_CONNECT)
    sio_connection_set_data (connection, packet.nsp, (gpointer)g_intern_string (packet.nsp));
  else if (packet.nsp != NULL)
    g_assert_true (data == (gpointer)g_intern_string (packet.nsp));
}

static void
step (SioConnection *connection, const char *text)
{
  const char *equals = strrchr (text, '=');
  g_autofree char *message = equals != NULL ? g_strndup (text, equals - text) : NULL;

  if (equals != NULL)
    receive (connection, message, equals[1]);
  else if (text[0] == '+')
    sio_connection_accept (connection, text + 1);
  else if (text[0] == '-')
    sio_connection_refuse (connection, text + 1);
  else if (text[0] == '!')
    sio_connection_leave (connection, text + 1);
  else if (text[0] == '#')
    g_assert_cmpuint (sio_connection_get_n_joined (connection), ==, (guint)(text[1] - '0'));
  else
    g_ptr_array_unref (sio_connection_close (connection));
}

static void
test_script (gconstpointer data)
{
  SioPacketLimits limits;
  g_autoptr (SioConnection) connection = NULL;
  g_auto (GStrv) steps = g_strsplit (data, " ", -1);

  sio_packet_limits_init (&limits);
  connection = sio_connection_new (&limits, 3);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_test_message ("%s", steps[i]);
      step (connection, steps[i]);
    }
}

static void
test_waiting (void)
{
  SioPacketLimits limits;
  g_autoptr (SioConnection) connection = NULL;

  sio_packet_limits_init (&limits);
  connection = sio_connection_new (&limits, 3);
  step (connection, "0=C");
  step (connection, "+/");
  g_assert_false (sio_connection_is_waiting (connection));
  step (connection, "52-[\"a\"]=.");
  g_assert_true (sio_connection_is_waiting (connection));
  step (connection, "b:x=.");
  g_assert_true (sio_connection_is_waiting (connection));
  step (connection, "b:y=E");
  g_assert_false (sio_connection_is_waiting (connection));
}

static gboolean
is_slow (gpointer data)
{
  return g_str_equal (data, "/slow");
}

static void
test_any (void)
{
  SioPacketLimits limits;
  g_autoptr (SioConnection) connection = NULL;

  sio_packet_limits_init (&limits);
  connection = sio_connection_new (&limits, 10);
  step (connection, "0=C");
  step (connection, "+/");
  g_assert_false (sio_connection_any (connection, is_slow));
  step (connection, "0/slow,=C");
  g_assert_true (sio_connection_any (connection, is_slow));
  step (connection, "+/slow");
  step (connection, "!/slow");
  g_assert_false (sio_connection_any (connection, is_slow));
}

/* Joined and being joined, in order; not what was left. */
static void
test_close (void)
{
  SioPacketLimits limits;
  g_autoptr (SioConnection) connection = NULL;
  g_autoptr (GPtrArray) all = NULL;

  sio_packet_limits_init (&limits);
  connection = sio_connection_new (&limits, 10);
  step (connection, "0=C");
  step (connection, "+/");
  step (connection, "0/left,=C");
  step (connection, "+/left");
  step (connection, "!/left");
  step (connection, "0/undecided,=C");
  all = sio_connection_close (connection);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (all->pdata[0], ==, "/");
  g_assert_cmpstr (all->pdata[1], ==, "/undecided");
  g_assert_cmpuint (sio_connection_get_n_joined (connection), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = g_strconcat ("/connection/script/", scripts[i].name, NULL);

      g_test_add_data_func (path, scripts[i].script, test_script);
    }
  g_test_add_func ("/connection/waiting", test_waiting);
  g_test_add_func ("/connection/any", test_any);
  g_test_add_func ("/connection/close", test_close);
  return g_test_run ();
}
