#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Drawbridge authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three real apps on one board: what one does about, with and for the others is seen from their side
(TAP). Ada hosts; Grace and Alan come by her link. PICTURES=DIR keeps a screenshot of every step.
"""
import pathlib
import subprocess
import sys
import traceback

from desktop import Desk, Failure, circle, in_front, keep, line, same_board, wait_for, windows

BUILD = pathlib.Path(sys.argv[1])

# Rows in the list of people, and items in a person's menu as a host sees it.
GRACE, ALAN = 1, 2
FOLLOW, LOCATE, WHISPER, SHOW_ONLY, MUTE, ROLE, HAND_OVER, REMOVE, KICK, BAN = range(10)


def until(desk, key, value):
    wait_for(f"{desk.name}'s {key} to be {value}: {desk.state()}",
             lambda: desk.state().get(key) == value)


def press_until(desk, what, keys, condition):
    """Keys that do no harm when they are pressed again: a popup that is under way takes none."""
    def pressed():
        if condition():
            return True
        desk.key(*keys)
        try:
            return wait_for(what, condition, 1.5)
        except Failure:
            return False
    wait_for(what, pressed)


def open_people(desk):
    # A menu that opens under the pointer has its item there chosen, sooner or later.
    desk.xdotool("mousemove", "30", "400")
    before = windows(desk)
    press_until(desk, "the list of people", ["ctrl+shift+p"], lambda: windows(desk) > before)
    return before


def close_people(desk, before):
    """The menu goes by itself, the list of people by Escape, if it is still there."""
    press_until(desk, "the list of people to go", ["Escape"], lambda: windows(desk) <= before)


def choose(desk, row, item, answer=None):
    """An item of a person's menu; answer: the key that answers the question that follows."""
    before = open_people(desk)
    desk.key(*["Down"] * row, "Return")
    wait_for("the menu", lambda: windows(desk) > before + 1)
    desk.key(*["Down"] * item, "Return")
    if answer:
        wait_for("the question", lambda: title_of_focus(desk) != "")
        desk.key(answer)
        wait_for("the answer", lambda: windows(desk) <= before + 1)
    else:
        wait_for("the menu to go", lambda: windows(desk) <= before + 1)
    close_people(desk, before)


def title_of_focus(desk):
    found = subprocess.run(["xdotool", "getwindowfocus"], env=desk.env, capture_output=True, text=True,
                           check=False)
    return "dialog" if found.stdout.strip() not in ("", desk.window, "1") else ""


def ink_box(desk):
    """The box around all ink in the middle of the window: what moves when the view does."""
    picture = desk.screenshot(f"{desk.home.name}/view.png")
    found = subprocess.run(["convert", str(picture), "-crop", "980x500+10+120", "+repage", "-colorspace",
                            "Gray", "-threshold", "25%", "-format", "%@", "info:"],
                           capture_output=True, text=True, check=True)
    return found.stdout.strip()


def test_roles(ada, grace, alan):
    """A host makes an editor a viewer, who speaks but does not draw, and an editor again"""
    choose(ada, GRACE, ROLE)
    until(grace, "role", "viewer")
    keep("viewer", grace)
    grace.draw(line(300, 300, 500, 350))
    grace.key("F9")
    grace.type("may I draw?")
    grace.key("Return")
    until(ada, "chats", 1)
    until(ada, "elements", 0)
    grace.key("F9")
    choose(ada, GRACE, ROLE)
    until(grace, "role", "editor")
    grace.key("p")
    grace.draw(circle(500, 330, 60))
    until(alan, "elements", 1)


def test_lock(ada, grace, alan):
    """While the board is locked only its host draws"""
    before = open_people(ada)
    ada.key("alt+l")
    until(grace, "locked", 1)
    until(alan, "locked", 1)
    close_people(ada, before)
    keep("locked", ada, grace)
    grace.draw(line(300, 450, 500, 450))
    ada.key("p")
    ada.draw(line(300, 480, 500, 480))
    until(grace, "elements", 2)
    before = open_people(ada)
    ada.key("alt+l")
    until(grace, "locked", 0)
    close_people(ada, before)
    if same_board(ada, grace, alan) and ada.state()["elements"] != 2:
        raise Failure("somebody drew on a locked board")


def test_talk(ada, grace, alan):
    """Messages come, are changed and deleted, and private ones reach one person alone"""
    chats = ada.state()["chats"]
    alan.key("F9")
    ada.key("F9")
    ada.type("hello @grace, <b>look</b> at https://example.org")
    ada.key("Return")
    until(grace, "chats", chats + 1)
    keep("unread", grace)
    ada.key("Up", "End")
    ada.type("!")
    ada.key("Return")
    choose(ada, GRACE, WHISPER)
    ada.type("only for you")
    ada.key("Return", "Escape")
    ada.type("for all")
    ada.key("Return")
    until(alan, "chats", chats + 2)
    grace.key("F9")
    keep("talk", ada, grace, alan)
    same_board(ada, grace, alan)
    for desk in (ada, grace, alan):
        desk.key("F9")


