//! Our arithmetic beside that of `genai-prices`, given the same rows, usage and
//! time. `scripts/prices/oracle.py` made the records and says how.

use super::{Cost, CostSource, Moment, PriceTable, RunToPrice, cost_of_run};
use crate::core::{
    domain::{
        Finish, FinishReason, InputTokens, Millis, ModelId, Origin, OutputTokens, ProviderId, Usage,
    },
    run::RunLog,
    wire::StreamEvent,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const FIXTURE: &str = include_str!("../../../tests/fixtures/prices/oracle.json");

struct Record<'a>(&'a [Value]);

impl<'a> Record<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.0[at].as_str().unwrap()
    }

    fn number(&self, at: usize) -> u64 {
        self.0[at].as_u64().unwrap()
    }

    /// The usage as Anthropic would report it, normalised.
    fn usage(&self) -> Usage {
        let [total, cached, write, long, output, searches] =
            [3, 4, 5, 6, 7, 8].map(|at| self.number(at));
        let mut raw = json!({
            "cache_creation": {"ephemeral_1h_input_tokens": long, "ephemeral_5m_input_tokens": write},
            "server_tool_use": {"web_search_requests": searches},
        });
        if !self.text(9).is_empty() {
            raw[self.text(9)] = self.text(10).into();
        }
        Usage {
            input: InputTokens {
                total: Some(total),
                uncached: None,
                cache_read: Some(cached),
                cache_write: Some(write + long),
            },
            output: OutputTokens {
                total: Some(output),
                ..OutputTokens::default()
            },
            raw: Some(raw),
        }
    }
}

fn log(usage: Usage) -> RunLog {
    let mut log = RunLog::new();
    log.sent(Millis(0.0), true, false);
    log.apply(&StreamEvent::Usage(usage), Millis(1.0));
    let finish = Finish {
        unified: FinishReason::Stop,
        raw: None,
    };
    log.apply(&StreamEvent::Finish(finish), Millis(1.0));
    log.end(Millis(2.0));
    log
}

#[test]
fn every_record_costs_what_genai_prices_says_to_the_picodollar() {
    let table = PriceTable::from_json(FIXTURE).unwrap();
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let records = fixture["records"].as_array().unwrap();
    let origin = Origin::new("https://relay.example");
    let mut models = BTreeSet::new();
    let mut wrong = Vec::new();
    for fields in records {
        let record = Record(fields.as_array().unwrap());
        let provider = ProviderId::new(record.text(0));
        let asked = ModelId::new(record.text(1));
        let log = log(record.usage());
        let moment = Moment(fields[2].as_i64().unwrap());
        let cost = cost_of_run(
            Some(&table),
            &RunToPrice {
                provider: &provider,
                origin: Some(&origin),
                asked: &asked,
                log: &log,
                body: None,
                sent_at: moment,
                now: moment,
            },
        );
        models.insert((record.text(0), record.text(1)));
        match cost {
            Cost::Known(priced)
                if priced.source == CostSource::Computed
                    && priced.total.0 == record.number(11)
                    && priced
                        .lines
                        .iter()
                        .map(|line| line.amount)
                        .sum::<super::PicoUsd>()
                        == priced.total => {}
            other => wrong.push(format!("{fields:?}: {other:?}")),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong, such as {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(3)]
    );
    assert!(records.len() >= 1000 && models.len() >= 60);
}
