// Opening a book: a drop zone, the drafts of this browser, a new book, the sample; afterwards what was read.

function openPanel(ui) {
  const view = ui.view;
  if (!view.shown) return [];
  if (view.summary && !view.choosing) return [openSummary(ui, view.summary), view.summary.moved && movedBook(ui, view.summary.moved)];
  return [
    h("div", { key: "lead", class: "cb-open-lead" },
      h("div", {}, h("h1", {}, ui.t("open_title")), h("p", { class: "cb-soft" }, ui.t("open_lead"))),
      view.choosing && h("button", { type: "button", class: "cb-button", onclick: () => ui.go({ go: "step", step: 1 }) }, ui.t("open_back"))),
    draftList(ui),
    leftWaiting(ui),
    view.refusal && refusalPanel(ui, view.refusal),
    view.form && ui.mine.making
      ? newForm(ui, view.form)
      : h("div", { key: "ways", class: "cb-ways" }, dropZone(ui), otherWays(ui)),
  ];
}

function openSummary(ui, summary) {
  const moves = summary.move && summary.move.ready; // then that comes first, and the next step after it
  return h("section", { key: "summary", class: "cb-panel cb-summary", "aria-labelledby": "cb-summary-title" },
    h("div", { class: "cb-body cb-summary-in" },
      h("div", {},
        h("h1", { id: "cb-summary-title" }, summary.title),
        h("p", { class: "cb-soft" }, summary.unit),
        h("p", {}, summary.line),
        leftWaiting(ui),
        summary.notes.map((note) => h("p", { class: "cb-say cb-after" }, note)),
        summary.lineage && lineageLine(summary.lineage),
        summary.text && oldText(ui, summary.text),
        summary.move && wayToMove(ui, summary.move, summary.token),
        summary.returned && returnedBook(ui, summary.returned)),
      h("div", { class: "cb-row" },
        h("button", { type: "button", class: "cb-button", onclick: () => ui.go({ go: "step", step: 1, other: true }) }, ui.t("open_other")),
        h("button", { type: "button", class: "cb-button" + (moves ? "" : " cb-main"), "data-focus": moves ? undefined : summary.token, onclick: () => ui.go({ go: "step", step: 2 }) }, ui.t("open_next")))));
}

// What old text was and what it became; whoever knows better says so, and may take that back like any act.
function oldText(ui, text) {
  return h("div", { class: "cb-after cb-old-text", role: "group", "aria-labelledby": "cb-old-text-title" },
    h("h2", { id: "cb-old-text-title" }, text.title),
    text.rows.length > 0 && h("table", {},
      h("thead", {}, h("tr", {}, ["text_sheet", "text_before", "text_after", "text_encoding", "text_cells"].map((key) => h("th", { scope: "col" }, ui.t(key))))),
      h("tbody", {}, text.rows.map((row) => h("tr", {}, h("td", {}, row.sheet), h("td", {}, row.before), h("td", {}, row.after), h("td", {}, row.as), h("td", {}, row.cells))))),
    h("div", { class: "cb-row cb-after" }, text.answers.map((answer) =>
      h("button", { type: "button", class: "cb-button cb-slim", "aria-pressed": String(answer.chosen), onclick: () => ui.act({ act: "read-text", answer: answer.answer }) }, answer.label))));
}

// Where the book comes from, in one line; what was edited since Chibo wrote it stands folded below.
function lineageLine(lineage) {
  return h("div", { key: "lineage", class: lineage.warn ? "cb-say cb-warn cb-after" : "cb-soft" },
    h("p", {}, lineage.line),
    lineage.changes.length > 0 && h("details", {},
      h("summary", {}, lineage.title),
      h("ul", {}, lineage.changes.map((change) => h("li", {}, change))),
      lineage.more && h("p", {}, lineage.more)));
}

