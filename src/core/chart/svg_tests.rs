use super::*;
use proptest::prelude::*;

fn race(lanes: Vec<Lane>) -> Race {
    Race {
        title: "Race".to_owned(),
        lanes,
        segment: |kind| match kind {
            SegmentKind::Headers => "headers",
            SegmentKind::Waiting => "waiting",
            SegmentKind::Thinking => "thinking",
            SegmentKind::Answering => "answering",
        },
        unit: |unit| match unit {
            Unit::Second => "s",
            _ => "ms",
        },
    }
}

fn part(kind: SegmentKind, from_ms: f64, to_ms: f64) -> Segment {
    Segment {
        kind,
        from_ms,
        to_ms,
    }
}

fn lane(name: &str, segments: Vec<Segment>) -> Lane {
    Lane {
        name: name.to_owned(),
        accent: 1,
        segments,
        end: "1.00 s".to_owned(),
    }
}

/// The tags of a file in order, and an error where they do not close.
fn tags(svg: &str) -> Vec<String> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    for piece in svg.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else {
            open.push(name.to_owned());
            all.push(tag.to_owned());
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    all
}

#[test]
fn the_parts_of_a_bar_stand_on_the_axis() {
    let svg = race(vec![lane(
        "a",
        vec![
            part(SegmentKind::Headers, 0.0, 250.0),
            part(SegmentKind::Answering, 250.0, 1_000.0),
        ],
    )])
    .svg();
    let across = WIDTH - LEFT - RIGHT;
    let bars: Vec<_> = tags(&svg)
        .into_iter()
        .filter(|tag| tag.starts_with("rect class=\"part-") && tag.contains("height=\"14\""))
        .collect();
    assert_eq!(bars.len(), 2);
    assert!(
        bars[0].contains(&format!("x=\"{}\"", px(LEFT))),
        "{}",
        bars[0]
    );
    assert!(bars[0].contains(&format!("width=\"{}\"", px(across / 4.0))));
    assert!(bars[1].contains(&format!("x=\"{}\"", px(LEFT + across / 4.0))));
    assert!(svg.contains("1 s"));
}

#[test]
fn a_run_without_an_end_has_a_name_and_no_bar() {
    let svg = race(vec![lane("broken", Vec::new())]).svg();
    assert!(svg.contains("broken"));
    assert!(!svg.contains("part-"));
}

#[test]
fn an_unknown_figure_has_no_bar_and_a_zero_neither() {
    let bar = |value, text: &str| Bar {
        name: "m".to_owned(),
        accent: 0,
        value,
        text: text.to_owned(),
    };
    let bars = Bars {
        title: "Total".to_owned(),
        bars: vec![bar(None, "–"), bar(Some(0.0), "$0"), bar(Some(3.0), "3")],
    };
    let svg = figures_svg("Figures", &[bars]);
    assert_eq!(svg.matches("class=\"part-").count(), 1);
    assert!(svg.contains("–"));
}

proptest! {
    #[test]
    fn no_name_breaks_out_of_the_file(name in any::<String>()) {
        let svg = race(vec![lane(&name, vec![part(SegmentKind::Waiting, 0.0, 9.0)])]).svg();
        for tag in tags(&svg) {
            let known = ["svg", "title", "desc", "rect", "text"];
            let first = tag.split(' ').next().unwrap().to_owned();
            prop_assert!(known.contains(&first.as_str()), "{}", tag);
        }
    }
}
