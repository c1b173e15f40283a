//! The same model over other routes: what each provider calls it.

use super::{
    Catalog, FieldKind, Group, Provider,
    identity::{self, Identity, Likeness},
};
use crate::core::domain::{Api, ModelId, ProviderId};

/// A route on which the model can perhaps be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteCandidate {
    /// Whose row.
    pub provider: ProviderId,
    /// The API, where it is not the row's first.
    pub api: Option<Api>,
    /// What the model is called there.
    pub model: ModelId,
    /// How that is known.
    pub evidence: Evidence,
    /// How alike the two are.
    pub likeness: Likeness,
    /// The snapshot, edition or part of the world that this id names.
    pub says: Identity,
}

/// How a spelling is known, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The provider lists it.
    Listed,
    /// The catalogue has it.
    Catalogue,
    /// The price table has it.
    Priced,
    /// Only by the way in which the provider spells such models.
    Guess,
}

/// Ids that are known of a row.
pub struct KnownIds<'a> {
    /// What the provider listed; `None` where it was not asked.
    pub listed: &'a dyn Fn(&ProviderId) -> Option<Vec<ModelId>>,
    /// What the price table has of that row.
    pub priced: &'a dyn Fn(&ProviderId) -> Vec<ModelId>,
}

/// The other routes of a model, in the order of the rows; at most one for each.
/// A model whose id says nothing has none.
pub fn other_routes(
    catalog: &Catalog,
    model: &ModelId,
    from: &ProviderId,
    known: &KnownIds<'_>,
) -> Vec<RouteCandidate> {
    let wanted = identity::recognise(model.as_str());
    if wanted.name.is_empty() {
        return Vec::new();
    }
    let others = catalog.providers.iter();
    others
        .filter(|row| row.id != *from && !row.transport.is_in_page())
        .filter_map(|row| of_row(row, &wanted, known))
        .collect()
}

/// Whether the row's models are deployments that the person named.
pub fn names_deployments(row: &Provider) -> bool {
    row.site().is_some_and(|site| {
        let mut kinds = site.fields.iter().map(|field| field.kind);
        kinds.any(|kind| kind == FieldKind::Resource)
    })
}

fn of_row(row: &Provider, wanted: &Identity, known: &KnownIds<'_>) -> Option<RouteCandidate> {
    if !may_have(row, wanted) {
        return None;
    }
    let listed = (known.listed)(&row.id);
    let was_asked = listed.is_some();
    let with = |evidence| move |model: ModelId| (evidence, model);
    let deployments = names_deployments(row);
    let spelled = spell(row, wanted).filter(|_| !was_asked || deployments);
    let found = if deployments {
        // What such a provider lists can be deployed; it need not be.
        spelled.map(with(Evidence::Guess)).into_iter().collect()
    } else {
        let seeded = row.models.iter().map(|model| model.id.clone());
        let listed = listed.into_iter().flatten();
        let mut all: Vec<_> = listed.map(with(Evidence::Listed)).collect();
        all.extend(seeded.map(with(Evidence::Catalogue)));
        all.extend(
            (known.priced)(&row.id)
                .into_iter()
                .map(with(Evidence::Priced)),
        );
        all.extend(spelled.map(with(Evidence::Guess)));
        all
    };
    // Bedrock's second surface takes the same models without a prefix.
    let spells_reach = row.models.is_empty()
        || row
            .models
            .iter()
            .any(|model| identity::recognise(model.id.as_str()).reach.is_some());
    let candidates = found.into_iter().filter_map(|(evidence, model)| {
        let says = identity::recognise(model.as_str());
        let likeness = wanted.likeness(&says)?;
        let reach = reach_rank(wanted, &says);
        let rank = (likeness, says.host.is_some(), reach, evidence);
        let is_foreign = says.reach.is_some() && !spells_reach;
        (!is_foreign).then_some((rank, evidence, model, likeness, says))
    });
    let (_, evidence, model, likeness, says) = candidates.min_by_key(|candidate| candidate.0)?;
    Some(RouteCandidate {
        provider: row.id.clone(),
        api: api_for(row, &says),
        model,
        evidence,
        likeness,
        says,
    })
}

