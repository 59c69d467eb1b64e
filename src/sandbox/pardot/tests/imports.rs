use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, account, ada, refusal, text};
use crate::sandbox::test_client::Answer;

const POLL: &str =
    "fields=id,status,createdCount,updatedCount,errorCount,errorRef,isExpired,batchesRef";

fn form(parts: &[(&str, &str)]) -> String {
    let part = |(name, data): &(&str, &str)| {
        format!("--b0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{data}\r\n")
    };
    parts.iter().map(part).collect::<String>() + "--b0--\r\n"
}

async fn post_form(account: &Account, path: &str, parts: &[(&str, &str)]) -> Answer {
    let request = account
        .signed(Method::POST, path)
        .header("content-type", "multipart/form-data; boundary=b0")
        .body(form(parts));
    account.send(request).await.unwrap()
}

fn input(columns: Value) -> Value {
    let mut input = json!({"object": "Prospect", "operation": "Upsert", "status": "Ready"});
    if !columns.is_null() {
        input["columns"] = columns;
    }
    input
}

async fn import(account: &Account, input: &Value, table: &str) -> Answer {
    post_form(
        account,
        "imports",
        &[("input", &input.to_string()), ("file", table)],
    )
    .await
}

async fn done(account: &Account, input: &Value, table: &str) -> Value {
    let made = import(account, input, table).await;
    assert_eq!(made.status, 201, "{}", made.body);
    account.pass(60);
    let path = format!("imports/{}?{POLL}", made.body["id"]);
    let answer = account.read(&path).await.body;
    assert_eq!(answer["status"], "Complete");
    answer
}

fn counts(answer: &Value) -> Vec<u64> {
    let names = ["createdCount", "updatedCount", "errorCount"];
    names.map(|name| answer[name].as_u64().unwrap()).to_vec()
}

/// The only prospect with that address, behind the API's back.
fn by_email(account: &Account, email: &str) -> Value {
    let path = format!("prospects/by-email/{email}");
    let (_, found) = account.sandbox.sandbox.admin("GET", &path, &Value::Null);
    assert_eq!(found["prospects"].as_array().unwrap().len(), 1, "{email}");
    found["prospects"][0].clone()
}

#[tokio::test]
async fn an_import_takes_its_time() {
    let account = account().await;
    account.seed("prospects", json!([ada()]));
    let lists = account.seed("lists", json!([{"name": "Expo"}, {"name": "VIP"}]));
    let table = format!(
        "matchEmail,email,firstName,jobTitle,addToList\n\
         ada@example.com,ada@example.com,Ada,CTO,{}\n\
         new@example.com,new@example.com,\"New, Person\",,{};{}\n\
         bad,bad,Bad,,\n",
        lists[0], lists[0], lists[1]
    );
    let made = import(&account, &input(Value::Null), &table).await;
    assert_eq!((made.status, &made.body["status"]), (201, &json!("Ready")));
    let path = format!("imports/{}?{POLL}", made.body["id"]);
    for (seconds, status) in [(6, "Waiting"), (24, "Processing"), (29, "Processing")] {
        account.pass(seconds);
        let polled = account.read(&path).await;
        assert_eq!(polled.body["status"], status);
        assert_eq!(polled.body["createdCount"], Value::Null);
    }
    assert_eq!(
        (account.stat("prospects"), account.stat("open_imports")),
        (json!(1), json!(1))
    );
    account.pass(1);
    let polled = account.read(&path).await.body;
    assert_eq!(
        (&polled["status"], counts(&polled)),
        (&json!("Complete"), vec![1, 1, 1])
    );
    let url = text(&polled["errorRef"]);
    let request = account.client.get(&url).bearer_auth("x");
    let errors = account
        .send(request.header(super::UNIT, &account.unit))
        .await
        .unwrap();
    assert!(
        errors.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/csv")
    );
    assert_eq!(
        errors.body,
        "matchEmail,email,firstName,jobTitle,addToList,error\n\
         bad,bad,Bad,,,Invalid prospect email address\n"
    );
    assert_eq!(
        by_email(&account, "new@example.com")["firstName"],
        "New, Person"
    );
    assert_eq!(account.stat("list_memberships"), 3);
    assert_eq!(
        (
            account.stat("imports"),
            account.stat("import_polls"),
            account.stat("import_errors_read")
        ),
        (json!(1), json!(4), json!(1))
    );
    // What an import wrote is seen by queries as late as all else.
    assert!(account.found("&email=new%40example.com").await.is_empty());
    account.pass(60);
    assert_eq!(account.found("&email=new%40example.com").await.len(), 1);
    account.pass(7 * 86_400);
    assert_eq!(account.read(&path).await.body["isExpired"], true);
    let late = format!("imports/{}/errors", made.body["id"]);
    assert_eq!(refusal(&account.read(&late).await), (404, 109));
}

