//! JSON out: known fields in the contract's order, then the unknown ones.

use super::{Recipe, RecipeMessage, RecipePane, VERSION};
use crate::core::{
    domain::{Api, Params},
    json::object::Object,
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

impl Recipe {
    /// The document as compact JSON.
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    /// The document as JSON with line breaks, for a file.
    pub fn to_pretty_json(&self) -> String {
        format!("{:#}", self.to_value())
    }

    /// The document as a value. What is not set is left out; `run` is always
    /// there, so that a reader need not know the defaults.
    pub fn to_value(&self) -> Value {
        let mut out = Object::default();
        out.put("touchstone", VERSION);
        out.put_some("title", self.title.as_deref());
        out.put_some("system", self.system.as_deref());
        out.put_list("messages", self.messages.iter().map(message));
        let variables: Map<String, Value> = self
            .variables
            .iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        out.put_map("variables", variables);
        out.put_map("params", params(&self.params, &self.params_extra));
        out.put_list("panes", self.panes.iter().map(pane));
        let mut run = Object::default();
        run.put("order", self.run.order.as_str());
        run.put("repeats", self.run.repeats);
        out.put_map("run", run.with(&self.run.extra));
        Value::Object(out.with(&self.extra))
    }
}

impl Serialize for Recipe {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

fn message(message: &RecipeMessage) -> Value {
    let mut out = Object::default();
    out.put("role", message.role.as_str());
    out.put("content", message.content.as_str());
    Value::Object(out.with(&message.extra))
}

fn pane(pane: &RecipePane) -> Value {
    let mut out = Object::default();
    out.put("provider", pane.provider.as_str());
    out.put_some("api", pane.api.map(Api::as_str));
    out.put_some("label", pane.label.as_deref());
    out.put("model", pane.model.as_str());
    out.put_some("base_url", pane.base_url.as_deref());
    out.put_map("params", params(&pane.params, &pane.params_extra));
    Value::Object(out.with(&pane.extra))
}

fn params(params: &Params, extra: &Map<String, Value>) -> Map<String, Value> {
    let mut out = Object::default();
    out.put_some("temperature", params.temperature);
    out.put_some("top_p", params.top_p);
    out.put_some("top_k", params.top_k);
    out.put_some("max_output_tokens", params.max_output_tokens);
    out.put_some("context_window", params.context_window);
    let texts = |texts: &[String]| {
        texts
            .iter()
            .map(|text| text.as_str().into())
            .collect::<Vec<Value>>()
    };
    out.put_list("stop", texts(&params.stop).into_iter());
    out.put_some("seed", params.seed);
    out.put_some("reasoning_effort", params.reasoning_effort.as_deref());
    out.put_some("reasoning_summary", params.reasoning_summary.as_deref());
    out.put_some("service_tier", params.service_tier.as_deref());
    out.put_list("provider_order", texts(&params.provider_order).into_iter());
    out.put_some("response_schema", params.response_schema.clone());
    out.with(extra)
}
