-- Schema, version 1. Times: INTEGER microseconds UTC. Booleans: INTEGER 0/1. Ids inside: INTEGER (small, ordered, fast);
-- a lead's public id is a keyed permutation of its row id: decoded, not stored, so it needs no column and no index.
-- Never edit this file once it has been released: add 0002_….sql.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;   -- database_id (names the keychain entries), id_key (permutes public ids), home (the path it lives at: a copy is opened elsewhere)

-- ───────────── connections ─────────────
CREATE TABLE integrations (              -- one row per connection ever made; survives disconnect
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,    -- what -i takes; default = vendor
  vendor        TEXT NOT NULL,
  category      TEXT NOT NULL CHECK (category IN ('crm','marketing','source')),
  rank          TEXT NOT NULL DEFAULT 'primary' CHECK (rank IN ('primary','secondary')),
  connected     INTEGER NOT NULL CHECK (connected IN (0,1)),
  enabled       INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0,1)),
  mode          TEXT NOT NULL DEFAULT 'automatic' CHECK (mode IN ('automatic','manual')),
  health        TEXT NOT NULL DEFAULT 'ok' CHECK (health IN ('ok','needs_sign_in')),
  account_id    INTEGER REFERENCES accounts(id),      -- the account signed in to now: all state hangs on it
  settings      TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),   -- strategy, use_contacts, region, base_url, grant ...
  secret_store  TEXT NOT NULL DEFAULT 'none' CHECK (secret_store IN ('keyring','file','environment','none')),
  sign_in       INTEGER NOT NULL DEFAULT 1,           -- bumped by connect and disconnect: what a run learned of an older sign-in is not noted on a newer one
  revision      INTEGER NOT NULL DEFAULT 1,           -- bumped by mapping/qualifier/campaign/settings edits
  mode_since    INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT;
-- Appendix B 1 today; a second one a category = rank 'secondary', no migration of data.
CREATE UNIQUE INDEX integrations_one_active ON integrations(category) WHERE connected = 1 AND rank = 'primary' AND category <> 'source';

CREATE TABLE accounts (                  -- the vendor account (portal, org, munchkin, business unit); remote ids live HERE
  id            INTEGER PRIMARY KEY,
  integration_id INTEGER NOT NULL REFERENCES integrations(id),
  vendor_account TEXT NOT NULL,          -- portal, org, company, munchkin id, business unit
  origin        TEXT NOT NULL,           -- scheme://host:port it was reached at ('' = the vendor's own): a rehearsal server may show a real portal id
  environment   TEXT NOT NULL CHECK (environment IN ('production','sandbox','rehearsal')),
  name          TEXT,
  first_seen    INTEGER NOT NULL,
  UNIQUE (integration_id, origin, vendor_account)
) STRICT;

