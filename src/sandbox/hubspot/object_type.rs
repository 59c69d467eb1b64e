//! The kinds of records this portal has, by every name HubSpot accepts for them.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ObjectType {
    Contact,
    Company,
    Note,
    Task,
}

impl ObjectType {
    pub(super) const ALL: [Self; 4] = [Self::Contact, Self::Company, Self::Note, Self::Task];

    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| [kind.type_id(), kind.singular(), kind.plural()].contains(&name.as_str()))
    }

    pub(super) fn type_id(self) -> &'static str {
        match self {
            Self::Contact => "0-1",
            Self::Company => "0-2",
            Self::Note => "0-46",
            Self::Task => "0-27",
        }
    }

    pub(super) fn singular(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Company => "company",
            Self::Note => "note",
            Self::Task => "task",
        }
    }

    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Contact => "contacts",
            Self::Company => "companies",
            Self::Note => "notes",
            Self::Task => "tasks",
        }
    }

    /// As messages write it: `CONTACT`.
    pub(super) fn upper(self) -> String {
        self.singular().to_ascii_uppercase()
    }

    /// At least one of these must be given to create a record.
    pub(super) fn minimum(self) -> &'static [&'static str] {
        match self {
            Self::Contact => &["email", "firstname", "lastname"],
            Self::Company => &["name", "domain"],
            Self::Note | Self::Task => &["hs_timestamp"],
        }
    }

    pub(super) fn created_property(self) -> &'static str {
        match self {
            Self::Contact | Self::Company => "createdate",
            Self::Note | Self::Task => "hs_createdate",
        }
    }

    pub(super) fn modified_property(self) -> &'static str {
        match self {
            Self::Contact => "lastmodifieddate",
            Self::Company | Self::Note | Self::Task => "hs_lastmodifieddate",
        }
    }

    /// What a read answers when it names no properties.
    pub(super) fn default_properties(self) -> &'static [&'static str] {
        match self {
            Self::Contact => &["email", "firstname", "lastname"],
            Self::Company => &["name", "domain"],
            Self::Note | Self::Task => &[],
        }
    }
}
