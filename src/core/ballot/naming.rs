//! Answers that say who wrote them: "I am Claude", "made by Anthropic". A voter who reads that is no longer blind, whether it is true or
//! not.
//!
//! Looked for is a name of the catalogue close behind words with which a writer
//! speaks of itself. A mere mention gives nothing away.

use crate::core::catalog::identity::spoken_names;

/// What an answer calls itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The name, as the catalogue spells it.
    pub name: String,
    /// The words of the answer around it, for people.
    pub words: String,
}

/// With these a writer begins to speak of itself. Words as [`words_of`] cuts
/// them; the name follows, with nothing but [`FILLERS`] between.
const OPENINGS: [&[&str]; 27] = [
    &["i", "am"],
    &["i'm"],
    &["im"],
    &["i", "was"],
    &["my", "name", "is"],
    &["my", "name's"],
    &["call", "me"],
    &["you", "are", "talking", "to"],
    &["you're", "talking", "to"],
    &["this", "is"],
    &["developed", "by"],
    &["made", "by"],
    &["created", "by"],
    &["trained", "by"],
    &["built", "by"],
    &["as"],
    &["ich", "bin"],
    &["als"],
    &["je", "suis"],
    &["soy"],
    &["sou"],
    &["sono"],
    &["ik", "ben"],
    &["मैं"],
    &["मेरा", "नाम"],
    &["我是"],
    &["私は"],
];

/// Openings that others use too: the sentence must also speak of its writer.
const WEAK: [&str; 6] = ["developed", "made", "created", "trained", "built", "this"];

/// Words of a writer about itself.
const SELF: [&str; 22] = [
    "i",
    "i'm",
    "i've",
    "i'd",
    "i'll",
    "me",
    "my",
    "myself",
    "assistant",
    "chatbot",
    "ich",
    "bin",
    "mein",
    "je",
    "suis",
    "moi",
    "soy",
    "yo",
    "मैं",
    "我",
    "我是",
    "私は",
];

/// What may stand between the opening and the name.
const FILLERS: [&str; 50] = [
    "a",
    "an",
    "the",
    "ai",
    "assistant",
    "large",
    "language",
    "model",
    "models",
    "named",
    "called",
    "known",
    "as",
    "helpful",
    "chatbot",
    "bot",
    "just",
    "simply",
    "version",
    "of",
    "based",
    "on",
    "by",
    "made",
    "trained",
    "created",
    "developed",
    "built",
    "designed",
    "family",
    "from",
    "team",
    "at",
    "company",
    "powered",
    "actually",
    "really",
    "llm",
    "and",
    "ein",
    "eine",
    "un",
    "une",
    "una",
    "uma",
    "een",
    "एक",
    "है",
    "ki",
    "modell",
];

/// How many fillers at most.
const MOST_FILLERS: usize = 10;
/// Only this much of an answer is looked at, in bytes: who introduces itself
/// does so at an end, and a long answer must not take long.
const LOOKED_AT: usize = 40_000;

/// Whether an answer says who wrote it. `own` are further names that would give
/// it away: its model's id, its label.
pub fn naming(answer: &str, own: &[&str]) -> Option<Naming> {
    let text = head(answer);
    // Not for ever: `own` ends sooner.
    let known = spoken_names().map(|name: &str| name);
    let names: Vec<(&str, Vec<String>)> = known
        .chain(own.iter().copied())
        .map(|name| (name, words_of(name)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    text.split(['.', '!', '?', '\n', '।', '。', ';', ':'])
        .find_map(|sentence| in_sentence(sentence, &names))
}

fn head(answer: &str) -> &str {
    let mut end = answer.len().min(LOOKED_AT);
    while !answer.is_char_boundary(end) {
        end -= 1;
    }
    answer.get(..end).unwrap_or(answer)
}

fn in_sentence(sentence: &str, names: &[(&str, Vec<String>)]) -> Option<Naming> {
    let words = words_of(sentence);
    let about_self = words.iter().any(|word| SELF.contains(&word.as_str()));
    let found = (0..words.len()).find_map(|at| {
        let rest = words.get(at..)?;
        let (name, parts) = names.iter().find(|(_, parts)| begins(rest, parts))?;
        let before = words.get(..at)?;
        let after = rest.get(parts.len()..)?;
        // "Claude here, happy to help."
        let greets = at <= 1 && after.first().is_some_and(|word| word == "here");
        let then_self = after
            .first()
            .is_some_and(|word| SELF.contains(&word.as_str()));
        (greets || opens(before, about_self, then_self)).then_some(*name)
    })?;
    Some(Naming {
        name: found.to_owned(),
        words: sentence.trim().chars().take(120).collect(),
    })
}

/// Whether the words just before a name are a writer's about itself. `then_self`:
/// the word behind the name is one of [`SELF`], as in "as Claude, I".
fn opens(before: &[String], about_self: bool, then_self: bool) -> bool {
    let mut rest = before;
    for _ in 0..=MOST_FILLERS {
        let opening = OPENINGS.iter().find(|opening| ends(rest, opening));
        let is_about_self = match opening.and_then(|opening| opening.first()) {
            Some(&("as" | "als")) => then_self,
            Some(first) => about_self || !WEAK.contains(first),
            None => false,
        };
        if is_about_self {
            return true;
        }
        match rest.split_last() {
            Some((last, shorter)) if FILLERS.contains(&last.as_str()) => rest = shorter,
            _ => return false,
        }
    }
    false
}

fn ends(words: &[String], tail: &[&str]) -> bool {
    let start = words.len().checked_sub(tail.len());
    let last = start.and_then(|start| words.get(start..));
    last.is_some_and(|last| last.iter().zip(tail).all(|(a, b)| a == b))
}

/// Whether the words begin with a name. Its last word may go on with digits and
/// what follows them: `gpt` is the beginning of `gpt-4` and of `gpt4o`.
fn begins(words: &[String], name: &[String]) -> bool {
    let Some((last, first)) = name.split_last() else {
        return false;
    };
    let Some((word, before)) = words.get(..name.len()).and_then(<[String]>::split_last) else {
        return false;
    };
    before == first
        && word.strip_prefix(last.as_str()).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(|sign: char| !sign.is_alphabetic() && sign != '\'')
                || rest == "'s"
        })
}

