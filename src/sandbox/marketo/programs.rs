//! Programs, their channels and folders, as the asset API shows them.
//!
//! A program has no "archived" of its own: archiving moves it into a folder with `isArchive` (the asset API's
//! folders; programs can be read through that API too).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answers;
use super::errors::ApiError;
use super::instance::Instance;
use super::leads::Values;
use super::parameters::Parameters;
use crate::sandbox::wire::{Reply, Request};

#[derive(Clone, Debug)]
pub(super) struct Status {
    pub(super) name: String,
    pub(super) step: i64,
    pub(super) hidden: bool,
    pub(super) success: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) id: u64,
    pub(super) name: String,
    /// `event`, `program`, …
    pub(super) program_type: String,
    pub(super) statuses: Vec<Status>,
}

#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) archive: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) id: u64,
    pub(super) name: String,
    /// `Event`, `Default`, …
    pub(super) kind: String,
    pub(super) channel: String,
    pub(super) folder: u64,
    /// "on", "off", "unlocked" or "locked"; blank for most kinds.
    pub(super) status: String,
    pub(super) created_at: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) status: String,
    /// Fields of its own, such as `registrationCode`.
    pub(super) values: Values,
    pub(super) reached_success: bool,
    /// Epoch milliseconds.
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
}

pub(super) struct Programs {
    pub(super) channels: Vec<Channel>,
    pub(super) folders: BTreeMap<u64, Folder>,
    pub(super) all: BTreeMap<u64, Program>,
    /// By program and lead.
    pub(super) members: BTreeMap<(u64, u64), Member>,
}

fn statuses(rows: &[(&str, bool)]) -> Vec<Status> {
    let steps = (0..).step_by(10).zip(rows);
    steps
        .map(|(step, (name, success))| Status {
            name: (*name).to_owned(),
            step,
            hidden: false,
            success: *success,
        })
        .collect()
}

impl Programs {
    /// The channels of a trade show and of a web page, and a program in use and in the archive.
    pub(super) fn standard(now: i64) -> Self {
        let trade_show = Channel {
            id: 6,
            name: "Tradeshow".to_owned(),
            program_type: "event".to_owned(),
            statuses: statuses(&[
                ("Not in Program", false),
                ("Invited", false),
                ("Registered", false),
                ("No Show", false),
                ("Visited Booth", false),
                ("Influenced", true),
            ]),
        };
        let content = Channel {
            id: 8,
            name: "Content".to_owned(),
            program_type: "program".to_owned(),
            statuses: statuses(&[("Not in Program", false), ("Engaged", true)]),
        };
        let folders = [(28, "Trade shows", false), (29, "Archive", true)];
        let folders = folders.map(|(id, name, archive)| {
            let name = name.to_owned();
            (id, Folder { id, name, archive })
        });
        let programs = [(1_001, "Expo 2026", 28), (1_002, "Expo 2024", 29)];
        let programs = programs.map(|(id, name, folder)| {
            let program = Program {
                id,
                name: name.to_owned(),
                kind: "Event".to_owned(),
                channel: trade_show.name.clone(),
                folder,
                status: String::new(),
                created_at: now,
            };
            (id, program)
        });
        Self {
            channels: vec![trade_show, content],
            folders: folders.into(),
            all: programs.into(),
            members: BTreeMap::new(),
        }
    }

