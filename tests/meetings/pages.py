"""Forms as a browser sends them: what a page holds, changed here and there, posted back."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """Names and values of one form of a page: the one with the id, else the first that posts."""

    def __init__(self, form_id=None):
        super().__init__()
        self.form_id, self.data = form_id, {}
        self.is_inside = self.is_template = False
        self.area = self.choice = None
        self.first = ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            wanted = not self.form_id or attrs.get("id") == self.form_id
            self.is_inside = wanted and attrs.get("method") == "post" and not self.data
        if tag == "template":
            self.is_template = True
        if not self.is_inside or self.is_template:
            return
        if tag == "input" and attrs.get("name"):
            self.put_input(attrs)
        elif tag == "textarea":
            self.area = attrs["name"]
            self.data[self.area] = ""
        elif tag == "select":
            self.choice, self.first = attrs["name"], None
        elif tag == "option" and self.choice:
            self.put_option(attrs)

    def put_input(self, attrs):
        kind, name, value = attrs.get("type", "text"), attrs["name"], attrs.get("value", "")
        if kind not in ("checkbox", "radio"):
            self.data[name] = value
        elif "checked" in attrs:
            self.data.setdefault(name, []).append(attrs.get("value", "on"))

    def put_option(self, attrs):
        value = attrs.get("value", "")
        if "selected" in attrs or self.first is None:
            self.data[self.choice] = value
        self.first = self.first or value or "-"

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        if tag == "template":
            self.is_template = False
        if tag == "textarea":
            self.area = None
        if tag == "select":
            self.choice = None

    def handle_data(self, data):
        if self.area:
            self.data[self.area] += data


def fields_of(response, form_id=None):
    """{name: value} that a browser would post from this page."""
    page = Main(form_id)
    page.feed(response.content.decode())
    return page.data


class Main(Fields):
    """Only what stands in <main>: the frame has forms of its own."""

    is_main = False

    def handle_starttag(self, tag, attrs):
        self.is_main = self.is_main or tag == "main"
        if self.is_main:
            super().handle_starttag(tag, attrs)


def send(client, path, form_id=None, **changes):
    """Open the page, change some fields, post the form. "__" in a name stands for "-"."""
    page = client.get(path)
    data = fields_of(page, form_id)
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(path, {name: value for name, value in data.items() if value is not None})


def text_of(response):
    """The page as one line of words, markup left out."""
    words = Words()
    words.feed(response.content.decode())
    return " ".join(" ".join(words.parts).split())


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)
