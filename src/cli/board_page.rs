//! `reconcile --html FILE`, `sync --watch --html FILE`: the board as a page for people without a terminal.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::command_error::{CommandError, ErrorCode};
use super::services::vendor_of;
use crate::domain::board::LeadLine;
use crate::domain::integration::Integration;
use crate::domain::lead::Role;
use crate::store::{Selection, Store, StoreError};
use crate::ui::board::BoardView;
use crate::ui::board::page::{PageLead, PageWriter};

/// What goes into a page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contents {
    /// Every attempt of every lead.
    pub logs: bool,
    /// Neither names nor addresses nor what anybody wrote.
    pub no_personal_data: bool,
    /// The page reads itself anew, since it is written again and again.
    pub live: bool,
}

/// Writes the page of what was chosen; a page that cannot be finished leaves the one there was.
///
/// # Errors
/// If the file cannot be written or the leads cannot be read.
pub fn write(
    path: &Path,
    store: &Store,
    integration: &Integration,
    selection: &Selection,
    limit: Option<u64>,
    view: BoardView,
    contents: Contents,
) -> Result<u64, CommandError> {
    let view = if contents.no_personal_data {
        without_personal_data(view)
    } else {
        view
    };
    in_place(path, |out| {
        let failed = |error| cannot_write(path, &error);
        fill(
            out,
            store,
            integration,
            selection,
            limit,
            &view,
            contents,
            failed,
        )
    })
}

/// Writes a file beside the one there is and puts it in its place when it is whole.
///
/// # Errors
/// If it cannot be written, and what `fill` returns; then the file there was stays.
pub fn in_place<T>(
    path: &Path,
    fill: impl FnOnce(BufWriter<File>) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let failed = |error: io::Error| cannot_write(path, &error);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let out = BufWriter::new(file.as_file().try_clone().map_err(failed)?);
    let filled = fill(out)?;
    readable_as_others(file.as_file());
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(filled)
}

/// A file that people asked for cannot be written.
pub fn cannot_write(path: &Path, error: &io::Error) -> CommandError {
    let code = match error.kind() {
        io::ErrorKind::StorageFull => ErrorCode::DiskFull,
        _ => ErrorCode::File,
    };
    CommandError::new(code, format!("cannot write {}: {error}", path.display()))
        .hint("name another file, or make room for this one")
}

/// A page is made to be shown: it has the permissions any new file has here, where the platform knows them.
#[cfg(unix)]
fn readable_as_others(file: &File) {
    use std::os::unix::fs::PermissionsExt;
    let _ = file.set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable_as_others(_: &File) {}

#[allow(clippy::too_many_arguments)] // the parts of one page
fn fill<W: Write>(
    out: W,
    store: &Store,
    integration: &Integration,
    selection: &Selection,
    limit: Option<u64>,
    view: &BoardView,
    contents: Contents,
    failed: impl Fn(io::Error) -> CommandError,
) -> Result<u64, CommandError> {
    let mut page = PageWriter::begin(out, view, contents.live).map_err(&failed)?;
    let (mut count, broken) = (0, RefCell::new(None));
    let listed = store.lead_lines(integration, selection, limit, &mut |line| {
        let lead = page_lead(store, integration, line, contents)?;
        count += 1;
        page.lead(&lead).map_err(|error| {
            let told = StoreError::Unexpected(error.to_string());
            broken.replace(Some(error));
            told
        })
    });
    if let Some(error) = broken.take() {
        return Err(failed(error));
    }
    listed?;
    page.end().map_err(failed)?;
    Ok(count)
}

fn page_lead(
    store: &Store,
    integration: &Integration,
    line: LeadLine,
    contents: Contents,
) -> Result<PageLead, StoreError> {
    let account = integration.account.as_ref();
    let log = match account.filter(|_| contents.logs) {
        Some(account) => serde_json::to_value(store.attempts(account.id, line.lead, true)?).ok(),
        None => None,
    };
    let link = match line.record {
        Some(_) => link_of(store, integration, &line)?,
        None => None,
    };
    let private = contents.no_personal_data;
    let told = |text: Option<String>| text.filter(|_| !private).unwrap_or_default();
    Ok(PageLead {
        id: line.id,
        name: told(Some(line.name)),
        email: told(line.email),
        events: line.events,
        state: line.state.name().to_owned(),
        category: line
            .category
            .map(|category| category.code().to_owned())
            .unwrap_or_default(),
        landed: line.landed,
        record: line.record.unwrap_or_default(),
        link: link.unwrap_or_default(),
        message: told(line.message),
        reason: line.reason.unwrap_or_default(),
        log,
    })
}

pub(super) fn link_of(
    store: &Store,
    integration: &Integration,
    line: &LeadLine,
) -> Result<Option<String>, StoreError> {
    let (Some(account), Ok(vendor)) = (&integration.account, vendor_of(integration)) else {
        return Ok(None);
    };
    let links = store.remote_links(account.id, line.lead)?;
    let person = links.iter().rfind(|link| link.role == Role::Persona);
    Ok(person.and_then(|link| {
        (vendor.record_url)(
            &integration.settings,
            &account.vendor_account,
            &link.object,
            &link.remote_id,
        )
    }))
}

/// Values, messages and reasons are what people wrote, or the vendor said of it.
fn without_personal_data(mut view: BoardView) -> BoardView {
    for cause in view.failed.iter_mut().flat_map(|group| &mut group.causes) {
        cause.value = None;
        cause.message = None;
        cause.guess = None;
    }
    for group in &mut view.failed {
        group.command = None;
    }
    view.remarks.ignored.clear();
    view.next.clear();
    view
}