-- ───────────── events, leads ─────────────
CREATE TABLE events (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL, type TEXT, starts_on TEXT, ends_on TEXT,
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  source TEXT NOT NULL DEFAULT 'local', external_id TEXT, held_at INTEGER, archived INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_name ON events(name_key);
CREATE UNIQUE INDEX events_external ON events(source, external_id) WHERE external_id IS NOT NULL;

CREATE TABLE leads (
  id            INTEGER PRIMARY KEY,
  source        TEXT NOT NULL DEFAULT 'local',        -- local | mobly
  external_id   TEXT,                                 -- Mobly uuid
  email         TEXT, email_key TEXT,                 -- as captured; trimmed + lower-cased + IDNA. NOT unique: Mobly may hold two leads with one address
  person_key    TEXT,                                 -- name + company, normalised; only when email_key IS NULL
  first_name    TEXT, last_name TEXT, company_name TEXT, company_domain TEXT,
  fields        TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(fields)),     -- every other standard and custom field
  scans         INTEGER NOT NULL DEFAULT 1,
  readiness     TEXT NOT NULL DEFAULT 'ready' CHECK (readiness = 'ready' OR readiness = 'enriching' OR readiness = 'needs_data'),   -- not IN: a list of three builds a temporary index at every insert
  revision      INTEGER NOT NULL DEFAULT 1,           -- bumped by every change that could be sent (fields, answers, events, scans, activities)
  captured_at   INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  erased_at     INTEGER                               -- GDPR: all personal columns NULL/'{}', row and counts stay
) STRICT;
CREATE INDEX leads_email ON leads(email_key) WHERE email_key IS NOT NULL;
CREATE INDEX leads_person ON leads(person_key) WHERE person_key IS NOT NULL;
CREATE UNIQUE INDEX leads_external ON leads(source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX leads_unready ON leads(readiness) WHERE readiness <> 'ready';   -- the few that are; the board takes them out of Pre-Sync

CREATE TABLE captures (                  -- what makes "import twice changes nothing" and "a re-capture counts a scan" both true
  id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE, event_id INTEGER REFERENCES events(id),
  channel TEXT NOT NULL CHECK (channel = 'file' OR channel = 'manual' OR channel = 'mobly'),
  content TEXT NOT NULL CHECK (json_valid(content)),  -- what this source said: the next row of the person changes only what differs from it
  row_hash BLOB NOT NULL,                -- hash of recognised field=value pairs, sorted; column order and file name do not matter
  captured_at INTEGER, import_id INTEGER
) STRICT;
CREATE UNIQUE INDEX captures_once ON captures(row_hash, ifnull(event_id, 0));
CREATE INDEX captures_lead ON captures(lead_id);

CREATE TABLE event_leads (event_id INTEGER NOT NULL REFERENCES events(id), lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  joined_at INTEGER NOT NULL, registered INTEGER, checked_in INTEGER, PRIMARY KEY (event_id, lead_id)) STRICT, WITHOUT ROWID;
CREATE INDEX event_leads_lead ON event_leads(lead_id, event_id);
CREATE TABLE activities (                -- notes, calls, meetings; never changed once taken down
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: an answer on its way must not be taken for another's
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  marker TEXT NOT NULL UNIQUE,           -- eight characters at random: its last line at a vendor, where it has no key of its own
  kind TEXT NOT NULL CHECK (kind = 'note' OR kind = 'call' OR kind = 'meeting' OR kind = 'email' OR kind = 'other'),
  text TEXT NOT NULL, at INTEGER NOT NULL, author TEXT,
  source TEXT NOT NULL CHECK (source = 'file' OR source = 'manual' OR source = 'mobly'), created_at INTEGER NOT NULL,
  external_id TEXT UNIQUE) STRICT;                        -- the source's own id, where it has one: taken down once
CREATE INDEX activities_lead ON activities(lead_id);


-- ───────────── qualifiers ─────────────
CREATE TABLE qualifiers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, multiple INTEGER NOT NULL DEFAULT 0,
  required INTEGER NOT NULL DEFAULT 0, all_events INTEGER NOT NULL DEFAULT 1, archived INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL DEFAULT 0,
  external_id TEXT UNIQUE, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE qualifier_values (id INTEGER PRIMARY KEY, qualifier_id INTEGER NOT NULL REFERENCES qualifiers(id), value TEXT NOT NULL, value_key TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL DEFAULT 0, external_id TEXT UNIQUE, UNIQUE (qualifier_id, value_key)) STRICT;
CREATE TABLE qualifier_events (qualifier_id INTEGER NOT NULL REFERENCES qualifiers(id), event_id INTEGER NOT NULL REFERENCES events(id), PRIMARY KEY (qualifier_id, event_id)) STRICT, WITHOUT ROWID;
CREATE TABLE answers (                   -- value_id NULL = an answer that is no defined value: kept, shown, NO_TAG_MAPPING at push
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE, qualifier_id INTEGER NOT NULL REFERENCES qualifiers(id),
  value_key TEXT NOT NULL, value_id INTEGER REFERENCES qualifier_values(id), raw TEXT NOT NULL, event_id INTEGER REFERENCES events(id),
  PRIMARY KEY (lead_id, qualifier_id, value_key)) STRICT, WITHOUT ROWID;
CREATE INDEX answers_undefined ON answers(qualifier_id, value_key) WHERE value_id IS NULL;   -- a value defined later finds its answers

-- ───────────── configuration of a connection ─────────────
CREATE TABLE mappings (                  -- object = the VENDOR's object key (contact, lead, company, account ...), never 'persona'
  id INTEGER PRIMARY KEY, integration_id INTEGER NOT NULL REFERENCES integrations(id), object TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('persona','company')),                -- of the object; a persona row makes the integration mapped
  remote_field TEXT NOT NULL, event_id INTEGER REFERENCES events(id),      -- per-event rule (mapping set --event) beats the general one
  source TEXT NOT NULL CHECK (source IN ('field','constant','template')), value TEXT NOT NULL,   -- our field, the constant, the template
  write_behaviour TEXT NOT NULL CHECK (write_behaviour IN ('overwrite','if-blank','create-only','append')),
  options TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(options)),          -- value rules, default, truncate, on_invalid, fallback owner
  described TEXT CHECK (described IS NULL OR json_valid(described)),       -- the remote field as it was when mapped: what drift is measured against
  by_role INTEGER NOT NULL DEFAULT 0,                                      -- 1: set on the role of several objects; a row set on its very object is never overwritten by one of those
  position INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX mappings_target ON mappings(integration_id, object, remote_field, ifnull(event_id, 0));
