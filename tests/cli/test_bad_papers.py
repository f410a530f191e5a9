"""Papers that are wrong on purpose: a finding or one clear error, no hang, nothing written."""

from __future__ import annotations

import contextlib
import io
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Run, sage_write
from tests.report.papers import OWN_TABLE
from writer.cli.patience import OutOfTimeError, time_limit

OUTSIDE = "The secret throughput is 123.4~tasks/s."
GOOD = "\\documentclass{article}\n" + OWN_TABLE
CLAIM = "We reach 84.2\\% accuracy.\n"


def body(text: str) -> str:
    return f"\\documentclass{{article}}\\begin{{document}}\n{text}\n\\end{{document}}\n"


def listing(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below ``folder``, with what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    folder.mkdir()
    (tmp_path / "outside.tex").write_text(OUTSIDE, encoding="utf-8")
    return folder


def check(root: Path, name: str = "main.tex", *arguments: str) -> Run:
    """Run ``check`` on a paper of the folder, and see that nothing was written."""
    before = listing(root.parent)
    temporary = root.parent.parent / f"{root.parent.name}-tmp"
    temporary.mkdir(exist_ok=True)
    run = sage_write("check", name, *arguments, cwd=root, TMPDIR=str(temporary))
    assert listing(root.parent) == before
    assert listing(temporary) == {}
    assert run.code in (0, 1, 2, 3)
    assert "Traceback" not in run.err + run.out
    assert "sage-write has a bug" not in run.err
    assert "123.4" not in run.out
    assert bool(run.err) == (run.code == 2), run.err
    return run


DEEP = 400

FAULTS = {
    "unbalanced": (body("{{{ " + CLAIM + "\\textbf{"), "the LaTeX of this paragraph has a fault"),
    "closing": (body("}}} " + CLAIM + "}"), "the LaTeX of this paragraph has a fault"),
    "missing": (body("\\input{nowhere}" + CLAIM), "the input 'nowhere' is missing"),
    "cycle": (body("\\input{main}" + CLAIM), "reads itself again"),
    "deep": (body("\\textbf{" * DEEP + "84.2\\%" + "}" * DEEP + CLAIM), ""),
    "deep-lists": (body("\\begin{itemize}\\item " * DEEP + CLAIM), ""),
    "deep-notes": (body(CLAIM + "\\footnote{a " * DEEP + CLAIM + "}" * DEEP), "nested too deep"),
    "passwd": (body("\\input{/etc/passwd}" + CLAIM), "leads outside the project"),
    "parent": (body("\\input{../outside}" + CLAIM), "leads outside the project"),
    "include": (body("\\include{../outside}\\import{../}{outside}" + CLAIM), "leads outside"),
    "link": (body("\\input{link}" + CLAIM), "leads outside the project"),
    "run": (body("\\write18{touch ran}\\input{|touch ran}\\openout1=ran " + CLAIM), ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_paper_is_checked_as_far_as_it_goes(root: Path, name: str) -> None:
    text, note = FAULTS[name]
    (root / "main.tex").write_text(text, encoding="utf-8")
    (root / "link.tex").symlink_to(root.parent / "outside.tex")
    run = check(root, "main.tex", "-s", "all", "--verbose")
    assert run.code in (0, 1)
    assert "84.2%" in run.out
    assert note in " ".join(run.out.split())


def test_a_chain_of_inputs_deeper_than_any_paper(root: Path) -> None:
    for number in range(DEEP):
        (root / f"f{number}.tex").write_text(f"\\input{{f{number + 1}}}", encoding="utf-8")
    (root / "main.tex").write_text(body("\\input{f0}" + CLAIM), encoding="utf-8")
    run = check(root, "main.tex", "-s", "all")
    assert "is nested more than 50 files deep" in " ".join(run.out.split())


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read(root: Path, encoding: str) -> None:
    text = GOOD.replace("Ours", "Möbius")
    (root / "main.tex").write_bytes(text.encode(encoding))
    run = check(root)
    assert run.code == 0
    assert "2 supported" in run.out
    assert ("is read as" in run.out) == (encoding != "utf-8-sig")


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 5000, bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"]
)
def test_what_is_no_paper_is_an_error_or_nothing(root: Path, data: bytes) -> None:
    (root / "main.tex").write_bytes(data)
    assert check(root).code in (2, 3)


def test_a_link_out_of_the_root_is_no_paper(root: Path) -> None:
    (root / "main.tex").symlink_to(root.parent / "outside.tex")
    assert check(root, ".").code == 2


def test_ten_megabytes_end_within_the_limit(root: Path) -> None:
    paragraph = "Method alpha reaches 84.2\\% accuracy, and beta takes 3.5~ms on average.\n\n"
    (root / "main.tex").write_text(
        GOOD.replace("\\end{document}", paragraph * (10_000_000 // len(paragraph)))
        + "\\end{document}",
        encoding="utf-8",
    )
    assert check(root).code == 0
    given_up = check(root, "main.tex", "-s", "all", "--timeout", "1")
    assert given_up.code == 2
    assert "checking was given up: it takes more than 1 s" in given_up.err


def test_more_text_than_is_read(root: Path) -> None:
    (root / "main.tex").write_text(body("word " * 5_000_000), encoding="utf-8")
    run = check(root)
    assert run.code == 2
    assert "too large" in run.err


def test_a_paper_out_of_time_stops_no_other(root: Path) -> None:
    (root / "good.tex").write_text(GOOD, encoding="utf-8")
    paragraph = "Method alpha reaches 84.2\\% accuracy, beta takes 3.5~ms.\n\n" * 60_000
    (root / "slow.tex").write_text(body(paragraph), encoding="utf-8")
    run = check_both(root)
    assert run.code == 2
    assert "error: slow.tex: checking was given up: it takes more than 2 s" in run.out
    assert "good.tex: 2 quantities, 2 checked" in run.out


def check_both(root: Path) -> Run:
    return sage_write("check", "slow.tex", "good.tex", "-s", "all", "--timeout", "2", cwd=root)


def test_a_limit_that_no_time_keeps(root: Path) -> None:
    (root / "main.tex").write_text(GOOD, encoding="utf-8")
    for limit in ("0", "-1", "soon"):
        run = sage_write("check", "main.tex", "--timeout", limit, cwd=root)
        assert run.code == 2
        assert "--timeout" in run.err


def _busy(until: float) -> None:
    while time.monotonic() < until:
        with contextlib.suppress(Exception):  # as a careless rule would
            sum(range(1000))


def test_work_that_swallows_exceptions_is_stopped() -> None:
    with pytest.raises(OutOfTimeError), time_limit(0.2):
        _busy(time.monotonic() + 60)


def test_work_in_a_thread_is_stopped() -> None:
    seen: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.2):
                _busy(time.monotonic() + 60)
        except OutOfTimeError as error:
            seen.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert seen == ["it takes more than 0.2 s"]


def test_work_in_time_is_left_alone() -> None:
    with time_limit(0.2):
        pass
    time.sleep(0.3)


def tar(path: Path, add: Callable[[tarfile.TarFile], None]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        add(archive)


def member(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize("name", ["/tmp/evil.tex", "../evil.tex", "a/../../evil.tex"])  # noqa: S108 - must not appear
@pytest.mark.parametrize("kind", ["tar.gz", "zip"])
def test_archives_do_not_write_outside(root: Path, name: str, kind: str) -> None:
    path = root / f"paper.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("main.tex", GOOD)
            archive.writestr(name, OUTSIDE)
    else:

        def add(archive: tarfile.TarFile) -> None:
            member(archive, "main.tex", GOOD)
            member(archive, name, OUTSIDE)

        tar(path, add)
    run = check(root, path.name)
    assert run.code == 0
    assert "leads outside the archive and is not read" in run.out
    assert not Path("/tmp/evil.tex").exists()  # noqa: S108 - that is the point


def test_links_in_archives_are_left_out(root: Path) -> None:
    def add(archive: tarfile.TarFile) -> None:
        member(archive, "main.tex", GOOD.replace("Ours reaches", "\\input{link} Ours reaches"))
        info = tarfile.TarInfo("link.tex")
        info.type, info.linkname = tarfile.SYMTYPE, str(root.parent / "outside.tex")
        archive.addfile(info)

    tar(root / "paper.tar.gz", add)
    run = check(root, "paper.tar.gz")
    assert run.code == 0
    assert "'link.tex' is a link or a device" in run.out


def test_a_bomb_is_one_error(root: Path) -> None:
    with tarfile.open(root / "bomb.tar.gz", "w:gz", compresslevel=9) as archive:
        member(archive, "main.tex", GOOD)
        info = tarfile.TarInfo("zeros.bin")
        info.size = 700 * 1024 * 1024
        archive.addfile(info, _Zeros())
    run = check(root, "bomb.tar.gz")
    assert run.code == 2
    assert "unpacks to too much" in run.err


class _Zeros(io.RawIOBase):
    """Zeros without end."""

    def read(self, size: int = -1) -> bytes:
        return bytes(max(size, 0))


@pytest.mark.parametrize("cut", [10, 200])
def test_a_damaged_archive_is_one_error(root: Path, cut: int) -> None:
    tar(root / "paper.tar.gz", lambda packed: member(packed, "main.tex", GOOD))
    path = root / "paper.tar.gz"
    path.write_bytes(path.read_bytes()[:cut])
    run = check(root, "paper.tar.gz")
    assert run.code == 2
    assert "the archive cannot be read" in run.err