function dropZone(ui) {
  const mine = ui.mine;
  return h("section", {
    key: "drop", class: "cb-panel cb-drop" + (mine.over ? " cb-over" : ""), "aria-labelledby": "cb-drop-title",
    ondragover: (event) => { event.preventDefault(); if (!mine.over) { mine.over = true; ui.repaint(); } },
    ondragleave: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) { mine.over = false; ui.repaint(); } },
    ondrop: (event) => { event.preventDefault(); mine.over = false; takeDrop(ui, event.dataTransfer); },
  },
    h("h2", { id: "cb-drop-title" }, ui.t("open_file")),
    h("p", { class: "cb-soft" }, ui.t("open_file_lead")),
    h("p", {},
      h("label", { class: "cb-button cb-main cb-choose" + (mine.busy ? " cb-busy" : "") }, ui.t("upload_choose"),
        h("input", { type: "file", class: "cb-unseen", accept: ".xlsx,.xlsm,.xls", disabled: Boolean(mine.busy), onchange: (event) => { take(ui, event.target.files[0]); event.target.value = ""; } }))),
    h("div", { role: "status", "aria-live": "polite" }, mine.busy && [
      h("div", { key: "track", class: "cb-track", role: "progressbar", "aria-valuenow": mine.percent, "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": mine.busy }, h("i", { style: "width:" + mine.percent + "%" })),
      h("p", { key: "text", class: "cb-small" }, mine.percent < 100 ? ui.t("upload_sending", { name: mine.busy, percent: mine.percent }) : ui.t("upload_reading", { name: mine.busy })),
    ]));
}

// One book at a time: a folder or several files are told apart before anything is read.
function takeDrop(ui, transfer) {
  const files = [...transfer.files];
  if (files.length > 0 && ui.mine.busy) leaveWaiting(ui, files);
  else if (files.length === 0) ui.repaint();
  else if (entriesOf(transfer).some((entry) => entry.isDirectory)) notTaken(ui, files, "folder");
  else if (files.length > 1) notTaken(ui, files, "several");
  else take(ui, files[0]);
}

// A file that comes while another one is being read is not opened: that is said until the next one is chosen.
function leaveWaiting(ui, files) {
  ui.mine.waiting = { name: namesOf(files), busy: ui.mine.busy };
  ui.repaint();
}

function leftWaiting(ui) {
  return ui.mine.waiting && h("p", { key: "waiting", role: "alert", class: "cb-say cb-warn cb-after" }, ui.t("open_waiting", ui.mine.waiting));
}

const namesOf = (files) => files.map((file) => file.name).join(", ").slice(0, 200);

function notTaken(ui, files, problem) {
  ui.go({ go: "not-taken", name: namesOf(files), problem });
  ui.repaint();
}

async function take(ui, file) {
  if (!file) return;
  if (ui.mine.busy) {
    leaveWaiting(ui, [file]);
    return;
  }
  ui.mine.waiting = null;
  if (file.size > ui.view.limit) {
    notTaken(ui, [file], "too-big");
    return;
  }
  ui.mine.busy = file.name;
  ui.mine.percent = 0;
  ui.repaint();
  const { unread } = await sendFiles(ui.model, [file], (state) => {
    ui.mine.percent = state.total ? Math.min(100, Math.round((state.sent / state.total) * 100)) : 100;
    ui.repaint();
  });
  ui.mine.percent = 100;
  if (unread.length) notTaken(ui, unread, "unreadable");
  else ui.repaint();
}

function otherWays(ui) {
  return h("div", { class: "cb-other-ways" },
    h("section", { class: "cb-panel cb-way", "aria-labelledby": "cb-way-new" },
      h("h2", { id: "cb-way-new" }, ui.t("open_new")), h("p", { class: "cb-soft" }, ui.t("open_new_lead")),
      h("button", { type: "button", class: "cb-button", onclick: () => make(ui, true) }, ui.t("open_new_button"))),
    h("section", { class: "cb-panel cb-way", "aria-labelledby": "cb-way-sample" },
      h("h2", { id: "cb-way-sample" }, ui.t("open_sample")), h("p", { class: "cb-soft" }, ui.t("open_sample_lead")),
      h("button", { type: "button", class: "cb-button", onclick: () => ui.go({ go: "sample" }) }, ui.t("open_sample_button"))));
}

