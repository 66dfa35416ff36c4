/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A live board over a store that fails in every way that a disk can: nothing is promised that is
 * not stored, nobody's log has a hole or a double, and it goes on as soon as it can. */

#include <string.h>

#include "deaf-fixture.h"
#include "log/bridge-log.h"
#include "store/bridge-memory-store.h"
#include "store/bridge-request.h"

/* What happens to the next requests of its kind. */
typedef enum {
  MOOD_WELL,
  MOOD_FAILS, /* nothing is done */
  MOOD_LIES,  /* it is done, and said to have failed: an fsync that came to nothing, after which the
                 file  has it all the same */
  MOOD_WAITS, /* nothing is done until the mood is another */
} Mood;

#define MOODY_TYPE_STORE (moody_store_get_type ())
G_DECLARE_FINAL_TYPE (MoodyStore, moody_store, MOODY, STORE, GObject)

struct _MoodyStore {
  GObject parent_instance;

  BridgeStore *inner;
  Mood append, read, load, admit;
  GQueue waiting; /* GTask */
  guint n_reads;  /* those of guest_sync() aside */
};

static void moody_store_iface_init (BridgeStoreInterface *iface);

G_DEFINE_TYPE_WITH_CODE (MoodyStore,
                         moody_store,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (BRIDGE_TYPE_STORE, moody_store_iface_init))

static void
fail (GTask *task)
{
  bridge_request_answer (task, NULL,
                         g_error_new (BRIDGE_STORE_ERROR, BRIDGE_STORE_ERROR_UNAVAILABLE,
                                      "Bad mood"));
  g_object_unref (task);
}

static void
on_inner_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BridgeAppended appended;

  g_assert_true (bridge_store_append_finish (BRIDGE_STORE (source), result, &appended, NULL));
  fail (user_data);
}

static Mood
mood_for (MoodyStore *self, BridgeRequestKind kind)
{
  switch (kind)
    {
    case BRIDGE_REQUEST_APPEND:
      return self->append;
    case BRIDGE_REQUEST_READ:
      return self->read;
    case BRIDGE_REQUEST_LOAD:
      return self->load;
    case BRIDGE_REQUEST_ADMIT:
      return self->admit;
    default:
      return MOOD_WELL;
    }
}

static void
moody_store_submit (BridgeStore *store, GTask *task)
{
  MoodyStore *self = MOODY_STORE (store);
  BridgeRequest *request = g_task_get_task_data (task);

  if (request->kind == BRIDGE_REQUEST_READ && request->to > 1)
    self->n_reads++;
  switch (mood_for (self, request->kind))
    {
    case MOOD_WELL:
      BRIDGE_STORE_GET_IFACE (self->inner)->submit (self->inner, task);
      break;
    case MOOD_FAILS:
      fail (task);
      break;
    case MOOD_LIES:
      g_assert_cmpint (request->kind, ==, BRIDGE_REQUEST_APPEND);
      bridge_store_append_async (self->inner, request->board, request->entry, on_inner_appended,
                                 task);
      break;
    case MOOD_WAITS:
      g_queue_push_tail (&self->waiting, task);
      break;
    }
}

static void
moody_store_iface_init (BridgeStoreInterface *iface)
{
  iface->submit = moody_store_submit;
}

static void
moody_store_finalize (GObject *object)
{
  MoodyStore *self = MOODY_STORE (object);

  g_assert_true (g_queue_is_empty (&self->waiting));
  g_object_unref (self->inner);
  G_OBJECT_CLASS (moody_store_parent_class)->finalize (object);
}

static void
moody_store_class_init (MoodyStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = moody_store_finalize;
}

static void
moody_store_init (MoodyStore *self)
{
  g_queue_init (&self->waiting);
}

/* Lets what waited go on, in order. */
static void
release (MoodyStore *self)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    moody_store_submit (BRIDGE_STORE (self), task);
}

/* --- Tests --- */

