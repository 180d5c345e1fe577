"""Windows of Chromium: each is opened once in a run, and as new whenever a test asks for one."""

DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "en"}
WAIT = 15_000


class Windows:
    """windows.open(**look) -> a page; a browser of its own for each test costs a second each."""

    def __init__(self, browser, url):
        self.browser, self.url, self.pages = browser, url, {}

    def open(self, script="", **look):
        """The window that looks so, as if nobody had used it; `script` is ready in each page."""
        key = script, repr(sorted(look.items()))
        if key not in self.pages:
            context = self.browser.new_context(base_url=self.url, **look)
            if script:
                context.add_init_script(script)
            self.pages[key] = context.new_page()
        return self.as_new(self.pages[key])

    def as_new(self, page):
        """Nothing is left: no tab, route, cookie or word that was kept in the browser."""
        context = page.context
        context.set_offline(False)
        put_down(page)
        context.unroute_all()
        page.unroute_all()
        context.clear_cookies()
        devtools = context.new_cdp_session(page)
        devtools.send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": "all"})
        devtools.detach()
        context.set_default_timeout(WAIT)
        page.set_default_timeout(WAIT)
        return page

    def close(self):
        for page in self.pages.values():
            page.context.close()


def put_down(page):
    """Nothing is under way any more when a test ends and its rows are taken away."""
    for tab in page.context.pages:
        if tab is not page:
            tab.close()
    page.goto("about:blank")
