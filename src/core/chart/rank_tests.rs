use super::*;
use proptest::prelude::*;

#[test]
fn the_lowest_or_highest_is_best() {
    let values = [Some(3.0), Some(1.0), None, Some(2.0)];
    assert_eq!(best(&values, true), [false, true, false, false]);
    assert_eq!(best(&values, false), [true, false, false, false]);
}

#[test]
fn ties_are_all_marked() {
    let values = [Some(1.0), Some(2.0), Some(1.0)];
    assert_eq!(best(&values, true), [true, false, true]);
    assert_eq!(best(&[Some(0.0), Some(-0.0)], true), [true, true]);
}

#[test]
fn what_is_simulated_does_not_compete_with_what_is_real() {
    let values = [Some(1.0), Some(2.0), Some(3.0), None];
    let compared = |simulated| comparable(&values, simulated);
    let real = compared(&[true, false, false, false]);
    assert_eq!(real, [None, Some(2.0), Some(3.0), None]);
    assert_eq!(best(&real, true), [false, true, false, false]);
    // A real one that has no value yet is one all the same.
    assert_eq!(compared(&[true, true, true, false]), [None; 4]);
    assert_eq!(compared(&[true; 4]), values);
    assert_eq!(compared(&[false; 4]), values);
}

#[test]
fn one_value_alone_is_not_the_best() {
    assert_eq!(best(&[Some(1.0), None], true), [false, false]);
    assert_eq!(best(&[Some(1.0), Some(f64::NAN)], true), [false, false]);
    assert!(best(&[], true).is_empty());
}

#[test]
fn unknown_values_stand_last_in_both_directions() {
    let values = [None, Some(2.0), Some(f64::NAN), Some(1.0)];
    assert_eq!(sort_order(&values, true), [3, 1, 0, 2]);
    assert_eq!(sort_order(&values, false), [1, 3, 0, 2]);
}

#[test]
fn equal_values_keep_their_order() {
    let values = [Some(1.0), Some(0.0), Some(1.0), Some(0.0)];
    assert_eq!(sort_order(&values, true), [1, 3, 0, 2]);
    assert_eq!(sort_order(&values, false), [0, 2, 1, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_best_stands_first_when_sorted(
        values in prop::collection::vec(prop::option::of(-5i32..5), 0..10),
        lower in any::<bool>(),
    ) {
        let values: Vec<_> = values.into_iter().map(|value| value.map(f64::from)).collect();
        let marks = best(&values, lower);
        let order = sort_order(&values, lower);
        let mut places = order.clone();
        places.sort_unstable();
        prop_assert_eq!(places, (0..values.len()).collect::<Vec<_>>());
        let count = marks.iter().filter(|mark| **mark).count();
        prop_assert!(order.iter().take(count).all(|place| marks[*place]));
        let known = values.iter().flatten().count();
        prop_assert_eq!(count > 0, known >= 2);
    }
}
