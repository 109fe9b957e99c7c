//! `/api/{user_id}/screen`: what the main page shows, in one call.

use axum::extract::State;
use jiff::ToSpan;
use todo_api::{
    Problem,
    change::ChangeBody,
    conversation::{ConversationBody, MessageBody},
    list::{TagBody, TaskListBody},
    plan::PlanBody,
    screen::{CountsBody, ScreenBody, ScreenParams, ScreenUser, View},
    settings::SettingsBody,
    task::TaskBody,
};
use todo_core::{
    Caller, ChangeSeq, ConversationId, PlanId, TaskNumber,
    chats::{Conversation, Message},
    task::{Invalid, Tag},
    tasks::{Change, ChangeQuery, ListRequest, Listing, Owner, Sort, Status, TaskError},
};
use todo_service::{
    ApiError,
    extract::{Json, Query},
};

use crate::{App, extract::Me};

/// How many tasks a page of the list has.
const PAGE: u64 = 200;
/// How many messages of the conversation are shown.
const MESSAGES: u64 = 50;
/// How many conversations the menu shows.
const CONVERSATIONS: u64 = 20;

/// What the main page shows.
#[utoipa::path(
    get, path = "/api/{user_id}/screen", tag = "screen", params(("user_id" = String, Path,), ScreenParams),
    responses((status = 200, body = ScreenBody), (status = 422, body = Problem))
)]
#[tracing::instrument(name = "http.screen", skip_all)]
pub(crate) async fn screen(
    State(app): State<App>,
    Me(caller): Me,
    Query(params): Query<ScreenParams>,
) -> Result<Json<ScreenBody>, ApiError> {
    let (user, listing) = tokio::join!(user(&app, &caller), list(&app, &caller, &params));
    let (user, listing) = (user?, listing?);
    let view = params.view.unwrap_or_default();
    let (counts, tags, done_today, task, plans, chat) = tokio::join!(
        counts(&app, &caller, &listing.owner),
        app.tasks.tags(&caller),
        done_today(&app, &caller, view),
        wanted(&app, &caller, params.task),
        app.plans.waiting(caller.user, app.clock.now()),
        chat(&app, &caller, params.conversation),
    );
    let chat = chat?;
    let now = app.clock.now();
    Ok(Json(ScreenBody {
        user,
        settings: SettingsBody::from(&listing.owner.settings),
        now,
        seq: listing.owner.seq.0,
        counts: counts?,
        tags: tags?.iter().map(TagBody::from).collect(),
        list: TaskListBody::from(&listing),
        done_today: done_today?,
        task: task?,
        plans: plans?.iter().map(|plan| PlanBody::new(plan, now)).collect(),
        assistant: app.assistant.name().to_owned(),
        conversations: chat.conversations.iter().map(ConversationBody::from).collect(),
        conversation: chat.open.as_ref().map(ConversationBody::from),
        messages: chat.messages.iter().map(MessageBody::from).collect(),
        message_plans: chat.plans,
        message_changes: chat.changes,
    }))
}

async fn user(app: &App, caller: &Caller) -> Result<ScreenUser, ApiError> {
    let (user, _) = app.accounts.by_id(caller.user).await?.ok_or_else(crate::extract::missing)?;
    Ok(ScreenUser { id: user.id.to_string(), name: user.name, email: user.email })
}

async fn list(app: &App, caller: &Caller, params: &ScreenParams) -> Result<Listing, TaskError> {
    let view = params.view.unwrap_or_default();
    let (status, sort) = match view {
        View::Today | View::Upcoming | View::All | View::Tag | View::None => {
            (Status::Pending, Sort::Due)
        }
        View::Completed => (Status::Completed, Sort::Completed),
        View::Search => (Status::All, Sort::Due),
        View::Trash => (Status::Trashed, Sort::Deleted),
    };
    let due = match view {
        View::Today => Some(format!("..{}", today(app, &app.tasks.owner(caller).await?))),
        View::Upcoming => Some("upcoming".to_owned()),
        _ => None,
    };
    let tag = match (view, &params.tag) {
        (View::Tag, Some(tag)) => Some(Tag::parse(tag)?),
        (View::Tag, None) => {
            return Err(Invalid::new("tag", "the view of a tag needs a tag").into());
        }
        _ => None,
    };
    let request = ListRequest {
        status,
        due,
        tag,
        search: params.q.clone().filter(|_| view == View::Search),
        sort: params.sort.unwrap_or(sort),
        limit: if view == View::None { 1 } else { PAGE },
        cursor: params.cursor.clone(),
        ..ListRequest::default()
    };
    let mut listing = app.tasks.list(caller, &request).await?;
    if view == View::None {
        listing.tasks.clear();
        listing.next = None;
    }
    Ok(listing)
}

