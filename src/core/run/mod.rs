//! A run as a reducer over events.
