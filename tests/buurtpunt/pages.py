"""Reading a page as a visitor does: its words and where its links lead."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

from django.test import Client


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._in_main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._in_main += tag == "main"
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag == "img" and self._in_main:
            self.words.append(found.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_main -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self._in_main:
            self.words.append(data)


class Page:
    def __init__(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        reader = _Reader()
        reader.feed(response.content.decode())
        self.text = " ".join(" ".join(reader.words).split())
        self.links = reader.links

    def paths(self) -> set[str]:
        """Where the links lead on this site, without what comes after a #."""
        own = (urldefrag(link).url for link in self.links if not urlsplit(link).scheme)
        return {link for link in own if link}
