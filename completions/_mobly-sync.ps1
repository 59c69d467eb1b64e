
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'mobly-sync' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'mobly-sync'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'mobly-sync' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Connect a vendor, or sign in again without losing anything')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show every integration, and what needs you')
            [CompletionResult]::new('mode', 'mode', [CompletionResultType]::ParameterValue, 'Show or set when leads are pushed: automatic or manual')
            [CompletionResult]::new('set-mode', 'set-mode', [CompletionResultType]::ParameterValue, 'Show or set when leads are pushed: automatic or manual')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Resume a disabled integration, and push what is due')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Pause an integration; its connection and mapping stay')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Remove a connection; mapping, qualifiers and history stay')
            [CompletionResult]::new('mapping', 'mapping', [CompletionResultType]::ParameterValue, 'Manage which field of a lead fills which field of the vendor')
            [CompletionResult]::new('qualifier', 'qualifier', [CompletionResultType]::ParameterValue, 'Manage qualifiers and the mapping of their answers')
            [CompletionResult]::new('campaign', 'campaign', [CompletionResultType]::ParameterValue, 'Manage the campaigns that leads of an event join')
            [CompletionResult]::new('enrichment', 'enrichment', [CompletionResultType]::ParameterValue, 'Manage who fills what leads lack: built-in rules and providers of data')
            [CompletionResult]::new('requirement', 'requirement', [CompletionResultType]::ParameterValue, 'Demand fields a lead must have before it may sync')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain an error category: cause, fix, signs at each vendor')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell what would fail, without pushing')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Manage events')
            [CompletionResult]::new('lead', 'lead', [CompletionResultType]::ParameterValue, 'Manage leads')
            [CompletionResult]::new('suppress', 'suppress', [CompletionResultType]::ParameterValue, 'Manage addresses and domains that never leave')
            [CompletionResult]::new('sync-event', 'sync-event', [CompletionResultType]::ParameterValue, 'Push every waiting lead of one event now, whatever the mode')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Push all that is due')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Show what failed and why, and push it again')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Show what was sent for a lead, and the vendor''s answer')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Show a lead''s record at the vendor: its address, or the browser')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Read cleared leads back, and tell what is not as it was written')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Prove where everybody of an event is: rows in = records in the CRM + named exceptions')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show every run and change of set-up')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Put back what a run changed')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the whole journey on the embedded sandbox, no account needed')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run a vendor''s sandbox on this machine, for rehearsal and CI')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Examine this machine and its sign-ins, and say what repairs them')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Look after the database file')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, in the form `man` reads')
            [CompletionResult]::new('util', 'util', [CompletionResultType]::ParameterValue, 'Work on the program itself')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;connect' {
            [CompletionResult]::new('--redirect-port', '--redirect-port', [CompletionResultType]::ParameterName, 'The port the browser comes back to; register http://localhost:N/callback with your app [default: 47823]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client id of your app [env: MOBLY_SYNC_<VENDOR>_CLIENT_ID]')
            [CompletionResult]::new('--grant', '--grant', [CompletionResultType]::ParameterName, 'Sign in as an app, without a person (for CI)')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'With --grant jwt: the user the app acts for')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'With --grant jwt: the file with the private key (PEM)')
            [CompletionResult]::new('--credential-store', '--credential-store', [CompletionResultType]::ParameterName, 'Keep the secret there [env: MOBLY_SYNC_CREDENTIAL_STORE]')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'Reach the vendor at this address instead of its own, or again at its own: default. Plain http only on this machine')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'Call the account this here')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'Start in this mode (default: automatic)')
            [CompletionResult]::new('--backlog', '--backlog', [CompletionResultType]::ParameterName, 'Hold or push what was here before the account')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'With --backlog push: only what was captured since then, the rest is held')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'Note it, or hold the lead, where a record found by e-mail has another name')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'Fill this unique field of the vendor and match on it; none: no longer')
            [CompletionResult]::new('--activities', '--activities', [CompletionResultType]::ParameterName, 'Send notes and other activities too (off unless asked for; --activities=false takes it back)')
            [CompletionResult]::new('--assign', '--assign', [CompletionResultType]::ParameterName, 'Salesforce: Lead assignment for new Leads: rules (the active rule), off, or the id of a rule; updates never assign')
            [CompletionResult]::new('--business-unit', '--business-unit', [CompletionResultType]::ParameterName, 'Pardot: The business unit''s id (0Uv…, 18 characters), from Salesforce: Setup > Business Unit Setup')
            [CompletionResult]::new('--companies', '--companies', [CompletionResultType]::ParameterName, 'Marketo: Make companies too, and put leads without one into theirs; not where a CRM is synchronised natively')
            [CompletionResult]::new('--daily-tokens', '--daily-tokens', [CompletionResultType]::ParameterName, 'Pipedrive: API tokens the company has a day, where the plan or its seats give more than 30,000: 30,000 x seats x 1 (Lite), 2 (Growth), 5 (Premium), 7 (Ultimate)')
            [CompletionResult]::new('--data-center', '--data-center', [CompletionResultType]::ParameterName, 'Zoho CRM: Where the account lives; the end of the address in the browser tells (crm.zoho.eu: eu)')
            [CompletionResult]::new('--duplicates', '--duplicates', [CompletionResultType]::ParameterName, 'Salesforce: When a duplicate rule of the org refuses a new record')
            [CompletionResult]::new('--instance', '--instance', [CompletionResultType]::ParameterName, 'Pardot: Salesforce''s My Domain, to sign in there: acme, or acme.my.salesforce.com; Pipedrive: The company''s address at Pipedrive: acme, or acme.pipedrive.com as the browser shows it; Salesforce: Your org''s My Domain: acme, or acme.my.salesforce.com')
            [CompletionResult]::new('--munchkin-id', '--munchkin-id', [CompletionResultType]::ParameterName, 'Marketo: The instance: its Munchkin id (123-ABC-456), or the REST endpoint from Admin > Integration > Web Services')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'Marketo: The lead partition new leads go into, where the instance has several')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Marketo: Whether new leads are made, or wait until the CRM''s own sync has brought them')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Pardot: A sandbox: test.salesforce.com and pi.demo.pardot.com (a developer org too, with its --instance); Salesforce: Sign in at test.salesforce.com')
            [CompletionResult]::new('--strategy', '--strategy', [CompletionResultType]::ParameterName, 'Salesforce: What to look for and to make: Leads beside Contacts, Leads only, or Contacts in Accounts')
            [CompletionResult]::new('--use-contacts', '--use-contacts', [CompletionResultType]::ParameterName, 'Zoho CRM: Look for a Contact before a Lead, and put Contacts without one into their Account')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--oauth', '--oauth', [CompletionResultType]::ParameterName, 'Sign in in the browser, with an app of your own')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Print the address instead of opening it, and take the pasted answer too (for SSH)')
            [CompletionResult]::new('--client-secret-stdin', '--client-secret-stdin', [CompletionResultType]::ParameterName, 'Read the client secret of your app from standard input [env: MOBLY_SYNC_<VENDOR>_CLIENT_SECRET]')
            [CompletionResult]::new('--token-stdin', '--token-stdin', [CompletionResultType]::ParameterName, 'Read a token from standard input [env: MOBLY_SYNC_<VENDOR>_TOKEN]')
            [CompletionResult]::new('--key-stdin', '--key-stdin', [CompletionResultType]::ParameterName, 'With --grant jwt: read the private key from standard input')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Change options without a new sign-in')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;status' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask the vendors, instead of telling what is known')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mode' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--from-now', '--from-now', [CompletionResultType]::ParameterName, 'With automatic: leave what is frozen now where it is; naming its event pushes it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;set-mode' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--from-now', '--from-now', [CompletionResultType]::ParameterName, 'With automatic: leave what is frozen now where it is; naming its event pushes it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;disable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;disconnect' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--forget', '--forget', [CompletionResultType]::ParameterName, 'Disconnect even where the place of the secret cannot be reached: the secret stays there')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the mapping, with what is odd about it')
            [CompletionResult]::new('fields', 'fields', [CompletionResultType]::ParameterValue, 'Show the vendor''s fields and ours')
            [CompletionResult]::new('defaults', 'defaults', [CompletionResultType]::ParameterValue, 'Fill unmapped rows with the usual ones')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Fill a field of the vendor from a field, a constant or a template')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove one row, named by our field or the vendor''s')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Remove every row of an object')
            [CompletionResult]::new('suggest', 'suggest', [CompletionResultType]::ParameterValue, 'Suggest fields of the vendor for unmapped fields, with translations for closed lists')
            [CompletionResult]::new('try', 'try', [CompletionResultType]::ParameterValue, 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the mapping as TOML, fit for version control')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take the mapping from TOML, after showing what differs')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show every change of the mapping')
            [CompletionResult]::new('revert', 'revert', [CompletionResultType]::ParameterValue, 'Put the mapping back as it was before a change')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;mapping;list' {
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'Only this object of the vendor, or role (persona, company)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;fields' {
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'Only this object of the vendor, or role (persona, company)')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only fields whose name or label contains this')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;defaults' {
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'Only this object of the vendor, or role (persona, company)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Reset the rows that differ, after showing them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;set' {
            [CompletionResult]::new('--constant', '--constant', [CompletionResultType]::ParameterName, 'Fill it with the same text for every lead')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Fill it with text in which {field} stands for a lead''s value')
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'The object of the vendor, or the role (persona, company)')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'What happens to a field of a record that is already there: overwrite, if-blank, create-only, append')
            [CompletionResult]::new('--value', '--value', [CompletionResultType]::ParameterName, 'Translate a value on its way out (can be repeated); without THEIRS the translation is removed')
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'Send this where the lead has nothing; empty: nothing')
            [CompletionResult]::new('--truncate', '--truncate', [CompletionResultType]::ParameterName, 'Shorten what is too long for the field; --truncate=false ends it')
            [CompletionResult]::new('--on-invalid', '--on-invalid', [CompletionResultType]::ParameterName, 'Fail the lead, or send it without this field, where the vendor''s rules refuse the value')
            [CompletionResult]::new('--fallback-owner', '--fallback-owner', [CompletionResultType]::ParameterName, 'Take this user where the named one is none of the account''s; empty: nobody')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--also', '--also', [CompletionResultType]::ParameterName, 'Add a second target instead of moving the field')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;mapping;unset' {
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'Only this object of the vendor, or role (persona, company)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;clear' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;suggest' {
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'Only this object of the vendor, or role (persona, company)')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Map these fields of ours as suggested')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Map everything as suggested')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;try' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;export' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;import' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what differs and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;history' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show so many')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;revert' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;mapping;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the mapping, with what is odd about it')
            [CompletionResult]::new('fields', 'fields', [CompletionResultType]::ParameterValue, 'Show the vendor''s fields and ours')
            [CompletionResult]::new('defaults', 'defaults', [CompletionResultType]::ParameterValue, 'Fill unmapped rows with the usual ones')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Fill a field of the vendor from a field, a constant or a template')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove one row, named by our field or the vendor''s')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Remove every row of an object')
            [CompletionResult]::new('suggest', 'suggest', [CompletionResultType]::ParameterValue, 'Suggest fields of the vendor for unmapped fields, with translations for closed lists')
            [CompletionResult]::new('try', 'try', [CompletionResultType]::ParameterValue, 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the mapping as TOML, fit for version control')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take the mapping from TOML, after showing what differs')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show every change of the mapping')
            [CompletionResult]::new('revert', 'revert', [CompletionResultType]::ParameterValue, 'Put the mapping back as it was before a change')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;mapping;help;list' {
            break
        }
        'mobly-sync;mapping;help;fields' {
            break
        }
        'mobly-sync;mapping;help;defaults' {
            break
        }
        'mobly-sync;mapping;help;set' {
            break
        }
        'mobly-sync;mapping;help;unset' {
            break
        }
        'mobly-sync;mapping;help;clear' {
            break
        }
        'mobly-sync;mapping;help;suggest' {
            break
        }
        'mobly-sync;mapping;help;try' {
            break
        }
        'mobly-sync;mapping;help;export' {
            break
        }
        'mobly-sync;mapping;help;import' {
            break
        }
        'mobly-sync;mapping;help;history' {
            break
        }
        'mobly-sync;mapping;help;revert' {
            break
        }
        'mobly-sync;mapping;help;help' {
            break
        }
        'mobly-sync;qualifier' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List qualifiers, their answers and targets')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a qualifier with its answers')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change a qualifier')
            [CompletionResult]::new('archive', 'archive', [CompletionResultType]::ParameterValue, 'Hide a qualifier, or some of its answers; nothing is deleted')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Show an archived qualifier, or some of its answers, again')
            [CompletionResult]::new('map', 'map', [CompletionResultType]::ParameterValue, 'Map answers to the options of a field of the vendor')
            [CompletionResult]::new('unmap', 'unmap', [CompletionResultType]::ParameterValue, 'Remove the mapping of a qualifier, or of some answers')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make qualifiers from the vendor''s fields with options, mapped')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;qualifier;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--archived', '--archived', [CompletionResultType]::ParameterName, 'Archived ones too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;add' {
            [CompletionResult]::new('--value', '--value', [CompletionResultType]::ParameterName, 'A possible answer (can be repeated)')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Ask it only at this event (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--multiple', '--multiple', [CompletionResultType]::ParameterName, 'Allow several answers')
            [CompletionResult]::new('--required', '--required', [CompletionResultType]::ParameterName, 'Demand an answer')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;edit' {
            [CompletionResult]::new('--rename', '--rename', [CompletionResultType]::ParameterName, 'Call it this')
            [CompletionResult]::new('--value', '--value', [CompletionResultType]::ParameterName, 'Add an answer (can be repeated)')
            [CompletionResult]::new('--multiple', '--multiple', [CompletionResultType]::ParameterName, 'Allow several answers, or one')
            [CompletionResult]::new('--required', '--required', [CompletionResultType]::ParameterName, 'Demand an answer, or not')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Ask it only at this event (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--everywhere', '--everywhere', [CompletionResultType]::ParameterName, 'Ask it at all events')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;archive' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;restore' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;map' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The field of the vendor, once for the qualifier')
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'The object of the vendor, or the role (persona, company)')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'What happens to a field of a record that is already there: overwrite, if-blank, create-only, append')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--matching', '--matching', [CompletionResultType]::ParameterName, 'Map answers to options of the same name')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;unmap' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;import' {
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'The object of the vendor, or the role (persona, company)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;qualifier;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List qualifiers, their answers and targets')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a qualifier with its answers')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change a qualifier')
            [CompletionResult]::new('archive', 'archive', [CompletionResultType]::ParameterValue, 'Hide a qualifier, or some of its answers; nothing is deleted')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Show an archived qualifier, or some of its answers, again')
            [CompletionResult]::new('map', 'map', [CompletionResultType]::ParameterValue, 'Map answers to the options of a field of the vendor')
            [CompletionResult]::new('unmap', 'unmap', [CompletionResultType]::ParameterValue, 'Remove the mapping of a qualifier, or of some answers')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make qualifiers from the vendor''s fields with options, mapped')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;qualifier;help;list' {
            break
        }
        'mobly-sync;qualifier;help;add' {
            break
        }
        'mobly-sync;qualifier;help;edit' {
            break
        }
        'mobly-sync;qualifier;help;archive' {
            break
        }
        'mobly-sync;qualifier;help;restore' {
            break
        }
        'mobly-sync;qualifier;help;map' {
            break
        }
        'mobly-sync;qualifier;help;unmap' {
            break
        }
        'mobly-sync;qualifier;help;import' {
            break
        }
        'mobly-sync;qualifier;help;help' {
            break
        }
        'mobly-sync;campaign' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the campaigns events feed')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Have the leads of an event join a campaign')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change the terms on which leads of an event join a campaign')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Have the leads of an event join a campaign no longer; who is a member stays one')
            [CompletionResult]::new('statuses', 'statuses', [CompletionResultType]::ParameterValue, 'Show the statuses members of a campaign can have')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;campaign;list' {
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Write the list as CSV to this file; - for standard output')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;campaign;connect' {
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The campaign''s id at the vendor')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'What stands for a campaign at a vendor without campaigns: label:NAME, or field:FIELD=VALUE (VALUE: the event''s name)')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'The status members get; default: the one new members have at the vendor')
            [CompletionResult]::new('--status-by', '--status-by', [CompletionResultType]::ParameterName, 'The status members get who gave this answer, once an answer; without STATUS they get that of --status')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'How often a lead must have been scanned to join; 0: everybody')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;campaign;edit' {
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The campaign, where the event feeds several')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'The status members get; default: the one new members have at the vendor')
            [CompletionResult]::new('--status-by', '--status-by', [CompletionResultType]::ParameterName, 'The status members get who gave this answer, once an answer; without STATUS they get that of --status')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'How often a lead must have been scanned to join; 0: everybody')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;campaign;remove' {
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The campaign, where the event feeds several')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The same at a vendor without campaigns: label:NAME, or field:FIELD=VALUE')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;campaign;statuses' {
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'One campaign, by its id at the vendor')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;campaign;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the campaigns events feed')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Have the leads of an event join a campaign')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change the terms on which leads of an event join a campaign')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Have the leads of an event join a campaign no longer; who is a member stays one')
            [CompletionResult]::new('statuses', 'statuses', [CompletionResultType]::ParameterValue, 'Show the statuses members of a campaign can have')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;campaign;help;list' {
            break
        }
        'mobly-sync;campaign;help;connect' {
            break
        }
        'mobly-sync;campaign;help;edit' {
            break
        }
        'mobly-sync;campaign;help;remove' {
            break
        }
        'mobly-sync;campaign;help;statuses' {
            break
        }
        'mobly-sync;campaign;help;help' {
            break
        }
        'mobly-sync;enrichment' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List rules and providers in the order they are asked, what they cost today and what went wrong')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a provider of data: a preset, or any service described by options')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change a provider: its key, its costs, its place, where fields stand')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a provider with its key; what it filled stays')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Switch rules or a provider on, for all events or for one')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Switch rules or a provider off, for all events or for one')
            [CompletionResult]::new('order', 'order', [CompletionResultType]::ParameterValue, 'Set the order providers are asked in; those not named stay behind')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Ask a provider about one person and show what it would fill; it may cost a credit')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;enrichment;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;add' {
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'The preset, where the name is another')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'GET or POST (default: GET, or POST with --body)')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'The body of the question, JSON with fields in it: {"email": "{email}"}')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'Where the person stands in the answer, such as data.person')
            [CompletionResult]::new('--needs', '--needs', [CompletionResultType]::ParameterName, 'The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header; {secret} stands for the key (can be repeated)')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Ask no more often, such as 100/min or 15/s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait so many seconds for an answer (default: 30)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the description from a TOML file, of the form of the presets')
            [CompletionResult]::new('--budget', '--budget', [CompletionResultType]::ParameterName, 'Ask no more paid questions a day (UTC); 0 takes the bound away')
            [CompletionResult]::new('--budget-per-run', '--budget-per-run', [CompletionResultType]::ParameterName, 'Ask no more paid questions a run; 0 takes the bound away')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'Send to this address instead: a proxy, or a sandbox on this machine')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Ask it after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--key-stdin', '--key-stdin', [CompletionResultType]::ParameterName, 'Read the key from standard input')
            [CompletionResult]::new('--first', '--first', [CompletionResultType]::ParameterName, 'Ask it before all others')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;edit' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The address it is asked at, with fields of a lead in it: https://api.example.com/people?email={email}')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'GET or POST (default: GET, or POST with --body)')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'The body of the question, JSON with fields in it: {"email": "{email}"}')
            [CompletionResult]::new('--root', '--root', [CompletionResultType]::ParameterName, 'Where the person stands in the answer, such as data.person')
            [CompletionResult]::new('--needs', '--needs', [CompletionResultType]::ParameterName, 'The fields that must be known to ask, such as firstName,lastName,companyDomain (can be repeated: one set each)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header; {secret} stands for the key (can be repeated)')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Where a field of ours stands in the answer: jobTitle=employment.title, several with | (can be repeated)')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Ask no more often, such as 100/min or 15/s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait so many seconds for an answer (default: 30)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the description from a TOML file, of the form of the presets')
            [CompletionResult]::new('--budget', '--budget', [CompletionResultType]::ParameterName, 'Ask no more paid questions a day (UTC); 0 takes the bound away')
            [CompletionResult]::new('--budget-per-run', '--budget-per-run', [CompletionResultType]::ParameterName, 'Ask no more paid questions a run; 0 takes the bound away')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Ask it only for these fields, or for `every` field it knows (default: `needed`, those that connections map or demand)')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'Send to this address instead: a proxy, or a sandbox on this machine')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Ask it after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--key-stdin', '--key-stdin', [CompletionResultType]::ParameterName, 'Read a new key from standard input')
            [CompletionResult]::new('--first', '--first', [CompletionResultType]::ParameterName, 'Ask it before all others')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;enable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;disable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;order' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;test' {
            [CompletionResult]::new('--known', '--known', [CompletionResultType]::ParameterName, 'What else is known, such as lastName=Lee (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;enrichment;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List rules and providers in the order they are asked, what they cost today and what went wrong')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a provider of data: a preset, or any service described by options')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change a provider: its key, its costs, its place, where fields stand')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a provider with its key; what it filled stays')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Switch rules or a provider on, for all events or for one')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Switch rules or a provider off, for all events or for one')
            [CompletionResult]::new('order', 'order', [CompletionResultType]::ParameterValue, 'Set the order providers are asked in; those not named stay behind')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Ask a provider about one person and show what it would fill; it may cost a credit')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;enrichment;help;list' {
            break
        }
        'mobly-sync;enrichment;help;add' {
            break
        }
        'mobly-sync;enrichment;help;edit' {
            break
        }
        'mobly-sync;enrichment;help;remove' {
            break
        }
        'mobly-sync;enrichment;help;enable' {
            break
        }
        'mobly-sync;enrichment;help;disable' {
            break
        }
        'mobly-sync;enrichment;help;order' {
            break
        }
        'mobly-sync;enrichment;help;test' {
            break
        }
        'mobly-sync;enrichment;help;help' {
            break
        }
        'mobly-sync;requirement' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the demanded fields, with how many leads wait for each')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Demand fields no longer; leads that lack nothing else are due')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;requirement;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;requirement;add' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;requirement;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;requirement;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the demanded fields, with how many leads wait for each')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Demand fields no longer; leads that lack nothing else are due')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;requirement;help;list' {
            break
        }
        'mobly-sync;requirement;help;add' {
            break
        }
        'mobly-sync;requirement;help;remove' {
            break
        }
        'mobly-sync;requirement;help;help' {
            break
        }
        'mobly-sync;explain' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--names', '--names', [CompletionResultType]::ParameterName, 'Look everybody up, however many requests it takes, to tell who goes by another name there')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;event' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List events')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an event; one of that name that is there already stays as it is')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an event and how its leads stand')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an event')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an event; its leads stay')
            [CompletionResult]::new('hold', 'hold', [CompletionResultType]::ParameterValue, 'Keep an event''s leads back, whatever the mode')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let a held event''s leads go again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;event;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;add' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'First day')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Last day')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Time zone, such as America/Los_Angeles')
            [CompletionResult]::new('--city', '--city', [CompletionResultType]::ParameterName, 'City')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--hold', '--hold', [CompletionResultType]::ParameterName, 'Keep its leads back, whatever the mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;edit' {
            [CompletionResult]::new('--rename', '--rename', [CompletionResultType]::ParameterName, 'Call it this')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'First day')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Last day')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Time zone, such as America/Los_Angeles')
            [CompletionResult]::new('--city', '--city', [CompletionResultType]::ParameterName, 'City')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Take this away (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Even if it has leads: they stay, and no longer know that they were there')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;hold' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;release' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;event;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List events')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an event; one of that name that is there already stays as it is')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an event and how its leads stand')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an event')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an event; its leads stay')
            [CompletionResult]::new('hold', 'hold', [CompletionResultType]::ParameterValue, 'Keep an event''s leads back, whatever the mode')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let a held event''s leads go again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;event;help;list' {
            break
        }
        'mobly-sync;event;help;add' {
            break
        }
        'mobly-sync;event;help;show' {
            break
        }
        'mobly-sync;event;help;edit' {
            break
        }
        'mobly-sync;event;help;remove' {
            break
        }
        'mobly-sync;event;help;hold' {
            break
        }
        'mobly-sync;event;help;release' {
            break
        }
        'mobly-sync;event;help;help' {
            break
        }
        'mobly-sync;lead' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import leads from a file; importing it twice changes nothing')
            [CompletionResult]::new('pull', 'pull', [CompletionResultType]::ParameterValue, 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a lead, or what is new about one that is known')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List leads')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything about a lead')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed')
            [CompletionResult]::new('enrich', 'enrich', [CompletionResultType]::ParameterValue, 'Fill what leads lack: by the built-in rules, then by each provider that is switched on')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it')
            [CompletionResult]::new('move', 'move', [CompletionResultType]::ParameterValue, 'Move leads to another event; a cleared lead is due again, for the membership')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Make one person out of several leads; nothing is deleted or merged at a vendor')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove leads here; their records at the vendor stay')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write leads as CSV, ready to correct and import again')
            [CompletionResult]::new('hold', 'hold', [CompletionResultType]::ParameterValue, 'Keep leads back until they are released')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let held leads go again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;lead;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format (default: by content)')
            [CompletionResult]::new('--sheet', '--sheet', [CompletionResultType]::ParameterName, 'The sheet of a workbook, where several hold something')
            [CompletionResult]::new('--column', '--column', [CompletionResultType]::ParameterName, 'What a column means, where its header does not tell; - leaves it out (can be repeated). Remembered for files with the same columns')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write rejected rows with their reasons there, ready to correct and import')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--create-event', '--create-event', [CompletionResultType]::ParameterName, 'Add events that are not known yet')
            [CompletionResult]::new('--allow-similar', '--allow-similar', [CompletionResultType]::ParameterName, 'Add an event although its name is nearly that of another')
            [CompletionResult]::new('--event-override', '--event-override', [CompletionResultType]::ParameterName, 'Put every row into --event, whatever the file says')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Tell what would happen and change nothing')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Stay, and import whatever appears in the folder, once each')
            [CompletionResult]::new('--no-sync', '--no-sync', [CompletionResultType]::ParameterName, 'Push nothing afterwards, even in automatic mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;pull' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only leads captured since then: a day, a moment, or how long ago. Everything is read all the same')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--no-sync', '--no-sync', [CompletionResultType]::ParameterName, 'Push nothing afterwards, even in automatic mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;lead;add' {
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A field and its value (can be repeated)')
            [CompletionResult]::new('--qualifier', '--qualifier', [CompletionResultType]::ParameterName, 'A qualifier and the answer (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--no-sync', '--no-sync', [CompletionResultType]::ParameterName, 'Push nothing afterwards, even in automatic mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;lead;list' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'List so many (default: 100 on a terminal, elsewhere all)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;lead;edit' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'A field and its value (can be repeated)')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Take a field''s value away (can be repeated)')
            [CompletionResult]::new('--unset', '--unset', [CompletionResultType]::ParameterName, 'Take a field''s value away (can be repeated)')
            [CompletionResult]::new('--qualifier', '--qualifier', [CompletionResultType]::ParameterName, 'A qualifier and the answer, in place of those it has; none takes them away (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Tell what would change and change nothing')
            [CompletionResult]::new('--no-sync', '--no-sync', [CompletionResultType]::ParameterName, 'Push nothing afterwards, even in automatic mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;enrich' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only this step: rules, or the name of a provider (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Ask providers again what they were asked before')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Tell what the rules would change and how many leads providers would be asked about; change nothing, ask nobody')
            [CompletionResult]::new('--no-sync', '--no-sync', [CompletionResultType]::ParameterName, 'Push nothing afterwards, even in automatic mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;note' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What kind of thing happened')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it happened: a day, a moment or how long ago (default: now)')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Forget this activity, by its id (lead show tells it); what was sent stays in the CRM')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--no-sync', '--no-sync', [CompletionResultType]::ParameterName, 'Push nothing afterwards, even in automatic mode')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;lead;move' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The event they leave; without LEAD all of its leads move')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The event they join')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;lead;merge' {
            [CompletionResult]::new('--take', '--take', [CompletionResultType]::ParameterName, 'Take this field from one of the others (can be repeated)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only show what would become of it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;lead;remove' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--erase', '--erase', [CompletionResultType]::ParameterName, 'Erase the person from the file and its log, and suppress the address; the counts stay')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;export' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;hold' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;release' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail holds this')
            [CompletionResult]::new('--issue', '--issue', [CompletionResultType]::ParameterName, 'Only leads with this flaw')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;lead;help' {
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import leads from a file; importing it twice changes nothing')
            [CompletionResult]::new('pull', 'pull', [CompletionResultType]::ParameterValue, 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a lead, or what is new about one that is known')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List leads')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything about a lead')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed')
            [CompletionResult]::new('enrich', 'enrich', [CompletionResultType]::ParameterValue, 'Fill what leads lack: by the built-in rules, then by each provider that is switched on')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it')
            [CompletionResult]::new('move', 'move', [CompletionResultType]::ParameterValue, 'Move leads to another event; a cleared lead is due again, for the membership')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Make one person out of several leads; nothing is deleted or merged at a vendor')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove leads here; their records at the vendor stay')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write leads as CSV, ready to correct and import again')
            [CompletionResult]::new('hold', 'hold', [CompletionResultType]::ParameterValue, 'Keep leads back until they are released')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let held leads go again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;lead;help;import' {
            break
        }
        'mobly-sync;lead;help;pull' {
            break
        }
        'mobly-sync;lead;help;add' {
            break
        }
        'mobly-sync;lead;help;list' {
            break
        }
        'mobly-sync;lead;help;show' {
            break
        }
        'mobly-sync;lead;help;edit' {
            break
        }
        'mobly-sync;lead;help;enrich' {
            break
        }
        'mobly-sync;lead;help;note' {
            break
        }
        'mobly-sync;lead;help;move' {
            break
        }
        'mobly-sync;lead;help;merge' {
            break
        }
        'mobly-sync;lead;help;remove' {
            break
        }
        'mobly-sync;lead;help;export' {
            break
        }
        'mobly-sync;lead;help;hold' {
            break
        }
        'mobly-sync;lead;help;release' {
            break
        }
        'mobly-sync;lead;help;help' {
            break
        }
        'mobly-sync;suppress' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Let addresses and domains never leave; their leads are held at once, in every account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take addresses and domains off the list; leads nothing else covers wait again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;suppress;add' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read them from a file, one a line (- for standard input)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the list; it is not hashed')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;suppress;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;suppress;remove' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Read them from a file, one a line (- for standard input)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;suppress;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Let addresses and domains never leave; their leads are held at once, in every account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take addresses and domains off the list; leads nothing else covers wait again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;suppress;help;add' {
            break
        }
        'mobly-sync;suppress;help;list' {
            break
        }
        'mobly-sync;suppress;help;remove' {
            break
        }
        'mobly-sync;suppress;help;help' {
            break
        }
        'mobly-sync;sync-event' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Push at most so many leads')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Keep so many requests under way at once')
            [CompletionResult]::new('--max-overwrites', '--max-overwrites', [CompletionResultType]::ParameterName, 'Push nothing if more than N values of others would be replaced')
            [CompletionResult]::new('--max-creates', '--max-creates', [CompletionResultType]::ParameterName, 'Push nothing if more than N people would be created')
            [CompletionResult]::new('--max-failures', '--max-failures', [CompletionResultType]::ParameterName, 'Stop at so many failed leads, or so many in a hundred')
            [CompletionResult]::new('--max-duration', '--max-duration', [CompletionResultType]::ParameterName, 'Stop after so long, such as 10m')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Push nothing unless exactly so many leads are due')
            [CompletionResult]::new('--share', '--share', [CompletionResultType]::ParameterName, 'Use so many percent of a limit shared with other tools')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be pushed, lead by lead, and push nothing')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Take cleared leads too, and write what differs')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;sync' {
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'With --watch: keep the board in this file as one page that stands alone, written anew as leads move')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Push at most so many leads')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Keep so many requests under way at once')
            [CompletionResult]::new('--max-overwrites', '--max-overwrites', [CompletionResultType]::ParameterName, 'Push nothing if more than N values of others would be replaced')
            [CompletionResult]::new('--max-creates', '--max-creates', [CompletionResultType]::ParameterName, 'Push nothing if more than N people would be created')
            [CompletionResult]::new('--max-failures', '--max-failures', [CompletionResultType]::ParameterName, 'Stop at so many failed leads, or so many in a hundred')
            [CompletionResult]::new('--max-duration', '--max-duration', [CompletionResultType]::ParameterName, 'Stop after so long, such as 10m')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Push nothing unless exactly so many leads are due')
            [CompletionResult]::new('--share', '--share', [CompletionResultType]::ParameterName, 'Use so many percent of a limit shared with other tools')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Stay, and push leads as they arrive, until Ctrl-C')
            [CompletionResult]::new('--no-pii', '--no-pii', [CompletionResultType]::ParameterName, 'With --html: no names, addresses, values or messages')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be pushed, lead by lead, and push nothing')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Take cleared leads too, and write what differs')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;reconcile' {
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'Group by event, or list leads')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'How failed leads are grouped below their categories')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only leads in this state')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Only leads that failed with this category')
            [CompletionResult]::new('--cause', '--cause', [CompletionResultType]::ParameterName, 'Only leads of one cause: its id on the last board (1a), or its key; several keys are told apart by commas')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only leads whose name or e-mail contains this')
            [CompletionResult]::new('--lead', '--lead', [CompletionResultType]::ParameterName, 'Only this lead, by id, prefix of four or more, or e-mail')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only leads this holds for, like "jobTitle ~ engineer and phone is empty" (--help tells more)')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only leads last attempted since then: a day, a moment, or how long ago')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many leads')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Repair what is selected, in a dialogue: NUMBER is a category (1) or a cause (1a) of the last board')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why it is ignored')
            [CompletionResult]::new('--export', '--export', [CompletionResultType]::ParameterName, 'Write what is selected, failed leads without a selection, as CSV with the reasons; lead import takes it back corrected (- for standard output)')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write the board as one page that stands alone: donut, groups, and what is selected (all leads without a selection)')
            [CompletionResult]::new('--adopt', '--adopt', [CompletionResultType]::ParameterName, 'With --lead: use this record of the vendor for it')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--retry', '--retry', [CompletionResultType]::ParameterName, 'Push again what is selected (without a selection: every failed lead; with --event: its waiting leads too)')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'With --retry: take cleared leads too, and write what differs')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With --retry, --adopt or --create: show what would be pushed, lead by lead, and push nothing')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Take what is selected out of Failed; the history stays')
            [CompletionResult]::new('--unignore', '--unignore', [CompletionResultType]::ParameterName, 'Put what is selected back')
            [CompletionResult]::new('--with-logs', '--with-logs', [CompletionResultType]::ParameterName, 'With --html: every attempt of every lead, as `log --all` has them')
            [CompletionResult]::new('--no-pii', '--no-pii', [CompletionResultType]::ParameterName, 'With --html: no names, addresses, values or messages')
            [CompletionResult]::new('--create', '--create', [CompletionResultType]::ParameterName, 'With --lead: create a new record for it, whatever was found')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;log' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every attempt, not only the current issue')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;open' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;verify' {
            [CompletionResult]::new('--lead', '--lead', [CompletionResultType]::ParameterName, 'Only this lead, by id, prefix of four or more, or e-mail')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many leads')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;report' {
            [CompletionResult]::new('--md', '--md', [CompletionResultType]::ParameterName, 'Write it as Markdown')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write it as one page that stands alone and prints well')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Write one line per lead')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--no-pii', '--no-pii', [CompletionResultType]::ParameterName, 'No names, addresses, values, messages or file names: leads are named by their ids')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;history' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'List so many')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only since then: a day, a moment, or how long ago')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List runs, newest first (the default)')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a run did, field by field')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;history;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'List so many')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only since then: a day, a moment, or how long ago')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;history;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;history;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List runs, newest first (the default)')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a run did, field by field')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;history;help;list' {
            break
        }
        'mobly-sync;history;help;show' {
            break
        }
        'mobly-sync;history;help;help' {
            break
        }
        'mobly-sync;undo' {
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Only this field, by the vendor''s name (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only records the run made, or only those it changed')
            [CompletionResult]::new('--lead', '--lead', [CompletionResultType]::ParameterName, 'Only this lead (repeatable)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;demo' {
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Leave the database and the event''s file there, to go on with')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;sandbox' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Listen on this port of the loopback address (default: any free one)')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Limit requests: vendor (its lowest plan), off, or so many in ten seconds')
            [CompletionResult]::new('--daily-limit', '--daily-limit', [CompletionResultType]::ParameterName, 'Allow so many requests a day (default: the vendor''s lowest plan)')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Wait so long before every answer, such as 20ms')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Let something go wrong, such as 500=0.1 or drop-after=#2@/batch/create; may be repeated')
            [CompletionResult]::new('--slow-for', '--slow-for', [CompletionResultType]::ParameterName, 'A slow answer takes so long (default: 2m)')
            [CompletionResult]::new('--search-lag', '--search-lag', [CompletionResultType]::ParameterName, 'Searches see what was written only after so long (default: 8s)')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The same seed gives the same faults')
            [CompletionResult]::new('--portal-id', '--portal-id', [CompletionResultType]::ParameterName, 'The account''s number: another one is another account')
            [CompletionResult]::new('--leads', '--leads', [CompletionResultType]::ParameterName, 'Fill it with so many captured leads, where leads come from; the same seed makes the same leads')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Spread the leads over so many events (default: 3)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;doctor' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;db' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look through the whole file, and put the board''s counters right')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Give a copied file an identity of its own')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;db;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;db;adopt' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'mobly-sync;db;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look through the whole file, and put the board''s counters right')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Give a copied file an identity of its own')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;db;help;check' {
            break
        }
        'mobly-sync;db;help;adopt' {
            break
        }
        'mobly-sync;db;help;help' {
            break
        }
        'mobly-sync;completions' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;man' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;util' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Write completions, manual pages and the generated tables of the README')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;util;generate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this database file instead of the one in the platform''s data directory [env: MOBLY_SYNC_DB]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('--integration', '--integration', [CompletionResultType]::ParameterName, 'Mean this integration (default: the CRM), or all of them')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Mean this event, by name or id [env: MOBLY_SYNC_EVENT: where a command needs one, and to show only its leads]')
            [CompletionResult]::new('--progress', '--progress', [CompletionResultType]::ParameterName, 'Tell progress on standard error in this form: auto, json, none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always, never')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Write one JSON document to standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say only what was asked for, and what went wrong')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is done')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer yes to every confirmation')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'mobly-sync;util;help' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Write completions, manual pages and the generated tables of the README')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;util;help;generate' {
            break
        }
        'mobly-sync;util;help;help' {
            break
        }
        'mobly-sync;help' {
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Connect a vendor, or sign in again without losing anything')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show every integration, and what needs you')
            [CompletionResult]::new('mode', 'mode', [CompletionResultType]::ParameterValue, 'Show or set when leads are pushed: automatic or manual')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Resume a disabled integration, and push what is due')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Pause an integration; its connection and mapping stay')
            [CompletionResult]::new('disconnect', 'disconnect', [CompletionResultType]::ParameterValue, 'Remove a connection; mapping, qualifiers and history stay')
            [CompletionResult]::new('mapping', 'mapping', [CompletionResultType]::ParameterValue, 'Manage which field of a lead fills which field of the vendor')
            [CompletionResult]::new('qualifier', 'qualifier', [CompletionResultType]::ParameterValue, 'Manage qualifiers and the mapping of their answers')
            [CompletionResult]::new('campaign', 'campaign', [CompletionResultType]::ParameterValue, 'Manage the campaigns that leads of an event join')
            [CompletionResult]::new('enrichment', 'enrichment', [CompletionResultType]::ParameterValue, 'Manage who fills what leads lack: built-in rules and providers of data')
            [CompletionResult]::new('requirement', 'requirement', [CompletionResultType]::ParameterValue, 'Demand fields a lead must have before it may sync')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain an error category: cause, fix, signs at each vendor')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell what would fail, without pushing')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Manage events')
            [CompletionResult]::new('lead', 'lead', [CompletionResultType]::ParameterValue, 'Manage leads')
            [CompletionResult]::new('suppress', 'suppress', [CompletionResultType]::ParameterValue, 'Manage addresses and domains that never leave')
            [CompletionResult]::new('sync-event', 'sync-event', [CompletionResultType]::ParameterValue, 'Push every waiting lead of one event now, whatever the mode')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Push all that is due')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Show what failed and why, and push it again')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Show what was sent for a lead, and the vendor''s answer')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Show a lead''s record at the vendor: its address, or the browser')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Read cleared leads back, and tell what is not as it was written')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Prove where everybody of an event is: rows in = records in the CRM + named exceptions')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show every run and change of set-up')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Put back what a run changed')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the whole journey on the embedded sandbox, no account needed')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run a vendor''s sandbox on this machine, for rehearsal and CI')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Examine this machine and its sign-ins, and say what repairs them')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Look after the database file')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, in the form `man` reads')
            [CompletionResult]::new('util', 'util', [CompletionResultType]::ParameterValue, 'Work on the program itself')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'mobly-sync;help;connect' {
            break
        }
        'mobly-sync;help;status' {
            break
        }
        'mobly-sync;help;mode' {
            break
        }
        'mobly-sync;help;enable' {
            break
        }
        'mobly-sync;help;disable' {
            break
        }
        'mobly-sync;help;disconnect' {
            break
        }
        'mobly-sync;help;mapping' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the mapping, with what is odd about it')
            [CompletionResult]::new('fields', 'fields', [CompletionResultType]::ParameterValue, 'Show the vendor''s fields and ours')
            [CompletionResult]::new('defaults', 'defaults', [CompletionResultType]::ParameterValue, 'Fill unmapped rows with the usual ones')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Fill a field of the vendor from a field, a constant or a template')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove one row, named by our field or the vendor''s')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Remove every row of an object')
            [CompletionResult]::new('suggest', 'suggest', [CompletionResultType]::ParameterValue, 'Suggest fields of the vendor for unmapped fields, with translations for closed lists')
            [CompletionResult]::new('try', 'try', [CompletionResultType]::ParameterValue, 'Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the mapping as TOML, fit for version control')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take the mapping from TOML, after showing what differs')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show every change of the mapping')
            [CompletionResult]::new('revert', 'revert', [CompletionResultType]::ParameterValue, 'Put the mapping back as it was before a change')
            break
        }
        'mobly-sync;help;mapping;list' {
            break
        }
        'mobly-sync;help;mapping;fields' {
            break
        }
        'mobly-sync;help;mapping;defaults' {
            break
        }
        'mobly-sync;help;mapping;set' {
            break
        }
        'mobly-sync;help;mapping;unset' {
            break
        }
        'mobly-sync;help;mapping;clear' {
            break
        }
        'mobly-sync;help;mapping;suggest' {
            break
        }
        'mobly-sync;help;mapping;try' {
            break
        }
        'mobly-sync;help;mapping;export' {
            break
        }
        'mobly-sync;help;mapping;import' {
            break
        }
        'mobly-sync;help;mapping;history' {
            break
        }
        'mobly-sync;help;mapping;revert' {
            break
        }
        'mobly-sync;help;qualifier' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List qualifiers, their answers and targets')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a qualifier with its answers')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change a qualifier')
            [CompletionResult]::new('archive', 'archive', [CompletionResultType]::ParameterValue, 'Hide a qualifier, or some of its answers; nothing is deleted')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Show an archived qualifier, or some of its answers, again')
            [CompletionResult]::new('map', 'map', [CompletionResultType]::ParameterValue, 'Map answers to the options of a field of the vendor')
            [CompletionResult]::new('unmap', 'unmap', [CompletionResultType]::ParameterValue, 'Remove the mapping of a qualifier, or of some answers')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make qualifiers from the vendor''s fields with options, mapped')
            break
        }
        'mobly-sync;help;qualifier;list' {
            break
        }
        'mobly-sync;help;qualifier;add' {
            break
        }
        'mobly-sync;help;qualifier;edit' {
            break
        }
        'mobly-sync;help;qualifier;archive' {
            break
        }
        'mobly-sync;help;qualifier;restore' {
            break
        }
        'mobly-sync;help;qualifier;map' {
            break
        }
        'mobly-sync;help;qualifier;unmap' {
            break
        }
        'mobly-sync;help;qualifier;import' {
            break
        }
        'mobly-sync;help;campaign' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the campaigns events feed')
            [CompletionResult]::new('connect', 'connect', [CompletionResultType]::ParameterValue, 'Have the leads of an event join a campaign')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change the terms on which leads of an event join a campaign')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Have the leads of an event join a campaign no longer; who is a member stays one')
            [CompletionResult]::new('statuses', 'statuses', [CompletionResultType]::ParameterValue, 'Show the statuses members of a campaign can have')
            break
        }
        'mobly-sync;help;campaign;list' {
            break
        }
        'mobly-sync;help;campaign;connect' {
            break
        }
        'mobly-sync;help;campaign;edit' {
            break
        }
        'mobly-sync;help;campaign;remove' {
            break
        }
        'mobly-sync;help;campaign;statuses' {
            break
        }
        'mobly-sync;help;enrichment' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List rules and providers in the order they are asked, what they cost today and what went wrong')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a provider of data: a preset, or any service described by options')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change a provider: its key, its costs, its place, where fields stand')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a provider with its key; what it filled stays')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Switch rules or a provider on, for all events or for one')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Switch rules or a provider off, for all events or for one')
            [CompletionResult]::new('order', 'order', [CompletionResultType]::ParameterValue, 'Set the order providers are asked in; those not named stay behind')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Ask a provider about one person and show what it would fill; it may cost a credit')
            break
        }
        'mobly-sync;help;enrichment;list' {
            break
        }
        'mobly-sync;help;enrichment;add' {
            break
        }
        'mobly-sync;help;enrichment;edit' {
            break
        }
        'mobly-sync;help;enrichment;remove' {
            break
        }
        'mobly-sync;help;enrichment;enable' {
            break
        }
        'mobly-sync;help;enrichment;disable' {
            break
        }
        'mobly-sync;help;enrichment;order' {
            break
        }
        'mobly-sync;help;enrichment;test' {
            break
        }
        'mobly-sync;help;requirement' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the demanded fields, with how many leads wait for each')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Demand fields; leads that lack one wait as NEEDS_DATA until they have it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Demand fields no longer; leads that lack nothing else are due')
            break
        }
        'mobly-sync;help;requirement;list' {
            break
        }
        'mobly-sync;help;requirement;add' {
            break
        }
        'mobly-sync;help;requirement;remove' {
            break
        }
        'mobly-sync;help;explain' {
            break
        }
        'mobly-sync;help;check' {
            break
        }
        'mobly-sync;help;event' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List events')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add an event; one of that name that is there already stays as it is')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an event and how its leads stand')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an event')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove an event; its leads stay')
            [CompletionResult]::new('hold', 'hold', [CompletionResultType]::ParameterValue, 'Keep an event''s leads back, whatever the mode')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let a held event''s leads go again')
            break
        }
        'mobly-sync;help;event;list' {
            break
        }
        'mobly-sync;help;event;add' {
            break
        }
        'mobly-sync;help;event;show' {
            break
        }
        'mobly-sync;help;event;edit' {
            break
        }
        'mobly-sync;help;event;remove' {
            break
        }
        'mobly-sync;help;event;hold' {
            break
        }
        'mobly-sync;help;event;release' {
            break
        }
        'mobly-sync;help;lead' {
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import leads from a file; importing it twice changes nothing')
            [CompletionResult]::new('pull', 'pull', [CompletionResultType]::ParameterValue, 'Pull events, qualifiers, leads and activities from the source; pulling twice changes nothing')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a lead, or what is new about one that is known')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List leads')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything about a lead')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Correct a lead, or all that are chosen; in automatic mode they are pushed at once, even if they had failed')
            [CompletionResult]::new('enrich', 'enrich', [CompletionResultType]::ParameterValue, 'Fill what leads lack: by the built-in rules, then by each provider that is switched on')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Take down a note, a call or another activity of a lead; sent where connect --activities asked for it')
            [CompletionResult]::new('move', 'move', [CompletionResultType]::ParameterValue, 'Move leads to another event; a cleared lead is due again, for the membership')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Make one person out of several leads; nothing is deleted or merged at a vendor')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove leads here; their records at the vendor stay')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write leads as CSV, ready to correct and import again')
            [CompletionResult]::new('hold', 'hold', [CompletionResultType]::ParameterValue, 'Keep leads back until they are released')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let held leads go again')
            break
        }
        'mobly-sync;help;lead;import' {
            break
        }
        'mobly-sync;help;lead;pull' {
            break
        }
        'mobly-sync;help;lead;add' {
            break
        }
        'mobly-sync;help;lead;list' {
            break
        }
        'mobly-sync;help;lead;show' {
            break
        }
        'mobly-sync;help;lead;edit' {
            break
        }
        'mobly-sync;help;lead;enrich' {
            break
        }
        'mobly-sync;help;lead;note' {
            break
        }
        'mobly-sync;help;lead;move' {
            break
        }
        'mobly-sync;help;lead;merge' {
            break
        }
        'mobly-sync;help;lead;remove' {
            break
        }
        'mobly-sync;help;lead;export' {
            break
        }
        'mobly-sync;help;lead;hold' {
            break
        }
        'mobly-sync;help;lead;release' {
            break
        }
        'mobly-sync;help;suppress' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Let addresses and domains never leave; their leads are held at once, in every account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the list in numbers (it holds hashes, no addresses), or whether one is on it')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take addresses and domains off the list; leads nothing else covers wait again')
            break
        }
        'mobly-sync;help;suppress;add' {
            break
        }
        'mobly-sync;help;suppress;list' {
            break
        }
        'mobly-sync;help;suppress;remove' {
            break
        }
        'mobly-sync;help;sync-event' {
            break
        }
        'mobly-sync;help;sync' {
            break
        }
        'mobly-sync;help;reconcile' {
            break
        }
        'mobly-sync;help;log' {
            break
        }
        'mobly-sync;help;open' {
            break
        }
        'mobly-sync;help;verify' {
            break
        }
        'mobly-sync;help;report' {
            break
        }
        'mobly-sync;help;history' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List runs, newest first (the default)')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a run did, field by field')
            break
        }
        'mobly-sync;help;history;list' {
            break
        }
        'mobly-sync;help;history;show' {
            break
        }
        'mobly-sync;help;undo' {
            break
        }
        'mobly-sync;help;demo' {
            break
        }
        'mobly-sync;help;sandbox' {
            break
        }
        'mobly-sync;help;doctor' {
            break
        }
        'mobly-sync;help;db' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look through the whole file, and put the board''s counters right')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Give a copied file an identity of its own')
            break
        }
        'mobly-sync;help;db;check' {
            break
        }
        'mobly-sync;help;db;adopt' {
            break
        }
        'mobly-sync;help;completions' {
            break
        }
        'mobly-sync;help;man' {
            break
        }
        'mobly-sync;help;util' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Write completions, manual pages and the generated tables of the README')
            break
        }
        'mobly-sync;help;util;generate' {
            break
        }
        'mobly-sync;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