typedef struct {
  MoodyStore *store;
  House *house;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  BoardInvite invite = { .role = BOARD_ROLE_EDITOR, .label = (char *) "" };
  BoardCreate create = { .board = (char *) HOUSE_BOARD, .invite = &invite };
  BoardKey seed;
  BridgeLimits limits;

  bridge_limits_init (&limits);
  limits.op_bytes_burst = 1024 * 1024 * 1024;
  limits.requests_burst = 100000;
  fixture->store = g_object_new (MOODY_TYPE_STORE, NULL);
  fixture->store->inner = bridge_memory_store_new (&limits);
  seed_of ('h', &seed);
  board_key_public (&seed, &create.host);
  seed_of ('i', &seed);
  board_key_public (&seed, &invite.key);
  bridge_store_create_async (fixture->store->inner, &create, NULL, NULL);
  fixture->house = house_new_with_store (BRIDGE_STORE (fixture->store), &limits);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  house_free (fixture->house);
  g_assert_finalize_object (fixture->store);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  const char *refusal = NULL;

  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 1);
  fixture->store->append = MOOD_FAILS;
  g_assert_cmpint (guest_op (host, 2, "two", &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "unavailable");
  fixture->store->append = MOOD_WELL;
  g_assert_cmpint (guest_op (host, 2, "two", &refusal), ==, 2);
  guest_wait_log (host, "1:1:one 2:2:two ");
}

/* What came after the one that failed has a hole before it, and says so. */
static void
test_fails_amid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  JsonObject *ack;
  gint first, second;

  fixture->store->append = MOOD_WAITS;
  first = guest_emit (host, "op", "1,\"one\"");
  second = guest_emit (host, "op", "2,\"two\"");
  WAIT_UNTIL (g_queue_get_length (&fixture->store->waiting) == 2);
  fail (g_queue_pop_head (&fixture->store->waiting));
  fixture->store->append = MOOD_WELL;
  release (fixture->store);

  ack = guest_wait_ack (host, first);
  g_assert_cmpstr (json_object_get_string_member (ack, "code"), ==, "unavailable");
  ack = guest_wait_ack (host, second);
  g_assert_cmpstr (json_object_get_string_member (ack, "code"), ==, "gap");
  g_assert_cmpint (json_object_get_int_member (ack, "expected"), ==, 1);
  g_assert_cmpint (guest_op (host, 1, "one", NULL), ==, 1);
  g_assert_cmpint (guest_op (host, 2, "two", NULL), ==, 2);
  guest_wait_log (host, "1:1:one 2:2:two ");
}

/* The author asks again and hears its position; everybody hears of it once, before what came later.
 */
static void
test_lies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) editor = guest_join (fixture->house, 'e', 'i', -1);
  const char *refusal = NULL;

  fixture->store->append = MOOD_LIES;
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 0);
  g_assert_cmpstr (refusal, ==, "unavailable");
  fixture->store->append = MOOD_WELL;
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 1);
  g_assert_cmpint (guest_op (host, 2, "two", &refusal), ==, 2);
  guest_wait_log (host, "1:1:one 2:2:two ");
  guest_wait_log (editor, "1:1:one 2:2:two ");
}

/* The same, but somebody else writes first: theirs comes after what the room had not heard of. */
static void
test_lies_to_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) editor = guest_join (fixture->house, 'e', 'i', -1);
  const char *refusal = NULL;

  fixture->store->append = MOOD_LIES;
  guest_op (host, 1, "one", &refusal);
  guest_op (host, 2, "two", &refusal);
  fixture->store->append = MOOD_WELL;
  g_assert_cmpint (guest_op (editor, 1, "three", &refusal), ==, 3);
  guest_wait_log (host, "1:1:one 2:2:two 3:1:three ");
  guest_wait_log (editor, "1:1:one 2:2:two 3:1:three ");
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 1);
  g_assert_cmpint (guest_op (host, 2, "two", &refusal), ==, 2);
  g_assert_cmpint (guest_op (host, 3, "four", &refusal), ==, 4);
  guest_wait_log (editor, "1:1:one 2:2:two 3:1:three 4:3:four ");
}

/* The author never asks again on that connection, but comes back: its counter has been counted, so
 * it will not send the operation again; it has to be told of it. */
static void
test_lies_and_author_returns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) editor = guest_join (fixture->house, 'e', 'i', -1);
  Guest *host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) again = NULL;
  const char *refusal = NULL;
  JsonObject *hello;

  fixture->store->append = MOOD_LIES;
  g_assert_cmpint (guest_op (host, 1, "one", &refusal), ==, 0);
  guest_free (host);
  fixture->store->append = MOOD_WELL;
  again = guest_join (fixture->house, 'h', 0, 0);
  hello = json_array_get_object_element (guest_wait_event (again, "hello", 0), 1);
  g_assert_cmpint (json_object_get_int_member (hello, "counter"), ==, 1);
  guest_wait_log (again, "1:1:one ");
  guest_wait_log (editor, "1:1:one ");
}

