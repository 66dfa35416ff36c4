/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a host does about people and invitations, against the real server, seen from the other side.
 */
#include "real-fixture.h"
#include "sync/draw-session-moderate.h"
#include "sync/draw-session-whisper.h"

/* Waits for the answer to what was just asked. */
static gboolean
answered (Person *person, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) got = NULL;

  AWAIT (*result != NULL);
  got = g_steal_pointer (result);
  return draw_session_ask_finish (person->session, got, error);
}

static void
assert_done (Person *person, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  answered (person, result, &error);
  g_assert_no_error (error);
}

static BoardLink *
invite (Person *person, BoardRole role, int64_t expires, guint uses, const char *label)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BoardLink *link;

  draw_session_invite_async (person->session, role, expires, uses, label, NULL, keep_result,
                             &result);
  AWAIT (result != NULL);
  link = draw_session_invite_finish (person->session, result, &error);
  g_assert_no_error (error);
  return link;
}

static GPtrArray *
list (Person *person)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *invitations;

  draw_session_list_invitations_async (person->session, NULL, keep_result, &result);
  AWAIT (result != NULL);
  invitations = draw_session_list_invitations_finish (person->session, result, &error);
  g_assert_no_error (error);
  return invitations;
}

static DrawInvitation *
find (GPtrArray *invitations, const char *label)
{
  for (guint i = 0; i < invitations->len; i++)
    {
      DrawInvitation *one = g_ptr_array_index (invitations, i);

      if (g_str_equal (one->label, label))
        return one;
    }
  g_assert_not_reached ();
}

static gboolean
is_refused (Person *person)
{
  return draw_session_get_share_state (person->session) == DRAW_SHARE_REFUSED;
}

static void
test_roles (Real *f, gconstpointer data)
{
  gboolean read_only;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  AWAIT (real_see (&f->ada, &f->ben) != NULL);
  real_set_role (f, &f->ben, BOARD_ROLE_VIEWER);
  g_object_get (f->ben.session, "read-only", &read_only, NULL);
  g_assert_true (read_only);
  AWAIT (draw_member_get_role (real_see (&f->ada, &f->ben)) == BOARD_ROLE_VIEWER);
  real_set_role (f, &f->ben, BOARD_ROLE_EDITOR);
  person_draw (&f->ben);
  AWAIT (person_is_equal (&f->ada, &f->ben) && person_count (&f->ada) == 1);
}

static void
test_only_hosts (Real *f, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  draw_session_kick_async (f->ben.session, draw_session_get_member (f->ada.session), NULL,
                           keep_result, &result);
  g_assert_false (answered (&f->ben, &result, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_REFUSED);
  g_assert_true (person_is_online (&f->ada));
}

static void
test_lock (Real *f, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (BoardOp) op = NULL;
  g_autoptr (GError) error = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  draw_session_lock_async (f->ada.session, TRUE, NULL, keep_result, &result);
  assert_done (&f->ada, &result);
  AWAIT (draw_session_get_locked (f->ben.session) && draw_session_get_locked (f->ada.session));
  op = make_stroke (f->ben.session);
  g_assert_cmpuint (draw_session_submit (f->ben.session, op, &error), ==, 0);
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_READ_ONLY);
  person_draw (&f->ada);
  AWAIT (person_is_equal (&f->ada, &f->ben) && person_count (&f->ben) == 1);
  /* Who comes now is told, too. */
  real_join (&f->eve, draw_session_get_link (f->ada.session), "Eve");
  g_assert_true (draw_session_get_locked (f->eve.session));
  draw_session_lock_async (f->ada.session, FALSE, NULL, keep_result, &result);
  assert_done (&f->ada, &result);
  AWAIT (!draw_session_get_locked (f->ben.session));
  person_draw (&f->ben);
  AWAIT (person_is_equal (&f->ada, &f->ben) && person_count (&f->ada) == 2);
}

