//! The marks that ballots give, by criterion.

use super::Ballot;

/// The marks of one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionTally {
    /// Its name.
    pub name: String,
    /// By pane: the mean, and how many marks it is made of.
    pub means: Vec<Option<(f64, u32)>>,
}

/// The mean marks of these ballots, by criterion in the order of their names.
pub(super) fn marks(counted: &[&Ballot], panes: usize) -> Vec<CriterionTally> {
    let mut all: Vec<(String, Vec<(f64, u32)>)> = Vec::new();
    for ballot in counted {
        for turn in &ballot.turns {
            for (name, list) in ballot.criteria.iter().zip(&turn.marks) {
                if all.iter().all(|(known, _)| known != name) {
                    all.push((name.clone(), vec![(0.0, 0); panes]));
                }
                let sums = all.iter_mut().find(|(known, _)| known == name);
                let Some((_, sums)) = sums else {
                    continue;
                };
                for ((sum, count), mark) in sums.iter_mut().zip(list) {
                    if let Some(mark) = mark {
                        *sum += f64::from(*mark);
                        *count += 1;
                    }
                }
            }
        }
    }
    // Voters come in the order of their random numbers: the names need their own.
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter()
        .map(|(name, sums)| CriterionTally {
            name,
            means: sums
                .into_iter()
                .map(|(sum, count)| (count > 0).then(|| (sum / f64::from(count), count)))
                .collect(),
        })
        .collect()
}
