//! From status, codes and words to a kind.
//!
//! Codes come first, then words, because several providers answer with a
//! status that points elsewhere: a wrong key as 400 (Gemini, xAI), no credit
//! as 400 (Anthropic) or 429 (OpenAI), an unknown model as 400 (Mistral,
//! DeepSeek, OpenRouter), a token rate as 413 (Groq). All tables are lower case.

use super::shape::Shape;
use crate::core::domain::FailureKind;

const FILTER_CODES: &[&str] = &[
    "content_filter",
    "content_policy_violation",
    "responsibleaipolicyviolation",
    "moderation_blocked",
    "prohibited_content",
];

const BILLING_CODES: &[&str] = &[
    "insufficient_quota",
    "insufficient_balance",
    "insufficient_credits",
    "billing_error",
    "billing_not_active",
    "billing_hard_limit_reached",
    "billing_disabled",
    "payment_required",
    "budget_exceeded",
    "enforced_spend_limit_reached",
    "contract_spend_limit_reached",
];
const BILLING_WORDS: &[&str] = &[
    "credit balance is too low",
    "insufficient balance",
    "insufficient credits",
    "used all available credits",
    "spending limit",
    "billing hard limit",
    "enable billing",
];

const AUTH_CODES: &[&str] = &[
    "invalid_api_key",
    "incorrect_api_key",
    "missing_api_key",
    "api_key_invalid",
    "api_key_expired",
    "authentication_error",
    "auth_error",
    "invalid_authentication",
    "unauthorized",
    "unauthenticated",
    "token_expired",
    "access_token_expired",
    "credentials_missing",
    "unrecognizedclientexception",
    "invalidsignatureexception",
    "expiredtokenexception",
    "invalidclienttokenid",
    "missingauthenticationtokenexception",
    "incompletesignatureexception",
    "signaturedoesnotmatch",
    "requestexpired",
    "requesttimetooskewed",
];
const AUTH_WORDS: &[&str] = &[
    "api key not valid",
    "api key is invalid",
    "invalid api key",
    "incorrect api key",
    "api key expired",
    "api key was reported as leaked",
    "invalid x-api-key",
    "without established identity",
    "signature we calculated does not match",
    "api key you provided is invalid",
    "authentication error,",
];

/// A wrong key although code or status say that it may not do this: pages
/// cannot read the header in which AWS names the kind.
const KEY_WORDS: &[&str] = &[
    "invalid api key format",
    "authentication failed: please make sure your api key is valid",
    "bearer token has expired",
    "security token included in the request",
    "security token expired",
    "signature expired",
    "signature not yet current",
    "the request signature we calculated does not match",
];

const PERMISSION_CODES: &[&str] = &[
    "api_key_http_referrer_blocked",
    "api_key_ip_address_blocked",
    "api_key_service_blocked",
    "service_disabled",
    "unsupported_country_region_territory",
    "permission_error",
    "authenticationtypedisabled",
    "accessdeniedexception",
    "insufficient_permissions",
    "missing_scope",
];
const PERMISSION_WORDS: &[&str] = &[
    // Anthropic answers 401 where an organisation forbids browsers.
    "cors requests",
    "location is not supported",
];

const NOT_FOUND_CODES: &[&str] = &[
    "model_not_found",
    "model_not_available",
    "model_decommissioned",
    "invalid_model",
    "deploymentnotfound",
    "not_found",
    "not_found_error",
    "resourcenotfoundexception",
];
/// Count only in a message that speaks of a model.
const NOT_FOUND_WORDS: &[&str] = &[
    "not found",
    "does not exist",
    "not a valid model",
    "invalid model",
    "unknown model",
    "no such model",
    "model identifier is invalid",
    "supported api model names",
    "been decommissioned",
    "end of its life",
];

const RATE_CODES: &[&str] = &[
    "rate_limit_exceeded",
    "rate_limit_error",
    "ratelimitreached",
    "rate_limited",
    "too_many_requests",
    "resource_exhausted",
    "ramp_limit_exceeded",
    "throttlingexception",
    "servicequotaexceededexception",
];

const SIZE_CODES: &[&str] = &[
    "context_length_exceeded",
    "context_window_exceeded",
    "exceed_context_size_error",
    "model_max_prompt_tokens_exceeded",
    "string_above_max_length",
    "request_too_large",
    "payload_too_large",
];
const SIZE_WORDS: &[&str] = &[
    "maximum context length",
    "prompt is too long",
    "input is too long",
    "exceed context limit",
    "available context size",
    "maximum number of tokens allowed",
    "too large to process",
    "reduce the length of the messages",
];

const OVERLOAD_CODES: &[&str] = &[
    "overloaded_error",
    "overloaded",
    "model_overloaded",
    "engine_overloaded_error",
    "server_overloaded",
    "unavailable",
    "unavailable_error",
    "service_unavailable",
    "provider_unavailable",
    "capacity_exceeded",
    "slow_down",
    "serviceunavailableexception",
    "modelnotreadyexception",
];

