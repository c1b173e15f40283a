//! What a run cost, out of a document.

use crate::core::{
    pricing::{
        Cost, CostLine, CostSource, Day, Factor, Hours, PicoUsd, PriceBasis, Priced, TokenClass,
        Via,
    },
    recipe::{
        Expected, RecipeError,
        fields::{Fields, wrong},
    },
};
use serde_json::Value;

const SOURCES: [&str; 5] = ["reported", "computed", "estimated", "local", "simulated"];
const CLASSES: [&str; 7] = [
    "input",
    "cached_input",
    "cache_write",
    "cache_write_long",
    "output",
    "request",
    "web_search",
];
const VIAS: [&str; 3] = ["direct", "other_base", "model_name"];

pub(super) fn read_cost(mut fields: Fields) -> Result<Cost, RecipeError> {
    let source = match fields.required_word("source", &SOURCES)? {
        "local" => return Ok(Cost::Local),
        "simulated" => return Ok(Cost::Simulated),
        "reported" => CostSource::Reported,
        "computed" => CostSource::Computed,
        _ => CostSource::Estimated,
    };
    Ok(Cost::Known(Box::new(priced(fields, source)?)))
}

fn priced(mut fields: Fields, source: CostSource) -> Result<Priced, RecipeError> {
    let total = usd(&mut fields, "usd")?;
    let mut lines = Vec::new();
    for (path, value) in fields.list("lines")? {
        lines.push(line(Fields::of(path, value)?)?);
    }
    let basis = fields.object("prices")?.map(basis).transpose()?;
    let by_list = match fields.object("by_list")? {
        None => None,
        Some(mut below) => {
            let source = match below.required_word("source", &SOURCES)? {
                "computed" => CostSource::Computed,
                _ => CostSource::Estimated,
            };
            Some(Box::new(priced(below, source)?))
        }
    };
    Ok(Priced {
        total,
        source,
        lines,
        basis: basis.map(Box::new),
        by_list,
    })
}

/// Amounts are texts of exact decimal numbers.
fn usd(fields: &mut Fields, name: &str) -> Result<PicoUsd, RecipeError> {
    let text = fields.required_text(name)?;
    PicoUsd::parse(&text).ok_or_else(|| wrong(fields.path_of(name), Expected::Number))
}

fn line(mut fields: Fields) -> Result<CostLine, RecipeError> {
    let class = match fields.required_word("class", &CLASSES)? {
        "input" => TokenClass::Input,
        "cached_input" => TokenClass::CachedInput,
        "cache_write" => TokenClass::CacheWrite,
        "cache_write_long" => TokenClass::CacheWriteLong,
        "output" => TokenClass::Output,
        "request" => TokenClass::Request,
        _ => TokenClass::WebSearch,
    };
    let tokens = fields.whole("count", Expected::Count)?;
    Ok(CostLine {
        class,
        tokens: tokens.ok_or_else(|| fields.missing("count", Expected::Count))?,
        is_estimated: fields.flag("is_estimated")?.unwrap_or_default(),
        price: usd(&mut fields, "price_usd")?,
        is_stand_in: fields.flag("is_stand_in")?.unwrap_or_default(),
        amount: usd(&mut fields, "usd")?,
    })
}

fn basis(mut fields: Fields) -> Result<PriceBasis, RecipeError> {
    let via = match fields.required_word("via", &VIAS)? {
        "direct" => Via::Direct,
        "other_base" => Via::OtherBase,
        _ => Via::ModelName,
    };
    let as_of = fields.required_text("as_of")?;
    let as_of = Day::parse(&as_of).ok_or_else(|| wrong(fields.path_of("as_of"), Expected::Text))?;
    let hours = fields.word("hours", &["peak", "off_peak"])?;
    let mut factors = Vec::new();
    for (path, value) in fields.list("factors")? {
        factors.push(factor(Fields::of(path, value)?)?);
    }
    Ok(PriceBasis {
        list: fields.required_text("list")?,
        model: fields.required_text("model")?,
        by_returned_model: fields.flag("by_returned_model")?.unwrap_or_default(),
        via,
        as_of,
        age_days: fields
            .whole("age_days", Expected::WholeNumber)?
            .unwrap_or_default(),
        source: fields.required_text("source")?,
        is_live: fields.flag("is_live")?.unwrap_or_default(),
        url: fields.text("url")?,
        variant: fields.text("variant")?,
        tier_over: fields.whole("over_tokens", Expected::Count)?,
        hours: hours.map(|word| match word {
            "peak" => Hours::Peak,
            _ => Hours::OffPeak,
        }),
        factors,
        is_contested: fields.flag("is_contested")?.unwrap_or_default(),
    })
}

fn factor(mut fields: Fields) -> Result<Factor, RecipeError> {
    let region = fields.required_text("region")?;
    let times = fields.list("times")?;
    match times.as_slice() {
        [(_, above), (path, below)] => {
            let number = |value: &Value| value.as_u64();
            match (number(above), number(below).filter(|number| *number > 0)) {
                (Some(numerator), Some(denominator)) => Ok(Factor {
                    region,
                    numerator,
                    denominator,
                }),
                _ => Err(wrong(path.clone(), Expected::Count)),
            }
        }
        _ => Err(wrong(fields.path_of("times"), Expected::List)),
    }
}
