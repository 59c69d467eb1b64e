# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_mobly_sync_global_optspecs
    string join \n db= i/integration= e/event= json progress= q/quiet v/verbose color= no-input y/yes h/help V/version
end

function __fish_mobly_sync_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_mobly_sync_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_mobly_sync_using_subcommand
    set -l cmd (__fish_mobly_sync_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -s V -l version -d 'Print version'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "connect" -d 'Connect a vendor, or sign in again without losing anything'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "status" -d 'Show every integration, and what needs you'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "mode" -d 'Show or set when leads are pushed: automatic or manual'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "set-mode" -d 'Show or set when leads are pushed: automatic or manual'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "enable" -d 'Resume a disabled integration, and push what is due'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "disable" -d 'Pause an integration; its connection and mapping stay'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "disconnect" -d 'Remove a connection; mapping, qualifiers and history stay'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "mapping" -d 'Manage which field of a lead fills which field of the vendor'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "qualifier" -d 'Manage qualifiers and the mapping of their answers'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "campaign" -d 'Manage the campaigns that leads of an event join'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "enrichment" -d 'Manage who fills what leads lack: built-in rules and providers of data'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "requirement" -d 'Demand fields a lead must have before it may sync'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "explain" -d 'Explain an error category: cause, fix, signs at each vendor'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "check" -d 'Tell what would fail, without pushing'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "event" -d 'Manage events'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "lead" -d 'Manage leads'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "suppress" -d 'Manage addresses and domains that never leave'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "sync-event" -d 'Push every waiting lead of one event now, whatever the mode'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "sync" -d 'Push all that is due'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "reconcile" -d 'Show what failed and why, and push it again'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "log" -d 'Show what was sent for a lead, and the vendor\'s answer'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "open" -d 'Show a lead\'s record at the vendor: its address, or the browser'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "verify" -d 'Read cleared leads back, and tell what is not as it was written'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "report" -d 'Prove where everybody of an event is: rows in = records in the CRM + named exceptions'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "history" -d 'Show every run and change of set-up'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "undo" -d 'Put back what a run changed'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "demo" -d 'Show the whole journey on the embedded sandbox, no account needed'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "sandbox" -d 'Run a vendor\'s sandbox on this machine, for rehearsal and CI'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "doctor" -d 'Examine this machine and its sign-ins, and say what repairs them'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "db" -d 'Look after the database file'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "man" -d 'Print a manual page, in the form `man` reads'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "util" -d 'Work on the program itself'
complete -c mobly-sync -n "__fish_mobly_sync_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l redirect-port -d 'The port the browser comes back to; register http://localhost:N/callback with your app [default: 47823]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l client-id -d 'The client id of your app [env: MOBLY_SYNC_<VENDOR>_CLIENT_ID]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l grant -d 'Sign in as an app, without a person (for CI)' -r -f -a "client-credentials\t'By client id and secret'
jwt\t'By an assertion signed with a private key'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l username -d 'With --grant jwt: the user the app acts for' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l key-file -d 'With --grant jwt: the file with the private key (PEM)' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l credential-store -d 'Keep the secret there [env: MOBLY_SYNC_CREDENTIAL_STORE]' -r -f -a "keyring\t'The operating system\'s keychain'
file\t'A file encrypted with MOBLY_SYNC_PASSPHRASE'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l base-url -d 'Reach the vendor at this address instead of its own, or again at its own: default. Plain http only on this machine' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l label -d 'Call the account this here' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l mode -d 'Start in this mode (default: automatic)' -r -f -a "automatic\t'Push leads as soon as they are ready'
manual\t'Push leads only when told to'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l backlog -d 'Hold or push what was here before the account' -r -f -a "hold\t'Keep them back until their event is named'
push\t'Let the next sync take them'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l since -d 'With --backlog push: only what was captured since then, the rest is held' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l identity -d 'Note it, or hold the lead, where a record found by e-mail has another name' -r -f -a "note\t'Update the record and note both names'
hold\t'Fail the lead and let somebody decide'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l external-id -d 'Fill this unique field of the vendor and match on it; none: no longer' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l activities -d 'Send notes and other activities too (off unless asked for; --activities=false takes it back)' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l assign -d 'Salesforce: Lead assignment for new Leads: rules (the active rule), off, or the id of a rule; updates never assign' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l business-unit -d 'Pardot: The business unit\'s id (0Uv…, 18 characters), from Salesforce: Setup > Business Unit Setup' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l companies -d 'Marketo: Make companies too, and put leads without one into theirs; not where a CRM is synchronised natively' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l daily-tokens -d 'Pipedrive: API tokens the company has a day, where the plan or its seats give more than 30,000: 30,000 x seats x 1 (Lite), 2 (Growth), 5 (Premium), 7 (Ultimate)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l data-center -d 'Zoho CRM: Where the account lives; the end of the address in the browser tells (crm.zoho.eu: eu)' -r -f -a "us\t'United States, zoho.com'
eu\t'Europe, zoho.eu'
in\t'India, zoho.in'
au\t'Australia, zoho.com.au'
jp\t'Japan, zoho.jp'
ca\t'Canada, zohocloud.ca'
sa\t'Saudi Arabia, zoho.sa'
cn\t'China, zoho.com.cn'
uk\t'United Kingdom, zoho.uk'
ae\t'United Arab Emirates, zoho.ae'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l duplicates -d 'Salesforce: When a duplicate rule of the org refuses a new record' -r -f -a "report\t'fail the lead and name the records found'
use-match\t'use the record found, where it is the only one and surely the same'
allow\t'save all the same, where the rule lets us'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l instance -d 'Pardot: Salesforce\'s My Domain, to sign in there: acme, or acme.my.salesforce.com; Pipedrive: The company\'s address at Pipedrive: acme, or acme.pipedrive.com as the browser shows it; Salesforce: Your org\'s My Domain: acme, or acme.my.salesforce.com' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l munchkin-id -d 'Marketo: The instance: its Munchkin id (123-ABC-456), or the REST endpoint from Admin > Integration > Web Services' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l partition -d 'Marketo: The lead partition new leads go into, where the instance has several' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l records -d 'Marketo: Whether new leads are made, or wait until the CRM\'s own sync has brought them' -r -f -a "create\t'make leads that are not there'
update-only\t'leave that to the CRM\'s sync; leads that are not there yet wait'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l sandbox -d 'Pardot: A sandbox: test.salesforce.com and pi.demo.pardot.com (a developer org too, with its --instance); Salesforce: Sign in at test.salesforce.com' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l strategy -d 'Salesforce: What to look for and to make: Leads beside Contacts, Leads only, or Contacts in Accounts' -r -f -a "leads-and-contacts\t'look for a Contact, then for a Lead; make a Lead'
leads-only\t'look for a Lead; make a Lead'
accounts-and-contacts\t'look for a Contact; make a Contact in its Account'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l use-contacts -d 'Zoho CRM: Look for a Contact before a Lead, and put Contacts without one into their Account' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l oauth -d 'Sign in in the browser, with an app of your own'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l no-browser -d 'Print the address instead of opening it, and take the pasted answer too (for SSH)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l client-secret-stdin -d 'Read the client secret of your app from standard input [env: MOBLY_SYNC_<VENDOR>_CLIENT_SECRET]'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l token-stdin -d 'Read a token from standard input [env: MOBLY_SYNC_<VENDOR>_TOKEN]'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l key-stdin -d 'With --grant jwt: read the private key from standard input'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l set -d 'Change options without a new sign-in'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -l check -d 'Ask the vendors, instead of telling what is known'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand status" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -l from-now -d 'With automatic: leave what is frozen now where it is; naming its event pushes it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mode" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -l from-now -d 'With automatic: leave what is frozen now where it is; naming its event pushes it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand set-mode" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enable" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disable" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -l forget -d 'Disconnect even where the place of the secret cannot be reached: the secret stays there'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand disconnect" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "list" -d 'Show the mapping, with what is odd about it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "fields" -d 'Show the vendor\'s fields and ours'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "defaults" -d 'Fill unmapped rows with the usual ones'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "set" -d 'Fill a field of the vendor from a field, a constant or a template'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "unset" -d 'Remove one row, named by our field or the vendor\'s'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "clear" -d 'Remove every row of an object'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "suggest" -d 'Suggest fields of the vendor for unmapped fields, with translations for closed lists'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "try" -d 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "export" -d 'Write the mapping as TOML, fit for version control'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "import" -d 'Take the mapping from TOML, after showing what differs'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "history" -d 'Show every change of the mapping'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "revert" -d 'Put the mapping back as it was before a change'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and not __fish_seen_subcommand_from list fields defaults set unset clear suggest try export import history revert help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -l object -d 'Only this object of the vendor, or role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l object -d 'Only this object of the vendor, or role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l search -d 'Only fields whose name or label contains this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from fields" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l object -d 'Only this object of the vendor, or role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l replace -d 'Reset the rows that differ, after showing them'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from defaults" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l constant -d 'Fill it with the same text for every lead' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l template -d 'Fill it with text in which {field} stands for a lead\'s value' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l object -d 'The object of the vendor, or the role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l write -d 'What happens to a field of a record that is already there: overwrite, if-blank, create-only, append' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l value -d 'Translate a value on its way out (can be repeated); without THEIRS the translation is removed' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l default -d 'Send this where the lead has nothing; empty: nothing' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l truncate -d 'Shorten what is too long for the field; --truncate=false ends it' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l on-invalid -d 'Fail the lead, or send it without this field, where the vendor\'s rules refuse the value' -r -f -a "fail\t'The lead fails'
drop\t'The lead goes without the field, with a note'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l fallback-owner -d 'Take this user where the named one is none of the account\'s; empty: nobody' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l also -d 'Add a second target instead of moving the field'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -l object -d 'Only this object of the vendor, or role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l object -d 'Only this object of the vendor, or role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l accept -d 'Map these fields of ours as suggested' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l all -d 'Map everything as suggested'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from suggest" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from try" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -l dry-run -d 'Show what differs and change nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -l limit -d 'Show so many' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from revert" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "list" -d 'Show the mapping, with what is odd about it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "fields" -d 'Show the vendor\'s fields and ours'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "defaults" -d 'Fill unmapped rows with the usual ones'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "set" -d 'Fill a field of the vendor from a field, a constant or a template'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Remove one row, named by our field or the vendor\'s'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "clear" -d 'Remove every row of an object'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "suggest" -d 'Suggest fields of the vendor for unmapped fields, with translations for closed lists'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "try" -d 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write the mapping as TOML, fit for version control'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take the mapping from TOML, after showing what differs'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "history" -d 'Show every change of the mapping'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "revert" -d 'Put the mapping back as it was before a change'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand mapping; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "list" -d 'List qualifiers, their answers and targets'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "add" -d 'Add a qualifier with its answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "edit" -d 'Change a qualifier'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "archive" -d 'Hide a qualifier, or some of its answers; nothing is deleted'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "restore" -d 'Show an archived qualifier, or some of its answers, again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "map" -d 'Map answers to the options of a field of the vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "unmap" -d 'Remove the mapping of a qualifier, or of some answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "import" -d 'Make qualifiers from the vendor\'s fields with options, mapped'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and not __fish_seen_subcommand_from list add edit archive restore map unmap import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -l archived -d 'Archived ones too'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l value -d 'A possible answer (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l at -d 'Ask it only at this event (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l multiple -d 'Allow several answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l required -d 'Demand an answer'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l rename -d 'Call it this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l value -d 'Add an answer (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l multiple -d 'Allow several answers, or one' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l required -d 'Demand an answer, or not' -r -f -a "true\t''
false\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l at -d 'Ask it only at this event (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l everywhere -d 'Ask it at all events'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from archive" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l to -d 'The field of the vendor, once for the qualifier' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l object -d 'The object of the vendor, or the role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l write -d 'What happens to a field of a record that is already there: overwrite, if-blank, create-only, append' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l matching -d 'Map answers to options of the same name'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from map" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from unmap" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -l object -d 'The object of the vendor, or the role (persona, company)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "list" -d 'List qualifiers, their answers and targets'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a qualifier with its answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change a qualifier'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "archive" -d 'Hide a qualifier, or some of its answers; nothing is deleted'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Show an archived qualifier, or some of its answers, again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "map" -d 'Map answers to the options of a field of the vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "unmap" -d 'Remove the mapping of a qualifier, or of some answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "import" -d 'Make qualifiers from the vendor\'s fields with options, mapped'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand qualifier; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -f -a "list" -d 'List the campaigns events feed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -f -a "connect" -d 'Have the leads of an event join a campaign'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -f -a "edit" -d 'Change the terms on which leads of an event join a campaign'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -f -a "remove" -d 'Have the leads of an event join a campaign no longer; who is a member stays one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -f -a "statuses" -d 'Show the statuses members of a campaign can have'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and not __fish_seen_subcommand_from list connect edit remove statuses help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -l csv -d 'Write the list as CSV to this file; - for standard output' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l id -d 'The campaign\'s id at the vendor' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l to -d 'What stands for a campaign at a vendor without campaigns: label:NAME, or field:FIELD=VALUE (VALUE: the event\'s name)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l status -d 'The status members get; default: the one new members have at the vendor' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l status-by -d 'The status members get who gave this answer, once an answer; without STATUS they get that of --status' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l threshold -d 'How often a lead must have been scanned to join; 0: everybody' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l id -d 'The campaign, where the event feeds several' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l to -d 'The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l status -d 'The status members get; default: the one new members have at the vendor' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l status-by -d 'The status members get who gave this answer, once an answer; without STATUS they get that of --status' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l threshold -d 'How often a lead must have been scanned to join; 0: everybody' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l id -d 'The campaign, where the event feeds several' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l to -d 'The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -l id -d 'One campaign, by its id at the vendor' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from statuses" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the campaigns events feed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from help" -f -a "connect" -d 'Have the leads of an event join a campaign'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change the terms on which leads of an event join a campaign'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Have the leads of an event join a campaign no longer; who is a member stays one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from help" -f -a "statuses" -d 'Show the statuses members of a campaign can have'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand campaign; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "list" -d 'List rules and providers in the order they are asked, what they cost today and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "add" -d 'Add a provider of data: a preset, or any service described by options'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "edit" -d 'Change a provider: its key, its costs, its place, where fields stand'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "remove" -d 'Remove a provider with its key; what it filled stays'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "enable" -d 'Switch rules or a provider on, for all events or for one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "disable" -d 'Switch rules or a provider off, for all events or for one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "order" -d 'Set the order providers are asked in; those not named stay behind'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "test" -d 'Ask a provider about one person and show what it would fill; it may cost a credit'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and not __fish_seen_subcommand_from list add edit remove enable disable order test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l preset -d 'The preset, where the name is another' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l url -d 'The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l method -d 'GET or POST (default: GET, or POST with --body)' -r -f -a "GET\t''
POST\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l body -d 'The body of the question, JSON with fields in it: {"email": "{email}"}' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l root -d 'Where the person stands in the answer, such as data.person' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l needs -d 'The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l header -d 'A header; {secret} stands for the key (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l field -d 'Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l rate -d 'Ask no more often, such as 100/min or 15/s' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l timeout -d 'Wait so many seconds for an answer (default: 30)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l config -d 'Take the description from a TOML file, of the form of the presets' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l budget -d 'Ask no more paid questions a day (UTC); 0 takes the bound away' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l budget-per-run -d 'Ask no more paid questions a run; 0 takes the bound away' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l fields -d 'Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l base-url -d 'Send to this address instead: a proxy, or a sandbox on this machine' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l after -d 'Ask it after this one' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l key-stdin -d 'Read the key from standard input'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l first -d 'Ask it before all others'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l url -d 'The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l method -d 'GET or POST (default: GET, or POST with --body)' -r -f -a "GET\t''
POST\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l body -d 'The body of the question, JSON with fields in it: {"email": "{email}"}' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l root -d 'Where the person stands in the answer, such as data.person' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l needs -d 'The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l header -d 'A header; {secret} stands for the key (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l field -d 'Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l rate -d 'Ask no more often, such as 100/min or 15/s' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l timeout -d 'Wait so many seconds for an answer (default: 30)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l config -d 'Take the description from a TOML file, of the form of the presets' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l budget -d 'Ask no more paid questions a day (UTC); 0 takes the bound away' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l budget-per-run -d 'Ask no more paid questions a run; 0 takes the bound away' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l fields -d 'Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l base-url -d 'Send to this address instead: a proxy, or a sandbox on this machine' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l after -d 'Ask it after this one' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l key-stdin -d 'Read a new key from standard input'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l first -d 'Ask it before all others'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from order" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -l known -d 'What else is known, such as lastName=Lee (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "list" -d 'List rules and providers in the order they are asked, what they cost today and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a provider of data: a preset, or any service described by options'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change a provider: its key, its costs, its place, where fields stand'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a provider with its key; what it filled stays'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Switch rules or a provider on, for all events or for one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Switch rules or a provider off, for all events or for one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "order" -d 'Set the order providers are asked in; those not named stay behind'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "test" -d 'Ask a provider about one person and show what it would fill; it may cost a credit'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand enrichment; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -f -a "list" -d 'List the demanded fields, with how many leads wait for each'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -f -a "add" -d 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -f -a "remove" -d 'Demand fields no longer; leads that lack nothing else are due'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and not __fish_seen_subcommand_from list add remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the demanded fields, with how many leads wait for each'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from help" -f -a "add" -d 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Demand fields no longer; leads that lack nothing else are due'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand requirement; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand explain" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -l names -d 'Look everybody up, however many requests it takes, to tell who goes by another name there'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "list" -d 'List events'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "add" -d 'Add an event; one of that name that is there already stays as it is'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "show" -d 'Show an event and how its leads stand'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "edit" -d 'Change an event'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "remove" -d 'Remove an event; its leads stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "hold" -d 'Keep an event\'s leads back, whatever the mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "release" -d 'Let a held event\'s leads go again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and not __fish_seen_subcommand_from list add show edit remove hold release help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l from -d 'First day' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l to -d 'Last day' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l tz -d 'Time zone, such as America/Los_Angeles' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l city -d 'City' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l hold -d 'Keep its leads back, whatever the mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l rename -d 'Call it this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l from -d 'First day' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l to -d 'Last day' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone, such as America/Los_Angeles' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l city -d 'City' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l clear -d 'Take this away (can be repeated)' -r -f -a "from\t''
to\t''
tz\t''
city\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -l force -d 'Even if it has leads: they stay, and no longer know that they were there'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from hold" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "list" -d 'List events'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add an event; one of that name that is there already stays as it is'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an event and how its leads stand'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change an event'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove an event; its leads stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "hold" -d 'Keep an event\'s leads back, whatever the mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "release" -d 'Let a held event\'s leads go again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "import" -d 'Import leads from a file; importing it twice changes nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "pull" -d 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "add" -d 'Add a lead, or what is new about one that is known'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "list" -d 'List leads'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "show" -d 'Show everything about a lead'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "edit" -d 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "enrich" -d 'Fill what leads lack: by the built-in rules, then by each provider that is switched on'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "note" -d 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "move" -d 'Move leads to another event; a cleared lead is due again, for the membership'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "merge" -d 'Make one person out of several leads; nothing is deleted or merged at a vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "remove" -d 'Remove leads here; their records at the vendor stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "export" -d 'Write leads as CSV, ready to correct and import again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "hold" -d 'Keep leads back until they are released'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "release" -d 'Let held leads go again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and not __fish_seen_subcommand_from import pull add list show edit enrich note move merge remove export hold release help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l format -d 'The format (default: by content)' -r -f -a "csv\t'Comma, semicolon, tab or pipe'
tsv\t'Tab'
json\t'An array of objects'
ndjson\t'An object on each line'
xlsx\t'An Excel workbook'
vcard\t'Address-book cards'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l sheet -d 'The sheet of a workbook, where several hold something' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l column -d 'What a column means, where its header does not tell; - leaves it out (can be repeated). Remembered for files with the same columns' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l rejects -d 'Write rejected rows with their reasons there, ready to correct and import' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l create-event -d 'Add events that are not known yet'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l allow-similar -d 'Add an event although its name is nearly that of another'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l event-override -d 'Put every row into --event, whatever the file says'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l dry-run -d 'Tell what would happen and change nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l watch -d 'Stay, and import whatever appears in the folder, once each'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l no-sync -d 'Push nothing afterwards, even in automatic mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l since -d 'Only leads captured since then: a day, a moment, or how long ago. Everything is read all the same' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l no-sync -d 'Push nothing afterwards, even in automatic mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from pull" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l set -d 'A field and its value (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l qualifier -d 'A qualifier and the answer (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l no-sync -d 'Push nothing afterwards, even in automatic mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l limit -d 'List so many (default: 100 on a terminal, elsewhere all)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l set -d 'A field and its value (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l clear -l unset -d 'Take a field\'s value away (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l qualifier -d 'A qualifier and the answer, in place of those it has; none takes them away (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l dry-run -d 'Tell what would change and change nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l no-sync -d 'Push nothing afterwards, even in automatic mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l only -d 'Only this step: rules, or the name of a provider (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l again -d 'Ask providers again what they were asked before'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l dry-run -d 'Tell what the rules would change and how many leads providers would be asked about; change nothing, ask nobody'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l no-sync -d 'Push nothing afterwards, even in automatic mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from enrich" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l type -d 'What kind of thing happened' -r -f -a "note\t''
call\t''
meeting\t''
email\t''
other\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l at -d 'When it happened: a day, a moment or how long ago (default: now)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l remove -d 'Forget this activity, by its id (lead show tells it); what was sent stays in the CRM' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l no-sync -d 'Push nothing afterwards, even in automatic mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from note" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l from -d 'The event they leave; without LEAD all of its leads move' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l to -d 'The event they join' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l take -d 'Take this field from one of the others (can be repeated)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l dry-run -d 'Only show what would become of it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l erase -d 'Erase the person from the file and its log, and suppress the address; the counts stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from hold" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l search -d 'Only leads whose name or e-mail holds this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l issue -d 'Only leads with this flaw' -r -f -a "any\t'Any of them'
no-email\t'No e-mail address'
free-mail\t'An address at a free-mail provider'
twice\t'Another lead has its address, or its name and company where one has no address'
no-qualifier\t'No answer to a qualifier that is required, or to any'
not-enriched\t'Still being filled in by its source'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import leads from a file; importing it twice changes nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "pull" -d 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a lead, or what is new about one that is known'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "list" -d 'List leads'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show everything about a lead'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "enrich" -d 'Fill what leads lack: by the built-in rules, then by each provider that is switched on'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "note" -d 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "move" -d 'Move leads to another event; a cleared lead is due again, for the membership'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "merge" -d 'Make one person out of several leads; nothing is deleted or merged at a vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove leads here; their records at the vendor stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write leads as CSV, ready to correct and import again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "hold" -d 'Keep leads back until they are released'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "release" -d 'Let held leads go again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand lead; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -f -a "add" -d 'Let addresses and domains never leave; their leads are held at once, in every account'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -f -a "list" -d 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -f -a "remove" -d 'Take addresses and domains off the list; leads nothing else covers wait again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and not __fish_seen_subcommand_from add list remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l from -d 'Read them from a file, one a line (- for standard input)' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l reason -d 'Why, for the list; it is not hashed' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -l from -d 'Read them from a file, one a line (- for standard input)' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from help" -f -a "add" -d 'Let addresses and domains never leave; their leads are held at once, in every account'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from help" -f -a "list" -d 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take addresses and domains off the list; leads nothing else covers wait again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand suppress; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l limit -d 'Push at most so many leads' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l concurrency -d 'Keep so many requests under way at once' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l max-overwrites -d 'Push nothing if more than N values of others would be replaced' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l max-creates -d 'Push nothing if more than N people would be created' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l max-failures -d 'Stop at so many failed leads, or so many in a hundred' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l max-duration -d 'Stop after so long, such as 10m' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l expect -d 'Push nothing unless exactly so many leads are due' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l share -d 'Use so many percent of a limit shared with other tools' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l dry-run -d 'Show what would be pushed, lead by lead, and push nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l again -d 'Take cleared leads too, and write what differs'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync-event" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l html -d 'With --watch: keep the board in this file as one page that stands alone, written anew as leads move' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l limit -d 'Push at most so many leads' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l concurrency -d 'Keep so many requests under way at once' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l max-overwrites -d 'Push nothing if more than N values of others would be replaced' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l max-creates -d 'Push nothing if more than N people would be created' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l max-failures -d 'Stop at so many failed leads, or so many in a hundred' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l max-duration -d 'Stop after so long, such as 10m' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l expect -d 'Push nothing unless exactly so many leads are due' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l share -d 'Use so many percent of a limit shared with other tools' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l watch -d 'Stay, and push leads as they arrive, until Ctrl-C'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l no-pii -d 'With --html: no names, addresses, values or messages'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l dry-run -d 'Show what would be pushed, lead by lead, and push nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l again -d 'Take cleared leads too, and write what differs'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sync" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l view -d 'Group by event, or list leads' -r -f -a "event\t''
lead\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l by -d 'How failed leads are grouped below their categories' -r -f -a "category\t''
cause\t''
value\t''
field\t''
phase\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l state -d 'Only leads in this state' -r -f -a "enriching\t''
pre-sync\t''
held\t''
failed\t''
cleared\t''
ignored\t''"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l category -d 'Only leads that failed with this category' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l cause -d 'Only leads of one cause: its id on the last board (1a), or its key; several keys are told apart by commas' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l search -d 'Only leads whose name or e-mail contains this' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l lead -d 'Only this lead, by id, prefix of four or more, or e-mail' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l where -d 'Only leads this holds for, like "jobTitle ~ engineer and phone is empty" (--help tells more)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l since -d 'Only leads last attempted since then: a day, a moment, or how long ago' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l limit -d 'At most so many leads' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l fix -d 'Repair what is selected, in a dialogue: NUMBER is a category (1) or a cause (1a) of the last board' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l reason -d 'Why it is ignored' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l export -d 'Write what is selected, failed leads without a selection, as CSV with the reasons; lead import takes it back corrected (- for standard output)' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l html -d 'Write the board as one page that stands alone: donut, groups, and what is selected (all leads without a selection)' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l adopt -d 'With --lead: use this record of the vendor for it' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l retry -d 'Push again what is selected (without a selection: every failed lead; with --event: its waiting leads too)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l again -d 'With --retry: take cleared leads too, and write what differs'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l dry-run -d 'With --retry, --adopt or --create: show what would be pushed, lead by lead, and push nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l ignore -d 'Take what is selected out of Failed; the history stays'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l unignore -d 'Put what is selected back'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l with-logs -d 'With --html: every attempt of every lead, as `log --all` has them'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l no-pii -d 'With --html: no names, addresses, values or messages'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l create -d 'With --lead: create a new record for it, whatever was found'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand reconcile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -l all -d 'Every attempt, not only the current issue'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand log" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand open" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l lead -d 'Only this lead, by id, prefix of four or more, or e-mail' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l limit -d 'At most so many leads' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand verify" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l md -d 'Write it as Markdown' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l html -d 'Write it as one page that stands alone and prints well' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l csv -d 'Write one line per lead' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l no-pii -d 'No names, addresses, values, messages or file names: leads are named by their ids'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand report" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l limit -d 'List so many' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l since -d 'Only since then: a day, a moment, or how long ago' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List runs, newest first (the default)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show what a run did, field by field'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l limit -d 'List so many' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l since -d 'Only since then: a day, a moment, or how long ago' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "list" -d 'List runs, newest first (the default)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what a run did, field by field'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l field -d 'Only this field, by the vendor\'s name (repeatable)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l only -d 'Only records the run made, or only those it changed' -r -f -a "created\t'Records it made'
updated\t'Records it changed'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l lead -d 'Only this lead (repeatable)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l dry-run -d 'Show what would be done, and change nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -l keep -d 'Leave the database and the event\'s file there, to go on with' -r -f -a "(__fish_complete_directories)"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand demo" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l port -d 'Listen on this port of the loopback address (default: any free one)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l rate -d 'Limit requests: vendor (its lowest plan), off, or so many in ten seconds' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l daily-limit -d 'Allow so many requests a day (default: the vendor\'s lowest plan)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l latency -d 'Wait so long before every answer, such as 20ms' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l fault -d 'Let something go wrong, such as 500=0.1 or drop-after=#2@/batch/create; may be repeated' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l slow-for -d 'A slow answer takes so long (default: 2m)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l search-lag -d 'Searches see what was written only after so long (default: 8s)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l seed -d 'The same seed gives the same faults' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l portal-id -d 'The account\'s number: another one is another account' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l leads -d 'Fill it with so many captured leads, where leads come from; the same seed makes the same leads' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l events -d 'Spread the leads over so many events (default: 3)' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand sandbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -f -a "check" -d 'Look through the whole file, and put the board\'s counters right'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -f -a "adopt" -d 'Give a copied file an identity of its own'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and not __fish_seen_subcommand_from check adopt help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from adopt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "check" -d 'Look through the whole file, and put the board\'s counters right'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "adopt" -d 'Give a copied file an identity of its own'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand completions" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand man" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -f -a "generate" -d 'Write completions, manual pages and the generated tables of the README'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and not __fish_seen_subcommand_from generate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -l db -d 'Use this database file instead of the one in the platform\'s data directory [env: MOBLY_SYNC_DB]' -r -F
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -s i -l integration -d 'Mean this integration (default: the CRM), or all of them' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -s e -l event -d 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]' -r
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -l progress -d 'Tell progress on standard error in this form: auto, json, none' -r -f -a "auto\t'A bar on a terminal, nothing in a pipe'
json\t'One JSON object a line'
none\t'Not at all'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -l color -d 'Use colour: auto, always, never' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -l json -d 'Write one JSON document to standard output'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Say only what was asked for, and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Say more about what is done'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -l no-input -d 'Never ask'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -s y -l yes -d 'Answer yes to every confirmation'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Write completions, manual pages and the generated tables of the README'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand util; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "connect" -d 'Connect a vendor, or sign in again without losing anything'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "status" -d 'Show every integration, and what needs you'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "mode" -d 'Show or set when leads are pushed: automatic or manual'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "enable" -d 'Resume a disabled integration, and push what is due'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "disable" -d 'Pause an integration; its connection and mapping stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "disconnect" -d 'Remove a connection; mapping, qualifiers and history stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "mapping" -d 'Manage which field of a lead fills which field of the vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "qualifier" -d 'Manage qualifiers and the mapping of their answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "campaign" -d 'Manage the campaigns that leads of an event join'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "enrichment" -d 'Manage who fills what leads lack: built-in rules and providers of data'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "requirement" -d 'Demand fields a lead must have before it may sync'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "explain" -d 'Explain an error category: cause, fix, signs at each vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "check" -d 'Tell what would fail, without pushing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "event" -d 'Manage events'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "lead" -d 'Manage leads'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "suppress" -d 'Manage addresses and domains that never leave'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "sync-event" -d 'Push every waiting lead of one event now, whatever the mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "sync" -d 'Push all that is due'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "reconcile" -d 'Show what failed and why, and push it again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "log" -d 'Show what was sent for a lead, and the vendor\'s answer'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "open" -d 'Show a lead\'s record at the vendor: its address, or the browser'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "verify" -d 'Read cleared leads back, and tell what is not as it was written'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "report" -d 'Prove where everybody of an event is: rows in = records in the CRM + named exceptions'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "history" -d 'Show every run and change of set-up'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "undo" -d 'Put back what a run changed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "demo" -d 'Show the whole journey on the embedded sandbox, no account needed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "sandbox" -d 'Run a vendor\'s sandbox on this machine, for rehearsal and CI'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "doctor" -d 'Examine this machine and its sign-ins, and say what repairs them'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "db" -d 'Look after the database file'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "completions" -d 'Print a shell\'s completion script'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "man" -d 'Print a manual page, in the form `man` reads'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "util" -d 'Work on the program itself'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and not __fish_seen_subcommand_from connect status mode enable disable disconnect mapping qualifier campaign enrichment requirement explain check event lead suppress sync-event sync reconcile log open verify report history undo demo sandbox doctor db completions man util help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "list" -d 'Show the mapping, with what is odd about it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "fields" -d 'Show the vendor\'s fields and ours'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "defaults" -d 'Fill unmapped rows with the usual ones'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "set" -d 'Fill a field of the vendor from a field, a constant or a template'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "unset" -d 'Remove one row, named by our field or the vendor\'s'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "clear" -d 'Remove every row of an object'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "suggest" -d 'Suggest fields of the vendor for unmapped fields, with translations for closed lists'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "try" -d 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "export" -d 'Write the mapping as TOML, fit for version control'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "import" -d 'Take the mapping from TOML, after showing what differs'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "history" -d 'Show every change of the mapping'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from mapping" -f -a "revert" -d 'Put the mapping back as it was before a change'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "list" -d 'List qualifiers, their answers and targets'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "add" -d 'Add a qualifier with its answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "edit" -d 'Change a qualifier'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "archive" -d 'Hide a qualifier, or some of its answers; nothing is deleted'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "restore" -d 'Show an archived qualifier, or some of its answers, again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "map" -d 'Map answers to the options of a field of the vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "unmap" -d 'Remove the mapping of a qualifier, or of some answers'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from qualifier" -f -a "import" -d 'Make qualifiers from the vendor\'s fields with options, mapped'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from campaign" -f -a "list" -d 'List the campaigns events feed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from campaign" -f -a "connect" -d 'Have the leads of an event join a campaign'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from campaign" -f -a "edit" -d 'Change the terms on which leads of an event join a campaign'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from campaign" -f -a "remove" -d 'Have the leads of an event join a campaign no longer; who is a member stays one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from campaign" -f -a "statuses" -d 'Show the statuses members of a campaign can have'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "list" -d 'List rules and providers in the order they are asked, what they cost today and what went wrong'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "add" -d 'Add a provider of data: a preset, or any service described by options'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "edit" -d 'Change a provider: its key, its costs, its place, where fields stand'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "remove" -d 'Remove a provider with its key; what it filled stays'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "enable" -d 'Switch rules or a provider on, for all events or for one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "disable" -d 'Switch rules or a provider off, for all events or for one'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "order" -d 'Set the order providers are asked in; those not named stay behind'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from enrichment" -f -a "test" -d 'Ask a provider about one person and show what it would fill; it may cost a credit'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from requirement" -f -a "list" -d 'List the demanded fields, with how many leads wait for each'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from requirement" -f -a "add" -d 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from requirement" -f -a "remove" -d 'Demand fields no longer; leads that lack nothing else are due'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "list" -d 'List events'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "add" -d 'Add an event; one of that name that is there already stays as it is'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "show" -d 'Show an event and how its leads stand'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "edit" -d 'Change an event'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "remove" -d 'Remove an event; its leads stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "hold" -d 'Keep an event\'s leads back, whatever the mode'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "release" -d 'Let a held event\'s leads go again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "import" -d 'Import leads from a file; importing it twice changes nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "pull" -d 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "add" -d 'Add a lead, or what is new about one that is known'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "list" -d 'List leads'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "show" -d 'Show everything about a lead'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "edit" -d 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "enrich" -d 'Fill what leads lack: by the built-in rules, then by each provider that is switched on'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "note" -d 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "move" -d 'Move leads to another event; a cleared lead is due again, for the membership'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "merge" -d 'Make one person out of several leads; nothing is deleted or merged at a vendor'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "remove" -d 'Remove leads here; their records at the vendor stay'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "export" -d 'Write leads as CSV, ready to correct and import again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "hold" -d 'Keep leads back until they are released'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from lead" -f -a "release" -d 'Let held leads go again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from suppress" -f -a "add" -d 'Let addresses and domains never leave; their leads are held at once, in every account'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from suppress" -f -a "list" -d 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from suppress" -f -a "remove" -d 'Take addresses and domains off the list; leads nothing else covers wait again'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "list" -d 'List runs, newest first (the default)'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "show" -d 'Show what a run did, field by field'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "check" -d 'Look through the whole file, and put the board\'s counters right'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "adopt" -d 'Give a copied file an identity of its own'
complete -c mobly-sync -n "__fish_mobly_sync_using_subcommand help; and __fish_seen_subcommand_from util" -f -a "generate" -d 'Write completions, manual pages and the generated tables of the README'
