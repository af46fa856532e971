#!/usr/bin/env python3
"""Writes unicode-normalization.txt: the data of UAX #15 from Python's copy of the Unicode Character Database.

Run: python3 generate.py > unicode-normalization.txt. Normalization of assigned characters never changes (Unicode stability
policy), so the file only ever grows.
"""
import sys
import unicodedata


def main():
    points = [p for p in range(sys.maxunicode + 1) if not 0xD800 <= p <= 0xDFFF and not 0xAC00 <= p <= 0xD7A3]
    print(f"# Unicode {unicodedata.unidata_version}, by generate.py. c: combining class, characters. d: canonical decomposition.")
    print("# k: compatibility decomposition where it differs. p: pair and what it composes to. Numbers are hexadecimal.")

    classes = {}
    for p in points:
        if unicodedata.combining(chr(p)):
            classes.setdefault(unicodedata.combining(chr(p)), []).append(p)
    for number, members in sorted(classes.items()):
        print(f"c {number:x} {words(members)}")

    for p in points:
        canonical, compatible = (unicodedata.normalize(form, chr(p)) for form in ("NFD", "NFKD"))
        if canonical != chr(p):
            print(f"d {p:x} {words(map(ord, canonical))}")
        if compatible != canonical:
            print(f"k {p:x} {words(map(ord, compatible))}")

    for p in points:
        parts = unicodedata.decomposition(chr(p)).split()
        # Singletons and excluded characters do not come back.
        if len(parts) == 2 and not parts[0].startswith("<") and unicodedata.normalize("NFC", chr(p)) == chr(p):
            print(f"p {int(parts[0], 16):x} {int(parts[1], 16):x} {p:x}")


def words(numbers):
    return " ".join(f"{n:x}" for n in numbers)


main()
