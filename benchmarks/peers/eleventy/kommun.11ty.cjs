const { e, frame, list } = require("./frame.cjs");
module.exports = class {
  data() {
    return { pagination: { data: "trygg.municipalities", size: 1, alias: "m" }, permalink: ({ m }) => `/${m.slug}/index.html` };
  }
  render({ m, trygg }) {
    const k = m.about;
    return frame(k.namn, m.slug, trygg.types, `<h1>${e(k.namn)}</h1>
<p>${e(k.om)}</p>
<p>${e(k.län)}, kommunkod ${e(k.kommunkod)}</p>
<ul>${list(Object.entries(trygg.types), ([folder, name]) => `<li><a href="/${m.slug}/${folder}/">${name}</a> (${Object.keys(m.own[folder]).length})</li>`)}</ul>
<h2>Parter</h2><ul>${list(k.parter, (p) => `<li>${e(p.namn)}</li>`)}</ul>
<h2>Platser</h2><dl>${list(k.platser, (p) => `<dt>${e(p.namn)}</dt><dd>${e(p.beskrivning)}</dd>`)}</dl>
<h2>Kontakt</h2>${list(Object.values(k.kontakt), (c) => `<p>${e(c.namn)}: ${e(c.telefon)}, ${e(c["e-post"])}</p>`)}`);
  }
};
