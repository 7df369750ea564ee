"""Find comments in markup that nobody has described: what repeats, names a person or a time, and has its own words.

Elements of one look (tag and classes) are a group. A group is treated as comments where the words around it say so, or
where its members have both a person and a time; lists of links to other articles are not. What is found so is
uncertain, and the draft says so.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log

from bs4.element import NavigableString, Tag

from briefing.authoring.ingest.folder import DraftComment
from briefing.authoring.ingest.known_comments import FoundComment, FoundComments
from briefing.authoring.ingest.saved_page import SavedPage, count, day, leads_elsewhere, names
from briefing.readers.html import BLOCKS
from briefing.text.language_rules import Language

Path = tuple[str, ...]
"""How an element is reached from the member of a group that it is in."""

COMMENTS = re.compile(
    r"\b(?:comments?|kommentare?\w*|commentaires?|comentarios?|commenti|reacties?|repl(?:y|ies)|respons(?:e|es)|antworten?|"
    r"réponses?|respuestas?|discuss(?:ion|ions)?|diskussion\w*|debatte\w*|conversation|opinions?|thread|leserbriefe?|gästebuch|guestbook|komment\w*)\b"
)
PERHAPS = re.compile(r"\b(?:meinung\w*|stimmen|leser\w*|feedback|reader\w*|letters?|notes?|post(?:ed|s)?)\b")
"""What is around comments, and around much else."""
NO_COMMENTS = re.compile(
    r"\b(?:related|recommend\w*|teasers?|cards?|more|stories|promo\w*|nav\w*|menu|breadcrumbs?|footer|share|social|"
    r"newsletter|popular|trending|widget|archive|sidebar|tags?|author bio|products?|gallery|slides?)\b"
)
RELATIVE = re.compile(
    r"\b(?:ago|yesterday|just now|gestern|heute|vor \d+|vor einer?|il y a|hace \d+|"
    r"\d+ ?(?:min|h|hrs?|std|d|mo|yr)s?)\b",
    re.IGNORECASE,
)
ALTERNATING = re.compile(r"(?:^|(?<=[a-z_-]))(?:odd|even|alt|alternate|alternating|first|last)$", re.IGNORECASE)
"""How the name of a class ends that every second element of a list has, or the outer ones."""
TITLES = ["h1", "h2", "h3", "h4", "h5", "h6"]
HEADINGS = {*TITLES, "legend", "b", "strong", "p", "div", "span", "summary"}
FEWEST = 2
"""Members of a group whose surroundings say that they are comments; others need one more. One alone has to be called
a comment itself."""
ALONE = re.compile(r"\b(?:comment|kommentar|commentaire|comentario|commento|reactie|reply|response|antwort)\b")
NOT_ALONE = re.compile(
    r"\b(?:lists?|forms?|respond|count|area|text|body|content|meta|header|head|footer|author|number)\b"
)
"""What else is in the names of what is around a comment, or a part of one."""
BEFORE = re.compile(
    r"^(?:(?:posted|written|submitted|comment|kommentar|geschrieben|soumis|publié|enviado|publicado)\s+)?"
    r"(?:by|von|par|por|door|av|od)\b[\s:]*",
    re.IGNORECASE,
)
ENDS_BY = re.compile(r"(?:^|\s)(?:by|von|par|por|door|av|od|di)[\s:]*$", re.IGNORECASE)
BEHIND = re.compile(r"(?<![\w-])(?:schrieb|wrote|writes|says|said|sagt|dice|am|on|le|posted)\b(?!-)|[·|,:@—–]")
"""What is before and behind a name in one line with it, and no part of one (“Garrowby”, “von Thal”, “Ko-on”)."""
BUTTON = re.compile(
    r"(?:reply|answer|antwort\w*|répondre|responder|rispondi|reageer|svar\w*|ответить|report|melden|signaler|share|teilen|"
    r"like|flag|quote|zitieren|edit|permalink|link)\b",
    re.IGNORECASE,
)
TITLE = 5
"""Words of a link in a teaser that are a headline; a name or a date has fewer, or leads to the comment itself."""
LINE = 8
"""Words of a line with a name and a time."""
SHORTEST = 5
"""Words that comments have on average; what has fewer are names, dates or buttons."""
FRAME = 0.4
"""Of a page's words: a form with more is the whole page, as in ASP.NET."""
HOLDING = re.compile(r"(?:comments?|kommentare?|commentaires|comentarios|discussion)(?:[-_]?(?:list|area|section))?$")
"""The id of what holds the comments, which may be in the footer of an article."""
NAMED = re.compile(r"\b(?:author|autor|auteur|user ?name|user|nick ?name|nick|name|screen name|commenter|profile)\b")
"""What the element of a person's name is called."""
MOST = 20_000
"""Members that are looked at: a page with more is no article."""


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One element of a group, with its own words by where they are in it."""

    element: Tag
    strings: Mapping[Path, tuple[NavigableString, ...]]


OwnWords = tuple[GroupMember, tuple[NavigableString, ...]]


@dataclass(frozen=True, slots=True)
class PossibleComment:
    """A member that has words of its own."""

    element: Tag
    words: tuple[NavigableString, ...]
    head: tuple[str, ...]
    """What else is in it."""


@dataclass(frozen=True, slots=True)
class CandidateGroup:
    """A group that may be comments."""

    comments: Sequence[PossibleComment]
    body: str
    """Tag and class of the element that their words are in; empty where it is the member itself."""
    sure: bool
    """Whether the page says that they are comments."""
    score: float
    """How much speaks for it."""

    @property
    def nodes(self) -> list[NavigableString]:
        """The text nodes of all words."""
        return [node for comment in self.comments for node in comment.words]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a group being comments."""

    around: str
    """What the names and headings around it say."""
    number: int
    """How many members it has."""
    timed: float
    """Of its members, those with a time; likewise those with a person, and those that are links to other pages."""
    signed: float
    linked: float

    def says(self) -> bool:
        """Return whether the page says that these are comments."""
        return bool(COMMENTS.search(self.around))

    def is_sure(self) -> bool:
        """Return whether the page says so, and enough members have a time or a person; one alone may be a part."""
        return self.number >= FEWEST and self.says() and max(self.timed, self.signed) >= 0.5

    def suffices(self) -> bool:
        """Return whether there is enough to treat them as comments."""
        if self.linked >= 0.5:
            return False
        if self.number < FEWEST:
            return self.says() and self.timed == 1 and not NO_COMMENTS.search(self.around)
        if self.is_sure():
            return True
        if NO_COMMENTS.search(self.around) and not self.says():
            return False
        both = min(self.timed, self.signed)
        if PERHAPS.search(self.around) and both >= 0.5:
            return True
        return both >= 0.7 and self.number > FEWEST and self.linked < 0.3

    def weight(self) -> float:
        """Return how much a word of the group counts when groups are compared."""
        return (1 + self.timed + self.signed) * (2 if self.says() else 1)


