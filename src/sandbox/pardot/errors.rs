//! Errors in Pardot's two shapes: JSON `{"code","message"}` from version 5 itself, XML from whatever stands
//! in front of it. Codes and texts are those of Salesforce's list of error codes.

use serde_json::json;

use crate::sandbox::wire::Reply;

/// Which errors are written as XML. The sheet knows only that those about headers can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum XmlErrors {
    None,
    Headers,
    All,
}

impl XmlErrors {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "headers" => Some(Self::Headers),
            "all" => Some(Self::All),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct ApiError {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
    /// The value of `Pardot-Warning`.
    warning: Option<&'static str>,
    /// Refused before version 5 saw the request.
    about_headers: bool,
    /// Refused for the sake of a limit.
    limited: bool,
}

impl ApiError {
    pub(super) fn new(status: u16, code: u32, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            status,
            code,
            message: message.into(),
            warning: None,
            about_headers: false,
            limited: false,
        })
    }

    /// An error of 400 with the text of the list.
    pub(super) fn known(code: u32) -> Box<Self> {
        Self::new(400, code, text(code))
    }

    /// An error of 400 whose text ends with what it is about.
    pub(super) fn about(code: u32, what: &str) -> Box<Self> {
        Self::new(400, code, format!("{}: {what}", text(code)))
    }

    fn header(status: u16, code: u32) -> Box<Self> {
        let mut error = Self::known(code);
        (error.status, error.about_headers) = (status, true);
        error
    }

    /// Measured on both hosts: 401, in JSON.
    pub(super) fn no_credentials() -> Box<Self> {
        Self::new(401, 49, text(49))
    }

    pub(super) fn token(suffix: &str) -> Box<Self> {
        Self::new(401, 184, format!("{}{suffix}", text(184)))
    }

    pub(super) fn unit_missing() -> Box<Self> {
        let mut error = Self::header(400, 181);
        error.message = format!("{}: Pardot-Business-Unit-Id", error.message);
        error
    }

    pub(super) fn unit_unknown() -> Box<Self> {
        Self::header(403, 201)
    }

    pub(super) fn permission() -> Box<Self> {
        Self::new(403, 46, text(46))
    }

    pub(super) fn no_endpoint() -> Box<Self> {
        Self::new(404, 198, text(198))
    }

    pub(super) fn method() -> Box<Self> {
        Self::new(405, 60, text(60))
    }

    pub(super) fn not_found() -> Box<Self> {
        Self::new(404, 109, text(109))
    }

    pub(super) fn archived() -> Box<Self> {
        let mut error = Self::new(404, 132, text(132));
        error.warning = Some("201;Record In Recycle Bin");
        error
    }

    pub(super) fn limit(status: u16, code: u32) -> Box<Self> {
        let mut error = Self::new(status, code, text(code));
        error.limited = true;
        error
    }

    pub(super) fn internal(status: u16) -> Box<Self> {
        Self::new(status, 183, text(183))
    }

    pub(super) fn unknown_field(parameter: &str, field: &str) -> Box<Self> {
        let text = format!(
            "Invalid parameter: {parameter}. It contains an invalid or unknown field: {field}."
        );
        Self::new(400, 51, text)
    }

    pub(super) fn parameter(name: &str) -> Box<Self> {
        Self::about(51, name)
    }

    pub(super) fn to_reply(&self, xml: XmlErrors) -> Reply {
        let as_xml = xml == XmlErrors::All || xml == XmlErrors::Headers && self.about_headers;
        let mut reply = if as_xml {
            let text = self.message.replace('&', "&amp;").replace('<', "&lt;");
            let page = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsp stat=\"fail\" version=\"1.0\">\
                 <err code=\"{}\">{text}</err></rsp>\n",
                self.code
            );
            Reply::html(self.status, page).header("content-type", "text/xml; charset=utf-8")
        } else {
            let body = json!({"code": self.code, "message": self.message});
            Reply::json(self.status, body)
        };
        if let Some(warning) = self.warning {
            reply = reply.header("pardot-warning", warning);
        }
        reply.limited = self.limited;
        reply
    }
}

/// The documented text of a code.
pub(super) fn text(code: u32) -> &'static str {
    match code {
        3 => "Invalid prospect ID",
        4 => "Invalid prospect email address",
        7 => "Invalid timestamp",
        9 => "A prospect with the specified email address already exists",
        10 => "Invalid user ID",
        13 => "One or more required parameters are missing",
        14 => "Non-existent prospect ID; No email address provided",
        16 => "Invalid ID",
        37 => "A Salesforce connector was detected",
        38 => "Invalid campaign ID",
        46 => "This API user lacks sufficient permissions for the requested operation",
        49 => "Access Denied",
        50 => "Invalid boolean",
        51 => "Invalid parameter",
        52 => "Invalid parameter range",
        54 => "Email address is already in use",
        55 => "Invalid list ID",
        56 => "Invalid number entered for field",
        57 => "Invalid date entered for field",
        58 => "That prospect is already a member of that list. Update the membership instead.",
        59 => "A CRM connector was detected",
        60 => "Invalid HTTP request method",
        61 => "Invalid prospect account id",
        62 => "Conflicting Update",
        66 => "You have exceeded your concurrent request limit. Please wait, before trying again",
        77 => "Invalid prospect fid",
        85 => "Unable to save the prospect",
        92 => "Prospect record could not be found",
        109 => "The requested record was not found.",
        122 => "Daily API rate limit met",
        125 => "Cannot accept both user_id and crm_owner_fid.",
        128 => "Cannot create campaigns",
        132 => "Prospect is archived",
        150 => "Input needs to be valid JSON",
        151 => "Unsupported content-type",
        152 => "Request body can't be empty",
        153 => "Missing required property in request",
        154 => "Invalid property in request",
        155 => "Can't update. Import must be in \"Open\" state.",
        156 => "Can't start processing. Import has no associated data.",
        158 => "Uploading a file was unsuccessful",
        159 => "The file is not in a valid CSV format",
        160 => "The limit of batches per import has been reached",
        161 => "The current state of the import does not allow the operation",
        162 => "No file was specified or uploaded",
        163 => "Too many files were specified or uploaded",
        164 => "Daily limit of import batches has been reached",
        165 => "column options is invalid",
        166 => "The input is not in the required format",
        180 => "One or more of the specified fields are invalid",
        181 => "A required header is missing",
        183 => "An internal error occurred, please try your request again",
        184 => "access_token is invalid, unknown, or malformed",
        192 => "Object specified does not exist",
        197 => "Import missing required field",
        198 => "Endpoint not found",
        201 => "Business Unit specified in Pardot-Business-Unit-Id header not found or inactive.",
        202 => "Minute rate limit met",
        204 => "File size exceeds the max post size or the body message can't be empty",
        206 => "Invalid action argument value",
        207 => "Missing required action argument",
        208 => "Unknown action argument",
        209 => {
            "Too many fields have filters: The max number of 3 distinct fields with filters was exceeded for this query."
        }
        210 => "Page token has expired.",
        211 => "Page token is invalid.",
        214 => "API request timed out.",
        219 => "Deleted records can't be updated. Please undelete before updating.",
        226 => "Mismatched CSV headers and column options",
        227 => "Mismatched CSV headers and field options",
        _ => "An error occurred",
    }
}
