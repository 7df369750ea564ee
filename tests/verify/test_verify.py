"""A built site is proved by its files alone: what is altered is found, also by somebody who mends the hashes."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.model.manifest import MANIFEST, SITE_MANIFEST, manifest_schemas
from briefing.render.manifest import interface_passages
from briefing.render.messages import messages
from briefing.text import language
from briefing.text.marked_passages import marked
from briefing.verify import verify
from tests.check import folders
from tests.conftest import CASES
from tests.releasing import correct, release, replace
from tests.shared import made_once
from tests.site.test_excerpts import write
from tests.sites import GOOD, build_site, make_site
from tests.sizes import sample
from tests.verify.mending import IN_EXCERPTS, KINDS, SIGNS, UNSEEN, build_excerpts, changes, mend

pytestmark = pytest.mark.full

GOOD_KEY = "key_points:\n"
QUOTING = "  - One question is “who pays when the boats break down” [@who-pays].\n"
CHANGES = 300
BY_MENDING = 100
FALSE = "a ferry for everybody by Christmas"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site, made once; nobody changes it."""
    return made_once(tmp_path_factory, "verified-site", build_verified) / "site"


def build_verified(folder: Path) -> None:
    about = (GOOD / "briefings/good/briefing.yml").read_text("utf-8")
    files = {"briefings/good/briefing.yml": about.replace(GOOD_KEY, GOOD_KEY + QUOTING)}
    configuration = make_site(folder, files=files, site_url="https://example.org/")
    make_corrections(folder / "docs")
    build_site(configuration)


def make_corrections(docs: Path) -> None:
    """Correct a false quotation that readers were shown, and other things."""
    release(docs)
    replace(docs, "releases.yml", "promises a ferry for students", f"promises “{FALSE}”")
    correct(docs, reason=f"The mayor never promised “{FALSE}”.")
    replace(docs, "annotations/quotes.yml", "A town without a ferry", "A city without a ferry")
    correct(docs, kind="typo")
    release(docs)


SHOWN_IN_MARKS = {
    "text.note_assessed": "verdicts are listed",
    "quotes.quoted": "a quotation, compared at its place",
    "comments.about": "what a stance is measured against is listed",
    "comments.about.said": "words of the source",
    "comments.names_hidden": "the sign for a name is listed",
    "cite.title": "titles are listed",
}
"""Sentences of the catalogues that put something in quotation marks that is not in them, and why it is no finding."""


@pytest.mark.parametrize("tag", ["en", "de", "ar"])
def test_what_the_program_itself_puts_in_quotation_marks_is_listed(tag: str) -> None:
    say, rules = messages(tag), language(tag)
    found = {
        key
        for key, text in say.catalogue.items()
        for form in (text.values() if isinstance(text, dict) else (text,))
        for passage in marked(form, rules)
        if "{" in passage.inner.of(form) and key != "quotes.inner"  # marks within a quotation
    }
    assert found == SHOWN_IN_MARKS.keys(), "list what a new sentence quotes: both verifiers read it on pages"
    assert rules.hidden_name in {one.words for one in interface_passages(tag, ())}


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "site"))


def test_a_built_site_is_verified_in_a_folder_and_in_a_zip(built: Path, tmp_path: Path) -> None:
    found = verify(built)
    assert found.findings == []
    assert found.slices > 25
    assert found.passages > found.listed > 10
    assert found.counts > 5
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", built.parent, "site"))
    again = verify(packed)
    assert (again.findings, again.passages, again.files) == ([], found.passages, found.files)


def test_former_words_are_shown_as_such_and_nowhere_else(site: Path) -> None:
    quotes = site / "briefings/good/quotes/index.html"
    assert FALSE in quotes.read_text("utf-8")
    assert all(
        FALSE not in (site / name).read_text("utf-8") for name in ("search/search_index.json", "feeds/briefings.xml")
    )
    text = quotes.read_text("utf-8")
    forged = (
        text.replace("</article>", f"<p>She said “{FALSE}”.</p></article>", 1),
        text.replace(
            "</article>", f'<p><span class="bf-change" data-correction="9.1"><del>{FALSE}</del></span></p></article>', 1
        ),
        text.replace('data-correction="1.1"', 'data-correction="2.1"', 1),
    )
    for changed in forged:
        assert changed != text
        quotes.write_text(changed, "utf-8")
        mend(site)
        assert {one.file for one in verify(site).findings} == {"briefings/good/quotes/index.html"}


