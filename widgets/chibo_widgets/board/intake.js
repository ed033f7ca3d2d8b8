// Taking many workbooks: chosen, dropped, whole folders of this computer, a zip, or a folder of the server's machine.
// Files travel one after another in acknowledged slices; Python reads while the next ones are still on their way.

const isBook = (ui, file) => {
  const name = file.name.toLowerCase();
  return !name.startsWith("~$") && !name.startsWith(".") && ui.view.suffixes.some((suffix) => name.endsWith(suffix));
};

async function take(ui, files) {
  const books = files.filter((file) => isBook(ui, file));
  ui.mine.skipped = files.filter((file) => !isBook(ui, file)).map((file) => file.name);
  if (books.length === 0) {
    ui.repaint();
    return;
  }
  ui.act({ expect: books.length });
  ui.mine.queue = (ui.mine.queue ?? 0) + books.length;
  const before = ui.mine.chain ?? Promise.resolve();
  ui.mine.chain = before.then(() => send(ui, books));
  await ui.mine.chain;
}

async function send(ui, books) {
  if (ui.mine.halted) {
    ui.mine.queue -= books.length;
    holdBack(ui, books);
    return;
  }
  ui.mine.work = sendFiles(ui.model, books, ({ sent, total, file, index }) => {
    ui.mine.sending = { sent, total, file, index, count: books.length };
    ui.repaint();
  });
  const { sent, unread } = await ui.mine.work;
  ui.mine.queue -= books.length;
  ui.mine.work = ui.mine.sending = null;
  holdBack(ui, [...unread, ...books.slice(sent + unread.length)]);
  ui.repaint();
}

// What was announced and does not come is said to Python, or it would be waited for.
function holdBack(ui, files) {
  if (files.length > 0) ui.act({ unsent: files.map((file) => file.name) });
}

// Stopping holds back what is still on this side; reading stops in Python.
function stop(ui) {
  ui.mine.halted = true;
  if (ui.mine.work) ui.mine.work.stop();
  Promise.resolve(ui.mine.chain).then(() => { ui.mine.halted = false; });
  ui.act({ stop: true });
}

function chooser(ui, label, main, whole) {
  const pick = (event) => event.currentTarget.parentElement.querySelector("input").click();
  const chosen = (event) => {
    take(ui, [...event.target.files]);
    event.target.value = "";
  };
  return h("span", { key: whole ? "folder" : "files" },
    h("input", { type: "file", hidden: true, multiple: true, webkitdirectory: whole, accept: whole ? null : ui.view.suffixes.join(","), onchange: chosen, "aria-label": label, tabindex: -1 }),
    h("button", { type: "button", class: `cb-button${main ? " cb-main" : " cb-slim"}`, onclick: pick }, label));
}

function dropZone(ui) {
  const over = (event) => {
    event.preventDefault();
    ui.mine.over = true;
    ui.repaint();
  };
  const leave = () => {
    ui.mine.over = false;
    ui.repaint();
  };
  const drop = async (event) => {
    event.preventDefault();
    leave();
    await take(ui, await filesOfDrop(event.dataTransfer));
  };
  const begun = ui.view.total > 0 || (ui.mine.queue ?? 0) > 0;
  return h("div", { class: `cb-intake-drop${ui.mine.over ? " is-over" : ""}${begun ? " is-slim" : ""}`, ondragover: over, ondragleave: leave, ondrop: drop },
    h("div", { class: "cb-intake-words" }, h("h2", {}, ui.t(begun ? "intake_more" : "intake_drop")), !begun && h("p", { class: "cb-soft" }, ui.t("intake_kinds"))),
    h("div", { class: "cb-row" }, chooser(ui, ui.t("intake_files"), !begun, false), chooser(ui, ui.t("intake_whole_folder"), false, true)));
}