/// Words in small letters, cut also where a script ends: `我是Claude` is two.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for sign in text.chars() {
        let sign = if sign == '’' { '\'' } else { sign };
        // Marks of Indian scripts are no letters, but part of the word.
        let is_part = sign.is_alphanumeric() || !sign.is_ascii() && is_mark(sign);
        let joins = matches!(sign, '-' | '\'' | '_' | '/') && !word.is_empty();
        if !is_part && !joins {
            push(&mut words, &mut word);
            continue;
        }
        let last = word.chars().next_back();
        if last.is_some_and(|last| last.is_ascii() != sign.is_ascii()) {
            push(&mut words, &mut word);
        }
        word.extend(sign.to_lowercase());
    }
    push(&mut words, &mut word);
    words
}

fn push(words: &mut Vec<String>, word: &mut String) {
    let whole = word.trim_end_matches(['-', '\'', '_', '/']);
    if !whole.is_empty() {
        words.push(whole.to_owned());
    }
    word.clear();
}

/// Vowel signs and the like of the scripts of South Asia.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{900}'..='\u{dff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(answer: &str) -> Option<String> {
        naming(answer, &["demo-fast"]).map(|found| found.name)
    }

    #[test]
    fn answers_that_introduce_themselves_are_found() {
        for (answer, expected) in [
            ("I am Claude, and I can help.", "claude"),
            ("Hi! I'm ChatGPT.", "chatgpt"),
            ("I’m Claude 3.5 Sonnet", "claude"),
            ("As ChatGPT, I cannot do that.", "chatgpt"),
            (
                "Sure.\n\nI am a large language model, trained by Google.",
                "Google",
            ),
            ("I'm an AI assistant made by Anthropic", "Anthropic"),
            ("I was created by OpenAI to be helpful.", "OpenAI"),
            ("My name is Gemini.", "gemini"),
            ("You are talking to Qwen3-8B", "qwen"),
            ("I am GPT-4o.", "gpt"),
            ("Claude here! Let me see.", "claude"),
            ("I am a model of the Mistral AI team", "Mistral AI"),
            ("I'm based on GPT4", "gpt"),
            ("Ich bin ein Sprachmodell. Ich bin Grok.", "grok"),
            ("Je suis une IA. Je suis DeepSeek", "DeepSeek"),
            ("Soy Gemini", "gemini"),
            ("मैं Gemini हूँ", "gemini"),
            ("我是Claude", "claude"),
            ("I am demo-fast.", "demo-fast"),
            ("I'm SmolLM2, a small model", "smollm"),
        ] {
            let found = name(answer);
            let same = found
                .as_ref()
                .is_some_and(|name| name.eq_ignore_ascii_case(expected));
            assert!(same, "{answer}: {found:?}");
        }
    }

    #[test]
    fn a_mere_mention_is_nothing() {
        for answer in [
            "Claude Shannon founded information theory.",
            "GPT is made by OpenAI, Claude by Anthropic.",
            "I am happy to compare Claude and ChatGPT.",
            "I would ask Gemini about that.",
            "Use it as a command line tool.",
            "I am not sure. Claude may know.",
            "I am in a meta discussion",
            "As Google says, I should look it up? No.",
            "The paper was written as GPT-4 came out.",
            "I am metamorphic.",
            "This is phishing.",
            "",
        ] {
            assert_eq!(name(answer), None, "{answer}");
        }
    }

    #[test]
    fn the_words_are_those_of_the_answer() {
        let found = naming("Well. I am Claude, made of words. Bye", &[]).unwrap();
        assert_eq!(found.words, "I am Claude, made of words");
    }

    proptest! {
        #[test]
        fn any_answer_is_looked_through_without_a_panic(answer: String) {
            let _ = naming(&answer, &[&answer]);
        }
    }
}
