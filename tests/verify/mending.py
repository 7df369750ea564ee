"""What somebody can do to a built site who knows how its manifest is made: change a file, and mend the hashes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from briefing.model.manifest import MANIFEST, SITE_MANIFEST, SiteManifest, decode_manifest, encode_manifest
from briefing.verify.file_hashes import hash_file
from tests.conftest import CASES
from tests.sites import build_site, make_site

ASIDE = "Nobody cites what was said about the weather of that day."
"""A paragraph of a source that its excerpts leave out."""
IN_EXCERPTS = "briefings/en"
_GAP = '<span class="bf-gap">[…]</span>'
SIGNS: Mapping[str, tuple[str, str, str]] = {
    "a sign between paragraphs is gone": ("text", '<p class="bf-gap">[…]</p>', ""),
    "a sign between paragraphs too many": (
        "text",
        '<div class="bf-notes"',
        '<p class="bf-gap">[…]</p><div class="bf-notes"',
    ),
    "a sign that says something else": ("text", '<p class="bf-gap">[…]</p>', '<p class="bf-gap">And so on.</p>'),
    "a sign at the beginning of a paragraph": ("text", 'dir="auto">The keeper', f'dir="auto">{_GAP} The keeper'),
    "a sign in a quotation is gone": ("quotes", f" {_GAP} ", " "),
    "a sign in a quotation says something else": ("quotes", _GAP, '<span class="bf-gap">, or so,</span>'),
    "words in single marks": ("quotes", "</article>", "<p>She said ‘nobody ever warned us of this’.</p></article>"),
    "words in straight single marks": ("quotes", "</article>", "<p>Or 'nobody ever warned us', said.</p></article>"),
    "words in marks of their own kind": (
        "quotes",
        "</article>",
        """<p>"We wrote to the council "wrong" to" is what she said.</p></article>""",
    ),
    "words that nothing closes": ("quotes", "</article>", "<p>She said “nobody ever warned us of this</p></article>"),
}
"""What is changed once on a page of a briefing of excerpts, and into what."""


def build_excerpts(folder: Path) -> None:
    """Build a site with a briefing of excerpts that leaves out paragraphs at the beginning, in the middle and at the
    end, and words of a quotation."""
    docs = CASES / "reported" / "docs"
    about, source = (f"{IN_EXCERPTS}/{name}" for name in ("briefing.yml", "source.txt"))
    lines = (docs / source).read_text("utf-8").splitlines()
    text = "\n".join((ASIDE, *lines[:2], ASIDE, *lines[2:], ASIDE, ""))
    excerpts = (docs / about).read_text("utf-8").replace("publish: full", "publish: excerpts")
    files = {about: excerpts, source: text}
    build_site(make_site(folder, docs=docs, files=files, site_url="https://example.org/"), strict=False)


def mend(site: Path) -> None:
    """Make the hashes of all files anew, and know nothing of those that are gone."""
    known = decode_manifest((site / SITE_MANIFEST).read_bytes(), SiteManifest)
    files = {name: hash_file(name, (site / name).read_bytes()) for name in known.files if (site / name).is_file()}
    (site / SITE_MANIFEST).write_bytes(encode_manifest(replace(known, files=files)))


_WHO = '<p><span data-span="860-918">But nobody'
_CAPTION = '<span class="bf-speaker bf-unseen">Idris Vane</span>'
_INVENTED = (
    '<figure class="bf-quoted"><blockquote><p><span data-span="864-918">nobody has shown us who pays when the boats '
    'break down</span></p></blockquote><figcaption><span class="bf-speaker">Ada Thornbury</span></figcaption></figure>'
)
UNSEEN: Mapping[str, tuple[str, str, str]] = {
    "a hidden word": ("text", "and four against", "and <span hidden>four</span> against"),
    "a styled word": ("quotes", _WHO, _WHO.replace("But nobody", '<b style="display: none">But nobody</b>')),
    "words in another order": ("quotes", _WHO, _WHO.replace("But nobody", "<bdo dir=rtl>But nobody</bdo>")),
    "a hidden card": ("quotes", '<article class="bf-card', '<article hidden class="bf-card'),
    "cards where scripts are on": (
        "quotes",
        '<div class="bf-page"',
        '<noscript></noscript><div hidden class="bf-page"',
    ),
    "a style": ("quotes", "</article>", "<style>.bf-quoted { display: none }</style></article>"),
    "a script": ("quotes", "</article>", "<script>document.title = 1</script></article>"),
    "words among numbers": ("text", "and four against", 'and <sup class="bf-ref">not</sup> four against'),
    "another name in a heading": ("quotes", 'id="_by-vane">Idris Vane', 'id="_by-vane">Ada Thornbury'),
    "a second name": ("quotes", _CAPTION, f'{_CAPTION}<span class="bf-speaker">Ada Thornbury</span>'),
    "a name beside it": ("quotes", _CAPTION, f"Ada Thornbury{_CAPTION}"),
    "another name to copy": ("quotes", 'data-credit="Idris Vane', 'data-credit="Ada Thornbury'),
    "a quotation that is in no record": ("quotes", "</article>", f"{_INVENTED}</article>"),
}
"""What is changed once on a page of the briefing `good`: words that stay as they are and are not seen, or are said to
be somebody else's."""


