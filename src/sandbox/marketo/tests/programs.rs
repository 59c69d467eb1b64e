use reqwest::Method;
use serde_json::{Value, json};

use super::{Instance, code, failure, ids, instance, lead, rows};

async fn asset(instance: &Instance, path: &str) -> Value {
    let answer = instance.get(&format!("/rest/asset/v1/{path}")).await;
    assert_eq!(answer.body["success"], true, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn programs_channels_and_folders() {
    let instance = instance().await;
    let program = asset(&instance, "program/1001.json").await;
    let row = &program["result"][0];
    assert_eq!(
        (&row["name"], &row["channel"]),
        (&json!("Expo 2026"), &json!("Tradeshow"))
    );
    assert!(row["url"].as_str().unwrap().ends_with("#ME1001A1"));
    assert!(row["createdAt"].as_str().unwrap().ends_with("Z+0000"));
    let named = asset(&instance, "program/byName.json?name=Expo%202026").await;
    assert_eq!(named["result"][0]["id"], 1001);
    let none = asset(&instance, "program/77.json").await;
    assert_eq!(none.get("result"), None);
    assert_eq!(
        none["warnings"][0],
        "No assets found for the given search criteria."
    );
    let blank = instance.get("/rest/asset/v1/program/byName.json").await;
    assert_eq!(failure(&blank).2, "name cannot be blank");
    assert_eq!(code(&blank), "701");

    let channel = asset(&instance, "channel/byName.json?name=Tradeshow").await;
    let statuses = channel["result"][0]["progressionStatuses"]
        .as_array()
        .unwrap()
        .clone();
    let names: Vec<&Value> = statuses.iter().map(|status| &status["name"]).collect();
    assert_eq!(
        names,
        [
            "Not in Program",
            "Invited",
            "Registered",
            "No Show",
            "Visited Booth",
            "Influenced"
        ]
    );
    assert_eq!(
        (&statuses[5]["step"], &statuses[5]["success"]),
        (&json!(50), &json!(true))
    );
    assert_eq!(
        asset(&instance, "channels.json").await["result"]
            .as_array()
            .unwrap()
            .len(),
        2
    );

    instance.seed(
        "programs",
        (0..40)
            .map(|n| json!({"name": format!("Fair {n}")}))
            .collect(),
    );
    let page = asset(&instance, "programs.json?maxReturn=30&offset=30").await;
    assert_eq!(page["result"].as_array().unwrap().len(), 12);
    assert_eq!(
        asset(&instance, "programs.json").await["result"]
            .as_array()
            .unwrap()
            .len(),
        20
    );
    let in_folder = asset(
        &instance,
        "programs.json?filterType=folderId&filterValues=29",
    )
    .await;
    assert_eq!(in_folder["result"][0]["name"], "Expo 2024");
    let beyond = asset(&instance, "programs.json?offset=100").await;
    assert_eq!(beyond.get("result"), None);
    assert_eq!(
        code(
            &instance
                .get("/rest/asset/v1/programs.json?maxReturn=201")
                .await
        ),
        "1003"
    );
    let folder = asset(&instance, "folder/29.json?type=Folder").await;
    assert_eq!(folder["result"][0]["isArchive"], true);
}

#[tokio::test]
async fn members_only_move_on() {
    let instance = instance().await;
    let leads = instance.seed("leads", vec![lead(1), lead(2)]);
    let set = |status: &str, leads: Vec<u64>| {
        let input: Vec<Value> = leads.iter().map(|id| json!({"leadId": id})).collect();
        instance.write(
            "programs/1001/members/status.json",
            json!({"statusName": status, "input": input}),
        )
    };
    let answer = set("Registered", vec![leads[0], 1]).await;
    assert_eq!(rows(&answer), ["created", "1004"]);
    assert_eq!(
        answer.body["result"][0],
        json!({"seq": 0, "status": "created", "leadId": leads[0]})
    );
    let answer = set("Visited Booth", leads.clone()).await;
    assert_eq!(rows(&answer), ["updated", "created"]);
    for past in ["Visited Booth", "Invited"] {
        let skipped = set(past, vec![leads[0]]).await;
        let text = "Lead skipped because it is already in or past this status";
        let expected =
            json!({"seq": 0, "status": "skipped", "reasons": [{"code": "1037", "message": text}]});
        assert_eq!(skipped.body["result"][0], expected);
    }
    assert_eq!(
        instance.stat("member_statuses"),
        json!({"Visited Booth": 2})
    );
    // To the letter.
    let unknown = set("visited booth", leads.clone()).await;
    assert_eq!(failure(&unknown).2, "Program status not found");
    assert_eq!(code(&unknown), "1025");
    let body = json!({"statusName": "Invited", "input": [{"leadId": leads[0]}]});
    assert_eq!(
        code(
            &instance
                .write("programs/77/members/status.json", body)
                .await
        ),
        "1013"
    );
    let old = json!({"status": "Influenced", "input": [{"id": leads[0]}]});
    let old = instance.write("leads/programs/1001/status.json", old).await;
    assert_eq!(rows(&old), ["changed"]);
    let (_, members) = instance.sandbox.admin("GET", "members/1001", &Value::Null);
    assert_eq!(members["members"][0]["reachedSuccess"], true);
}

#[tokio::test]
async fn members_are_read_and_have_fields() {
    let instance = instance().await;
    let leads = instance.seed("leads", vec![lead(1), lead(2), lead(3)]);
    let seeded = json!({"members": [{"leadId": leads[0], "status": "Invited"}, {"leadId": leads[1], "status": "Influenced"}]});
    instance.admin("members/1001", seeded);
    let path = format!(
        "programs/1001/members.json?filterType=leadId&filterValues={},{}&fields=leadId,statusName,reachedSuccess",
        leads[1], leads[2]
    );
    let found = instance.read(&path).await;
    let expected =
        json!([{"seq": 0, "leadId": leads[1], "statusName": "Influenced", "reachedSuccess": true}]);
    assert_eq!(found.body["result"], expected);
    let by_status = instance
        .read("programs/1001/members.json?filterType=statusName&filterValues=Invited")
        .await;
    assert_eq!(by_status.body["result"][0]["leadId"], json!(leads[0]));
    assert_eq!(by_status.body["result"][0]["programId"], 1001);
    let wrong = instance
        .read("programs/1001/members.json?filterType=email&filterValues=x")
        .await;
    assert_eq!(code(&wrong), "1003");

    let rows_of = json!({"input": [
        {"leadId": leads[0], "registrationCode": "R1"},
        {"leadId": leads[2], "registrationCode": "R2"},
        {"leadId": leads[0], "statusName": "Influenced"},
    ]});
    let set = instance.write("programs/1001/members.json", rows_of).await;
    assert_eq!(rows(&set), ["updated", "1013", "1003"]);
    assert_eq!(
        set.body["result"][1]["reasons"][0]["message"],
        "Membership not found"
    );
    let described = instance.read("programs/members/describe.json").await;
    let searchable = &described.body["result"][0]["searchableFields"];
    assert_eq!(
        *searchable,
        json!([["leadId"], ["reachedSuccess"], ["statusName"]])
    );
    let gone = json!({"input": [{"leadId": leads[0]}, {"leadId": leads[2]}]});
    let gone = instance
        .write("programs/1001/members/delete.json", gone)
        .await;
    assert_eq!(rows(&gone), ["deleted", "1037"]);
    assert_eq!(instance.stat("program_members"), 1);
}

#[tokio::test]
async fn an_archived_program_takes_nobody() {
    let instance = instance().await;
    let [id] = instance.seed("leads", vec![lead(1)])[..] else {
        panic!()
    };
    let body = json!({"statusName": "Invited", "input": [{"leadId": id}]});
    let path = "programs/1002/members/status.json";
    assert_eq!(code(&instance.write(path, body.clone()).await), "1013");
    instance.admin("programs/1002", json!({"archived": false}));
    assert_eq!(rows(&instance.write(path, body.clone()).await), ["created"]);
    instance.admin("programs/1001", json!({"archived": true}));
    let path = "programs/1001/members/status.json";
    assert_eq!(code(&instance.write(path, body.clone()).await), "1013");
    let shown = asset(&instance, "folder/1001.json?type=Program").await;
    assert_eq!(shown["result"][0]["isArchive"], true);
    instance.admin("settings", json!({"archived_refuses": false}));
    assert_eq!(rows(&instance.write(path, body.clone()).await), ["created"]);
}

#[tokio::test]
async fn channels_of_ones_own() {
    let instance = instance().await;
    let [id] = instance.seed("leads", vec![lead(1)])[..] else {
        panic!()
    };
    instance.admin(
        "channels",
        json!({"name": "Roadshow", "statuses": ["Not in Program", "Came", "Bought"]}),
    );
    let [program] = instance.seed(
        "programs",
        vec![json!({"name": "Tour", "channel": "Roadshow"})],
    )[..] else {
        panic!()
    };
    let path = format!("programs/{program}/members/status.json");
    let set = |status: &str| json!({"statusName": status, "input": [{"leadId": id}]});
    assert_eq!(rows(&instance.write(&path, set("Came")).await), ["created"]);
    // Who is in a status the channel has no longer can go anywhere.
    instance.admin(
        "channels",
        json!({"name": "Roadshow", "statuses": ["Not in Program", {"name": "Seen", "step": 5}]}),
    );
    assert_eq!(code(&instance.write(&path, set("Came")).await), "1025");
    assert_eq!(rows(&instance.write(&path, set("Seen")).await), ["updated"]);
}

#[tokio::test]
async fn static_lists() {
    let instance = instance().await;
    let leads = instance.seed("leads", vec![lead(1), lead(2)]);
    let lists = instance.read("lists.json?name=Trade%20show%20leads").await;
    assert_eq!(ids(&lists), [1001]);
    let named = asset(
        &instance,
        "staticList/byName.json?name=Trade%20show%20leads",
    )
    .await;
    assert_eq!(named["result"][0]["id"], 1001);
    let input = json!({"input": [{"id": leads[0]}, {"id": 1}]});
    let added = instance.write("lists/1001/leads.json", input).await;
    assert_eq!(rows(&added), ["added", "1004"]);
    assert_eq!(ids(&added), [leads[0], 1]);
    let path = format!(
        "lists/1001/leads/ismember.json?id={}&id={}",
        leads[0], leads[1]
    );
    assert_eq!(
        rows(&instance.read(&path).await),
        ["memberof", "notmemberof"]
    );
    assert_eq!(
        ids(&instance.read("list/1001/leads.json").await),
        [leads[0]]
    );
    let path = format!(
        "/rest/v1/lists/1001/leads.json?id={},{}",
        leads[0], leads[1]
    );
    let removed = instance
        .send(instance.request(Method::DELETE, &path))
        .await
        .unwrap();
    assert_eq!(rows(&removed), ["removed", "1015"]);
    let gone = instance.read("lists/7/leads.json").await;
    assert_eq!(failure(&gone).2, "Static list not found");
    assert_eq!(code(&gone), "1013");
}
