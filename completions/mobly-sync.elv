
use builtin;
use str;

set edit:completion:arg-completer[mobly-sync] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'mobly-sync'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'mobly-sync'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand connect 'Connect a vendor, or sign in again without losing anything'
            cand status 'Show every integration, and what needs you'
            cand mode 'Show or set when leads are pushed: automatic or manual'
            cand set-mode 'Show or set when leads are pushed: automatic or manual'
            cand enable 'Resume a disabled integration, and push what is due'
            cand disable 'Pause an integration; its connection and mapping stay'
            cand disconnect 'Remove a connection; mapping, qualifiers and history stay'
            cand mapping 'Manage which field of a lead fills which field of the vendor'
            cand qualifier 'Manage qualifiers and the mapping of their answers'
            cand campaign 'Manage the campaigns that leads of an event join'
            cand enrichment 'Manage who fills what leads lack: built-in rules and providers of data'
            cand requirement 'Demand fields a lead must have before it may sync'
            cand explain 'Explain an error category: cause, fix, signs at each vendor'
            cand check 'Tell what would fail, without pushing'
            cand event 'Manage events'
            cand lead 'Manage leads'
            cand suppress 'Manage addresses and domains that never leave'
            cand sync-event 'Push every waiting lead of one event now, whatever the mode'
            cand sync 'Push all that is due'
            cand reconcile 'Show what failed and why, and push it again'
            cand log 'Show what was sent for a lead, and the vendor''s answer'
            cand open 'Show a lead''s record at the vendor: its address, or the browser'
            cand verify 'Read cleared leads back, and tell what is not as it was written'
            cand report 'Prove where everybody of an event is: rows in = records in the CRM + named exceptions'
            cand history 'Show every run and change of set-up'
            cand undo 'Put back what a run changed'
            cand demo 'Show the whole journey on the embedded sandbox, no account needed'
            cand sandbox 'Run a vendor''s sandbox on this machine, for rehearsal and CI'
            cand doctor 'Examine this machine and its sign-ins, and say what repairs them'
            cand db 'Look after the database file'
            cand completions 'Print a shell''s completion script'
            cand man 'Print a manual page, in the form `man` reads'
            cand util 'Work on the program itself'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;connect'= {
            cand --redirect-port 'The port the browser comes back to; register http://localhost:N/callback with your app [default: 47823]'
            cand --client-id 'The client id of your app [env: MOBLY_SYNC_<VENDOR>_CLIENT_ID]'
            cand --grant 'Sign in as an app, without a person (for CI)'
            cand --username 'With --grant jwt: the user the app acts for'
            cand --key-file 'With --grant jwt: the file with the private key (PEM)'
            cand --credential-store 'Keep the secret there [env: MOBLY_SYNC_CREDENTIAL_STORE]'
            cand --base-url 'Reach the vendor at this address instead of its own, or again at its own: default. Plain http only on this machine'
            cand --label 'Call the account this here'
            cand --mode 'Start in this mode (default: automatic)'
            cand --backlog 'Hold or push what was here before the account'
            cand --since 'With --backlog push: only what was captured since then, the rest is held'
            cand --identity 'Note it, or hold the lead, where a record found by e-mail has another name'
            cand --external-id 'Fill this unique field of the vendor and match on it; none: no longer'
            cand --activities 'Send notes and other activities too (off unless asked for; --activities=false takes it back)'
            cand --assign 'Salesforce: Lead assignment for new Leads: rules (the active rule), off, or the id of a rule; updates never assign'
            cand --business-unit 'Pardot: The business unit''s id (0Uv…, 18 characters), from Salesforce: Setup > Business Unit Setup'
            cand --companies 'Marketo: Make companies too, and put leads without one into theirs; not where a CRM is synchronised natively'
            cand --daily-tokens 'Pipedrive: API tokens the company has a day, where the plan or its seats give more than 30,000: 30,000 x seats x 1 (Lite), 2 (Growth), 5 (Premium), 7 (Ultimate)'
            cand --data-center 'Zoho CRM: Where the account lives; the end of the address in the browser tells (crm.zoho.eu: eu)'
            cand --duplicates 'Salesforce: When a duplicate rule of the org refuses a new record'
            cand --instance 'Pardot: Salesforce''s My Domain, to sign in there: acme, or acme.my.salesforce.com; Pipedrive: The company''s address at Pipedrive: acme, or acme.pipedrive.com as the browser shows it; Salesforce: Your org''s My Domain: acme, or acme.my.salesforce.com'
            cand --munchkin-id 'Marketo: The instance: its Munchkin id (123-ABC-456), or the REST endpoint from Admin > Integration > Web Services'
            cand --partition 'Marketo: The lead partition new leads go into, where the instance has several'
            cand --records 'Marketo: Whether new leads are made, or wait until the CRM''s own sync has brought them'
            cand --sandbox 'Pardot: A sandbox: test.salesforce.com and pi.demo.pardot.com (a developer org too, with its --instance); Salesforce: Sign in at test.salesforce.com'
            cand --strategy 'Salesforce: What to look for and to make: Leads beside Contacts, Leads only, or Contacts in Accounts'
            cand --use-contacts 'Zoho CRM: Look for a Contact before a Lead, and put Contacts without one into their Account'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --oauth 'Sign in in the browser, with an app of your own'
            cand --no-browser 'Print the address instead of opening it, and take the pasted answer too (for SSH)'
            cand --client-secret-stdin 'Read the client secret of your app from standard input [env: MOBLY_SYNC_<VENDOR>_CLIENT_SECRET]'
            cand --token-stdin 'Read a token from standard input [env: MOBLY_SYNC_<VENDOR>_TOKEN]'
            cand --key-stdin 'With --grant jwt: read the private key from standard input'
            cand --set 'Change options without a new sign-in'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;status'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --check 'Ask the vendors, instead of telling what is known'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mode'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --from-now 'With automatic: leave what is frozen now where it is; naming its event pushes it'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;set-mode'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --from-now 'With automatic: leave what is frozen now where it is; naming its event pushes it'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enable'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;disable'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;disconnect'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --forget 'Disconnect even where the place of the secret cannot be reached: the secret stays there'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'Show the mapping, with what is odd about it'
            cand fields 'Show the vendor''s fields and ours'
            cand defaults 'Fill unmapped rows with the usual ones'
            cand set 'Fill a field of the vendor from a field, a constant or a template'
            cand unset 'Remove one row, named by our field or the vendor''s'
            cand clear 'Remove every row of an object'
            cand suggest 'Suggest fields of the vendor for unmapped fields, with translations for closed lists'
            cand try 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again'
            cand export 'Write the mapping as TOML, fit for version control'
            cand import 'Take the mapping from TOML, after showing what differs'
            cand history 'Show every change of the mapping'
            cand revert 'Put the mapping back as it was before a change'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;mapping;list'= {
            cand --object 'Only this object of the vendor, or role (persona, company)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;fields'= {
            cand --object 'Only this object of the vendor, or role (persona, company)'
            cand --search 'Only fields whose name or label contains this'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;defaults'= {
            cand --object 'Only this object of the vendor, or role (persona, company)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --replace 'Reset the rows that differ, after showing them'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;set'= {
            cand --constant 'Fill it with the same text for every lead'
            cand --template 'Fill it with text in which {field} stands for a lead''s value'
            cand --object 'The object of the vendor, or the role (persona, company)'
            cand --write 'What happens to a field of a record that is already there: overwrite, if-blank, create-only, append'
            cand --value 'Translate a value on its way out (can be repeated); without THEIRS the translation is removed'
            cand --default 'Send this where the lead has nothing; empty: nothing'
            cand --truncate 'Shorten what is too long for the field; --truncate=false ends it'
            cand --on-invalid 'Fail the lead, or send it without this field, where the vendor''s rules refuse the value'
            cand --fallback-owner 'Take this user where the named one is none of the account''s; empty: nobody'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --also 'Add a second target instead of moving the field'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;mapping;unset'= {
            cand --object 'Only this object of the vendor, or role (persona, company)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;clear'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;suggest'= {
            cand --object 'Only this object of the vendor, or role (persona, company)'
            cand --accept 'Map these fields of ours as suggested'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --all 'Map everything as suggested'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;try'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;export'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;import'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --dry-run 'Show what differs and change nothing'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;history'= {
            cand --limit 'Show so many'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;revert'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;mapping;help'= {
            cand list 'Show the mapping, with what is odd about it'
            cand fields 'Show the vendor''s fields and ours'
            cand defaults 'Fill unmapped rows with the usual ones'
            cand set 'Fill a field of the vendor from a field, a constant or a template'
            cand unset 'Remove one row, named by our field or the vendor''s'
            cand clear 'Remove every row of an object'
            cand suggest 'Suggest fields of the vendor for unmapped fields, with translations for closed lists'
            cand try 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again'
            cand export 'Write the mapping as TOML, fit for version control'
            cand import 'Take the mapping from TOML, after showing what differs'
            cand history 'Show every change of the mapping'
            cand revert 'Put the mapping back as it was before a change'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;mapping;help;list'= {
        }
        &'mobly-sync;mapping;help;fields'= {
        }
        &'mobly-sync;mapping;help;defaults'= {
        }
        &'mobly-sync;mapping;help;set'= {
        }
        &'mobly-sync;mapping;help;unset'= {
        }
        &'mobly-sync;mapping;help;clear'= {
        }
        &'mobly-sync;mapping;help;suggest'= {
        }
        &'mobly-sync;mapping;help;try'= {
        }
        &'mobly-sync;mapping;help;export'= {
        }
        &'mobly-sync;mapping;help;import'= {
        }
        &'mobly-sync;mapping;help;history'= {
        }
        &'mobly-sync;mapping;help;revert'= {
        }
        &'mobly-sync;mapping;help;help'= {
        }
        &'mobly-sync;qualifier'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List qualifiers, their answers and targets'
            cand add 'Add a qualifier with its answers'
            cand edit 'Change a qualifier'
            cand archive 'Hide a qualifier, or some of its answers; nothing is deleted'
            cand restore 'Show an archived qualifier, or some of its answers, again'
            cand map 'Map answers to the options of a field of the vendor'
            cand unmap 'Remove the mapping of a qualifier, or of some answers'
            cand import 'Make qualifiers from the vendor''s fields with options, mapped'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;qualifier;list'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --archived 'Archived ones too'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;add'= {
            cand --value 'A possible answer (can be repeated)'
            cand --at 'Ask it only at this event (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --multiple 'Allow several answers'
            cand --required 'Demand an answer'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;edit'= {
            cand --rename 'Call it this'
            cand --value 'Add an answer (can be repeated)'
            cand --multiple 'Allow several answers, or one'
            cand --required 'Demand an answer, or not'
            cand --at 'Ask it only at this event (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --everywhere 'Ask it at all events'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;archive'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;restore'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;map'= {
            cand --to 'The field of the vendor, once for the qualifier'
            cand --object 'The object of the vendor, or the role (persona, company)'
            cand --write 'What happens to a field of a record that is already there: overwrite, if-blank, create-only, append'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --matching 'Map answers to options of the same name'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;unmap'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;import'= {
            cand --object 'The object of the vendor, or the role (persona, company)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;qualifier;help'= {
            cand list 'List qualifiers, their answers and targets'
            cand add 'Add a qualifier with its answers'
            cand edit 'Change a qualifier'
            cand archive 'Hide a qualifier, or some of its answers; nothing is deleted'
            cand restore 'Show an archived qualifier, or some of its answers, again'
            cand map 'Map answers to the options of a field of the vendor'
            cand unmap 'Remove the mapping of a qualifier, or of some answers'
            cand import 'Make qualifiers from the vendor''s fields with options, mapped'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;qualifier;help;list'= {
        }
        &'mobly-sync;qualifier;help;add'= {
        }
        &'mobly-sync;qualifier;help;edit'= {
        }
        &'mobly-sync;qualifier;help;archive'= {
        }
        &'mobly-sync;qualifier;help;restore'= {
        }
        &'mobly-sync;qualifier;help;map'= {
        }
        &'mobly-sync;qualifier;help;unmap'= {
        }
        &'mobly-sync;qualifier;help;import'= {
        }
        &'mobly-sync;qualifier;help;help'= {
        }
        &'mobly-sync;campaign'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the campaigns events feed'
            cand connect 'Have the leads of an event join a campaign'
            cand edit 'Change the terms on which leads of an event join a campaign'
            cand remove 'Have the leads of an event join a campaign no longer; who is a member stays one'
            cand statuses 'Show the statuses members of a campaign can have'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;campaign;list'= {
            cand --csv 'Write the list as CSV to this file; - for standard output'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;campaign;connect'= {
            cand --id 'The campaign''s id at the vendor'
            cand --to 'What stands for a campaign at a vendor without campaigns: label:NAME, or field:FIELD=VALUE (VALUE: the event''s name)'
            cand --status 'The status members get; default: the one new members have at the vendor'
            cand --status-by 'The status members get who gave this answer, once an answer; without STATUS they get that of --status'
            cand --threshold 'How often a lead must have been scanned to join; 0: everybody'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;campaign;edit'= {
            cand --id 'The campaign, where the event feeds several'
            cand --to 'The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE'
            cand --status 'The status members get; default: the one new members have at the vendor'
            cand --status-by 'The status members get who gave this answer, once an answer; without STATUS they get that of --status'
            cand --threshold 'How often a lead must have been scanned to join; 0: everybody'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;campaign;remove'= {
            cand --id 'The campaign, where the event feeds several'
            cand --to 'The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;campaign;statuses'= {
            cand --id 'One campaign, by its id at the vendor'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;campaign;help'= {
            cand list 'List the campaigns events feed'
            cand connect 'Have the leads of an event join a campaign'
            cand edit 'Change the terms on which leads of an event join a campaign'
            cand remove 'Have the leads of an event join a campaign no longer; who is a member stays one'
            cand statuses 'Show the statuses members of a campaign can have'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;campaign;help;list'= {
        }
        &'mobly-sync;campaign;help;connect'= {
        }
        &'mobly-sync;campaign;help;edit'= {
        }
        &'mobly-sync;campaign;help;remove'= {
        }
        &'mobly-sync;campaign;help;statuses'= {
        }
        &'mobly-sync;campaign;help;help'= {
        }
        &'mobly-sync;enrichment'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List rules and providers in the order they are asked, what they cost today and what went wrong'
            cand add 'Add a provider of data: a preset, or any service described by options'
            cand edit 'Change a provider: its key, its costs, its place, where fields stand'
            cand remove 'Remove a provider with its key; what it filled stays'
            cand enable 'Switch rules or a provider on, for all events or for one'
            cand disable 'Switch rules or a provider off, for all events or for one'
            cand order 'Set the order providers are asked in; those not named stay behind'
            cand test 'Ask a provider about one person and show what it would fill; it may cost a credit'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;enrichment;list'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;add'= {
            cand --preset 'The preset, where the name is another'
            cand --url 'The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}'
            cand --method 'GET or POST (default: GET, or POST with --body)'
            cand --body 'The body of the question, JSON with fields in it: {"email": "{email}"}'
            cand --root 'Where the person stands in the answer, such as data.person'
            cand --needs 'The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)'
            cand --header 'A header; {secret} stands for the key (can be repeated)'
            cand --field 'Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)'
            cand --rate 'Ask no more often, such as 100/min or 15/s'
            cand --timeout 'Wait so many seconds for an answer (default: 30)'
            cand --config 'Take the description from a TOML file, of the form of the presets'
            cand --budget 'Ask no more paid questions a day (UTC); 0 takes the bound away'
            cand --budget-per-run 'Ask no more paid questions a run; 0 takes the bound away'
            cand --fields 'Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)'
            cand --base-url 'Send to this address instead: a proxy, or a sandbox on this machine'
            cand --after 'Ask it after this one'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --key-stdin 'Read the key from standard input'
            cand --first 'Ask it before all others'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;edit'= {
            cand --url 'The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}'
            cand --method 'GET or POST (default: GET, or POST with --body)'
            cand --body 'The body of the question, JSON with fields in it: {"email": "{email}"}'
            cand --root 'Where the person stands in the answer, such as data.person'
            cand --needs 'The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)'
            cand --header 'A header; {secret} stands for the key (can be repeated)'
            cand --field 'Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)'
            cand --rate 'Ask no more often, such as 100/min or 15/s'
            cand --timeout 'Wait so many seconds for an answer (default: 30)'
            cand --config 'Take the description from a TOML file, of the form of the presets'
            cand --budget 'Ask no more paid questions a day (UTC); 0 takes the bound away'
            cand --budget-per-run 'Ask no more paid questions a run; 0 takes the bound away'
            cand --fields 'Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)'
            cand --base-url 'Send to this address instead: a proxy, or a sandbox on this machine'
            cand --after 'Ask it after this one'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --key-stdin 'Read a new key from standard input'
            cand --first 'Ask it before all others'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;remove'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;enable'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;disable'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;order'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;test'= {
            cand --known 'What else is known, such as lastName=Lee (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;enrichment;help'= {
            cand list 'List rules and providers in the order they are asked, what they cost today and what went wrong'
            cand add 'Add a provider of data: a preset, or any service described by options'
            cand edit 'Change a provider: its key, its costs, its place, where fields stand'
            cand remove 'Remove a provider with its key; what it filled stays'
            cand enable 'Switch rules or a provider on, for all events or for one'
            cand disable 'Switch rules or a provider off, for all events or for one'
            cand order 'Set the order providers are asked in; those not named stay behind'
            cand test 'Ask a provider about one person and show what it would fill; it may cost a credit'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;enrichment;help;list'= {
        }
        &'mobly-sync;enrichment;help;add'= {
        }
        &'mobly-sync;enrichment;help;edit'= {
        }
        &'mobly-sync;enrichment;help;remove'= {
        }
        &'mobly-sync;enrichment;help;enable'= {
        }
        &'mobly-sync;enrichment;help;disable'= {
        }
        &'mobly-sync;enrichment;help;order'= {
        }
        &'mobly-sync;enrichment;help;test'= {
        }
        &'mobly-sync;enrichment;help;help'= {
        }
        &'mobly-sync;requirement'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the demanded fields, with how many leads wait for each'
            cand add 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it'
            cand remove 'Demand fields no longer; leads that lack nothing else are due'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;requirement;list'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;requirement;add'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;requirement;remove'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;requirement;help'= {
            cand list 'List the demanded fields, with how many leads wait for each'
            cand add 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it'
            cand remove 'Demand fields no longer; leads that lack nothing else are due'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;requirement;help;list'= {
        }
        &'mobly-sync;requirement;help;add'= {
        }
        &'mobly-sync;requirement;help;remove'= {
        }
        &'mobly-sync;requirement;help;help'= {
        }
        &'mobly-sync;explain'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;check'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --names 'Look everybody up, however many requests it takes, to tell who goes by another name there'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;event'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List events'
            cand add 'Add an event; one of that name that is there already stays as it is'
            cand show 'Show an event and how its leads stand'
            cand edit 'Change an event'
            cand remove 'Remove an event; its leads stay'
            cand hold 'Keep an event''s leads back, whatever the mode'
            cand release 'Let a held event''s leads go again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;event;list'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;add'= {
            cand --from 'First day'
            cand --to 'Last day'
            cand --tz 'Time zone, such as America/Los_Angeles'
            cand --city 'City'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --hold 'Keep its leads back, whatever the mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;show'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;edit'= {
            cand --rename 'Call it this'
            cand --from 'First day'
            cand --to 'Last day'
            cand --tz 'Time zone, such as America/Los_Angeles'
            cand --city 'City'
            cand --clear 'Take this away (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;remove'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --force 'Even if it has leads: they stay, and no longer know that they were there'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;hold'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;release'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;event;help'= {
            cand list 'List events'
            cand add 'Add an event; one of that name that is there already stays as it is'
            cand show 'Show an event and how its leads stand'
            cand edit 'Change an event'
            cand remove 'Remove an event; its leads stay'
            cand hold 'Keep an event''s leads back, whatever the mode'
            cand release 'Let a held event''s leads go again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;event;help;list'= {
        }
        &'mobly-sync;event;help;add'= {
        }
        &'mobly-sync;event;help;show'= {
        }
        &'mobly-sync;event;help;edit'= {
        }
        &'mobly-sync;event;help;remove'= {
        }
        &'mobly-sync;event;help;hold'= {
        }
        &'mobly-sync;event;help;release'= {
        }
        &'mobly-sync;event;help;help'= {
        }
        &'mobly-sync;lead'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand import 'Import leads from a file; importing it twice changes nothing'
            cand pull 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing'
            cand add 'Add a lead, or what is new about one that is known'
            cand list 'List leads'
            cand show 'Show everything about a lead'
            cand edit 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed'
            cand enrich 'Fill what leads lack: by the built-in rules, then by each provider that is switched on'
            cand note 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it'
            cand move 'Move leads to another event; a cleared lead is due again, for the membership'
            cand merge 'Make one person out of several leads; nothing is deleted or merged at a vendor'
            cand remove 'Remove leads here; their records at the vendor stay'
            cand export 'Write leads as CSV, ready to correct and import again'
            cand hold 'Keep leads back until they are released'
            cand release 'Let held leads go again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;lead;import'= {
            cand --format 'The format (default: by content)'
            cand --sheet 'The sheet of a workbook, where several hold something'
            cand --column 'What a column means, where its header does not tell; - leaves it out (can be repeated). Remembered for files with the same columns'
            cand --rejects 'Write rejected rows with their reasons there, ready to correct and import'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --create-event 'Add events that are not known yet'
            cand --allow-similar 'Add an event although its name is nearly that of another'
            cand --event-override 'Put every row into --event, whatever the file says'
            cand --dry-run 'Tell what would happen and change nothing'
            cand --watch 'Stay, and import whatever appears in the folder, once each'
            cand --no-sync 'Push nothing afterwards, even in automatic mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;pull'= {
            cand --since 'Only leads captured since then: a day, a moment, or how long ago. Everything is read all the same'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --no-sync 'Push nothing afterwards, even in automatic mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;lead;add'= {
            cand --set 'A field and its value (can be repeated)'
            cand --qualifier 'A qualifier and the answer (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --no-sync 'Push nothing afterwards, even in automatic mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;lead;list'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --limit 'List so many (default: 100 on a terminal, elsewhere all)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;show'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;lead;edit'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --set 'A field and its value (can be repeated)'
            cand --clear 'Take a field''s value away (can be repeated)'
            cand --unset 'Take a field''s value away (can be repeated)'
            cand --qualifier 'A qualifier and the answer, in place of those it has; none takes them away (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --dry-run 'Tell what would change and change nothing'
            cand --no-sync 'Push nothing afterwards, even in automatic mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;enrich'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --only 'Only this step: rules, or the name of a provider (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --again 'Ask providers again what they were asked before'
            cand --dry-run 'Tell what the rules would change and how many leads providers would be asked about; change nothing, ask nobody'
            cand --no-sync 'Push nothing afterwards, even in automatic mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;note'= {
            cand --type 'What kind of thing happened'
            cand --at 'When it happened: a day, a moment or how long ago (default: now)'
            cand --remove 'Forget this activity, by its id (lead show tells it); what was sent stays in the CRM'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --no-sync 'Push nothing afterwards, even in automatic mode'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;lead;move'= {
            cand --from 'The event they leave; without LEAD all of its leads move'
            cand --to 'The event they join'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;lead;merge'= {
            cand --take 'Take this field from one of the others (can be repeated)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --dry-run 'Only show what would become of it'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;lead;remove'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --erase 'Erase the person from the file and its log, and suppress the address; the counts stay'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;export'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;hold'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;release'= {
            cand --state 'Only leads in this state'
            cand --search 'Only leads whose name or e-mail holds this'
            cand --issue 'Only leads with this flaw'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;lead;help'= {
            cand import 'Import leads from a file; importing it twice changes nothing'
            cand pull 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing'
            cand add 'Add a lead, or what is new about one that is known'
            cand list 'List leads'
            cand show 'Show everything about a lead'
            cand edit 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed'
            cand enrich 'Fill what leads lack: by the built-in rules, then by each provider that is switched on'
            cand note 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it'
            cand move 'Move leads to another event; a cleared lead is due again, for the membership'
            cand merge 'Make one person out of several leads; nothing is deleted or merged at a vendor'
            cand remove 'Remove leads here; their records at the vendor stay'
            cand export 'Write leads as CSV, ready to correct and import again'
            cand hold 'Keep leads back until they are released'
            cand release 'Let held leads go again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;lead;help;import'= {
        }
        &'mobly-sync;lead;help;pull'= {
        }
        &'mobly-sync;lead;help;add'= {
        }
        &'mobly-sync;lead;help;list'= {
        }
        &'mobly-sync;lead;help;show'= {
        }
        &'mobly-sync;lead;help;edit'= {
        }
        &'mobly-sync;lead;help;enrich'= {
        }
        &'mobly-sync;lead;help;note'= {
        }
        &'mobly-sync;lead;help;move'= {
        }
        &'mobly-sync;lead;help;merge'= {
        }
        &'mobly-sync;lead;help;remove'= {
        }
        &'mobly-sync;lead;help;export'= {
        }
        &'mobly-sync;lead;help;hold'= {
        }
        &'mobly-sync;lead;help;release'= {
        }
        &'mobly-sync;lead;help;help'= {
        }
        &'mobly-sync;suppress'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand add 'Let addresses and domains never leave; their leads are held at once, in every account'
            cand list 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it'
            cand remove 'Take addresses and domains off the list; leads nothing else covers wait again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;suppress;add'= {
            cand --from 'Read them from a file, one a line (- for standard input)'
            cand --reason 'Why, for the list; it is not hashed'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;suppress;list'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;suppress;remove'= {
            cand --from 'Read them from a file, one a line (- for standard input)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;suppress;help'= {
            cand add 'Let addresses and domains never leave; their leads are held at once, in every account'
            cand list 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it'
            cand remove 'Take addresses and domains off the list; leads nothing else covers wait again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;suppress;help;add'= {
        }
        &'mobly-sync;suppress;help;list'= {
        }
        &'mobly-sync;suppress;help;remove'= {
        }
        &'mobly-sync;suppress;help;help'= {
        }
        &'mobly-sync;sync-event'= {
            cand --limit 'Push at most so many leads'
            cand --concurrency 'Keep so many requests under way at once'
            cand --max-overwrites 'Push nothing if more than N values of others would be replaced'
            cand --max-creates 'Push nothing if more than N people would be created'
            cand --max-failures 'Stop at so many failed leads, or so many in a hundred'
            cand --max-duration 'Stop after so long, such as 10m'
            cand --expect 'Push nothing unless exactly so many leads are due'
            cand --share 'Use so many percent of a limit shared with other tools'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --dry-run 'Show what would be pushed, lead by lead, and push nothing'
            cand --again 'Take cleared leads too, and write what differs'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;sync'= {
            cand --html 'With --watch: keep the board in this file as one page that stands alone, written anew as leads move'
            cand --limit 'Push at most so many leads'
            cand --concurrency 'Keep so many requests under way at once'
            cand --max-overwrites 'Push nothing if more than N values of others would be replaced'
            cand --max-creates 'Push nothing if more than N people would be created'
            cand --max-failures 'Stop at so many failed leads, or so many in a hundred'
            cand --max-duration 'Stop after so long, such as 10m'
            cand --expect 'Push nothing unless exactly so many leads are due'
            cand --share 'Use so many percent of a limit shared with other tools'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --watch 'Stay, and push leads as they arrive, until Ctrl-C'
            cand --no-pii 'With --html: no names, addresses, values or messages'
            cand --dry-run 'Show what would be pushed, lead by lead, and push nothing'
            cand --again 'Take cleared leads too, and write what differs'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;reconcile'= {
            cand --view 'Group by event, or list leads'
            cand --by 'How failed leads are grouped below their categories'
            cand --state 'Only leads in this state'
            cand --category 'Only leads that failed with this category'
            cand --cause 'Only leads of one cause: its id on the last board (1a), or its key; several keys are told apart by commas'
            cand --search 'Only leads whose name or e-mail contains this'
            cand --lead 'Only this lead, by id, prefix of four or more, or e-mail'
            cand --where 'Only leads this holds for, like "jobTitle ~ engineer and phone is empty" (--help tells more)'
            cand --since 'Only leads last attempted since then: a day, a moment, or how long ago'
            cand --limit 'At most so many leads'
            cand --fix 'Repair what is selected, in a dialogue: NUMBER is a category (1) or a cause (1a) of the last board'
            cand --reason 'Why it is ignored'
            cand --export 'Write what is selected, failed leads without a selection, as CSV with the reasons; lead import takes it back corrected (- for standard output)'
            cand --html 'Write the board as one page that stands alone: donut, groups, and what is selected (all leads without a selection)'
            cand --adopt 'With --lead: use this record of the vendor for it'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --retry 'Push again what is selected (without a selection: every failed lead; with --event: its waiting leads too)'
            cand --again 'With --retry: take cleared leads too, and write what differs'
            cand --dry-run 'With --retry, --adopt or --create: show what would be pushed, lead by lead, and push nothing'
            cand --ignore 'Take what is selected out of Failed; the history stays'
            cand --unignore 'Put what is selected back'
            cand --with-logs 'With --html: every attempt of every lead, as `log --all` has them'
            cand --no-pii 'With --html: no names, addresses, values or messages'
            cand --create 'With --lead: create a new record for it, whatever was found'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;log'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --all 'Every attempt, not only the current issue'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;open'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;verify'= {
            cand --lead 'Only this lead, by id, prefix of four or more, or e-mail'
            cand --limit 'At most so many leads'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;report'= {
            cand --md 'Write it as Markdown'
            cand --html 'Write it as one page that stands alone and prints well'
            cand --csv 'Write one line per lead'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --no-pii 'No names, addresses, values, messages or file names: leads are named by their ids'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;history'= {
            cand --limit 'List so many'
            cand --since 'Only since then: a day, a moment, or how long ago'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List runs, newest first (the default)'
            cand show 'Show what a run did, field by field'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;history;list'= {
            cand --limit 'List so many'
            cand --since 'Only since then: a day, a moment, or how long ago'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;history;show'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;history;help'= {
            cand list 'List runs, newest first (the default)'
            cand show 'Show what a run did, field by field'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;history;help;list'= {
        }
        &'mobly-sync;history;help;show'= {
        }
        &'mobly-sync;history;help;help'= {
        }
        &'mobly-sync;undo'= {
            cand --field 'Only this field, by the vendor''s name (repeatable)'
            cand --only 'Only records the run made, or only those it changed'
            cand --lead 'Only this lead (repeatable)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --dry-run 'Show what would be done, and change nothing'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;demo'= {
            cand --keep 'Leave the database and the event''s file there, to go on with'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;sandbox'= {
            cand --port 'Listen on this port of the loopback address (default: any free one)'
            cand --rate 'Limit requests: vendor (its lowest plan), off, or so many in ten seconds'
            cand --daily-limit 'Allow so many requests a day (default: the vendor''s lowest plan)'
            cand --latency 'Wait so long before every answer, such as 20ms'
            cand --fault 'Let something go wrong, such as 500=0.1 or drop-after=#2@/batch/create; may be repeated'
            cand --slow-for 'A slow answer takes so long (default: 2m)'
            cand --search-lag 'Searches see what was written only after so long (default: 8s)'
            cand --seed 'The same seed gives the same faults'
            cand --portal-id 'The account''s number: another one is another account'
            cand --leads 'Fill it with so many captured leads, where leads come from; the same seed makes the same leads'
            cand --events 'Spread the leads over so many events (default: 3)'
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;doctor'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;db'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand check 'Look through the whole file, and put the board''s counters right'
            cand adopt 'Give a copied file an identity of its own'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;db;check'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;db;adopt'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mobly-sync;db;help'= {
            cand check 'Look through the whole file, and put the board''s counters right'
            cand adopt 'Give a copied file an identity of its own'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;db;help;check'= {
        }
        &'mobly-sync;db;help;adopt'= {
        }
        &'mobly-sync;db;help;help'= {
        }
        &'mobly-sync;completions'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;man'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;util'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
            cand generate 'Write completions, manual pages and the generated tables of the README'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;util;generate'= {
            cand --db 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]'
            cand -i 'Mean this integration (default: the CRM), or all of them'
            cand --integration 'Mean this integration (default: the CRM), or all of them'
            cand -e 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --event 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]'
            cand --progress 'Tell progress on standard error in this form: auto, json, none'
            cand --color 'Use colour: auto, always, never'
            cand --json 'Write one JSON document to standard output'
            cand -q 'Say only what was asked for, and what went wrong'
            cand --quiet 'Say only what was asked for, and what went wrong'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand --no-input 'Never ask'
            cand -y 'Answer yes to every confirmation'
            cand --yes 'Answer yes to every confirmation'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mobly-sync;util;help'= {
            cand generate 'Write completions, manual pages and the generated tables of the README'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;util;help;generate'= {
        }
        &'mobly-sync;util;help;help'= {
        }
        &'mobly-sync;help'= {
            cand connect 'Connect a vendor, or sign in again without losing anything'
            cand status 'Show every integration, and what needs you'
            cand mode 'Show or set when leads are pushed: automatic or manual'
            cand enable 'Resume a disabled integration, and push what is due'
            cand disable 'Pause an integration; its connection and mapping stay'
            cand disconnect 'Remove a connection; mapping, qualifiers and history stay'
            cand mapping 'Manage which field of a lead fills which field of the vendor'
            cand qualifier 'Manage qualifiers and the mapping of their answers'
            cand campaign 'Manage the campaigns that leads of an event join'
            cand enrichment 'Manage who fills what leads lack: built-in rules and providers of data'
            cand requirement 'Demand fields a lead must have before it may sync'
            cand explain 'Explain an error category: cause, fix, signs at each vendor'
            cand check 'Tell what would fail, without pushing'
            cand event 'Manage events'
            cand lead 'Manage leads'
            cand suppress 'Manage addresses and domains that never leave'
            cand sync-event 'Push every waiting lead of one event now, whatever the mode'
            cand sync 'Push all that is due'
            cand reconcile 'Show what failed and why, and push it again'
            cand log 'Show what was sent for a lead, and the vendor''s answer'
            cand open 'Show a lead''s record at the vendor: its address, or the browser'
            cand verify 'Read cleared leads back, and tell what is not as it was written'
            cand report 'Prove where everybody of an event is: rows in = records in the CRM + named exceptions'
            cand history 'Show every run and change of set-up'
            cand undo 'Put back what a run changed'
            cand demo 'Show the whole journey on the embedded sandbox, no account needed'
            cand sandbox 'Run a vendor''s sandbox on this machine, for rehearsal and CI'
            cand doctor 'Examine this machine and its sign-ins, and say what repairs them'
            cand db 'Look after the database file'
            cand completions 'Print a shell''s completion script'
            cand man 'Print a manual page, in the form `man` reads'
            cand util 'Work on the program itself'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mobly-sync;help;connect'= {
        }
        &'mobly-sync;help;status'= {
        }
        &'mobly-sync;help;mode'= {
        }
        &'mobly-sync;help;enable'= {
        }
        &'mobly-sync;help;disable'= {
        }
        &'mobly-sync;help;disconnect'= {
        }
        &'mobly-sync;help;mapping'= {
            cand list 'Show the mapping, with what is odd about it'
            cand fields 'Show the vendor''s fields and ours'
            cand defaults 'Fill unmapped rows with the usual ones'
            cand set 'Fill a field of the vendor from a field, a constant or a template'
            cand unset 'Remove one row, named by our field or the vendor''s'
            cand clear 'Remove every row of an object'
            cand suggest 'Suggest fields of the vendor for unmapped fields, with translations for closed lists'
            cand try 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again'
            cand export 'Write the mapping as TOML, fit for version control'
            cand import 'Take the mapping from TOML, after showing what differs'
            cand history 'Show every change of the mapping'
            cand revert 'Put the mapping back as it was before a change'
        }
        &'mobly-sync;help;mapping;list'= {
        }
        &'mobly-sync;help;mapping;fields'= {
        }
        &'mobly-sync;help;mapping;defaults'= {
        }
        &'mobly-sync;help;mapping;set'= {
        }
        &'mobly-sync;help;mapping;unset'= {
        }
        &'mobly-sync;help;mapping;clear'= {
        }
        &'mobly-sync;help;mapping;suggest'= {
        }
        &'mobly-sync;help;mapping;try'= {
        }
        &'mobly-sync;help;mapping;export'= {
        }
        &'mobly-sync;help;mapping;import'= {
        }
        &'mobly-sync;help;mapping;history'= {
        }
        &'mobly-sync;help;mapping;revert'= {
        }
        &'mobly-sync;help;qualifier'= {
            cand list 'List qualifiers, their answers and targets'
            cand add 'Add a qualifier with its answers'
            cand edit 'Change a qualifier'
            cand archive 'Hide a qualifier, or some of its answers; nothing is deleted'
            cand restore 'Show an archived qualifier, or some of its answers, again'
            cand map 'Map answers to the options of a field of the vendor'
            cand unmap 'Remove the mapping of a qualifier, or of some answers'
            cand import 'Make qualifiers from the vendor''s fields with options, mapped'
        }
        &'mobly-sync;help;qualifier;list'= {
        }
        &'mobly-sync;help;qualifier;add'= {
        }
        &'mobly-sync;help;qualifier;edit'= {
        }
        &'mobly-sync;help;qualifier;archive'= {
        }
        &'mobly-sync;help;qualifier;restore'= {
        }
        &'mobly-sync;help;qualifier;map'= {
        }
        &'mobly-sync;help;qualifier;unmap'= {
        }
        &'mobly-sync;help;qualifier;import'= {
        }
        &'mobly-sync;help;campaign'= {
            cand list 'List the campaigns events feed'
            cand connect 'Have the leads of an event join a campaign'
            cand edit 'Change the terms on which leads of an event join a campaign'
            cand remove 'Have the leads of an event join a campaign no longer; who is a member stays one'
            cand statuses 'Show the statuses members of a campaign can have'
        }
        &'mobly-sync;help;campaign;list'= {
        }
        &'mobly-sync;help;campaign;connect'= {
        }
        &'mobly-sync;help;campaign;edit'= {
        }
        &'mobly-sync;help;campaign;remove'= {
        }
        &'mobly-sync;help;campaign;statuses'= {
        }
        &'mobly-sync;help;enrichment'= {
            cand list 'List rules and providers in the order they are asked, what they cost today and what went wrong'
            cand add 'Add a provider of data: a preset, or any service described by options'
            cand edit 'Change a provider: its key, its costs, its place, where fields stand'
            cand remove 'Remove a provider with its key; what it filled stays'
            cand enable 'Switch rules or a provider on, for all events or for one'
            cand disable 'Switch rules or a provider off, for all events or for one'
            cand order 'Set the order providers are asked in; those not named stay behind'
            cand test 'Ask a provider about one person and show what it would fill; it may cost a credit'
        }
        &'mobly-sync;help;enrichment;list'= {
        }
        &'mobly-sync;help;enrichment;add'= {
        }
        &'mobly-sync;help;enrichment;edit'= {
        }
        &'mobly-sync;help;enrichment;remove'= {
        }
        &'mobly-sync;help;enrichment;enable'= {
        }
        &'mobly-sync;help;enrichment;disable'= {
        }
        &'mobly-sync;help;enrichment;order'= {
        }
        &'mobly-sync;help;enrichment;test'= {
        }
        &'mobly-sync;help;requirement'= {
            cand list 'List the demanded fields, with how many leads wait for each'
            cand add 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it'
            cand remove 'Demand fields no longer; leads that lack nothing else are due'
        }
        &'mobly-sync;help;requirement;list'= {
        }
        &'mobly-sync;help;requirement;add'= {
        }
        &'mobly-sync;help;requirement;remove'= {
        }
        &'mobly-sync;help;explain'= {
        }
        &'mobly-sync;help;check'= {
        }
        &'mobly-sync;help;event'= {
            cand list 'List events'
            cand add 'Add an event; one of that name that is there already stays as it is'
            cand show 'Show an event and how its leads stand'
            cand edit 'Change an event'
            cand remove 'Remove an event; its leads stay'
            cand hold 'Keep an event''s leads back, whatever the mode'
            cand release 'Let a held event''s leads go again'
        }
        &'mobly-sync;help;event;list'= {
        }
        &'mobly-sync;help;event;add'= {
        }
        &'mobly-sync;help;event;show'= {
        }
        &'mobly-sync;help;event;edit'= {
        }
        &'mobly-sync;help;event;remove'= {
        }
        &'mobly-sync;help;event;hold'= {
        }
        &'mobly-sync;help;event;release'= {
        }
        &'mobly-sync;help;lead'= {
            cand import 'Import leads from a file; importing it twice changes nothing'
            cand pull 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing'
            cand add 'Add a lead, or what is new about one that is known'
            cand list 'List leads'
            cand show 'Show everything about a lead'
            cand edit 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed'
            cand enrich 'Fill what leads lack: by the built-in rules, then by each provider that is switched on'
            cand note 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it'
            cand move 'Move leads to another event; a cleared lead is due again, for the membership'
            cand merge 'Make one person out of several leads; nothing is deleted or merged at a vendor'
            cand remove 'Remove leads here; their records at the vendor stay'
            cand export 'Write leads as CSV, ready to correct and import again'
            cand hold 'Keep leads back until they are released'
            cand release 'Let held leads go again'
        }
        &'mobly-sync;help;lead;import'= {
        }
        &'mobly-sync;help;lead;pull'= {
        }
        &'mobly-sync;help;lead;add'= {
        }
        &'mobly-sync;help;lead;list'= {
        }
        &'mobly-sync;help;lead;show'= {
        }
        &'mobly-sync;help;lead;edit'= {
        }
        &'mobly-sync;help;lead;enrich'= {
        }
        &'mobly-sync;help;lead;note'= {
        }
        &'mobly-sync;help;lead;move'= {
        }
        &'mobly-sync;help;lead;merge'= {
        }
        &'mobly-sync;help;lead;remove'= {
        }
        &'mobly-sync;help;lead;export'= {
        }
        &'mobly-sync;help;lead;hold'= {
        }
        &'mobly-sync;help;lead;release'= {
        }
        &'mobly-sync;help;suppress'= {
            cand add 'Let addresses and domains never leave; their leads are held at once, in every account'
            cand list 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it'
            cand remove 'Take addresses and domains off the list; leads nothing else covers wait again'
        }
        &'mobly-sync;help;suppress;add'= {
        }
        &'mobly-sync;help;suppress;list'= {
        }
        &'mobly-sync;help;suppress;remove'= {
        }
        &'mobly-sync;help;sync-event'= {
        }
        &'mobly-sync;help;sync'= {
        }
        &'mobly-sync;help;reconcile'= {
        }
        &'mobly-sync;help;log'= {
        }
        &'mobly-sync;help;open'= {
        }
        &'mobly-sync;help;verify'= {
        }
        &'mobly-sync;help;report'= {
        }
        &'mobly-sync;help;history'= {
            cand list 'List runs, newest first (the default)'
            cand show 'Show what a run did, field by field'
        }
        &'mobly-sync;help;history;list'= {
        }
        &'mobly-sync;help;history;show'= {
        }
        &'mobly-sync;help;undo'= {
        }
        &'mobly-sync;help;demo'= {
        }
        &'mobly-sync;help;sandbox'= {
        }
        &'mobly-sync;help;doctor'= {
        }
        &'mobly-sync;help;db'= {
            cand check 'Look through the whole file, and put the board''s counters right'
            cand adopt 'Give a copied file an identity of its own'
        }
        &'mobly-sync;help;db;check'= {
        }
        &'mobly-sync;help;db;adopt'= {
        }
        &'mobly-sync;help;completions'= {
        }
        &'mobly-sync;help;man'= {
        }
        &'mobly-sync;help;util'= {
            cand generate 'Write completions, manual pages and the generated tables of the README'
        }
        &'mobly-sync;help;util;generate'= {
        }
        &'mobly-sync;help;help'= {
        }
    ]
    $completions[$command]
}
