use super::{Entry, Form, MAX_BYTES, MAX_ENTRIES, PlaylistError, Wanted, decode, read};
use proptest::prelude::*;

fn prompts(text: &str) -> Vec<String> {
    let list = read(text, None).unwrap();
    list.entries.into_iter().map(|entry| entry.prompt).collect()
}

fn fault(text: &str, form: Option<Form>) -> PlaylistError {
    read(text, form).unwrap_err()
}

#[test]
fn plain_lines_are_a_prompt_each() {
    let list = read("One?\n Two? \r\nThree?", None).unwrap();
    assert_eq!(list.form, Form::Lines);
    assert_eq!(
        prompts("One?\n Two? \r\nThree?"),
        ["One?", "Two?", "Three?"]
    );
}

#[test]
fn bullets_and_numbers_leave_only_where_every_line_has_one() {
    assert_eq!(prompts("1. One\n2) Two\n- Three"), ["One", "Two", "Three"]);
    assert_eq!(prompts("- One\nTwo"), ["- One", "Two"]);
    assert_eq!(prompts("3. is a number"), ["3. is a number"]);
    assert_eq!(
        prompts("-1 + 2 = ?\n-3 + 4 = ?"),
        ["-1 + 2 = ?", "-3 + 4 = ?"]
    );
}

#[test]
fn blank_lines_part_blocks_but_not_code() {
    let text = "Explain:\n```\na\n\nb\n```\n\nSecond\nwith two lines\n";
    let list = read(text, None).unwrap();
    assert_eq!(list.form, Form::Blocks);
    assert_eq!(
        prompts(text),
        ["Explain:\n```\na\n\nb\n```", "Second\nwith two lines"]
    );
}

#[test]
fn rules_part_markdown_and_a_heading_is_a_title() {
    let text = "# Warm up\n\nSay *hello*.\n\n---\nNo title\n\n----\n```\n---\n```\n---\n# Alone\n";
    let list = read(text, None).unwrap();
    assert_eq!(list.form, Form::Markdown);
    let [first, second, third, fourth] = list.entries.as_slice() else {
        panic!("four parts: {:?}", list.entries);
    };
    assert_eq!(first.title.as_deref(), Some("Warm up"));
    assert_eq!(first.prompt, "Say *hello*.");
    assert_eq!(
        (second.title.as_deref(), second.prompt.as_str()),
        (None, "No title")
    );
    assert_eq!(third.prompt, "```\n---\n```");
    // A heading that is all there is may be what is asked.
    assert_eq!(
        (fourth.title.as_deref(), fourth.prompt.as_str()),
        (None, "# Alone")
    );
}