/// Codes that say less than a status does.
const REQUEST_CODES: &[&str] = &[
    "invalid_request_error",
    "invalid_request",
    "invalid_argument",
    "invalid-argument",
    "invalid_value",
    "unsupported_parameter",
    "unsupported_value",
    "unknown_parameter",
    "missing_required_parameter",
    "not_supported_error",
    "validationexception",
    "bad_request",
];

/// What a decision rests on.
pub(super) struct Facts {
    status: u16,
    codes: Vec<String>,
    words: String,
    flagged: bool,
    names_param: bool,
}

impl Facts {
    /// A status that is an error counts; otherwise a status that the body
    /// names, as errors inside a stream do.
    pub(super) fn new(status: u16, shape: &Shape, message: &str) -> Self {
        Self {
            status: if status >= 400 {
                status
            } else {
                shape.number.unwrap_or(0)
            },
            codes: shape
                .codes
                .iter()
                .map(|code| code.to_ascii_lowercase())
                .collect(),
            words: message.to_ascii_lowercase(),
            flagged: shape.flagged,
            names_param: shape.param.is_some(),
        }
    }

    /// The decision.
    pub(super) fn kind(&self) -> FailureKind {
        self.by_code_or_words()
            .or_else(|| by_status(self.status))
            .unwrap_or(if self.code(REQUEST_CODES) || self.names_param {
                FailureKind::BadRequest
            } else {
                FailureKind::Server
            })
    }

    fn by_code_or_words(&self) -> Option<FailureKind> {
        let about_request = matches!(self.status, 0 | 400 | 401 | 403 | 404 | 422);
        if self.flagged || self.code(FILTER_CODES) {
            Some(FailureKind::ContentFilter)
        } else if self.status == 402
            // Fireworks suspends an account that has not paid.
            || (self.status == 412 && self.says(&["suspended"]))
            || self.code(BILLING_CODES)
            || self.says(BILLING_WORDS)
            || self.has_no_quota()
        {
            Some(FailureKind::Billing)
        } else if about_request && self.says(KEY_WORDS) {
            Some(FailureKind::Auth)
        } else if self.code(PERMISSION_CODES) || (about_request && self.says(PERMISSION_WORDS)) {
            Some(FailureKind::Permission)
        } else if self.code(AUTH_CODES) || (about_request && self.says(AUTH_WORDS)) {
            Some(FailureKind::Auth)
        } else if self.code(NOT_FOUND_CODES) || self.misses_model() {
            Some(FailureKind::NotFound)
        } else if self.code(RATE_CODES)
            || (self.status == 413 && self.says(&["tokens per min", "(tpm)"]))
        {
            Some(FailureKind::RateLimited)
        } else if self.code(SIZE_CODES)
            || (matches!(self.status, 0 | 400 | 413 | 422 | 500) && self.says(SIZE_WORDS))
        {
            Some(FailureKind::TooLarge)
        } else if self.code(OVERLOAD_CODES)
            || (matches!(self.status, 0 | 500 | 502) && self.says(&["overloaded"]))
        {
            Some(FailureKind::Overloaded)
        } else if self.status == 501 && self.code(REQUEST_CODES) {
            Some(FailureKind::BadRequest)
        } else {
            None
        }
    }

    /// Gemini answers 429 with a limit of 0 for a model that the key's tier does
    /// not have at all; waiting is pointless, paying is not.
    fn has_no_quota(&self) -> bool {
        matches!(self.status, 0 | 429)
            && self
                .words
                .split("limit: 0")
                .skip(1)
                .any(|rest| !rest.starts_with(|next: char| next.is_ascii_digit() || next == '.'))
    }

    fn misses_model(&self) -> bool {
        matches!(self.status, 0 | 400 | 404 | 422)
            && self.words.contains("model")
            && self.says(NOT_FOUND_WORDS)
    }

    fn code(&self, table: &[&str]) -> bool {
        self.codes.iter().any(|code| table.contains(&code.as_str()))
    }

    fn says(&self, table: &[&str]) -> bool {
        table.iter().any(|words| self.words.contains(words))
    }
}

/// What a status alone says; nothing below 400.
pub(super) fn by_status(status: u16) -> Option<FailureKind> {
    Some(match status {
        401 => FailureKind::Auth,
        402 => FailureKind::Billing,
        403 => FailureKind::Permission,
        // 405: the path answers, but not to this; 410: retired.
        404 | 405 | 410 => FailureKind::NotFound,
        413 => FailureKind::TooLarge,
        429 => FailureKind::RateLimited,
        // 498: Groq's flex tier without capacity.
        498 | 503 | 529 => FailureKind::Overloaded,
        // 424: the provider's model failed; 499: its caller went away.
        408 | 424 | 499 | 500.. => FailureKind::Server,
        400.. => FailureKind::BadRequest,
        _ => return None,
    })
}