CREATE TABLE qualifier_mappings (integration_id INTEGER NOT NULL REFERENCES integrations(id), qualifier_id INTEGER NOT NULL REFERENCES qualifiers(id),
  object TEXT NOT NULL, remote_field TEXT NOT NULL, write_behaviour TEXT NOT NULL DEFAULT 'overwrite',
  described TEXT CHECK (described IS NULL OR json_valid(described)),       -- as of mappings
  PRIMARY KEY (integration_id, qualifier_id, object)) STRICT, WITHOUT ROWID;
CREATE TABLE qualifier_value_mappings (integration_id INTEGER NOT NULL REFERENCES integrations(id), qualifier_id INTEGER NOT NULL REFERENCES qualifiers(id),
  value_key TEXT NOT NULL, remote_value TEXT NOT NULL, PRIMARY KEY (integration_id, qualifier_id, value_key)) STRICT, WITHOUT ROWID;
CREATE TABLE campaigns (                 -- of an ACCOUNT: another account's ids mean nothing here
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(id), kind TEXT NOT NULL DEFAULT 'campaign', remote_id TEXT NOT NULL,
  name TEXT NOT NULL, closed TEXT,       -- why it takes no new members, as it was last seen
  UNIQUE (account_id, kind, remote_id)) STRICT;
CREATE TABLE campaign_events (           -- what an event feeds: the settings are of the pair, not of the campaign
  campaign_id INTEGER NOT NULL REFERENCES campaigns(id), event_id INTEGER NOT NULL REFERENCES events(id),
  default_status TEXT, qualifier_id INTEGER REFERENCES qualifiers(id), scan_threshold INTEGER NOT NULL DEFAULT 0 CHECK (scan_threshold >= 0),
  PRIMARY KEY (campaign_id, event_id)) STRICT, WITHOUT ROWID;
