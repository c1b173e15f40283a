//! The dialog that brings a list of prompts.

use super::{kit::Dialog, present::use_presenting};
use crate::{
    app::{task, use_prompts},
    browser::files::Incoming,
    core::playlist::{self, Form, Playlist, PlaylistError},
    words::words,
};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// How many prompts are shown before the list is used.
const SHOWN: usize = 6;

/// The dialog.
pub fn view() -> AnyView {
    let presenting = use_presenting();
    view! {
        <Dialog
            open=presenting.picks_list
            title=Signal::stored(words().prompts().title.to_owned())
            test_id="prompt-list"
            on_close=move |()| presenting.picks_list.set(false)
        >
            <PickList close=Callback::new(move |()| presenting.picks_list.set(false)) />
        </Dialog>
    }
    .into_any()
}

/// What is read of the text as it stands.
type Read = Option<Result<Playlist, PlaylistError>>;

#[component]
fn PickList(close: Callback<()>) -> impl IntoView {
    let w = words().prompts();
    let prompts = use_prompts();
    let text = RwSignal::new(String::new());
    let form = RwSignal::new(None::<Form>);
    // What could not be read at all.
    let problem = RwSignal::new(None::<String>);
    let read = Memo::new(move |_| -> Read {
        let text = text.get();
        (!text.trim().is_empty()).then(|| playlist::read(&text, form.get()))
    });
    let take = move |_| {
        if let Some(Ok(list)) = read.get_untracked() {
            close.run(());
            prompts.take(text.get_untracked(), list);
        }
    };
    let remove = move |_| {
        close.run(());
        prompts.remove();
    };
    view! {
        <div class="lend">
            <p>{w.lead}</p>
            <label class="field">
                <span class="label">{w.paste}</span>
                <textarea
                    class="textarea"
                    rows="6"
                    data-testid="prompt-list-text"
                    autofocus
                    placeholder=w.paste_example
                    prop:value=move || text.get()
                    on:input=move |event| {
                        problem.set(None);
                        text.set(event_target_value(&event));
                    }
                ></textarea>
            </label>
            <div class="prompt-list-how">
                <ChooseFile text form problem />
                <ReadAs form />
            </div>
            <Found read problem />
            <div class="lend-foot">
                {move || {
                    prompts
                        .list()
                        .map(|_| {
                            view! {
                                <button
                                    type="button"
                                    class="btn-text"
                                    data-testid="prompt-list-remove"
                                    on:click=remove
                                >
                                    {w.remove}
                                </button>
                            }
                        })
                }}
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="prompt-list-take"
                    disabled=move || !matches!(read.get(), Some(Ok(_)))
                    on:click=take
                >
                    {w.take}
                </button>
            </div>
        </div>
    }
}

#[component]
fn ChooseFile(
    text: RwSignal<String>,
    form: RwSignal<Option<Form>>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let w = words().prompts();
    let picked = move |event: web_sys::Event| {
        let files = Incoming::take(&event_target::<HtmlInputElement>(&event));
        let Some(file) = files.and_then(|files| files.into_files().next()) else {
            return;
        };
        let promised = Form::of_name(&file.name());
        task::spawn(async move {
            let bytes = if file.len() > playlist::MAX_BYTES {
                Err((w.fault)(&PlaylistError::TooLong { bytes: file.len() }))
            } else {
                file.read().await.ok_or_else(|| w.no_file.to_owned())
            };
            let read = bytes.and_then(|bytes| playlist::decode(bytes).map_err(|it| (w.fault)(&it)));
            match read {
                Ok(read) => {
                    problem.try_set(None);
                    form.try_set(promised);
                    text.try_set(read);
                }
                Err(why) => {
                    problem.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <label class="btn file-button">
            {w.choose}
            <input
                class="visually-hidden"
                type="file"
                data-testid="prompt-list-file"
                accept=".txt,.md,.json,.jsonl,.ndjson,.csv,.tsv,text/*,application/json"
                on:change=picked
            />
        </label>
    }
}

#[component]
fn ReadAs(form: RwSignal<Option<Form>>) -> impl IntoView {
    let w = words().prompts();
    let value = move || {
        let at = form
            .get()
            .and_then(|form| Form::ALL.iter().position(|it| *it == form));
        at.map(|at| at.to_string()).unwrap_or_default()
    };
    view! {
        <label class="field field-row">
            <span class="label">{w.read_as}</span>
            <select
                class="select"
                data-testid="prompt-list-form"
                prop:value=value
                on:change=move |event| {
                    let at = event_target_value(&event).parse::<usize>();
                    form.set(at.ok().and_then(|at| Form::ALL.get(at).copied()));
                }
            >
                <option value="">{w.as_it_looks}</option>
                {Form::ALL
                    .iter()
                    .enumerate()
                    .map(|(at, form)| view! { <option value=at.to_string()>{(w.form)(*form)}</option> })
                    .collect_view()}
            </select>
        </label>
    }
}

/// What was found, or what is wrong.
#[component]
fn Found(read: Memo<Read>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let w = words().prompts();
    let said = move || match (problem.get(), read.get()) {
        (Some(problem), _) => (true, problem),
        (None, Some(Err(fault))) => (true, (w.fault)(&fault)),
        (None, Some(Ok(list))) => (false, (w.found)(&list)),
        (None, None) => (false, String::new()),
    };
    view! {
        {move || {
            let (is_bad, said) = said();
            view! {
                <p class="hint" class:hint-bad=is_bad role="status" data-testid="prompt-list-found">
                    {said}
                </p>
            }
        }}
        {move || {
            let Some(Ok(list)) = read.get() else { return ().into_any() };
            let more = list.entries.len() > SHOWN;
            let shown = list.entries.iter().take(SHOWN);
            view! {
                <ol class="prompt-list-shown">
                    {shown.map(|entry| view! { <li>{entry.heading()}</li> }).collect_view()}
                    {more.then(|| view! { <li class="prompt-list-more">"…"</li> })}
                </ol>
            }
                .into_any()
        }}
    }
}
