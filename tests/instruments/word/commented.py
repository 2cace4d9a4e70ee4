"""Word documents with comments, part by part, as Word, LibreOffice and Google Docs write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.instruments.word.documents import NAMESPACES, minimal, text_run

_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
_STRICT = (
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


@dataclass(frozen=True)
class Said:
    """A comment as a test wants it; ``reply_to`` is the id of another, ``done`` whether its thread is resolved."""

    id: str
    words: str
    author: str | None = "Xenia Yates"
    initials: str | None = "XY"
    date: str | None = "2011-05-04T10:00:00Z"
    reply_to: str | None = None
    done: bool = False


def start(identity: object) -> str:
    return f'<w:commentRangeStart w:id="{identity}"/>'


def end(identity: object, *, reference: bool = True) -> str:
    return f'<w:commentRangeEnd w:id="{identity}"/>' + (at(identity) if reference else "")


def at(identity: object) -> str:
    """The reference to a comment: all there is of one on no words."""
    return f'<w:r><w:commentReference w:id="{identity}"/></w:r>'


def on(identity: object, words: str) -> str:
    """Words with a comment on them."""
    return f"{start(identity)}{text_run(escape(words))}{end(identity)}"


def p(*inside: str, style: str = "") -> str:
    """A paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(inside)}</w:p>"


def said(words: str) -> str:
    """A paragraph of these words."""
    return p(text_run(escape(words)))


def comments_part(comments: Sequence[Said]) -> str:
    """comments.xml, in which the last paragraph of each comment has the id that threads go by."""
    found = []
    for each in comments:
        given = {"w:author": each.author, "w:initials": each.initials, "w:date": each.date}
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value is not None)
        lines = each.words.split("\n")
        paragraphs = "".join(
            f'<w:p w14:paraId="{_para(each.id, number)}"><w:r><w:annotationRef/></w:r>{text_run(escape(line))}</w:p>'
            for number, line in enumerate(lines, 1 - len(lines))
        )
        found.append(f'<w:comment w:id="{each.id}"{attributes}>{paragraphs}</w:comment>')
    return f"<w:comments {NAMESPACES}>{''.join(found)}</w:comments>"


def extended_part(comments: Sequence[Said]) -> str:
    """commentsExtended.xml."""
    entries = "".join(
        f'<w15:commentEx w15:paraId="{_para(each.id)}" w15:done="{int(each.done)}"'
        + (f' w15:paraIdParent="{_para(each.reply_to)}"' if each.reply_to else "")
        + "/>"
        for each in comments
    )
    return f"<w15:commentsEx {_W15}>{entries}</w15:commentsEx>"


def commented(body: str, comments: Sequence[Said], *, extended: bool = True, **more: str) -> bytes:
    """A document with this body and these comments; ``extended`` says whether it has a part for their threads."""
    parts = {"comments": comments_part(comments), **more}
    if extended:
        parts["commentsExtended"] = extended_part(comments)
    return minimal(
        body, parts=parts, styles='<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    )


def strict(data: bytes) -> bytes:
    """The same document as Strict Open XML."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as made:
        for name in archive.namelist():
            text = archive.read(name).decode()
            for usual, iso in _STRICT:
                text = text.replace(usual, iso)
            made.writestr(name, text)
    return buffer.getvalue()


def _para(identity: str | None, number: int = 0) -> str:
    """The id of a comment's last paragraph; of one of those before it with a negative number."""
    return f"{0x10000000 + 16 * int(identity or 0) + number:08X}"
