use super::basis::fraction;
use super::*;
use crate::core::pricing::{Via, WorstPane};

fn priced(source: CostSource) -> Priced {
    Priced {
        total: PicoUsd::parse("0.00764").unwrap(),
        source,
        lines: Vec::new(),
        basis: None,
        by_list: None,
    }
}

#[test]
fn only_estimates_have_a_sign_before_them() {
    let known = |source| EN.short(&Cost::Known(Box::new(priced(source))), "—");
    assert_eq!(known(CostSource::Reported), "$0.00764");
    assert_eq!(known(CostSource::Computed), "$0.00764");
    assert_eq!(known(CostSource::Estimated), "≈\u{a0}$0.0076");
    assert_eq!(EN.short(&Cost::Unknown(CostGap::NoPrice), "—"), "—");
    assert_eq!(EN.short(&Cost::Local, "—"), "local");
}

#[test]
fn a_tiny_estimate_is_short_and_never_reads_as_nothing() {
    for (amount, text) in [
        ("0.00029", "≈\u{a0}$0.00029"),
        ("0.0000423", "≈\u{a0}$0.00004"),
        ("0.0000049", "≈\u{a0}$0.000005"),
        ("0.00000099", "<\u{a0}$0.000001"),
        ("0.000000000001", "<\u{a0}$0.000001"),
        ("0", "≈\u{a0}$0"),
    ] {
        let mut estimate = priced(CostSource::Estimated);
        estimate.total = PicoUsd::parse(amount).unwrap();
        assert_eq!(amount_of(&estimate), text, "{amount}");
        // As many as the narrowest pane has room for.
        assert!(amount_of(&estimate).chars().count() <= 11, "{text}");
    }
}

#[test]
fn what_runs_in_the_page_asks_no_server() {
    let why = (SUM.local_why)(true);
    assert!(why.contains("no server is asked") && !why.contains("relay"));
    assert!((SUM.local_why)(false).contains("your own machine or network"));
}

#[test]
fn a_thousand_is_only_made_of_a_finished_run() {
    let cost = Cost::Known(Box::new(priced(CostSource::Computed)));
    assert_eq!(EN.thousand(&cost, Phase::Done, "—"), "$7.64");
    assert_eq!(EN.thousand(&cost, Phase::Answering, "—"), "—");
    assert_eq!(EN.thousand(&Cost::Local, Phase::Done, "—"), "—");
}

fn case(parts: Vec<WorstPart>) -> WorstCase {
    WorstCase {
        total: PicoUsd::ZERO,
        panes: parts
            .into_iter()
            .enumerate()
            .map(|(at, part)| WorstPane {
                name: format!("m{at}"),
                part,
            })
            .collect(),
    }
}

#[test]
fn what_is_unknown_is_named_beside_run_and_never_counted_as_nothing() {
    let unknown = || WorstPart::Unknown(CostGap::NoPrice);
    let both = EN.beside_run(&case(vec![WorstPart::Local, unknown()]), false);
    assert_eq!(both.0, "cost unknown");
    assert_eq!(both.1, "without m1: price unknown");
    let endless = WorstPart::Unknown(CostGap::NoOutputLimit);
    let mixed = EN.beside_run(&case(vec![unknown(), endless]), false);
    assert_eq!(
        mixed.1,
        "without m0: price unknown; without m1: no output limit"
    );
    let free = EN.beside_run(&case(vec![WorstPart::Local, WorstPart::Simulated]), false);
    assert_eq!(free.0, "costs nothing");
    let loading = EN.beside_run(&case(vec![unknown()]), true);
    assert_eq!(loading.0, "1 pane, worst case");
}

fn at_most(limit: OutputLimit) -> WorstPart {
    WorstPart::AtMost {
        amount: PicoUsd::parse("0.5").unwrap(),
        lines: Vec::new(),
        limit,
        basis: Box::new(PriceBasis {
            list: "List".to_owned(),
            model: "m0".to_owned(),
            by_returned_model: false,
            via: Via::Direct,
            as_of: Day::parse("2026-11-24").unwrap(),
            age_days: 0,
            source: "a page".to_owned(),
            is_live: false,
            url: None,
            variant: None,
            tier_over: None,
            hours: None,
            factors: Vec::new(),
            is_contested: false,
        }),
    }
}