#[test]
fn json_lists_hold_texts_and_objects() {
    let text =
        r#"["Hi", {"title": "Two", "prompt": "{{a}} and {{b}}", "variables": {"a": "x"}, "b": 2}]"#;
    let list = read(text, None).unwrap();
    assert_eq!(list.form, Form::Json);
    assert_eq!(list.entries[0], Entry::new("Hi"));
    assert_eq!(list.entries[1].title.as_deref(), Some("Two"));
    let variables = [
        ("a".to_owned(), "x".to_owned()),
        ("b".to_owned(), "2".to_owned()),
    ];
    assert_eq!(list.entries[1].variables, variables);
    assert_eq!(list.variables(), ["a", "b"]);
    assert_eq!(prompts(r#"{"prompts": ["a", {"text": "b"}]}"#), ["a", "b"]);
    assert_eq!(
        prompts("{\"prompt\":\"a\"}\n{\"prompt\":\"b\",\"x\":true}"),
        ["a", "b"]
    );
}

#[test]
fn a_line_in_brackets_is_a_prompt() {
    assert_eq!(
        prompts("[insert name] says hello\n[x]"),
        ["[insert name] says hello", "[x]"]
    );
    assert_eq!(prompts("{{topic}} in one line"), ["{{topic}} in one line"]);
}

#[test]
fn broken_json_is_placed_and_wrong_shapes_are_named() {
    assert_eq!(
        fault("[\"a\",\n \"b\"\n \"c\"]", None),
        PlaylistError::Json { line: 3, column: 2 }
    );
    assert_eq!(
        fault("{\"prompt\":\"a\"}\n{\"prompt\" \"b\"}", None),
        PlaylistError::Json {
            line: 2,
            column: 11
        }
    );
    assert_eq!(
        fault("{\"a\": 1}", Some(Form::Json)),
        PlaylistError::NotAList
    );
    let wrong = |text: &str| match fault(text, None) {
        PlaylistError::Wrong { path, wanted } => (path, wanted),
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong(r#"["a", 5]"#), ("[1]".to_owned(), Wanted::Entry));
    assert_eq!(
        wrong(r#"[{"q": "a"}]"#),
        ("[0].prompt".to_owned(), Wanted::Prompt)
    );
    assert_eq!(wrong(r#"["a", " "]"#), ("[1]".to_owned(), Wanted::Prompt));
    assert_eq!(
        wrong(r#"{"prompts": [{"prompt": "a", "tags": ["x"]}]}"#),
        ("prompts[0].tags".to_owned(), Wanted::Value)
    );
}

#[test]
fn a_table_gives_prompts_titles_and_variables() {
    let text = "title,Prompt,topic\nA,\"Write \"\"this\"\",\non {{topic}}\",tea\n,Again {{topic}},\"coffee, black\"\n,,\n";
    let list = read(text, None).unwrap();
    assert_eq!(list.form, Form::Table);
    assert_eq!(list.entries.len(), 2);
    assert_eq!(list.entries[0].title.as_deref(), Some("A"));
    assert_eq!(list.entries[0].prompt, "Write \"this\",\non {{topic}}");
    assert_eq!(list.entries[1].heading(), "Again coffee, black");
    assert_eq!(prompts("prompt;n\nHello, you;1"), ["Hello, you"]);
    assert_eq!(prompts("n\tprompt\n1\tHi"), ["Hi"]);
    assert_eq!(prompts("prompt\nHi\nHo"), ["Hi", "Ho"]);
}

#[test]
fn bad_tables_name_line_and_reason() {
    assert_eq!(
        fault("question,topic\na,b", Some(Form::Table)),
        PlaylistError::NoPromptColumn {
            found: vec!["question".to_owned(), "topic".to_owned()]
        }
    );
    assert_eq!(
        fault("prompt,topic\n\"a\nb\",x\nc", None),
        PlaylistError::Width {
            line: 4,
            expected: 2,
            found: 1
        }
    );
    assert_eq!(
        fault("prompt,topic\n,x", None),
        PlaylistError::NoPrompt { line: 2 }
    );
    assert_eq!(
        fault("prompt\na\n\"b\nc", None),
        PlaylistError::OpenQuote { line: 3 }
    );
}

#[test]
fn nothing_too_much_and_no_text_are_refused() {
    assert_eq!(fault(" \n\n", None), PlaylistError::Empty);
    assert_eq!(fault("[]", None), PlaylistError::Empty);
    assert_eq!(fault("---\n---", None), PlaylistError::Empty);
    assert_eq!(fault("a\0b", None), PlaylistError::NotText);
    assert_eq!(
        decode(vec![0xff, 0xfe, b'a', 0]),
        Err(PlaylistError::NotText)
    );
    let bytes = MAX_BYTES + 1;
    assert_eq!(
        fault(&"a".repeat(bytes), None),
        PlaylistError::TooLong { bytes }
    );
}

#[test]
fn more_than_fit_are_counted() {
    let list = read(&"a\n".repeat(MAX_ENTRIES + 3), None).unwrap();
    assert_eq!((list.entries.len(), list.left_out), (MAX_ENTRIES, 3));
}

#[test]
fn names_of_files_promise_a_form() {
    assert_eq!(Form::of_name("My list.JSON"), Some(Form::Json));
    assert_eq!(Form::of_name("a.tsv"), Some(Form::Table));
    assert_eq!(Form::of_name("a.md"), None);
    assert_eq!(Form::of_name("csv"), None);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_prompts_are_never_blank(text in "\\PC{0,60}|([-\",;\t\n\\[\\]{}`# a:]|prompt){0,60}") {
        if let Ok(list) = read(&text, None) {
            prop_assert!(!list.entries.is_empty());
            prop_assert!(list.entries.iter().all(|entry| !entry.prompt.trim().is_empty()));
        }
    }

    #[test]
    fn a_written_table_reads_back(rows in prop::collection::vec(("[a-z\",\n;]{0,9}z", "[a-z\",\n ]{0,9}y"), 1..6)) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut text = "prompt,topic\n".to_owned();
        for (prompt, topic) in &rows {
            text.extend([&quoted(prompt), ",", &quoted(topic), "\n"]);
        }
        let list = read(&text, None).unwrap();
        let read: Vec<_> = list.entries.iter().map(|entry| (entry.prompt.clone(), entry.variables[0].1.clone())).collect();
        let written: Vec<_> = rows.iter().map(|(prompt, topic)| (prompt.trim().to_owned(), topic.clone())).collect();
        prop_assert_eq!(read, written);
    }
}
