"""The forms of a page as it was answered, and the bad things to type into each of them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import islice, zip_longest
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.rights_side import TODAY

SCRIPT = "<script>alert(1)</script>"
MEGABYTE = "长" * 350_000  # in UTF-8
LINES = ("text", "search", "email", "tel", "url", "textarea")
DATES = ("date", "datetime-local", "time")
CHOICES = ("select", "radio", "checkbox")
FIXED = {"csrfmiddlewaretoken", "act", "next"}
LEAST = 20
NUMBERS = ("number",)
KINDS = (LINES, DATES, NUMBERS, CHOICES)
READABLE = {
    LINES: (" \t ", "x" * 5000, SCRIPT, "Poster\r\nBcc: spy@client.example"),
    DATES: ("0001-01-01", "9999-12-31", "9999-12-31T23:59"),
    NUMBERS: ("1e30", "-1", "0.001", "9" * 40),
}
UNREADABLE = {
    LINES: ("bell\x07", "\u202egnp.exe\u2066"),
    DATES: ("2026-02-31", "tomorrow"),
    NUMBERS: ("NaN", "Infinity", "many"),
    CHOICES: ("no such choice", SCRIPT, "999999999", "c999999999"),
}
SOUND = {
    "date": f"{TODAY}",
    "datetime-local": f"{TODAY}T10:00",
    "time": "10:00",
    "number": "1",
    "email": "chen@client.example",
    "tel": "+86 21 5555 0100",
    "url": "https://client.example/",
}


@dataclass
class Input:
    """One field as the page shows it: what it holds, and what could be chosen."""

    kind: str
    values: list = field(default_factory=list)
    options: list = field(default_factory=list)
    is_required: bool = False

    @property
    def sound(self):
        """What a person in a hurry would leave or fill in."""
        chosen = next(filter(None, self.options), "") if self.kind in ("select", "radio") else ""
        filled = chosen or SOUND.get(self.kind, "A word or two of mine")
        keep = any(self.values) or self.kind in ("checkbox", "hidden", "file")
        return self.values if keep else [filled]


class Page(HTMLParser):
    """The posting forms in <main>: `.forms` is a list of {name: Input}."""

    def __init__(self, answer):
        super().__init__()
        self.forms, self.form, self.here = [], None, answer.request["PATH_INFO"]
        self.is_main = self.is_template = False
        self.open = None  # the text area or the select that is being read
        self.feed(answer.content.decode())
        self.forms = [form for form in self.forms if form.keys() - FIXED]

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.is_main = self.is_main or tag == "main"
        self.is_template = self.is_template or tag == "template"
        if tag == "form" and self.is_main and self.posts_here(attrs):
            self.form = {}
            self.forms.append(self.form)
        elif self.form is not None and not self.is_template:
            self.put(tag, attrs)

    def posts_here(self, attrs):
        action = (attrs.get("action") or "").partition("#")[0].partition("?")[0]
        return attrs.get("method") == "post" and action in ("", self.here)

    def put(self, tag, attrs):
        if tag == "option" and self.open:
            self.open.options.append(attrs.get("value", ""))
            self.open.values += [attrs.get("value", "")] * ("selected" in attrs)
        elif tag in ("input", "select", "textarea") and attrs.get("name"):
            kind = attrs.get("type", "text") if tag == "input" else tag
            found = self.form.setdefault(attrs["name"], Input(kind))
            found.is_required |= "required" in attrs
            self.open = found if tag != "input" else None
            if tag == "input":
                put_value(found, attrs)

    def handle_data(self, data):
        if self.open and self.open.kind == "textarea":
            self.open.values = ["".join([*self.open.values, data])]

    def handle_endtag(self, tag):
        self.form = None if tag == "form" else self.form
        self.is_template = self.is_template and tag != "template"
        self.open = None if tag in ("select", "textarea") else self.open


def put_value(found, attrs):
    value = attrs.get("value", "on" if found.kind == "checkbox" else "")
    if found.kind not in ("radio", "checkbox"):
        found.values.append(value)
        return
    found.options.append(value)
    found.values += [value] * ("checked" in attrs)


def sound(form):
    return {name: entry.sound for name, entry in form.items()}


def visible(form):
    """Names of the fields that a person fills in."""
    return [name for name in form if name not in FIXED and form[name].kind != "hidden"]


def fields_of(form, kinds):
    """Names of the fields of the kinds; where the form has none, of all it lets one change."""
    open_to_all = [name for name in form if name not in FIXED]
    return [name for name in open_to_all if form[name].kind in kinds] or open_to_all


def bad(form, foreign):
    """(what is wrong, {name: [values]} to send): what its fields cannot take, at least LEAST.

    A form without a field to fill in has only its shape to be sent wrong.
    """
    rows = [*wrong_shape(form), *files(form), *missing(form)]
    if not visible(form):
        return [(what, {**sound(form), **changes}) for what, changes in once_each(rows)]
    shown = {entry.kind for entry in form.values()}
    here = [kinds for kinds in KINDS if shown.intersection(kinds)]
    fit = list(once_each([*rows, *alone(form, here), *together(form, here, foreign)]))
    enough = max(LEAST, len(fit))
    rows = islice(once_each([*fit, *unfit(form, here, foreign)]), enough)
    return [(what, {**sound(form), **changes}) for what, changes in rows]


def unfit(form, here, foreign):
    """What is meant for fields that the form has not, in all it lets one change, one by one."""
    for kinds in KINDS:
        if kinds not in here:
            yield from alone(form, [kinds])
            yield from together(form, [kinds], foreign)


def once_each(rows):
    """Without those that would send what another one sends."""
    sent = []
    for what, changes in rows:
        if changes not in sent:
            sent.append(changes)
            yield what, changes


def missing(form):
    for name, entry in form.items():
        if entry.is_required:
            yield f"no {name}", {name: [""]}


def alone(form, here):
    """What a field may take and only a rule refuses: nothing else is wrong in the form."""
    for kinds in here:
        for text in READABLE.get(kinds, ()):
            yield named(kinds, text), {name: [text] for name in fields_of(form, kinds)}


def together(form, here, foreign):
    """What no field of the kind can read: the form is refused before any rule sees it.

    So all kinds may be wrong at once, each field with its own; those that have most to try
    (choices) end up alone.
    """
    unreadable = UNREADABLE | {CHOICES: (*UNREADABLE[CHOICES], *foreign)}
    for texts in zip_longest(*[[(kinds, text) for text in unreadable[kinds]] for kinds in here]):
        wrong = list(filter(None, texts))
        changes = {name: [text] for kinds, text in wrong for name in fields_of(form, kinds)}
        yield " and ".join(named(*one) for one in wrong), changes


def named(kinds, text):
    return f"{kinds[0]} {text[:30]!r}"


def wrong_shape(form):
    """Of the whole form: empty, twice, too long, with hidden fields that no page sends."""
    hidden = {name for name, entry in form.items() if entry.kind == "hidden"} - FIXED
    yield "all empty", {name: [""] for name in form if name not in FIXED}
    yield "every field twice", {name: entry.sound * 2 for name, entry in form.items()}
    yield "1 MB", {fields_of(form, ("textarea", *LINES))[0]: [MEGABYTE]}
    for text in ("words", "-1", "9" * 30):
        yield f"hidden {text}", {name: [text] for name in hidden}


def files(form):
    """Files that are none, or not what they say."""
    names = [name for name, entry in form.items() if entry.kind == "file"]
    for title, body in (("a.pdf", b""), ("a.pdf", b"MZ\x90 no paper"), ("\u202efdp.exe", b"MZ")):
        if names:
            yield (
                f"file {title!r}",
                {name: [SimpleUploadedFile(title, body, "application/pdf")] for name in names},
            )
    if names:
        yield "words for a file", {name: ["words"] for name in names}


def raw(form, letters):
    """A body with letters that no browser sends, in the first field of words."""
    rest = {name: values for name, values in sound(form).items() if form[name].kind != "file"}
    name = fields_of(form, LINES)[0]
    return f"{urlencode({**rest, name: []}, doseq=True)}&{urlencode({name: ''})}{letters}"
