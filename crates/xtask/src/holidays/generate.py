"""Writes the public holidays of every country that the package `holidays` knows: a file per country.

The first line is the name of the country, then come its subdivisions (`CODE<tab>name`), an empty line, and the
holidays: `days<tab>where<tab>name`. Days are `MM-DD` for every year, or dates. Where: `*` everywhere, `*-BY,SN`
everywhere but there, `BY,SN` only there; the country by itself is `-`.
"""

import sys
from collections import defaultdict
from pathlib import Path

import holidays
from babel import Locale

FIRST, LAST, FOLDER = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
YEARS = range(FIRST, LAST + 1)
NAMES = Locale("en").territories


def language(country):
    """English where it is known."""
    own = getattr(country, "default_language", None)
    if own and own.startswith("en"):
        return own
    return "en_US" if "en_US" in getattr(country, "supported_languages", ()) else own


def dates(code, subdivision, words):
    found = holidays.country_holidays(code, subdiv=subdivision, years=YEARS, language=words, categories=("public",))
    return {(day, name.strip()) for day, names in found.items() for name in names.split(";") if day.year in YEARS}


def name_of(code, aliases):
    """The first spelling that is more than an abbreviation."""
    names = [name for name, of in aliases.items() if of == code and len(name) > 3]
    return names[0] if names else code


def place(having, everywhere):
    if having == everywhere:
        return "*"
    if "-" in having and len(everywhere - having) <= len(having):
        return "*-" + ",".join(sorted(everywhere - having))
    return ",".join(sorted(having))


def days(found):
    """`MM-DD` for a day of every year."""
    fixed = {f"{day:%m-%d}" for day in found}
    return fixed.pop() if len(fixed) == 1 and len(found) == len(YEARS) else " ".join(f"{day}" for day in sorted(found))


def text_of(code, subdivisions):
    country = getattr(holidays, code)
    words = language(country)
    having = defaultdict(set)
    for subdivision in ["-", *subdivisions]:
        for found in dates(code, None if subdivision == "-" else subdivision, words):
            having[found].add(subdivision)
    everywhere = {"-", *subdivisions}
    by_line = defaultdict(list)
    for (day, name), places in having.items():
        by_line[(name, place(places, everywhere))].append(day)
    aliases = getattr(country, "subdivisions_aliases", {})
    names = sorted((name_of(subdivision, aliases), subdivision) for subdivision in subdivisions)
    head = [NAMES[code], *(f"{subdivision}\t{name}" for name, subdivision in names), ""]
    lines = sorted((min(found), name, f"{days(found)}\t{places}\t{name}") for (name, places), found in by_line.items())
    return "\n".join(head + [line for *_, line in lines]) + "\n"


for code, subdivisions in sorted(holidays.list_supported_countries(include_aliases=False).items()):
    text = text_of(code, subdivisions)
    # A country without any holiday in these years says nothing.
    if not text.endswith("\n\n"):
        (FOLDER / f"{code}.txt").write_text(text, encoding="utf-8")
