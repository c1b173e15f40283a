//! JSON in: a result out of a document, with the path of whatever is wrong.

use super::{
    AppInfo, Machine, RESULT_VERSION, ResultDoc, ResultPane, ResultTurn, read_run::read_result_run,
};
use crate::core::{
    attach::StoredFile,
    domain::{ModelId, ProviderId},
    json,
    recipe::{
        Expected, Recipe, RecipeError, RecipeNotice,
        fields::{Fields, parsed, wrong},
        read::{read_api, read_params},
    },
};
use serde_json::Value;

impl ResultDoc {
    /// Reads a document. What can be used is returned with what should be said
    /// about its recipe. Fields of later versions are kept.
    pub fn parse(json: &str) -> Result<(Self, Vec<RecipeNotice>), RecipeError> {
        Self::from_value(parsed(json)?)
    }

    /// The same for a document that is already JSON.
    pub fn from_value(value: Value) -> Result<(Self, Vec<RecipeNotice>), RecipeError> {
        let mut fields = Fields::of(String::new(), value)?;
        let version = fields.required_text("touchstone")?;
        if version != RESULT_VERSION {
            return Err(RecipeError::UnknownVersion { found: version });
        }
        let app = match fields.object("app")? {
            Some(mut app) => AppInfo {
                name: app.required_text("name")?,
                version: app.required_text("version")?,
            },
            None => return Err(fields.missing("app", Expected::Object)),
        };
        let created = fields.text("created")?;
        let machine = match fields.object("machine")? {
            Some(mut machine) => Machine {
                user_agent: machine.text("user_agent")?,
                hidden: machine.flag("hidden")?,
                more: machine.map,
            },
            None => Machine::default(),
        };
        let recipe = fields
            .take("recipe")
            .ok_or_else(|| fields.missing("recipe", Expected::Object))?;
        let (recipe, notices) =
            Recipe::from_value(recipe).map_err(|error| error.below("recipe"))?;
        let panes = fields.list("panes")?;
        let panes = panes.into_iter().map(pane).collect::<Result<_, _>>()?;
        let result = Self {
            touchstone: RESULT_VERSION,
            app,
            created,
            machine,
            recipe,
            panes,
            extra: fields.map,
        };
        Ok((result, notices))
    }
}

fn pane((path, value): (String, Value)) -> Result<ResultPane, RecipeError> {
    let mut fields = Fields::of(path, value)?;
    let provider = ProviderId::new(fields.required_text("provider")?);
    let api = read_api(&mut fields)?;
    let model = ModelId::new(fields.required_text("model")?);
    let host = fields.text("host")?;
    let label = fields.text("label")?;
    let (params, _) = read_params(&mut fields)?;
    let turns = fields.list("turns")?;
    let turns = turns
        .into_iter()
        .map(|item| turn(item, &provider, &model))
        .collect::<Result<_, _>>()?;
    Ok(ResultPane {
        provider,
        api,
        model,
        host,
        label,
        params,
        turns,
        extra: fields.map,
    })
}

fn turn(
    (path, value): (String, Value),
    provider: &ProviderId,
    model: &ModelId,
) -> Result<ResultTurn, RecipeError> {
    let mut fields = Fields::of(path, value)?;
    let template = fields.text("template")?;
    let prompt = fields.required_text("prompt")?;
    let attachments = fields.list("attachments")?;
    let attachments = attachments
        .into_iter()
        .map(|(path, value)| {
            json::from_value::<StoredFile>(value).map_err(|_| wrong(path, Expected::Object))
        })
        .collect::<Result<_, _>>()?;
    let runs = fields.list("runs")?;
    let runs = runs
        .into_iter()
        .map(|item| read_result_run(item, provider, model))
        .collect::<Result<_, _>>()?;
    Ok(ResultTurn {
        template,
        prompt,
        attachments,
        runs,
        extra: fields.map,
    })
}
