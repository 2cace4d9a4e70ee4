// Lints every shipped query as Cypher 5 and as Cypher 25 with Neo4j's own language support:
//
//     node scripts/lint_cypher.mjs [FOLDER]        the folder of .cypher files, else cypher/ of this checkout
//
// The linter is fetched with npm into a folder of its own in the temporary folder, and kept there for the next run. It
// takes a second for an ordinary query, so every processor gets a share of them. Prints a line for each error and
// warning (file:line:column, version, what is wrong). Exit code 0: none, 1: some, 2: the linter could not be fetched.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const LINTER = "@neo4j-cypher/language-support";
const VERSION = "2.0.0-next.38";
const LANGUAGES = ["CYPHER 5", "CYPHER 25"];
const SEVERITIES = { 1: "error", 2: "warning" };

/** The folder that holds the linter, which is fetched if it is not there yet. */
function fetched() {
  const folder = join(tmpdir(), `journeys-cypher-lint-${VERSION}`);
  if (!existsSync(join(folder, "node_modules", LINTER, "package.json"))) {
    mkdirSync(folder, { recursive: true });
    const wanted = ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    const onWindows = process.platform === "win32";
    execFileSync(onWindows ? "npm.cmd" : "npm", [...wanted, "--prefix", folder, `${LINTER}@${VERSION}`], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: onWindows,
    });
  }
  return folder;
}

/** What is wrong with the query in a file in one version of the language, a line each. */
function problems(lint, file, language) {
  const text = readFileSync(file, "utf-8");
  // Which parameters there are is checked where the headers are read.
  const parameters = Object.fromEntries([...text.matchAll(/\$(\w+)/g)].map(([, name]) => [name, null]));
  return lint(text, { defaultLanguage: language, parameters }, {})
    .diagnostics.filter(({ severity }) => severity in SEVERITIES)
    .map(({ severity, message, range: { start } }) => {
      const place = `${relative(process.cwd(), file)}:${start.line + 1}:${start.character + 1}`;
      return `${place}: ${language} ${SEVERITIES[severity]}: ${message}`;
    });
}

/** Lints what the main thread hands out, one job after the other. */
function work(folder) {
  const { lintCypherQuery } = createRequire(join(folder, "package.json"))(LINTER);
  parentPort.on("message", ([file, language]) => parentPort.postMessage(problems(lintCypherQuery, file, language)));
  parentPort.postMessage([]);
}

/** The lines of all jobs, which the workers take whenever they have nothing to do. */
function shared(folder, jobs) {
  const lines = [];
  const worker = () =>
    new Promise((done, failed) => {
      const own = new Worker(fileURLToPath(import.meta.url), { workerData: folder });
      own.on("error", failed);
      own.on("exit", done);
      own.on("message", (found) => {
        lines.push(...found);
        const job = jobs.pop();
        job ? own.postMessage(job) : own.terminate();
      });
    });
  return Promise.all(Array.from({ length: availableParallelism() }, worker)).then(() => lines.sort());
}

async function main() {
  const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
  const queries = resolve(process.argv[2] ?? join(checkout, "cypher"));
  let folder;
  try {
    folder = fetched();
  } catch (error) {
    console.error(`${LINTER} ${VERSION} could not be fetched with npm: ${error.message}`);
    return 2;
  }
  const files = readdirSync(queries, { recursive: true }).filter((name) => name.endsWith(".cypher"));
  const lines = await shared(folder, files.flatMap((name) => LANGUAGES.map((language) => [join(queries, name), language])));
  lines.forEach((line) => console.log(line));
  console.log(`${files.length} queries linted as ${LANGUAGES.join(" and ")}: ${lines.length} problems`);
  return files.length && !lines.length ? 0 : 1;
}

if (isMainThread) {
  process.exitCode = await main();
} else {
  work(workerData);
}
