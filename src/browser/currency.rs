//! Amounts in other currencies, as the browser writes them (`Intl`).

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn format(this: &NumberFormat) -> Function;
    // Missing in older browsers, where calling it fails.
    #[wasm_bindgen(js_namespace = Intl, js_name = supportedValuesOf, catch)]
    fn supported_values_of(key: &str) -> Result<Array, JsValue>;
}

/// The language of the page, whose decimal mark the other figures have too.
const LOCALE: &str = "en";
/// From this amount on, the currency's own number of decimals says enough.
const WHOLE_FROM: f64 = 10.0;

/// The codes of all currencies that the browser knows; empty where it cannot
/// say.
pub fn codes() -> Vec<String> {
    supported_values_of("currency")
        .map(|codes| codes.iter().filter_map(|code| code.as_string()).collect())
        .unwrap_or_default()
}

/// Whether the browser can write amounts in this currency.
pub fn is_known(code: &str) -> bool {
    let codes = codes();
    let is_listed = codes.is_empty() || codes.iter().any(|known| known == code);
    is_listed && write(code, 1.0, 3, Rounding::Nearest).is_some()
}

/// How an amount loses its last digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest that can be written.
    Nearest,
    /// Never down; browsers of before 2023 do not know how and take the nearest.
    Up,
}

/// An amount with its sign and, where it is small, so many significant digits.
/// `None` where the browser does not take the code.
pub fn write(code: &str, amount: f64, digits: u32, rounding: Rounding) -> Option<String> {
    let options = Object::new();
    let set = |name: &str, value: JsValue| {
        Reflect::set(&options, &name.into(), &value).ok();
    };
    set("style", "currency".into());
    set("currency", code.into());
    if rounding == Rounding::Up {
        set("roundingMode", "ceil".into());
    }
    if amount < WHOLE_FROM {
        set("minimumSignificantDigits", digits.into());
        set("maximumSignificantDigits", digits.into());
    }
    let format = NumberFormat::new(LOCALE, &options).ok()?.format();
    format
        .call1(&JsValue::NULL, &amount.into())
        .ok()?
        .as_string()
}
