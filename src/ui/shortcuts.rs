//! The sheet of shortcuts.

use super::{dialogs::use_dialogs, kit::Dialog, later::late};
use crate::{browser::page, words::words};
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn ShortcutsDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    view! {
        <Dialog
            open=dialogs.shortcuts
            title=Signal::stored(words().shortcuts().title.to_owned())
            test_id="shortcuts"
            on_close=move |()| dialogs.shortcuts.set(false)
        >
            {late(|parts| (parts.shortcuts)())}
        </Dialog>
    }
}

/// Its content.
pub fn body() -> AnyView {
    let run = if page::is_apple() {
        "⌘ Enter"
    } else {
        "Ctrl Enter"
    };
    let w = words().shortcuts();
    let rows = [
        (run, w.run),
        ("Esc", w.stop),
        ("/", w.prompt),
        ("1 – 8", w.pane),
        ("F", w.expand),
        ("P", words().reading().key_pin),
        ("D", words().reading().key_marks),
        ("N", words().reading().key_changes),
        ("W", words().present().shortcut),
        ("K", words().replay().shortcut),
        ("?", w.sheet),
    ];
    view! {
        <table class="keys-table">
            <tbody>
                {rows
                    .map(|(key, what)| {
                        view! {
                            <tr>
                                <th scope="row">{what}</th>
                                <td>
                                    <kbd>{key}</kbd>
                                </td>
                            </tr>
                        }
                        .into_any()
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}
