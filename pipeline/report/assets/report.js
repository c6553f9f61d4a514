// The little that pages need a script for: the language, filters and sorting, the light between a
// value and its print, lines for corrections. Text of documents is only ever set as text.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// ---------------------------------------------------------------- language

const asked = new URLSearchParams(location.search).get("lang");
const LANGUAGE = asked === "zh" || asked === "en" ? asked
  : (navigator.languages || []).some((l) => /^(zh|en)/.test(l))
    ? navigator.languages.find((l) => /^(zh|en)/.test(l)).slice(0, 2) : "en";

function text(key, ...values) {
  const pattern = STRINGS[LANGUAGE][key];
  if (pattern === undefined) return key.split(".").pop().replaceAll("_", " ");
  return pattern.replace(/\{(\d)\}/g, (_, n) => values[Number(n)]);
}

const filled = (element) => (element.dataset.a || "").split("\n"); // what stands in a text

// Themes by their codes.
const themeNames = (codes) => codes.map((code) => text(`theme.${code}`)).join(LANGUAGE === "zh" ? "；" : "; ");

function translate() {
  document.documentElement.lang = LANGUAGE;
  for (const link of all(".languages a")) {
    if (link.lang === LANGUAGE) link.setAttribute("aria-current", "true");
    link.addEventListener("click", () => { link.hash = location.hash; });
  }
  if (LANGUAGE !== "en") {
    for (const shared of all("[data-themes]:not(table)")) {
      shared.textContent = themeNames(shared.dataset.themes.split(" "));
    }
    for (const element of all("[data-t]")) {
      element.textContent = text(element.dataset.t, ...filled(element));
    }
    for (const element of all("[data-zh]")) {
      element.textContent = element.dataset.zh;
      element.lang = "zh";
    }
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of all(`[data-t-${name}]`)) {
        const key = element.getAttribute(`data-t-${name}`);
        element.setAttribute(name, text(key, ...filled(element)));
      }
    }
  }
  if (asked) { // what was asked for holds on the next page
    for (const link of all("a[href]")) {
      const href = link.getAttribute("href");
      if (href.startsWith("#") || href.startsWith("?")) continue;
      const [path, hash] = href.split("#");
      link.setAttribute("href", `${path}?lang=${LANGUAGE}${hash ? `#${hash}` : ""}`);
    }
  }
}

// A country in the reader's language; the code where there is no such name.
const countries = new Map();
function countryName(code) {
  if (!countries.has(code)) {
    let name = code;
    try {
      name = new Intl.DisplayNames([LANGUAGE === "zh" ? "zh-Hans" : "en"], { type: "region" }).of(code);
    } catch { /* the code stays */ }
    countries.set(code, name);
  }
  return countries.get(code);
}

function nameCountries() {
  for (const element of all("span[data-country], option[data-country]")) {
    element.firstChild.data = countryName(element.dataset.country);
  }
}

// ---------------------------------------------------------------- tables

// The same as `fold` in pipeline/report/search.py.
const folds = new Map();
function fold(typed) {
  if (!folds.size && typeof FOLDS !== "undefined") {
    const pairs = [...FOLDS[0]];
    for (let i = 0; i < pairs.length; i += 2) folds.set(pairs[i], pairs[i + 1]);
    for (const [from, to] of Object.entries(FOLDS[1])) folds.set(from, to);
  }
  const plain = [...typed.normalize("NFKD").toLowerCase()].map((c) => folds.get(c) || c).join("");
  return plain.replace(/[^\p{L}\p{N}]/gu, "");
}

// A country is found by the names that readers of either language see.
const countryKeys = new Map();
function countryKey(code) {
  if (!countryKeys.has(code)) {
    const names = ["en", "zh-Hans"].map((language) => {
      try { return new Intl.DisplayNames([language], { type: "region" }).of(code); } catch { return ""; }
    });
    countryKeys.set(code, names.map((name) => ` ${fold(name)}`).join(""));
  }
  return countryKeys.get(code);
}

const AT_ONCE = 200; // rows that are shown before all are asked for

