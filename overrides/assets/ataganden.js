// The table of commitments: sorting by its headers and choosing by selects, with the choice in the address.
// The rows are those of the page; where a table has several pages the others are fetched when somebody asks.

const COLUMNS = ["vad", "part", "tema", "plats", "status", "redovisat", "klart"];
const CHOICES = ["status", "part", "tema", "plats", "löfte"];

const table = document.getElementById("tabell");
const body = table?.tBodies[0];
const order = table?.dataset.order.split("|");
const headers = [...(table?.tHead.rows[0].cells ?? [])];
const names = headers.map((cell) => cell.textContent.replaceAll("\u00ad", ""));
const selects = {};
let sorted = headers.findIndex((cell) => cell.hasAttribute("aria-sort")); // -1: as the page has them
let falling = false;
let whole; // the other pages' rows, on their way or here

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

/** The words of a node, without what only says where lines may break and where not. */
const text = (node) => node.textContent.replaceAll("\u00ad", "").replace(/\s+/g, " ").trim();

/** What a row says in a column: each of its words, where there are several. */
function said(row, name) {
  if (name === "löfte") return [text(row.querySelector("small"))];
  const cell = row.cells[COLUMNS.indexOf(name)];
  const parts = name === "status" ? [cell] : [...cell.childNodes];
  return parts.map(text).filter(Boolean);
}

/** What a column is put in order by. Nothing known comes last. */
function key(row, column) {
  const cell = row.cells[column];
  if (column > 4) return cell.querySelector("time")?.dateTime ?? "9999";
  const words = text(column ? cell : cell.querySelector("a"));
  if (column === 4) return String(order.indexOf(words.toLowerCase())).padStart(2, "0");
  return words === "–" ? "\uffff" : words;
}

/** The rows of the pages before or after this one, in order, with links that lead from here. */
async function gather(way) {
  const found = [];
  const link = (page) => page.querySelector(`.tl-pager a[rel=${way}]`)?.getAttribute("href");
  let address = location.href;
  for (let next = link(document); next; ) {
    address = new URL(next, address).href;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const rows = [...page.getElementById("tabell").tBodies[0].rows];
    for (const inside of rows.flatMap((row) => [...row.querySelectorAll("a")]))
      inside.setAttribute("href", new URL(inside.getAttribute("href"), address).href);
    found[way === "next" ? "push" : "unshift"](...rows);
    next = link(page);
  }
  return found;
}

/** The rows of every page of this table, fetched once. */
function everything() {
  whole ??= Promise.all([gather("prev"), gather("next")]).then(([before, after]) => {
    body.prepend(...before);
    body.append(...after);
    document.querySelector(".tl-pager")?.remove();
    [...body.rows].forEach((row, place) => (row.dataset.place = place));
  });
  return whole;
}

async function show(announce) {
  const status = document.getElementById("tabellsvar");
  try {
    await everything();
  } catch (error) {
    console.warn(error);
    status.textContent = "Alla rader gick inte att hämta. Bläddra mellan sidorna i stället.";
    return;
  }
  fill();
  const rows = [...body.rows];
  const chosen = CHOICES.filter((name) => selects[name].value);
  for (const row of rows) row.hidden = !chosen.every((name) => said(row, name).includes(selects[name].value));
  const turn = falling ? -1 : 1;
  rows.sort((one, other) => {
    const by = sorted < 0 ? 0 : turn * key(one, sorted).localeCompare(key(other, sorted), "sv");
    return by || one.dataset.place - other.dataset.place;
  });
  body.append(...rows);
  headers.forEach((cell, column) => {
    if (column === sorted) cell.setAttribute("aria-sort", falling ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
  selects.ordna.value = sorted < 0 ? "" : `${COLUMNS[sorted]}${falling ? "-" : ""}`;
  if (announce) {
    const seen = rows.filter((row) => !row.hidden).length;
    const by = sorted < 0 ? "" : `, ordnade efter ${names[sorted].toLowerCase()}${falling ? ", omvänt" : ""}`;
    status.textContent = seen ? `${seen} av ${rows.length} åtaganden visas${by}.` : "Inget åtagande stämmer med alla val.";
  }
}

/** The choices of each select: what the rows say, once. */
function fill() {
  for (const name of CHOICES) {
    const select = selects[name];
    if (select.options.length > 1) continue;
    const words = new Set([...body.rows].flatMap((row) => said(row, name)));
    words.delete("–");
    const place = (word) => (name === "status" ? String(order.indexOf(word.toLowerCase())) : word);
    const ready = [...words].sort((one, other) => place(one).localeCompare(place(other), "sv"));
    select.append(...ready.map((word) => element("option", {}, word)));
    select.value = new URLSearchParams(location.search).get(name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
}

function remember() {
  const asked = new URLSearchParams();
  for (const name in selects) if (selects[name].value) asked.set(name, selects[name].value);
  history.replaceState(null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
}

function sortBy(column, backwards) {
  [sorted, falling] = [column, backwards];
  return show(true).then(remember);
}

function labelled(name, label, ...options) {
  const select = element("select", { id: `val-${name}`, name }, ...options);
  selects[name] = select;
  return element("p", {}, element("label", { for: select.id }, label), select);
}

function begin() {
  const form = element("form", { class: "tl-choose__form" });
  const any = () => element("option", { value: "" }, "Alla");
  for (const name of CHOICES) form.append(labelled(name, name[0].toUpperCase() + name.slice(1), any()));
  const ways = names.flatMap((name, column) => [["", name], ["-", `${name}, omvänt`]].map(([sign, text]) =>
    element("option", { value: COLUMNS[column] + sign }, text)));
  form.append(labelled("ordna", "Ordna efter", element("option", { value: "" }, "Löfte"), ...ways));
  form.append(element("p", {}, element("button", { type: "reset" }, "Visa alla")));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target !== selects.ordna) return show(true).then(remember);
    const falls = target.value.endsWith("-");
    return sortBy(COLUMNS.indexOf(falls ? target.value.slice(0, -1) : target.value), falls);
  });
  form.addEventListener("reset", () => setTimeout(() => sortBy(-1, false)));
  document.getElementById("urval").replaceChildren(form, element("p", { id: "tabellsvar", role: "status" }));
  headers.forEach((cell, column) => {
    const button = element("button", { type: "button" }, names[column]);
    button.addEventListener("click", () => sortBy(column, column === sorted && !falling));
    cell.replaceChildren(button);
  });
  [...body.rows].forEach((row, place) => (row.dataset.place = place));
  const asked = new URLSearchParams(location.search);
  const wanted = asked.get("ordna");
  if (wanted) {
    falling = wanted.endsWith("-");
    sorted = COLUMNS.indexOf(falling ? wanted.slice(0, -1) : wanted);
  }
  if (asked.size) show(true);
  else if (!document.querySelector(".tl-pager")) fill();
  else form.addEventListener("focusin", () => everything().then(fill, () => show(true)), { once: true });
}

if (table) begin();