static void
test_kick_and_ban (Real *f, gconstpointer data)
{
  GAsyncResult *result = NULL;
  const char *ben;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  ben = draw_session_get_member (f->ben.session);
  AWAIT (real_see (&f->ada, &f->ben) != NULL);
  draw_session_kick_async (f->ada.session, ben, NULL, keep_result, &result);
  assert_done (&f->ada, &result);
  AWAIT (is_refused (&f->ben));
  AWAIT (!draw_member_get_here (real_see (&f->ada, &f->ben)));
  draw_session_reconnect_now (f->ben.session);
  AWAIT (person_is_online (&f->ben));
  draw_session_ban_async (f->ada.session, ben, TRUE, NULL, keep_result, &result);
  assert_done (&f->ada, &result);
  AWAIT (is_refused (&f->ben));
  AWAIT (draw_member_get_banned (real_see (&f->ada, &f->ben)));
  draw_session_reconnect_now (f->ben.session);
  AWAIT (is_refused (&f->ben));
  draw_session_ban_async (f->ada.session, ben, FALSE, NULL, keep_result, &result);
  assert_done (&f->ada, &result);
  draw_session_reconnect_now (f->ben.session);
  AWAIT (person_is_online (&f->ben));
  AWAIT (!draw_member_get_banned (real_see (&f->ada, &f->ben)));
}

static void
test_hand_over (Real *f, gconstpointer data)
{
  GAsyncResult *result = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  draw_session_hand_over_async (f->ada.session, draw_session_get_member (f->ben.session), NULL,
                                keep_result, &result);
  assert_done (&f->ada, &result);
  AWAIT (draw_session_get_role (f->ben.session) == BOARD_ROLE_HOST &&
         draw_session_get_role (f->ada.session) == BOARD_ROLE_EDITOR);
  draw_session_end_async (f->ben.session, NULL, keep_result, &result);
  assert_done (&f->ben, &result);
  AWAIT (is_refused (&f->ada) && is_refused (&f->ben));
}

static void
test_invitations (Real *f, gconstpointer data)
{
  g_autoptr (BoardLink) class = invite (&f->ada, BOARD_ROLE_VIEWER, 0, 2, "Class <b>7</b>");
  g_autoptr (BoardLink) friend = invite (&f->ada, BOARD_ROLE_EDITOR, 0, 0, "");
  g_autoptr (GPtrArray) before = list (&f->ada);
  g_autoptr (GPtrArray) after = NULL;
  GAsyncResult *result = NULL;
  DrawInvitation *found;
  g_autofree char *text = NULL;

  g_assert_cmpuint (before->len, ==, 3); /* the one that came with the board, too */
  found = find (before, "Class <b>7</b>");
  g_assert_cmpint (found->role, ==, BOARD_ROLE_VIEWER);
  g_assert_cmpuint (found->uses, ==, 2);
  g_assert_cmpuint (g_strv_length (found->came), ==, 0);
  text = board_link_to_text (found->link);
  real_join (&f->ben, class, "Ben");
  g_assert_cmpint (draw_session_get_role (f->ben.session), ==, BOARD_ROLE_VIEWER);
  after = list (&f->ada);
  found = find (after, "Class <b>7</b>");
  g_assert_cmpuint (found->uses, ==, 1);
  g_assert_cmpstr (found->came[0], ==, draw_session_get_member (f->ben.session));
  draw_session_revoke_async (f->ada.session, found->key, TRUE, NULL, keep_result, &result);
  assert_done (&f->ada, &result);
  AWAIT (is_refused (&f->ben)); /* came by it: is gone with it */
  {
    g_autoptr (GPtrArray) left = list (&f->ada);

    g_assert_cmpuint (left->len, ==, 2);
  }
  real_join (&f->eve, friend, "Eve");
  g_assert_cmpint (draw_session_get_role (f->eve.session), ==, BOARD_ROLE_EDITOR);
}

/* The links of invitations are there again when the file is opened again. */
static void
test_invitations_stay (Real *f, gconstpointer data)
{
  g_autoptr (BoardLink) link = invite (&f->ada, BOARD_ROLE_VIEWER, 0, 0, "Later");
  g_autofree char *before = board_link_to_text (link);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) invitations = NULL;

  person_reopen (&f->ada);
  draw_session_connect (f->ada.session);
  AWAIT (person_is_online (&f->ada));
  invitations = list (&f->ada);
  after = board_link_to_text (find (invitations, "Later")->link);
  g_assert_cmpstr (before, ==, after);
}

