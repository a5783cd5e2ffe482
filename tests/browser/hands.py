"""How a reader moves over a page: with the pointer, or with the keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

# More stops than this before what is looked for would be no way to work.
MOST_STOPS = 400


@dataclass
class Hand:
    """A reader on one tab, who follows links, fills fields and presses buttons in one of the two ways."""

    page: Page
    uses_keyboard: bool

    def follow(self, link: Locator) -> None:
        """Follow a link, or press a button, and wait for the page behind it."""
        if self.uses_keyboard:
            self._reach(link)
        # A script that notes the address of the page it is on counts as a navigation too; only another page is loaded.
        with self.page.expect_event("load"):
            if self.uses_keyboard:
                self.page.keyboard.press("Enter")
            else:
                link.click()

    def fill(self, field: Locator, text: str) -> None:
        """Write a text into a field in the place of what stood there."""
        if not self.uses_keyboard:
            field.fill(text)
            return
        self._reach(field)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, field: Locator, value: str) -> None:
        """Choose the entry of a list by its value; with the keyboard by going down to it."""
        if not self.uses_keyboard:
            field.select_option(value)
            return
        self._reach(field)
        self.page.keyboard.press("Home")
        for _ in range(MOST_STOPS):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no entry {value}")

    def _reach(self, wanted: Locator) -> None:
        """Go on from stop to stop until the wanted one has the focus, round the page once at most."""
        wanted.wait_for()
        # Looking it up by its name at every stop would take most of the time of a long page.
        element = wanted.element_handle()
        for _ in range(MOST_STOPS):
            if element.evaluate("element => element === document.activeElement"):
                assert _shows_focus(self.page)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted}")


def _shows_focus(page: Page) -> bool:
    """Return whether the element that has the focus is marked to the eye."""
    style = "getComputedStyle(document.activeElement)"
    return bool(page.evaluate(f"{style}.outlineStyle !== 'none' && parseFloat({style}.outlineWidth) >= 2"))
