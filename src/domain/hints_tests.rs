use super::*;
use crate::domain::mapping::{RuleOptions, WriteBehaviour};

const SCOPE: HintScope<'static> = HintScope {
    vendor: "crm",
    integration: None,
    event: None,
};

fn rule(source: Source) -> Rule {
    Rule {
        object: "company".into(),
        remote: "industry".into(),
        event: None,
        source,
        write: WriteBehaviour::IfBlank,
        options: RuleOptions::default(),
        described: None,
    }
}

fn facts(category: Category) -> CauseFacts<'static> {
    CauseFacts {
        category,
        object: Some("company"),
        field: Some("industry"),
        value: Some("Fin. Services"),
        rule: None,
        rule_event: None,
        qualifier: None,
        takes_user: false,
        guess: None,
        count: 19,
        lead: "A1B2C3D4",
    }
}

#[test]
fn a_refused_option_becomes_a_value_rule_with_the_guess() {
    let rule = rule(Source::Field("companyIndustry".into()));
    let facts = CauseFacts {
        rule: Some(&rule),
        guess: Some("FINANCIAL_SERVICES"),
        ..facts(Category::DataValueValidation)
    };
    let scope = HintScope {
        integration: Some("second crm"),
        ..SCOPE
    };
    assert_eq!(
        cause(&facts, scope),
        "mobly-sync mapping set companyIndustry industry --object company --value \"Fin. Services=FINANCIAL_SERVICES\" -i \"second crm\""
    );
}

#[test]
fn an_unmapped_answer_names_its_qualifier_and_a_placeholder() {
    let facts = CauseFacts {
        field: Some("Interest"),
        value: Some("Platform demo"),
        ..facts(Category::NoTagMapping)
    };
    assert_eq!(
        cause(&facts, SCOPE),
        "mobly-sync qualifier map Interest \"Platform demo=OPTION\""
    );
}

#[test]
fn several_leads_are_listed_and_one_is_edited() {
    let scope = HintScope {
        event: Some("Dreamforce 2026"),
        ..SCOPE
    };
    let many = facts(Category::NotEnoughData);
    assert_eq!(
        cause(&many, scope),
        "mobly-sync reconcile --event \"Dreamforce 2026\" --category NOT_ENOUGH_DATA"
    );
    let one = CauseFacts { count: 1, ..many };
    assert_eq!(
        cause(&one, scope),
        "mobly-sync lead edit A1B2C3D4 --set email=VALUE"
    );
    let homeless = CauseFacts {
        field: Some("companyName"),
        ..one
    };
    assert_eq!(
        cause(&homeless, scope),
        "mobly-sync lead edit A1B2C3D4 --set companyName=VALUE"
    );
}

#[test]
fn frozen_leads_go_with_their_event() {
    let scope = HintScope {
        event: Some("Expo"),
        ..SCOPE
    };
    let frozen = |scope, busiest| pre_sync(PreSyncReason::Frozen, scope, busiest, None);
    assert_eq!(
        frozen(scope, None).as_deref(),
        Some("mobly-sync sync-event Expo")
    );
    assert_eq!(
        frozen(SCOPE, Some("Big Show")).as_deref(),
        Some("mobly-sync sync-event \"Big Show\"")
    );
    assert_eq!(
        frozen(SCOPE, None).as_deref(),
        Some("mobly-sync reconcile --state pre-sync --retry")
    );
}

#[test]
fn words_are_quoted_so_that_a_shell_reads_them_back() {
    assert_eq!(quote("Expo-26"), "Expo-26");
    assert_eq!(quote("Big Show"), "\"Big Show\"");
    assert_eq!(quote("It's on"), "\"It's on\"");
    assert_eq!(quote("5 $ off"), "'5 $ off'");
    assert_eq!(quote("It's 5 $"), r"'It'\''s 5 $'");
    assert_eq!(quote(""), "\"\"");
    let constant = rule(Source::Constant("-none-".into()));
    let facts = CauseFacts {
        rule: Some(&constant),
        ..facts(Category::DataTooLong)
    };
    assert_eq!(
        cause(&facts, SCOPE),
        "mobly-sync mapping set --constant=-none- industry --object company --truncate"
    );
}

#[test]
fn what_a_campaign_refused_is_settled_at_the_campaign() {
    let scope = HintScope {
        event: Some("Expo 2026"),
        ..SCOPE
    };
    assert_eq!(
        campaign(Category::DataValueValidation, scope).as_deref(),
        Some("mobly-sync campaign list --event \"Expo 2026\"")
    );
    assert_eq!(campaign(Category::ValidationRule, scope), None);
}

#[test]
fn what_an_activity_was_refused_for_is_no_matter_of_fields() {
    let one = CauseFacts {
        count: 1,
        ..facts(Category::DataTooLong)
    };
    assert_eq!(
        activity(&one, SCOPE).as_deref(),
        Some("mobly-sync lead show A1B2C3D4")
    );
    assert_eq!(
        activity(&facts(Category::MissingRemoteField), SCOPE).as_deref(),
        Some("mobly-sync reconcile --category MISSING_REMOTE_FIELD")
    );
    assert_eq!(activity(&facts(Category::Connection), SCOPE), None);
}

#[test]
fn several_leads_of_a_wrong_form_go_without_the_field_but_never_without_their_address() {
    let phone = rule(Source::Field("phone".into()));
    let several = CauseFacts {
        rule: Some(&phone),
        ..facts(Category::DataFormatValidation)
    };
    assert_eq!(
        cause(&several, SCOPE),
        "mobly-sync mapping set phone industry --object company --on-invalid drop"
    );
    let address = rule(Source::Field("email".into()));
    let keyed = CauseFacts {
        rule: Some(&address),
        ..several
    };
    assert_eq!(
        cause(&keyed, SCOPE),
        "mobly-sync reconcile --category DATA_FORMAT_VALIDATION"
    );
}

#[test]
fn a_constant_that_moves_leaves_no_row_behind() {
    let constant = rule(Source::Constant("Trade show".into()));
    let lost = CauseFacts {
        rule: Some(&constant),
        guess: Some("leadsource"),
        ..facts(Category::MissingRemoteField)
    };
    assert_eq!(
        cause(&lost, SCOPE),
        "mobly-sync mapping set --constant \"Trade show\" leadsource --object company && mobly-sync mapping unset industry --object company"
    );
}
