/* A record's page: the map can be moved and enlarged, #t=83 finds the paragraph that holds second 83, and the
   results that led here are one step away. */
"use strict";
{
  const seek = () => {
    const given = /^#t=(\d+)$/.exec(location.hash);
    if (!given) return;
    const marks = Array.from(document.querySelectorAll(".words [id^=t]"));
    const before = marks.filter((mark) => Number(mark.id.slice(1)) <= Number(given[1]));
    const target = before.at(-1) ?? marks[0];
    if (target) location.replace(`#${target.id}`);
  };
  addEventListener("hashchange", seek);
  seek();
}
{
  /* The list keeps in the session what it showed, in its order; without it, only the way back stands. */
  let results = null;
  try {
    results = JSON.parse(sessionStorage.getItem("vidgist.results"));
  } catch { /* kept from scripts by the person's settings, or not ours */ }
  const here = decodeURIComponent(location.pathname.split("/").at(-1));
  const at = Array.isArray(results?.pages) ? results.pages.indexOf(`r/${here}`) : -1;
  if (at >= 0) {
    const back = document.getElementById("back");
    const hash = /^#[^\s]*$/.test(results.hash ?? "") ? results.hash : "";
    back.setAttribute("href", `../index.html${hash}`);
    if (hash) back.textContent = "Back to the results";
    for (const [id, page] of [["previous", results.pages[at - 1]], ["next", results.pages[at + 1]]]) {
      const link = document.getElementById(id);
      if (typeof page !== "string" || !page.startsWith("r/")) continue;
      link.setAttribute("href", encodeURIComponent(page.slice(2)));
      link.removeAttribute("aria-hidden");
    }
    document.getElementById("place").textContent = `${(at + 1).toLocaleString("en")} of ${results.pages.length.toLocaleString("en")}`;
  }
}
for (const figure of document.querySelectorAll("figure.map")) {
  const canvas = figure.querySelector(".canvas");
  const svg = canvas.querySelector("svg");
  if (!svg?.viewBox.baseVal?.width) continue;
  const { x, y, width, height } = svg.viewBox.baseVal;
  const whole = { x, y, width, height };
  const large = figure.querySelector(".enlarge");
  const LEAST = 0.1;
  let view = { ...whole };
  const apply = () => {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    figure.classList.toggle("near", near());
  };
  const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
  const settle = () => {
    view.x = clamp(view.x, whole.x, whole.x + whole.width - view.width);
    view.y = clamp(view.y, whole.y, whole.y + whole.height - view.height);
    apply();
  };
  const near = () => view.width < whole.width;
  /* A map fits its frame; where that makes it much smaller than it is, a first step shows it at its full size. */
  const SMALL = 0.7;
  const shrinks = () => large.checked || svg.getBoundingClientRect().width < SMALL * Number(svg.getAttribute("width"));
  const fit = () => { large.checked = false; };
  const unfit = (atX) => {
    const place = () => svg.getBoundingClientRect().left + atX * svg.getBoundingClientRect().width;
    const before = place();
    large.checked = true;
    canvas.scrollLeft += place() - before;
  };
  /* From one to the other it is a step: a tremor of two fingers must not take it. */
  const STEP = 1.3;
  let pull = 1;
  const steps = (factor, atX) => {
    const fits = !large.checked;
    if (fits ? factor < 1 || !shrinks() : factor > 1 || near()) {
      pull = 1;
      return false;
    }
    pull *= factor;
    if (Math.max(pull, 1 / pull) < STEP) return true;
    pull = 1;
    if (fits) unfit(atX); else fit();
    return true;
  };
  /* Enlarge by a factor around a point given in shares of the picture. */
  const zoom = (factor, atX = 0.5, atY = 0.5) => {
    if (steps(factor, atX)) return;
    const share = clamp(view.width / whole.width / factor, LEAST, 1);
    const width = whole.width * share;
    const height = whole.height * share;
    view = { x: view.x + (view.width - width) * atX, y: view.y + (view.height - height) * atY, width, height };
    settle();
  };
  const move = (x, y) => { view.x += x * view.width; view.y += y * view.height; settle(); };
  const reset = () => { view = { ...whole }; apply(); fit(); };
  const shares = (event) => {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls; pinching a trackpad sets ctrlKey
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 200), ...shares(event));
  }, { passive: false });

  /* Two fingers are the map's, from the first touch on; one scrolls, until the map is enlarged. */
  const pointers = new Map();
  const hold = () => {
    if (near() || pointers.size > 1) for (const id of pointers.keys()) canvas.setPointerCapture(id);
  };
  canvas.addEventListener("touchstart", (event) => {
    if (event.touches.length > 1) event.preventDefault();
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, event);
    hold();
  });
  canvas.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    pointers.set(event.pointerId, event);
    const box = svg.getBoundingClientRect();
    const across = (last.clientX - event.clientX) / box.width;
    const down = (last.clientY - event.clientY) / box.height;
    if (pointers.size > 1) {
      const other = Array.from(pointers.values()).find((one) => one !== event);
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
      move(across / 2, down / 2);
      zoom(apart(event) / apart(last), ...shares(middle));
    } else if (near()) {
      move(across, down);
    }
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, (event) => pointers.delete(event.pointerId));
  }
  svg.addEventListener("dblclick", (event) => zoom(1.8, ...shares(event)));

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: reset,
      ...(near() ? { ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1),
        ArrowDown: () => move(0, 0.1), Escape: reset } : {}),
    };
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });

  const bar = document.createElement("div");
  bar.className = "zoom";
  bar.lang = "en";
  for (const [sign, label, action] of [["+", "Enlarge the map", () => zoom(1.4)],
    ["−", "Make the map smaller", () => zoom(1 / 1.4)], ["⟲", "Show the whole map", reset]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", action);
    bar.append(button);
  }
  figure.append(bar);
  figure.classList.add("moves");
}
