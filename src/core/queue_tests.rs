use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn local() -> Origin {
    Origin::new("http://127.0.0.1:8080")
}

fn remote() -> Origin {
    Origin::new("https://api.example.com")
}

fn parallel_with(count: u32, origin: &Origin) -> (Scheduler<u32>, Vec<u32>) {
    let mut scheduler = Scheduler::new(Order::Parallel);
    let started = (0..count)
        .flat_map(|id| scheduler.enqueue(id, origin.clone()))
        .collect();
    (scheduler, started)
}

#[test]
fn six_run_at_once_at_a_plain_http_origin_and_the_rest_follow_in_order() {
    let (mut scheduler, started) = parallel_with(8, &local());
    assert_eq!(started, [0, 1, 2, 3, 4, 5]);
    assert!(scheduler.is_waiting(&6));
    assert_eq!((scheduler.running(), scheduler.waiting()), (6, 2));
    assert_eq!(scheduler.finished(&3), [6]);
    assert_eq!(scheduler.finished(&0), [7]);
    assert!(scheduler.finished(&6).is_empty());
}

#[test]
fn https_is_not_held_back() {
    let (_, started) = parallel_with(12, &remote());
    assert_eq!(started.len(), 12);
}

#[test]
fn a_model_in_the_page_answers_one_at_a_time_and_simulated_ones_all_at_once() {
    let (mut scheduler, started) = parallel_with(3, &Origin::new("on-device://on-device"));
    assert_eq!(started, [0]);
    assert_eq!(scheduler.finished(&0), [1]);
    assert_eq!(scheduler.finished(&1), [2]);
    let (_, started) = parallel_with(8, &Origin::new("simulated://demo"));
    assert_eq!(started.len(), 8);
}

#[test]
fn a_full_origin_does_not_hold_up_another() {
    let (mut scheduler, _) = parallel_with(7, &local());
    let other = Origin::new("http://127.0.0.1:9090");
    assert_eq!(scheduler.enqueue(100, other), [100]);
    assert_eq!(scheduler.enqueue(101, remote()), [101]);
}

#[test]
fn list_calls_take_up_connections() {
    let mut scheduler = Scheduler::new(Order::Parallel);
    for id in 0..4 {
        assert_eq!(scheduler.enqueue_list(id, local()), [id]);
    }
    let started: Vec<_> = (10..14)
        .flat_map(|id| scheduler.enqueue(id, local()))
        .collect();
    assert_eq!(started, [10, 11]);
    assert_eq!(scheduler.finished(&2), [12]);
}

#[test]
fn in_sequence_one_follows_the_other_over_all_origins() {
    let mut scheduler = Scheduler::new(Order::Sequential);
    assert_eq!(scheduler.enqueue(1, remote()), [1]);
    assert!(scheduler.enqueue(2, local()).is_empty());
    assert!(scheduler.enqueue(3, remote()).is_empty());
    assert_eq!(scheduler.finished(&1), [2]);
    assert_eq!(scheduler.finished(&2), [3]);
}

#[test]
fn in_sequence_list_calls_neither_wait_nor_hold_up() {
    let mut scheduler = Scheduler::new(Order::Sequential);
    assert_eq!(scheduler.enqueue_list(1, local()), [1]);
    assert_eq!(scheduler.enqueue(2, local()), [2]);
    assert_eq!(scheduler.enqueue_list(3, local()), [3]);
    assert!(scheduler.enqueue(4, local()).is_empty());
}

#[test]
fn in_sequence_a_run_at_a_full_origin_is_not_overtaken() {
    let mut scheduler = Scheduler::new(Order::Sequential);
    for id in 0..6 {
        scheduler.enqueue_list(id, local());
    }
    assert!(scheduler.enqueue(10, local()).is_empty());
    assert!(scheduler.enqueue(11, remote()).is_empty());
    assert_eq!(scheduler.finished(&0), [10]);
    assert_eq!(scheduler.finished(&10), [11]);
}

#[test]
fn cancelling_frees_a_place_or_leaves_the_queue() {
    let (mut scheduler, _) = parallel_with(8, &local());
    assert!(scheduler.cancel(&6).is_empty());
    assert!(!scheduler.is_waiting(&6));
    assert_eq!(scheduler.cancel(&0), [7]);
    assert!(scheduler.cancel(&999).is_empty());
}

