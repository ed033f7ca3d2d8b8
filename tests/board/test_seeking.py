"""What takes a moment to find out: the page's loop goes on meanwhile, and only the last question counts."""

from __future__ import annotations

import asyncio
import threading

from chibo_widgets.seeking import Seeking

PATIENCE = 60.0


def test_the_loop_goes_on_while_an_answer_is_sought_and_then_redraws():
    async def page() -> None:
        redrawn = asyncio.Event()
        gate = threading.Event()
        seeking: Seeking[str] = Seeking(redrawn.set)
        assert seeking.ask("so.xlsx", lambda: "found" if gate.wait(PATIENCE) else "", "") == ()
        assert seeking.ask("so.xlsx", lambda: "asked again", "") == ()
        gate.set()
        await asyncio.wait_for(redrawn.wait(), PATIENCE)
        assert seeking.ask("so.xlsx", lambda: "asked again", "") == ("found",)

    asyncio.run(page())


def test_only_the_last_question_is_answered():
    async def page() -> None:
        redrawn = asyncio.Event()
        gate = threading.Event()
        sought: list[str] = []

        def find(name: str) -> str:
            sought.append(name)
            assert gate.wait(PATIENCE)
            return name

        seeking: Seeking[str] = Seeking(redrawn.set)
        for name in ("first", "second", "last"):
            seeking.ask(name, lambda name=name: find(name), "")
        gate.set()
        await asyncio.wait_for(redrawn.wait(), PATIENCE)
        assert seeking.ask("last", str, "") == ("last",)
        assert "second" not in sought

    asyncio.run(page())


def test_what_is_forgotten_is_sought_anew():
    seeking: Seeking[str] = Seeking(lambda: None)
    assert seeking.ask("so.xlsx", lambda: "before", "") == ("before",)
    seeking.forget()
    assert seeking.ask("so.xlsx", lambda: "after", "") == ("after",)


def broken() -> str:
    raise LookupError("ours")


def test_what_breaks_is_answered_too_and_the_page_drawn():
    async def page() -> None:
        redrawn = asyncio.Event()
        seeking: Seeking[str] = Seeking(redrawn.set)
        assert seeking.ask("so.xlsx", broken, "failed") == ()
        await asyncio.wait_for(redrawn.wait(), PATIENCE)
        assert seeking.ask("so.xlsx", broken, "failed") == ("failed",)

    asyncio.run(page())
    assert Seeking[str](lambda: None).ask("so.xlsx", broken, "failed") == ("failed",)