def unknown_comments(page: SavedPage, article: Callable[[], Iterable[int]], language: Language) -> FoundComments:
    """Return the most likely group of comments on a page, with others of the same kind.

    `article` gives the indexes of what is probably the article, which takes its time: most of it is not comments. It
    is asked only where the page does not say that there are comments.
    """
    judged = sorted(_candidate_groups(page, language), key=lambda one: -one.score)
    taken: dict[int, int] | None = None
    for place, group in enumerate(judged):
        if not group.sure:
            if taken is None:
                taken = {id(node): count(node) for number in article() for node in page.blocks[number].strings}
            if sum(taken.get(id(node), 0) for node in group.nodes) > sum(taken.values()) / 2:
                continue
        return _make_comments(page, _with_similar_groups(judged[place:]), language)
    return FoundComments()


def _with_similar_groups(judged: Sequence[CandidateGroup]) -> list[PossibleComment]:
    """Return the best group, with others whose words are in an element of the same look: often answers."""
    best, comments = judged[0], list(judged[0].comments)
    said = set(map(id, best.nodes))
    similar = [group for group in judged[1:] if "." in group.body and group.body == best.body]
    for group in sorted(similar, key=lambda group: -len(group.comments)):
        nodes = set(map(id, group.nodes))
        if not said & nodes:
            said |= nodes
            comments += group.comments
    return comments


def _candidate_groups(page: SavedPage, language: Language) -> Iterator[CandidateGroup]:
    seen: set[tuple[int, ...]] = set()
    for elements in _groups_by_look(page):
        key = tuple(map(id, elements))
        if key not in seen and (found := _judge_group(page, elements, language)):
            yield found
        seen.add(key)


