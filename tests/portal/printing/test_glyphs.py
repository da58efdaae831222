"""No glyph is missing: the fonts we ship, our reader of them, and what becomes of a character nobody draws."""

import re

import pytest
import typst
from fontTools import subset
from fontTools.ttLib import TTFont

from portal import config, setup
from portal.printing import glyphs, press
from tests.portal.printing.prints import RARE, Print, bare

STANDARD = "".join((setup.HOME / "tools" / "general_standard.txt").read_text("utf-8").split())
FONTS = glyphs.files([glyphs.FONTS])
WEIGHTS = [path for path in FONTS if "Rare" not in path.stem]
ALL = glyphs.covered((glyphs.FONTS,))
TEMPLATES = sorted(press.TEMPLATES.glob("*.typ"))
EXTENSION_A = range(0x3400, 0x4DB6)  # as GB 18030 has it
UNIFIED = range(0x4E00, 0x9FA6)
PRIVATE = "\ue000"  # a character of nobody's


@pytest.fixture(params=WEIGHTS, ids=lambda path: path.stem)
def drawn(request):
    return glyphs.characters(request.param)


def test_the_fonts_are_there_with_their_licence_and_none_is_heavier_than_six_megabytes():
    assert [path.name for path in FONTS] == [
        "SonggangSans-Bold.otf",
        "SonggangSans-Regular.otf",
        "SonggangSansRare-Regular.otf",
    ]
    assert [path.name for path in FONTS if path.stat().st_size > 6e6] == []
    assert "SIL OPEN FONT LICENSE Version 1.1" in (glyphs.FONTS / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_our_reader_of_fonts_finds_what_another_finds(path):
    with TTFont(path, lazy=True) as font:
        assert glyphs.characters(path) == set(font.getBestCmap())


def test_the_whole_general_standard_is_drawn_in_both_weights(drawn):
    assert len(set(STANDARD)) == 8105
    assert glyphs.lacking(STANDARD, drawn) == []


def test_unified_characters_are_drawn_in_both_weights_and_extension_a_in_one(drawn):
    assert set(UNIFIED) - drawn == set()
    assert set(EXTENSION_A) - ALL == set()


def test_all_two_byte_characters_of_gb_18030_are_drawn_but_private_ones(drawn):
    pairs = (bytes((high, low)) for high in range(0x81, 0xFE) for low in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    characters = {
        each for pair in pairs for each in pair.decode("gb18030", "ignore") if not "\ue000" <= each <= "\uf8ff"
    }

    assert len(characters) > 21_000
    assert glyphs.lacking("".join(sorted(characters)), drawn) == ["≒"]  # a sign that Noto Sans CJK SC has not


def test_rare_characters_of_names_are_drawn_in_both_weights(drawn):
    assert glyphs.lacking(RARE, drawn) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_character_of_a_template_is_drawn(template, drawn):
    said = re.sub(r"//.*", "", template.read_text("utf-8"))

    assert glyphs.lacking(glyphs.tidy(said), drawn) == []


def test_a_character_nobody_draws_is_set_as_a_sign_and_told():
    gone = {}
    told = glyphs.settable({"firm": f"王{PRIVATE}{PRIVATE}厂", "jobs": [{"title": RARE, "no": 1}]}, ALL, gone)

    assert told == {"firm": "王〓〓厂", "jobs": [{"title": RARE, "no": 1}]}
    assert list(gone) == [PRIVATE]


@pytest.mark.parametrize("words", ["一\u200b二\ufe0f", " 一\n二\t", "一\u2028二", "一\x00二"])
def test_what_nobody_sees_goes_without_a_sign(words):
    gone = {}

    assert bare(glyphs.settable(words, ALL, gone)) == "一二"
    assert gone == {}


def test_half_of_a_pair_is_no_character_and_breaks_nothing():
    assert glyphs.settable("甲\ud83d乙", ALL, {}) == "甲〓乙"


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "broken.otf").write_bytes(b"this is no font")

    with pytest.raises(ValueError, match=r"broken\.otf"):
        glyphs.characters(tmp_path / "broken.otf")
    assert glyphs.covered((glyphs.FONTS, tmp_path)) == ALL


def script(words):
    """The least that a script is made of."""
    fair = dict.fromkeys(("day", "lunar", "hours", "place", "address", "host", "phone"), "")
    fair |= {"title": "柳河镇赶集招聘会", "called_off": False}
    told = {"fair": fair, "printed": "", "sentences": [{"kind": "opening", "words": words}], "minutes": 1}
    return press.Paper("script", "喊话稿", told)


@pytest.fixture
def further(tmp_path):
    """A folder with a font that draws one private character, as a county's own may."""
    cutter = subset.Subsetter()
    font = TTFont(glyphs.FONTS / "SonggangSansRare-Regular.otf")
    cutter.populate(unicodes=[0x3400])
    cutter.subset(font)
    for table in font["cmap"].tables:
        table.cmap = {ord(PRIVATE): glyph for glyph in table.cmap.values()}
    for number, words in ((1, "County"), (4, "County Regular"), (6, "County-Regular")):
        font["name"].setName(words, number, 3, 1, 0x409)
    font.save(tmp_path / "county.otf")
    return tmp_path


def test_a_folder_of_further_fonts_is_used_for_what_ours_lack(further):
    paper = script(f"王{PRIVATE}说")

    assert f"王{PRIVATE}说" in Print(press.pdf(paper, press.folders(str(further)))).text
    assert "王〓说" in Print(press.pdf(paper)).text


def test_every_character_of_the_general_standard_comes_out_of_the_pdf_as_it_went_in():
    text = re.sub(r"打印第\d+页，共\d+页", "", Print(press.pdf(script(STANDARD))).text)

    assert STANDARD in text
    assert "〓" not in text


def test_the_standard_for_accessible_paper_would_refuse_a_missing_glyph():
    """The negative control of the tests that print: unchecked, what no font draws is an error to typst too."""
    told = {**script(f"王{PRIVATE}说").data, "title": "喊话稿", "fonts": ["Songgang Sans"], "gone": []}

    with pytest.raises(typst.TypstError, match="could not be displayed"):
        press._set("script", told, press._fonts((glyphs.FONTS,)), pdf_standards="ua-1")


def test_a_folder_of_fonts_that_is_not_there_is_refused_at_the_start(tmp_path):
    told = {"SONGGANG_SECRET": "a secret of the tests, long enough", "SONGGANG_FONTS": str(tmp_path)}

    assert config.read(told).fonts == str(tmp_path)
    with pytest.raises(config.BadSetting, match="SONGGANG_FONTS"):
        config.read({**told, "SONGGANG_FONTS": str(tmp_path / "none")})
