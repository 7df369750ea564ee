"""`briefing new` and `briefing init` as an author runs them."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from briefing.authoring.ingest.folder import is_moderated
from briefing.cli import main
from briefing.pipeline import checking
from tests.ingest.pages import HELD, KINDS, KNOWN, page_of
from tests.shared import made_once
from tests.sites import build_site

TEXT = """The council closes the bridge
The council of the bay voted on Tuesday to close the old bridge for the eight months of the repairs.
“We have patched it for the last time,” said the harbour master after the vote of the council.
"""


def begin(folder: Path) -> None:
    assert run("init", str(folder / "site"), "--name", "Bay: “briefings” #1").exit_code == 0


@pytest.fixture
def site(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a new site, which is begun once: it packs the program."""
    shutil.copytree(made_once(tmp_path_factory, "new-site", begin) / "site", tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def new(site: Path, name: str, data: bytes, slug: str = "made") -> Result:
    (site.parent / name).write_bytes(data)
    return run("new", slug, "--from", str(site.parent / name))


def codes(site: Path, slug: str = "made") -> set[str]:
    library = checking.check_library(site / "docs", [f"briefings/{slug}"])
    return {problem.code for problem, _ in library.located()}


def word_file(*paragraphs: str) -> bytes:
    document, made = docx.Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(made)
    return made.getvalue()


def pdf_file(*lines: str, pages: int = 1, password: str = "") -> bytes:
    made = BytesIO()
    canvas = Canvas(made, encrypt=password or None)
    for _ in range(pages):
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


# --- init -------------------------------------------------------------------------------------------------------


@pytest.mark.full
def test_a_new_site_is_clean_and_builds_at_once(site: Path) -> None:
    assert run("check", "--strict").output == "1 briefing checked: no problems\n"
    build_site(site / "mkdocs.yml")
    page = (site / "site/index.html").read_text("utf-8")
    assert "Bay: “briefings” #1" in page and "A bridge is closed" in page
    assert (site / "site/briefings/example/text/index.html").is_file()


def test_a_new_site_has_what_git_editors_and_ci_need(site: Path) -> None:
    for name in (".gitattributes", ".gitignore", ".github/workflows/briefing.yml", "README.md", "requirements.txt"):
        assert (site / name).is_file(), name
    associated = json.loads((site / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert all((site / schema).is_file() for schema in associated)
    first = (site / "docs/briefings/example/briefing.yml").read_text("utf-8").splitlines()[0]
    assert (site / "docs/briefings/example" / first.split("$schema=")[1]).is_file()


def test_an_example_is_said_to_be_published_and_can_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("init", str(tmp_path / "with")).output
    assert "The example is published with the site until you delete its folder, docs/briefings/example." in told
    told = run("init", str(tmp_path / "without"), "--no-example").output
    assert "The example" not in told
    assert not (tmp_path / "without/docs/briefings").exists()
    assert (tmp_path / "without/docs/people.yml").read_text("utf-8").count("\n") == 2  # what the file is for
    monkeypatch.chdir(tmp_path / "without")
    assert run("check", "--strict").output == "0 briefings checked: no problems\n"


@pytest.mark.parametrize("taken", ["file", "folder", "link"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, taken: str) -> None:
    place = tmp_path / "site"
    if taken == "file":
        place.write_text("mine", "utf-8")
    elif taken == "folder":
        place.mkdir()
        (place / "mine.txt").write_text("mine", "utf-8")
    else:
        place.symlink_to(tmp_path / "nowhere")
    result = run("init", str(place))
    assert result.exit_code == 1 and "is there already" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


# --- new --------------------------------------------------------------------------------------------------------


@pytest.mark.full
def test_every_page_makes_a_briefing_that_passes_the_check(site: Path) -> None:
    for path in KNOWN + KINDS + HELD:
        result = new(site, path.name, page_of(path), f"{path.parent.name}-{path.stem}")
        assert result.exit_code == 0, result.output
        assert codes(site, f"{path.parent.name}-{path.stem}") == {"todo-left"}, path.stem


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.txt", TEXT.encode(), "text 1"),
        ("a.md", f"---\ntitle: The bridge\nlang: en\n---\n# The bridge\n\n{TEXT}".encode(), "markdown 1"),
        ("a.docx", word_file(*TEXT.splitlines()), "docx 2"),
        ("a.pdf", pdf_file(*TEXT.replace("“", '"').replace("”", '"').splitlines()), "pdf 2"),
        (
            "a.srt",
            b"1\n00:00:01,000 --> 00:00:03,000\nThe bridge\n\n2\n00:00:03,000 --> 00:00:05,000\nis closed.\n",
            "srt 2",
        ),
        (
            "a.vtt",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Lena Ford>Hello.\n\n00:02.000 --> 00:03.000\n<v Tom>Hi.\n",
            "vtt 2",
        ),
        ("a.HTML", page_of(KNOWN[0]), "html 1"),
    ],
)
def test_each_kind_of_document_makes_a_briefing(site: Path, name: str, data: bytes, reader: str) -> None:
    assert new(site, name, data).exit_code == 0
    folder = site / "docs/briefings/made"
    main_file = (folder / "briefing.yml").read_text("utf-8")
    original = folder / f"original{Path(name).suffix.lower()}"
    assert original.read_bytes() == data
    assert hashlib.sha256(data).hexdigest() in main_file and f"reader: {reader}" in main_file
    assert codes(site) == {"todo-left"}


def test_a_number_in_the_name_of_its_folder_is_no_number_of_a_briefing(site: Path) -> None:
    assert new(site, "a.txt", TEXT.encode(), "budget-2027").exit_code == 0
    assert codes(site, "budget-2027") == {"todo-left"}
    main_file = site / "docs/briefings/budget-2027/briefing.yml"
    text = re.sub(r"(?m)^title: .*", "title: The budget of 2027", main_file.read_text("utf-8"))
    main_file.write_text(text, "utf-8")
    assert "cited-number" in codes(site, "budget-2027")


def test_lines_after_a_gap_are_offered_as_comments(site: Path) -> None:
    new(site, "a.txt", f"{TEXT}\n\n\n\nFirst!\nNot again.\n".encode())
    comments = (site / "docs/briefings/made/comments.yml").read_text("utf-8")
    assert "id: c2\n    text: >-\n      Not again." in comments and "TODO: after a gap of 4 blank lines" in comments
    assert codes(site) == {"todo-left"}


MODERATED = [
    ("This comment was removed by a moderator because it broke our house rules.", True),
    ("[removed]", True),
    ("Comment deleted by the moderators", True),
    ("This post has been hidden because it does not abide by our community standards.", True),
    ("Dieser Kommentar wurde von der Redaktion entfernt.", True),
    ("Der Beitrag wurde durch die Moderation gelöscht, weil er beleidigt.", True),
    ("This comment was deleted by its author.", False),
    ("Removed by a moderator? My comment was fine. I will write it again.", False),
    ("They removed the benches.", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "moderated"), MODERATED)
def test_a_comment_that_only_says_that_moderators_removed_it_is_known(text: str, moderated: bool) -> None:
    assert is_moderated(text) == moderated


def test_what_moderators_removed_and_what_the_author_of_the_article_answers_is_set_aside(site: Path) -> None:
    said = (
        ("", "It was late again today."),
        ("", MODERATED[0][0]),
        ("byuser comment-author-nell bypostauthor ", "We have asked the council when the works end."),
    )
    comments = "".join(
        f'<li id="comment-{n}" class="comment {mark}depth-1"><div class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">Reader {n}</b></div><time datetime="2025-10-1{n}T10:00:00Z">'
        f'</time></footer><div class="comment-content"><p>{text}</p></div></div></li>'
        for n, (mark, text) in enumerate(said, 1)
    )
    words = "The council met in a packed hall and heard from people who use the ferry every week. " * 4
    page = f"<html lang=en><title>A ferry</title><article><h1>A ferry</h1><p>{words}</p><p>{words}It did.</p></article>"
    result = new(site, "saved.html", f"{page}<ol class='comment-list'>{comments}</ol></html>".encode())
    assert "1 comment set aside: removed by moderators, as the page says" in result.output
    written = (site / "docs/briefings/made/comments.yml").read_text("utf-8")
    aside = "set_aside:\n  - comment: c2\n    reason: moderated\n  - comment: c3\n    reason: newsroom\n"
    assert written.endswith(aside)
    assert "Comment c3 set aside: “the author of the article” wrote it, as the page says" in result.output
    assert "(“It was late again today.”) is in no theme yet" in result.output


@pytest.mark.parametrize(
    ("mark", "aside"),
    [
        ('<span class="tc-badge">Gazette staff</span>', "Gazette staff"),
        ('<em class="role">Moderator</em>', "Moderator"),
        ('<span class="label">Redaktion</span>', "Redaktion"),
        ('<span class="tc-badge">Top reader</span>', ""),
        ('<span class="inreply">in reply to staff</span>', ""),
    ],
)
def test_names_are_whole_and_what_the_newsroom_says_is_set_aside(site: Path, mark: str, aside: str) -> None:
    """A name that ends with a word for “by” is no line that says who wrote it."""
    said = {
        "Nell Garrowby": f"{mark}|We have asked the council when the works end.",
        "Ole von Thal": "|The ferry was late again today, and nobody was told of it.",
        "Kim Ko-on": "|It runs every twenty minutes from seven in the morning.",
    }
    rows = [(name, *words.split("|")) for name, words in said.items()]
    items = "".join(
        f'<li class="tc-comment"><div class="tc-meta"><span class="tc-author">{name}</span> {badge} <time '
        f'datetime="2025-10-1{n}T10:00:00Z">1{n} October</time></div><div class="tc-body"><p>{words}</p></div></li>'
        for n, (name, badge, words) in enumerate(rows, 1)
    )
    words = "The council met in a packed hall and heard from people who use the ferry every week. " * 4
    page = f"<html lang=en><title>A ferry</title><article><h1>A ferry</h1><p>{words}</p><p>{words}It did.</p></article>"
    result = new(site, "saved.html", f"{page}<section><h2>Comments</h2><ol>{items}</ol></section></html>".encode())
    written = (site / "docs/briefings/made/comments.yml").read_text("utf-8")
    assert re.findall(r"author: (.+)", written) == list(said)
    assert (f"Comment c1 set aside: “{aside}” wrote it, as the page says" in result.output) == bool(aside)
    assert written.endswith("set_aside:\n  - comment: c1\n    reason: newsroom\n") == bool(aside)


def test_an_entry_of_a_person_that_cannot_be_read_is_not_overwritten(site: Path) -> None:
    people = site / "docs/people.yml"
    people.write_text("tom: {name: Tom, party: none, same_as: https://x.example/tom}\n", "utf-8")
    before = people.read_text("utf-8")
    new(site, "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Tom>Hello.\n")
    assert people.read_text("utf-8").startswith(before)


def test_voices_are_turns_and_people(site: Path) -> None:
    new(
        site,
        "a.vtt",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Lena Ford>Hello.\n\n00:02.000 --> 00:03.000\n<v Tom>Hi.\n",
    )
    made = (site / "docs/briefings/made/briefing.yml").read_text("utf-8")
    assert '"Lena Ford:": ferry-master' in made and '"Tom:": tom' in made
    assert "ferry-master:\n    role:" in made and "tom:\n    role:" in made
    assert "tom:\n  name: Tom\n" in (site / "docs/people.yml").read_text("utf-8")
    assert codes(site) == {"todo-left"}


def test_names_of_commenters_stay_hidden(site: Path) -> None:
    new(site, "a.html", page_of(KNOWN[0]))
    folder = site / "docs/briefings/made"
    assert "author: Anna Reed" in (folder / "comments.yml").read_text("utf-8")
    assert "show_authors" not in (folder / "comments.yml").read_text("utf-8")
    assert "Anna Reed" not in (folder / "briefing.yml").read_text("utf-8")


@pytest.mark.full
def test_a_draft_is_previewed_and_not_published(site: Path) -> None:
    new(site, "a.html", page_of(KNOWN[0]))
    build_site(site / "mkdocs.yml")
    assert not (site / "site/briefings/made").exists()
    published = site / "docs/briefings/made/briefing.yml"
    published.write_text(published.read_text("utf-8").replace("status: draft", "status: published"), "utf-8")
    assert codes(site) == {"todo-published", "comment-unaccounted", "title-of-source"}


def test_an_existing_briefing_is_never_overwritten(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    result = new(site, "a.txt", TEXT.encode(), "example")
    assert result.exit_code == 1 and "is there already" in result.output
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("slug", ["../up", "/tmp/x/..", "Bridge", "a b", "", "a//b"])
def test_a_slug_that_is_no_address_is_refused(site: Path, slug: str) -> None:
    assert new(site, "a.txt", TEXT.encode(), slug).exit_code == 2


def test_outside_a_site_the_command_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = run("new", "made", "--from", "a.txt")
    assert result.exit_code == 2 and "briefing init" in result.output


def test_a_disk_that_refuses_leaves_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = new(site, "a.txt", TEXT.encode(), "deep/made")
    assert result.exit_code == 1 and "no space left" in result.output.lower()
    assert not (site / "docs/deep").exists()


@pytest.mark.full
def test_a_page_that_is_filled_in_is_published_without_the_names_of_commenters(site: Path) -> None:
    new(site, "a.html", page_of(next(path for path in KNOWN if path.stem == "wordpress-html5")))
    main_file = site / "docs/briefings/made/briefing.yml"
    assert re.search("\n  publish: excerpts # only what you refer to", main_file.read_text("utf-8"))
    filled = re.sub(r'"TODO: [^"]*"', "Tess Ter", main_file.read_text("utf-8"))
    filled = filled.replace("status: draft", "status: published")
    main_file.write_text(filled, "utf-8")
    assert codes(site) == {"comment-unaccounted", "title-of-source"}
    main_file.write_text(re.sub("(?m)^title: .*", "title: The bridge closes", filled), "utf-8")
    theme = "themes: [{id: doubts, title: Doubts, about: The bridge closes, comments: [c1, c2, c3, c4, c5]}]\n"
    (main_file.parent / "annotations/themes.yml").write_text(theme, "utf-8")
    assert run("check", "--strict").output.endswith("no problems\n")
    build_site(site / "mkdocs.yml")
    pages = {path.parent.name: path.read_text("utf-8") for path in (site / "site/briefings/made").rglob("*.html")}
    left_out = html.unescape(" ".join(re.findall("<code>(.*?)</code>", pages["method"])))
    assert ".site-footer" in left_out and ".comment-meta" in left_out, left_out
    assert "Not again." in pages["comments"]
    assert not any(name in page for page in pages.values() for name in ("Anna Reed", "Old_Oak", "tideline"))


GERMAN = (
    "Der Bürgermeister sagte am Montag nach der Sitzung, dass die alte Brücke gesperrt wird.\n"
    "Die Stadträtin lehnte das ab und verlangte, dass der Rat noch einmal darüber abstimmt.\n"
)


@pytest.mark.parametrize(
    ("site_speaks", "chosen", "written"),
    [
        ("en", "", "language: en\n"),
        ("en", "fr", "language: fr\n"),
        ("de", "", "language: de\n"),
        ("", "", "language: de\n"),
    ],
)
def test_a_document_in_another_language_makes_a_briefing_in_the_language_of_the_site(
    site: Path, site_speaks: str, chosen: str, written: str
) -> None:
    configuration = site / "mkdocs.yml"
    line = f"  language: {site_speaks}\n" if site_speaks else ""
    configuration.write_text(configuration.read_text("utf-8").replace("  language: en\n", line, 1), "utf-8")
    (site.parent / "a.html").write_text(f'<html lang="de"><article><p>{GERMAN}</p></article></html>', "utf-8")
    result = run("new", "made", "--from", str(site.parent / "a.html"), *(["--language", chosen] if chosen else []))
    assert result.exit_code == 0, result.output
    about = (site / "docs/briefings/made/briefing.yml").read_text("utf-8")
    assert f"\n{written}" in about
    assert "\n  language: de\n" in about


# --- headlines with quoted words --------------------------------------------------------------------------------

HEADLINES = [
    ("en", "Mayor: \"We will not build the bridge\" this year"),
    ("en", "Mayor says “we will never build the bridge” this year"),
    ("en", "Mayor says ‘we will never build the bridge’ this year"),
    ("en", "Mayor says 'we will never build the bridge' this year"),
    ("en", "“He told us ‘never again build it’ and left,” the mayor says"),
    ("de", "Bürgermeister sagt: „Wir bauen die Brücke niemals“ in diesem Jahr"),
    ("de", "»Wir bauen die Brücke niemals«, sagt der Bürgermeister"),
    ("fr", "Le maire dit : « Nous ne construirons pas le pont » cette année"),
    ("ar", "قال العمدة «لن نبني الجسر هذا العام أبدا» اليوم"),
]  # fmt: skip
PAGE = """<!doctype html><html lang="{tag}"><head><title>{title}</title>
<meta name="author" content="Ada “the Pen” Lang">
<meta name="copyright" content="All “rights of this page are” ours"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""


@pytest.mark.parametrize(("tag", "title"), HEADLINES)
def test_what_a_headline_quotes_is_its_own(site: Path, tag: str, title: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT.splitlines()[1:] * 2)
    page = PAGE.format(tag=tag, title=title.replace('"', "&quot;"), text=text).encode()
    assert new(site, "a.html", page).exit_code == 0
    assert codes(site) == {"todo-left"}
    made = site / "docs/briefings/made/briefing.yml"
    about = made.read_text("utf-8")
    # a part of it is as well the source's; what is no part of it is an author's
    written = re.compile(r"^title: (?:>-\n  )?.*\n", re.M)
    for own, found in (
        (title.split(",")[0], set()),
        ("Mayor says “nobody ever builds this bridge”", {"quotation-not-found"}),
    ):
        made.write_text(written.sub(f"title: {json.dumps(own, ensure_ascii=False)}\n", about, count=1), "utf-8")
        assert codes(site) == {"todo-left"} | found


def test_a_headline_that_quotes_is_an_excerpt_of_a_reference(site: Path) -> None:
    assert new(site, "a.txt", TEXT.encode()).exit_code == 0
    page = PAGE.format(tag="en", title="Ford: “We shall never open it again”", text="<p>It is short.</p>").encode()
    (site.parent / "work.html").write_bytes(page)
    assert run("add", "reference", str(site.parent / "work.html"), "-b", "made").exit_code == 0
    assert codes(site) == {"todo-left"}
    assert "- exact: >-\n          Ford: “We shall" in (site / "docs/briefings/made/references.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("rights", "named"),
    [("© 2001–2025.", False), ("Copyright (c) 2024", False), ("© 2025 Bay Gazette", True), ("CC BY 4.0", True)],
)
def test_rights_that_name_nobody_are_asked_for(site: Path, rights: str, named: bool) -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT.splitlines()[1:] * 2)
    page = PAGE.format(tag="en", title="The ferry is back", text=text).replace(
        "All “rights of this page are” ours", rights
    )
    assert new(site, "a.html", page.encode()).exit_code == 0
    written = " ".join((site / "docs/briefings/made/briefing.yml").read_text("utf-8").split())
    asked = f"TODO: who holds the rights and what they allow; the document says: {rights}"
    assert (asked in written) is not named
    assert rights in written


def test_the_full_name_of_a_commenter_in_another_comment_is_hidden_and_its_first_name_asked_about(site: Path) -> None:
    said = {
        "Bill Reed": "Who is to pay the bill for it, and for the reed beds?",
        "Ole Thal": "Bill Reed has asked who pays.",
        "Kim Kohn": "We all do, Bill. It runs from seven.",
    }
    comments = "".join(
        f'<li id="comment-{n}" class="comment depth-1"><div class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">{name}</b></div><time datetime="2025-10-1{n}T10:00:00Z">'
        f'</time></footer><div class="comment-content"><p>{text}</p></div></div></li>'
        for n, (name, text) in enumerate(said.items(), 1)
    )
    words = "The council met in a packed hall and heard from people who use the ferry every week. " * 4
    page = f"<html lang=en><title>A ferry</title><article><h1>A ferry</h1><p>{words}</p><p>{words}It did.</p></article>"
    result = new(site, "saved.html", f"{page}<ol class='comment-list'>{comments}</ol></html>".encode())
    assert "Comments show “[name]” for “Bill Reed”, who wrote one" in result.output
    assert "the comment “c3” has “Bill”; this seems to be the first name" in result.output
    assert 'in comments.yml add to hide_names: "Bill"' in result.output
    written = (site / "docs/briefings/made/comments.yml").read_text("utf-8")
    assert written.endswith("\nhide_names: [Bill Reed]\n")
