/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include "board/board-seal.h"

#define PAGE 3 /* entries of one event: whole ones of the largest size stay below what a client takes */

static void
entry_free (FakeEntry *entry)
{
  g_free (entry->member);
  g_free (entry->body);
  g_free (entry);
}

FakeServer *
fake_server_new (void)
{
  FakeServer *self = g_new0 (FakeServer, 1);
  g_autofree char *board = board_id_generate ();
  BoardKey invite, key;

  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->role = BOARD_ROLE_EDITOR;
  fake_server_start (self);
  board_key_generate (&invite);
  board_key_generate (&key);
  self->link = board_link_new ("127.0.0.1", self->port, FALSE, board, &invite, &key);
  return self;
}

void
fake_server_free (FakeServer *self)
{
  fake_server_stop (self);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->sockets);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->profiles);
  board_link_free (self->link);
  g_free (self);
}

/* --- What it says ------------------------------------------------------------------------------- */

uint64_t
fake_server_get_counter (FakeServer *self, const char *member)
{
  uint64_t counter = 0;

  for (guint i = 0; i < self->log->len; i++)
    {
      FakeEntry *entry = g_ptr_array_index (self->log, i);

      if (g_str_equal (entry->member, member))
        counter = MAX (counter, entry->counter);
    }
  return counter;
}

void
fake_server_emit (FakeServer *self, const char *event, SioArgs *args)
{
  for (guint i = 0; i < self->sockets->len; i++)
    sio_socket_emit (g_ptr_array_index (self->sockets, i), event, args);
}

/* [[...], ...] of at most that many entries from first on. Transfer full. */
static char *
make_entries (FakeServer *self, uint64_t first, uint64_t n)
{
  GString *text = g_string_new ("[");

  for (uint64_t seq = first; seq <= self->log->len && seq < first + n; seq++)
    {
      FakeEntry *entry = g_ptr_array_index (self->log, seq - 1);
      BoardEntry wire = { entry->member, entry->counter, 1700000000000, entry->body };

      if (seq > first)
        g_string_append_c (text, ',');
      board_entry_append (text, &wire);
    }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static SioArgs *
make_ops (FakeServer *self, uint64_t first, uint64_t n)
{
  SioArgs *args = sio_args_new ();
  g_autofree char *entries = make_entries (self, first, n);

  sio_args_add_int (args, (int64_t) first);
  sio_args_add_json (args, entries, -1);
  return args;
}

static void
broadcast_newest (FakeServer *self)
{
  g_autoptr (SioArgs) args = make_ops (self, self->log->len, 1);

  if (self->drop_ops_event > 0)
    self->drop_ops_event--;
  else
    fake_server_emit (self, BOARD_EVENT_OPS, args);
}

void
fake_server_add_body (FakeServer *self, const char *member, uint64_t counter, const char *body)
{
  FakeEntry *entry = g_new0 (FakeEntry, 1);

  entry->member = g_strdup (member);
  entry->counter = counter;
  entry->body = g_strdup (body);
  g_ptr_array_add (self->log, entry);
  broadcast_newest (self);
}

void
fake_server_add_op (FakeServer *self, const BoardKey *member_seed, uint64_t counter, const char *text)
{
  g_autofree char *member = NULL, *body = NULL;
  BoardKey public_key;

  board_key_public (member_seed, &public_key);
  member = board_key_to_text (&public_key);
  body = board_seal_op (&self->link->key, self->link->board, member, counter, text);
  fake_server_add_body (self, member, counter, body);
}

/* --- What it hears ------------------------------------------------------------------------------ */

static void
answer (SioAck *ack, JsonNode *node)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_node (args, node);
  sio_ack_send (ack, args);
}

static void
answer_json (SioAck *ack, const char *text)
{
  g_autoptr (SioArgs) args = sio_args_new ();

  sio_args_add_json (args, text, -1);
  sio_ack_send (ack, args);
}

static void
answer_seq (SioAck *ack, uint64_t seq)
{
  g_autofree char *text = g_strdup_printf ("{\"seq\":%" G_GUINT64_FORMAT "}", (guint64) seq);

  answer_json (ack, text);
}

static void
refuse (FakeServer *self, SioAck *ack, BoardRefusal refusal, uint64_t expected)
{
  g_autoptr (JsonNode) node = refusal == BOARD_REFUSAL_GAP ? board_refusal_gap_to_json (expected, "")
                                                           : board_refusal_to_json (refusal, "");

  self->n_refused++;
  answer (ack, node);
}

