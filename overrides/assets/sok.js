// The search page: asks the index that trygglofte.searching built. Fetches nothing before a search.
// Not a module, so that it can say why when the page is opened from a disk. Spelling stands in stavning.js.
{
  const BATCH = 10;
  const FIRST = 5; // shown while the others of the batch are on their way
  const FACETS = {
    typ: "Vad", tema: "Tema", plats: "Plats", ar: "År",
    status: "Hur det gick", part: "Vem som lovar eller gör", kommun: "Kommun",
  };
  const INSIDE = ["tema", "plats", "status", "part"]; // what single commitments are found by
  const SAYING_NOTHING = new Set(
    ("alla att av blev blir bli de den det detta du där efter en ett finns från för gick gjort gjorde går gör ha har " +
      "hos hur här i in inte jag kan man med mer mig min mitt mot någon något när och om på ska som så till under " +
      "upp ut vad var varför vem vi vid vilka vilken vilket vår våra är än över").split(" "),
  );
  const [form, field, status, box, panel] = ["formular", "falt", "status", "resultat", "val"].map((name) =>
    document.getElementById(`sok${name}`),
  );
  const address = (path) => new URL(path, document.baseURI);
  const quoted = (words) => `”${words}”`;
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
  const fetched = (results) => Promise.all(results.map((result) => result.data()));
  const facets = {}; // what is drawn: the fieldset of a facet and the row of each value
  let loading; // pagefind.js, on its way or here
  let valued; // what there is to narrow by, on its way or here
  let shown; // what the hits that stand there are the answer to
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
    loading ??= load();
    return loading;
  }

  async function load() {
    const at = (name) => address(box.dataset.pagefind + name).href;
    const metaCacheTag = `${Date.now()}`;
    // Asked for now: Pagefind would ask for one after the other.
    for (const name of [`pagefind-entry.json?ts=${metaCacheTag}`, `wasm.${document.documentElement.lang}.pagefind`])
      document.head.append(element("link", { rel: "preload", as: "fetch", crossorigin: "", href: at(name) }));
    const pagefind = await import(at("pagefind.js"));
    await pagefind.options({ baseUrl: address(box.dataset.base).pathname, excerptLength: 25, noWorker: true, metaCacheTag });
    return pagefind;
  }

  /** All values that there are to narrow by: else only those that are asked for are counted. */
  async function values() {
    valued ??= (await index()).filters();
    return valued;
  }

  /** What the address asks for: words, and chosen values by facet. */
  function asked() {
    const given = new URLSearchParams(location.search);
    const chosen = {};
    for (const name in FACETS) {
      const values = [...new Set(given.getAll(name))].filter(Boolean);
      if (values.length) chosen[name] = values;
    }
    return { words: (given.get("q") ?? "").replaceAll("\u00ad", "").trim().slice(0, 200), chosen, exactly: given.has("exakt") };
  }

  function link_to(words, chosen, more = {}) {
    const query = new URLSearchParams(words ? { q: words } : {});
    for (const name in chosen) for (const value of chosen[name]) query.append(name, value);
    for (const name in more) query.set(name, more[name]);
    return `?${query}`;
  }

  /** One search: values of one facet are alternatives, facets narrow one another. Without words, the latest first. */
  async function ask(words, chosen) {
    const filters = Object.fromEntries(Object.entries(chosen).map(([name, values]) => [name, { any: values }]));
    return (await index()).search(words || null, { filters, sort: words ? undefined : { ordning: "desc" } });
  }

  /** Pages that have some of the words, those with the most of them first. */
  async function some(words, chosen) {
    const answers = await Promise.all(words.map((word) => ask(word, chosen)));
    const found = new Map();
    for (const result of answers.flatMap(({ results }) => results)) {
      const known = found.get(result.id) ?? { ...result, score: 0 };
      found.set(result.id, { ...known, score: known.score + 10 + Math.min(result.score, 9) });
    }
    return { results: [...found.values()].sort((one, other) => other.score - one.score) };
  }

  /** The words of a question that say something, or all where none does. */
  function telling(words) {
    const all = words.split(/\s+/).filter((word) => plain(word)).slice(0, 12);
    const kept = all.filter((word) => !SAYING_NOTHING.has(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")));
    return (kept.length ? kept : all).map((word) => word.replace(/(\p{L}{3}e)na$/iu, "$1")); // löftena → löfte
  }

  /** The words that the first hits do not show: Pagefind then has taken something that only begins alike. */
  function unseen(words, hits) {
    const marks = hits.flatMap((hit) => [hit, ...hit.sub_results]).flatMap(({ excerpt }) => excerpt.match(/<mark>.*?<\/mark>/g) ?? []);
    const seen = [...marks.map((mark) => mark.slice(6, -7)), ...hits.flatMap(({ meta }) => meta.title.split(" "))].map(plain);
    const begins = (word) => plain(word).slice(0, Math.max(3, plain(word).length - 2));
    return words.filter((word) => /\p{L}/u.test(word) && !seen.some((text) => text.includes(begins(word))));
  }

  /** The answer to what is asked, with what it is the answer to: words may be mended or left out. */
  async function answered({ words, chosen, exactly }) {
    const said = telling(words);
    let answer = await ask(said.join(" "), chosen);
    let hits = await fetched(answer.results.slice(0, FIRST));
    const missed = exactly ? [] : unseen(said, hits);
    let mended = said;
    if (missed.length) {
      const { mend } = await import(address(`${box.dataset.base}assets/stavning.js`).href);
      mended = await mend(said, missed, address(`${box.dataset.pagefind}ord.txt`));
      if (mended.join() !== said.join()) answer = mended.length ? await ask(mended.join(" "), chosen) : { results: [] };
    }
    const partly = !answer.results.length && mended.length > 1;
    if (partly) answer = await some(mended, chosen);
    if (answer.results.length || mended !== said) hits = await fetched(answer.results.slice(0, FIRST));
    const changed = mended.join() !== said.join();
    return { ...answer, hits, partly: partly && hits.length > 0, mended: changed && hits.length ? mended.join(" ") : "" };
  }

  async function search() {
    const mine = ++latest;
    const wanted = asked();
    const { words, chosen } = wanted;
    const narrowed = Object.values(chosen).flat();
    searched = location.search;
    shown = null;
    field.value = words;
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = !!chosen[box.name]?.includes(box.value);
    box.replaceChildren();
    box.ariaBusy = "false";
    status.textContent = "";
    if (words && !plain(words)) return void (status.textContent = "Skriv ett ord att söka på.");
    if (!words && !narrowed.length && !panel.open) return;
    box.ariaBusy = "true"; // the style sheet hides what comes after, so that hits do not push it about
    status.textContent = words ? `Söker efter ${quoted(words)} …` : "Söker …";
    try {
      if (panel.open || narrowed.length) await values();
      const answer = await answered(wanted);
      const said = answer.mended || telling(words).join(" ");
      const counts = valued && (await counted(answer, chosen, said));
      if (mine !== latest) return;
      shown = { said, chosen, partly: answer.partly };
      if (valued) draw(counts, chosen, narrowed.length);
      if (!words && !narrowed.length) return void (status.textContent = "Välj vad du vill se.");
      const about = [words && `på ${quoted(answer.mended || words)}`, narrowed.length && `(${narrowed.join(", ")})`];
      const notes = [
        answer.mended && `. Inget stod om ${quoted(words)}.`,
        answer.partly && ". Ingen sida har alla orden, så här är sidor med något av dem.",
      ];
      if (answer.mended) box.append(element("p", {}, link(link_to(words, chosen, { exakt: "ja" }), `Sök ändå på ${quoted(words)}`)));
      if (answer.hits.length) await show(answer, chosen);
      else box.append(...advice(words, narrowed.length));
      if (mine !== latest) return;
      status.textContent = [number(answer.results.length), ...about].filter(Boolean).join(" ") + notes.filter(Boolean).join("");
    } catch (error) {
      if (mine === latest) fail(error);
    } finally {
      if (mine === latest) box.ariaBusy = "false";
    }
  }

  function number(many) {
    if (!many) return "Inga träffar";
    return `${many.toLocaleString("sv-SE")} ${many === 1 ? "träff" : "träffar"}`;
  }

  /** How many hits every value would give: within a facet as if nothing were chosen there. */
  async function counted(answer, chosen, words) {
    if (!answer.filters) return null;
    const counts = { ...answer.filters };
    for (const name in chosen) {
      const others = { ...chosen };
      delete others[name];
      counts[name] = (await ask(words, others)).filters[name];
    }
    return counts;
  }

  /** What one may narrow by, for the hits that stand there. Fetched when somebody looks at it. */
  async function unfold() {
    if (!shown || valued) return valued || search();
    const { said, chosen, partly } = shown;
    const mine = latest;
    try {
      await values();
      const counts = partly ? null : await counted(await ask(said, chosen), chosen, said);
      if (mine === latest) draw(counts, chosen, Object.values(chosen).flat().length);
    } catch (error) {
      if (mine === latest) fail(error);
    }
  }

  /** The facets as fieldsets. Rows stay where they are, so that the focus does. */
  function draw(counts, chosen, many) {
    panel.querySelector("b").textContent = many ? ` ${many} ${many === 1 ? "vald" : "valda"}` : "";
    panel.querySelector("a").hidden = !many;
    panel.querySelector("a").href = link_to(asked().words, {});
    for (const name in FACETS) {
      const values = counts?.[name] ?? {};
      const wanted = new Set([...Object.keys(values), ...(chosen[name] ?? [])]);
      facets[name] ??= fieldset(name, [...wanted]);
      const { group, rows } = facets[name];
      for (const value of wanted) if (!rows.has(value)) group.append(row(name, value, rows));
      for (const [value, { item, box, count }] of rows) {
        box.checked = !!chosen[name]?.includes(value);
        item.hidden = counts && !values[value] && !box.checked;
        count.textContent = counts ? ` (${values[value] ?? 0})` : "";
      }
      group.parentNode.hidden = ![...rows.values()].some(({ item }) => !item.hidden) || (name === "kommun" && rows.size < 2);
    }
  }

  function fieldset(name, values) {
    const rows = new Map();
    const order = new Intl.Collator("sv").compare;
    values.sort(name === "ar" ? (one, other) => other - one : order);
    const group = element("div", {}, ...values.map((value) => row(name, value, rows)));
    panel.querySelector("div").append(element("fieldset", {}, element("legend", {}, FACETS[name]), group));
    return { group, rows };
  }

  function row(name, value, rows) {
    const box = element("input", { type: "checkbox", name, value });
    const count = element("span", {});
    const item = element("label", {}, box, element("span", {}, value, count));
    rows.set(value, { item, box, count });
    return item;
  }

  /** The first hits, soon the rest of the batch, and a button for as long as there are more. */
  async function show({ hits, results }, chosen) {
    const list = element("ol", { class: "sok-traffar" });
    const add = (some) => list.append(...some.map((hit) => item(hit, chosen)));
    const more = element("button", { type: "button", class: "sok-fler" }, "Visa fler");
    more.addEventListener("click", async () => {
      more.disabled = true;
      const shown = list.children.length;
      try {
        add(await fetched(results.slice(shown, shown + BATCH)));
        list.children[shown].querySelector("a").focus();
        more.disabled = false;
        if (list.children.length >= results.length) more.remove();
      } catch (error) {
        if (list.isConnected) fail(error);
      }
    });
    add(hits);
    box.append(list);
    add(await fetched(results.slice(hits.length, BATCH)));
    if (list.isConnected && results.length > BATCH) box.append(more);
  }

  /** One hit, and a few places inside it: the commitments that were asked for, or where the words stand most. */
  function item({ url, meta, excerpt, sub_results: parts }, chosen) {
    const promises = meta.lovat ?? [];
    const wanted = INSIDE.filter((name) => chosen[name]);
    const fits = (promise) => wanted.every((name) => chosen[name].some((value) => promise[name]?.includes(value)));
    const inside = parts.filter(({ anchor }) => anchor && anchor.element !== "h1");
    inside.sort((one, other) => other.locations.length - one.locations.length);
    const places = inside.slice(0, 2).map((part) => [part.url, part.title, promises.find(({ id }) => id === part.anchor.id)]);
    const chosenOnes = wanted.length ? promises.filter(fits).slice(0, 3) : [];
    const shown = chosenOnes.length ? chosenOnes.map((promise) => [`${url}#${promise.id}`, promise.vad, promise]) : places;
    const facts = [meta.typ, meta.ar, "portal" in box.dataset && meta.kommun !== meta.title && meta.kommun].filter(Boolean).join(" · ");
    const made = entry(element("h2", {}, link(url, meta.title || url)));
    if (facts) made.append(element("p", { class: "sok-fakta" }, facts, ...(meta.status ? [" · ", shape(meta.status)] : [])));
    if (excerpt) made.append(element("p", { class: "sok-utdrag" }, ...marked(excerpt)));
    const rows = shown.map(([href, text, promise]) => entry(...(promise?.status ? [shape(promise.status[0]), ": "] : []), link(href, text)));
    if (rows.length) made.append(element("ul", { class: "sok-delar" }, ...rows));
    return made;
  }

  /** A status as on the pages: a shape, a word and a colour. */
  function shape(word) {
    const name = plain(word.replaceAll(" ", "0")).replaceAll("0", "-");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#s-${name}`);
    svg.setAttribute("class", "tl-shape");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return element("span", { class: `tl-status tl-status--${name}` }, svg, ` ${word}`);
  }

  /** Pagefind's excerpt as text and <mark>, never read as HTML: nothing in it can run. */
  function marked(excerpt) {
    return excerpt.split(/(<mark>.*?<\/mark>)/).map((part) => {
      const text = part.replace(/<\/?mark>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      return part.startsWith("<mark>") ? element("mark", {}, text) : text;
    });
  }

  function advice(words, narrowed) {
    const tips = [
      "Se efter att orden är rätt stavade.",
      "Pröva färre ord, eller ett vanligare ord för samma sak.",
      "Sök på en plats eller ett tema, till exempel trafik.",
    ].map((tip) => entry(tip));
    if (narrowed) tips.unshift(entry(words ? link(link_to(words, {}), `Sök på ${quoted(words)} i allt`) : link("?", "Rensa valen")));
    return [element("h2", {}, "Så kan du gå vidare"), element("ul", { class: "sok-tips" }, ...tips), home()];
  }

  function home() {
    return element("p", {}, link(address(box.dataset.base), "Bläddra från startsidan"));
  }

  function fail(error) {
    console.error(error);
    loading?.then((pagefind) => pagefind.destroy()).catch(() => {});
    loading = valued = shown = null; // the next search tries anew
    status.textContent = navigator.onLine
      ? "Sökningen gick inte att ladda. Försök igen om en stund, eller bläddra så länge."
      : "Du verkar sakna kontakt med nätet. Försök igen när du har det.";
    box.replaceChildren(home());
  }

  function go(query) {
    if (query !== location.search) history.pushState(null, "", query || location.pathname);
    search();
  }

  if (form && field && status && box && panel) {
    panel.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
      const query = new URLSearchParams(given).toString();
      go(query && `?${query}`);
      if (!query) status.textContent = "Skriv ett ord att söka på.";
    });
    panel.addEventListener("change", () => form.requestSubmit());
    panel.addEventListener("toggle", () => panel.open && unfold());
    // A jump within the page is also a popstate.
    addEventListener("popstate", () => location.search === searched || search());
    if (location.protocol === "file:") {
      status.textContent = "Sökningen fungerar inte när sidan är öppnad från en disk, bara på webben. Du kan bläddra här nedanför.";
      panel.hidden = true;
    } else search();
  }
}