#[test]
fn a_known_id_is_not_taken_twice() {
    let mut scheduler = Scheduler::new(Order::Parallel);
    assert_eq!(scheduler.enqueue(1, local()), [1]);
    assert!(scheduler.enqueue(1, remote()).is_empty());
    assert_eq!(scheduler.running(), 1);
}

#[test]
fn a_change_of_order_counts_for_what_still_waits() {
    let mut scheduler = Scheduler::new(Order::Sequential);
    for id in 0..3 {
        scheduler.enqueue(id, remote());
    }
    assert_eq!(scheduler.set_order(Order::Parallel), [1, 2]);
    assert!(scheduler.set_order(Order::Sequential).is_empty());
    assert!(scheduler.enqueue(3, remote()).is_empty());
    scheduler.finished(&0);
    scheduler.finished(&1);
    assert_eq!(scheduler.finished(&2), [3]);
}

#[derive(Debug, Clone)]
enum Op {
    Run(usize),
    List(usize),
    Finish(usize),
    Cancel(usize),
}

fn any_op() -> impl Strategy<Value = Op> {
    prop_oneof![
        4 => (0..3usize).prop_map(Op::Run),
        1 => (0..3usize).prop_map(Op::List),
        2 => (0..64usize).prop_map(Op::Finish),
        1 => (0..64usize).prop_map(Op::Cancel),
    ]
}

/// What the caller knows: which are running, and where.
#[derive(Default)]
struct Caller {
    origins: BTreeMap<usize, (Origin, Kind)>,
    running: Vec<usize>,
    given_up: Vec<usize>,
    ever: Vec<usize>,
}

impl Caller {
    fn start(&mut self, ids: &[usize], order: Order) -> Result<(), TestCaseError> {
        for id in ids {
            prop_assert!(!self.ever.contains(id), "{} started twice", id);
            prop_assert!(!self.given_up.contains(id), "{} started after cancel", id);
            self.ever.push(*id);
            self.running.push(*id);
        }
        let runs = |id: &&usize| self.origins[*id].1 == Kind::Run;
        if order == Order::Sequential {
            prop_assert!(self.running.iter().filter(runs).count() <= 1);
        }
        for (origin, _) in self.origins.values() {
            let here = |id: &&usize| self.origins[*id].0 == *origin;
            let count = self.running.iter().filter(here).count();
            prop_assert!(count <= HTTP_LIMIT || origin.as_str().starts_with("https:"));
        }
        Ok(())
    }

    fn leave(&mut self, id: usize) {
        self.running.retain(|other| *other != id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn limits_hold_and_nothing_starves(
        ops in prop::collection::vec(any_op(), 1..100),
        sequential in any::<bool>(),
    ) {
        let order = if sequential { Order::Sequential } else { Order::Parallel };
        let origins = [local(), Origin::new("http://localhost:11434"), remote()];
        let mut scheduler = Scheduler::new(order);
        let mut caller = Caller::default();
        for (id, op) in ops.into_iter().enumerate() {
            let ready = match op {
                Op::Run(at) => {
                    caller.origins.insert(id, (origins[at].clone(), Kind::Run));
                    scheduler.enqueue(id, origins[at].clone())
                }
                Op::List(at) => {
                    caller.origins.insert(id, (origins[at].clone(), Kind::List));
                    scheduler.enqueue_list(id, origins[at].clone())
                }
                Op::Finish(which) => {
                    let Some(id) = caller.running.get(which % caller.running.len().max(1)).copied() else {
                        continue;
                    };
                    caller.leave(id);
                    scheduler.finished(&id)
                }
                Op::Cancel(which) => {
                    let known: Vec<_> = caller.origins.keys().copied().collect();
                    let Some(id) = known.get(which % known.len().max(1)).copied() else {
                        continue;
                    };
                    caller.leave(id);
                    caller.given_up.push(id);
                    scheduler.cancel(&id)
                }
            };
            caller.start(&ready, order)?;
        }
        while let Some(id) = caller.running.first().copied() {
            caller.leave(id);
            let ready = scheduler.finished(&id);
            caller.start(&ready, order)?;
        }
        for id in caller.origins.keys() {
            prop_assert!(caller.ever.contains(id) || caller.given_up.contains(id), "{} starved", id);
        }
        prop_assert_eq!(scheduler.waiting() + scheduler.running(), 0);
        if sequential {
            let runs: Vec<_> = caller.ever.iter().filter(|id| caller.origins[*id].1 == Kind::Run).collect();
            prop_assert!(runs.is_sorted());
        }
    }
}
