"""Chinese characters in two scripts, and under code points that only look like them.

Labels are compared in simplified characters. Conversion here gives one character for one, so
that offsets in the converted text are offsets in the printed one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

_RADICAL = re.compile("[\u2e80-\u2fdf]")

# Hong Kong forms that OpenCC's t2s leaves as they are.
_VARIANTS = str.maketrans("衞説敍衹粧枱簷", "卫说叙只妆台檐")

# Radicals of the CJK supplement that stand for the ideograph of the same shape in the text layers
# of PDF files (Unicode's EquivalentUnifiedIdeograph); Kangxi radicals follow from NFKC.
_SUPPLEMENT = str.maketrans(
    "⺟⺠⺬⻁⻄⻅⻆⻉⻋⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民示虎西见角贝车镸长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


@cache
def _opencc() -> Any:
    """OpenCC's conversion from traditional characters; loaded for a text that may hold some."""
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """A text in simplified characters, one for one.

    Only a text with a character that no simplified text holds is converted, for 乾隆 and 著名 are
    written alike in both scripts. OpenCC judges by the words (著名, but 着力); should a word change
    its length, each character is converted by itself.

    >>> simplified("1.64萬平方公里"), simplified("乾县")
    ('1.64万平方公里', '乾县')
    """
    if not _may_be_traditional(text):
        return text
    plain = text.translate(_VARIANTS)
    converter = _opencc()
    whole: str = converter.convert(plain)
    if len(whole) == len(plain):
        return whole
    each = "".join(converter.convert(char) for char in plain)
    return each if len(each) == len(plain) else text


def _may_be_traditional(text: str) -> bool:
    """Whether a text holds an ideograph outside GB 2312, which has all common simplified ones."""
    if text.isascii():
        return False
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        known = text.encode("gb2312", "ignore").decode("gb2312")
        return any(map(_HAN.match, set(text) - set(known)))
    return False


def without_radicals(text: str) -> str:
    """A text with ideographs in place of the radicals that are printed like them."""
    return text.translate(_radicals()) if _RADICAL.search(text) else text


@cache
def _radicals() -> dict[int, str]:
    import unicodedata

    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | {code: chr(char) for code, char in _SUPPLEMENT.items()}


@cache
def pinyin(text: str) -> str:
    """A Chinese name in Latin letters without tones, as one word (重庆: chongqing, 吕梁: lüliang).

    The reading of a character follows from the words that pypinyin's dictionary knows.
    """
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.NORMAL, v_to_u=True))
