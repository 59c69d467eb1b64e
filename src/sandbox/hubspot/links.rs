//! Associations between records: which types exist, and who is linked to whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::{Value, json};

use super::errors::ApiError;
use super::object_type::ObjectType;
use super::portal::Portal;

pub(super) type Node = (ObjectType, u64);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LinkType {
    pub(super) user_defined: bool,
    pub(super) id: u64,
}

impl LinkType {
    pub(super) const fn standard(id: u64) -> Self {
        Self {
            user_defined: false,
            id,
        }
    }

    pub(super) fn category(&self) -> &'static str {
        if self.user_defined {
            "USER_DEFINED"
        } else {
            "HUBSPOT_DEFINED"
        }
    }
}

pub(super) const PRIMARY_COMPANY: LinkType = LinkType::standard(1);
const PRIMARY_CONTACT: LinkType = LinkType::standard(2);

/// From, to, type, type of the opposite direction (sheet section 5); the first line of a pair is its default.
/// The directions company to note and company to task are from memory.
const STANDARD: [(ObjectType, ObjectType, u64, u64); 12] = {
    use ObjectType::{Company, Contact, Note, Task};
    [
        (Contact, Company, 279, 280),
        (Contact, Company, 1, 2),
        (Company, Contact, 280, 279),
        (Company, Contact, 2, 1),
        (Note, Contact, 202, 201),
        (Contact, Note, 201, 202),
        (Note, Company, 190, 189),
        (Company, Note, 189, 190),
        (Task, Contact, 204, 203),
        (Contact, Task, 203, 204),
        (Task, Company, 192, 191),
        (Company, Task, 191, 192),
    ]
};

/// A label the customer made; both directions have an id of their own.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) from: ObjectType,
    pub(super) to: ObjectType,
    pub(super) id: u64,
    pub(super) opposite: u64,
    pub(super) text: String,
}

#[derive(Default)]
pub(super) struct Links {
    by_record: HashMap<Node, BTreeMap<Node, BTreeSet<LinkType>>>,
    pub(super) labels: Vec<Label>,
}

impl Links {
    /// The records of one type that `from` is linked to, with the link types.
    pub(super) fn of(
        &self,
        from: Node,
        to: ObjectType,
    ) -> impl Iterator<Item = (u64, &BTreeSet<LinkType>)> {
        let links = self.by_record.get(&from).into_iter().flatten();
        links
            .filter(move |((kind, _), _)| *kind == to)
            .map(|((_, id), types)| (*id, types))
    }

    /// Pairs of linked records.
    pub(super) fn count(&self) -> usize {
        self.by_record.values().map(BTreeMap::len).sum::<usize>() / 2
    }

    /// Every pair once.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Node, Node, &BTreeSet<LinkType>)> {
        let all = self
            .by_record
            .iter()
            .flat_map(|(from, links)| links.iter().map(move |(to, types)| (*from, *to, types)));
        all.filter(|(from, to, _)| from < to)
    }

    pub(super) fn default_type(from: ObjectType, to: ObjectType) -> Option<LinkType> {
        STANDARD
            .iter()
            .find(|(a, b, _, _)| (*a, *b) == (from, to))
            .map(|(_, _, id, _)| LinkType::standard(*id))
    }

    pub(super) fn label_text(&self, link_type: &LinkType) -> Option<String> {
        if *link_type == PRIMARY_COMPANY || *link_type == PRIMARY_CONTACT {
            return Some("Primary".to_owned());
        }
        let label = self.labels.iter().find(|label| {
            link_type.user_defined && (label.id == link_type.id || label.opposite == link_type.id)
        })?;
        Some(label.text.clone())
    }

    /// The types that exist from one kind of record to another.
    pub(super) fn types(&self, from: ObjectType, to: ObjectType) -> Vec<LinkType> {
        let standard = STANDARD
            .iter()
            .filter(|(a, b, _, _)| (*a, *b) == (from, to))
            .map(|(_, _, id, _)| LinkType::standard(*id));
        let labels = self.labels.iter().filter_map(|label| {
            let id = if (label.from, label.to) == (from, to) {
                label.id
            } else if (label.to, label.from) == (from, to) {
                label.opposite
            } else {
                return None;
            };
            Some(LinkType {
                user_defined: true,
                id,
            })
        });
        standard.chain(labels).collect()
    }

    fn opposite(&self, link_type: &LinkType) -> LinkType {
        if link_type.user_defined {
            let id = self.labels.iter().find_map(|label| {
                if label.id == link_type.id {
                    Some(label.opposite)
                } else {
                    (label.opposite == link_type.id).then_some(label.id)
                }
            });
            return LinkType {
                user_defined: true,
                id: id.unwrap_or(link_type.id),
            };
        }
        let opposite = STANDARD.iter().find(|(_, _, id, _)| *id == link_type.id);
        LinkType::standard(opposite.map_or(link_type.id, |(_, _, _, id)| *id))
    }

    fn add(&mut self, from: Node, to: Node, link_type: &LinkType) {
        let opposite = self.opposite(link_type);
        let forward = self
            .by_record
            .entry(from)
            .or_default()
            .entry(to)
            .or_default();
        forward.insert(link_type.clone());
        self.by_record
            .entry(to)
            .or_default()
            .entry(from)
            .or_default()
            .insert(opposite);
    }

    fn remove_type(&mut self, from: Node, to: Node, link_type: &LinkType) {
        let opposite = self.opposite(link_type);
        for (a, b, link_type) in [(from, to, link_type), (to, from, &opposite)] {
            if let Some(types) = self
                .by_record
                .get_mut(&a)
                .and_then(|links| links.get_mut(&b))
            {
                types.remove(link_type);
            }
        }
    }

    fn remove(&mut self, from: Node, to: Node) {
        for (a, b) in [(from, to), (to, from)] {
            if let Some(links) = self.by_record.get_mut(&a) {
                links.remove(&b);
            }
        }
    }

    fn primary_company(&self, contact: u64) -> Option<u64> {
        self.of((ObjectType::Contact, contact), ObjectType::Company)
            .find(|(_, types)| types.contains(&PRIMARY_COMPANY))
            .map(|(company, _)| company)
    }
}

