"""The HTML report, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.report.conftest import Reporting
from tests.report.papers import HOSTILE, OWN_TABLE, PAPER
from writer.report import formats
from writer.report._checks import checks_report, rendered
from writer.report._report import Part

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    """A headless Chromium."""
    from selenium import webdriver

    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no chromium and chromedriver are installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_argument("--window-size=1200,900")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield browser
    browser.quit()


def logged(chrome: Chrome, kind: str) -> list[dict[str, str]]:
    """What the browser logged since this was last asked."""
    entries: list[dict[str, str]] = chrome.get_log(kind)  # type: ignore[no-untyped-call]  # selenium gives no types
    return entries


class Page:
    """A report open in the browser."""

    def __init__(self, chrome: Chrome, report_on: Reporting, folder: Path, text: str) -> None:
        path = folder / "report.html"
        path.write_text(formats()["html"].render(report_on(text)), encoding="utf-8")
        logged(chrome, "browser")
        logged(chrome, "performance")
        chrome.get(path.as_uri())
        self.chrome = chrome

    def all(self, css: str) -> list[WebElement]:
        return self.chrome.find_elements("css selector", css)

    def mark(self, text: str) -> WebElement:
        return next(item for item in self.all("a.q") if item.text == text)

    def shown(self) -> list[str]:
        """The heads of the evidence that is visible."""
        return [item.text for item in self.all(".card h3") if item.is_displayed()]

    def press(self, key: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.chrome).send_keys(key).perform()

    def style(self, item: WebElement, name: str) -> str:
        value: str = item.value_of_css_property(name)
        return value


@pytest.fixture
def page(chrome: Chrome, report_on: Reporting, tmp_path: Path) -> Page:
    return Page(chrome, report_on, tmp_path, PAPER)


@pytest.mark.browser
def test_the_text_is_there_with_each_claim_marked(page: Page) -> None:
    text = page.all("main")[0].text
    assert "Seven <b>schedulers</b>" in text
    assert "At concurrency 4 the throughput is 9.27 tasks/s, which is optimal" in text
    marks = [(item.text, item.get_attribute("title")) for item in page.all("a.q")]
    assert len(marks) == 11
    assert ("9.27 tasks/s", "contradicted") in marks
    assert ("optimal", "unsupported") in marks
    assert ("3.6×", "supported") in marks
    assert ("2019", "not checked") in marks
    assert "10 quantities found, 8 checked, 2 not checked" in page.all("#coverage")[0].text


@pytest.mark.browser
def test_verdicts_differ_in_shape_and_not_only_in_colour(page: Page) -> None:
    marks = [page.mark(text) for text in ("9.27 tasks/s", "optimal", "3.6×", "2019")]
    lines = [page.style(item, "border-bottom-style") for item in marks]
    assert lines == ["double", "dashed", "solid", "dotted"]
    script = "return getComputedStyle(arguments[0], '::after').content"
    signs = [page.chrome.execute_script(script, item) for item in marks]
    assert signs == ['"✗"', '"?"', '"✓"', '"○"']


@pytest.mark.browser
def test_evidence_is_shown_on_click_and_hidden_again(page: Page) -> None:
    assert page.shown() == []
    page.mark("9.27 tasks/s").click()
    assert page.shown() == ["9.27 tasks/s contradicted"]
    (card,) = [item for item in page.all(".card") if item.is_displayed()]
    assert "data/concurrency.csv:4:throughput" in card.text
    assert "paper.tex:5:36" in card.text
    page.mark("3.6×").click()
    assert page.shown() == ["3.6× supported"]
    assert "ratio(concurrency/4/throughput,concurrency/1/throughput)" in page.all("aside")[0].text
    page.mark("3.6×").click()
    assert page.shown() == []


@pytest.mark.browser
def test_everything_works_by_keyboard(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.press("n")
    page.press("n")
    assert page.shown() == ["9.27 tasks/s contradicted"]
    page.press("p")
    assert page.shown() == ["4 supported"]
    page.press(Keys.ESCAPE)
    assert page.shown() == []
    assert page.chrome.switch_to.active_element.text == "4"
    page.press(Keys.TAB)
    page.press(Keys.ENTER)
    assert page.shown() == ["9.27 tasks/s contradicted"]
    assert page.chrome.switch_to.active_element.get_attribute("aria-expanded") == "true"
    page.press(Keys.TAB)
    page.press(Keys.SPACE)
    assert page.shown() == ["optimal unsupported"]


@pytest.mark.browser
def test_the_most_serious_are_listed_first_and_lead_to_their_place(page: Page) -> None:
    listed = page.all("a.go")
    assert [item.text for item in listed] == ["9.27 tasks/s", "5.27 tasks/s", "optimal"]
    listed[1].click()
    assert page.shown() == ["5.27 tasks/s contradicted"]
    assert page.chrome.switch_to.active_element.text == "5.27 tasks/s"


@pytest.mark.browser
def test_the_cells_of_the_papers_tables_are_lit_and_linked(
    chrome: Chrome, report_on: Reporting, tmp_path: Path
) -> None:
    from selenium.webdriver.common.keys import Keys

    page = Page(chrome, report_on, tmp_path, OWN_TABLE)
    assert page.all("caption")[0].text == "Table 1: Accuracy <i>of</i> all."
    assert [item.text for item in page.all("#t1 th")] == ["Method", "Test accuracy (%)", "Size"]
    assert page.all("#t1 .hit") == []
    page.mark("84.2%").click()
    assert [item.text for item in page.all("#t1 .hit")] == ["84.2"]
    page.mark("3.1 points").click()
    assert [item.text for item in page.all("#t1 .hit")] == ["81.1", "84.2"]
    (card,) = [item for item in page.all(".card") if item.is_displayed()]
    assert "Table 1: Ours, Test accuracy (%) 84.2" in " ".join(card.text.split())
    page.press(Keys.ESCAPE)
    assert page.all("#t1 .hit") == []
    assert chrome.title == "paper.tex: checked by sage-write"


@pytest.mark.browser
def test_a_clean_paper_says_so(chrome: Chrome, report_on: Reporting, tmp_path: Path) -> None:
    page = Page(chrome, report_on, tmp_path, "At concurrency 4 the throughput is 7.27 tasks/s.")
    assert page.all("#clean")[0].text == "Nothing that was checked is wrong."


@pytest.mark.browser
def test_the_filter_takes_a_verdict_out(page: Page) -> None:
    page.mark("3.6×").click()
    (box,) = page.all("#filter input[value=supported]")
    box.click()
    assert page.shown() == []
    assert page.style(page.mark("3.6×"), "background-color") == "rgba(0, 0, 0, 0)"
    page.mark("3.6×").click()
    assert page.shown() == []
    page.press("n")
    assert page.shown() == ["9.27 tasks/s contradicted"]
    box.click()
    page.mark("3.6×").click()
    assert page.shown() == ["3.6× supported"]


@pytest.mark.browser
def test_what_the_author_accepts_is_listed(page: Page) -> None:
    assert "contradicted-claim (CLM002) paper.tex:9:36: a typo" in page.all("#suppressed")[0].text


@pytest.mark.browser
def test_on_paper_the_evidence_of_what_is_wrong_is_printed(page: Page) -> None:
    def emulate(media: str) -> None:
        page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media})

    emulate("print")
    heads = page.shown()
    emulate("")
    assert heads == [
        "9.27 tasks/s contradicted",
        "optimal unsupported",
        "6.27 tasks/s contradicted",
        "5.27 tasks/s contradicted",
    ]


@pytest.mark.browser
def test_no_script_of_the_paper_runs_and_nothing_is_fetched(
    chrome: Chrome, report_on: Reporting, tmp_path: Path
) -> None:
    import json

    page = Page(chrome, report_on, tmp_path, HOSTILE)
    assert chrome.title == "paper.tex: checked by sage-write"
    assert len(page.all("script")) == 1
    assert page.all("img") == []
    assert page.all("main")[0].text.count("<script>") == 2
    page.mark("9.27 tasks/s").click()
    assert page.shown() == ["9.27 tasks/s contradicted"]
    assert logged(chrome, "browser") == []
    messages = [json.loads(item["message"])["message"] for item in logged(chrome, "performance")]
    sent = [
        item["params"]["request"]["url"]
        for item in messages
        if item["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in sent if not url.startswith("file:")] == []


@pytest.mark.browser
def test_the_policy_stops_a_script_that_would_be_in_the_page(
    chrome: Chrome, report_on: Reporting, tmp_path: Path
) -> None:
    rendered = formats()["html"].render(report_on(PAPER))
    path = tmp_path / "tampered.html"
    taken = '<script>document.title = "taken"</script><img src="x" onerror="document.title=1">'
    path.write_text(rendered.replace("<main>", f"<main>{taken}"), encoding="utf-8")
    chrome.get(path.as_uri())
    assert chrome.title == "paper.tex: checked by sage-write"
    assert any("Content Security Policy" in item["message"] for item in logged(chrome, "browser"))


class _Tags(HTMLParser):
    """The tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(text: str) -> list[tuple[str, dict[str, Any]]]:
    parser = _Tags()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("text", [PAPER, HOSTILE, OWN_TABLE, ""])
