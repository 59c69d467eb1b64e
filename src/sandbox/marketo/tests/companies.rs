use serde_json::{Value, json};

use super::{code, failure, ids, instance, lead, rows};

fn acme() -> Value {
    json!({"externalCompanyId": "dom:acme.com", "company": "Acme", "website": "https://acme.com"})
}

#[tokio::test]
async fn companies_are_keyed_by_their_external_id() {
    let instance = instance().await;
    let sync = |body: Value| instance.write("companies.json", body);
    let first =
        sync(json!({"input": [acme(), {"externalCompanyId": "dom:x.de", "company": "X"}]})).await;
    assert_eq!(rows(&first), ["created", "created"]);
    assert_eq!(first.body["result"][1]["seq"], 1);
    let again = json!({"externalCompanyId": "DOM:acme.com", "industry": "Software"});
    let again =
        sync(json!({"action": "createOrUpdate", "dedupeBy": "dedupeFields", "input": [again]}))
            .await;
    assert_eq!(
        (rows(&again), ids(&again)[0]),
        (vec!["updated".to_owned()], ids(&first)[0])
    );
    let kept = instance.record("companies", ids(&first)[0]);
    assert_eq!(
        (&kept["company"], &kept["industry"]),
        (&json!("Acme"), &json!("Software"))
    );

    let twice = sync(json!({"input": [acme(), acme()]})).await;
    assert_eq!(rows(&twice), ["updated", "1036"]);
    assert_eq!(
        rows(&sync(json!({"action": "createOnly", "input": [acme()]})).await),
        ["1017"]
    );
    let none = json!({"externalCompanyId": "dom:none.de"});
    assert_eq!(
        rows(&sync(json!({"action": "updateOnly", "input": [none]})).await),
        ["1013"]
    );
    let by_id = json!({"id": ids(&first)[1], "company": "X2"});
    let by_id =
        sync(json!({"action": "updateOnly", "dedupeBy": "idField", "input": [by_id]})).await;
    assert_eq!(rows(&by_id), ["updated"]);
    let bad = [
        json!({"company": "No key"}),
        json!({"externalCompanyId": "k".repeat(101)}),
        json!({"externalCompanyId": "ok", "planet": "Mars"}),
        json!({"externalCompanyId": "long", "company": "x".repeat(256)}),
    ];
    assert_eq!(
        rows(&sync(json!({"input": bad})).await),
        ["1002", "1003", "1006", "1003"]
    );
    assert_eq!(instance.stat("companies"), 2);

    let found = instance
        .read("companies.json?filterType=externalCompanyId&filterValues=dom:acme.com,dom:none.de&fields=company,website")
        .await;
    let expected =
        json!([{"seq": 0, "id": ids(&first)[0], "company": "Acme", "website": "https://acme.com"}]);
    assert_eq!(found.body["result"], expected);
    let by_name = instance
        .read("companies.json?filterType=company&filterValues=x2")
        .await;
    assert_eq!(by_name.body["result"][0]["externalCompanyId"], "dom:x.de");
    let refused = instance
        .read("companies.json?filterType=website&filterValues=acme.com")
        .await;
    assert_eq!(code(&refused), "1003");
}

#[tokio::test]
async fn a_lead_shows_its_companys_values_and_may_not_change_them() {
    let instance = instance().await;
    let made = instance
        .write("companies.json", json!({"input": [acme()]}))
        .await;
    let company = ids(&made)[0];
    // Without a company, its fields are the lead's own.
    let id = instance
        .made(json!({"email": "a@acme.com", "company": "ACME", "website": "acme.de"}))
        .await;
    let link = json!({"email": "a@acme.com", "externalCompanyId": "dom:acme.com"});
    assert_eq!(rows(&instance.upsert(vec![link]).await), ["updated"]);
    let kept = instance.record("leads", id);
    assert_eq!(
        (&kept["company"], &kept["website"]),
        (&json!("Acme"), &json!("https://acme.com"))
    );
    assert_eq!(
        (&kept["companyId"], &kept["externalCompanyId"]),
        (&json!(company), &json!("dom:acme.com"))
    );
    let refused = instance
        .upsert(vec![json!({"email": "a@acme.com", "company": "Other"})])
        .await;
    assert_eq!(rows(&refused), ["1021"]);
    let text = &refused.body["result"][0]["reasons"][0]["message"];
    assert_eq!(text, "Company update not allowed");
    let both =
        json!({"email": "b@acme.com", "company": "Acme", "externalCompanyId": "dom:acme.com"});
    let unlink = json!({"email": "a@acme.com", "externalCompanyId": null});
    let unknown = json!({"email": "c@acme.com", "externalCompanyId": "dom:none.de"});
    let answers = instance
        .upsert(vec![
            both,
            unlink,
            unknown,
            json!({"email": "a@acme.com", "city": "Rome"}),
        ])
        .await;
    assert_eq!(rows(&answers), ["1021", "1003", "1013", "updated"]);
    assert_eq!(instance.stat("leads_without_company"), 0);

    let input = json!({"input": [{"externalCompanyId": "dom:acme.com"}]});
    assert_eq!(
        rows(&instance.write("companies/delete.json", input.clone()).await),
        ["1022"]
    );
    instance
        .write("leads/delete.json", json!({"input": [{"id": id}]}))
        .await;
    assert_eq!(
        rows(&instance.write("companies/delete.json", input).await),
        ["deleted"]
    );
}

#[tokio::test]
async fn a_crm_owns_the_companies() {
    let instance = instance().await;
    let [company] = instance.seed("companies", vec![acme()])[..] else {
        panic!()
    };
    instance.admin("native_crm", json!({"on": true}));
    let refused = instance
        .write("companies.json", json!({"input": [acme()]}))
        .await;
    let expected = (200, "1018".to_owned(), "CRM Enabled".to_owned());
    assert_eq!(failure(&refused), expected);
    assert_eq!(
        code(
            &instance
                .write("companies/delete.json", json!({"input": [acme()]}))
                .await
        ),
        "1018"
    );
    let read = instance
        .read(&format!(
            "companies.json?filterType=id&filterValues={company}"
        ))
        .await;
    assert_eq!(ids(&read), [company]);
    assert_eq!(rows(&instance.upsert(vec![lead(1)]).await), ["created"]);
}

#[tokio::test]
async fn company_metadata() {
    let instance = instance().await;
    let described = instance.read("companies/describe.json").await;
    let row = &described.body["result"][0];
    assert_eq!(row["fields"][0]["crmManaged"], false);
    assert_eq!(row["dedupeFields"], json!(["externalCompanyId"]));
    let fields = row["fields"].as_array().unwrap();
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
    assert_eq!(field("externalCompanyId")["length"], 100);
    assert_eq!(field("externalCompanyId")["updateable"], false);
    assert_eq!(field("company")["length"], 255);
    assert_eq!(field("annualRevenue")["dataType"], "currency");
    instance.admin(
        "fields",
        json!({"object": "companies", "name": "segment", "label": "Segment"}),
    );
    let made = json!({"externalCompanyId": "k", "segment": "SMB"});
    let made = instance
        .write("companies.json", json!({"input": [made]}))
        .await;
    instance.admin(
        "fields/delete",
        json!({"object": "companies", "name": "segment"}),
    );
    assert_eq!(
        instance.record("companies", ids(&made)[0]).get("segment"),
        None
    );
}
