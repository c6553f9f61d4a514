// Lists of partners: all of a list where some are shown, and the list as a file for a spreadsheet.
// What report.js has of texts, countries and cells of CSV is used here.
"use strict";

const MOST_ROWS = 8; // of a table that is shown in short, as report.css has it

function shortened(table) {
  const button = one(`button.whole[data-table="${table.id}"]`);
  if (!button || table.tBodies[0].rows.length <= MOST_ROWS) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    table.classList.add("all");
    button.hidden = true;
    one("a", table.tBodies[0].rows[MOST_ROWS]).focus();
  });
}

// ---------------------------------------------------------------- all places and their partners

function partnersIn(list, codes) {
  return list.dataset.all.split(" ").filter(Boolean).map((entry) => {
    const [row, themes, similarity] = entry.split(":");
    return { row: Number(row), themes: themes.split(",").map((n) => codes[n]), similarity };
  });
}

function say(partner, item) { // in the reader's language
  one(".themes", item).textContent = themeNames(partner.themes);
  one(".shared", item).textContent = text("explore.shared", partner.themes.length, partner.similarity);
}

function listed(partner, rows, pattern) {
  const item = pattern.cloneNode(true);
  one("a", item).replaceWith(one("th a", rows[partner.row]).cloneNode(true));
  say(partner, item);
  return item;
}

function pairing(table) {
  const rows = [...table.tBodies[0].rows];
  const codes = table.dataset.themes.split(" ");
  for (const list of all("ul", table)) {
    const partners = partnersIn(list, codes);
    const items = [...list.children];
    if (LANGUAGE !== "en") items.forEach((item, n) => say(partners[n], item));
    const button = list.nextElementSibling;
    if (!button || !button.matches("button")) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const added = partners.slice(items.length).map((p) => listed(p, rows, items[0]));
      list.append(...added);
      button.hidden = true;
      one("a", added[0]).focus();
    });
  }
}

// ---------------------------------------------------------------- a file for a spreadsheet

// The same as FORMULA in pipeline/emit/files.py: what a spreadsheet would take for a formula.
const guarded = (value) => (/^[\p{Z}\p{C}]*'*[=+\-@＝＋－＠]/u.test(value) ? `'${value}` : value);

const HEAD = ["check.saved_place_zh", "check.saved_place_en", "check.saved_scope",
  "check.saved_partner_zh", "check.saved_partner_en", "check.saved_country",
  "check.shared_themes", "check.shared_count", "check.jaccard"];
const SCOPES = { abroad: "check.scope_abroad", home: "check.scope_home", unknown: "check.scope_unknown" };

function namesIn(element) {
  const name = (selector) => (one(selector, element) ? one(selector, element).textContent : "");
  return [name("[lang=zh]"), name(".latin")];
}

function ofPlace(section) { // the tables of a place
  const own = namesIn(one("h1"));
  return all("table.partners", section).flatMap((table) => [...table.tBodies[0].rows].map((row) => {
    const country = one("[data-country]", row);
    return [...own, text(SCOPES[table.dataset.scope]), ...namesIn(row),
      countryName(country ? country.dataset.country : section.dataset.country),
      one(".themes", row).textContent, ...all(".num", row).map((n) => n.textContent)];
  }));
}

function ofAll(table) { // the table of all places, of those that are found
  const rows = [...table.tBodies[0].rows];
  const codes = table.dataset.themes.split(" ");
  return rows.filter((row) => !row.hidden).flatMap((row) => all("ul", row).flatMap(
    (list) => partnersIn(list, codes).map((p) => [
      ...namesIn(one("th", row)), text(SCOPES[list.dataset.scope]),
      ...namesIn(one("th", rows[p.row])), countryName(rows[p.row].dataset.country),
      themeNames(p.themes), String(p.themes.length), p.similarity])));
}

function saving(button) {
  const table = one("table.pairs");
  button.hidden = false;
  button.addEventListener("click", () => {
    const rows = [HEAD.map((key) => text(key)), ...(table ? ofAll(table) : ofPlace(one("section.partners")))];
    const lines = rows.map((row) => `${row.map((v) => cell(guarded(v))).join(",")}\r\n`);
    // The mark by which Excel knows UTF-8.
    const file = new Blob(["\uFEFF", ...lines], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = button.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}

all("table.short").forEach(shortened);
all("table.pairs").forEach(pairing);
all("button.save").forEach(saving);
