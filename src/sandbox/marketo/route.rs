//! The calls there are: method, path, the permissions one of which they need, and their kind.

use crate::sandbox::wire::{Classification, Request, RequestKind, segments};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Lead,
    Leads,
    SyncLeads,
    PushLeads,
    DeleteLeads,
    MergeLeads,
    Describe,
    Describe2,
    LeadFields,
    LeadField,
    Partitions,
    Companies,
    SyncCompanies,
    DeleteCompanies,
    DescribeCompanies,
    CompanyFields,
    Program,
    ProgramByName,
    Programs,
    Channels,
    ChannelByName,
    Folder,
    MemberStatus,
    OldMemberStatus,
    Members,
    SyncMembers,
    DeleteMembers,
    DescribeMembers,
    Lists,
    List,
    ListByName,
    ListLeads,
    AddToList,
    RemoveFromList,
    IsInList,
    Activities,
    AddActivities,
    ActivityTypes,
    ActivityType,
    PagingToken,
    Usage,
    UsageOfWeek,
    Errors,
    ErrorsOfWeek,
    ImportLeads,
    ImportMembers,
    ImportStatus,
    ImportFailures,
    ImportWarnings,
}

const READ_LEAD: &[&str] = &["Read-Only Lead", "Read-Write Lead"];
const WRITE_LEAD: &[&str] = &["Read-Write Lead"];
const READ_COMPANY: &[&str] = &["Read-Only Company", "Read-Write Company"];
const WRITE_COMPANY: &[&str] = &["Read-Write Company"];
const SCHEMA: &[&str] = &[
    "Read-Write Schema Standard Field",
    "Read-Write Schema Custom Field",
];
const ASSETS: &[&str] = &["Read-Only Assets", "Read-Write Assets"];
const READ_ACTIVITY: &[&str] = &["Read-Only Activity", "Read-Write Activity"];
const WRITE_ACTIVITY: &[&str] = &["Read-Write Activity"];
const ACTIVITY_METADATA: &[&str] = &[
    "Read-Only Activity Metadata",
    "Read-Write Activity Metadata",
];
const ANYBODY: &[&str] = &[];

pub(super) struct Route {
    pub(super) method: &'static str,
    /// `{}` stands for any part.
    pub(super) pattern: &'static str,
    pub(super) call: Call,
    pub(super) permissions: &'static [&'static str],
}

const fn route(
    method: &'static str,
    pattern: &'static str,
    call: Call,
    permissions: &'static [&'static str],
) -> Route {
    Route {
        method,
        pattern,
        call,
        permissions,
    }
}

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    route("GET", "rest/v1/lead/{}.json", Call::Lead, READ_LEAD),
    route("GET", "rest/v1/leads.json", Call::Leads, READ_LEAD),
    route("POST", "rest/v1/leads.json", Call::SyncLeads, WRITE_LEAD),
    route("POST", "rest/v1/leads/push.json", Call::PushLeads, WRITE_LEAD),
    route("POST", "rest/v1/leads/delete.json", Call::DeleteLeads, WRITE_LEAD),
    route("POST", "rest/v1/leads/{}/merge.json", Call::MergeLeads, WRITE_LEAD),
    route("GET", "rest/v1/leads/describe.json", Call::Describe, READ_LEAD),
    route("GET", "rest/v1/leads/describe2.json", Call::Describe2, READ_LEAD),
    route("GET", "rest/v1/leads/schema/fields.json", Call::LeadFields, SCHEMA),
    route("GET", "rest/v1/leads/schema/fields/{}.json", Call::LeadField, SCHEMA),
    route("GET", "rest/v1/leads/partitions.json", Call::Partitions, READ_LEAD),
    route("GET", "rest/v1/companies.json", Call::Companies, READ_COMPANY),
    route("POST", "rest/v1/companies.json", Call::SyncCompanies, WRITE_COMPANY),
    route("POST", "rest/v1/companies/delete.json", Call::DeleteCompanies, WRITE_COMPANY),
    route("GET", "rest/v1/companies/describe.json", Call::DescribeCompanies, READ_COMPANY),
    route("GET", "rest/v1/companies/schema/fields.json", Call::CompanyFields, SCHEMA),
    route("GET", "rest/asset/v1/program/byName.json", Call::ProgramByName, ASSETS),
    route("GET", "rest/asset/v1/program/{}.json", Call::Program, ASSETS),
    route("GET", "rest/asset/v1/programs.json", Call::Programs, ASSETS),
    route("GET", "rest/asset/v1/channels.json", Call::Channels, ASSETS),
    route("GET", "rest/asset/v1/channel/byName.json", Call::ChannelByName, ASSETS),
    route("GET", "rest/asset/v1/folder/{}.json", Call::Folder, ASSETS),
    route("GET", "rest/asset/v1/staticList/byName.json", Call::ListByName, ASSETS),
    route("POST", "rest/v1/programs/{}/members/status.json", Call::MemberStatus, WRITE_LEAD),
    route("POST", "rest/v1/leads/programs/{}/status.json", Call::OldMemberStatus, WRITE_LEAD),
    route("GET", "rest/v1/programs/members/describe.json", Call::DescribeMembers, READ_LEAD),
    route("GET", "rest/v1/programs/{}/members.json", Call::Members, READ_LEAD),
    route("POST", "rest/v1/programs/{}/members.json", Call::SyncMembers, WRITE_LEAD),
    route("POST", "rest/v1/programs/{}/members/delete.json", Call::DeleteMembers, WRITE_LEAD),
    route("GET", "rest/v1/lists.json", Call::Lists, READ_LEAD),
    route("GET", "rest/v1/lists/{}.json", Call::List, READ_LEAD),
    route("GET", "rest/v1/lists/{}/leads.json", Call::ListLeads, READ_LEAD),
    route("GET", "rest/v1/list/{}/leads.json", Call::ListLeads, READ_LEAD),
    route("POST", "rest/v1/lists/{}/leads.json", Call::AddToList, WRITE_LEAD),
    route("DELETE", "rest/v1/lists/{}/leads.json", Call::RemoveFromList, WRITE_LEAD),
    route("GET", "rest/v1/lists/{}/leads/ismember.json", Call::IsInList, WRITE_LEAD),
    route("GET", "rest/v1/activities.json", Call::Activities, READ_ACTIVITY),
    route("GET", "rest/v1/activities/pagingtoken.json", Call::PagingToken, READ_ACTIVITY),
    route("POST", "rest/v1/activities/external.json", Call::AddActivities, WRITE_ACTIVITY),
    route("GET", "rest/v1/activities/external/types.json", Call::ActivityTypes, ACTIVITY_METADATA),
    route("GET", "rest/v1/activities/external/type/{}/describe.json", Call::ActivityType, ACTIVITY_METADATA),
    route("GET", "rest/v1/stats/usage.json", Call::Usage, ANYBODY),
    route("GET", "rest/v1/stats/usage/last7days.json", Call::UsageOfWeek, ANYBODY),
    route("GET", "rest/v1/stats/errors.json", Call::Errors, ANYBODY),
    route("GET", "rest/v1/stats/errors/last7days.json", Call::ErrorsOfWeek, ANYBODY),
    route("POST", "bulk/v1/leads.json", Call::ImportLeads, WRITE_LEAD),
    route("GET", "bulk/v1/leads/batch/{}.json", Call::ImportStatus, WRITE_LEAD),
    route("GET", "bulk/v1/leads/batch/{}/failures.json", Call::ImportFailures, WRITE_LEAD),
    route("GET", "bulk/v1/leads/batch/{}/warnings.json", Call::ImportWarnings, WRITE_LEAD),
    route("POST", "bulk/v1/program/{}/members/import.json", Call::ImportMembers, WRITE_LEAD),
    route("GET", "bulk/v1/program/members/import/{}/status.json", Call::ImportStatus, WRITE_LEAD),
    route("GET", "bulk/v1/program/members/import/{}/failures.json", Call::ImportFailures, WRITE_LEAD),
    route("GET", "bulk/v1/program/members/import/{}/warnings.json", Call::ImportWarnings, WRITE_LEAD),
];