/* While what is missing cannot even be read nothing overtakes it; it comes when it can be. */
static void
test_lies_and_cannot_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) editor = guest_join (fixture->house, 'e', 'i', -1);
  const char *refusal = NULL;

  fixture->store->append = MOOD_LIES;
  guest_op (host, 1, "one", &refusal);
  fixture->store->append = MOOD_WELL;
  fixture->store->read = MOOD_FAILS;
  g_assert_cmpint (guest_op (editor, 1, "two", &refusal), ==, 2);
  g_assert_cmpint (guest_op (editor, 2, "three", &refusal), ==, 3);
  g_assert_cmpuint (guest_count_events (host, "ops"), ==, 0);
  fixture->store->read = MOOD_WELL;
  guest_wait_log (host, "1:1:one 2:1:two 3:2:three ");
  guest_wait_log (editor, "1:1:one 2:1:two 3:2:three ");
}

/* Nobody hears of what is not stored yet, and it is not acknowledged either. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  gint id;

  fixture->store->append = MOOD_WAITS;
  id = guest_emit (host, "op", "1,\"one\"");
  WAIT_UNTIL (g_queue_get_length (&fixture->store->waiting) == 1);
  guest_sync (host);
  g_assert_cmpuint (guest_count_events (host, "ops"), ==, 0);
  g_assert_false (g_hash_table_contains (host->acks, GINT_TO_POINTER (id)));
  fixture->store->append = MOOD_WELL;
  release (fixture->store);
  g_assert_cmpint (json_object_get_int_member (guest_wait_ack (host, id), "seq"), ==, 1);
  guest_wait_log (host, "1:1:one ");
}

/* The author leaves while its operation is on its way: it is stored, and told to those who are
 * there. */
static void
test_author_leaves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  Guest *editor = guest_join (fixture->house, 'e', 'i', -1);

  fixture->store->append = MOOD_WAITS;
  guest_emit (editor, "op", "1,\"one\"");
  WAIT_UNTIL (g_queue_get_length (&fixture->store->waiting) == 1);
  guest_free (editor);
  while (bridge_lobby_get_n_guests (fixture->house->lobby) > 1)
    g_main_context_iteration (NULL, TRUE);
  fixture->store->append = MOOD_WELL;
  release (fixture->store);
  guest_wait_log (host, "1:1:one ");
}

/* The room closes behind the last guest and opens again with everything in it. */
static void
test_room_closes (Fixture *fixture, gconstpointer data)
{
  Guest *host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) again = NULL;

  g_assert_cmpuint (bridge_lobby_get_n_rooms (fixture->house->lobby), ==, 1);
  g_assert_cmpint (guest_op (host, 1, "one", NULL), ==, 1);
  guest_free (host);
  while (bridge_lobby_get_n_rooms (fixture->house->lobby) > 0)
    g_main_context_iteration (NULL, TRUE);
  again = guest_join (fixture->house, 'h', 0, -1);
  guest_wait_log (again, "1:1:one ");
}

static void
test_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) guest = guest_new (fixture->house, 'h');
  g_autoptr (JsonNode) auth = guest_auth (guest, 0, -1);

  fixture->store->admit = MOOD_FAILS;
  g_assert_false (guest_connect (guest, auth));
  g_assert_cmpstr (guest_get_refusal (guest), ==, "unavailable");
  fixture->store->admit = MOOD_WELL;
  fixture->store->load = MOOD_FAILS;
  g_assert_false (guest_connect (guest, auth));
  g_assert_cmpstr (guest_get_refusal (guest), ==, "unavailable");
  g_assert_cmpuint (bridge_lobby_get_n_rooms (fixture->house->lobby), ==, 0);
  fixture->store->load = MOOD_WELL;
  g_assert_true (guest_connect (guest, auth));
}

/* Two who come while the room is being opened share the opening; one who gives up meanwhile is no
 * trouble. */
static void
test_opens_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_new (fixture->house, 'h');
  g_autoptr (Guest) editor = guest_new (fixture->house, 'e');
  Guest *gone = guest_new (fixture->house, 'g');
  g_autoptr (JsonNode) host_auth = guest_auth (host, 0, -1);
  g_autoptr (JsonNode) editor_auth = guest_auth (editor, 'i', -1);
  g_autoptr (JsonNode) gone_auth = guest_auth (gone, 'i', -1);
  g_autofree char *host_text = json_to_string (host_auth, FALSE);
  g_autofree char *gone_text = json_to_string (gone_auth, FALSE);
  g_autofree char *host_packet = g_strconcat ("40", host_text, NULL);
  g_autofree char *gone_packet = g_strconcat ("40", gone_text, NULL);

  fixture->store->load = MOOD_WAITS;
  guest_send (host, host_packet);
  WAIT_UNTIL (g_queue_get_length (&fixture->store->waiting) == 1);
  guest_send (gone, gone_packet);
  guest_free (gone);
  while (eio_server_get_n_sockets (sio_server_get_engine (fixture->house->sio)) > 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_queue_get_length (&fixture->store->waiting), ==, 1);
  fixture->store->load = MOOD_WELL;
  release (fixture->store);
  WAIT_UNTIL (host->answer != NULL);
  g_assert_false (host->refused);
  g_assert_true (guest_connect (editor, editor_auth));
  g_assert_cmpuint (bridge_lobby_get_n_guests (fixture->house->lobby), ==, 2);
}

