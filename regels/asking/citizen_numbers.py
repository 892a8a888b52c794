"""A citizen's service number in a text: nine digits that pass the test of eleven. We have no right to it, so we warn."""

import re

# Nine digits, with a space, dot or dash between them at most; not a part of a longer number.
NINE = re.compile(r"(?<![\d.,-])\d(?:[ .-]?\d){8}(?![\d]|[.,-]\d)", re.ASCII)
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def holds_one(text):
    return any(passes(re.sub(r"\D", "", found)) for found in NINE.findall(text))


def passes(digits):
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return total % 11 == 0 and set(digits) != {"0"}