static void
test_offline (Real *f, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  draw_session_disconnect (f->ada.session);
  draw_session_lock_async (f->ada.session, TRUE, NULL, keep_result, &result);
  g_assert_false (answered (&f->ada, &result, &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_SERVER);
}

static void
test_mute (Real *f, gconstpointer data)
{
  const char *ben;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  ben = draw_session_get_member (f->ben.session);
  AWAIT (real_see (&f->ada, &f->ben) != NULL);
  draw_session_send_cursor (f->ben.session, 3, 4);
  AWAIT (f->ada.n_casts == 1);
  AWAIT (draw_member_get_activity (real_see (&f->ada, &f->ben)) == DRAW_ACTIVITY_ACTIVE);
  draw_session_set_muted (f->ada.session, ben, TRUE);
  g_assert_true (draw_member_get_muted (real_see (&f->ada, &f->ben)));
  draw_session_send_cursor (f->ben.session, 5, 6);
  person_draw (&f->ben);
  AWAIT (person_count (&f->ada) == 1); /* what is drawn counts; the cast before it did not */
  g_assert_cmpuint (f->ada.n_casts, ==, 1);
  person_reopen (&f->ada);
  draw_session_connect (f->ada.session);
  AWAIT (person_is_online (&f->ada));
  g_assert_true (draw_member_get_muted (real_see (&f->ada, &f->ben)));
  draw_session_set_muted (f->ada.session, ben, FALSE);
  g_assert_false (draw_member_get_muted (real_see (&f->ada, &f->ben)));
}

static void
on_whisper (DrawSession *session, const char *member, const char *text, char **heard)
{
  g_free (*heard);
  *heard = g_strdup (text);
}

static gboolean
whisper (Person *from, Person *to, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  draw_session_whisper_async (from->session, draw_session_get_member (to->session), text, NULL,
                              keep_result, &result);
  AWAIT (result != NULL);
  return draw_session_whisper_finish (from->session, result, error);
}

static void
test_whisper (Real *f, gconstpointer data)
{
  g_autofree char *ben_heard = NULL, *eve_heard = NULL;
  g_autoptr (GError) error = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  real_join (&f->eve, draw_session_get_link (f->ada.session), "Eve");
  g_signal_connect (f->ben.session, "whisper", G_CALLBACK (on_whisper), &ben_heard);
  g_signal_connect (f->eve.session, "whisper", G_CALLBACK (on_whisper), &eve_heard);
  g_assert_true (whisper (&f->ada, &f->ben, "psst <b>", &error));
  AWAIT (g_strcmp0 (ben_heard, "psst <b>") == 0);
  g_assert_true (whisper (&f->ben, &f->eve, "you, too", &error));
  AWAIT (g_strcmp0 (eve_heard, "you, too") == 0);
  g_assert_cmpstr (ben_heard, ==, "psst <b>");
  /* who comes and goes within one of the server's ticks is never heard of */
  AWAIT (real_see (&f->ada, &f->eve) != NULL);
  draw_session_disconnect (f->eve.session);
  AWAIT (!draw_member_get_here (real_see (&f->ada, &f->eve)));
  g_assert_false (whisper (&f->ada, &f->eve, "gone?", &error));
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_REFUSED);
}

/* Who may only look speaks and does not draw; in a locked board everybody speaks. */
static void
test_viewer_talks (Real *f, gconstpointer data)
{
  g_autoptr (BoardOp) words = board_op_new ();
  g_autoptr (BoardOp) stroke = NULL;
  g_autoptr (GError) error = NULL;

  real_join (&f->ben, draw_session_get_link (f->ada.session), "Ben");
  real_set_role (f, &f->ben, BOARD_ROLE_VIEWER);
  board_op_chat (words, "may I?");
  g_assert_cmpuint (draw_session_submit (f->ben.session, words, &error), >, 0);
  AWAIT (board_document_get_n_chats (draw_session_get_document (f->ada.session)) == 1);
  stroke = make_stroke (f->ben.session);
  g_assert_cmpuint (draw_session_submit (f->ben.session, stroke, &error), ==, 0);
  g_assert_error (error, DRAW_ERROR, DRAW_ERROR_READ_ONLY);
  AWAIT (person_is_equal (&f->ada, &f->ben));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Real, NULL, real_set_up, func, real_tear_down)
  ADD ("/moderation/roles", test_roles);
  ADD ("/moderation/only-hosts", test_only_hosts);
  ADD ("/moderation/lock", test_lock);
  ADD ("/moderation/kick-and-ban", test_kick_and_ban);
  ADD ("/moderation/hand-over", test_hand_over);
  ADD ("/moderation/invitations", test_invitations);
  ADD ("/moderation/invitations-stay", test_invitations_stay);
  ADD ("/moderation/offline", test_offline);
  ADD ("/moderation/mute", test_mute);
  ADD ("/moderation/whisper", test_whisper);
  ADD ("/moderation/viewer-talks", test_viewer_talks);
#undef ADD
  return g_test_run ();
}
