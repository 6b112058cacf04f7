const { e, frame, list } = require("./frame.cjs");
module.exports = class {
  data() {
    return { pagination: { data: "trygg.lists", size: 1, alias: "l" }, permalink: ({ l }) => `/${l.slug}/${l.folder}/index.html` };
  }
  render({ l, trygg }) {
    return frame(l.name, l.slug, trygg.types, `<h1>${l.name}</h1>
<ul>${list(l.documents, (d) => `<li><a href="/${d.slug}/${d.folder}/${d.id}/">${e(d.title)}</a></li>`)}</ul>`);
  }
};