BARE = {
    "briefings/bare/briefing.yml": (
        "title: The night vote\ndate: 2026-01-01\nlanguage: en\nstatus: published\n"
        "summary: The council has voted on boats and money, in a long sitting.\n"
        "source: {kind: document, title: Minutes, rights: Made for a test., publish: full}\n"
    ),
    "briefings/bare/source.txt": "The council has voted.\n\nIt was late.\n",
}
"""A briefing without any annotation, which has no tables."""


@pytest.mark.parametrize(
    "settings",
    [
        {"use_directory_urls": False, "plugins": ["search", "briefing", "offline"]},
        {"plugins": ["search", {"briefing": {"search": "pagefind"}}]},
        {"plugins": ["search", {"briefing": {"fast": False, "cache": False}}]},
        {"theme": {"name": "readthedocs"}},
    ],
    ids=["offline", "pagefind", "slow", "readthedocs"],
)
def test_sites_of_other_settings_are_verified(settings: dict[str, object], tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, files=BARE, site_url="https://example.org/", **settings))
    assert verify(built).findings == []


@pytest.mark.parametrize("name", ["languages", "reported"])
def test_sites_in_german_and_arabic_and_of_speeches_are_verified(name: str, tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, docs=CASES / name / "docs", site_url="https://example.org/"), strict=False)
    assert verify(built).findings == []