function folderForm(ui) {
  if (!ui.view.folders) return null;
  const submit = (event) => {
    event.preventDefault();
    ui.act({ folder: ui.el.querySelector(".cb-intake-path").value });
  };
  const problem = ui.view.folder_problem;
  return h("details", { class: "cb-intake-folder", open: Boolean(problem) || ui.mine.folderOpen, ontoggle: (event) => { ui.mine.folderOpen = event.target.open; } },
    h("summary", {}, ui.t("folder_summary")),
    h("form", { class: "cb-row", onsubmit: submit },
      h("label", { class: "cb-intake-label" }, h("span", {}, ui.t("folder_label")),
        h("input", { type: "text", class: "cb-intake-path", placeholder: ui.view.folder_hint, spellcheck: "false", autocomplete: "off", "aria-invalid": problem ? "true" : null, "aria-describedby": "cb-folder-problem" })),
      h("button", { type: "submit", class: "cb-button cb-slim" }, ui.t("folder_read"))),
    h("p", { id: "cb-folder-problem", class: "cb-problem", role: "alert" }, problem));
}

function track(label, done, total, text) {
  const percent = total ? Math.min(100, (done / total) * 100) : 0;
  return h("div", { class: "cb-intake-track" },
    h("div", { class: "cb-intake-line" }, h("span", {}, label), h("span", { class: "cb-soft cb-number" }, text)),
    h("div", { class: "cb-track", role: "progressbar", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(percent) }, h("i", { style: `width:${percent}%` })));
}

function progress(ui) {
  const { sending } = ui.mine;
  const { done, phase } = ui.view;
  const total = Math.max(ui.view.total + ui.view.coming, ui.mine.queue ?? 0); // Python may not have heard of the last ones yet
  const busy = sending || phase === "working";
  if (!busy && phase !== "stopped") return null;
  return h("div", { key: "progress", class: "cb-intake-progress" },
    h("div", { class: "cb-intake-tracks" }, sending && track(ui.t("sending"), sending.sent, sending.total, ui.t("sending_count", { index: Math.min(sending.index + 1, sending.count), count: sending.count, size: showSize(sending.total) })),
    total > 0 && track(ui.t(phase === "stopped" ? "reading_stopped" : "reading"), done, total, ui.t("reading_count", { done, total }) + (ui.view.left ? ` · ${ui.view.left}` : ""))),
    h("div", {},
      busy && h("button", { type: "button", class: "cb-button cb-slim", onclick: () => stop(ui) }, ui.t("stop")),
      !busy && done < total && h("button", { type: "button", class: "cb-button cb-slim", onclick: () => ui.act({ resume: true }) }, ui.t("resume"))));
}

const NAMED = 5; // a whole folder may hold hundreds of other files

const someOf = (names) => names.slice(0, NAMED).join(", ") + (names.length > NAMED ? ", …" : "");

function notes(ui) {
  const said = [];
  const skipped = ui.mine.skipped ?? [];
  if (skipped.length > 0) said.push(h("p", { key: "skipped", class: "cb-say" }, ui.t("skipped", { n: skipped.length, kinds: ui.view.suffixes.join(", "), names: someOf(skipped) })));
  for (const note of ui.view.notes) said.push(h("p", { key: note.text, class: `cb-say cb-${note.kind}` }, note.text));
  return said;
}

function outcome(ui) {
  if (ui.view.phase !== "ready" || ui.mine.sending || ui.view.total === 0) return null;
  return h("div", { key: "outcome", class: "cb-row cb-intake-outcome" },
    h("span", {}, ui.view.outcome),
    clearButton(ui));
}

// Taking hundreds of books again costs minutes: the first click only asks.
function clearButton(ui) {
  const asked = ui.mine.clearing;
  const ask = (clearing) => {
    ui.mine.clearing = clearing;
    ui.repaint();
  };
  const press = () => {
    if (asked) ui.act({ clear: true });
    ask(!asked);
  };
  return h("button", { type: "button", class: "cb-link", onclick: press, onblur: () => ui.mine.clearing && ask(false) }, ui.t(asked ? "clear_sure" : "clear"));
}

function paintIntake(ui) {
  if (ui.view.away) return [];
  return h("section", { class: "cb-panel cb-intake", "aria-label": ui.t("intake_title") },
    dropZone(ui),
    h("div", { class: "cb-intake-rest" },
      h("div", { role: "status" }, progress(ui), outcome(ui)),
      notes(ui)),
    folderForm(ui));
}

export default widget(paintIntake, catchMissedDrops);