def _groups_by_look(page: SavedPage) -> Iterator[list[Tag]]:
    """Return groups of elements that look alike and have words."""
    groups: dict[tuple[object, ...], list[Tag]] = {}
    wordy = _word_counts(page)
    frames = _frame_elements(page, wordy)
    for element in page.soup.find_all(True):
        if wordy[id(element)] < 2 or not _may_be_member(element):
            continue
        if not any(id(place) in frames for place in (element, *element.parents)):
            for look in _looks_of(element):
                groups.setdefault(look, []).append(element)
    return (
        elements
        for elements in groups.values()
        if FEWEST <= len(elements) <= MOST or (len(elements) == 1 and _is_called_comment(names(elements[0])))
    )


def _is_called_comment(said: str) -> bool:
    return bool(ALONE.search(said)) and not NOT_ALONE.search(said)


def _word_counts(page: SavedPage) -> Counter[int]:
    """Return by identity of an element how many words are in it."""
    counts: Counter[int] = Counter()
    for node in (node for block in page.blocks for node in block.strings):
        words = count(node)
        for parent in node.parents:
            counts[id(parent)] += words
    return counts


def _frame_elements(page: SavedPage, wordy: Counter[int]) -> set[int]:
    """Return the elements around the content of a page; not a form that is the whole page, nor what holds comments."""
    most = FRAME * sum(count(block.text) for block in page.blocks)
    holding = {id(parent) for element in page.soup.find_all(id=HOLDING) for parent in element.parents}
    frames = page.soup.find_all(["nav", "footer", "form", "header"])
    return {
        id(element)
        for element in frames
        if id(element) not in holding and (element.name != "form" or wordy[id(element)] < most)
    }


def _may_be_member(element: Tag) -> bool:
    """Return whether an element may be a comment: no part of a sentence, nor a bare paragraph or cell."""
    if element.name in ("td", "p"):
        return bool(element.get("class"))
    return element.name not in ("html", "body", "dt", "a", "b", "i", "span", "time")


def _looks_of(element: Tag) -> Iterator[tuple[object, ...]]:
    """Return tag and classes, and tag and first class, without what counts or alternates; else siblings only."""
    classes = _class_names(element)
    if not classes and "-" not in element.name:
        yield (element.name, id(element.parent))
        return
    yield (element.name, *sorted(classes))
    if len(classes) > 1:
        yield (element.name, classes[0])


def _class_names(element: Tag) -> list[str]:
    plain = (ALTERNATING.sub("", name) for name in element.get_attribute_list("class") if name)
    return [re.sub(r"\d+", "#", name) for name in plain if name]


def _judge_group(page: SavedPage, elements: Sequence[Tag], language: Language) -> CandidateGroup | None:
    """Return a group, if enough speaks for its members being comments."""
    group = {id(element) for element in elements}
    members = [member for element in elements if (member := _read_member(page, element, group)).strings]
    body = _body_path(members, language)
    if body is None:
        return None
    aside = _aside_paths(members, body, language)
    own = [(member, words) for member in members if (words := _own_words(member, body, aside))]
    if not own or len(own) < min(FEWEST, len(elements)):
        return None
    around = _words_around(own[0][0].element)
    own = _without_link_lines(page, own)
    if not COMMENTS.search(around) and _begins_with_article([words for _, words in own]):
        own = own[1:]
    heads = _read_heads(page, own)
    comments = [PossibleComment(m.element, words, head) for (m, words), head in zip(own, heads, strict=True)]
    return _weigh_group(comments, "".join(body[-1:]), _gather_evidence(around, comments, language))


def _weigh_group(comments: Sequence[PossibleComment], body: str, evidence: Evidence) -> CandidateGroup | None:
    number = sum(sum(map(count, comment.words)) for comment in comments)
    if number < SHORTEST * len(comments) or not evidence.suffices():
        return None
    score = number * evidence.weight() * (1 + log(len(comments)) / 10)
    return CandidateGroup(comments, body, evidence.is_sure(), score)


def _gather_evidence(around: str, comments: Sequence[PossibleComment], language: Language) -> Evidence:
    def share(said: Iterable[object]) -> float:
        return sum(map(bool, said)) / len(comments)

    return Evidence(
        around,
        number=len(comments),
        timed=share(
            each.element.find("time") is not None or any(_says_time(part, language) for part in each.head)
            for each in comments
        ),
        signed=share(_find_author(each.head, language) for each in comments),
        linked=share(_is_teaser(each.element, each.words) for each in comments),
    )


