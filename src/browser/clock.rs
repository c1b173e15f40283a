//! The one clock for durations, and the one on the wall.

use crate::core::{domain::Millis, pricing::Moment};
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    // Called for every chunk, so without fetching the object first.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// Milliseconds since the page was opened, on the browser's monotonic clock.
pub fn now() -> Millis {
    Millis(performance_now())
}

/// The time of day in UTC, as this device believes it. It may jump, so no
/// duration is made of it.
pub fn wall() -> Moment {
    Moment::from_unix_ms(wall_ms())
}

/// The same in milliseconds since 1970.
pub fn wall_ms() -> f64 {
    js_sys::Date::now()
}

thread_local! {
    /// By how many seconds a provider's clock was found to be ahead.
    static OFFSET: Cell<i64> = const { Cell::new(0) };
}

/// The time of day by which requests are signed: this device's, corrected by
/// what a provider said.
pub fn signing() -> Moment {
    Moment(wall().0.saturating_add(OFFSET.get()))
}

/// Corrects [`signing`] by so many seconds more.
pub fn correct(seconds: i64) {
    OFFSET.set(OFFSET.get().saturating_add(seconds));
}

/// The moment that a `datetime-local` field means, which is in the time of this
/// device.
pub fn of_local(field: &str) -> Option<Moment> {
    let ms = js_sys::Date::parse(field.trim());
    ms.is_finite().then(|| Moment::from_unix_ms(ms))
}

/// A moment as a `datetime-local` field has it.
pub fn to_local(moment: Moment) -> String {
    let date = date(moment);
    let two = |number: u32| format!("{number:02}");
    format!(
        "{}-{}-{}T{}:{}",
        date.get_full_year(),
        two(date.get_month() + 1),
        two(date.get_date()),
        two(date.get_hours()),
        two(date.get_minutes())
    )
}

/// A moment in words, in the time of this device. In English with the day
/// first, which nobody reads as a month.
pub fn spoken(moment: Moment) -> String {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok();
    }
    date(moment).to_locale_string("en-GB", &options).into()
}

fn date(moment: Moment) -> js_sys::Date {
    #[expect(clippy::cast_precision_loss, reason = "seconds of any age are exact")]
    let ms = moment.0 as f64 * 1000.0;
    js_sys::Date::new(&ms.into())
}
