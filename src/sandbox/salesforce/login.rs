//! What sign-in needs to know of the org: its users are records like all others.

use super::object::Record;
use super::org::Org;
use crate::sandbox::salesforce_login::{Access, LoginOrg};
use crate::sandbox::time::SandboxClock;

impl Org {
    fn user(&self) -> Option<&Record> {
        self.record(&self.user_id)
    }

    fn user_text(&self, name: &str) -> String {
        let text = self.user().and_then(|user| user.text(name));
        text.unwrap_or_default().to_owned()
    }
}

impl LoginOrg for Org {
    fn access(&self) -> &Access {
        &self.access
    }

    fn access_mut(&mut self) -> &mut Access {
        &mut self.access
    }

    fn clock(&self) -> &SandboxClock {
        &self.clock
    }

    fn random_text(&mut self, length: usize) -> String {
        (0..length).map(|_| self.random.alphanumeric()).collect()
    }

    fn org_id(&self) -> &str {
        &self.org_id
    }

    fn user_id(&self) -> &str {
        &self.user_id
    }

    fn instance_url(&self) -> Option<&str> {
        self.instance_url.as_deref()
    }

    fn username(&self) -> String {
        self.user_text("Username")
    }

    fn user_facts(&self) -> (String, String) {
        (self.user_text("Name"), self.user_text("Email"))
    }

    fn user_named(&self, username: &str) -> Option<bool> {
        let mut users = self.object("User")?.live();
        let user = users.find(|user| {
            user.text("Username")
                .is_some_and(|name| name.eq_ignore_ascii_case(username))
        })?;
        Some(user.flag("IsActive"))
    }

    fn app_scope(&self) -> &str {
        "api"
    }
}