static uint64_t
find_seq (FakeServer *self, const char *member, uint64_t counter)
{
  for (guint i = 0; i < self->log->len; i++)
    {
      FakeEntry *entry = g_ptr_array_index (self->log, i);

      if (entry->counter == counter && g_str_equal (entry->member, member))
        return i + 1;
    }
  return 0;
}

static void
on_op (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer data)
{
  FakeServer *self = data;
  const char *member = g_hash_table_lookup (self->members, sio_socket_get_id (socket));
  const char *body = sio_args_get_string (args, 1);
  uint64_t known = fake_server_get_counter (self, member);
  int64_t counter;

  g_assert_true (sio_args_get_int (args, 0, &counter));
  g_assert_nonnull (body);
  self->n_received++;
  if ((uint64_t) counter == self->refuse_counter && self->refuse_times > 0)
    {
      self->refuse_times--;
      refuse (self, ack, self->refusal, 0);
      return;
    }
  if ((uint64_t) counter > known + 1)
    {
      refuse (self, ack, BOARD_REFUSAL_GAP, known + 1);
      return;
    }
  if ((uint64_t) counter == known + 1)
    fake_server_add_body (self, member, (uint64_t) counter, body);
  if (self->babble != NULL)
    answer_json (ack, g_steal_pointer (&self->babble));
  else if (!self->mute)
    answer_seq (ack, find_seq (self, member, (uint64_t) counter));
}

static void
on_cast (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer data)
{
  FakeServer *self = data;
  const char *member = g_hash_table_lookup (self->members, sio_socket_get_id (socket));
  BoardEntry entry = { member, 0, 0, sio_args_get_string (args, 0) };
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (SioArgs) out = sio_args_new ();

  board_cast_entry_append (text, &entry);
  g_string_append_c (text, ']');
  sio_args_add_json (out, text->str, (gssize) text->len);
  fake_server_emit (self, BOARD_EVENT_CAST, out);
}

static void
on_history (SioSocket *socket, SioArgs *args, SioAck *ack, gpointer data)
{
  FakeServer *self = data;
  g_autofree char *entries = NULL, *text = NULL;
  int64_t first, limit;

  g_assert_true (sio_args_get_int (args, 0, &first) && sio_args_get_int (args, 1, &limit));
  entries = make_entries (self, (uint64_t) first, MIN ((uint64_t) limit, self->history_page));
  text = g_strdup_printf ("{\"first\":%" G_GINT64_FORMAT ",\"ops\":%s}", first, entries);
  if ((uint64_t) first > self->log->len)
    self->n_probes++;
  else
    self->n_questions++;
  if (!self->mute)
    answer_json (ack, self->history_lie != NULL ? self->history_lie : text);
}

/* --- Who comes and goes ------------------------------------------------------------------------- */

static void
say_hello (FakeServer *self, SioSocket *socket, const BoardSnapshot *shortcut, const char *member)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) board_member_free);
  BoardHello hello = {
    .you = (char *) member,
    .role = self->role,
    .seq = self->log->len,
    .counter = fake_server_get_counter (self, member),
    .members = members,
    .snapshot = *shortcut,
    .now = self->now,
  };
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (JsonNode) node = NULL;
  GHashTableIter iter;
  gpointer id, profile;

  g_hash_table_iter_init (&iter, self->profiles);
  while (g_hash_table_iter_next (&iter, &id, &profile))
    {
      BoardMember *one = g_new0 (BoardMember, 1);

      one->id = g_strdup (id);
      one->profile = g_strdup (profile);
      one->role = self->role;
      one->here = TRUE;
      g_ptr_array_add (members, one);
    }
  node = board_hello_build (&hello);
  sio_args_add_node (args, node);
  sio_socket_emit (socket, BOARD_EVENT_HELLO, args);
}

static void
say_presence (FakeServer *self, const char *joined, const char *left)
{
  g_autoptr (BoardPresence) presence = board_presence_new ();
  g_autoptr (SioArgs) args = sio_args_new ();
  g_autoptr (JsonNode) node = NULL;

  if (joined != NULL)
    {
      BoardMember *member = g_new0 (BoardMember, 1);

      member->id = g_strdup (joined);
      member->profile = g_strdup (g_hash_table_lookup (self->profiles, joined));
      member->role = self->role;
      member->here = TRUE;
      g_ptr_array_add (presence->joined, member);
    }
  if (left != NULL)
    g_ptr_array_add (presence->left, g_strdup (left));
  node = board_presence_build (presence);
  sio_args_add_node (args, node);
  fake_server_emit (self, BOARD_EVENT_MEMBERS, args);
}

