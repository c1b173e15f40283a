use super::{Estimate, Script, WEIGHTS, of_body, script, tokens_of};
use proptest::prelude::*;
use serde_json::json;

/// A sentence in each script, with the tokens that it has in `o200k_base`.
const SENTENCES: [(&str, u64); 7] = [
    (
        "The monsoon arrives over the western coast in the first week of June, and within a few days the dry fields turn green.",
        26,
    ),
    (
        "मानसून जून के पहले सप्ताह में पश्चिमी तट पर पहुँचता है और कुछ ही दिनों में सूखे खेत हरे हो जाते हैं।",
        30,
    ),
    (
        "பருவமழை ஜூன் முதல் வாரத்தில் மேற்கு கடற்கரையை அடைகிறது, சில நாட்களில் வறண்ட வயல்கள் பசுமையாகின்றன.",
        37,
    ),
    (
        "季风在六月的第一周抵达西海岸，几天之内干旱的田野就变绿了。",
        28,
    ),
    (
        "モンスーンは六月の第一週に西海岸に到達し、数日のうちに乾いた畑が緑に変わります。",
        34,
    ),
    (
        "Муссон достигает западного побережья в первую неделю июня, и за несколько дней сухие поля становятся зелёными.",
        27,
    ),
    (
        "    let Some((head, rest)) = pattern.split_once('*') else {\n        return pattern == id;\n    };\n",
        24,
    ),
];

#[test]
fn each_script_is_estimated_within_a_third_of_a_real_tokenizer() {
    for (text, real) in SENTENCES {
        let own = tokens_of(text);
        assert!(
            own * 3 >= real * 2 && own * 3 <= real * 4,
            "{own} for {real}: {text}"
        );
    }
}

#[test]
fn letters_are_told_apart_by_their_script() {
    for (letter, kind) in [
        ('a', Script::Latin),
        ('é', Script::Latin),
        (' ', Script::Space),
        ('\n', Script::Space),
        ('7', Script::Digit),
        ('७', Script::Digit),
        ('{', Script::Sign),
        ('—', Script::Sign),
        ('、', Script::Sign),
        ('ж', Script::Alphabet),
        ('ع', Script::Alphabet),
        ('क', Script::Indic),
        ('ก', Script::Indic),
        ('あ', Script::Kana),
        ('한', Script::Kana),
        ('风', Script::Han),
        ('🎉', Script::Other),
    ] {
        assert_eq!(script(letter), kind, "{letter:?}");
    }
}

#[test]
fn nothing_is_no_token_and_deep_indentation_is_few() {
    assert_eq!(tokens_of(""), 0);
    assert_eq!(tokens_of("x"), 1);
    assert_eq!(tokens_of(&" ".repeat(400)), 1);
}

#[test]
fn a_body_counts_what_the_model_reads_and_nothing_else() {
    let (text, besides) = of_body(&json!({
        "model": "a-very-long-name-that-nobody-reads", "stream": true, "metadata": {"x": "y".repeat(900)},
        "system": "Be brief.",
        "messages": [{"role": "user", "content": [
            {"type": "text", "text": "Hello there"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,".repeat(400)}},
        ]}],
    }));
    let mut expected = Estimate::default();
    expected.add("Be brief.");
    expected.add("Hello there");
    assert_eq!((text.tokens(), besides), (expected.tokens(), 7));
    let (gemini, _) = of_body(&json!({
        "systemInstruction": {"parts": [{"text": "Be brief."}]},
        "contents": [{"role": "user", "parts": [{"text": "Hello there"}, {"inlineData": {"mimeType": "image/png", "data": "x".repeat(900)}}]}],
    }));
    assert_eq!(gemini.tokens(), expected.tokens());
}

#[test]
fn every_kind_stands_at_its_place_and_the_most_is_more() {
    for (at, (kind, usual, most)) in WEIGHTS.into_iter().enumerate() {
        assert_eq!(kind as usize, at, "{kind:?}");
        assert!(usual > 0 && usual < most, "{kind:?}");
    }
    assert_eq!(Script::Other as usize + 1, WEIGHTS.len());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]
    #[test]
    fn more_text_is_never_fewer_tokens(text in "\\PC{0,60}", more in "\\PC{0,60}") {
        let both = text.clone() + &more;
        prop_assert!(tokens_of(&text) <= tokens_of(&both));
    }

    #[test]
    fn the_most_is_at_least_the_usual_and_bounded_by_the_letters(text in "\\PC{0,80}") {
        let mut estimate = Estimate::default();
        estimate.add(&text);
        prop_assert!(estimate.tokens() <= estimate.at_most());
        prop_assert!(estimate.at_most() <= 3 * text.chars().count() as u64);
        prop_assert_eq!(text.is_empty(), estimate.tokens() == 0);
    }
}
