// Runs the audits of the package `graphql-http` against the address given; prints them as JSON.
import { createRequire } from "node:module";

const [folder, url] = process.argv.slice(2);
const { serverAudits } = createRequire(`${folder}/`)("graphql-http");

// A GET needs a header that the audits do not know of.
function fetchFn(address, options = {}) {
  const get = (options.method ?? "GET") === "GET";
  const headers = get ? { ...options.headers, "GraphQL-Require-Preflight": "1" } : options.headers;
  return fetch(address, { ...options, headers });
}

const results = await Promise.all(serverAudits({ url, fetchFn }).map((audit) => audit.fn()));
const report = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify(report));