// The form of a new book opens at its first field, and closes to the button that opened it.
function make(ui, making) {
  ui.mine.making = making;
  ui.repaint();
  ui.el.querySelector(making ? ".cb-new input, .cb-new select" : ".cb-other-ways button").focus();
}

function draftList(ui) {
  const drafts = listDrafts();
  if (drafts.length === 0) return null;
  return h("section", { key: "drafts", class: "cb-panel cb-drafts", "aria-labelledby": "cb-drafts-title" },
    h("div", { class: "cb-head-line" }, h("h2", { id: "cb-drafts-title" }, ui.t("open_drafts"))),
    h("ul", {}, drafts.map((draft, index) => {
      const saved = new Date(draft.savedAt);
      const taken = draft.takenActs === draft.acts.length && draft.acts.length > 0;
      const elsewhere = isElsewhere(ui, draft);
      return h("li", { key: draft.id },
        h("div", {}, h("b", {}, draft.title), taken && h("span", { class: "cb-tag cb-good" }, ui.t("open_draft_taken")),
          elsewhere && h("span", { class: "cb-tag cb-warn" }, ui.t("open_draft_elsewhere")),
          h("p", { class: "cb-small" }, ui.t("open_draft_of_" + draft.origin, { file: draft.name })),
          h("p", { class: "cb-soft cb-small" }, ui.t("open_draft_line", { time: showClock(saved), day: showDay(saved), n: draft.acts.length })),
          elsewhere && h("p", { class: "cb-soft cb-small" }, ui.t("open_draft_copy_lead")),
          ui.mine.lost === draft.id && h("p", { class: "cb-problem", role: "alert" }, ui.t("open_draft_lost"))),
        h("div", { class: "cb-row" },
          !elsewhere && draft.id !== ui.view.draft && dropButton(ui, draft),
          h("button", { type: "button", class: "cb-button" + (index === 0 && !elsewhere ? " cb-main" : ""), "aria-busy": ui.mine.resuming === draft.id ? "true" : undefined, onclick: () => resume(ui, draft) }, ui.t(wayOn(ui, draft, elsewhere)), h("span", { class: "cb-unseen" }, " " + draft.title))));
    })));
}

// To do much work again takes seconds: the button says meanwhile that it was heard.
function wayOn(ui, draft, elsewhere) {
  if (ui.mine.resuming === draft.id) return "open_draft_resuming";
  return elsewhere ? "open_draft_copy" : "open_draft_resume";
}

// Work that is gone cannot be had back: the first click only asks.
function dropButton(ui, draft) {
  const asked = ui.mine.dropping === draft.id;
  const drop = async () => {
    if (asked) await dropDraft(draft.id);
    ui.mine.dropping = asked ? "" : draft.id;
    ui.repaint();
  };
  const leave = () => {
    if (ui.mine.dropping !== draft.id) return; // deleted: the button loses the focus while it is taken off the page
    ui.mine.dropping = "";
    ui.repaint();
  };
  return h("button", { type: "button", class: "cb-link", onclick: drop, onblur: leave }, ui.t(asked ? "open_draft_drop_sure" : "open_draft_drop"), h("span", { class: "cb-unseen" }, " " + draft.title));
}

// Whether another window works on the draft.
function isElsewhere(ui, draft) {
  return draft.id !== ui.view.draft && (ui.mine.open || []).includes(draft.id);
}

async function lookForOthers(ui) {
  ui.mine.open = await openDrafts();
  ui.repaint();
}

