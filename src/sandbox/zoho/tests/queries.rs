use serde_json::{Value, json};

use super::{Account, account, lead, pass, text};

async fn refused(sandbox: &Account, query: &str) -> (String, Value) {
    let answer = sandbox.coql(query).await;
    assert_eq!(answer.status, 400, "{query}: {}", answer.body);
    (text(&answer.body["code"]), answer.body["details"].clone())
}

fn list(count: usize) -> String {
    let values: Vec<String> = (0..count).map(|n| format!("'p{n}@acme.com'")).collect();
    format!("({})", values.join(","))
}

#[tokio::test]
async fn records_are_found_by_many_addresses() {
    let sandbox = account().await;
    sandbox.insert("Leads", (0..3).map(lead).collect()).await;
    let answer = sandbox
        .coql("select Email, Modified_Time from Leads where Email in ('P1@acme.com','p2@acme.com') order by Email desc limit 200")
        .await;
    assert_eq!(answer.status, 200);
    let rows = answer.body["data"].as_array().unwrap();
    assert_eq!(
        rows.iter().map(|row| &row["Email"]).collect::<Vec<_>>(),
        ["p2@acme.com", "p1@acme.com"]
    );
    assert!(rows[0]["id"].is_string() && rows[0]["Modified_Time"].is_string());
    assert_eq!(
        answer.body["info"],
        json!({"count": 2, "more_records": false})
    );
    let none = sandbox
        .coql("select id from Leads where Email in ('nobody@acme.com')")
        .await;
    assert_eq!((none.status, none.body), (204, json!("")));
}

#[tokio::test]
async fn a_list_has_a_limit_that_differs_by_account() {
    let sandbox = account().await;
    sandbox.insert("Leads", vec![lead(1)]).await;
    let query = |count| format!("select id from Leads where Email in {}", list(count));
    assert_eq!(sandbox.found(&query(100)).await.len(), 1);
    assert_eq!(refused(&sandbox, &query(101)).await.0, "LIMIT_EXCEEDED");
    sandbox.admin("coql", json!({"values": 50}));
    let (code, details) = refused(&sandbox, &query(51)).await;
    assert_eq!(
        (code.as_str(), &details["limit"]),
        ("LIMIT_EXCEEDED", &json!(50))
    );
    assert_eq!(sandbox.found(&query(50)).await.len(), 1);
}

#[tokio::test]
async fn pages_go_by_limit_and_offset() {
    let sandbox = account().await;
    sandbox.seed("Leads", (0..250).map(lead).collect());
    let query = "select Email from Leads where Company = 'Acme' order by id";
    // Without a limit: 200.
    let first = sandbox.coql(query).await;
    assert_eq!(
        first.body["info"],
        json!({"count": 200, "more_records": true})
    );
    let rest = sandbox.coql(&format!("{query} limit 100 offset 200")).await;
    assert_eq!(
        rest.body["info"],
        json!({"count": 50, "more_records": false})
    );
    assert_eq!(rest.body["data"][0]["Email"], "p200@acme.com");
    let same = sandbox.coql(&format!("{query} limit 200, 100")).await;
    assert_eq!(same.body["data"], rest.body["data"]);
    for tail in ["limit 2001", "limit 10 offset 100001"] {
        let (code, _) = refused(&sandbox, &format!("{query} {tail}")).await;
        assert_eq!(code, "LIMIT_EXCEEDED");
    }
}

