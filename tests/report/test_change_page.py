"""The page of changes in a real browser: quiet, alone, readable on any screen, by keyboard and on paper."""

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from comparisons import ATTACKS, EMPTY, LONG, change, comparison, view
from dutylist.model.change import Burden, ChangeKind, Comparison, Weight
from dutylist.report.change_formats import write
from dutylist.report.plain import plain
from pages import COLOURS, OVERFLOW, chromium, contrast, luminance, opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page with every kind of change and every attack."""
    return saved(tmp_path, comparison())


def saved(folder: Path, made: Comparison) -> Path:
    """The page of a comparison as a file."""
    path = folder / "变化.html"
    path.write_text(write("html", view(made)), "utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1440, 820, 390, 320])
def test_it_is_quiet_asks_for_nothing_and_fits_the_screen(browser: Browser, page: Path, width: int, dark: bool) -> None:
    with opened(browser, page, width=width, dark=dark) as seen:
        assert seen.page.evaluate(OVERFLOW) == 0
        assert (seen.requests, seen.complaints) == ([], [])


def test_nothing_changed_fits_too_and_fills_the_page(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, saved(tmp_path, EMPTY)) as seen:
        assert seen.page.locator(".headline").inner_text() == "没有变化。"
        assert seen.page.evaluate("document.querySelector('main').offsetWidth") > 1000


def test_attacks_are_text(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        assert seen.page.locator("script, img, iframe, [onerror]").count() == 0
        words = seen.page.locator("main").inner_text()
        for attack in ATTACKS:
            assert all(plain(line) in words for line in attack.splitlines() if "\u2028" not in attack)
        assert "转⟨U+202E⟩倒" in words


def test_every_change_stands_under_its_duty_with_both_texts(browser: Browser, page: Path) -> None:
    told = [one for one in comparison().changes if one.weight is not Weight.LAYOUT]
    with opened(browser, page) as seen:
        assert seen.page.locator("tr.change").count() == len(told)
        row = seen.page.locator("#ex-0002 tr.change").first
        assert row.locator("td").all_inner_texts() == [told_text("不少于 2 次"), told_text("不少于 4 次")]
        assert row.locator("del").all_inner_texts() == ["不少于 2 次"]
        assert row.locator("ins").all_inner_texts() == ["不少于 4 次"]


def test_a_whole_duty_that_came_or_went_is_told_once_across_both_columns(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        came = seen.page.locator("#ex-0012 tr.change td")
        assert (came.count(), came.get_attribute("colspan"), came.inner_text()) == (1, "2", "每月一次")
        assert came.locator("ins").count() == 1
        gone = seen.page.locator("#ex-0010 tr.change")
        assert (gone.locator("td").count(), gone.locator("th").get_attribute("colspan")) == (0, "3")
        assert seen.page.locator("#ex-0010").inner_text().count("订阅报刊") == 1


def test_what_many_changes_share_is_folded_away_at_first_and_opens(browser: Browser, tmp_path: Path) -> None:
    some = [change(ChangeKind.ADDED, f"x-{at:04d}", burden=Burden.HEAVIER, rule="BU001") for at in range(21)]
    for made, opened_first in ((some[:20], True), (some, False)):
        with opened(browser, saved(tmp_path, Comparison(tuple(made), (), ()))) as seen:
            for part in ("[aria-labelledby=heavier]", "[aria-labelledby=uncaused]"):
                listed = seen.page.locator(f"{part} li").first
                assert listed.is_visible() is opened_first
                if not opened_first:
                    seen.page.locator(f"{part} summary").click()
                    assert listed.is_visible()


def told_text(amount: str) -> str:
    """The revised clause."""
    ending = "向市水利局报送，同时做好归档和保密工作，遇有重大情况随时报告，不得迟报、漏报、瞒报；"
    return f"督促本辖区农业用水指标落实情况，并按照规定的时间和格式，每年{amount}{ending}"


def test_every_link_leads_to_its_one_place_and_ids_are_single(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        targets = seen.page.eval_on_selector_all("a", "all => all.map(one => one.getAttribute('href'))")
        ids = seen.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert {target.removeprefix("#") for target in targets} <= set(ids)
        assert {name.removeprefix("#") for name in targets} >= {"heavier", "list-1", "list-5", "ex-0002", "uncaused"}
        seen.page.click("nav >> text=未注明依据")
        assert seen.page.evaluate("location.hash") == "#uncaused"
        assert seen.page.locator("#uncaused").is_visible()


def test_the_keyboard_skips_to_the_text_and_reaches_the_contents(browser: Browser, page: Path) -> None:
    focused = "document.activeElement.textContent + '|' + getComputedStyle(document.activeElement).outlineStyle"
    with opened(browser, page) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate(focused) == "跳到正文|solid"
        assert seen.page.evaluate("document.activeElement.getBoundingClientRect().x") >= 0
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate(focused) == "账目|solid"
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("location.hash") == "#heavier"
        seen.page.locator("summary").first.focus()
        seen.page.keyboard.press("Space")
        assert not seen.page.locator("details").first.evaluate("one => one.open")


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_the_contrast_that_wcag_asks_for(browser: Browser, page: Path, dark: bool) -> None:
    with opened(browser, page, dark=dark) as seen:
        pairs: list[list[str]] = seen.page.evaluate(COLOURS)
    assert len(pairs) > 10
    assert [(fore, back, where) for fore, back, where in pairs if contrast(fore, back) < 4.5] == []
    paper = luminance(pairs[0][1])
    assert (paper < 0.05) if dark else (paper > 0.8)


def test_headings_go_down_one_step_at_a_time_and_the_language_is_said(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        levels = seen.page.eval_on_selector_all("h1, h2, h3", "all => all.map(one => Number(one.tagName[1]))")
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert seen.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_on_paper_stands_every_change_with_lines_through_and_under_the_text(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "变化.pdf"
    with opened(browser, page) as seen:
        seen.page.locator("summary").first.click()
        seen.page.pdf(path=paper, prefer_css_page_size=True)
        seen.page.emulate_media(media="print")
        style: Any = seen.page.evaluate("getComputedStyle(document.querySelector('del')).textDecorationLine")
        assert style == "line-through"
        assert seen.page.evaluate("getComputedStyle(document.querySelector('ins')).textDecorationLine") == "underline"
        breaks = seen.page.eval_on_selector_all("tr.change", "all => all.map(one => getComputedStyle(one).breakInside)")
        assert set(breaks) == {"avoid"}
    printed = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True).stdout.decode()
    words = re.sub(r"\s", "", printed)
    assert words.count("实质") >= sum(one.weight is Weight.SUBSTANTIVE for one in comparison().changes)
    for one in comparison().changes:
        if one.weight is not Weight.LAYOUT and one.duty:
            assert one.duty in words
    assert "无4ex-0012" in words
    assert LONG[-15:] in words