CREATE TABLE campaign_statuses (         -- the qualifier's answers that mean another status than the default
  campaign_id INTEGER NOT NULL, event_id INTEGER NOT NULL, value_key TEXT NOT NULL, answer TEXT NOT NULL, status TEXT NOT NULL,
  PRIMARY KEY (campaign_id, event_id, value_key),
  FOREIGN KEY (campaign_id, event_id) REFERENCES campaign_events(campaign_id, event_id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE TABLE remote_schemas (account_id INTEGER NOT NULL REFERENCES accounts(id), object TEXT NOT NULL, fetched_at INTEGER NOT NULL, body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (account_id, object)) STRICT, WITHOUT ROWID;

-- ───────────── the queue: one row per (account, lead) ─────────────
CREATE TABLE sync_records (
  account_id     INTEGER NOT NULL REFERENCES accounts(id),
  lead_id        INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  state          TEXT NOT NULL DEFAULT 'waiting' CHECK (state = 'waiting' OR state = 'held' OR state = 'failed' OR state = 'cleared'),   -- OR, not IN: SQLite builds a list anew for every row
  hold           TEXT NOT NULL DEFAULT '' CHECK (hold = '' OR hold = 'held' OR hold = 'suppressed' OR hold = 'undone' OR hold = 'before-connect' OR hold = 'frozen' OR hold = 'needs-data' OR hold = 'waiting-for-crm'),  -- stored reasons; the rest is derived
  category       TEXT NOT NULL DEFAULT '', message TEXT, failed_phase TEXT, landed INTEGER NOT NULL DEFAULT 0,
  cause          BLOB,                                             -- hash of (category, phase, field, value or admin message): groups below a category
  ignored_at     INTEGER, ignored_reason TEXT,
  claim_id       INTEGER REFERENCES claims(id) ON DELETE SET NULL, -- orthogonal to state: a claimed lead stays where the board shows it
  not_before     INTEGER,
  cleared_revision INTEGER,                                        -- lead.revision that last cleared: revision > this = due again
  payload_hash   BLOB,                                             -- what last cleared, after mapping: equal = due to nobody
  interruptions  INTEGER NOT NULL DEFAULT 0, interrupted_since INTEGER,   -- requests without a verdict in a row: nobody's fault until it is a habit
  attempts       INTEGER NOT NULL DEFAULT 0, last_attempt INTEGER, attempted_at INTEGER, changed_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, lead_id),
  CHECK ((state = 'failed') = (category <> '')),
  CHECK (ignored_at IS NULL OR state = 'failed'),
  CHECK (state = 'waiting' OR state = 'held' OR hold = '')
) STRICT, WITHOUT ROWID;
-- NOT partial: a bound `state = ?` cannot use a partial index. The claim statement names it (INDEXED BY sync_queue): on a file
-- that was never ANALYZEd SQLite 3.40 walks the primary key instead (115 ms against 2 ms at 1,000,000 leads).
CREATE INDEX sync_queue   ON sync_records(account_id, state, category, lead_id);
-- The causes below a category, grouped without touching the rows themselves.
CREATE INDEX sync_failed  ON sync_records(account_id, category, cause, landed, ignored_at, lead_id) WHERE state = 'failed';
CREATE INDEX sync_claimed ON sync_records(claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX sync_since   ON sync_records(account_id, attempted_at, state);            -- --since, covering
-- reason shown for a waiting lead, first that holds: before-connect (stored) > DISCONNECTED > DISABLED > UNMAPPED > NEEDS_SIGN_IN > NEEDS_DATA (stored)
--   > WAITING_FOR_CRM > EVENT_HELD (all its events held) > FROZEN (manual) > QUEUED.   `enriching` is leads.readiness, counted apart.
-- mode, enable, disconnect, event hold, first mapping are therefore one-row updates.

CREATE TABLE causes (                    -- what a cause hash stands for, as one of its leads met it; counts are taken from sync_failed
  account_id INTEGER NOT NULL REFERENCES accounts(id), cause BLOB NOT NULL, category TEXT NOT NULL, phase TEXT NOT NULL, object TEXT, field TEXT, value TEXT,
  message TEXT NOT NULL, code TEXT, PRIMARY KEY (account_id, cause)) STRICT, WITHOUT ROWID;
CREATE TABLE board_views (               -- the ids ("1a") a person saw last, by integration and scope: they hold until the next board
  integration_id INTEGER NOT NULL REFERENCES integrations(id), scope TEXT NOT NULL, causes TEXT NOT NULL CHECK (json_valid(causes)), at INTEGER NOT NULL,
  PRIMARY KEY (integration_id, scope)) STRICT, WITHOUT ROWID;
CREATE TABLE board_counts (              -- event_id 0 = the account as a whole, -1 = leads of no event; one delta a transaction by the store, recomputed by `db check`
  account_id INTEGER NOT NULL, event_id INTEGER NOT NULL, state TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',   -- detail: category, or hold
  ignored INTEGER NOT NULL DEFAULT 0, landed INTEGER NOT NULL DEFAULT 0, n INTEGER NOT NULL,
  PRIMARY KEY (account_id, event_id, state, detail, ignored, landed)) STRICT, WITHOUT ROWID;

-- ───────────── who works on what ─────────────
CREATE TABLE claims (                    -- alive = somebody holds the OS lock on <db>.claims/<id>; freed by the kernel at kill -9, immune to clock jumps
  id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs(id), host TEXT NOT NULL, pid INTEGER NOT NULL, boot_id TEXT NOT NULL, heartbeat_at INTEGER NOT NULL) STRICT;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the run number people type
  integration_id INTEGER REFERENCES integrations(id), account_id INTEGER REFERENCES accounts(id), person TEXT,
  command TEXT NOT NULL, trigger TEXT NOT NULL, event_id INTEGER REFERENCES events(id),
  started_at INTEGER NOT NULL, finished_at INTEGER, outcome TEXT CHECK (outcome IN ('done','stopped','interrupted','crashed')), stop_reason TEXT,
  requests INTEGER NOT NULL DEFAULT 0, counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts))) STRICT;
CREATE TABLE setup_changes (run_id INTEGER NOT NULL REFERENCES runs(id), kind TEXT NOT NULL, key TEXT NOT NULL, before TEXT, after TEXT,
  PRIMARY KEY (run_id, kind, key)) STRICT, WITHOUT ROWID;                                -- history, mapping history|revert

-- ───────────── remote side ─────────────
CREATE TABLE remote_links (              -- the lead's records in an ACCOUNT; several objects possible (contact and lead)
  account_id INTEGER NOT NULL REFERENCES accounts(id), lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE, object TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('persona','company')),                -- of the object; of several persona rows the one linked last is the person's
  remote_id TEXT NOT NULL, created_by_us INTEGER NOT NULL DEFAULT 0, linked_at INTEGER NOT NULL, PRIMARY KEY (account_id, lead_id, object)) STRICT, WITHOUT ROWID;
CREATE INDEX remote_links_id ON remote_links(account_id, object, remote_id);
CREATE TABLE remote_companies (          -- one row per distinct company of an account; the row is the claim that stops two processes creating it twice
  account_id INTEGER NOT NULL REFERENCES accounts(id), company_key TEXT NOT NULL,      -- 'd:acme.com' or 'n:acme'
  remote_id TEXT, claim_id INTEGER REFERENCES claims(id) ON DELETE SET NULL, payload_hash BLOB, created_by_us INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL,
  PRIMARY KEY (account_id, company_key)) STRICT, WITHOUT ROWID;
