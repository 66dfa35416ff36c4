/* SPDX-FileCopyrightText: 2026 The Drawbridge authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-obstacle.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libsoup/soup.h>

typedef struct {
  const char *title;
  const char *advice;
  gboolean may_pass;
} Words;

static const Words words[DRAW_N_OBSTACLES] = {
  [DRAW_OBSTACLE_NONE] = { NULL, NULL, TRUE },
  [DRAW_OBSTACLE_NO_NETWORK] = {
    N_("This Computer Is Offline"),
    N_("Connect it to a network, then try again."), TRUE },
  [DRAW_OBSTACLE_NO_SUCH_NAME] = {
    N_("The Server’s Name Is Not Known"),
    N_("Nothing has this name here. Check the link. A name that ends in .local is known only on the "
       "host’s own network."), TRUE },
  [DRAW_OBSTACLE_NOBODY_LISTENS] = {
    N_("Nobody Hosts There Now"),
    N_("The computer answers, but nothing is hosted on it. Ask the host to start hosting again, then "
       "try again."), TRUE },
  [DRAW_OBSTACLE_NO_WAY] = {
    N_("The Server Cannot Be Reached"),
    N_("No way leads there from your network. Join the network that the host is on, or ask for a link "
       "with another address."), TRUE },
  [DRAW_OBSTACLE_NO_ANSWER] = {
    N_("The Server Does Not Answer"),
    N_("It may be switched off, on another network, or behind a firewall. Ask the host, then try "
       "again."), TRUE },
  [DRAW_OBSTACLE_CERTIFICATE] = {
    N_("The Server Cannot Prove Who It Is"),
    N_("Its certificate is not valid: somebody else may be in between, so nothing was sent. Tell "
       "whoever runs the server."), FALSE },
  [DRAW_OBSTACLE_NOT_DRAWBRIDGE] = {
    N_("That Is Not a Drawbridge Server"),
    N_("Something else answers at this address. Check the link, or ask for a new one."), FALSE },
  [DRAW_OBSTACLE_NO_BOARD] = {
    N_("The Server Has No Such Board"),
    N_("It was ended, or was never there. Ask the host for a new link."), FALSE },
  [DRAW_OBSTACLE_ENDED] = {
    N_("The Host Ended This Board"),
    N_("Nobody can join it any more. Ask the host for a link to another one."), FALSE },
  [DRAW_OBSTACLE_NOT_INVITED] = {
    N_("This Invitation Is Not Valid"),
    N_("It was revoked, or damaged on its way. Ask the host for a new one."), FALSE },
  [DRAW_OBSTACLE_EXPIRED] = {
    N_("This Invitation Has Expired"),
    N_("Ask the host for a new one."), FALSE },
  [DRAW_OBSTACLE_USED_UP] = {
    N_("This Invitation Is Used Up"),
    N_("As many people as it was for have come. Ask the host for a new one."), FALSE },
  [DRAW_OBSTACLE_BANNED] = {
    N_("You Were Removed From This Board"),
    N_("Only a host can let you in again. Ask one."), FALSE },
  [DRAW_OBSTACLE_KICKED] = {
    N_("The Host Asked You to Leave"),
    N_("You may come back when the host agrees."), TRUE },
  [DRAW_OBSTACLE_REPLACED] = {
    N_("You Are Here Already"),
    N_("You opened this board somewhere else. Close it there, then try again."), TRUE },
  [DRAW_OBSTACLE_LOCKED] = {
    N_("This Board Is Locked"),
    N_("Try again when the host has unlocked it."), TRUE },
  [DRAW_OBSTACLE_FULL] = {
    N_("This Board Is Full"),
    N_("Try again when somebody has left."), TRUE },
  [DRAW_OBSTACLE_BUSY] = {
    N_("The Server Is Busy"),
    N_("It lets nobody in right now. Try again in a minute."), TRUE },
  [DRAW_OBSTACLE_VERSION] = {
    N_("The Server Speaks Another Version"),
    N_("Update Drawbridge, or ask whoever runs the server to update it."), FALSE },
  [DRAW_OBSTACLE_OLDER] = {
    N_("The Server Has an Older Copy"),
    N_("What it has is older than what is on this computer. Open your copy, and ask the host."), FALSE },
  [DRAW_OBSTACLE_REFUSED] = {
    N_("The Server Said No"),
    N_("It did not accept what Drawbridge asked. Update Drawbridge, or ask the host for a new link."),
    FALSE },
};

DrawObstacle
draw_obstacle_of_refusal (BoardRefusal refusal)
{
  switch (refusal)
    {
    case BOARD_REFUSAL_UNKNOWN_BOARD:
      return DRAW_OBSTACLE_NO_BOARD;
    case BOARD_REFUSAL_NOT_INVITED:
      return DRAW_OBSTACLE_NOT_INVITED;
    case BOARD_REFUSAL_INVITE_EXPIRED:
      return DRAW_OBSTACLE_EXPIRED;
    case BOARD_REFUSAL_INVITE_USED:
      return DRAW_OBSTACLE_USED_UP;
    case BOARD_REFUSAL_BANNED:
      return DRAW_OBSTACLE_BANNED;
    case BOARD_REFUSAL_LOCKED:
      return DRAW_OBSTACLE_LOCKED;
    case BOARD_REFUSAL_FULL:
      return DRAW_OBSTACLE_FULL;
    case BOARD_REFUSAL_UNSUPPORTED:
      return DRAW_OBSTACLE_VERSION;
    case BOARD_REFUSAL_TOO_FAST:
    case BOARD_REFUSAL_UNAVAILABLE:
      return DRAW_OBSTACLE_BUSY;
    default:
      return DRAW_OBSTACLE_REFUSED;
    }
}

static DrawObstacle
of_io_error (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CONNECTION_REFUSED:
      return DRAW_OBSTACLE_NOBODY_LISTENS;
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return DRAW_OBSTACLE_NO_WAY;
    case G_IO_ERROR_HOST_NOT_FOUND:
      return DRAW_OBSTACLE_NO_SUCH_NAME;
    case G_IO_ERROR_TIMED_OUT:
      return DRAW_OBSTACLE_NO_ANSWER;
    /* It hung up in the middle, or what came was no HTTP. */
    case G_IO_ERROR_CONNECTION_CLOSED: /* also G_IO_ERROR_BROKEN_PIPE */
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_INVALID_DATA:
      return DRAW_OBSTACLE_NOT_DRAWBRIDGE;
    default:
      return DRAW_OBSTACLE_NO_WAY;
    }
}

