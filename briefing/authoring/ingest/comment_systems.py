"""Comment systems: how each marks up a comment and its parts, as CSS selectors.

A new system is a new entry. The first one that finds a comment on a page is taken, so that a special one stands before
a general one. Names of classes and nesting are facts about those systems; none of their code is here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HAS = re.compile(r":(has|not)\(((?:[^()]|\([^()]*\))*)\)")
NAME = re.compile(r"[.#]([\w-]+)|=['\"]?([\w/-]+)")


@dataclass(frozen=True, slots=True)
class System:
    """The markup of one comment system."""

    name: str
    item: str
    """A comment. One that stands inside another answers it."""
    text: str
    """Its words, in it. Here and below ` | ` separates selectors of which the first that finds something is taken."""
    author: str = ""
    date: str = ""
    """An element with a date as `datetime`, `title`, `data-timestamp` or text."""
    votes: str = ""
    """An element whose text or `data-…` attribute is a number of votes for it."""
    indent: str = ""
    """A wrapper that stands for one level of depth, where answers are not inside what they answer."""
    quote: str = ""
    """What in its words is quoted from somebody else."""
    opens: bool = False
    """Whether the first is what the others answer, as in a forum."""
    seen: str = ""
    """Where this markup was read: a template, or a page saved from a site. Empty: from memory."""
    level: str = ""
    """A pattern with one group, the depth, in the classes of a comment or the width of what indents it."""


SYSTEMS: tuple[System, ...] = (
    System(
        "wpDiscuz",
        item=".wpd-comment",
        text=".wpd-comment-text",
        author=".wpd-comment-author",
        date=".wpd-comment-date",
        votes=".wpd-vote-result",
        level=r"wpd_comment_level-(\d+)",
        seen="the plugin's Walker (wpDiscuz 7)",
    ),
    System(
        "Disqus",
        item="li.post, #disqus_thread .dsq-comment, .dsq-comment",
        text=".post-message | .dsq-comment-message | .dsq-comment-body",
        author=".post-byline .author | .author | .dsq-comment-cite | .dsq-commenter-name",
        date=".time-ago | .dsq-comment-header-time | .dsq-comment-meta abbr",
        votes="[data-role=likes] | .vote-up .count | .vote-up",
        seen="embeds saved with pages of 2014 to 2016; `.dsq-` from memory",
    ),
    System(
        "Discourse",
        item=".crawler-post:not(#post_1), article.post:has(.cooked), .topic-post:not(:has(#post_1))",
        text=".post[itemprop] | .cooked",
        author=".creator [itemprop=name] | .creator | .author .username | .author | .names .username | .names",
        date=".post-time | time | .post-date | .relative-date | .crawler-post-infos",
        votes=".post-likes | [itemprop=userInteractionCount] | .like-count",
        quote="aside.quote",
        seen="page for crawlers of discourse.threejs.org (2020)",
    ),
    System(
        "Coral",
        item=".coral-comment, [data-testid^=comment-comment-]",
        text=".coral-comment-content",
        author=".coral-comment-username",
        date=".coral-comment-timestamp",
        votes=".coral-comment-reactButton .coral-reactionButton-count | .coral-comment-reactButton",
        level=r"coral-(?:indent|replyList-indent|comment-indent)-?(\d+)",
        seen="coralproject/talk, stream/classes.ts; how depth is shown, from memory",
    ),
    System(
        "The Guardian",
        item=".d-comment",
        text=".d-comment__body",
        author=".d-comment__author [itemprop=givenName] | .d-comment__author",
        date=".d-comment__timestamp time | time",
        votes=".d-comment__recommend-count--new | .d-comment__recommend-count--old | .d-comment__recommend-count",
        seen="guardian/frontend, its tests of the discussion; whether pages of today have it is not known",
    ),
    System(
        "Zeit Online",
        item="article.comment:has(.comment-meta__name)",
        text=".comment__body",
        author=".comment-meta__name",
        date=".comment-meta__date",
        votes=".js-comment-recommendations | .comment__recommendations",
        level=r"(?:^|\s)comment--(indented)",
        seen="page of zeit.de (2020) in adbar/trafilatura, tests/cache",
    ),
    System(
        "Ghost",
        item="[data-testid=comment-component]",
        text=".gh-comment-content | [data-testid=comment-content]",
        author="h4",
        date="time | [title]",
        votes="[data-testid=like-count] | [data-testid=like-button]",
        seen="@tryghost/comments-ui 1.6",
    ),
    System(
        "Substack",
        item="div.comment:has(.comment-rest), div.comment:has(.comment-actions):has(.comment-meta)",
        text=".comment-body",
        author=".commenter-name | .comment-meta .profile-hover-card-target | .comment-meta a",
        date=".comment-timestamp | .comment-meta time | .comment-meta [title]",
        votes=".comment-actions .like-count | .like-button-container .label | .comment-actions .label",
    ),
    System(
        "Blogger",
        item=".comments-content li.comment, .comment-thread li.comment",
        text=".comment-content",
        author=".user",
        date=".datetime",
        seen="pages of blogspot.com (2017, 2019) in adbar/trafilatura, tests/cache",
    ),
    System(
        "Isso",
        item=".isso-comment",
        text=".isso-text | .text",
        author=".isso-author | .author",
        date="time | .isso-permalink",
        votes=".isso-votes",
        seen="isso 0.14, js/app/templates/comment.js",
    ),
    System(
        "Commento",
        item=".commento-card",
        text="[id^=commento-comment-text-] | .commento-body",
        author=".commento-name",
        date=".commento-timeago",
        votes=".commento-score",
        seen="commento.js of a version with guest names; classes are the same in others",
    ),
    System(
        "giscus",
        item=".gsc-comment, .gsc-reply",
        text=".gsc-comment-content | .gsc-reply-content",
        author=".gsc-comment-author-avatar span | .gsc-comment-author | .gsc-reply-author | .link-primary",
        date="time",
        votes=".gsc-upvote-button | .gsc-upvotes",
        seen="giscus/giscus, components/Comment.tsx; replies from memory",
    ),
    System(
        "GitHub",
        item=".react-issue-body, .react-issue-comment, .js-discussion .timeline-comment:has(.comment-body), "
        ".js-discussion .review-comment",
        text=".comment-body | .markdown-body",
        author="[data-testid=issue-body-header-author] | [data-testid=avatar-link] | .author",
        date="relative-time",
        opens=True,
        seen="programs that read github.com (2025); `.js-discussion` from memory",
    ),
    System(
        "GitLab",
        item="[data-testid=work-item-description], .detail-page-description, li.note:not(.system-note)",
        text=".note-text | .note-body .md | .description .md | .md",
        author=".note-header-author-name | .author-name-link | .author-username",
        date="time",
        opens=True,
        seen="from memory",
    ),
    System(
        "Gitea",
        item=".timeline-item.comment",
        text=".render-content | .markup",
        author=".comment-header .author | .author",
        date="relative-time | .time-since",
        opens=True,
        seen="go-gitea/gitea, templates/repo/issue/view_content.tmpl; Forgejo from memory",
    ),
    System(
        "Bugzilla",
        item=".bz_comment, .change-set:has(.comment-text)",
        text=".bz_comment_text | .comment-text",
        author=".bz_comment_user .fn | .bz_comment_user | .change-author .fn | .change-author",
        date=".bz_comment_time | .change-time [title] | .change-time",
        quote=".quote",
        opens=True,
        seen="programs that read bugzilla.redhat.com; `.change-set` from memory",
    ),
    System(
        "Stack Exchange",
        item="#question, #answers .answer, .comments-list .comment",
        text=".js-post-body | .post-text | .comment-copy",
        author=".comment-user | .post-signature:last-of-type .user-details a | .user-details a | .user-details",
        date=".comment-date [title] | .comment-date | .user-action-time [title] | .user-action-time",
        votes=".comment-score | .js-vote-count | .vote-count-post",
        opens=True,
        seen="page of stackexchange.com as its style guide describes it; `.post-text` from memory",
    ),
    System(
        "Mastodon",
        item=".detailed-status, .status:has(.status__content)",
        text=".status__content__text | .status__content | .e-content",
        author=".display-name__html | .display-name strong | .display-name | .p-author",
        date="time",
        opens=True,
        seen="from memory",
    ),
    System(
        "LWN",
        item=".CommentBox",
        text=".FormattedComment",
        author=".CommentPoster b",
        date=".CommentPoster",
        seen="page of lwn.net (2025)",
    ),
    System(
        "utterances",
        item=".timeline-comment",
        text=".markdown-body",
        author=".comment-meta strong",
        seen="utterance/utterances, src/comment-component.ts",
    ),
    System(
        "Remark42",
        item=".comment[id^=remark42]",
        text=".comment__text",
        author=".comment__username",
        date=".comment__time",
        votes=".comment__score-value | .comment-votes__score | .comment__score",
        level=r"(?:level_|indented_)(\d+)",
        seen="umputun/remark42, components/comment/comment.tsx; votes from memory",
    ),
    System(
        "Reddit",
        item=".thing.comment, shreddit-comment",
        text=".usertext-body | [slot=comment]",
        author=".tagline .author | [slot=commentMeta] a",
        date=".tagline time | time",
        votes=".tagline .score.unvoted | .tagline .score",
        seen="templates of reddit.com before 2018; `shreddit-` from memory",
    ),
    System(
        "Hacker News",
        item="tr.comtr",
        text=".commtext",
        author=".hnuser",
        date=".age",
        level=r"indent=(\d+)",
        seen="pages of news.ycombinator.com (2023)",
    ),
    System(
        "Drupal",
        item=".comment:has(.comment__content), .comment:has(.field-name-comment-body, .field--name-comment-body), "
        ".comment:has(> .submitted), .comment:has(.comment__submitted, .comment-submitted)",
        text=".field-name-comment-body | .field--name-comment-body | .comment__content > .content | .content | "
        ".comment__content | .comment__text",
        author=".username | .comment__author",
        date=".submitted time | .comment__submitted time | time | .submitted span[content] | .comment__time | "
        ".submitted | .comment__submitted",
        indent=".indented",
        seen="drupal/drupal, themes/olivero, comment.html.twig; Drupal 7 from memory",
    ),
    System(
        "Movable Type",
        item="div.comment:has(.comment-content):has(.byline, .comment-footer)",
        text=".comment-content",
        author=".author .fn | .author | .comment-footer a | .comment-footer",
        date="abbr.published | .byline time | .comment-footer time | .comment-footer",
        seen="default templates of Movable Type 4.2; `.author` and the footer from memory",
    ),
    System(
        "WordPress",
        item="li.comment, div.comment[id^=comment-], li.trackback, li.pingback, "
        ".wp-block-comment-template > li, .wp-block-comment-template li, "
        ".commentlist > li[id^=comment-], #commentlist > li[id^=comment-]",
        text=".comment-content .comment-text | .comment-content | .wp-block-comment-content | .comment-text | "
        ".comment_text | .contenttext > :not(.comment-likes) | .comment-body > p, "
        ".comment-body > blockquote, .comment-body > ul, .comment-body > ol, .comment_container > p | "
        ":is(.commentlist, #commentlist) > li > :is(p, blockquote, ul, ol):not(:has(> cite))",
        author=".comment-author .fn | .fn | .wp-block-comment-author-name | .comment-author | .author | cite a | cite",
        date=".comment-metadata time | .wp-block-comment-date time | time | .comment-metadata | .comment-meta | "
        ".commentmetadata | .comment-date",
        votes=".comment-like-count | .comment-rating-value | .vote-count | .cld-like-count-wrap",
        level=r"(?:^|\s)depth-(\d+)",
        seen="WordPress 6.1, class-walker-comment.php, and pages in adbar/trafilatura, tests/cache",
    ),
    System(
        "SPIP",
        item=".forum-fil:has(.forum-message), :not(.forum-fil) > .forum-message",
        text=".forum-titre, .forum-texte",
        author=".forum-top b | .forum-chapo .nom_auteur | .forum-chapo [rel=author] | .forum-chapo .forum-auteur",
        date=".forum-top .forum-nav | .forum-chapo .published | .forum-chapo abbr | .forum-chapo small",
        seen="page of mondediplo.net (2018) in adbar/trafilatura, tests/cache; `.forum-chapo` from memory",
    ),
    System(
        "phpBB",
        item=".post:has(.postbody)",
        text=".postbody .content",
        author=".author .username | .author .username-coloured | .postprofile .username",
        date=".author time | .author",
        quote="blockquote:has(cite)",
        opens=True,
        seen="phpbb/phpbb, prosilver, viewtopic_body.html",
    ),
    System(
        "XenForo",
        item="article.message:has(.message-content), li.message:has(.messageText)",
        text=".message-content .bbWrapper | .bbWrapper | .messageText",
        author=".message-name .username | .message-name | .messageUserBlock .username | .username",
        date="time.u-dt | time | .messageMeta .DateTime",
        quote=".bbCodeBlock--quote, .bbCodeQuote",
        opens=True,
        seen="pages of XenForo 2 (2021, 2025) and 1",
    ),
    System(
        "vBulletin",
        item="li.postcontainer, table[id^=post]:has(.bigusername), section[id^=post]:has(.bigusername)",
        text="blockquote.postcontent | [id^=post_message_]",
        author=".username | .bigusername",
        date=".postdate .date | [itemprop=dateCreated] | .thead",
        quote=".bbcode_container:has(.bbcode_quote), .bbcode_quote",
        opens=True,
        seen="pages of vBulletin 3 (2015) and 4",
    ),
    System(
        "schema.org markup",
        item="[itemtype$='/Comment'], [itemtype$='/UserComments'], [itemprop=comment]",
        text="[itemprop=text] | [itemprop=commentText]",
        author="[itemprop=author] [itemprop=name] | [itemprop=creator] [itemprop=name] | [itemprop=author] | "
        "[itemprop=creator]",
        date="[itemprop=dateCreated] | [itemprop=datePublished] | [itemprop=commentTime] | time",
        votes="[itemprop=upvoteCount]",
        seen="schema.org, Comment and UserComments",
    ),
)


def may_be(system: System, html: str) -> bool:
    """Whether the names of a system's comments are in a page at all, which is quick to see."""
    return any(_may_be(way, html) for way in re.split(r",\s*(?![^(]*\))", system.item))


def _may_be(way: str, html: str) -> bool:
    outer = _names(HAS.sub("", way))
    inner = [_names(inside) for kind, inside in HAS.findall(way) if kind == "has"]
    return all(name in html for name in outer) and all(any(name in html for name in names) for names in inner if names)


def _names(selector: str) -> list[str]:
    return [first or second for first, second in NAME.findall(selector)]
