/* The list: search, filters, order, and the state of all of them in the address. */
"use strict";
{
  const BATCH = 40;
  const FIRST_CHOICES = 8;
  const TOPICS_SHOWN = 300;
  const SNIPPET = 180;
  const TIMES = 8;
  const $ = (id) => document.getElementById(id);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const { channels, topics } = vidgist.list;
  const rows = vidgist.list.rows.map(([number, page, title, channel, created, published, duration, about, status,
    teaser, lang, dir, words]) => ({ number, page, title, channel: channels[channel], created, published, duration,
    topics: about.map((topic) => topics[topic]), status, teaser, lang, dir, words,
    day: published || created.slice(0, 10) }));
  vidgist.measure(rows);

  const LISTS = ["channel", "topic", "status"];
  const values = {
    channel: (row) => (row.channel ? [row.channel] : []),
    topic: (row) => row.topics,
    status: (row) => [row.status ? "failed" : "done"],
  };
  const names = { status: { done: "Summarized", failed: "Failed" } };
  const opened = new Set();

  const state = { q: "", sort: "", from: "", to: "", shown: BATCH, channel: [], topic: [], status: [] };
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const key of ["q", "sort", "from", "to"]) state[key] = given.get(key) ?? "";
    for (const key of LISTS) state[key] = given.getAll(key);
    state.shown = BATCH;
  };
  const write = (isStep) => {
    const given = new URLSearchParams();
    for (const key of ["q", "sort", "from", "to"]) if (state[key]) given.set(key, state[key]);
    for (const key of LISTS) for (const value of state[key]) given.append(key, value);
    const hash = given.toString();
    const target = hash ? `#${hash}` : location.pathname + location.search;
    if (isStep) history.pushState(null, "", target); else history.replaceState(null, "", target);
  };

  // What passes the filters, all but one where the choices of that one are counted.
  const passes = (row, but = "") =>
    (!state.from || row.day >= state.from) && (!state.to || row.day <= state.to) &&
    LISTS.every((key) => key === but || !state[key].length ||
      values[key](row).some((value) => state[key].includes(value)));

  const orders = {
    noted: (a, b) => (a.created < b.created ? 1 : a.created > b.created ? -1 : 0),
    published: (a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0),
    title: (a, b) => a.title.localeCompare(b.title),
  };

  let found = { scores: new Map(), all: true, words: [], missing: [] };
  const matching = () => (state.q.trim() ? rows.filter((row) => found.scores.has(row.number)) : rows);

  const facets = (candidates) => {
    for (const key of LISTS) {
      const counts = new Map();
      for (const row of candidates) {
        if (passes(row, key)) for (const value of values[key](row)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      for (const value of state[key]) if (!counts.has(value)) counts.set(value, 0);
      let choices = Array.from(counts).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
      if (key === "topic") {
        const common = choices.filter(([value, count]) => count > 1 || state.topic.includes(value));
        choices = (common.length ? common : choices).slice(0, TOPICS_SHOWN);
      }
      const field = $(`facet-${key}`);
      field.hidden = !choices.length;
      const more = field.querySelector(".more");
      more.hidden = choices.length <= FIRST_CHOICES;
      more.textContent = opened.has(key) ? "Show fewer" : `Show all ${choices.length}`;
      more.setAttribute("aria-expanded", String(opened.has(key)));
      if (!opened.has(key)) {
        choices = choices.filter(([value], at) => at < FIRST_CHOICES || state[key].includes(value));
      }
      const focused = field.contains(document.activeElement) ? document.activeElement.value : null;
      field.querySelector(".choices").replaceChildren(...choices.map(([value, count]) => {
        const box = make("input", { type: "checkbox", name: key, value, checked: state[key].includes(value) });
        const shown = make("bdi", { textContent: names[key]?.[value] ?? value });
        return make("label", {}, box, make("span", {}, shown),
          make("span", { className: "count", textContent: count.toLocaleString("en") }));
      }));
      if (focused !== null) {
        for (const box of field.querySelectorAll("input")) if (box.value === focused) box.focus();
      }
    }
    const active = LISTS.reduce((sum, key) => sum + state[key].length, 0) + Boolean(state.from) + Boolean(state.to);
    $("active").textContent = active ? String(active) : "";
  };

  const item = (row) => {
    const facts = make("p", { className: "facts" });
    for (const fact of [row.channel, row.day, row.duration]) if (fact) facts.append(make("span", { textContent: fact }));
    if (row.status) facts.append(make("span", { className: "badge", textContent: row.status }));
    const link = make("a", { textContent: row.title });
    link.setAttribute("href", address(row.page));
    const element = make("li", {}, facts, make("h2", {}, link));
    if (row.lang) element.lang = row.lang;
    element.dir = row.dir || "auto";
    if (state.q.trim()) {
      const place = make("div", { className: "passages" });
      element.append(place);
      watcher.observe(place);
      wanted.set(place, row);
    } else if (row.teaser) {
      element.append(make("p", { className: "teaser", textContent: row.teaser }));
    }
    return element;
  };
  const address = (page) => page.split("/").map(encodeURIComponent).join("/");

  // Passages that hold the words, looked for when a result comes into view.
  const wanted = new WeakMap();
  const watcher = new IntersectionObserver((changes) => {
    for (const change of changes) {
      if (!change.isIntersecting) continue;
      watcher.unobserve(change.target);
      show(change.target, wanted.get(change.target));
    }
  }, { rootMargin: "400px" });

  const show = async (place, row) => {
    const asked = found.words;
    const passages = await vidgist.passages(row.number);
    const [best, ...others] = passages
      .map(([start, text]) => ({ start, text, ...marks(text, asked) }))
      .filter((one) => one.hits)
      .sort((a, b) => b.hits - a.hits);
    place.replaceChildren(best ? passage(row, best) : make("p", { className: "teaser", textContent: row.teaser }));
    const times = others.filter((one) => one.start !== null).slice(0, TIMES).sort((a, b) => a.start - b.start);
    if (times.length) {
      place.append(make("p", { className: "times", lang: "en" }, "Also at ",
        ...times.flatMap((one, at) => [at ? " · " : "", moment(row, one.start)])));
    }
  };

  const marks = (text, asked) => {
    const places = [];
    const hit = new Set();
    for (const place of vidgist.places(text)) {
      for (const { word, run } of asked) {
        if (run !== place.run) continue;
        if (!run && place.normal.startsWith(word)) {
          places.push([place.start, place.start + place.text.length]);
          hit.add(word);
          break;
        }
        if (run && place.normal.length === place.text.length) {
          for (let at = place.normal.indexOf(word); at >= 0; at = place.normal.indexOf(word, at + 1)) {
            places.push([place.start + at, place.start + at + word.length]);
            hit.add(word);
          }
        }
      }
    }
    places.sort((a, b) => a[0] - b[0]);
    return { places, hits: hit.size };
  };

  const passage = (row, { start, text, places }) => {
    const from = places[0][0];
    let begin = Math.max(0, from - SNIPPET / 3);
    if (begin) begin = Math.max(begin, text.lastIndexOf(" ", from - SNIPPET / 4) + 1);
    const end = Math.min(text.length, begin + SNIPPET);
    const words = make("span");
    let at = begin;
    for (const [first, last] of places) {
      if (first < at || last > end) continue;
      words.append(text.slice(at, first), make("mark", { textContent: text.slice(first, last) }));
      at = last;
    }
    words.append(text.slice(at, end));
    if (begin) words.prepend("… ");
    if (end < text.length) words.append(" …");
    const line = make("p", { className: "passage" });
    if (start !== null) line.append(moment(row, start), " ");
    line.append(words);
    return line;
  };
  const moment = (row, start) => {
    const link = make("a", { className: "time", textContent: clock(start) });
    link.setAttribute("href", `${address(row.page)}#t${start}`);
    return link;
  };
  const clock = (seconds) => {
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes}:${two(seconds % 60)}`
      : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  };

  let results = [];
  const list = () => {
    $("results").replaceChildren(...results.slice(0, state.shown).map(item));
    $("more").hidden = results.length <= state.shown;
  };
  const draw = () => {
    const candidates = matching();
    facets(candidates);
    results = candidates.filter((row) => passes(row));
    const order = orders[state.sort] ?? (state.q.trim()
      ? (a, b) => found.scores.get(b.number) - found.scores.get(a.number) : orders.noted);
    results.sort(order);
    $("sort").options[0].textContent = state.q.trim() ? "Best match" : "Newest notes";
    $("sort").options[1].hidden = !state.q.trim();
    const count = results.length.toLocaleString("en");
    const total = rows.length.toLocaleString("en");
    const plural = rows.length === 1 ? "record" : "records";
    $("status").textContent = results.length === rows.length ? `${total} ${plural}` : `${count} of ${total} ${plural}` +
      (found.all ? "" : " (none has all the words)");
    list();
    explain(candidates.length);
  };

  /* Where nothing or not all was found: what none has, what is spelt nearly so, and the ways out. */
  const button = (text, action) => {
    const one = make("button", { type: "button", textContent: text });
    one.addEventListener("click", () => { action(); $("q").focus(); });
    return one;
  };
  const isFiltered = () => LISTS.some((key) => state[key].length) || Boolean(state.from || state.to);
  const clearFilters = () => {
    for (const key of LISTS) state[key] = [];
    state.from = state.to = "";
    fill();
    change(true);
  };
  const ask = (query) => {
    state.q = query;
    fill();
    change(true);
  };
  const explain = async (candidates) => {
    const place = $("nothing");
    const mine = turn;
    const missing = found.missing.map((one) => one.word);
    const lines = [];
    const ways = [];
    if (!rows.length) {
      lines.push("There are no records yet.");
    } else if (missing.length) {
      lines.push(`No record has ${missing.map((word) => `“${word}”`).join(", ")}.`);
      for (const { word, run } of found.missing) {
        if (run) continue;
        for (const other of await vidgist.near(word)) {
          ways.push(button(other, () => ask(vidgist.swap(state.q, word, other))));
        }
      }
      if (mine !== turn) return;
      if (ways.length) lines.push("Spelt nearly so:");
    } else if (!results.length && candidates && isFiltered()) {
      const count = candidates.toLocaleString("en");
      lines.push(`No record passes the filters; ${count} would without them.`);
    } else if (!results.length && isFiltered()) {
      lines.push("No record passes the filters.");
    }
    if (!results.length && rows.length) {
      if (state.q.trim()) ways.push(button("Clear the search", () => ask("")));
      if (isFiltered()) ways.push(button("Clear the filters", clearFilters));
    }
    place.hidden = !lines.length;
    place.replaceChildren(...lines.map((text) => make("p", { textContent: text })), ...ways);
  };

  let turn = 0;
  const refresh = async () => {
    const mine = ++turn;
    const began = performance.now();
    const answer = await vidgist.search(state.q);
    if (mine !== turn) return;
    found = answer;
    draw();
    document.documentElement.dataset.took = (performance.now() - began).toFixed(1);
  };

  const fill = () => {
    $("q").value = state.q;
    for (const key of ["sort", "from", "to"]) $(key).value = state[key];
  };
  /* A choice is a step that the browser's back button takes back; typing is one step with its first letter. */
  const change = (isStep) => { state.shown = BATCH; write(isStep); refresh(); };

  $("filters").addEventListener("click", () => {
    const open = $("facets").classList.toggle("open");
    $("filters").setAttribute("aria-expanded", String(open));
  });

  $("search").addEventListener("submit", (event) => { event.preventDefault(); $("results").querySelector("a")?.focus(); });
  $("q").addEventListener("input", () => {
    const isFirst = !state.q.trim();
    state.q = $("q").value;
    change(isFirst && Boolean(state.q.trim()));
  });
  for (const id of ["sort", "from", "to"]) {
    $(id).addEventListener("change", () => { state[id] = $(id).value; change(true); });
  }
  for (const key of LISTS) {
    $(`facet-${key}`).addEventListener("change", (event) => {
      const { value, checked } = event.target;
      state[key] = checked ? [...state[key], value] : state[key].filter((one) => one !== value);
      change(true);
    });
    $(`facet-${key}`).querySelector(".more").addEventListener("click", () => {
      if (!opened.delete(key)) opened.add(key);
      facets(matching());
    });
  }
  $("more").addEventListener("click", () => {
    const next = state.shown;
    state.shown += BATCH;
    list();
    $("results").children[next]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      $("q").focus();
    } else if (event.key === "Escape" && event.target === $("q") && state.q) {
      event.preventDefault();
      state.q = $("q").value = "";
      change();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey &&
      !event.shiftKey) {
      step(event);
    }
  });
  /* Arrow keys go from the search through the hits and back; Enter opens the one that has the focus. */
  const step = (event) => {
    const links = Array.from($("results").querySelectorAll("h2 a"));
    const at = links.findIndex((link) => link.closest("li").contains(event.target));
    if (event.target === $("q") ? event.key === "ArrowUp" : at < 0) return;
    event.preventDefault();
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0) { $("q").focus(); return; }
    if (next === links.length && !$("more").hidden) { $("more").click(); return; }
    links[next]?.focus();
  };

  /* What the reader of a record needs for its ways to the next one and back. */
  const KEPT = 2_000;
  const keep = (event) => {
    if (!event.target.closest?.("a[href]")) return;
    const pages = results.slice(0, KEPT).map((row) => row.page);
    try {
      sessionStorage.setItem("vidgist.results", JSON.stringify({ hash: location.hash, pages }));
    } catch { /* kept from scripts by the person's settings, or full */ }
  };
  for (const name of ["click", "auxclick"]) $("results").addEventListener(name, keep);

  addEventListener("popstate", () => { read(); fill(); refresh(); });

  read();
  fill();
  refresh();
}