#[test]
fn a_limit_that_nobody_set_is_said_of_the_panes_for_which_it_counts() {
    let limits = [OutputLimit::Request, OutputLimit::Model, OutputLimit::Ours];
    let said = (SUM.limits)(&case(limits.map(at_most).into()));
    assert_eq!(said.len(), 2);
    assert!(said[0].starts_with("No limit is set for m1: the most"));
    assert!(
        said[1].contains("limit for m2, and none is set"),
        "{said:?}"
    );
    assert!((SUM.limits)(&case(vec![at_most(OutputLimit::Request)])).is_empty());
}

#[test]
fn with_files_the_tokens_are_what_is_not_known() {
    let files = || WorstPart::Unknown(CostGap::Files);
    let alone = EN.beside_run(&case(vec![files(), WorstPart::Local]), false);
    assert_eq!(alone.0, "no estimate");
    assert_eq!(alone.1, "without m0: the provider counts images and PDFs");
    let mut mixed = case(vec![at_most(OutputLimit::Request), files()]);
    mixed.total = PicoUsd::parse("0.5").unwrap();
    let said = EN.beside_run(&mixed, false);
    assert_eq!(said.0, "at most $0.50");
    assert!(said.1.starts_with("without m1"));
    let unpriced = WorstPart::Unknown(CostGap::NoPrice);
    let both = EN.beside_run(&case(vec![unpriced, files()]), false);
    assert_eq!(both.0, "cost unknown");
}

#[test]
fn an_uncertain_price_says_why_it_is() {
    let mut basis = PriceBasis {
        list: "Amazon Bedrock".to_owned(),
        model: "*.anthropic.claude-opus-5-5".to_owned(),
        by_returned_model: true,
        via: Via::Direct,
        as_of: Day::parse("2026-11-24").unwrap(),
        age_days: 0,
        source: "a page".to_owned(),
        is_live: false,
        url: None,
        variant: None,
        tier_over: None,
        hours: None,
        factors: Vec::new(),
        is_contested: true,
    };
    let says = |basis: &PriceBasis, word: &str| {
        let all = (SUM.basis)(basis);
        all.iter()
            .filter(|sentence| sentence.contains(word))
            .count()
    };
    assert_eq!((says(&basis, "prefix"), says(&basis, "disagree")), (1, 0));
    basis.model = "us-gov.anthropic.claude-opus-5-5".to_owned();
    assert_eq!((says(&basis, "prefix"), says(&basis, "disagree")), (0, 1));
    // That no price of the host is known is said already.
    basis.via = Via::ModelName;
    assert_eq!((says(&basis, "prefix"), says(&basis, "disagree")), (0, 0));
}

#[test]
fn an_old_rate_says_how_old_it_is() {
    let day = Day::parse("2026-11-24").unwrap();
    let fresh = (SUM.rate_note)("EUR", "0.92", day, 3);
    assert_eq!(fresh, "1 USD = 0.92 EUR: rate of 24 Nov 2026, typed by you");
    assert!((SUM.rate_note)("EUR", "0.92", day, 61).contains("61 days old"));
}

#[test]
fn factors_are_written_as_decimals() {
    assert_eq!(fraction(11, 10), "1.1");
    assert_eq!(fraction(2, 1), "2");
    assert_eq!(fraction(1, 0), "0");
}

#[test]
fn an_amount_that_was_reported_so_far_is_not_said_to_be_counted_from_text() {
    let so_far = priced(CostSource::Estimated);
    assert!((SUM.source)(&so_far, Phase::Stopped).contains("had reported"));
    assert!((SUM.source)(&so_far, Phase::Answering).contains("so far"));
    assert!((SUM.source)(&priced(CostSource::Reported), Phase::Done).contains("Reported"));
}

#[test]
fn a_price_of_dearer_hours_says_so() {
    let say = |hours| (SUM.list_price)("$1.32", "$3.96", hours);
    assert!(say(Some(Hours::Peak)).ends_with("peak hours"));
    for hours in [None, Some(Hours::OffPeak)] {
        assert_eq!(say(hours), "$1.32 in · $3.96 out per 1M");
    }
}

#[test]
fn each_cause_of_a_missing_table_is_told_apart() {
    let format = TableError::Format("prices/9".to_owned());
    assert!((SUM.table_failed)(&format).contains("prices/9"));
    assert!((SUM.table_failed)(&TableError::Absent).contains("did not load"));
    assert!((SUM.table_failed)(&TableError::Undated).contains("no date"));
    let json = crate::core::json::parse("x").unwrap_err();
    assert!((SUM.table_failed)(&json.into()).contains("cannot be read"));
}
