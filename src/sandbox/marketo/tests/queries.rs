use serde_json::{Value, json};

use super::{Instance, code, failure, ids, instance, lead, options};
use crate::sandbox::SandboxOptions;

#[tokio::test]
async fn leads_are_found_by_id_and_by_email() {
    let instance = instance().await;
    let seeded = instance.seed("leads", vec![lead(1), lead(2), lead(1)]);
    let found = instance
        .read("leads.json?filterType=email&filterValues=P1@acme.com,p2@acme.com,none@acme.com&fields=email,lastName,city")
        .await;
    assert_eq!(ids(&found), seeded);
    // What has no value is left out.
    let expected = json!({"id": seeded[1], "email": "p2@acme.com", "lastName": "Li 2"});
    assert_eq!(found.body["result"][1], expected);
    assert_eq!(found.body["moreResult"], false);
    let path = format!(
        "leads.json?filterType=id&filterValues={},1,{}",
        seeded[2], seeded[0]
    );
    assert_eq!(ids(&instance.read(&path).await), [seeded[0], seeded[2]]);
    let one = instance.read(&format!("lead/{}.json", seeded[0])).await;
    let row = one.body["result"][0].as_object().unwrap();
    let names: Vec<&str> = row.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(row["updatedAt"].as_str().unwrap().ends_with('Z'));
    assert_eq!(instance.read("lead/1.json").await.body["result"], json!([]));
    assert_eq!(code(&instance.read("lead/one.json").await), "1001");
}

#[tokio::test]
async fn filters_and_fields_must_exist() {
    let instance = instance().await;
    instance.admin("fields", json!({"name": "badge", "type": "string"}));
    instance.admin("fields", json!({"name": "visited", "type": "boolean"}));
    let [one, _] = instance.seed(
        "leads",
        vec![json!({"badge": "B1"}), json!({"badge": "B2"})],
    )[..] else {
        panic!()
    };
    let ask = |query: &str| {
        let path = format!("leads.json?{query}");
        let instance = &instance;
        async move { instance.read(&path).await }
    };
    assert_eq!(ids(&ask("filterType=badge&filterValues=b1").await), [one]);
    assert_eq!(
        code(&ask("filterType=lastName&filterValues=x").await),
        "1011"
    );
    assert_eq!(
        code(&ask("filterType=visited&filterValues=true").await),
        "1011"
    );
    assert_eq!(
        code(&ask("filterType=nothing&filterValues=x").await),
        "1006"
    );
    assert_eq!(code(&ask("filterType=badge").await), "1002");
    assert_eq!(code(&ask("filterValues=b1").await), "1002");
    let unknown = ask("filterType=badge&filterValues=b1&fields=email,shoeSize").await;
    assert_eq!(failure(&unknown).2, "Field 'shoeSize' not found");
    let many: Vec<String> = (0..301).map(|n| n.to_string()).collect();
    assert_eq!(
        code(&ask(&format!("filterType=id&filterValues={}", many.join(","))).await),
        "1003"
    );
}

#[tokio::test]
async fn pages_end_and_too_many_hits_are_refused() {
    let instance = Instance::with(SandboxOptions {
        page_size: Some(2),
        ..options()
    })
    .await;
    instance.admin("fields", json!({"name": "show", "type": "string"}));
    let row = |n: usize| json!({"show": "Expo", "email": format!("p{n}@acme.com")});
    let seeded = instance.seed("leads", (0..5).map(row).collect());
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("filterType", "show")
            .append_pair("filterValues", "Expo");
        if !token.is_empty() {
            query.append_pair("nextPageToken", &token);
        }
        let page = instance
            .read(&format!("leads.json?{}", query.finish()))
            .await;
        seen.extend(ids(&page));
        if page.body["moreResult"] == false {
            assert_eq!(page.body.get("nextPageToken"), None);
            break;
        }
        page.body["nextPageToken"]
            .as_str()
            .unwrap()
            .clone_into(&mut token);
    }
    assert_eq!((seen, instance.stat("requests")), (seeded, json!(3)));
    // Unencoded, the plus sign in it is a blank.
    let bad = format!("leads.json?filterType=show&filterValues=Expo&nextPageToken={token}");
    assert_eq!(code(&instance.read(&bad).await), "1003");
    instance.seed("leads", (5..1_001).map(row).collect());
    let refused = instance
        .read("leads.json?filterType=show&filterValues=Expo")
        .await;
    assert_eq!(failure(&refused).2, "Too many results match the filter");
}

#[tokio::test]
async fn a_long_query_goes_into_a_form() {
    let instance = instance().await;
    instance.seed("leads", (0..300).map(lead).collect());
    let email = |n: usize| format!("p{n}@acme.com");
    let values: Vec<String> = (0..300).map(email).collect();
    let padding = "x".repeat(8 * 1024);
    let long = format!("leads.json?filterType=email&filterValues=p1@acme.com&pad={padding}");
    let refused = instance.read(&long).await;
    assert_eq!(refused.status, 414);
    assert!(refused.body.as_str().unwrap().contains("Too Long"));
    let form = [
        ("filterType", "email"),
        ("filterValues", &values.join(",")),
        ("fields", "id,email"),
        ("pad", &padding),
    ];
    let found = instance
        .send_form("/rest/v1/leads.json?_method=GET", &form)
        .await;
    assert_eq!(ids(&found).len(), 300);
    // It is a read for the counts too.
    assert_eq!(instance.stat("writes"), 0);
    assert_eq!(instance.stat("endpoints")["GET /rest/v1/leads.json"], 1);
    let (_, last) = instance.sandbox.admin("GET", "requests/last", &Value::Null);
    assert_eq!(last["method"], "GET");
    assert_eq!(last["headers"].get("authorization"), None);
}
