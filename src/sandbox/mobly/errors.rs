//! Errors in Mobly's one shape, `{status, error}`: no code, and one wording for every bad request.

use serde_json::json;

use crate::sandbox::wire::Reply;

#[derive(Clone, Debug)]
pub(super) struct ApiError {
    status: u16,
    error: &'static str,
    /// What was wrong, for whoever writes a client: Mobly itself does not tell.
    pub(super) why: String,
}

impl ApiError {
    fn new(status: u16, error: &'static str) -> Self {
        Self {
            status,
            error,
            why: String::new(),
        }
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(403, "Forbidden")
    }

    pub(super) fn bad_request(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            ..Self::new(400, "Bad request")
        }
    }

    pub(super) fn event_not_found() -> Self {
        Self::new(404, "Event not found")
    }

    pub(super) fn lead_not_found() -> Self {
        Self::new(404, "Lead not found")
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "Not found")
    }

    pub(super) fn too_many_requests() -> Self {
        Self::new(429, "Too Many Requests")
    }

    pub(super) fn internal(status: u16) -> Self {
        Self::new(status, "Internal server error")
    }

    /// 401 and 403 were seen without `status`, whatever the description says: they come from a gateway before
    /// the API itself.
    pub(super) fn to_reply(&self) -> Reply {
        let body = match self.status {
            401 | 403 => json!({"error": self.error}),
            status => json!({"status": status, "error": self.error}),
        };
        Reply::json(self.status, body)
    }
}