impl Portal {
    /// Links two records. The first company of a contact becomes its primary one.
    pub(super) fn link(&mut self, from: Node, to: Node, types: &[LinkType]) {
        if from.0 == ObjectType::Company && to.0 == ObjectType::Contact {
            let opposites: Vec<_> = types
                .iter()
                .map(|given| self.links.opposite(given))
                .collect();
            return self.link(to, from, &opposites);
        }
        let default = Links::default_type(from.0, to.0);
        for link_type in types
            .iter()
            .chain(&default)
            .filter(|given| **given != PRIMARY_COMPANY)
        {
            self.links.add(from, to, link_type);
        }
        if (from.0, to.0) == (ObjectType::Contact, ObjectType::Company) {
            self.choose_primary(from.1, to.1, types.contains(&PRIMARY_COMPANY));
        }
    }

    fn choose_primary(&mut self, contact: u64, company: u64, asked_for: bool) {
        let node = (ObjectType::Contact, contact);
        let current = self.links.primary_company(contact);
        if current == Some(company) || (current.is_some() && !asked_for) {
            return;
        }
        if let Some(former) = current {
            self.links
                .remove_type(node, (ObjectType::Company, former), &PRIMARY_COMPANY);
        }
        self.links
            .add(node, (ObjectType::Company, company), &PRIMARY_COMPANY);
        self.show_primary(contact);
    }

    /// Drops the customer's labels of a pair: labelled creation replaces them.
    pub(super) fn drop_labels(&mut self, from: Node, to: Node) {
        let labels: Vec<LinkType> = self
            .links
            .of(from, to.0)
            .filter(|(id, _)| *id == to.1)
            .flat_map(|(_, types)| types.iter().filter(|given| given.user_defined).cloned())
            .collect();
        for label in labels {
            self.links.remove_type(from, to, &label);
        }
    }

    pub(super) fn unlink(&mut self, from: Node, to: Node) {
        self.links.remove(from, to);
        for (kind, id) in [from, to] {
            if kind == ObjectType::Contact {
                self.show_primary(id);
            }
        }
    }

    pub(super) fn unlink_all(&mut self, node: Node) {
        let others: Vec<Node> = self
            .links
            .by_record
            .get(&node)
            .into_iter()
            .flatten()
            .map(|(other, _)| *other)
            .collect();
        for other in others {
            self.unlink(node, other);
        }
    }

    /// `associatedcompanyid` on a contact is the primary company.
    fn show_primary(&mut self, contact: u64) {
        let company = self.links.primary_company(contact);
        let table = self.table(ObjectType::Contact);
        let Some(mut record) = table.live(contact).cloned() else {
            return;
        };
        let Some(name) = table
            .definition("associatedcompanyid")
            .map(|found| Arc::clone(&found.name))
        else {
            return;
        };
        let shown = company.map(|company| company.to_string());
        if record.properties.get(&name) == shown.as_ref() {
            return;
        }
        // A property has changed, so the contact has ("lastmodifieddate").
        record.updated = self.now();
        let properties = Arc::make_mut(&mut record.properties);
        match shown {
            Some(company) => properties.insert(name, company),
            None => properties.remove(&name),
        };
        self.store(ObjectType::Contact, record);
    }
}

/// Reads `types` of an association input: which kind of record they lead to, and the types.
pub(super) fn parse_types(
    portal: &Portal,
    from: ObjectType,
    types: &Value,
) -> Result<(ObjectType, Vec<LinkType>), Box<ApiError>> {
    let types: Vec<LinkType> = types
        .as_array()
        .into_iter()
        .flatten()
        .map(parse_type)
        .collect();
    let Some(first) = types.first() else {
        return Err(ApiError::bad_shape(
            "`types`: at least one association type",
        ));
    };
    let leads_to = |to: &ObjectType| portal.links.types(from, *to).contains(first);
    let Some(to) = ObjectType::ALL.into_iter().find(leads_to) else {
        return Err(wrong_type(from, first));
    };
    match types
        .iter()
        .find(|given| !portal.links.types(from, to).contains(given))
    {
        Some(wrong) => Err(wrong_type(from, wrong)),
        None => Ok((to, types)),
    }
}

fn parse_type(body: &Value) -> LinkType {
    LinkType {
        user_defined: body["associationCategory"] == json!("USER_DEFINED"),
        id: body["associationTypeId"].as_u64().unwrap_or(0),
    }
}

fn wrong_type(from: ObjectType, link_type: &LinkType) -> Box<ApiError> {
    let expected = STANDARD
        .iter()
        .find(|(_, _, id, _)| *id == link_type.id && !link_type.user_defined);
    ApiError::validation(match expected {
        Some((expected, _, _, _)) => format!(
            "invalid from object type {} for associations to be created. expected: {}",
            from.type_id(),
            expected.type_id()
        ),
        None => format!("{} is not a valid association type id", link_type.id),
    })
}