#[tokio::test]
async fn columns_say_what_may_be_overwritten() {
    let account = account().await;
    let mut person = ada();
    (person["company"], person["phone"], person["city"]) =
        (json!("Old"), json!("1"), json!("Rome"));
    account.seed("prospects", json!([person]));
    let columns = json!([
        {"field": "matchEmail"},
        {"field": "company", "overwrite": false},
        {"field": "jobTitle", "overwrite": false},
        {"field": "phone", "nullOverwrite": false},
        {"field": "city", "nullOverwrite": true},
    ]);
    let table = "matchEmail,company,jobTitle,phone,city\nada@example.com,New,CTO,,\n";
    let answer = done(&account, &input(columns), table).await;
    assert_eq!(counts(&answer), [0, 1, 0]);
    let row = by_email(&account, "ada@example.com");
    let values = ["company", "jobTitle", "phone", "city"].map(|name| row[name].clone());
    assert_eq!(
        values,
        [json!("Old"), json!("CTO"), json!("1"), Value::Null]
    );
}

#[tokio::test]
async fn files_are_refused_as_a_whole() {
    let account = account().await;
    let columns = |names: &[&str]| {
        let columns = names.iter().map(|name| json!({"field": name}));
        columns.collect::<Value>()
    };
    let row = "matchEmail,city\na@b.co,x\n";
    for (given, table, code) in [
        (Value::Null, "matchEmail,Nope__c\na@b.co,x\n", 180),
        (Value::Null, "matchEmail,updatedAt\na@b.co,x\n", 180),
        (columns(&["matchEmail"]), row, 226),
        (columns(&["matchEmail", "city", "state"]), row, 226),
        (columns(&["matchEmail", "state"]), row, 226),
        (json!([{"name": "matchEmail"}]), row, 165),
        (json!({"matchEmail": {}}), row, 165),
        (Value::Null, "email,city\na@b.co,x\n", 197),
        (Value::Null, "matchEmail,city\n", 159),
        (Value::Null, "matchEmail,city\na@b.co\n", 159),
        (Value::Null, "", 204),
    ] {
        let refused = import(&account, &input(given), table).await;
        assert_eq!(refusal(&refused), (400, code), "{table}");
    }
    let mut odd = input(Value::Null);
    odd["object"] = json!("Lead");
    assert_eq!(refusal(&import(&account, &odd, row).await), (400, 166));
    odd = input(Value::Null);
    odd["state"] = json!("Ready");
    assert_eq!(refusal(&import(&account, &odd, row).await), (400, 154));
    let text = input(Value::Null).to_string();
    let without = post_form(&account, "imports", &[("input", &text)]).await;
    assert_eq!(refusal(&without), (400, 156));
    account.admin("settings", json!({"largest_file": 20}));
    assert_eq!(
        refusal(&import(&account, &input(Value::Null), row).await),
        (400, 204)
    );
    assert_eq!(
        (account.stat("imports"), account.stat("prospects")),
        (json!(0), json!(0))
    );
}