def test_a_second_build_that_keeps_pages_has_the_manifest_of_the_first(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    first = (build_site(configuration) / SITE_MANIFEST).read_bytes()
    again = build_site(configuration)
    assert (again / SITE_MANIFEST).read_bytes() == first
    assert verify(again).verified


def test_of_excerpts_the_site_agrees_with_itself_and_says_so(tmp_path: Path) -> None:
    built = build_site(write(tmp_path))
    result = CliRunner().invoke(main, ["verify", str(built)])
    assert result.exit_code == 0, result.output
    assert "  1 briefing with " in result.output
    assert "Only excerpts are published of the source of b" in result.output
    assert "annotations: each is in its source, as far as that is published\n" in result.output
    pages = ("b/text/index.html", "b/text/index.html.md")
    for page in pages:
        text = (built / page).read_text("utf-8")
        (built / page).write_text(text.replace("zq91x", "zq19x"), "utf-8")
    mend(built)
    assert {(one.kind, one.file) for one in verify(built).findings} >= {("text", page) for page in pages}


def test_signs_for_what_is_left_out_are_compared_and_words_in_any_marks(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    original = made_once(tmp_path_factory, "excerpts-with-signs", build_excerpts) / "site"
    site = Path(shutil.copytree(original, tmp_path / "site"))
    assert verify(site).findings == []
    for about, (page, old, new) in SIGNS.items():
        path = site / IN_EXCERPTS / page / "index.html"
        before = path.read_text("utf-8")
        assert old in before, about
        path.write_text(before.replace(old, new, 1), "utf-8")
        mend(site)
        assert f"{IN_EXCERPTS}/{page}/index.html" in {one.file for one in verify(site).findings}, about
        path.write_text(before, "utf-8")


def test_what_is_not_seen_as_it_is_or_is_given_to_somebody_else_is_found(site: Path) -> None:
    more = {
        "a name for copies": ("text", 'data-name-vane="Idris Vane', 'data-name-vane="Ada Thornbury'),
        "a base": ("quotes", "<head>", '<head><base href="https://x.invalid/">'),
        "a refresh": ("quotes", "<head>", "<head><meta http-equiv=refresh content=0>"),
        "a handler": ("quotes", "</article>", "<p onclick=a()>And so on.</p></article>"),
    }
    for about, (page, old, new) in {**UNSEEN, **more}.items():
        path = site / "briefings/good" / page / "index.html"
        before = path.read_text("utf-8")
        assert old in before, about
        path.write_text(before.replace(old, new, 1), "utf-8")
        mend(site)
        assert f"briefings/good/{page}/index.html" in {one.file for one in verify(site).findings}, about
        path.write_text(before, "utf-8")


@pytest.mark.parametrize("name", ["more.htm", "more.xhtml", "MORE.HTML", "more.svg"])
def test_whatever_browsers_show_as_a_page_is_read(name: str, site: Path) -> None:
    (site / "briefings/good" / name).write_text("<html><body><p>“We never said any of it”</p></body></html>", "utf-8")
    known = json.loads((site / SITE_MANIFEST).read_bytes())
    known["files"][f"briefings/good/{name}"] = known["files"]["briefings/good/data.json"]
    (site / SITE_MANIFEST).write_text(json.dumps(known), "utf-8")
    mend(site)
    assert ("passage", f"briefings/good/{name}") in {(one.kind, one.file) for one in verify(site).findings}


def test_a_source_that_is_published_whole_has_no_signs_for_what_is_left_out(site: Path) -> None:
    page = site / "briefings/good/text/index.html"
    before = page.read_text("utf-8")
    assert '<p id="p2" dir="auto">' in before
    for old, new in (
        ('<p id="p2" dir="auto">', '<p id="p2" dir="auto">[…] '),
        ('<div class="bf-paragraph"', '<p class="bf-gap">[…]</p><div class="bf-paragraph"'),
    ):
        page.write_text(before.replace(old, new, 1), "utf-8")
        mend(site)
        assert ("text", "briefings/good/text/index.html") in {(one.kind, one.file) for one in verify(site).findings}


def test_a_withdrawal_before_any_release_is_in_the_feed_that_is_asked_for(tmp_path: Path) -> None:
    figures = (GOOD / "briefings/good/annotations/figures.yml").read_text("utf-8")
    withdrawn = (
        "\nwithdrawn:\n  - id: gone\n    from: figures\n    date: 2025-11-22\n    reason: It was counted twice.\n"
    )
    files = {"briefings/good/annotations/figures.yml": figures + withdrawn}
    built = build_site(make_site(tmp_path, files=files, site_url="https://example.org/"))
    assert "It was counted twice." in (built / "feeds/corrections.xml").read_text("utf-8")
    assert verify(built).findings == []


def test_what_is_emptied_is_found_though_the_hashes_are_mended(site: Path) -> None:
    emptied = {f"briefings/good/{name}" for name in ("llms.txt", "index.html.md", "text/index.html.md")}
    for name in emptied:
        (site / name).write_bytes(b"")
    gone = "briefings/good/quotes/index.html.md"
    (site / gone).unlink()
    mend(site)
    assert {one.file for one in verify(site).findings} >= {*emptied, gone}
    manifest = site / "briefings/good" / MANIFEST
    found = json.loads(manifest.read_bytes())
    found["annotations"][0]["matches"] = []
    manifest.write_text(json.dumps(found), "utf-8")
    mend(site)
    assert {(one.kind, one.file) for one in verify(site).findings} >= {("altered", f"briefings/good/{MANIFEST}")}


@pytest.mark.parametrize("name", ["index.html.md", "comments/index.html.md", "llms.txt"])
def test_markdown_that_lacks_its_last_line_is_found_though_the_hashes_are_mended(name: str, site: Path) -> None:
    file = site / "briefings/good" / name
    file.write_text("\n".join(file.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8")
    mend(site)
    assert f"briefings/good/{name}" in {one.file for one in verify(site).findings}


WITHOUT = {
    "emptied": lambda data: b"",
    "halved": lambda data: data[: len(data) // 2],
    "taken away": lambda data: None,
}
NOT_MISSED = ("search/", "sitemap.")
"""What not every site has, so that nobody can say that it was taken away: the manual says so."""


def test_what_is_emptied_halved_or_taken_away_is_found_though_the_hashes_are_mended(site: Path) -> None:
    """Every file but those that a theme brings along, one after the other."""
    known = (site / SITE_MANIFEST).read_bytes()
    names = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file())
    files = [name for name in names if not name.startswith(("assets/", "404")) and name != SITE_MANIFEST]
    cases = [(name, how) for name in files for how in WITHOUT if how != "taken away" or not name.startswith(NOT_MISSED)]
    for name, how in random.Random(18).sample(cases, sample(len(cases))):
        path = site / name
        before = path.read_bytes()
        left = WITHOUT[how](before)
        if left is None:
            path.unlink()
        else:
            path.write_bytes(left)
        mend(site)
        found = {one.file for one in verify(site).findings}
        path.write_bytes(before)
        (site / SITE_MANIFEST).write_bytes(known)
        assert name in found or (how == "taken away" and found), (name, how)


def test_every_change_of_one_character_is_found_and_located(site: Path) -> None:
    """Single characters of text files, and bytes of others, chosen at random; several files at once."""
    chance = random.Random(18)
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != SITE_MANIFEST)
    left = sample(CHANGES)
    while left > 0:
        chosen = {path: path.read_bytes() for path in chance.sample(files, min(left, 30))}
        for path, data in chosen.items():
            at = chance.randrange(len(data)) if data else 0
            path.write_bytes(
                data[:at] + bytes([(data[at] if data else 0) ^ (1 << chance.randrange(7))]) + data[at + 1 :]
            )
        altered: dict[str, list[str]] = {}
        for one in verify(site).findings:
            if one.kind == "altered":
                altered.setdefault(one.file, []).append(one.element)
        for path, data in chosen.items():
            name = path.relative_to(site).as_posix()
            assert name in altered, name
            assert any(altered[name]) or path.suffix not in (".html", ".json", ".css", ".js", ".csv"), name
            path.write_bytes(data)
        left -= len(chosen)


def test_files_that_are_missing_or_new_are_named(site: Path) -> None:
    (site / "briefings/good/figures.csv").unlink()
    (site / "briefings/good/note.html").write_text("<p>“We never said it”</p>")
    (site / "CNAME").write_text("example.org")
    found = {(one.kind, one.file) for one in verify(site).findings}
    assert {("missing", "briefings/good/figures.csv"), ("added", "briefings/good/note.html")} <= found
    assert not any(file == "CNAME" for _, file in found)


def test_whoever_mends_the_hashes_is_found_where_pages_and_data_contradict_the_source(site: Path) -> None:
    made = 0
    for change in changes(site, 18):
        path = site / change.file
        before = path.read_bytes()
        change.made_in(site)
        mend(site)
        found = verify(site).findings
        path.write_bytes(before)
        folder = change.file.rpartition("/")[0]
        assert any(one.file.startswith((change.file, folder)) for one in found), change
        assert not any(one.file == change.file and "not as it was built" in one.message for one in found)
        made += 1
        if made == max(sample(BY_MENDING), len(KINDS)):
            break
    assert made >= len(KINDS) - 1


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Idris Vane", "Ada Thornbury", "speaker"),  # the source credits Councillor Idris Vane
        ("1.2", "1.3", "figure"),
        ('"quotation":4', '"quotation":5', "count"),
    ],
)
def test_what_is_changed_everywhere_but_in_the_source_contradicts_it(old: str, new: str, kind: str, site: Path) -> None:
    """Somebody changes a record in the manifest and wherever it is shown, and mends all hashes."""
    manifest = site / "briefings/good" / MANIFEST
    data = json.loads(manifest.read_bytes())
    source, comments, quoted = data["source"], data["comments"], data["quoted"]
    for path in (path for path in site.rglob("*") if path.suffix in (".html", ".json", ".jsonld", ".csv", ".xml")):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    changed = {**json.loads(manifest.read_bytes()), "source": source, "comments": comments, "quoted": quoted}
    manifest.write_text(json.dumps(changed, ensure_ascii=False, separators=(",", ":")), "utf-8")
    mend(site)
    found = verify(site).findings
    assert (kind, f"briefings/good/{MANIFEST}") in {(one.kind, one.file) for one in found}, found[:5]


# --- what cannot be verified -----------------------------------------------------------------------------------------


def _told(place: Path) -> str:
    """Return what the command says of what it cannot verify: never that it is verified."""
    result = CliRunner().invoke(main, ["verify", str(place)])
    assert result.exit_code == 2, result.output
    assert result.output.startswith("Not verified: ")
    assert "Traceback" not in result.output
    as_json = CliRunner().invoke(main, ["verify", "--format", "json", str(place)])
    assert json.loads(as_json.output)["verified"] is False
    return result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "it has no site-manifest.json"),
        ("", "it is damaged"),
        ("{", "it is damaged"),
        ("[" * 100_000, "it is damaged"),
        ("[]", "it is damaged"),
        ('{"version": 1}', "it is damaged"),
        ('{"version": 2}', "it has version 2, and this program knows version 1: use a newer one"),
    ],
)
def test_a_site_without_a_manifest_that_can_be_read_gets_a_plain_message(
    content: str | None, said: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<p>“Never”</p>")
    if content is not None:
        (tmp_path / SITE_MANIFEST).write_text(content)
    assert said in _told(tmp_path)


@pytest.mark.parametrize("content", ["{", '{"version": 9}', '{"version": 1}', "[" * 100_000])
def test_a_briefing_whose_manifest_is_damaged_is_not_verified(content: str, site: Path) -> None:
    (site / "briefings/good" / MANIFEST).write_text(content)
    mend(site)
    found = verify(site).findings
    assert ("altered", f"briefings/good/{MANIFEST}") in {(one.kind, one.file) for one in found}


def test_what_is_no_site_gets_a_plain_message(tmp_path: Path) -> None:
    assert "there is no such file or folder" in _told(tmp_path / "nowhere")
    (tmp_path / "text").write_text("text")
    assert "neither a folder nor a zip" in _told(tmp_path / "text")


def _zip(place: Path, entries: dict[str, bytes], **about: int) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = about.get("mode", 0) << 16
            packed.writestr(entry, content)
    return place


def test_a_hostile_zip_is_refused_and_nothing_of_it_is_written(tmp_path: Path) -> None:
    manifest = {SITE_MANIFEST: b"{}"}
    assert "leads out of it" in _told(_zip(tmp_path / "out.zip", {**manifest, "../x": b"x"}))
    assert "leads out of it" in _told(_zip(tmp_path / "abs.zip", {**manifest, "/x": b"x"}))
    assert "smaller than it is" in _told(_zip(tmp_path / "bomb.zip", {**manifest, "x": bytes(50_000_000)}))
    damaged = _zip(tmp_path / "damaged.zip", {SITE_MANIFEST: b"{}" * 100})
    data = bytearray(damaged.read_bytes())
    data[45] ^= 0xFF
    damaged.write_bytes(data)
    assert "Not verified" in _told(damaged)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["abs.zip", "bomb.zip", "damaged.zip", "out.zip"]


def test_links_in_a_site_are_not_followed(site: Path) -> None:
    (site / "briefings/good/figures.csv").unlink()
    (site / "briefings/good/figures.csv").symlink_to("/etc/passwd")
    found = {(one.kind, one.file) for one in verify(site).findings}
    assert ("missing", "briefings/good/figures.csv") in found


def test_a_page_that_is_nested_without_end_is_no_traceback(site: Path) -> None:
    page = site / "briefings/good/quotes/index.html"
    page.write_text("<div>" * 50_000)
    mend(site)
    assert any(one.file.endswith("quotes/index.html") for one in verify(site).findings)


LONG = "9" * 5000
"""More digits than Python reads as a number."""


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("quotes/index.html", 'data-span="', f'data-span="{LONG}'),
        ("text/index.html", '<p id="p1"', f'<p id="p{LONG}" data-said="{LONG}-{LONG}.x"'),
        ("text/index.html", '<p id="p1"', f'<p id="p1" data-said="{LONG}-{LONG}.x" data-correction="{LONG}.1"'),
        ("index.html.md", "# ", f"# &#{LONG};"),
    ],
)
def test_numbers_of_thousands_of_digits_are_no_traceback(name: str, old: str, new: str, site: Path) -> None:
    file = site / "briefings/good" / name
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert any(one.file.endswith(name) for one in verify(site).findings)


