//! Word to the other tabs of this page.

use super::events::Listener;
use web_sys::BroadcastChannel;

/// A channel by its name; closed when dropped.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Channel {
    /// Hears what other tabs say. `None` where the browser has no such thing.
    pub fn new(name: &str, mut hear: impl FnMut() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Listener::new(channel.clone(), "message", move |_| hear());
        Some(Self {
            channel,
            _listener: listener,
        })
    }

    /// Says that something changed.
    pub fn tell(&self) {
        self.channel.post_message(&true.into()).ok();
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
