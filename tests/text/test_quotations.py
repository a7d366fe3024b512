"""What a quotation may differ in from its source, rule by rule, and what it may not."""

from __future__ import annotations

import unicodedata

import pytest

from factdesk.domain.citations import Piece
from factdesk.domain.documents import Block
from factdesk.text.quotations import Found, Missing, QuotedText

NFD = unicodedata.normalize("NFD", "Tỷ lệ thất nghiệp giảm còn hai phần trăm")

ALIKE = [
    ("plain", "Prices rose in every region of the country.", "rose in every region"),
    ("nfd source", f"Theo báo cáo, {NFD}.", "Tỷ lệ thất nghiệp giảm còn hai phần trăm"),
    ("nfd quotation", "Theo báo cáo, Tỷ lệ thất nghiệp giảm còn hai phần trăm.", NFD),
    ("order of marks", "chữ e\u0323\u0302 và a\u0302\u0323 nặng", "chữ e\u0302\u0323 và ậ nặng"),
    ("ligatures in the source", "The eﬃcient ﬁrst oﬃce ﬂows aﬀably ﬅyle ﬆop", "first office flows affably style stop"),
    ("ligatures in the quotation", "The efficient first office flows", "eﬃcient ﬁrst oﬃce ﬂows"),
    ("full-width", "ＡＢＣ　１２３％ of the total", "ABC 123% of the total"),
    ("half-width kana", "価格はｶﾞｿﾘﾝです", "価格はガソリンです"),
    ("arabic presentation forms", "ﺍﻟﺴﻼﻡ ﻋﻠﻴﻜﻢ today", "السلام عليكم today"),
    ("long s", "the Congreſs of the States", "the Congress of the States"),
    ("runs of white space", "one \t two\u00a0three\u2009 four", "one two three four"),
    ("white space in the quotation", "one two three four", "  one\n\ntwo \u00a0 three\u3000four\n"),
    ("line and page breaks", "one\r\ntwo\fthree\u2028four", "one two three four"),
    ("zero-width", "in\u200bfla\u2060tion \ufeffrose\u00ad again", "inflation rose again"),
    ("zero-width in the quotation", "inflation rose again", "infl\u00adation\u200b rose \u200eagain"),
    ("zero-width between letter and mark", "cafe\u200d\u0301 au lait", "café au lait"),
    ("line-break hyphen joined", "the infor-\nmation society", "the information society"),
    ("line-break hyphen kept", "the well-\nknown society", "the well-known society"),
    ("line-break hyphen over a page", "the infor-\n\fmation society", "the information society"),
    ("both in one", "infor-\nmation from well-\nknown men", "information from well-known men"),
    ("suspended hyphen", "pre-\nand post-war years", "pre- and post-war years"),
    ("soft hyphen at a line's end", "the infor\u00ad\nmation society", "the information society"),
    ("pdfium's mark", "the infor\x02mation of well\ufffeknown men", "the information of well-known men"),
    ("hyphen in a number's range", "in 2019-\n2020 it rose", "in 2019-2020 it rose"),
    ("hyphen before digits", "the COVID-\n19 pandemic", "the COVID-19 pandemic"),
    ("quotation copied with its line break", "the information society", "the infor-\nmation society"),
    ("double marks", 'he said “yes, «of course»” to „them‟', "he said \"yes, \"of course\"\" to ''them``"),
    ("double marks of unlike single ones", "the ‘‘beta diversity’‘ of it", "the “beta diversity” of it"),
    ("double marks of unlike single ones in the quotation", "the “beta” of it", "the ''beta'` of it"),
    ("double marks of unlike single ones in both", "the '‘beta diversity’' of it", "the ‚‚beta diversity‘‘ of it"),
    ("apostrophe and mark", "‘the cause is the dogs’’ he said", "'the cause is the dogs'' he said"),
    ("own doubled marks around", "they fell in May and June", "``they fell in May'‘"),
    ("french spaces", "il a dit « oui, bien sûr » hier", 'il a dit "oui, bien sûr" hier'),
    ("single marks", "it’s the workers‘ ‹own› party", "it's the workers’ 'own' party"),
    ("inches and feet", "6′ 2″ tall men", "6' 2\" tall men"),
    ("dashes", "the plan ‒ so they say – is — in ― short − dead", "the plan - so they say — is – in - short - dead"),
    ("dash without spaces", "the plan – they say – is dead", "the plan—they say—is dead"),
    ("dash with spaces", "the plan—they say—is dead", "the plan – they say – is dead"),
    ("dash at a line's end for a hyphen", "some Cre-loxP–\ncontrolled vectors", "some Cre-loxP-controlled vectors"),
    ("dash at a line's end for one with spaces", "the plan—\nthey say—is dead", "the plan — they say — is dead"),
    ("typed dash", "the plan — they say — is dead", "the plan -- they say --- is dead"),
    ("hyphen styles", "a well\u2010known, non\u2011profit", "a well-known, non-profit"),
    ("minus styles", "fell to −5 degrees", "fell to -5 degrees"),
    ("ellipsis", "well… perhaps not", "well... perhaps not"),
    ("ellipsis back", "well... perhaps not", "well… perhaps not"),
    ("spaced ellipsis", "well. . . perhaps not", "well… perhaps not"),
    ("spaced ellipsis before a mark", "it is hard. . . ” – he said", "it is hard…” – he said"),
    ("case kept", "The ECB said so", "The ECB said so"),
    ("own marks around", "they fell in May and June", "“they fell in May”"),
    ("own single marks around", "they fell in May and June", "'they fell in May'"),
    ("marks of the source", "he said “they fell in May” and", '"they fell in May"'),
    ("gap mark of the source", "he wrote: they fell […] in May", "they fell [...] in May"),
    ("bullet", "Reasons:\nPrices rose in May\nWages fell", "• Prices rose in May"),
    ("bullets", "Reasons:\nPrices rose in May\nWages fell", "Reasons:\n  ▪ Prices rose in May\n  ▪Wages fell"),
    ("bullet of a font of symbols", "Prices rose in May\nWages fell", "\uf0b7\tPrices rose in May\r\n\uf0b7 Wages"),
    ("bullet dot", "Reasons:\nPrices rose in May", "· Prices rose"),
    ("bullet in marks", "Reasons:\nPrices rose in May", "“• Prices rose in May”"),
    ("bullet before marks", "Reasons:\nPrices rose in May", "• “Prices rose in May”"),
    ("bullet after a gap", "Reasons:\nPrices rose in May\nand then\nWages fell", "• Prices rose […]\n• Wages fell"),
    ("bullet of the source", "Reasons:\n• Prices rose in May\n• Wages fell", "• Prices rose in May • Wages fell"),
    ("bullets here and there", "Reasons:\n• Prices rose in May", "• Prices rose"),
    ("bullet before a minus", "Degrees:\n−5 in May", "• -5 in May"),
    ("mark at either end", "they fell in May and June", "[…] fell in May […]"),
    ("hyphen at the start", "a well-known fact", "-known fact"),
    ("dash at the end", "they left – and came back", "they left –"),
    ("few letters in twenty characters", "results: 00::::::::::::::: ¼𘳖 so", "00::::::::::::::: ¼𘳖"),
    ("short and unique", "the rate is 47,2% now", "47,2%"),
    ("an emoji with another face", "good ❤\ufe0f news today", "good ❤ news today"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quotation"), [case[1:] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_tolerated(text: str, quotation: str) -> None:
    found = QuotedText(text).find(quotation)
    assert isinstance(found, Found), found
    for piece in found.pieces:
        assert text[piece.start : piece.end] == piece.exact


UNLIKE = [
    ("case", "Prices rose in every region", "prices rose in every region"),
    ("accents", "Tỷ lệ thất nghiệp giảm", "Ty le that nghiep giam"),
    ("one accent", "thất nghiệp giảm mạnh", "thất nghiếp giảm mạnh"),
    ("tone placement", "đời sống hòa bình ở đây", "đời sống hoà bình ở đây"),
    ("accent at the end", "he drank his café", "he drank his cafe"),
    ("đ", "đường phố đông người", "dường phố đông người"),
    ("superscript", "an area of 10² metres", "an area of 102 metres"),
    ("fraction", "about ½ of them all", "about 1/2 of them all"),
    ("circled digit", "see note ① of the law", "see note 1 of the law"),
    ("trademark", "the Brand™ of soap", "the BrandTM of soap"),
    ("minus lost", "it fell to -5 degrees", "it fell to 5 degrees"),
    ("minus lost at a break", "it fell to -\n5 degrees", "it fell to 5 degrees"),
    ("minus lost in typed hyphens", "it fell to --5 degrees", "it fell to -5 degrees"),
    ("minus gained", "it fell to 5 degrees", "it fell to -5 degrees"),
    ("range joined", "in 2019-\n2020 it rose", "in 20192020 it rose"),
    ("mark in a number joined", "in 2019\x022020 it rose", "in 20192020 it rose"),
    ("hyphen lost in a line", "a well-known fact", "a wellknown fact"),
    ("hyphen for a space", "a well known fact", "a well-known fact"),
    ("space for a hyphen", "a well-known fact", "a well known fact"),
    ("spaces around a hyphen", "a well-known fact", "a well - known fact"),
    ("dash lost at a line's end", "some Cre-loxP–\ncontrolled vectors", "some Cre-loxP controlled vectors"),
    ("dash joined at a line's end", "some Cre-loxP–\ncontrolled vectors", "some Cre-loxPcontrolled vectors"),
    ("dash with a space for a hyphen", "some Cre-loxP– controlled vectors", "some Cre-loxP-controlled vectors"),
    ("dash lost", "the plan – they say – is dead", "the plan they say is dead"),
    ("line broken without a hyphen", "the infor\nmation society", "the information society"),
    ("space lost", "now here he stood", "nowhere he stood"),
    ("space gained", "nowhere he stood", "now here he stood"),
    ("single for double", "he said “yes” to them", "he said 'yes' to them"),
    ("single marks apart for a double", "he said “yes” to them", "he said ' 'yes' ' to them"),
    ("three single marks for a double", "he said “yes” to them", "he said '''yes''' to them"),
    ("apostrophe and mark lost", "‘the cause is the dogs’’ he said", "'the cause is the dogs' he said"),
    ("prime and mark", "he is ‘tall: 6′’ they said", "he is ‘tall: 6″ they said"),
    ("bullet within a line", "Prices rose in May and Wages fell", "Prices rose in May • Wages fell"),
    ("bullet left out", "Reasons:\n• Prices rose in May\n• Wages fell", "Prices rose in May\nWages fell"),
    ("dash as a bullet", "Reasons:\nPrices rose in May", "– Prices rose in May"),
    ("minus of a font of symbols", "Degrees:\n5 in May", "\uf02d 5 in May"),
    ("decimal dot at the start", "Doses:\n5 mg in May", "·5 mg in May"),
    ("cross before a line", "Permitted:\nwine and beer", "✗ wine and beer"),
    ("quotation mark lost", "he said “yes” to them", "he said yes to them"),
    ("comma lost", "yes, he said to them", "yes he said to them"),
    ("two dots for three", "well… perhaps not", "well.. perhaps not"),
    ("two dots apart", "see p. . so they say", "see p.. so they say"),
    ("part of an ellipsis", "well… perhaps not", ". perhaps not"),
    ("word left out", "they did not fall in May", "they did fall in May"),
    ("letters rearranged", "a quiet united town", "a quiet untied town"),
    ("rules of another length", "above ------ below it", "above ----- below it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quotation"), [case[1:] for case in UNLIKE], ids=[case[0] for case in UNLIKE])
def test_not_tolerated(text: str, quotation: str) -> None:
    assert isinstance(QuotedText(text).find(quotation), Missing)


def pieces(text: str, quotation: str, blocks: tuple[Block, ...] = ()) -> list[str]:
    found = QuotedText(text, blocks).find(quotation)
    assert isinstance(found, Found), found
    return [piece.exact for piece in found.pieces]


def why(text: str, quotation: str, blocks: tuple[Block, ...] = (), nth: int | None = None) -> str:
    missing = QuotedText(text, blocks).find(quotation, nth=nth)
    assert isinstance(missing, Missing), missing
    return str(missing.reason)


def test_exact_is_the_source_as_it_stands_and_its_surroundings_are_kept() -> None:
    text = "x" * 40 + " the infor-\nmation “society” " + "y" * 40
    found = QuotedText(text).find('information "society"')
    assert isinstance(found, Found)
    [piece] = found.pieces
    assert piece.exact == "infor-\nmation “society”"
    assert piece.prefix == text[piece.start - 32 : piece.start]
    assert piece.suffix == text[piece.end : piece.end + 32]


def test_surroundings_are_shorter_at_the_ends_of_a_text() -> None:
    found = QuotedText("the whole text").find("the whole text")
    assert isinstance(found, Found)
    assert found.pieces == (Piece("the whole text", "", "", 0, 14),)


def test_a_dash_at_an_edge_belongs_to_the_piece() -> None:
    assert pieces("it fell to −5 degrees", "-5 degrees") == ["−5 degrees"]


def test_gaps_in_order() -> None:
    text = "The minister said that prices fell in May, and that they would fall again in June, by half."
    quotation = "The minister said […] they would fall again [...] by half"
    assert pieces(text, quotation) == ["The minister said", "they would fall again", "by half"]


def test_a_gap_may_be_one_of_the_sources_own_and_another_the_persons() -> None:
    text = "It says: the rates […] fell, and then after a while they rose again."
    assert pieces(text, "the rates […] fell […] they rose") == ["the rates […] fell", "they rose"]


def test_the_pieces_that_leave_out_least_are_chosen() -> None:
    text = "the rates fell, the rates rose, then they fell once more"
    found = QuotedText(text).find("the rates […] then they")
    assert isinstance(found, Found)
    assert found.pieces[0].start == text.rindex("the rates")


def test_a_later_place_is_taken_where_the_first_leads_nowhere() -> None:
    text = "the rates fell " + "x " * 300 + "and the rates rose, said the bank, sharply"
    assert pieces(text, "the rates […] said the bank")[1] == "said the bank"
    text = "alpha beta gamma " + "x " * 200 + "beta delta " + "y " * 150 + "omega"
    assert pieces(text, "alpha […] beta […] omega") == ["alpha", "beta", "omega"]


def test_gap_rules() -> None:
    text = "First words here. " + "x" * 499 + " last words there. and first words"
    assert "at most 500 characters, and this one leaves out 502" in why(text, "First words here […] last words")
    assert "another order" in why(text, "last words there […] First words here")
    assert "at most 2 gaps" in why(text, "First […] words […] last […] there")
    assert "“…,”" in why(text, "First words […] …, […] last words")
    assert "its part “no such words”" in why(text, "First words […] no such words")


def test_a_gap_of_500_characters_is_the_longest() -> None:
    for count, holds in ((500, True), (501, False)):
        text = "first words here" + " " + "x" * (count - 2) + " " + "last words there"
        found = QuotedText(text).find("first words here […] last words there")
        assert isinstance(found, Found) is holds


def test_a_gap_stays_within_its_section() -> None:
    text = "One\nThe first section says this.\nTwo\nThe second says that."
    blocks = (Block(0, 3, "heading"), Block(4, 32), Block(33, 36, "heading"), Block(37, len(text)))
    assert "crosses “Two”" in why(text, "The first section […] The second", blocks)
    assert pieces(text, "One […] says this", blocks) == ["One", "says this"]
    assert "crosses “Two”" in why(text, "says this […] Two", blocks)
    assert len(pieces(text, "The first section […] The second")) == 2


@pytest.mark.parametrize(
    ("quotation", "reason"),
    [
        ("", "the quotation is empty"),
        (" \u200b\n", "the quotation is empty"),
        ("“…”", "the quotation holds no letters and no digits"),
        (" — ", "the quotation holds no letters and no digits"),
        ("of", "the quotation is too short to be looked up"),
        ("the", "so short a quotation must be unique, and it stands 2 times"),
    ],
)
def test_what_says_too_little(quotation: str, reason: str) -> None:
    assert why("the fall of the rate — of all", quotation) == reason


def test_a_short_quotation_may_say_which_place_it_means() -> None:
    text = "the fall of the rate"
    found = QuotedText(text).find("the", nth=2)
    assert isinstance(found, Found)
    assert found.pieces[0].start == text.rindex("the")
    assert found.occurrences == 2
    assert why(text, "the", nth=3) == "it stands in the text 2 times, not 3"


def test_a_long_quotation_takes_its_first_place_and_tells_of_the_others() -> None:
    found = QuotedText("they fell again in May; they fell again in May").find("they fell again in")
    assert isinstance(found, Found)
    assert (found.pieces[0].start, found.occurrences) == (0, 2)


def test_a_place_that_cuts_nothing_goes_before_one_that_does() -> None:
    text = "The start of war began; the art of war did not."
    found = QuotedText(text).find("art of war")
    assert isinstance(found, Found)
    assert (found.pieces[0].start, found.cut, found.occurrences) == (text.index(" art ") + 1, (), 1)


def test_verbatim_rows_of_signs_are_found() -> None:
    assert pieces("sum: ∑∫∂∇∈∉∋∏√∝∞∠∧∨∩∪∴∼≈≠ done", "∑∫∂∇∈∉∋∏√∝∞∠∧∨∩∪∴∼≈≠") == ["∑∫∂∇∈∉∋∏√∝∞∠∧∨∩∪∴∼≈≠"]


def test_stands() -> None:
    text = "Prices rose in May, and prices fell in June."
    quoted = QuotedText(text)
    found = quoted.find("prices fell")
    assert isinstance(found, Found)
    [piece] = found.pieces
    assert quoted.stands(piece)
    moved = QuotedText("Then: " + text)
    assert not moved.stands(piece)
    assert not quoted.stands(Piece(piece.exact, "x", piece.suffix, piece.start, piece.end))
    assert not quoted.stands(Piece(piece.exact, piece.prefix, "", piece.start, piece.end))
    assert not quoted.stands(Piece("", "", "", -3, -1))
    assert not quoted.stands(Piece("", text[-32:], "", len(text), len(text)))


def test_find_again_goes_by_the_surroundings() -> None:
    old = QuotedText("In spring prices fell sharply. In autumn prices fell slowly.")
    found = old.find("prices fell", nth=2)
    assert isinstance(found, Found)
    new = "UPDATE. In winter prices fell a lot. In spring prices fell sharply. In autumn  prices fell slowly."
    again = QuotedText(new).find_again(found.pieces[0])
    assert again is not None
    assert again.start == new.rindex("prices fell")
    assert QuotedText("Nothing of the kind.").find_again(found.pieces[0]) is None


def test_find_again_allows_what_a_quotation_may_differ_in() -> None:
    piece = Piece("the infor-\nmation society", "", "", 0, 25)
    again = QuotedText("On the information society.").find_again(piece)
    assert again is not None
    assert again.exact == "the information society"


@pytest.mark.parametrize(
    "quotation",
    [
        "rose in every region",
        "Prices rose […] of the country",
        "Prices […] in every […] country",
        "ices rose in every",
        "in every […] rose",
        "Prices fell",
        "a […] b […] c […] d",
        "",
        "…",
    ],
)
def test_what_it_holds_is_what_is_found_and_cuts_nothing(quotation: str) -> None:
    text = QuotedText("Prices rose in every region of the country.")
    found = text.find(quotation, nth=1)
    assert text.holds(quotation) == (isinstance(found, Found) and not found.cut)
