// What a JavaScript file gives as a plain script, and as a module that exports nothing.
import fs from "node:fs";
import vm from "node:vm";

const [file] = process.argv.slice(2);
const page = vm.createContext({});
vm.runInContext(fs.readFileSync(file, "utf8"), page);
await import(`data:text/javascript;base64,${fs.readFileSync(file).toString("base64")}`);
console.log(JSON.stringify([vm.runInContext("predict([1, 2])", page), globalThis.predict([1, 2])]));
