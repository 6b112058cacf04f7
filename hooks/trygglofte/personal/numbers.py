"""Personal identity numbers and coordination numbers, in every way they are written.

Folkbokföringslagen (1991:481) 18 §: time of birth, birth number and check digit; a hyphen that becomes a plus
the year the person turns 100. Lag (2022:1697) 2 kap. 2 §: a coordination number has the day plus 60. The check digit is
Luhn's over the ten digits without the century. Organisation numbers have 20 or more where the month would be,
so none of them is a number of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.written import Finding, Sort, before, in_address

_SEPARATOR = r"(?P<last> {0,2}[-+] {0,2}| {1,2}| ?-?\n *|)"
_FOUR = r"(?P<n>[0-9]{4}|[0-9]{2}[ -][0-9]{2}|[0-9]{3}[ -][0-9])"
_DIGITS = re.compile("[0-9]{2,}")
_NUMBER = re.compile(
    r"(?P<c>18|19|20)?(?P<y>[0-9]{2})(?P<inner> - |[-. ]?)(?P<m>0[1-9]|1[0-2])(?P=inner)(?P<d>[0-9]{2})"
    rf"{_SEPARATOR}{_FOUR}(?![0-9])"
)
_ASKED_FOR = re.compile(r"person-?\s?n|p-?nr|samordningsn|id-?nummer|född|födelse")
_PHONE = re.compile(r"(?:tel|mobil|ring|växel|sms|fax)[a-zåäö.:]*[^.!?]{0,15}$")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0


def numbers(text: str) -> Iterator[Finding]:
    """Every personal identity number and coordination number of a plain text, sure or not."""
    for found in filter(None, (_NUMBER.match(text, one.start()) for one in _DIGITS.finditer(text))):
        year, month, day = found["y"], int(found["m"]), int(found["d"])
        four = re.sub("[^0-9]", "", found["n"])
        if not _is_a_day(found["c"] or "", year, month, day % 60 if day > 60 else day) or four[:3] == "000":
            continue
        digits = f"{year}{found['m']}{found['d']}{four}"
        asked = _ASKED_FOR.search(before(text, found.start())) is not None
        if not asked and (_is_a_row(text, found) or _is_time(text, found, four)):
            continue
        if luhn(digits) and not _is_a_telephone(text, found, digits):
            yield Finding(
                Sort.NUMBER, found.start(), found.end(), asked or _is_sure(text, found, four), digits
            )
        elif not luhn(digits) and (asked or _looks_like_one(text, found)):
            yield Finding(Sort.NUMBER, found.start(), found.end(), False, digits)


def _is_a_day(century: str, year: str, month: int, day: int) -> bool:
    """Whether the calendar has the day, in the century or in any that a person can have been born in."""
    years = [int(f"{one}{year}") for one in ([century] if century else ["18", "19", "20"])]
    leap = any(one % 4 == 0 and (one % 100 != 0 or one % 400 == 0) for one in years)
    return 1 <= day <= _DAYS[month - 1] and (leap or (month, day) != (2, 29))


def _is_a_telephone(text: str, found: re.Match[str], digits: str) -> bool:
    """Ten digits in a row that begin as a mobile number, or that a text says are somebody's telephone."""
    bare = not found["c"] and not found["inner"] and not found["last"]
    return bare and digits[0] == "0" and (
        re.match("07[02369]", digits) is not None or _PHONE.search(before(text, found.start())) is not None
    )  # fmt: skip


def _is_sure(text: str, found: re.Match[str], four: str) -> bool:
    """Whether a number with a right check digit can hardly be anything else."""
    last, inner = found["last"].strip(" "), found["inner"]
    if "\n" in last or _goes_on(text, found.end()):
        return False
    if inner in ("-", " - "):
        # 2026-01-15 1430 is a time, 2025-11-01 – 2026 a stretch of time
        return (
            bool(last) and not (found["c"] and four[:2] in ("18", "19", "20")) and not _is_a_time(found, four)
        )
    if inner:
        return last in ("-", "+")
    if len(found["n"]) > 4:
        return bool(last)
    if last or found["last"]:
        return not (in_address(text, found.start()) and _is_a_time(found, four))
    return _stands_alone(text, found) and not _is_a_time(found, four)


def _is_a_row(text: str, found: re.Match[str]) -> bool:
    """More numbers before or after, joined as these are: a row of a table, or the middle of a date."""
    ahead, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 2]
    if found["inner"] == " ":
        return re.search("[0-9] $", ahead) is not None or re.match(" [0-9]", after) is not None
    return found["inner"] in ("-", " - ") and re.search("[0-9]-$", ahead) is not None


def _is_time(text: str, found: re.Match[str], four: str) -> bool:
    """A whole day and a time, `2026-01-15 1430`, or the first of two days, `2025-11-01 – 2026-01-31`."""
    if not found["c"] or found["inner"] not in ("-", " - "):
        return False
    until = four[:2] in ("18", "19", "20") and _goes_on(text, found.end())
    return until or (not found["last"].strip() and _is_a_time(found, four))


def _goes_on(text: str, end: int) -> bool:
    return re.compile(r"-[0-9]").match(text, end) is not None


def _is_a_time(found: re.Match[str], four: str) -> bool:
    """A day of this century and a time of day, as cameras and scanners name files."""
    return found["c"] == "20" and _CLOCK.fullmatch(four) is not None


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Digits in a row are a number of their own: no part of a word, of an address or of a decimal number."""
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    decimal = re.search(r"[0-9][.,]$", text[max(0, found.start() - 2) : found.start()])
    lone = not any(char.isalpha() or char in "/=_" for char in around) and not decimal
    return lone and (bool(found["c"]) or not in_address(text, found.start()))


def _looks_like_one(text: str, found: re.Match[str]) -> bool:
    """A wrong check digit in a form that hardly anything else has: mistyped, or made up."""
    usual = not found["inner"] and found["last"] in ("-", "+") and len(found["n"]) == 4
    return usual and not in_address(text, found.start()) and not _goes_on(text, found.end())
