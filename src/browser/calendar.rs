//! Dates as the person reads them, in their time zone.

use js_sys::{Date, Function, Object, Reflect};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn format(this: &DateTimeFormat) -> Function;
}

/// English with the day first, which nobody reads as a month.
const LOCALE: &str = "en-GB";

/// Writes dates; made once for many.
pub struct Calendar(Option<Function>);

impl Calendar {
    /// With date and time of day.
    pub fn make() -> Self {
        let options = Object::new();
        for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            Reflect::set(&options, &name.into(), &value.into()).ok();
        }
        Self(
            DateTimeFormat::new(LOCALE, &options)
                .ok()
                .map(|it| it.format()),
        )
    }

    /// A moment, in ms since 1970, as text.
    pub fn write(&self, ms: f64) -> String {
        let written = self.0.as_ref().and_then(|format| {
            let date = Date::new(&ms.into());
            format.call1(&JsValue::NULL, &date).ok()?.as_string()
        });
        written.unwrap_or_else(|| day(ms))
    }
}

/// Its day in the person's time zone as `YYYY-MM-DD`.
pub fn day(ms: f64) -> String {
    let date = Date::new(&ms.into());
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}
