//! Why nothing can be kept.

/// What can go wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// This browser has no database, or has it switched off.
    Missing,
    /// The browser keeps nothing for this page.
    Forbidden,
    /// A newer version of the page made the database into something else.
    Newer,
    /// Another tab holds an older form of it and does not let go.
    Blocked,
    /// The browser does not answer.
    Silent,
    /// There is no room.
    Full,
    /// The connection ended: another tab needed it, or the data was cleared.
    Lost,
    /// The browser's own words.
    Other(String),
}

impl StoreError {
    /// Whether trying again may help without the person doing anything about it.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Blocked | Self::Silent | Self::Lost | Self::Other(_)
        )
    }
}
