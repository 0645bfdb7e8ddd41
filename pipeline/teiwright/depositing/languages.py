"""Languages as InvenioRDM has them: ISO 639-3, where a language tag has the two letters of ISO 639-1."""

from __future__ import annotations

_PAIRS = (
    "aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis "
    "bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu "
    "dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry "
    "gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina "
    "idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz "
    "klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao "
    "ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde "
    "nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli plpol "
    "pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag shhbs sisin skslk "
    "slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir "
    "tktuk tltgl tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol "
    "wawln wowol xhxho yiyid yoyor zazha zhzho zuzul "
)
"""Each code of ISO 639-1 with that of ISO 639-3 which the registry at https://iso639-3.sil.org gives for it."""

_NOT_ONE = (
    "und mul mis zxx "
    "aav afa alg alv apa aqa aql art ath auf aus awd azc bad bai bat ber bih bnt btk cai cau cba ccn ccs "
    "cdc cdd cel cmc cpe cpf cpp crp csu cus day dmn dra egx esx euq fiu fox gem gme gmq gmw grk hmx hok "
    "hyx iir ijo inc ine ira iro itc jpx kar kdo khi kro map mkh mno mun myn nah nai ngf nic nub omq omv "
    "oto paa phi plf poz pqe pqw pra qwe roa sai sal sdv sem sgn sio sit sla smi son sqj ssa syd tai tbq "
    "trk tup tut tuw urj wak wen xgn xnd ypk zhx zle zls zlw znd "
)
"""Undetermined, several, not coded, none; and the families and groups of languages in ISO 639-5."""

_THREE_LETTERS = {pair[:2]: pair[2:] for pair in _PAIRS.split()}
_NO_LANGUAGES = frozenset(_NOT_ONE.split())


def iso_639_3(tag: str) -> str | None:
    """The language of a tag by RFC 5646, whose own three letters are of ISO 639-3 where there are no two.

    ``None`` for what names no single language, for private use, and for codes of two letters that were withdrawn.
    """
    language = tag.split("-", maxsplit=1)[0].lower()
    if len(language) == 2:
        return _THREE_LETTERS.get(language)
    reserved = language in _NO_LANGUAGES or "qaa" <= language <= "qtz"
    return language if len(language) == 3 and not reserved else None
