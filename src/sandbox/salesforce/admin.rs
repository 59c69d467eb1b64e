//! What tests and rehearsals may change behind the API's back, below `/_admin`.
//!
//! All bodies are JSON. `{Object}` is an API name such as `Lead`; ids may have 15 or 18 characters. Without
//! another answer it is 204; a control path that is not understood gets 400 `{"error"}`.
//!
//! | request | effect |
//! | --- | --- |
//! | `POST tokens/accept`, `tokens/revoke`, `tokens/expire` `{"token"}` | what the next call with it gets; refresh tokens too (revoking one ends its access tokens) |
//! | `POST authorization {"deny":true}` | the user refuses on the OAuth page |
//! | `POST app {"rotate_refresh_tokens":bool, "require_secret":bool, "client_id":text, "client_secret":text, "session_seconds":n}` | the app's settings; absent members stay, `null` clears |
//! | `POST instance {"url":text or null}` | another `instance_url` in token answers |
//! | `POST organization {"Name","IsSandbox","OrganizationType","InstanceName"}` | the organization's facts |
//! | `POST limits {"daily":n, "used":n, "uri_bytes":n}` | calls a day, calls used so far, longest GET |
//! | `POST versions {"first":n, "last":n}` | the API versions the org serves (31 to 67) |
//! | `POST fields {"object","name","type",…}` | puts a field; further members: `label`, `length`, `options` (texts or `{"value","label","active","default"}`), `restricted`, `required`, `unique`, `externalId`, `createable`, `updateable`, `filterable`, `referenceTo`, `relationshipName`, `defaultValue`, and `formula` (the constant a read-only formula shows). A field of that name is changed: absent members stay |
//! | `POST fields/hide`, `fields/show` `{"object","name"}` | field level security: the field is not there at all |
//! | `POST objects/hide`, `objects/show` `{"object"}` | the user may not see the object: `INVALID_TYPE`, no describe |
//! | `POST objects/access {"object","createable":bool,"updateable":bool}` | what the user may do with it |
//! | `POST record_types {"object","developerName","name","default":bool,"picklists":{"Field":["value"]}}` | adds a record type, answers its `id` |
//! | `POST validation_rules {"object","when":"Phone = null AND …","message","field":name or null}` | refuses records for which the SOQL condition holds; `DELETE validation_rules` forgets all |
//! | `POST triggers {"object","larger_than":n,"message":text}` | every chunk of more than n records fails as a whole; `larger_than: null` ends it |
//! | `POST duplicate_rules {"object","action":"alert"\|"block","match":"email"\|"name","against":["Contact"],"message":text,"on_update":bool}` | a duplicate rule; `against` is the object itself by default; `DELETE duplicate_rules` forgets all |
//! | `POST locks {"parent":id or "*","writes":n}` | the next n requests that write records below (or at) this parent find it locked |
//! | `POST assignment_rule {"active":bool,"queue":id}` | the org's Lead assignment rule (active at the start, queue "Inbound Leads") |
//! | `POST person_accounts {"enabled":bool}` | the org has person accounts |
//! | `POST address_picklists {"enabled":bool,"countries":{"US":{"label":"United States","states":{"CA":"California"}}}}` | State and Country picklists; without `countries` a small standard list |
//! | `POST settings {"unknown_field_refuses_request":bool,"duplicate_result_in_collections":bool,"bulk_seconds":n}` | where the documentation leaves the behaviour open; how long a bulk job works |
//! | `POST records/{Object} {"records":[{…}]}` | seeds records unchecked, read-only fields included (`IsConverted`, `CreatedDate`, `Id`, `IsDeleted`, …), answers `{"ids":[…]}` |
//! | `GET records/{Object}` | all records with all fields, deleted ones included: `{"records":[…]}` |
//! | `GET records/{Object}/{id}`, `POST records/{Object}/{id} {…}` | one record; sets fields unchecked |
//! | `DELETE records/{Object}/{id}` | into the recycle bin: `ENTITY_IS_DELETED` |
//! | `POST purge {"id"}` | as if it never was: `NOT_FOUND` |
//! | `POST merge {"winner":id,"losers":[id]}` | deletes the losers with `MasterRecordId` |
//! | `POST convert {"lead":id,"account":id or null,"contact":id or null}` | converts a Lead, makes what is null; answers `{"contactId","accountId"}` |
//! | `GET requests/last` | method, path, query and headers (no credentials) of the last API request |
//!
//! Own keys of `/_stats`: `leads` (unconverted), `converted_leads`, `contacts`, `accounts`, `campaigns`,
//! `campaign_members`, `tasks`, `duplicate_emails` (among unconverted leads and contacts together, each beyond
//! the first), `duplicate_account_names`, `duplicate_domains` (of accounts, by `Website` without scheme and
//! `www.`), `contacts_without_account`, `auto_assign` `{"false":n,"absent":n,"rule":n}` (Lead records written,
//! by the `Sforce-Auto-Assign` header), `api_calls` (in the last 24 hours), `open_jobs` (bulk jobs neither
//! finished nor aborted).