CREATE TABLE memberships (               -- those WE made or gave their status; a colleague's are not here
  campaign_id INTEGER NOT NULL REFERENCES campaigns(id), lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  object TEXT NOT NULL, person_id TEXT NOT NULL,     -- the person's record: another record is another member
  status TEXT, remote_id TEXT, at INTEGER NOT NULL, PRIMARY KEY (campaign_id, lead_id)) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_person ON memberships(campaign_id, person_id);
CREATE INDEX memberships_lead ON memberships(lead_id);
CREATE TABLE activity_links (            -- those we sent; one without a row has not arrived, or its answer was lost (doubts: 'a:7')
  activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE, account_id INTEGER NOT NULL REFERENCES accounts(id),
  remote_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (activity_id, account_id)) STRICT, WITHOUT ROWID;
CREATE TABLE budgets (account_id INTEGER NOT NULL, quota TEXT NOT NULL, used INTEGER NOT NULL, allowed INTEGER, resets_at INTEGER, at INTEGER NOT NULL,
  counted INTEGER NOT NULL DEFAULT 0,    -- 1: the vendor does not tell; these are the units we spent ourselves, and allowed is its smallest plan's
  PRIMARY KEY (account_id, quota)) STRICT, WITHOUT ROWID;

CREATE TABLE mirrors (                   -- objects of an account whose records are kept here, since their vendor cannot be asked for many keys at once
  account_id INTEGER NOT NULL REFERENCES accounts(id), object TEXT NOT NULL, fields TEXT NOT NULL CHECK (json_valid(fields)),
  generation INTEGER NOT NULL,           -- of this beginning: a page read for another one is thrown away
  seen_to INTEGER,                       -- the last change seen: the next sweep begins there
  complete_at INTEGER,                   -- when a sweep last came to its end; NULL: absent here means nothing yet
  PRIMARY KEY (account_id, object)) STRICT, WITHOUT ROWID;
CREATE TABLE mirror_records (account_id INTEGER NOT NULL, object TEXT NOT NULL, remote_id TEXT NOT NULL, created_at INTEGER, changed_at INTEGER NOT NULL, body TEXT NOT NULL,   -- body: the fields as JSON
  PRIMARY KEY (account_id, object, remote_id)) STRICT, WITHOUT ROWID;
CREATE TABLE mirror_keys (account_id INTEGER NOT NULL, object TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, remote_id TEXT NOT NULL,
  PRIMARY KEY (account_id, object, kind, key, remote_id)) STRICT, WITHOUT ROWID;
CREATE INDEX mirror_keys_record ON mirror_keys(account_id, object, remote_id);

-- ───────────── ledger ─────────────
CREATE TABLE calls (                     -- write-ahead: one row per WRITE request, before it leaves. answered_at NULL + dead claim = in doubt
  id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES runs(id), claim_id INTEGER, account_id INTEGER NOT NULL REFERENCES accounts(id),
  phase TEXT NOT NULL, operation TEXT NOT NULL, object TEXT NOT NULL, repeatable INTEGER NOT NULL,   -- 0: must be looked up first
  subjects TEXT NOT NULL CHECK (json_valid(subjects)),                                    -- [{"lead":1,"key":"e:ana@acme.com"}] in row order
  sent_at INTEGER NOT NULL, answered_at INTEGER, status INTEGER, correlation_id TEXT) STRICT;
CREATE INDEX calls_open ON calls(account_id, sent_at) WHERE answered_at IS NULL;
CREATE TABLE doubts (                    -- a create whose answer never came: the subject is looked up, once the vendor's index has caught up, before it is repeated
  account_id INTEGER NOT NULL REFERENCES accounts(id), object TEXT NOT NULL, subject TEXT NOT NULL,   -- 'l:12' a lead, 'd:acme.com' or 'n:acme' a company, 'a:7' an activity
  sent_at INTEGER NOT NULL, open_until INTEGER NOT NULL, -- until then it may still be made, so that finding nothing proves nothing
  run_id INTEGER NOT NULL REFERENCES runs(id), PRIMARY KEY (account_id, object, subject)) STRICT, WITHOUT ROWID;
