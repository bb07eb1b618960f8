"""Digests, terms and English at URLs: judged as files are, and never a credential told."""

from __future__ import annotations

import json
import socket
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from gatekit import CLEAN, FORMATS, RULES, WARNED, WRONG, Result, entry, run, spawn, write
from remotekit import PASSWORD, served

import checks
from glossary.remote import Remote, is_url, name_of, opening, place

TEXTS = {"a.md": WRONG, "b.md": WARNED, "sub/c.md": CLEAN, "sub/d.markdown": WRONG, ".hidden/e.md": WRONG, "f.txt": "x"}
SHOWN = ["a.md", "b.md", "sub/c.md", "sub/d.markdown"]
"""What of these a folder stands for."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    for name, text in TEXTS.items():
        write(folder / "digests", name, text)
    (folder / "empty").mkdir()
    (folder / "gbk.md").write_bytes("## A\n\n研究".encode("gb18030"))
    (folder / "nul.md").write_bytes(b"## A\n\x00")
    write(folder / "context", "terms.csv", "source,preferred,forbidden\nthing,事物,物事\n")
    record = {"arxiv_id": "2504.00001", "title_en": "A Study of Things", "abstract_en": "We study 90 things."}
    write(folder / "context", "sources.jsonl", json.dumps(record) + "\n")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for name, text in TEXTS.items():
            archive.writestr(f"digests/{name}", text)
    (folder / "broken.zip").write_bytes(b"no archive")
    return folder


@pytest.fixture(scope="module")
def host(root: Path) -> Iterator[str]:
    with served(root) as found:
        yield found


@pytest.fixture(scope="module")
def places(root: Path, host: str) -> Iterator[dict[str, str]]:
    """The folder of digests on each kind of file system, by its kind."""
    memory = fsspec.filesystem("memory")
    memory.put(str(root / "digests"), "/remote-test/digests", recursive=True)
    for name in ("gbk.md", "nul.md"):
        memory.pipe(f"/remote-test/{name}", (root / name).read_bytes())
    memory.pipe("/remote-test/all.zip", (root / "all.zip").read_bytes())
    memory.makedirs("/remote-test/empty")
    yield {
        "http": f"http://{host}/digests",
        "memory": "memory://remote-test/digests",
        "zip": f"zip://digests::{root.as_posix()}/all.zip",
        "zip-memory": "zip://digests::memory://remote-test/all.zip",
        "zip-http": f"zip://digests::http://{host}/all.zip",
    }
    memory.rm("/remote-test", recursive=True)


KINDS = ("http", "memory", "zip", "zip-memory", "zip-http")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


def inside(url: str, name: str) -> str:
    """The URL of a file in the folder at a URL."""
    first, *rest = url.split("::")
    return "::".join((f"{first}/{name}", *rest))


def said(result: Result) -> list[tuple[Any, ...]]:
    """What the findings of a run say, without their paths."""
    return [tuple(value for key, value in finding.items() if key != "path") for finding in result.findings]


def refused(result: Result) -> str:
    """What a run says that could not judge: in one line, and never a defect."""
    assert result.code == 2
    assert "defect" not in result.err
    assert "Traceback" not in result.err
    (line,) = result.err.splitlines()
    return line


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", ["", "/"])
def test_a_folder_says_what_it_says_here(places: dict[str, str], root: Path, kind: str, ending: str) -> None:
    url = places[kind]
    found = run(inside(url, "").replace("/::", "::") if not ending else inside(url, ""), "--format", "json", *RULES)
    here = run(root / "digests", "--format", "json", *RULES)
    assert (found.code, said(found)) == (here.code, said(here))
    assert found.document["summary"]["files"] == len(SHOWN)
    prefix = root.as_posix() + "/digests/"
    names = [each["path"].removeprefix(prefix) for each in here.findings]
    assert [each["path"] for each in found.findings] == [inside(url, name) for name in names]


PATTERNS = (("*.md", 2), ("**/*.md", 3), ("[a]*", 1), ("s*", 2), ("*", 5), ("*/c.md", 1))


@pytest.mark.parametrize(
    ("kind", "pattern", "files"),
    # Over HTTP a question mark begins the query.
    [*((kind, *each) for kind in KINDS for each in PATTERNS), *((kind, "sub/?.md", 1) for kind in KINDS[1:])],
)
def test_a_pattern_names_what_it_matches(places: dict[str, str], kind: str, pattern: str, files: int) -> None:
    found = run(inside(places[kind], pattern), "--format", "json", *RULES)
    assert found.document["summary"]["files"] == files
    assert found.code in (0, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_named_by_its_url(places: dict[str, str], kind: str) -> None:
    url = inside(places[kind], "a.md")
    (finding,) = run(url, "--format", "json", *RULES).findings
    assert (finding["path"], finding["code"]) == (url, "TRM001")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_is_an_error_that_names_it(places: dict[str, str], kind: str) -> None:
    for name in ("none.md", "none/"):
        line = refused(run(inside(places[kind], name), *RULES))
        assert line == f"{inside(places[kind], name)}: no such file or folder; check the URL"
    line = refused(run(inside(places[kind], "*.xyz"), *RULES))
    assert line.startswith(f"{inside(places[kind], '*.xyz')}: no Markdown file")
    assert run(inside(places[kind], "*.xyz"), "--allow-empty").code == 0


@pytest.mark.parametrize("kind", ["http", "memory"])
def test_an_empty_folder_is_an_error_unless_allowed(places: dict[str, str], kind: str) -> None:
    url = places[kind].replace("digests", "empty/")
    assert "no Markdown file" in refused(run(url))
    assert run(url, "--allow-empty").code == 0


@pytest.mark.parametrize("kind", ["http", "memory"])
@pytest.mark.parametrize(("name", "line", "problem"), [("gbk.md", 3, "is not valid UTF-8"), ("nul.md", 2, "a NUL")])
def test_what_is_no_text_is_said_with_its_line(
    places: dict[str, str], kind: str, name: str, line: int, problem: str
) -> None:
    url = places[kind].replace("digests", name)
    assert refused(run(url)).startswith(f"{url}:{line}: ")
    assert problem in refused(run(url))


def test_what_can_be_judged_is_judged(host: str) -> None:
    urls = [f"http://{host}/digests/a.md", f"http://{host}/500/b.md", f"http://{host}/digests/b.md"]
    found = run(*urls, "--format", "json", *RULES)
    assert found.code == 2
    assert [each["path"] for each in found.findings] == [urls[0], urls[2]]
    assert found.errors == [(urls[1], None)]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("404", "no such file or folder; check the URL"),
        ("403", "the server answered 403 Forbidden; check the credentials"),
        ("410", "the server answered 410 Gone; check the URL"),
        ("500", "the server answered 500 Internal Server Error; try again later"),
    ],
)
@pytest.mark.parametrize("name", ["x.md", "x/", "*.md", "x"])
def test_a_server_that_refuses_is_said(host: str, page: str, reason: str, name: str) -> None:
    if name == "*.md" and page == "404":
        reason = "no Markdown file (*.md) in this folder, or none that matches; check the URL, or pass --allow-empty"
    assert refused(run(f"http://{host}/{page}/{name}")) == f"http://{host}/{page}/{name}: {reason}"


def test_an_archive_on_a_server_that_refuses_is_not_called_missing(host: str) -> None:
    line = refused(run(f"zip://a.md::http://{host}/500/all.zip"))
    assert "the server answered 500" in line


def test_a_server_that_never_ends_is_given_up(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SECONDS", 0.4)
    assert "no answer in time" in refused(run(f"http://{host}/slow/x.md"))
    assert "no answer in time" in refused(run(f"http://{host}/slow/"))


def test_folders_without_end_have_one(host: str) -> None:
    assert "no Markdown file" in refused(run(f"http://{host}/endless/"))


def test_too_many_folders_are_given_up(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_MOST_FOLDERS", 5)
    assert "more than 5 folders" in refused(run(f"http://{host}/endless/"))


def test_a_listing_leads_nowhere_else(host: str) -> None:
    assert "no Markdown file" in refused(run(f"http://{host}/elsewhere/"))


def test_nobody_at_a_host_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/x.md"
        line = refused(run(url))
    assert line.startswith(f"{url}: cannot be reached")


def test_a_damaged_archive_is_said(root: Path) -> None:
    assert "File is not a zip file" in refused(run(f"zip://a.md::{root}/broken.zip"))


def test_an_archive_s_file_of_no_sane_size_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary.remote.files._MOST_BYTES", 3)
    assert "so it is no digest" in refused(run(f"zip://digests/a.md::{root}/all.zip"))


@pytest.mark.parametrize(
    ("url", "absent", "remedy"),
    [
        ("memory://x.md", "fsspec", "pip install 'yijiao[remote]'"),
        ("https://x.invalid/x.md", "aiohttp", "pip install 'yijiao[remote]'"),
        ("zip://x.md::https://x.invalid/x.zip", "aiohttp", "pip install 'yijiao[remote]'"),
        ("s3://bucket/x.md", "s3fs", "Install s3fs"),
    ],
)
def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, url: str, absent: str, remedy: str) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    line = refused(run(url))
    assert line.startswith(f"{url}: cannot be opened: ")
    assert remedy in line


def test_a_protocol_that_is_none_is_said() -> None:
    assert "no protocol is called foo" in refused(run("foo://bar/x.md"))


def test_a_run_without_a_url_never_loads_fsspec(folder: Path) -> None:
    write(folder, "a.md", CLEAN)
    program = "import sys; from checks.__main__ import main; main(['a.md', '--format', 'json']); print(*sys.modules)"
    loaded = spawn(folder=folder, program=("-c", program)).out.split()
    assert "glossary.remote" in loaded
    assert not {"fsspec", "aiohttp", "requests"}.intersection(loaded)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_tells_a_password(host: str, folder: Path, form: str) -> None:
    secret = f"http://editor:{PASSWORD}@{host}/locked/digests"
    for url in (secret, f"{secret}/a.md?token={PASSWORD}", f"{secret}/none.md", f"{secret}/*.none", f"{secret}/500.md"):
        found = run(url, "--format", form, "--report", f"{form}=out", *RULES)
        assert PASSWORD not in found.out + found.err + (folder / "out").read_text()
        assert "editor:" not in found.out + found.err
        assert f"http://{host}/locked/digests" in (found.out + found.err).replace("%3A", ":").replace("%2F", "/")


def test_a_password_opens_the_door(host: str) -> None:
    assert "check the credentials" in refused(run(f"http://{host}/locked/digests/a.md"))
    (finding,) = run(f"http://editor:{PASSWORD}@{host}/locked/digests/a.md", "--format", "json", *RULES).findings
    assert finding["path"] == f"http://{host}/locked/digests/a.md"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@h/x.md", "https://h/x.md"),
        ("https://token@h/x.md", "https://h/x.md"),
        ("https://u:p@ss@h:8/x.md", "https://h:8/x.md"),
        ("https://u:pa/s@s@h/x.md", "https://h/x.md"),
        ("https://h/@me/x.md", "https://h/@me/x.md"),
        ("https://[::1]:80/@me/x.md", "https://[::1]:80/@me/x.md"),
        ("https://h/x.md?id=3&X-Amz-Signature=abc&n=1", "https://h/x.md?id=3&X-Amz-Signature=***&n=1"),
        ("https://h/x.md?access_token=abc", "https://h/x.md?access_token=***"),
        ("zip://x.md::https://u:p@h/x.zip?sig=abc", "zip://x.md::https://h/x.zip?sig=***"),
        ("s3://key:secret@bucket/x.md", "s3://bucket/x.md"),
        ("github://org:repo@main/x.md", "github://org:repo@main/x.md"),
    ],
)
def test_credentials_are_never_told(url: str, shown: str) -> None:
    assert str(place(url)) == shown
    assert repr(place(url)) == f"Remote('{shown}')"


@pytest.mark.parametrize(
    "name", ["C:\\x\\a.md", "C:/x/a.md", "C://x/a.md", "a::b.md", "a:b.md", "x::y/a.md", "-", "//host/a.md", "a.md"]
)
def test_a_file_with_a_colon_is_a_file(name: str) -> None:
    assert place(name) == Path(name)


def test_a_file_called_like_a_chain_is_checked(folder: Path) -> None:
    write(folder, "a::b:c.md", WRONG)
    (finding,) = run("a::b:c.md", "--format", "json", *RULES).findings
    assert finding["path"] == "a::b:c.md"


def test_the_url_of_a_file_here_is_that_file(folder: Path) -> None:
    path = write(folder, "a b.md", WARNED)
    assert run(path.as_uri(), "--fix", "--select", "TRM006").code == 0
    assert path.read_text() != WARNED


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("https://h/a/x.md?y=/z.csv#q", "x.md"),
        ("zip://a/x.md::https://h/y.zip", "x.md"),
        ("s3://b/d/", "d"),
        ("d/x::y.md", "x::y.md"),
        ("http://[::1]/x.md", "x.md"),
    ],
)
def test_the_name_of_a_url_is_that_of_its_first_file(path: str, name: str) -> None:
    assert name_of(path) == name


def test_a_bilingual_file_is_known_by_its_name(places: dict[str, str]) -> None:
    fsspec.filesystem("memory").pipe("/remote-test/x.csv", "source,target\nA study,本文训练LLM。\n".encode())
    found = run("memory://remote-test/x.csv", "--format", "json", "--select", "FMT001")
    assert found.codes == ["FMT001"]


def test_a_query_does_not_hide_what_a_file_is(host: str, root: Path) -> None:
    write(root, "x.csv", "source,target\nA study,本文训练LLM。\n")
    found = run(f"http://{host}/x.csv?token=abc", "--format", "json", "--select", "FMT001")
    assert found.codes == ["FMT001"]


def test_nothing_is_written_to_a_url(places: dict[str, str]) -> None:
    line = refused(run(places["memory"], "--fix"))
    assert "memory://remote-test/digests is a URL" in line
    assert "--diff" in line
    shown = run(inside(places["memory"], "b.md"), "--diff", *RULES)
    assert "+本文训练多个大语言模型 (LLM)。" in shown.out
    assert fsspec.filesystem("memory").cat("/remote-test/digests/b.md").decode() == WARNED


@pytest.mark.parametrize("option", [(), ("--glossary",), ("--sources",)])
def test_a_url_cannot_be_watched(folder: Path, option: tuple[str, ...]) -> None:
    write(folder, "a.md", CLEAN)
    assert "--watch is for files" in refused(run("a.md", "--watch", *option, "https://u:p@h.invalid/x"))


def test_decisions_are_those_of_the_project_here(folder: Path, places: dict[str, str]) -> None:
    write(folder, "yijiao.toml", "")
    url = inside(places["memory"], "a.md")
    assert run(url, *RULES).code == 1
    assert run(url, *RULES, "--accept-new").code == 0
    assert (folder / "data/review/baseline.jsonl").exists()
    assert run(url, *RULES).code == 0
    assert run(url, *RULES, "--review-dir", "other").code == 1


def test_settings_for_paths_are_of_files_here(folder: Path, places: dict[str, str]) -> None:
    write(folder, "yijiao.toml", 'exclude = ["a.md"]\n[paths."*.md"]\nignore = ["TRM001"]\n')
    found = run(places["memory"], "--format", "json", *RULES, "--force-exclude")
    assert [each["code"] for each in found.findings].count("TRM001") == 2


@pytest.mark.parametrize("names", [("terms.csv", "sources.jsonl"), ("", "")])
def test_terms_and_english_may_be_at_urls(host: str, folder: Path, names: tuple[str, str]) -> None:
    write(folder, "a.md", entry("本文研究 80 个物事。"))
    terms, english = (f"http://{host}/context/{name}" for name in names)
    context = ("--glossary", terms, "--sources", english)
    found = run("a.md", *context, "--format", "json", "--select", "TRM001,FID001")
    assert sorted(set(found.codes)) == ["FID001", "TRM001"]


@pytest.mark.parametrize("option", ["--glossary", "--sources"])
def test_terms_and_english_that_are_not_there_are_said(host: str, folder: Path, option: str) -> None:
    write(folder, "a.md", CLEAN)
    line = refused(run("a.md", option, f"http://editor:{PASSWORD}@{host}/none.x"))
    assert line == f"http://{host}/none.x: no such file or folder; check the URL"


def test_a_digest_at_a_url_is_cached_by_what_it_says(folder: Path, places: dict[str, str]) -> None:
    write(folder, "yijiao.toml", "")
    memory, url = fsspec.filesystem("memory"), "memory://remote-test/cached.md"
    memory.pipe("/remote-test/cached.md", WRONG.encode())
    first = run(url, "--format", "json", *RULES)
    assert (folder / ".yijiao_cache").exists()
    assert run(url, "--format", "json", *RULES).out == first.out
    memory.pipe("/remote-test/cached.md", WARNED.encode())
    assert run(url, "--format", "json", *RULES).codes == ["TRM006"]


def test_a_paper_that_is_here_and_at_a_url_is_there_twice(folder: Path, places: dict[str, str]) -> None:
    write(folder, "here.md", CLEAN)
    url = inside(places["memory"], "sub/c.md")
    found = run("here.md", url, "--format", "json", "--select", "DIG009")
    assert {each["path"] for each in found.findings} <= {"here.md", url}
    assert found.codes == ["DIG009"]


@pytest.mark.parametrize("more", [("-j", "2"), ("--engine", "dask://local?workers=1")])
def test_others_say_the_same(host: str, more: tuple[str, ...]) -> None:
    url = f"http://{host}/digests/"
    assert run(url, "--format", "json", *RULES, *more).out == run(url, "--format", "json", *RULES).out


def test_the_library_takes_urls(places: dict[str, str]) -> None:
    settings = checks.Settings(select=("TRM001",))
    report = checks.check_files(places["zip"], settings=settings)
    assert [file.path for file in report.files] == [inside(places["zip"], name) for name in SHOWN]
    assert (report.exit_code, len(list(report.findings))) == (1, 2)


def test_a_url_is_told_from_a_path_in_a_report() -> None:
    assert is_url("zip://a.md::x.zip")
    assert is_url("simplecache::s3://bucket/a.md")
    assert Remote("memory://a") == place("memory://a")
    assert len({Remote("memory://a"), place("memory://a"), Remote("memory://b")}) == 2


def test_settings_are_shown_for_a_url(folder: Path) -> None:
    write(folder, "yijiao.toml", '[paths."*.md"]\nignore = ["TRM001"]\n')
    shown = json.loads(run("https://u:p@h.invalid/x.md", "--show-settings", "--format", "json").out)
    assert (shown["path"], shown["settings"]["ignore"]["value"]) == ("https://h.invalid/x.md", [])
