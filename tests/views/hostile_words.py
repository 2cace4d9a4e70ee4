"""What somebody might write into a form to harm a page: each has to stay words."""

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "a\u2028b\u2029c",
    "\u202egnirts\u202c",
    "x" * 10_000,
    "<b onclick=alert(1)>&amp;{{ 7*7 }}</b>",
]
