"""How every command behaves: results, story, JSON, exit codes, help, pipes, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from narrate import __version__
from narrate.cli.app import narrate as group
from narrate.cli.output import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, (*path, name))


COMMANDS = dict(commands(group))


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "narrate")
def test_every_command_and_option_has_help(narrate: Run, path: tuple[str, ...]) -> None:
    """`-h` and `--help` say the same; each option of each command says what it does."""
    command = COMMANDS[path]
    short, long = narrate(*path, "-h"), narrate(*path, "--help")

    assert (short.code, short.out, short.err) == (long.code, long.out, long.err) == (0, short.out, "")
    assert short.out.startswith("Usage: narrate")
    assert command.help
    assert [param.name for param in command.params if isinstance(param, click.Option) and not param.help] == []
    assert "\\b" not in short.out
    assert "RANGE" not in short.out
    assert max(map(len, short.out.splitlines())) <= 100


def test_the_version_is_told(narrate: Run) -> None:
    """`--version` is one line on stdout."""
    assert narrate("--version").out == f"narrate {__version__}\n"


def test_help_needs_none_of_the_libraries_that_make_sound() -> None:
    """It is instant because nothing heavy is imported for it, by any command."""
    heavy = [
        "numpy",
        "onnxruntime",
        "av",
        "lxml",
        "PIL",
        "soxr",
        "pydub",
        "mutagen",
        "jinja2",
        "yaml",
        "lameenc",
        "starlette",
        "uvicorn",
        "rich",
        "pyttsx3",
    ]
    program = (
        "import sys; from narrate.cli.app import run; run(['--help']); run(['make', '-h']);"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_result_is_on_stdout_and_the_story_on_stderr(narrate: Run, article: str) -> None:
    """The last line of stdout is the episode's path, whatever else is told."""
    said = narrate("make", article)

    assert said.code == 0
    assert said.out == f"{Path('out/narrated-articles/bread/bread.mp3')}\n"
    assert Path(said.last).is_file()
    assert "Made “Bread”" in said.err
    assert said.err.splitlines()[-1] == "Listen and subscribe: narrate serve --lan"


@pytest.mark.parametrize(
    ("options", "lines"),
    [((), 6), (("-q",), 0), (("--quiet",), 0), (("-v",), 8), (("--progress", "none"), 3), (("--progress", "lines"), 6)],
)
def test_how_much_is_told_can_be_chosen(narrate: Run, article: str, options: tuple[str, ...], lines: int) -> None:
    """`-q` tells nothing, `-v` more; the result is the same."""
    said = narrate("make", article, *options)

    assert said.last.endswith("bread.mp3")
    told = len(said.err.splitlines())
    assert told == 0 if not lines else told >= lines


def test_progress_names_the_sentence_and_draws_nothing_where_there_is_no_terminal(narrate: Run, article: str) -> None:
    """Lines for screen readers and logs: no boxes, no spinners, no colours."""
    said = narrate("make", article)

    assert "Speaking 1 of 7: Bread" in said.err
    assert not set(said.err) & set("\x1b\r━╸│┃█⠋")


def test_bars_can_be_asked_for(narrate: Run, article: str) -> None:
    """`--progress bar` draws, on stderr alone; NO_COLOR is heeded."""
    said = narrate("make", article, "--progress", "bar")

    assert said.out.count("\n") == 1


def test_no_color_means_none(installed: Run, article: str) -> None:
    """https://no-color.org, also where bars are asked for."""
    said = installed("make", article, "--progress", "bar", NO_COLOR="1", FORCE_COLOR="1")

    assert "\x1b[3" not in said.err


def test_json_is_one_document(narrate: Run, article: str) -> None:
    """With all that programs want to know, and nothing on stderr."""
    said = narrate("make", article, "--json")
    document = said.json()
    (episode,) = document["episodes"]

    assert said.err == ""
    assert document["ok"]
    assert episode["outcome"] == "new"
    assert Path(episode["audio"]).stat().st_size == episode["files"][0]["bytes"]
    assert (episode["spoken"], episode["utterances"]) == (7, 7)


JSON_FAILURES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "usage": (("make", "--json"), 2, "usage"),
    "an option": (("make", "--json", "--frob", "x"), 2, "usage"),
    "a setting": (("make", "--json", "--speed", "9", "x"), 2, "settings"),
    "no show": (("list", "--json"), 1, "show"),
    "no such episode": (("remove", "--json", "x"), 1, "show"),
    "a command": (("frob", "--json"), 2, "usage"),
}


@pytest.mark.parametrize("name", JSON_FAILURES)
def test_json_is_one_document_on_failure_too(narrate: Run, name: str) -> None:
    """With a code that does not change, the sentence, and the exit code that says the same."""
    words, exit_code, code = JSON_FAILURES[name]
    said = narrate(*words)

    assert said.code == exit_code
    assert said.err == ""
    assert said.json()["ok"] is False
    assert said.json()["error"]["code"] == code
    assert "\n" not in said.json()["error"]["message"]


