//! The clock's marks and the figures that follow from them.
