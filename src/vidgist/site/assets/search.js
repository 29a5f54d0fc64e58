/* Search over the index files, loaded as scripts when first needed; see site/index.py for their form. */
"use strict";
{
  const STEPS = 8;
  const PREFIX = 0.5; // a word that only begins like the one asked for counts half
  const MOST_EXPANSIONS = 200;
  const DIGITS = new Uint8Array(128);
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    .forEach((digit, value) => { DIGITS[digit.charCodeAt(0)] = value; });

  const lengths = new Map();
  let average = 1;
  const there = new Set(vidgist.list.buckets);
  const loaded = new Map();
  const waiting = new Map();

  const load = (source) => new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = script.onerror = () => { script.remove(); resolve(); };
    document.head.append(script);
  });

  vidgist.words = (bucket, postings) => {
    const before = loaded.get(bucket);
    if (!before) { loaded.set(bucket, postings); return; }
    for (const word of Object.keys(postings)) {
      before[word] = (Object.hasOwn(before, word) ? before[word] : "") + postings[word];
    }
  };
  vidgist.measure = (rows) => {
    let sum = 0;
    for (const row of rows) { lengths.set(row.number, row.words); sum += row.words; }
    average = Math.max(1, sum / Math.max(1, rows.length));
  };

  const file = (bucket) => {
    if (!there.has(bucket)) return Promise.resolve();
    if (!waiting.has(bucket)) waiting.set(bucket, load(`data/words/${bucket}.js`));
    return waiting.get(bucket);
  };

  const texts = new Map();
  vidgist.text = (number, passages) => { texts.set(number, passages); };
  vidgist.passages = async (number) => {
    if (!texts.has(number)) await load(`data/text/${number}.js`);
    return texts.get(number) ?? [];
  };

  /* Into scores: for each record the best of the word's forms, by BM25. */
  const collect = (word, postings, scores, share) => {
    const inverse = Math.log(1 + lengths.size / (postings.length / 4 + 0.5));
    for (let at = 0; at < postings.length; at += 4) {
      const number = (DIGITS[postings.charCodeAt(at)] << 12) | (DIGITS[postings.charCodeAt(at + 1)] << 6) |
        DIGITS[postings.charCodeAt(at + 2)];
      const length = lengths.get(number);
      if (length === undefined) continue;
      const count = 2 ** (DIGITS[postings.charCodeAt(at + 3)] / STEPS) - 1;
      const score = share * inverse * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / average));
      if (score > (scores.get(number) ?? 0)) scores.set(number, score);
    }
  };

  const lookUp = async ({ word, run }) => {
    const bucket = vidgist.bucket(word);
    await file(bucket);
    const postings = loaded.get(bucket) ?? {};
    const scores = new Map();
    if (Object.hasOwn(postings, word)) collect(word, postings[word], scores, 1);
    // Of a script without spaces only a single character is a beginning; one letter begins too much.
    const single = Array.from(word).length === 1;
    if (run ? single : !single) {
      let count = 0;
      for (const other in postings) {
        if (other !== word && other.startsWith(word)) {
          collect(other, postings[other], scores, PREFIX);
          if (++count === MOST_EXPANSIONS) break;
        }
      }
    }
    return scores;
  };

  /* How many letters differ, two at most; beyond that three. Neighbours that changed places count once. */
  const MOST_APART = 2;
  const apart = (a, b) => {
    if (Math.abs(a.length - b.length) > MOST_APART) return MOST_APART + 1;
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > MOST_APART) return MOST_APART + 1;
      [before, last] = [last, row];
    }
    return Math.min(last[b.length], MOST_APART + 1);
  };

  /* Words of the records that are spelt nearly like one that none has: the nearest first, then the commonest.
     They are looked for where its beginning lies, also with its first letters changed in places or one taken away. */
  const NEAR = 4;
  vidgist.near = async (word) => {
    const letters = Array.from(word);
    if (letters.length < 4) return [];
    const [first, second, third] = letters;
    const beginnings = [first + second, second + first, second + third, first + third];
    const buckets = Array.from(new Set(beginnings.map(vidgist.bucket)));
    await Promise.all(buckets.map(file));
    const most = letters.length < 6 ? 1 : MOST_APART;
    const found = new Map();
    for (const bucket of buckets) {
      const postings = loaded.get(bucket) ?? {};
      for (const other of Object.keys(postings)) {
        const distance = apart(word, other);
        if (!distance || distance > most) continue;
        const held = postings[other].length / 4;
        if (lengths.size) found.set(other, [distance, -held]);
      }
    }
    return Array.from(found).sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1]).slice(0, NEAR).map(([other]) => other);
  };

  /* {scores: Map of record numbers, all: whether each record has every word}. */
  vidgist.search = async (query) => {
    const asked = vidgist.split(query);
    // The last character of a run is a word by itself only where it is asked for alone.
    const words = asked.filter((one, at) => !(one.run && Array.from(one.word).length === 1 && asked[at - 1]?.run &&
      asked[at - 1].word.endsWith(one.word)));
    const unique = Array.from(new Map(words.map((one) => [one.word, one])).values());
    if (!unique.length) return { scores: new Map(), all: true, words: [], missing: [] };
    const found = await Promise.all(unique.map(lookUp));
    const sums = new Map();
    const hits = new Map();
    for (const scores of found) {
      for (const [number, score] of scores) {
        sums.set(number, (sums.get(number) ?? 0) + score);
        hits.set(number, (hits.get(number) ?? 0) + 1);
      }
    }
    const missing = unique.filter((one, at) => !found[at].size);
    const full = new Map(Array.from(sums).filter(([number]) => hits.get(number) === unique.length));
    if (full.size || unique.length === 1) return { scores: full, all: true, words: unique, missing };
    const some = new Map(Array.from(sums, ([number, score]) => [number, score * hits.get(number)]));
    return { scores: some, all: false, words: unique, missing };
  };
}