def test_json_tells_of_each_article_that_failed(narrate: Run, article: str) -> None:
    """What was made is there, what was not has its code."""
    Path("empty.txt").touch()
    said = narrate("make", "--json", "missing.txt", article, "empty.txt")
    document = said.json()

    assert (said.code, document["ok"]) == (1, False)
    assert [episode["title"] for episode in document["episodes"]] == ["Bread"]
    assert [(one["article"], one["code"]) for one in document["failed"]] == [
        ("missing.txt", "article"),
        ("empty.txt", "article"),
    ]


def test_what_stands_after_two_hyphens_is_no_option(narrate: Run) -> None:
    """Files may be called anything."""
    for name in ("-x.md", "--json", "-"):
        Path(name).write_text("# Bread\n\nBread is old.\n", encoding="utf-8")
    plain = narrate("make", "-q", "--", "-x.md", "--json")
    refused = narrate("make", "-q", "--", "--json", "--missing")

    assert plain.code == 0
    assert len(plain.out.splitlines()) == 2
    assert "--missing" in refused.refusal


def test_an_option_that_is_not_there_is_told_with_a_hint(narrate: Run) -> None:
    """Usage is exit code 2, and says where help is."""
    said = narrate("make", "--voise", "joe", "x")

    assert said.code == 2
    assert said.refusal == "narrate: no such option '--voise'; did you mean --voice; see 'narrate make --help'"


def test_no_command_at_all_shows_help(narrate: Run) -> None:
    """On stderr, with exit code 2."""
    said = narrate()

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage: narrate")


def test_messages_command_no_terminal(narrate: Run) -> None:
    """A file's name with a newline and escape codes is shown, in one line, as what it is."""
    name = "a\nb\x1b[2J\x9b31m.txt"
    Path(name).write_bytes(b"\x89PNG\r\n\x1a\n")
    Path("c\nd.txt").write_bytes(b"")
    for said in (narrate("make", name, "c\nd.txt", "--progress", "lines"), narrate("make", f"missing{name}")):
        assert not set(said.err) & set("\x1b\x9b\r")
        assert [line for line in said.err.splitlines() if not line.startswith(("narrate: ", "Reading "))] == []


def test_text_without_commands_is_shown_as_it_is() -> None:
    """What only looks odd stays: spaces of all kinds, joined emoji, other directions of writing."""
    text = "a\u00a0b\u202fc\u3000d 👨\u200d👩 क्\u200dष اللغة\u00ad"

    assert printable(text) == text
    assert printable("\u202egpj.mp3\x1b]0;x\x07") == "\\u202egpj.mp3\\x1b]0;x\\x07"


def test_hints_call_the_program_as_it_was_called() -> None:
    """`python -m narrate` says so in what it advises."""
    done = subprocess.run([sys.executable, "-m", "narrate", "list"], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("python -m narrate: there is no show")
    assert "'python -m narrate make ARTICLE'" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(program: str) -> None:
    """`narrate settings | head -1` says nothing on stderr."""
    reader = f'"{sys.executable}" -c "print(input())"'
    command = f'"{program}" settings | {reader}; "{program}" voices | {reader}'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)  # noqa: S602 # its own words

    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 2


def test_columns_are_separated_by_tabs_in_a_pipe(narrate: Run, article: str) -> None:
    """And have no heads; a title with a tab or a newline stays in its column."""
    Path("tab.md").write_text('---\ntitle: "Tab\\there"\n---\nBread is old.\n', encoding="utf-8")
    narrate("make", "-q", article, "tab.md")
    rows = [line.split("\t") for line in narrate("list").out.splitlines()]

    assert [len(row) for row in rows] == [4, 4]
    assert {row[2] for row in rows} == {"bread", "tab-here"}


def test_a_code_page_without_the_characters_is_no_error(installed: Run) -> None:
    """As pipes on Windows have it: paths and titles are escaped, JSON stays JSON."""
    Path("ja.txt").write_text("日本語\n\nこれは日本語です。次の文です。😀\n", encoding="utf-8")
    plain = installed("make", "ja.txt", PYTHONIOENCODING="cp1252")
    listed = installed("list", "--json", PYTHONIOENCODING="cp1252")

    assert plain.code == listed.code == 0
    assert listed.json()["episodes"][0]["title"] == "日本語"


