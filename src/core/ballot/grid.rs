//! A number for each ordered pair of panes.

use super::MAX_PANES;

/// `grid.get(a, b)`: what there is of `a` over `b`. Panes beyond
/// [`MAX_PANES`] hold nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid([f64; MAX_PANES * MAX_PANES]);

impl Default for Grid {
    fn default() -> Self {
        Self([0.0; MAX_PANES * MAX_PANES])
    }
}

fn at(a: usize, b: usize) -> usize {
    if a < MAX_PANES && b < MAX_PANES {
        a * MAX_PANES + b
    } else {
        usize::MAX
    }
}

impl Grid {
    /// The number of a pair.
    pub fn get(&self, a: usize, b: usize) -> f64 {
        self.0.get(at(a, b)).copied().unwrap_or_default()
    }

    /// Adds to the number of a pair.
    pub fn add(&mut self, a: usize, b: usize, amount: f64) {
        if let Some(cell) = self.0.get_mut(at(a, b)) {
            *cell += amount;
        }
    }

    /// Adds another grid.
    pub fn merge(&mut self, other: &Self) {
        for (cell, more) in self.0.iter_mut().zip(other.0) {
            *cell += more;
        }
    }

    /// Both directions of a pair.
    pub fn both(&self, a: usize, b: usize) -> f64 {
        self.get(a, b) + self.get(b, a)
    }
}

/// Every pair of so many panes, each once.
pub fn pairs(panes: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..panes).flat_map(move |a| (a + 1..panes).map(move |b| (a, b)))
}