def _read_member(page: SavedPage, element: Tag, group: set[int]) -> GroupMember:
    """Return the words of an element that are not those of another member inside it."""
    found: dict[Path, list[NavigableString]] = {}
    for node in page.strings(element):
        path: list[str] = []
        for parent in node.parents:
            if parent is element:
                found.setdefault(tuple(reversed(path)), []).append(node)
                break
            if id(parent) in group:
                break
            if isinstance(parent, Tag) and (parent.name in BLOCKS or "-" in parent.name):
                path.append(_path_step(parent))
    return GroupMember(element, {path: tuple(nodes) for path, nodes in found.items()})


def _path_step(element: Tag) -> str:
    """Return tag and first class: further ones say what is special about one member."""
    return ".".join([element.name, *_class_names(element)[:1]])


def _body_path(members: Sequence[GroupMember], language: Language) -> Path | None:
    """Return where the words of most members are: where most words are that are not the same everywhere."""
    words: Counter[Path] = Counter()
    holders: Counter[Path] = Counter()
    texts: dict[Path, set[str]] = {}
    for member in members:
        for path, nodes in member.strings.items():
            text = " ".join(" ".join(nodes).split())
            words[path] += 0 if _says_time(text, language) else count(text)
            holders[path] += 1
            texts.setdefault(path, set()).add(text)
    various = [
        path
        for path in words
        if holders[path] >= max(min(FEWEST, len(members)), len(members) / 2) and len(texts[path]) > 0.6 * holders[path]
    ]
    if not various:
        return None
    body = max(various, key=lambda path: words[path])
    above = body[:-1]
    last = body[-1].split(".")[0] if body else ""
    return above if last in ("p", "li", "blockquote") and above and not _has_other_text(members, above, body) else body


def _has_other_text(members: Sequence[GroupMember], above: Path, body: Path) -> bool:
    """Return whether most members have something other than flowing text beside the words."""
    flow = ("p", "ul", "ol", "blockquote", "pre", "li")
    other = [
        any(
            path[: len(above)] == above
            and path != body
            and (len(path) == len(above) or path[len(above)].split(".")[0] not in flow)
            for path in member.strings
        )
        for member in members
    ]
    return sum(other) > len(other) / 2


def _aside_paths(members: Sequence[GroupMember], body: Path, language: Language) -> set[Path]:
    """Return where beside the words of most members there is a time, or a label that they all have."""
    said: dict[Path, list[str]] = {}
    for member in members:
        for path, nodes in member.strings.items():
            said.setdefault(path, []).append(" ".join(" ".join(nodes).split()))
    aside = set()
    for path, texts in said.items():
        times = sum(_says_time(text, language) for text in texts)
        often = Counter(texts).most_common(1)[0][1]
        if path != body and len(texts) >= FEWEST and max(times, often) > 0.6 * len(texts):
            aside.add(path)
    return aside


def _own_words(member: GroupMember, body: Path, aside: Set[Path]) -> tuple[NavigableString, ...]:
    """Return a member's own words."""
    own = (nodes for path, nodes in member.strings.items() if path[: len(body)] == body and path not in aside)
    return tuple(node for nodes in own for node in nodes)


def _without_link_lines(page: SavedPage, own: Sequence[OwnWords]) -> list[OwnWords]:
    """Drop the first paragraph of each member, where in most it is nothing but links: a name, the comment's address."""
    first = []
    for _, words in own:
        line = [node for node in words if page.block_of[id(node)] == page.block_of[id(words[0])]]
        linked = sum(node.find_parent("a") is not None for node in line) if len(line) < len(words) else 0
        first.append((line, linked))
    if sum(linked == len(line) for line, linked in first) <= len(own) / 2:
        return list(own)
    return [
        (member, words[len(line) :] if linked and sum(map(count, line)) <= LINE else words)
        for (member, words), (line, linked) in zip(own, first, strict=True)
    ]


def _begins_with_article(texts: Sequence[Sequence[NavigableString]]) -> bool:
    """Return whether the first member is the article that the others answer, as in a forum."""
    lengths = [sum(map(count, words)) for words in texts]
    return len(texts) > FEWEST and lengths[0] >= 80 and lengths[0] > 3 * sum(lengths[1:]) / len(lengths[1:])