def started(program: str, *words: str) -> subprocess.Popen[str]:
    """A make that is speaking."""
    folder = Path(os.environ["NARRATE_CACHE_DIR"])
    kept = len(list(folder.glob("v*/takes/*/*")))
    text = " ".join(f"Of very many sentences this is number {number}." for number in range(10_000))
    Path("long.md").write_text(f"# Long\n\n{text}\n", encoding="utf-8")
    process = subprocess.Popen(
        [program, "make", "long.md", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 30
    while len(list(folder.glob("v*/takes/*/*"))) == kept and time.monotonic() < end:
        time.sleep(0.05)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
@pytest.mark.parametrize(
    "ending", [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")], ids=lambda ending: ending[2]
)
def test_a_signal_ends_it_with_its_code_and_nothing_broken(
    narrate: Run, program: str, article: str, ending: tuple[int, int, str]
) -> None:
    """130 and 143, one sentence or one document, no half of an episode, the earlier one whole."""
    number, code, word = ending
    narrate("make", article)
    before = Path("out/narrated-articles/feed.xml").read_bytes()
    process = started(program, "--json")
    process.send_signal(number)
    out, err = process.communicate(timeout=20)

    assert process.returncode == code
    assert err.strip() == ""
    assert json.loads(out)["error"]["code"] == word
    assert Path("out/narrated-articles/feed.xml").read_bytes() == before
    assert narrate("list").out.count("\n") == 1
    assert not [path for path in Path("out/narrated-articles/.staging").iterdir() if path.is_dir()]


def test_a_mistake_of_our_own_is_a_sentence_too() -> None:
    """Whatever nobody thought of: no traceback, unless it is asked for, and one document with ``--json``."""
    broken = (
        "import sys; from narrate.cli import app; import narrate.settings;"
        "narrate.settings.load_settings = lambda *_: 1 // 0; app.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", broken, "list"]
    plain = subprocess.run(command, capture_output=True, text=True, check=False)
    asked = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"NARRATE_TRACEBACK": "1"}
    )

    assert plain.returncode == asked.returncode == 1
    assert "ZeroDivisionError" in plain.stderr
    assert len(plain.stderr.splitlines()) == 1
    assert "Traceback" in asked.stderr


@pytest.mark.parametrize(
    ("missing", "form", "package"), [("lameenc", "mp3", "lameenc"), ("av", "opus", "av"), ("mutagen", "mp3", "mutagen")]
)
def test_a_library_that_is_missing_is_named_with_what_to_install(
    tmp_path: Path, missing: str, form: str, package: str
) -> None:
    """Whichever it is, and whenever it turns out: one sentence, no bug."""
    (tmp_path / "one.txt").write_text("Salt is old. It is still dug.", encoding="utf-8")
    without = f"import sys; sys.modules[{missing!r}] = None; from narrate.cli import main; main()"
    command = [sys.executable, "-c", without, "make", "one.txt", "--voice", "tone", "--no-music", "--format", form]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 1
    assert f"the package '{package}' is not installed here; 'pip install {package}' brings it" in done.stderr
    assert "mistake of narrate" not in done.stderr


@pytest.mark.parametrize(
    ("file", "words"),
    [("spede = 1\n", "did you mean 'speed'"), ("speed = [\n", "not TOML"), ("speed = 9\n", "from 0.5 to 3")],
)
def test_a_broken_settings_file_is_wrong_usage(narrate: Run, article: str, file: str, words: str) -> None:
    """With file and line, before anything is done."""
    Path("narrate.toml").write_text(file)
    said = narrate("make", article)

    assert said.code == 2
    assert "narrate.toml" in said.refusal
    assert words in said.refusal
    assert not Path("out").exists()


def test_a_variable_that_makes_no_sense_is_wrong_usage(
    narrate: Run, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`NARRATE_SPEED=fast`."""
    monkeypatch.setenv("NARRATE_SPEED", "fast")
    said = narrate("make", article)

    assert said.code == 2
    assert said.refusal == "narrate: NARRATE_SPEED: 'fast' is not a number from 0.5 to 3"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/a", "example.org", "https://a b", "http://<x>"]
)
def test_an_address_is_one_of_the_web(narrate: Run, article: str, url: str) -> None:
    """Show notes and pages link to it, so it must not be a command."""
    said = narrate("make", article, "--url", url)

    assert said.code == 2
    assert "https://" in said.refusal


def test_a_day_is_written_as_one(narrate: Run, article: str) -> None:
    """`--date` says how."""
    said = narrate("make", article, "--date", "2025-13-40")

    assert said.code == 2
    assert "'2025-13-40' is not a day; write it as 2026-11-24" in said.refusal


def test_the_folder_of_a_show_has_one_kind_of_name(narrate: Run, article: str) -> None:
    """A name that could lead elsewhere is refused."""
    for name in ("../x", "A B", ""):
        said = narrate("make", article, "--show", name)
        assert said.code == 2


def test_serving_without_a_show_is_told(narrate: Run) -> None:
    """There is nothing to serve yet."""
    assert "make an episode first" in narrate("serve").refusal
