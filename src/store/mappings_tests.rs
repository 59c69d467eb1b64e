#![allow(clippy::unwrap_used)]
use super::super::fixtures::*;
use super::*;
use crate::domain::ids::QualifierId;
use crate::domain::integration::Integration;
use crate::domain::mapping::{Source, WriteBehaviour};
use crate::store::qualifiers::{NewQualifier, QualifierEdit};

struct Mapping {
    store: Store,
    crm: Integration,
}

fn mapping() -> Mapping {
    let mut store = Store::in_memory().unwrap();
    let crm = crm(&mut store);
    Mapping { store, crm }
}

impl Mapping {
    fn set(&mut self, rule: &Rule, also: bool) -> MappingEdit {
        self.store
            .save_rule(self.crm.id, rule, Role::Persona, also, &author(), now())
            .unwrap()
    }

    fn rows(&self) -> Vec<String> {
        let rules = self.store.rules(self.crm.id).unwrap();
        rules
            .iter()
            .map(|rule| format!("{}={}", rule.remote, rule.source.text()))
            .collect()
    }

    fn revert(&mut self, run: Option<RunId>) -> crate::store::mapping_history::Reverted {
        self.store
            .revert_mapping(self.crm.id, run, &author(), now())
            .unwrap()
    }
}

#[test]
fn setting_a_field_again_moves_it_and_also_adds_a_target() {
    let mut it = mapping();
    it.set(&rule("contact", "phone", "phone"), false);
    it.set(&rule("contact", "jobTitle", "jobtitle"), false);
    it.set(&rule("contact", "phone", "mobilephone"), false);
    assert_eq!(
        it.rows(),
        ["email=email", "mobilephone=phone", "jobtitle=jobTitle"],
        "moved, in its old place"
    );
    it.set(&rule("contact", "phone", "work_phone"), true);
    assert_eq!(it.rows().len(), 4);
    let mut constant = rule("contact", "", "source");
    constant.source = Source::Constant("show".into());
    it.set(&constant, false);
    constant.remote = "channel".into();
    it.set(&constant, false);
    assert_eq!(it.rows().len(), 6, "constants have no field to be keyed by");
}

#[test]
fn an_events_row_stands_beside_the_general_one() {
    let mut it = mapping();
    let expo = event(&it.store, "Expo");
    let mut for_expo = rule("contact", "email", "work_email");
    for_expo.event = Some(expo);
    it.set(&for_expo, false);
    assert_eq!(it.rows(), ["email=email", "work_email=email"]);
    let remove = |it: &mut Mapping, event| {
        it.store
            .remove_rules(it.crm.id, None, "EMAIL", event, &author(), now())
            .unwrap()
    };
    assert_eq!(
        remove(&mut it, Some(expo)).touched,
        [format!("contact.work_email@{expo}")]
    );
    assert_eq!(it.rows(), ["email=email"]);
    remove(&mut it, None);
    assert!(it.rows().is_empty());
    assert!(!fresh(&it.store, &it.crm).mapped);
}

#[test]
fn the_same_again_is_no_change_and_a_change_counts_cleared_leads() {
    let mut it = mapping();
    let revision = fresh(&it.store, &it.crm).revision;
    assert_eq!(it.set(&rule("contact", "email", "email"), false).run, None);
    assert_eq!(fresh(&it.store, &it.crm).revision, revision);
    let lead = lead(&it.store, "Ana", "Li", &[]);
    seed(&mut it.store, account(&it.crm));
    set(&it.store, account(&it.crm), lead, "state = 'cleared'");
    let edit = it.set(&rule("contact", "phone", "phone"), false);
    assert_eq!((edit.run.is_some(), edit.cleared), (true, 1));
    assert_eq!(fresh(&it.store, &it.crm).revision, revision + 1);
}

