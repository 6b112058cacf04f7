// The search page: asks the index that trygglofte.searching built. Fetches nothing before a search.

const BATCH = 10;
const FILTERS = ["typ", "ar"];

const [form, field, status, box] = ["formular", "falt", "status", "resultat"].map((name) =>
  document.getElementById(`sok${name}`),
);

const address = (path) => new URL(path, document.baseURI);
const quoted = (words) => `”${words}”`;
const fetched = (results) => Promise.all(results.map((result) => result.data()));
let loading; // pagefind.js, on its way or here
let latest = 0; // answers to older searches are dropped
let searched; // what the address said then

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

const link = (href, text) => element("a", { href }, text);
const entry = (...children) => element("li", {}, ...children);

/** Pagefind, for wherever the site lies. Without its worker it is half the bytes. */
function index() {
  loading ??= import(address(`${box.dataset.pagefind}pagefind.js`).href).then(async (pagefind) => {
    await pagefind.options({ baseUrl: address(box.dataset.base).pathname, excerptLength: 25, noWorker: true });
    return pagefind;
  });
  return loading;
}

async function search() {
  const mine = ++latest;
  searched = location.search;
  const asked = new URLSearchParams(location.search);
  const words = (asked.get("q") ?? "").trim();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name)]).filter(([, value]) => value));
  field.value = words;
  for (const name of FILTERS) if (form.elements[name]) form.elements[name].value = filters[name] ?? "";
  box.replaceChildren();
  status.textContent = words ? `Söker efter ${quoted(words)} …` : "";
  if (!words) return;
  try {
    const { results } = await (await index()).search(words, { filters });
    const hits = await fetched(results.slice(0, BATCH));
    if (mine !== latest) return;
    const chosen = Object.values(filters).join(", ");
    status.textContent = `${counted(results.length)} på ${quoted(words)}${chosen && ` (${chosen})`}`;
    if (hits.length) show(hits, results);
    else box.append(...advice(words, chosen));
  } catch (error) {
    if (mine === latest) fail(error);
  }
}

function counted(number) {
  if (!number) return "Inga träffar";
  return `${number.toLocaleString("sv-SE")} ${number === 1 ? "träff" : "träffar"}`;
}

/** The first hits, and a button for as long as there are more. */
function show(hits, results) {
  const list = element("ol", { class: "sok-traffar" }, ...hits.map(item));
  const more = element("button", { type: "button", class: "sok-fler" }, "Visa fler");
  more.addEventListener("click", async () => {
    more.disabled = true;
    const shown = list.children.length;
    try {
      const next = await fetched(results.slice(shown, shown + BATCH));
      list.append(...next.map(item));
      list.children[shown].querySelector("a").focus();
      more.disabled = false;
      if (list.children.length >= results.length) more.remove();
    } catch (error) {
      if (list.isConnected) fail(error);
    }
  });
  box.append(list);
  if (results.length > hits.length) box.append(more);
}

/** One hit, and at most two places inside it. */
function item({ url, meta, excerpt, sub_results: parts }) {
  const facts = [meta.typ, meta.ar, meta.kommun].filter(Boolean).join(" · ");
  const inside = parts.filter(({ anchor }) => anchor && anchor.element !== "h1");
  inside.sort((one, other) => other.locations.length - one.locations.length);
  const links = inside.slice(0, 2).map((part) => entry(link(part.url, part.title)));
  const made = entry(element("h2", {}, link(url, meta.title || url)));
  if (facts) made.append(element("p", { class: "sok-fakta" }, facts));
  if (excerpt) made.append(element("p", { class: "sok-utdrag" }, ...marked(excerpt)));
  if (links.length) made.append(element("ul", { class: "sok-delar" }, ...links));
  return made;
}

/** Pagefind's excerpt as text and <mark>, never read as HTML: nothing in it can run. */
function marked(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/).map((part) => {
    const text = part.replace(/<\/?mark>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return part.startsWith("<mark>") ? element("mark", {}, text) : text;
  });
}

function advice(words, chosen) {
  const tips = [
    "Se efter att orden är rätt stavade.",
    "Pröva färre ord, eller ett vanligare ord för samma sak.",
    "Sök på en plats eller ett tema, till exempel trafik.",
  ].map((tip) => entry(tip));
  const everything = `?${new URLSearchParams({ q: words })}`;
  if (chosen) tips.unshift(entry(link(everything, `Sök på ${quoted(words)} i allt`)));
  return [element("h2", {}, "Så kan du gå vidare"), element("ul", { class: "sok-tips" }, ...tips), home()];
}

function home() {
  return element("p", {}, link(address(box.dataset.base), "Bläddra från startsidan"));
}

function fail(error) {
  console.error(error);
  loading?.then((pagefind) => pagefind.destroy()).catch(() => {});
  loading = null; // the next search tries anew
  status.textContent = "Sökningen gick inte att ladda. Försök igen om en stund, eller bläddra så länge.";
  box.replaceChildren(home());
}

if (form && field && status && box) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = new URLSearchParams({ q: field.value.trim() });
    for (const name of FILTERS) if (form.elements[name]?.value) asked.set(name, form.elements[name].value);
    if (`?${asked}` !== location.search) history.pushState(null, "", `?${asked}`);
    search();
    if (!field.value) status.textContent = "Skriv ett ord att söka på.";
  });
  // A jump within the page is also a popstate.
  addEventListener("popstate", () => location.search === searched || search());
  search();
}