#[tokio::test]
async fn criteria_are_joined_in_nested_brackets() {
    let sandbox = account().await;
    let ids = sandbox.seed(
        "Leads",
        vec![
            json!({"Last_Name": "O'Neil", "City": "Ulm", "No_of_Employees": 5}),
            json!({"Last_Name": r"Back\slash", "City": "Bonn", "No_of_Employees": 50,
                   "Website": "https://www.acme.com/x"}),
            json!({"Last_Name": "Cy", "City": "Bonn"}),
        ],
    );
    let place = |row: usize| ids[row].clone();
    for (condition, wanted) in [
        (r"Last_Name = 'O\'Neil'", vec![0]),
        (r"Last_Name = 'Back\\slash'", vec![1]),
        ("Website like '%ACME.com%'", vec![1]),
        ("Last_Name not like 'O%'", vec![1, 2]),
        ("City = 'bonn' and No_of_Employees > 6", vec![1]),
        ("No_of_Employees between 5 and 50", vec![0, 1]),
        ("No_of_Employees is null", vec![2]),
        (
            "((City = 'Ulm' or City = 'x') or Last_Name = 'Cy')",
            vec![0, 2],
        ),
        ("City not in ('Ulm')", vec![1, 2]),
        (
            "Owner.full_name = 'Olivia Stone' and City != 'Bonn'",
            vec![0],
        ),
        ("Created_Time > '2999-01-01T00:00:00+02:00'", vec![]),
    ] {
        let query = format!("SELECT id FROM Leads WHERE {condition}");
        let wanted: Vec<String> = wanted.into_iter().map(place).collect();
        assert_eq!(sandbox.found(&query).await, wanted, "{condition}");
    }
    let many: Vec<String> = (0..26).map(|n| format!("City = '{n}'")).collect();
    let nested = many
        .into_iter()
        .reduce(|all, next| format!("({all} or {next})"))
        .unwrap();
    let query = format!("select id from Leads where {nested}");
    assert_eq!(refused(&sandbox, &query).await.0, "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn lookups_lead_one_step_away() {
    let sandbox = account().await;
    let accounts = sandbox.seed(
        "Accounts",
        vec![
            json!({"Account_Name": "Acme"}),
            json!({"Account_Name": "Bolt"}),
        ],
    );
    let contacts = sandbox.seed(
        "Contacts",
        accounts
            .iter()
            .map(|id| json!({"Last_Name": "Li", "Account_Name": {"id": id}}))
            .collect(),
    );
    let answer = sandbox
        .coql("select Account_Name, Account_Name.Account_Name from Contacts where Account_Name.Account_Name = 'bolt'")
        .await;
    assert_eq!(
        answer.body["data"],
        json!([{"id": contacts[1], "Account_Name": {"id": accounts[1]},
                "Account_Name.Account_Name": "Bolt"}])
    );
    let by_id = format!(
        "select id from Contacts where Account_Name = '{}'",
        accounts[0]
    );
    assert_eq!(sandbox.found(&by_id).await, contacts[..1]);
}

#[tokio::test]
async fn wrong_queries_are_refused() {
    let sandbox = account().await;
    for query in [
        "select id from Leads",
        "select id from Leads where City = 'a' and City = 'b' and City = 'c'",
        "select id from Leads where Last_Name = 'O'Neil'",
        "select id from Leads where City = 'open",
        "select id Leads where City = 'a'",
        "select id from Leads where (City = 'a'",
        "select id from Leads where City in ()",
        "select * from Leads where City = 'a'",
    ] {
        assert_eq!(refused(&sandbox, query).await.0, "SYNTAX_ERROR", "{query}");
    }
    for (query, column) in [
        ("select id, Citi from Leads where id is not null", "Citi"),
        ("select id from Leads where Citi = 'a'", "Citi"),
        ("select City.x from Leads where id is not null", "City.x"),
        ("select id from Leeds where id is not null", "Leeds"),
    ] {
        let (code, details) = refused(&sandbox, query).await;
        assert_eq!(
            (code.as_str(), &details["column_name"]),
            ("INVALID_QUERY", &json!(column))
        );
        assert!(details["reason"].is_string());
    }
    let twice = "select City, City from Leads where id is not null";
    assert_eq!(refused(&sandbox, twice).await.0, "DUPLICATE_DATA");
    sandbox.admin("coql", json!({"columns": 2}));
    let wide = "select City, State, Country from Leads where id is not null";
    assert_eq!(refused(&sandbox, wide).await.0, "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn queries_see_writes_at_once() {
    let sandbox = account().await;
    let id = sandbox.made("Leads", lead(1)).await;
    let query = "select id from Leads where Email = 'p1@acme.com'";
    assert_eq!(sandbox.found(query).await, [id.as_str()]);
    let before = text(&sandbox.record("Leads", &id)["Modified_Time"]);
    assert!(before.ends_with("+02:00"), "{before}");
    pass(&sandbox, 60);
    sandbox
        .update("Leads", vec![json!({"id": id, "Email": "new@acme.com"})])
        .await;
    assert!(sandbox.found(query).await.is_empty());
    let since = format!("select id from Leads where Modified_Time > '{before}'");
    assert_eq!(sandbox.found(&since).await, [id.as_str()]);
}
