//! The model behind an id, recognised across routes.
//!
//! Each route spells the same model in its own way: `claude-opus-5-5`,
//! `us.anthropic.claude-opus-5-5-v1:0`, `anthropic/claude-opus-5.5`. Here an id
//! is read into a name that all of them share, and into what else it says. What
//! is not certain stays apart: two ids of one model may be held for two models,
//! but never the other way round.

mod makers;
mod name;
mod path;
mod tail;

pub use makers::{Maker, maker, spoken_names};

/// What an id says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The model's name in one spelling: lower case, versions with dots, Claude's
    /// family before its version. An id that says nothing, such as the ARN of a
    /// profile of one's own, is its own name.
    pub name: String,
    /// Who made the model, as in [`Maker::id`], or the organisation that the id
    /// names.
    pub maker: Option<String>,
    /// Which state of the model: a date as the id gives it (`2025-11-01`,
    /// `0813`), or `latest`. Without one, the route decides.
    pub snapshot: Option<String>,
    /// What else sets it apart: `free`, `nitro`, `fp8`, a packager's name.
    pub variant: Option<String>,
    /// Where Bedrock may run it: `us`, `eu`, `global`. Prices hang on it, the
    /// model does not.
    pub reach: Option<String>,
    /// The host that the id picks behind a router, as in `org/name:groq`.
    pub host: Option<String>,
}

/// How alike two ids of one model are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same state of the same model, as far as the ids tell.
    Same,
    /// The same model; one of them says which snapshot, or they name two.
    Snapshot,
    /// The same model in another edition: compressed, free of charge, faster.
    Variant,
}

/// How often a name is looked at anew; real ids need it once.
const MAX_LAYERS: usize = 8;

/// Reads an id. Reading the name that comes out of it gives that name again.
pub fn recognise(id: &str) -> Identity {
    let id = id.trim().to_ascii_lowercase();
    let Some(found) = path::unwrap(&id) else {
        return Identity {
            name: id,
            ..Identity::default()
        };
    };
    let mut identity = Identity {
        reach: found.reach.map(str::to_owned),
        ..Identity::default()
    };
    let rest = tail::strip(found.name, found.is_bedrock, &mut identity);
    identity.name = name::tidy(&rest, found.prefix);
    // What comes to light when the rest is tidy is taken off as well.
    for _ in 0..MAX_LAYERS {
        let before = std::mem::take(&mut identity.name);
        let rest = tail::strip(&before, false, &mut identity);
        identity.name = name::tidy(&rest, None);
        if identity.name == before {
            break;
        }
    }
    let by_name = makers::by_name(&identity.name);
    identity.maker = by_name.map(|maker| maker.id.to_owned()).or_else(|| {
        found
            .prefix
            .map(|prefix| makers::canonical(prefix).to_owned())
    });
    // Another's packing of a known model may be changed: it is not the maker's.
    if let (Some(maker), Some(prefix)) = (by_name, found.prefix)
        && makers::canonical(prefix) != maker.id
        && !makers::is_route(prefix)
    {
        identity.add_variant(prefix);
    }
    identity
}

impl Identity {
    /// How alike they are; `None` for different models.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let makers_agree = match (&self.maker, &other.maker) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        if self.name != other.name || !makers_agree {
            return None;
        }
        if self.variant != other.variant {
            return Some(Likeness::Variant);
        }
        let same = self.snapshot == other.snapshot;
        Some(if same {
            Likeness::Same
        } else {
            Likeness::Snapshot
        })
    }

    /// Adds to the variant; one that is there already is not said twice.
    fn add_variant(&mut self, variant: &str) {
        match &mut self.variant {
            None => self.variant = Some(variant.to_owned()),
            Some(all) if all.split('+').any(|one| one == variant) => {}
            Some(all) => {
                all.push('+');
                all.push_str(variant);
            }
        }
    }
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
