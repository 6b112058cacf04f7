const fs = require("node:fs");
const path = require("node:path");
const yaml = require("js-yaml");

const ROOT = path.join(__dirname, "..", "..", "ours", "data");
const TYPES = {
  medborgarloften: "Medborgarlöften", lagesbilder: "Lägesbilder",
  overenskommelser: "Överenskommelser", atgardsplaner: "Åtgärdsplaner",
};
const read = (...parts) => yaml.load(fs.readFileSync(path.join(ROOT, ...parts), "utf8"));
const day = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);

module.exports = function () {
  const names = yaml.load(fs.readFileSync(path.join(__dirname, "..", "names.yml"), "utf8"));
  const municipalities = [], lists = [], documents = [];
  for (const entry of fs.readdirSync(ROOT, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const slug = entry.name, own = {};
    for (const folder of Object.keys(TYPES)) {
      own[folder] = {};
      for (const file of fs.readdirSync(path.join(ROOT, slug, folder)).sort()) {
        const id = file.slice(0, -4), record = read(slug, folder, file);
        const title = record.titel || `Lägesbild ${day(record.period.från)}–${day(record.period.till)}`;
        own[folder][id] = { slug, folder, id, title, record, own };
      }
      documents.push(...Object.values(own[folder]));
      lists.push({ slug, folder, name: TYPES[folder], documents: Object.values(own[folder]) });
    }
    municipalities.push({ slug, about: read(slug, "kommun.yml"), own });
  }
  return { names, types: TYPES, municipalities, lists, documents };
};
