//! What Salesforce's sign-in needs to know of the unit.

use super::unit::{USERS, Unit};
use crate::sandbox::salesforce_login::{Access, LoginOrg};
use crate::sandbox::time::SandboxClock;

impl LoginOrg for Unit {
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
        &self.login_user_id
    }

    fn instance_url(&self) -> Option<&str> {
        self.instance_url.as_deref()
    }

    fn username(&self) -> String {
        self.user_facts().1
    }

    fn user_facts(&self) -> (String, String) {
        let user = self.look(USERS).and_then(|users| users.get(self.user_id));
        let text = |name| user.and_then(|user| user.text(name)).unwrap_or_default();
        let name = format!("{} {}", text("firstName"), text("lastName"));
        (name, text("email").to_owned())
    }

    fn user_named(&self, username: &str) -> Option<bool> {
        let mut users = self.look(USERS)?.iter();
        let named = |name: &str| name.eq_ignore_ascii_case(username);
        let (_, user) = users.find(|(_, user)| user.text("username").is_some_and(named))?;
        Some(!user.is_deleted())
    }

    fn app_scope(&self) -> &str {
        &self.app_scope
    }
}
