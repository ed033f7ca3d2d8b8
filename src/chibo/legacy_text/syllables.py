"""The grammar of Vietnamese syllables: which strings of letters can be one. It knows no words, only how they are built.

A syllable is an initial, a rime (with the glide o or u before it in some) and a tone; a rime that ends in c, ch, p or t
carries only the acute tone or the dot. The rare and the regional ones are in: it is enough that text read in a wrong
encoding fails it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from unicodedata import normalize

_RIMES = {
    "": "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âk âm ân âng âp ât âu ây",
    "e": "e ec em en eng eo ep et ê êc êch êm ên êng ênh êp êt êu ek êk",
    "i": "i ia ich im in ing inh ip it iu iêc iêm iên iêng iêp iêt iêu y yt yn ynh yêm yên yêng yêt yêu",
    "o": "o oc oi om on ong op ot ooc oong ok ô ôc ôi ôm ôn ông ôp ôt ôk ơ ơi ơm ơn ơp ơt",
    "u": "u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu"
    " ươc ươi ươm ươn ương ươp ươt ươu",
    "glide o": "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet",
    "glide u": "uân uâng uât uây uê uêch uên uênh uơ uơn uy uya uych uyn uynh uyp uyt uyu uyên uyêt",
}
_AFTER_QU = (
    "a ac ach ai am an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây âu e en eo et ê êch ên ênh êt êu"
    " i ich in inh it iu y ych yn ynh yt yên yêt yêu ơ ơi ơn ôc ông ôi ô"
)
_INITIALS = (
    *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "kr", "l", "m", "n", "ng", "ngh", "nh", "p", "ph"),
    *("r", "s", "t", "th", "tr", "v", "x"),
)
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_TONES = {_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT}
_SMOOTH = {_GRAVE, _TILDE, _HOOK}


@cache
def _bodies() -> frozenset[str]:
    """Every syllable without its tone."""
    rimes = " ".join(_RIMES.values()).split()
    bodies = {initial + rime for initial in _INITIALS for rime in rimes}
    bodies |= {"qu" + rime for rime in _AFTER_QU.split()}
    return frozenset(bodies | {"gi", "gin"})


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether `word`, letters in NFC and any case, can be one Vietnamese syllable."""
    body, tone = "", ""
    for character in normalize("NFD", word.casefold()):
        if character in _TONES:
            tone += character
        else:
            body += character
    body = normalize("NFC", body)
    if len(tone) > 1 or body not in _bodies():
        return False
    return tone not in _SMOOTH or not body.endswith(("c", "k", "p", "t", "ch"))