def test_nothing_is_loaded_and_no_handler_is_inline(report_on: Reporting, text: str) -> None:
    found = tags(formats()["html"].render(report_on(text)))
    attributes = {name for _, given in found for name in given}
    assert not {name for name in attributes if name.startswith("on")}
    assert not attributes & {"src", "srcset", "style", "data", "action", "background"}
    assert {given["href"][0] for _, given in found if "href" in given} <= {"#"}
    assert {name for name, _ in found} & {"iframe", "img", "link", "object", "form"} == set()


def test_identifiers_are_unique(report_on: Reporting) -> None:
    ids = [
        given["id"]
        for _, given in tags(formats()["html"].render(report_on(PAPER)))
        if "id" in given
    ]
    assert len(ids) == len(set(ids))


def test_the_policy_names_the_hashes_of_what_is_in_the_page(report_on: Reporting) -> None:
    import base64
    import hashlib

    text = formats()["html"].render(report_on(PAPER))
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;" in text or (
            f"{directive} 'sha256-{digest}'" in text
        )


@pytest.mark.browser
def test_a_page_of_several_papers_opens_each_with_its_evidence(
    chrome: Chrome, report_on: Reporting, tmp_path: Path
) -> None:
    parts = (
        Part("one.tex", report_on(PAPER)),
        Part("<b>.tex", None, "<b>.tex: cannot be read"),
        Part("own.tex", report_on(OWN_TABLE)),
    )
    path = tmp_path / "all.html"
    path.write_text(rendered(checks_report(parts), "html"), encoding="utf-8")
    logged(chrome, "browser")
    chrome.get(path.as_uri())
    names = [item.text for item in chrome.find_elements("css selector", ".name, h2")]
    assert names == ["one.tex", "<b>.tex", "own.tex"]
    first, other = chrome.find_elements("css selector", "iframe")
    assert [first.is_displayed(), other.is_displayed()] == [False, False]
    chrome.find_element("css selector", "summary").click()
    assert [first.is_displayed(), other.is_displayed()] == [True, False]
    chrome.switch_to.frame(first)
    try:
        mark = next(
            item
            for item in chrome.find_elements("css selector", "a.q")
            if item.text == "9.27 tasks/s"
        )
        assert mark.value_of_css_property("border-bottom-style") == "double"
        mark.click()
        heads = [item.text for item in chrome.find_elements("css selector", ".card h3")]
        assert any("9.27 tasks/s" in head for head in heads)
    finally:
        chrome.switch_to.default_content()
    assert [entry["message"] for entry in logged(chrome, "browser")] == []