    pub(super) fn get(&self, id: u64) -> Result<&Program, Box<ApiError>> {
        self.all
            .get(&id)
            .ok_or_else(|| ApiError::not_found("Program"))
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&Program> {
        self.all.values().find(|program| program.name == name)
    }

    pub(super) fn is_archived(&self, program: &Program) -> bool {
        let folder = self.folders.get(&program.folder);
        folder.is_some_and(|folder| folder.archive)
    }

    /// A status of the program's channel, by its exact name.
    pub(super) fn status(&self, program: &Program, name: &str) -> Option<&Status> {
        let mut channels = self.channels.iter();
        let channel = channels.find(|channel| channel.name == program.channel)?;
        channel.statuses.iter().find(|status| status.name == name)
    }

    fn show(&self, program: &Program) -> Value {
        let folder = self.folders.get(&program.folder);
        let date = asset_date(program.created_at);
        let letters = if program.kind == "Event" { "ME" } else { "PG" };
        json!({
            "id": program.id,
            "name": program.name,
            "description": "",
            "createdAt": date,
            "updatedAt": date,
            "url": format!("https://app-sandbox.marketo.com/#{letters}{}A1", program.id),
            "type": program.kind,
            "channel": program.channel,
            "folder": {
                "type": "Folder",
                "value": program.folder,
                "folderName": folder.map(|folder| &folder.name),
            },
            "status": program.status,
            "workspace": "Default",
            "headStart": false,
        })
    }
}

/// `2015-05-21T22:45:13Z+0000`, as the asset API writes dates.
fn asset_date(milliseconds: i64) -> String {
    format!("{}+0000", super::field::seconds(milliseconds))
}

impl Channel {
    fn show(&self) -> Value {
        let statuses = self.statuses.iter().map(|status| {
            json!({
                "name": status.name,
                "description": null,
                "hidden": status.hidden,
                "step": status.step,
                "success": status.success,
            })
        });
        json!({
            "id": self.id,
            "name": self.name,
            "applicableProgramType": self.program_type,
            "progressionStatuses": statuses.collect::<Vec<_>>(),
            "createdAt": asset_date(0),
            "updatedAt": asset_date(0),
        })
    }
}

/// One program has tags and costs, a list of them has not.
fn with_details(mut program: Value) -> Value {
    program["tags"] = Value::Null;
    program["costs"] = Value::Null;
    program
}

pub(super) fn one(instance: &Instance, id: u64) -> Reply {
    let programs = &instance.programs;
    let rows: Vec<Value> = programs
        .all
        .get(&id)
        .map(|program| with_details(programs.show(program)))
        .into_iter()
        .collect();
    answers::assets(instance, &rows)
}

pub(super) fn by_name(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let name = asset_parameter(request, "name")?;
    let programs = &instance.programs;
    let program = programs.by_name(&name);
    let rows: Vec<Value> = program
        .map(|program| with_details(programs.show(program)))
        .into_iter()
        .collect();
    Ok(answers::assets(instance, &rows))
}

/// `GET programs.json`, with `filterType` of id, programId, folderId or workspace.
pub(super) fn many(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let given = Parameters::of(request);
    let programs = &instance.programs;
    let mut all: Vec<&Program> = programs.all.values().collect();
    if let Some(field) = given.text("filterType") {
        let wanted = given.list("filterValues");
        all.retain(|program| {
            let value = match field.as_str() {
                "id" | "programId" => program.id.to_string(),
                "folderId" => program.folder.to_string(),
                "workspace" => "Default".to_owned(),
                _ => return false,
            };
            wanted.contains(&value)
        });
    }
    if let Some(status) = given.text("status") {
        all.retain(|program| program.status == status);
    }
    let rows: Vec<Value> = all
        .into_iter()
        .map(|program| programs.show(program))
        .collect();
    let page = answers::slice_assets(&given, &rows)?;
    Ok(answers::assets(instance, page))
}

/// Blank parameters of the asset API are error 701.
pub(super) fn asset_parameter(request: &Request, name: &str) -> Result<String, Box<ApiError>> {
    let given = Parameters::of(request).text(name);
    given.ok_or_else(|| ApiError::new(701, format!("{name} cannot be blank")))
}

pub(super) fn channels(instance: &Instance, request: &Request) -> Result<Reply, Box<ApiError>> {
    let rows: Vec<Value> = instance
        .programs
        .channels
        .iter()
        .map(Channel::show)
        .collect();
    let page = answers::slice_assets(&Parameters::of(request), &rows)?;
    Ok(answers::assets(instance, page))
}

pub(super) fn channel_by_name(
    instance: &Instance,
    request: &Request,
) -> Result<Reply, Box<ApiError>> {
    let name = asset_parameter(request, "name")?;
    let channels = instance.programs.channels.iter();
    let rows: Vec<Value> = channels
        .filter(|channel| channel.name == name)
        .map(Channel::show)
        .collect();
    Ok(answers::assets(instance, &rows))
}

/// `GET folder/{id}.json?type=Folder` or `type=Program`.
pub(super) fn folder(
    instance: &Instance,
    request: &Request,
    id: u64,
) -> Result<Reply, Box<ApiError>> {
    let kind = asset_parameter(request, "type")?;
    let programs = &instance.programs;
    let found = match kind.as_str() {
        "Program" => programs.all.get(&id).map(|program| {
            let archive = programs.is_archived(program);
            (program.name.clone(), "Marketing Event", archive)
        }),
        _ => programs
            .folders
            .get(&id)
            .map(|folder| (folder.name.clone(), "Marketing Folder", folder.archive)),
    };
    let rows: Vec<Value> = found
        .map(|(name, folder_type, archive)| {
            json!({
                "name": name,
                "description": null,
                "createdAt": asset_date(0),
                "updatedAt": asset_date(0),
                "url": null,
                "folderId": {"id": id, "type": kind},
                "folderType": folder_type,
                "parent": {"id": 11, "type": "Folder"},
                "path": format!("/Marketing Activities/Default/{name}"),
                "isArchive": archive,
                "isSystem": false,
                "accessZoneId": 1,
                "workspace": "Default",
                "id": id,
            })
        })
        .into_iter()
        .collect();
    Ok(answers::assets(instance, &rows))
}
