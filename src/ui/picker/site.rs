//! The fields of a base URL: region, project, resource and the like. They are
//! a lens on the base and hold nothing but what is being typed.

use crate::{
    core::catalog::{Field, FieldKind, Site, Values},
    ui::kit::unique_id,
    words::words,
};
use leptos::prelude::*;

/// The fields.
#[component]
pub fn SiteFields(
    /// What they are.
    site: Site,
    /// The base URL that they are of.
    base: RwSignal<String>,
    /// The values that the base URL has; `None` where it is of another form.
    values: Signal<Option<Values>>,
    /// Told when a field is left.
    on_change: Callback<()>,
    /// Told when a whole URL was pasted into a field.
    on_paste: Callback<()>,
) -> impl IntoView {
    let w = words().routes();
    let site = StoredValue::new(site);
    let fits = Memo::new(move |_| values.with(Option::is_some));
    move || {
        if !fits.get() {
            let reset = move |_| site.with_value(|site| base.set(site.fill(&site.defaults())));
            return view! {
                <p class="hint">
                    {w.fields_off} " "
                    <button type="button" class="btn-text" data-testid="picker-fields-on" on:click=reset>
                        {w.fields_on}
                    </button>
                </p>
            }
            .into_any();
        }
        let fields = site.with_value(|site| site.fields.clone());
        let fields: Vec<_> = fields
            .into_iter()
            .map(|field| field_of(site, field, base, values, (on_change, on_paste)))
            .collect();
        view! { <div class="form-grid">{fields}</div> }.into_any()
    }
}

/// Whether the field stands in the base URL that the others lead to.
fn counts(site: &Site, field: &Field, values: &Values) -> bool {
    let with = |value: &str| {
        let mut values = values.clone();
        values.insert(field.id.clone(), value.to_owned());
        site.fill(&values)
    };
    field.kind == FieldKind::Form || !field.choices.is_empty() || with("a1") != with("b2")
}

fn field_of(
    site: StoredValue<Site>,
    field: Field,
    base: RwSignal<String>,
    values: Signal<Option<Values>>,
    (on_change, on_paste): (Callback<()>, Callback<()>),
) -> AnyView {
    let w = words().routes();
    let id = field.id.clone();
    let value = Memo::new(move |_| {
        values.with(|values| {
            values
                .as_ref()
                .and_then(|values| values.get(id.as_str()).cloned())
        })
    });
    let shown = {
        let field = field.clone();
        Memo::new(move |_| {
            let values = values.get().unwrap_or_default();
            site.with_value(|site| counts(site, &field, &values))
        })
    };
    // What was typed, and the value that it came to.
    let typed = RwSignal::new((String::new(), None::<String>));
    let id = field.id.clone();
    let set = Callback::new(move |text: String| {
        let text = text.trim();
        if text.contains("://") {
            // A whole URL was pasted: the fields are read from it.
            base.set(text.to_owned());
            return on_paste.run(());
        }
        let mut all = values.get_untracked().unwrap_or_default();
        all.insert(id.clone(), text.to_owned());
        base.set(site.with_value(|site| site.fill(&all)));
        typed.set((text.to_owned(), value.get_untracked()));
    });
    let (example, default) = (field.example.clone(), field.default.clone());
    let is_missing = move || value.get().is_none() && default.is_none();
    let text = move || {
        let value = value.get();
        typed.with(|(text, led_to)| {
            if led_to == &value && !text.is_empty() {
                text.clone()
            } else {
                value.unwrap_or_default()
            }
        })
    };
    let problem = move || {
        let value = value.get().unwrap_or_default();
        typed.with(|(text, led_to)| {
            let is_this = led_to.as_deref().unwrap_or_default() == value;
            is_this && !text.is_empty() && *text != value
        })
    };
    let is_odd = {
        let field = field.clone();
        move || value.with(|value| value.as_ref().is_some_and(|value| !field.has_shape(value)))
    };
    let is_bad = {
        let is_odd = is_odd.clone();
        move || problem() || is_odd()
    };
    let kind = field.kind;
    let label = (w.field)(kind);
    let input = if field.choices.is_empty() || field.open {
        free(&field, text, is_missing, set, on_change)
    } else {
        closed(&field, text, set, on_change)
    };
    view! {
        <label class="field" hidden=move || !shown.get()>
            <span class="label">{label}</span>
            {input}
            <span class="hint" class:hint-bad=is_bad>
                {move || {
                    if is_odd() {
                        (w.field_shape)(kind).to_owned()
                    } else if problem() {
                        w.field_signs.to_owned()
                    } else {
                        example.as_deref().map_or_else(String::new, w.field_example)
                    }
                }}
            </span>
        </label>
    }
    .into_any()
}

/// A field for any value, with the known ones to choose from.
fn free(
    field: &Field,
    text: impl Fn() -> String + Send + Sync + 'static,
    is_missing: impl Fn() -> bool + Send + 'static,
    set: Callback<String>,
    on_change: Callback<()>,
) -> AnyView {
    let list = unique_id("choices");
    let options: Vec<_> = field
        .choices
        .iter()
        .map(|choice| {
            view! { <option value=choice.value.clone()>{choice.name().to_owned()}</option> }
                .into_any()
        })
        .collect();
    view! {
        <input
            class="input mono"
            type="text"
            list=list.clone()
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            form=super::FORM_ID
            data-testid="picker-field"
            data-field=field.id.clone()
            data-missing=move || is_missing().then_some("")
            placeholder=field.default.clone().unwrap_or_default()
            prop:value=text
            on:input=move |event| set.run(event_target_value(&event))
            on:change=move |_| on_change.run(())
        />
        <datalist id=list>{options}</datalist>
    }
    .into_any()
}

/// A field with known values only.
fn closed(
    field: &Field,
    text: impl Fn() -> String + Send + Sync + Clone + 'static,
    set: Callback<String>,
    on_change: Callback<()>,
) -> AnyView {
    let default = field.default.clone().unwrap_or_default();
    let now = move || {
        let text = text();
        if text.is_empty() {
            default.clone()
        } else {
            text
        }
    };
    let options: Vec<_> = field
        .choices
        .iter()
        .map(|choice| {
            let value = choice.value.clone();
            let (now, own) = (now.clone(), value.clone());
            view! {
                <option value=value selected=move || now() == own>
                    {choice.name().to_owned()}
                </option>
            }
            .into_any()
        })
        .collect();
    view! {
        <select
            class="select"
            data-testid="picker-field"
            data-field=field.id.clone()
            prop:value=now
            on:change=move |event| {
                set.run(event_target_value(&event));
                on_change.run(());
            }
        >
            {options}
        </select>
    }
    .into_any()
}
