//! Why a browser may have withheld an answer, in order of likelihood.
//!
//! A rejected `fetch` says nothing: offline, CORS, a blocker, a missing local
//! server and, with some providers, a wrong key all look the same to a page.
//! What is known beforehand ranks the candidates.

use crate::core::domain::BlockCause;

/// What is known about the situation of a request that got no answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations, not states"
)]
pub struct Situation {
    /// The browser believes that it is offline.
    pub offline: bool,
    /// The page came over https.
    pub page_is_https: bool,
    /// The page was served from this machine.
    pub page_is_local: bool,
    /// The target is plain http.
    pub target_is_http: bool,
    /// The target is this machine (`localhost`, `127.0.0.1`, `[::1]`).
    pub target_is_loopback: bool,
    /// The target is in a private network.
    pub target_is_private: bool,
    /// The target is a provider's own host, which is up but for a rare outage.
    pub target_is_known: bool,
    /// A key was sent.
    pub key_sent: bool,
    /// An earlier call with this key was answered.
    pub key_worked_before: bool,
    /// The target has answered any call since the page was opened.
    pub origin_answered_before: bool,
    /// The provider's 401 reaches no page.
    pub hides_unauthorized: bool,
    /// The provider's 404 reaches no page.
    pub hides_not_found: bool,
}

/// The candidates, the likeliest first; never empty.
pub fn candidates(situation: &Situation) -> Vec<BlockCause> {
    let Situation {
        offline,
        page_is_https,
        page_is_local,
        target_is_http,
        target_is_loopback,
        target_is_private,
        target_is_known,
        key_sent,
        key_worked_before,
        origin_answered_before,
        hides_unauthorized,
        hides_not_found,
    } = *situation;
    let mut causes = Vec::new();
    let near = target_is_loopback || target_is_private;
    if offline && !near {
        // Browsers may err where they say that there is a network, not here.
        return vec![BlockCause::Offline];
    }
    // What is on this machine needs no network, but a browser that works
    // offline may keep a page even from that.
    if offline && !target_is_loopback {
        causes.push(BlockCause::Offline);
    }
    if page_is_https && target_is_http && !target_is_loopback {
        causes.push(BlockCause::MixedContent);
    }
    let key_suspect = hides_unauthorized && key_sent && !key_worked_before;
    if key_suspect {
        causes.push(BlockCause::WrongKey);
    }
    if hides_not_found {
        causes.push(BlockCause::UnknownModel);
    }
    if hides_unauthorized && key_sent && !key_suspect {
        causes.push(BlockCause::WrongKey);
    }
    if near {
        if !origin_answered_before && !page_is_local {
            causes.push(BlockCause::LocalNetwork);
        }
        causes.extend([BlockCause::ServerDown, BlockCause::Cors]);
    } else if !origin_answered_before {
        causes.push(BlockCause::Cors);
    }
    if !target_is_loopback {
        causes.push(BlockCause::Blocker);
        if !target_is_http {
            causes.push(BlockCause::Certificate);
        }
    }
    if near && page_is_local && !target_is_loopback {
        causes.push(BlockCause::LocalNetwork);
    }
    if !near {
        if !target_is_known {
            causes.push(BlockCause::ServerDown);
        }
        // A host that answered before may still leave the header out of an
        // error, as gateways do.
        if origin_answered_before {
            causes.push(BlockCause::Cors);
        }
    }
    if offline == target_is_loopback {
        causes.push(BlockCause::Offline);
    }
    causes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openai() -> Situation {
        Situation {
            key_sent: true,
            hides_unauthorized: true,
            hides_not_found: true,
            page_is_https: true,
            ..Situation::default()
        }
    }

    #[test]
    fn a_key_that_never_worked_is_the_first_suspect_where_401_is_hidden() {
        let causes = candidates(&openai());
        assert_eq!(causes.first(), Some(&BlockCause::WrongKey));
        assert_eq!(causes.get(1), Some(&BlockCause::UnknownModel));
        assert!(causes.contains(&BlockCause::Cors) && causes.contains(&BlockCause::Blocker));
    }

    #[test]
    fn a_key_that_worked_makes_the_model_the_first_suspect() {
        let causes = candidates(&Situation {
            key_worked_before: true,
            ..openai()
        });
        assert_eq!(causes.first(), Some(&BlockCause::UnknownModel));
        assert!(causes.contains(&BlockCause::WrongKey));
    }

    #[test]
    fn an_offline_machine_comes_before_everything_for_a_remote_host() {
        let causes = candidates(&Situation {
            offline: true,
            ..openai()
        });
        assert_eq!(causes.first(), Some(&BlockCause::Offline));
        assert_eq!(
            causes
                .iter()
                .filter(|cause| **cause == BlockCause::Offline)
                .count(),
            1
        );
    }

    #[test]
    fn a_missing_network_is_the_last_suspect_for_this_machine_and_the_first_for_a_neighbour() {
        let loopback = Situation {
            offline: true,
            target_is_http: true,
            target_is_loopback: true,
            page_is_local: true,
            ..Situation::default()
        };
        assert_eq!(
            candidates(&loopback),
            [
                BlockCause::ServerDown,
                BlockCause::Cors,
                BlockCause::Offline
            ]
        );
        let neighbour = Situation {
            target_is_loopback: false,
            target_is_private: true,
            ..loopback
        };
        let causes = candidates(&neighbour);
        assert_eq!(causes.first(), Some(&BlockCause::Offline));
    }

    #[test]
    fn a_remote_server_may_be_down_and_may_drop_the_header_from_an_error() {
        for origin_answered_before in [false, true] {
            let causes = candidates(&Situation {
                origin_answered_before,
                ..Situation::default()
            });
            assert!(causes.contains(&BlockCause::ServerDown));
            assert!(causes.contains(&BlockCause::Cors));
        }
    }

    #[test]
    fn http_from_an_https_page_is_mixed_content_unless_it_is_loopback() {
        let lan = Situation {
            page_is_https: true,
            target_is_http: true,
            target_is_private: true,
            ..Situation::default()
        };
        assert_eq!(candidates(&lan).first(), Some(&BlockCause::MixedContent));
        let loopback = Situation {
            target_is_private: false,
            target_is_loopback: true,
            ..lan
        };
        assert_eq!(
            candidates(&loopback).first(),
            Some(&BlockCause::LocalNetwork)
        );
        assert!(!candidates(&loopback).contains(&BlockCause::MixedContent));
    }

    #[test]
    fn there_is_always_a_candidate() {
        for bits in 0..4096_u32 {
            let bit = |n: u32| bits & (1 << n) != 0;
            let situation = Situation {
                offline: bit(0),
                page_is_https: bit(1),
                page_is_local: bit(2),
                target_is_http: bit(3),
                target_is_loopback: bit(4),
                target_is_private: bit(5),
                key_sent: bit(6),
                key_worked_before: bit(7),
                origin_answered_before: bit(8),
                hides_unauthorized: bit(9),
                hides_not_found: bit(10),
                target_is_known: bit(11),
            };
            let causes = candidates(&situation);
            assert!(!causes.is_empty());
            for (index, cause) in causes.iter().enumerate() {
                let rest = causes.get(index + 1..).unwrap_or_default();
                assert!(!rest.contains(cause), "{cause:?} twice for {situation:?}");
            }
        }
    }
}
