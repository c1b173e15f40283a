//! Any JSON, for tests.

use proptest::{collection::vec, prelude::*};
use serde_json::Value;

/// Any value that holds no other.
pub(in crate::core) fn leaves(
    texts: impl Strategy<Value = String> + 'static,
) -> BoxedStrategy<Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
    ]
    .boxed()
}

/// Lists and objects with these leaves and names: so many levels, about so many
/// values in all, and in each fewer than so many.
pub(in crate::core) fn trees(
    leaves: BoxedStrategy<Value>,
    names: impl Strategy<Value = String> + 'static,
    [levels, size, most]: [u32; 3],
) -> impl Strategy<Value = Value> {
    let names = names.boxed();
    leaves.prop_recursive(levels, size, most, move |inner| {
        let several = 0..most as usize;
        prop_oneof![
            vec(inner.clone(), several.clone()).prop_map(Value::from),
            vec((names.clone(), inner), several)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}
