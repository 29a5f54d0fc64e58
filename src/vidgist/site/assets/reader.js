/* A record's page: the map can be moved and enlarged, and #t=83 finds the paragraph that holds second 83. */
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
for (const figure of document.querySelectorAll("figure.map")) {
  const canvas = figure.querySelector(".canvas");
  const svg = canvas.querySelector("svg");
  if (!svg?.viewBox.baseVal?.width) continue;
  const whole = { ...{ x: svg.viewBox.baseVal.x, y: svg.viewBox.baseVal.y },
    width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const LEAST = 0.1;
  let view = { ...whole };
  const apply = () => {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    figure.classList.toggle("near", view.width < whole.width);
  };
  const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
  const settle = () => {
    view.x = clamp(view.x, whole.x, whole.x + whole.width - view.width);
    view.y = clamp(view.y, whole.y, whole.y + whole.height - view.height);
    apply();
  };
  /* Where a map is scrolled in its frame, since it would be too small to read, it can be made to fit. */
  const overflows = () => canvas.scrollWidth > canvas.clientWidth + 1;
  const fit = () => { if (overflows()) figure.classList.add("fit"); };
  /* Enlarge by a factor around a point given in shares of the picture. */
  const zoom = (factor, atX = 0.5, atY = 0.5) => {
    if (factor > 1 && figure.classList.contains("fit")) {
      figure.classList.remove("fit");
      return;
    }
    if (factor < 1 && view.width === whole.width) fit();
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

  const fingers = new Map();
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && view.width === whole.width && !fingers.size)) {
      fingers.set(event.pointerId, event);
      return;
    }
    fingers.set(event.pointerId, event);
    if (view.width < whole.width) svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const box = svg.getBoundingClientRect();
    if (fingers.size === 2) {
      const other = Array.from(fingers.values()).find((one) => one.pointerId !== event.pointerId);
      const apart = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1;
      zoom(apart(event, other) / apart(last, other), ...shares(event));
    } else if (view.width < whole.width) {
      move((last.clientX - event.clientX) / box.width, (last.clientY - event.clientY) / box.height);
    }
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    svg.addEventListener(name, (event) => fingers.delete(event.pointerId));
  }
  svg.addEventListener("dblclick", (event) => zoom(1.8, ...shares(event)));

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const near = view.width < whole.width;
    const actions = {
      "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: reset,
      ...(near ? { ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1),
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
}
