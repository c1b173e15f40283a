//! How fast a replay goes.

/// The speeds there are, the slowest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speed {
    /// Four times as long as it took.
    Quarter,
    /// Twice as long.
    Half,
    /// As long as it took.
    #[default]
    One,
    /// Twice as fast.
    Two,
    /// Four times as fast.
    Four,
    /// Eight times as fast.
    Eight,
    /// Sixteen times as fast.
    Sixteen,
}

impl Speed {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Quarter,
        Self::Half,
        Self::One,
        Self::Two,
        Self::Four,
        Self::Eight,
        Self::Sixteen,
    ];

    /// Milliseconds of the run for each millisecond of the real clock.
    pub fn factor(self) -> f64 {
        match self {
            Self::Quarter => 0.25,
            Self::Half => 0.5,
            Self::One => 1.0,
            Self::Two => 2.0,
            Self::Four => 4.0,
            Self::Eight => 8.0,
            Self::Sixteen => 16.0,
        }
    }

    /// The factor as text, e.g. `0.25`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quarter => "0.25",
            Self::Half => "0.5",
            Self::One => "1",
            Self::Two => "2",
            Self::Four => "4",
            Self::Eight => "8",
            Self::Sixteen => "16",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|speed| speed.as_str() == text)
    }

    /// The next one up; the fastest stays.
    #[must_use]
    pub fn faster(self) -> Self {
        Self::ALL
            .into_iter()
            .find(|speed| *speed > self)
            .unwrap_or(self)
    }

    /// The next one down; the slowest stays.
    #[must_use]
    pub fn slower(self) -> Self {
        Self::ALL
            .into_iter()
            .rev()
            .find(|speed| *speed < self)
            .unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_through_all_speeds_and_stop_at_both_ends() {
        let mut up = vec![Speed::Quarter];
        while let Some(last) = up.last().copied().filter(|last| last.faster() != *last) {
            up.push(last.faster());
        }
        assert_eq!(up, Speed::ALL);
        for pair in Speed::ALL.windows(2) {
            assert_eq!(pair[1].slower(), pair[0]);
            assert!(pair[0].factor() < pair[1].factor());
        }
        assert_eq!(Speed::Quarter.slower(), Speed::Quarter);
        assert_eq!(Speed::Sixteen.faster(), Speed::Sixteen);
    }

    #[test]
    fn a_speed_reads_what_it_writes_and_the_text_is_its_factor() {
        for speed in Speed::ALL {
            assert_eq!(Speed::parse(speed.as_str()), Some(speed));
            let factor: f64 = speed.as_str().parse().unwrap();
            assert!((factor - speed.factor()).abs() < f64::EPSILON);
        }
        assert_eq!(Speed::parse("3"), None);
    }
}
