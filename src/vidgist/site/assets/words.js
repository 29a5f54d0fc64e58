/* A query as the words that are searched: exactly what site/words.py does with a text. */
"use strict";
{
  const MOST = 32;
  const BUCKETS = 256;
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3134f}";
  const POINTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]+/g;
  const RUN = new RegExp(`^[${UNSPACED}]`, "u");
  const ANY = new RegExp(`([${UNSPACED}]+)|((?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+)`, "gu");

  vidgist.normal = (text) => text.normalize("NFKD").toLowerCase().replace(POINTS, "").normalize("NFKC");

  /* {word, run}: run is true for a piece of a script without spaces. */
  vidgist.split = (text) => {
    const found = [];
    for (const match of vidgist.normal(text).matchAll(ANY)) {
      if (match[1]) {
        const run = Array.from(match[1]);
        run.forEach((character, at) => found.push({ word: character + (run[at + 1] ?? ""), run: true }));
      } else {
        found.push({ word: Array.from(match[2]).slice(0, MOST).join(""), run: false });
      }
    }
    return found;
  };

  /* A query with another word in place of one, whatever its accents or case. */
  vidgist.swap = (query, word, other) => {
    const place = vidgist.places(query).find((one) => one.normal === word);
    return place ? query.slice(0, place.start) + other + query.slice(place.start + place.text.length) : other;
  };

  vidgist.bucket = (word) => {
    const characters = Array.from(word);
    let key = 0;
    for (const character of RUN.test(word) ? characters.slice(0, 1) : characters.slice(0, 2)) {
      key = (key * 31 + character.codePointAt(0)) % BUCKETS;
    }
    return key.toString(16).padStart(2, "0");
  };

  /* Words of a text as it stands, with where they begin: for marking what was found. */
  vidgist.places = (text) => Array.from(text.matchAll(ANY), (match) => ({
    start: match.index, text: match[0], normal: vidgist.normal(match[0]), run: Boolean(match[1]),
  }));
}
