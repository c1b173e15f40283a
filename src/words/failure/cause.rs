//! Why no answer reached the page, cause by cause.

use super::{Context, named};
use crate::core::{catalog::LocalLine, domain::BlockCause};

/// The lines that mend it, where some are known.
pub(super) fn lines<'a>(cause: BlockCause, context: &Context<'a>) -> &'a [LocalLine] {
    match cause {
        // Such a page cannot be let in.
        BlockCause::Cors if context.page_origin != "null" => context.local_settings,
        BlockCause::ServerDown => context.local_starts,
        _ => &[],
    }
}

fn is_of_one(lines: &[LocalLine]) -> bool {
    let mut servers = lines.iter().map(|line| &line.server);
    let first = servers.next();
    servers.all(|server| Some(server) == first)
}

/// A cause in words.
pub(super) fn text(cause: BlockCause, context: &Context<'_>) -> String {
    let provider = named(context.provider, "The provider");
    let host = named(context.host, "the server");
    let page = named(context.page_origin, "this page");
    match cause {
        BlockCause::WrongKey if context.key_owner.is_some() => format!(
            "Wrong key: it looks like one of {}. {provider} refuses a wrong key in a way that browsers hide. Enter one of {provider} in Settings.",
            context.key_owner.unwrap_or_default()
        ),
        BlockCause::WrongKey => format!(
            "Wrong key: {provider} refuses a wrong key in a way that browsers hide. Check it in Settings."
        ),
        BlockCause::UnknownModel => format!(
            "Unknown model: {provider} hides that refusal too. Check “{}”.",
            context.model
        ),
        BlockCause::Cors if context.page_origin == "null" => format!(
            "CORS: this page has no origin of its own, as pages opened from a file have none, so that {host} cannot allow it. Serve the page, with make serve or on any static host."
        ),
        BlockCause::Cors if context.local_settings.is_empty() => format!(
            "CORS: {host} does not allow {page} to call it. The server must send Access-Control-Allow-Origin for this page. A host that you cannot change can be reached through a relay of your own: Settings, Connections."
        ),
        BlockCause::Cors if context.local_settings.len() == 1 => {
            format!("CORS: the server does not allow {page}. Set this and restart it:")
        }
        BlockCause::Cors if is_of_one(context.local_settings) => {
            format!("CORS: the server does not allow {page}. Use one of these, then restart it:")
        }
        BlockCause::Cors => format!(
            "CORS: the server does not allow {page}. Set the line of your server, then restart it:"
        ),
        BlockCause::ServerDown if context.local_starts.len() == 1 => {
            format!("Server: perhaps nothing is listening at {host}. Start it:")
        }
        BlockCause::ServerDown if !context.local_starts.is_empty() => {
            format!("Server: perhaps nothing is listening at {host}. Start the one that you have:")
        }
        BlockCause::ServerDown => format!("Server: perhaps nothing is listening at {host}. Check that it runs, and its address and port."),
        BlockCause::MixedContent => format!(
            "Mixed content: this page came over https, and browsers do not let it call {host} over http. Use https there, or open this page from your own machine: make serve. Of this machine itself (localhost, 127.0.0.1) most browsers make an exception, Safari none."
        ),
        BlockCause::LocalNetwork => "Local network: the browser asks for permission before a page may reach this machine or network. Click the icon left of the address, allow what it calls local network or apps on this device, and reload.".to_owned(),
        BlockCause::Blocker => format!("A blocker: an extension, a firewall or a proxy stops requests to {host}."),
        BlockCause::Offline => "Offline: this machine or this browser may be without a network.".to_owned(),
        BlockCause::NotApproved => "The address was not allowed yet.".to_owned(),
        BlockCause::Certificate => format!("Certificate: the browser does not trust {host}. Open https://{host} in a tab to see."),
    }
}
