use serde_json::{Value, json};

use super::{API, error, lead, org, records};

const MANY: &str = "/services/data/v66.0/composite/sobjects";

fn codes(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| {
        row["errors"][0]["statusCode"]
            .as_str()
            .unwrap_or("ok")
            .to_owned()
    })
    .collect()
}

#[tokio::test]
async fn results_keep_the_order_of_the_request() {
    let sandbox = org().await;
    let body = records("Lead", vec![lead(1), json!({"Company": "NoName"}), lead(2)]);
    let answer = sandbox.post(MANY, body).await;
    assert_eq!(
        (answer.status, codes(&answer.body)),
        (
            200,
            vec!["ok".into(), "REQUIRED_FIELD_MISSING".into(), "ok".into()]
        )
    );
    assert_eq!(
        answer.body[1],
        json!({"success": false, "errors": [{
        "statusCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: [LastName]", "fields": ["LastName"]}]})
    );
    assert_eq!(sandbox.stat("rows_written"), 2);
    let ids: Vec<&Value> = [0, 2]
        .iter()
        .map(|place| &answer.body[*place]["id"])
        .collect();
    let update = records(
        "Lead",
        vec![json!({"id": ids[1], "Title": "T"}), json!({"Title": "x"})],
    );
    assert_eq!(
        codes(&sandbox.patch(MANY, update).await.body),
        ["ok", "MISSING_ARGUMENT"]
    );
    assert_eq!(
        sandbox.value("Lead", ids[1].as_str().unwrap(), "Title"),
        "T"
    );
    let read = json!({"ids": [ids[1], ids[0]], "fields": ["Title", "Email"]});
    let rows = sandbox.post(&format!("{MANY}/Lead"), read).await.body;
    assert_eq!(
        (&rows[0]["Title"], &rows[1]["Email"]),
        (&json!("T"), &json!("p1@acme.com"))
    );
    let gone = format!("{MANY}?ids={}", ids[0].as_str().unwrap());
    let request = sandbox.request(reqwest::Method::DELETE, &gone);
    assert_eq!(codes(&sandbox.send(request).await.unwrap().body), ["ok"]);
    assert_eq!(sandbox.stat("leads"), 1);
}

#[tokio::test]
async fn all_or_none_takes_everything_back() {
    let sandbox = org().await;
    let mut body = records("Lead", vec![lead(1), json!({"Company": "NoName"})]);
    body["allOrNone"] = json!(true);
    let answer = sandbox.post(MANY, body).await;
    assert_eq!(
        codes(&answer.body),
        [
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "REQUIRED_FIELD_MISSING"
        ]
    );
    assert_eq!(
        (sandbox.stat("leads"), sandbox.stat("rows_written")),
        (json!(0), json!(0))
    );
}

#[tokio::test]
async fn requests_of_the_wrong_form() {
    let sandbox = org().await;
    let many = records("Lead", (0..201).map(lead).collect());
    assert_eq!(sandbox.post(MANY, many).await.status, 400);
    let mixed = |count: usize| {
        let row = |n: usize| match n % 2 {
            0 => json!({"attributes": {"type": "Lead"}, "LastName": "x", "Company": "y"}),
            _ => json!({"attributes": {"type": "Contact"}, "LastName": "x"}),
        };
        json!({"records": (0..count).map(row).collect::<Vec<_>>()})
    };
    assert_eq!(sandbox.post(MANY, mixed(10)).await.status, 200);
    assert_eq!(sandbox.post(MANY, mixed(11)).await.status, 400);
    let get = |n: usize, url: &str| json!({"method": "GET", "referenceId": format!("r{n}"), "url": format!("{API}{url}")});
    let composite = |count: usize, url: &str| json!({"compositeRequest": (0..count).map(|n| get(n, url)).collect::<Vec<_>>()});
    let path = format!("{API}/composite");
    assert_eq!(
        sandbox
            .post(&path, composite(26, "/sobjects/Lead/describe"))
            .await
            .status,
        400
    );
    assert_eq!(
        sandbox
            .post(&path, composite(6, "/query?q=SELECT+Id+FROM+Lead"))
            .await
            .status,
        400
    );
    assert_eq!(
        sandbox
            .post(&path, composite(5, "/query?q=SELECT+Id+FROM+Lead"))
            .await
            .status,
        200
    );
    let request = sandbox
        .request(reqwest::Method::POST, MANY)
        .body("{nonsense");
    assert_eq!(
        error(&sandbox.send(request).await.unwrap()).0,
        "JSON_PARSER_ERROR"
    );
}

