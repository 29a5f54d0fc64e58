"""What stands around a transcript file: title, language and id in its name, yt-dlp's sidecar beside it."""

from pathlib import Path, PurePath

import pytest

from vidgist.sources import _sidecar


@pytest.mark.parametrize(
    ("name", "title", "language"),
    [
        ("Intro to Node.js.vtt", "Intro to Node.js", ""),
        ("Standup 3.pm.txt", "Standup 3.pm", ""),
        ("What is C.vtt", "What is C", ""),
        ("Talk no.5.vtt", "Talk no.5", ""),
        ("St. Louis.vtt", "St. Louis", ""),
        ("v2.0.vtt", "v2.0", ""),
        ("Bread.en.vtt", "Bread", "en"),
        ("Bread.en-US.vtt", "Bread", "en-US"),
        ("Bread.en_US.vtt", "Bread", "en-US"),
        ("Bread.eng.vtt", "Bread", "en"),
        ("Bread.zh-Hans.vtt", "Bread", "zh-Hans"),
        ("Bread.zh-CN.vtt", "Bread", "zh-CN"),
        ("Bread.pt-BR.srt", "Bread", "pt-BR"),
        ("Bread.es-419.srt", "Bread", "es-419"),
        ("Bread.en-orig.vtt", "Bread", "en"),
        ("Bread.iw.vtt", "Bread", "he"),
        ("Bread.deu.srt", "Bread", "de"),
        ("Bread.ger.srt", "Bread", "de"),
        ("Bread.sdh.srt", "Bread.sdh", ""),
        ("Bread.en.sdh.srt", "Bread", "en"),
        ("Bread.en.forced.srt", "Bread", "en"),
        ("Bread.de.cc.srt", "Bread", "de"),
        ("Bread with Mr.T.vtt", "Bread with Mr.T", ""),
        ("Deep dive into Vue.js.en.vtt", "Deep dive into Vue.js", "en"),
        ("ASP.NET.vtt", "ASP.NET", ""),
        ("Why I love io.js.srt", "Why I love io.js", ""),
        ("index.d.ts.vtt", "index.d.ts", ""),
        ("Web 2.0 is.it.vtt", "Web 2.0 is", "it"),
        ("Part.II.vtt", "Part.II", ""),
        ("2026.02.03.vtt", "2026.02.03", ""),
        ("Bread.English.srt", "Bread", "en"),
        ("Bread.fil.vtt", "Bread", "fil"),
        ("Bread.yue-HK.vtt", "Bread", "yue-HK"),
        ("Bread.sr-Latn.vtt", "Bread", "sr-Latn"),
        ("Bread.mp4.vtt", "Bread.mp4", ""),
        ("Bread.en.auto.vtt", "Bread", "en"),
        ("Meet at 10.am.txt", "Meet at 10.am", ""),
        ("Socket.io.vtt", "Socket.io", ""),
        ("Bread.ja.txt", "Bread", "ja"),
        ("fast.ai.vtt", "fast.ai", ""),
        ("Discover fast.ai.vtt", "Discover fast.ai", ""),
        ("Build with Next.js.vtt", "Build with Next.js", ""),
        ("about.me.vtt", "about.me", ""),
        ("bit.ly.vtt", "bit.ly", ""),
        ("del.icio.us.vtt", "del.icio.us", ""),
        ("Hello.py.vtt", "Hello.py", ""),
        ("main.rs.vtt", "main.rs", ""),
        ("Three.js in action.de.vtt", "Three.js in action", "de"),
        ("x.hi.vtt", "x", "hi"),
        ("lecture.12.vtt", "lecture.12", ""),
        ("Bread.EN.vtt", "Bread", "en"),
    ],
)
def test_a_suffix_is_a_language_only_where_it_is_one(name: str, title: str, language: str) -> None:
    assert _sidecar.parted(PurePath(name).stem) == (title, language)


@pytest.mark.parametrize(
    ("stem", "title", "identity"),
    [
        ("Bread talk [aBcDeFgHiJk].en", "Bread talk", "aBcDeFgHiJk"),
        ("Bread talk [aBcDeFgHiJk]", "Bread talk", "aBcDeFgHiJk"),
        ("Bread [translation]", "Bread [translation]", ""),
        ("Bread [Livestreams]", "Bread [Livestreams]", ""),
        ("Bread [-_-_abc1234].en", "Bread", "-_-_abc1234"),
        ("[aBcDeFgHiJk]", "[aBcDeFgHiJk]", "aBcDeFgHiJk"),
    ],
)
def test_the_id_that_yt_dlp_puts_into_a_name_is_found(stem: str, title: str, identity: str) -> None:
    assert _sidecar.titled(stem) == (title, identity)


@pytest.mark.parametrize(
    "suffix",
    [
        *(".en.vtt", ".en-orig.vtt", ".en_US.vtt", ".eng.vtt", ".en-xY3_kLmN0pQ.vtt", ".vtt", ".en.json3"),
        *(".zh-Hans.srt", ".en.vtt.gz", ".txt", ".de-en.vtt", ".en.default.vtt", ".transcript.txt"),
    ],
)
def test_the_sidecar_of_a_file_is_found(suffix: str, tmp_path: Path) -> None:
    sidecar = tmp_path / "Bread talk [aBcDeFgHiJk].info.json"
    sidecar.write_text("{}")
    assert _sidecar.beside(tmp_path / f"Bread talk [aBcDeFgHiJk]{suffix}") == sidecar
