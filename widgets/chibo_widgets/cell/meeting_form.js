// Registering a meeting and recording it. The sections and fields are the layout's; only what is needed is asked,
// everything else waits folded up and says that it is not required.

function meetingForm(ui) {
  const view = ui.view;
  if (!view.tabs) return [];
  return [
    h("div", { key: "tabs", class: "cb-meeting-tabs", role: "group", "aria-label": ui.t("meeting_choose") },
      view.tabs.map((tab) => h("button", {
        key: tab.code, type: "button", class: "cb-chip", "aria-pressed": String(tab.chosen), onclick: () => ui.go({ go: "meeting", meeting: tab.code }),
      }, tab.label)),
      !view.register && h("button", { key: "+", type: "button", class: "cb-button cb-slim", onclick: () => ui.go({ go: "register" }) }, ui.t("meeting_register_other"))),
    view.register && registerPanel(ui, view.register),
    view.meeting && meetingHead(ui, view.meeting),
    view.meeting && view.sections.map((section) => meetingSection(ui, view.meeting, section)),
    view.meeting && meetingFooter(ui, view),
  ];
}

// Where a finding led to: the field is unfolded, brought into sight and takes the focus.
function leadToField(ui) {
  const { meeting, focus } = ui.view;
  if (!meeting || !focus || ui.mine.ledTo === ui.view) return;
  ui.mine.ledTo = ui.view;
  requestAnimationFrame(() => {
    const field = ui.el.querySelector(`[data-field="${CSS.escape(focus)}"]`);
    if (!field) return;
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.scrollIntoView({ block: "center" });
    const goal = field.querySelector("input:checked") || field.querySelector("input, select, textarea");
    if (goal) goal.focus({ preventScroll: true });
  });
}

function meetingFooter(ui, view) {
  const meeting = view.meeting;
  const jumps = [...view.sections.map((section) => [section.label, "cb-" + meeting.code + "-section-" + section.code]), [ui.t("roll_title"), "cb-roll-title"]];
  return h("div", { key: "footer", class: "cb-footer", role: "region", "aria-label": ui.t("meeting_footer") },
    h("div", { class: "cb-footer-in" },
      h("span", { class: "cb-footer-facts" }, h("b", { title: meeting.name }, meeting.name), h("span", { class: "cb-soft" }, meeting.state)),
      h("nav", { class: "cb-jumps", "aria-label": ui.t("meeting_parts") },
        jumps.map(([label, id]) => h("button", { key: id, type: "button", class: "cb-link", onclick: () => jumpTo(id) }, label))),
      view.untaken && h("button", { key: "untaken", type: "button", class: "cb-tag cb-found cb-block", onclick: () => ui.go(view.untaken.go) }, view.untaken.label),
      view.found.map((one) => h("button", { key: one.severity, type: "button", class: "cb-tag cb-found cb-" + one.severity, onclick: () => jumpTo("cb-findings-title") }, one.label)),
      h("span", { class: "cb-gap" }),
      meeting.planned && h("button", {
        type: "button", class: "cb-button" + (meeting.overdue ? " cb-main" : ""), onclick: () => ui.act({ act: "record", meeting: meeting.code, field: "held_on", value: meeting.planned }),
      }, ui.t("meeting_held_as_planned", { day: meeting.planned })),
      h("button", { type: "button", class: "cb-button" + (meeting.overdue ? "" : " cb-main"), onclick: () => ui.go(meeting.next.go) }, meeting.next.label)));
}

function jumpTo(id) {
  const goal = document.getElementById(id);
  if (!goal) return;
  goal.scrollIntoView({ block: "start" });
  goal.focus({ preventScroll: true });
}

