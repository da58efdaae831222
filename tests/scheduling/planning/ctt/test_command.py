"""The command line: cost by the official rules, a solution file, clear words for what is no instance."""

from __future__ import annotations

import pytest

from scheduling.planning.ctt.__main__ import main
from tests.scheduling.planning.ctt.instances import TOY
from tests.scheduling.planning.ctt.official import cost


def test_an_instance_is_solved_and_written(tmp_path, capsys):
    source, out = tmp_path / "toy.ctt", tmp_path / "toy.sol"
    source.write_text(TOY)

    assert main([str(source), "--seconds", "5", "--workers", "1", "--out", str(out)]) == 0

    broken, soft = cost(TOY, out.read_text())
    printed = dict(line.split() for line in capsys.readouterr().out.splitlines()[:5])
    assert broken == 0
    assert printed == {**{name: str(points) for name, points in soft.items()}, "Total": str(sum(soft.values()))}


@pytest.mark.parametrize("text", ["", "Days: two", "a picture\x00"])
def test_what_is_no_instance_gets_one_line_and_code_2(tmp_path, capsys, text):
    source = tmp_path / "other.txt"
    source.write_text(text)

    assert main([str(source)]) == 2

    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)


def test_a_file_that_is_not_there_gets_one_line_and_code_2(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere.ctt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_timetable_that_cannot_be_is_said_so_with_code_1(tmp_path, capsys):
    source = tmp_path / "full.ctt"
    source.write_text(TOY.replace("algebra hilbert 2", "algebra hilbert 9"))

    assert main([str(source), "--seconds", "5"]) == 1
    assert "no timetable was found (infeasible)" in capsys.readouterr().err