#[test]
fn a_revert_takes_one_change_back_and_leaves_what_was_changed_since() {
    let mut it = mapping();
    it.set(&rule("contact", "phone", "phone"), false);
    let moved = it.set(&rule("contact", "phone", "mobilephone"), false);
    it.revert(None);
    assert_eq!(it.rows(), ["email=email", "phone=phone"]);
    it.revert(None);
    assert_eq!(
        it.rows(),
        ["email=email", "mobilephone=phone"],
        "the revert is a change too"
    );
    let mut other = rule("contact", "mobilePhone", "mobilephone");
    other.write = WriteBehaviour::Overwrite;
    it.set(&other, false);
    let reverted = it.revert(moved.run);
    assert_eq!(reverted.left, ["contact.mobilephone"]);
    assert!(
        it.rows().contains(&"mobilephone=mobilePhone".to_owned()),
        "not touched"
    );
    let history = it.store.mapping_history(it.crm.id).unwrap();
    assert_eq!(history.len(), 7);
    assert!(history[0].run > history[1].run);
    assert!(matches!(
        it.store
            .revert_mapping(it.crm.id, Some(RunId(999)), &author(), now()),
        Err(StoreError::Missing { .. })
    ));
}

#[test]
fn importing_a_mapping_replaces_it_in_one_step_that_can_be_reverted() {
    let mut it = mapping();
    let rules = [
        (rule("contact", "phone", "phone"), Role::Persona),
        (rule("company", "companyName", "name"), Role::Company),
    ];
    let edit = it
        .store
        .replace_all(it.crm.id, &rules, &author(), now())
        .unwrap();
    assert_eq!(edit.touched.len(), 3);
    assert_eq!(it.rows(), ["phone=phone", "name=companyName"]);
    let same = it
        .store
        .replace_all(it.crm.id, &rules, &author(), now())
        .unwrap();
    assert_eq!(same.run, None, "nothing differs, nothing is recorded");
    it.revert(None);
    assert_eq!(it.rows(), ["email=email"]);
    it.store
        .clear_object(it.crm.id, "contact", &author(), now())
        .unwrap();
    assert!(it.rows().is_empty());
}

#[test]
fn rows_come_back_with_all_their_options() {
    let mut it = mapping();
    let mut full = rule("contact", "companyCountry", "country");
    full.options
        .values
        .insert("UK".into(), "United Kingdom".into());
    full.options.truncate = true;
    full.options.default = Some("n/a".into());
    it.set(&full, false);
    let rules = it.store.rules(it.crm.id).unwrap();
    assert_eq!(rules[1], full);
}

fn interest(it: &mut Mapping) -> QualifierId {
    let new = NewQualifier {
        name: "Interest".into(),
        values: vec!["Platform demo".into()],
        ..NewQualifier::default()
    };
    it.store.add_qualifier(&new, &author(), now()).unwrap().id
}

#[test]
fn a_qualifiers_target_carries_its_values_and_scope_even_when_archived() {
    let mut it = mapping();
    let id = interest(&mut it);
    let crm = it.crm.id;
    let values = [(
        "platform  DEMO".to_owned(),
        Some("demo_platform".to_owned()),
    )];
    it.store
        .map_values(crm, id, &values, &author(), now())
        .unwrap();
    assert!(
        it.store.qualifier_rules(crm).unwrap().is_empty(),
        "no target yet"
    );
    let edit = it
        .store
        .map_qualifier(
            crm,
            id,
            "contact",
            "interest",
            WriteBehaviour::Overwrite,
            &author(),
            now(),
        )
        .unwrap();
    assert_eq!(edit.touched, ["Interest → contact"]);
    let expo = event(&it.store, "Expo");
    let edit = QualifierEdit {
        events: Some(Some(vec![expo])),
        archived: Some(true),
        ..QualifierEdit::default()
    };
    it.store
        .edit_qualifier(id, &edit, &author(), now())
        .unwrap();
    let rules = it.store.qualifier_rules(crm).unwrap();
    assert_eq!(rules[0].values["platform demo"], "demo_platform");
    assert_eq!(rules[0].events.as_ref().unwrap().len(), 1);
    it.revert(None);
    assert!(it.store.qualifier_rules(crm).unwrap().is_empty());
    it.revert(None);
    it.store
        .unmap_qualifier(crm, id, None, &author(), now())
        .unwrap();
    assert!(it.store.qualifier_rules(crm).unwrap().is_empty());
}

#[test]
fn a_schema_is_kept_with_its_age() {
    let mut it = mapping();
    let account = account(&it.crm);
    assert_eq!(it.store.schema(account, "contact").unwrap(), None);
    let schema = ObjectSchema::default();
    it.store
        .save_schema(account, "contact", &schema, now())
        .unwrap();
    assert_eq!(
        it.store.schema(account, "contact").unwrap(),
        Some((schema, now()))
    );
}