fn today(app: &App, owner: &Owner) -> jiff::civil::Date {
    app.clock.now_in(&owner.settings.zone()).date()
}

async fn counts(app: &App, caller: &Caller, owner: &Owner) -> Result<CountsBody, TaskError> {
    let today = today(app, owner);
    let yesterday = today.checked_sub(1.day()).unwrap_or(today);
    let due = |due: String| ListRequest { due: Some(due), limit: 1, ..ListRequest::default() };
    let (until_today, before_today, upcoming) =
        (due(format!("..{today}")), due(format!("..{yesterday}")), due("upcoming".to_owned()));
    let (today, overdue, upcoming) = tokio::join!(
        app.tasks.count(caller, &until_today),
        app.tasks.count(caller, &before_today),
        app.tasks.count(caller, &upcoming),
    );
    Ok(CountsBody {
        today: today?,
        overdue: overdue?,
        upcoming: upcoming?,
        open: owner.open,
        completed: owner.done,
        trashed: owner.trashed,
    })
}

async fn done_today(app: &App, caller: &Caller, view: View) -> Result<Vec<TaskBody>, TaskError> {
    if view != View::Today {
        return Ok(Vec::new());
    }
    let request = ListRequest {
        status: Status::Completed,
        completed: Some("today".to_owned()),
        sort: Sort::Completed,
        limit: PAGE,
        ..ListRequest::default()
    };
    Ok(app.tasks.list(caller, &request).await?.tasks.iter().map(TaskBody::from).collect())
}

async fn wanted(
    app: &App,
    caller: &Caller,
    task: Option<i64>,
) -> Result<Option<TaskBody>, TaskError> {
    let Some(number) = task else { return Ok(None) };
    match app.tasks.get(caller, TaskNumber(number)).await {
        Ok(task) => Ok(Some(TaskBody::from(&task))),
        Err(TaskError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The chat beside the list.
struct Chat {
    conversations: Vec<Conversation>,
    open: Option<Conversation>,
    messages: Vec<Message>,
    plans: Vec<PlanBody>,
    changes: Vec<ChangeBody>,
}

async fn chat(app: &App, caller: &Caller, wanted: Option<i64>) -> Result<Chat, ApiError> {
    let conversations = app.chats.conversations(caller.user, None, None, CONVERSATIONS).await?;
    let open = match wanted {
        Some(id) => app.chats.conversation(caller.user, ConversationId(id)).await?,
        None => conversations.first().cloned(),
    };
    let messages = match &open {
        Some(conversation) => {
            app.chats.messages(caller.user, conversation.id, None, MESSAGES).await?
        }
        None => Vec::new(),
    };
    let plans = messages.iter().filter_map(|message| message.outcome.plan).collect::<Vec<_>>();
    let plans = message_plans(app, caller, &plans).await?;
    let called = messages.iter().flat_map(|message| &message.outcome.tool_calls);
    let made = called.filter_map(|call| call.change);
    let confirmed = plans.iter().filter_map(|plan| plan.change_id).map(ChangeSeq);
    let changes = message_changes(app, caller, made.chain(confirmed).collect()).await?;
    Ok(Chat { conversations, open, messages, plans, changes })
}

async fn message_plans(
    app: &App,
    caller: &Caller,
    ids: &[PlanId],
) -> Result<Vec<PlanBody>, ApiError> {
    let mut plans = Vec::new();
    for id in ids {
        if let Some(plan) = app.plans.plan(caller.user, *id).await? {
            plans.push(PlanBody::new(&plan, app.clock.now()));
        }
    }
    Ok(plans)
}

/// These changes, and those that took some of them back: a receipt says when it was undone.
async fn message_changes(
    app: &App,
    caller: &Caller,
    seqs: Vec<ChangeSeq>,
) -> Result<Vec<ChangeBody>, ApiError> {
    let mut changes = changes(app, caller, seqs).await?;
    let known = |seq: &ChangeSeq| changes.iter().any(|change| change.seq == *seq);
    let undoing = changes.iter().filter_map(|change| change.undone_by);
    let undoing = undoing.filter(|seq| !known(seq)).collect();
    changes.extend(self::changes(app, caller, undoing).await?);
    Ok(changes.iter().map(ChangeBody::from).collect())
}

async fn changes(
    app: &App,
    caller: &Caller,
    only: Vec<ChangeSeq>,
) -> Result<Vec<Change>, TaskError> {
    if only.is_empty() {
        return Ok(Vec::new());
    }
    let limit = only.len() as u64;
    app.tasks.changes(caller, &ChangeQuery { only, limit, ..ChangeQuery::default() }).await
}
