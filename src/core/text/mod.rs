//! Markdown to a block tree.
