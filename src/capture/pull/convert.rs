//! What a source tells, as the store takes it in.

use crate::sources::{
    Publication, SourceActivity, SourceEvent, SourceInfo, SourceLead, SourceMembership,
    SourceQualifier,
};
use crate::store::{
    PulledActivity, PulledEvent, PulledLead, PulledMember, PulledOption, PulledQualifier,
};
use crate::vendors;

pub(super) fn event(event: SourceEvent) -> PulledEvent {
    PulledEvent {
        id: event.id,
        name: event.name,
        from: event.from,
        to: event.to,
        tz: event.zone,
        city: event.city,
        qualifiers: event.qualifiers,
    }
}

/// Qualifiers in the order they are asked.
pub(super) fn qualifiers(mut all: Vec<SourceQualifier>) -> Vec<PulledQualifier> {
    all.sort_by(|left, right| (left.order, &left.id).cmp(&(right.order, &right.id)));
    all.into_iter().map(qualifier).collect()
}

fn qualifier(qualifier: SourceQualifier) -> PulledQualifier {
    PulledQualifier {
        id: qualifier.id,
        name: qualifier.name,
        archived: qualifier.publication == Publication::Archived,
        draft: qualifier.publication == Publication::Draft,
        multiple: qualifier.multiple,
        required: qualifier.required,
        all_events: qualifier.all_events,
        options: qualifier
            .options
            .into_iter()
            .map(|option| PulledOption {
                id: option.id,
                value: option.value,
            })
            .collect(),
    }
}

pub(super) fn lead(info: &SourceInfo, lead: SourceLead) -> PulledLead {
    PulledLead {
        id: lead.id,
        captured_at: lead.captured_at,
        enriching: lead.enriching,
        fields: lead
            .fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
        scans: lead.scans,
        answers: lead
            .answers
            .map(|answers| answers.into_iter().map(|answer| answer.option).collect()),
        activities: lead.activities.unwrap_or_default(),
        remote_ids: lead
            .remote_ids
            .into_iter()
            .map(|remote| (vendor(info, &remote.system), remote.id))
            .collect(),
    }
}

/// A system the source names, by our word for it where it is a vendor of ours.
fn vendor(info: &SourceInfo, system: &str) -> String {
    vendors::ALL
        .iter()
        .find(|vendor| {
            (info.remote_id_type)(vendor.name).is_some_and(|word| word.eq_ignore_ascii_case(system))
        })
        .map_or_else(|| system.to_owned(), |vendor| vendor.name.to_owned())
}

pub(super) fn member(membership: SourceMembership) -> PulledMember {
    PulledMember {
        lead: membership.lead,
        registered: membership.registered,
        checked_in: membership.checked_in,
    }
}

pub(super) fn activity(activity: SourceActivity) -> PulledActivity {
    PulledActivity {
        id: activity.id,
        lead: activity.lead,
        kind: activity.kind,
        text: activity.text,
        at: activity.at,
        author: activity.author,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{self, SourceRemoteId};

    #[test]
    fn systems_are_told_in_our_words_where_we_have_one() {
        // Mobly's page of models names eight; two of them are none of ours.
        let words = [
            ("HUB_SPOT", "hubspot"),
            ("SALES_FORCE", "salesforce"),
            ("PIPE_DRIVE", "pipedrive"),
            ("ZOHO", "zoho"),
            ("MARKETO", "marketo"),
            ("PARDOT", "pardot"),
            ("ELOQUA", "ELOQUA"),
            ("WEBHOOK", "WEBHOOK"),
        ];
        let told = SourceLead {
            remote_ids: words
                .iter()
                .map(|(word, _)| SourceRemoteId {
                    system: (*word).to_owned(),
                    id: "1".to_owned(),
                })
                .collect(),
            ..SourceLead::default()
        };
        let here = lead(sources::ALL[0], told).remote_ids;
        let names: Vec<&str> = here.iter().map(|(system, _)| system.as_str()).collect();
        assert_eq!(names, words.map(|(_, ours)| ours));
    }
}