@dataclass(frozen=True)
class Change:
    """A change of one file."""

    about: str
    file: str
    start: int
    old: str
    new: str

    def made_in(self, site: Path) -> Path:
        path = site / self.file
        text = path.read_bytes().decode()
        assert text[self.start : self.start + len(self.old)] == self.old
        path.write_bytes((text[: self.start] + self.new + text[self.start + len(self.old) :]).encode())
        return path


_SPAN = r'data-span="[^"]*"[^>]*>([^<]+)<'
_SAYS = r'"value":"([^"]+)","format":"text/plain","purpose":"identifying"\}'
_COUNTED = r'data-counts="[^"]*"[^>]*>(?:[^\d]*>)?[^<\d]*(\d+)'
_COUNTING = r"quotes/index\.html|comments/index\.html|briefings/good/index\.html"
_DATA = r"briefings/good/data\.json"
_MANIFEST = MANIFEST.replace(".", r"\.")
KINDS = {
    "words of a card": (r"(?:quotes|figures|context)/index\.html", _SPAN),
    "words of a card elsewhere": (r"people/.*\.html|topics/.*\.html", _SPAN),
    "place of a card": (r"quotes/index\.html", r'data-span="(\d+)-'),
    "who speaks": (r"(quotes|people/.*)/?index\.html", r'class="bf-speaker(?: bf-unseen)?">([^<]+)<'),
    "a verdict": (r"(quotes|figures)/index\.html", r'class="bf-verdict bf-verdict-([a-z-]+)"'),
    "the word of a verdict": (r"(quotes|figures)/index\.html", r'bf-verdict-[a-z-]+"><span[^>]*>[^<]*</span>([^<]+)<'),
    "a value": (r"figures/index\.html", r'class="bf-value"[^>]*>[^<\d]*(\d+)'),
    "a paragraph of the text": (r"text/index\.html", r'<p [^>]*id="p\d+"[^>]*>(?:<mark[^>]*>)?([^<]{12,})<'),
    "a passage in quotation marks": (r"briefings/.*\.html", r"“([^”<>]{12,})”"),
    "a heading": (r"quotes/index\.html", r'bf-unseen">: [^<]*“([^”<]{12,})”'),
    "a title of a link": (r"briefings/.*\.html", r'title="[^"“]*“([^"”]{12,})”'),
    "what is copied": (r"quotes/index\.html", r'data-words="“([^"”]{12,})”'),
    "former words": (r"(quotes|method)/index\.html", r"<del><span[^>]*>[^<]*</span>([^<]{8,})</del>"),
    "corrected words": (r"(quotes|method)/index\.html", r"<ins><span[^>]*>[^<]*</span>([^<]{8,})</ins>"),
    "a correction of the feed": (r"feeds/corrections\.json", r"<del>([^<]{8,})</del>"),
    "words of a comment": (r"comments/index\.html", r"<q [^>]*>([^<]{8,})<"),
    "an excerpt": (r"method/index\.html", r"<blockquote[^>]*>\s*<p>([^<]{12,})<"),
    "a count": (_COUNTING, _COUNTED),
    "a count above the text": (r"text/index\.html", r'data-kind="[a-z]+"[^>]*>(\d+) '),
    "words of a figure in a table": (r"figures\.csv", r"(?m)^[a-z-]+,[^,\n]*,(?:[^,\n]*,){3}([A-Za-z][^,\n]{6,}),"),
    "a cell of a table": (r"briefings/good/[a-z]+\.csv", r"(?m)^[a-z0-9-]+,(?:[^\n]*,)?([A-Za-z][^,\n\"]{3,})"),
    "a number in a table": (r"(?:figures|series)\.csv", r",(\d+),"),
    "words in the data": (_DATA, r'"target":"([^"\\]{8,})"'),
    "a place in the data": (_DATA, r'"spans":\[\{"start":(\d+)'),
    "who speaks in the data": (_DATA, r'"speaker":"([^"]+)"'),
    "a verdict in the data": (_DATA, r'"verdict":"([^"]+)"'),
    "a number in the data": (_DATA, r'"reading_low":(\d+)'),
    "a stance in the data": (_DATA, r'"stance":"([^"]+)"'),
    "why a comment is set aside": (_DATA, r'"set_aside":"([^"]+)"'),
    "an excerpt in the data": (_DATA, r'"excerpts":\["([^"]+)"'),
    "an address in the data": (_DATA, r'"permalink":"[^"]*/([a-z]+/#[^"]+)"'),
    "the author’s note in the data": (_DATA, r'"note":"([^"]+)"'),
    "a column in the package": (r"datapackage\.json", r'"fields":\[\{"name":"([^"]+)"'),
    "a size in the package": (r"datapackage\.json", r'"bytes":(\d+)'),
    "words of an annotation": (r"annotations\.jsonld", r'"exact":"([^"]{8,})"'),
    "a place of an annotation": (r"annotations\.jsonld", r'"start":(\d+)'),
    "a speaker of an annotation": (r"annotations\.jsonld", _SAYS),
    "a verdict of an annotation": (r"annotations\.jsonld", r'\\"verdict\\":\\"([a-z-]+)'),
    "a unit of an annotation": (r"annotations\.jsonld", r'\\"unit\\":\\"([a-z ]+)'),
    "words of the search": (r"search_index\.json", r'"title":"[^"]*“([^”"]{12,})”'),
    "a passage of a feed": (r"feeds/.*\.(?:xml|json)", r"“([^”<>\"]{8,})”"),
    "words of a frame": (r"embed\.html", _SPAN),
    "who speaks in a frame": (r"embed\.html", r'class="bf-speaker">([^<]+)<'),
    "a verdict in a frame": (r"embed\.html", r'class="bf-verdict bf-verdict-([a-z-]+)"'),
    "a ready citation": (r"cite\.html", r"<dd[^>]*>[^<]*“([^”<]{12,})”"),
    "what is pasted": (r"cite\.html", r"blockquote cite=.*?&gt;&lt;p&gt;([^&<]{12,})&lt;"),
    "words of an item that is cited": (r"citations\.json", r'"abstract": "“([^"”]{12,})”'),
    "who speaks in an item that is cited": (r"citations\.json", r'"title": "([^":“]+): “'),
    "BibTeX": (r"citations\.bib", r"  title = \{\{([^}]{12,})\}"),
    "RIS": (r"citations\.ris", r"TI  - (.{12,})"),
    "words in the text": (r"briefings/good/llms\.txt", r"\n> ([^\n]{8,})\n"),
    "who speaks in the text": (r"briefings/good/llms\.txt", r"\n\[([A-Z][a-z]+ [A-Z][a-z]+), "),
    "words in a page as text": (r"(?:quotes|figures|context|comments)/index\.html\.md", r"\n> ([^\n]{8,})\n"),
    "who speaks in a page as text": (r"quotes/index\.html\.md", r"\n\[([A-Z][a-z]+ [A-Z][a-z]+), "),
    "the source as text": (r"text/index\.html\.md", r"\n([^\n<]{40,})\n"),
    "the source of a page as text": (r"text/index\.html\.md", r"\nThe source: \[([^\]]{12,})"),
    "a title of a page as text": (r"good/.*index\.html\.md", r"\A# (?:[^\n]*: )?([^\n:]+)\n"),
    "a file in the crate": (r"ro-crate-metadata\.json", r'"contentSize":"(\d+)"'),
    "a date in the crate": (r"ro-crate-metadata\.json", r'"@id":"\./".*?"datePublished":"(\d+)-'),
    "words of a statement in a feed": (r"feeds/.*\.(?:xml|json)", r"(?:&gt;|>)“([^”<>\"&]{8,})”(?:&lt;|<)/(?:p|span)"),
    "who says a statement in a feed": (r"feeds/briefings\.json", r'#[a-z-]+\\">([A-Z][a-z]+ [A-Z][a-z]+)'),
    "a summary in a feed": (r"feeds/.*\.(?:xml|json)", r"(?:\"summary\": \"|<summary>)([^\"<]{12,})"),
    "a day in a feed": (r"feeds/.*\.(?:xml|json)", r"(?:\"date_published\": \"|<published>)(\d{4})"),
    "an author in a feed": (r"feeds/.*\.json", r'"name": "([A-Z][a-z]+ [A-Z][a-z]+)"'),
    "a tag in a feed": (r"feeds/.*\.xml", r'<category term="([^"]+)"'),
    "a reason in the feed of corrections": (r"feeds/corrections\.xml", r"<summary>[^:<]*: ([^<]{8,})<"),
    "a title in the list": (r"(?<!/)(?<!\w)llms\.txt", r"\n- \[([^\]]{12,})\]"),
    "what is said in the list": (r"(?<!/)(?<!\w)llms\.txt", r"llms\.txt\): ([^\n]{12,})"),
    "an address of the sitemap": (r"sitemap\.xml", r"<loc>https://example\.org/([a-z/]+[a-z])/</loc>"),
    "what the crate is about": (r"ro-crate-metadata\.json", r'"description":"([^"]{60,})","datePublished"'),
    "an author in the crate": (r"ro-crate-metadata\.json", r'"@id":"#_author-1","@type":"Thing","name":"([^"]+)"'),
    "a work in the crate": (
        r"ro-crate-metadata\.json",
        r'"@id":"https://[^"]*","@type":"CreativeWork","name":"([^"]+)"',
    ),
    "who wrote the package": (r"datapackage\.json", r'"contributors":\[\{"title":"([^"]+)"'),
    "what the package is about": (r"datapackage\.json", r'"description":"([^"]{60,})","homepage"'),
    "a correction for programs": (
        r"briefings/good/index\.html",
        r'CorrectionComment",\s*"datePublished": "[^"]*",\s*"text": "[^":]*: ([^":.]{8,})',
    ),
    "a day for programs": (r"briefings/good/index\.html", r'"dateModified": "(\d+)'),
    "a source for programs": (r"briefings/good/index\.html", r'"CreativeWork",[^}]*"name": "([^"]+)"'),
    "a value in the table of figures": (
        r"figures/index\.html",
        r'data-type="number" data-value="\d+">[^<\d]*(\d[\d,]*)',
    ),
    "words in the table of figures": (
        r"figures/index\.html",
        r'data-type="number" data-value="\d+">([A-Za-z][^<\d]*)<',
    ),
    "a label in the table of figures": (
        r"figures/index\.html",
        r'data-type="text" data-value="[^"]*"><a [^>]*>([^<]+)<',
    ),
    "the summary of the overview": (r"good/index\.html", r'class="bf-summary">\s*<p>([^<]{12,})<'),
    "a claim for programs": (r"(?:quotes|figures)/index\.html", r'"claimReviewed": "([^"]{12,})"'),
    "who made a claim for programs": (
        r"quotes/index\.html",
        r'"itemReviewed":.*?"jobTitle": "[^"]*", "name": "([^"]+)"',
    ),
    "who judges for programs": (r"quotes/index\.html", r'"ClaimReview", "author": \{"name": "([^"]+)"'),
    "why it is judged so, for programs": (r"quotes/index\.html", r'"ratingExplanation": "([^"]{12,})"'),
    "a title by which a page is cited": (r"quotes/index\.html", r'"citation_title" content="([^"]{12,})"'),
    "an author by whom a page is cited": (r"text/index\.html", r'"citation_author" content="([^"]+)"'),
    "an abstract with which a page is cited": (r"good/index\.html", r'"citation_abstract" content="([^"]{12,})"'),
    "the id of a speaker in the data": (_DATA, r'"speaker_id":"([^"]+)"'),
    "a tag in the data": (_DATA, r'"tags":\["([^"]+)"'),
    "who judges in the data": (_DATA, r'"verdict_by":"([^"]+)"'),
    "a value of a series in the data": (_DATA, r'"period":"\d+","value":(\d+)'),
    "a key point in the data": (_DATA, r'"key_points":\["([^"]+)"'),
    "a correction in the data": (_DATA, r'"before":"([^"]+)"'),
    "the note of an annotation": (r"annotations\.jsonld", r'\\"note\\":\\"([^\\\[]{8,})'),
    "a frame to be pasted": (r"cite\.html", r"words=([0-9a-f]{8})"),
    "who is cited": (r"cite\.html", r'<dd class="bf-copied">([A-Z][a-z]+ [A-Z][a-z]+) &amp;'),
    "a correction in a frame": (r"embed\.html", r'bf-corrected"><a[^>]*>[^:<]*: ([^<]{8,})'),
    "a label in a frame": (r"embed\.html", r'class="bf-label">([^<]+)<'),
    "a work in the script": (r"works\.js", r'\["([a-z]+-[a-z0-9-]+)",\d'),
    "words in the manifest": (_MANIFEST, r'"text":"([^"]{8,})","level"'),
    "a place in the manifest": (_MANIFEST, r'"matches":\[\{"start":(\d+)'),
    "the source in the manifest": (_MANIFEST, r'"publish":"full","text":"([^"\\]{40,})'),
    "a count in the manifest": (_MANIFEST, r'"counts":\{[^}]*"quotation":(\d+)'),
    "a comment in the manifest": (_MANIFEST, r'"sha256":"[0-9a-f]{64}","text":"([^"\\]{12,})'),
}
"""What is changed: the files, and what in them; one letter or digit of the group becomes another."""


