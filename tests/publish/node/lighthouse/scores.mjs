// Lighthouse over pages, as a phone sees them: node scores.mjs CHROMIUM CATEGORY,… URL…
// Prints a JSON list: for each page its scores by category, 0 to 100, and the audits that took something off.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...urls] = process.argv.slice(2);
const chromeFlags = [
  "--headless=new",
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

// Where speed is asked for, a page is watched until it is quiet for long; the other scores need not wait.
const onlyCategories = categories.split(",");
const quiet = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 100, cpuQuietThresholdMs: 0 };
const patience = onlyCategories.includes("performance") ? {} : quiet;
const wanted = { onlyCategories, disableFullPageScreenshot: true, ...patience };

function told({ lhr }) {
  const scores = {};
  const lost = [];
  for (const [name, category] of Object.entries(lhr.categories)) {
    scores[name] = Math.round(category.score * 100);
    for (const { id, weight } of category.auditRefs) {
      const { score, scoreDisplayMode, title } = lhr.audits[id];
      if (scoreDisplayMode === "error" || (weight > 0 && score !== null && score < 1)) lost.push(`${id}: ${title}`);
    }
  }
  return { url: lhr.requestedUrl, scores, lost };
}

const chrome = await launch({ chromePath, chromeFlags, logLevel: "silent" });
try {
  const found = [];
  for (const url of urls) {
    found.push(told(await lighthouse(url, { port: chrome.port, logLevel: "silent", ...wanted })));
  }
  console.log(JSON.stringify(found));
} finally {
  chrome.kill();
}