def test_hand(ada, grace, _alan):
    """A raised hand is seen, and is down again when its owner leaves the list"""
    before = open_people(grace)
    grace.key("alt+r")
    until(ada, "hands", 1)
    keep("hand", ada, grace)
    grace.key("alt+r")
    until(ada, "hands", 0)
    close_people(grace, before)


def test_follow(ada, grace, alan):
    """Who follows sees what the other sees, until the own view moves"""
    # No cursor over the ink: it would hide some.
    for number, desk in enumerate((ada, grace, alan)):
        desk.xdotool("mousemove", "30", str(300 + 60 * number))
    before = open_people(grace)
    grace.key("Down", "Return")
    wait_for("the menu", lambda: windows(grace) > before + 1)
    grace.key("Return")
    wait_for("the list to go", lambda: windows(grace) <= before)
    wait_for("the same view", lambda: ink_box(grace) == ink_box(ada))
    before = ink_box(ada)
    ada.key("h")
    ada.draw(line(850, 550, 800, 600))
    wait_for("a view that moved", lambda: ink_box(ada) != before)
    keep("follow", ada, grace)
    wait_for("the same view again", lambda: ink_box(grace) == ink_box(ada))
    grace.key("h")
    grace.draw(line(850, 400, 900, 400))
    wait_for("an own view", lambda: ink_box(grace) != ink_box(ada))
    own = ink_box(grace)
    ada.draw(line(800, 600, 850, 550))
    wait_for("the other view to go on", lambda: ink_box(ada) == before)
    if ink_box(grace) != own:
        raise Failure("somebody who moved the own view was moved on")


def test_poll(ada, grace, alan):
    """A poll is asked, and everybody's votes are counted"""
    before = windows(ada)
    ada.key("ctrl+shift+m")
    in_front(ada, "Polls and Timer")
    ada.key("alt+n")
    ada.type("Where?")
    for answer in ("Here", "There"):
        ada.key("Tab")
        ada.type(answer)
    ada.key("Return")
    until(grace, "polls", 1)
    until(alan, "polls", 1)
    keep("poll", ada, grace)
    close_people(ada, before)
    same_board(ada, grace, alan)


def test_remove(ada, grace, _alan):
    """All that somebody did is taken back, and the host's undo brings it back"""
    until(grace, "elements", 2)
    choose(ada, GRACE, REMOVE, "alt+u")
    until(grace, "elements", 1)
    ada.key("ctrl+z")
    until(grace, "elements", 2)


def test_moderation(ada, _grace, alan):
    """Somebody is sent away and comes back, is banned and stays out"""
    choose(ada, ALAN, KICK)
    until(alan, "share", "refused")
    keep("kicked", alan)
    alan.key("alt+r")
    until(alan, "share", "online")
    until(ada, "members", 3)
    choose(ada, ALAN, BAN, "alt+b")
    until(alan, "share", "refused")
    until(ada, "members", 2)
    alan.key("alt+r")
    until(alan, "share", "refused")


def test_hand_over(ada, grace, _alan):
    """The host makes somebody else the host"""
    choose(ada, GRACE, HAND_OVER, "alt+h")
    until(grace, "role", "host")
    until(ada, "role", "editor")
    keep("handed-over", ada, grace)
    same_board(ada, grace)


def main():
    tests = [test_roles, test_lock, test_talk, test_hand, test_follow, test_poll, test_remove, test_moderation, test_hand_over]
    print(f"1..{len(tests) + 1}", flush=True)
    bad = 0
    with Desk("Ada", BUILD) as ada, Desk("Grace", BUILD, color="#e66100") as grace, \
            Desk("Alan", BUILD, color="#2ec27e") as alan:
        desks = (ada, grace, alan)
        try:
            ada.start("--new", "--host")
            link = ada.printed("link ")
            grace.start("--join", link)
            until(ada, "members", 2)
            alan.start("--join", link)
            for desk in desks:
                until(desk, "members", 3)
        except Exception:
            traceback.print_exc()
            print("Bail out! the three did not meet", flush=True)
            return 1
        for number, test in enumerate(tests, 1):
            try:
                test(*desks)
                print(f"ok {number} - {test.__doc__}", flush=True)
            except Exception:  # a test reports whatever went wrong
                bad = 1
                for text in traceback.format_exc().splitlines():
                    print(f"# {text}")
                keep(f"failed-{number}", *[desk for desk in desks if desk.alive()])
                print(f"not ok {number} - {test.__doc__}", flush=True)
        warnings = [text for desk in desks for text in desk.read_log().splitlines()
                    if "WARNING" in text or "CRITICAL" in text]
        for text in warnings:
            print(f"# {text}")
        print(f"{'not ok' if warnings else 'ok'} {len(tests) + 1} - no app warned of anything", flush=True)
    return 1 if bad or warnings else 0


if __name__ == "__main__":
    sys.exit(main())
