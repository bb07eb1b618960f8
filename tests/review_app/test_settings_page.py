"""The settings while the app runs: taken up when they change, tried before they are written, shown with origin."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from reviewkit import EDITOR, Opener, quotes
from streamlit.testing.v1 import AppTest
from test_app import html, run, widget

from checks import settings
from checks.errors import InputError
from checks.gate import Gate
from checks.model import Language
from checks.profile import PROFILES
from checks.settings.keys import KEYS, STYLE
from review_app import current
from review_app.access import ROLES, Access
from review_app.locale import TEXTS
from review_app.service import Service
from review_app.store import Store, StoreError, Wanted
from review_app.trial import Difference
from review_app.tuner import Tuner
from review_app.tuning import Grade, Wish

OFF = Wish(rules={"FMT001": Grade(on=False, severity="warning")})
CHIEF = "chief"


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ``__main__`` back, as in :mod:`test_app`."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def file(project: Path) -> Path:
    """The settings file."""
    return project / "yijiao.toml"


@pytest.fixture
def managed(opener: Opener) -> Service:
    """The project, where everybody may do everything."""
    service = opener()
    service.access = Access(None, "manager")
    return service


def written(path: Path, text: str) -> None:
    """Write a file so that its stamp changes, however fast the clock of the disk is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_file_that_git_changes_holds_for_everybody_at_once(file: Path, service: Service) -> None:
    held = service.gate
    assert len(service.queue()) == 6
    written(file, 'select = ["FMT003", "FMT006"]\nfail-on = "error"\n')
    service.refresh()
    assert quotes(service) == ["（GPT-4）", "式,速"]
    assert service.report().exit_code == 0
    # Whoever got hold of the gate before goes by the new settings too.
    assert service.gate is held
    assert held.settings.fail_on == "error"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select = [", "is not valid TOML"),
        ('selcet = ["FMT"]', "did you mean 'select'"),
        ('review-dir = "elsewhere"', "review-dir has changed; start the app again"),
        ('digests = "elsewhere"', "digests has changed; start the app again"),
        ('glossary = ["none.csv"]', "none.csv"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_those_before_in_force_and_nothing_judged(
    file: Path, service: Service, text: str, said: str
) -> None:
    before = file.read_text(encoding="utf-8")
    written(file, text)
    service.refresh()
    assert len(service.queue()) == 6
    assert said in str(service.errors[0])
    assert service.report().exit_code == service.verdict("data/digests/week.md") == 2
    written(file, before)
    service.refresh()
    assert service.errors == ()
    assert service.report().exit_code == 1


def test_the_command_line_stays_over_a_changed_file(project: Path, file: Path) -> None:
    (project / "mine.csv").write_text("source,preferred\ngrid,格网\n", encoding="utf-8")
    found = settings.load(project).with_options(extra_glossary=(Path("mine.csv"),))
    service = Service(Gate(found), [Path("data/digests")], Store.in_memory())
    written(file, 'select = ["FMT003"]\n')
    service.refresh()
    assert service.gate.settings.select == ("FMT003",)
    assert service.gate.settings.extra_glossary == (Path("mine.csv"),)
    assert service.gate.glossary.get("grid") is not None


def test_a_trial_tells_what_comes_and_goes_and_changes_nothing(file: Path, managed: Service) -> None:
    before = file.read_bytes()
    wish = Wish("gb", {}, {"FMT001": Grade(False, "warning"), "FMT006": Grade(True, "error")})
    told: list[tuple[int, int]] = []
    trial = managed.trial(wish, lambda done, of: told.append((done, of)))
    assert trial.differences == (
        Difference("FMT001", 0, 4, 0),
        Difference("FMT003", 0, 1, 0),
        Difference("FMT006", 0, 0, 1),
    )
    assert (trial.open, trial.exit_codes, told) == ((6, 1), (1, 1), [(0, 1)])
    assert file.read_bytes() == before
    assert len(managed.queue()) == 6


def test_what_was_tried_is_written_holds_and_is_noted(file: Path, managed: Service, opener: Opener) -> None:
    before, other = file.read_text(encoding="utf-8"), opener()
    trial = managed.trial(OFF)
    assert managed.tune(CHIEF, trial).kind == "settings-saved"
    assert "FMT001" not in settings.load(Path()).select
    for service in (managed, other):
        service.refresh()
        assert len(service.queue()) == 2
    (event,) = managed.store.each(Wanted())
    assert (event.kind, event.by, event.path) == ("settings", CHIEF, "../../yijiao.toml")
    assert (event.before, event.after) == (before, file.read_text(encoding="utf-8"))
    # It decides on no finding, so there is nothing to take back by Z.
    assert managed.decided() == 0
    assert managed.undo(CHIEF).kind == managed.undo_event(CHIEF, event.id).kind == "nothing-to-undo"


def test_a_file_that_somebody_changed_since_the_trial_is_left_alone(file: Path, managed: Service) -> None:
    trial = managed.trial(OFF)
    text = file.read_text(encoding="utf-8") + "# mine\n"
    file.write_text(text, encoding="utf-8")
    assert managed.tune(CHIEF, trial).kind == "settings-changed"
    assert file.read_text(encoding="utf-8") == text
    assert list(managed.store.each(Wanted())) == []


def test_a_file_that_cannot_be_written_is_said(file: Path, managed: Service) -> None:
    trial = managed.trial(OFF)
    file.chmod(0o444)
    assert managed.tune(CHIEF, trial).kind == "file-read-only"
    file.unlink()
    assert managed.tune(CHIEF, trial).kind == "gone"


def test_a_wish_that_leaves_no_rule_is_refused(file: Path, managed: Service) -> None:
    written(file, 'select = ["FMT001"]\n')
    with pytest.raises(InputError, match="leave no rule"):
        managed.trial(OFF)
    assert len(managed.queue()) == 4


def test_at_the_settings_nothing_is_saved_but_what_was_looked_at(file: Path, managed: Service) -> None:
    memory: dict[str, Any] = {}
    tuner = Tuner(managed, CHIEF, memory)
    before = file.read_text(encoding="utf-8")
    tuner.save()
    for event in (
        {},
        {"code": "FMT001"},
        {"code": "X", "on": True, "severity": "info"},
        {"code": "FMT001", "on": 1, "severity": "info"},
    ):
        tuner.grade(event)
    tuner.choose_style("x", "y")
    tuner.choose_style("quotes", "half")
    tuner.choose_profile("x")
    assert not tuner.wish
    tuner.grade({"code": "FMT001", "on": False, "severity": "warning"})
    tuner.choose_profile("gb")
    tuner.choose_profile("digest")
    assert tuner.wish == OFF
    tuner.try_out(lambda done, of: None)
    assert tuner.trial is not None
    tuner.choose_style("quotes", "corner")
    assert tuner.trial is None
    tuner.save()
    assert file.read_text(encoding="utf-8") == before
    tuner.choose_style("quotes", None)
    tuner.try_out(lambda done, of: None)
    tuner.save()
    notice = tuner.notice()
    assert notice is not None
    assert notice.key == "notice.settings-saved"
    assert not tuner.wish
    # What is wished and already holds is no wish.
    tuner.grade({"code": "FMT001", "on": False, "severity": "warning"})
    assert not tuner.wish


def draw(service: Service, lang: Language = "zh") -> AppTest:
    """The page alone: navigation is beyond what can be tested without a browser."""
    current.configure(current.Current(service, EDITOR, lang))
    app = AppTest.from_string("from review_app.pages import settings\nsettings.page()", default_timeout=60).run()
    assert not app.exception
    return app


def test_the_page_shows_what_holds_and_where_it_comes_from(project: Path, file: Path, managed: Service) -> None:
    more = '[style]\nquotes = "corner"\n[paths."<b>/"]\nignore = ["DIG"]\n'
    written(file, file.read_text(encoding="utf-8") + more)
    (project / "s.jsonl").touch()
    managed.gate.settings = managed.gate.settings.with_options(sources=(Path("s.jsonl"),))
    text = html(draw(managed))
    assert "引号 · style.quotes</th><td>corner</td><td>yijiao.toml:2" in text
    assert "规范 digest" in text
    assert "命令行 --sources（在此不可改）" in text
    assert "仅对部分路径：&lt;b&gt;/ (yijiao.toml:5)" in text
    assert "<b>" not in text.replace("<b>待", "")
    assert "store.sqlite" in text


def test_every_setting_and_every_choice_has_a_name_in_the_app() -> None:
    wanted = {f"setting.{name}" for name in KEYS if name != "style"}
    for option, choices in STYLE.items():
        wanted |= {f"setting.style.{option}", *(f"choice.{choice}" for choice in choices)}
    wanted |= {f"choice.{profile}" for profile in PROFILES} | {f"role.{role}" for role in ROLES}
    assert wanted <= TEXTS.keys()


def test_a_manager_changes_a_rule_looks_and_saves(file: Path, managed: Service) -> None:
    app = draw(managed)
    rows = {row["code"]: row for row in widget(app, "rules")["rules"]}
    assert rows["FMT001"]["on"]
    assert not rows["TRM001"]["on"]
    assert widget(app, "rules")["editable"]
    assert app.button(key="settings-save").disabled
    app.selectbox(key="settings-brackets-0-zh").select("full").run()
    assert "圆括号：随规范（半角 (LLM)） → 全角（LLM）" in html(app)
    app.button(key="settings-preview").click().run()
    assert "未处理的问题 6 → 5" in html(app)
    app.button(key="settings-save").click().run()
    assert not app.exception
    assert "设置已保存" in html(app)
    assert file.read_text(encoding="utf-8").endswith('[style]\nbrackets = "full"\n')
    assert len(managed.queue()) == 5


def test_others_see_the_settings_and_are_offered_no_change(service: Service) -> None:
    app = draw(service)
    assert not widget(app, "rules")["editable"]
    assert all(field.disabled for field in app.selectbox)
    assert [button.key for button in app.button] == []
    assert "只有管理者" in html(app)


def test_without_a_settings_file_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "week.md").write_text("## T\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = settings.load(tmp_path).with_options(review_dir=Path("review"))
    service = Service(Gate(found), [Path("week.md")], Store.in_memory(), access=Access(None, "manager"))
    assert found.file is None
    app = draw(service)
    assert "放一个空的 yijiao.toml" in html(app)
    assert [button.key for button in app.button] == []


def test_the_language_is_each_editors_own_and_is_kept(service: Service, opener: Opener) -> None:
    app = draw(service)
    app.button_group(key="settings-language").set_value("en").run()
    assert not app.exception
    assert "Everything in force" in html(app)
    assert "6 open" in html(run(opener()))
    assert service.preferences.language("wu") is None
    assert service.preferences.language("") is None


def test_a_read_only_app_keeps_a_preference_to_itself(opener: Opener) -> None:
    service = opener(read_only=True)
    assert service.preferences.choose_language(EDITOR, "en")
    assert service.preferences.language(EDITOR) == "en"
    assert opener().preferences.language(EDITOR) is None


def test_a_store_that_fails_leaves_the_language_of_the_start(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(service.store, "preference", fail)
    monkeypatch.setattr(service.store, "prefer", fail)
    assert service.preferences.language(EDITOR) is None
    assert not service.preferences.choose_language(EDITOR, "en")
