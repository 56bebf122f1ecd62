"""Pasted names and addresses (network/addresses.py)."""

import pytest

from network import addresses
from network.addresses import Line


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("An Peeters <an@dorp.example>", "An Peeters", "an@dorp.example"),
        ('"Peeters, An" <an@dorp.example>', "An Peeters", "an@dorp.example"),
        ("Jan Van den Berg jan@dorp.example", "Jan Van den Berg", "jan@dorp.example"),
        ("An Peeters, an@dorp.example", "An Peeters", "an@dorp.example"),
        ("Peeters, An, an@dorp.example", "An Peeters", "an@dorp.example"),
        ("An Peeters\tan@dorp.example", "An Peeters", "an@dorp.example"),
        ("Els (els@dorp.example)", "Els", "els@dorp.example"),
        ("b.de-smet@dorp.example", "B De Smet", "b.de-smet@dorp.example"),
        ("  BERT@DORP.example ", "Bert", "bert@dorp.example"),
        ("007@dorp.example", "007@dorp.example", "007@dorp.example"),
    ],
)
def test_a_line_gives_a_name_and_an_address(text, name, email):
    assert addresses.read(text) == [Line(text.strip(), name, email)]


@pytest.mark.parametrize(
    "text",
    [
        "An <an@dorp.example>; bo@dorp.example",
        "An <an@dorp.example>\n\nbo@dorp.example\n",
        "An <an@dorp.example>, bo@dorp.example",
        "An <an@dorp.example>;\r\n bo@dorp.example;",
        "An, an@dorp.example, bo@dorp.example",
        "an@dorp.example,bo@dorp.example",
    ],
)
def test_lines_semicolons_and_commas_separate(text):
    found = [(line.name, line.email) for line in addresses.read(text)]
    assert found == [("An", "an@dorp.example"), ("Bo", "bo@dorp.example")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Klaas", addresses.NO_ADDRESS),
        ("an@dorp", addresses.BAD_ADDRESS),
        ("an@", addresses.BAD_ADDRESS),
    ],
)
def test_a_line_without_a_good_address_says_so(text, problem):
    assert addresses.read(text) == [Line(text, problem=problem)]


def test_the_same_address_twice_is_told():
    first, second = addresses.read("an@dorp.example; An Peeters <AN@dorp.example>")
    assert (first.problem, second.problem) == ("", addresses.DOUBLE)


def test_nothing_gives_nothing():
    assert addresses.read(" ;\n , ") == []


def test_a_piece_without_an_end_is_no_address_and_costs_nothing():
    """Release 1.0.0 took the square of its length, hours for one paste."""
    [line, good] = addresses.read("a" * 2_000_000 + "; an@voorbeeld.example")
    assert (line.problem, good.email) == (addresses.NO_ADDRESS, "an@voorbeeld.example")


def test_a_thousand_signs_of_an_address_cost_no_more_than_their_length():
    [line, good] = addresses.read(",a" + "@a" * 200_000 + "<; an@voorbeeld.example")
    assert (line.problem, good.email) == (addresses.BAD_ADDRESS, "an@voorbeeld.example")
