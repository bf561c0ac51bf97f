// What Node makes of JavaScript files.
const fs = require("node:fs");
const path = require("node:path");

const folder = process.argv[2];
const cases = JSON.parse(fs.readFileSync(path.join(folder, "cases.json"), "utf8"));
const found = cases.map(({ X }, number) => {
  const { predict } = require(path.join(folder, `${number}.js`));
  return X.map((point) => predict(point));
});
console.log(JSON.stringify(found));
