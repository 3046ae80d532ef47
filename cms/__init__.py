"""The CMS: content, what is done with it, and how it is served; the GraphQL schema stands apart."""
