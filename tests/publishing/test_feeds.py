"""What machines read of the site."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from lxml import etree

from teiwright.publishing import feeding

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_the_feed_has_the_last_change_first(letters, publish_all):
    feed = etree.fromstring(publish_all(letters)["html/feed.xml"].encode())

    assert feed.findtext("a:updated", namespaces=ATOM) == "2026-11-21T00:00:00Z"
    assert [e.findtext("a:summary", namespaces=ATOM) for e in feed.iterfind("a:entry", ATOM)] == ["A slip corrected."]
    assert [e.findtext("a:id", namespaces=ATOM) for e in feed.iterfind("a:entry", ATOM)] == [
        "https://example.org/letters/c.html"
    ]


def test_the_sitemap_has_every_page_once(letters, publish_all):
    files = publish_all(letters)
    places = [loc.text for loc in etree.fromstring(files["html/sitemap.xml"].encode()).iterfind(".//s:loc", MAP)]

    pages = {path.removeprefix("html/") for path in files if path.startswith("html/") and path.endswith(".html")} - {
        "404.html"
    }
    assert sorted(places) == sorted(
        f"https://example.org/letters/{page}" for page in pages | {"a.html", "b.html", "c.html"}
    )


def test_a_long_sitemap_is_cut_and_has_an_index(letters, monkeypatch, publish_all):
    monkeypatch.setattr(feeding, "_IN_A_SITEMAP", 4)
    files = publish_all(letters)

    names = re.findall(r"letters/(sitemap-\d+\.xml)", files["html/sitemap.xml"])
    assert names
    assert all(1 <= files[f"html/{name}"].count("<loc>") <= 4 for name in names)


def test_without_an_address_there_is_nothing_that_needs_one(letters, publish_all, site):
    files = publish_all(letters, replace(site, address=""))

    assert {path for path in files if not path.endswith(".html")} == set()
    assert "html/404.html" not in files


def test_the_home_page_tells_machines_what_the_collection_is(letters, publish_all):
    home = publish_all(letters)["html/index.html"]
    data = json.loads(re.search(r'(?s)<script type="application/ld\+json">(.*?)</script>', home)[1])

    assert data == {
        "@context": "https://schema.org",
        "@type": "Collection",
        "name": "Letters",
        "inLanguage": "en",
        "url": "https://example.org/letters/index.html",
        "publisher": {"@type": "Organization", "name": "The house"},
        "datePublished": "2026-11-20",
    }


@pytest.mark.parametrize(("changed", "told"), [("2026", "2026-01-01T00:00:00Z"), ("2026-05", "2026-05-01T00:00:00Z")])
def test_a_change_of_which_only_the_month_is_known_is_told_as_of_its_first_day(changed, told, document, publish_all):
    assert told in publish_all([document("a", "x", changed=changed)])["html/feed.xml"]
