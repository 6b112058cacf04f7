const { e, text, day, span, list, named, frame } = require("./frame.cjs");

const link = (d, folder, id, label) =>
  id ? `<p>${label} <a href="/${d.slug}/${folder}/${id}/">${e(d.own[folder][id].title)}</a></p>` : "";

const TEMPLATES = {
  medborgarloften: (d, r, n) => `<h1>${e(r.titel)}</h1>
<p>Gäller ${span(r.gäller)} · ${n(r.parter)}</p>
${text(r.sammanfattning)}
<h2>Varför</h2>${text(r.problembild)}
<p>Bygger på ${e(r.underlag.join(", "))}.</p>
<p>Platser: ${n(r.platser)}</p>
${list(r.fokusområden, (area) => `<h2>${e(area.titel)}</h2>
<p>${n(area.teman)}</p>
<p><b>Mål:</b> ${e(area.mål)}</p>
${text(area.text)}
${list(area.åtaganden, (c) => `<article id="atagande-${c.id}"><h3>${e(c.vad)}</h3>
<p><b>${n(c.ansvarig)}</b> · minst ${e(c.omfattning.minst)} ${e(c.omfattning.enhet)} per ${e(c.omfattning.per)} · klart senast ${day(c.klart_senast)}</p>
<blockquote>${text(c.ordalydelse)}</blockquote>
<ul>${list(r.uppföljningar, (f) => { const o = f.utfall[c.id]; return o ? `<li>${span(f.period)}: ${e(o.totalt_hittills)} hittills${o.gjort ? `. ${e(o.gjort)}` : ""}${o.nästa_steg ? ` Nästa steg: ${e(o.nästa_steg)}` : ""}</li>` : ""; })}</ul></article>
`)}`)}
<h2>Mått som löftet ska påverka</h2>
<table><tr><th>Mått</th><th>Från början</th><th>Uppmätt</th><th>Mål</th></tr>
${list(r.indikatorer, (i) => `<tr><th>${e(i.namn)} (${e(i.enhet)}, ska ${e(i.önskad_riktning)}; ${e(i.källa)})</th><td>${e(i.utgångsvärde)}</td><td>${list(r.uppföljningar, (f) => list(f.mätvärden, (v) => v.indikator === i.id ? `${e(v.värde)} (${day(v.datum)})<br>` : ""))}</td><td>högst ${e(i.målvärde.högst)}</td></tr>`)}</table>
<h2>Uppföljningar</h2><p>Följs upp ${e(r.följs_upp)}.</p>
${list(r.uppföljningar, (f) => `<h3>${span(f.period)}</h3>
<p>Publicerad ${day(f.publicerad)}. Rapporterat av ${n(f.rapporterat_av)}.</p>
${text(f.sammanfattning)}
<table>${list(r.fokusområden, (area) => list(area.åtaganden, (c) => { const o = f.utfall[c.id]; return o ? `<tr><th>${e(c.vad)}</th><td>${e(o.totalt_hittills)}</td><td>${e(o.gjort)}</td><td>${e(o.nästa_steg)}</td></tr>` : ""; }))}</table>`)}
<h2>Så hänger det ihop</h2>
<p>Undertecknat ${day(r.undertecknande.datum)}</p>
${link(d, "overenskommelser", r.överenskommelse, "Överenskommelse:")}
${link(d, "medborgarloften", r.ersätter, "Förra löftet:")}`,

  lagesbilder: (d, r, n) => `<h1>${e(d.title)}</h1>
<p>${span(r.period)}${r.publiceras_från ? ` · publicerad ${day(r.publiceras_från)}` : ""} · lagstadgad: ${e(r.lagstadgad)}</p>
${text(r.sammanfattning)}
${r.jämfört_med_förra ? `<p>Jämfört med förra: ${e(r.jämfört_med_förra)}</p>` : ""}
${r.räknar ? `<p>Räknar ${e(r.räknar)}.</p>` : ""}
${list(r.kategorier, (c) => `<h2>${n(c.tema)}</h2><p><b>${e(c.antal)}</b></p>
<table>${list(Object.entries(c.platser), ([place, count]) => `<tr><th>${n(place)}</th><td>${e(count)}</td></tr>`)}</table>
${text(c.text)}`)}
${r.åtgärder ? `<h2>Åtgärder</h2><ul>${list(r.åtgärder, (m) => `<li>${e(m.vad)} (${n(m.ansvarig)}; ${n(m.tema)})</li>`)}</ul>` : ""}
${r.kartläggning ? `<h2>Kartläggning</h2>${text(r.kartläggning)}` : ""}
${r.övrig_information ? `<h2>Övrig information</h2>${text(r.övrig_information)}` : ""}
${r.analys ? `<h2>Analys</h2>${text(r.analys)}` : ""}
${r.beslut ? `<p>Beslutad ${day(r.beslut.datum)} av ${e(r.beslut.organ)}</p>` : ""}`,

  overenskommelser: (d, r, n) => `<h1>${e(r.titel)}</h1>
<p>${e(r.nivå)} · gäller ${span(r.gäller)} · ${n(r.parter)}</p>
${text(r.sammanfattning)}
<h2>Syften</h2><ul>${list(r.syften, (s) => `<li>${e(s)}</li>`)}</ul>
<h2>Områden</h2><ul>${list(r.områden, (s) => `<li>${e(s)}</li>`)}</ul>
<p>Utvärderas ${e(r.utvärderas)}</p>
<h2>Undertecknande</h2><p>${day(r.undertecknande.datum)}</p>
<ul>${list(r.undertecknande.av, (by) => `<li>${e(by.roll)}, för ${n(by.för)}</li>`)}</ul>
${link(d, "overenskommelser", r.under, "Under")}`,

  atgardsplaner: (d, r, n) => `<h1>${e(r.titel)}</h1>
<p>Gäller ${span(r.gäller)} · beslutad ${day(r.beslut.datum)} av ${e(r.beslut.organ)} · avstämd ${day(r.avstämd)}</p>
${text(r.sammanfattning)}
${list(r.åtgärder, (m) => `<article id="${m.id}"><h2>${e(m.vad)}</h2>
<p>${e(m.status)} · ${n(m.ansvarig)} · klart senast ${day(m.klart_senast)}</p>
<p>${n(m.teman)} · ${n(m.platser)}</p>
<p>${e(m.kommentar)}</p></article>`)}
${link(d, "lagesbilder", r.lägesbild, "Lägesbild:")}`,
};

module.exports = class {
  data() {
    return {
      pagination: { data: "trygg.documents", size: 1, alias: "d" },
      permalink: ({ d }) => `/${d.slug}/${d.folder}/${d.id}/index.html`,
    };
  }
  render({ d, trygg }) {
    return frame(d.title, d.slug, trygg.types, TEMPLATES[d.folder](d, d.record, named(trygg.names)));
  }
};
