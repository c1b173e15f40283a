//! Reading files, and making images fit (the later part).

use super::{Files, Form, use_files};
use crate::{
    app::{
        Comparison, Notices, Runner, imports::HISTORY_NAME, studio, task, use_comparison,
        use_notices, use_runner,
    },
    browser::files::{self as browser_files, Incoming, IncomingFile},
    core::attach::{AttachError, Attachment, FileKind, Fit, LARGEST, Target, fit},
    words::words,
};
use leptos::prelude::*;

/// Attaches files to the draft, one after another, in their order. A run that
/// waits for one that cannot be attached waits for the person from then on.
pub fn add(incoming: Incoming, comparison: Comparison, files: Files, notices: Notices) {
    let count = incoming.len();
    // A drop says nothing of what it is for; one file at a time may be opened.
    let may_open = !incoming.is_chosen() && count == 1;
    files.reading.update(|reading| *reading += count);
    task::spawn(async move {
        let mut added = 0;
        let holds_run = || comparison.run_waits.set_value(false);
        for file in incoming.into_files() {
            let name = file.name();
            let outcome = if file.len() > LARGEST {
                if may_open && is_opened_large(&file, notices).await {
                    holds_run();
                    done_reading(files);
                    return;
                }
                Err(AttachError::TooLarge)
            } else {
                match file.read().await {
                    Some(bytes) if may_open && is_opened(&name, &bytes, notices).await => {
                        holds_run();
                        done_reading(files);
                        return;
                    }
                    Some(bytes) => Attachment::read(comparison.next_id(), &name, bytes),
                    None => Err(AttachError::Unreadable),
                }
            };
            if outcome.is_err() {
                holds_run();
            }
            done_reading(files);
            match outcome {
                Ok(attachment) => {
                    added += 1;
                    comparison.attached.update(|all| all.push(attachment));
                }
                Err(error) => notices.error((words().files().refused)(&name, error)),
            }
        }
        if added > 0 {
            notices.say((words().files().added)(added));
        }
    });
}

/// Whether a file that was dropped is one to be opened, which has begun then.
async fn is_opened(name: &str, bytes: &[u8], notices: Notices) -> bool {
    // All that can be opened is text.
    if std::str::from_utf8(bytes).is_err() {
        return false;
    }
    if let Some(parts) = studio::need().await {
        return (parts.take_dropped)(name, bytes);
    }
    notices.toast(words().later.failed);
    false
}

/// The same for one that is too large to be attached: of that size only a history
/// is opened.
async fn is_opened_large(file: &IncomingFile, notices: Notices) -> bool {
    if !file.name().starts_with(HISTORY_NAME) {
        return false;
    }
    if let Some(parts) = studio::need().await {
        return (parts.take_large)(file);
    }
    notices.toast(words().later.failed);
    false
}

fn done_reading(files: Files) {
    files
        .reading
        .update(|reading| *reading = reading.saturating_sub(1));
}

/// From now on makes whatever an open pane needs of the attached images.
pub fn keep_ready() {
    let (comparison, files, runner) = (use_comparison(), use_files(), use_runner());
    let notices = use_notices();
    Effect::new(move |_| {
        let attachments = all(comparison);
        for attachment in &attachments {
            show(files, attachment);
        }
        for pane in comparison.panes.get() {
            let setup = pane.setup.get();
            let Some(row) = setup.row() else { continue };
            let Some(api) = row.api(setup.api) else {
                continue;
            };
            for attachment in &attachments {
                if let Fit::Changed(target) =
                    fit(attachment, row, api.dialect, &setup.known_model())
                {
                    want(files, attachment, target);
                }
            }
        }
    });
    // Run was clicked before everything was there.
    Effect::new(move |_| {
        if !files.is_busy() && comparison.run_waits.get_value() {
            comparison.run_waits.set_value(false);
            untrack(|| runner.run_all());
            notices.say(words().files().ready);
        }
    });
}

/// Runs as soon as every file is ready.
pub fn run_when_ready(comparison: Comparison, files: Files, runner: Runner, notices: Notices) {
    if untrack(|| files.is_busy()) {
        comparison.run_waits.set_value(true);
        notices.toast(words().files().waiting);
    } else {
        runner.run_all();
    }
}

/// Every attachment of the draft and of the turns (tracked).
fn all(comparison: Comparison) -> Vec<Attachment> {
    let mut all = comparison.attached.get();
    comparison.turns.with(|turns| {
        all.extend(
            turns
                .iter()
                .flat_map(|turn| turn.attachments.iter().cloned()),
        );
    });
    all
}

fn want(files: Files, attachment: &Attachment, target: Target) {
    let id = attachment.id;
    if untrack(|| files.form(id, &target)).is_some() {
        return;
    }
    let attachment = attachment.clone();
    let limits = target.clone();
    files
        .forms
        .update(|forms| forms.push((id, limits, Form::Pending)));
    task::spawn(async move {
        let made = browser_files::fit(&attachment, &target).await;
        let made = made.and_then(|bytes| Attachment::read(id, &attachment.name, bytes).ok());
        let form = match made.filter(|made| target.is_met_by(made)) {
            Some(made) => Form::Made(made),
            None => Form::Failed,
        };
        files.forms.update(|forms| {
            let mut forms = forms.iter_mut();
            let found = forms.find(|(of, limits, _)| *of == id && *limits == target);
            if let Some((_, _, slot)) = found {
                *slot = form;
            }
        });
    });
}

/// Makes the thumbnail of an image, once.
fn show(files: Files, attachment: &Attachment) {
    let id = attachment.id;
    let is_known = |thumbs: &Vec<(u32, String)>| thumbs.iter().any(|(of, _)| *of == id);
    if !matches!(attachment.kind, FileKind::Image { .. }) || files.thumbs.with_untracked(is_known) {
        return;
    }
    // A place for it, so that it is not asked for twice.
    files
        .thumbs
        .update_untracked(|thumbs| thumbs.push((id, String::new())));
    let attachment = attachment.clone();
    task::spawn(async move {
        let Some(url) = browser_files::thumbnail(&attachment).await else {
            return;
        };
        files.thumbs.update(|thumbs| {
            if let Some((_, slot)) = thumbs.iter_mut().find(|(of, _)| *of == id) {
                *slot = url;
            }
        });
    });
}