static void
on_disconnected (SioSocket *socket, SioDisconnectReason reason, FakeServer *self)
{
  const char *member = g_hash_table_lookup (self->members, sio_socket_get_id (socket));

  if (!g_ptr_array_remove (self->sockets, socket))
    return;
  say_presence (self, NULL, member);
}

static void
on_connection (SioNamespace *nsp, SioSocket *socket, FakeServer *self)
{
  g_autoptr (BoardJoin) join = board_join_parse (sio_socket_get_auth (socket), NULL);
  g_autofree char *member = board_key_to_text (&join->member_key);
  BoardSnapshot shortcut = { 0 };
  uint64_t since = (uint64_t) MAX (join->since, 0);

  if (join->snapshot && self->snapshot.seq > since)
    {
      shortcut = self->snapshot;
      since = shortcut.seq;
      self->n_shortcuts++;
    }
  self->n_connects++;
  g_hash_table_replace (self->members, g_strdup (sio_socket_get_id (socket)), g_strdup (member));
  if (join->profile != NULL)
    g_hash_table_replace (self->profiles, g_strdup (member), g_strdup (join->profile));
  g_signal_connect (socket, "disconnected", G_CALLBACK (on_disconnected), self);
  sio_socket_on (socket, BOARD_EVENT_OP, on_op, self, NULL);
  sio_socket_on (socket, BOARD_EVENT_CAST, on_cast, self, NULL);
  sio_socket_on (socket, BOARD_EVENT_HISTORY, on_history, self, NULL);
  say_presence (self, member, NULL);
  g_ptr_array_add (self->sockets, g_object_ref (socket));
  say_hello (self, socket, &shortcut, member);
  for (uint64_t first = since + 1; first <= self->log->len; first += PAGE)
    {
      g_autoptr (SioArgs) args = make_ops (self, first, PAGE);

      sio_socket_emit (socket, BOARD_EVENT_OPS, args);
    }
}

static void
on_connect (SioNamespace *nsp, SioSocket *socket, SioNext *next, gpointer data)
{
  FakeServer *self = data;
  const char *sid = sio_socket_get_engine_id (socket);
  JsonObject *auth = sio_socket_get_auth (socket);
  g_autoptr (BoardJoin) join = auth != NULL ? board_join_parse (auth, NULL) : NULL;
  gboolean ok = join != NULL && g_str_equal (join->board, self->link->board) &&
                board_proof_verify (&join->member_key, join->member_proof, sid, join->board) &&
                (!join->has_invite ||
                 board_proof_verify (&join->invite_key, join->invite_proof, sid, join->board));

  if (ok && self->refuse_connects == 0)
    {
      sio_next_accept (next);
      return;
    }
  {
    g_autoptr (JsonNode) data_node =
        board_refusal_to_json (ok ? self->refusal : BOARD_REFUSAL_NOT_INVITED, "");

    if (self->refuse_connects > 0)
      self->refuse_connects--;
    self->n_refused++;
    sio_next_reject (next, "refused", data_node);
  }
}

void
fake_server_start (FakeServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);
  g_autoptr (GError) error = NULL;
  SioNamespace *nsp;

  self->sio = sio_server_new ();
  nsp = sio_server_of (self->sio, "/");
  sio_namespace_use (nsp, on_connect, self, NULL);
  g_signal_connect (nsp, "connection", G_CALLBACK (on_connection), self);
  sio_server_listen (self->sio, address, NULL, &error);
  g_assert_no_error (error);
  self->port = eio_server_get_port (sio_server_get_engine (self->sio));
}

void
fake_server_kick (FakeServer *self)
{
  g_autoptr (GPtrArray) sockets = g_steal_pointer (&self->sockets);

  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < sockets->len; i++)
    sio_socket_disconnect (g_ptr_array_index (sockets, i), TRUE);
}

void
fake_server_stop (FakeServer *self)
{
  if (self->sio == NULL)
    return;
  g_ptr_array_set_size (self->sockets, 0);
  sio_server_close (self->sio);
  g_clear_object (&self->sio);
}
