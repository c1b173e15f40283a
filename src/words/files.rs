//! What is said about files beside a prompt, and about answers that follow a
//! schema.

use crate::core::{
    attach::{AttachError, LARGEST, Unfit},
    real::fixed,
};

group!(
    /// Files that go along with a prompt.
    Files {
        attach: &'static str,
        attach_hint: &'static str,
        attached: &'static str,
        drop_here: &'static str,
        drop_hint: &'static str,
        reading: fn(usize) -> String,
        added: fn(usize) -> String,
        refused: fn(&str, AttachError) -> String,
        remove: fn(&str) -> String,
        removed: fn(&str) -> String,
        lost: fn(&str) -> String,
        waiting: &'static str,
        ready: &'static str,
        sent_as: fn(&str, &str) -> String,
        in_the_making: fn(&str) -> String,
        not_made: fn(&str) -> String,
        not_to: fn(&str, Unfit) -> String,
        counted: fn(&str) -> String,
    }
);

group!(
    /// Answers that follow a schema.
    Structured {
        checking: &'static str,
        matches: &'static str,
        differs: fn(usize) -> String,
        cut: &'static str,
        not_json: fn(usize) -> String,
        empty: &'static str,
        bad_schema: fn(&str) -> String,
        no_checker: &'static str,
        fenced: &'static str,
        whole: &'static str,
        tree: &'static str,
        copy: &'static str,
        copied: &'static str,
        items: fn(usize) -> String,
        members: fn(usize) -> String,
        more: fn(usize) -> String,
        unfinished: &'static str,
        at: fn(usize, usize) -> String,
        not_object: &'static str,
    }
);

/// English.
pub const EN: Files = Files {
    attach: "Attach",
    attach_hint: "Attach images, PDFs or text files. Pasting and dropping them works too.",
    attached: "Attached files",
    drop_here: "Drop to attach",
    drop_hint: "Images, PDFs and text files go to every pane with the next prompt.",
    reading: |count| format!("Reading {}…", files(count)),
    added: |count| format!("{} attached", files(count)),
    refused,
    remove: |name| format!("Remove {name}"),
    removed: |name| format!("{name} was removed"),
    lost: |names| {
        format!("Too large to keep over a reload, so no longer attached: {names}. Attach it again.")
    },
    waiting: "The files are still being made ready. It runs as soon as they are.",
    ready: "The files are ready",
    sent_as: |to, form| format!("{to}: as {form}"),
    in_the_making: |to| format!("{to}: being made to fit…"),
    not_made: |to| format!("{to}: not sent, could not be made to fit"),
    not_to: |to, because| format!("{to}: not sent, {}", reason(because)),
    counted: |tokens| format!("{tokens} of them are of images."),
};

fn reason(because: Unfit) -> String {
    (super::request::EN.unfit)(because)
}

fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        _ => format!("{count} files"),
    }
}

fn refused(name: &str, error: AttachError) -> String {
    let name = if name.is_empty() { "The file" } else { name };
    match error {
        AttachError::Empty => format!("{name} is empty and was not attached."),
        AttachError::Unknown => format!(
            "{name} was not attached: it is neither PNG, JPEG, WebP or GIF, nor PDF, nor UTF-8 text. Save it as one of these."
        ),
        AttachError::TooLarge => format!(
            "{name} was not attached: it is larger than {} MB, which no provider takes in a request.",
            LARGEST >> 20
        ),
        AttachError::Unreadable => {
            format!("{name} could not be read. Folders cannot be attached; pick the files in it.")
        }
    }
}

/// A size in bytes, as people say it.
pub fn size(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let amount = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", fixed(amount / 1e3, 0)),
        _ => format!("{} MB", fixed(amount / 1e6, 1)),
    }
}

/// English.
pub const STRUCTURED: Structured = Structured {
    checking: "Checking against the schema…",
    matches: "Matches the schema",
    differs: |count| match count {
        1 => "Does not match the schema: 1 violation".to_owned(),
        _ => format!("Does not match the schema: {count} violations"),
    },
    cut: "The JSON is cut off, so it cannot match the schema. This is as far as it goes.",
    not_json: |place| format!("Not JSON from character {place} on, so it cannot match the schema."),
    empty: "There is no JSON in the answer.",
    bad_schema: |why| format!("The schema cannot be used to check the answer: {why}"),
    no_checker: "The checker could not be loaded. Reload the page to check the answer.",
    fenced: "The JSON stands in a code fence, which programs would have to take off.",
    whole: "the whole answer",
    tree: "Answer as a tree",
    copy: "Copy value",
    copied: "The value was copied",
    items: |count| match count {
        1 => "1 item".to_owned(),
        _ => format!("{count} items"),
    },
    members: |count| match count {
        1 => "1 member".to_owned(),
        _ => format!("{count} members"),
    },
    more: |count| format!("{count} more"),
    unfinished: "Not finished: the JSON ends too early. It is not used yet.",
    at: |line, column| format!("Not JSON at line {line}, column {column}. It is not used yet."),
    not_object: "A schema is a JSON object, in braces. It is not used.",
};

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_the_unit_that_fits() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_499), "1 kB");
        assert_eq!(size(3_750_000), "3.8 MB");
    }
}