DrawObstacle
draw_obstacle_of_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, DRAW_OBSTACLE_NONE);

  if (error->domain == G_RESOLVER_ERROR)
    return error->code == G_RESOLVER_ERROR_TEMPORARY_FAILURE ? DRAW_OBSTACLE_NO_WAY
                                                             : DRAW_OBSTACLE_NO_SUCH_NAME;
  /* A server without TLS does not answer a handshake with one. */
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_BAD_CERTIFICATE ? DRAW_OBSTACLE_CERTIFICATE
                                                      : DRAW_OBSTACLE_NOT_DRAWBRIDGE;
  if (error->domain == SOUP_SESSION_ERROR)
    return DRAW_OBSTACLE_NOT_DRAWBRIDGE;
  return error->domain == G_IO_ERROR ? of_io_error (error->code) : DRAW_OBSTACLE_NO_WAY;
}

static const char *
translate (const char *text)
{
  return text != NULL ? _(text) : "";
}

const char *
draw_obstacle_get_title (DrawObstacle obstacle)
{
  g_return_val_if_fail (obstacle < DRAW_N_OBSTACLES, "");

  return translate (words[obstacle].title);
}

const char *
draw_obstacle_get_advice (DrawObstacle obstacle)
{
  g_return_val_if_fail (obstacle < DRAW_N_OBSTACLES, "");

  return translate (words[obstacle].advice);
}

gboolean
draw_obstacle_may_pass (DrawObstacle obstacle)
{
  g_return_val_if_fail (obstacle < DRAW_N_OBSTACLES, FALSE);

  return words[obstacle].may_pass;
}