function registerPanel(ui, register) {
  const form = ui.mine.register && ui.mine.register.token === register.token ? ui.mine.register : { token: register.token, ...register.form };
  ui.mine.register = form;
  leadToProblem(ui, register.problems);
  const set = (name) => (value) => { form[name] = value; ui.repaint(); };
  const field = (code, control, extra) => fieldOf(ui, "cb-register", {
    code, control, label: ui.t("register_" + code), value: form[code], problem: register.problems[code], ...extra,
  }, set(code));
  return h("section", { key: "register", class: "cb-panel cb-register", "aria-labelledby": "cb-register-title" },
    h("div", { class: "cb-head-line" }, h("h2", { id: "cb-register-title" }, ui.t("register_title"))),
    h("form", { class: "cb-body", onsubmit: (event) => { event.preventDefault(); sendRegistration(ui, form); } },
      h("div", { class: "cb-fields" },
        field("month", "choice", { options: register.months, required: true }),
        field("kind", "choice", { options: register.kinds, required: true, help: (register.kinds.find((kind) => kind.value === form.kind) || {}).help }),
        field("planned_on", "date", {}),
        field("starts_at", "time", {})),
      register.hasLast && h("label", { class: "cb-check cb-after" },
        h("input", { type: "checkbox", checked: form.like_last === true, onchange: (event) => set("like_last")(event.target.checked) }),
        h("span", {}, ui.t("register_like_last"))),
      register.problems.form && h("p", { class: "cb-problem cb-after", role: "alert" }, register.problems.form),
      h("div", { class: "cb-row cb-after" },
        h("button", { type: "submit", class: "cb-button cb-main", "data-focus": register.focus || undefined }, ui.t("register_do")),
        register.canCancel && h("button", { type: "button", class: "cb-button", "data-escape": true, onclick: () => ui.go({ go: "register", off: true }) }, ui.t("register_cancel")))));
}

// Once for each answer of Python's: the second click of a double click would register a second meeting of the kind.
function sendRegistration(ui, form) {
  if (ui.mine.registered === ui.view) return;
  ui.mine.registered = ui.view;
  ui.act({ act: "register", month: Number(form.month), kind: form.kind, planned_on: form.planned_on, starts_at: form.starts_at, like_last: form.like_last === true });
}

function meetingHead(ui, meeting) {
  return h("div", { key: "head", class: "cb-meeting-head" },
    h("div", {},
      h("h1", {}, meeting.title),
      h("p", { class: "cb-soft" }, meeting.lead)),
    meeting.removable && h("button", { type: "button", class: "cb-link", onclick: () => ui.act({ act: "unregister", meeting: meeting.code }) }, ui.t("meeting_remove")),
    meeting.clearable && clearButton(ui, meeting));
}

// For a meeting recorded by mistake; the first click only says what goes.
function clearButton(ui, meeting) {
  const asked = ui.mine.clearing === meeting.code;
  const ask = (code) => {
    ui.mine.clearing = code;
    ui.repaint();
  };
  const press = () => {
    if (asked) ui.act({ act: "clear-record", meeting: meeting.code });
    ask(asked ? "" : meeting.code);
  };
  return h("button", { key: "clear", type: "button", class: "cb-link", onclick: press, onblur: () => ui.mine.clearing && ask("") }, ui.t(asked ? "meeting_clear_sure" : "meeting_clear"));
}

function meetingSection(ui, meeting, section) {
  const change = (field) => (value) => ui.act({ act: "record", meeting: meeting.code, field: field.code, value });
  const prefix = "cb-" + meeting.code;
  const key = meeting.code + "/" + section.code;
  ui.mine.unfolded = ui.mine.unfolded || {};
  const open = key in ui.mine.unfolded ? ui.mine.unfolded[key] : section.open;
  return h("section", { key: "section-" + key, class: "cb-panel cb-section-panel", "aria-labelledby": prefix + "-section-" + section.code },
    h("div", { class: "cb-head-line" },
      h("h2", { id: prefix + "-section-" + section.code, tabindex: -1 }, section.label),
      h("span", { class: "cb-soft cb-small" }, section.hint)),
    h("div", { class: "cb-body" },
      section.fields.length > 0 && h("div", { class: "cb-fields" }, section.fields.map((field) => fieldOf(ui, prefix, field, change(field)))),
      section.more.length > 0 && h("details", { class: "cb-more", open, ontoggle: (event) => { ui.mine.unfolded[key] = event.target.open; } },
        h("summary", {}, ui.t("meeting_more", { n: section.more.length })),
        h("div", { class: "cb-fields" }, section.more.map((field) => fieldOf(ui, prefix, field, change(field)))))));
}

export default widget((ui) => {
  const drawn = meetingForm(ui);
  leadToField(ui);
  return drawn;
});