def changes(site: Path, seed: int) -> Iterator[Change]:
    """Yield changes of every kind, the kinds in turn, the places in an order of their own for each seed."""
    chance = random.Random(seed)
    waiting = {about: _places(site, *where, chance) for about, where in KINDS.items()}
    while waiting:
        for about in list(waiting):
            if not waiting[about]:
                del waiting[about]
                continue
            file, start, words = waiting[about].pop()
            yield _changed(about, file, start, words, chance)


def _places(site: Path, files: str, pattern: str, chance: random.Random) -> list[tuple[str, int, str]]:
    found = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and re.search(rf"(?:{files})$", name) and "decisions" not in name:
            text = path.read_bytes().decode("utf-8", "replace")
            found += [(name, each.start(1), each[1]) for each in re.finditer(pattern, text) if each[1]]
    chance.shuffle(found)
    return found


def _changed(about: str, file: str, start: int, words: str, chance: random.Random) -> Change:
    letters = [
        at for at, each in enumerate(words) if each.isascii() and each.isalnum() and not _in_reference(words, at)
    ]
    at = chance.choice(letters)
    others = "0123456789" if words[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    new = chance.choice([each for each in others if each != words[at].lower()])
    return Change(about, file, start + at, words[at], new)


def _in_reference(words: str, at: int) -> bool:
    return re.search(r"&#?\w*$", words[:at]) is not None