def _read_heads(page: SavedPage, own: Sequence[OwnWords]) -> list[tuple[str, ...]]:
    """Return what else is in each member, a name first where an element is called one, without what is in most."""
    heads = [_read_head(page, member, words) for member, words in own]
    often = Counter(part for head in heads for part in {part for part, _ in head})
    most = max(0.6 * len(own), FEWEST - 1)
    kept = [[(part, rank) for part, rank in head if often[part] <= most or rank == 2] for head in heads]
    return [tuple(part for part, _ in sorted(head, key=lambda each: -each[1])) for head in kept]


def _read_head(page: SavedPage, member: GroupMember, words: Sequence[NavigableString]) -> list[tuple[str, int]]:
    """Return what else is in a member, or in the term before a description, each with how likely it is a name.

    2 is what is called one, and 0 a heading: the title of a comment, unless there is no other name.
    """
    inside = {id(node) for node in words}
    rest = [node for nodes in member.strings.values() for node in nodes if id(node) not in inside]
    if member.element.name == "dd":
        term = member.element.find_previous_sibling()
        rest = page.strings(term) if term is not None and term.name == "dt" else rest
    head = []
    for node in filter(str.strip, rest):
        parent = node.parent
        named = parent is not None and parent is not member.element and bool(NAMED.search(names(parent)))
        title = node.find_parent(TITLES) is not None
        head.append((" ".join(node.split()), 2 if named else 0 if title else 1))
    return head


def _says_time(text: str, language: Language) -> bool:
    """Return whether a text is about as long as a time with a name, and has a time in it."""
    return len(text.split()) <= 12 and bool(RELATIVE.search(text) or day(text, language))


def _find_author(head: Sequence[str], language: Language) -> str:
    """Return what follows a "by", else the first short text that is neither a time nor a button."""
    after = [behind for before, behind in itertools.pairwise(head) if ENDS_BY.search(before)]
    for part in (*after, *head):
        words = BEHIND.split(BEFORE.sub("", part), maxsplit=1)[0].strip()
        short = len(words.split()) <= 4 and sum(character.isalpha() for character in words) >= 2
        if short and not BUTTON.match(words) and not day(words, language) and not RELATIVE.search(words):
            return words
    return ""


def _is_teaser(element: Tag, words: Sequence[NavigableString]) -> bool:
    """Return whether all words are a link to another page, or a heading or some such line in the element is."""
    own = {id(node) for node in words}
    if all(leads_elsewhere(node.find_parent("a")) for node in words):
        return True
    for link in element.find_all("a"):
        apart = leads_elsewhere(link) and own.isdisjoint(map(id, link.descendants))
        if apart and len(link.get_text().split()) >= TITLE:
            return True
    heading = element.find(TITLES)
    return heading is not None and any(map(leads_elsewhere, (heading.find("a"), heading.find_parent("a"))))


def _words_around(element: Tag) -> str:
    """Return what the look of an element and of what it is in says, and the heading before it."""
    said = [names(element)]
    above = [parent for parent in element.parents if isinstance(parent, Tag)]
    inner: Tag = element
    for parent in above[:4]:
        if parent.name in ("body", "html", "[document]"):
            break
        inner = parent
        said += [names(parent), _short_heading(next((each for each in parent.children if isinstance(each, Tag)), None))]
    said += [_short_heading(place.find_previous_sibling()) for place in (element, inner, *above[:3])]
    return " ".join(said).lower()


def _short_heading(element: Tag | None) -> str:
    """Return the text of an element that may be a heading, if it is short; empty for any other, such as a share bar."""
    if element is None or element.name not in HEADINGS or NO_COMMENTS.search(names(element)):
        return ""
    text = " ".join(element.get_text(" ").split())
    return text if len(text.split()) <= 8 else ""


def _make_comments(page: SavedPage, found: Sequence[PossibleComment], language: Language) -> FoundComments:
    found = sorted(found, key=lambda each: page.index.order[id(each.element)])
    places = {id(each.element): index for index, each in enumerate(found)}
    made = []
    for each in found:
        parent = next((places[id(above)] for above in each.element.parents if id(above) in places), None)
        time = each.element.find("time")
        stamp = time.get("datetime") if isinstance(time, Tag) else None
        dated = [stamp] if isinstance(stamp, str) else []
        when = next(filter(None, (day(part, language) for part in (*dated, *each.head))), "")
        text, author = "\n".join(page.paragraphs(each.words)), _find_author(each.head, language)
        made.append(FoundComment(DraftComment(text, author, when, None, parent), each.words, each.element))
    return FoundComments("", tuple(made))
