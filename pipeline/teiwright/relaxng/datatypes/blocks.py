"""The blocks of Unicode that expressions of XML Schema name (``\\p{IsGreek}``), as far as texts have them."""

_RANGES = """
BasicLatin 0 7F|Latin-1Supplement 80 FF|LatinExtended-A 100 17F|LatinExtended-B 180 24F|IPAExtensions 250 2AF
SpacingModifierLetters 2B0 2FF|CombiningDiacriticalMarks 300 36F|Greek 370 3FF|GreekandCoptic 370 3FF|Cyrillic 400 4FF
Armenian 530 58F|Hebrew 590 5FF|Arabic 600 6FF|Syriac 700 74F|Devanagari 900 97F|Bengali 980 9FF|Tamil B80 BFF
Thai E00 E7F|Tibetan F00 FFF|Georgian 10A0 10FF|HangulJamo 1100 11FF|Ethiopic 1200 137F|Cherokee 13A0 13FF
Ogham 1680 169F|Runic 16A0 16FF|Khmer 1780 17FF|Mongolian 1800 18AF|LatinExtendedAdditional 1E00 1EFF
GreekExtended 1F00 1FFF|GeneralPunctuation 2000 206F|SuperscriptsandSubscripts 2070 209F|CurrencySymbols 20A0 20CF
CombiningMarksforSymbols 20D0 20FF|LetterlikeSymbols 2100 214F|NumberForms 2150 218F|Arrows 2190 21FF
MathematicalOperators 2200 22FF|MiscellaneousTechnical 2300 23FF|BoxDrawing 2500 257F|GeometricShapes 25A0 25FF
MiscellaneousSymbols 2600 26FF|Dingbats 2700 27BF|CJKSymbolsandPunctuation 3000 303F|Hiragana 3040 309F
Katakana 30A0 30FF|CJKUnifiedIdeographsExtensionA 3400 4DB5|CJKUnifiedIdeographs 4E00 9FFF|HangulSyllables AC00 D7A3
PrivateUse E000 F8FF|CJKCompatibilityIdeographs F900 FAFF|AlphabeticPresentationForms FB00 FB4F
ArabicPresentationForms-A FB50 FDFF|CombiningHalfMarks FE20 FE2F|ArabicPresentationForms-B FE70 FEFE
HalfwidthandFullwidthForms FF00 FFEF|Specials FFF0 FFFD
"""

BLOCKS: dict[str, tuple[str, str]] = {
    name: (chr(int(first, 16)), chr(int(last, 16)))
    for name, first, last in (entry.split() for line in _RANGES.split("\n") if line for entry in line.split("|"))
}
"""Name without ``Is``: first and last character."""