#[tokio::test]
async fn rows_fail_one_by_one() {
    let account = account().await;
    account.admin(
        "custom-fields",
        json!({"fieldId": "Visits", "type": "Number"}),
    );
    account.admin("refusals", json!({"email": "no@example.com", "code": 85}));
    let ids = account.seed("prospects", json!([{"email": "gone@example.com"}, ada()]));
    account
        .sandbox
        .sandbox
        .admin("DELETE", &format!("prospects/{}", ids[0]), &Value::Null);
    let table = "matchEmail,email,Visits__c,campaignId,addToList\n\
        gone@example.com,,1,,\n\
        a@example.com,,three,,\n\
        b@example.com,,1,99,\n\
        c@example.com,,1,,77\n\
        no@example.com,,1,,\n\
        ,ada@example.com,1,,\n\
        ,d@example.com,1,,\n\
        Ada@example.com,,1,,\n";
    let answer = done(&account, &input(Value::Null), table).await;
    assert_eq!(counts(&answer), [2, 0, 6]);
    let (_, report) = account
        .sandbox
        .sandbox
        .admin("GET", "imports", &Value::Null);
    let failed = report["imports"][0]["failed"].as_array().unwrap();
    let mut reasons: Vec<String> = failed.iter().map(|row| text(&row["reason"])).collect();
    reasons.sort();
    assert_eq!(
        reasons,
        [
            "A prospect with the specified email address already exists",
            "Invalid campaign ID",
            "Invalid list ID",
            "Invalid number entered for field: Visits__c",
            "Prospect is archived",
            "Unable to save the prospect",
        ]
    );
    by_email(&account, "d@example.com");
    by_email(&account, "Ada@example.com");
    assert_eq!(account.stat("duplicate_emails"), 1);

    let mut restoring = input(Value::Null);
    restoring["restoreDeleted"] = json!(true);
    let answer = done(
        &account,
        &restoring,
        "matchEmail,city\ngone@example.com,Rome\n",
    )
    .await;
    assert_eq!(counts(&answer), [0, 1, 0]);
    assert_eq!(account.prospect(ids[0])["city"], "Rome");
    let by_id = format!("matchId,city\n{},Oslo\n7,Oslo\n", ids[1]);
    assert_eq!(
        counts(&done(&account, &input(Value::Null), &by_id).await),
        [0, 1, 1]
    );
    let both = format!("matchId,matchEmail,city\n{},ada@example.com,x\n", ids[1]);
    assert_eq!(
        counts(&done(&account, &input(Value::Null), &both).await),
        [0, 0, 1]
    );
    assert_eq!(account.prospect(ids[1])["city"], "Oslo");
}

#[tokio::test]
async fn an_open_import_gathers_batches() {
    let account = account().await;
    let open = json!({"object": "Prospect", "operation": "Upsert"});
    let made = account.make("imports", open.clone()).await;
    assert_eq!((made.status, &made.body["status"]), (201, &json!("Open")));
    let path = format!("imports/{}", made.body["id"]);
    let ready = json!({"status": "Ready"});
    let empty = account.call(Method::PATCH, &path, ready.clone()).await;
    assert_eq!(refusal(&empty), (400, 156));
    let batches = format!("{path}/batches");
    for number in 0..10 {
        let table = format!("matchEmail,city\nx{number}@b.co,Rome\n");
        let added = post_form(&account, &batches, &[("file", &table)]).await;
        assert_eq!(added.status, 204, "{}", added.body);
    }
    let one = [("file", "matchEmail,city\ny@b.co,Rome\n")];
    assert_eq!(
        refusal(&post_form(&account, &batches, &one).await),
        (400, 160)
    );
    let started = account.call(Method::PATCH, &path, ready.clone()).await;
    assert_eq!(
        (started.status, &started.body["status"]),
        (200, &json!("Ready"))
    );
    let again = account.call(Method::PATCH, &path, ready).await;
    assert_eq!(refusal(&again), (400, 155));
    assert_eq!(
        refusal(&post_form(&account, &batches, &one).await),
        (400, 161)
    );
    account.admin("settings", json!({"import_seconds": 5}));
    account.pass(5);
    let polled = account.read(&format!("{path}?{POLL}")).await.body;
    assert_eq!(
        (counts(&polled), &polled["errorRef"]),
        (vec![10, 0, 0], &Value::Null)
    );

    let late = account.make("imports", open).await;
    account.pass(86_400);
    let path = format!("imports/{}/batches", late.body["id"]);
    assert_eq!(refusal(&post_form(&account, &path, &one).await), (400, 161));
}