/* A log that cannot be read ends the connection in the way after which a client comes back. */
static void
test_page_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) editor = NULL;
  JsonObject *bye;

  guest_op (host, 1, "one", NULL);
  fixture->store->read = MOOD_FAILS;
  editor = guest_join (fixture->house, 'e', 'i', -1);
  guest_wait_gone (editor);
  bye = json_array_get_object_element (guest_wait_event (editor, "bye", 0), 1);
  g_assert_cmpstr (json_object_get_string_member (bye, "code"), ==, "unavailable");
  g_assert_false (editor->kicked);
  fixture->store->read = MOOD_WELL;
}

/* Gone while a page was being read for it. */
static void
test_reader_leaves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  Guest *editor;

  guest_op (host, 1, "one", NULL);
  fixture->store->read = MOOD_WAITS;
  editor = guest_join (fixture->house, 'e', 'i', -1);
  WAIT_UNTIL (g_queue_get_length (&fixture->store->waiting) == 1);
  guest_free (editor);
  while (bridge_lobby_get_n_guests (fixture->house->lobby) > 1)
    g_main_context_iteration (NULL, TRUE);
  fixture->store->read = MOOD_WELL;
  release (fixture->store);
  g_assert_cmpint (guest_op (host, 2, "two", NULL), ==, 2);
}

/* As many of 200 KiB as make the kernel's buffers overflow. */
#define N_LARGE 60

static void
write_large (Guest *host)
{
  g_autofree char *body = g_strnfill (200 * 1024, 'b');

  for (gint i = 1; i <= N_LARGE; i++)
    g_assert_cmpint (guest_op (host, i, body, NULL), ==, i);
}

/* Whoever does not read what was asked for gets no more of it: the log is not queued for them. */
static void
test_deaf_joiner (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (GSocket) deaf = NULL;
  guint n_reads;

  write_large (host);
  fixture->store->n_reads = 0;
  deaf = deaf_join (fixture->house, 'e', 'i');
  do
    {
      n_reads = fixture->store->n_reads;
      for (guint i = 0; i < 20; i++)
        guest_sync (host);
    }
  while (fixture->store->n_reads > n_reads);
  g_assert_cmpuint (bridge_lobby_get_n_guests (fixture->house->lobby), ==, 2);
  g_test_message ("%u of %u pages", n_reads, N_LARGE);
  g_assert_cmpuint (n_reads, >=, 1);
  g_assert_cmpuint (n_reads, <, N_LARGE / 2);
  g_assert_true (g_socket_close (deaf, NULL));
}

/* Whoever stops reading while others draw is let go before they cost too much; the others notice
 * nothing. */
static void
test_deaf_guest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Guest) host = guest_join (fixture->house, 'h', 0, -1);
  g_autoptr (Guest) editor = guest_join (fixture->house, 'f', 'i', -1);
  g_autoptr (GSocket) deaf = deaf_join (fixture->house, 'e', 'i');
  g_autofree char *whole = NULL;

  write_large (host);
  while (bridge_lobby_get_n_guests (fixture->house->lobby) > 2)
    g_main_context_iteration (NULL, TRUE);
  whole = guest_get_log (host);
  guest_wait_log (editor, whole);
  g_assert_true (g_socket_close (deaf, NULL));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/server/room-store/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bridge_log_init (FALSE);
  add ("fails", test_fails);
  add ("fails-amid", test_fails_amid);
  add ("lies", test_lies);
  add ("lies-to-another", test_lies_to_another);
  add ("lies-and-author-returns", test_lies_and_author_returns);
  add ("lies-and-cannot-read", test_lies_and_cannot_read);
  add ("waits", test_waits);
  add ("author-leaves", test_author_leaves);
  add ("room-closes", test_room_closes);
  add ("cannot-open", test_cannot_open);
  add ("opens-once", test_opens_once);
  add ("page-unreadable", test_page_unreadable);
  add ("reader-leaves", test_reader_leaves);
  add ("deaf-joiner", test_deaf_joiner);
  add ("deaf-guest", test_deaf_guest);
  return g_test_run ();
}
