// What every page has around it, and the few helpers that templates share.
const markdown = require("markdown-it")({ html: false });
const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

exports.e = (value) => String(value ?? "").replace(/[&<>"]/g, (mark) => MARKS[mark]);
exports.text = (value) => (value ? markdown.render(value) : "");
exports.day = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : exports.e(value));
exports.span = (period) => `${exports.day(period.från)}–${exports.day(period.till)}`;
exports.list = (items, make) => (items || []).map(make).join("");
exports.named = (names) => (ids) => [].concat(ids || []).map((id) => exports.e(names[id] || id)).join(", ");
exports.frame = (title, slug, types, body) => `<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${exports.e(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body>
<header>${slug ? `<nav><a href="/${slug}/">Start</a> ${Object.entries(types).map(([folder, name]) => `<a href="/${slug}/${folder}/">${name}</a>`).join(" ")}</nav>` : ""}</header>
<main data-pagefind-body>
${body}
</main>
</body>
</html>
`;