function filtering(table) {
  const form = one("form.filters");
  const body = table.tBodies[0];
  const more = one("button.more");
  const nothing = one(".nothing");
  let whole = false;
  const rows = [...body.rows].map((row) => ({
    row,
    key: row.dataset.key + countryKey(row.dataset.country),
    country: row.dataset.country,
    kind: row.dataset.kind,
    edition: row.dataset.edition,
    theme: new Set((row.dataset.theme || "").split(" ")),
  }));
  const themes = form.theme ? [...form.theme.options].map((o) => o.value).filter(Boolean) : [];

  function fits(entry, words, theme) {
    const has = (w) => entry.key.includes(w) || (/.市$/.test(w) && entry.key.includes(w.slice(0, -1)));
    const asked = (n) => !form[n] || !form[n].value || entry[n] === form[n].value;
    const other = Boolean(form.others && form.others.checked && form.country.value);
    return words.every(has) && ["kind", "edition"].every(asked) && asked("country") !== other
      && (theme < 0 || entry.theme.has(String(theme)));
  }
  function apply() {
    const words = form.search.value.split(/\s+/).map(fold).filter(Boolean);
    const theme = form.theme ? themes.indexOf(form.theme.value) : -1;
    let found = 0;
    // Rows may have been sorted: their order is that of the table.
    const known = new Map(rows.map((entry) => [entry.row, entry]));
    for (const row of body.rows) {
      const fit = fits(known.get(row), words, theme);
      found += fit;
      row.hidden = !fit || (!whole && found > AT_ONCE);
    }
    table.classList.add("ready");
    one(".shown", form).textContent = text("explore.shown", found, rows.length);
    if (more) more.hidden = whole || found <= AT_ONCE;
    if (nothing) nothing.hidden = found > 0;
  }
  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const [name, value] of given) if (form[name]) form[name].value = value;
    apply();
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  if (more) more.addEventListener("click", () => { whole = true; apply(); });
  table.addEventListener("sorted", apply);
  addEventListener("hashchange", fromAddress);
  addEventListener("pageshow", apply); // a browser that goes back fills the form in again
  fromAddress();
}

function sorting(table) {
  const compare = new Intl.Collator(LANGUAGE === "zh" ? "zh-Hans" : "en", { numeric: true }).compare;
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, at, numeric) => {
    const cell = row.cells[at];
    // A place goes by the name that readers of the language know it by.
    const named = (LANGUAGE === "en" && one(".latin", cell)) || cell;
    const raw = cell.dataset.k ?? named.textContent.trim();
    if (!numeric) return raw === "–" ? null : raw;
    const number = parseFloat(String(raw).replace(/[^\d.eE+-]/g, ""));
    return Number.isNaN(number) ? null : number;
  };
  heads.forEach((head, at) => {
    if (head.tagName !== "TH") return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const numeric = head.classList.contains("num");
      const now = head.getAttribute("aria-sort");
      const next = now === "descending" || (!now && !numeric) ? "ascending" : "descending";
      heads.forEach((h) => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", next);
      const turn = next === "ascending" ? 1 : -1;
      const rows = [...table.tBodies[0].rows].map((row) => [value(row, at, numeric), row]);
      rows.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null); // what is missing comes last
        return turn * (numeric ? a - b : compare(a, b));
      });
      table.tBodies[0].append(...rows.map(([, row]) => row));
      table.dispatchEvent(new Event("sorted"));
    });
  });
}

// ---------------------------------------------------------------- a value and its print