CREATE TABLE jobs (                      -- work a vendor took on to do later; on disk before anybody asks how far it is, gone when its end is known
  call_id INTEGER PRIMARY KEY REFERENCES calls(id), account_id INTEGER NOT NULL REFERENCES accounts(id), object TEXT NOT NULL, job TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE, run_id INTEGER NOT NULL REFERENCES runs(id),
  event_id INTEGER, trigger TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
  status TEXT NOT NULL CHECK (status IN ('cleared','failed','interrupted')), result TEXT CHECK (result IN ('created','updated','unchanged')),
  category TEXT, message TEXT, lead_revision INTEGER NOT NULL, integration_revision INTEGER NOT NULL) STRICT;
CREATE INDEX attempts_lead ON attempts(lead_id, account_id, id);
CREATE INDEX attempts_run ON attempts(run_id);
CREATE TABLE attempt_phases (            -- this lead's slice only, never the whole batch (erasure, log size)
  attempt_id INTEGER NOT NULL REFERENCES attempts(id) ON DELETE CASCADE, seq INTEGER NOT NULL, name TEXT NOT NULL CHECK (name IN ('prepare','company','person','association','campaign','activity')),
  action TEXT CHECK (action IN ('match','create','update','link','skip')), object TEXT, remote_id TEXT, ok INTEGER NOT NULL, call_id INTEGER REFERENCES calls(id) ON DELETE SET NULL,
  request TEXT, response TEXT, note TEXT, PRIMARY KEY (attempt_id, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE record_changes (            -- before-images. Per RECORD and run, not per lead: one company serves many leads
  run_id INTEGER NOT NULL REFERENCES runs(id), account_id INTEGER NOT NULL REFERENCES accounts(id), object TEXT NOT NULL, remote_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('created','updated','linked','joined','removed','unlinked','left')), before TEXT CHECK (before IS NULL OR json_valid(before)), after TEXT NOT NULL CHECK (json_valid(after)),
  at INTEGER NOT NULL, undone_by INTEGER REFERENCES runs(id), PRIMARY KEY (run_id, object, remote_id, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX record_changes_record ON record_changes(account_id, object, remote_id, run_id);
CREATE TABLE imports (id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL, header_hash BLOB, counts TEXT NOT NULL CHECK (json_valid(counts)), started_at INTEGER NOT NULL, finished_at INTEGER) STRICT;
-- What --column said of files with these columns.
CREATE TABLE import_columns (header_hash BLOB NOT NULL, header TEXT NOT NULL, field TEXT NOT NULL, set_at INTEGER NOT NULL, PRIMARY KEY (header_hash, header)) STRICT, WITHOUT ROWID;

-- ───────────── pulled from a source ─────────────
CREATE TABLE pulls (                     -- how far a walk through a listing is: written in the transaction of each page's items, so that a killed pull goes on where it stopped
  integration_id INTEGER NOT NULL REFERENCES integrations(id), listing TEXT NOT NULL, state TEXT NOT NULL CHECK (json_valid(state)),
  began_at INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (integration_id, listing)) STRICT, WITHOUT ROWID;
CREATE TABLE pull_seen (                 -- the items a walk under way has read: pages shift, and what was missed shows in their number
  integration_id INTEGER NOT NULL, listing TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (integration_id, listing, item)) STRICT, WITHOUT ROWID;
CREATE TABLE source_members (            -- who belongs to which event, by the source's word; told before the leads themselves are
  lead TEXT NOT NULL, event_id INTEGER NOT NULL REFERENCES events(id) ON DELETE CASCADE, registered INTEGER NOT NULL, checked_in INTEGER NOT NULL,
  PRIMARY KEY (lead, event_id)) STRICT, WITHOUT ROWID;
CREATE INDEX source_members_event ON source_members(event_id);
CREATE TABLE source_activities (         -- the activities leads are said to have; taken: nothing is left to ask for
  lead TEXT NOT NULL, activity TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (lead, activity)) STRICT, WITHOUT ROWID;
CREATE INDEX source_activities_open ON source_activities(lead) WHERE taken = 0;
CREATE TABLE source_removed (            -- removed here: not taken in again until the source tells of another scan
  lead TEXT PRIMARY KEY, scans INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- ───────────── telling sources what became of their leads ─────────────
CREATE TABLE write_backs (               -- what a source is to be told: a lead's record in an account. Kept when told, so that it is told once for each record
  account_id INTEGER NOT NULL REFERENCES accounts(id),         -- where the record is
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  source_account_id INTEGER NOT NULL REFERENCES accounts(id),  -- whom to tell
  remote_id TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state = 'waiting' OR state = 'told' OR state = 'ended'),   -- ended: it never will be (the lead is gone there, or the source refuses it)
  tries INTEGER NOT NULL DEFAULT 0, not_before INTEGER, message TEXT, queued_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, lead_id)) STRICT, WITHOUT ROWID;
CREATE INDEX write_backs_waiting ON write_backs(source_account_id, queued_at) WHERE state = 'waiting';
CREATE INDEX write_backs_lead ON write_backs(lead_id);
CREATE TABLE remote_hints (              -- what a source says of a lead's record at a vendor: a hint, since it names neither account nor object
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE, vendor TEXT NOT NULL, remote_id TEXT NOT NULL,
  PRIMARY KEY (lead_id, vendor)) STRICT, WITHOUT ROWID;

-- ───────────── enrichment ─────────────
CREATE TABLE field_origins (             -- who filled or tidied a field. It speaks of `value` only: whoever changes the field afterwards is its origin from then on
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE, field TEXT NOT NULL,
  origin TEXT NOT NULL,                  -- 'rules:NAME' or 'provider:NAME'
  value TEXT NOT NULL, before TEXT,      -- before: what was captured, where it was tidied
  at INTEGER NOT NULL, PRIMARY KEY (lead_id, field)) STRICT, WITHOUT ROWID;
CREATE TABLE enrichments (               -- which leads went through what, so that nobody is asked twice about the same
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  step TEXT NOT NULL,                    -- 'rules' or 'provider:NAME'
  at INTEGER NOT NULL, revision INTEGER NOT NULL,   -- the lead's, after what the step wrote
  known BLOB,                            -- hash of whom the provider was asked about, and the fields it did not know: another question may be asked anew
  outcome TEXT NOT NULL CHECK (outcome = 'found' OR outcome = 'unknown' OR outcome = 'dropped'), note TEXT,
  PRIMARY KEY (lead_id, step)) STRICT, WITHOUT ROWID;
CREATE TABLE enrichment_queue (          -- leads whose way to the accounts waits for the waterfall (leads.readiness 'enriching'); a source's own waiting leads are not here
  lead_id INTEGER PRIMARY KEY REFERENCES leads(id) ON DELETE CASCADE,
  since INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE enrichment_settings (       -- what happens by itself; a row of an event beats the general one (event_id 0)
  what TEXT NOT NULL,                    -- 'rules:fill', 'rules:tidy', 'provider:NAME'; 'country' (of numbers without one), 'countries' ('names' or 'codes')
  event_id INTEGER NOT NULL DEFAULT 0, enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0,1)), value TEXT,
  PRIMARY KEY (what, event_id)) STRICT, WITHOUT ROWID;

-- ───────────── enrichment providers ─────────────
CREATE TABLE enrichment_providers (      -- what is asked over HTTP, in this order. Whether it is on stands in enrichment_settings; its key with the secrets
  name TEXT PRIMARY KEY, position INTEGER NOT NULL,
  preset TEXT, changes TEXT NOT NULL CHECK (json_valid(changes)),   -- changes: what the user set beside the preset, or all of it. Never a secret
  base_url TEXT, secret_place TEXT NOT NULL DEFAULT 'none' CHECK (secret_place IN ('keyring','file','environment','none')),
  budget_day INTEGER, budget_run INTEGER,
  wanted TEXT NOT NULL DEFAULT '"needed"' CHECK (json_valid(wanted)),   -- "needed" (what connections map or demand), "every", or the fields themselves
  added_at INTEGER NOT NULL, last_error TEXT, last_error_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE enrichment_cache (          -- answers, "not known" too, so that nothing is paid for twice; gone with the lead that asked first
  provider TEXT NOT NULL, question BLOB NOT NULL,       -- keyed hash: who was asked for cannot be told from it
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  answer TEXT NOT NULL CHECK (json_valid(answer)), at INTEGER NOT NULL, PRIMARY KEY (provider, question)) STRICT, WITHOUT ROWID;
CREATE INDEX enrichment_cache_lead ON enrichment_cache(lead_id);
CREATE TABLE enrichment_spend (          -- paid: reserved before a question leaves, given back where the answer turns out to be free
  provider TEXT NOT NULL, day TEXT NOT NULL, asked INTEGER NOT NULL DEFAULT 0, paid INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (provider, day)) STRICT, WITHOUT ROWID;
-- ─── what must be there, what must never leave, who became one ───
CREATE TABLE requirements (              -- fields a lead must have before it may sync; `fields`: alternatives, one of them will do
  id INTEGER PRIMARY KEY, integration_id INTEGER NOT NULL REFERENCES integrations(id), event_id INTEGER REFERENCES events(id),
  fields TEXT NOT NULL CHECK (json_valid(fields)), added_at INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX requirements_once ON requirements(integration_id, ifnull(event_id, 0), fields);
CREATE INDEX sync_needs_data ON sync_records(account_id, lead_id) WHERE hold = 'needs-data';   -- the few that are; the board counts what they lack
CREATE TABLE suppressions (              -- keyed hashes (the key: meta.suppression_key); 'source' and 'person' only of erased leads
  hash BLOB PRIMARY KEY, kind TEXT NOT NULL CHECK (kind = 'address' OR kind = 'domain' OR kind = 'source' OR kind = 'person'),
  reason TEXT, added_at INTEGER NOT NULL,
  erased_lead INTEGER REFERENCES leads(id)) STRICT, WITHOUT ROWID;                       -- the tombstone: a source that brings the person again is not listened to
CREATE INDEX suppressions_erased ON suppressions(erased_lead) WHERE erased_lead IS NOT NULL;
CREATE TABLE lead_aliases (              -- leads that were merged into another: old exports and sources still name them
  lead_id INTEGER PRIMARY KEY REFERENCES leads(id), kept_id INTEGER NOT NULL REFERENCES leads(id), source TEXT NOT NULL, external_id TEXT,
  email_key TEXT, person_key TEXT, at INTEGER NOT NULL) STRICT;
CREATE INDEX lead_aliases_kept ON lead_aliases(kept_id);
CREATE INDEX lead_aliases_external ON lead_aliases(external_id) WHERE external_id IS NOT NULL;
CREATE INDEX lead_aliases_email ON lead_aliases(email_key) WHERE email_key IS NOT NULL;
CREATE INDEX lead_aliases_person ON lead_aliases(person_key) WHERE person_key IS NOT NULL;
-- ─── what was read back ───
CREATE TABLE verifications (             -- leads by the worst that was found; event_id 0 = all. Only readings of a whole scope stand here
  run_id INTEGER PRIMARY KEY REFERENCES runs(id), account_id INTEGER NOT NULL REFERENCES accounts(id), event_id INTEGER NOT NULL, at INTEGER NOT NULL,
  checked INTEGER NOT NULL, same INTEGER NOT NULL, missing INTEGER NOT NULL, merged INTEGER NOT NULL, changed_since INTEGER NOT NULL,
  not_written INTEGER NOT NULL) STRICT;
CREATE INDEX verifications_scope ON verifications(account_id, event_id, at);
-- ───────────── undo
CREATE TABLE undos (                     -- an undo is a run: which one it takes back
  run_id INTEGER PRIMARY KEY REFERENCES runs(id), undoes INTEGER NOT NULL REFERENCES runs(id)) STRICT;
CREATE INDEX undos_of ON undos(undoes);
CREATE TABLE undone_leads (              -- where a lead stood before an undo held it: an undo of the undo puts it back there
  run_id INTEGER NOT NULL REFERENCES runs(id), account_id INTEGER NOT NULL, lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  state TEXT NOT NULL, hold TEXT NOT NULL, category TEXT NOT NULL, message TEXT, failed_phase TEXT, landed INTEGER NOT NULL, cause BLOB,
  ignored_at INTEGER, ignored_reason TEXT, cleared_revision INTEGER, payload_hash BLOB, PRIMARY KEY (run_id, lead_id)) STRICT, WITHOUT ROWID;
CREATE TABLE undone_links (              -- whose records an undo removed: a record made again is linked by them
  run_id INTEGER NOT NULL REFERENCES runs(id), account_id INTEGER NOT NULL, lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  object TEXT NOT NULL, role TEXT NOT NULL, remote_id TEXT NOT NULL, PRIMARY KEY (run_id, lead_id, object)) STRICT, WITHOUT ROWID;
CREATE TABLE undone_companies (          -- the keys of companies an undo removed
  run_id INTEGER NOT NULL REFERENCES runs(id), account_id INTEGER NOT NULL, company_key TEXT NOT NULL, remote_id TEXT NOT NULL,
  PRIMARY KEY (run_id, company_key)) STRICT, WITHOUT ROWID;
CREATE TABLE undo_removals (             -- records an undo found untouched and meant to remove: the same undo again does not take its own doing for somebody's
  run_id INTEGER NOT NULL REFERENCES runs(id), object TEXT NOT NULL, remote_id TEXT NOT NULL, PRIMARY KEY (run_id, object, remote_id)) STRICT, WITHOUT ROWID;
CREATE TABLE remade_records (            -- removed by an undo and made again by an undo of it: the id of then, the one after
  account_id INTEGER NOT NULL REFERENCES accounts(id), object TEXT NOT NULL, old_id TEXT NOT NULL, new_id TEXT NOT NULL,
  PRIMARY KEY (account_id, object, old_id)) STRICT, WITHOUT ROWID;
