"""A plugin for Pressroom: posts that are sent out as letters when they are published."""