/// Whether a row of one maker's models is of this maker.
fn may_have(row: &Provider, wanted: &Identity) -> bool {
    let owner = row.about().and_then(|about| about.owner);
    let maker = wanted.maker.as_deref().and_then(identity::maker);
    match (owner, maker) {
        (Some(owner), Some(maker)) => maker.name.contains(&owner) || owner.contains(maker.name),
        _ => true,
    }
}

/// Bedrock has a model once for each part of the world: the one that is asked
/// for, else the one that runs anywhere, which costs least.
fn reach_rank(wanted: &Identity, says: &Identity) -> u8 {
    match says.reach.as_deref() {
        reach if reach == wanted.reach.as_deref() && reach.is_some() => 0,
        Some("global") => 1,
        Some("us") => 2,
        None => 3,
        Some(_) => 4,
    }
}

/// The API of a row that serves this model in its maker's own format, where the
/// row's first one does not.
pub fn api_of_model(row: &Provider, model: &ModelId) -> Option<Api> {
    api_for(row, &identity::recognise(model.as_str()))
}

fn api_for(row: &Provider, says: &Identity) -> Option<Api> {
    let native = match says.maker.as_deref()? {
        "anthropic" => Api::Messages,
        "google" => Api::GenerateContent,
        _ => Api::Chat,
    };
    let first = row.apis.first()?.api;
    // A first API for all makers needs no other.
    let is_native = matches!(first, Api::Messages | Api::GenerateContent);
    let wants = is_native && first != native;
    (wants && row.apis.iter().any(|api| api.api == native)).then_some(native)
}

/// How the row would spell it, where it is likely to have it at all.
fn spell(row: &Provider, wanted: &Identity) -> Option<ModelId> {
    let maker = wanted.maker.as_deref()?;
    let name = wanted.name.as_str();
    // Anybody may run open weights, and many spell them in their own way.
    let is_open = ["gpt-oss", "gemma"]
        .iter()
        .any(|open| name.starts_with(open));
    let id = row.id.as_str();
    let spelled = match (id, maker) {
        ("openrouter", _) => format!("{}/{name}", organisation(maker)?),
        (_, _) if is_open => return None,
        ("gemini", "google") => name.to_owned(),
        ("anthropic", "anthropic") => dashed_claude(name)?,
        ("bedrock", "anthropic") => format!("global.anthropic.{}", dashed_claude(name)?),
        ("bedrock", "openai") => format!("global.openai.{name}"),
        (_, "google") if id.starts_with("vertex") => name.to_owned(),
        (_, "anthropic") if id.starts_with("vertex") => dashed_claude(name)?,
        (_, "openai") if names_deployments(row) => name.to_owned(),
        _ if row.group == Group::FirstParty && id == maker => name.to_owned(),
        _ => return None,
    };
    Some(ModelId::new(spelled))
}

/// `claude-opus-5-5`; `None` for the old ones, whose ids have dates.
fn dashed_claude(name: &str) -> Option<String> {
    let version = name.rsplit('-').next()?;
    let major: u32 = version.split('.').next()?.parse().ok()?;
    (major >= 4).then(|| name.replace('.', "-"))
}

/// What OpenRouter calls a maker.
fn organisation(maker: &str) -> Option<&str> {
    Some(match maker {
        "anthropic" | "openai" | "google" | "deepseek" | "qwen" | "moonshotai" | "cohere"
        | "perplexity" | "amazon" | "nvidia" | "minimax" => maker,
        "meta" => "meta-llama",
        "mistral" => "mistralai",
        "xai" => "x-ai",
        "zai" => "z-ai",
        _ => return None,
    })
}

#[cfg(test)]
#[path = "alternatives_tests.rs"]
mod tests;
