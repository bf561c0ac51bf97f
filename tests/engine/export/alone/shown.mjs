// Figures as the page writes them: each a list of loss and accuracy, of which null is no number.
import { readFileSync } from "node:fs";

const [format, figures] = process.argv.slice(2);
const { formatLoss, formatShare } = await import(format);
console.log(JSON.stringify(JSON.parse(readFileSync(figures, "utf8")).map(([loss, share]) => [formatLoss(loss), formatShare(share)])));