/// What a path leads to.
pub(super) enum Found {
    Route(&'static Route, Option<String>),
    /// There is such a path, for other methods.
    WrongMethod,
    Nothing,
}

/// The part for `{}`, if the path fits.
fn fit(pattern: &str, parts: &[String]) -> Option<Option<String>> {
    let wanted: Vec<&str> = pattern.split('/').collect();
    if wanted.len() != parts.len() {
        return None;
    }
    let mut captured = None;
    for (wanted, part) in wanted.iter().zip(parts) {
        match wanted.split_once("{}") {
            Some((_, rest)) => captured = Some(part.strip_suffix(rest)?.to_owned()),
            None if wanted == part => {}
            None => return None,
        }
    }
    Some(captured)
}

pub(super) fn find(method: &str, path: &str) -> Found {
    // "A double slash in the path breaks calls".
    if path.contains("//") {
        return Found::Nothing;
    }
    let parts = segments(path);
    let mut is_known = false;
    for route in ROUTES {
        if let Some(captured) = fit(route.pattern, &parts) {
            if route.method == method {
                return Found::Route(route, captured);
            }
            is_known = true;
        }
    }
    if is_known {
        Found::WrongMethod
    } else {
        Found::Nothing
    }
}

pub(super) fn is_identity(request: &Request) -> bool {
    request.path.starts_with("/identity/")
}

/// `request` is a GET already where it was only sent as a POST.
pub(super) fn classify(request: &Request) -> Classification {
    if is_identity(request) {
        return Classification {
            kind: RequestKind::Token,
            writes: false,
        };
    }
    let Found::Route(route, _) = find(request.method.as_str(), &request.path) else {
        return Classification {
            kind: RequestKind::Metadata,
            writes: false,
        };
    };
    let writes = route.method != "GET";
    let kind = match route.call {
        Call::Usage | Call::UsageOfWeek | Call::Errors | Call::ErrorsOfWeek => RequestKind::Account,
        Call::Lead | Call::Leads | Call::Companies | Call::Members | Call::Activities => {
            RequestKind::Search
        }
        Call::MemberStatus
        | Call::OldMemberStatus
        | Call::SyncMembers
        | Call::DeleteMembers
        | Call::AddToList
        | Call::RemoveFromList => RequestKind::Association,
        _ if writes => RequestKind::Object,
        _ => RequestKind::Metadata,
    };
    Classification { kind, writes }
}
