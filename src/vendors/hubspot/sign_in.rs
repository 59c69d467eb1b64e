//! How to sign in to HubSpot (HubSpot docs, "Working with OAuth" and "Service keys").

use crate::domain::integration::Settings;
use crate::transport::TokenScheme;
use crate::vendors::{
    ClientAuthentication, Endpoints, Grant, Oauth, ScopeNeed, Secret, SignIn, SignInWay,
    usual_refusal,
};

const fn need(name: &'static str, breaks: &'static str) -> ScopeNeed {
    ScopeNeed { name, breaks }
}

/// The scopes for contacts and companies.
pub(super) const SCOPES: &[ScopeNeed] = &[
    need("crm.objects.contacts.read", "no contact can be found"),
    need(
        "crm.objects.contacts.write",
        "no contact can be created or updated",
    ),
    need("crm.objects.companies.read", "no company can be found"),
    need(
        "crm.objects.companies.write",
        "no company can be created, updated or linked",
    ),
    need(
        "crm.schemas.contacts.read",
        "the rules of contact properties are not known before HubSpot refuses a value",
    ),
    need(
        "crm.schemas.companies.read",
        "the rules of company properties are not known before HubSpot refuses a value",
    ),
    need(
        "crm.objects.owners.read",
        "owners cannot be set by e-mail address",
    ),
    need(
        "crm.objects.marketing_events.read",
        "no marketing event can be found for an event's leads to join",
    ),
    need(
        "crm.objects.marketing_events.write",
        "no lead can join a marketing event",
    ),
];

/// The ways.
pub(super) static SIGN_IN: SignIn = SignIn {
    ways: &[
        SignInWay {
            grant: Grant::Token,
            name: "a service key (or a private app's token)",
            guide: "In HubSpot: Settings > Integrations > Service Keys > Create service key (or use the token of a private app \
                    you have).\nScopes: crm.objects.contacts.read, crm.objects.contacts.write, crm.objects.companies.read, \
                    crm.objects.companies.write, crm.schemas.contacts.read, crm.schemas.companies.read, crm.objects.owners.read; for \
                    marketing events also crm.objects.marketing_events.read, crm.objects.marketing_events.write",
            scheme: TokenScheme::Bearer,
            needs: &[],
        },
        SignInWay {
            grant: Grant::AuthorizationCode,
            name: "the browser, with an app of your own",
            guide: "In HubSpot's developer area: Development > Projects (or Legacy Apps) > your app > Auth.\nRedirect URL: \
                    {redirect}\nScopes: oauth, crm.objects.contacts.read, crm.objects.contacts.write, \
                    crm.objects.companies.read, crm.objects.companies.write, crm.schemas.contacts.read, \
                    crm.schemas.companies.read, crm.objects.owners.read\nOptional scopes, for marketing events: \
                    crm.objects.marketing_events.read, crm.objects.marketing_events.write\nThen copy the app's client id and client secret.",
            scheme: TokenScheme::Bearer,
            needs: &[],
        },
    ],
    oauth: Some(&OAUTH),
};

static OAUTH: Oauth = Oauth {
    endpoints,
    client: ClientAuthentication::Form,
    // No guide documents PKCE for apps of this kind, and the secret stays required.
    pkce: false,
    secret: Secret::Required,
    scopes: &[
        "oauth",
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.objects.companies.read",
        "crm.objects.companies.write",
        "crm.schemas.contacts.read",
        "crm.schemas.companies.read",
        "crm.objects.owners.read",
    ],
    scope_separator: " ",
    // Left out by HubSpot where the account cannot grant them, instead of refusing the whole sign-in.
    authorize: &[(
        "optional_scope",
        "crm.objects.marketing_events.read crm.objects.marketing_events.write",
    )],
    // Plain http is taken for this name only.
    redirect_host: "localhost",
    redirected: |_, _| Ok(()),
    granted: |_, _| Ok(()),
    // Told by every answer; half an hour by the documentation.
    life: None,
    refusal: usual_refusal,
};

fn endpoints(_: &Settings) -> Result<Endpoints, String> {
    Ok(Endpoints {
        authorize: Some("https://app.hubspot.com/oauth/authorize".to_owned()),
        token: "https://api.hubapi.com/oauth/2026-03/token".to_owned(),
        revoke: Some("https://api.hubapi.com/oauth/2026-03/token/revoke".to_owned()),
        audience: None,
    })
}
