"""Input as it comes: files with everything that trips readers up, and handlers that read them.

The same seed makes the same files, so that a failure can be repeated.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

_GIVEN = (
    "Zoë",
    "Łukasz",
    "Nguyễn",
    "李雷",
    "Σωκράτης",
    "Anne-Marie",
    "O'Brien",
    "Мария",
    "Jean",
    "יעל",
    "Åse",
    "🐍 Monty",
)
_FAMILY = (
    '"Bud" Fox',
    "van der Berg, Jr.",
    "Müller",
    "Smith",
    "Ó Dálaigh",
    "Doe\nElder",
    "佐藤",
    "Ivanova",
    "al-Ḥasan",
)
_TOWNS = (
    "Köln",
    "St. John's",
    "Washington, D.C.",
    "São Paulo",
    "東京",
    "Ἀθῆναι",
    "Llanfair\nPG",
    'The "Hague"',
    "Oslo",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A row of the people file."""

    name: str
    town: str
    note: str


def people(rows: int = 3_000, seed: int = 7) -> list[Person]:
    """Rows with quotes, commas, line breaks and many alphabets; every name is unique."""
    chance = random.Random(seed)
    return [
        Person(
            name=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)} {number}",
            town=chance.choice(_TOWNS),
            note=chance.choice(("", "likes, commas", 'says "hi"', "two\r\nlines", "tab\there", "  spaced  ")),
        )
        for number in range(1, rows + 1)
    ]


def write_people(path: Path, rows: int = 3_000, seed: int = 7) -> list[Person]:
    """Write the rows as RFC 4180 with a header; returns them in the order of the file."""
    made = people(rows, seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "town", "note"))
        writer.writerows((each.name, each.town, each.note) for each in made)
    return made


def write_orders(path: Path, orders: int = 40) -> list[dict[str, object]]:
    """Write nested JSON records: orders with lines, each line with a nested price."""
    made: list[dict[str, object]] = [
        {
            "order": f"O-{number}",
            "customer": {"name": f"{_GIVEN[number % 12]} {number}", "address": {"town": _TOWNS[number % 9]}},
            "lines": [
                {"item": f"item {line}", "price": {"amount": line * 1.25, "currency": "€"}, "tags": ["a", None]}
                for line in range(1 + number % 4)
            ],
        }
        for number in range(1, orders + 1)
    ]
    path.write_text(json.dumps({"orders": made}, ensure_ascii=False, indent=1), encoding="utf-8")
    return made


def write_feed(path: Path, items: int = 12) -> list[str]:
    """Write an RSS 2.0 feed; returns the titles in the order of the file."""
    titles = [f"{_GIVEN[number % len(_GIVEN)]} & {number} <news>" for number in range(1, items + 1)]
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>https://example.com/{number}</link></item>"
        for number, title in enumerate(titles, start=1)
    )
    channel = f"<channel><title>News</title>{entries}</channel>"
    text = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'
    path.write_text(text, encoding="utf-8")
    return titles


CSV_HANDLER = """\
import csv
import qntx

with open(qntx.args[0], encoding="utf-8", newline="") as file, qntx.batch():
    for row in csv.DictReader(file):
        attest(row["name"], "lives_in", row["town"], attributes={"note": row["note"]})
print("read", qntx.args[0])
"""

ORDERS_HANDLER = """\
import json
import qntx

with open(qntx.args[0], encoding="utf-8") as file:
    orders = json.load(file)["orders"]
for order in orders:
    attest(order["order"], "ordered_by", order["customer"]["name"], attributes=order)
"""

FEED_HANDLER = """\
import xml.etree.ElementTree as tree
import qntx

for item in tree.parse(qntx.args[0]).iter("item"):
    attest(item.findtext("link"), "has_title", item.findtext("title"))
"""

FAILS_ON_ROW = """\
import csv
import qntx

with open(qntx.args[0], encoding="utf-8", newline="") as file:
    for number, row in enumerate(csv.DictReader(file), start=1):
        if number == 1717:
            raise ValueError(f"row {number} is bad: {row['name']!r}")
        attest(row["name"], "lives_in", row["town"])
"""
FAILS_ON_LINE = 7

ENDLESS = """\
import pathlib
import sys
import qntx

attest("endless", "began", "run")
qntx.log("info", "began")
while True:
    pass
"""

ENDLESS_BRIEF = (
    """\
# /// script
# [tool.qntx]
# timeout = "1s"
# ///
"""
    + ENDLESS
)
