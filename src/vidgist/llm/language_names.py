"""Languages by name, as models understand them best. Pure."""

import re

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay",
    "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_OWN = {
    "deutsch": "de", "français": "fr", "francais": "fr", "español": "es", "espanol": "es", "italiano": "it",
    "português": "pt", "portugues": "pt", "nederlands": "nl", "polski": "pl", "svenska": "sv", "dansk": "da",
}  # fmt: skip
_CODES = {name.casefold(): code for code, name in _NAMES.items()} | _OWN
_LANGUAGE = re.compile(r"[^\W\d_][\w ()-]{0,39}")


def wording(*wanted: str) -> str:
    """Return the first that can be a language's code or name, as ``German (de)``; it came from a file or a
    site.
    """
    for one in wanted:
        if _LANGUAGE.fullmatch(one):
            name = _NAMES.get(one.lower().replace("_", "-").partition("-")[0])
            return f"{name} ({one})" if name else one
    return "the language of the transcript"


def code(wanted: str) -> str:
    """Return the two letters of a language named by its code or its name; the name itself where it is not
    known.
    """
    plain = wanted.strip().casefold()
    return _CODES.get(plain) or plain.replace("_", "-").partition("-")[0]
