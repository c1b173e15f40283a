//! Data to geometry.
