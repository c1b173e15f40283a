//! The sorted lists do what the standard library's trees do.

use super::{SortedMap, SortedSet};
use crate::core::strict;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Step {
    Insert(u8, u8),
    Remove(u8),
    Change(u8, u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..20u8, any::<u8>()).prop_map(|(key, value)| Step::Insert(key, value)),
        (0..20u8).prop_map(Step::Remove),
        (0..20u8, any::<u8>()).prop_map(|(key, value)| Step::Change(key, value)),
    ];
    prop::collection::vec(step, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]
    #[test]
    fn a_map_does_what_a_tree_does(steps in steps()) {
        let (mut map, mut tree) = (SortedMap::new(), BTreeMap::new());
        for step in steps {
            match step {
                Step::Insert(key, value) => {
                    prop_assert_eq!(map.insert(key, value), tree.insert(key, value));
                }
                Step::Remove(key) => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                Step::Change(key, value) => {
                    let (held, expected) = (map.get_mut(&key), tree.get_mut(&key));
                    prop_assert_eq!(&held, &expected);
                    if let (Some(held), Some(expected)) = (held, expected) {
                        *held = value;
                        *expected = value;
                    }
                }
            }
            for key in 0..20 {
                prop_assert_eq!(map.get(&key), tree.get(&key));
                prop_assert_eq!(map.contains_key(&key), tree.contains_key(&key));
            }
            prop_assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
            prop_assert!(map.iter().eq(tree.iter()));
            prop_assert!(map.keys().eq(tree.keys()));
            prop_assert!(map.values().eq(tree.values()));
        }
        prop_assert!(map.into_values().eq(tree.into_values()));
    }

    #[test]
    fn a_set_does_what_a_tree_does(values in prop::collection::vec((any::<bool>(), 0..20u8), 0..60)) {
        let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
        for (put, value) in values {
            if put {
                prop_assert_eq!(set.insert(value), tree.insert(value));
            } else {
                prop_assert_eq!(set.remove(&value), tree.remove(&value));
            }
            prop_assert_eq!(set.contains(&value), tree.contains(&value));
            prop_assert_eq!((set.len(), set.is_empty()), (tree.len(), tree.is_empty()));
            prop_assert!(set.iter().eq(tree.iter()));
        }
    }

    #[test]
    fn json_is_read_in_any_order_and_of_two_equal_keys_the_last_counts(
        pairs in prop::collection::vec(("[a-d]{1,2}", any::<u32>()), 0..20)
    ) {
        let fields: Vec<String> = pairs.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        let map: SortedMap<String, u32> =
            strict::from_str(&format!("{{{}}}", fields.join(","))).expect("a map");
        prop_assert_eq!(&map, &pairs.iter().cloned().collect());
        let tree: BTreeMap<String, u32> = pairs.into_iter().collect();
        prop_assert!(map.iter().eq(tree.iter()));
    }
}

#[test]
fn a_set_is_written_as_a_list_and_read_from_one() {
    let set: SortedSet<String> = strict::from_str(r#"["b","a","b"]"#).expect("a list");
    assert_eq!(serde_json::to_string(&set).expect("JSON"), r#"["a","b"]"#);
}