impl Mapping {
    fn set_on(&mut self, on: SetOn, rules: &[Rule], also: bool) -> MappingEdit {
        let rules: Vec<_> = rules
            .iter()
            .map(|rule| (rule.clone(), Role::Persona, on))
            .collect();
        self.store
            .save_rules_on(self.crm.id, &rules, also, &author(), now())
            .unwrap()
    }

    /// `object.remote=source`, with a star for rows of the role.
    fn marked(&self) -> Vec<String> {
        let rows = self.store.stored_rules(self.crm.id).unwrap();
        rows.iter()
            .filter(|row| row.rule.source != Source::Field("email".into()))
            .map(|row| {
                let star = if row.by_role { "*" } else { "" };
                let rule = &row.rule;
                format!(
                    "{}.{}={}{star}",
                    rule.object,
                    rule.remote,
                    rule.source.text()
                )
            })
            .collect()
    }
}

/// One rule for both persons of a vendor that has two.
fn both(ours: &str, remote: &str) -> [Rule; 2] {
    ["lead", "contact"].map(|object| rule(object, ours, remote))
}

#[test]
fn an_objects_own_rule_beats_one_of_its_role_whichever_came_first() {
    let mut it = mapping();
    it.set_on(SetOn::Role, &both("jobTitle", "title"), false);
    assert_eq!(
        it.marked(),
        ["lead.title=jobTitle*", "contact.title=jobTitle*"]
    );
    it.set(&rule("contact", "jobTitle", "position"), false);
    assert_eq!(
        it.marked(),
        ["lead.title=jobTitle*", "contact.position=jobTitle"],
        "moved there, and there alone"
    );
    it.set_on(SetOn::Role, &both("jobTitle", "function"), false);
    assert_eq!(
        it.marked(),
        ["lead.function=jobTitle*", "contact.position=jobTitle"]
    );
    it.set_on(SetOn::Role, &both("description", "position"), false);
    assert!(
        it.marked()
            .contains(&"contact.position=jobTitle".to_owned()),
        "the vendor's field is taken"
    );
    assert!(
        it.marked()
            .contains(&"lead.position=description*".to_owned())
    );
    it.set_on(SetOn::Role, &both("jobTitle", "second"), true);
    assert!(
        it.marked().contains(&"contact.second=jobTitle*".to_owned()),
        "a second target is in nobody's way"
    );
    it.set_on(SetOn::RoleAgain, &both("jobTitle", "title"), false);
    assert!(it.marked().contains(&"contact.title=jobTitle*".to_owned()));
}

#[test]
fn a_rule_of_an_event_stands_beside_an_objects_own() {
    let mut it = mapping();
    let expo = event(&it.store, "Expo");
    it.set(&rule("contact", "jobTitle", "title"), false);
    let at_expo = both("jobTitle", "title").map(|rule| Rule {
        event: Some(expo),
        ..rule
    });
    it.set_on(SetOn::Role, &at_expo, false);
    assert_eq!(
        it.marked(),
        [
            "contact.title=jobTitle",
            "lead.title=jobTitle*",
            "contact.title=jobTitle*"
        ]
    );
}

#[test]
fn rows_that_stay_keep_whose_they_are_and_new_ones_tell_by_their_twins() {
    let mut it = mapping();
    it.set(&rule("contact", "phone", "phone"), false);
    it.set_on(SetOn::Role, &[rule("lead", "company", "company")], false);
    let twins = both("jobTitle", "title");
    let rules: Vec<(Rule, Role)> = [
        rule("contact", "phone", "phone"),
        rule("lead", "company", "company"),
        rule("lead", "fax", "fax"),
    ]
    .into_iter()
    .chain(twins)
    .map(|rule| (rule, Role::Persona))
    .collect();
    let edit = it
        .store
        .replace_all(it.crm.id, &rules, &author(), now())
        .unwrap();
    let mut marked = it.marked();
    marked.sort_unstable();
    assert_eq!(
        marked,
        [
            "contact.phone=phone",
            "contact.title=jobTitle*",
            "lead.company=company*",
            "lead.fax=fax",
            "lead.title=jobTitle*"
        ]
    );
    it.revert(edit.run);
    it.set(&rule("lead", "company", "company"), false);
    let own = it.revert(None);
    assert_eq!(own.left, Vec::<String>::new());
    assert!(
        it.marked().contains(&"lead.company=company*".to_owned()),
        "a revert gives it back to the role"
    );
}