def test_no_docs_folder_and_no_mkdocs_is_needed(built: Path) -> None:
    command = (
        "import sys; from pathlib import Path; from briefing.verify import verify; "
        f"assert verify(Path({str(built)!r})).verified; "
        "assert not {'mkdocs', 'yaml', 'markdown'} & sys.modules.keys(), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", command], check=True)


def test_manifests_are_as_their_schemas_say(built: Path) -> None:
    for name, schema in manifest_schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema)
        path = built / (name if name == SITE_MANIFEST else f"briefings/good/{name}")
        jsonschema.validate(json.loads(path.read_bytes()), schema, jsonschema.Draft202012Validator)


def test_a_verdict_on_a_part_of_a_claim_is_told_from_that_on_the_whole(tmp_path: Path) -> None:
    assessment = {"by": "Tess Ter", "date": "2025-11-20", "evidence": ["seen"]}
    case = {
        "source.txt": "“We have 12 boats in 3 harbours,” Ada Lang said.\n",
        "quotes": [
            {
                "id": "whole",
                "target": "We have 12 boats in 3 harbours",
                "assessment": {**assessment, "verdict": "unverified", "note": "Nobody counted."},
            },
        ],
        "figures": [
            {
                "id": "part",
                "target": "3 harbours",
                "value": 3,
                "unit": "harbours",
                "speaker": "ada",
                "assessment": {**assessment, "verdict": "unverified", "note": "Nobody looked."},
            },
        ],
    }
    case["references"] = [{"id": "seen", "title": "A count", "excerpts": [{"exact": "Nobody counted."}]}]
    folders.make(tmp_path, case)
    assert verify(build_site(make_site(tmp_path, docs=None))).findings == []
