import pytest

from zorgpact.numbers import number_of

# Of these, `"²".isdigit()` is true and `int` refuses it; no database column holds the long ones.
NONSENSE = ["", "²", "-1", "1.5", "een", "1" * 19, "9" * 5000]


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_number_is_the_key_of_no_record(text):
    assert number_of(text) == 0


def test_a_number_is_read():
    assert [number_of("7"), number_of("0042"), number_of("1" * 18)] == [7, 42, int("1" * 18)]