#[tokio::test]
async fn later_subrequests_use_what_earlier_ones_made() {
    let sandbox = org().await;
    let body = |name: &str| {
        json!({"allOrNone": name.is_empty(), "compositeRequest": [
        {"method": "POST", "referenceId": "a", "url": format!("{API}/sobjects/Account"), "body": {"Name": "Acme"}},
        {"method": "POST", "referenceId": "c", "url": format!("{API}/composite/sobjects"), "body": {"records": [
            {"attributes": {"type": "Contact"}, "LastName": "Li", "AccountId": "@{a.id}"}]}},
        {"method": "GET", "referenceId": "g", "url": format!("{API}/sobjects/Contact/@{{c[0].id}}?fields=LastName")},
        {"method": "POST", "referenceId": "x", "url": format!("{API}/sobjects/Contact"), "body": {"LastName": name, "AccountId": "@{a.id}"}},
        {"method": "POST", "referenceId": "y", "url": format!("{API}/sobjects/Task"), "body": {"WhoId": "@{x.id}"}}]})
    };
    let statuses = |answer: &Value| -> Vec<u64> {
        answer["compositeResponse"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["httpStatusCode"].as_u64().unwrap())
            .collect()
    };
    let path = format!("{API}/composite");
    let good = sandbox.post(&path, body("Ng")).await.body;
    assert_eq!(statuses(&good), [201, 200, 200, 201, 201], "{good}");
    assert_eq!(good["compositeResponse"][2]["body"]["LastName"], "Li");
    assert_eq!(
        (
            sandbox.stat("contacts"),
            sandbox.stat("contacts_without_account"),
            sandbox.stat("rows_written")
        ),
        (json!(2), json!(0), json!(4))
    );
    // One fails, and with allOrNone nothing stays.
    let bad = sandbox.post(&path, body("")).await.body;
    assert_eq!(statuses(&bad), [400; 5]);
    assert_eq!(
        bad["compositeResponse"][0]["body"][0]["errorCode"],
        "PROCESSING_HALTED"
    );
    assert_eq!(
        bad["compositeResponse"][3]["body"][0]["errorCode"],
        "REQUIRED_FIELD_MISSING"
    );
    assert_eq!(
        (sandbox.stat("accounts"), sandbox.stat("contacts")),
        (json!(1), json!(2))
    );
}

#[tokio::test]
async fn what_a_user_may_not_do() {
    let sandbox = org().await;
    sandbox.admin(
        "fields",
        json!({"object": "Lead", "name": "Title", "updateable": false}),
    );
    let id = sandbox
        .made(
            "Lead",
            json!({"LastName": "x", "Company": "y", "Title": "t"}),
        )
        .await;
    assert_eq!(
        error(&sandbox.change("Lead", &id, json!({"Title": "u"})).await).0,
        "INVALID_FIELD_FOR_INSERT_UPDATE"
    );
    sandbox.admin(
        "objects/access",
        json!({"object": "Lead", "updateable": false}),
    );
    assert_eq!(
        error(&sandbox.change("Lead", &id, json!({"Phone": "1"})).await).0,
        "INSUFFICIENT_ACCESS_OR_READONLY"
    );
    let last = sandbox
        .sandbox
        .admin("GET", "requests/last", &Value::Null)
        .1;
    assert_eq!(
        (&last["method"], last["headers"].get("authorization")),
        (&json!("PATCH"), None)
    );
}
