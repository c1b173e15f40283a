use super::{super::files, *};

#[test]
fn a_file_is_kept_once_and_every_pane_gets_it_back() {
    let mut value = value("Look", "A cat.");
    for pane in 0..2 {
        value["panes"][pane]["turns"][0]["attachments"] = json!([file("Y2F0"), file("ZG9n")]);
    }
    let (original, _) = ResultDoc::from_value(value).unwrap();
    let mut document = original.clone();
    files::keep_once(&mut document);
    let data = |pane: usize, at: usize| document.panes[pane].turns[0].attachments[at].data.clone();
    assert_eq!(data(0, 1).as_deref(), Some("ZG9n"));
    assert_eq!((data(1, 0), data(1, 1)), (None, None));
    files::share(&mut document);
    assert_eq!(document, original);
}

#[test]
fn files_beyond_the_limit_are_left_out_and_counted() {
    let mut value = value("Look", "A cat.");
    let large = file(&"A".repeat(files::MOST_LETTERS - 10));
    for pane in 0..2 {
        value["panes"][pane]["turns"][0]["attachments"] =
            json!([large, file("QUFBQUFBQUFBQUFBQUFBQQ==")]);
    }
    let (mut document, _) = ResultDoc::from_value(value).unwrap();
    files::keep_once(&mut document);
    let entry = Entry::of(&document, 1, Label::default());
    assert_eq!((entry.files, entry.files_left_out), (2, 1));
    assert_eq!(document.panes[0].turns[0].attachments[1].name, "cat.png");
}
