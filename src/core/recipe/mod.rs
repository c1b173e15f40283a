//! Links, recipe and result documents.
