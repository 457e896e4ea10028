"""The page of a leg in a real browser: quiet, alone, readable on any screen, by keyboard and on paper."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import legs
from comparisons import ATTACKS
from dutylist.model.change import Comparison
from dutylist.report import leg_words as words
from dutylist.report.leg import LegReport
from dutylist.report.leg_formats import write
from dutylist.report.plain import plain
from pages import COLOURS, OVERFLOW, chromium, contrast, luminance, opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of three legs as files."""
    folder = tmp_path_factory.mktemp("环节")
    return {
        "report": saved(folder / "报告.html", legs.report()),
        "draft": saved(folder / "草稿.html", legs.NOTHING),
        "hostile": saved(folder / "攻击.html", legs.hostile()),
    }


def saved(path: Path, view: LegReport) -> Path:
    """The page of a leg as a file."""
    path.write_text(write("html", view), "utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1440, 1000, 390, 320])
@pytest.mark.parametrize("name", ["report", "draft", "hostile"])
def test_it_is_quiet_asks_for_nothing_and_fits_the_screen(
    browser: Browser, pages: dict[str, Path], name: str, width: int, dark: bool
) -> None:
    with opened(browser, pages[name], width=width, dark=dark) as seen:
        assert seen.page.evaluate(OVERFLOW) == 0
        assert (seen.requests, seen.complaints) == ([], [])


def test_attacks_are_text(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["hostile"]) as seen:
        assert seen.page.locator("script, img, iframe, [onerror]").count() == 0
        said = seen.page.locator("main").inner_text()
        assert seen.page.locator(".opinions tbody tr").count() == len(ATTACKS)
        assert seen.page.locator(".units li").count() == len(ATTACKS)
        for attack in ATTACKS:
            assert all(plain(line) in said for line in attack.splitlines() if "\u2028" not in attack)


def test_each_opinion_has_a_row_under_the_nine_columns(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["report"]) as seen:
        head = seen.page.locator(".opinions thead th").all_inner_texts()
        assert head == list(words.COLUMNS)
        rows = seen.page.locator(".opinions tbody tr")
        assert rows.count() == len(legs.OPINIONS)
        asked = rows.nth(3).locator("td").all_inner_texts()
        assert asked[0] == "示例市水利局"
        assert asked[3].split("\n") == [
            "建议删去“水费征收”。",
            "",
            "建议修改为",
            "（删去）",
            "",
            "提出理由",
            "乡镇没有执法权。",
            "征收是水利部门的职责。",
        ]
        assert asked[4:] == ["采纳", "—", "专题协调会 2025-03-15", f"删去条款 {legs.CAUSED[0].fingerprint}"]


@pytest.mark.parametrize("name", ["report", "hostile"])
def test_every_link_leads_to_its_one_place_and_ids_are_single(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with opened(browser, pages[name]) as seen:
        targets = seen.page.eval_on_selector_all("a", "all => all.map(one => one.getAttribute('href'))")
        ids = seen.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert {target.removeprefix("#") for target in targets} <= set(ids)
        assert {"#summary", "#opinions", "#silent", "#report", "#account", "#o5"} <= set(targets)


def test_an_opinion_leads_to_the_change_that_answers_it(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["report"]) as seen:
        seen.page.locator("#o4 a").click()
        answered = seen.page.locator("tr.change:target")
        assert answered.locator("del").all_inner_texts() == ["协助征收水费；"]
        assert "意见：示例市水利局（采纳）" in answered.inner_text()
        assert seen.page.locator("#o3 a").count() == 1


def test_changes_that_are_alike_share_the_place_of_the_first(browser: Browser, tmp_path: Path) -> None:
    twice = Comparison(
        (legs.CAUSED[0], replace(legs.CAUSED[0], field="township_responsibilities[0].clauses[3]")), (), ()
    )
    with opened(browser, saved(tmp_path / "两处.html", legs.report(made=twice))) as seen:
        assert seen.page.locator("tr.change").count() == 2
        assert seen.page.locator(f"#c-{legs.CAUSED[0].fingerprint}").count() == 1


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_the_contrast_that_wcag_asks_for(browser: Browser, pages: dict[str, Path], dark: bool) -> None:
    with opened(browser, pages["report"], dark=dark) as seen:
        pairs: list[list[str]] = seen.page.evaluate(COLOURS)
    assert len(pairs) > 10
    assert [(fore, back, where) for fore, back, where in pairs if contrast(fore, back) < 4.5] == []
    paper = luminance(pairs[0][1])
    assert (paper < 0.05) if dark else (paper > 0.8)


def test_headings_go_down_one_step_at_a_time_and_the_keyboard_skips_to_the_text(
    browser: Browser, pages: dict[str, Path]
) -> None:
    for name in ("report", "draft", "hostile"):
        with opened(browser, pages[name]) as seen:
            levels = seen.page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(one => Number(one.tagName[1]))")
            assert levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))
            assert seen.page.evaluate("document.documentElement.lang") == "zh-CN"
            seen.page.keyboard.press("Tab")
            assert seen.page.evaluate("document.activeElement.textContent") == "跳到正文"
            seen.page.keyboard.press("Tab")
            assert seen.page.evaluate("document.activeElement.textContent") == "会议摘要"


def test_on_a_phone_each_field_stands_behind_its_name_and_empty_ones_are_left_out(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["report"], width=390) as seen:
        shown = seen.page.locator("#o2 td:visible")
        names = shown.evaluate_all("all => all.map(one => one.dataset.side)")
        assert names == ["提出单位", "事项", "意见", "是否采纳", "理由"]


def test_the_summary_is_the_first_page_and_the_table_lies_across(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    paper = tmp_path / "环节.pdf"
    with opened(browser, pages["report"]) as seen:
        seen.page.pdf(path=paper, prefer_css_page_size=True)
    first, second, *_ = printed(paper)
    assert "备注" in first
    assert "会议两次改期。" in first
    assert "协调方式" not in first
    assert "对应变化" in second
    assert sizes(paper)[:3] == ["portrait", "landscape", "portrait"]
    assert legs.DIGEST in first


def printed(paper: Path) -> list[str]:
    """The words of each page."""
    done = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
    return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")]


def sizes(paper: Path) -> list[str]:
    """How each page lies."""
    done = subprocess.run(["pdfinfo", "-f", "1", "-l", "99", paper], capture_output=True, check=True)
    found = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", done.stdout.decode())
    return ["landscape" if float(width) > float(height) else "portrait" for width, height in found]
