use reqwest::Method;
use serde_json::{Value, json};

use super::{Instance, code, failure, instance, lead};
use crate::sandbox::test_client::Answer;

const MEMBERS: &str =
    "/bulk/v1/program/1001/members/import.json?format=csv&programMemberStatus=Visited%20Booth";

async fn import(instance: &Instance, path: &str, file: &str) -> Answer {
    let body = format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--frontier--\r\n"
    );
    let request = instance
        .request(Method::POST, path)
        .header("content-type", "multipart/form-data; boundary=frontier");
    instance.send(request.body(body)).await.unwrap()
}

#[tokio::test]
async fn members_are_imported_in_time() {
    let instance = instance().await;
    instance.seed("leads", vec![lead(1)]);
    let file = "email,firstName,lastName,leadScore,registrationCode\n\
                p1@acme.com,Ada,\"Love, lace\",5,R1\n\
                p2@acme.com,Bob,,many,\n\
                nowhere,Cy,,,\n";
    let queued = import(&instance, MEMBERS, file).await;
    let row = queued.body["result"][0].clone();
    assert_eq!(
        row,
        json!({"batchId": 1040, "importId": "1040", "status": "Queued"})
    );
    let job = "/bulk/v1/program/members/import/1040";
    let status = || async {
        let answer = instance.get(&format!("{job}/status.json")).await;
        answer.body["result"][0].clone()
    };
    assert_eq!(status().await["status"], "Queued");
    instance.pass(5);
    assert_eq!(status().await["status"], "Importing");
    assert_eq!(instance.stat("program_members"), 0);
    instance.pass(5);
    let done = status().await;
    assert_eq!(done["status"], "Complete");
    assert_eq!(
        (&done["numOfLeadsProcessed"], &done["numOfRowsFailed"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(done["numOfRowsWithWarning"], 1);
    assert_eq!(
        done["message"],
        "Import completed with errors, 2 records imported (2 members), 1 failed"
    );
    let failures = instance.get(&format!("{job}/failures.json")).await;
    assert_eq!(
        failures.body,
        json!(
            "email,firstName,lastName,leadScore,registrationCode,Import Failure Reason\n\
               p2@acme.com,Bob,,many,,Invalid data type in field Person Score\n"
        )
    );
    assert_eq!(failures.headers["content-type"], "text/csv");
    let warnings = instance.get(&format!("{job}/warnings.json")).await;
    assert!(
        warnings
            .body
            .as_str()
            .unwrap()
            .ends_with("nowhere,Cy,,,,Invalid email address\n")
    );
    assert_eq!(
        (instance.stat("leads"), instance.stat("duplicate_emails")),
        (json!(2), json!(0))
    );
    let (_, members) = instance.sandbox.admin("GET", "members/1001", &Value::Null);
    assert_eq!(members["members"][0]["statusName"], "Visited Booth");
    assert_eq!(members["members"][0]["registrationCode"], "R1");
    let (_, leads) = instance.sandbox.admin("GET", "records/leads", &Value::Null);
    assert_eq!(leads["records"][0]["lastName"], "Love, lace");
    assert_eq!(leads["records"][1]["email"], "nowhere");
}

#[tokio::test]
async fn leads_are_imported_into_a_list() {
    let instance = instance().await;
    let file = "email,lastName\na@b.de,A\nb@b.de,B\n";
    let path = "/bulk/v1/leads.json?format=csv&listId=1001";
    assert_eq!(import(&instance, path, file).await.body["success"], true);
    instance.pass(10);
    let status = instance.get("/bulk/v1/leads/batch/1040.json").await;
    assert_eq!(
        status.body["result"][0]["message"],
        "Import succeeded, 2 records imported"
    );
    assert_eq!(
        (instance.stat("leads"), instance.stat("list_members")),
        (json!(2), json!(2))
    );
    let failures = instance
        .get("/bulk/v1/leads/batch/1040/failures.json")
        .await;
    assert_eq!(
        failures.body,
        json!("email,lastName,Import Failure Reason\n")
    );
}

#[tokio::test]
async fn two_jobs_run_and_ten_wait() {
    let instance = instance().await;
    for number in 0..10 {
        let file = format!("email\np{number}@acme.com\n");
        assert_eq!(
            import(&instance, MEMBERS, &file).await.body["success"],
            true
        );
    }
    let refused = import(&instance, MEMBERS, "email\n").await;
    let text = "There are 10 imports currently being processed. Please try again later";
    assert_eq!(failure(&refused), (200, "1016".to_owned(), text.to_owned()));
    instance.pass(10);
    assert_eq!(instance.stat("leads"), 2);
    instance.pass(40);
    assert_eq!(instance.stat("leads"), 10);
    assert_eq!(
        import(&instance, MEMBERS, "email\n").await.body["success"],
        true
    );
}

#[tokio::test]
async fn imports_that_do_not_begin() {
    let instance = instance().await;
    let path = "/bulk/v1/program/1001/members/import.json?format=csv&programMemberStatus=Came";
    assert_eq!(code(&import(&instance, path, "email\n").await), "1025");
    let path = "/bulk/v1/leads.json?format=csv&lookupField=nothing";
    assert_eq!(code(&import(&instance, path, "email\n").await), "1006");
    assert_eq!(
        code(&import(&instance, "/bulk/v1/leads.json", "email\n").await),
        "1002"
    );
    let json = instance.post(MEMBERS, json!({})).await;
    assert_eq!(code(&json), "612");
    let request = instance
        .request(Method::POST, MEMBERS)
        .header("content-type", "multipart/form-data; boundary=x");
    let broken = instance.send(request.body("nothing")).await.unwrap();
    assert_eq!(code(&broken), "613");
    assert_eq!(
        code(&instance.get("/bulk/v1/leads/batch/7.json").await),
        "1013"
    );
}
