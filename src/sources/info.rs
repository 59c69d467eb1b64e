//! A source as data: everything that is known without asking it.

use std::sync::Arc;

use super::Source;
use crate::domain::integration::{IntegrationCategory, Settings};
use crate::transport::{AnswerRules, QuotaSpec, Transport};
use crate::vendors::SignIn;

/// Everything about a source that is known without asking it.
pub struct SourceInfo {
    /// The word on the command line.
    pub name: &'static str,
    /// The name people use.
    pub title: &'static str,
    /// The slot it fills.
    pub category: IntegrationCategory,
    /// Where its API lives for a connection's options unless the user says otherwise.
    pub base_url: fn(&Settings) -> Result<String, String>,
    /// The word for an account ("organization").
    pub account_word: &'static str,
    /// How to sign in.
    pub sign_in: &'static SignIn,
    /// Its limits.
    pub quotas: &'static [QuotaSpec],
    /// How its answers are judged by the transport.
    pub rules: fn() -> Arc<dyn AnswerRules>,
    /// Items on a full page.
    pub page: u32,
    /// How many seconds one request takes when many follow each other, as its limit is documented.
    pub pace: f64,
    /// The name by which it keeps the ids of one of our vendors (by the vendor's word), where it does.
    pub remote_id_type: fn(&str) -> Option<&'static str>,
    /// Makes the translator of one connection.
    pub open: fn(SourceSetup) -> Box<dyn Source>,
}

/// What a source's translator is made of.
pub struct SourceSetup {
    /// The connection's options.
    pub settings: Settings,
    /// Paced, authorised, counted HTTP.
    pub transport: Transport,
}
