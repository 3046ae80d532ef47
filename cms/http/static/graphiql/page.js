// Starts GraphiQL on this page's own address.
"use strict";

(() => {
  const root = document.getElementById("graphiql");
  const given = new URLSearchParams(location.search);

  // The library that writes `style` elements for GraphiQL's dialogs looks for their nonce here.
  window.__webpack_nonce__ = root.dataset.nonce;

  async function fetcher(parameters, options) {
    const response = await fetch(location.pathname, {
      method: "POST",
      headers: {
        Accept: "application/graphql-response+json, application/json;q=0.9",
        "Content-Type": "application/json",
        "GraphQL-Require-Preflight": "1",
        ...options?.headers,
      },
      body: JSON.stringify(parameters),
    });
    return response.json();
  }

  ReactDOM.createRoot(root).render(
    React.createElement(GraphiQL, {
      fetcher,
      defaultQuery: root.dataset.example,
      query: given.get("query") ?? undefined,
      variables: given.get("variables") ?? undefined,
      defaultEditorToolsVisibility: "headers",
      isHeadersEditorEnabled: true,
      // A token typed in here is forgotten with the page.
      shouldPersistHeaders: false,
    }),
  );
})();
