//! The nouns of the product, without any behaviour that needs a browser.

pub mod failure;
pub mod finish;
pub mod ids;
pub mod key;
pub mod message;
pub mod params;
pub mod usage;

pub use failure::{BlockCause, Failure, FailureKind, ProtocolFault};
pub use finish::{Finish, FinishReason};
pub use ids::{Api, Millis, ModelId, Origin, PaneId, ProviderId};
pub use key::ApiKey;
pub use message::{Message, Role};
pub use params::Params;
pub use usage::{InputTokens, OutputTokens, Usage};
