const { e, frame, list } = require("./frame.cjs");
module.exports = class {
  data() { return { permalink: "/index.html" }; }
  render({ trygg }) {
    return frame("Trygglöfte", "", trygg.types, `<h1>Trygglöfte</h1>
<ul>${list(trygg.municipalities, (m) => `<li><a href="/${m.slug}/">${e(m.about.namn)}</a></li>`)}</ul>`);
  }
};