function lighting(sheet) {
  const status = one(".status");
  const places = all("[data-at]");
  const byLine = new Map();
  const byValue = new Map();
  for (const element of all("[data-v]")) {
    for (const id of element.dataset.v.split(" ")) {
      if (!byValue.has(id)) byValue.set(id, []);
      byValue.get(id).push(element);
    }
  }
  for (const element of places) {
    for (const token of element.dataset.at.split(" ")) {
      const line = token.split(":")[0];
      if (!byLine.has(line)) byLine.set(line, []);
      byLine.get(line).push(element);
    }
  }
  let lit = [];
  const light = (element) => { element.classList.add("lit"); lit.push(element); };

  function clear() {
    for (const element of lit) element.classList.remove("lit");
    lit = [];
    if (CSS.highlights) CSS.highlights.delete("print");
    status.textContent = "";
  }
  function reveal(line) {
    const box = sheet.getBoundingClientRect();
    const own = line.getBoundingClientRect();
    if (own.top < box.top + 8 || own.bottom > box.bottom - 8) {
      sheet.scrollTop += own.top - box.top - box.height / 3;
    }
  }
  function lightPrint(tokens) {
    const ranges = [];
    let first = null;
    for (const token of tokens) {
      const [id, span] = token.split(":");
      const line = document.getElementById(id);
      if (!line) continue;
      first = first || line;
      light(line);
      const node = line.firstChild;
      if (span && node && CSS.highlights) {
        // Offsets count characters; the range wants UTF-16 units.
        const [start, end] = span.split("-").map((n) => [...node.data].slice(0, Number(n)).join("").length);
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
    if (ranges.length) CSS.highlights.set("print", new Highlight(...ranges));
    return first;
  }
  function fromValue(element) {
    clear();
    const peers = new Set([element]);
    for (const id of (element.dataset.v || "").split(" ").filter(Boolean)) {
      for (const peer of byValue.get(id)) peers.add(peer);
    }
    const tokens = new Set();
    for (const peer of peers) {
      light(peer);
      for (const token of (peer.dataset.at || "").split(" ").filter(Boolean)) tokens.add(token);
    }
    const first = lightPrint(tokens);
    if (first) reveal(first);
  }
  function fromLine(line) {
    clear();
    light(line);
    const values = byLine.get(line.id) || [];
    values.forEach(light);
    const role = line.closest(".run").querySelector("h4").textContent;
    const told = values.filter((v) => v.matches("a, tr")).length;
    status.textContent = `${text("check.place_in_line", line.value)}: ${role}`
      + (told ? `; ${text("check.values_here", told)}` : "");
  }
  const target = (event) => event.target.closest && event.target.closest("[data-v], [data-at], .sheet li");
  function show(event) {
    const found = target(event);
    if (!found) return;
    if (found.matches(".sheet li")) fromLine(found); else fromValue(found);
  }
  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("click", show);
  one(".panes").addEventListener("pointerleave", clear);

  let current = -1;
  const lines = all("li", sheet);
  sheet.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target !== sheet) return;
    event.preventDefault();
    current = Math.min(Math.max(current + step, 0), lines.length - 1);
    fromLine(lines[current]);
    reveal(lines[current]);
  });
  function fromAddress() {
    const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (element && element.matches("[data-v], [data-at]")) fromValue(element);
  }
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

// ---------------------------------------------------------------- corrections

const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

async function copied(line, code) {
  try {
    await navigator.clipboard.writeText(line);
    return true;
  } catch { // a page from disk may not be allowed to
    getSelection().selectAllChildren(code);
    return document.execCommand("copy");
  }
}

function correcting(fix) {
  const code = one(".line code", fix);
  const button = one("button.copy", fix);
  const { before, after } = fix.dataset;
  const [value, reason] = all("input", fix);
  fix.addEventListener("input", () => {
    code.textContent = [before, cell(value.value), cell(reason.value), after].join(",");
  });
  button.addEventListener("click", async () => {
    const done = await copied(code.textContent, code);
    button.textContent = text(done ? "check.copied" : "check.copy_failed");
    setTimeout(() => { button.textContent = text("check.copy"); }, 2000);
  });
}

// ---------------------------------------------------------------- places without a label

function naming(dots) {
  const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
  label.setAttribute("class", "pointed");
  dots.append(label); // after all dots, so that none covers it
  const width = dots.ownerSVGElement.viewBox.baseVal.width;
  function show(event) {
    const link = event.target.closest("a");
    if (!link || one("text", link)) return;
    const [x, y, r] = ["cx", "cy", "r"].map((name) => Number(one("circle", link).getAttribute(name)));
    label.textContent = one("title", link).textContent;
    label.setAttribute("x", x);
    label.setAttribute("y", y - r > 16 ? y - r - 4 : y + r + 14);
    label.setAttribute("text-anchor", x < width / 8 ? "start" : x > width * 7 / 8 ? "end" : "middle");
  }
  const hide = () => { label.textContent = ""; };
  dots.addEventListener("pointerover", show);
  dots.addEventListener("focusin", show);
  dots.addEventListener("pointerout", hide);
  dots.addEventListener("focusout", hide);
}

// ---------------------------------------------------------------- lists that are folded away

function unfold() {
  const named = document.getElementById(location.hash.slice(1));
  if (named && named.matches("details")) {
    named.open = true;
    named.scrollIntoView();
  }
}

// ----------------------------------------------------------------

addEventListener("hashchange", unfold);
translate();
nameCountries();
all("table.sortable").forEach(sorting);
all("table.filtered").forEach(filtering);
all(".sheet").forEach(lighting);
all(".map .dots, .scatter .dots").forEach(naming);
all(".fix").forEach(correcting);
unfold();
