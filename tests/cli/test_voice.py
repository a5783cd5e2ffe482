"""How sentences reach the terminal, and how JSON reaches a program."""

from __future__ import annotations

import io
import json

import pytest

from analysis.errors import QuestionError
from cli.usage import UsageError
from cli.voice import ReaderGone, Terminal, Voice


@pytest.fixture
def written() -> io.BytesIO:
    return io.BytesIO()


@pytest.fixture
def ascii_voice(written: io.BytesIO) -> Voice:
    """Return a voice on a terminal that knows no Chinese."""
    stream = io.TextIOWrapper(written, encoding="ascii", errors="replace")
    return Voice("zh", out=Terminal(file=stream, markup=False, emoji=False))


def test_text_for_programs_is_utf_8_whatever_the_terminal_is_set_to(ascii_voice: Voice, written: io.BytesIO) -> None:
    ascii_voice.machine_text('{"name": "太平镇"}')
    assert json.loads(written.getvalue().decode("utf-8")) == {"name": "太平镇"}


def test_a_character_that_the_terminal_does_not_know_becomes_a_question_mark(
    ascii_voice: Voice, written: io.BytesIO
) -> None:
    ascii_voice.line("太平镇 x")
    assert written.getvalue() == b"??? x\n"


def test_what_looks_like_markup_or_an_emoji_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    Voice("en").line("[bold] lot:100: [/x]")
    assert capsys.readouterr().out == "[bold] lot:100: [/x]\n"


def test_a_heading_has_an_empty_line_before_it_unless_it_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice("en")
    voice.heading("causes.found")
    voice.heading("causes.chains")
    assert capsys.readouterr().out == "Findings\n\nChains to what is feared\n"


def test_a_list_names_each_word_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert Voice("zh").listed(["大病", "滞销", "大病"]) == "大病、滞销"


def test_yes_and_no_stand_in_tables(capsys: pytest.CaptureFixture[str]) -> None:
    Voice("zh").table(("column.made_up", "column.count"), [[True, None], [False, 1234]])
    assert capsys.readouterr().out.split() == ["虚构", "数量", "是", "否", "1,234"]


def test_in_json_mode_no_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice("en", is_json=True)
    voice.say("load.nothing")
    voice.table(("column.count",), [[1]])
    assert capsys.readouterr().out == ""


def test_a_fault_goes_to_standard_error_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Voice("en").fault(UsageError("only_loopback", host="0.0.0.0"))  # noqa: S104 - it is refused
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[1:] == ["Leave --host out."]


def test_a_problem_carries_the_status_of_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    Voice("zh", is_json=True).fault(QuestionError("limit_too_small", limit=0))
    assert json.loads(capsys.readouterr().err) == {
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "code": "limit_too_small",
        "detail": "列表不能只取 0 条。至少取一条。",
    }


def test_a_reader_that_is_gone_is_noticed() -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(ReaderGone):
        Voice("en", out=Terminal(file=Closed())).line("x")
