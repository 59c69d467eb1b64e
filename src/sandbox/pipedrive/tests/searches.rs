use serde_json::{Value, json};

use super::{account, found, person, text, validation};

const BY_EMAIL: &str = "v2/persons/search?fields=email&exact_match=true&limit=10&term=";

#[tokio::test]
async fn the_index_lags_but_lists_do_not() {
    let sandbox = account().await;
    let id = sandbox
        .made("v2/persons", person("Ada", "ada@example.com"))
        .await;
    let search = format!("{BY_EMAIL}ada%40example.com");
    assert_eq!(found(&sandbox.read(&search).await), [0; 0]);
    assert_eq!(super::ids(&sandbox.read("v2/persons").await), [id]);
    sandbox.pass(8);
    assert_eq!(found(&sandbox.read(&search).await), [id]);
    let change = json!({"emails": [{"value": "new@example.com"}]});
    sandbox.patch(&format!("v2/persons/{id}"), change).await;
    assert_eq!(found(&sandbox.read(&search).await), [id]);
    let new = format!("{BY_EMAIL}new%40example.com");
    assert_eq!(found(&sandbox.read(&new).await), [0; 0]);
    sandbox.pass(8);
    assert_eq!(found(&sandbox.read(&search).await), [0; 0]);
    assert_eq!(found(&sandbox.read(&new).await), [id]);
    sandbox.delete(&format!("v2/persons/{id}")).await;
    assert_eq!(found(&sandbox.read(&new).await), [id]);
    sandbox.pass(8);
    assert_eq!(found(&sandbox.read(&new).await), [0; 0]);
}

#[tokio::test]
async fn an_exact_match_need_not_be_one() {
    let sandbox = account().await;
    let organization = sandbox.seed("organizations", vec![json!({"name": "Acme"})])[0];
    let mut ada = person("Ada", "Ada@Example.com");
    ada["org_id"] = json!(organization);
    let people = vec![
        person("Neighbour", "granada@example.com"),
        person("Another", "bada@example.com"),
        ada,
    ];
    let seeded = sandbox.seed("persons", people);
    let search = format!("{BY_EMAIL}ada%40example.com");
    let answer = sandbox.read(&search).await;
    assert_eq!(found(&answer), [seeded[0], seeded[2]]);
    let item = &answer.body["data"]["items"][1]["item"];
    assert_eq!(item["emails"], json!(["Ada@Example.com"]));
    assert_eq!(item["organization"]["name"], "Acme");
    sandbox.admin("settings", json!({"sloppy_exact_match": false}));
    assert_eq!(found(&sandbox.read(&search).await), [seeded[2]]);
    let loose = search.replace("exact_match=true", "exact_match=false");
    assert_eq!(found(&sandbox.read(&loose).await).len(), 3);
}

#[tokio::test]
async fn terms_and_fields_are_checked() {
    let sandbox = account().await;
    sandbox.seed(
        "organizations",
        vec![json!({"name": "X", "website": "acme.com"})],
    );
    let refused = |path: &'static str| async { validation(&sandbox.read(path).await) };
    assert_eq!(
        refused("v2/organizations/search?term=X").await,
        "term: Must be at least 2 characters long"
    );
    assert_eq!(refused("v2/organizations/search").await, "term: Required");
    let unknown = refused("v2/organizations/search?term=acme&fields=website").await;
    assert!(unknown.starts_with("fields: 'website'"));
    let one = sandbox
        .read("v2/organizations/search?term=x&exact_match=true&fields=name")
        .await;
    assert_eq!(found(&one).len(), 1);
    // The built-in website is not searched.
    let website = sandbox.read("v2/organizations/search?term=acme.com").await;
    assert_eq!(found(&website), [0; 0]);
    let field = refused("v2/itemSearch/field?entity_type=organization&field=website&term=acme.com");
    assert!(field.await.starts_with("field: "));
}

#[tokio::test]
async fn custom_fields_are_searched_by_their_code_and_case() {
    let sandbox = account().await;
    let field = sandbox.admin(
        "fields/organizations",
        json!({"name": "Domain", "type": "varchar"}),
    );
    let code = text(&field["field_code"]);
    let rows = ["acme.com", "Acme.com", "acme.com.au"];
    let rows = rows.map(|domain| json!({"name": domain, "custom_fields": {code.clone(): domain}}));
    let seeded = sandbox.seed("organizations", rows.to_vec());
    let path = format!("v2/itemSearch/field?entity_type=organization&field={code}&term=acme.com");
    let exact = sandbox.read(&format!("{path}&match=exact")).await;
    assert_eq!(
        exact.body["data"],
        json!([{"id": seeded[0], "name": "acme.com"}])
    );
    let beginning = sandbox.read(&format!("{path}&match=beginning")).await;
    assert_eq!(super::ids(&beginning), [seeded[0], seeded[2]]);
    let all = sandbox
        .read("v2/itemSearch?term=acme.com.au&fields=custom_fields&item_types=organization,person")
        .await;
    assert_eq!(found(&all), [seeded[2]]);
    let item = &all.body["data"]["items"][0]["item"];
    assert_eq!(
        (&item["type"], &item["custom_fields"]),
        (&json!("organization"), &json!(["acme.com.au"]))
    );
}

#[tokio::test]
async fn found_rows_come_in_pages() {
    let sandbox = account().await;
    let people = (0..5).map(|n| person("Same", &format!("p{n}@acme.com")));
    let seeded = sandbox.seed("persons", people.collect());
    let path = "v2/persons/search?term=acme.com&limit=3";
    let first = sandbox.read(path).await;
    assert_eq!(found(&first), seeded[..3]);
    let cursor = text(&first.body["additional_data"]["next_cursor"]);
    let second = sandbox.read(&format!("{path}&cursor={cursor}")).await;
    assert_eq!(found(&second), seeded[3..]);
    assert_eq!(second.body["additional_data"]["next_cursor"], Value::Null);
}
