"""The GraphQL schema: what the API is made of."""
