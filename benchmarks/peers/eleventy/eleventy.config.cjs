// Reads the project's own YAML (../ours/data) once, as data for all templates.
module.exports = function (config) {
  config.addPassthroughCopy("style.css");
  return { dir: { input: ".", data: "_data" }, templateFormats: ["11ty.js"] };
};