async function resume(ui, listed) {
  if (ui.mine.resuming) return; // the second click of a double click
  ui.mine.resuming = listed.id;
  ui.mine.lost = "";
  ui.repaint();
  let draft = readDraft(listed.id) || listed; // as it is now: another window may have written since it was listed
  let bytes = null;
  if (draft.origin === "file") {
    bytes = await fileOf(draft.id).catch(() => null);
    if (!bytes) {
      ui.mine.lost = draft.id;
      ui.mine.resuming = "";
      ui.repaint();
      return;
    }
  }
  await lookForOthers(ui);
  const copied = isElsewhere(ui, draft);
  if (copied) {
    draft = copyOfDraft(draft);
    if (bytes) await keepFile(draft.id, bytes);
  }
  ui.model.send({ restore: { id: draft.id, origin: draft.origin, name: draft.name || "", form: draft.form || null, day: draft.day, acts: draft.acts, handed: draft.handed || [], at: draft.at || null, copied } }, undefined, bytes ? [bytes] : []);
}

function refusalPanel(ui, refusal) {
  return h("section", { key: "refusal", class: "cb-panel cb-refusal", role: "alert", "aria-labelledby": "cb-refusal-title" },
    h("div", { class: "cb-body" },
      h("h2", { id: "cb-refusal-title" }, refusal.title),
      refusal.lines.map((line) => h("div", { class: "cb-refusal-line" }, h("p", {}, h("b", {}, line.title)), h("p", {}, line.text), h("p", { class: "cb-soft" }, line.mend),
        line.places.length > 0 && h("p", { class: "cb-small" }, line.places.join(" · ")))),
      refusal.hint && h("p", { class: "cb-after" }, refusal.hint)));
}

function newForm(ui, form) {
  const mine = ui.mine;
  mine.fields = mine.fields || { ...form.values };
  const set = (code) => (value) => { mine.fields[code] = value; ui.repaint(); };
  leadToProblem(ui, form.problems);
  return h("section", { key: "new", class: "cb-panel cb-new", "aria-labelledby": "cb-new-title" },
    h("div", { class: "cb-head-line" }, h("h2", { id: "cb-new-title" }, ui.t("new_title")), h("span", { class: "cb-soft cb-small" }, ui.t("new_optional"))),
    h("form", { class: "cb-body", onsubmit: (event) => { event.preventDefault(); ui.go({ go: "new", form: mine.fields }); } },
      h("div", { class: "cb-fields" }, form.fields.map((field) => fieldOf(ui, "cb-new", { ...field, value: mine.fields[field.code] ?? "", problem: form.problems[field.code] || "" }, set(field.code)))),
      h("div", { class: "cb-field cb-wide cb-after" },
        h("label", { class: "cb-field-label", for: "cb-new-members" }, ui.t("new_members")),
        h("textarea", { id: "cb-new-members", rows: 6, "aria-describedby": "cb-new-members-help cb-new-members-problem", "aria-invalid": form.problems.members ? "true" : undefined, value: mine.fields.members || "", oninput: (event) => { mine.fields.members = event.target.value; } }),
        h("span", { id: "cb-new-members-help", class: "cb-soft cb-small" }, ui.t("new_members_help")),
        form.problems.members && h("div", { id: "cb-new-members-problem", class: "cb-problem", role: "alert" }, form.problems.members.split("\n").map((line) => h("div", {}, line)))),
      h("div", { class: "cb-row cb-after" },
        h("button", { type: "submit", class: "cb-button cb-main" }, ui.t("new_do")),
        h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => make(ui, false) }, ui.t("new_cancel")))));
}

function startOpening(ui) {
  ui.onMessage = (content) => {
    if (!content || !("arrived" in content)) return;
    ui.mine.busy = null;
    ui.mine.resuming = "";
    if (content.arrived) {
      ui.mine.making = false;
      ui.mine.fields = null;
    }
    lookForOthers(ui);
  };
  const look = () => lookForOthers(ui);
  look();
  for (const kind of ["focus", "storage"]) window.addEventListener(kind, look);
  const stop = catchMissedDrops();
  return () => {
    for (const kind of ["focus", "storage"]) window.removeEventListener(kind, look);
    stop();
  };
}

export default widget(openPanel, startOpening);
