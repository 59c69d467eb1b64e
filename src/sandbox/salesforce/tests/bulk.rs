use reqwest::Method;
use serde_json::{Value, json};

use super::{API, error, org, pass};
use crate::sandbox::test_client::TestSandbox;

async fn job(sandbox: &TestSandbox, body: Value, table: &str) -> String {
    let created = sandbox.post(&format!("{API}/jobs/ingest"), body).await.body;
    assert_eq!(created["state"], "Open", "{created}");
    let path = format!("{API}/jobs/ingest/{}", created["id"].as_str().unwrap());
    let upload = sandbox
        .request(Method::PUT, &format!("{path}/batches"))
        .header("content-type", "text/csv");
    assert_eq!(
        sandbox
            .send(upload.body(table.to_owned()))
            .await
            .unwrap()
            .status,
        201
    );
    path
}

async fn state(sandbox: &TestSandbox, path: &str) -> String {
    sandbox.get(path).await.body["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn lines(sandbox: &TestSandbox, path: &str) -> Vec<String> {
    let answer = sandbox.get(path).await;
    assert_eq!(answer.headers["content-type"], "text/csv");
    let text = answer.body.as_str().unwrap().to_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[1..].sort();
    lines
}

#[tokio::test]
async fn a_job_works_after_a_while() {
    let sandbox = org().await;
    sandbox.admin("fields", json!({"object": "Contact", "name": "Mobly_Id__c", "type": "string", "externalId": true, "unique": true}));
    sandbox
        .made(
            "Contact",
            json!({"LastName": "Old", "Title": "t", "Phone": "1", "Mobly_Id__c": "k1"}),
        )
        .await;
    let body = json!({"object": "Contact", "operation": "upsert", "externalIdFieldName": "Mobly_Id__c", "contentType": "CSV", "lineEnding": "LF"});
    let table = "Mobly_Id__c,LastName,Title,Phone\nk1,New,#N/A,\nk2,Li,x,\nk3,,x,\n";
    let path = job(&sandbox, body, table).await;
    sandbox
        .patch(&path, json!({"state": "UploadComplete"}))
        .await;
    assert_eq!(
        (state(&sandbox, &path).await, sandbox.stat("contacts")),
        ("UploadComplete".to_owned(), json!(1))
    );
    assert_eq!(sandbox.stat("open_jobs"), 1);
    pass(&sandbox, 2);
    assert_eq!(state(&sandbox, &path).await, "InProgress");
    pass(&sandbox, 1);
    let done = sandbox.get(&path).await.body;
    assert_eq!(
        (
            &done["state"],
            &done["numberRecordsProcessed"],
            &done["numberRecordsFailed"]
        ),
        (&json!("JobComplete"), &json!(3), &json!(1))
    );
    let good = lines(&sandbox, &format!("{path}/successfulResults")).await;
    assert_eq!(
        good[0],
        "sf__Id,sf__Created,Mobly_Id__c,LastName,Title,Phone"
    );
    assert!(
        good.iter().any(|line| line.contains(",false,k1,New"))
            && good.iter().any(|line| line.contains(",true,k2,Li"))
    );
    let bad = lines(&sandbox, &format!("{path}/failedResults")).await;
    assert_eq!(
        bad[1],
        ",REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName--,k3,,x,"
    );
    // `#N/A` clears, a blank cell leaves.
    let old = sandbox
        .rows("SELECT Title, Phone FROM Contact WHERE Mobly_Id__c = 'k1'")
        .await;
    assert_eq!(
        (&old[0]["Title"], &old[0]["Phone"]),
        (&Value::Null, &json!("1"))
    );
    assert_eq!(sandbox.stat("open_jobs"), 0);
}

#[tokio::test]
async fn results_are_not_in_the_order_of_the_upload() {
    let sandbox = org().await;
    let rows: Vec<String> = (0..50)
        .map(|n| format!("L{n:02},Acme,p{n}@acme.com"))
        .collect();
    let table = format!("LastName,Company,Email\n{}\n", rows.join("\n"));
    let path = job(
        &sandbox,
        json!({"object": "Lead", "operation": "insert"}),
        &table,
    )
    .await;
    sandbox
        .patch(&path, json!({"state": "UploadComplete"}))
        .await;
    pass(&sandbox, 3);
    let answer = sandbox.get(&format!("{path}/successfulResults")).await.body;
    let order: Vec<&str> = answer
        .as_str()
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap())
        .collect();
    assert_eq!(order.len(), 50);
    assert!(!order.is_sorted());
    assert_eq!(sandbox.stat("leads"), 50);
}

#[tokio::test]
async fn jobs_fail_or_are_aborted() {
    let sandbox = org().await;
    let table = "LastName,Nope__c\nLi,x\n";
    let path = job(
        &sandbox,
        json!({"object": "Contact", "operation": "insert"}),
        table,
    )
    .await;
    sandbox
        .patch(&path, json!({"state": "UploadComplete"}))
        .await;
    pass(&sandbox, 3);
    let failed = sandbox.get(&path).await.body;
    assert_eq!(
        (&failed["state"], &failed["errorMessage"]),
        (
            &json!("Failed"),
            &json!("InvalidBatch : Field name not found : Nope__c")
        )
    );

    let path = job(
        &sandbox,
        json!({"object": "Contact", "operation": "insert"}),
        "LastName\nLi\n",
    )
    .await;
    assert_eq!(
        sandbox.patch(&path, json!({"state": "Aborted"})).await.body["state"],
        "Aborted"
    );
    assert_eq!(
        lines(&sandbox, &format!("{path}/unprocessedrecords")).await,
        ["LastName", "Li"]
    );
    let late = sandbox
        .patch(&path, json!({"state": "UploadComplete"}))
        .await;
    assert_eq!(
        (late.status, error(&late).0.as_str()),
        (400, "INVALIDJOBSTATE")
    );
    assert_eq!(sandbox.stat("contacts"), 0);
}
