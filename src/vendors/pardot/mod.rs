//! Salesforce Account Engagement, once Pardot. So far it holds how to sign in; the translator comes with its own work.

pub mod sign_in;
